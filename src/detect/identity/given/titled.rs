//! People by what they are addressed with: `Dr. Kavinas`, `Frau Zorbik`, `Mr Kavinas`.

use super::{
    super::{
        super::{
            canonical::canonical,
            path,
            subject::{Hit, Hits},
            word,
        },
        login, name,
    },
    is_clear, is_given, word_end,
};
use crate::rule::id;

/// Longest title, in bytes.
const LONGEST: usize = 10;

/// What stands before a family name, as it is written there.
static TITLES: [&str; 44] = [
    "Arq",
    "Avv",
    "Dhr",
    "Dipl",
    "Dott",
    "Dr",
    "Dra",
    "Frau",
    "Fru",
    "Herr",
    "Herrn",
    "Hr",
    "Ing",
    "JUDr",
    "Lic",
    "MUDr",
    "Madame",
    "Mag",
    "Meneer",
    "Mevr",
    "Mevrouw",
    "Mgr",
    "Mlle",
    "Mme",
    "Monsieur",
    "Mr",
    "Mrs",
    "Ms",
    "Mvr",
    "Mw",
    "Pan",
    "Pani",
    "PhDr",
    "Prof",
    "Professor",
    "RNDr",
    "Rev",
    "Se\u{f1}or",
    "Se\u{f1}ora",
    "Signor",
    "Signora",
    "Sr",
    "Sra",
    "Srta",
];

/// Whether a name behind a title is a program's or a figure's: `Dr. Watson`, `Mr. Robot`.
fn is_everyones(name: &[u8]) -> bool {
    is_given(name) && !is_clear(name)
}

/// Whether a word has letters that only names have in what programmers write: `Wiesmüller`.
fn is_accented(name: &[u8]) -> bool {
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    name.len() > 4 && !name.is_ascii() && name.iter().all(letter)
}

/// Adds the name that starts at byte `start`, if a title stands before it and nobody else is called so.
pub(super) fn find(bytes: &[u8], start: usize, hits: &mut Hits) {
    let Some(head) = bytes[..start].strip_suffix(b" ") else { return };
    let head = head.strip_suffix(b".").unwrap_or(head);
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let len = head.iter().rev().take(LONGEST).take_while(|b| letter(b)).count();
    let title = &head[head.len() - len..];
    if len < 2 || !title[0].is_ascii_uppercase() || !TITLES.iter().any(|known| known.as_bytes() == title) {
        return;
    }
    let end = word_end(bytes, start);
    let name = &bytes[start..end];
    if !(path::is_own(name) || is_accented(name))
        || is_everyones(name)
        || !login::is_person(name)
        || !word::ends_word(bytes, end)
    {
        return;
    }
    let whole = name::name_end(bytes, start);
    if bytes[start..whole].contains(&b' ') {
        name::push_person(bytes, start, whole, hits);
    } else {
        let hit = Hit::new(id::IDENTITY_PERSON, start, end, "name behind a title");
        hits.push(hit.canonical(canonical(name)));
    }
}
