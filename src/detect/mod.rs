//! Detectors: candidates become findings. One file per kind of evidence; this one finds the texts of a record, makes
//! the views that their candidates ask for, and hands both to the detectors.

mod assignment;
mod reference;
mod shape;
mod subject;
#[cfg(test)]
mod tests;
mod wrapping;

use crate::{
    finding::Finding,
    scan::{Candidate, Kind, Scanner},
    tag::Key,
    transcript::{
        agent::Fields,
        json::{Kind as TokenKind, Token},
        text::{Field, Role},
        tree::Tree,
        view::{View, unescape},
    },
};
use subject::{Hit, Hits, Subject};

/// The least length of a JSON number that is searched, in bytes: the shortest payment card.
const LONG_NUMBER: usize = 12;

/// Searches records. Shared by all threads; each brings its own [`Scratch`].
pub struct Detector {
    scanner: Scanner,
    key: Key,
}

/// A thread's memory, reused from record to record.
#[derive(Default)]
pub struct Scratch {
    tree: Tree,
    fields: Fields,
    candidates: Vec<Candidate>,
    inner: Vec<Candidate>,
    hits: Hits,
}

impl Detector {
    /// A detector whose tags are made with `key`.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self { scanner: Scanner::new(), key }
    }

    /// Appends everything found in one record, sorted by nothing in particular.
    pub fn search(&self, record: &[u8], scratch: &mut Scratch, out: &mut Vec<Finding>) {
        scratch.candidates.clear();
        self.scanner.scan(record, &mut scratch.candidates);
        if scratch.candidates.is_empty() {
            return;
        }
        let mut tree = std::mem::take(&mut scratch.tree);
        if tree.read(record).is_ok() {
            scratch.fields.read(record, &tree);
            self.search_tree(record, &tree, scratch, out);
        } else {
            self.search_plain(record, scratch, out);
        }
        scratch.tree = tree;
    }

    fn search_tree(&self, record: &[u8], tree: &Tree, scratch: &mut Scratch, out: &mut Vec<Finding>) {
        let cwd =
            working_directory(tree, &scratch.fields).map(|t| unescape(t.bytes(record), t.start as usize));
        for (index, token) in tree.tokens().iter().enumerate() {
            let role = match token.kind {
                TokenKind::Key => Role::Key,
                TokenKind::String => Role::Value,
                TokenKind::Number if token.end - token.start >= LONG_NUMBER as u32 => Role::Number,
                _ => continue,
            };
            let field = scratch.fields.get(index);
            if matches!(field, Field::Structural | Field::Opaque) {
                continue;
            }
            let key_token = tree.nearest_key(index).map(|k| tree.tokens()[k]);
            let key = key_token.map(|k| unescape(k.bytes(record), k.start as usize));
            let view = unescape(token.bytes(record), token.start as usize);
            let key = key.as_ref().map(View::bytes);
            let cwd = cwd.as_ref().map(View::bytes);
            let subject = Subject { bytes: view.bytes(), key, role, field, cwd };
            self.search_view(&view, &subject, scratch, out);
        }
    }

    fn search_plain(&self, record: &[u8], scratch: &mut Scratch, out: &mut Vec<Finding>) {
        let view = unescape(record, 0);
        let bytes = view.bytes();
        let subject = Subject { bytes, key: None, role: Role::Plain, field: Field::Free, cwd: None };
        self.search_view(&view, &subject, scratch, out);
    }

    fn search_view(
        &self,
        view: &View<'_>,
        subject: &Subject<'_>,
        scratch: &mut Scratch,
        out: &mut Vec<Finding>,
    ) {
        scratch.inner.clear();
        scratch.hits.clear();
        assignment::find_keyed(subject, &mut scratch.hits);
        self.scanner.scan(subject.bytes, &mut scratch.inner);
        for candidate in &scratch.inner {
            dispatch(subject, *candidate, &mut scratch.hits);
        }
        out.extend(scratch.hits.drain(..).filter_map(|hit| self.finding(view, hit)));
    }

    fn finding(&self, view: &View<'_>, hit: Hit) -> Option<Finding> {
        let spans = view.raw(hit.span);
        let value = hit.canonical.as_deref().unwrap_or(&view.bytes()[hit.span.range()]);
        let tag = self.key.tag(value);
        let Hit { rule, confidence, evidence, detail, learn, .. } = hit;
        (!spans.is_empty()).then_some(Finding { rule, confidence, evidence, tag, spans, detail, learn })
    }
}

/// The token that names the record's working directory.
fn working_directory<'t>(tree: &'t Tree, fields: &Fields) -> Option<&'t Token> {
    let index = fields.find(Field::WorkingDirectory)?;
    tree.tokens().get(index)
}

/// Hands a candidate to the code that knows its kind.
fn dispatch(subject: &Subject<'_>, candidate: Candidate, hits: &mut Hits) {
    match candidate.kind {
        Kind::Word => assignment::find(subject, candidate.at, hits),
        _ => {}
    }
}
