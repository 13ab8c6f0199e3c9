//! Placeholders: `[REDACTED:github-pat:7f3a9c]`.

use crate::tag::Tag;

/// How every placeholder starts. No rule may take such text for a value.
pub const OPENING: &str = "[REDACTED:";

/// Appends the placeholder of a value of kind `label`.
pub(super) fn render(label: &str, tag: Tag, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{OPENING}{label}:{tag}]").as_bytes());
}

/// Whether `bytes` is one placeholder and nothing else.
#[must_use]
pub fn is_placeholder(bytes: &[u8]) -> bool {
    let inner = bytes.strip_prefix(OPENING.as_bytes()).and_then(|rest| rest.strip_suffix(b"]"));
    inner.is_some_and(|inner| {
        inner.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.'))
    })
}
