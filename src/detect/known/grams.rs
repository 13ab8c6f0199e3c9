//! Literals searched by windows of their bytes.
//!
//! A literal of seven bytes or more has four of them at a place that four divides, wherever it stands. So each is filed
//! under four windows that lie one byte apart, and a search asks one bit at every fourth byte of a text: nearly all answer
//! no, however many literals there are, and what stands before a literal need not be understood. Shorter ones are filed
//! under one window, and asked for at every byte.

use super::{filter::Filter, index::Literals};
use foldhash::{HashMap, fast::RandomState};
use std::hash::BuildHasher as _;

/// Bytes of a window that longer literals are filed under, which tells most of those apart that share fewer.
const WIDE: usize = 8;

/// How far from its start the windows of a literal may lie, in bytes.
const FARTHEST: usize = 48;

/// The most windows that a literal is filed under.
const MOST_WINDOWS: usize = 4;

/// Literals by windows of `WIDTH` bytes, one for each byte of a `STEP`: a search asks once in so many.
#[derive(Clone, Default)]
pub(super) struct Grams<const STEP: usize, const WIDTH: usize> {
    filter: Filter<WIDTH>,
    narrow: HashMap<u32, Row>,
    /// What tells of most windows that they are not among the keys of `narrow`, or of `wide`.
    narrows: Filter<WIDTH>,
    wide: HashMap<u64, Row>,
    wides: Filter<4>,
    /// What the rows consist of: one memory for all of them.
    filed: Vec<Filed>,
    /// The last literal of each hash of all bytes, as a place in `alike`: many may begin alike (tokens of one issuer), and
    /// none is to be compared with each of them.
    by_hash: HashMap<u64, u32>,
    /// The number of each literal, and the place of the one before it that has the same hash.
    alike: Vec<(u32, u32)>,
    hasher: RandomState,
}

/// Literals that have a window in common: those of [`Filed`] that lead from one to the next.
#[derive(Clone)]
struct Row {
    last: u32,
    /// How many there are.
    len: u32,
}

impl Default for Row {
    fn default() -> Self {
        Self { last: NONE, len: 0 }
    }
}

/// Stands for no place.
const NONE: u32 = u32::MAX;

/// Literals of one length that have a window at the same place.
#[derive(Clone)]
struct Filed {
    /// How far from their start the window lies.
    offset: u32,
    len: u32,
    /// The bits that [`ends`] sets for them.
    ends: u64,
    /// The first of them, and how many there are.
    first: u32,
    count: u32,
    /// The place of others that have the same window.
    before: u32,
}

/// One of 64 bits, told by the two ends of a literal: most that are as long and share a window differ in it.
fn ends(literal: &[u8]) -> u64 {
    let byte = |end: Option<&u8>| end.map_or(0, |&b| u32::from(b));
    1 << ((byte(literal.first()) * 7 + byte(literal.last())) % 64)
}

/// Adds a literal to those under its window.
fn file(all: &mut Vec<Filed>, row: &mut Row, offset: usize, literal: &[u8], number: usize) {
    let (offset, len, ends) = (offset as u32, literal.len() as u32, ends(literal));
    let mut at = row.last;
    while let Some(filed) = all.get_mut(at as usize) {
        if filed.offset == offset && filed.len == len {
            filed.count += 1;
            filed.ends |= ends;
            return;
        }
        at = filed.before;
    }
    all.push(Filed { offset, len, ends, first: number as u32, count: 1, before: row.last });
    *row = Row { last: all.len() as u32 - 1, len: row.len + 1 };
}

/// Places that lead from one to the next, from `last` on.
fn chain(last: u32, before: impl Fn(usize) -> u32) -> impl Iterator<Item = usize> {
    let place = |at: u32| (at != NONE).then_some(at as usize);
    std::iter::successors(place(last), move |&at| place(before(at)))
}

impl<const STEP: usize, const WIDTH: usize> Grams<STEP, WIDTH> {
    /// The least length of a literal that is filed under wide windows, in bytes.
    const LEAST_WIDE: usize = STEP + WIDE - 1;

    /// Files a literal of at least `STEP + WIDTH - 1` bytes under its number. Gives the first of its windows.
    pub(super) fn add(&mut self, literal: &[u8], number: usize) -> u32 {
        let start = self.rarest(literal);
        for offset in start..start + STEP {
            let window = narrow::<WIDTH>(literal, offset);
            let row = match wide(literal, offset) {
                Some(window) if literal.len() >= Self::LEAST_WIDE => {
                    self.wides.add(mixed(window));
                    self.wide.entry(window).or_default()
                }
                _ => {
                    self.narrows.add(window);
                    self.narrow.entry(window).or_default()
                }
            };
            file(&mut self.filed, row, offset, literal, number);
            self.filter.add(window);
        }
        let last = self.by_hash.entry(self.hasher.hash_one(literal)).or_insert(NONE);
        self.alike.push((number as u32, *last));
        *last = self.alike.len() as u32 - 1;
        narrow::<WIDTH>(literal, start)
    }

    /// Where the windows of a literal start that are the least likely to be met elsewhere, or unlikely enough; where many
    /// literals are filed under those, the ones under which the fewest are.
    fn rarest(&self, literal: &[u8]) -> usize {
        let width = if literal.len() >= Self::LEAST_WIDE { WIDE } else { WIDTH };
        let last = (literal.len() - (STEP + width - 1)).min(FARTHEST);
        let mut likelies = [0; FARTHEST + MOST_WINDOWS];
        for (place, window) in likelies.iter_mut().zip(literal.windows(WIDTH)).take(last + STEP) {
            *place = likely(window);
        }
        // How likely the windows that start from `start` on are to be met elsewhere.
        let chance = |start: usize| likelies[start..start + STEP].iter().sum::<u32>();
        let best = first_least((0..=last).map(chance), STEP as u32 * RARE);
        let others = |start: usize| (start..start + STEP).map(|at| self.row(literal, at)).sum::<usize>();
        if others(best) < CROWD {
            return best;
        }
        (0..=last).min_by_key(|&start| (others(start) / CROWD, chance(start))).unwrap_or(best)
    }

    /// How many literals are filed under what stands at `at` in one.
    fn row(&self, literal: &[u8], at: usize) -> usize {
        let row = match wide(literal, at) {
            Some(window) if literal.len() >= Self::LEAST_WIDE => self.wide.get(&window),
            _ => self.narrow.get(&narrow::<WIDTH>(literal, at)),
        };
        row.map_or(0, |row| row.len as usize)
    }

    /// Calls `found` with the number, the start and the end of every literal in `text`, in no particular order, perhaps
    /// twice.
    pub(super) fn find(&self, text: &[u8], literals: &Literals, found: &mut impl FnMut(usize, usize, usize)) {
        self.filter.find::<STEP>(text, |at| self.compare(text, at, literals, found));
    }

    /// The same, of literals that have a window at byte `at`.
    #[inline]
    pub(super) fn find_at(
        &self,
        text: &[u8],
        at: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        if at + WIDTH <= text.len() && self.filter.has(narrow::<WIDTH>(text, at)) {
            self.compare(text, at, literals, found);
        }
    }

    #[cold]
    #[inline(never)]
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        if let Some(window) = wide(text, at).filter(|&window| self.wides.has(mixed(window)))
            && let Some(row) = self.wide.get(&window)
        {
            self.compare_row(row, text, at, literals, found);
        }
        let window = narrow::<WIDTH>(text, at);
        if self.narrows.has(window)
            && let Some(row) = self.narrow.get(&window)
        {
            self.compare_row(row, text, at, literals, found);
        }
    }

    /// Compares what stands around byte `at` with the literals of a row.
    #[inline]
    fn compare_row(
        &self,
        row: &Row,
        text: &[u8],
        at: usize,
        literals: &Literals,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        let mut next = row.last;
        while let Some(filed) = self.filed.get(next as usize) {
            next = filed.before;
            let Some(start) = at.checked_sub(filed.offset as usize) else { continue };
            let end = start + filed.len as usize;
            let Some(here) = text.get(start..end).filter(|here| filed.ends & ends(here) != 0) else {
                continue;
            };
            let mut is_one = |number: u32| {
                if here == &*literals[number as usize] {
                    found(number as usize, start, end);
                }
            };
            match filed.count {
                1 => is_one(filed.first),
                _ => self.alike(here).for_each(is_one),
            }
        }
    }

    /// Whether these bytes may be a literal.
    pub(super) fn may_be(&self, bytes: &[u8]) -> bool {
        !self.by_hash.is_empty() && self.by_hash.contains_key(&self.hasher.hash_one(bytes))
    }

    /// The numbers of the literals that may be these bytes.
    fn alike(&self, here: &[u8]) -> impl Iterator<Item = u32> {
        let last = self.by_hash.get(&self.hasher.hash_one(here)).copied().unwrap_or(NONE);
        chain(last, |at| self.alike[at].1).map(|at| self.alike[at].0)
    }
}

/// The place of the first number that is no more than `enough`, else of the first of the least.
fn first_least(numbers: impl Iterator<Item = u32>, enough: u32) -> usize {
    let mut best = (u32::MAX, 0);
    for (at, number) in numbers.enumerate() {
        if number < best.0 {
            best = (number, at);
        }
        if number <= enough {
            break;
        }
    }
    best.1
}

/// How [`likely`] a window of four characters is that hardly any text has: half of them capitals or digits.
const RARE: u32 = 12;

/// How many literals under one window are too many.
const CROWD: usize = 16;

/// The `WIDTH` bytes at `at`, as a number.
#[inline]
fn narrow<const WIDTH: usize>(text: &[u8], at: usize) -> u32 {
    let mut window = [0; 4];
    window[..WIDTH].copy_from_slice(&text[at..at + WIDTH]);
    u32::from_le_bytes(window)
}

/// The eight bytes at `at`, as a number.
fn wide(text: &[u8], at: usize) -> Option<u64> {
    text[at..].first_chunk().map(|&window| u64::from_le_bytes(window))
}

/// A number for a wide window, of as many bits as a filter takes.
fn mixed(window: u64) -> u32 {
    (window.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as u32
}

/// How likely a window is to be met in a text of any kind, as a number to be compared: words are, what is of several
/// kinds of characters is not, what is one character again and again is most of all.
fn likely(window: &[u8]) -> u32 {
    let unlike = window[1..].iter().fold(0, |unlike, &b| unlike | (b ^ window[0]));
    if unlike == 0 { 100 } else { window.iter().map(|&b| u32::from(LIKELY[usize::from(b)])).sum() }
}

/// How likely each byte is to be met.
static LIKELY: [u8; 256] = {
    let mut likely = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        likely[byte] = match byte as u8 {
            b'e' | b't' | b'a' | b'i' | b'n' | b'o' | b's' | b'r' | b' ' => 5,
            b'a'..=b'z' => 4,
            b'0'..=b'9' => 3,
            b'A'..=b'Z' => 2,
            b'_' | b'-' | b'.' | b'/' | b'"' | b'\\' | b':' | b',' | b'=' => 3,
            _ => 1,
        };
        byte += 1;
    }
    likely
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the literals stand in the text, by what is tested and by trying all places.
    fn both<const STEP: usize, const WIDTH: usize>(
        literals: &Literals,
        text: &[u8],
    ) -> [Vec<(usize, usize, usize)>; 2] {
        let mut grams = Grams::<STEP, WIDTH>::default();
        let mut wanted = Vec::new();
        for (number, literal) in literals.iter().enumerate() {
            grams.add(literal, number);
            let starts = (0..text.len()).filter(|&at| text[at..].starts_with(literal));
            wanted.extend(starts.map(|start| (number, start, start + literal.len())));
        }
        let mut got = Vec::new();
        grams.find(text, literals, &mut |number, start, end| got.push((number, start, end)));
        got.sort_unstable();
        got.dedup();
        wanted.sort_unstable();
        [got, wanted]
    }

    #[test]
    fn literals_that_begin_alike_are_not_compared_one_by_one() {
        let literals: Literals =
            (0..3000).map(|i| format!("{}{i:08}", "eyJhbGciOiJIUzI1NiJ9.".repeat(5)).into_bytes()).collect();
        let mut grams = Grams::<4, 4>::default();
        literals.iter().enumerate().for_each(|(number, literal)| {
            grams.add(literal, number);
        });
        assert!(grams.wide.values().all(|row| row.len <= 8));
        assert_eq!(grams.by_hash.len(), literals.len());
        let mut found = Vec::new();
        grams.find(&literals[1234], &literals, &mut |number, _, _| found.push(number));
        found.dedup();
        assert_eq!(found, [1234]);
    }

    proptest! {
        #[test]
        fn every_literal_is_found_wherever_it_stands(
            literals in prop::collection::btree_set("[a-c!]{7,14}", 1..20),
            before in "[a-c!é]{0,9}", after in "[a-c!]{0,9}", width in 3..=4_usize,
        ) {
            let long: Literals = literals.into_iter().map(String::into_bytes).collect();
            let mut short: Literals = long.iter().map(|literal| literal[..width].to_owned()).collect();
            short.sort();
            short.dedup();
            for literal in &long {
                let text = [before.as_bytes(), literal, after.as_bytes()].concat();
                let pairs = [both::<4, 4>(&long, &text), if width == 3 { both::<1, 3>(&short, &text) } else { both::<1, 4>(&short, &text) }];
                for [got, wanted] in pairs {
                    prop_assert!(!wanted.is_empty());
                    prop_assert_eq!(got, wanted);
                }
            }
        }
    }
}
