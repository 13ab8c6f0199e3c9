//! International bank account numbers.
//!
//! Source: ISO 13616 and the SWIFT IBAN registry for the countries' lengths; ISO 7064 MOD 97-10 for the check.

/// Country and length.
static LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// Numbers that documentation uses.
static DUMMIES: &[&str] =
    &["GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606"];

/// Whether the value has its country's length and its remainder by 97 is one. In one piece, or in groups of four.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(number) = joined(value) else {
        return false;
    };
    let length = LENGTHS.iter().find(|(country, _)| number.starts_with(*country)).map(|&(_, length)| length);
    length == Some(number.len()) && number[2..4].iter().all(u8::is_ascii_digit) && remainder(&number) == 1
}

/// Whether it is one that documentation uses.
#[must_use]
pub fn is_dummy(value: &[u8]) -> bool {
    joined(value).is_some_and(|number| DUMMIES.iter().any(|dummy| dummy.as_bytes() == number))
}

/// The number without the blanks (or dashes) between groups of four; letters of either case.
fn joined(value: &[u8]) -> Option<Vec<u8>> {
    let joint = value.iter().copied().find(|byte| b" -".contains(byte));
    let groups: Vec<&[u8]> = value.split(|&byte| Some(byte) == joint).collect();
    let (last, rest) = groups.split_last()?;
    let fours = rest.is_empty() || rest.iter().all(|group| group.len() == 4) && (1..=4).contains(&last.len());
    let number = groups.concat().to_ascii_uppercase();
    (fours && number.len() > 4 && number.iter().all(u8::is_ascii_alphanumeric)).then_some(number)
}

/// The remainder by 97 of the number with its first four characters at the end and letters as 10 to 35.
fn remainder(number: &[u8]) -> u32 {
    let (head, tail) = number.split_at(4);
    tail.iter().chain(head).fold(0, |rest, &byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    })
}

#[cfg(test)]
mod tests {
    use super::{LENGTHS, fits, is_dummy, remainder};
    use proptest::prelude::*;

    #[test]
    fn fits_documented_examples() {
        for iban in ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "de89370400440532013000"] {
            assert!(fits(iban.as_bytes()) && is_dummy(iban.as_bytes()), "{iban}");
        }
        assert!(fits(b"DE96409278190647218748") && !is_dummy(b"DE96409278190647218748"));
        for bad in [
            "DE96 40927819 0647218748",
            "ZZ96409278190647218748",
            "DE9640927819064721874",
            "DEXX409278190647218748",
        ] {
            assert!(!fits(bad.as_bytes()), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn two_check_digits_fit_at_most(country in 0..LENGTHS.len(), account in "[0-9]{34}") {
            let (country, length) = LENGTHS[country];
            let country = std::str::from_utf8(country).unwrap();
            let account = &account[..length - 4];
            let sum = remainder(format!("{country}00{account}").as_bytes());
            let right = 98 - sum;
            for check in 2..=98 {
                let iban = format!("{country}{check:02}{account}");
                prop_assert_eq!(fits(iban.as_bytes()), check == right, "{}", iban);
            }
        }
    }
}
