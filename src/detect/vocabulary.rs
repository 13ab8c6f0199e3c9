//! Words that everyone uses: a name that is one of them says little, and stands in sentences that mean no name.

use crate::detect::{lexicon, recall::Recall};
use std::cell::RefCell;

/// Words of English and of what programs are made of, lower case and sorted, without forms of others.
static WORDS: &str = include_str!("vocabulary.txt");

/// Endings of forms of words that are in the list.
const ENDINGS: [&[u8]; 8] = [b"s", b"es", b"d", b"ed", b"ing", b"ly", b"er", b"ers"];

/// The least length of a word without its ending, in bytes.
const STEM: usize = 3;

/// The longest word, in bytes.
const LONGEST: usize = 32;

/// Whether `word` is one that everyone uses, or a form of one, in any case of letters.
pub(super) fn has(word: &[u8]) -> bool {
    thread_local! {
        static ASKED: RefCell<Recall<bool, 4096>> = const { RefCell::new(Recall::new()) };
    }
    word.len() <= LONGEST && ASKED.with_borrow_mut(|asked| asked.get(word, look_up))
}

fn look_up(word: &[u8]) -> bool {
    let word = word.to_ascii_lowercase();
    let listed = |word: &[u8]| lexicon::has(WORDS, word);
    let without =
        |end: &&[u8]| word.strip_suffix(*end).is_some_and(|stem| stem.len() >= STEM && listed(stem));
    listed(&word) || ENDINGS.iter().any(without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_forms_are_known_and_names_are_not() {
        for word in
            ["entire", "Ledger", "middleware", "webhooks", "planned", "parsing", "scheduler", "quickly"]
        {
            assert!(has(word.as_bytes()), "{word}");
        }
        for word in ["gitproto", "smarthttp", "zorblatt", "falconpay", ""] {
            assert!(!has(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        let lines = || WORDS.lines().filter(|line| !line.starts_with('#'));
        assert!(lines().is_sorted() && lines().count() > 20_000);
    }
}
