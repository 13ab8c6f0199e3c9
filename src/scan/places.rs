//! Places of set bits in masks.

use crate::simd::BLOCK;

/// How many blocks have their places looked at together.
pub(super) const BATCH: usize = 8;

/// How many places of a mask are written at once, whether it has so many or not.
const AT_ONCE: usize = 4;

/// How many bytes of a place are looked at.
const LOOK: usize = 8;

/// The bytes of a batch of blocks, and those behind it that a look at its last place takes in.
pub(super) type Bytes = [u8; BATCH * BLOCK + LOOK];

/// The last bytes of a text, with zeros behind them.
pub(super) fn padded(rest: &[u8]) -> Bytes {
    let mut padded = [0; BATCH * BLOCK + LOOK];
    let len = rest.len().min(padded.len());
    padded[..len].copy_from_slice(&rest[..len]);
    padded
}

/// Places in a batch of blocks, gathered and sieved without a branch for each: which of them are something is chance, and a
/// branch by chance costs more than the look.
pub(super) struct Places {
    at: [u16; BATCH * BLOCK + AT_ONCE],
    len: usize,
}

impl Places {
    pub(super) fn new() -> Self {
        Self { at: [0; BATCH * BLOCK + AT_ONCE], len: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds those of a mask of block `block`.
    #[inline]
    pub(super) fn add(&mut self, block: usize, mut mask: u64) {
        loop {
            let Some(next) = self.at[self.len..].first_chunk_mut::<AT_ONCE>() else { return };
            for place in next {
                *place = (block * BLOCK) as u16 + lowest(mask);
                self.len += usize::from(mask != 0);
                mask &= mask.wrapping_sub(1);
            }
            if mask == 0 {
                return;
            }
        }
    }

    /// Drops those at which `keep` does not want these bytes.
    #[inline]
    pub(super) fn retain(&mut self, bytes: &Bytes, keep: impl Fn([u8; LOOK]) -> bool) {
        let mut kept = 0;
        for i in 0..self.len.min(BATCH * BLOCK) {
            let place = self.at[i];
            // No more are kept than were looked at, and each is a place of the batch: what takes care of that costs less
            // than a check.
            self.at[kept % (BATCH * BLOCK)] = place;
            let from = usize::from(place) % (BATCH * BLOCK);
            kept += usize::from(bytes[from..].first_chunk().is_some_and(|&here| keep(here)));
        }
        self.len = kept;
    }

    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.at[..self.len].iter().map(|&place| usize::from(place))
    }
}

/// Appends the places of the bits of a mask whose block starts at byte `at`.
#[inline]
pub(super) fn append(at: usize, mut mask: u64, out: &mut Vec<usize>) {
    while mask != 0 {
        let mut more = 0;
        let next: [usize; AT_ONCE] = std::array::from_fn(|_| {
            let place = at + usize::from(lowest(mask));
            more += usize::from(mask != 0);
            mask &= mask.wrapping_sub(1);
            place
        });
        let len = out.len() + more;
        out.extend_from_slice(&next);
        out.truncate(len);
    }
}

/// The number of the lowest bit that is set; of a mask without one, any.
#[inline]
fn lowest(mask: u64) -> u16 {
    (mask | 1 << 63).trailing_zeros() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_those_of_the_set_bits(masks in prop::collection::vec(any::<u64>(), 1..=BATCH), few: u64) {
            for cut in [u64::MAX, few, few & few >> 7 & few >> 13] {
                let wanted: Vec<usize> = masks
                    .iter()
                    .enumerate()
                    .flat_map(|(i, mask)| (0..BLOCK).filter(move |bit| (mask & cut) >> bit & 1 == 1).map(move |bit| i * BLOCK + bit))
                    .collect();
                let (mut places, mut appended) = (Places::new(), vec![7]);
                for (i, mask) in masks.iter().enumerate() {
                    places.add(i, mask & cut);
                    append(i * BLOCK, mask & cut, &mut appended);
                }
                prop_assert_eq!(places.all().collect::<Vec<_>>(), wanted.clone());
                prop_assert_eq!(&appended[1..], &wanted[..]);
                let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(BATCH * BLOCK).collect();
                let keep = |[a, b, ..]: [u8; LOOK]| a % 3 == 1 && b == a.wrapping_add(1);
                places.retain(&padded(&bytes), keep);
                let kept = wanted.into_iter().filter(|&at| keep([bytes[at], *bytes.get(at + 1).unwrap_or(&0), 0, 0, 0, 0, 0, 0]));
                prop_assert!(places.all().eq(kept));
            }
        }
    }
}
