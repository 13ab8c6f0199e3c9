//! What stands in the place of a picture or a document: the least valid one of its kind.

use crate::transcript::{media::minimal, text::MediaKind};

/// Appends the base64 of the least valid medium of `kind`; nothing for a kind that has none.
pub(crate) fn render(kind: MediaKind, out: &mut Vec<u8>) {
    out.extend_from_slice(minimal(kind).as_bytes());
}
