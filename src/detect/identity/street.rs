//! Where people live: a number and the name of a street, `46 Copperfield Road`, `Lindenstraße 12`; a postcode under its key.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::detect::words::{WordSet, words};
use crate::rule::id;

/// Most words of a street's name before its kind.
const MAX_WORDS: usize = 3;

/// The longest street under a key, in bytes.
const LONGEST: usize = 80;

/// Why an address was found.
const EVIDENCE: &str = "number and name of a street";

/// What a street is, behind its name; sorted.
static KINDS: WordSet =
    words!["ave", "avenue", "blvd", "boulevard", "crescent", "drive", "lane", "rd", "road", "st", "street"];

/// What German streets end in.
static ENDINGS: [&[u8]; 8] =
    ["straße".as_bytes(), b"strasse", b"gasse", b"allee", b"str.", b"weg", b"platz", b"damm"];

/// Streets that stand for any; sorted.
static ANY: WordSet =
    words!["any", "elm", "example", "fake", "first", "high", "infinite", "main", "sample", "test"];

/// Whether what a street is may begin with these bytes.
pub(super) fn may_begin(first: u8, second: u8) -> bool {
    matches!((first, second), (b'A', b'v') | (b'B', b'o' | b'l') | (b'C', b'r') | (b'D', b'r'))
        || matches!((first, second), (b'L', b'a') | (b'R', b'o' | b'd') | (b'S', b't'))
}

/// Looks at the word with a capital at byte `start`: the kind of a street with its name and a number before it.
pub(super) fn find(bytes: &[u8], start: usize, hits: &mut Hits) {
    let letters = |b: &u8| b.is_ascii_alphabetic();
    let len = bytes[start..].iter().take(12).take_while(|b| letters(b)).count();
    if !KINDS.has(&bytes[start..start + len]) || !word::ends_word(bytes, start + len) {
        return;
    }
    let (mut at, mut count) = (start, 0);
    while let Some(head) = bytes[..at].strip_suffix(b" ") {
        let len =
            head.iter().rev().take(24).take_while(|b| b.is_ascii_alphanumeric() || **b == b'\'').count();
        let from = head.len() - len;
        let word = &head[from..];
        match word.first() {
            Some(first) if first.is_ascii_digit() => {
                let number = word.iter().take_while(|b| b.is_ascii_digit()).count();
                let alone = len - number < 2 && number < 6 && word::starts_word(bytes, from);
                let known = count == 1 && ANY.has(&bytes[from + len + 1..start - 1]);
                let inner = matches!(bytes[..from].last(), Some(b'.' | b'/' | b'-' | b':' | b'_'));
                if count > 0 && alone && !known && !inner {
                    let end = start + bytes[start..].iter().take(12).take_while(|b| letters(b)).count();
                    hits.push(Hit::new(id::IDENTITY_STREET, from, end, EVIDENCE));
                }
                return;
            }
            Some(first) if first.is_ascii_uppercase() && count < MAX_WORDS => count += 1,
            _ => return,
        }
        at = from;
    }
}

/// Looks at the word `start..end` in what a person wrote: a street as German names it, with a number behind it.
pub(super) fn compound(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let end = if bytes.get(end) == Some(&b'.') { end + 1 } else { end };
    let Some(rest) = bytes[end..].strip_prefix(b" ") else { return };
    let digits = rest.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let name = &bytes[start..end];
    if (1..=4).contains(&digits)
        && word::ends_word(bytes, end + 1 + digits)
        && ENDINGS.iter().any(|e| name.len() > e.len() + 2 && name.ends_with(e))
    {
        hits.push(Hit::new(id::IDENTITY_STREET, start, end + 1 + digits, EVIDENCE));
    }
}

/// Whether a column of that name holds postcodes.
pub(super) fn is_postcode(name: &[u8]) -> bool {
    POSTCODES.has(name)
}

/// Whether a column of that name holds streets.
pub(super) fn is_named(name: &[u8]) -> bool {
    COLUMNS.has(name)
}

/// Whether a column of that name holds towns.
pub(super) fn is_town(name: &[u8]) -> bool {
    TOWNS.has(name)
}

/// Adds the town that is all of `start..end`, in a row about someone: words with capitals.
pub(super) fn town(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = &bytes[start..end];
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80 || b" .'-/".contains(b);
    let first = text.first().is_some_and(|b| b.is_ascii_uppercase() || *b >= 0x80);
    if first && (3..=LONGEST).contains(&text.len()) && text.iter().all(letter) {
        hits.push(Hit::new(id::IDENTITY_STREET, start, end, "town of someone"));
    }
}

/// Adds the postcode that is all of `start..end`: digits, and capitals perhaps.
pub(super) fn postcode(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = &bytes[start..end];
    let sign = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b' ' | b'-');
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let different = text.iter().any(|b| *b != text[0]) && !text.starts_with(b"1234");
    if (4..=10).contains(&text.len()) && digits > 1 && text.iter().all(sign) && different {
        hits.push(Hit::new(id::IDENTITY_STREET, start, end, "key for a postcode"));
    }
}

/// Looks at a text whose key says that it is a street or a postcode.
pub(super) fn keyed(subject: &Subject<'_>, key: &[u8], hits: &mut Hits) {
    let text = subject.bytes;
    if text.len() <= 10 && POSTCODES.has(key) {
        postcode(text, (0, text.len()), hits);
    }
    if KEYS.has(key) {
        whole(text, (0, text.len()), hits);
    }
}

/// Adds the street that is all of `start..end`, where a key says that it is one: letters, a number, a blank.
pub(super) fn whole(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = &bytes[start..end];
    let digit = text.iter().any(u8::is_ascii_digit);
    let letters = text.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count() > 2;
    let plain = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80 || b" .,'-/#".contains(b);
    if text.len() <= LONGEST && digit && letters && text.contains(&b' ') && text.iter().all(plain) {
        hits.push(Hit::new(id::IDENTITY_STREET, start, end, "key for a street"));
    }
}

/// Keys of postcodes; sorted.
static POSTCODES: WordSet =
    words!["cap", "cep", "plz", "postal_code", "postalcode", "postcode", "zip", "zip_code", "zipcode"];

/// Columns of streets; sorted.
static COLUMNS: WordSet = words![
    "address",
    "adres",
    "adresa",
    "adresse",
    "anschrift",
    "direccion",
    "domicilio",
    "endereco",
    "indirizzo",
    "rue",
    "straat",
    "strasse",
    "street",
    "street_address",
    "via",
];

/// Columns of towns; sorted.
static TOWNS: WordSet = words![
    "city",
    "ciudad",
    "comune",
    "gemeente",
    "localidad",
    "miasto",
    "municipio",
    "ort",
    "plaats",
    "stadt",
    "town",
    "ville",
    "woonplaats",
];

/// Keys of streets, letters only; sorted.
static KEYS: WordSet = words![
    "addr",
    "address",
    "addressline",
    "addresslineone",
    "adresse",
    "direccion",
    "homeaddress",
    "indirizzo",
    "line",
    "postaladdress",
    "shippingaddress",
    "strasse",
    "street",
    "streetaddress",
    "streetline",
    "streetname",
];

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::{rule::id, transcript::text::Field};

    #[test]
    fn streets_have_a_number_and_a_name() {
        for text in [
            "ship to «46 Copperfield Road», Leeds",
            "1|Mar|«79B Old Saffron Street»|x",
            "at «7 St James Avenue»",
            "wohnt in der «Lindenstraße 12», «Birkenallee 7» und «Eichenstr. 4»",
            "123 Main Street, 1 Infinite Lane, 12 Angry Men, 4 Road, 3 lanes Road",
            "v1.2 Harbor Road, Phase 2 Road, the Copperfield Road, Street 46",
            "12 Test Drive, 3 Google Drive",
        ] {
            let text = text.replace("3 Google Drive", "on Google Drive");
            assert_eq!(found(&text, None), text);
        }
    }

    #[test]
    fn a_key_tells_a_street() {
        assert_eq!(found("«46 rue des Lilas»", Some(b"street")), "«46 rue des Lilas»");
        assert_eq!(found("«Kerkstraat 7-2»", Some(b"line1")), "«Kerkstraat 7-2»");
        assert_eq!(found("10.0.0.4:8080", Some(b"address")), "10.0.0.4:8080");
        assert_eq!(found("line 4", Some(b"text")), "line 4");
        assert_eq!(found("«BS6 5TJ»", Some(b"postcode")), "«BS6 5TJ»");
        assert_eq!(found("release.zip", Some(b"zip")), "release.zip");
    }

    /// `text` without marks, the streets in it marked.
    fn found(text: &str, key: Option<&[u8]>) -> String {
        let text = text.replace(['«', '»'], "");
        let found = hits(&Subject { field: Field::Prose, key, ..plain(&text) });
        marked(&text, &found, |hit| hit.rule == id::IDENTITY_STREET)
    }
}
