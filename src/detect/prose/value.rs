//! Whether what a sentence ties to a word for a secret is its value.

use super::{
    super::{
        assignment::{self, Kind},
        reference,
        shape::Shape,
        subject::{Hit, Hits},
        word,
    },
    foreign,
    noun::Noun,
    piece::{LONGEST, Piece, line_end, over_break, piece, trimmed},
    word::{is_hash, is_key_id, is_made_up, is_no_value, is_password},
};
use crate::rule::{Confidence, id};

/// How a value is tied to the noun.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By a word that says it is the value.
    Said,
    /// By standing beside it.
    Beside,
}

/// Judges the value at `at`.
pub(super) fn value(bytes: &[u8], at: usize, noun: Noun, tie: Tie, hits: &mut Hits) {
    let from = at;
    let at = over_break(bytes, at, tie);
    let below = at > from && bytes[from..at].contains(&b'\n');
    let Some(piece) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let piece = if piece.quoted { piece } else { trimmed(bytes, piece) };
    let text = &bytes[piece.start..piece.end];
    if noun.kind == Kind::Auth && tie == Tie::Said {
        divided_login(bytes, piece, hits);
        if !word::has(&bytes[noun.start..noun.end], b"auth") {
            spaced_login(bytes, piece, hits);
        }
    }
    if noun.kind == Kind::Auth
        && let Some(password) = login(text)
        && !assignment::is_known(hits, piece.start + password, piece.end)
    {
        return push(hits, piece.start + password, piece.end, "a login and a password");
    }
    if names_phrase(bytes, noun)
        && (is_phrase(text) || !piece.quoted && is_phrase(&bytes[piece.start..line_end(bytes, piece.start)]))
    {
        let end = if piece.quoted { piece.end } else { line_end(bytes, piece.start) };
        return push(hits, piece.start, end, "a phrase that a sentence calls a secret");
    }
    let listed = reference::is_word_list(text) && tie == Tie::Said && noun.kind == Kind::Password;
    // A header's pairs are judged by their names.
    let pair = text.contains(&b'=') && bytes[noun.start..noun.end].eq_ignore_ascii_case(b"cookie");
    if text.len() < 4 || text[0] == b'\\' || pair {
        return;
    }
    let shape = Shape::of(text);
    if below && !piece.quoted && shape.digits == 0 && !shape.looks_random() {
        return;
    }
    // What costs most to ask comes last.
    if !fits(bytes, noun, piece, tie, listed)
        || noun.kind != Kind::Pin && !listed && is_no_value(text)
        || reference::is_explained(text)
    {
        return;
    }
    successor(bytes, piece.end, noun, hits);
    if piece.start < piece.end && !assignment::is_known(hits, piece.start, piece.end) {
        let sure = if shape.looks_random() { Confidence::High } else { Confidence::Medium };
        let evidence = "a value that a sentence calls a secret";
        hits.push(Hit::new(id::SECRET_PROSE, piece.start, piece.end, evidence).confidence(sure));
    }
}

/// Whether the piece is as a value of the noun is; `listed` if it is a list of words.
fn fits(bytes: &[u8], noun: Noun, piece: Piece, tie: Tie, listed: bool) -> bool {
    let text = &bytes[piece.start..piece.end];
    let shape = Shape::of(text);
    match (noun.kind, tie) {
        (Kind::Password, Tie::Beside) if ends_statement(bytes, piece.end) && is_made_up(text, shape) => true,
        (Kind::Password, Tie::Said) if ends_sentence(bytes, piece.end) && is_told(bytes, noun, piece) => true,
        (Kind::Secret, _) if shape.len >= 20 && shape.looks_random() && !is_hash(text) => true,
        (Kind::Password | Kind::Secret, _) => listed || is_password(text, shape, piece.quoted, tie),
        (Kind::Pin, _) => {
            let said = tie == Tie::Said || text.len() >= 6 && ends_sentence(bytes, piece.end);
            (4..=8).contains(&text.len()) && shape.digits == text.len() && said
        }
        (Kind::Token, _) => {
            shape.len >= 16
                && shape.looks_random()
                && !reference::is_code(text)
                && (!is_hash(text) || is_own(bytes, noun) && (tie == Tie::Said || is_possessed(bytes, noun)))
                && !is_key_id(text)
        }
        (Kind::Auth, _) => false,
    }
}

/// What a value that ends at `end` is changed to: `from X to Y`, `X -> Y`, `replace the password X with Y`.
pub(super) fn successor(bytes: &[u8], end: usize, noun: Noun, hits: &mut Hits) {
    const CHANGES: [&str; 19] = [
        " not ",
        ", not ",
        " and not ",
        " or ",
        " but not with ",
        " instead of ",
        ", if it fails try ",
        ", if that fails try ",
        ", else try ",
        " -> ",
        " → ",
        " to ",
        " with ",
        ", now it is ",
        ", now it's ",
        ", but now it is ",
        ", now ",
        " and now it is ",
        " and now it's ",
    ];
    let end = end + usize::from(matches!(bytes.get(end), Some(b'\'' | b'`' | b'"')));
    let change = CHANGES.iter().find(|c| bytes[end..].starts_with(c.as_bytes()));
    if let Some(change) = change.filter(|_| noun.kind == Kind::Password) {
        let Some(next) = piece(bytes, end + change.len(), bytes.len().min(end + LONGEST)) else { return };
        let next = if next.quoted { next } else { trimmed(bytes, next) };
        let text = &bytes[next.start..next.end];
        if text.len() > 3
            && is_password(text, Shape::of(text), next.quoted, Tie::Said)
            && !reference::is_explained(text)
            && !is_no_value(text)
            && !assignment::is_known(hits, next.start, next.end)
        {
            push(hits, next.start, next.end, "what a value that a sentence calls a secret is changed to");
        }
    }
}

pub(super) fn push(hits: &mut Hits, start: usize, end: usize, evidence: &'static str) {
    hits.push(Hit::new(id::SECRET_PROSE, start, end, evidence).confidence(Confidence::Medium));
}

/// Whether a noun says that its value is of several words: `passphrase`, `secret phrase`.
fn names_phrase(bytes: &[u8], noun: Noun) -> bool {
    let master = noun.kind == Kind::Password && bytes[..noun.start].ends_with(b"aster ");
    let (noun, rest) = (&bytes[noun.start..noun.end], &bytes[noun.end..]);
    master
        || noun.len() >= 10 && noun[noun.len() - 6..].eq_ignore_ascii_case(b"phrase")
        || rest.starts_with(b" phrase")
}

/// Whether `text` is words as a passphrase has them.
fn is_phrase(text: &[u8]) -> bool {
    let hyphened = |b: &u8| b.is_ascii_lowercase() || *b == b'-';
    text.len() >= 14
        && (2..=4).contains(&text.iter().filter(|b| **b == b'-').count())
        && text.iter().all(hyphened)
        || text.iter().filter(|b| **b == b' ').count() >= 3
            && text.iter().all(|b| b.is_ascii_lowercase() || *b == b' ')
            && assignment::is_phrase(text, Shape::of(text))
}

/// Whether a value is only digits, or a word that no sentence says of a password: `the password is sunflower`.
fn is_told(bytes: &[u8], noun: Noun, piece: Piece) -> bool {
    const ENGLISH: [&[u8]; 4] = [b"password", b"passwd", b"passcode", b"pwd"];
    let (word, text) = (&bytes[noun.start..noun.end], &bytes[piece.start..piece.end]);
    if (4..=10).contains(&text.len()) && text.iter().all(u8::is_ascii_digit) {
        return true;
    }
    let between = bytes.get(noun.end..piece.start).unwrap_or_default();
    let english = ENGLISH.iter().any(|w| word.eq_ignore_ascii_case(w)) && says_plainly(between);
    text.len() > 5 && (english || foreign::names_value(word, between, text)) && reference::is_plain_word(text)
}

/// Whether nothing but a verb or a colon stands between a noun and its value.
fn says_plainly(between: &[u8]) -> bool {
    const VERBS: [&[u8]; 7] = [b"is", b"was", b"is still", b"is now", b"'s", b"is just", b"is simply"];
    let is_mark = |b: &&u8| matches!(b, b' ' | b'*' | b'`' | b'"' | b':' | b'_');
    let head = between.iter().take_while(is_mark).count();
    let tail = between[head..].iter().rev().take_while(is_mark).count();
    let words = &between[head..between.len() - tail];
    VERBS.contains(&words) || words.is_empty() && between.contains(&b':')
}

/// Whether a sentence ends at `end` or goes on to say something of what it named.
fn ends_statement(bytes: &[u8], end: usize) -> bool {
    const GOES_ON: [&[u8]; 7] = [b" is ", b" was ", b" for ", b" does", b" works", b" with ", b" -> "];
    ends_sentence(bytes, end) || GOES_ON.iter().any(|words| bytes[end..].starts_with(words))
}

/// Whether a sentence or a line ends at `end`.
fn ends_sentence(bytes: &[u8], end: usize) -> bool {
    let end = end + usize::from(matches!(bytes.get(end), Some(b'\'' | b'`')));
    matches!(bytes.get(end), None | Some(b'"' | b'\n' | b'\r' | b'.' | b',' | b')' | b'!' | b';'))
        || bytes[end..].starts_with(b" (")
        || [" है", " です", " 입니다", "です", "。", "，", " —"]
            .iter()
            .any(|s| bytes[end..].starts_with(s.as_bytes()))
}

/// Whether the noun is a token or a key to an interface, of which even hexadecimal digits are no hash.
fn is_own(bytes: &[u8], noun: Noun) -> bool {
    let word = &bytes[noun.start..noun.end];
    const OWN: [&[u8]; 7] =
        [b"api ", b"access ", b"encryption ", b"signing ", b"secret ", b"master ", b"shared "];
    let before = &bytes[noun.start.saturating_sub(12)..noun.start];
    let own = |kind: &&[u8]| {
        before.len() >= kind.len() && before[before.len() - kind.len()..].eq_ignore_ascii_case(kind)
    };
    !word.eq_ignore_ascii_case(b"key") || OWN.iter().any(own)
}

/// Whether a word says whose or of what kind a token is: `my token`, `access token`.
fn is_possessed(bytes: &[u8], noun: Noun) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"encryption ",
        b"master ",
        b"my ",
        b"our ",
        b"access ",
        b"bearer ",
        b"api ",
        b"auth ",
        b"refresh ",
        b"use ",
        b"Use ",
        b"with ",
        b"using ",
        b"old ",
    ];
    WORDS.iter().any(|word| bytes[..noun.start].ends_with(word))
}

/// What stands between a login and a password.
const DIVIDERS: [&[u8]; 9] =
    [b" / ", b" : ", b" | ", b" // ", b" and ", b" und ", b" et ", " — ".as_bytes(), b" - "];

/// `bob / hunter2`, `bob : hunter2`: a login and its password with blanks around what divides them.
fn divided_login(bytes: &[u8], user: Piece, hits: &mut Hits) {
    let divider = DIVIDERS.into_iter().find(|d| bytes[user.end..].starts_with(d));
    let plain = bytes[user.start..user.end].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let Some(divider) = divider.filter(|_| plain) else { return };
    let at = user.end + divider.len();
    let Some(found) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let found = if found.quoted { found } else { trimmed(bytes, found) };
    let text = &bytes[found.start..found.end];
    if text.len() >= 4
        && is_password(text, Shape::of(text), found.quoted, Tie::Said)
        && !reference::is_explained(text)
        && !is_no_value(text)
        && !assignment::is_known(hits, found.start, found.end)
    {
        hits.push(
            Hit::new(id::SECRET_PROSE, found.start, found.end, "a login and a password")
                .confidence(Confidence::Medium),
        );
    }
}

/// `ftp credentials bob Comet1984`: a login and a password that someone made up, right behind the word at byte `at`.
pub(super) fn told_beside(bytes: &[u8], at: usize, hits: &mut Hits) {
    let Some(user) = piece(bytes, at, bytes.len().min(at + LONGEST)).filter(|user| !user.quoted) else {
        return;
    };
    let next = bytes[user.end..].strip_prefix(b" ").unwrap_or_default();
    let next = &next[..next.iter().position(u8::is_ascii_whitespace).unwrap_or(next.len())];
    if reference::is_strongly_made_up(next) {
        spaced_login(bytes, user, hits);
    }
}

/// `credentials: bob Comet1984`: a login, a blank and a password that ends the line, as no sentence has it.
fn spaced_login(bytes: &[u8], user: Piece, hits: &mut Hits) {
    let name = &bytes[user.start..user.end];
    let plain = (2..=32).contains(&name.len())
        && name.iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b))
        && [&b": "[..], b" are ", b"redentials ", b"reds "]
            .iter()
            .any(|lead| bytes[..user.start].ends_with(lead));
    if !plain || bytes.get(user.end) != Some(&b' ') {
        return;
    }
    let Some(found) = piece(bytes, user.end + 1, bytes.len().min(user.end + LONGEST)) else { return };
    let found = if found.quoted { found } else { trimmed(bytes, found) };
    let text = &bytes[found.start..found.end];
    let shape = Shape::of(text);
    let odd = text.iter().any(|b| b"!@#$%^&*+?~".contains(b));
    let ends = matches!(bytes.get(found.end), None | Some(b'\n' | b'\r' | b',' | b'"'));
    if ends
        && shape.len >= 6
        && shape.digits > 0
        && (odd || shape.digits > 1)
        && is_password(text, shape, found.quoted, Tie::Said)
        && !is_no_value(text)
        && !reference::is_explained(text)
    {
        push(hits, found.start, found.end, "a login and a password");
    }
}

/// Where the password starts in `bob/hunter2` or `bob:hunter2`.
fn login(text: &[u8]) -> Option<usize> {
    let sign = text.iter().position(|b| matches!(b, b'/' | b':'))?;
    let (user, password) = (&text[..sign], &text[sign + 1..]);
    let shape = Shape::of(password);
    let plain = !user.is_empty() && user.iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let one = !password.iter().any(|b| matches!(b, b'/' | b':'));
    (plain && one && is_password(password, shape, false, Tie::Said) && !reference::is_explained(password))
        .then_some(sign + 1)
}

/// ``sign in at … with `bob` / `hunter2` ``: two words in backquotes on a line that speaks of logins, the stroke at byte
/// `at`.
pub(super) fn quoted_pair(bytes: &[u8], at: usize, hits: &mut Hits) {
    const SPEAKING: [&[u8]; 8] =
        [b"log in", b"login", b"logged in", b"sign in", b"signed in", b"cred", b"account", b"password"];
    let from = at.saturating_sub(160);
    let line = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |i| from + i + 1);
    let Some(open) = memchr::memrchr(b'`', &bytes[line..at]).map(|i| line + i) else { return };
    let plain = bytes[open + 1..at].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let start = at + 5;
    let rest = &bytes[start..bytes.len().min(start + 64)];
    let Some(length) = memchr::memchr(b'`', rest).filter(|_| plain && at > open + 1) else { return };
    let (text, shape) = (&rest[..length], Shape::of(&rest[..length]));
    let speaks = SPEAKING
        .iter()
        .any(|word| bytes[line..open].windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)))
        || reference::is_strongly_made_up(text) && is_headed(&bytes[from..line]);
    let odd = text.iter().any(|b| b"!@#$%^&*+?~".contains(b));
    if speaks
        && length >= 6
        && (odd || shape.digits >= 2 || shape.digits > 0 && shape.upper > 0 && shape.lower > 0)
        && is_password(text, shape, true, Tie::Said)
        && !reference::is_explained(text)
        && !is_no_value(text)
    {
        push(hits, start, start + length, "a login and a password");
    }
}

/// Whether the last heading of what stands before a line speaks of logins: `## Logins`, `Credentials:`.
fn is_headed(before: &[u8]) -> bool {
    const HEADS: [&[u8]; 4] = [b"login", b"credential", b"account", b"password"];
    let heads = |line: &&[u8]| line.starts_with(b"#") || line.trim_ascii_end().ends_with(b":");
    let head = before.rsplit(|b| *b == b'\n').find(heads).unwrap_or_default();
    HEADS.iter().any(|word| head.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)))
}

/// `log in with bob / hunter2`: a login and its password behind words that say so, from byte `at` on.
pub(super) fn signed_in(bytes: &[u8], at: usize, hits: &mut Hits) {
    let Some(first) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let text = &bytes[first.start..first.end];
    let made_up = |text: &[u8]| {
        text.iter().any(|b| b.is_ascii_digit() || b"!@#$%^&*+?~".contains(b))
            || text.split(|b| matches!(b, b' ' | b'/' | b':')).any(reference::is_word_list)
    };
    if !made_up(&bytes[first.start..line_end(bytes, first.start)]) || first.quoted {
        return;
    }
    let noun = Noun { start: at, end: at, kind: Kind::Auth };
    match memchr::memchr2(b'/', b':', text) {
        Some(sign) if made_up(&text[sign..]) => value(bytes, first.start, noun, Tie::Beside, hits),
        Some(_) => {}
        None => divided_login(bytes, first, hits),
    }
}

/// `sign in as bob with hunter2!`: a login and its password behind words that say so, from byte `at` on.
pub(super) fn signed_in_as(bytes: &[u8], at: usize, hits: &mut Hits) {
    const LINKS: [&[u8]; 7] = [b" with ", b" / ", b" using ", b" : ", b" and ", b" - ", b" ("];
    let Some(user) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let end = user.end + usize::from(user.quoted);
    let Some(link) = LINKS.iter().find(|link| bytes[end..].starts_with(link)) else { return };
    let start = end + link.len();
    let Some(found) = piece(bytes, start, bytes.len().min(start + LONGEST)) else { return };
    let found = if found.quoted { found } else { trimmed(bytes, found) };
    let bracket = *link == b" (" && bytes[found.start..found.end].ends_with(b")");
    let found = Piece { end: found.end - usize::from(bracket), ..found };
    let text = &bytes[found.start..found.end];
    let shape = Shape::of(text);
    let odd = text.iter().any(|b| b"!@#$%^&*+?~".contains(b));
    if shape.len >= 6
        && (odd && shape.digits > 0 || shape.digits > 1)
        && (*link != b" (" || bytes.get(found.end) == Some(&b')') && reference::is_strongly_made_up(text))
        && is_password(text, shape, found.quoted, Tie::Said)
        && !is_no_value(text)
        && !reference::is_explained(text)
        && !assignment::is_known(hits, found.start, found.end)
    {
        push(hits, found.start, found.end, "a login and a password");
    }
}

/// A plain word that a sentence tells to be used as a password: `benutze sonnenblume als Passwort`.
pub(super) fn word(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    if end - start > 5 && reference::is_plain_word(&bytes[start..end]) {
        push(hits, start, end, "a word that is used as a password");
    }
}
