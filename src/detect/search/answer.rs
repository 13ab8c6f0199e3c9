//! Questions in a record, and the answers to those of others.

use super::{Scratch, Search, Token, Tree, View, unescape, unescape_view};
use crate::{
    detect::{
        Detector,
        asked::{self, Ask, Asked, Turn},
        assignment::Name,
        known::{Call, Of},
    },
    rule::Class,
    scan::Kind as ScanKind,
    span::Span,
    transcript::{agent::Fields, json::Kind, record::Record, text::Field},
};
use foldhash::HashSet;

/// How often the tokens of a record are gone through for answers, all its calls together.
const MOST_LOOKS: usize = 64;

impl Detector {
    /// The calls of a record whose answers are to be looked at.
    pub fn questions(&self, record: &Record<'_>, scratch: &mut Scratch) -> Vec<Call> {
        let mut calls = self.commands(record, scratch);
        calls.extend(self.turn(record, scratch));
        calls
    }

    /// What a record is for the one after it, if it asks for a secret in talk, or passes such a question on.
    fn turn(&self, record: &Record<'_>, scratch: &Scratch) -> Option<Call> {
        let word = || scratch.candidates.iter().any(|candidate| candidate.kind == ScanKind::Word);
        let words = self.wanted.has(Class::Secret) && (self.wanted.asks_fields() || word());
        let (id, of) = match asked::turn(record.bytes, words)? {
            Turn::Asks(id, asked) => (id, Of::Asked(asked)),
            Turn::Passes(from, id) => (id, Of::Same(from.into())),
            Turn::Says(asked) => (&b""[..], Of::Next(asked, record.offset)),
            Turn::Holds => (&b""[..], Of::Within(record.offset)),
        };
        Some(Call { id: id.into(), of_record: true, of })
    }

    /// The commands of a record whose answers are to be looked at.
    fn commands(&self, record: &Record<'_>, scratch: &mut Scratch) -> Vec<Call> {
        // Where fields are asked, the raw record was not scanned.
        let questions = if self.wanted.asks_fields() {
            asked::questions(record.bytes, asked::places(record.bytes), self.wanted)
        } else {
            let calls = scratch.candidates.iter().filter(|candidate| candidate.kind == ScanKind::Call);
            asked::questions(record.bytes, calls.map(|candidate| candidate.at), self.wanted)
        };
        if questions.is_empty() || scratch.tree.read_record(record.bytes).is_err() {
            return Vec::new();
        }
        let tree = &scratch.tree;
        let call = |question: asked::Question| {
            let index = tree.tokens().partition_point(|token| token.end as usize <= question.at);
            // What a text tells of other calls asks nothing of the call that it answers.
            tree.tokens().get(index).filter(|token| may_call(record.bytes, token))?;
            let (id, of_record) = asked::id(record.bytes, tree, index)?;
            Some(Call { id: id.into(), of_record, of: Of::Asked(question.asked) })
        };
        questions.into_iter().filter_map(call).collect()
    }
}

/// Whether a token may hold a call: the name of a member, a text that is JSON itself, what a user had a shell do.
fn may_call(record: &[u8], token: &Token) -> bool {
    let text = token.bytes(record);
    token.kind != Kind::String
        || text.starts_with(b"<bash-input>")
        || matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// A text of a record that answers a call.
pub(super) struct Answer {
    /// Its token.
    index: usize,
    asked: Asked,
}

impl Search<'_> {
    /// The texts of a record that answer calls whose answers are asked for, in order.
    pub(super) fn answered(&self, record: &[u8], tree: &Tree) -> Vec<Answer> {
        let (mut out, calls) = (Vec::new(), self.known.calls(self.at, record));
        out.extend(self.known.asked_before(self.at, record).map(|asked| Answer { index: 0, asked }));
        if calls.is_empty() {
            return out;
        }
        let only = asked::is_only(record, tree);
        // Ids over and over, or in objects within objects, must not cost the square of the record.
        let mut seen = HashSet::default();
        let mut left = MOST_LOOKS * tree.tokens().len();
        for (at, asked) in calls {
            let Ok(id) = tree.tokens().binary_search_by_key(&(at as u32), |token| token.start) else {
                continue;
            };
            let Some((object, follows)) = asked::answering(record, tree, id, only) else { continue };
            let looks = tree.close(object) - object;
            if !seen.insert((object, follows)) || left < looks {
                continue;
            }
            left -= looks;
            if asked.ask.and_then(Ask::in_talk).is_some() {
                // What was asked for in talk stands anywhere in the record.
                if follows {
                    out.push(Answer { index: 0, asked });
                }
                continue;
            }
            let texts = asked::answers(record, tree, object, follows);
            out.extend(texts.map(|index| Answer { index, asked }));
        }
        out.sort_by_key(|answer| answer.index);
        out
    }

    /// Looks at the texts of a record that answer calls.
    pub(super) fn answers(&mut self, record: &[u8], tree: &Tree, fields: &Fields, answers: &[Answer]) {
        if self.known.is_dialogue(self.at) {
            for (index, asked) in asked::dialogue(record, tree, fields) {
                asked
                    .ask
                    .and_then(Ask::in_talk)
                    .into_iter()
                    .for_each(|name| self.telling(record, tree, index, name));
            }
        }
        for &Answer { index, asked } in answers.iter().filter(|answer| answer.asked.ask.is_some()) {
            if let Some(name) = asked.ask.and_then(Ask::in_talk) {
                let typed = matches!(asked.ask, Some(Ask::Typed(_)));
                let texts: Vec<usize> = asked::tellings(record, tree, fields, typed).collect();
                texts.into_iter().for_each(|index| self.telling(record, tree, index, name));
                continue;
            }
            let token = &tree.tokens()[index];
            let view = unescape(token.bytes(record), token.start as usize);
            if let Some(inner) = asked::tagged(view.bytes()) {
                self.answer(&view.part(Span::new(inner.start, inner.end)), asked);
            } else if is_printed(record, tree, index, fields.get(index)) {
                self.answer(&printed(&view).unwrap_or(view), asked);
            }
        }
    }

    /// Looks at a record that is no JSON and may tell what was asked for in talk before it.
    pub(super) fn said_plainly(&mut self, record: &[u8]) {
        let asked = self.known.asked_before(self.at, record);
        if let Some(name) = asked.and_then(|asked| asked.ask).and_then(Ask::in_talk) {
            self.told(&unescape(record, 0), name);
        }
    }

    /// Looks at a text that tells what was asked for in talk.
    fn telling(&mut self, record: &[u8], tree: &Tree, index: usize, name: Name) {
        let token = &tree.tokens()[index];
        self.told(&unescape(token.bytes(record), token.start as usize), name);
    }

    /// Looks at a view of what tells what was asked for in talk.
    fn told(&mut self, view: &View<'_>, name: Name) {
        let mut hits = std::mem::take(&mut self.scratch.hits);
        asked::said(view.bytes(), name, &mut hits);
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        self.scratch.hits = hits;
    }

    /// The field of a text that shows source files, as its call says; `None` for any other text.
    pub(super) fn shown(
        &self,
        record: &[u8],
        tree: &Tree,
        (index, field): (usize, Field),
        answers: &[Answer],
    ) -> Option<Field> {
        let first = answers.partition_point(|answer| answer.index < index);
        let mut same = answers[first..].iter().take_while(|answer| answer.index == index);
        let language = same.find_map(|answer| answer.asked.shows)?;
        let text = tree.tokens()[index].bytes(record);
        // Beside an exit code.
        let text = text.strip_prefix(b"{\\\"output\\\":\\\"").unwrap_or(text);
        let shows = self.detector.wanted.has(Class::Code)
            && is_printed(record, tree, index, field)
            && tree.key(index).is_none_or(|key| tree.tokens()[key].bytes(record) != b"stderr")
            && !asked::is_failure(text);
        shows.then_some(Field::Code(language))
    }

    /// Looks at an answer line by line.
    fn answer(&mut self, view: &View<'_>, asked: Asked) {
        let lines = asked::lines(view.bytes());
        let mut hits = std::mem::take(&mut self.scratch.hits);
        for (index, &line) in lines.iter().enumerate() {
            asked::find(view.bytes(), line, (index, lines.len()), asked, &mut hits);
        }
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        self.scratch.hits = hits;
    }
}

/// Whether a text is what a command printed.
fn is_printed(record: &[u8], tree: &Tree, index: usize, field: Field) -> bool {
    matches!(field, Field::Output | Field::Answer | Field::Code(_))
        || asked::is_said_by_tool(record, tree, index)
}

/// What a command printed, where it stands in a JSON text beside its exit code.
fn printed<'v>(view: &View<'v>) -> Option<View<'v>> {
    let bytes = view.bytes();
    if bytes.first() != Some(&b'{') || !bytes.starts_with(b"{\"output\"") {
        return None;
    }
    let mut tree = Tree::default();
    tree.read(bytes).ok()?;
    let token = tree.tokens().get(tree.member(bytes, 0, b"output")?).filter(|t| t.kind == Kind::String)?;
    Some(unescape_view(&view.part(Span::new(token.start as usize, token.end as usize))))
}
