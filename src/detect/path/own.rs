//! Which folders and files have names of the project's own: names that mean it wherever they stand.

use crate::detect::{code::distinct, vocabulary};

/// The lengths of such a name, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=64;

/// The least length of a word that nobody else uses, in bytes.
const WORD: usize = 4;

/// How many words a name has that nobody else gives, though each is everyone's.
const MANY: usize = 3;

/// Whether a component is a name that no sentence has by chance: one with a word that is not everyone's, or of many words.
pub(super) fn is_own(name: &[u8]) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if !LENGTH.contains(&name.len()) || !name.iter().all(plain) || !name[0].is_ascii_alphabetic() {
        return false;
    }
    let words = distinct::words(name).count();
    let rare = distinct::words(name).any(is_rare);
    rare && !distinct::is_public(name) || words >= MANY && distinct::is_telling(name)
}

/// Whether a word is none of everyone's.
fn is_rare(word: &[u8]) -> bool {
    let digits = word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let word = &word[..word.len() - digits];
    word.len() >= WORD
        && word.iter().all(u8::is_ascii_alphabetic)
        && !vocabulary::has(word)
        && distinct::is_unusual(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_own_if_no_sentence_has_it() {
        for name in [
            "gitproto",
            "premiumtables",
            "falconpay",
            "falcon-pay-zorb",
            "policy_quote_engine",
            "gtts310",
            "ZorbPanel",
        ] {
            assert!(is_own(name.as_bytes()), "{name}");
        }
        for name in [
            "scheduler",
            "billing",
            "real-time",
            "pre-commit",
            "node18",
            "python3",
            "utf8",
            "x",
            "premium",
            ".cache-dir",
            "v2",
            "2024-01-01",
        ] {
            assert!(!is_own(name.as_bytes()), "{name}");
        }
    }
}
