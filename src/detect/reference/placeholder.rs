//! What stands in the place of a value: masks, dummies, words that say what is to be put there.

use super::{
    holds,
    words::{GENERIC, MARKERS},
};
use crate::detect::shape::Shape;

/// Stars, dots, `xxxx`: what a log or a reader put in the value's place; and what this program puts there.
pub(super) fn is_masked(value: &[u8]) -> bool {
    let run =
        longest_run(value, |b| matches!(b, b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'#' | b'?' | b'0'));
    MASKS.iter().any(|mask| holds(value, mask.as_bytes()))
        || run * 2 > value.len()
        || longest_run(value, |b| matches!(b, b'x' | b'X' | b'*')) >= 5
        || value.iter().all(|b| *b == value[0])
}

/// What masks consist of.
const MASKS: [&str; 7] = ["***", "...", "…", "•", "●", "REDACTED", "<redacted"];

/// The longest run of one and the same byte that `of` accepts.
fn longest_run(value: &[u8], of: fn(u8) -> bool) -> usize {
    let (mut best, mut run, mut last) = (0, 0, 0);
    for &b in value {
        run = match (of(b), b == last) {
            (false, _) => 0,
            (true, true) => run + 1,
            (true, false) => 1,
        };
        last = b;
        best = best.max(run);
    }
    best
}

/// Published dummies and what counts up.
pub(super) fn is_dummy(value: &[u8]) -> bool {
    const DUMMIES: &[&str] =
        &["EXAMPLE", "AKIAIOSFODNN7", "keyboard cat", "password123", "correct horse battery staple"];
    DUMMIES.iter().any(|dummy| holds(value, dummy.as_bytes())) || (value.len() >= 12 && is_sequence(value))
}

/// `0123456789abcdef`, `abcdefghijkl`: four in five bytes follow the one before.
fn is_sequence(value: &[u8]) -> bool {
    let steps = value
        .windows(2)
        .filter(|w| w[1] == w[0] || w[1] == w[0].wrapping_add(1) || w == b"9a" || w == b"9A" || w == b"90")
        .count();
    steps * 5 >= (value.len() - 1) * 4
}

/// Words that say a value is to be put here: `your-api-key`, `changeme`, `insert_token_here`, `my-secret-password`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    if MARKERS.has(value) {
        return true;
    }
    let shape = Shape::of(value);
    if shape.blank > 6 || !shape.reads_as_words() || is_scattered(value) {
        return false;
    }
    let (mut generic, mut others, mut marked) = (0, 0, false);
    for word in value.split(|b| !b.is_ascii_alphabetic()).flat_map(humps) {
        marked |= MARKERS.has(word) || contains_marker(word);
        match word.len() < 2 || GENERIC.has(word) {
            true => generic += 1,
            false => others += 1,
        }
    }
    marked || (others == 0 && generic > 0 && shape.digits <= 1 && shape.symbols <= generic)
}

/// Whether digits stand in many places of a long value, as no one types them: its words are chance.
fn is_scattered(value: &[u8]) -> bool {
    value.len() >= 16
        && value.windows(2).filter(|w| w[0].is_ascii_alphabetic() && w[1].is_ascii_digit()).count() >= 4
}

fn contains_marker(word: &[u8]) -> bool {
    let lower = word.to_ascii_lowercase();
    [
        "changeme",
        "placeholder",
        "replaceme",
        "yourapikey",
        "yourtoken",
        "yourpassword",
        "insertyour",
        "example",
    ]
    .iter()
    .any(|marker| holds(&lower, marker.as_bytes()))
}

/// The words of a `camelCase` word.
fn humps(word: &[u8]) -> impl Iterator<Item = &[u8]> {
    word.chunk_by(|a, b| !(a.is_ascii_lowercase() && b.is_ascii_uppercase()))
}
