//! Literals of seven bytes and more, searched by four bytes at every fourth place.
//!
//! Wherever such a literal stands, four of its bytes stand at a place that four divides. So each is filed under four
//! windows that lie one byte apart, and a search asks one bit at every fourth byte of a text: nearly all answer no,
//! however many literals there are, and what stands before a literal need not be understood.

use super::index::Literals;
use foldhash::HashMap;

/// Bytes between two places that are asked, and the number of windows a literal is filed under.
const STEP: usize = 4;

/// Bytes of a window that the filter knows.
const NARROW: usize = 4;

/// Bytes of a window that longer literals are filed under, which tells most of those apart that share four.
const WIDE: usize = 8;

/// The least length of a literal, in bytes.
pub(super) const LEAST: usize = STEP + NARROW - 1;

/// The least length of a literal that is filed under wide windows, in bytes.
const LEAST_WIDE: usize = STEP + WIDE - 1;

/// How far from its start the windows of a literal may lie, in bytes.
const FARTHEST: usize = 48;

/// Bits of the smallest and of the largest filter. One as small as can be stays in the nearest cache.
const FILTER_BITS: std::ops::RangeInclusive<u32> = 13..=21;

/// Bits of the filter for each window: one place in so many is asked in vain.
const BITS_EACH: usize = 64;

/// Literals by windows of their bytes.
#[derive(Default)]
pub(super) struct Grams {
    filter: Vec<u64>,
    /// By how much a hash is shifted for a place in the filter.
    shift: u32,
    /// Windows in the filter.
    filed: usize,
    narrow: HashMap<u32, Vec<Filed>>,
    wide: HashMap<u64, Vec<Filed>>,
}

/// A literal, and how far from its start the window lies under which it is filed.
struct Filed {
    literal: u32,
    offset: u32,
}

impl Grams {
    /// Files a literal of at least [`LEAST`] bytes under its number.
    pub(super) fn add(&mut self, literal: &[u8], number: usize) {
        let start = self.rarest(literal);
        for offset in start..start + STEP {
            let filed = Filed { literal: number as u32, offset: offset as u32 };
            let window = narrow(literal, offset);
            match wide(literal, offset) {
                Some(window) if literal.len() >= LEAST_WIDE => {
                    self.wide.entry(window).or_default().push(filed)
                }
                _ => self.narrow.entry(window).or_default().push(filed),
            }
            self.filed += 1;
            let full = self.filed * BITS_EACH > self.filter.len() * 64;
            if full && self.filter.len() < 1 << (FILTER_BITS.end() - 6) {
                self.grow();
            } else {
                self.mark(window);
            }
        }
    }

    /// Where the windows of a literal start that are the least likely to be met elsewhere; where many literals are filed
    /// under those, the ones under which the fewest are.
    fn rarest(&self, literal: &[u8]) -> usize {
        let width = if literal.len() >= LEAST_WIDE { WIDE } else { NARROW };
        let last = (literal.len() - (STEP + width - 1)).min(FARTHEST);
        let mut chances = [0; FARTHEST + STEP];
        for (at, chance) in chances[..last + STEP].iter_mut().enumerate() {
            *chance = likely(narrow(literal, at));
        }
        let sum = |start: usize| chances[start..start + STEP].iter().sum::<u32>();
        let others = |start: usize| (start..start + STEP).map(|at| self.row(literal, at)).sum::<usize>();
        let best = (0..=last).min_by_key(|&start| sum(start)).unwrap_or(0);
        if others(best) < CROWD {
            return best;
        }
        (0..=last).min_by_key(|&start| (others(start) / CROWD, sum(start))).unwrap_or(best)
    }

    /// How many literals are filed under what stands at `at` in one.
    fn row(&self, literal: &[u8], at: usize) -> usize {
        let row = match wide(literal, at) {
            Some(window) if literal.len() >= LEAST_WIDE => self.wide.get(&window),
            _ => self.narrow.get(&narrow(literal, at)),
        };
        row.map_or(0, Vec::len)
    }

    /// Makes the filter anew, twice as large as the literals ask for, within its limits.
    fn grow(&mut self) {
        let bits = (2 * self.filed * BITS_EACH).next_power_of_two().trailing_zeros();
        let bits = bits.clamp(*FILTER_BITS.start(), *FILTER_BITS.end());
        self.filter.clear();
        self.filter.resize(1 << (bits - 6), 0);
        self.shift = 32 - bits;
        let wide = self.wide.keys().map(|&window| window as u32);
        let windows: Vec<_> = self.narrow.keys().copied().chain(wide).collect();
        windows.into_iter().for_each(|window| self.mark(window));
    }

    fn mark(&mut self, window: u32) {
        let bit = place(window, self.shift);
        self.filter[bit / 64] |= 1 << (bit % 64);
    }

    /// Calls `found` with the number, the start and the end of every literal in `text`, in no particular order, perhaps
    /// twice.
    pub(super) fn find(&self, text: &[u8], literals: &Literals, found: &mut impl FnMut(usize, usize, usize)) {
        if self.filter.is_empty() {
            return;
        }
        let (filter, shift) = (&*self.filter, self.shift);
        let is_filed = |window: u32| {
            let bit = place(window, shift);
            filter[bit / 64] >> (bit % 64) & 1 == 1
        };
        let (fours, _) = text.as_chunks::<STEP>();
        for (i, &window) in fours.iter().enumerate() {
            if is_filed(u32::from_le_bytes(window)) {
                self.compare(text, i * STEP, literals, found);
            }
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
        let wide = wide(text, at).and_then(|window| self.wide.get(&window));
        let narrow = self.narrow.get(&narrow(text, at));
        for filed in wide.into_iter().chain(narrow).flatten() {
            let Some(start) = at.checked_sub(filed.offset as usize) else { continue };
            let number = filed.literal as usize;
            let end = start + literals[number].len();
            if text.get(start..end) == Some(&*literals[number]) {
                found(number, start, end);
            }
        }
    }
}

/// How many literals under one window are too many.
const CROWD: usize = 16;

/// A place in a filter (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
#[inline]
fn place(window: u32, shift: u32) -> usize {
    (window.wrapping_mul(0x9e37_79b1) >> shift) as usize
}

/// The four bytes at `at`, as a number.
fn narrow(text: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]])
}

/// The eight bytes at `at`, as a number, of which the lower half is the narrow one.
fn wide(text: &[u8], at: usize) -> Option<u64> {
    text[at..].first_chunk().map(|&window| u64::from_le_bytes(window))
}

/// How likely a window is to be met in a text of any kind, as a number to be compared: words are, what is of several
/// kinds of characters is not, what is one character again and again is most of all.
fn likely(window: u32) -> u32 {
    let window = window.to_le_bytes();
    if window[1..].iter().all(|&b| b == window[0]) {
        return 100;
    }
    let of = |b: u8| match b {
        b'e' | b't' | b'a' | b'i' | b'n' | b'o' | b's' | b'r' | b' ' => 5,
        b'a'..=b'z' => 4,
        b'0'..=b'9' => 3,
        b'A'..=b'Z' => 2,
        b'_' | b'-' | b'.' | b'/' | b'"' | b'\\' | b':' | b',' | b'=' => 3,
        _ => 1,
    };
    window.into_iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_literal_is_found_wherever_it_stands(
            mut literals in prop::collection::vec("[a-c!]{7,14}", 1..20), before in "[a-c!é]{0,9}", after in "[a-c!]{0,9}",
        ) {
            literals.sort();
            literals.dedup();
            let literals: Literals = literals.into_iter().map(String::into_bytes).collect();
            let mut grams = Grams::default();
            for (number, literal) in literals.iter().enumerate() {
                grams.add(literal, number);
            }
            for (number, literal) in literals.iter().enumerate() {
                let text = [before.as_bytes(), literal, after.as_bytes()].concat();
                let mut wanted = Vec::new();
                for (other, literal) in literals.iter().enumerate() {
                    let starts = (0..text.len()).filter(|&at| text[at..].starts_with(literal));
                    wanted.extend(starts.map(|start| (other, start, start + literal.len())));
                }
                let mut got = Vec::new();
                grams.find(&text, &literals, &mut |number, start, end| got.push((number, start, end)));
                got.sort_unstable();
                got.dedup();
                wanted.sort_unstable();
                prop_assert_eq!(got, wanted, "{}", number);
            }
        }
    }
}
