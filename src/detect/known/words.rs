//! Short literals, searched by the first bytes of a word.
//!
//! Every literal is filed under the first four bytes of one of its words. A search walks over the words of a text and asks
//! one bit for each: nearly all answer no. Inside long words, where a name may be glued to something, every position asks.

use super::index::Literals;
use crate::scan::{self, Stand};
use foldhash::HashMap;

/// Bytes that a literal is filed under.
const KEY: usize = scan::WORD;

/// Bits of the smallest and of the largest filter. One as small as can be stays in the nearest cache.
const FILTER_BITS: std::ops::RangeInclusive<u32> = 13..=20;

/// Bits of the filter for each literal: one in so many words is asked in vain.
const BITS_EACH: usize = 64;

/// Literals by their words.
#[derive(Default)]
pub(super) struct Words {
    filter: Vec<u64>,
    /// By how much a hash is shifted for a place in the filter.
    shift: u32,
    /// Literals in the filter.
    filed: usize,
    /// By the bytes they are filed under, those of one key by the bytes that follow.
    by_key: HashMap<u32, Vec<Filed>>,
    /// Whether some literal is filed under a word of two or three bytes and what follows it.
    short: bool,
    /// Literals without a word and four bytes from it on; searched one by one.
    wordless: Vec<usize>,
}

/// A literal, and where in it the word starts that it is filed under.
struct Filed {
    /// What follows the key, see [`next`].
    next: u32,
    literal: usize,
    offset: usize,
    /// The literal's length and its last byte, which tell most of those apart that share four bytes.
    len: usize,
    last: u8,
}

impl Words {
    /// Files a literal under its number.
    pub(super) fn add(&mut self, literal: &[u8], number: usize) {
        let long = self.emptiest(literal);
        match long.or_else(|| short_word(literal)) {
            Some(offset) => {
                self.short |= long.is_none();
                let key = key(literal, offset);
                let (len, last) = (literal.len(), literal[literal.len() - 1]);
                let filed = Filed { next: next(literal, offset), literal: number, offset, len, last };
                let row = self.by_key.entry(key).or_default();
                row.insert(row.partition_point(|other| other.next <= filed.next), filed);
                self.filed += 1;
                let full = self.filed * BITS_EACH > self.filter.len() * 64;
                if full && self.filter.len() < 1 << (FILTER_BITS.end() - 6) {
                    self.grow();
                } else {
                    self.mark(key);
                }
            }
            None => self.wordless.push(number),
        }
    }

    /// Where the word of a literal starts under whose first bytes the fewest others are filed. Of equals the longest, so
    /// that names that begin alike part.
    fn emptiest(&self, literal: &[u8]) -> Option<usize> {
        let filed = |offset: usize| self.by_key.get(&key(literal, offset)).map_or(0, Vec::len);
        let words = words(literal).filter(|&(start, end)| end - start >= KEY);
        let best = words.min_by_key(|&(start, end)| (filed(start), std::cmp::Reverse(end - start), start));
        best.map(|(start, _)| start)
    }

    /// Makes the filter anew, twice as large as the literals ask for, within its limits.
    fn grow(&mut self) {
        let bits = (2 * self.filed * BITS_EACH).next_power_of_two().trailing_zeros();
        let bits = bits.clamp(*FILTER_BITS.start(), *FILTER_BITS.end());
        self.filter.clear();
        self.filter.resize(1 << (bits - 6), 0);
        self.shift = 32 - bits;
        let keys: Vec<_> = self.by_key.keys().copied().collect();
        keys.into_iter().for_each(|key| self.mark(key));
    }

    fn mark(&mut self, key: u32) {
        let bit = self.place(key);
        self.filter[bit / 64] |= 1 << (bit % 64);
    }

    /// A place in the filter (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
    #[inline]
    fn place(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> self.shift) as usize
    }

    /// Calls `found` with the number, the start and the end of every literal in `text`, in no particular order.
    pub(super) fn find(&self, text: &[u8], literals: &Literals, found: &mut impl FnMut(usize, usize, usize)) {
        if !self.filter.is_empty() {
            scan::words(text, self.short, |start, stand| match stand {
                Stand::Plain => self.at(text, start, literals, found),
                Stand::Long => self.long_word(text, start, literals, found),
                Stand::Odd => self.odd_word(text, start, literals, found),
            });
        }
        for &number in &self.wordless {
            let literal = &literals[number];
            for start in memchr::memmem::find_iter(text, literal) {
                found(number, start, start + literal.len());
            }
        }
    }

    /// Asks everywhere in the long word from `start` on.
    fn long_word(
        &self,
        text: &[u8],
        start: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        self.at(text, start, literals, found);
        let mut at = start + 1;
        while text.get(at + KEY - 1).is_some_and(|&b| in_word(b)) {
            self.at(text, at, literals, found);
            at += 1;
        }
    }

    /// Asks where in the short word from `start` on a literal's word may start: at its first byte, behind what of an escape
    /// reads as letters, behind characters that are not seen.
    fn odd_word(
        &self,
        text: &[u8],
        start: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        self.at(text, start, literals, found);
        match start.checked_sub(1).map(|i| text[i]) {
            Some(b'\\') => {
                self.at(text, start + 1, literals, found);
                self.at(text, start + 5, literals, found);
            }
            Some(b'%') => self.at(text, start + 2, literals, found),
            // A terminal's colour: `[1;31m`.
            Some(b'[' | b';') => {
                let digits = text[start..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
                self.at(text, start + digits + 1, literals, found);
            }
            _ => {}
        }
        if !is_ascii_near(text, start) {
            self.mixed(text, start, literals, found);
        }
    }

    /// Asks behind every character beyond ASCII in a short word: a dash, a quote, what is not seen.
    #[cold]
    fn mixed(
        &self,
        text: &[u8],
        start: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        let word = text[start..].iter().take(LONG).take_while(|&&b| in_word(b));
        let beyond = word.map(|&b| b >= 0x80).collect::<Vec<_>>();
        for (i, pair) in beyond.windows(2).enumerate() {
            if pair == [true, false] {
                self.at(text, start + i + 1, literals, found);
            }
        }
    }

    #[inline(always)]
    fn at(&self, text: &[u8], at: usize, literals: &Literals, found: &mut impl FnMut(usize, usize, usize)) {
        let Some(&key) = text.get(at..).and_then(|rest| rest.first_chunk::<KEY>()) else { return };
        let key = u32::from_le_bytes(key);
        let bit = self.place(key);
        if self.filter[bit / 64] >> (bit % 64) & 1 == 1 {
            self.compare(text, at, key, literals, found);
        }
    }

    #[cold]
    #[inline(never)]
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        key: u32,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        let Some(row) = self.by_key.get(&key) else { return };
        let here = next(text, at);
        let of = |wanted: u32| {
            let from = row.partition_point(|filed| filed.next < wanted);
            row[from..].iter().take_while(move |filed| filed.next == wanted)
        };
        let follows = (here != SHORT).then(|| of(here));
        for filed in of(SHORT).chain(follows.into_iter().flatten()) {
            let Some(start) = at.checked_sub(filed.offset) else { continue };
            let end = start + filed.len;
            if text.get(end - 1) == Some(&filed.last) && text[start..end] == literals[filed.literal] {
                found(filed.literal, start, end);
            }
        }
    }
}

/// The three bytes behind the key at byte `at`, as a number; [`SHORT`] where there are fewer.
fn next(text: &[u8], at: usize) -> u32 {
    let three = text.get(at + KEY..).and_then(|rest| rest.first_chunk::<3>());
    three.map_or(SHORT, |&[a, b, c]| u32::from_be_bytes([1, a, b, c]))
}

/// Stands for too few bytes behind a key; less than any number that stands for three.
const SHORT: u32 = 0;

/// Where the first word of two or three bytes starts that four bytes of the literal stand from on.
fn short_word(literal: &[u8]) -> Option<usize> {
    let fits = |&(start, end): &(usize, usize)| end - start > 1 && start + KEY <= literal.len();
    words(literal).find(fits).map(|(start, _)| start)
}

/// The length of a long word, in bytes.
const LONG: usize = 16;

/// Whether the bytes that a short word at `start` may have are ASCII.
#[inline]
fn is_ascii_near(text: &[u8], start: usize) -> bool {
    const BEYOND: u128 = u128::from_ne_bytes([0x80; LONG]);
    let near = &text[start..];
    match near.first_chunk::<LONG>() {
        Some(bytes) => u128::from_ne_bytes(*bytes) & BEYOND == 0,
        None => near.is_ascii(),
    }
}

/// The words of a text: runs of letters, digits and bytes beyond ASCII. A letter of ASCII behind one beyond it begins a
/// word too, since what stands before it may be a quotation mark, an arrow, or Chinese.
fn words(text: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].iter().position(|&b| in_word(b))?;
        let mut beyond = false;
        let ends = |&b: &u8| {
            let end = !in_word(b) || beyond && b < 0x80;
            beyond = b >= 0x80;
            end
        };
        at = text[start..].iter().position(ends).map_or(text.len(), |len| start + len);
        Some((start, at))
    })
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn key(text: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(literals: &[&str], text: &str) -> Vec<(usize, usize)> {
        let literals: Literals = literals.iter().map(|literal| literal.as_bytes().to_owned()).collect();
        let mut words = Words::default();
        for (number, literal) in literals.iter().enumerate() {
            words.add(literal, number);
        }
        let mut out = Vec::new();
        words.find(text.as_bytes(), &literals, &mut |number, start, _| out.push((number, start)));
        out.sort_unstable();
        out
    }

    #[test]
    fn literals_are_found_at_words_behind_escapes_and_within_long_words() {
        assert_eq!(find(&["maribe"], "maribe xmaribe \\nmaribe"), [(0, 0), (0, 17)]);
        assert_eq!(find(&["maribe"], "\\u000amaribe"), [(0, 6)]);
        assert_eq!(find(&["p@ss-w"], "x p@ss-w y"), [(0, 2)]);
        assert_eq!(find(&["a!b@c#"], "xa!b@c#y"), [(0, 1)]);
        assert_eq!(find(&["add_ta"], "x add_ta \\nadd_ta, readd_ta"), [(0, 2), (0, 11)]);
        assert_eq!(find(&["is_ok", "maribe"], "maribe is_ok"), [(0, 7), (1, 0)]);
        assert_eq!(find(&["Quote"], "zz0123456testQuote"), [(0, 13)]);
    }

    proptest! {
        #[test]
        fn whatever_stands_alone_is_found(
            literal in "[a-d!. ]{0,2}[a-d]{2,4}[a-d!. ]{0,2}", before in "([a-d ]{0,6}[ .!])?", after in "([ .!][a-d ]{0,6})?",
        ) {
            let text = format!("{before}{literal}{after}");
            let hits = find(&[&literal], &text);
            prop_assert!(hits.contains(&(0, before.len())), "{text:?} {hits:?}");
        }
    }
}
