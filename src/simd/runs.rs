//! Runs of bytes of one class, found by masks: what is no run of enough bytes costs no branch.

use super::{BLOCK, Engine};

/// A class of bytes: those that one of eight products has, of some low nibbles and some high ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nibbles {
    /// Products by the low nibble, one bit each.
    pub(crate) low: [u8; 16],
    /// Products by the high nibble.
    pub(crate) high: [u8; 16],
}

impl Nibbles {
    /// What base64 is made of in either alphabet, but for its padding.
    pub(crate) const BASE64: Self = Self::of(&[
        b"0123456789",
        b"abcdefghijklmnoABCDEFGHIJKLMNO",
        b"pqrstuvwxyzPQRSTUVWXYZ",
        b"+-/",
        b"_",
    ]);

    /// The class of the bytes of all `products`, each of which must be the product of its nibbles.
    pub(crate) const fn of(products: &[&[u8]]) -> Self {
        assert!(products.len() <= 8, "a product is a bit of a byte");
        let (mut low, mut high) = ([0; 16], [0; 16]);
        let mut product = 0;
        while product < products.len() {
            let mut at = 0;
            while at < products[product].len() {
                let byte = products[product][at];
                low[(byte & 15) as usize] |= 1 << product;
                high[(byte >> 4) as usize] |= 1 << product;
                at += 1;
            }
            product += 1;
        }
        assert!(low[0] & high[0] == 0, "what lies behind the end is of no class");
        Self { low, high }
    }

    /// Whether it has `byte`.
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.low[(byte & 15) as usize] & self.high[(byte >> 4) as usize] != 0
    }
}

/// How many blocks are looked at together.
const CHUNK: usize = 16;

/// Calls `take` with the start and the end of every stretch of `class` of at least `LEAST` bytes, in order.
pub(crate) fn each_run<const LEAST: usize>(bytes: &[u8], class: &Nibbles, take: impl FnMut(usize, usize)) {
    each_run_by::<LEAST>(Engine::best(), bytes, class, take);
}

fn each_run_by<const LEAST: usize>(
    engine: Engine,
    bytes: &[u8],
    class: &Nibbles,
    mut take: impl FnMut(usize, usize),
) {
    const { assert!(LEAST > 0 && LEAST <= BLOCK, "two blocks hold the least run wherever it starts") };
    if bytes.len() < LEAST {
        return;
    }
    let mut masks = [0; CHUNK + 1];
    engine.members(class, bytes, 0, &mut masks[..1]);
    let mut runs = Runs::<LEAST> { before: 0, dense: half::<LEAST>(masks[0]) != 0, open: None };
    let (mut first, all) = (0, bytes.len().div_ceil(BLOCK));
    while first < all {
        let count = CHUNK.min(all - first);
        let masks = &mut masks[..=count];
        engine.members(class, bytes, first + 1, &mut masks[1..]);
        if runs.none(masks) {
            runs.before = masks[count - 1];
        } else {
            for (i, pair) in masks.windows(2).enumerate() {
                runs.block((first + i) * BLOCK, pair[0], pair[1], &mut take);
            }
        }
        masks[0] = masks[count];
        first += count;
    }
    if let Some(start) = runs.open {
        take(start, bytes.len());
    }
}

/// What is known of the blocks before.
struct Runs<const LEAST: usize> {
    /// The mask of the last of them.
    before: u64,
    /// Whether the block to come holds half of a run of `LEAST`.
    dense: bool,
    /// Where the run starts that goes on from them, if it is of enough bytes.
    open: Option<usize>,
}

impl<const LEAST: usize> Runs<LEAST> {
    /// Whether none ends or starts in blocks with these masks, the last of which is of the block behind them.
    #[inline]
    fn none(&self, masks: &[u64]) -> bool {
        !self.dense
            && self.open.is_none()
            && masks[1..].iter().fold(0, |any, &mask| any | half::<LEAST>(mask)) == 0
    }

    /// Takes the runs that end in the block at byte `at` with the mask `here`, before that with the mask `after`.
    #[inline]
    fn block(&mut self, at: usize, here: u64, after: u64, take: &mut impl FnMut(usize, usize)) {
        let dense = [self.dense, half::<LEAST>(after) != 0];
        self.dense = dense[1];
        // Half of each run lies in one of the blocks in which it starts.
        if dense == [false; 2] && self.open.is_none() {
            self.before = here;
            return;
        }
        if let Some(start) = self.open {
            let rest = here.trailing_ones() as usize;
            if rest < BLOCK {
                self.open = None;
                take(start, at + rest);
            }
        }
        let mut starts = covered::<LEAST>(here, after) & !(here << 1 | self.before >> (BLOCK - 1));
        while starts != 0 {
            let bit = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            let end = bit + (here >> bit).trailing_ones() as usize;
            if end < BLOCK {
                take(at + bit, at + end);
            } else {
                self.open = Some(at + bit);
            }
        }
        self.before = here;
    }
}

/// Where half of a run of `LEAST` starts that is in one block; all places where most text has as much.
#[inline]
fn half<const LEAST: usize>(mask: u64) -> u64 {
    const WORD: usize = 12;
    let half = LEAST / 2;
    if half <= WORD {
        return u64::MAX;
    }
    let (mut left, mut sure) = (mask, 1);
    while sure < half {
        let step = if sure < half - sure { sure } else { half - sure };
        left &= left >> step;
        sure += step;
    }
    left
}

/// Bit `i` says whether `LEAST` bits from `i` on are all set, those of the next block counted.
#[inline]
fn covered<const LEAST: usize>(here: u64, after: u64) -> u64 {
    let mut both = u128::from(after) << BLOCK | u128::from(here);
    let mut sure = 1;
    while sure < LEAST {
        let step = if sure < LEAST - sure { sure } else { LEAST - sure };
        both &= both >> step;
        sure += step;
    }
    both as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static WORD: Nibbles = Nibbles::of(&[b"abc", b"ABC"]);

    fn wanted(bytes: &[u8], least: usize) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut at = 0;
        for run in bytes.split(|&b| !WORD.has(b)) {
            if run.len() >= least {
                out.push((at, at + run.len()));
            }
            at += run.len() + 1;
        }
        out
    }

    fn found<const LEAST: usize>(engine: Engine, bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        each_run_by::<LEAST>(engine, bytes, &WORD, |start, end| out.push((start, end)));
        out
    }

    fn all_are_found(bytes: &[u8]) {
        for engine in Engine::all() {
            let name = engine.name();
            assert_eq!(found::<1>(engine, bytes), wanted(bytes, 1), "{name}");
            assert_eq!(found::<16>(engine, bytes), wanted(bytes, 16), "{name}");
            assert_eq!(found::<40>(engine, bytes), wanted(bytes, 40), "{name}");
            assert_eq!(found::<64>(engine, bytes), wanted(bytes, 64), "{name}");
        }
    }

    #[test]
    fn runs_of_every_length_are_found_at_every_place() {
        for start in (0..70).chain(1000..1100) {
            for length in [1, 15, 16, 17, 39, 40, 41, 63, 64, 65, 127, 128, 129, 200] {
                let mut bytes = vec![b'.'; start];
                bytes.resize(start + length, b'a');
                all_are_found(&bytes);
                bytes.extend_from_slice(b".B");
                all_are_found(&bytes);
            }
        }
    }

    #[test]
    fn a_class_is_what_its_products_have() {
        for byte in 0..=255 {
            assert_eq!(WORD.has(byte), b"abcABC".contains(&byte), "{byte:#x}");
            for engine in Engine::all() {
                let runs = found::<1>(engine, &[byte; 3]);
                assert_eq!(runs.len(), usize::from(WORD.has(byte)), "{} {byte:#x}", engine.name());
            }
        }
    }

    proptest! {
        #[test]
        fn runs_are_found_between_any_bytes(bytes in r"([abcABC]{0,90}[!-~é]{0,3}){0,40}") {
            all_are_found(bytes.as_bytes());
        }
    }
}
