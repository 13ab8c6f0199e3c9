//! Outlines of code: `[CODE python 42 lines 7f3a9c]`.

use crate::{finding::Detail, tag::Tag};

/// Appends the first line of an outline; its other lines are empty.
pub(crate) fn render(detail: Detail, tag: Tag, out: &mut Vec<u8>) {
    let Detail::Outline { language, lines } = detail else { return };
    let language = if language.is_empty() { "text" } else { language };
    let unit = if lines == 1 { "line" } else { "lines" };
    out.extend_from_slice(format!("[CODE {language} {lines} {unit} {tag}]").as_bytes());
}
