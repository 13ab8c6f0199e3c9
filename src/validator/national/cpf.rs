//! Brazil's CPF.
//!
//! Source: Receita Federal: eleven digits, written `000.000.000-00`, the last two by weights modulo eleven; numbers of one
//! digit over and over are not issued.

use crate::validator::digits::{digits, weighted};

const WEIGHTS: [u8; 10] = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/// Whether both check digits fit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<11>(value, b".- ").is_some_and(|digits| {
        let check = |count: usize| (weighted(&digits[..count], &WEIGHTS[10 - count..]) * 10 % 11 % 10) as u8;
        digits.iter().any(|digit| *digit != digits[0]) && check(9) == digits[9] && check(10) == digits[10]
    })
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"111.444.777-35") && fits(b"11144477735"));
        assert!(!fits(b"111.444.777-53") && !fits(b"111.111.111-11"));
    }

    proptest! {
        #[test]
        fn one_pair_of_check_digits_fits(body in "[0-9]{9}") {
            prop_assume!(body.bytes().any(|digit| digit != body.as_bytes()[0]));
            let fitting = (0..100).filter(|check| fits(format!("{body}{check:02}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
