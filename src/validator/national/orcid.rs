//! ORCID: the number that researchers sign with.
//!
//! Source: ORCID, "Structure of the ORCID Identifier": sixteen characters in groups of four, the last a check by ISO 7064
//! 11,2.

/// Whether groups and check character fit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let grouped = value.len() == 19 && value.iter().enumerate().all(|(i, b)| (i % 5 == 4) == (*b == b'-'));
    let signs = || value.iter().filter(|b| **b != b'-');
    let digits = signs().take(15).all(u8::is_ascii_digit);
    if !grouped || !digits {
        return false;
    }
    let total = signs().take(15).fold(0_u32, |total, b| (total + u32::from(b - b'0')) * 2 % 11);
    let check = match (12 - total) % 11 {
        10 => b'X',
        check => b'0' + check as u8,
    };
    value.last() == Some(&check)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"0000-0002-1825-0097") && fits(b"0000-0001-5000-0007"));
        assert!(!fits(b"0000-0002-1825-0096") && !fits(b"0000000218250097") && !fits(b""));
    }
}
