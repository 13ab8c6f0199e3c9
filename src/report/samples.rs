//! A made-up run for the tests of the reports.

use super::{Event, Place, Sink, Totals};
use crate::{
    finding::{Detail, Finding},
    rule::{self, Confidence},
    span::Span,
    tag::Key,
};
use std::path::Path;

/// A finding of the first rule; equal `value`s have equal tags.
pub(super) fn finding(value: u8) -> Finding {
    Finding {
        rule: rule::all().next().unwrap(),
        confidence: Confidence::High,
        evidence: "made up",
        tag: Key::from_material(&[1; 32]).tag(&[value]),
        spans: [Span::new(10, 14), Span::new(20, 25)].into_iter().collect(),
        detail: Detail::None,
        learn: None,
        whole: None,
        quoted: false,
    }
}

/// Two transcripts: two findings in record 7 of a file, one in record 3 of a stream, which is also refused.
pub(super) fn play(sink: &mut dyn Sink) {
    let file = Some(Path::new("a/b c.jsonl"));
    let (one, two) = (finding(1), finding(2));
    let in_file = Place { path: file, record: 7, offset: 100 };
    let in_stream = Place { path: None, record: 3, offset: 40 };
    let totals = |records, bytes| Totals { records, changed: 1, bytes };
    for event in [
        Event::Found { place: in_file, finding: &one },
        Event::Found { place: in_file, finding: &two },
        Event::End { path: file, totals: totals(9, 1_000) },
        Event::Found { place: in_stream, finding: &one },
        Event::Refused { place: in_stream, reason: "made up" },
        Event::End { path: None, totals: totals(4, 200) },
    ] {
        sink.event(&event).unwrap();
    }
}
