//! Numbers that states give to people, by their checks; those without a telling shape by a word before them too.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::{
    rule::{Confidence, id},
    validator::national::{
        aadhaar, ahv, codice_fiscale, cpf, dni, german_tax_id, nino, nir, nric, orcid, pan, personnummer,
        pesel, rrn, sin, south_african_id, ssn, tfn,
    },
};

/// How far behind its word a number may start, in bytes.
const REACH: usize = 40;

/// Longest number as written, in bytes.
const MAX_LEN: usize = 24;

/// Says yes to a number as written.
type Check = fn(&[u8]) -> bool;

/// Words for a number (lower case, letters only) and its check.
static WORDS: &[(&str, Check)] = &[
    ("ssn", is_ssn),
    ("socialsecurity", is_ssn),
    ("itin", ssn::is_itin),
    ("nino", nino::fits),
    ("ninumber", nino::fits),
    ("nationalinsurance", nino::fits),
    ("socialinsurance", sin::fits),
    ("cpf", cpf::fits),
    ("aadhaar", aadhaar::fits),
    ("aadhar", aadhaar::fits),
    ("pan", pan::fits),
    ("pancard", pan::fits),
    ("pannumber", pan::fits),
    ("pesel", pesel::fits),
    ("personnummer", personnummer::fits),
    ("dni", dni::fits),
    ("nie", dni::fits),
    ("nif", dni::fits),
    ("codicefiscale", codice_fiscale::fits),
    ("steuerid", german_tax_id::fits),
    ("steueridentifikationsnummer", german_tax_id::fits),
    ("sociale", nir::fits),
    ("nir", nir::fits),
    ("taxfilenumber", tfn::fits),
    ("tfn", tfn::fits),
    ("nric", nric::fits),
    ("rrn", rrn::fits),
    ("passport", is_passport),
    ("passportno", is_passport),
    ("reisepass", is_passport),
    ("africanid", south_african_id::fits),
    ("idnumber", south_african_id::fits),
    ("taxid", is_tax_id),
    ("orcid", orcid::fits),
];

/// Looks at the number at byte `at`, whose groups alone may say what it is.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if [&b"SIN: "[..], b"SIN ", b"SIN:", b"SIN=", b"NAS : "].iter().any(|word| bytes[..at].ends_with(word))
        && let Some(end) = longest(bytes, at, bytes.len().min(at + MAX_LEN), sin::fits)
    {
        hits.push(hit(at, end, &bytes[at..end]));
        return;
    }
    let shapes: [(usize, Check); 5] =
        [(16, ahv::fits), (11, is_ssn), (14, cpf::fits), (14, rrn::fits), (11, is_dashed_personnummer)];
    for (len, check) in shapes {
        let Some(text) = bytes.get(at..at + len) else { continue };
        let grouped = text.iter().any(|b| !b.is_ascii_digit()) && !text.contains(&b' ');
        if grouped && check(text) && stands_alone(bytes, at, at + len) {
            hits.push(hit(at, at + len, text).confidence(Confidence::Medium));
            return;
        }
    }
}

/// Looks behind the word that starts at byte `at`.
pub(super) fn find_named(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (name, end) = name_at(bytes, at);
    let Some(check) = check_for(&name) else { return };
    let (_, line_end) = word::line(bytes, at, REACH + MAX_LEN + name.len());
    for start in end..line_end.min(end + REACH) {
        if word::starts_word(bytes, start)
            && bytes[start].is_ascii_alphanumeric()
            && let Some(stop) = longest(bytes, start, line_end, check)
        {
            hits.push(hit(start, stop, &bytes[start..stop]));
            return;
        }
    }
}

/// Looks at a text whose key names such a number.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes.trim_ascii();
    if text.len() > MAX_LEN || !text.iter().any(u8::is_ascii_digit) {
        return;
    }
    let name: Vec<u8> =
        subject.key.unwrap_or_default().iter().copied().filter(u8::is_ascii_alphabetic).collect();
    let Some(check) = check_for(&name.to_ascii_lowercase()) else { return };
    if check(text) && !ssn::is_dummy(text) {
        let start = subject.bytes.len() - subject.bytes.trim_ascii_start().len();
        hits.push(hit(start, start + text.len(), text));
    }
}

/// Whether a column of that name holds such numbers.
pub(super) fn is_named(name: &[u8]) -> bool {
    check_for(&letters_of(name)).is_some()
}

/// Adds the number in `start..end`, which stands under the word `name`, if its check fits.
pub(super) fn push_named(bytes: &[u8], (start, end): (usize, usize), name: &[u8], hits: &mut Hits) {
    let text = &bytes[start..end];
    if check_for(&letters_of(name)).is_some_and(|check| check(text)) && !ssn::is_dummy(text) {
        hits.push(hit(start, end, text));
    }
}

/// The letters of a word, small.
fn letters_of(word: &[u8]) -> Vec<u8> {
    word.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect()
}

fn hit(start: usize, end: usize, text: &[u8]) -> Hit {
    let canonical = text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect();
    Hit::new(id::IDENTITY_NATIONAL, start, end, "the number's own check").canonical(canonical)
}

/// The words from byte `at` on without what joins them, and where they end.
fn name_at(bytes: &[u8], at: usize) -> (Vec<u8>, usize) {
    let joint = |b: &u8| matches!(b, b' ' | b'_' | b'-' | b'.');
    let (mut name, mut end) = (Vec::with_capacity(32), at);
    let mut best = (Vec::new(), at);
    while let Some(byte) = bytes.get(end).filter(|b| b.is_ascii_alphabetic() || joint(b) || **b == 0xc3) {
        if name.len() > 30 {
            break;
        }
        if byte.is_ascii_alphabetic() {
            name.push(byte.to_ascii_lowercase());
            let (letter, last) = (name[name.len() - 1], name.len() - 1);
            let goes_on = |word: &[u8]| word.get(last) == Some(&letter) && word.starts_with(&name);
            if !WORDS.iter().any(|(word, _)| goes_on(word.as_bytes())) {
                break;
            }
        }
        end += 1;
        if WORDS.iter().any(|(w, _)| w.as_bytes() == name) {
            best = (name.clone(), end);
        }
    }
    best
}

fn check_for(name: &[u8]) -> Option<Check> {
    WORDS
        .iter()
        .filter(|(w, _)| !name.is_empty() && is_name(name, w))
        .max_by_key(|(w, _)| w.len())
        .map(|&(_, check)| check)
}

/// Whether a key is `word`, or begins or ends with a long one: `userSsn`, `passportNumber`.
fn is_name(name: &[u8], word: &str) -> bool {
    let long = word.len() >= 5 || word == "ssn";
    name == word.as_bytes() || long && (name.starts_with(word.as_bytes()) || name.ends_with(word.as_bytes()))
}

/// Where the longest number from byte `start` on ends that the check says yes to.
fn longest(bytes: &[u8], start: usize, limit: usize, check: Check) -> Option<usize> {
    let limit = limit.min(start + MAX_LEN);
    let fits = |&end: &usize| stands_alone(bytes, start, end) && check(&bytes[start..end]);
    (start + 7..=limit).rev().find(fits)
}

fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let joint = |b: Option<&u8>| matches!(b, Some(b'-' | b'.' | b'/' | b'_'));
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let before = !(joint(bytes[..start].last()) && start > 1 && digit(bytes.get(start - 2)));
    let after = !(joint(bytes.get(end)) && digit(bytes.get(end + 1)));
    before && after && word::starts_word(bytes, start) && word::ends_word(bytes, end)
}

fn is_ssn(text: &[u8]) -> bool {
    (ssn::fits(text) || ssn::is_itin(text)) && !ssn::is_dummy(text)
}

fn is_tax_id(text: &[u8]) -> bool {
    ssn::is_itin(text) || is_ssn(text) || german_tax_id::fits(text)
}

fn is_dashed_personnummer(text: &[u8]) -> bool {
    matches!(text.get(6), Some(b'-' | b'+')) && personnummer::fits(text)
}

/// Whether a passport's number can be so: six to nine capitals and digits, most of them digits.
fn is_passport(text: &[u8]) -> bool {
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let signs = text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (7..=9).contains(&text.len()) && signs && digits >= 6
}
