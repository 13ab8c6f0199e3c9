//! Known values: literals that we were told, or have found under a rule, wherever they recur.

mod asked;
mod brand;
mod common;
mod cover;
mod entry;
mod everyday;
mod filter;
mod form;
mod grams;
mod index;
mod lesson;

pub(in crate::detect) use asked::Of;
pub use asked::{Call, Talk};
pub(super) use cover::Untold;
pub(super) use lesson::Lessons;

use super::{
    asked::Asked,
    subject::{Hit, Hits},
    vocabulary,
};
use crate::{
    finding::{Finding, Learn},
    rule::{Class, Confidence, RuleId},
    tag::{Key, Tag},
};
use asked::Calls;
use cover::Covers;
use entry::Entry;
use foldhash::HashMap;
use index::Index;
use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// The least length of a value that we are told, in bytes.
const MIN_TOLD: usize = 3;

/// The least length of a secret that counts wherever it stands, also within a word, in bytes: that from which on
/// [`crate::verify`] lets none of it stay.
const ANYWHERE: usize = 12;

/// The most values that are kept. A stream may go on for ever; its memory may not.
const MAX_VALUES: usize = 1 << 16;

/// How many values there may be when a name that code defines is added: they must not take the place of secrets.
const MAX_NAMES: usize = MAX_VALUES / 4 * 3;

/// How many values there may be when one of that kind is added.
fn most(learn: Learn) -> usize {
    if matches!(learn, Learn::Name | Learn::Component) { MAX_NAMES } else { MAX_VALUES }
}

/// A value found in one record, on its way to the table.
#[derive(Clone)]
pub struct Learned {
    value: Arc<[u8]>,
    rule: RuleId,
    learn: Learn,
    tag: Tag,
}

impl Learned {
    /// The class of the rule under which it was found.
    #[must_use]
    pub fn class(&self) -> Class {
        self.rule.rule().class
    }
}

/// Never the value.
impl std::fmt::Debug for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Learned(<{} bytes>, {})", self.value.len(), self.tag)
    }
}

/// Everything known, and since when. A value is met from the record on in which it was found, so that a stream gives
/// the same bytes however it is cut.
#[derive(Clone, Default)]
pub struct Known {
    entries: Vec<Entry>,
    /// How many of the entries are forms of others.
    forms: usize,
    /// How many of the entries, the first ones, we were told.
    told: usize,
    places: HashMap<Vec<u8>, usize>,
    /// The places of words that are names only where they are marked: they may be known as names too.
    brands: HashMap<Vec<u8>, usize>,
    /// The values in all their forms: form `f` of entry `e` is literal `e * FORMS + f`.
    index: Index,
    /// Calls whose answers are asked for.
    calls: Calls,
    /// Tells this state from every other, of this table or another.
    version: u64,
}

/// Which of the known values are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// All of them.
    All,
    /// Secrets: the text is a word of the format, in which no name stands.
    Secrets,
    /// Those that we were told: the text is put together on a guess, which is not made again when more becomes known.
    Told,
}

/// A value with lines that end in `\n` alone.
fn plain_lines(value: &[u8]) -> Vec<u8> {
    let ends = |at: usize| value[at] == b'\r' && value.get(at + 1) == Some(&b'\n');
    (0..value.len()).filter(|&at| !ends(at)).map(|at| value[at]).collect()
}

/// A number that nobody else in this process has.
pub(super) fn fresh_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Known {
    /// Adds a value that we were told, for all records. Says whether it was long enough to be added.
    pub fn tell(&mut self, value: &[u8], rule: RuleId, key: &Key) -> bool {
        let value = value.trim_ascii();
        // In the texts that are searched no line ends as Windows ends it; the raw bytes tell where to look.
        if memchr::memmem::find(value, b"\r\n").is_some() {
            self.tell(&plain_lines(value), rule, key);
        }
        let worth = value.len() >= MIN_TOLD && !is_common(value);
        if worth {
            let learned = Learned { value: value.into(), rule, learn: Learn::Secret, tag: key.tag(value) };
            self.add(std::iter::once((0, learned)));
            self.told = self.entries.len();
        }
        worth
    }

    /// Adds values with the records in which they were found; the first record that holds one counts.
    pub fn add(&mut self, learned: impl IntoIterator<Item = (u64, Learned)>) {
        for (since, Learned { value, rule, learn, tag }) in learned {
            let value = whole_characters(&value);
            if value.len() < MIN_TOLD {
                continue;
            }
            let brand = learn == Learn::Brand;
            let places = if brand { &mut self.brands } else { &mut self.places };
            if let Some(&place) = places.get(value) {
                let entry = &mut self.entries[place];
                let sooner = entry.clearer.is_none_or(|(_, known)| since < known);
                if entry.is_vaguer(rule, tag) && sooner {
                    entry.clearer = Some((rule, since));
                    self.version = fresh_number();
                }
                if since < entry.since {
                    entry.take_over(rule, tag, since);
                    self.version = fresh_number();
                    let forms = if learn == Learn::Secret { form::forms(value) } else { Vec::new() };
                    forms.into_iter().for_each(|form| self.add_form(form, rule, tag, since));
                }
            } else if self.entries.len() < most(learn) {
                let anywhere = learn == Learn::Secret && value.len() >= ANYWHERE;
                self.index.add(value.to_vec());
                if value.iter().any(|b| matches!(b, b'"' | b'\\' | b'\n' | b'\t' | b'\r')) {
                    let once = escaped(value);
                    let twice = escaped(&once);
                    self.index.add(once);
                    self.index.add(twice);
                } else {
                    self.index.skip();
                    self.index.skip();
                }
                let forms = if learn == Learn::Secret { form::forms(value) } else { Vec::new() };
                places.insert(value.to_vec(), self.entries.len());
                let everyday = learn == Learn::Project && vocabulary::has(value);
                self.entries.push(Entry { rule, clearer: None, learn, tag, since, anywhere, everyday });
                forms.into_iter().for_each(|form| self.add_form(form, rule, tag, since));
                self.version = fresh_number();
            }
        }
    }

    /// Adds a form in which a secret may recur, unless it was known before.
    fn add_form(&mut self, form: Vec<u8>, rule: RuleId, tag: Tag, since: u64) {
        if let Some(&place) = self.places.get(&form) {
            let entry = &mut self.entries[place];
            if since < entry.since {
                entry.take_over(rule, tag, since);
            }
        } else if self.entries.len() < MAX_VALUES {
            self.index.add(form.clone());
            self.index.skip();
            self.index.skip();
            self.places.insert(form, self.entries.len());
            self.entries.push(Entry {
                rule,
                clearer: None,
                learn: Learn::Secret,
                tag,
                since,
                anywhere: true,
                everyday: false,
            });
            self.forms += 1;
        }
    }

    /// Adds calls whose answers are asked for, with the records in which they stand.
    pub fn ask(&mut self, calls: impl IntoIterator<Item = (u64, Call)>) {
        calls.into_iter().for_each(|(since, call)| self.calls.add(since, call));
    }

    /// Whether the record at byte `at` holds the id of a call, made there or before, whose answer is asked for.
    #[must_use]
    pub fn may_answer(&self, at: u64, record: &[u8]) -> bool {
        self.calls.is_dialogue(at)
            || self.calls.before(at, record).is_some()
            || !self.calls.find(at, record).is_empty()
    }

    /// Gives away what the order of records asks for in a transcript that has been read, since it means nothing in another.
    pub fn take_talk(&mut self) -> Talk {
        std::mem::take(&mut self.calls.talk)
    }

    /// The same with what was given away of the transcript that is read now.
    #[must_use]
    pub fn with_talk(&self, talk: &Talk) -> Cow<'_, Self> {
        if talk.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut known = self.clone();
        known.calls.talk = talk.clone();
        Cow::Owned(known)
    }

    /// Notes where records start that answer calls.
    pub fn note_answers(&mut self, at: impl IntoIterator<Item = u64>) {
        at.into_iter().for_each(|at| self.calls.note(at));
    }

    /// Whether the record at byte `at` has been noted as an answer.
    #[must_use]
    pub fn is_answer(&self, at: u64) -> bool {
        self.calls.is_answer(at)
    }

    /// The calls that the record at byte `at` answers: where the id of each stands.
    pub(super) fn calls(&self, at: u64, record: &[u8]) -> Vec<(usize, Asked)> {
        if self.is_answer(at) { self.calls.find(at, record) } else { Vec::new() }
    }

    /// What was asked for in talk before the record at byte `at`, in which a person speaks.
    pub(super) fn asked_before(&self, at: u64, record: &[u8]) -> Option<Asked> {
        self.is_answer(at).then(|| self.calls.before(at, record))?
    }

    /// Whether the record at byte `at` may hold questions with their answers.
    pub(super) fn is_dialogue(&self, at: u64) -> bool {
        self.calls.is_dialogue(at)
    }

    /// Whether nothing is known, and no answer asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.calls.len() == 0
    }

    /// A number for this state: it changes whenever the table does.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Number of values, and of calls whose answers are asked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len() - self.forms + self.calls.len()
    }

    /// Number of calls whose answers are asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.calls.len()
    }

    /// Appends the offsets in the raw bytes of the record at byte `at` where a value, as it is or with JSON escapes, may
    /// stand.
    pub(crate) fn raw(&self, at: u64, record: &[u8], out: &mut Vec<usize>) {
        self.index.find(record, |literal, start, end| {
            let entry = &self.entries[literal / FORMS];
            if entry.since <= at && entry.stands_alone(record, start, end) {
                out.push(start);
            }
        });
        out.extend(self.calls(at, record).into_iter().map(|(start, _)| start));
        if self.is_dialogue(at) || self.asked_before(at, record).is_some() {
            out.push(0);
        }
    }

    /// The values in the raw bytes of the record at byte `at` of which `findings` do not tell, in order: a value is told
    /// that stands within one of them and, where it is all of one, is replaced in the same way.
    pub(super) fn untold(&self, at: u64, record: &[u8], findings: &[Finding]) -> Vec<Untold> {
        let mut untold = Vec::new();
        if self.entries.is_empty() {
            return untold;
        }
        let covers = Covers::of(findings, at);
        covers.each_open(record, &self.index, |part| {
            let from = part.start;
            self.index.find(&record[part], |literal, start, end| {
                let (entry, start, end) = (literal / FORMS, start + from, end + from);
                let known = &self.entries[entry];
                if known.since <= at
                    && known.stands_alone(record, start, end)
                    && !covers.tell(known, start, end)
                {
                    untold.push(Untold { start, end, entry });
                }
            });
        });
        untold.sort_unstable_by_key(|value| value.start);
        untold
    }

    /// Whether a value that counts in the record at byte `at` may stand in decoded bytes.
    pub(super) fn may_hold(&self, at: u64, bytes: &[u8]) -> bool {
        let mut holds = false;
        self.index.find(bytes, |literal, _, _| {
            holds |= literal % FORMS == 0 && self.entries[literal / FORMS].since <= at;
        });
        holds
    }

    /// Whether `findings` tell of all of these values.
    pub(super) fn are_told(&self, at: u64, findings: &[Finding], untold: &[Untold]) -> bool {
        let covers = Covers::of(findings, at);
        untold.iter().all(|value| covers.tell(&self.entries[value.entry], value.start, value.end))
    }

    /// Pushes a hit for every value of `which` in decoded bytes of the record at byte `at`. Says whether another place in
    /// the transcript might have given other hits.
    pub(super) fn find(&self, at: u64, bytes: &[u8], which: Which, hits: &mut Hits) -> bool {
        let mut timed = false;
        self.index.find(bytes, |literal, start, end| {
            let entry = &self.entries[literal / FORMS];
            let asked = match which {
                Which::All => true,
                Which::Secrets => entry.learn == Learn::Secret,
                Which::Told => literal / FORMS < self.told,
            };
            if asked && literal % FORMS == 0 && entry.stands_alone(bytes, start, end) {
                timed |= entry.since > 0 || entry.clearer.is_some_and(|(_, since)| since > 0);
                if entry.since <= at {
                    let hit = Hit::new(entry.rule_at(at), start, end, "a value found or told elsewhere");
                    hits.push(Hit { tag: Some(entry.tag), ..hit.confidence(Confidence::High) });
                }
            }
        });
        timed
    }
}

/// The forms in which a value is searched in raw bytes: as it is, and with JSON escapes once and twice.
const FORMS: usize = 3;

/// The bytes as they stand in a JSON string.
fn escaped(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for &byte in value {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            b'\t' => out.extend(b"\\t"),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out
}

fn is_common(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_digit) && value.len() < 8
        || common::WORDS.has(value)
        || value.first().is_some_and(|first| value.iter().all(|b| b == first))
}

/// A value without the part of a character at its end, which a torn record may have told.
fn whole_characters(value: &[u8]) -> &[u8] {
    match std::str::from_utf8(value) {
        Err(error) if error.error_len().is_none() => &value[..error.valid_up_to()],
        _ => value,
    }
}

#[cfg(test)]
mod tests;
