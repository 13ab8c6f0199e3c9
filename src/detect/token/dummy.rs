//! Values that stand in for one: published ones, words that say so, one character over and over, the alphabet.

use crate::rule::{
    Rule,
    shape::{Piece, Shape},
};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Whether the value is a published or an obvious dummy.
pub(super) fn is_exempt(rule: &Rule, shape: &Shape, value: &[u8]) -> bool {
    rule.allow.iter().any(|allowed| allowed.as_bytes() == value) || is_dummy(&body(shape, value))
}

/// The bytes of a value without the literals of its shape's start and end.
fn body(shape: &Shape, value: &[u8]) -> Vec<u8> {
    let literal = |piece: Option<&Piece>| match piece {
        Some(Piece::Literal(text)) => text.len(),
        _ => 0,
    };
    let from = literal(shape.pieces.first());
    let to = value.len() - if shape.pieces.len() > 1 { literal(shape.pieces.last()) } else { 0 };
    value.get(from..to).unwrap_or(value).to_vec()
}

/// Words that stand in for a value; the first few are so short that long random values hold them by chance.
const STAND_INS: [&str; 14] = [
    "your",
    "xxxx",
    "fake",
    "...",
    "example",
    "placeholder",
    "redacted",
    "dummy",
    "changeme",
    "replace",
    "insert",
    "sample",
    "notreal",
    "testtest",
];
/// How many of the words above are too short for long values.
const SHORT_STAND_INS: usize = 4;
/// From this length on a value is long.
const LONG: usize = 100;
/// So many characters of the alphabet in order are no accident.
const ORDERED: usize = 10;

/// Whether a value stands in for one: a word that says so, one character over and over, the alphabet.
pub(super) fn is_dummy(body: &[u8]) -> bool {
    let lower = body.to_ascii_lowercase();
    static FINDERS: LazyLock<[Finder<'static>; STAND_INS.len()]> =
        LazyLock::new(|| STAND_INS.map(Finder::new));
    let words = if body.len() >= LONG { &FINDERS[SHORT_STAND_INS..] } else { &FINDERS[..] };
    let seen = lower.iter().fold(0_u128, |seen, b| seen | 1 << (b & 127));
    body.len() >= 8 && seen.count_ones() <= 3
        || words.iter().any(|word| holds_word(body, &lower, word))
        || (1..=4).any(|period| lower.len() >= 4 * period && lower[period..] == lower[..lower.len() - period])
        || longest_ordered(&lower) >= ORDERED
}

/// Whether `word` stands in `body` in one of the cases that people write: `fake`, `Fake`, `FAKE`. Letters that random
/// characters make by chance are mixed.
fn holds_word(body: &[u8], lower: &[u8], word: &Finder<'_>) -> bool {
    word.find_iter(lower).any(|at| {
        let rest = &body[at + 1..at + word.needle().len()];
        !rest.iter().any(u8::is_ascii_uppercase)
            || !body[at].is_ascii_lowercase() && !rest.iter().any(u8::is_ascii_lowercase)
    })
}

fn longest_ordered(bytes: &[u8]) -> usize {
    let (mut longest, mut length) = (0, 1);
    for pair in bytes.windows(2) {
        length = if pair[1] == pair[0] + 1 || (pair[0], pair[1]) == (b'9', b'0') { length + 1 } else { 1 };
        longest = longest.max(length);
    }
    longest
}
