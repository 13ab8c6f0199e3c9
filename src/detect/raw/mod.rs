//! The quick look: where in a record's raw bytes something may be, so that only the texts there are decoded and searched.

use super::{
    Detector, Scratch,
    known::Known,
    probe::{self, Strings},
    secret,
    subject::{Hits, Subject},
};
use crate::{
    scan::{Candidate, Kind},
    transcript::{
        record::Record,
        text::{Field, Role},
        view,
    },
};
use twin::Twin;

mod twin;

impl Detector {
    /// Fills `scratch.hot` with the offsets in the raw record where something may be, sorted.
    pub(super) fn look_for_hints(&self, record: &Record<'_>, known: &Known, scratch: &mut Scratch) {
        scratch.candidates.clear();
        scratch.hot.clear();
        let every = self.is_thorough();
        let mut twin = None;
        if record.bytes.len() > MOST_SIGNS {
            self.scanner.scan(record.bytes, &mut scratch.candidates);
        } else {
            twin = if every { None } else { Twin::of(record.bytes) };
            let spared = twin.as_ref().map_or(0..0, Twin::spared);
            let Scratch { signs, candidates, .. } = &mut *scratch;
            self.scanner.scan_raw(record.bytes, spared, signs, candidates);
            if let Some(twin) = &twin {
                twin.add_candidates(&signs.spared, candidates);
            }
        }
        let Scratch { candidates, signs, hot, probe, .. } = scratch;
        let spared = if twin.is_some() { signs.spared.clone() } else { 0..0 };
        let mut strings = Strings::of(record.bytes);
        // One that holds has its text searched: the others in it need no look.
        let mut searched = 0;
        for &candidate in candidates.iter() {
            if candidate.kind == Kind::Call || spared.contains(&candidate.at) {
                continue;
            }
            if every || candidate.at >= searched && probe.holds(&mut strings, candidate) {
                hot.push(candidate.at);
                searched = probe::text_end(record.bytes, candidate);
            }
        }
        scratch.hot.extend(zero(record.bytes));
        self.look_for_wrappings(record.bytes, scratch);
        if !known.is_empty() {
            known.raw(record.offset, record.bytes, &mut scratch.hot);
        }
        if let Some(twin) = twin {
            twin.add_hot(&mut scratch.hot);
        }
        scratch.hot.sort_unstable();
    }
}

impl Detector {
    /// Whether every candidate leads to a search of its text: in tests of what the quick look leaves out.
    #[cfg(test)]
    fn is_thorough(&self) -> bool {
        self.thorough
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests have a field for it")]
    fn is_thorough(&self) -> bool {
        false
    }

    /// Adds to `scratch.hot` where something may be wrapped in a raw record.
    fn look_for_wrappings(&self, record: &[u8], scratch: &mut Scratch) {
        let Scratch { hints, signs, hot, inner, joined, .. } = scratch;
        hints.clear();
        if record.len() > MOST_SIGNS {
            view::hints(record, hints);
        } else {
            let [slashes, joints] = [&signs.slashes, &signs.joints].map(|places| places.iter().copied());
            view::hints_at(record, slashes, joints, &signs.spared, hints);
        }
        hot.append(&mut hints.sure);
        hot.sort_unstable();
        let mut searched = Searched { hot: hot.len(), at: 0, end: 0 };
        for (left, right) in hints.guesses.drain(..) {
            if searched.has(record, hot, left.start) {
                continue;
            }
            let lead = left.start.saturating_sub(LEAD);
            joined.clear();
            probe::unescape(&record[lead..left.end], joined);
            let joint = joined.len();
            probe::unescape(&record[right], joined);
            inner.clear();
            self.scanner.scan(joined, inner);
            if inner.iter().any(|&candidate| goes_over(joined, joint, candidate)) {
                hot.push(left.start);
                searched.add(record, left.start);
            }
        }
    }
}

/// The text that is searched anyway, so that a guess about it need not be tried.
struct Searched {
    /// How many of the places that were found first are in order.
    hot: usize,
    /// One of them, or of those found since, and where its text ends.
    at: usize,
    end: usize,
}

impl Searched {
    /// Whether the text that byte `at` of the record stands in is searched since something was found before it.
    fn has(&mut self, record: &[u8], hot: &[usize], at: usize) -> bool {
        let before = hot[..self.hot].partition_point(|&hot| hot <= at);
        if let Some(&nearest) = hot[..before].last()
            && nearest > self.at
        {
            self.add(record, nearest);
        }
        (self.at..self.end).contains(&at)
    }

    fn add(&mut self, record: &[u8], at: usize) {
        (self.at, self.end) = (at, probe::next_quote(record, at));
    }
}

/// The longest record whose signs are kept, in bytes: each byte may be one, of eight bytes in memory.
const MOST_SIGNS: usize = 1 << 20;

/// The first zero of a record that is no JSON: its text may be in UTF-16 or UTF-32, of which a raw look sees nothing.
fn zero(record: &[u8]) -> Option<usize> {
    let json = matches!(record, [b'{' | b'[', next, ..] if *next != 0);
    if json { None } else { memchr::memchr(0, record) }
}

/// How much before a value that goes on in the next line is looked at for a word that names it, in raw bytes.
const LEAD: usize = 96;

/// Whether the candidate may lead to a value that goes over the joint at byte `joint`: a format, or what a word names.
fn goes_over(text: &[u8], joint: usize, candidate: Candidate) -> bool {
    let Some(left) = text[..joint].get(candidate.at..) else { return false };
    match candidate.kind {
        Kind::Token => left.iter().copied().all(probe::in_token),
        Kind::Pem => true,
        Kind::Word => {
            let subject =
                Subject { bytes: text, key: None, role: Role::Value, field: Field::Free, cwd: None };
            let mut hits = Hits::new();
            secret::find(&subject, candidate, &mut hits);
            hits.iter().any(|hit| hit.span.start() < joint && joint < hit.span.end())
        }
        _ => false,
    }
}
