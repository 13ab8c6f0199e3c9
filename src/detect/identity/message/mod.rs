//! People, machines, repositories and names of code in what programs say: `Switched to branch 'x'`, `x is not in the
//! sudoers file`, `NameError: name 'x' is not defined`.
//!
//! A message is a template ([`table`]). The scan meets one literal of it, its anchor; the rest is compared to both sides,
//! and only if all of it fits is anything found.

pub(super) mod argument;
mod emit;
pub(super) mod lines;
mod program;
mod table;
mod template;
mod whole;

pub(super) use emit::{is_company, lone_ticket as ticket, value};
pub(super) use template::Slot;

use super::super::{
    subject::{Hits, Subject},
    word,
};
use std::sync::LazyLock;
use template::Message;

/// The most bytes of a value in a template.
const MAX_VALUE: usize = 120;

/// All templates, and by the first byte of their anchors where they are.
struct Index {
    messages: Vec<Message>,
    starts: [(u16, u16); 256],
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut messages: Vec<Message> = table::MESSAGES.iter().map(|text| Message::parse(text)).collect();
    messages.sort_by(|a, b| a.anchor.cmp(b.anchor));
    let mut starts = [(0, 0); 256];
    for (at, message) in (0u16..).zip(&messages) {
        let range = &mut starts[usize::from(message.anchor[0])];
        *range = if range.1 == 0 { (at, at + 1) } else { (range.0, at + 1) };
    }
    Index { messages, starts }
});

/// Looks at the messages whose anchor starts at byte `at`; names of code are wanted if `code` says so.
pub(super) fn find(subject: &Subject<'_>, at: usize, code: bool, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(first) = bytes.get(at) else { return };
    let (from, to) = INDEX.starts[usize::from(first.to_ascii_lowercase())];
    for message in &INDEX.messages[usize::from(from)..usize::from(to)] {
        if word::starts_with(&bytes[at..], message.anchor)
            && let Some(values) = message.values(bytes, at)
        {
            emit::all(bytes, &values, code, hits);
        }
    }
}

/// Every anchor, for tests.
#[cfg(test)]
pub(super) fn anchors() -> impl Iterator<Item = &'static str> {
    table::MESSAGES.iter().map(|text| template::anchor(text))
}

#[cfg(test)]
mod tests;
