//! Words for secrets in sentences.

use super::super::{assignment::Kind, reference, secret::Word};

/// A word for a secret in a sentence.
#[derive(Clone, Copy)]
pub(super) struct Noun {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

impl Noun {
    pub(super) fn of(bytes: &[u8], word: Word) -> Option<Self> {
        let Word { start, end, name } = word;
        let text = &bytes[start..end];
        let is = |other: &[u8]| text.eq_ignore_ascii_case(other);
        if is_login(&bytes[..start]) && (is(b"pass") || name.is_some_and(|name| name.kind == Kind::Password))
        {
            return Some(Self { start, end, kind: Kind::Auth });
        }
        let joined = start > 0 && matches!(bytes[start - 1], b'/' | b'$' | b'{' | b'@' | b'\\');
        let typed = bytes[..start].ends_with(b"::");
        if bytes[..start].ends_with(b"REDACTED:") || joined || typed || is(b"pass") {
            return None;
        }
        let quoted = !bytes[end..].starts_with(b"'s ")
            && bytes.get(end).is_some_and(|b| matches!(b, b'"' | b'\'' | b'`' | b'\\'));
        let kind = match name {
            Some(name) if name.certain => name.kind,
            Some(_) if is(b"credentials") || is(b"creds") => Kind::Auth,
            _ if is(b"key") && !quoted && is_of_network(&bytes[..start]) => Kind::Password,
            _ if is(b"key") && !quoted && opens_store(&bytes[end..]) => Kind::Password,
            _ if (is(b"key") || is(b"cookie")) && !quoted && !is_open(&bytes[..start]) => Kind::Token,
            _ => return None,
        };
        Some(Self { start, end, kind })
    }
}

/// Whether a noun may be the verb or the part of a circuit, `pin to`, `pin 17`: what it says of a code is told elsewhere.
pub(super) fn is_of_hardware(bytes: &[u8], noun: Noun) -> bool {
    const SAID: [&[u8]; 6] = [b" is", b" of ", b" for ", b" code", b" was", b" ("];
    let rest = &bytes[noun.end..];
    noun.kind == Kind::Pin
        && bytes[noun.start..noun.end].eq_ignore_ascii_case(b"pin")
        && matches!(rest.first(), Some(b' ' | b','))
        && !SAID.iter().any(|word| rest.starts_with(word))
}

/// Whether a line speaks of a network whose key people choose.
fn is_of_network(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(64)..];
    let line = near.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    [&b"wi-fi"[..], b"wifi", b"wlan", b"ssid"]
        .iter()
        .any(|word| line.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)))
}

/// Whether what follows says that a key opens something that people close with a password: ` for the vault is x`.
fn opens_store(rest: &[u8]) -> bool {
    const STORES: [&[u8]; 16] = [
        b"vault",
        b"safe",
        b"keystore",
        b"truststore",
        b"archive",
        b"backup",
        b"wallet",
        b"volume",
        b"disk",
        b"drive",
        b"container",
        b"zip",
        b"keychain",
        b"locker",
        b"database",
        b"db",
    ];
    let near = &rest[..rest.len().min(48)];
    let Some(near) = near.strip_prefix(b" for ").or(near.strip_prefix(b" to ")) else { return false };
    let mut words = near.split(|b| *b == b' ').map(|word| word.strip_suffix(b":").unwrap_or(word));
    words.by_ref().take(4).any(|word| STORES.iter().any(|store| word.eq_ignore_ascii_case(store)))
        && [&b" is "[..], b": "].iter().any(|tie| memchr::memmem::find(near, tie).is_some())
}

/// Whether the word before makes a key one that opens nothing: `public key`, `primary key`.
fn is_open(before: &[u8]) -> bool {
    const KINDS: [&[u8]; 8] = [
        b"public ",
        b"primary ",
        b"foreign ",
        b"cache ",
        b"partition ",
        b"sort ",
        b"idempotency ",
        b"lookup ",
    ];
    KINDS.iter().any(|kind| {
        before.len() >= kind.len() && before[before.len() - kind.len()..].eq_ignore_ascii_case(kind)
    })
}

/// Whether the word is `pass` in a list of what a login takes: `user bob, pass x`, `ssh bob@web (pass x)`.
pub(super) fn is_pass_of_login(bytes: &[u8], word: Word) -> bool {
    const SPEAKING: [&[u8]; 5] = [b"user", b"login", b"ssh ", b"root", b"admin"];
    let (text, before) = (&bytes[word.start..word.end], &bytes[..word.start]);
    if !text.eq_ignore_ascii_case(b"pass") || bytes.get(word.end) != Some(&b' ') {
        return false;
    }
    let near = &before[before.len().saturating_sub(120)..];
    let line = near.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let speaks = |word: &&[u8]| line.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word));
    let listed = [&b"("[..], b", ", b" its ", b" with ", b" and "].iter().any(|lead| before.ends_with(lead));
    listed && SPEAKING.iter().any(speaks) || names_login(before)
}

/// Whether `before` ends with a word for a login and a login: `user bob `.
fn names_login(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"user", b"username", b"login", b"usr", b"account"];
    let mut words = before.trim_ascii_end().rsplit(|b| matches!(b, b' ' | b'\n'));
    let (Some(login), Some(word)) = (words.next(), words.next()) else { return false };
    let word = word.strip_suffix(b":").unwrap_or(word);
    before.ends_with(b" ") && login.len() > 1 && WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Where what is said of `pass` starts, if someone made it up: `so pass is x`, `both pass are x`.
pub(super) fn said_of_pass(bytes: &[u8], word: Word) -> Option<usize> {
    const VERBS: [&[u8]; 9] = [
        b" is now ",
        b" is still ",
        b" is ",
        b" was changed to ",
        b" was ",
        b" are both ",
        b" got reset to ",
        b" got changed to ",
        b" changed to ",
    ];
    if !bytes[word.start..word.end].eq_ignore_ascii_case(b"pass") {
        return None;
    }
    let verb = VERBS.iter().find(|verb| bytes[word.end..].starts_with(verb)).map(|verb| verb.len());
    let start = word.end + verb.or_else(|| owned(&bytes[word.end..]))?;
    let length = bytes[start..].iter().take(64).take_while(|b| **b > b' ' && !b",;)\"'`".contains(b)).count();
    reference::is_strongly_made_up(&bytes[start..start + length]).then_some(start)
}

/// Length of what says whose a password is, and that its value follows: ` for the nas is `.
fn owned(rest: &[u8]) -> Option<usize> {
    let near = &rest[..rest.len().min(40)];
    let said = [&b" for "[..], b" of ", b" on ", b" to "].iter().any(|lead| near.starts_with(lead));
    let verb = memchr::memmem::find(near, b" is ").filter(|_| said)?;
    let plain = near[..verb].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_'));
    plain.then_some(verb + b" is ".len())
}

/// Whether a word for a login and a stroke stand before: `user/pass`, `login/password`.
fn is_login(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"user", b"username", b"login", b"email", b"usr"];
    let Some(before) = before.strip_suffix(b"/") else { return false };
    let word = before.iter().rev().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'/').count();
    WORDS.iter().any(|w| before[before.len() - word..].eq_ignore_ascii_case(w))
}
