//! A stretch of whole records: searched, then redacted.

use super::{
    Pipeline,
    compact::{Compact, Stretch},
    kept::Folders,
};
use crate::{
    detect::{Call, Found, Known, Learned, Scratch, Sighted, Unwrapped},
    finding::{Detail, Finding},
    policy::Decisions,
    redact,
    rule::{Class, Confidence, id},
    span::{Raw, Span},
    transcript::record::{Cut, Record},
    verify::{self, Change, Doubt, Grain, Remnant},
};
use std::{
    cell::RefCell,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

/// How often a record is searched again after its redaction before the texts go in which more is found every time.
const MAX_ROUNDS: usize = 4;

/// Whole records of one transcript.
pub(super) struct Chunk<'a> {
    /// The bytes, from the start of the first record to the end of the last.
    pub(super) bytes: &'a [u8],
    /// Where they start in the transcript.
    pub(super) offset: u64,
    /// The records; [`Cut::body`] is relative to the start of its record.
    pub(super) cuts: Vec<Cut>,
    /// How many blank lines are not among them, but in the length of the blank line before.
    pub(super) blank: u64,
    /// What folders its session works in, where that is asked.
    pub(super) folders: Arc<Folders>,
}

/// For how many bytes of a chunk one byte of findings is kept from the first search to the redaction. Where there are
/// more, the rest of the records is searched again: a file of nothing but findings must not fill the memory.
const PER_KEPT: usize = 3;

/// A record in which something was found, or unwrapped: a value that becomes known later may stand in that.
pub(super) struct Dirty {
    /// Its place in the chunk.
    pub(super) place: u32,
    /// Whether something was found in it.
    pub(super) found: bool,
    /// What was found in it, if that was kept.
    pub(super) findings: Option<(u32, Stretch)>,
    /// The texts in which something was wrapped.
    pub(super) unwrapped: Box<[Unwrapped]>,
}

/// What a first search of a chunk tells.
#[derive(Default)]
pub(super) struct Sighting {
    /// The records where something was found, in order.
    pub(super) dirty: Vec<Dirty>,
    /// What was found in them, as far as it was kept.
    pub(super) kept: Vec<Compact>,
    /// Values to be known elsewhere, with the offset of their record.
    pub(super) learned: Vec<(u64, Learned)>,
    /// Calls whose answers are asked for, with the offset of their record.
    pub(super) asked: Vec<(u64, Call)>,
    /// Number of lines in the chunk.
    pub(super) lines: u64,
}

/// A chunk after its redaction.
#[derive(Default)]
pub(super) struct Redacted {
    /// The stretches of the output, in order.
    pub(super) parts: Vec<Part>,
    /// What [`Part::Fresh`] stretches are made of.
    pub(super) fresh: Vec<u8>,
    /// What was found, record by record.
    pub(super) notes: Vec<Note>,
    /// Records in the chunk.
    pub(super) records: u64,
    /// Records that changed.
    pub(super) changed: u64,
}

/// A stretch of the output.
pub(super) enum Part {
    /// Bytes of the chunk as they were.
    Kept(Range<usize>),
    /// Bytes of [`Redacted::fresh`].
    Fresh(Range<usize>),
}

/// What is to be told of a record.
pub(super) struct Note {
    pub(super) line: u64,
    pub(super) offset: u64,
    pub(super) findings: Vec<Finding>,
    pub(super) doubt: Option<Doubt>,
}

/// What of a record is searched.
enum Focus<'f> {
    /// All of it, of which the first search has told this, if it was kept.
    First(Option<Sighted<'f>>),
    /// What has changed.
    Changed(&'f [Span<Raw>]),
}

/// A record's redaction.
struct Outcome {
    after: Option<Vec<u8>>,
    findings: Vec<Finding>,
    doubt: Option<Doubt>,
}

impl Outcome {
    /// A record at which our own code has stumbled: all of it goes.
    fn faulty(record: &Record<'_>) -> Self {
        let after = catch_unwind(|| wholly_redacted(record.bytes)).unwrap_or_else(|_| UNVERIFIED.to_vec());
        Self { after: Some(after), findings: Vec::new(), doubt: Some(Doubt::Fault) }
    }
}

/// Does `work` on a record; `None` if that panics. An error of ours in one record must neither let it pass nor keep the
/// others from being redacted.
fn guarded<T>(
    #[cfg_attr(not(test), expect(unused_variables, reason = "tests choose the record at which it stumbles"))]
    record: &Record<'_>,
    work: impl FnOnce() -> T,
) -> Option<T> {
    let work = || {
        #[cfg(test)]
        tests::stumble(record.bytes);
        work()
    };
    catch_unwind(AssertUnwindSafe(work)).ok()
}

thread_local! {
    static SCRATCH: RefCell<(Scratch, Found)> = RefCell::default();
}

impl Chunk<'_> {
    pub(super) fn records(&self) -> impl Iterator<Item = (Range<usize>, Record<'_>)> {
        let mut at = 0;
        self.cuts.iter().map(move |cut| {
            let body = at + cut.body.start..at + cut.body.end;
            at += cut.len;
            let offset = self.offset + body.start as u64;
            let record = Record { bytes: &self.bytes[body.clone()], offset, line: cut.line };
            (body, record)
        })
    }

    /// How many lines it has, of which the first is number 1: those before the last record, and that record's.
    fn lines(&self) -> u64 {
        self.cuts.last().map_or(0, |last| {
            let record = &self.bytes[self.bytes.len() - last.len..];
            last.line - 1 + memchr::memchr_iter(b'\n', record).count() as u64
        })
    }
}

impl Chunk<'_> {
    /// Where the records start that may answer a call whose answer is asked for.
    pub(super) fn answers(&self, known: &Known) -> Vec<u64> {
        let answers = self.records().filter(|(_, record)| known.may_answer(record.offset, record.bytes));
        answers.map(|(_, record)| record.offset).collect()
    }
}

impl Pipeline {
    /// Searches a chunk for the first time.
    pub(super) fn sight(&self, chunk: &Chunk<'_>, known: &Known) -> Sighting {
        SCRATCH.with_borrow_mut(|(scratch, found)| {
            scratch.of_source = chunk.folders.of_source;
            let mut sighting = Sighting::default();
            let mut kept = Compact::default();
            let most = chunk.bytes.len() / PER_KEPT;
            for (place, (_, record)) in chunk.records().enumerate() {
                if guarded(&record, || self.detector.search(&record, known, scratch, found)).is_none() {
                    (*scratch, *found) = Default::default();
                    let (place, unwrapped) = (place as u32, Box::default());
                    sighting.dirty.push(Dirty { place, found: true, findings: None, unwrapped });
                } else if !found.findings.is_empty() || !found.unwrapped.is_empty() {
                    let findings = kept.add(&found.findings, most).map(|stretch| (0, stretch));
                    let (place, is_found) = (place as u32, !found.findings.is_empty());
                    let unwrapped = std::mem::take(&mut found.unwrapped).into_boxed_slice();
                    sighting.dirty.push(Dirty { place, found: is_found, findings, unwrapped });
                    if self.kept.as_ref().is_some_and(|patterns| patterns.keeps(&record, &chunk.folders)) {
                        found.learned.retain(|learned| learned.class() != Class::Code);
                    }
                    sighting.learned.extend(found.learned.drain(..).map(|learned| (record.offset, learned)));
                }
                let asked =
                    guarded(&record, || self.detector.questions(&record, scratch)).unwrap_or_default();
                sighting.asked.extend(asked.into_iter().map(|call| (record.offset, call)));
            }
            sighting.kept.push(kept);
            sighting.lines = chunk.lines();
            sighting
        })
    }

    /// What the records tell that have been noted as answers, of which the first search did not know.
    pub(super) fn heed(&self, chunk: &Chunk<'_>, known: &Known) -> Vec<(u64, Learned)> {
        SCRATCH.with_borrow_mut(|(scratch, found)| {
            let mut learned = Vec::new();
            for (_, record) in chunk.records().filter(|(_, record)| known.is_answer(record.offset)) {
                if guarded(&record, || self.detector.search(&record, known, scratch, found)).is_none() {
                    (*scratch, *found) = Default::default();
                }
                learned.extend(found.learned.drain(..).map(|learned| (record.offset, learned)));
            }
            learned
        })
    }

    /// Redacts a chunk in which `dirty` records hold something and others may hold a known value, if `news` says that
    /// values became known since the first search. `first_line` is added to the records' numbers.
    pub(super) fn redact(
        &self,
        chunk: &Chunk<'_>,
        path: Option<&Path>,
        (dirty, kept): (&[Dirty], &[Compact]),
        known: &Known,
        news: bool,
        first_line: u64,
    ) -> Redacted {
        SCRATCH.with_borrow_mut(|(scratch, _)| scratch.of_source = chunk.folders.of_source);
        let mut out = Redacted { records: chunk.cuts.len() as u64 + chunk.blank, ..Redacted::default() };
        let mut kept_from = 0;
        let mut dirty = dirty.iter().peekable();
        for (place, (body, record)) in chunk.records().enumerate() {
            let dirty = dirty.next_if(|dirty| dirty.place == place as u32);
            let first = dirty.map_or_else(|| Some(Sighted::default()), |dirty| sighted(dirty, kept));
            let asks = news || dirty.is_some_and(|dirty| dirty.found);
            let outcome = guarded(&record, || {
                asks.then(|| self.redact_record(&record, first, path, known, &chunk.folders))
            });
            let Some(Outcome { after, findings, doubt }) = outcome.unwrap_or_else(|| {
                drop(SCRATCH.take());
                Some(Outcome::faulty(&record))
            }) else {
                continue;
            };
            if let Some(after) = after {
                out.parts.push(Part::Kept(kept_from..body.start));
                let from = out.fresh.len();
                out.fresh.extend_from_slice(&after);
                out.parts.push(Part::Fresh(from..out.fresh.len()));
                kept_from = body.end;
                out.changed += 1;
            }
            if !findings.is_empty() || doubt.is_some() {
                out.notes.push(Note {
                    line: first_line + record.line,
                    offset: record.offset,
                    findings,
                    doubt,
                });
            }
        }
        out.parts.push(Part::Kept(kept_from..chunk.bytes.len()));
        out
    }

    /// Redacts a record until a search of what changed finds nothing more, and compares it with what it was. `first` is
    /// what the first search has told of it.
    fn redact_record(
        &self,
        record: &Record<'_>,
        mut first: Option<Sighted<'_>>,
        path: Option<&Path>,
        known: &Known,
        folders: &Folders,
    ) -> Outcome {
        let mut outcome = Outcome { after: None, findings: Vec::new(), doubt: None };
        let mut changed: Option<Vec<Span<Raw>>> = None;
        let keeps_code = self.kept.as_ref().is_some_and(|patterns| patterns.keeps(record, folders));
        for round in 0..=MAX_ROUNDS {
            let bytes = outcome.after.as_deref().unwrap_or(record.bytes);
            let now = Record { bytes, ..*record };
            let focus = match &changed {
                None => Focus::First(first.take()),
                Some(changed) => Focus::Changed(changed),
            };
            let decided = self.decide(&now, focus, keeps_code, path, known);
            if decided.decisions.is_empty() {
                break;
            }
            let Decided { mut findings, decisions, exempt } = decided;
            let mut copy = self.copy(bytes, decisions, &exempt);
            if round == MAX_ROUNDS {
                let texts = verify::changed(copy.change(bytes, &exempt));
                copy = self.without(texts, bytes, &mut findings, &exempt, path);
            } else if copy.is_told() {
                copy = self.without_remnants(bytes, copy, &mut findings, &exempt, path);
            }
            let Copy { bytes: next, changed: spans, doubt, .. } = copy;
            if round == 0 {
                outcome.findings = findings;
            }
            if let Some(doubt) = doubt {
                outcome.after = Some(wholly_redacted(record.bytes));
                outcome.doubt = Some(doubt);
                break;
            }
            outcome.after = Some(next);
            changed = Some(spans);
        }
        outcome
    }

    /// What is to be done with a record, or with what of it has changed.
    fn decide(
        &self,
        record: &Record<'_>,
        focus: Focus<'_>,
        keeps_code: bool,
        path: Option<&Path>,
        known: &Known,
    ) -> Decided {
        SCRATCH.with_borrow_mut(|(scratch, found)| {
            match focus {
                Focus::First(Some(mut first)) => {
                    let stays = self.staying(&mut first.findings, record, keeps_code, path);
                    self.detector.search_news(record, known, first, scratch, found);
                    found.findings.extend(stays);
                }
                Focus::First(None) => self.detector.search(record, known, scratch, found),
                Focus::Changed(changed) => {
                    self.detector.search_again(record, changed, known, scratch, found);
                }
            }
            let mut findings = std::mem::take(&mut found.findings);
            if findings.is_empty() {
                return Decided::default();
            }
            findings.retain(|finding| !(keeps_code && is_code(finding)));
            findings.retain(|finding| !finding.spans.iter().all(|&span| redact::is_own(record.bytes, span)));
            let exempt = self.policy.exempted(&findings, path, record.bytes);
            let decisions = self.policy.resolve(&mut findings, path, record.bytes);
            Decided { findings, decisions, exempt }
        })
    }

    /// Takes those out of `findings` that are not replaced, since the user wants them to stay: a known value that stands in
    /// one of them is not told by it.
    fn staying(
        &self,
        findings: &mut Vec<Finding>,
        record: &Record<'_>,
        keeps_code: bool,
        path: Option<&Path>,
    ) -> Vec<Finding> {
        if !keeps_code && !self.policy.exempts() {
            return Vec::new();
        }
        let goes = |finding: &mut Finding| {
            !(keeps_code && is_code(finding)) && self.policy.replaces(finding, path, record.bytes)
        };
        findings.extract_if(.., |finding| !goes(finding)).collect()
    }
}

fn is_code(finding: &Finding) -> bool {
    finding.rule.rule().class == Class::Code
}

impl Pipeline {
    /// A copy of `before` with `decisions` applied, compared with it.
    fn copy(&self, before: &[u8], decisions: Decisions, exempt: &[Vec<u8>]) -> Copy {
        let mut bytes = Vec::with_capacity(before.len());
        let changed = redact::apply(before, &decisions, &mut bytes);
        let mut copy = Copy { bytes, changed, decisions, doubt: None };
        copy.doubt = verify::compare(copy.change(before, exempt), &self.detector).err();
        copy
    }

    /// The copy without what in it still tells something: the word, else the line, else the text. Adds that to `findings`.
    fn without_remnants(
        &self,
        before: &[u8],
        mut copy: Copy,
        findings: &mut Vec<Finding>,
        exempt: &[Vec<u8>],
        path: Option<&Path>,
    ) -> Copy {
        for grain in Grain::ALL {
            let remnants = verify::remnants(copy.change(before, exempt), &self.detector, grain);
            if remnants.is_empty() {
                break;
            }
            copy = self.without(remnants, before, findings, exempt, path);
            if !copy.is_told() {
                break;
            }
        }
        copy
    }

    /// A copy of `before` without `remnants`, which are added to `findings`.
    fn without(
        &self,
        remnants: Vec<Remnant>,
        before: &[u8],
        findings: &mut Vec<Finding>,
        exempt: &[Vec<u8>],
        path: Option<&Path>,
    ) -> Copy {
        findings.extend(remnants.into_iter().map(|remnant| self.remnant(before, remnant)));
        let decisions = self.policy.resolve(&mut findings.clone(), path, before);
        self.copy(before, decisions, exempt)
    }

    fn remnant(&self, before: &[u8], Remnant { spans, quoted, whole }: Remnant) -> Finding {
        let value: Vec<u8> = spans.iter().flat_map(|span| &before[span.range()]).copied().collect();
        Finding {
            rule: id::SECRET_REMNANT,
            confidence: Confidence::High,
            evidence: "what the copy still told of a removed value",
            tag: self.key.tag(&value),
            spans,
            detail: Detail::None,
            learn: None,
            whole,
            quoted,
        }
    }
}

/// What is to be done with a record.
#[derive(Default)]
struct Decided {
    findings: Vec<Finding>,
    decisions: Decisions,
    /// Values that stay because the user exempts them.
    exempt: Vec<Vec<u8>>,
}

/// A record's copy, and what it was made with.
struct Copy {
    bytes: Vec<u8>,
    /// Where the replacements stand.
    changed: Vec<Span<Raw>>,
    decisions: Decisions,
    doubt: Option<Doubt>,
}

impl Copy {
    fn change<'a>(&'a self, before: &'a [u8], exempt: &'a [Vec<u8>]) -> Change<'a> {
        Change { before, after: &self.bytes, decisions: &self.decisions, changed: &self.changed, exempt }
    }

    /// Whether it still tells something of a secret.
    fn is_told(&self) -> bool {
        matches!(self.doubt, Some(Doubt::Survivor | Doubt::Token))
    }
}

/// What the first search has told of a record, if all of it was kept.
fn sighted<'d>(dirty: &'d Dirty, kept: &[Compact]) -> Option<Sighted<'d>> {
    let (store, stretch) = dirty.findings.as_ref()?;
    Some(Sighted { findings: kept[*store as usize].get(stretch), unwrapped: &dirty.unwrapped })
}

/// What stands for a text that cannot be verified.
const UNVERIFIED: &[u8] = b"[REDACTED:unverified]";

/// What stands for a record that cannot be verified: its JSON structure with every text replaced, or one line.
fn wholly_redacted(record: &[u8]) -> Vec<u8> {
    use crate::transcript::{agent::Fields, json::Kind, text::Field, tree::Tree};
    let mut tree = Tree::default();
    if tree.read(record).is_err() {
        let lines = memchr::memchr_iter(b'\n', record).count();
        return [UNVERIFIED, &b"\n".repeat(lines)].concat();
    }
    let mut fields = Fields::default();
    fields.read(record, &tree);
    let mut out = Vec::with_capacity(record.len());
    let mut at = 0;
    for (index, token) in tree.tokens().iter().enumerate() {
        let goes = match token.kind {
            Kind::String | Kind::Key => fields.get(index) != Field::Structural,
            Kind::Number => token.end - token.start > 8,
            _ => false,
        };
        // Keys of the agent's own format say nothing; others may be a path or worse.
        let plain_key = token.kind == Kind::Key
            && token.bytes(record).len() <= 32
            && token.bytes(record).iter().all(|b| b.is_ascii_alphabetic() || *b == b'_');
        if goes && !plain_key {
            out.extend_from_slice(&record[at..token.start as usize]);
            let quote: &[u8] = if token.kind == Kind::Number { b"\"" } else { b"" };
            out.extend_from_slice(&[quote, UNVERIFIED, quote].concat());
            at = token.end as usize;
        }
    }
    out.extend_from_slice(&record[at..]);
    out
}

#[cfg(test)]
mod tests;
