//! Views: a text after a decoding, with a monotone map back to the record's bytes. Views compose: a decoding of a view
//! is a view whose map leads all the way back, so a finding in the innermost text names raw bytes.
//!
//! A new view is a small file: it walks the bytes of a view and tells a [`Builder`] what it keeps, what it decodes and
//! what it leaves out.

mod armor;
mod base64;
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
pub(crate) use gutter::{leads_on, undress};
pub(crate) use hint::{Hints, hints, may_go_on};
pub(crate) use inline::{Points, inline};
pub(crate) use join::join;
pub(crate) use joint::rejoin;
pub(crate) use list::decode_lists;
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

/// Builds a view of a view: what is told in source order becomes pieces, mapped through to raw bytes.
pub struct Builder<'p, 'a> {
    parent: &'p View<'a>,
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    seams: Vec<usize>,
}

impl<'p, 'a> Builder<'p, 'a> {
    /// A builder over `parent`; `capacity` is a guess at the number of decoded bytes.
    #[must_use]
    pub fn new(parent: &'p View<'a>, capacity: usize) -> Self {
        Self { parent, bytes: Vec::with_capacity(capacity), pieces: Vec::new(), seams: Vec::new() }
    }

    /// Keeps bytes `start..end` of the parent as they are.
    pub fn copy(&mut self, start: usize, end: usize) {
        let shift = self.bytes.len();
        let pieces = &mut self.pieces;
        self.parent.cut(start, end, |piece, _| {
            push(pieces, Piece { at: shift + (piece.at - start), ..piece });
        });
        self.bytes.extend_from_slice(&self.parent.bytes[start..end]);
    }

    /// Decodes bytes `start..end` of the parent, as a whole, to `decoded`; nothing in `decoded` drops them, so that a
    /// finding around them takes them along, all but their line breaks.
    pub fn block(&mut self, start: usize, end: usize, decoded: &[u8]) {
        let mut at = start;
        if decoded.is_empty() {
            for line_break in memchr::memchr2_iter(b'\n', b'\r', &self.parent.bytes()[start..end]) {
                self.solid_block(at, start + line_break, decoded);
                at = start + line_break + 1;
            }
        }
        self.solid_block(at, end, decoded);
    }

    fn solid_block(&mut self, start: usize, end: usize, decoded: &[u8]) {
        let at = self.bytes.len();
        let (mut how, mut at_tail) = (How::Block, at);
        let (pieces, after) = (&mut self.pieces, at + decoded.len());
        let mut last_end = None;
        self.parent.cut(start, end, |piece, _| {
            if piece.how == How::Glue || piece.source_len == 0 {
                return;
            }
            match (last_end, pieces.last_mut()) {
                (Some(end), Some(last)) if end == piece.source => last.source_len += piece.source_len,
                _ => pieces.push(Piece { at: at_tail, how, ..piece }),
            }
            last_end = Some(piece.source + piece.source_len);
            (how, at_tail) = (How::Tail, after);
        });
        if last_end.is_none() && !decoded.is_empty() {
            self.pieces.push(Piece { at, source: 0, source_len: 0, how: How::Glue });
        }
        self.seams.push(at);
        self.bytes.extend_from_slice(decoded);
    }

    /// Says that source bytes were left out here on purpose: what stands on both sides is new as one.
    pub fn seam(&mut self) {
        self.seams.push(self.bytes.len());
    }

    /// Adds `separator`, which stands for no source byte.
    pub fn glue(&mut self, separator: &[u8]) {
        if !separator.is_empty() {
            self.pieces.push(Piece { at: self.bytes.len(), source: 0, source_len: 0, how: How::Glue });
            self.bytes.extend_from_slice(separator);
        }
    }

    /// The view.
    #[must_use]
    pub fn finish(self) -> View<'static> {
        let map = match &self.parent.map {
            Map::Whole(spans) => Map::Whole(Arc::clone(spans)),
            Map::Pieces(_) => Map::Pieces(self.pieces),
        };
        let History { depth, relined, guessed, .. } = self.parent.history;
        let depth = depth.saturating_add(1);
        let history = History { depth, relined, guessed, plain: false, seams: Some(self.seams) };
        View { bytes: Cow::Owned(self.bytes), map, history }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_finding_over_lines_leaves_the_line_breaks() {
        let raw = br"one\ntwo three\r\nfour";
        let view = unescape(raw, 100);
        assert_eq!(view.bytes(), b"one\ntwo three\nfour");
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

    #[test]
    fn a_dropped_line_break_stays() {
        let raw = b"ab=\ncd\r\n";
        let parent = View::identity(raw, 0);
        let mut view = Builder::new(&parent, 4);
        view.copy(0, 2);
        view.block(2, 4, b"");
        view.copy(4, 6);
        let view = view.finish();
        assert_eq!(view.bytes(), b"abcd");
        assert_eq!(view.raw(Span::new(0, 4)), [Span::new(0, 3), Span::new(4, 6)]);
    }

    #[test]
    fn a_block_that_lies_in_several_places_is_replaced_in_all() {
        let raw = b"%4\n12:1 x";
        let parent = View::identity(raw, 0);
        let mut joined = Builder::new(&parent, 4);
        joined.copy(0, 2);
        joined.copy(6, 9);
        let joined = joined.finish();
        let mut decoded = Builder::new(&joined, 3);
        decoded.block(0, 3, b"A");
        decoded.copy(3, 5);
        let decoded = decoded.finish();
        assert_eq!(decoded.bytes(), b"A x");
        assert_eq!(decoded.raw(Span::new(0, 1)), [Span::new(0, 2), Span::new(6, 7)]);
        assert_eq!(decoded.raw(Span::new(0, 2)), [Span::new(0, 2), Span::new(6, 8)]);
        assert_eq!(decoded.raw(Span::new(1, 3)), [Span::new(7, 9)]);
    }

    #[test]
    fn an_opaque_view_is_replaced_as_a_whole_without_its_line_breaks() {
        let raw = br"QUJD\nREVG";
        let view = unescape(raw, 10);
        let opaque = view.opaque(&[Span::new(0, 9)], b"ABCDEF".to_vec());
        let whole = [Span::new(10, 14), Span::new(16, 20)];
        assert_eq!(opaque.raw(Span::new(1, 2)), whole);
        let mut inner = Builder::new(&opaque, 2);
        inner.block(0, 2, b"x");
        inner.copy(3, 4);
        let inner = inner.finish();
        assert_eq!((inner.bytes(), inner.raw(Span::new(0, 1))), (&b"xD"[..], whole.to_vec()));
        assert_eq!(inner.part(Span::new(1, 2)).raw(Span::new(0, 1)), whole);
    }

    /// What a builder may be told of the next bytes.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        Copy(usize),
        Block(usize, &'static [u8]),
        Leave(usize),
        Glue,
    }

    const DECODED: &[&[u8]] = &[b"", b"x", b"yz", b"\n"];

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (1usize..6).prop_map(Step::Copy),
            2 => (1usize..4, prop::sample::select(DECODED)).prop_map(|(n, d)| Step::Block(n, d)),
            1 => (1usize..4).prop_map(Step::Leave),
            1 => Just(Step::Glue),
        ]
    }

    /// The view that `steps` make of `parent`, and for each of its bytes where in the parent it was copied from.
    fn build(parent: &View<'_>, steps: &[Step]) -> (View<'static>, Vec<Option<usize>>) {
        let (mut out, mut at, mut origin) = (Builder::new(parent, 0), 0, Vec::new());
        let len = parent.bytes().len();
        for step in steps {
            match *step {
                Step::Copy(n) => {
                    let end = len.min(at + n);
                    out.copy(at, end);
                    origin.extend((at..end).map(Some));
                    at = end;
                }
                Step::Block(n, decoded) if at < len => {
                    let end = len.min(at + n);
                    out.block(at, end, decoded);
                    origin.extend(decoded.iter().map(|_| None));
                    at = end;
                }
                Step::Leave(n) => at = len.min(at + n),
                Step::Block(..) => {}
                Step::Glue => {
                    out.glue(b"|");
                    origin.push(None);
                }
            }
        }
        (out.finish(), origin)
    }

    proptest! {
        #[test]
        fn maps_are_monotone_in_bounds_and_disjoint(
            raw in r#"([a-z\n]|\\n|\\u0041|\\"){0,30}"#,
            steps in prop::collection::vec(step(), 0..12),
            more in prop::collection::vec(step(), 0..12),
        ) {
            let base = unescape(raw.as_bytes(), 50);
            let (first, _) = build(&base, &steps);
            let (second, _) = build(&first, &more);
            for view in [&base, &first, &second] {
                let len = view.bytes().len();
                for (from, to) in (0..len).flat_map(|from| (from + 1..=len).map(move |to| (from, to))) {
                    let spans = view.raw(Span::new(from, to));
                    prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
                    prop_assert!(spans.iter().all(|s| !s.is_empty() && s.start() >= 50 && s.end() <= 50 + raw.len()));
                    let line_break = |s: &Span<Raw>| raw.as_bytes()[s.start() - 50..s.end() - 50].contains(&b'\n');
                    prop_assert!(view.history.depth > 0 || !spans.iter().any(line_break));
                    let part = view.part(Span::new(from, to));
                    prop_assert_eq!(part.bytes(), &view.bytes()[from..to]);
                    prop_assert_eq!(part.raw(Span::new(0, to - from)), spans);
                }
            }
        }

        #[test]
        fn copying_is_the_identity_and_steps_compose(
            raw in r#"([a-z\n]|\\n|\\u0041|\\"){0,30}"#,
            steps in prop::collection::vec(step(), 0..12),
            more in prop::collection::vec(step(), 0..12),
        ) {
            let base = unescape(raw.as_bytes(), 0);
            let (first, _) = build(&base, &steps);
            let (copy, _) = build(&first, &[Step::Copy(usize::MAX / 2)]);
            prop_assert_eq!(copy.bytes(), first.bytes());
            for (from, to) in (0..copy.bytes().len()).flat_map(|from| (from..copy.bytes().len()).map(move |to| (from, to + 1))) {
                prop_assert_eq!(copy.raw(Span::new(from, to)), first.raw(Span::new(from, to)));
            }
            let (second, origin) = build(&first, &more);
            for (at, from) in origin.iter().enumerate().filter_map(|(at, from)| Some((at, (*from)?))) {
                prop_assert_eq!(second.raw(Span::new(at, at + 1)), first.raw(Span::new(from, from + 1)));
            }
        }
    }
}
