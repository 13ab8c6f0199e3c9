//! A set of windows of a few bytes that answers for nearly every other one that it is not in it, four at a time.

/// Sizes of a filter in words of 64 slots, the smallest as small as the nearest cache likes it.
const SIZES: [usize; 7] = [1 << 7, 1 << 9, 1 << 11, 1 << 12, 1 << 13, 1 << 14, LARGEST];
const LARGEST: usize = 1 << 15;

/// Slots in a word.
const IN_WORD: usize = 64;

/// Slots for each window, but in the largest: with two of them in one word, one of 70 others is asked for in vain.
const SLOTS_EACH: usize = 16;

/// Windows of `WIDTH` bytes, three or four. Each clears two slots of one word (Putze, Sanders, Singler, Cache-, Hash- and
/// Space-Efficient Bloom Filters, 2007): one would need eight times the memory, and take the cache from everything else.
#[derive(Clone, Default)]
pub(super) struct Filter<const WIDTH: usize> {
    /// Words whose slots are cleared where a window is noted, so that one instruction asks for two.
    slots: Vec<u64>,
    windows: Vec<u32>,
}

impl<const WIDTH: usize> Filter<WIDTH> {
    /// Adds a window, in the lowest bytes of a number; what is above does not count.
    pub(super) fn add(&mut self, window: u32) {
        self.windows.push(window);
        let asked = self.windows.len() * SLOTS_EACH;
        let size = SIZES.into_iter().find(|&size| size * IN_WORD >= asked).unwrap_or(LARGEST);
        if size == self.slots.len() {
            mark::<WIDTH>(&mut self.slots, window);
        } else {
            self.slots.clear();
            self.slots.resize(size, u64::MAX);
            self.windows.iter().for_each(|&window| mark::<WIDTH>(&mut self.slots, window));
        }
    }

    /// Whether a window may have been added.
    #[inline]
    pub(super) fn has(&self, window: u32) -> bool {
        if self.slots.is_empty() {
            return false;
        }
        let place = Place::of::<WIDTH>(window, self.slots.len());
        self.slots[place.word] & place.slots == 0
    }

    /// Calls `found` with every place in `text`, of those that `STEP`, one or four, divides, where a window may stand.
    #[inline]
    pub(super) fn find<const STEP: usize>(&self, text: &[u8], found: impl FnMut(usize)) {
        let slots = &*self.slots;
        match SIZES.iter().position(|&size| size == slots.len()) {
            Some(0) => find::<STEP, WIDTH, { SIZES[0] }>(slots, text, found),
            Some(1) => find::<STEP, WIDTH, { SIZES[1] }>(slots, text, found),
            Some(2) => find::<STEP, WIDTH, { SIZES[2] }>(slots, text, found),
            Some(3) => find::<STEP, WIDTH, { SIZES[3] }>(slots, text, found),
            Some(4) => find::<STEP, WIDTH, { SIZES[4] }>(slots, text, found),
            Some(5) => find::<STEP, WIDTH, { SIZES[5] }>(slots, text, found),
            Some(6) => find::<STEP, WIDTH, { SIZES[6] }>(slots, text, found),
            Some(_) => unreachable!("a size has no search of its own"),
            None => {}
        }
    }
}

/// Where a window is noted: in a word, at some of its slots.
#[derive(Clone, Copy)]
struct Place {
    word: usize,
    slots: u64,
}

impl Place {
    /// That of a window, of so many words (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
    #[inline]
    fn of<const WIDTH: usize>(window: u32, words: usize) -> Self {
        // The bytes that do not count are shifted out.
        let hash = u64::from(window << (32 - 8 * WIDTH)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let word = (hash >> (64 - words.trailing_zeros())) as usize;
        Self { word, slots: TWO_SLOTS[(hash >> 40) as usize % TWO_SLOTS.len()] }
    }
}

/// Words with two slots set, each differently.
static TWO_SLOTS: [u64; 256] = {
    let mut all = [0; 256];
    let mut i = 0;
    while i < all.len() {
        all[i] = 1 << (i % IN_WORD) | 1 << ((i + 1 + 13 * (i / IN_WORD)) % IN_WORD);
        i += 1;
    }
    all
};

fn mark<const WIDTH: usize>(slots: &mut [u64], window: u32) {
    let place = Place::of::<WIDTH>(window, slots.len());
    slots[place.word] &= !place.slots;
}

/// The number of slots is a constant, so that no place in them need be checked.
#[inline]
fn find<const STEP: usize, const WIDTH: usize, const WORDS: usize>(
    slots: &[u64],
    text: &[u8],
    mut found: impl FnMut(usize),
) {
    let slots: &[u64; WORDS] = slots.try_into().expect("the search is chosen by the number of words");
    let has = |window: u32| {
        let place = Place::of::<WIDTH>(window, WORDS);
        slots[place.word] & place.slots == 0
    };
    let mut at = 0;
    while let Some(windows) = four::<STEP>(text, at) {
        let [a, b, c, d] = windows.map(has);
        if a | b | c | d {
            for (i, hit) in [a, b, c, d].into_iter().enumerate() {
                if hit {
                    found(at + i * STEP);
                }
            }
        }
        at += 4 * STEP;
    }
    while let Some(window) = text.get(at..at + WIDTH) {
        let mut bytes = [0; 4];
        bytes[..WIDTH].copy_from_slice(window);
        if has(u32::from_le_bytes(bytes)) {
            found(at);
        }
        at += STEP;
    }
}

/// Four windows, `STEP` apart, from `at` on.
#[inline(always)]
fn four<const STEP: usize>(text: &[u8], at: usize) -> Option<[u32; 4]> {
    let rest = text.get(at..)?;
    if STEP == 4 {
        let (fours, _) = rest.first_chunk::<16>()?.as_chunks::<4>();
        return Some(std::array::from_fn(|i| u32::from_le_bytes(fours[i])));
    }
    let eight = u64::from_le_bytes(*rest.first_chunk()?);
    Some(std::array::from_fn(|i| (eight >> (8 * i * STEP)) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_at_every_size() {
        let mut filter = Filter::<4>::default();
        let window = |i: u32| i.wrapping_mul(0x85eb_ca6b).to_le_bytes();
        let mut added = 0;
        for size in SIZES {
            while filter.slots.len() < size {
                filter.add(u32::from_le_bytes(window(added)));
                added += 1;
            }
            let text: Vec<u8> = (0..added).flat_map(window).collect();
            let (mut all, mut four) = (0, 0);
            filter.find::<4>(&text, |at| all += usize::from(at % 4 == 0));
            filter.find::<1>(&text, |at| four += usize::from(at % 4 == 0));
            assert_eq!((all, four), (added as usize, added as usize), "{size} words");
        }
    }
}
