//! The search of a long text that has changed: around the changes alone.

use super::{Focus, Item, Search, Subject, Token, View, code, unescape};
use crate::{
    rule::Class,
    span::{Raw, Span},
    transcript::text::{Field, Role},
};
use std::ops::Range;

/// Texts up to this length are searched again as a whole, in bytes.
const WHOLE: usize = 4096;

/// How much around a change is searched again, in raw bytes.
const AROUND: usize = 1024;

impl Search<'_> {
    /// Searches these parts of a long text.
    pub(super) fn parts(
        &mut self,
        record: &[u8],
        token: &Token,
        parts: Vec<Range<usize>>,
        field: Field,
        cwd: Option<&[u8]>,
    ) {
        let (start, raw) = (token.start as usize, token.bytes(record));
        let before = self.out.findings.len();
        for part in parts {
            let view = unescape(&raw[part.clone()], start + part.start);
            let mut candidates = std::mem::take(&mut self.scratch.inner);
            candidates.clear();
            self.detector.scanner.scan(view.bytes(), &mut candidates);
            let mut rest = Vec::new();
            let item = Item { view, key: None, role: Role::Value, field, joined: false };
            self.view(&item, false, cwd, &candidates, &mut rest);
            self.scratch.inner = candidates;
            self.unwrapped(rest, cwd);
        }
        if self.detector.wanted.has(Class::Code) {
            self.code(&unescape(raw, start), field, cwd);
        }
        self.mark(before, Role::Value, field, token);
    }

    /// The code in a text: what it is depends on all of it.
    fn code(&mut self, view: &View<'_>, field: Field, cwd: Option<&[u8]>) {
        let subject = Subject { bytes: view.bytes(), key: None, role: Role::Value, field, cwd };
        let mut hits = std::mem::take(&mut self.scratch.hits);
        code::find(&subject, &mut hits, &mut self.scratch.names);
        self.scratch.names.clear();
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        self.scratch.hits = hits;
    }
}

/// The parts of a long text that has changed in which alone anything new may be found: the surroundings of the changes,
/// unless those are most of it.
pub(super) fn parts_of(
    focus: Focus<'_>,
    role: Role,
    token: &Token,
    record: &[u8],
) -> Option<Vec<Range<usize>>> {
    let Focus::Spans(changed) = focus else { return None };
    let raw = token.bytes(record);
    let is_json = || matches!(raw.trim_ascii_start().first(), Some(b'{' | b'['));
    if role != Role::Value || raw.len() <= WHOLE || is_json() {
        return None;
    }
    let parts = surroundings(raw, token.start as usize, changed);
    let sum: usize = parts.iter().map(ExactSizeIterator::len).sum();
    (sum < raw.len() / 4 * 3).then_some(parts)
}

/// The parts of a text, raw, that starts at byte `start` of its record, around what of it has changed: in order, disjoint,
/// cut at blanks, so that no escape is torn.
fn surroundings(raw: &[u8], start: usize, changed: &[Span<Raw>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let end = start + raw.len();
    let first = changed.partition_point(|span| span.end() < start);
    for span in changed[first..].iter().take_while(|span| span.start() <= end) {
        let (from, to) = (span.start().max(start) - start, span.end().min(end) - start);
        let low = from.saturating_sub(AROUND);
        let joins = out.last().is_some_and(|last| low <= last.end);
        let blank = || memchr::memchr(b' ', &raw[low..from]).filter(|_| low > 0).map_or(0, |i| low + i);
        let low = if joins { low } else { blank() };
        let high = raw.len().min(to + AROUND);
        let high =
            memchr::memrchr(b' ', &raw[to..high]).filter(|_| high < raw.len()).map_or(raw.len(), |i| to + i);
        match out.last_mut() {
            Some(last) if low <= last.end => last.end = last.end.max(high),
            _ => out.push(low..high),
        }
    }
    out
}
