//! Sweden's personnummer and samordningsnummer.
//!
//! Source: Skatteverket, SKV 707: `YYMMDD-NNNC` or with the century; the last digit is by the Luhn formula over the last
//! ten; of people who are not registered the day is raised by 60; from a hundred years on the dash is a plus.

use crate::validator::{
    digits::{digits, is_date, pair},
    luhn,
};

/// Whether date and check digit fit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let short = || digits::<10>(value, b"-+");
    let long = || {
        digits::<12>(value, b"-+").filter(|d| matches!(pair(d), 18..=20)).and_then(|d| d[2..].try_into().ok())
    };
    short().or_else(long).is_some_and(|digits: [u8; 10]| {
        let day = pair(&digits[4..]);
        is_date(pair(&digits[2..]), if day > 60 { day - 60 } else { day }) && luhn::holds(&digits)
    })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    /// The example of the tax agency's leaflet.
    #[test]
    fn fits_the_example_of_the_leaflet() {
        assert!(fits(b"811218-9876") && fits(b"198112189876") && fits(b"811278-9873"));
        assert!(!fits(b"811218-9875") && !fits(b"811318-9876") && !fits(b"178112189876"));
    }

    proptest! {
        #[test]
        fn one_check_digit_fits(body in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8]|6[1-9]|7[0-9])[0-9]{3}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
