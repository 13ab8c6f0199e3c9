//! Hexadecimal text: `676870…`, also after `0x`.

use super::{View, class, plain};
use crate::span::Span;

/// The shortest blob that is decoded, in digits.
const LEAST: usize = 24;

/// Decodes the stretches of digits in `start..end` of the view, a run.
pub(super) fn decode(view: &View<'_>, start: usize, end: usize, out: &mut Vec<View<'static>>) {
    let bytes = view.bytes();
    class::each_hex::<LEAST>(&bytes[start..end], |from, to| {
        let (from, to) = (start + from, start + to);
        // An odd digit is the zero of `0x`, or a digit that was cut off on either side.
        let odd = (to - from) % 2;
        let text = [from, from + odd].iter().find_map(|&from| plain::text(pairs(&bytes[from..to])));
        if let Some(text) = text {
            out.push(view.opaque(&[Span::new(from, to)], text));
        }
    });
}

/// The bytes of pairs of digits; a digit alone at the end stands for none.
pub(super) fn pairs(digits: &[u8]) -> Vec<u8> {
    digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()
}

/// The value of a digit; of anything else, zero.
pub(super) fn value(digit: u8) -> u8 {
    char::from(digit).to_digit(16).unwrap_or(0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_digits_of_text_and_leaves_hashes() {
        let secret = b"key=synthetic value";
        let digits: String = secret.iter().map(|b| format!("{b:02x}")).collect();
        for text in [digits.clone(), digits.to_uppercase(), format!("0x{digits}"), format!("hex_{digits}")] {
            let mut out = Vec::new();
            super::super::base64::decode_new(&View::identity(text.as_bytes(), 0), &mut out);
            assert_eq!(out.len(), 1, "{text}");
            assert_eq!(out[0].bytes(), secret, "{text}");
        }
        let mut out = Vec::new();
        let hash = b"da39a3ee5e6b4b0d3255bfef95601890afd80709";
        super::super::base64::decode_new(&View::identity(hash, 0), &mut out);
        assert!(out.is_empty());
    }
}
