//! The United Kingdom's National Insurance number.
//!
//! Source: HMRC, NIM39110: two letters, six digits, a letter A to D; neither letter D, F, I, Q, U or V, the second not O;
//! BG, GB, KN, NK, NT, TN and ZZ are not used.

/// Whether the value is such a number, in one piece or in pairs joined by blanks; letters of either case.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let joint = if value.len() == 13 { &b" "[..] } else { b"" };
    let number: Vec<u8> =
        value.iter().filter(|byte| !joint.contains(byte)).map(u8::to_ascii_uppercase).collect();
    let &[first, second, ref digits @ .., last] = &number[..] else {
        return false;
    };
    digits.len() == 6
        && is_prefix([first, second])
        && digits.iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(&last)
}

fn is_prefix(prefix: [u8; 2]) -> bool {
    let unused = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    prefix.iter().all(|letter| letter.is_ascii_uppercase() && !b"DFIQUV".contains(letter))
        && prefix[1] != b'O'
        && !unused.contains(&&prefix)
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    #[test]
    fn counts_every_prefix() {
        let letters = || b'A'..=b'Z';
        let all = letters().flat_map(|a| letters().map(move |b| [a, b]));
        let valid = all.filter(|prefix| fits(&[&prefix[..], b"123456C"].concat())).count();
        assert_eq!(valid, 20 * 19 - 7);
    }

    proptest! {
        #[test]
        fn takes_every_number(number in "(AB|CE|ZY)[0-9]{6}[A-D]") {
            let spaced = format!("{} {} {} {} {}", &number[..2], &number[2..4], &number[4..6], &number[6..8], &number[8..]);
            prop_assert!(fits(number.as_bytes()) && fits(spaced.as_bytes()));
        }

        #[test]
        fn leaves_other_last_letters(number in "AB[0-9]{6}[E-Z0-9]") {
            prop_assert!(!fits(number.as_bytes()));
        }
    }
}
