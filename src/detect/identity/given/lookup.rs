//! Which words are given names.

use super::heads::Heads;
use crate::detect::{lexicon, recall::Recall};
use std::cell::RefCell;

/// The least and the greatest length of a given name, in bytes.
pub(super) const LENGTH: std::ops::RangeInclusive<usize> = 3..=16;

/// How much a given name says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// It is a person's.
    Clear,
    /// It is also a word, a place or a part of a program's name.
    Common,
}

/// Given names in lower case, sorted, one a line.
pub(super) static CLEAR: &str = include_str!("../given.txt");

/// The same, that are also something else.
pub(super) static COMMON: &str = include_str!("../given_common.txt");

/// What is known of a word in lower case.
fn look_up(word: &[u8]) -> Option<Given> {
    let clear = || lexicon::has(CLEAR, word).then_some(Given::Clear);
    clear().or_else(|| lexicon::has(COMMON, word).then_some(Given::Common))
}

/// What given names begin with, as [`heads::of`] says.
pub(super) static HEADS: Heads = include!(concat!(env!("OUT_DIR"), "/given_heads.rs"));

/// Whether a word is a given name.
pub(in super::super) fn is_given(word: &[u8]) -> bool {
    !word.is_empty() && given(word).is_some()
}

/// Whether a word is a given name and nothing else.
pub(in super::super) fn is_clear(word: &[u8]) -> bool {
    !word.is_empty() && given(word) == Some(Given::Clear)
}

/// The same, if it is written in small letters or capitals.
pub(in super::super) fn is_clear_in_any_case(word: &[u8]) -> bool {
    let mut name = word.to_ascii_lowercase();
    if let Some(first) = name.first_mut() {
        first.make_ascii_uppercase();
    }
    is_clear(&name)
}

/// What is known of the given name that is all of `word`, a capital and small letters.
pub(super) fn given(word: &[u8]) -> Option<Given> {
    let plain =
        LENGTH.contains(&word.len()) && word[1..].iter().all(|b| b.is_ascii_lowercase() || *b >= 0x80);
    if !plain {
        return None;
    }
    let mut lower = [0; *LENGTH.end()];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    // The first letter of `Željko` and `Émile` is two bytes; its small form ends 0x20 higher, or one.
    if lower[0] == 0xc3 && lower[1] < 0xa0 {
        lower[1] += 0x20;
    } else if matches!(lower[0], 0xc4 | 0xc5) {
        lower[1] += 1;
    }
    thread_local! {
        static ASKED: RefCell<Recall<Option<Given>, 4096>> = const { RefCell::new(Recall::new()) };
    }
    ASKED.with_borrow_mut(|asked| asked.get(lower, look_up))
}
