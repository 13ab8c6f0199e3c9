//! Redaction: decisions become bytes. One forward pass; what no decision names is copied as it is.

mod media;
mod outline;
mod placeholder;
mod pseudonym;

use crate::{
    finding::Detail,
    policy::{Decisions, Replacement},
    rule::Style,
};

pub use placeholder::{OPENING as PLACEHOLDER_OPENING, is_placeholder};

/// Appends `record` with the edits of `decisions` applied to `out`.
pub fn apply(record: &[u8], decisions: &Decisions, out: &mut Vec<u8>) {
    let mut at = 0;
    for edit in decisions.edits() {
        out.extend_from_slice(&record[at..edit.span.start()]);
        render(edit.with, out);
        at = edit.span.end();
    }
    out.extend_from_slice(&record[at..]);
}

/// Appends what stands in a span's place. Every byte of it is the same at any depth of JSON strings.
fn render(with: Replacement, out: &mut Vec<u8>) {
    let Replacement::Pseudonym { rule, tag, detail, quoted } = with else { return };
    if quoted {
        out.push(b'"');
    }
    match (rule.rule().style, detail) {
        (_, Detail::Empty) => {}
        (_, Detail::Outline { .. }) => outline::render(detail, tag, out),
        (_, Detail::Media(kind)) => media::render(kind, out),
        (Style::Tag | Style::Outline | Style::Media, Detail::None) => {
            placeholder::render(rule.rule().label, tag, out);
        }
        (style, Detail::None) => pseudonym::render(style, tag, out),
    }
    if quoted {
        out.push(b'"');
    }
}
