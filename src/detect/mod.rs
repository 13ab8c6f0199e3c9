//! Detectors: candidates become findings. One file per kind of evidence; this one finds the texts of a record, makes
//! the views that their candidates ask for, and hands both to the detectors.

mod assignment;
mod canonical;
mod code;
mod command;
#[cfg(test)]
mod contexts;
mod credential_file;
mod header;
mod identity;
mod known;
mod media;
mod neighbour;
mod path;
mod pem;
mod prose;
mod random;
mod reference;
mod secret;
mod shape;
mod subject;
#[cfg(test)]
mod tests;
mod token;
mod url;
mod word;
mod wrapping;

pub use known::{Known, Learned};

use crate::{
    finding::Finding,
    rule::{Class, Confidence, Level, Severity},
    scan::{Candidate, Kind, Kinds, Scanner},
    span::Span,
    tag::Key,
    transcript::{
        agent::Fields,
        json::{Kind as TokenKind, Token},
        record::Record,
        text::{Field, MediaKind, Role},
        tree::Tree,
        view::{View, unescape, unescape_view},
    },
};
use subject::{Hit, Hits, Subject};

/// The least length of a JSON number that is searched, in bytes: the shortest number that a state gives to a person.
const LONG_NUMBER: u32 = 9;

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
    scanner: Scanner,
    key: Key,
    wanted: Wanted,
}

/// A thread's memory, reused from record to record.
#[derive(Default)]
pub struct Scratch {
    tree: Tree,
    nested: Tree,
    fields: Fields,
    candidates: Vec<Candidate>,
    hot: Vec<usize>,
    hot_keys: Vec<usize>,
    hits: Hits,
    views: Vec<View<'static>>,
}

/// What a search gives.
#[derive(Debug, Default)]
pub struct Found {
    /// What was found, in no particular order; overlapping ones and doubles too.
    pub findings: Vec<Finding>,
    /// Values that are to be known elsewhere.
    pub learned: Vec<Learned>,
}

impl Found {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.findings.clear();
        self.learned.clear();
    }
}

/// A text that waits to be searched.
struct Item<'a> {
    view: View<'a>,
    key: Option<Vec<u8>>,
    role: Role,
    field: Field,
}

impl Detector {
    /// A detector for the classes `wanted`, whose tags are made with `key`.
    #[must_use]
    pub fn new(key: Key, wanted: Wanted) -> Self {
        let more = wanted.has(Class::Identity) || wanted.has(Class::Path);
        let kinds = if more { Kinds::ALL } else { Kinds::SECRETS };
        Self { scanner: Scanner::new(kinds), key, wanted }
    }

    /// Searches one record, where everything `known` may stand too. `out` is cleared first.
    pub fn search(&self, record: &Record<'_>, known: &Known, scratch: &mut Scratch, out: &mut Found) {
        out.clear();
        self.look_for_hints(record, known, scratch);
        if scratch.hot.is_empty() && !self.wanted.asks_fields() {
            return;
        }
        let mut tree = std::mem::take(&mut scratch.tree);
        let mut search = Search { detector: self, known, at: record.offset, scratch, out };
        if tree.read(record.bytes).is_ok() {
            search.tree(record.bytes, &tree);
        } else {
            search.plain(record.bytes);
        }
        scratch.tree = tree;
    }

    /// Whether anything in the record asks for a search because of `known` alone.
    #[must_use]
    pub fn meets(&self, record: &Record<'_>, known: &Known, scratch: &mut Scratch) -> bool {
        scratch.hot.clear();
        known.raw(record.offset, record.bytes, &mut scratch.hot);
        !scratch.hot.is_empty()
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

    /// Fills `scratch.hot` with the offsets in the raw record where something may be, sorted.
    fn look_for_hints(&self, record: &Record<'_>, known: &Known, scratch: &mut Scratch) {
        scratch.candidates.clear();
        scratch.hot.clear();
        self.scanner.scan(record.bytes, &mut scratch.candidates);
        scratch.hot.extend(scratch.candidates.iter().map(|candidate| candidate.at));
        if !known.is_empty() {
            known.raw(record.offset, record.bytes, &mut scratch.hot);
            scratch.hot.sort_unstable();
        }
    }
}

/// The search of one record.
struct Search<'s> {
    detector: &'s Detector,
    known: &'s Known,
    at: u64,
    scratch: &'s mut Scratch,
    out: &'s mut Found,
}

impl Search<'_> {
    /// A record of JSON: text by text.
    fn tree(&mut self, record: &[u8], tree: &Tree) {
        let mut fields = std::mem::take(&mut self.scratch.fields);
        fields.read(record, tree);
        let cwd = fields.find(Field::WorkingDirectory).and_then(|index| tree.tokens().get(index));
        let cwd = cwd.map(|t| unescape(t.bytes(record), t.start as usize));
        let cwd = cwd.as_ref().map(View::bytes);
        self.scratch.hot_keys.clear();
        let mut hot = 0;
        for (index, token) in tree.tokens().iter().enumerate() {
            let role = match token.kind {
                TokenKind::Key => Role::Key,
                TokenKind::String => Role::Value,
                TokenKind::Number => Role::Number,
                _ => continue,
            };
            while self.scratch.hot.get(hot).is_some_and(|&at| at < token.start as usize) {
                hot += 1;
            }
            let mut asked = self.scratch.hot.get(hot).is_some_and(|&at| at < token.end as usize);
            if asked && role == Role::Key {
                self.scratch.hot_keys.push(index);
            }
            let key = tree.nearest_key(index).filter(|_| role != Role::Key);
            asked |= key.is_some_and(|k| self.scratch.hot_keys.binary_search(&k).is_ok());
            let field = fields.get(index);
            if self.wants(asked, role, field, token) {
                let key = key.map(|k| decoded(record, tree.tokens()[k]));
                let view = unescape(token.bytes(record), token.start as usize);
                let before = self.out.findings.len();
                self.text(Item { view, key, role, field }, cwd);
                self.mark(before, role, field, token);
            }
        }
        if !self.scratch.hot.is_empty() {
            for view in neighbour::neighbours(record, tree) {
                self.unwrapped(vec![Item { view, key: None, role: Role::Value, field: Field::Free }], cwd);
            }
        }
        self.scratch.fields = fields;
    }

    /// A record that is no JSON: all of it as one text, escapes undone.
    fn plain(&mut self, record: &[u8]) {
        let view = unescape(record, 0);
        self.text(Item { view, key: None, role: Role::Plain, field: Field::Free }, None);
    }

    /// Whether a text is to be searched.
    fn wants(&self, asked: bool, role: Role, field: Field, token: &Token) -> bool {
        let wanted = self.detector.wanted;
        match field {
            Field::Structural | Field::Opaque => false,
            Field::Media(kind) if kind != MediaKind::Other => wanted.has(Class::Media),
            _ if role == Role::Number => asked && token.end - token.start >= LONG_NUMBER,
            _ if asked => true,
            _ if role == Role::Key => wanted.asks_all_paths() && token.end - token.start > 2,
            _ if wanted.has(Class::Code) || wanted.asks_all_paths() => true,
            _ => field != Field::Free && wanted.asks_fields(),
        }
    }

    /// What the place of a text means for the findings in it, those from index `from` on.
    fn mark(&mut self, from: usize, role: Role, field: Field, token: &Token) {
        let all = Span::new(token.start as usize, token.end as usize);
        for finding in &mut self.out.findings[from..] {
            if field == Field::SignedThinking {
                finding.whole = Some(all);
            }
            if role == Role::Number {
                finding.spans = vec![all];
                finding.quoted = true;
            }
        }
    }

    /// A text and everything that is wrapped in it.
    fn text(&mut self, first: Item<'_>, cwd: Option<&[u8]>) {
        let mut rest = Vec::new();
        self.view(&first, true, cwd, &mut rest);
        self.unwrapped(rest, cwd);
    }

    /// Views that are no text of their own, and everything that is wrapped in them.
    fn unwrapped(&mut self, mut rest: Vec<Item<'static>>, cwd: Option<&[u8]>) {
        while let Some(item) = rest.pop() {
            self.view(&item, false, cwd, &mut rest);
        }
    }

    /// One view; what is wrapped in it goes to `rest`.
    fn view(&mut self, item: &Item<'_>, own: bool, cwd: Option<&[u8]>, rest: &mut Vec<Item<'static>>) {
        let Item { view, key, role, field } = item;
        let subject = Subject { bytes: view.bytes(), key: key.as_deref(), role: *role, field: *field, cwd };
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        let mut hits = std::mem::take(&mut self.scratch.hits);
        candidates.clear();
        self.detector.scanner.scan(subject.bytes, &mut candidates);
        whole_text(&subject, self.detector.wanted, own, &mut hits);
        for candidate in candidates.iter().filter(|candidate| wrapping::is_credible(view, candidate.kind)) {
            dispatch(&subject, *candidate, self.detector.wanted, &mut hits);
        }
        self.known.find(self.at, subject.bytes, &mut hits);
        media::find(&subject, &mut hits);
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        wrapping::unwrap(view, &candidates, &mut self.scratch.views);
        let (role, field) = (*role, *field);
        // What the key says it says of the text as written, which was searched; not of a part of it.
        rest.extend(self.scratch.views.drain(..).map(|view| Item { view, key: None, role, field }));
        self.scratch.candidates = candidates;
        self.scratch.hits = hits;
        if role != Role::Plain || !own {
            self.json_within(view, rest);
        }
    }

    /// The texts of a text that is JSON itself.
    fn json_within(&mut self, view: &View<'_>, rest: &mut Vec<Item<'static>>) {
        let bytes = view.bytes();
        if !matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) {
            return;
        }
        let mut tree = std::mem::take(&mut self.scratch.nested);
        if tree.read(bytes).is_ok() {
            for (index, token) in tree.tokens().iter().enumerate() {
                let role = match token.kind {
                    TokenKind::Key => Role::Key,
                    TokenKind::String => Role::Value,
                    _ => continue,
                };
                let key = tree.nearest_key(index).filter(|_| role == Role::Value);
                let key = key.map(|k| decoded(bytes, tree.tokens()[k]));
                if key.is_some() || memchr::memchr(b'\\', token.bytes(bytes)).is_some() {
                    let part = view.part(Span::new(token.start as usize, token.end as usize));
                    let view = unescape_view(&part);
                    rest.push(Item { view, key, role, field: Field::Free });
                }
            }
        }
        self.scratch.nested = tree;
    }

    /// Makes a finding of a hit, and remembers its value.
    fn keep(&mut self, view: &View<'_>, hit: Hit) {
        let spans = view.raw(hit.span);
        if spans.is_empty() {
            return;
        }
        let value = &view.bytes()[hit.span.range()];
        let canonical = hit.canonical.as_deref().unwrap_or(value);
        let tag = hit.tag.unwrap_or_else(|| self.detector.key.tag(canonical));
        if hit.tag.is_none() {
            self.out.learned.extend(known::lessons(&hit, value, tag, &self.detector.key));
        }
        let Hit { rule, confidence, evidence, detail, learn, .. } = hit;
        let (whole, quoted) = (None, false);
        self.out.findings.push(Finding {
            rule,
            confidence,
            evidence,
            tag,
            spans,
            detail,
            learn,
            whole,
            quoted,
        });
    }
}

/// The decoded bytes of a string token.
fn decoded(record: &[u8], token: Token) -> Vec<u8> {
    unescape(token.bytes(record), token.start as usize).bytes().to_owned()
}

/// What looks at a text as a whole: its key, its field, code in it.
fn whole_text(subject: &Subject<'_>, wanted: Wanted, own: bool, hits: &mut Hits) {
    if wanted.has(Class::Secret) {
        secret::find_keyed(subject, hits);
    }
    if wanted.has(Class::Identity) {
        identity::find_whole(subject, hits);
    }
    if wanted.has(Class::Path) && wanted.level() == Level::Full {
        path::find_all(subject, hits);
    }
    if own && wanted.has(Class::Code) {
        code::find(subject, hits);
    }
}

/// Hands a candidate to the code that knows its kind.
fn dispatch(subject: &Subject<'_>, candidate: Candidate, wanted: Wanted, hits: &mut Hits) {
    if wanted.has(Class::Secret) {
        secret::find(subject, candidate, hits);
    }
    if wanted.has(Class::Identity) {
        identity::find(subject, candidate, hits);
    }
    if wanted.has(Class::Path) {
        path::find(subject, candidate, wanted.level(), hits);
    }
}
