//! Whether a run decodes to text: cheap tests that random data fails.

use base64::{
    Engine as _,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);

/// How many characters of base64 are decoded for a look.
const LOOK: usize = 16;
/// Shorter hexadecimal runs are not looked at.
const LEAST_HEX: usize = 32;

/// Whether a run of base64, base64url or hexadecimal digits starts with text.
pub(super) fn is_text(run: &[u8]) -> bool {
    base64_is_text(run) || hex_is_text(run)
}

fn base64_is_text(run: &[u8]) -> bool {
    let Some(look) = run.get(..LOOK) else { return false };
    let mut out = [0; LOOK];
    let url = look.iter().any(|b| matches!(b, b'-' | b'_'));
    let engine = if url { &URL_SAFE } else { &STANDARD };
    engine.decode_slice(look, &mut out).is_ok_and(|length| is_printable(&out[..length]))
}

fn hex_is_text(run: &[u8]) -> bool {
    if run.len() < LEAST_HEX {
        return false;
    }
    let mut out = [0; LOOK];
    for (byte, pair) in out.iter_mut().zip(run.chunks_exact(2)) {
        let digit = |c: u8| char::from(c).to_digit(16);
        let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
            return false;
        };
        *byte = (high << 4 | low) as u8;
    }
    is_printable(&out)
}

/// Text in UTF-8, cut anywhere, or in UTF-16 of the Latin kind.
fn is_printable(bytes: &[u8]) -> bool {
    let plain = |b: &u8| matches!(b, 0x20..=0x7e | b'\n' | b'\r' | b'\t');
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && e.valid_up_to() > 0,
    };
    let utf8 = valid && bytes.iter().all(|b| *b >= 0x80 || plain(b));
    let wide =
        |odd: usize| bytes.iter().enumerate().all(|(i, b)| if i % 2 == odd { *b == 0 } else { plain(b) });
    utf8 || wide(1) || wide(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

    #[test]
    fn text_is_text_in_any_dress() {
        for text in ["{\"api\":\"value of it\"}", "DB_PASSWORD=hunter2\nX=1", "grüße aus der küche"] {
            assert!(is_text(BASE64_STANDARD.encode(text).as_bytes()), "{text}");
            assert!(is_text(BASE64_URL_SAFE_NO_PAD.encode(text).as_bytes()), "{text}");
            let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
            assert!(is_text(hex.as_bytes()), "{text}");
        }
    }

    #[test]
    fn identifiers_and_hashes_are_no_text() {
        for text in [
            "get_user_by_identifier_and_name",
            "3f2a9c1b8d1e0f773f2a9c1b8d1e0f77",
            "home/node/app/node_modules/vite",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB",
        ] {
            assert!(!is_text(text.as_bytes()), "{text}");
        }
    }
}
