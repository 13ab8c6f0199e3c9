//! Values near a word that means a secret.

use super::subject::{Hits, Subject};

/// Looks at the word at byte `at` of the subject and at what follows it.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let _ = (subject, at, hits);
}
