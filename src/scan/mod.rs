//! Candidates: cheap hints, over raw or decoded bytes, that a rule may match here.
//!
//! A scan never misses what a detector would take: on raw bytes it sees through JSON escapes of any depth, or says that
//! the text must be decoded ([`Kind::Escape`]). What is no candidate costs nothing further.
//!
//! One pass: `simd` turns 64 bytes at a time into bit masks (which bytes are letters, which may belong to a token,
//! where a literal may start), and the rest works on those masks. `prefix` asks at the start of each word of 16 or
//! more token characters whether a format may start there, by one look into a table however many formats there are;
//! `run` judges runs of 20 or more by their shape; `literal` confirms the literals of `anchors`.

#[cfg(test)]
mod anchors;
mod digits;
mod encoded;
#[cfg(test)]
mod engines;
mod kind;
mod literal;
mod near;
mod places;
mod prefix;
mod run;
mod url;
mod word;

pub(crate) use encoded::is_text as is_encoded_text;
pub use kind::{Candidate, Kind, Kinds};
pub(crate) use near::FOREIGN_CODES;
pub(crate) use prefix::{follows_escape, true_start};
pub(crate) use run::is_random;
pub(crate) use url::is_node;
pub(crate) use word::{is_column, is_spelled_blank};

use crate::simd::{BLOCK, Engine, Masks};
use literal::Literals;
use places::{BATCH, Places};
use run::Run;
use std::ops::Range;

/// How many blocks are turned into masks at a time, and for how many of a short text.
const CHUNK: usize = 64;
const FEW: usize = 8;

/// Finds candidates. Built once, shared by all threads.
pub struct Scanner {
    wanted: Kinds,
    literals: &'static Literals,
    engine: Engine,
    /// Whether any wanted kind needs runs to be judged.
    judges_runs: bool,
}

impl Scanner {
    /// A scanner for these kinds of candidates, by the fastest way this machine has.
    #[must_use]
    pub fn new(wanted: Kinds) -> Self {
        Self::with_engine(wanted, Engine::best())
    }

    fn with_engine(wanted: Kinds, engine: Engine) -> Self {
        let judges_runs =
            [Kind::Token, Kind::Random, Kind::Encoded].iter().any(|kind| wanted.contains(*kind));
        Self { wanted, literals: Literals::of(wanted), engine, judges_runs }
    }

    /// Appends the candidates of `bytes`, sorted by offset, none twice.
    ///
    /// The bytes may be one record, one text or many records at once: no candidate depends on bytes beyond a line
    /// break, but for those that a literal's check looks at.
    pub fn scan(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        self.scan_for(bytes, 0..0, None, out);
    }

    /// The same of raw bytes, whose signs go to `signs`, which is cleared first, but for those of `spared`.
    pub(crate) fn scan_raw(
        &self,
        bytes: &[u8],
        spared: Range<usize>,
        signs: &mut Signs,
        out: &mut Vec<Candidate>,
    ) {
        signs.slashes.clear();
        signs.joints.clear();
        signs.spared = spared.start.next_multiple_of(BLOCK)..spared.end / BLOCK * BLOCK;
        let spared = signs.spared.clone();
        self.scan_for(bytes, spared, Some(signs), out);
    }

    /// `spared` are whole blocks.
    fn scan_for(
        &self,
        bytes: &[u8],
        spared: Range<usize>,
        signs: Option<&mut Signs>,
        out: &mut Vec<Candidate>,
    ) {
        let first = out.len();
        let all = bytes.len().div_ceil(BLOCK);
        let spared = if spared.is_empty() { all..all } else { spared.start / BLOCK..spared.end / BLOCK };
        let spared = spared.start.min(all)..spared.end;
        let mut pass = Pass { scanner: self, bytes, wall: 0, places: Places::new(), signs, out };
        if all <= FEW {
            let mut masks = [Masks::default(); FEW + 1];
            pass.both_sides(all, spared, &mut masks);
        } else {
            let mut masks = [Masks::default(); CHUNK + 1];
            pass.both_sides(all, spared, &mut masks);
        }
        tidy(out, first);
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new(Kinds::ALL)
    }
}

/// Signs of raw bytes by which line breaks, escapes and neighbouring texts are found, in order.
#[derive(Default)]
pub(crate) struct Signs {
    /// Backslashes.
    pub(crate) slashes: Vec<usize>,
    /// The quotes that `","` and `"},{` begin with, perhaps with a blank behind the comma.
    pub(crate) joints: Vec<usize>,
    /// Bytes whose signs are not given.
    pub(crate) spared: Range<usize>,
}

/// Sorts what was appended from `first` on; most often it is sorted already.
fn tidy(out: &mut Vec<Candidate>, first: usize) {
    let new = &mut out[first..];
    if !new.is_sorted() {
        new.sort_unstable();
    }
    let mut kept = first;
    for index in first..out.len() {
        if kept == first || out[index] != out[kept - 1] {
            out[kept] = out[index];
            kept += 1;
        }
    }
    out.truncate(kept);
}

/// One scan under way.
struct Pass<'s, 'b, 'o> {
    scanner: &'s Scanner,
    bytes: &'b [u8],
    /// One past the last run that was judged as a whole: what starts before is a part of it.
    wall: usize,
    /// Memory for places of a batch of blocks.
    places: Places,
    /// What takes the signs, if they are asked for.
    signs: Option<&'o mut Signs>,
    out: &'o mut Vec<Candidate>,
}

impl Pass<'_, '_, '_> {
    /// Goes through `all` blocks but for those of `spared`.
    fn both_sides(&mut self, all: usize, spared: Range<usize>, masks: &mut [Masks]) {
        self.blocks(0..spared.start, masks);
        self.blocks(spared.end..all, masks);
    }

    /// Goes through these blocks, as many at a time as there are `masks`, but for one.
    fn blocks(&mut self, blocks: Range<usize>, masks: &mut [Masks]) {
        let (scanner, bytes) = (self.scanner, self.bytes);
        let mut before = Masks::default();
        if !blocks.is_empty() && blocks.start > 0 {
            scanner.engine.fill(scanner.literals.teddy(), bytes, blocks.start - 1, &mut masks[..1]);
            before = masks[0];
        }
        let mut block = blocks.start;
        while block < blocks.end {
            let count = (masks.len() - 1).min(blocks.end - block);
            scanner.engine.fill(scanner.literals.teddy(), bytes, block, &mut masks[..=count]);
            for from in (0..count).step_by(BATCH) {
                let batch = from..count.min(from + BATCH);
                self.batch((block + from) * BLOCK, &before, &masks[batch.start..=batch.end]);
                before = masks[batch.end - 1];
            }
            block += count;
        }
    }

    /// Looks at the blocks from byte `at` on, given the masks of the block before them, theirs, and those of the one behind.
    fn batch(&mut self, at: usize, before: &Masks, masks: &[Masks]) {
        let offset = |i: usize| at + i * BLOCK;
        if let Some(signs) = &mut self.signs {
            for (i, here) in masks[..masks.len() - 1].iter().enumerate() {
                places::append(offset(i), here.slash, &mut signs.slashes);
                places::append(offset(i), here.joint, &mut signs.joints);
            }
        }
        self.literals(at, masks);
        let mut before = before;
        for (i, pair) in masks.windows(2).enumerate() {
            self.block(offset(i), before, &pair[0], &pair[1]);
            before = &pair[0];
        }
    }

    /// Looks where literals may start.
    fn literals(&mut self, at: usize, masks: &[Masks]) {
        let Self { scanner, bytes, places, .. } = self;
        places.clear();
        for (i, here) in masks[..masks.len() - 1].iter().enumerate() {
            places.add(i, here.literal);
        }
        let rest = &bytes[at..];
        match rest.first_chunk() {
            Some(batch) => places.retain(batch, |head| scanner.literals.may_start(head)),
            None => places.retain(&places::padded(rest), |head| scanner.literals.may_start(head)),
        }
        for place in places.all() {
            scanner.literals.confirm(bytes, at + place, scanner.wanted, self.out);
        }
    }

    /// Looks at words, runs and numbers of the block that starts at byte `at`, given the masks of its neighbours.
    fn block(&mut self, at: usize, before: &Masks, here: &Masks, after: &Masks) {
        let scanner = self.scanner;
        let long = all(here.token, after.token, &WORD);
        if scanner.wanted.contains(Kind::Token) {
            let starts = here.alnum & !after_bit(here.alnum, before.alnum);
            let mut words = starts & long;
            while words != 0 {
                prefix::candidates(self.bytes, at + take_lowest(&mut words), self.out);
            }
        }
        // Either class is a part of that of tokens.
        if scanner.judges_runs && (here.narrow | here.base) & long != 0 {
            let narrow = here.narrow & !after_bit(here.narrow, before.narrow) & long;
            let wide = here.base & !after_bit(here.base, before.base) & long;
            if narrow | wide != 0 {
                let runs =
                    narrow & all(here.narrow, after.narrow, &RUN) | wide & all(here.base, after.base, &RUN);
                self.runs(at, runs, here, after);
            }
        }
        if scanner.wanted.contains(Kind::Digits) {
            let mut numbers = here.digit & !after_bit(here.digit, before.digit);
            while numbers != 0 {
                let bit = take_lowest(&mut numbers);
                let seen = (here.digit >> bit | (after.digit << 1) << (63 - bit)).trailing_ones();
                digits::candidate(self.bytes, at + bit, seen as usize, self.out);
            }
        }
    }

    /// Judges the runs that start at these bits of the block at byte `at`.
    fn runs(&mut self, at: usize, mut runs: u64, here: &Masks, after: &Masks) {
        while runs != 0 {
            let bit = take_lowest(&mut runs);
            if at + bit >= self.wall {
                let run = Run::of(at + bit, bit as u32, here, after).behind_escape(self.bytes);
                self.wall = run.candidates(self.bytes, self.scanner.wanted, self.out);
            }
        }
    }
}

/// The place of the lowest bit, which is cleared; there must be one.
fn take_lowest(mask: &mut u64) -> usize {
    let bit = mask.trailing_zeros() as usize;
    *mask &= *mask - 1;
    bit
}

/// Bit `i` says whether bit `i - 1` is set, the last bit of the block before counted.
fn after_bit(mask: u64, before: u64) -> u64 {
    mask << 1 | before >> 63
}

/// The steps to [`all`] of the 16 characters that a word has at least, and of the 20 of a run.
const WORD: [u32; 4] = [1, 2, 4, 8];
const RUN: [u32; 5] = [1, 2, 4, 8, 4];

/// Bit `i` says whether some bits from `i` on are all set, those of the next block counted: one more than the sum of
/// `steps`, which is less than 32; no step is more than one beyond the sum of those before it.
fn all(mask: u64, after: u64, steps: &[u32]) -> u64 {
    let both = u128::from(after) << 64 | u128::from(mask);
    steps.iter().fold(both, |both, step| both & both >> step) as u64
}

#[cfg(test)]
mod tests;
