//! How a view of a view is made: piece by piece, in source order.

use super::{History, How, Map, Piece, View, push};
use std::{borrow::Cow, sync::Arc};

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
