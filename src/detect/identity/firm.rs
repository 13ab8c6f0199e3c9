//! Firms by their names: whose domain an address has, for whom someone works, what stands before `GmbH` and `Ltd`.

mod table;

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        path,
        subject::{Hit, Hits},
        vocabulary, word,
    },
    address, given, host, login, owner, remote,
};
use crate::{finding::Learn, rule::id};
use table::{
    DETERMINERS, EMPLOYED, FIRMS, FROM, HOUSES, INNER, OUR_THINGS, PROVIDERS, SHARED, SUFFIXES, THEIR_THINGS,
    TITLES, TRADES, WHO, WORKS,
};

/// How far before a name what tells of it may stand, in bytes.
const NEAR: usize = 48;

/// Why a name was found.
const EVIDENCE: &str = "name of a firm";

/// Adds the name by which the domain of the host `start..end` was registered, to be known wherever it stands: whoever
/// writes `maribel@harborlight.io` calls the firm Harborlight elsewhere.
pub(super) fn of_domain(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let host = &bytes[start..end];
    if let Some((from, to)) = owned(host) {
        remote::push_org(bytes, start + from, start + to, hits);
    }
}

/// Whether the domain of a host is that of a firm that not everyone knows.
pub(super) fn is_owned(host: &[u8]) -> bool {
    owned(host).is_some()
}

/// Where in a host the name stands by which such a firm registered it.
fn owned(host: &[u8]) -> Option<(usize, usize)> {
    let (from, to) = registered(host)?;
    let name = &host[from..to];
    let own = path::is_own(name)
        && !PROVIDERS.has(name)
        && !owner::is_public(name)
        && !host::is_known(host)
        && !address::is_hosted(host);
    own.then_some((from, to))
}

/// Where in a host the label stands that someone registered: before `.io` and `.co.uk`, and before what stands for a
/// domain at home and at work.
fn registered(host: &[u8]) -> Option<(usize, usize)> {
    let label = |end: usize| memchr::memrchr(b'.', &host[..end]).map_or(0, |dot| dot + 1);
    let top = label(host.len());
    let to = top.checked_sub(1)?;
    let from = label(to);
    let shared = host.len() - top == 2 && SHARED.has(&host[from..to]);
    let inner = INNER.has(&host[top..]);
    match from.checked_sub(1) {
        Some(to) if shared => Some((label(to), to)),
        None if shared || inner => None,
        _ => Some((from, to)),
    }
}

/// Looks at the word with a capital at byte `start`, which a person wrote: behind words that say for whom someone works.
pub(super) fn told(bytes: &[u8], start: usize, hits: &mut Hits) {
    let head = bytes[..start].strip_suffix(b" ").unwrap_or(&bytes[..start]);
    let line = word::line(bytes, head.len(), NEAR).0;
    let head = &head[line.min(head.len())..];
    let end = end(bytes, start);
    let name = &bytes[start..end];
    let rest = &bytes[end..];
    let meant = || {
        named(head)
            || employed(head)
            || beside_person(head)
            || ours(head, rest)
            || signed(head, rest)
            || possessed(head, rest)
            || firms_alone(rest)
            || built(head, rest)
            || below_signature(bytes, start, rest)
    };
    if name.len() < 4 || !meant() {
        return;
    }
    let owned = bytes[end..].starts_with(b"'s") || word::ends_word(bytes, end);
    if owned && is_name(name) && !given::is_given(name) {
        push(bytes, start, end, hits);
    }
}

/// Whether what firms put behind their names may begin with these bytes.
pub(super) fn may_begin_suffix(first: u8, second: u8) -> bool {
    matches!(
        (first, second),
        (b'A', b'B' | b'G' | b'S' | b'/' | b'p') | (b'B', b'.' | b'V') | (b'G', b'm') | (b'I', b'n')
    ) || matches!((first, second), (b'K', b'G' | b'f') | (b'L', b'L' | b'd' | b'i' | b't') | (b'N', b'.'))
        || matches!(
            (first, second),
            (b'O', b'y') | (b'P', b'L' | b't' | b'v') | (b'S', b'.' | b'A' | b'R' | b'p')
        )
}

/// Looks at the word with a capital at byte `start`: whether it is what firms put behind their names.
pub(super) fn suffix(bytes: &[u8], start: usize, hits: &mut Hits) {
    let whole =
        |s: &&str| bytes[start..].starts_with(s.as_bytes()) && word::ends_word(bytes, start + s.len());
    if !SUFFIXES.iter().any(whole) {
        return;
    }
    // `SELECT Name AS id` goes on.
    if bytes[start..].starts_with(b"AS ") {
        return;
    }
    let Some(head) = bytes[..start].strip_suffix(b" ") else { return };
    let head = head.strip_suffix(b" (Pty)").unwrap_or(head);
    let head = head.strip_suffix(b",").unwrap_or(head);
    if let Some(from) = first_own(head) {
        push(bytes, from, head.len(), hits);
    }
}

/// Looks at the word with a capital behind the blank at byte `at`: whether it is what firms of a trade call themselves, behind
/// a name of their own: `Kranich Verlag`.
pub(super) fn trade(bytes: &[u8], at: usize, hits: &mut Hits) {
    let small = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_lowercase() || *b >= 0x80);
    let head = &bytes[..at];
    if bytes[at] != b' ' || !small(head.last()) || !small(bytes.get(at + 2)) {
        return;
    }
    let start = at - head.iter().rev().take(40).take_while(|b| is_letter(**b)).count();
    let to = end(bytes, at + 1);
    if HOUSES.has(&bytes[start..at]) && bytes[start].is_ascii_uppercase() && is_own(&bytes[at + 1..to]) {
        return push(bytes, at + 1, to, hits);
    }
    if bytes[start].is_ascii_uppercase()
        && TRADES.has(&bytes[at + 1..to])
        && word::ends_word(bytes, to)
        && is_own(&bytes[start..at])
        && !given::is_given(&bytes[start..at])
    {
        push(bytes, start, at, hits);
    }
}

/// Most words of a firm's name before its form.
const MAX_WORDS: usize = 4;

/// Where the firm's name starts that ends `head`: at the first of its words with capitals that is none of everyone's.
fn first_own(head: &[u8]) -> Option<usize> {
    let (mut end, mut own) = (head.len(), None);
    for _ in 0..MAX_WORDS {
        let len = head[..end].iter().rev().take(40).take_while(|b| is_letter(**b)).count();
        let sign = usize::from(len == 0 && head[..end].ends_with(b"&"));
        let start = end - len - sign;
        let name = &head[start..end];
        // `Gegner Harborlight GmbH`: what a firm is to someone is no part of its name.
        if sign == 0 && !name.first().is_some_and(u8::is_ascii_uppercase) || FIRMS.has(name) {
            break;
        }
        if name.len() > 3 && is_own(name) {
            own = Some(start);
        }
        match start.checked_sub(1) {
            Some(blank) if head[blank] == b' ' => end = blank,
            _ => break,
        }
    }
    own
}

/// Adds a firm's name.
fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let learn = if is_own(name) { Learn::Org } else { Learn::Brand };
    let hit = Hit::new(id::IDENTITY_ORG, start, end, EVIDENCE);
    hits.push(hit.canonical(canonical(name)).learn(learn));
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b'-'
}

/// Where the name that starts at byte `start` ends: a word.
fn end(bytes: &[u8], start: usize) -> usize {
    let len = bytes[start..].iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    start + len
}

/// Whether a name is none of everyone's.
fn is_own(name: &[u8]) -> bool {
    path::is_own(name)
        && !owner::is_public(name)
        && !owner::PLACEHOLDERS.has(name)
        && !login::is_pseudonym(name)
}

/// Whether a word may be a firm's name where only one can stand: no product that everyone knows, no word of programs.
fn is_name(name: &[u8]) -> bool {
    is_own(name)
        || name.len() > 4
            && distinct::is_unusual(name)
            && !distinct::is_public(name)
            && !vocabulary::has(name)
            && login::may_be_person(name)
            && !owner::is_public(name)
            && !owner::PLACEHOLDERS.has(name)
}

/// The last word of `head`, and what stands before it.
fn last(head: &[u8]) -> (&[u8], &[u8]) {
    let from = head.iter().rposition(|b| *b == b' ').map_or(0, |i| i + 1);
    (&head[..from.saturating_sub(1)], &head[from..])
}

/// Whether `head` ends with what a firm is to someone: `our client`, `the customer,`, `bei der Firma`.
fn named(head: &[u8]) -> bool {
    let (before, word) = last(head);
    let word = word.strip_suffix(b",").or_else(|| word.strip_suffix(b":")).unwrap_or(word);
    FIRMS.has(word) && DETERMINERS.has(last(before).1)
}

/// Whether `head` ends with what someone does there: `Senior Engineer,` at the head of a line.
fn signed(head: &[u8], rest: &[u8]) -> bool {
    let (before, word) = last(head);
    let title = word.strip_suffix(b",").is_some_and(|word| TITLES.has(word));
    title
        && before.iter().filter(|b| **b == b' ').count() < 3
        && matches!(rest.first(), None | Some(b'\n' | b'\r' | b'.'))
}

/// Whether something of a firm's is spoken of: `our Harborlight account`, `the Harborlight team`.
fn possessed(head: &[u8], rest: &[u8]) -> bool {
    let (_, word) = last(head);
    let next = rest.strip_prefix(b" ").unwrap_or_default();
    let next = &next[..next.iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count()];
    word == b"our" && OUR_THINGS.has(next)
        || matches!(word, b"the" | b"The" | b"their") && THEIR_THINGS.has(next)
}

/// Whether `head` says that someone is employed by what follows, in some languages.
fn employed(head: &[u8]) -> bool {
    let (before, word) = last(head);
    if word.len() > 4 {
        return false;
    }
    let verb = last(before).1;
    let pair = |(verbs, at): &(&[&str], &str)| {
        word.eq_ignore_ascii_case(at.as_bytes())
            && verbs.iter().any(|v| verb.eq_ignore_ascii_case(v.as_bytes()))
    };
    EMPLOYED.iter().any(pair)
        || word.eq_ignore_ascii_case(b"for") && WORKS.has(verb) && WHO.has(last(last(before).0).1)
}

/// Whether `head` ends with a person's name and a word that says where people are from: `ask Maribel Ortiz from`.
fn beside_person(head: &[u8]) -> bool {
    let (before, word) = last(head);
    if !FROM.iter().any(|from| word.eq_ignore_ascii_case(from.as_bytes())) {
        return false;
    }
    let (ahead, name) = last(before);
    let first = last(ahead).1;
    let capital =
        |name: &[u8]| name.len() > 2 && name[0].is_ascii_uppercase() && name[1].is_ascii_lowercase();
    given::is_given(name) && capital(name)
        || capital(name)
            && capital(first)
            && (given::is_given(first) || is_nobodys(name) && is_nobodys(first))
}

/// Whether a word is none of everyone's, so that it may be one of a person's name.
fn is_nobodys(word: &[u8]) -> bool {
    word.len() > 2 && !vocabulary::has(word) && distinct::is_unusual(word) && !distinct::is_public(word)
}

/// Whether what follows is said of firms alone: `Harborlight acquired us`, `Harborlight's SSO`, `the Harborlight office`.
fn firms_alone(rest: &[u8]) -> bool {
    let said: [&[u8]; 15] = [
        b" is our client",
        b" is our company",
        b" is our customer",
        b" is our competitor",
        b" is our employer",
        b" is our vendor",
        b" acquired ",
        b" bought us",
        b" office",
        b"'s API",
        b"'s SSO",
        b"'s contract",
        b"'s office",
        b"'s tenant",
        b"'s Organization",
    ];
    said.iter().any(|words| rest.starts_with(words))
}

/// Whether someone says what they make: `I'm building Harborlight, a scheduling app`.
fn built(head: &[u8], rest: &[u8]) -> bool {
    let (before, word) = last(head);
    let made = word::listed(&["building", "founded", "launching", "run", "started"], word)
        && word::listed(&["am", "are", "co", "i", "i'm", "we", "we're"], last(before).1);
    made && (rest.starts_with(b", a ") || rest.starts_with(b", an ") || rest.starts_with(b", the "))
}

/// Adds the firm in brackets behind a person's name that ends at byte `end`: `Maribel Ortiz (Harborlight)`.
pub(super) fn aside(bytes: &[u8], end: usize, hits: &mut Hits) {
    let start = end + 2;
    if !bytes[end..].starts_with(b" (") || !bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
        return;
    }
    let to = self::end(bytes, start);
    let name = &bytes[start..to];
    let small = name.iter().skip(1).any(u8::is_ascii_lowercase);
    if bytes.get(to) == Some(&b')') && name.len() > 3 && small && is_name(name) && !given::is_given(name) {
        push(bytes, start, to, hits);
    }
}

/// Whether a word is all of a line below a name that closes a letter.
fn below_signature(bytes: &[u8], start: usize, rest: &[u8]) -> bool {
    if !bytes[..start].ends_with(b"\n") || !matches!(rest.first(), None | Some(b'\n' | b'\r')) {
        return false;
    }
    let (above, _) = word::line(bytes, start - 1, NEAR);
    above > 1 && given::closes(bytes, above)
}

/// Whether a firm's people speak of it: `At Harborlight, we`.
fn ours(head: &[u8], rest: &[u8]) -> bool {
    head.eq_ignore_ascii_case(b"at") && [&b", we "[..], b" we "].iter().any(|we| rest.starts_with(we))
}

#[cfg(test)]
mod tests;
