//! Views: a text after a decoding, with a monotone map back to the record's bytes. Views compose: a decoding of a view
//! is a view whose map leads all the way back, so a finding in the innermost text names raw bytes.
//!
//! A new view is a small file: it walks the bytes of a view and tells a [`Builder`] what it keeps, what it decodes and
//! what it leaves out.

mod join;
mod unescape;

pub(crate) use join::join;
pub(crate) use unescape::unescape;

use crate::span::{Raw, Span, Text};
use std::{borrow::Cow, fmt};

/// Decoded bytes and where they came from.
#[derive(Clone)]
pub struct View<'a> {
    bytes: Cow<'a, [u8]>,
    map: Map,
}

/// A stretch of a view: `len` decoded bytes from `at` that stand for source bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// First decoded byte.
    at: usize,
    /// First source byte.
    source: usize,
    /// Number of source bytes.
    source_len: usize,
    /// How the two correspond.
    how: How,
}

/// How decoded bytes correspond to source bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Byte for byte.
    Copy,
    /// All of the decoded bytes for all of the source bytes: an escape sequence, a base64 text. With no decoded
    /// byte: source bytes that a decoding drops and a finding around them takes along, such as a colour code.
    Block,
    /// A separator that stands for no source byte, such as the newline between joined pieces.
    Glue,
}

/// The pieces of a view in order. Source bytes between two pieces that neither names are not part of the view: a
/// finding over both pieces leaves them as they are, such as a line's number.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Map {
    pieces: Vec<Piece>,
}

impl<'a> View<'a> {
    /// The bytes of a record from `start` on, as they are.
    #[must_use]
    pub fn identity(bytes: &'a [u8], start: usize) -> Self {
        let piece = Piece { at: 0, source: start, source_len: bytes.len(), how: How::Copy };
        Self { bytes: Cow::Borrowed(bytes), map: Map { pieces: vec![piece] } }
    }

    /// The decoded bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The raw bytes that `span` stands for: sorted, disjoint, none empty, no line break in any of them.
    ///
    /// More than one where the view has joined pieces or left something out, and where the span goes over lines.
    #[must_use]
    pub fn raw(&self, span: Span<Text>) -> Vec<Span<Raw>> {
        let mut out: Vec<Span<Raw>> = Vec::new();
        let mut open = false;
        for index in self.map.first_piece(span.start())..self.map.pieces.len() {
            let piece = self.map.pieces[index];
            if piece.at >= span.end() {
                break;
            }
            let end = self.piece_end(index);
            match piece.how {
                How::Glue => open = false,
                How::Block => {
                    if end > piece.at && is_line_break(&self.bytes[piece.at..end]) {
                        open = false;
                    } else if end > piece.at || out.last().is_some_and(|_| open) {
                        open = extend(&mut out, open, piece.source, piece.source + piece.source_len);
                    }
                }
                How::Copy => {
                    let (from, to) = (span.start().max(piece.at), span.end().min(end));
                    let source = |decoded: usize| piece.source + (decoded - piece.at);
                    let mut line = from;
                    for brk in memchr::memchr2_iter(b'\n', b'\r', &self.bytes[from..to]) {
                        if from + brk > line {
                            extend(&mut out, open, source(line), source(from + brk));
                        }
                        open = false;
                        line = from + brk + 1;
                    }
                    if to > line {
                        open = extend(&mut out, open, source(line), source(to));
                    }
                }
            }
        }
        out
    }

    /// The one raw span from the first to the last byte that the view stands for.
    #[must_use]
    pub fn extent(&self) -> Span<Raw> {
        let solid = || self.map.pieces.iter().filter(|p| p.how != How::Glue);
        let start = solid().map(|p| p.source).min().unwrap_or(0);
        let end = solid().map(|p| p.source + p.source_len).max().unwrap_or(start);
        Span::new(start, end)
    }

    /// One past the last decoded byte of piece `index`.
    fn piece_end(&self, index: usize) -> usize {
        self.map.pieces.get(index + 1).map_or(self.bytes.len(), |next| next.at)
    }
}

/// Adds `start..end` to the last span if the two touch and it is open, else as a span of its own.
fn extend(out: &mut Vec<Span<Raw>>, open: bool, start: usize, end: usize) -> bool {
    match out.last_mut() {
        Some(last) if open && last.end() == start => *last = Span::new(last.start(), end),
        _ if start == end => return open,
        _ => out.push(Span::new(start, end)),
    }
    true
}

fn is_line_break(decoded: &[u8]) -> bool {
    !decoded.is_empty() && decoded.iter().all(|b| matches!(b, b'\n' | b'\r'))
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "View(<{} bytes>, {} pieces)", self.bytes.len(), self.map.pieces.len())
    }
}

impl Map {
    /// The index of the piece that holds decoded byte `at`.
    fn first_piece(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
    }
}

/// Builds a view of a view: what is told in source order becomes pieces, mapped through to raw bytes.
pub struct Builder<'p, 'a> {
    parent: &'p View<'a>,
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

impl<'p, 'a> Builder<'p, 'a> {
    /// A builder over `parent`; `capacity` is a guess at the number of decoded bytes.
    #[must_use]
    pub fn new(parent: &'p View<'a>, capacity: usize) -> Self {
        Self { parent, bytes: Vec::with_capacity(capacity), pieces: Vec::new() }
    }

    /// Keeps bytes `start..end` of the parent as they are.
    pub fn copy(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        let map = &self.parent.map;
        let shift = self.bytes.len();
        for index in map.first_piece(start)..map.pieces.len() {
            let piece = map.pieces[index];
            if piece.at >= end {
                break;
            }
            let piece_end = self.parent.piece_end(index);
            let (from, to) = (start.max(piece.at), end.min(piece_end));
            let at = shift + (from - start);
            let part = match piece.how {
                How::Copy => {
                    Piece { at, source: piece.source + (from - piece.at), source_len: to - from, ..piece }
                }
                How::Block | How::Glue => Piece { at, ..piece },
            };
            self.push(part);
        }
        self.bytes.extend_from_slice(&self.parent.bytes[start..end]);
    }

    /// Decodes bytes `start..end` of the parent, as a whole, to `decoded`; nothing in `decoded` drops them, so that a
    /// finding around them takes them along.
    pub fn block(&mut self, start: usize, end: usize, decoded: &[u8]) {
        let spans = self.parent.solid(start, end);
        let at = self.bytes.len();
        for (i, span) in spans.iter().enumerate() {
            // The first of several stretches carries the decoded bytes; the others go with it.
            let how = How::Block;
            let at = if i == 0 { at } else { at + decoded.len() };
            self.push(Piece { at, source: span.start(), source_len: span.len(), how });
        }
        if spans.is_empty() && !decoded.is_empty() {
            self.push(Piece { at, source: 0, source_len: 0, how: How::Glue });
        }
        self.bytes.extend_from_slice(decoded);
    }

    /// Adds `separator`, which stands for no source byte.
    pub fn glue(&mut self, separator: &[u8]) {
        if !separator.is_empty() {
            self.push(Piece { at: self.bytes.len(), source: 0, source_len: 0, how: How::Glue });
            self.bytes.extend_from_slice(separator);
        }
    }

    /// The view.
    #[must_use]
    pub fn finish(self) -> View<'static> {
        View { bytes: Cow::Owned(self.bytes), map: Map { pieces: self.pieces } }
    }

    fn push(&mut self, piece: Piece) {
        if let Some(last) = self.pieces.last_mut() {
            let joined = last.how == How::Copy
                && piece.how == How::Copy
                && last.source + last.source_len == piece.source
                && last.at + last.source_len == piece.at;
            if joined {
                last.source_len += piece.source_len;
                return;
            }
        }
        self.pieces.push(piece);
    }
}

impl View<'_> {
    /// The raw stretches behind decoded bytes `start..end`, line breaks included, touching ones merged.
    fn solid(&self, start: usize, end: usize) -> Vec<Span<Raw>> {
        let mut out: Vec<Span<Raw>> = Vec::new();
        for index in self.map.first_piece(start)..self.map.pieces.len() {
            let piece = self.map.pieces[index];
            if piece.at >= end {
                break;
            }
            let (from, to) = match piece.how {
                How::Glue => continue,
                How::Block => (piece.source, piece.source + piece.source_len),
                How::Copy => {
                    let piece_end = self.piece_end(index);
                    let source = |decoded: usize| piece.source + (decoded - piece.at);
                    (source(start.max(piece.at)), source(end.min(piece_end)))
                }
            };
            extend(&mut out, true, from, to);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_over_lines_leaves_the_line_breaks() {
        let raw = br"one\ntwo three\r\nfour";
        let view = unescape(raw, 100);
        assert_eq!(view.bytes(), b"one\ntwo three\r\nfour");
        let spans = view.raw(Span::new(1, view.bytes().len() - 1));
        let texts: Vec<_> = spans.iter().map(|s| &raw[s.start() - 100..s.end() - 100]).collect();
        assert_eq!(texts, [&b"ne"[..], b"two three", b"fou"]);
    }

    #[test]
    fn views_compose_back_to_raw_bytes() {
        let raw = br#"a \\\"tok\\u0065n\\\" z"#;
        let outer = unescape(raw, 7);
        assert_eq!(outer.bytes(), br#"a \"tok\u0065n\" z"#);
        let mut inner = Builder::new(&outer, 0);
        inner.copy(0, 2);
        inner.block(2, 4, b"\"");
        inner.copy(4, 7);
        inner.block(7, 13, b"e");
        inner.copy(13, 14);
        let inner = inner.finish();
        assert_eq!(inner.bytes(), b"a \"token");
        let at = memchr::memmem::find(inner.bytes(), b"token").unwrap();
        let spans = inner.raw(Span::new(at, at + 5));
        assert_eq!(spans.len(), 1);
        assert_eq!(&raw[spans[0].start() - 7..spans[0].end() - 7], br"tok\\u0065n");
    }

    #[test]
    fn dropped_bytes_go_with_a_finding_and_left_out_bytes_stay() {
        let raw = b"12:ab\x1b[0mcd";
        let parent = View::identity(raw, 0);
        let mut view = Builder::new(&parent, 4);
        view.copy(0, 1);
        view.copy(3, 5);
        view.block(5, 9, b"");
        view.copy(9, 11);
        let view = view.finish();
        assert_eq!(view.bytes(), b"1abcd");
        assert_eq!(view.raw(Span::new(0, 5)), [Span::new(0, 1), Span::new(3, 11)]);
        assert_eq!(view.raw(Span::new(1, 3)), [Span::new(3, 5)], "a dropped byte at the rim stays");
    }
}
