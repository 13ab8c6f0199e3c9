//! What findings tell of the known values in a record.

use super::entry::Entry;
use crate::{
    finding::Finding,
    span::{Raw, Span},
};

/// A value in the raw bytes of a record of which no finding tells.
#[derive(Clone, Copy)]
pub(in crate::detect) struct Untold {
    /// Its first byte.
    pub(in crate::detect) start: usize,
    pub(super) end: usize,
    pub(super) entry: usize,
}

/// The spans of findings, to be asked what covers a value.
pub(super) struct Covers<'f> {
    /// Sorted, each with its finding and how far it and all before it reach.
    spans: Vec<(Span<Raw>, &'f Finding, usize)>,
    /// Where their record starts.
    at: u64,
}

impl<'f> Covers<'f> {
    pub(super) fn of(findings: &'f [Finding], at: u64) -> Self {
        let all =
            findings.iter().flat_map(|finding| finding.spans.iter().map(move |&span| (span, finding, 0)));
        let mut spans: Vec<_> = all.collect();
        spans.sort_unstable_by_key(|(span, ..)| (span.start(), span.end()));
        let mut reach = 0;
        for (span, _, far) in &mut spans {
            reach = reach.max(span.end());
            *far = reach;
        }
        Self { spans, at }
    }

    /// Whether the entry's value at `start..end` stands within one and is not all of one that is replaced otherwise.
    pub(super) fn tell(&self, entry: &Entry, start: usize, end: usize) -> bool {
        self.reach(start) >= end && self.may_be(entry, start, end)
    }

    /// How far a span that covers byte `start` reaches.
    fn reach(&self, start: usize) -> usize {
        let after = self.spans.partition_point(|(span, ..)| span.start() <= start);
        after.checked_sub(1).map_or(0, |last| self.spans[last].2)
    }

    /// Whether no finding has just that span, or one that is replaced as the entry's value is.
    fn may_be(&self, entry: &Entry, start: usize, end: usize) -> bool {
        let first = self.spans.partition_point(|(span, ..)| (span.start(), span.end()) < (start, end));
        let mut same = self.spans[first..]
            .iter()
            .take_while(|(span, ..)| (span.start(), span.end()) == (start, end))
            .peekable();
        same.peek().is_none() || same.any(|(_, finding, _)| entry.stands_as(finding, self.at))
    }
}
