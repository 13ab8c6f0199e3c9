//! Base32 of text: a view of the text, of which the whole blob is behind every byte.

use super::{View, plain};
use crate::{base32, span::Span};

/// The shortest blob that is decoded, in digits: twenty bytes of text.
const LEAST: usize = 32;

/// Decodes the blob that `start..end` of the view, a run, begins with, if it is one of text.
pub(super) fn decode(view: &View<'_>, start: usize, end: usize, out: &mut Vec<View<'static>>) {
    let bytes = view.bytes();
    let digits = bytes[start..end].iter().take_while(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7')).count();
    if digits < LEAST {
        return;
    }
    let mut decoded = Vec::with_capacity(digits / 8 * 5 + 5);
    for eight in bytes[start..start + digits].chunks(8) {
        let mut full = [b'A'; 8];
        full[..eight.len()].copy_from_slice(eight);
        decoded.extend_from_slice(&base32::eight(&full)[..eight.len() * 5 / 8]);
    }
    if !plain::is_text(&decoded[..LEAST / 2]) {
        return;
    }
    let padding = bytes[start + digits..].iter().take(6).take_while(|b| **b == b'=').count();
    if let Some(text) = plain::text(decoded) {
        out.push(view.opaque(&[Span::new(start, start + digits + padding)], text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_text_alone() {
        for (text, decoded) in [
            (
                "M5UHAX3RHBNGWVBQOZGG2M2YOJBHOM3ZOMYWCUDDGVHGIRJSIZTUQ2SL",
                Some("ghp_q8ZkT0vLm3XrBw3ys1aPc5NdE2FgHjK"),
            ),
            ("ONSWG4TFOQQGSZBAONSXI5DJNZTSAZTPOI======", Some("secret id setting for")),
            ("CONSTANTSOFTHEPROGRAMTHATIWROTEIN", None),
            ("M5UHAX3RHBNGWVBQ", None),
        ] {
            let mut out = Vec::new();
            let view = View::identity(text.as_bytes(), 0);
            decode(&view, 0, text.trim_end_matches('=').len(), &mut out);
            let found = out.first().map(|view| String::from_utf8_lossy(view.bytes()).into_owned());
            assert_eq!(found.as_deref(), decoded, "{text}");
        }
    }
}
