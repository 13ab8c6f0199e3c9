//! The search of one record: its texts, the views that their candidates ask for, and what is wrapped in those.

use super::{
    Detector, Focus, Found, Known, Scratch, assignment, code, dispatch, held,
    known::Which,
    lines, media,
    memo::{self, Question},
    neighbour,
    probe::{Probe, Strings},
    sibling,
    subject::{Hit, Hits, Subject},
    whole_text, wrapping,
};
use crate::{
    rule::Class,
    scan::{Candidate, Kind},
    span::Span,
    transcript::{
        json::{Kind as TokenKind, Token},
        text::{Field, Role},
        tree::Tree,
        view::{View, unescape, unescape_view},
    },
};
use hidden::Hiding;
use hint::Hints;
use part::parts_of;

mod answer;
pub(super) mod hidden;
mod hint;
mod keep;
mod news;
mod part;

/// The least length of a JSON number that is searched, in bytes: the shortest number that a state gives to a person.
const LONG_NUMBER: u32 = 9;

/// The search of one record.
pub(super) struct Search<'s> {
    pub(super) detector: &'s Detector,
    pub(super) known: &'s Known,
    /// Where the record starts in the transcript.
    pub(super) at: u64,
    /// Whether an answer depended on where the record stands.
    pub(super) timed: bool,
    /// Whether something was wrapped in a text.
    pub(super) wrapped: bool,
    /// What in it a known value may stand in that does not stand in the record's bytes, plain escapes aside.
    pub(super) hiding: Hiding,
    /// Whether only known values are looked for: all else has been found.
    pub(super) known_only: bool,
    pub(super) scratch: &'s mut Scratch,
    pub(super) out: &'s mut Found,
}

/// A text that waits to be searched.
struct Item<'a> {
    view: View<'a>,
    key: Option<Vec<u8>>,
    role: Role,
    field: Field,
    /// Whether it puts neighbouring texts together: then only secrets are looked for, which may go on from one to the
    /// next. A name or a path does not.
    joined: bool,
}

impl Search<'_> {
    /// A record of JSON: text by text.
    pub(super) fn tree(&mut self, record: &[u8], tree: &Tree, focus: Focus<'_>) {
        let mut fields = std::mem::take(&mut self.scratch.fields);
        fields.read(record, tree);
        let cwd = fields.find(Field::WorkingDirectory).and_then(|index| tree.tokens().get(index));
        let cwd = cwd.map(|t| unescape(t.bytes(record), t.start as usize));
        let cwd = cwd.as_ref().map(View::bytes);
        let mut hints = self.take_hints(focus);
        let answers = self.answered(record, tree);
        for (index, token) in tree.tokens().iter().enumerate() {
            let Some(role) = role_of(token) else { continue };
            let own = hints.asks(token);
            if own && role == Role::Key {
                hints.hot_keys.push(index);
            }
            let key = tree.nearest_key(index).filter(|_| role != Role::Key);
            let named = hints.named(record, tree, index, role);
            let asked =
                own || named.is_some() || key.is_some_and(|k| hints.hot_keys.binary_search(&k).is_ok());
            let of_source = self.scratch.of_source && role == Role::Value;
            let field = if of_source { Field::Code("") } else { fields.get(index) };
            let field = self.shown(record, tree, (index, field), &answers).unwrap_or(field);
            let digits = || asked && role == Role::Number && is_code(record, tree, key, token);
            let wanted = match focus {
                Focus::All | Focus::Hints => self.wants(asked, role, field, token) || digits(),
                Focus::Spans(_) => asked && (self.wants(true, role, field, token) || digits()),
                Focus::News(..) => false,
            };
            if !wanted {
                continue;
            }
            if let Some(parts) = parts_of(focus, role, token, record) {
                self.parts(record, token, parts, field, cwd);
            } else {
                let key = named.or_else(|| key.map(|k| tree.tokens()[k].bytes(record)));
                self.token(record, token, key, (role, field), cwd, &mut hints);
            }
        }
        if matches!(focus, Focus::All) || !hints.hot.is_empty() {
            self.side_by_side(record, tree, focus, &hints.hot, cwd);
        }
        if !matches!(focus, Focus::Spans(_)) {
            self.answers(record, tree, &fields, &answers);
        }
        self.give_hints_back(hints);
        self.scratch.fields = fields;
    }

    /// What neighbouring texts of a record hold together, where a hint (all places, where every text is searched) asks.
    fn side_by_side(
        &mut self,
        record: &[u8],
        tree: &Tree,
        focus: Focus<'_>,
        hot: &[usize],
        cwd: Option<&[u8]>,
    ) {
        let view = |token: Token| unescape(token.bytes(record), token.start as usize).into_owned();
        let (scanner, mut found, mut probe) = (&self.detector.scanner, Vec::new(), Probe::default());
        let mut asks = |from: usize, to: usize| match focus {
            Focus::All => {
                found.clear();
                scanner.scan(&record[from..to], &mut found);
                let secret =
                    |c: &&Candidate| matches!(c.kind, Kind::Word | Kind::Form | Kind::Token | Kind::Pem);
                let mut secrets = found.iter().filter(secret);
                let mut strings = Strings::of(record);
                secrets.any(|c| probe.holds(&mut strings, Candidate { at: c.at + from, ..*c }))
            }
            _ => holds_one(hot, from, to),
        };
        let source = neighbour::Source { json: record, tree, view: &view };
        for view in neighbour::neighbours(&source, &mut asks) {
            self.unwrapped(
                vec![Item { view, key: None, role: Role::Value, field: Field::Free, joined: true }],
                cwd,
            );
        }
    }

    /// One text of a record, from the memo if it has been seen.
    fn token(
        &mut self,
        record: &[u8],
        token: &Token,
        key: Option<&[u8]>,
        (role, field): (Role, Field),
        cwd: Option<&[u8]>,
        hints: &mut Hints<'_>,
    ) {
        let (start, raw) = (token.start as usize, token.bytes(record));
        let key = memo::telling(key, raw);
        let question = Question { raw, key, role, field, cwd };
        let version = (self.detector.id, self.known.version());
        if let Some(answer) = self.scratch.memo.get(&question, version) {
            answer.give(start, self.out);
            return;
        }
        let before = (self.out.findings.len(), self.out.learned.len(), self.out.unwrapped.len());
        let key = key.map(|k| unescape(k, 0).bytes().to_owned());
        let view = unescape(raw, start);
        // A known value may stand there in escapes in which it is not met: `\u006d`.
        let escaped = view.depth() > 0 && !view.is_plain();
        self.wrapped = false;
        self.hiding.begin(escaped, raw.len());
        let mut candidates = std::mem::take(&mut self.scratch.inner);
        candidates.clear();
        // Without an escape the raw bytes are the text, and their candidates are its candidates.
        let as_written = matches!(hints.focus, Focus::Hints) && memchr::memchr(b'\\', raw).is_none();
        if as_written {
            hints.within(token, &mut candidates);
        } else {
            self.detector.scanner.scan(view.bytes(), &mut candidates);
        }
        self.timed = false;
        let mut rest = Vec::new();
        self.view(&Item { view, key, role, field, joined: false }, true, cwd, &candidates, &mut rest);
        self.scratch.inner = candidates;
        self.unwrapped(rest, cwd);
        self.mark(before.0, role, field, token);
        self.note_wrapped(start);
        if !self.timed {
            self.scratch.memo.keep(&question, version, start, self.out, before);
        }
    }

    /// A record that is no JSON: all of it as one text, escapes undone.
    pub(super) fn plain(&mut self, record: &[u8]) {
        let view = unescape(record, 0);
        self.wrapped = false;
        self.hiding.begin(false, record.len());
        let field = if self.scratch.of_source { Field::Code("") } else { Field::Free };
        self.all(Item { view, key: None, role: Role::Plain, field, joined: false }, None);
        self.said_plainly(record);
        // It has no texts of which one could be searched alone.
        if self.wrapped {
            self.hiding.all();
        }
        self.note_wrapped(0);
    }

    /// A text and everything that is wrapped in it.
    fn all(&mut self, item: Item<'_>, cwd: Option<&[u8]>) {
        let mut candidates = std::mem::take(&mut self.scratch.inner);
        candidates.clear();
        self.detector.scanner.scan(item.view.bytes(), &mut candidates);
        let mut rest = Vec::new();
        self.view(&item, true, cwd, &candidates, &mut rest);
        self.scratch.inner = candidates;
        self.unwrapped(rest, cwd);
    }

    /// Whether a text is to be searched.
    fn wants(&self, asked: bool, role: Role, field: Field, token: &Token) -> bool {
        let wanted = self.detector.wanted;
        match field {
            Field::Structural | Field::Opaque => false,
            Field::Media(kind) if kind.is_opaque() => wanted.has(Class::Media),
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
                finding.spans = all.into();
                finding.quoted = true;
            }
        }
    }

    /// Views that are no text of their own, and everything that is wrapped in them.
    fn unwrapped(&mut self, mut rest: Vec<Item<'static>>, cwd: Option<&[u8]>) {
        let mut candidates = std::mem::take(&mut self.scratch.inner);
        while let Some(item) = rest.pop() {
            // What puts neighbours together is searched for no known value.
            if self.known_only && item.joined {
                continue;
            }
            candidates.clear();
            self.detector.scanner.scan(item.view.bytes(), &mut candidates);
            self.view(&item, false, cwd, &candidates, &mut rest);
        }
        self.scratch.inner = candidates;
    }

    /// One view; what is wrapped in it goes to `rest`.
    fn view(
        &mut self,
        item: &Item<'_>,
        own: bool,
        cwd: Option<&[u8]>,
        candidates: &[Candidate],
        rest: &mut Vec<Item<'static>>,
    ) {
        let Item { view, key, role, field, joined } = item;
        let subject = Subject { bytes: view.bytes(), key: key.as_deref(), role: *role, field: *field, cwd };
        let mut hits = std::mem::take(&mut self.scratch.hits);
        if !self.known_only {
            self.detect(&subject, item, own, candidates, &mut hits);
        }
        if !*joined {
            self.timed |= self.known.find(self.at, subject.bytes, which(*role, view), &mut hits);
        }
        media::find(&subject, &mut hits);
        self.keep_all(view, *field, &mut hits);
        wrapping::unwrap(view, candidates, &mut self.scratch.views);
        self.wrapped |= !self.scratch.views.is_empty();
        if !self.known_only {
            self.hiding.add_made(view, &self.scratch.views);
        }
        let (role, field, joined) = (*role, *field, *joined);
        // What the key says it says of the text as written, which was searched; not of a part of it.
        rest.extend(self.scratch.views.drain(..).map(|view| Item { view, key: None, role, field, joined }));
        self.scratch.hits = hits;
        if role != Role::Plain || !own {
            self.json_within(view, candidates, joined, rest);
        }
    }

    /// What the detectors find in a view.
    fn detect(
        &mut self,
        subject: &Subject<'_>,
        &Item { ref view, joined, .. }: &Item<'_>,
        own: bool,
        candidates: &[Candidate],
        hits: &mut Hits,
    ) {
        // Lines joined on a guess hold no path and no name: what ends one line has nothing to do with the next.
        let secrets = joined || view.is_guess();
        let wanted = if secrets { self.detector.wanted.secrets() } else { self.detector.wanted };
        whole_text(subject, wanted, own, hits, &mut self.scratch.names);
        let names = self.scratch.names.drain(..);
        let (recalled, key) = (&mut self.scratch.learned, &self.detector.key);
        self.out.learned.extend(names.flat_map(|name| recalled.names(name, key)));
        for candidate in candidates.iter().filter(|candidate| wrapping::is_credible(view, candidate.kind)) {
            dispatch(subject, *candidate, wanted, hits);
        }
        wrapping::keep_credible(view, hits);
    }

    /// The texts of a text that is JSON itself.
    fn json_within(
        &mut self,
        view: &View<'_>,
        candidates: &[Candidate],
        joined: bool,
        rest: &mut Vec<Item<'static>>,
    ) {
        let bytes = view.bytes();
        if !matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) {
            return;
        }
        let mut tree = std::mem::take(&mut self.scratch.nested);
        if tree.read(bytes).is_ok() {
            self.wrapped = true;
            for (index, token) in tree.tokens().iter().enumerate() {
                let role = match token.kind {
                    TokenKind::Key => Role::Key,
                    TokenKind::String => Role::Value,
                    _ => continue,
                };
                let key = tree.nearest_key(index).filter(|_| role == Role::Value);
                let key = key.map(|k| decoded(bytes, tree.tokens()[k]));
                let held = || held::key(bytes, &tree, index);
                let key = key.map(|key| held().unwrap_or(key));
                if key.is_some() || memchr::memchr(b'\\', token.bytes(bytes)).is_some() {
                    let part = view.part(Span::new(token.start as usize, token.end as usize));
                    let text = unescape_view(&part);
                    self.hiding.add_within(view, text.bytes());
                    rest.push(Item { view: text, key, role, field: Field::Free, joined });
                }
            }
            let told = candidates.iter().filter(|candidate| candidate.kind != Kind::Call);
            let hot: Vec<usize> = told.map(|candidate| candidate.at).collect();
            let mut asks = |from: usize, to: usize| holds_one(&hot, from, to);
            let text =
                |token: Token| unescape_view(&view.part(Span::new(token.start as usize, token.end as usize)));
            let source = neighbour::Source { json: bytes, tree: &tree, view: &text };
            rest.extend(neighbour::neighbours(&source, &mut asks).into_iter().map(|view| Item {
                view,
                key: None,
                role: Role::Value,
                field: Field::Free,
                joined: true,
            }));
        }
        self.scratch.nested = tree;
    }
}

/// Whether a number is a password or a PIN of digits alone, as its key says: `"pin": 482193`.
fn is_code(record: &[u8], tree: &Tree, key: Option<usize>, token: &Token) -> bool {
    let digits = token.bytes(record);
    let name = || assignment::meaning(tree.tokens()[key?].bytes(record));
    (4..LONG_NUMBER as usize).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && name().is_some_and(|name| match name.kind {
            assignment::Kind::Password => name.certain && digits.len() >= 6,
            assignment::Kind::Pin => name.certain,
            _ => false,
        })
}

/// Whether one of the offsets, sorted, is in `from..to`.
fn holds_one(offsets: &[usize], from: usize, to: usize) -> bool {
    let next = offsets.partition_point(|&at| at < from);
    offsets.get(next).is_some_and(|&at| at < to)
}

/// What a token is to a search; `None` for those that are no text.
fn role_of(token: &Token) -> Option<Role> {
    match token.kind {
        TokenKind::Key => Some(Role::Key),
        TokenKind::String => Some(Role::Value),
        TokenKind::Number => Some(Role::Number),
        _ => None,
    }
}

/// Which of the known values are searched in a view.
fn which(role: Role, view: &View<'_>) -> Which {
    match role {
        _ if view.is_guess() => Which::Told,
        Role::Key if is_identifier(view.bytes()) => Which::Secrets,
        _ => Which::All,
    }
}

/// Whether a key is a word of the format, in which no name of a person or a project stands.
fn is_identifier(key: &[u8]) -> bool {
    key.iter().all(|b| b.is_ascii_alphabetic() || *b == b'_')
}

/// The decoded bytes of a string token.
fn decoded(record: &[u8], token: Token) -> Vec<u8> {
    unescape(token.bytes(record), token.start as usize).bytes().to_owned()
}
