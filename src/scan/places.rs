//! Places of set bits in masks.

use super::simd::BLOCK;

/// How many blocks have their places looked at together.
pub(super) const BATCH: usize = 8;

/// How many places of a mask are written at once, whether it has so many or not.
const AT_ONCE: usize = 4;

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

    /// Drops those that `keep` does not want.
    #[inline]
    pub(super) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let mut kept = 0;
        for i in 0..self.len.min(self.at.len()) {
            let place = self.at[i];
            // No more are kept than were looked at.
            self.at[kept.min(i)] = place;
            kept += usize::from(keep(usize::from(place)));
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
                places.retain(|place| place % 3 == 1);
                prop_assert!(places.all().eq(wanted.into_iter().filter(|place| place % 3 == 1)));
            }
        }
    }
}
