//! Texts that recur (a working directory, a version, a branch on every line) are searched once.

use super::{Found, known::Learned};
use crate::{
    finding::Finding,
    span::Span,
    transcript::text::{Field, Role},
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The longest text that is remembered, in bytes.
const LONGEST: usize = 200;

/// Number of places. What falls on a taken place takes it over.
const PLACES: usize = 512;

/// Everything that the findings of a text depend on.
pub(super) struct Question<'q> {
    pub(super) raw: &'q [u8],
    pub(super) key: Option<&'q [u8]>,
    pub(super) role: Role,
    pub(super) field: Field,
    pub(super) cwd: Option<&'q [u8]>,
}

/// What was found in texts, by thread.
#[derive(Default)]
pub(super) struct Memo {
    places: Vec<Option<Answer>>,
}

/// What was found in one text.
pub(super) struct Answer {
    version: Version,
    raw: Vec<u8>,
    key: Option<Vec<u8>>,
    cwd: Option<Vec<u8>>,
    role: Role,
    field: Field,
    /// With spans relative to the start of the text.
    findings: Vec<Finding>,
    learned: Vec<Learned>,
    decoded: bool,
}

/// The detector and the state of the known values that an answer holds for.
type Version = (u64, u64);

impl Memo {
    /// What was found in the text, if it has been searched before.
    pub(super) fn get(&self, question: &Question<'_>, version: Version) -> Option<&Answer> {
        let answer = self.places.get(place(question)?)?.as_ref()?;
        answer.fits(question, version).then_some(answer)
    }

    /// Remembers what was found in a text that starts at byte `start`: everything in `found` from `before` on.
    pub(super) fn keep(
        &mut self,
        question: &Question<'_>,
        version: Version,
        start: usize,
        found: &Found,
        before: (usize, usize),
    ) {
        let Some(place) = place(question) else { return };
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        let findings =
            found.findings[before.0..].iter().map(|finding| moved(finding, |at| at - start)).collect();
        self.places[place] = Some(Answer {
            version,
            raw: question.raw.to_owned(),
            key: question.key.map(<[u8]>::to_owned),
            cwd: question.cwd.map(<[u8]>::to_owned),
            role: question.role,
            field: question.field,
            findings,
            learned: found.learned[before.1..].to_vec(),
            decoded: found.decoded,
        });
    }
}

impl Answer {
    fn fits(&self, question: &Question<'_>, version: Version) -> bool {
        self.version == version
            && self.raw == question.raw
            && (self.role, self.field) == (question.role, question.field)
            && self.key.as_deref() == question.key
            && self.cwd.as_deref() == question.cwd
    }

    /// Appends what was found, for a text that starts at byte `start`.
    pub(super) fn give(&self, start: usize, out: &mut Found) {
        out.findings.extend(self.findings.iter().map(|finding| moved(finding, |at| at + start)));
        out.learned.extend(self.learned.iter().cloned());
        out.decoded |= self.decoded;
    }
}

fn moved(finding: &Finding, by: impl Fn(usize) -> usize) -> Finding {
    let span = |span: Span<_>| Span::new(by(span.start()), by(span.end()));
    Finding {
        spans: finding.spans.iter().map(|&s| span(s)).collect(),
        whole: finding.whole.map(span),
        ..finding.clone()
    }
}

/// Where the text is remembered; `None` if it is too long.
fn place(question: &Question<'_>) -> Option<usize> {
    if question.raw.len() > LONGEST || question.cwd.is_some_and(|cwd| cwd.len() > LONGEST) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    (question.raw, question.key, question.role).hash(&mut hasher);
    usize::try_from(hasher.finish() % PLACES as u64).ok()
}
