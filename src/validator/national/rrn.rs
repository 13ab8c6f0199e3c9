//! South Korea's resident registration number.
//!
//! Source: Enforcement Rule of the Resident Registration Act: `YYMMDD-GNNNNNC`, weights 2 to 9 and 2 to 5, modulo eleven.
//! Numbers given since October 2020 have random digits and need not fit.

use crate::validator::digits::{digits, is_date, pair, weighted};

const WEIGHTS: [u8; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/// Whether date, digit of sex and century, and check digit fit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<13>(value, b"-").is_some_and(|digits| {
        let check = (11 - weighted(&digits[..12], &WEIGHTS) % 11) % 10;
        is_date(pair(&digits[2..]), pair(&digits[4..])) && u32::from(digits[12]) == check
    })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_check_digit_fits(date in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])", body in "[1-8][0-9]{5}") {
            let fitting = (0..10).filter(|digit| fits(format!("{date}-{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn months_end_with_twelve(body in "[0-9]{2}1[3-9][0-9]{2}-[0-9]{7}") {
            prop_assert!(!fits(body.as_bytes()));
        }
    }
}
