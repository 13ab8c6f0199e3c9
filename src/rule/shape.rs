//! The formats of all rules as static tables, with the keys by which `scan/` finds where one may stand. Made by the build
//! script from `rules/*.toml`; nothing is parsed when the program starts.
//!
//! A *key* is three or four bytes that stand at a fixed place in a format, at the start of a word: the anchor where there
//! is one, else the next literal. A format without any is looked for by the *length* of one of its runs; one that needs a
//! word near, by the word. However many formats there are, a look costs the same.

use super::RuleId;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/shapes.rs"));

/// One format of one rule.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Whose it is.
    pub(crate) rule: RuleId,
    /// What it consists of.
    pub(crate) pieces: &'static [Piece],
    /// The least length in bytes.
    pub(crate) least: u32,
    /// Whether some literal tells it from other runs of the same characters.
    pub(crate) anchored: bool,
}

/// A part of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// These very bytes.
    Literal(&'static [u8]),
    /// From `min` to `max` bytes of a set.
    Run {
        /// What it consists of.
        set: &'static Set,
        /// The least length.
        min: u32,
        /// The greatest length; `u32::MAX` for no end.
        max: u32,
    },
}

/// A set of bytes, one bit each.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Set(pub(crate) [u64; 4]);

impl Set {
    /// Whether a byte belongs to it.
    #[inline]
    pub(crate) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    /// How many bytes of it stand at the start of `bytes`, counted up to `max`.
    pub(crate) fn run(&self, bytes: &[u8], max: usize) -> usize {
        bytes.iter().take(max).position(|&b| !self.contains(b)).unwrap_or(bytes.len().min(max))
    }
}

/// A place in a format: bytes from its start to the key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Index of the shape in [`SHAPES`].
    pub(crate) shape: u16,
    /// The fewest bytes before the key.
    pub(crate) min: u16,
    /// The most bytes before the key.
    pub(crate) max: u16,
}

impl Place {
    /// The shape.
    pub(crate) fn shape(self) -> &'static Shape {
        &SHAPES[usize::from(self.shape)]
    }
}

/// The formats that may have a key where `bytes` start; most often none.
#[inline]
pub(crate) fn keyed(bytes: &[u8]) -> [&'static [Place]; 2] {
    let Some(&four) = bytes.first_chunk::<4>() else {
        return [&[], &[]];
    };
    let four = u32::from_le_bytes(four);
    [find(four), find(four & 0x00ff_ffff)]
}

/// Whether a look at [`keyed`] may be worth it: 97 in 100 words are told by this.
#[inline]
pub(crate) fn may_have_key(bytes: &[u8]) -> bool {
    let Some(&four) = bytes.first_chunk::<4>() else { return false };
    let four = u32::from_le_bytes(four);
    let (long, short) = (hash::<KEY_HASH>(four), hash::<KEY_HASH>(four & 0x00ff_ffff));
    (KEY_BITS[long >> 6] >> (long & 63) | KEY_BITS[short >> 6] >> (short & 63)) & 1 == 1
}

#[inline]
fn find(key: u32) -> &'static [Place] {
    let slot = hash::<KEY_HASH>(key);
    if KEY_BITS[slot >> 6] >> (slot & 63) & 1 == 0 {
        return &[];
    }
    let (from, to) = (KEY_SLOTS[slot >> KEY_SHIFT], KEY_SLOTS[(slot >> KEY_SHIFT) + 1]);
    KEYS[usize::from(from)..usize::from(to)]
        .iter()
        .find(|&&(k, _)| k == key)
        .map_or(&[], |&(_, places)| places)
}

/// Keys with the same hash but for so many of its lowest bits stand together. As in the build script.
const KEY_SHIFT: usize = 3;

/// Of so many bits: [`KEY_HASH`] for keys, [`WORD_HASH`] for words. The build script has the same.
#[inline]
fn hash<const BITS: u32>(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

/// Bits of the hash of words. The build script has the same.
const WORD_HASH: u32 = 16;

/// Formats with a run of one length that have a byte which is always the same at the same place.
#[derive(Debug)]
struct Column {
    /// How far the byte is from the start of the run; [`NOWHERE`] if they have none.
    at: i16,
    /// The formats by that byte, one of those that are alike first, and how many these are.
    rows: &'static [(u8, u16, &'static [Place])],
}

/// Stands for no place of a byte. The build script has the same.
const NOWHERE: i16 = i16::MAX;

/// The formats without a key that may stand around the run of this length at `at`: those that have the byte there that
/// tells them from others.
#[inline]
pub(crate) fn of_length(length: usize, bytes: &[u8], at: usize) -> impl Iterator<Item = &'static Place> {
    columns(length).filter_map(move |column| column.row(bytes, at)).flat_map(|&(_, _, places)| places)
}

/// The same, of those that are alike only one.
#[inline]
pub(crate) fn kinds_of_length(
    length: usize,
    bytes: &[u8],
    at: usize,
) -> impl Iterator<Item = &'static Place> {
    let rows = columns(length).filter_map(move |column| column.row(bytes, at));
    rows.flat_map(|&(_, kinds, places)| &places[..usize::from(kinds)])
}

fn columns(length: usize) -> std::slice::Iter<'static, Column> {
    let row = LENGTHS.binary_search_by_key(&length, |&(l, _)| usize::from(l));
    row.map_or(&[][..], |index| LENGTHS[index].1).iter()
}

impl Column {
    fn row(&self, bytes: &[u8], at: usize) -> Option<&'static (u8, u16, &'static [Place])> {
        let byte = match self.at {
            NOWHERE => 0,
            far => *bytes.get(at.checked_add_signed(far.into())?)?,
        };
        self.rows.iter().find(|(b, ..)| *b == byte)
    }
}

/// Whether there is such a format.
pub(crate) fn has_length(length: usize) -> bool {
    LENGTH_BITS.get(length >> 6).is_some_and(|word| word >> (length & 63) & 1 == 1)
}

/// Where in formats the literals stand that `rest` starts with.
pub(crate) fn literals_at(rest: &[u8]) -> impl Iterator<Item = Place> + use<'_> {
    let first = |literal: &str| literal.as_bytes()[0];
    let from =
        rest.first().map_or(LITERALS.len(), |&b| LITERALS.partition_point(|(text, _)| first(text) < b));
    let alike = LITERALS[from..].iter().take_while(move |(text, _)| Some(&first(text)) == rest.first());
    alike.filter(|(text, _)| rest.starts_with(text.as_bytes())).map(|&(_, place)| place)
}

/// The shapes of contextual rules that a value of this length has, as `fits` says; it is asked once for all that are
/// alike. Each comes with the marks of its rule's words.
pub(crate) fn contextual(
    length: usize,
    fits: impl Fn(&Shape) -> bool,
) -> impl Iterator<Item = (&'static Shape, u64)> {
    let shape = |shape: u16| &SHAPES[usize::from(shape)];
    let kinds =
        kinds_of(length).filter(move |kind| kind.shapes.first().is_some_and(|&(s, _)| fits(shape(s))));
    kinds.flat_map(move |kind| kind.shapes.iter().map(move |&(s, marks)| (shape(s), marks)))
}

/// One bit for a word; of two sets of words that share none by their marks, none is in both.
pub(crate) fn mark(word: &str) -> u64 {
    let hash = word.bytes().fold(0_u32, |hash, b| hash.wrapping_mul(31).wrapping_add(u32::from(b)));
    1 << (hash.wrapping_mul(0x9e37_79b1) >> 26)
}

/// How far from a value of this length the word of a contextual rule may stand, in bytes.
pub(crate) fn reach(length: usize) -> usize {
    kinds_of(length).map(|kind| kind.reach).max().unwrap_or(0)
}

/// Shapes of contextual rules that consist of the same pieces: many makers hand out forty letters and digits.
struct Kind {
    /// Each with the marks of its rule's words.
    shapes: Vec<(u16, u64)>,
    reach: usize,
}

/// The kinds, and which of them values of each length may be of.
struct Kinds {
    kinds: Vec<Kind>,
    by_length: Vec<Vec<u16>>,
}

/// The length from which on all lengths are alike.
const LONG_VALUE: usize = 600;

fn kinds_of(length: usize) -> impl Iterator<Item = &'static Kind> {
    static KINDS: LazyLock<Kinds> = LazyLock::new(kinds);
    let Kinds { kinds, by_length } = &*KINDS;
    by_length[length.min(LONG_VALUE)].iter().map(|&kind| &kinds[usize::from(kind)])
}

fn kinds() -> Kinds {
    let mut all = Kinds { kinds: Vec::new(), by_length: vec![Vec::new(); LONG_VALUE + 1] };
    for (min, max, number) in CONTEXTUAL {
        let shape = &SHAPES[usize::from(number)];
        let within = usize::from(shape.rule.rule().within);
        let marks = shape.rule.rule().keywords.iter().fold(0, |marks, word| marks | mark(word));
        let alike = |kind: &&mut Kind| SHAPES[usize::from(kind.shapes[0].0)].pieces == shape.pieces;
        if let Some(kind) = all.kinds.iter_mut().find(alike) {
            kind.shapes.push((number, marks));
            kind.reach = kind.reach.max(within);
            continue;
        }
        let lengths = (min as usize).min(LONG_VALUE)..=(max as usize).min(LONG_VALUE);
        all.by_length[lengths].iter_mut().for_each(|row| row.push(all.kinds.len() as u16));
        all.kinds.push(Kind { shapes: vec![(number, marks)], reach: within });
    }
    all
}

/// Whether a word of some contextual rule starts where `bytes` start.
#[inline]
pub(crate) fn word_starts(bytes: &[u8]) -> bool {
    words_at(bytes).next().is_some()
}

/// Words up to this length mean nothing as a part of a longer one.
const SHORT_WORD: usize = 3;

/// The words of contextual rules that start where `bytes` start; short ones end there too.
#[inline]
pub(crate) fn words_at(bytes: &[u8]) -> impl Iterator<Item = &'static str> {
    let key = bytes.first_chunk().map(|&[a, b, c]| u32::from_le_bytes([a | 0x20, b | 0x20, c | 0x20, 0]));
    let words = key.filter(|&key| may_start_word(key)).map_or(&[][..], words_of);
    let stands = |word: &&str| word_at(bytes, word) && (word.len() > SHORT_WORD || ends_well(bytes, word));
    words.iter().copied().filter(stands)
}

/// Whether `bytes` start with `word` and it ends there, an `s` for many left aside.
pub(crate) fn ends_well(bytes: &[u8], word: &str) -> bool {
    let Some(found) = bytes.get(..word.len()).filter(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    else {
        return false;
    };
    let last = found[found.len() - 1];
    let goes_on = |at: usize| {
        bytes.get(at).is_some_and(|next| {
            next.is_ascii_lowercase() || next.is_ascii_uppercase() && last.is_ascii_uppercase()
        })
    };
    let many = bytes.get(word.len()).is_some_and(|next| next.eq_ignore_ascii_case(&b's'));
    !goes_on(word.len()) || many && !goes_on(word.len() + 1)
}

/// Whether some word may start with these three small letters.
#[inline]
fn may_start_word(key: u32) -> bool {
    let bit = hash::<WORD_HASH>(key);
    WORD_BITS[bit >> 6] >> (bit & 63) & 1 == 1
}

/// The words that start with these three small letters.
fn words_of(key: u32) -> &'static [&'static str] {
    WORDS.binary_search_by_key(&key, |&(k, _)| k).map_or(&[], |index| WORDS[index].1)
}

/// Whether `bytes` start with `word` (lower case) in any case of letters; a blank, dash, line or dot of the word may be
/// any of these or missing: `azure openai` is `AZURE_OPENAI` and `azureOpenai`.
pub(crate) fn word_at(bytes: &[u8], word: &str) -> bool {
    let joint = |byte: u8| matches!(byte, b' ' | b'-' | b'_' | b'.');
    let mut at = 0;
    for letter in word.bytes() {
        match bytes.get(at) {
            Some(&byte) if byte.to_ascii_lowercase() == letter => at += 1,
            Some(&byte) if joint(letter) && joint(byte) => at += 1,
            Some(_) if joint(letter) => {}
            _ => return false,
        }
    }
    true
}

/// Every shape, and values made up for them: for tests.
#[cfg(test)]
pub(crate) mod sample {
    use super::{CONTEXTUAL, LENGTHS, Piece, SHAPES, Shape};

    /// What leads to a shape.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Way {
        /// A key or a literal.
        Key,
        /// The length of a run.
        Length,
        /// A word near it.
        Word,
    }

    /// Every shape, and what leads to it.
    pub(crate) fn shapes() -> impl Iterator<Item = (&'static Shape, Way)> {
        let word = |index: usize| CONTEXTUAL.iter().any(|&(_, _, shape)| usize::from(shape) == index);
        let length = |index: usize| {
            LENGTHS
                .iter()
                .flat_map(|(_, columns)| columns.iter().flat_map(|column| column.rows))
                .any(|(_, _, places)| places.iter().any(|p| usize::from(p.shape) == index))
        };
        SHAPES.iter().enumerate().map(move |(index, shape)| match index {
            _ if word(index) => (shape, Way::Word),
            _ if length(index) => (shape, Way::Length),
            _ => (shape, Way::Key),
        })
    }

    /// A value of the shape.
    pub(crate) fn value(shape: &Shape, seed: u64) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut out = Vec::new();
        for piece in shape.pieces {
            match piece {
                Piece::Literal(text) => out.extend_from_slice(text),
                Piece::Run { set, min, max } => {
                    let all: Vec<u8> = (0..=255).filter(|&b| set.contains(b)).collect();
                    let most = (*max).min(min + 40);
                    let length = *min as usize + next((most - min) as usize + 1);
                    out.extend((0..length).map(|_| all[next(all.len())]));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_in_any_spelling() {
        for text in ["azure openai", "AZURE_OPENAI", "azureOpenAI", "Azure-OpenAI-Key"] {
            assert!(word_at(text.as_bytes(), "azure openai"), "{text}");
        }
        assert!(!word_at(b"azure open", "azure openai"));
    }
}
