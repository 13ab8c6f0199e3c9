//! What belongs to the id of a key of AWS and has no word of its own: `AKIA…,x`, `CREDENTIALS\tASIA…\t2026-…\tx\ty`.

use super::super::{
    shape::Shape,
    subject::{Hit, Hits},
};
use crate::rule::{Confidence, RuleId};

/// How far the line behind an id is looked at, in bytes.
const REACH: usize = 2048;

/// The length of a secret key, in bytes.
const SECRET: usize = 40;

/// The least length of a session's token, in bytes.
const SESSION: usize = 100;

/// Adds the secret key and the session's token on the line behind an id that ends at byte `end`.
pub(super) fn behind(bytes: &[u8], end: usize, hits: &mut Hits) {
    let rest = &bytes[end..bytes.len().min(end + REACH)];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let mut at = 0;
    for word in line.split(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))) {
        let start = at;
        at += word.len() + 1;
        let name = match word.len() {
            SECRET => "aws.secret-access-key",
            SESSION.. => "aws.session-token",
            _ => continue,
        };
        let shape = Shape::of(word);
        let mixed = shape.upper > 2 && shape.lower > 2 && shape.digits > 0 && shape.looks_random();
        let known = hits.iter().rev().take(8).any(|hit| hit.span.range().contains(&(end + start)));
        if let Some(rule) = RuleId::from_name(name).filter(|_| mixed && !known) {
            let hit = Hit::new(rule, end + start, end + start + word.len(), "a key behind its id");
            hits.push(hit.confidence(Confidence::High));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::detect::tests::check;

    #[test]
    fn finds_keys_behind_their_ids() {
        for text in [
            "CREDENTIALS\t«ASIAQ3EGRIPDX7MZT5WK»\t2026-11-27T11:00:00+00:00\t«q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs»\t«IQoJb3JpZ2luX2VjEJ3x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5sGcAe0UoX4bVtRe9WnYs5Hj2Lk8PzQm7Vd3Xc6Bf1Ga4Tr0Ei/Uq+OyKw9Zs»",
            "AKIA,SECRET\n«AKIAQ3EGRIPDX7MZT5WK»,«q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs»\n",
            "«AKIAQ3EGRIPDX7MZT5WK» was used by commit 0c8a7085fdb75782abbb8be3fe75c8761f763136\n",
        ] {
            check(text);
        }
    }
}
