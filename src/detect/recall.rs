//! Answers that depend on a few bytes and nothing else, remembered by those.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// The most bytes that are remembered with an answer.
const LONGEST: usize = 2048;

/// Answers to questions about bytes, at so many places. What falls on a taken place takes it over.
pub(super) struct Recall<T, const PLACES: usize> {
    places: Vec<Option<Place<T>>>,
}

struct Place<T> {
    hash: u64,
    bytes: Vec<u8>,
    answer: T,
}

impl<T, const PLACES: usize> Default for Recall<T, PLACES> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const PLACES: usize> Recall<T, PLACES> {
    /// Without any answer; it takes no memory.
    pub(super) const fn new() -> Self {
        Self { places: Vec::new() }
    }
}

impl<T: Clone, const PLACES: usize> Recall<T, PLACES> {
    /// What `answer` says of `bytes`, or said of the same ones before; it must look at nothing else.
    pub(super) fn get(&mut self, bytes: &[u8], answer: impl FnOnce(&[u8]) -> T) -> T {
        if bytes.len() > LONGEST {
            return answer(bytes);
        }
        let hash = FixedState::default().hash_one(bytes);
        let place = (hash % PLACES as u64) as usize;
        if let Some(Some(known)) = self.places.get(place)
            && known.hash == hash
            && *known.bytes == *bytes
        {
            return known.answer.clone();
        }
        let answer = answer(bytes);
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        match &mut self.places[place] {
            // Its memory is used again.
            Some(taken) => {
                taken.bytes.clear();
                taken.bytes.extend_from_slice(bytes);
                (taken.hash, taken.answer) = (hash, answer.clone());
            }
            free => *free = Some(Place { hash, bytes: bytes.to_vec(), answer: answer.clone() }),
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_known_again_by_all_of_them() {
        let mut recall = Recall::<_, 16>::new();
        let long = "x".repeat(LONGEST + 1);
        for (bytes, answer, wanted) in
            [("a line", 1, 1), ("a line", 2, 1), ("a linf", 2, 2), (&*long, 1, 1), (&*long, 2, 2)]
        {
            assert_eq!(recall.get(bytes.as_bytes(), |_| answer), wanted, "{} bytes", bytes.len());
        }
    }
}
