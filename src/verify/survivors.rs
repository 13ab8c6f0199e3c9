//! Whether one of many removed values stands in a text, in time that grows with the text and not with their number.

use foldhash::{HashMap, HashSet};
use memchr::memmem::Finder;

/// How many of a value's first bytes it is filed under; no value may be shorter.
pub(super) const HEAD: usize = 8;

/// Up to so many values each is searched for by itself: then that is faster.
const FEW: usize = 8;

/// How many bits of the filter there are for a value, at least.
const BITS: usize = 32;

/// Removed values, to be searched for.
pub(super) enum Survivors<'v> {
    Few(Vec<Finder<'v>>),
    Many(Filed<'v>),
}

impl<'v> Survivors<'v> {
    /// Of values that have [`HEAD`] bytes or more.
    pub(super) fn new(values: &'v [Vec<u8>]) -> Self {
        match values.len() {
            0..=FEW => Self::Few(values.iter().map(Finder::new).collect()),
            _ => Self::Many(Filed::new(values)),
        }
    }

    /// Whether `text` holds one of them.
    pub(super) fn stand_in(&self, text: &[u8]) -> bool {
        match self {
            Self::Few(finders) => finders.iter().any(|value| value.find(text).is_some()),
            Self::Many(filed) => filed.stand_in(text),
        }
    }
}

/// Values by their first bytes.
pub(super) struct Filed<'v> {
    /// One bit for the hash of each head.
    filter: Vec<u64>,
    /// How far a hash is shifted to be the number of a bit.
    shift: u32,
    /// The lengths of the values with a head, each once.
    lengths: HashMap<u64, Vec<usize>>,
    values: HashSet<&'v [u8]>,
}

impl<'v> Filed<'v> {
    fn new(values: &'v [Vec<u8>]) -> Self {
        let bits = (values.len() * BITS).next_power_of_two().max(64);
        let mut filed = Self {
            filter: vec![0; bits / 64],
            shift: 64 - bits.trailing_zeros(),
            lengths: HashMap::default(),
            values: values.iter().map(Vec::as_slice).collect(),
        };
        for value in &filed.values {
            let Some(head) = head(value) else { continue };
            let bit = hash(head, filed.shift);
            filed.filter[bit / 64] |= 1 << (bit % 64);
            let lengths = filed.lengths.entry(head).or_default();
            if !lengths.contains(&value.len()) {
                lengths.push(value.len());
            }
        }
        filed
    }

    fn stand_in(&self, text: &[u8]) -> bool {
        text.windows(HEAD).enumerate().any(|(at, window)| {
            let Some(head) = head(window) else { return false };
            let bit = hash(head, self.shift);
            self.filter[bit / 64] >> (bit % 64) & 1 == 1 && self.starts_one(&text[at..], head)
        })
    }

    fn starts_one(&self, rest: &[u8], head: u64) -> bool {
        let lengths = self.lengths.get(&head).map_or(&[][..], Vec::as_slice);
        lengths.iter().filter_map(|&length| rest.get(..length)).any(|value| self.values.contains(value))
    }
}

fn head(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|head| u64::from_le_bytes(*head))
}

fn hash(head: u64, shift: u32) -> usize {
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_are_found_as_each_by_itself(
            values in prop::collection::vec("[ab]{8,14}|[a-z]{9,40}", 1..40),
            before in "[ab ]{0,30}",
            pick in any::<prop::sample::Index>(),
            cut in 0..3_usize,
        ) {
            let values: Vec<Vec<u8>> = values.into_iter().map(String::into_bytes).collect();
            let one = pick.get(&values);
            let text = [before.as_bytes(), &one[..one.len() - cut], b" b"].concat();
            let single = values.iter().any(|value| memchr::memmem::find(&text, value).is_some());
            prop_assert_eq!(Filed::new(&values).stand_in(&text), single);
            prop_assert_eq!(Survivors::new(&values).stand_in(&text), single);
        }
    }
}
