//! What stands before a word for a secret: `use X as the password`, `X is my password`.

use super::{
    super::subject::Hits,
    after::REACH,
    noun::Noun,
    value::{Tie, value},
};

/// Words between a value and the noun that it is called.
const BETWEEN: &[&str] = &[
    "the",
    "a",
    "my",
    "our",
    "your",
    "his",
    "her",
    "their",
    "its",
    "as",
    "new",
    "old",
    "current",
    "root",
    "admin",
    "db",
    "database",
    "user",
    "login",
    "wifi",
    "master",
    "temporary",
    "temp",
    "default",
    "is",
    "was",
    "for",
    "this",
    "api",
    "access",
    "test",
    "staging",
    "prod",
    "production",
    "right",
    "correct",
];

/// `use X as the password`, `X is my password`.
pub(super) fn before(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    let from = noun.start.saturating_sub(REACH);
    let line = memchr::memrchr2(b'\n', b'\t', &bytes[from..noun.start]).map_or(from, |i| from + i + 1);
    let mut end = noun.start;
    let (mut tied, mut used) = (false, false);
    if bytes.get(noun.end) == Some(&b')') {
        return called(bytes, line, noun, hits);
    }
    for _ in 0..6 {
        let text = bytes[line..end].trim_ascii_end();
        let word_start = line + memchr::memrchr(b' ', text).map_or(0, |i| i + 1);
        let word_end = line + text.len();
        let word = &bytes[word_start..word_end];
        if word.is_empty() {
            return;
        }
        let holds = word == b"in" && bytes[noun.start..noun.end].contains(&b'_');
        if holds || BETWEEN.iter().any(|b| word.eq_ignore_ascii_case(b.as_bytes())) {
            tied |= matches!(word, b"as" | b"is" | b"was");
            used |= matches!(word, b"as" | b"for");
            end = word_start;
            continue;
        }
        let typed = end < noun.start && is_typed(&bytes[line..word_start]);
        if (tied || typed) && (word_start > from || from == 0) {
            let tie = if typed && (used || !tied) { Tie::Said } else { Tie::Beside };
            value(bytes, word_start, noun, tie, hits);
        }
        return;
    }
}

/// `X (the db password)`: what stands before brackets that say what it is.
fn called(bytes: &[u8], line: usize, noun: Noun, hits: &mut Hits) {
    let Some(open) = memchr::memrchr(b'(', &bytes[line..noun.start]).map(|i| line + i) else { return };
    let between = &bytes[open + 1..noun.start];
    let words = between.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let text = &bytes[line..open];
    if !text.ends_with(b" ")
        || words.clone().any(|w| !BETWEEN.iter().any(|b| w.eq_ignore_ascii_case(b.as_bytes())))
    {
        return;
    }
    let text = text.trim_ascii_end();
    let start = line + memchr::memrchr(b' ', text).map_or(0, |i| i + 1);
    value(bytes, start, noun, Tie::Beside, hits);
}

/// Whether what stands before a word says that it is asked about or was entered: `is X the password?`, `I typed X for the
/// password`.
fn is_typed(before: &[u8]) -> bool {
    let word = before.trim_ascii_end().rsplit(|b| *b == b' ').next().unwrap_or(b"");
    [&b"is"[..], b"Is", b"typed", b"entered", b"enter", b"type", b"used", b"use", b"Use", b"put", b"try"]
        .contains(&word)
}
