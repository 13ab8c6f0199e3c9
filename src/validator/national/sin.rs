//! Canada's social insurance number.
//!
//! Source: Employment and Social Development Canada: nine digits, Luhn, the first neither 0 nor 8.

use crate::validator::{digits::digits, luhn};

/// Whether the value is such a number, in one piece or in groups joined by single blanks or dashes.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<9>(value, b" -").is_some_and(|digits| !matches!(digits[0], 0 | 8) && luhn::holds(&digits))
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_of_ten_fits_unless_the_first_forbids(body in "[0-9]{8}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, usize::from(!matches!(body.as_bytes()[0], b'0' | b'8')));
        }
    }
}
