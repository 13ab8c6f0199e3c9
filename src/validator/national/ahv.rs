//! Switzerland's number of old-age insurance (AHV, AVS).
//!
//! Source: Central Compensation Office: 756, nine digits, and the check digit of an EAN-13; written `756.1234.5678.97`.

use crate::validator::digits::digits;

/// Whether the country's number stands first and the check digit fits; in one piece or with dots.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    digits::<13>(value, b".").is_some_and(|digits| {
        let weighted = digits.iter().enumerate().map(|(i, d)| u32::from(*d) * if i % 2 == 0 { 1 } else { 3 });
        digits.starts_with(&[7, 5, 6]) && weighted.sum::<u32>() % 10 == 0
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"756.9217.0769.85") && fits(b"7569217076985"));
        assert!(!fits(b"756.9217.0769.84") && !fits(b"757.9217.0769.82"));
    }
}
