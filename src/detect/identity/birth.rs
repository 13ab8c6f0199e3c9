//! When people were born: `"dob": "1984-12-18"`, `born on 18.12.1984`.

use super::super::{
    subject::{Hit, Hits},
    word,
};
use crate::detect::words::{WordSet, words};
use crate::rule::id;

/// Longest date as written, in bytes.
const LONGEST: usize = 32;

/// Looks at a text whose key, of letters only, may say that it is the day of someone's birth.
pub(super) fn keyed(text: &[u8], key: &[u8], hits: &mut Hits) {
    if text.first().is_some_and(u8::is_ascii_digit) && KEYS.has(key) {
        cell(text, (0, text.len()), hits);
    }
}

/// Whether a column of that name holds days of birth.
pub(super) fn is_named(name: &[u8]) -> bool {
    let mut letters = [0; 24];
    let mut len = 0;
    for &byte in name.iter().filter(|b| b.is_ascii_alphabetic()) {
        let Some(slot) = letters.get_mut(len) else { return false };
        *slot = byte;
        len += 1;
    }
    KEYS.has(&letters[..len])
}

/// Adds the day that is all of `start..end`, perhaps with a time of day behind.
pub(super) fn cell(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = &bytes[start..end];
    let len = date(text);
    let time = text.get(len).is_none_or(|b| matches!(b, b'T' | b' '));
    if len > 0 && text.len() <= LONGEST && time {
        push(start, start + len, hits);
    }
}

/// Looks at the blank at byte `at`, with a digit behind it: whether the words before say that someone was born then.
pub(super) fn told(bytes: &[u8], at: usize, hits: &mut Hits) {
    let (line, _) = word::line(bytes, at, 24);
    let head = bytes[line.min(at)..at].trim_ascii_end();
    let born = BEFORE.iter().any(|words| {
        word::ends_with(head, words.as_bytes()) && word::starts_word(head, head.len() - words.len())
    });
    let len = if born { date(&bytes[at + 1..]) } else { 0 };
    if len > 0 {
        push(at + 1, at + 1 + len, hits);
    }
}

/// Whether words before a day of birth may end in these two bytes.
pub(super) fn may_end(end: &[u8]) -> bool {
    matches!(
        end,
        [b'a', b'm']
            | [b'o', b'n']
            | [b'r', b'n']
            | [b'e', b'n' | b'l']
            | [b'l', b'e']
            | [b'i', b'l']
            | [_, b':']
    )
}

fn push(start: usize, end: usize, hits: &mut Hits) {
    hits.push(Hit::new(id::IDENTITY_BIRTH, start, end, "day of someone's birth"));
}

/// The length of the day that `text` begins with: three numbers with one sign between, of which one is a year.
fn date(text: &[u8]) -> usize {
    let digits = |at: usize| {
        text.get(at..).unwrap_or_default().iter().take(5).take_while(|b| b.is_ascii_digit()).count()
    };
    let first = digits(0);
    let Some(&sign) = text.get(first).filter(|b| matches!(b, b'-' | b'.' | b'/')) else { return 0 };
    let second = digits(first + 1);
    let third = first + 1 + second + 1;
    if text.get(third - 1) != Some(&sign) {
        return 0;
    }
    let end = third + digits(third);
    let lengths = (first, second, end - third);
    let year = match lengths {
        (4, 1 | 2, 1 | 2) => &text[..4],
        (1 | 2, 1 | 2, 4) => &text[third..end],
        _ => return 0,
    };
    let lived = year.starts_with(b"19") || year.starts_with(b"20");
    let next = text.get(end);
    let goes_on = next == Some(&sign) && text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
        || next.is_some_and(|b| b.is_ascii_alphanumeric() && *b != b'T');
    if lived && !goes_on { end } else { 0 }
}

/// Words before a day of birth.
static BEFORE: [&str; 13] = [
    "born",
    "born on",
    "birthday is",
    "date of birth:",
    "dob",
    "dob:",
    "geb.",
    "geboren am",
    "geboren op",
    "nacida el",
    "nacido el",
    "née le",
    "né le",
];

/// Keys of days of birth, letters only; sorted.
static KEYS: WordSet = words![
    "bday",
    "birthdate",
    "birthday",
    "dateofbirth",
    "dob",
    "fechanacimiento",
    "geboortedatum",
    "geburtsdatum",
    "geburtstag",
    "patientbirthdate",
    "patientdob",
    "userbirthdate",
    "userdob",
];

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::{rule::id, transcript::text::Field};

    #[test]
    fn a_day_of_birth_is_one_by_its_key_or_its_words() {
        for (key, expected) in [
            (Some(&b"dob"[..]), "«1984-12-18»"),
            (Some(b"date_of_birth"), "«18/12/1984»"),
            (Some(b"birthDate"), "«1984-12-18»T00:00:00Z"),
            (Some(b"birthday"), "tomorrow"),
            (Some(b"created"), "1984-12-18"),
            (None, "the patient was born on «18.12.1984» in Leeds, geboren am «1.2.1990»"),
            (None, "Idea born on 3 screens; released on 18.12.1984; born 1984.12.18.4"),
            (None, "name,dob\nZelmo Kavinas,«1984-12-18»\n"),
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&Subject { field: Field::Prose, key, ..plain(&text) });
            assert_eq!(marked(&text, &found, |hit| hit.rule == id::IDENTITY_BIRTH), expected);
        }
    }
}
