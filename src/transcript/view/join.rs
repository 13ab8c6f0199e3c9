//! Neighbouring texts as one: the lines of a patch, adjacent content blocks.

use super::{History, How, Map, Piece, View, push};
use std::borrow::Cow;

/// The texts of `parts`, which stand in the record in this order, one after the other with `separator` between them.
#[must_use]
pub(crate) fn join(parts: &[View<'_>], separator: &[u8]) -> View<'static> {
    let mut bytes = Vec::new();
    let mut pieces = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 && !separator.is_empty() {
            pieces.push(Piece { at: bytes.len(), source: 0, source_len: 0, how: How::Glue });
            bytes.extend_from_slice(separator);
        }
        let shift = bytes.len();
        match &part.map {
            Map::Pieces(_) => part.cut(0, part.bytes.len(), |piece, _| {
                push(&mut pieces, Piece { at: piece.at + shift, ..piece });
            }),
            Map::Whole(spans) => {
                let after = shift + part.bytes.len();
                pieces.extend(spans.iter().enumerate().map(|(i, span)| Piece {
                    at: if i == 0 { shift } else { after },
                    source: span.start(),
                    source_len: span.len(),
                    how: if i == 0 { How::Block } else { How::Tail },
                }));
            }
        }
        bytes.extend_from_slice(&part.bytes);
    }
    View { bytes: Cow::Owned(bytes), map: Map::Pieces(pieces), history: History::default() }
}

#[cfg(test)]
mod tests {
    use super::super::unescape;
    use super::*;
    use crate::span::Span;

    #[test]
    fn a_finding_over_two_parts_names_both_and_nothing_between() {
        let record = br#"["+ab\tc","+de"]"#;
        let parts = [unescape(&record[2..8], 2), unescape(&record[11..14], 11)];
        let view = join(&parts, b"\n");
        assert_eq!(view.bytes(), b"+ab\tc\n+de");
        assert_eq!(view.raw(Span::new(1, 9)), [Span::new(3, 8), Span::new(11, 14)]);
    }
}
