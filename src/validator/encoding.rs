//! Bytes as text and back, as far as checksums need it: base 36, 58, 62, base32, base64, hexadecimal.

/// `0-9a-z`.
pub(super) const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// `0-9A-Za-z`.
pub(super) const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// RFC 4648, section 6.
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// RFC 4648, section 4.
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Whether `text` is `number` written in `alphabet`, padded with its first letter to the length of the text.
pub(super) fn is_number(text: &[u8], number: u32, alphabet: &[u8]) -> bool {
    let mut rest = number as usize;
    let fits = text.iter().rev().all(|&byte| {
        let digit = alphabet[rest % alphabet.len()];
        rest /= alphabet.len();
        byte == digit
    });
    fits && rest == 0
}

/// Decodes base32 without padding; bits that make no whole byte are dropped.
pub(super) fn base32(text: &[u8]) -> Option<Vec<u8>> {
    decode(text, 5, |byte| BASE32.iter().position(|&letter| letter == byte))
}

/// Decodes base64 of either alphabet, with or without padding; bits that make no whole byte are dropped.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last + 1);
    decode(&text[..end], 6, |byte| match byte {
        b'-' => Some(62),
        b'_' => Some(63),
        _ => BASE64.iter().position(|&letter| letter == byte),
    })
}

fn decode(text: &[u8], width: u32, digit: impl Fn(u8) -> Option<usize>) -> Option<Vec<u8>> {
    let (mut bits, mut held) = (0_u32, 0);
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        bits = bits << width | digit(byte)? as u32;
        held += width;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

/// The first letters of four bytes in base64, as many as hold no padding.
pub(super) fn base64_of(bytes: [u8; 4]) -> [u8; 6] {
    let bits = u64::from(u32::from_be_bytes(bytes)) << 4;
    std::array::from_fn(|i| BASE64[(bits >> (30 - 6 * i) & 63) as usize])
}

#[cfg(test)]
mod tests {
    use super::{BASE62, base32, base64, base64_of, is_number};

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn decodes_the_vectors_of_the_rfc() {
        for (text, plain) in [("MY", "f"), ("MZXQ", "fo"), ("MZXW6", "foo"), ("MZXW6YTBOI", "foobar")] {
            assert_eq!(base32(text.as_bytes()).as_deref(), Some(plain.as_bytes()));
        }
        for (text, plain) in [("Zg==", "f"), ("Zm8", "fo"), ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar")] {
            assert_eq!(base64(text.as_bytes()).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(base64(b"-_-_"), base64(b"+/+/"));
        assert_eq!(base32(b"M1"), None);
        assert_eq!(base64(b"Zg=a"), None);
    }

    #[test]
    fn four_bytes_give_six_letters() {
        assert_eq!(&base64_of(*b"foob"), b"Zm9vYg");
    }

    #[test]
    fn numbers_are_padded_on_the_left() {
        assert!(is_number(b"0010", 62, BASE62));
        assert!(is_number(b"zzz", 62 * 62 * 62 - 1, BASE62));
        assert!(!is_number(b"0", 62, BASE62));
    }
}
