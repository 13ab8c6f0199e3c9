//! Neighbouring texts as one: the lines of a patch, adjacent content blocks.

use super::{Builder, View};

/// The texts of `parts` one after the other with `separator` between them.
#[must_use]
pub(crate) fn join(parts: &[View<'_>], separator: &[u8]) -> View<'static> {
    let mut bytes = Vec::new();
    let mut pieces = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let mut one = Builder::new(part, part.bytes().len());
        if i > 0 {
            one.glue(separator);
        }
        one.copy(0, part.bytes().len());
        let shift = bytes.len();
        pieces.extend(one.pieces.iter().map(|piece| super::Piece { at: piece.at + shift, ..*piece }));
        bytes.extend_from_slice(&one.bytes);
    }
    View { bytes: bytes.into(), map: super::Map { pieces } }
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
