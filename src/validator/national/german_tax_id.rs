//! Germany's tax identification number.
//!
//! Source: Bundeszentralamt für Steuern: eleven digits, the first not 0; among the first ten one digit stands twice or
//! three times and no other more than once; the last is by ISO 7064 MOD 11,10.

use crate::validator::digits::digits;

/// Whether the value is such a number, in one piece or in groups joined by single blanks.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<11>(value, b" ").is_some_and(|digits| {
        digits[0] != 0 && repeats_one(&digits[..10]) && check(&digits[..10]) == digits[10]
    })
}

fn repeats_one(digits: &[u8]) -> bool {
    let mut counts = [0_u8; 10];
    for &digit in digits {
        counts[usize::from(digit)] += 1;
    }
    counts.iter().filter(|&&count| count > 1).count() == 1 && counts.iter().all(|&count| count <= 3)
}

fn check(digits: &[u8]) -> u8 {
    let product = digits.iter().fold(10_u8, |product, digit| {
        let sum = (digit + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    (11 - product) % 10
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// The example of the office's own handbook.
    #[test]
    fn fits_the_example_of_the_handbook() {
        assert!(fits(b"86095742719") && fits(b"86 095 742 719"));
        assert!(!fits(b"86095742718") && !fits(b"06095742719") && !fits(b"11111111111"));
    }

    #[test]
    fn one_check_digit_fits() {
        for body in ["8609574271", "6592997048", "1234567899"] {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            assert_eq!(fitting, 1, "{body}");
        }
        assert!((0..10).all(|digit| !fits(format!("1234567890{digit}").as_bytes())), "no digit twice");
    }
}
