//! Numbers under which offices, shops and firms keep people and things: `customer number KD-104477`, `Az. 7 O 211/26`,
//! `"invoiceNumber": "RE-2026-0117"`.

use super::super::{
    subject::{Hit, Hits},
    word,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// The lengths of such a number, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=32;

/// How far before a number the word may stand that says whose it is, in bytes.
const NEAR: usize = 48;

/// How many small words may stand between that word and the number.
const BETWEEN: usize = 4;

/// How a number is announced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// By a word that names nothing else, or one and `number`.
    Surely,
    /// By a word for what is kept: `invoice`.
    Perhaps,
}

/// Looks at the blank at byte `at`, which people or agents wrote: whether a number stands behind it and what says whose
/// before it.
pub(super) fn told(bytes: &[u8], at: usize, hits: &mut Hits) {
    let start = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'`' | b'"' | b'\'' | b'#')));
    let Some(end) = number_end(bytes, start) else { return };
    if SURE.has(&bytes[start..end]) || COUNTED.has(&bytes[start..end]) {
        return;
    }
    let (line, _) = word::line(bytes, at, NEAR);
    let Some(told) = announced(&bytes[line.min(at)..at]) else { return };
    let end = whole_end(bytes, start, end);
    if is_number(&bytes[start..end], told) {
        push(bytes, start, end, hits);
    }
}

/// Looks at a text whose key says that it is such a number.
pub(super) fn keyed(text: &[u8], key: &[u8], hits: &mut Hits) {
    if is_named(key) && is_number(text, Told::Surely) {
        push(text, 0, text.len(), hits);
    }
}

/// Whether a column, or a key, holds such numbers.
pub(super) fn is_named(name: &[u8]) -> bool {
    let mut letters = [0; 24];
    let mut len = 0;
    for &byte in name.iter().filter(|b| b.is_ascii_alphabetic()) {
        let Some(slot) = letters.get_mut(len) else { return false };
        *slot = byte.to_ascii_lowercase();
        len += 1;
    }
    let name = &letters[..len];
    let kept = ["number", "no", "nr", "num", "id"].iter().find_map(|n| name.strip_suffix(n.as_bytes()));
    SURE.has(name)
        || is_compound(name)
        || kept.is_some_and(|kept| KEPT.has(kept) && !(name.ends_with(b"id") && LOCAL.has(kept)))
}

/// Adds the number that is all of a cell.
pub(super) fn cell(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    if is_number(&bytes[start..end], Told::Surely) {
        push(bytes, start, end, hits);
    }
}

fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let number = &bytes[start..end];
    let hit = Hit::new(id::IDENTITY_REFERENCE, start, end, "number behind a word for what is kept under it");
    let telling =
        number.len() >= RECORD && number.iter().any(u8::is_ascii_uppercase) && !number.contains(&b' ');
    hits.push(if telling { hit.learn(Learn::Host) } else { hit });
}

/// Where the number ends that starts at byte `start`: capitals and digits, with signs between.
fn number_end(bytes: &[u8], start: usize) -> Option<usize> {
    let first = bytes.get(start)?;
    if !first.is_ascii_digit() && !first.is_ascii_uppercase() {
        return None;
    }
    let part =
        |b: &&u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(**b, b'-' | b'/' | b'.' | b'_');
    let len = bytes[start..].iter().take(*LENGTH.end() + 1).take_while(part).count();
    let signs = bytes[start..start + len].iter().rev().take_while(|b| !b.is_ascii_alphanumeric()).count();
    let end = start + len - signs;
    (LENGTH.contains(&(end - start)) || len > 0 && bytes.get(end) == Some(&b' '))
        .then_some(end)
        .filter(|&end| word::ends_word(bytes, end))
}

/// Where a number ends that goes on behind blanks: `7 O 211/26`, `SN 4471-08-22913`.
fn whole_end(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut end = end;
    for _ in 0..3 {
        let next = (bytes.get(end) == Some(&b' ')).then(|| number_end(bytes, end + 1)).flatten();
        let Some(next) = next.filter(|&next| next - start <= *LENGTH.end()) else { break };
        end = next;
    }
    end
}

/// What the words before a number say of it.
fn announced(head: &[u8]) -> Option<Told> {
    let mut words = head.trim_ascii_end().rsplit(|b| *b == b' ');
    let (mut counted, mut numbered) = (false, false);
    for _ in 0..=BETWEEN {
        let word = words.next()?;
        let bare = word.iter().rposition(|b| !matches!(b, b'.' | b':' | b'#' | b'=')).map_or(0, |i| i + 1);
        let bare = &word[..bare];
        let bare = bare.strip_prefix(b"(").unwrap_or(bare);
        if SURE.has(bare) {
            return Some(Told::Surely);
        }
        if KEPT.has(bare) {
            return Some(if counted { Told::Surely } else { Told::Perhaps });
        }
        if !(bare.is_empty() || SMALL.has(bare) || COUNTED.has(bare)) {
            if is_compound(bare) {
                return Some(Told::Surely);
            }
            let kept = numbered && bare.len() > 3 && bare.iter().all(u8::is_ascii_lowercase);
            return (kept && !TECHNICAL.has(bare)).then_some(Told::Perhaps);
        }
        counted |= COUNTED.has(bare) || word.ends_with(b"#");
        numbered |= NUMBERS.has(bare);
    }
    None
}

/// Whether a word is made of one for what is kept and one for its number: `Kundennummer`, `klantnummer`.
fn is_compound(word: &[u8]) -> bool {
    let ends: [&[u8]; 6] = [b"nummer", b"nummern", b"nr", b"zeichen", b"-ID", b"-id"];
    word.len() > 6 && ends.iter().any(|end| word.ends_with(end)) && !word.ends_with(b"Versionsnummer")
}

/// Whether a value can be such a number: no date, no version, no size.
fn is_number(text: &[u8], told: Told) -> bool {
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let capitals = text.iter().filter(|b| b.is_ascii_uppercase()).count();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'.' | b'_' | b' ');
    let shaped = match (capitals, told) {
        (0, Told::Surely) => digits >= 4,
        (0, Told::Perhaps) => digits >= 7,
        (_, Told::Surely) => digits >= 3 || digits > 0 && capitals + digits == text.len(),
        // `STM32F411` is a part that everyone buys.
        (_, Told::Perhaps) => {
            digits >= 4 && text.iter().any(|b| matches!(b, b'-' | b'/' | b' '))
                || digits >= 6
                || is_record(text)
        }
    };
    shaped
        && LENGTH.contains(&text.len())
        && text.iter().all(plain)
        && !text.ends_with(b"000")
        && !is_date(text)
        && !is_version(text)
        && !text.starts_with(b"0x")
        && text.iter().any(|b| *b != text[0] && b.is_ascii_alphanumeric())
}

/// The length of what airlines keep a journey under, in bytes.
const RECORD: usize = 6;

/// Whether a value is made as what airlines keep a journey under: capitals with a number among them.
fn is_record(text: &[u8]) -> bool {
    text.len() == RECORD
        && text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && text.windows(2).any(|two| two[0].is_ascii_digit() && two[1].is_ascii_uppercase())
}

/// Whether a value is a day: `2019-04-01`, `14.03.1979`.
fn is_date(text: &[u8]) -> bool {
    let year = |part: &[u8]| part.len() == 4 && matches!(part, [b'1', b'9', ..] | [b'2', b'0', ..]);
    let parts = || text.split(|b| matches!(b, b'-' | b'.' | b'/'));
    let short = |part: &[u8]| (1..=2).contains(&part.len());
    let numbers = text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/'));
    numbers && parts().all(|part| year(part) || short(part)) && parts().count() <= 3
}

/// Whether a value is a version: small numbers with dots between.
fn is_version(text: &[u8]) -> bool {
    text.contains(&b'.') && text.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// Words that nothing but such a number stands behind, letters only; sorted.
static SURE: WordSet = words![
    "aktenzeichen",
    "az",
    "ean",
    "iccid",
    "kfz",
    "kundennr",
    "matricola",
    "matricule",
    "matrikelnummer",
    "mrn",
    "patientid",
    "pnr",
    "policyno",
    "s/n",
    "serialno",
    "serialnr",
    "sim",
    "sn",
    "steuernummer",
    "upn",
    "ust-id",
    "vatin",
    "vin",
    "vorgang"
];

/// What is kept under such a number, letters only; sorted.
static KEPT: WordSet = words![
    "account",
    "artikel",
    "asset",
    "bestellung",
    "booking",
    "buchung",
    "case",
    "chassis",
    "claim",
    "client",
    "commande",
    "contract",
    "contrat",
    "customer",
    "debitor",
    "debtor",
    "device",
    "dossier",
    "employee",
    "expediente",
    "factura",
    "facture",
    "faktura",
    "fattura",
    "insurance",
    "inverter",
    "invoice",
    "kreditor",
    "kunde",
    "member",
    "membership",
    "meter",
    "order",
    "parcel",
    "passenger",
    "patient",
    "pedido",
    "police",
    "policy",
    "pratica",
    "purchaseorder",
    "rechnung",
    "reservation",
    "sample",
    "serial",
    "shipment",
    "student",
    "subscriber",
    "supplier",
    "tracking",
    "vehicle",
    "vendor",
    "vertrag",
    "vessel"
];

/// Of these an id is one of a program's own; sorted.
static LOCAL: WordSet = words![
    "account", "asset", "booking", "case", "claim", "client", "contract", "customer", "device", "employee",
    "invoice", "member", "order", "patient", "policy", "sample", "student", "vehicle", "vendor"
];

/// Words for a number; sorted.
static COUNTED: WordSet = words![
    "code",
    "id",
    "no",
    "nr",
    "num",
    "number",
    "numero",
    "nummer",
    "numéro",
    "point",
    "ref",
    "reference",
    "sn"
];

/// Words for a number and nothing else; sorted.
static NUMBERS: WordSet = words!["number", "numero", "nummer", "numéro"];

/// What programs and machines number; sorted.
static TECHNICAL: WordSet = words![
    "account",
    "block",
    "build",
    "card",
    "channel",
    "chapter",
    "column",
    "commit",
    "error",
    "exit",
    "frame",
    "generation",
    "issue",
    "iteration",
    "line",
    "magic",
    "major",
    "minor",
    "model",
    "node",
    "page",
    "part",
    "patch",
    "phone",
    "pixel",
    "port",
    "process",
    "random",
    "record",
    "request",
    "retry",
    "revision",
    "round",
    "section",
    "sequence",
    "slide",
    "step",
    "test",
    "thread",
    "track",
    "version",
    "week",
    "whole"
];

/// Small words that may stand between beside those for a number; sorted.
static SMALL: WordSet = words!["est", "is", "ist", "lautet", "the", "was"];

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::{rule::id, transcript::text::Field};

    #[test]
    fn numbers_are_known_by_what_is_kept_under_them() {
        for expected in [
            "customer number «KD-104477», invoice «RE-2026-0117» is wrong",
            "the order «4500117734» and order no. «88123», order 66, order 1000000",
            "Aktenzeichen «3 O 418/26», Az. «7 C 91/25» und Kundennummer «40718».",
            "her insurance number is «K472918305» and her Steuernummer «22/418/01877»",
            "device no. «TG-2209-0147», SIM «89490200001766412375»",
            "Serial of the inverter: SN «4471-08-22913», s/n «20215200417»",
            "booking «QX7LTP» on 12 November, matricule «AT-00931»",
            "meter point «707057500081245593», sample «OYS-2291-B»",
            "deed number «UVZ 417/2026», berth number «KH-20417»",
            "port number 5432, build number 1234567, line number 10000001, the whole number 12345678",
            "version number 1.20.3, case 2026-05-17, the number 104477, order by id, member 12",
            "see sample 12 and case TS2345 or RFC 9110; the device is ARM64 or STM32F411, in order HTTP2",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&Subject { field: Field::Prose, ..plain(&text) });
            assert_eq!(marked(&text, &found, |hit| hit.rule == id::IDENTITY_REFERENCE), expected);
        }
    }

    #[test]
    fn keys_and_columns_name_such_numbers() {
        for name in [
            "customer_number",
            "Kundennr",
            "invoiceNo",
            "UPN",
            "order_no",
            "patient_id".trim_end_matches("_id"),
        ] {
            let named = super::is_named(name.as_bytes());
            assert_eq!(named, name != "patient", "{name}");
        }
        for name in ["customer_id", "order", "number", "id", "line_number", "case"] {
            assert!(!super::is_named(name.as_bytes()), "{name}");
        }
    }
}
