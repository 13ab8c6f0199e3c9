//! Detectors: candidates become findings. One file per kind of evidence; this one finds the texts of a record, makes
//! the views that their candidates ask for, and hands both to the detectors.

mod asked;
mod assignment;
mod canonical;
mod code;
mod command;
#[cfg(test)]
mod contexts;
mod cookie_list;
mod credential_file;
mod form;
mod header;
mod held;
mod identity;
mod known;
mod lexicon;
mod lines;
mod media;
mod memo;
mod neighbour;
mod path;
mod pem;
mod probe;
mod prose;
mod random;
mod raw;
mod recall;
mod reference;
mod search;
mod secret;
mod shape;
mod sibling;
mod subject;
#[cfg(test)]
mod tests;
mod token;
mod url;
mod vocabulary;
mod word;
mod words;
mod wrapping;

pub use known::{Call, Known, Learned, Talk};

use crate::{
    finding::Finding,
    rule::{Class, Confidence, Level, Severity},
    scan::{Candidate, Kind, Kinds, Scanner, Signs},
    span::{Raw, Span},
    tag::{Key, Tag},
    transcript::{
        agent::Fields,
        record::Record,
        text::{Field, Role},
        tree::Tree,
        view::{self, View},
    },
};
use code::Definition;
use known::{Lessons, Untold};
use memo::Memo;
use probe::Probe;
use recall::Recall;
use search::{
    Search,
    hidden::{Hidden, Hiding},
};
use subject::{Hits, Subject};

/// The classes that are searched for, and for paths how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    classes: u8,
    level: Level,
}

impl Wanted {
    /// The classes that `wanted` says yes to.
    #[must_use]
    pub fn new(wanted: impl Fn(Class, Level) -> bool) -> Self {
        let bits = Class::ALL.iter().enumerate().filter(|&(_, &class)| wanted(class, Level::Home));
        let level = if wanted(Class::Path, Level::Full) { Level::Full } else { Level::Home };
        Self { classes: bits.fold(0, |all, (bit, _)| all | 1 << bit), level }
    }

    /// Whether `class` is searched for.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        Class::ALL.iter().position(|&c| c == class).is_some_and(|bit| self.classes >> bit & 1 == 1)
    }

    /// Secrets alone, if they are searched for.
    fn secrets(self) -> Self {
        Self::new(|class, _| class == Class::Secret && self.has(class))
    }

    /// How much of paths is searched for, if they are.
    #[must_use]
    pub fn level(self) -> Level {
        self.level
    }

    /// Whether every path is looked at, not only those of users.
    fn asks_all_paths(self) -> bool {
        self.has(Class::Path) && self.level == Level::Full
    }

    /// Whether what a field means can make a finding where nothing else hints at one.
    fn asks_fields(self) -> bool {
        [Class::Identity, Class::Path, Class::Code, Class::Media].into_iter().any(|class| self.has(class))
    }
}

/// Searches records. Shared by all threads; each brings its own [`Scratch`].
pub struct Detector {
    /// Tells the answers of this detector from those of another.
    id: u64,
    scanner: Scanner,
    key: Key,
    wanted: Wanted,
    /// Whether all code that is found goes, so that nothing need be told of names and paths in it.
    all_code_goes: bool,
    /// Whether every text with a candidate is searched, for a test of what the quick look leaves out.
    #[cfg(test)]
    thorough: bool,
}

/// A thread's memory, reused from record to record.
#[derive(Default)]
pub struct Scratch {
    tree: Tree,
    nested: Tree,
    fields: Fields,
    /// The candidates of the record's raw bytes.
    candidates: Vec<Candidate>,
    /// The signs of the record's raw bytes, if it is short enough.
    signs: Signs,
    /// The candidates of one view.
    inner: Vec<Candidate>,
    memo: Memo,
    /// The detector whose key made what is remembered of tags.
    key_of: u64,
    tags: Recall<Tag, 8192>,
    /// What is to be learned from names that code defines.
    learned: Lessons,
    /// The raw spans of one hit.
    spans: Vec<Span<Raw>>,
    probe: Probe,
    hints: view::Hints,
    /// The two sides of a line break, put together.
    joined: Vec<u8>,
    hot: Vec<usize>,
    hot_keys: Vec<usize>,
    hits: Hits,
    hiding: Hiding,
    /// Names that the code of one view defines.
    names: Vec<Definition>,
    /// Whether what is searched is a copy of a source file: all of it is code.
    pub of_source: bool,
    views: Vec<View<'static>>,
}

/// What a search gives.
#[derive(Debug, Default)]
pub struct Found {
    /// What was found, in no particular order; overlapping ones and doubles too.
    pub findings: Vec<Finding>,
    /// Values that are to be known elsewhere.
    pub learned: Vec<Learned>,
    /// The texts of which more was searched than their own escapes undone, in order.
    pub unwrapped: Vec<Unwrapped>,
}

/// A text of a record in which something was wrapped: lines with numbers, JSON, base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwrapped {
    /// Its first byte in the record; 0 if the record is no JSON.
    at: u32,
    /// Whether it has other than plain escapes: a known value may stand in it that does not stand in the record's bytes.
    escaped: bool,
    /// What in it hides what does not stand in the record's bytes, plain escapes aside.
    hidden: Hidden,
}

/// What a first search of a record has told of it.
#[derive(Debug, Default)]
pub struct Sighted<'s> {
    /// What it found.
    pub findings: Vec<Finding>,
    /// As [`Found::unwrapped`].
    pub unwrapped: &'s [Unwrapped],
}

impl Found {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.findings.clear();
        self.learned.clear();
        self.unwrapped.clear();
    }
}

impl Detector {
    /// A detector for the classes `wanted`, whose tags are made with `key`.
    #[must_use]
    pub fn new(key: Key, wanted: Wanted) -> Self {
        let more = wanted.has(Class::Identity) || wanted.has(Class::Path);
        let kinds = if more { Kinds::ALL } else { Kinds::SECRETS };
        Self {
            id: known::fresh_number(),
            scanner: Scanner::new(kinds),
            key,
            wanted,
            all_code_goes: false,
            #[cfg(test)]
            thorough: false,
        }
    }

    /// The same, for whom all code that is found goes, or may stay: names and paths in code that goes are not told.
    #[must_use]
    pub fn where_all_code_goes(self, all_code_goes: bool) -> Self {
        Self { all_code_goes, ..self }
    }

    /// Searches one record, where everything `known` may stand too. `out` is cleared first.
    pub fn search(&self, record: &Record<'_>, known: &Known, scratch: &mut Scratch, out: &mut Found) {
        out.clear();
        // Where fields make findings, every text is searched: a look at the raw record tells nothing more.
        if self.wanted.asks_fields() {
            self.search_texts(record, known, Focus::All, scratch, out);
            return;
        }
        self.look_for_hints(record, known, scratch);
        if !scratch.hot.is_empty() {
            self.search_texts(record, known, Focus::Hints, scratch, out);
        }
    }

    /// Searches the texts of a record again that share a byte with one of `changed`: what is left of a redaction.
    /// `changed` is sorted and disjoint. `out` is cleared first.
    pub fn search_again(
        &self,
        record: &Record<'_>,
        changed: &[Span<Raw>],
        known: &Known,
        scratch: &mut Scratch,
        out: &mut Found,
    ) {
        out.clear();
        self.search_texts(record, known, Focus::Spans(changed), scratch, out);
    }

    fn search_texts(
        &self,
        record: &Record<'_>,
        known: &Known,
        focus: Focus<'_>,
        scratch: &mut Scratch,
        out: &mut Found,
    ) {
        if scratch.key_of != self.id {
            (scratch.key_of, scratch.tags, scratch.learned) = (self.id, Recall::new(), Lessons::default());
        }
        let mut tree = std::mem::take(&mut scratch.tree);
        let (at, no) = (record.offset, false);
        let mut search = Search {
            detector: self,
            known,
            at,
            timed: no,
            wrapped: no,
            hiding: std::mem::take(&mut scratch.hiding),
            known_only: no,
            scratch,
            out,
        };
        if tree.read_record(record.bytes).is_ok() {
            match focus {
                Focus::News(untold, unwrapped) => search.news(record.bytes, &tree, untold, unwrapped),
                _ => search.tree(record.bytes, &tree, focus),
            }
        } else {
            search.plain(record.bytes);
        }
        let hiding = std::mem::take(&mut search.hiding);
        (scratch.hiding, scratch.tree) = (hiding, tree);
    }

    /// Finds what a search of a record would find now, of which a search has told this when less was known. Only texts
    /// in which a value may stand that was not told are looked at again, and only for such values, unless something was
    /// wrapped in them. `out` is cleared first.
    pub fn search_news(
        &self,
        record: &Record<'_>,
        known: &Known,
        sighted: Sighted<'_>,
        scratch: &mut Scratch,
        out: &mut Found,
    ) {
        let Sighted { findings, unwrapped } = sighted;
        if known.is_answer(record.offset) {
            self.search(record, known, scratch, out);
            return;
        }
        let untold = known.untold(record.offset, record.bytes, &findings);
        let hides = |text: &Unwrapped| text.escaped || text.hides(known, record.offset);
        if untold.is_empty() && !unwrapped.iter().any(hides) {
            out.clear();
            out.findings = findings;
        } else {
            out.clear();
            out.findings = findings;
            self.search_texts(record, known, Focus::News(&untold, unwrapped), scratch, out);
        }
    }

    /// Whether `class` is searched for.
    #[must_use]
    pub fn wants(&self, class: Class) -> bool {
        self.wanted.has(class)
    }

    /// Whether plain bytes hold a token whose shape alone is proof. It knows nothing of records, fields and views.
    #[must_use]
    pub fn holds_token(&self, text: &[u8]) -> bool {
        let subject = Subject { bytes: text, key: None, role: Role::Plain, field: Field::Free, cwd: None };
        let (mut candidates, mut hits) = (Vec::new(), Hits::new());
        self.scanner.scan(text, &mut candidates);
        for candidate in candidates.into_iter().filter(|candidate| candidate.kind == Kind::Token) {
            dispatch(&subject, candidate, self.wanted, &mut hits);
        }
        hits.iter().any(|hit| {
            let rule = hit.rule.rule();
            hit.confidence == Confidence::High && rule.keywords.is_empty() && rule.severity > Severity::Low
        })
    }
}

/// Which texts of a record are searched.
#[derive(Clone, Copy)]
enum Focus<'f> {
    /// All.
    All,
    /// Those in which something hints at a finding, and those whose field alone may make one.
    Hints,
    /// Those that share a byte with one of these spans, sorted and disjoint.
    Spans(&'f [Span<Raw>]),
    /// Those in which one of these values stands, sorted, for known values; what was wrapped in them too.
    News(&'f [Untold], &'f [Unwrapped]),
}

/// What looks at a text as a whole: its key, its field, code in it.
fn whole_text(
    subject: &Subject<'_>,
    wanted: Wanted,
    own: bool,
    hits: &mut Hits,
    names: &mut Vec<Definition>,
) {
    if wanted.has(Class::Secret) {
        secret::find_keyed(subject, hits);
    }
    if wanted.has(Class::Identity) {
        identity::find_whole(subject, wanted.has(Class::Code), hits);
    }
    if wanted.has(Class::Path) && wanted.level() == Level::Full {
        path::find_all(subject, hits);
    }
    if own && wanted.has(Class::Code) {
        code::find(subject, hits, names);
    }
}

/// Hands a candidate to the code that knows its kind.
fn dispatch(subject: &Subject<'_>, candidate: Candidate, wanted: Wanted, hits: &mut Hits) {
    if wanted.has(Class::Secret) {
        secret::find(subject, candidate, hits);
    }
    if wanted.has(Class::Identity) {
        identity::find(subject, candidate, wanted.has(Class::Code), hits);
    }
    if wanted.has(Class::Path) {
        path::find(subject, candidate, wanted.level(), hits);
    }
}
