//! India's permanent account number.
//!
//! Source: Income Tax Department: five letters, four digits, a letter; the fourth letter says what kind of holder. How the
//! last letter is computed is not public.

/// Whether the value has that shape and a known kind of holder.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    value.len() == 10
        && value.iter().enumerate().all(|(at, byte)| match at {
            3 => b"ABCEFGHJLPTK".contains(byte),
            5..=8 => byte.is_ascii_digit(),
            _ => byte.is_ascii_uppercase(),
        })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_people_and_companies(number in "[A-Z]{3}[PCHF][A-Z][0-9]{4}[A-Z]") {
            prop_assert!(fits(number.as_bytes()));
        }

        #[test]
        fn leaves_other_holders(number in "[A-Z]{3}[DIMNO][A-Z][0-9]{4}[A-Z]") {
            prop_assert!(!fits(number.as_bytes()));
        }
    }
}
