//! Redaction: decisions become bytes. One forward pass; what no decision names is copied as it is.

mod media;
mod outline;
mod own;
mod placeholder;
mod pseudonym;

use crate::{
    finding::Detail,
    policy::{Decisions, Replacement},
    rule::Style,
    span::{Raw, Span},
    tag::Tag,
};

pub use own::is_own;
pub use placeholder::{OPENING as PLACEHOLDER_OPENING, is_placeholder};

/// What stands in the place of a value of kind `label`.
#[must_use]
pub fn placeholder(label: &str, tag: Tag) -> String {
    let mut out = Vec::new();
    placeholder::render(label, tag, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Appends `record` with the edits of `decisions` applied to `out`; gives where in the redacted record the replacements
/// stand: sorted, disjoint, some of them empty.
pub fn apply(record: &[u8], decisions: &Decisions, out: &mut Vec<u8>) -> Vec<Span<Raw>> {
    let (mut at, base) = (0, out.len());
    let mut changed = Vec::with_capacity(decisions.edits().len());
    for edit in decisions.edits() {
        out.extend_from_slice(&record[at..edit.span.start()]);
        let start = out.len() - base;
        render(edit.with, out);
        changed.push(Span::new(start, out.len() - base));
        at = edit.span.end();
    }
    out.extend_from_slice(&record[at..]);
    changed
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
