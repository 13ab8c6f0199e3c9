//! Texts that recur are searched once: a working directory, a version, a branch on every line; what a tool printed, which
//! agents note twice in one record; a file before and after a change.

use super::{Found, Unwrapped, known::Learned};
use crate::{
    finding::Finding,
    span::Span,
    transcript::text::{Field, Role},
};
use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hash, Hasher};

/// The longest short text, in bytes.
const SHORT: usize = 200;

/// The longest text that is remembered, in bytes.
const LONGEST: usize = 1 << 16;

/// Number of places for short texts, and for long ones. What falls on a taken place takes it over.
const PLACES: usize = 2048;
const LONG_PLACES: usize = 128;

/// How much of either end of a long text tells its place, in bytes.
const ENDS: usize = 64;

/// Keys that say nothing of a long text, in any agent's format.
const SILENT: [&[u8]; 14] = [
    b"content",
    b"fullOutput",
    b"message",
    b"newString",
    b"new_string",
    b"oldString",
    b"old_string",
    b"originalFile",
    b"output",
    b"prompt",
    b"result",
    b"stderr",
    b"stdout",
    b"text",
];

/// The key as it counts for the findings of a text: one that says nothing is as good as another.
pub(super) fn telling<'k>(key: Option<&'k [u8]>, raw: &[u8]) -> Option<&'k [u8]> {
    let silent = |key: &&[u8]| raw.len() > SHORT && SILENT.binary_search(key).is_ok();
    if key.as_ref().is_some_and(silent) { Some(b"text") } else { key }
}

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
    unwrapped: Option<Unwrapped>,
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
        before: (usize, usize, usize),
    ) {
        let Some(place) = place(question) else { return };
        if self.places.is_empty() {
            self.places.resize_with(PLACES + LONG_PLACES, || None);
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
            unwrapped: found.unwrapped.get(before.2).cloned(),
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
        let at = start as u32;
        out.unwrapped.extend(self.unwrapped.clone().map(|text| Unwrapped { at, ..text }));
    }
}

fn moved(finding: &Finding, by: impl Fn(usize) -> usize) -> Finding {
    let span = |span: Span<_>| Span::new(by(span.start()), by(span.end()));
    let &Finding { rule, confidence, evidence, tag, detail, learn, quoted, .. } = finding;
    let (spans, whole) = (finding.spans.iter().map(|&s| span(s)).collect(), finding.whole.map(span));
    Finding { rule, confidence, evidence, tag, spans, detail, learn, whole, quoted }
}

/// Where the text is remembered; `None` if it is too long.
fn place(question: &Question<'_>) -> Option<usize> {
    let raw = question.raw;
    if raw.len() > LONGEST || question.cwd.is_some_and(|cwd| cwd.len() > SHORT) {
        return None;
    }
    let mut hasher = FixedState::default().build_hasher();
    if raw.len() <= SHORT {
        (raw, question.key, question.role).hash(&mut hasher);
        return usize::try_from(hasher.finish() % PLACES as u64).ok();
    }
    (&raw[..ENDS], &raw[raw.len() - ENDS..], raw.len()).hash(&mut hasher);
    usize::try_from(hasher.finish() % LONG_PLACES as u64).ok().map(|place| PLACES + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_say_nothing_are_as_good_as_each_other_for_long_texts_only() {
        assert!(SILENT.is_sorted());
        let (long, short) = ([b'x'; SHORT + 1], [b'x'; SHORT]);
        for key in SILENT {
            assert_eq!(telling(Some(key), &long), Some(&b"text"[..]));
            assert_eq!(telling(Some(key), &short), Some(key));
        }
        assert_eq!(telling(Some(b"password"), &long), Some(&b"password"[..]));
        assert_eq!(telling(None, &long), None);
    }

    #[test]
    fn a_text_is_known_again_by_all_of_its_bytes() {
        let (text, mut other) = (vec![b'x'; 5_000], vec![b'x'; 5_000]);
        other[2_500] = b'y';
        let mut memo = Memo::default();
        let question = |raw| Question { raw, key: None, role: Role::Value, field: Field::Output, cwd: None };
        memo.keep(&question(&text), (1, 1), 7, &Found::default(), (0, 0, 0));
        assert!(memo.get(&question(&text), (1, 1)).is_some());
        assert!(memo.get(&question(&other), (1, 1)).is_none());
        assert!(memo.get(&question(&text), (1, 2)).is_none());
    }
}
