//! South Africa's identity number.
//!
//! Source: Department of Home Affairs: `YYMMDD SSSS C A Z`: date of birth, sequence, citizenship (0 to 2), a digit, the
//! Luhn check digit.

use crate::validator::{
    digits::{digits, is_date, pair},
    luhn,
};

/// Whether date, citizenship and check digit fit; in one piece or in groups joined by single blanks.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<13>(value, b" ").is_some_and(|digits| {
        is_date(pair(&digits[2..]), pair(&digits[4..])) && digits[10] <= 2 && luhn::holds(&digits)
    })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_example() {
        assert!(
            fits(b"8001015009087")
                && fits(b"800101 5009 087")
                && !fits(b"8001015009086")
                && !fits(b"8013015009087")
        );
    }

    proptest! {
        #[test]
        fn one_check_digit_fits(body in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{4}[01][89]") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
