//! Secrets told by their context: hands each candidate to the code that knows what may follow it.

use super::{
    assignment::{self, Name},
    command, credential_file, form, header, pem, prose, random,
    subject::{Hits, Subject},
    token, url,
};
use crate::scan::{Candidate, Kind, is_column};

/// Looks at what stands under a key that says what it is.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    if subject.key.is_some() {
        let from = hits.len();
        assignment::find_keyed(subject, hits);
        header::find_keyed(subject, hits);
        token::name(subject, from, hits);
    }
}

/// Looks at one candidate.
pub(super) fn find(subject: &Subject<'_>, candidate: Candidate, hits: &mut Hits) {
    let from = hits.len();
    match candidate.kind {
        Kind::Word => find_word(subject, candidate.at, hits),
        Kind::Form => form::find(subject, candidate.at, hits),
        Kind::Random => return find_random(subject, candidate.at, hits),
        Kind::Pem => pem::find(subject, candidate.at, hits),
        Kind::Token => token::find(subject, candidate.at, hits),
        Kind::Url => url::find(subject, candidate.at, hits),
        _ => {}
    }
    token::name(subject, from, hits);
}

/// Looks at the random run at byte `at`, unless all of it is a value that needs no explanation.
fn find_random(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    if token::is_found(subject.bytes, at, hits) {
        return;
    }
    let from = hits.len();
    let unexplained = token::find_near(subject, at, hits);
    token::find_behind_word(subject, at, hits);
    random::find(subject, at, hits);
    token::name_but(subject, &unexplained, from, hits);
}

/// Hands a word to the code that knows what may follow it, what is cheapest to say no first.
fn find_word(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    match bytes[at] {
        b'*' | b'?' | b'"' if bytes[at + 1..].starts_with(b"assword") => {
            return assignment::find_sent(subject, at + 8, hits);
        }
        b'<' if bytes[at..].starts_with(b"<<<") => return command::find_here(bytes, at, hits),
        b'?' | b'&' => return url::find_parameter(subject, at, hits),
        b'@' => return url::find_bare(subject, at, hits),
        b'-' | b'\n' if bytes[at..].trim_ascii_start().starts_with(b"-p") => {
            return command::find_listed(bytes, at, hits);
        }
        b' ' if bytes.get(at + 1) == Some(&b'-') => return command::find_option(subject, at, hits),
        _ if bytes[at..].starts_with(b"DBI->connect(") => {
            return assignment::find_call(bytes, at, at + 12, hits);
        }
        b':' if bytes[at..].starts_with(b":3306)") => return url::find_bracketed(subject, at, hits),
        _ if bytes[at..].starts_with(b"thin:") => return url::find_bare(subject, at, hits),
        _ => {}
    }
    header::find(subject, at, hits);
    credential_file::find(subject, at, hits);
    prose::find_foreign(subject, at, hits);
    let Some((start, end)) = assignment::name_around(bytes, at) else { return };
    let start = behind_place(bytes, start, at);
    command::find(subject, start, end, hits);
    assignment::find_call(bytes, start, end, hits);
    command::find_output(bytes, start, end, hits);
    form::find_named(bytes, (start, end), at, hits);
    if has_stem(bytes, start, at) || is_idle(bytes, start, end) {
        return;
    }
    let word = Word { start, end, name: assignment::meaning(&bytes[start..end]) };
    assignment::find(subject, at, word, hits);
    prose::find(subject, word, hits);
    credential_file::find_column(bytes, word, hits);
}

/// Where a name starts that is joined to the place of a search at the start of its line: `a.yml-12-DB_PASSWORD`.
fn behind_place(bytes: &[u8], start: usize, at: usize) -> usize {
    if at == start || start > 0 && bytes[start - 1] != b'\n' {
        return start;
    }
    let signs = || memchr::memchr_iter(b'-', &bytes[start..at]).map(|i| start + i);
    let placed = |&sign: &usize| {
        let digits = bytes[sign + 1..at].iter().take_while(|b| b.is_ascii_digit()).count();
        digits > 0 && bytes.get(sign + 1 + digits) == Some(&b'-') && bytes[start..sign].contains(&b'.')
    };
    let place = signs().find(placed);
    place.map_or(start, |sign| {
        sign + 2 + bytes[sign + 1..at].iter().take_while(|b| b.is_ascii_digit()).count()
    })
}

/// A name in a text and what it means, if it may mean a secret.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What it means.
    pub(super) name: Option<Name>,
}

/// Whether the candidate of the name that starts at `start` has come already: an earlier stem than that at `at` stands in
/// it. A stem of names whose values machines make comes only before such a value, so that one for passwords comes again.
fn has_stem(bytes: &[u8], start: usize, at: usize) -> bool {
    const HUMAN: [&[u8]; 4] = [b"pass", b"pwd", b"secret", b"psk"];
    const MACHINE: [&[u8]; 5] = [b"token", b"key", b"auth", b"credential", b"jwt"];
    let name = &bytes[start..at];
    let holds = |stems: &[&[u8]]| {
        stems.iter().any(|stem| name.windows(stem.len()).any(|w| w.eq_ignore_ascii_case(stem)))
    };
    let human =
        HUMAN.iter().any(|stem| bytes[at..].get(..stem.len()).is_some_and(|w| w.eq_ignore_ascii_case(stem)));
    name.len() >= 3 && (holds(&HUMAN) || !human && holds(&MACHINE))
}

/// Parts of words before a name that may say what it is, in four bytes.
const LINKS: [&[u8; 4]; 19] = [
    b"at's", b"it's", b" as ", b" is ", b" was", b"yped", b"nter", b" for", b"use ", b" in ", b"into",
    b" to ", b" at ", b" als", b"como", b"omme", b"ome ", b"jako", b" som",
];

/// Whether what follows a name ends its expression or its sentence, and nothing before says that it names a value.
fn is_idle(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = &bytes[start.saturating_sub(28)..start];
    let named = before.ends_with(b"name: ")
        || before.last() == Some(&b' ')
            && (!bytes[start].is_ascii() || before.windows(4).any(|w| LINKS.iter().any(|link| *link == w)))
        || bytes.get(end) == Some(&b')') && before.windows(2).any(|w| w == b" (");
    matches!(bytes.get(end), None | Some(b')' | b';' | b'}' | b'.' | b'/' | b'+' | b'!'))
        && !named
        && !bytes[end..].starts_with(b"+=")
        && !bytes[end..].starts_with(b"....")
        && !is_column(bytes, end)
        && !assignment::is_typed(bytes, end)
        && !bytes[end..].starts_with(b") { ")
        && (bytes.get(end) != Some(&b';') || !credential_file::may_be_head(bytes, start))
}
