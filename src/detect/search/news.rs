//! The search for values that have become known since a record was searched.

use super::{Focus, Search, Token, Tree, View, role_of, unescape, which};
use crate::{
    detect::{Unwrapped, known::Untold},
    transcript::text::{Field, Role},
};

impl Search<'_> {
    /// Looks again at the texts of a record in which one of the values `untold` stands, which have become known since
    /// `unwrapped` was noted, and at those in which one may be hidden.
    pub(in crate::detect) fn news(
        &mut self,
        record: &[u8],
        tree: &Tree,
        untold: &[Untold],
        unwrapped: &[Unwrapped],
    ) {
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
            // What stands in something wrapped may be told by a look at the text around it; but of what was never searched
            // nobody knows what is wrapped in it.
            let never = !self.detector.wanted.asks_fields();
            if hides || never || !self.known_alone(record, token, (role, field), untold) && noted.is_some() {
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
        self.known.are_told(self.at, &self.out.findings[before..], untold)
    }
}
