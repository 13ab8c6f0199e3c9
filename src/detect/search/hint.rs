//! Which tokens of a record ask for a search.

use super::{Focus, Search, holds_one, sibling};
use crate::{
    scan::Candidate,
    transcript::{json::Token, text::Role, tree::Tree},
};

/// Which tokens of a record hold something that asks for a search; to be asked in the order of the tokens.
pub(super) struct Hints<'h> {
    pub(super) focus: Focus<'h>,
    /// Offsets of hints, and the next one.
    pub(super) hot: Vec<usize>,
    next: usize,
    /// Keys that hold a hint, in order.
    pub(super) hot_keys: Vec<usize>,
    /// The candidates of the raw record, and the next one.
    candidates: Vec<Candidate>,
    candidate: usize,
}

impl Hints<'_> {
    /// Whether the token itself is asked for.
    pub(super) fn asks(&mut self, token: &Token) -> bool {
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

    /// What the member beside a value calls it, if that means a secret; with hints only if one stands in that member.
    pub(super) fn named<'r>(
        &self,
        record: &'r [u8],
        tree: &Tree,
        index: usize,
        role: Role,
    ) -> Option<&'r [u8]> {
        let hints = matches!(self.focus, Focus::Hints);
        if role == Role::Key || hints && self.hot.is_empty() {
            return None;
        }
        let (name, word) = sibling::named(record, tree, index)?;
        let token = &tree.tokens()[name];
        let hinted = || holds_one(&self.hot, token.start as usize, token.end as usize);
        (!hints || hinted()).then_some(word)
    }

    /// The candidates within the token's raw bytes, relative to its start.
    pub(super) fn within(&mut self, token: &Token, out: &mut Vec<Candidate>) {
        let (start, end) = (token.start as usize, token.end as usize);
        self.candidate += self.candidates[self.candidate..].iter().take_while(|c| c.at < start).count();
        let inside = self.candidates[self.candidate..].iter().take_while(|c| c.at < end);
        out.extend(inside.map(|c| Candidate { at: c.at - start, ..*c }));
    }
}

impl Search<'_> {
    /// The hints of a record, in memory that is given back.
    pub(super) fn take_hints<'h>(&mut self, focus: Focus<'h>) -> Hints<'h> {
        let mut hot_keys = std::mem::take(&mut self.scratch.hot_keys);
        hot_keys.clear();
        let (mut hot, mut candidates) = (Vec::new(), Vec::new());
        if matches!(focus, Focus::Hints) {
            hot = std::mem::take(&mut self.scratch.hot);
            candidates = std::mem::take(&mut self.scratch.candidates);
        }
        Hints { focus, hot, next: 0, hot_keys, candidates, candidate: 0 }
    }

    pub(super) fn give_hints_back(&mut self, hints: Hints<'_>) {
        self.scratch.hot_keys = hints.hot_keys;
        if matches!(hints.focus, Focus::Hints) {
            self.scratch.hot = hints.hot;
            self.scratch.candidates = hints.candidates;
        }
    }
}
