//! A set of windows of a few bytes that answers for nearly every other one that it is not in it, four at a time.

/// Sizes of a filter in words of 64 slots, the smallest as small as the nearest cache likes it.
const SIZES: [usize; 4] = [1 << 7, 1 << 9, 1 << 12, 1 << 15];

/// Slots in a word.
const IN_WORD: usize = 64;

/// Slots for each window, but in the largest: one of others in so many is asked for in vain.
const SLOTS_EACH: usize = 32;

/// Windows of `WIDTH` bytes, three or four. A bit for each slot: a byte would take half the instructions, but the cache
/// from everything else.
#[derive(Clone, Default)]
pub(super) struct Filter<const WIDTH: usize> {
    slots: Vec<u64>,
    windows: Vec<u32>,
}

impl<const WIDTH: usize> Filter<WIDTH> {
    /// Adds a window, in the lowest bytes of a number; what is above does not count.
    pub(super) fn add(&mut self, window: u32) {
        self.windows.push(window);
        let asked = self.windows.len() * SLOTS_EACH;
        let size = SIZES.into_iter().find(|&size| size * IN_WORD >= asked).unwrap_or(SIZES[3]);
        if size == self.slots.len() {
            mark::<WIDTH>(&mut self.slots, window);
        } else {
            self.slots.clear();
            self.slots.resize(size, 0);
            self.windows.iter().for_each(|&window| mark::<WIDTH>(&mut self.slots, window));
        }
    }

    /// Whether a window may have been added.
    #[inline]
    pub(super) fn has(&self, window: u32) -> bool {
        if self.slots.is_empty() {
            return false;
        }
        let slot = slot::<WIDTH>(window, self.slots.len());
        self.slots[slot / IN_WORD] >> (slot % IN_WORD) & 1 == 1
    }

    /// Calls `found` with every place in `text`, of those that `STEP`, one or four, divides, where a window may stand.
    #[inline]
    pub(super) fn find<const STEP: usize>(&self, text: &[u8], found: impl FnMut(usize)) {
        let slots = &*self.slots;
        if let Ok(slots) = slots.try_into() {
            find::<STEP, WIDTH, { SIZES[0] }>(slots, text, found);
        } else if let Ok(slots) = slots.try_into() {
            find::<STEP, WIDTH, { SIZES[1] }>(slots, text, found);
        } else if let Ok(slots) = slots.try_into() {
            find::<STEP, WIDTH, { SIZES[2] }>(slots, text, found);
        } else if let Ok(slots) = slots.try_into() {
            find::<STEP, WIDTH, { SIZES[3] }>(slots, text, found);
        }
    }
}

/// A slot of as many as there are in so many words (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
#[inline]
fn slot<const WIDTH: usize>(window: u32, words: usize) -> usize {
    // What is shifted out of the factor is the weight of the bytes that do not count.
    let factor = 0x9e37_79b1 << (32 - 8 * WIDTH);
    (window.wrapping_mul(factor) >> (32 - (words * IN_WORD).trailing_zeros())) as usize
}

fn mark<const WIDTH: usize>(slots: &mut [u64], window: u32) {
    let slot = slot::<WIDTH>(window, slots.len());
    slots[slot / IN_WORD] |= 1 << (slot % IN_WORD);
}

/// The number of slots is a constant, so that no place in them need be checked.
#[inline]
fn find<const STEP: usize, const WIDTH: usize, const WORDS: usize>(
    slots: &[u64; WORDS],
    text: &[u8],
    mut found: impl FnMut(usize),
) {
    let has = |window: u32| {
        let slot = slot::<WIDTH>(window, WORDS);
        slots[slot / IN_WORD] >> (slot % IN_WORD) & 1
    };
    let mut at = 0;
    while let Some(windows) = four::<STEP>(text, at) {
        let [a, b, c, d] = windows.map(has);
        if a | b | c | d != 0 {
            for (i, hit) in [a, b, c, d].into_iter().enumerate() {
                if hit != 0 {
                    found(at + i * STEP);
                }
            }
        }
        at += 4 * STEP;
    }
    while let Some(window) = text.get(at..at + WIDTH) {
        let mut bytes = [0; 4];
        bytes[..WIDTH].copy_from_slice(window);
        if has(u32::from_le_bytes(bytes)) != 0 {
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
