//! Views: a text after a decoding, with a monotone map back to the record's bytes. Views compose: a decoding of a view
//! is a view whose map leads all the way back, so a finding in the innermost text names raw bytes.
//!
//! A new view is a small file: it walks the bytes of a view and tells a [`Builder`] what it keeps, what it decodes and
//! what it leaves out.

mod armor;
mod base32;
mod base64;
mod build;
mod cells;
mod class;
mod dump;
mod edit;
mod entity;
mod escape;
mod gutter;
mod hex;
mod hint;
mod inline;
mod invisible;
mod join;
mod joint;
mod lines;
mod list;
mod literal;
mod percent;
mod plain;
mod quoted;
mod unescape;

pub(crate) use armor::{blocks, strip};
pub(crate) use base64::decode_new;
pub use build::Builder;
pub(crate) use gutter::{leads_on, undress};
pub(crate) use hint::{Hints, hints, hints_at, may_go_on};
pub(crate) use inline::{Points, inline};
pub(crate) use join::join;
pub(crate) use joint::rejoin;
pub(crate) use lines::opens_with_bar;
pub(crate) use list::decode_lists;
pub(crate) use quoted::is_likely as is_mail;
pub use unescape::unescape;
pub(crate) use unescape::unescape_view;

use crate::span::{Raw, Span, Text};
use std::{borrow::Cow, fmt, sync::Arc};

/// Decoded bytes and where they came from.
#[derive(Clone)]
pub struct View<'a> {
    bytes: Cow<'a, [u8]>,
    map: Map,
    history: History,
}

/// Which source bytes stand behind decoded bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Map {
    /// Stretch by stretch, in order. Source bytes between two pieces that neither names are not part of the view: a
    /// finding over both pieces leaves them as they are, such as a line's number.
    Pieces(Vec<Piece>),
    /// Everything for anything: an encoded blob of which no part can be replaced alone. Sorted, disjoint, no line
    /// break in any of them.
    Whole(Arc<[Span<Raw>]>),
}

/// A stretch of a view: the decoded bytes from `at` to the next piece stand for source bytes.
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
    /// All of the decoded bytes for all of the source bytes: an escape sequence. With no decoded byte: source bytes
    /// that a decoding drops and a finding around them takes along, such as a colour code.
    Block,
    /// More source bytes of the block before it, which lies in several places. No decoded byte of its own.
    Tail,
    /// A separator that stands for no source byte, such as the newline between joined pieces.
    Glue,
}

/// How a view came to be: what [`crate::detect`] needs to know to unwrap on without end or doubling.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct History {
    /// Number of decodings since the record's own text.
    depth: u8,
    /// Whether lines were taken apart or put together since the last opaque decoding.
    relined: bool,
    /// Whether pieces were put together on a mere guess.
    guessed: bool,
    /// Whether the last decoding undid nothing but plain escapes: a backslash and a character.
    plain: bool,
    /// The decoded offsets where the last decoding changed something; `None` if all of it is new.
    seams: Option<Vec<usize>>,
}

impl<'a> View<'a> {
    /// The bytes of a record from `start` on, as they are.
    #[must_use]
    pub fn identity(bytes: &'a [u8], start: usize) -> Self {
        let piece = Piece { at: 0, source: start, source_len: bytes.len(), how: How::Copy };
        Self { bytes: Cow::Borrowed(bytes), map: Map::Pieces(vec![piece]), history: History::default() }
    }

    /// The decoded bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of decodings between the record's own text and this one.
    #[must_use]
    pub(crate) fn depth(&self) -> u8 {
        self.history.depth
    }

    /// Whether the view puts pieces together that may not belong together, such as two lines where a terminal may
    /// have wrapped a token: only what has a fixed format should be believed of it.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        self.history.guessed
    }

    /// Whether the last decoding undid nothing but plain escapes.
    #[must_use]
    pub(crate) fn is_plain(&self) -> bool {
        self.history.plain
    }

    /// The same, as new in every place.
    fn all_new(mut self) -> Self {
        self.history.seams = None;
        self
    }

    /// Whether something changed within or beside `start..end` in the last decoding.
    fn is_new(&self, start: usize, end: usize) -> bool {
        self.history.seams.as_ref().is_none_or(|seams| {
            let first = seams.partition_point(|&at| at < start);
            seams.get(first).is_some_and(|&at| at <= end)
        })
    }

    /// Whether the last decoding changed something, or put two pieces together, inside `span`.
    #[must_use]
    pub(crate) fn has_joint(&self, span: Span<Text>) -> bool {
        self.history.seams.as_ref().is_some_and(|seams| {
            let first = seams.partition_point(|&at| at <= span.start());
            seams.get(first).is_some_and(|&at| at < span.end())
        })
    }

    /// The part `span` of this view.
    #[must_use]
    pub fn part(&self, span: Span<Text>) -> View<'_> {
        let mut pieces = Vec::new();
        let map = match &self.map {
            Map::Whole(spans) => Map::Whole(Arc::clone(spans)),
            Map::Pieces(_) => {
                self.cut(span.start(), span.end(), |piece, _| {
                    push(&mut pieces, Piece { at: piece.at - span.start(), ..piece });
                });
                Map::Pieces(pieces)
            }
        };
        let history = History { seams: None, ..self.history };
        View { bytes: Cow::Borrowed(&self.bytes[span.range()]), map, history }
    }

    /// The same with bytes of its own.
    #[must_use]
    pub fn into_owned(self) -> View<'static> {
        View { bytes: Cow::Owned(self.bytes.into_owned()), map: self.map, history: self.history }
    }

    /// The raw bytes that `span` stands for: sorted, disjoint, none empty, no line break in any of them.
    ///
    /// More than one where the view has joined pieces or left something out, and where the span goes over lines.
    #[must_use]
    pub fn raw(&self, span: Span<Text>) -> Vec<Span<Raw>> {
        let mut out = Vec::new();
        self.raw_into(span, &mut out);
        out
    }

    /// As [`Self::raw`], appended to `out`, which is empty.
    pub(crate) fn raw_into(&self, span: Span<Text>, out: &mut Vec<Span<Raw>>) {
        if let Map::Whole(spans) = &self.map {
            return out.extend_from_slice(spans);
        }
        if let Some(piece) = self.one_copy(span) {
            self.extend_by_lines(out, false, piece);
            return;
        }
        // Whether the last span may still grow, and whether the last block did count.
        let (mut open, mut counted) = (false, false);
        self.cut(span.start(), span.end(), |piece, decoded_end| {
            let end = piece.source + piece.source_len;
            match piece.how {
                How::Glue => (open, counted) = (false, false),
                How::Tail if !counted => {}
                How::Tail => open = extend(out, false, piece.source, end),
                How::Block => {
                    let decoded = &self.bytes[piece.at..decoded_end];
                    counted = !is_line_break(decoded) && (open || !decoded.is_empty());
                    if counted {
                        open = extend(out, open, piece.source, end);
                    } else {
                        open &= decoded.is_empty();
                    }
                }
                How::Copy => open = self.extend_by_lines(out, open, piece),
            }
        });
    }

    /// The part of a copied piece that `span` is, as most are; `None` if it is none, or more.
    fn one_copy(&self, span: Span<Text>) -> Option<Piece> {
        let Map::Pieces(pieces) = &self.map else { return None };
        let index = first_piece(pieces, span.start());
        let piece = pieces.get(index).filter(|piece| piece.how == How::Copy && piece.at <= span.start())?;
        let end = pieces.get(index + 1).map_or(self.bytes.len(), |next| next.at);
        let source = piece.source + (span.start() - piece.at);
        let is_one = span.start() < span.end() && span.end() <= end;
        is_one.then_some(Piece { at: span.start(), source, source_len: span.len(), how: How::Copy })
    }

    /// The one raw span from the first to the last byte that the view stands for.
    #[must_use]
    pub fn extent(&self) -> Span<Raw> {
        let spans = self.solid(0, self.bytes.len());
        let start = spans.iter().map(|s| s.start()).min().unwrap_or(0);
        let end = spans.iter().map(|s| s.end()).max().unwrap_or(start);
        Span::new(start, end)
    }

    /// A view of `decoded`, which all of `ranges` together stand for and no part of them alone: base64, a hex dump.
    pub(crate) fn opaque(&self, ranges: &[Span<Text>], decoded: Vec<u8>) -> View<'static> {
        let whole = match &self.map {
            Map::Whole(spans) => Arc::clone(spans),
            Map::Pieces(_) => {
                let mut spans: Vec<Span<Raw>> = Vec::new();
                for span in ranges.iter().flat_map(|&range| self.raw(range)) {
                    extend(&mut spans, true, span.start(), span.end());
                }
                spans.into()
            }
        };
        let depth = self.history.depth.saturating_add(1);
        View {
            bytes: Cow::Owned(decoded),
            map: Map::Whole(whole),
            // That it decodes to text proves that what was put together belongs together.
            history: History { depth, ..History::default() },
        }
    }

    /// Hands the pieces of `start..end`, each cut to it, and where they end in this view, to `take`.
    fn cut(&self, start: usize, end: usize, mut take: impl FnMut(Piece, usize)) {
        let Map::Pieces(pieces) = &self.map else { return };
        if start == end {
            return;
        }
        for index in first_piece(pieces, start)..pieces.len() {
            let piece = pieces[index];
            if piece.at >= end && piece.how != How::Tail {
                break;
            }
            let piece_end = pieces.get(index + 1).map_or(self.bytes.len(), |next| next.at);
            let (from, to) = (start.max(piece.at), end.min(piece_end));
            match piece.how {
                How::Copy => {
                    let source = piece.source + (from - piece.at);
                    take(Piece { at: from, source, source_len: to - from, ..piece }, to);
                }
                How::Tail => take(Piece { at: piece.at.min(end), ..piece }, piece.at.min(end)),
                How::Block | How::Glue => take(Piece { at: from, ..piece }, to),
            }
        }
    }

    /// Adds the lines of a copied piece, without their ends; says whether the last of them may grow.
    fn extend_by_lines(&self, out: &mut Vec<Span<Raw>>, mut open: bool, piece: Piece) -> bool {
        let decoded = &self.bytes[piece.at..piece.at + piece.source_len];
        let breaks = |any: bool, &b: &u8| any | (b == b'\n') | (b == b'\r');
        if decoded.len() <= SHORT && !decoded.iter().fold(false, breaks) {
            return extend(out, open, piece.source, piece.source + decoded.len());
        }
        let mut line = 0;
        for end in memchr::memchr2_iter(b'\n', b'\r', decoded) {
            if end > line {
                extend(out, open, piece.source + line, piece.source + end);
            }
            open = false;
            line = end + 1;
        }
        if line < decoded.len() {
            open = extend(out, open, piece.source + line, piece.source + decoded.len());
        }
        open
    }

    /// The raw stretches behind decoded bytes `start..end`, line breaks included, touching ones merged.
    fn solid(&self, start: usize, end: usize) -> Vec<Span<Raw>> {
        if let Map::Whole(spans) = &self.map {
            return spans.to_vec();
        }
        let mut out = Vec::new();
        self.cut(start, end, |piece, _| {
            if piece.how != How::Glue {
                extend(&mut out, true, piece.source, piece.source + piece.source_len);
            }
        });
        out
    }
}

/// Up to which length a copied piece is asked for line breaks byte by byte: most are names.
const SHORT: usize = 32;

/// The index of the piece that holds decoded byte `at`.
fn first_piece(pieces: &[Piece], at: usize) -> usize {
    pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
}

/// Appends a piece, or makes the last one longer where it goes on as a copy.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Some(last) = pieces.last_mut() {
        let joined = last.how == How::Copy
            && piece.how == How::Copy
            && last.source + last.source_len == piece.source
            && last.at + last.source_len == piece.at;
        if joined {
            last.source_len += piece.source_len;
            return;
        }
    }
    pieces.push(piece);
}

/// Adds `start..end` to the last span if the two touch and it is open, else as a span of its own; without what the last
/// one covers, where a block was copied in parts. Says whether the last span may grow.
fn extend(out: &mut Vec<Span<Raw>>, open: bool, start: usize, end: usize) -> bool {
    let start = out.last().map_or(start, |last| start.max(last.end()));
    let end = end.max(start);
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
        write!(f, "View(<{} bytes>, depth {})", self.bytes.len(), self.history.depth)
    }
}

#[cfg(test)]
mod tests;
