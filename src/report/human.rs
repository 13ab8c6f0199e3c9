//! For people: how much of what was found, and where first.

use super::{Event, Place, Sink, Totals};
use crate::{finding::Finding, rule::RuleId, tag::Tag};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
    path::Path,
};

/// What was found under one rule.
#[derive(Clone, Debug, Default)]
struct Count {
    findings: u64,
    records: u64,
    values: foldhash::HashSet<Tag>,
    first: String,
    /// The transcript, by its number in this run, and the record of the last finding.
    last: (u64, u64),
}

/// Counts what happens, to be told at the end.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    counts: BTreeMap<RuleId, Count>,
    totals: Totals,
    transcripts: u64,
    refused: Vec<String>,
    incomplete: bool,
}

impl Summary {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many findings there are.
    #[must_use]
    pub fn findings(&self) -> u64 {
        self.counts.values().map(|count| count.findings).sum()
    }

    /// The records that could not be verified, a line each.
    #[must_use]
    pub fn refusals(&self) -> String {
        self.refused.concat()
    }

    /// Says whether something could not be read, so that finding nothing means less.
    pub fn incomplete(&mut self, is: bool) {
        self.incomplete |= is;
    }

    /// What became of all transcripts together.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// How many transcripts there were.
    #[must_use]
    pub fn transcripts(&self) -> u64 {
        self.transcripts
    }

    /// Adds what another run counted.
    pub fn add(&mut self, other: Self) {
        for (rule, count) in other.counts {
            let mine = self.counts.entry(rule).or_default();
            if mine.findings == 0 {
                mine.first = count.first;
            }
            mine.findings += count.findings;
            mine.records += count.records;
            mine.values.extend(count.values);
        }
        self.totals.records += other.totals.records;
        self.totals.changed += other.totals.changed;
        self.totals.bytes += other.totals.bytes;
        self.transcripts += other.transcripts;
        self.refused.extend(other.refused);
    }

    /// The summary as text: a line per class and rule, worst first, and a line for the whole that ends with `label`.
    #[must_use]
    pub fn text(&self, label: &str) -> String {
        let mut rows: Vec<_> = self.counts.iter().collect();
        rows.sort_by_key(|(id, count)| {
            let rule = id.rule();
            (rule.class, std::cmp::Reverse((rule.severity, count.findings)), rule.id)
        });
        let width = rows.iter().map(|(id, _)| id.rule().id.len()).max().unwrap_or(0);
        let mut out = String::new();
        for (id, count) in rows {
            let rule = id.rule();
            let (class, severity) = (rule.class.name(), rule.severity.name());
            let amount = format!("{} in {}", grouped(count.findings), amount(count.records, "record"));
            let values = self::amount(count.values.len() as u64, "value");
            writeln!(
                out,
                "{class:<9} {severity:<9} {:<width$}  {amount}, {values}; first {}",
                rule.id, count.first
            )
            .expect("a string takes all");
        }
        out + &self.refusals() + &self.line(label)
    }

    /// The whole in one line.
    fn line(&self, label: &str) -> String {
        let findings = match self.findings() {
            0 if self.incomplete => "nothing found in what could be read".to_owned(),
            0 => "nothing found".to_owned(),
            some => format!("{} of them with {}", grouped(self.totals.changed), amount(some, "finding")),
        };
        let refused = match self.refused.len() {
            0 => String::new(),
            some => format!(", {} refused", amount(some as u64, "record")),
        };
        format!(
            "{} in {}, {}: {findings}{refused} ({label})\n",
            amount(self.totals.records, "record"),
            amount(self.transcripts, "transcript"),
            bytes(self.totals.bytes),
        )
    }

    fn found(&mut self, place: &Place<'_>, finding: &Finding) {
        let here = (self.transcripts, place.record);
        let count = self.counts.entry(finding.rule).or_default();
        if count.findings == 0 {
            count.first = shown(place);
        }
        if count.last != here {
            count.records += 1;
            count.last = here;
        }
        count.findings += 1;
        count.values.insert(finding.tag);
    }
}

impl Sink for Summary {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Found { place, finding } => self.found(place, finding),
            Event::Refused { place, reason } => {
                self.refused.push(format!("refused   {}, byte {}: {reason}\n", shown(place), place.offset));
            }
            Event::End { totals, .. } => {
                self.totals.records += totals.records;
                self.totals.changed += totals.changed;
                self.totals.bytes += totals.bytes;
                self.transcripts += 1;
            }
            Event::Progress { .. } => {}
        }
        Ok(())
    }
}

/// Tells every finding as it comes: where, what, why; never the value.
#[derive(Debug)]
pub struct Listing<W> {
    out: W,
}

impl<W: Write> Listing<W> {
    /// A list that goes to `out`.
    pub fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Sink for Listing<W> {
    fn event(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Found { place, finding } => {
                let (start, end) = place.extent(finding);
                let rule = finding.rule.rule();
                writeln!(
                    self.out,
                    "{}: bytes {start}..{end}: {} ({}, {}, {} confidence) {}: {}",
                    shown(place),
                    rule.id,
                    rule.class.name(),
                    rule.severity.name(),
                    finding.confidence.name(),
                    finding.tag,
                    finding.evidence,
                )
            }
            Event::Refused { place, reason } => writeln!(self.out, "{}: refused: {reason}", shown(place)),
            Event::End { .. } => self.out.flush(),
            Event::Progress { .. } => Ok(()),
        }
    }
}

fn shown(place: &Place<'_>) -> String {
    format!("{}:{}", place.path.map_or_else(|| "-".to_owned(), printable), place.record)
}

/// A path for a terminal, in one line: what in it moves the cursor, ends the line or turns the writing is escaped.
#[must_use]
pub fn printable(path: &Path) -> String {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let each = |c: char| if odd(c) { c.escape_default().to_string() } else { c.to_string() };
    path.to_string_lossy().chars().map(each).collect()
}

fn amount(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A count with its thousands apart: `12,345`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size in the largest decimal unit that leaves at least one: `12.3 MB`.
fn bytes(count: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.iter().find(|(size, _)| count >= *size) {
        Some((size, unit)) => format!("{}.{} {unit}", count / size, count % size * 10 / size),
        None => format!("{count} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn counts_findings_records_and_values_by_rule() {
        let mut summary = Summary::default();
        samples::play(&mut summary);
        let text = summary.text("profile share");
        let rule = samples::finding(1).rule.rule().id;
        assert!(text.contains(&format!("{rule}  3 in 2 records, 2 values; first a/b c.jsonl:7\n")), "{text}");
        assert!(text.contains("refused   -:3, byte 40: made up\n"), "{text}");
        assert!(
            text.ends_with(
                "13 records in 2 transcripts, 1.2 kB: 2 of them with 3 findings, 1 record refused (profile share)\n"
            ),
            "{text}"
        );
        assert!(!summary.is_clean());
    }

    #[test]
    fn sums_of_runs_are_what_one_run_counts() {
        let (mut whole, mut part) = (Summary::default(), Summary::default());
        samples::play(&mut whole);
        samples::play(&mut whole);
        samples::play(&mut part);
        let mut sum = part.clone();
        sum.add(part);
        assert_eq!(sum.text("bug"), whole.text("bug"));
    }

    #[test]
    fn a_list_gives_place_and_evidence() {
        let mut out = Vec::new();
        samples::play(&mut Listing::new(&mut out));
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("a/b c.jsonl:7: bytes 110..125: "), "{text}");
        assert_eq!(text.lines().filter(|line| line.ends_with(": made up")).count(), 4);
    }

    #[test]
    fn a_name_does_nothing_to_a_terminal() {
        for (path, told) in [
            ("a/b c.jsonl", "a/b c.jsonl"),
            ("e\u{1b}]0;x\u{7}\r.jsonl", "e\\u{1b}]0;x\\u{7}\\r.jsonl"),
            ("a\nnothing found", "a\\nnothing found"),
            ("a\u{202e}lnosj", "a\\u{202e}lnosj"),
        ] {
            assert_eq!(printable(Path::new(path)), told);
            let place = Place { path: Some(Path::new(path)), record: 1, offset: 0 };
            let event = Event::Found { place, finding: &samples::finding(1) };
            let (mut out, mut summary) = (Vec::new(), Summary::default());
            Listing::new(&mut out).event(&event).unwrap();
            summary.event(&event).unwrap();
            assert!(String::from_utf8(out).unwrap().starts_with(&format!("{told}:1: ")));
            assert!(summary.text("x").contains(&format!("first {told}:1\n")));
        }
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [999, 1_000, 1_999, 2_050_000, 3_000_000_000].map(bytes),
            ["999 B", "1.0 kB", "1.9 kB", "2.0 MB", "3.0 GB"]
        );
    }
}
