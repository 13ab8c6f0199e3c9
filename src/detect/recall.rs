//! Answers that depend on a few bytes and nothing else, remembered by those.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// The most bytes that are remembered with an answer.
const LONGEST: usize = 2048;

/// How many places there are at first, at most.
const FIRST: usize = 256;

/// Answers to questions about bytes, at so many places in the end, a power of two. What falls on a taken place takes it over.
pub(super) struct Recall<T, const PLACES: usize> {
    places: Vec<Option<Place<T>>>,
    /// How many of them are taken.
    taken: usize,
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
        const { assert!(PLACES.is_power_of_two(), "a place is told by the lowest bits of a hash") };
        Self { places: Vec::new(), taken: 0 }
    }

    /// Where the answer to what has this hash is, if there are places.
    fn place(&self, hash: u64) -> usize {
        hash as usize & self.places.len().wrapping_sub(1)
    }

    /// Makes more places if half of them are taken: little is asked of a short text.
    fn grow(&mut self) {
        if self.places.len() == PLACES || self.taken * 2 < self.places.len() {
            return;
        }
        let more = (self.places.len() * 4).clamp(FIRST.min(PLACES), PLACES);
        let mut places = Vec::new();
        places.resize_with(more, || None);
        for known in std::mem::replace(&mut self.places, places).into_iter().flatten() {
            let place = self.place(known.hash);
            self.places[place] = Some(known);
        }
        self.taken = self.places.iter().flatten().count();
    }
}

impl<T: Clone, const PLACES: usize> Recall<T, PLACES> {
    /// What `answer` says of `bytes`, or said of the same ones before; it must look at nothing else.
    pub(super) fn get(&mut self, bytes: &[u8], answer: impl FnOnce(&[u8]) -> T) -> T {
        if bytes.len() > LONGEST {
            return answer(bytes);
        }
        let hash = FixedState::default().hash_one(bytes);
        if let Some(Some(known)) = self.places.get(self.place(hash))
            && known.hash == hash
            && *known.bytes == *bytes
        {
            return known.answer.clone();
        }
        let answer = answer(bytes);
        self.grow();
        let place = self.place(hash);
        match &mut self.places[place] {
            // Its memory is used again.
            Some(taken) => {
                taken.bytes.clear();
                taken.bytes.extend_from_slice(bytes);
                (taken.hash, taken.answer) = (hash, answer.clone());
            }
            free => {
                *free = Some(Place { hash, bytes: bytes.to_vec(), answer: answer.clone() });
                self.taken += 1;
            }
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_stays_right_while_places_are_added() {
        let mut recall = Recall::<_, 4096>::new();
        for round in 0..2 {
            let mut anew = 0;
            for number in 0..3000_u32 {
                let answer = recall.get(&number.to_le_bytes(), |_| {
                    anew += 1;
                    number
                });
                assert_eq!(answer, number);
            }
            assert!(round == 0 || anew < 2500, "{anew} were forgotten");
        }
        assert_eq!(recall.places.len(), 4096);
    }

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
