//! Findings of a first search, kept in a few bytes each until their record is redacted.

use crate::{
    finding::{Detail, Finding, Learn},
    rule::{Confidence, RuleId},
    span::{Raw, Span},
    tag::Tag,
};
use std::ops::Range;

/// Findings of the records of a chunk, one record after the other.
#[derive(Default)]
pub(super) struct Compact {
    /// What findings have in common: few, since rules, evidence and languages are.
    forms: Vec<Form>,
    /// For each rule by its number, the place in `forms` of what was added last.
    recent: Vec<usize>,
    bytes: Vec<u8>,
}

/// The bytes that one takes, but for those that are very near the one before.
const LEAST: usize = 13;

/// Where the findings of one record stand in [`Compact`].
pub(super) type Stretch = Range<u32>;

/// What many findings have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form {
    rule: RuleId,
    confidence: Confidence,
    evidence: &'static str,
    /// With no number of lines.
    detail: Detail,
    learn: Option<Learn>,
    has_whole: bool,
    quoted: bool,
}

impl Compact {
    /// Adds the findings of a record, unless that would take more than `most` bytes for all.
    pub(super) fn add(&mut self, findings: &[Finding], most: usize) -> Option<Stretch> {
        let from = self.bytes.len();
        for finding in findings {
            self.push(finding);
            if self.bytes.len() > most {
                self.bytes.truncate(from);
                return None;
            }
        }
        Some(u32::try_from(from).ok()?..u32::try_from(self.bytes.len()).ok()?)
    }

    /// The findings of a record, as they were added.
    pub(super) fn get(&self, place: &Stretch) -> Vec<Finding> {
        let mut reader = Reader { bytes: &self.bytes[place.start as usize..place.end as usize], at: 0 };
        let mut findings = Vec::with_capacity(reader.bytes.len() / LEAST + 1);
        while !reader.bytes.is_empty() {
            findings.push(self.next(&mut reader));
        }
        findings
    }

    fn push(&mut self, finding: &Finding) {
        let (detail, lines) = match finding.detail {
            Detail::Outline { language, lines } => (Detail::Outline { language, lines: 0 }, Some(lines)),
            other => (other, None),
        };
        let Finding { rule, confidence, evidence, learn, quoted, whole, .. } = *finding;
        let form = Form { rule, confidence, evidence, detail, learn, has_whole: whole.is_some(), quoted };
        put(self.place(form), &mut self.bytes);
        put(finding.spans.len(), &mut self.bytes);
        lines.into_iter().for_each(|lines| put(lines, &mut self.bytes));
        self.bytes.extend_from_slice(&finding.tag.bits().to_le_bytes());
        let mut at = 0;
        for span in whole.iter().chain(&*finding.spans) {
            // A `whole` span, which comes first, starts at or before what is in it.
            put(span.start().wrapping_sub(at), &mut self.bytes);
            put(span.len(), &mut self.bytes);
            at = span.start();
        }
    }

    /// The place of a form, which is often that of the finding before under the same rule.
    fn place(&mut self, form: Form) -> usize {
        let rule = form.rule.index();
        if self.recent.len() <= rule {
            self.recent.resize(rule + 1, 0);
        }
        let recent = self.recent[rule];
        if self.forms.get(recent) == Some(&form) {
            return recent;
        }
        let place = self.forms.iter().position(|&other| other == form).unwrap_or(self.forms.len());
        if place == self.forms.len() {
            self.forms.push(form);
        }
        self.recent[rule] = place;
        place
    }

    fn next(&self, reader: &mut Reader<'_>) -> Finding {
        let Form { rule, confidence, evidence, detail, learn, has_whole, quoted } =
            self.forms[reader.number()];
        let spans = reader.number();
        let detail = match detail {
            Detail::Outline { language, .. } => Detail::Outline { language, lines: reader.number() },
            other => other,
        };
        let tag = Tag::from_bits(reader.word());
        reader.at = 0;
        let whole = has_whole.then(|| reader.span());
        let spans = (0..spans).map(|_| reader.span()).collect();
        Finding { rule, confidence, evidence, tag, spans, detail, learn, whole, quoted }
    }
}

/// Appends a number, seven bits a byte, the lowest first.
fn put(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads what [`Compact`] wrote.
struct Reader<'k> {
    bytes: &'k [u8],
    /// Where the span before starts.
    at: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        number
    }

    fn word(&mut self) -> u64 {
        let (word, rest) = self.bytes.split_first_chunk().expect("a tag is written whole");
        self.bytes = rest;
        u64::from_le_bytes(*word)
    }

    fn span(&mut self) -> Span<Raw> {
        let start = self.at.wrapping_add(self.number());
        self.at = start;
        Span::new(start, start + self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rule, tag::Key, transcript::text::MediaKind};
    use proptest::prelude::*;

    fn findings() -> impl Strategy<Value = Vec<Finding>> {
        let span = (0usize..5_000_000, 0usize..70_000).prop_map(|(start, len)| Span::new(start, start + len));
        let detail = prop_oneof![
            Just(Detail::None),
            Just(Detail::Empty),
            Just(Detail::Media(MediaKind::Png)),
            (prop_oneof![Just("python"), Just("")], 0usize..100_000)
                .prop_map(|(language, lines)| Detail::Outline { language, lines }),
        ];
        let spans = proptest::collection::vec(span.clone(), 1..4);
        let whole = proptest::option::of(span);
        let parts = (0usize..40, any::<u64>(), spans, detail, whole, any::<bool>());
        let finding = parts.prop_map(|(rule, tag, spans, detail, whole, quoted)| Finding {
            rule: rule::all().nth(rule).unwrap(),
            confidence: Confidence::High,
            evidence: "a test",
            tag: Key::from_material(&[1; 32]).tag(&tag.to_le_bytes()),
            spans: spans.into_iter().collect(),
            detail,
            learn: quoted.then_some(Learn::Login),
            whole,
            quoted,
        });
        proptest::collection::vec(finding, 0..8)
    }

    proptest! {
        #[test]
        fn findings_come_back_as_they_were(records in proptest::collection::vec(findings(), 1..5)) {
            let mut kept = Compact::default();
            let places: Vec<_> = records.iter().map(|record| kept.add(record, usize::MAX).unwrap()).collect();
            for (record, place) in records.iter().zip(&places) {
                prop_assert_eq!(&kept.get(place), record);
            }
        }

        #[test]
        fn what_is_kept_is_bounded(records in proptest::collection::vec(findings(), 1..20), most in 0usize..400) {
            let mut kept = Compact::default();
            for record in &records {
                if let Some(place) = kept.add(record, most) {
                    prop_assert_eq!(&kept.get(&place), record);
                }
                prop_assert!(kept.bytes.len() <= most);
            }
        }
    }
}
