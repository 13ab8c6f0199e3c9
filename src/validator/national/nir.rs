//! France's social security number (NIR).
//!
//! Source: INSEE: sex, year, month, department (2A and 2B in Corsica, counted as 19 and 18), commune, order, and 97 minus
//! the number modulo 97.

/// Whether the value has thirteen characters and the key of two digits that fits, in one piece or in groups joined by
/// single blanks.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let mut number: Vec<u8> =
        value.iter().filter(|&&byte| byte != b' ').map(u8::to_ascii_uppercase).collect();
    if number.len() != 15 || value.windows(2).any(|pair| pair == b"  ") || value.len() > 22 {
        return false;
    }
    match &number[5..7] {
        b"2A" => number[5..7].copy_from_slice(b"19"),
        b"2B" => number[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    let month = u32::from(number[3] & 15) * 10 + u32::from(number[4] & 15);
    let digits = number.iter().all(u8::is_ascii_digit);
    let number_of =
        |digits: &[u8]| digits.iter().fold(0_u64, |number, byte| 10 * number + u64::from(byte & 15));
    digits
        && matches!(number[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && {
            let (body, key) = number.split_at(13);
            97 - number_of(body) % 97 == number_of(key)
        }
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    /// The example of the French Wikipedia's article.
    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"255081416802538") && fits(b"2 55 08 14 168 025 38"));
        assert!(!fits(b"255081416802539") && !fits(b"555081416802538"));
    }

    proptest! {
        #[test]
        fn one_key_fits(body in "[12][0-9]{2}(0[1-9]|1[0-2])(2A|2B|[0-9]{2})[0-9]{6}") {
            let fitting = (0..100).filter(|key| fits(format!("{body}{key:02}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
