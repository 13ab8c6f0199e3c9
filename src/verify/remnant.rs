//! What of a redacted record still tells what was removed from it, so that it can go too: two values that were glued and
//! of which one alone was seen, a token that only shows when its neighbour is gone, a value in an encoding that was cut.

use super::{Change, Survivors, holds_token, readings, removed};
use crate::{
    detect::Detector,
    rule::Class,
    span::{Raw, Span, Spans},
    transcript::{
        agent::Fields,
        json::{Kind, Token, tokenize},
        text::Field,
        tree::Tree,
    },
};
use std::ops::Range;

/// How much goes at once, at least. What no part of a text tells alone takes the next larger part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// What stands between blanks, quotes and line breaks.
    Word,
    /// A line of a text.
    Line,
    /// A text.
    Text,
}

impl Grain {
    /// From the smallest on.
    pub const ALL: [Self; 3] = [Self::Word, Self::Line, Self::Text];
}

/// A part of a record that still tells something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remnant {
    /// The bytes of the record before its redaction.
    pub spans: Spans<Raw>,
    /// Whether its replacement needs quotes: it was a number.
    pub quoted: bool,
    /// What must become empty with it: thinking that a signature covers.
    pub whole: Option<Span<Raw>>,
}

/// The parts of a record that still tell, after its redaction, what was removed from it, or a token.
#[must_use]
pub fn remnants(change: Change<'_>, detector: &Detector, grain: Grain) -> Vec<Remnant> {
    let removed = removed(change);
    let survivors = Survivors::new(&removed);
    let tokens = detector.wants(Class::Secret);
    let mut out = Vec::new();
    for text in texts(change) {
        let holds = |part: &[u8]| {
            readings(part).iter().any(|reading| {
                survivors.stand_in(reading)
                    || tokens && text.changed && holds_token(reading, change.exempt, detector)
            })
        };
        let bytes = &change.after[text.span.range()];
        if !holds(bytes) {
            continue;
        }
        let least = if text.number { Grain::Text } else { grain };
        out.extend(narrowed(bytes, least, holds).into_iter().filter_map(|parts| text.remnant(change, parts)));
    }
    out
}

/// All texts of a record in which something was replaced.
#[must_use]
pub fn changed(change: Change<'_>) -> Vec<Remnant> {
    let texts = texts(change).into_iter().filter(|text| text.changed);
    texts.filter_map(|text| text.remnant(change, pieces(&change.after[text.span.range()], false))).collect()
}

impl Text {
    /// The `parts` of it, which are relative to its start, as they stood before.
    fn remnant(&self, change: Change<'_>, parts: Vec<Range<usize>>) -> Option<Remnant> {
        let start = self.span.start();
        let old = |part: Range<usize>| change.before(part.start + start, part.end + start);
        let spans: Vec<_> = parts.into_iter().map(old).filter(|span| !span.is_empty()).collect();
        let whole = self.signed.then(|| change.before(start, self.span.end()));
        let remnant = || Remnant { spans: spans.iter().copied().collect(), quoted: self.number, whole };
        (!spans.is_empty()).then(remnant)
    }
}

impl Change<'_> {
    /// Where before the redaction stood what stands at `start..end` after it; of a replacement all that it replaces.
    fn before(&self, start: usize, end: usize) -> Span<Raw> {
        let edits = self.decisions.edits();
        let after = |index: usize, at: usize| edits[index].span.end() + at - self.changed[index].end();
        let first = self.changed.partition_point(|span| span.start() <= start).checked_sub(1);
        let from = match first {
            None => start,
            Some(index) if start < self.changed[index].end() => edits[index].span.start(),
            Some(index) => after(index, start),
        };
        let last = self.changed.partition_point(|span| span.start() < end).checked_sub(1);
        let to = match last {
            None => end,
            Some(index) if end <= self.changed[index].end() => edits[index].span.end(),
            Some(index) => after(index, end),
        };
        Span::new(from, to.max(from))
    }
}

/// A text of a redacted record.
struct Text {
    span: Span<Raw>,
    /// Whether something was replaced in it.
    changed: bool,
    /// Whether it was a number.
    number: bool,
    /// Whether a signature covers it.
    signed: bool,
}

/// The texts of the redacted record that may change; all of it is one, if it is no JSON.
fn texts(change: Change<'_>) -> Vec<Text> {
    let mut tree = Tree::default();
    let mut old: Vec<Token> = Vec::new();
    let json = tree.read(change.after).is_ok() && tokenize(change.before, &mut old).is_ok();
    if !json || old.len() != tree.tokens().len() {
        let span = Span::new(0, change.after.len());
        return vec![Text { span, changed: true, number: false, signed: false }];
    }
    let mut fields = Fields::default();
    fields.read(change.after, &tree);
    let stays = |field| matches!(field, Field::Structural | Field::Opaque | Field::Media(_));
    let changed = |span: Span<Raw>| {
        let first = change.changed.partition_point(|changed| changed.end() < span.start());
        change.changed.get(first).is_some_and(|changed| changed.start() <= span.end())
    };
    let tokens = tree.tokens().iter().enumerate();
    tokens
        .filter(|(_, token)| matches!(token.kind, Kind::Key | Kind::String | Kind::Number))
        .filter(|(index, _)| !stays(fields.get(*index)))
        .map(|(index, token)| {
            let span = Span::new(token.start as usize, token.end as usize);
            let signed = fields.get(index) == Field::SignedThinking;
            Text { span, changed: changed(span), number: old[index].kind == Kind::Number, signed }
        })
        .collect()
}

/// The smallest parts of a text, from `least` on, that hold something alone; each may lie in several lines.
fn narrowed(text: &[u8], least: Grain, holds: impl Fn(&[u8]) -> bool) -> Vec<Vec<Range<usize>>> {
    for grain in Grain::ALL.into_iter().skip_while(|grain| *grain != least) {
        let parts = pieces(text, grain == Grain::Word);
        if grain == Grain::Text {
            return vec![parts];
        }
        let held: Vec<_> =
            parts.into_iter().filter(|part| holds(&text[part.clone()])).map(|part| vec![part]).collect();
        if !held.is_empty() {
            return held;
        }
    }
    Vec::new()
}

/// The lines of a text as it stands in JSON, or its words; line breaks, and what parts words, belong to none. Where a quote
/// in a text in a text ends a word, its backslashes do not belong to it.
fn pieces(text: &[u8], words: bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = text.get(at) {
        let len = if byte == b'\\' && at + 1 < text.len() { 2 } else { 1 };
        let sign = text[at + len - 1];
        let parts = match (len, sign) {
            (2, b'n' | b'r') | (1, b'\n' | b'\r') => true,
            (2, b't' | b'"') | (1, b' ' | b'\t' | b'"') => words,
            _ => false,
        };
        if parts {
            push(text, start, at, &mut out);
            start = at + len;
        }
        at += len;
    }
    push(text, start, text.len(), &mut out);
    out
}

fn push(text: &[u8], start: usize, end: usize, out: &mut Vec<Range<usize>>) {
    let slashes = text[start..end].iter().rev().take_while(|b| **b == b'\\').count();
    if end - slashes > start {
        out.push(start..end - slashes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_part_at_lines_and_words_and_nowhere_in_an_escape() {
        let parts = |text: &str, words| {
            let parts = pieces(text.as_bytes(), words).into_iter();
            parts.map(|part| text[part].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(parts(r"a b\nc\u0041\r\nd", false), ["a b", r"c\u0041", "d"]);
        assert_eq!(parts(r#"a b\nc\"d e\\\"f"#, true), ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(parts(r"a\\nb c\", true), [r"a\\nb", "c"]);
        assert_eq!(parts("a\nb\r\n", false), ["a", "b"]);
    }

    #[test]
    fn the_smallest_part_that_holds_it_goes() {
        let narrow = |text: &str, value: &str| {
            let holds = |part: &[u8]| memchr::memmem::find(part, value.as_bytes()).is_some();
            let parts = narrowed(text.as_bytes(), Grain::Word, holds).into_iter().flatten();
            parts.map(|part| text[part].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(narrow(r"a xbx\nb c", "b"), ["xbx", "b"]);
        assert_eq!(narrow(r"a b\nc d", "c d"), ["c d"]);
        assert_eq!(narrow(r"a b\nc d", r"b\nc"), ["a b", "c d"]);
    }
}
