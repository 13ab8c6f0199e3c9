//! Australia's tax file number.
//!
//! Source: Australian Taxation Office: nine digits, or eight in old ones, whose weighted sum is divisible by eleven.

use crate::validator::digits::{digits, weighted};

const WEIGHTS: [u8; 9] = [1, 4, 3, 7, 5, 8, 6, 9, 10];
const OLD: [u8; 8] = [10, 7, 8, 4, 6, 3, 5, 1];

/// Whether the sum fits; in one piece or in groups joined by single blanks or dashes.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let fits = |digits: &[u8], weights: &[u8]| {
        digits.iter().any(|&digit| digit > 0) && weighted(digits, weights).is_multiple_of(11)
    };
    digits::<9>(value, b" -").is_some_and(|digits| fits(&digits, &WEIGHTS))
        || digits::<8>(value, b" -").is_some_and(|digits| fits(&digits, &OLD))
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"123 456 782") && fits(b"123456782") && !fits(b"123456783") && !fits(b"000000000"));
    }

    proptest! {
        #[test]
        fn at_most_one_last_digit_fits(body in "[1-9][0-9]{7}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert!(fitting <= 1);
        }
    }
}
