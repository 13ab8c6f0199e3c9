//! Questions in a record, and the answers to those of others.

use super::{Scratch, Search, Tree, View, unescape, unescape_view};
use crate::{
    detect::{
        Detector,
        asked::{self, Asked},
        known::Call,
    },
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
        // Where fields are asked, the raw record was not scanned.
        let questions = if self.wanted.asks_fields() {
            asked::questions(record.bytes, asked::places(record.bytes), self.wanted)
        } else {
            let calls = scratch.candidates.iter().filter(|candidate| candidate.kind == ScanKind::Call);
            asked::questions(record.bytes, calls.map(|candidate| candidate.at), self.wanted)
        };
        if questions.is_empty() || scratch.tree.read(record.bytes).is_err() {
            return Vec::new();
        }
        let tree = &scratch.tree;
        let call = |question: asked::Question| {
            let index = tree.tokens().partition_point(|token| token.end as usize <= question.at);
            let id = asked::id(record.bytes, tree, index)?;
            Some(Call { id: id.into(), asked: question.asked })
        };
        questions.into_iter().filter_map(call).collect()
    }
}

impl Search<'_> {
    /// Looks at the texts of a record that answer calls whose answers are asked for.
    pub(in crate::detect) fn answers(&mut self, record: &[u8], tree: &Tree, fields: &Fields) {
        let calls = self.known.calls(self.at, record);
        if calls.is_empty() {
            return;
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
            for index in asked::answers(record, tree, object, follows) {
                let field = fields.get(index);
                let token = &tree.tokens()[index];
                let view = unescape(token.bytes(record), token.start as usize);
                if let Some(inner) = asked::tagged(view.bytes()) {
                    self.answer(&view.part(Span::new(inner.start, inner.end)), asked);
                } else if matches!(field, Field::Output | Field::Answer | Field::Code(_))
                    || asked::is_said_by_tool(record, tree, index)
                {
                    self.answer(&printed(&view).unwrap_or(view), asked);
                }
            }
        }
    }

    /// Looks at an answer line by line.
    fn answer(&mut self, view: &View<'_>, asked: Asked) {
        let lines = asked::lines(view.bytes());
        let mut hits = std::mem::take(&mut self.scratch.hits);
        for &line in &lines {
            asked::find(view.bytes(), line, lines.len(), asked, &mut hits);
        }
        for hit in hits.drain(..) {
            self.keep(view, hit);
        }
        self.scratch.hits = hits;
    }
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
