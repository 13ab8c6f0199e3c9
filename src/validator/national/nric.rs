//! Singapore's NRIC and FIN.
//!
//! Source: Immigration and Checkpoints Authority, as described by Ngiam Shih Tung, "Check digits of NRIC numbers" (1999),
//! and for series M since 2022.

use crate::validator::digits::{digits, weighted};

const WEIGHTS: [u8; 7] = [2, 7, 6, 5, 4, 3, 2];
const CITIZENS: &[u8; 11] = b"JZIHGFEDCBA";
const FOREIGNERS: &[u8; 11] = b"XWUTRQPNMLK";
const FOREIGNERS_M: &[u8; 11] = b"XWUTRQPNJLK";

/// Whether the value is S, T, F, G or M, seven digits and the letter that fits.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let upper = value.to_ascii_uppercase();
    let &[series, ref number @ .., letter] = &upper[..] else {
        return false;
    };
    let (offset, letters) = match series {
        b'S' => (0, CITIZENS),
        b'T' => (4, CITIZENS),
        b'F' => (0, FOREIGNERS),
        b'G' => (4, FOREIGNERS),
        b'M' => (3, FOREIGNERS_M),
        _ => return false,
    };
    digits::<7>(number, b"")
        .is_some_and(|digits| letters[((weighted(&digits, &WEIGHTS) + offset) % 11) as usize] == letter)
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"S1234567D") && fits(b"s1234567d") && !fits(b"S1234567E") && !fits(b"A1234567D"));
    }

    proptest! {
        #[test]
        fn one_letter_fits(body in "[STFGM][0-9]{7}") {
            let fitting = (b'A'..=b'Z').filter(|&letter| fits(&[body.as_bytes(), &[letter]].concat())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
