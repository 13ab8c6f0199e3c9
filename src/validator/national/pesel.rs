//! Poland's PESEL.
//!
//! Source: Ministry of Digital Affairs: eleven digits; the month carries the century (plus 80, 0, 20, 40, 60); weights 1,
//! 3, 7, 9 over and over, sum with the last digit divisible by ten.

use crate::validator::digits::{digits, is_date, pair, weighted};

const WEIGHTS: [u8; 11] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/// Whether date and check digit fit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<11>(value, b"").is_some_and(|digits| {
        is_date(pair(&digits[2..]) % 20, pair(&digits[4..])) && weighted(&digits, &WEIGHTS).is_multiple_of(10)
    })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"44051401359") && !fits(b"44051401358") && !fits(b"44131401359"));
    }

    proptest! {
        #[test]
        fn one_check_digit_fits(body in "[0-9]{2}[02468](1|[1-9])(0[1-9]|1[0-9]|2[0-8])[0-9]{4}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
