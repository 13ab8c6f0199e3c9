//! Telephone numbers: international ones by their plus, national ones by their groups or a word before them.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use super::context;
use crate::rule::id;

/// Most digits of a number.
const MAX_DIGITS: usize = 15;

/// Words before a number that make it a telephone's; sorted.
static WORDS: &[&str] = &[
    "anrufen",
    "appelez",
    "appelle",
    "call",
    "cell",
    "cellphone",
    "cellulare",
    "celular",
    "chiamami",
    "contact",
    "dial",
    "erreichbar",
    "fax",
    "gsm",
    "handy",
    "hotline",
    "llámame",
    "mobil",
    "mobile",
    "mobiltelefon",
    "msisdn",
    "móvil",
    "ph",
    "phone",
    "phones",
    "portable",
    "puhelin",
    "reach",
    "ruf",
    "rufnummer",
    "sms",
    "tel",
    "telefon",
    "telefone",
    "telefono",
    "telefoon",
    "telephone",
    "text",
    "tlf",
    "tél",
    "téléphone",
    "téléphoner",
    "whatsapp",
];

/// Words before international numbers without a plus; sorted.
static GLOBAL: &[&str] = &["e164", "msisdn", "wa", "whatsapp"];

/// Words for any number, before one that only telephones have; sorted.
static NUMBERS: &[&str] = &["number", "numero", "nummer", "numéro", "número"];

/// A number as written: its digits, the lengths of its groups, where it ends.
struct Number {
    digits: Vec<u8>,
    groups: Vec<usize>,
    end: usize,
}

/// Looks at the digits at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(number) = read(bytes, at) else { return };
    let before = at.checked_sub(1).map_or(0, |i| bytes[i]);
    let start = match before {
        b'+' | b'(' => at - 1,
        _ => at,
    };
    if !begins(bytes, start) || !ends(bytes, number.end) {
        return;
    }
    let evidence = match before {
        b'+' => is_international(bytes, start, &number).then_some("international number"),
        _ if is_dialled(&number) => Some("international number"),
        _ if is_american(&number, before) => Some("groups of North America"),
        _ if is_global(&number) && context::stands_before(subject, start, GLOBAL) => {
            Some("a word for telephones")
        }
        _ if context::stands_before(subject, start, WORDS) => {
            is_national(&number).then_some("a word for telephones")
        }
        _ if is_trunk_of_pairs(&number) && context::stands_before(subject, start, NUMBERS) => {
            Some("a word for numbers")
        }
        _ => None,
    };
    if let Some(evidence) = evidence.filter(|_| !is_fiction(&number.digits)) {
        hits.push(Hit::new(id::IDENTITY_PHONE, start, number.end, evidence).canonical(number.digits));
    }
}

/// Adds the number that is all of `start..end`, where a column or a word says that it is a telephone's.
pub(super) fn cell(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = bytes[start..end].trim_ascii();
    let start = end - bytes[start..end].trim_ascii_start().len();
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let written = text.iter().all(|b| b.is_ascii_digit() || b"+-. ()/".contains(b));
    if written && (7..=MAX_DIGITS).contains(&digits) {
        let canonical = text.iter().copied().filter(u8::is_ascii_digit).collect();
        let evidence = "a column or a word for telephones";
        hits.push(Hit::new(id::IDENTITY_PHONE, start, start + text.len(), evidence).canonical(canonical));
    }
}

/// The digits from byte `at` on, with single signs between groups.
fn read(bytes: &[u8], at: usize) -> Option<Number> {
    let mut number = Number { digits: Vec::new(), groups: Vec::new(), end: at };
    let mut from = at;
    while number.groups.len() < 8 {
        let len = bytes[from..].iter().take(MAX_DIGITS + 1).take_while(|b| b.is_ascii_digit()).count();
        if len == 0 {
            break;
        }
        number.digits.extend_from_slice(&bytes[from..from + len]);
        number.groups.push(len);
        number.end = from + len;
        let width = sign(&bytes[number.end..]);
        if width == 0 {
            break;
        }
        from = number.end + width;
    }
    (7..=MAX_DIGITS).contains(&number.digits.len()).then_some(number)
}

/// The length of the sign between two groups at the start of `bytes`.
fn sign(bytes: &[u8]) -> usize {
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    match bytes {
        [b' ', b'(', b'0', b')', b' ', ..] if digit(5) => 5,
        [b' ', b'(', b'0', b')', ..] if digit(4) => 4,
        [b'(', b'0', b')', ..] if digit(3) => 3,
        [b' ', b'/', b' ', ..] if digit(3) => 3,
        [b' ', b'(', ..] if digit(2) => 2,
        [b')', b' ' | b'-', ..] if digit(2) => 2,
        [b'.' | b'-' | b' ' | b'/' | b')', ..] if digit(1) => 1,
        [0xc2, 0xa0, ..] if digit(2) => 2,
        [0xe2, 0x80, 0x91 | 0x93 | 0xaf, ..] if digit(3) => 3,
        _ => 0,
    }
}

fn begins(bytes: &[u8], start: usize) -> bool {
    let patched = matches!(bytes[..start], [b'+'] | [.., b'\n', b'+']);
    let sign = matches!(bytes[..start].last(), Some(b'.' | b'-' | b'/' | b'+' | b'$' | b'#' | b','));
    // Of a list the next may have its plus.
    let listed = bytes[..start].ends_with(b",") && bytes.get(start) == Some(&b'+');
    let glued = sign && !patched && !listed;
    let number = bytes[..start].ends_with(b" ") && bytes[..start - 1].last().is_some_and(u8::is_ascii_digit);
    !glued && !number && word::starts_word(bytes, start)
}

fn ends(bytes: &[u8], end: usize) -> bool {
    let glued = matches!(bytes.get(end), Some(b'.' | b'-' | b'/' | b':' | b'_' | b'%'))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    !glued && word::ends_word(bytes, end)
}

/// Whether a number behind a plus can be dialled. At the start of a line the plus may be a patch's, so that a number in
/// one piece needs a country's length.
fn is_international(bytes: &[u8], start: usize, number: &Number) -> bool {
    let digits = &number.digits[..];
    let patch = matches!(bytes[..start].last(), None | Some(b'\n')) && number.groups.len() == 1;
    let known = COUNTRIES.iter().any(|c| digits.starts_with(c.as_bytes()));
    match digits {
        [b'1', rest @ ..] => rest.len() == 10 && is_area(&rest[..3]) && is_area(&rest[3..6]),
        _ => known && digits.len() >= if patch { 11 } else { 9 },
    }
}

/// Whether a number is written as it is dialled abroad: two zeros and a country, then groups.
fn is_dialled(number: &Number) -> bool {
    let [first, second, ..] = number.groups[..] else { return false };
    let country = number.digits.strip_prefix(b"00").filter(|_| (4..=5).contains(&first) && second > 1);
    country.is_some_and(|rest| {
        rest.len() > 8
            && COUNTRIES.iter().any(|code| code.len() + 2 == first && rest.starts_with(code.as_bytes()))
    })
}

/// Country codes, those of North America left out.
static COUNTRIES: &[&str] = &[
    "20", "21", "22", "23", "24", "25", "26", "27", "29", "30", "31", "32", "33", "34", "35", "36", "37",
    "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54",
    "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "7", "81",
    "82", "84", "85", "86", "87", "88", "90", "91", "92", "93", "94", "95", "96", "97", "98", "99",
];

/// Whether three digits can be an area or an exchange of North America.
fn is_area(digits: &[u8]) -> bool {
    digits[0] >= b'2' && !digits.ends_with(b"11")
}

/// Whether the groups are those of North America: 3-3-4, perhaps behind a 1.
fn is_american(number: &Number, before: u8) -> bool {
    let digits = &number.digits[..];
    let local = match (&number.groups[..], digits) {
        ([3, 3, 4], local) => local,
        ([1, 3, 3, 4], [b'1', local @ ..]) => local,
        ([3, 7], local) if before == b'(' => local,
        _ => return false,
    };
    is_area(&local[..3]) && is_area(&local[3..6])
}

/// Whether the digits can be a national number, given that a word says it is one.
fn is_national(number: &Number) -> bool {
    let digits = &number.digits[..];
    let american = digits.len() == 10 && is_area(&digits[..3]) && is_area(&digits[3..6]);
    let trunk = digits[0] == b'0' && digits[1] != b'0' && (9..=12).contains(&digits.len());
    let grouped = number.groups.len() > 1 && (8..=12).contains(&digits.len());
    american || trunk || grouped
}

/// Whether a number begins with a zero and is written in four groups or more: `06 12 34 56 78`.
fn is_trunk_of_pairs(number: &Number) -> bool {
    number.groups.len() > 3 && is_national(number) && number.digits[0] == b'0' && number.digits[1] != b'0'
}

/// Whether the digits are those of an international number without its plus.
fn is_global(number: &Number) -> bool {
    let digits = &number.digits[..];
    (11..=13).contains(&digits.len()) && COUNTRIES.iter().any(|code| digits.starts_with(code.as_bytes()))
}

/// Whether the number is of a range that is kept for films and documentation.
fn is_fiction(digits: &[u8]) -> bool {
    let american = digits.strip_prefix(b"1").filter(|d| d.len() == 10).unwrap_or(digits);
    let american = american.len() == 10 && &american[3..8] == b"55501";
    let local = |country: &[u8]| digits.strip_prefix(country).or_else(|| digits.strip_prefix(b"0"));
    let local = |country: &[u8]| local(country).map(|d| d.strip_prefix(b"0").unwrap_or(d));
    let british = local(b"44").is_some_and(|d| d.starts_with(b"2079460") || d.starts_with(b"7700900"));
    let german = local(b"49").is_some_and(|d| d.starts_with(b"3023125"));
    let australian = local(b"61").is_some_and(|d| d.starts_with(b"491570"));
    let dull = digits.iter().all(|d| *d == digits[0]) || digits.ends_with(b"1234567890");
    american || british || german || australian || dull
}
