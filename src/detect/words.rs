//! Sets of words that are known when the program is built: asked for every component of every path, so that a word that
//! is in none must say so by its hash.

/// Words in lower case, in a table of hashes that is made at compile time: see [`words!`].
pub(super) struct WordSet {
    /// All words, one behind the other: a list of them would be an address for each, to be set whenever the program starts.
    text: &'static str,
    /// Where in `text` each starts, and where the last ends.
    starts: &'static [u32],
    /// As many as a power of two, at least twice as many as words: 0 where nothing is, else a word's place and one,
    /// beside the upper half of its hash.
    slots: &'static [u32],
}

/// The set of these words, in lower case and each once (a build fails else).
macro_rules! words {
    ($($word:literal),* $(,)?) => {{
        const LIST: &[&str] = &[$($word),*];
        static STARTS: [u32; LIST.len() + 1] = $crate::detect::words::starts(LIST);
        static SLOTS: [u32; $crate::detect::words::room(LIST)] = $crate::detect::words::table(LIST);
        $crate::detect::words::WordSet::new(concat!($($word),*), &STARTS, &SLOTS)
    }};
}
pub(super) use words;

impl WordSet {
    /// A set with what [`starts`] and [`table`] made of its words.
    pub(super) const fn new(text: &'static str, starts: &'static [u32], slots: &'static [u32]) -> Self {
        Self { text, starts, slots }
    }

    /// The word at this place.
    fn get(&self, place: usize) -> &'static [u8] {
        &self.text.as_bytes()[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    /// Whether one of them is `word`, in any case of letters.
    pub(super) fn has(&self, word: &[u8]) -> bool {
        let hash = hash(word);
        let mut at = hash as usize;
        loop {
            let slot = self.slots[at & (self.slots.len() - 1)];
            if slot == 0 {
                return false;
            }
            if slot >> 16 == hash >> 16 && self.get((slot as usize & 0xffff) - 1).eq_ignore_ascii_case(word) {
                return true;
            }
            at += 1;
        }
    }
}

/// Where each of these words starts in all of them, and where the last ends.
pub(super) const fn starts<const COUNT: usize>(list: &[&str]) -> [u32; COUNT] {
    let mut starts = [0; COUNT];
    let mut i = 0;
    while i < list.len() {
        starts[i + 1] = starts[i] + list[i].len() as u32;
        i += 1;
    }
    starts
}

/// The slots that a table of these words has.
pub(super) const fn room(list: &[&str]) -> usize {
    (list.len() * 2 + 1).next_power_of_two()
}

/// The table of these words.
pub(super) const fn table<const ROOM: usize>(list: &[&str]) -> [u32; ROOM] {
    assert!(list.len() < 0xffff, "too many words for a place in 16 bits");
    let mut slots = [0_u32; ROOM];
    let mut i = 0;
    while i < list.len() {
        let word = list[i].as_bytes();
        let hash = hash(word);
        let mut at = hash as usize % ROOM;
        while slots[at] != 0 {
            at = (at + 1) % ROOM;
        }
        slots[at] = hash & 0xffff_0000 | (i as u32 + 1);
        i += 1;
    }
    slots
}

/// A hash that does not see the case of letters: of the first and the last eight bytes, and of the length.
const fn hash(word: &[u8]) -> u32 {
    let n = word.len();
    let (first, last) = match n {
        0 => (0, 0),
        1..=3 => (word[0] as u64 | (word[n / 2] as u64) << 8, word[n - 1] as u64),
        4..=7 => (four(word, 0) as u64, four(word, n - 4) as u64),
        _ => (
            four(word, 0) as u64 | (four(word, 4) as u64) << 32,
            four(word, n - 8) as u64 | (four(word, n - 4) as u64) << 32,
        ),
    };
    const CASE: u64 = 0x2020_2020_2020_2020;
    let mixed = (first | CASE).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (last | CASE).rotate_left(29) ^ n as u64;
    (mixed.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as u32
}

const fn four(word: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([word[at], word[at + 1], word[at + 2], word[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: WordSet =
        words!["a", "go", "src", "main", "readme", "packages", "node_modules", "site-packages-of-all"];
    static NONE: WordSet = words![];

    #[test]
    fn a_word_is_found_in_any_case_and_no_other() {
        for place in 0..8 {
            let word = std::str::from_utf8(SOME.get(place)).unwrap();
            assert!(SOME.has(word.as_bytes()) && SOME.has(word.to_uppercase().as_bytes()), "{word}");
            assert!(!SOME.has(&word.as_bytes()[1..]) && !SOME.has(format!("{word}s").as_bytes()), "{word}");
            assert!(!NONE.has(word.as_bytes()));
        }
        assert!(!SOME.has(b"") && !SOME.has(b"node\x1fmodules") && !SOME.has(b"node-modules"));
    }

    #[test]
    fn a_full_table_still_ends_every_search() {
        const MANY: &[&str] = &["b", "c", "d", "e", "f", "g", "h"];
        assert!(room(MANY) > MANY.len());
        let slots: [u32; 16] = table(MANY);
        assert_eq!(slots.iter().filter(|s| **s != 0).count(), MANY.len());
    }
}
