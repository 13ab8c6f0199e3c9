//! Whether a run decodes to text: cheap tests that random data fails.

use crate::base32;

/// How many bytes are decoded for a look.
const LOOK: usize = 12;
/// Shorter hexadecimal runs are not looked at.
const LEAST_HEX: usize = 32;
/// Shorter runs of base32 are not looked at, of which the digits may be those of another run too.
const LEAST_BASE32: usize = 32;
/// How many digits of base32 are decoded for a look.
const LOOK_BASE32: usize = 16;

/// Whether a run of base64, base64url or hexadecimal digits starts with text.
pub(crate) fn is_text(run: &[u8]) -> bool {
    let hex = run.len() >= LEAST_HEX && hex(run).is_some_and(|bytes| is_printable(&bytes));
    hex || base64(run).is_some_and(|bytes| is_printable(&bytes)) || is_base32(run)
}

/// Whether the first few characters leave it possible that [`is_text`]: nine in ten other runs fail.
pub(super) fn may_be_text(run: &[u8]) -> bool {
    let Some(&[a, b, c, d]) = run.first_chunk::<4>() else { return false };
    let starts = |byte: u8| is_plain(byte) || matches!(byte, 0 | 0xc2..=0xf4);
    let hex = HEX[usize::from(a)] << 4 | HEX[usize::from(b)];
    let first = BASE64[usize::from(a)] << 2 | BASE64[usize::from(b)] >> 4;
    let third = BASE64[usize::from(c)] << 6 | BASE64[usize::from(d)];
    let base64 = starts(first) && (is_plain(third) || third >= 0x80 || third == 0);
    base64
        || matches!(a, b'E'..=b'P') && [b, c, d].iter().all(|digit| base32::digit(*digit).is_some())
        || HEX[usize::from(a)] < 16 && HEX[usize::from(b)] < 16 && starts(hex)
}

/// Whether the `\u00…` at the start of `rest` may stand for a character of a secret, or for one that is not seen: ASCII,
/// a no-break space, a soft hyphen; also written `\U000000…`.
pub(super) fn may_hide_ascii(rest: &[u8]) -> bool {
    let digits = match rest {
        [b'\\', b'u', b'0', b'0', digits @ ..] => digits,
        [b'\\', b'U', b'0', b'0', b'0', b'0', b'0', b'0', digits @ ..] => digits,
        _ => return false,
    };
    matches!(digits, [b'0'..=b'7', ..] | [b'a' | b'A', b'0' | b'd' | b'D', ..] | [])
}

/// Whether the percent escape at the start of `rest` may stand for a character that divides or is a part of a value.
pub(super) fn may_divide(rest: &[u8]) -> bool {
    rest.get(2)
        .is_none_or(|digit| !matches!(digit, b'0' | b'1' | b'3' | b'8' | b'9' | b'a' | b'A' | b'c' | b'C'))
}

/// Whether the digits of a dump's second line stand at `start`, apart from other letters and digits.
pub(super) fn is_offset(bytes: &[u8], start: usize, length: usize) -> bool {
    let free = match bytes[..start] {
        [.., b'\\', b'n'] | [] => true,
        [.., last] => !last.is_ascii_alphanumeric(),
    };
    free && bytes.get(start + length).is_none_or(|b| matches!(b, b':' | b' ' | b'\\' | b'\t' | b'\n' | b'\r'))
}

/// How many numbers in a row must be of text.
const IN_A_ROW: usize = 5;

/// Whether the numbers at the start of `rest`, each with `, 0x` before it, are bytes of ASCII text.
pub(super) fn may_list_text(mut rest: &[u8]) -> bool {
    for _ in 0..IN_A_ROW {
        let Some(x) = rest.iter().take(24).position(|b| matches!(b, b'x' | b'X')) else { return false };
        let digits = &rest[x + 1..];
        let length = digits.iter().take(3).take_while(|b| b.is_ascii_hexdigit()).count();
        let value = digits[..length].iter().fold(0, |value, &b| value << 4 | HEX[usize::from(b)]);
        if length == 0 || length > 2 || !is_plain(value) {
            return false;
        }
        rest = &digits[length..];
    }
    true
}

/// Whether a run of base32 digits starts with text.
fn is_base32(run: &[u8]) -> bool {
    run.len() >= LEAST_BASE32
        && run[..LEAST_BASE32].iter().all(|digit| base32::digit(*digit).is_some())
        && run[..LOOK_BASE32].chunks_exact(8).all(|eight| base32::eight(eight).into_iter().all(is_plain))
}

/// How long the first part of a token is at most that is put together from literals, in bytes.
const LONGEST_PART: usize = 40;

/// Whether the literal that a token begins in ends soon, and another one opens behind an operator or a comma: `ghp_ab' + '`.
pub(super) fn is_cut(rest: &[u8]) -> bool {
    let token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let part = rest.iter().take(LONGEST_PART).take_while(|b| token(b)).count();
    let quote = |rest: &[u8]| match *rest {
        [b'\\', b'"', ..] => 2,
        [b'\'' | b'"' | b'`', ..] => 1,
        _ => 0,
    };
    let closed = part + quote(&rest[part..]);
    let between = |b: &u8| matches!(b, b' ' | b'+' | b'.' | b'&' | b'|' | b'~' | b'<' | b'>' | b',');
    let open = closed + rest[closed..].iter().take(8).take_while(|b| between(b)).count();
    closed > part && open > closed && quote(&rest[open..]) > 0
}

/// Whether the literals before and behind what puts them together, in `start..end` with a quote of each, are one byte long.
pub(super) fn is_lone(bytes: &[u8], start: usize, end: usize) -> bool {
    start >= 2 && bytes[start - 2] == b'\'' && bytes.get(end + 1) == Some(&b'\'')
}

/// A character that is no digit of its base.
const NONE: u8 = 0xff;
/// The value of each character as a digit of base64 or base64url.
static BASE64: [u8; 256] =
    digits(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", b"-_", 62);
/// The value of each character as a hexadecimal digit.
static HEX: [u8; 256] = digits(b"0123456789abcdef", b"ABCDEF", 10);

/// The values of `alphabet`'s characters, and of `more`'s from `from` on.
const fn digits(alphabet: &[u8], more: &[u8], from: usize) -> [u8; 256] {
    let mut table = [NONE; 256];
    let mut i = 0;
    while i < alphabet.len() {
        table[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    let mut i = 0;
    while i < more.len() {
        table[more[i] as usize] = (from + i) as u8;
        i += 1;
    }
    table
}

fn base64(run: &[u8]) -> Option<[u8; LOOK]> {
    let mut out = [0; LOOK];
    for (three, four) in out.chunks_exact_mut(3).zip(run.get(..LOOK / 3 * 4)?.chunks_exact(4)) {
        let digits = four.iter().map(|&c| BASE64[usize::from(c)]);
        let word = digits.clone().fold(0_u32, |word, digit| word << 6 | u32::from(digit));
        if digits.clone().any(|digit| digit == NONE) {
            return None;
        }
        three.copy_from_slice(&word.to_be_bytes()[1..]);
    }
    Some(out)
}

fn hex(run: &[u8]) -> Option<[u8; LOOK]> {
    let mut out = [0; LOOK];
    for (byte, pair) in out.iter_mut().zip(run.chunks_exact(2)) {
        let (high, low) = (HEX[usize::from(pair[0])], HEX[usize::from(pair[1])]);
        if high == NONE || low == NONE {
            return None;
        }
        *byte = high << 4 | low;
    }
    Some(out)
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7e | b'\n' | b'\r' | b'\t')
}

/// Text in UTF-8, cut anywhere, or in UTF-16 of the Latin kind.
fn is_printable(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && e.valid_up_to() > 0,
    };
    let utf8 = valid && bytes.iter().all(|b| *b >= 0x80 || is_plain(*b));
    let wide =
        |odd: usize| bytes.iter().enumerate().all(|(i, b)| if i % 2 == odd { *b == 0 } else { is_plain(*b) });
    utf8 || wide(1) || wide(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{
        Engine as _,
        prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
    };

    #[test]
    fn text_is_text_in_any_dress() {
        for text in ["{\"api\":\"value of it\"}", "DB_PASSWORD=hunter2\nX=1", "grüße aus der küche"] {
            assert!(is_text(BASE64_STANDARD.encode(text).as_bytes()), "{text}");
            assert!(is_text(BASE64_URL_SAFE_NO_PAD.encode(text).as_bytes()), "{text}");
            let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
            assert!(is_text(hex.as_bytes()), "{text}");
            assert!(may_be_text(hex.as_bytes()) && may_be_text(BASE64_STANDARD.encode(text).as_bytes()));
        }
    }

    #[test]
    fn text_in_base32_is_text() {
        let run = b"M5UHAX3RHBNGWVBQOZGG2M2YOJBHOM3ZOMYWCUDDGVHGIRJSIZTUQ2SL";
        assert!(is_text(run) && may_be_text(run));
        assert!(!is_text(b"KRSXG5BAONSWG4TFOQ") && !is_text(b"CONSTANTSOFTHEPROGRAMTHATIWROTEIN"));
    }

    #[test]
    fn tokens_are_cut_in_literals() {
        for rest in ["a1b2c3' + 'd4e5'", r#"a1b2c3\" + \"d4e5\""#, "a1b2' . 'c3'", "a1b2', 'c3'"] {
            assert!(is_cut(rest.as_bytes()), "{rest}");
        }
        for rest in ["a1b2c3'", "config_x: 'y'", "a1b2c3', x", ""] {
            assert!(!is_cut(rest.as_bytes()), "{rest}");
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
