//! Payment card numbers: the issuer's range, its lengths, the Luhn formula.
//!
//! Source: ISO/IEC 7812 and the ranges that the networks publish (Visa, Mastercard, American Express, Discover, JCB,
//! Diners Club, UnionPay, Maestro, Mir, RuPay, Troy). The formula alone passes one number in ten.

use super::luhn;

/// First digits from, to, and the lengths that such cards have.
type Range = (u32, u32, &'static [usize]);

const LONG: &[usize] = &[16, 17, 18, 19];
const DINERS: &[usize] = &[14, 15, 16, 17, 18, 19];
const MAESTRO: &[usize] = &[12, 13, 14, 15, 16, 17, 18, 19];

/// By network. Both ends of a range have as many digits, and count.
static RANGES: &[Range] = &[
    (4, 4, &[13, 16, 19]),
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    (34, 34, &[15]),
    (37, 37, &[15]),
    (6011, 6011, LONG),
    (644, 649, LONG),
    (65, 65, LONG),
    (622_126, 622_925, LONG),
    (3528, 3589, LONG),
    (300, 305, DINERS),
    (309, 309, DINERS),
    (36, 36, DINERS),
    (38, 39, DINERS),
    (62, 62, LONG),
    (81, 81, LONG),
    (50, 50, MAESTRO),
    (56, 58, MAESTRO),
    (6304, 6304, MAESTRO),
    (6759, 6763, MAESTRO),
    (2200, 2204, LONG),
    (60, 60, &[16]),
    (82, 82, &[16]),
    (508, 508, &[16]),
    (9792, 9792, &[16]),
];

/// Numbers that payment processors publish for tests.
static DUMMIES: &[&str] = &[
    "4242424242424242",
    "4111111111111111",
    "4012888888881881",
    "4000056655665556",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "3056930009020004",
    "3566002020360505",
    "6200000000000005",
];

/// Whether the value is a card number: one of a network's length and range that fits the formula, in one piece or in
/// groups of the usual sizes, joined by single blanks or dashes.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(digits) = grouped(value) else {
        return false;
    };
    RANGES.iter().any(|range| covers(range, &digits)) && luhn::holds(&digits)
}

/// Whether the number is one that a processor publishes for tests.
#[must_use]
pub fn is_dummy(value: &[u8]) -> bool {
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    DUMMIES.iter().any(|dummy| dummy.as_bytes() == digits)
}

fn covers(&(from, to, lengths): &Range, digits: &[u8]) -> bool {
    let start =
        digits.iter().take(from.to_string().len()).fold(0, |number, &digit| 10 * number + u32::from(digit));
    lengths.contains(&digits.len()) && (from..=to).contains(&start)
}

/// The digits, if the groups are those of a card: fours (and a rest), or 4-6-5, or 4-6-4.
fn grouped(value: &[u8]) -> Option<Vec<u8>> {
    let joint = value.iter().copied().find(|byte| !byte.is_ascii_digit());
    if joint.is_some_and(|byte| !b" -".contains(&byte)) {
        return None;
    }
    let sizes: Vec<usize> = value.split(|&byte| Some(byte) == joint).map(<[u8]>::len).collect();
    let fours =
        sizes.split_last().is_some_and(|(last, rest)| rest.iter().all(|&n| n == 4) && (1..=4).contains(last));
    let usual = sizes.len() == 1 || fours || matches!(sizes[..], [4, 6, 4 | 5]);
    let digits = value.iter().filter(|&&byte| Some(byte) != joint);
    let digits: Option<Vec<u8>> = digits.map(|byte| byte.is_ascii_digit().then(|| byte - b'0')).collect();
    digits.filter(|digits| usual && (12..=19).contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::{RANGES, fits, is_dummy};
    use proptest::prelude::*;

    fn with_check_digit(body: &str) -> String {
        let fitting = |digit: &u32| super::luhn::fits(format!("{body}{digit}").as_bytes());
        let digit = (0..10).find(fitting).unwrap();
        format!("{body}{digit}")
    }

    #[test]
    fn takes_every_usual_grouping() {
        for card in ["4556039292263785", "4556 0392 9226 3785", "4556-0392-9226-3785", "371464275748035"] {
            assert!(fits(card.as_bytes()), "{card}");
        }
        for card in ["45560 39292263785", "4556 0392-9226 3785", "4556  0392 9226 3785", "4556039292263786"] {
            assert!(!fits(card.as_bytes()), "{card}");
        }
    }

    #[test]
    fn knows_published_dummies() {
        assert!(is_dummy(b"4242 4242 4242 4242") && !is_dummy(b"4556039292263785"));
    }

    proptest! {
        #[test]
        fn takes_every_range_and_length(range in 0..RANGES.len(), length in 0..8_usize, start in any::<u32>(), rest in "[0-9]{19}") {
            let (from, to, lengths) = RANGES[range];
            let start = from + start % (to - from + 1);
            let length = lengths[length % lengths.len()];
            let card = with_check_digit(&format!("{start}{rest}")[..length - 1]);
            prop_assert!(fits(card.as_bytes()));
        }

        #[test]
        fn leaves_numbers_of_no_network(start in 10_u32..20, rest in "[0-9]{13}") {
            let number = with_check_digit(&format!("{start}{rest}"));
            prop_assert!(!fits(number.as_bytes()));
        }
    }
}
