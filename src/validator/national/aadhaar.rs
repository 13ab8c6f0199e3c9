//! India's Aadhaar number.
//!
//! Source: UIDAI, "Aadhaar number": twelve digits, the first 2 to 9, the last Verhoeff's check digit.

use crate::validator::verhoeff;

/// Whether the value is an Aadhaar number, in one piece or in groups joined by single blanks or dashes.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    verhoeff::twelve(value).is_some_and(|digits| digits[0] >= 2 && verhoeff::holds(&digits))
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_of_ten_fits_from_two_on(body in "[0-9]{11}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, usize::from(body.as_bytes()[0] >= b'2'));
        }

        #[test]
        fn groups_do_not_matter(body in "[2-9][0-9]{11}") {
            let grouped = format!("{} {} {}", &body[..4], &body[4..8], &body[8..]);
            prop_assert_eq!(fits(body.as_bytes()), fits(grouped.as_bytes()));
        }
    }
}
