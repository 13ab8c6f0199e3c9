//! The search of one record: its texts, the views that their candidates ask for, and what is wrapped in those.

use super::{
    Detector, Focus, Found, Known, Scratch, Unwrapped, code, dispatch, known,
    known::{Untold, Which},
    lines, media,
    memo::{self, Question},
    neighbour,
    probe::Probe,
    subject::{Hit, Hits, Subject},
    whole_text, wrapping,
};
use crate::{
    finding::Finding,
    rule::{Class, id},
    scan::{Candidate, Kind},
    span::{Raw, Span, Spans, Text},
    tag::Tag,
    transcript::{
        json::{Kind as TokenKind, Token},
        text::{Field, MediaKind, Role},
        tree::Tree,
        view::{View, unescape, unescape_view},
    },
};
use std::ops::Range;

/// The least length of a JSON number that is searched, in bytes: the shortest number that a state gives to a person.
const LONG_NUMBER: u32 = 9;

/// Texts up to this length are searched again as a whole, in bytes.
const WHOLE: usize = 4096;

/// How much around a change is searched again, in raw bytes.
const AROUND: usize = 1024;

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
    /// Whether a known value may stand in it that does not stand in the record's bytes, plain escapes aside.
    pub(super) hides: bool,
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

/// Which tokens of a record hold something that asks for a search; to be asked in the order of the tokens.
struct Hints<'h> {
    focus: Focus<'h>,
    /// Offsets of hints, and the next one.
    hot: Vec<usize>,
    next: usize,
    /// Keys that hold a hint, in order.
    hot_keys: Vec<usize>,
    /// The candidates of the raw record, and the next one.
    candidates: Vec<Candidate>,
    candidate: usize,
}

impl Hints<'_> {
    /// Whether the token itself is asked for.
    fn asks(&mut self, token: &Token) -> bool {
        let (start, end) = (token.start as usize, token.end as usize);
        match self.focus {
            Focus::All => true,
            Focus::Hints => {
                self.next += self.hot[self.next..].iter().take_while(|&&at| at < start).count();
                self.hot.get(self.next).is_some_and(|&at| at < end)
            }
            Focus::Spans(spans) => {
                self.next += spans[self.next..].iter().take_while(|span| span.end() < start).count();
                spans.get(self.next).is_some_and(|span| span.start() <= end)
            }
            Focus::News(..) => false,
        }
    }

    /// The candidates within the token's raw bytes, relative to its start.
    fn within(&mut self, token: &Token, out: &mut Vec<Candidate>) {
        let (start, end) = (token.start as usize, token.end as usize);
        self.candidate += self.candidates[self.candidate..].iter().take_while(|c| c.at < start).count();
        let inside = self.candidates[self.candidate..].iter().take_while(|c| c.at < end);
        out.extend(inside.map(|c| Candidate { at: c.at - start, ..*c }));
    }
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
        for (index, token) in tree.tokens().iter().enumerate() {
            let Some(role) = role_of(token) else { continue };
            let own = hints.asks(token);
            if own && role == Role::Key {
                hints.hot_keys.push(index);
            }
            let key = tree.nearest_key(index).filter(|_| role != Role::Key);
            let asked = own || key.is_some_and(|k| hints.hot_keys.binary_search(&k).is_ok());
            let field = fields.get(index);
            let wanted = match focus {
                Focus::All | Focus::Hints => self.wants(asked, role, field, token),
                Focus::Spans(_) => asked && self.wants(true, role, field, token),
                Focus::News(..) => false,
            };
            if !wanted {
                continue;
            }
            if let Some(parts) = parts_of(focus, role, token, record) {
                self.parts(record, token, parts, field, cwd);
            } else {
                let key = key.map(|k| tree.tokens()[k].bytes(record));
                self.token(record, token, key, (role, field), cwd, &mut hints);
            }
        }
        if matches!(focus, Focus::All) || !hints.hot.is_empty() {
            self.side_by_side(record, tree, focus, &hints.hot, cwd);
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
                let secret = |c: &&Candidate| matches!(c.kind, Kind::Word | Kind::Token | Kind::Pem);
                let mut secrets = found.iter().filter(secret);
                secrets.any(|c| probe.holds(record, Candidate { at: c.at + from, ..*c }))
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
        (self.wrapped, self.hides) = (false, self.detector.wanted.asks_fields() && escaped);
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

    /// Notes that something was wrapped in the text at byte `start`, if it was.
    fn note_wrapped(&mut self, start: usize) {
        if self.hides || self.wrapped && self.detector.wanted.asks_fields() {
            self.out.unwrapped.push(Unwrapped { at: start as u32, hides: self.hides });
        }
    }

    /// Looks again at the texts of a record in which one of the values `untold` stands, which have become known since
    /// `unwrapped` was noted, and at those in which one may be hidden.
    pub(super) fn news(&mut self, record: &[u8], tree: &Tree, untold: &[Untold], unwrapped: &[Unwrapped]) {
        let mut fields = std::mem::take(&mut self.scratch.fields);
        fields.read(record, tree);
        let cwd = fields.find(Field::WorkingDirectory).and_then(|index| tree.tokens().get(index));
        let cwd = cwd.map(|t| unescape(t.bytes(record), t.start as usize));
        let cwd = cwd.as_ref().map(View::bytes);
        let mut hints = self.take_hints(Focus::All);
        for (index, token) in tree.tokens().iter().enumerate() {
            let Some(role) = role_of(token) else { continue };
            let (start, end) = (token.start as usize, token.end as usize);
            let noted = unwrapped.binary_search_by_key(&token.start, |text| text.at).ok();
            let hides = noted.is_some_and(|noted| unwrapped[noted].hides);
            let first = untold.partition_point(|value| value.start < start);
            let untold = &untold[first..];
            let untold = &untold[..untold.partition_point(|value| value.start < end)];
            let field = fields.get(index);
            if !hides && untold.is_empty() || !self.wants(true, role, field, token) {
                continue;
            }
            // What stands in something wrapped may be told by a look at the text around it.
            if hides || !self.known_alone(record, token, (role, field), untold) && noted.is_some() {
                let key = tree.nearest_key(index).filter(|_| role != Role::Key);
                let key = key.map(|k| tree.tokens()[k].bytes(record));
                self.token(record, token, key, (role, field), cwd, &mut hints);
            }
        }
        self.give_hints_back(hints);
        self.scratch.fields = fields;
    }

    /// Finds the known values of a text, but not of what is wrapped in it. Says whether those are all of `untold`.
    fn known_alone(
        &mut self,
        record: &[u8],
        token: &Token,
        (role, field): (Role, Field),
        untold: &[Untold],
    ) -> bool {
        let view = unescape(token.bytes(record), token.start as usize);
        let before = self.out.findings.len();
        let mut hits = std::mem::take(&mut self.scratch.hits);
        self.known.find(self.at, view.bytes(), which(role, &view), &mut hits);
        for hit in hits.drain(..) {
            self.keep(&view, hit);
        }
        self.scratch.hits = hits;
        self.mark(before, role, field, token);
        self.known.are_told(&self.out.findings[before..], untold)
    }

    /// Searches these parts of a long text.
    fn parts(
        &mut self,
        record: &[u8],
        token: &Token,
        parts: Vec<Range<usize>>,
        field: Field,
        cwd: Option<&[u8]>,
    ) {
        let (start, raw) = (token.start as usize, token.bytes(record));
        let before = self.out.findings.len();
        for part in parts {
            let view = unescape(&raw[part.clone()], start + part.start);
            let mut candidates = std::mem::take(&mut self.scratch.inner);
            candidates.clear();
            self.detector.scanner.scan(view.bytes(), &mut candidates);
            let mut rest = Vec::new();
            let item = Item { view, key: None, role: Role::Value, field, joined: false };
            self.view(&item, false, cwd, &candidates, &mut rest);
            self.scratch.inner = candidates;
            self.unwrapped(rest, cwd);
        }
        if self.detector.wanted.has(Class::Code) {
            self.code(&unescape(raw, start), field, cwd);
        }
        self.mark(before, Role::Value, field, token);
    }

    /// The code in a text: what it is depends on all of it.
    fn code(&mut self, view: &View<'_>, field: Field, cwd: Option<&[u8]>) {
        let subject = Subject { bytes: view.bytes(), key: None, role: Role::Value, field, cwd };
        let mut hits = std::mem::take(&mut self.scratch.hits);
        code::find(&subject, &mut hits, &mut self.scratch.names);
        self.scratch.names.clear();
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        self.scratch.hits = hits;
    }

    fn take_hints<'h>(&mut self, focus: Focus<'h>) -> Hints<'h> {
        let mut hot_keys = std::mem::take(&mut self.scratch.hot_keys);
        hot_keys.clear();
        let (mut hot, mut candidates) = (Vec::new(), Vec::new());
        if matches!(focus, Focus::Hints) {
            hot = std::mem::take(&mut self.scratch.hot);
            candidates = std::mem::take(&mut self.scratch.candidates);
        }
        Hints { focus, hot, next: 0, hot_keys, candidates, candidate: 0 }
    }

    fn give_hints_back(&mut self, hints: Hints<'_>) {
        self.scratch.hot_keys = hints.hot_keys;
        if matches!(hints.focus, Focus::Hints) {
            self.scratch.hot = hints.hot;
            self.scratch.candidates = hints.candidates;
        }
    }

    /// A record that is no JSON: all of it as one text, escapes undone.
    pub(super) fn plain(&mut self, record: &[u8]) {
        let view = unescape(record, 0);
        (self.wrapped, self.hides) = (false, false);
        self.unwrapped_first(Item { view, key: None, role: Role::Plain, field: Field::Free, joined: false });
        // It has no texts of which one could be searched alone.
        self.hides |= self.wrapped;
        self.note_wrapped(0);
    }

    fn unwrapped_first(&mut self, item: Item<'_>) {
        let mut candidates = std::mem::take(&mut self.scratch.inner);
        candidates.clear();
        self.detector.scanner.scan(item.view.bytes(), &mut candidates);
        let mut rest = Vec::new();
        self.view(&item, true, None, &candidates, &mut rest);
        self.scratch.inner = candidates;
        self.unwrapped(rest, None);
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
                finding.spans = all.into();
                finding.quoted = true;
            }
        }
    }

    /// Views that are no text of their own, and everything that is wrapped in them.
    fn unwrapped(&mut self, mut rest: Vec<Item<'static>>, cwd: Option<&[u8]>) {
        let mut candidates = std::mem::take(&mut self.scratch.inner);
        while let Some(item) = rest.pop() {
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
        // Lines joined on a guess hold no path and no name: what ends one line has nothing to do with the next.
        let secrets = *joined || view.is_guess();
        let wanted = if secrets { self.detector.wanted.secrets() } else { self.detector.wanted };
        let subject = Subject { bytes: view.bytes(), key: key.as_deref(), role: *role, field: *field, cwd };
        let mut hits = std::mem::take(&mut self.scratch.hits);
        whole_text(&subject, wanted, own, &mut hits, &mut self.scratch.names);
        let names = self.scratch.names.drain(..);
        let (recalled, key) = (&mut self.scratch.learned, &self.detector.key);
        self.out.learned.extend(names.flat_map(|name| recalled.names(name, key)));
        for candidate in candidates.iter().filter(|candidate| wrapping::is_credible(view, candidate.kind)) {
            dispatch(&subject, *candidate, wanted, &mut hits);
        }
        wrapping::keep_credible(view, &mut hits);
        if !*joined {
            self.timed |= self.known.find(self.at, subject.bytes, which(*role, view), &mut hits);
        }
        media::find(&subject, &mut hits);
        self.keep_all(view, *field, &mut hits);
        wrapping::unwrap(view, candidates, &mut self.scratch.views);
        self.wrapped |= !self.scratch.views.is_empty();
        self.hides |= wrapping::may_hide_known(view, &self.scratch.views);
        let (role, field, joined) = (*role, *field, *joined);
        // What the key says it says of the text as written, which was searched; not of a part of it.
        rest.extend(self.scratch.views.drain(..).map(|view| Item { view, key: None, role, field, joined }));
        self.scratch.hits = hits;
        if role != Role::Plain || !own {
            self.json_within(view, candidates, joined, rest);
        }
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
            // Known values are met in raw bytes with their escapes once and twice.
            self.wrapped = true;
            self.hides |= view.depth() > 1;
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
                    rest.push(Item { view, key, role, field: Field::Free, joined });
                }
            }
            let hot: Vec<usize> = candidates.iter().map(|candidate| candidate.at).collect();
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

    /// Keeps the hits of a view, but of those in code that goes as a whole only what they tell elsewhere.
    fn keep_all(&mut self, view: &View<'_>, field: Field, hits: &mut Hits) {
        let mut code = Vec::new();
        if self.detector.all_code_goes && field != Field::SignedThinking {
            let blocks = hits.iter().filter(|hit| hit.rule == id::CODE_BLOCK);
            code.extend(blocks.map(|hit| (hit.span.start(), hit.span.end())));
            code.sort_unstable();
        }
        for hit in hits.drain(..) {
            if hides(&code, &hit) {
                self.learn(view, &hit);
            } else {
                self.keep(view, hit);
            }
        }
    }

    /// Remembers the value of a hit of which no finding is made.
    fn learn(&mut self, view: &View<'_>, hit: &Hit) {
        if hit.tag.is_none() && hit.learn.is_some() {
            let value = &view.bytes()[hit.span.range()];
            let tag = self.tag(hit.canonical.as_deref().unwrap_or(value));
            self.out.learned.extend(known::lessons(hit, value, tag, &self.detector.key));
        }
    }

    /// The tag of a value, of which few differ.
    fn tag(&mut self, canonical: &[u8]) -> Tag {
        self.scratch.tags.get(canonical, |value| self.detector.key.tag(value))
    }

    /// Makes a finding of a hit, and remembers its value.
    fn keep(&mut self, view: &View<'_>, hit: Hit) {
        let spans: Spans<Raw> = if hit.rule.rule().class == Class::Secret {
            lines::raw(view, hit.span).as_slice().into()
        } else {
            let raw = &mut self.scratch.spans;
            raw.clear();
            view.raw_into(hit.span, raw);
            raw.as_slice().into()
        };
        if spans.is_empty() {
            return;
        }
        let value = &view.bytes()[hit.span.range()];
        let canonical = hit.canonical.as_deref().unwrap_or(value);
        let tag = hit.tag.unwrap_or_else(|| self.tag(canonical));
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

/// Whether a name or a path stands in one of the stretches of code, sorted and disjoint.
fn hides(code: &[(usize, usize)], hit: &Hit) -> bool {
    let covers = |span: Span<Text>| {
        let after = code.partition_point(|&(start, _)| start <= span.start());
        after > 0 && span.end() <= code[after - 1].1 && span.start() < span.end()
    };
    let named = || match hit.rule.rule().class {
        Class::Identity | Class::Path => true,
        Class::Code => hit.rule != id::CODE_BLOCK,
        Class::Secret | Class::Media => false,
    };
    !code.is_empty() && covers(hit.span) && named()
}

/// The parts of a long text that has changed in which alone anything new may be found: the surroundings of the changes,
/// unless those are most of it.
fn parts_of(focus: Focus<'_>, role: Role, token: &Token, record: &[u8]) -> Option<Vec<Range<usize>>> {
    let Focus::Spans(changed) = focus else { return None };
    let raw = token.bytes(record);
    let is_json = || matches!(raw.trim_ascii_start().first(), Some(b'{' | b'['));
    if role != Role::Value || raw.len() <= WHOLE || is_json() {
        return None;
    }
    let parts = surroundings(raw, token.start as usize, changed);
    let sum: usize = parts.iter().map(ExactSizeIterator::len).sum();
    (sum < raw.len() / 4 * 3).then_some(parts)
}

/// The parts of a text, raw, that starts at byte `start` of its record, around what of it has changed: in order, disjoint,
/// cut at blanks, so that no escape is torn.
fn surroundings(raw: &[u8], start: usize, changed: &[Span<Raw>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let end = start + raw.len();
    let first = changed.partition_point(|span| span.end() < start);
    for span in changed[first..].iter().take_while(|span| span.start() <= end) {
        let (from, to) = (span.start().max(start) - start, span.end().min(end) - start);
        let low = from.saturating_sub(AROUND);
        let joins = out.last().is_some_and(|last| low <= last.end);
        let blank = || memchr::memchr(b' ', &raw[low..from]).filter(|_| low > 0).map_or(0, |i| low + i);
        let low = if joins { low } else { blank() };
        let high = raw.len().min(to + AROUND);
        let high =
            memchr::memrchr(b' ', &raw[to..high]).filter(|_| high < raw.len()).map_or(raw.len(), |i| to + i);
        match out.last_mut() {
            Some(last) if low <= last.end => last.end = last.end.max(high),
            _ => out.push(low..high),
        }
    }
    out
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
