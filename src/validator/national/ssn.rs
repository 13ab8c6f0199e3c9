//! The United States' social security number and taxpayer number.
//!
//! Source: Social Security Administration, RM 10201.030: area not 000, 666 or from 900 on, group not 00, serial not 0000.
//! Internal Revenue Service, publication 1915: an ITIN starts with 9 and has 50 to 65, 70 to 88, 90 to 92 or 94 to 99 in
//! the middle.

use crate::validator::digits::digits;

/// Numbers that were published: on a card in wallets, in a pamphlet, in forms.
static DUMMIES: &[&[u8]] = &[b"078051120", b"219099999", b"123456789"];

/// Whether the value is a number that may have been given, as `123-45-6789`, with blanks, or in one piece.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    parts(value)
        .is_some_and(|(area, group, serial)| !matches!(area, 0 | 666 | 900..) && group != 0 && serial != 0)
}

/// Whether the value is a taxpayer number of someone without a social security number.
#[must_use]
pub fn is_itin(value: &[u8]) -> bool {
    parts(value)
        .is_some_and(|(area, group, _)| area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99))
}

/// Whether the number is one that was published; 987-65-4320 to 4329 are kept for advertisements.
#[must_use]
pub fn is_dummy(value: &[u8]) -> bool {
    let number: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    DUMMIES.contains(&&number[..]) || number.len() == 9 && number.starts_with(b"98765432")
}

fn parts(value: &[u8]) -> Option<(u32, u32, u32)> {
    let joints: Vec<usize> = (0..value.len()).filter(|&at| !value[at].is_ascii_digit()).collect();
    let alike = joints.iter().all(|&at| value[at] == value[joints[0]]);
    if !(joints.is_empty() || joints == [3, 6] && alike) {
        return None;
    }
    let digits = digits::<9>(value, b"- ")?;
    let number = |digits: &[u8]| digits.iter().fold(0, |number, &digit| 10 * number + u32::from(digit));
    Some((number(&digits[..3]), number(&digits[3..5]), number(&digits[5..])))
}

#[cfg(test)]
mod tests {
    use super::{fits, is_dummy, is_itin};

    #[test]
    fn every_area() {
        for area in 0..1000 {
            let valid = area != 0 && area != 666 && area < 900;
            assert_eq!(fits(format!("{area:03}-12-3456").as_bytes()), valid, "{area}");
        }
    }

    #[test]
    fn every_group() {
        for group in 0..100 {
            assert_eq!(fits(format!("536{group:02}8145").as_bytes()), group != 0, "{group}");
            let itin = matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
            assert_eq!(is_itin(format!("912-{group:02}-8145").as_bytes()), itin, "{group}");
        }
    }

    #[test]
    fn every_serial() {
        for serial in 0..10_000 {
            assert_eq!(fits(format!("536 22 {serial:04}").as_bytes()), serial != 0, "{serial}");
        }
    }

    #[test]
    fn separators_are_alike_and_in_place() {
        for bad in ["536-22 8145", "53-622-8145", "536-228145", "536--22-8145", "536.22.8145", "5362281450"] {
            assert!(!fits(bad.as_bytes()), "{bad}");
        }
        assert!(is_dummy(b"078-05-1120") && is_dummy(b"987654321") && !is_dummy(b"536-22-8145"));
    }
}
