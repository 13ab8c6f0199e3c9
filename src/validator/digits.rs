//! Numbers as people write them, and dates in them.

/// The `N` digits of a value that holds nothing else but `joints`, which may not start or end it nor stand in pairs.
pub(super) fn digits<const N: usize>(value: &[u8], joints: &[u8]) -> Option<[u8; N]> {
    let (mut found, mut count, mut joint) = ([0; N], 0, true);
    for &byte in value {
        if byte.is_ascii_digit() {
            *found.get_mut(count)? = byte - b'0';
            (count, joint) = (count + 1, false);
        } else if joints.contains(&byte) && !joint {
            joint = true;
        } else {
            return None;
        }
    }
    (count == N && !joint).then_some(found)
}

/// The sum of digits, each times its weight.
pub(super) fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(&digit, &weight)| u32::from(digit) * u32::from(weight)).sum()
}

/// A number of two digits.
pub(super) fn pair(digits: &[u8]) -> u8 {
    digits[0] * 10 + digits[1]
}

/// Whether some year has that month and day.
pub(super) fn is_date(month: u8, day: u8) -> bool {
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{digits, is_date};

    #[test]
    fn digits_with_joints_between() {
        assert_eq!(digits::<4>(b"12-34", b"-"), Some([1, 2, 3, 4]));
        for bad in [&b"1234-"[..], b"-1234", b"12--34", b"123", b"12345", b"12 34", b"12a4"] {
            assert_eq!(digits::<4>(bad, b"-"), None);
        }
    }

    #[test]
    fn dates() {
        assert!(is_date(2, 29) && is_date(12, 31) && is_date(4, 30));
        assert!(!is_date(2, 30) && !is_date(4, 31) && !is_date(0, 1) && !is_date(13, 1) && !is_date(1, 0));
    }
}
