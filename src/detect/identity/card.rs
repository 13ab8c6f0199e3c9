//! Payment cards: an issuer's range, its length and the check digit.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::detect::words::{WordSet, words};
use crate::{rule::id, validator::card};

/// Shortest and longest card number, in digits.
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=19;

/// Looks at the number at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !starts_alone(bytes, at) {
        return;
    }
    let Some((end, digits)) = digits(bytes, at) else { return };
    let fits = card::fits(&digits) && !is_dull(&digits);
    if fits && ends_alone(bytes, end) {
        hits.push(Hit::new(id::IDENTITY_CARD, at, end, "issuer's range and check digit").canonical(digits));
    }
}

/// Adds the three or four digits on a card that are all of a text, if its key, of letters only, says so.
pub(super) fn code(text: &[u8], key: &[u8], hits: &mut Hits) {
    if (3..=4).contains(&text.len()) && text.iter().all(u8::is_ascii_digit) && CODES.has(key) {
        hits.push(Hit::new(id::IDENTITY_CARD, 0, text.len(), "key for a card's own code"));
    }
}

/// Keys of such codes, letters only; sorted.
static CODES: WordSet = words!["cardcode", "cardcvc", "cardcvv", "cvc", "cvv"];

fn starts_alone(bytes: &[u8], at: usize) -> bool {
    // A plus at the start of a line is a patch's.
    let patched = matches!(bytes[..at], [b'+'] | [.., b'\n', b'+']);
    let sign =
        matches!(bytes[..at].last(), Some(b'.' | b'-' | b'+' | b'#' | b'/' | b'_' | b'\\')) && !patched;
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

/// Whether the number is made up: hardly any different digits, or one that payment services publish for tests.
fn is_dull(digits: &[u8]) -> bool {
    let different = (b'0'..=b'9').filter(|d| digits.contains(d)).count();
    different < 3 || card::is_dummy(digits)
}
