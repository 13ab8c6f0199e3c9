//! Spain's DNI and NIE.
//!
//! Source: Ministerio del Interior: the letter is the number modulo 23; a foreigner's number starts with X, Y or Z for 0,
//! 1 or 2.

const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Whether the value is eight digits, or X, Y or Z and seven, and the letter that fits; a dash before the letter (and
/// after X, Y or Z) may stand.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let upper: Vec<u8> = value.iter().filter(|&&byte| byte != b'-').map(u8::to_ascii_uppercase).collect();
    let &[first, ref rest @ .., letter] = &upper[..] else {
        return false;
    };
    let first = match first {
        b'X' | b'Y' | b'Z' => first - b'X',
        b'0'..=b'9' => first - b'0',
        _ => return false,
    };
    if rest.len() != 7 || !rest.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = rest.iter().fold(usize::from(first), |number, byte| 10 * number + usize::from(byte & 15));
    value.len() <= 11 && LETTERS[number % 23] == letter
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_examples() {
        assert!(fits(b"12345678Z") && fits(b"12345678-z") && fits(b"X1234567L") && fits(b"X-1234567-L"));
        assert!(!fits(b"12345678A") && !fits(b"W1234567L") && !fits(b"1234567Z"));
    }

    proptest! {
        #[test]
        fn one_letter_fits(number in "[0-9XYZ][0-9]{7}") {
            let fitting = (b'A'..=b'Z').filter(|&letter| fits(&[number.as_bytes(), &[letter]].concat())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
