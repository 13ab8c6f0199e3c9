//! The Luhn formula (ISO/IEC 7812-1, annex B): payment cards, IMEI, several national numbers.

/// Whether the digits fit: every second from the right doubled, the sum of all digits divisible by ten. Blanks and dashes
/// are skipped; other bytes do not fit, nor do fewer than two digits.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let digits: Option<Vec<u8>> = value
        .iter()
        .filter(|byte| !b" -".contains(byte))
        .map(|byte| byte.is_ascii_digit().then(|| byte - b'0'))
        .collect();
    digits.is_some_and(|digits| digits.len() > 1 && holds(&digits))
}

/// The same for digits as numbers.
pub(super) fn holds(digits: &[u8]) -> bool {
    let double = |digit: u8| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let value = |(place, &digit): (usize, &u8)| if place % 2 == 1 { double(digit) } else { digit };
    digits.iter().rev().enumerate().map(value).map(u32::from).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    /// The example of ISO/IEC 7812-1 and cards that payment processors publish for tests.
    #[test]
    fn fits_published_numbers() {
        for number in ["1789372997 4", "4111 1111 1111 1111", "378282246310005", "5555-5555-5555-4444"] {
            assert!(fits(number.as_bytes()), "{number}");
        }
        assert!(!fits(b"0") && !fits(b"4111x1111"));
    }

    proptest! {
        #[test]
        fn one_last_digit_of_ten_fits(body in "[0-9]{1,24}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
