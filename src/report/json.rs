//! One line of JSON per finding. `docs/report-format.md` describes it; the version grows when a field changes its
//! meaning or goes.

use super::{Event, Place, Sink};
use crate::finding::Finding;
use serde::Serialize;
use std::{
    borrow::Cow,
    io::{self, Write},
    path::Path,
};

/// The version of the line format.
const VERSION: u32 = 1;

/// A finding as written.
#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    path: Cow<'a, str>,
    record: u64,
    start: u64,
    end: u64,
    rule: &'static str,
    class: &'static str,
    severity: &'static str,
    confidence: &'static str,
    tag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'static str>,
}

/// Whether a line says why a finding is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It does not.
    Hidden,
    /// It names the kind of evidence, never the value.
    Shown,
}

/// Writes a line per finding.
#[derive(Debug)]
pub struct Jsonl<W> {
    out: W,
    evidence: Evidence,
}

impl<W: Write> Jsonl<W> {
    /// A report that goes to `out`.
    pub fn new(out: W, evidence: Evidence) -> Self {
        Self { out, evidence }
    }

    fn found(&mut self, place: &Place<'_>, finding: &Finding) -> io::Result<()> {
        let (start, end) = place.extent(finding);
        let rule = finding.rule.rule();
        let line = Line {
            version: VERSION,
            path: name(place.path),
            record: place.record,
            start,
            end,
            rule: rule.id,
            class: rule.class.name(),
            severity: rule.severity.name(),
            confidence: finding.confidence.name(),
            tag: finding.tag.to_string(),
            evidence: (self.evidence == Evidence::Shown).then_some(finding.evidence),
        };
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Sink for Jsonl<W> {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Found { place, finding } => self.found(place, finding),
            Event::End { .. } => self.out.flush(),
            Event::Refused { .. } | Event::Progress { .. } => Ok(()),
        }
    }
}

/// A transcript's name in reports: its path, or `-` for a stream.
pub(super) fn name(path: Option<&Path>) -> Cow<'_, str> {
    path.map_or(Cow::Borrowed("-"), Path::to_string_lossy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn lines(evidence: Evidence) -> Vec<serde_json::Value> {
        let mut out = Vec::new();
        samples::play(&mut Jsonl::new(&mut out, evidence));
        out.split(|b| *b == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }

    #[test]
    fn a_line_holds_the_place_in_the_file_and_what_the_rule_says() {
        let lines = lines(Evidence::Hidden);
        let keys: Vec<_> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            ["version", "path", "record", "start", "end", "rule", "class", "severity", "confidence", "tag"]
        );
        assert_eq!(
            (&lines[0]["start"], &lines[0]["end"], &lines[0]["record"]),
            (&110.into(), &125.into(), &7.into())
        );
        assert_eq!(lines[0]["tag"].as_str().unwrap().len(), 6);
        assert_eq!(lines[2]["path"], "-");
    }

    #[test]
    fn evidence_is_told_when_asked_for() {
        assert_eq!(lines(Evidence::Shown)[0]["evidence"], "made up");
    }
}
