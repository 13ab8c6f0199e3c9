//! The smallest valid picture or document of each kind, in base64.

use crate::transcript::text::MediaKind;

/// A PNG of one transparent pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// Appends the replacement for media of `kind`.
pub(crate) fn render(kind: MediaKind, out: &mut Vec<u8>) {
    match kind {
        MediaKind::Other => {}
        _ => out.extend_from_slice(PNG.as_bytes()),
    }
}
