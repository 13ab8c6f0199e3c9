//! What findings tell of the known values in a record.

use super::{entry::Entry, index::Index};
use crate::{
    finding::Finding,
    rule::{Class, id},
    span::{Raw, Span},
};
use std::ops::Range;

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
    spans: Vec<(Span<Raw>, &'f Finding, Reach)>,
    /// Where their record starts.
    at: u64,
}

/// How far spans reach.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// All of them.
    all: usize,
    /// Those over which no secret wins that stands within: of secrets, code and media.
    strong: usize,
}

impl<'f> Covers<'f> {
    pub(super) fn of(findings: &'f [Finding], at: u64) -> Self {
        let all = findings
            .iter()
            .flat_map(|finding| finding.spans.iter().map(move |&span| (span, finding, Reach::default())));
        let mut spans: Vec<_> = all.collect();
        spans.sort_unstable_by_key(|(span, ..)| (span.start(), span.end()));
        let mut reach = Reach::default();
        for (span, finding, far) in &mut spans {
            reach.all = reach.all.max(span.end());
            if is_strong(finding) {
                reach.strong = reach.strong.max(span.end());
            }
            *far = reach;
        }
        Self { spans, at }
    }

    /// Calls `take` with the parts of the record in which a value of `index` may stand that [`Self::tell`] does not tell: all
    /// but the inner of code that goes. A value that stands within a line of it is told, unless it is all of the line or
    /// another finding is there, and none goes over the end of a line if no value has a backslash in it. In order, disjoint.
    pub(super) fn each_open(&self, record: &[u8], index: &Index, mut take: impl FnMut(Range<usize>)) {
        let (mut from, margin) = (0, index.most());
        let mut leave_out = |code: Range<usize>| {
            // What starts before the code may end in it, and the other way round.
            let to = code.start + margin;
            if to + margin < code.end {
                take(from..to);
                from = code.end - margin;
            }
        };
        let (mut code, mut reach) = (0..0, 0);
        for (at, &(span, finding, far)) in self.spans.iter().enumerate() {
            let next = self.spans.get(at + 1).map_or(usize::MAX, |(next, ..)| next.start());
            let alone = finding.rule == id::CODE_BLOCK && reach <= span.start() && span.end() <= next;
            reach = far.all;
            let line = record.get(span.range()).filter(|line| alone && !index.may_be(line));
            if line.is_none() {
                continue;
            }
            let goes_on =
                !index.has_backslash() && record.get(code.end..span.start()).is_some_and(is_line_break);
            if goes_on {
                code.end = span.end();
            } else {
                leave_out(std::mem::replace(&mut code, span.range()));
            }
        }
        leave_out(code);
        take(from..record.len());
    }

    /// Whether the entry's value at `start..end` stands within one over which it does not win, and is not all of one that is
    /// replaced otherwise. A secret wins over the name or the path that it is a part of, as if it had been known before.
    pub(super) fn tell(&self, entry: &Entry, start: usize, end: usize) -> bool {
        let reach = self.reach(start);
        let reach = if entry.rule.rule().class == Class::Secret { reach.strong } else { reach.all };
        reach >= end && self.may_be(entry, start, end)
    }

    /// How far a span that covers byte `start` reaches.
    fn reach(&self, start: usize) -> Reach {
        let after = self.spans.partition_point(|(span, ..)| span.start() <= start);
        after.checked_sub(1).map_or_else(Reach::default, |last| self.spans[last].2)
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

/// Whether a finding wins over a secret within it, or is one.
fn is_strong(finding: &Finding) -> bool {
    let class = finding.rule.rule().class;
    matches!(class, Class::Secret | Class::Media) || finding.rule == id::CODE_BLOCK
}

/// Whether these bytes are ends of lines as JSON has them, and nothing else.
fn is_line_break(bytes: &[u8]) -> bool {
    let (pairs, rest) = bytes.as_chunks::<2>();
    rest.is_empty() && pairs.iter().all(|pair| matches!(pair, b"\\n" | b"\\r"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        detect::known::{FORMS, Known},
        finding::Detail,
        rule::Confidence,
        tag::Key,
    };
    use proptest::prelude::*;

    fn finding(rule: crate::rule::RuleId, spans: Vec<Span<Raw>>, tag: crate::tag::Tag) -> Finding {
        Finding {
            rule,
            confidence: Confidence::High,
            evidence: "a test",
            tag,
            spans: spans.into_iter().collect(),
            detail: Detail::None,
            learn: None,
            whole: None,
            quoted: false,
        }
    }

    proptest! {
        #[test]
        fn what_stands_in_code_that_is_left_out_is_told(
            lines in proptest::collection::vec("[a-d ]{0,24}", 1..12),
            values in proptest::collection::btree_set("[a-d]{4,9}", 1..6),
            coded in any::<u16>(), others in proptest::collection::vec((0_usize..200, 1_usize..9), 0..3),
        ) {
            let key = Key::from_material(&[1; 32]);
            let mut known = Known::default();
            values.iter().for_each(|value| { known.tell(value.as_bytes(), id::SECRET_KNOWN, &key); });
            let record = lines.join("\\n").into_bytes();
            let mut at = 0;
            let mut spans = Vec::new();
            for (number, line) in lines.iter().enumerate() {
                if coded >> number & 1 == 1 && !line.is_empty() {
                    spans.push(Span::new(at, at + line.len()));
                }
                at += line.len() + 2;
            }
            let mut findings = vec![finding(id::CODE_BLOCK, spans, key.tag(b"code"))];
            findings.extend(others.iter().filter(|(start, len)| start + len <= record.len()).map(|&(start, len)| {
                finding(id::SECRET_PROSE, vec![Span::new(start, start + len)], key.tag(b"other"))
            }));
            let covers = Covers::of(&findings, 0);
            let told = |whole: bool| {
                let mut untold = Vec::new();
                let mut search = |part: Range<usize>| known.index.find(&record[part.clone()], |literal, start, end| {
                    let (start, end) = (start + part.start, end + part.start);
                    // What begins with the letter of an escape stands in no text.
                    let real = start == 0 || record[start - 1] != b'\\';
                    if real && !covers.tell(&known.entries[literal / FORMS], start, end) {
                        untold.push((start, end, literal));
                    }
                });
                if whole { search(0..record.len()) } else { covers.each_open(&record, &known.index, search) }
                untold.sort_unstable();
                untold.dedup();
                untold
            };
            prop_assert_eq!(told(false), told(true));
        }
    }
}
