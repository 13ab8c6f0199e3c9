//! Payment cards: an issuer's range, its length and the check digit.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::rule::id;

/// Shortest and longest card number, in digits.
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=19;

/// Looks at the number at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !starts_alone(bytes, at) {
        return;
    }
    let Some((end, digits)) = digits(bytes, at) else { return };
    let fits = is_issued(&digits) && luhn(&digits) && !is_dull(&digits);
    if fits && ends_alone(bytes, end) {
        hits.push(Hit::new(id::IDENTITY_CARD, at, end, "issuer's range and check digit").canonical(digits));
    }
}

fn starts_alone(bytes: &[u8], at: usize) -> bool {
    let sign = matches!(bytes[..at].last(), Some(b'.' | b'-' | b'+' | b'#' | b'/' | b'_' | b'\\'));
    !sign && word::starts_word(bytes, at)
}

fn ends_alone(bytes: &[u8], end: usize) -> bool {
    let goes_on = |next: Option<&u8>| next.is_some_and(u8::is_ascii_alphanumeric);
    let sign = matches!(bytes.get(end), Some(b'.' | b'-' | b'/' | b'_')) && goes_on(bytes.get(end + 1));
    !sign && word::ends_word(bytes, end)
}

/// The digits from byte `at` on (as ASCII), alone or in a card's groups, and where they end.
fn digits(bytes: &[u8], at: usize) -> Option<(usize, Vec<u8>)> {
    let run = bytes[at..].iter().take(20).take_while(|b| b.is_ascii_digit()).count();
    if LENGTHS.contains(&run) {
        return Some((at + run, bytes[at..at + run].to_vec()));
    }
    let (sign, width) = separator(bytes, at + run).filter(|_| run == 4)?;
    GROUPS.iter().find_map(|groups| {
        let (mut end, mut digits) = (at, Vec::with_capacity(19));
        for (i, &len) in groups.iter().enumerate() {
            if i > 0 {
                (separator(bytes, end)? == (sign, width)).then_some(())?;
                end += width;
            }
            let group = bytes.get(end..end + len).filter(|g| g.iter().all(u8::is_ascii_digit))?;
            digits.extend_from_slice(group);
            end += len;
        }
        let goes_on = bytes.get(end).is_some_and(u8::is_ascii_digit)
            || separator(bytes, end) == Some((sign, width))
                && bytes.get(end + width).is_some_and(u8::is_ascii_digit);
        (!goes_on).then_some((end, digits))
    })
}

/// The sign between groups at byte `at` and its width: space, hyphen, no-break space.
fn separator(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes.get(at..)? {
        [sign @ (b' ' | b'-'), ..] => Some((*sign, 1)),
        [0xc2, 0xa0, ..] => Some((0xa0, 2)),
        _ => None,
    }
}

/// How the digits of a card are grouped, longest first.
static GROUPS: &[&[usize]] =
    &[&[4, 4, 4, 4, 3], &[4, 4, 4, 4, 2], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 1]];

/// Whether an issuer gives out numbers that start so and are so long.
fn is_issued(digits: &[u8]) -> bool {
    let head = digits.iter().take(6).fold(0, |n: u32, &d| n * 10 + u32::from(d - b'0'));
    ISSUERS.iter().any(|i| {
        (i.from..=i.to).contains(&(head / 10u32.pow(6 - i.digits))) && i.lengths.contains(&digits.len())
    })
}

/// A range of first digits and the lengths of the numbers in it.
struct Issuer {
    /// How many first digits `from` and `to` are.
    digits: u32,
    from: u32,
    to: u32,
    lengths: &'static [usize],
}

const fn issuer(digits: u32, from: u32, to: u32, lengths: &'static [usize]) -> Issuer {
    Issuer { digits, from, to, lengths }
}

/// Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Maestro, Mir, RuPay, Troy.
static ISSUERS: &[Issuer] = &[
    issuer(1, 4, 4, &[13, 16, 19]),
    issuer(2, 51, 55, &[16]),
    issuer(4, 2221, 2720, &[16]),
    issuer(2, 34, 34, &[15]),
    issuer(2, 37, 37, &[15]),
    issuer(4, 6011, 6011, &[16, 17, 18, 19]),
    issuer(3, 644, 649, &[16, 17, 18, 19]),
    issuer(2, 65, 65, &[16, 17, 18, 19]),
    issuer(4, 3528, 3589, &[16, 17, 18, 19]),
    issuer(3, 300, 305, &[14, 16, 19]),
    issuer(3, 309, 309, &[14, 16, 19]),
    issuer(2, 36, 36, &[14, 16, 19]),
    issuer(2, 38, 39, &[14, 16, 19]),
    issuer(2, 62, 62, &[16, 17, 18, 19]),
    issuer(2, 81, 82, &[16, 17, 18, 19]),
    issuer(2, 50, 50, &[13, 14, 15, 16, 17, 18, 19]),
    issuer(2, 56, 58, &[13, 14, 15, 16, 17, 18, 19]),
    issuer(4, 6304, 6304, &[13, 14, 15, 16, 17, 18, 19]),
    issuer(4, 6759, 6769, &[13, 14, 15, 16, 17, 18, 19]),
    issuer(4, 2200, 2204, &[16, 17, 18, 19]),
    issuer(2, 60, 60, &[16]),
    issuer(3, 508, 508, &[16]),
    issuer(4, 9792, 9792, &[16]),
];

/// The check of ISO/IEC 7812: every second digit from the right doubled, the sum a multiple of ten.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| {
            let d = u32::from(d - b'0') << (i % 2);
            if d > 9 { d - 9 } else { d }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the number is made up: hardly any different digits, or one that payment services publish for tests.
fn is_dull(digits: &[u8]) -> bool {
    let different = (b'0'..=b'9').filter(|d| digits.contains(d)).count();
    different < 3 || id::IDENTITY_CARD.rule().allow.iter().any(|dummy| dummy.as_bytes() == digits)
}
