//! Which further views of a text are worth a look: what a marker in it asks for.

use crate::{
    scan::Candidate,
    transcript::{tree::Tree, view::View},
};

/// Appends the views that the bytes of `view`, where a scan found `candidates`, ask for.
///
/// The caller searches each of them and unwraps it in turn; that ends, and the bytes of all views together are a small
/// multiple of those of the first.
pub(crate) fn unwrap(view: &View<'_>, candidates: &[Candidate], out: &mut Vec<View<'static>>) {
    let _ = (view, candidates, out);
}

/// The texts of `record` that only together may hold a value: lines of a patch, adjacent blocks, arguments.
pub(crate) fn neighbours(record: &[u8], tree: &Tree) -> Vec<View<'static>> {
    let _ = (record, tree);
    Vec::new()
}
