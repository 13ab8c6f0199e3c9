//! Digits of base32 (RFC 4648) and what they stand for.

/// The value of a digit of base32.
pub(crate) fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'2'..=b'7' => Some(digit - b'2' + 26),
        _ => None,
    }
}

/// The five bytes that eight digits of base32 stand for; one that is none counts as zero.
pub(crate) fn eight(eight: &[u8]) -> [u8; 5] {
    let bits =
        eight.iter().fold(0_u64, |bits, digit| bits << 5 | u64::from(self::digit(*digit).unwrap_or(0)));
    let [.., a, b, c, d, e] = bits.to_be_bytes();
    [a, b, c, d, e]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_are_five_bytes() {
        assert_eq!(eight(b"NBSWY3DP"), *b"hello");
        assert_eq!(eight(b"MZXW6===")[..3], *b"foo");
        assert_eq!((digit(b'A'), digit(b'7'), digit(b'1'), digit(b'a')), (Some(0), Some(31), None, None));
    }
}
