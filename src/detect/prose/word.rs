//! Which words could be passwords, and which are of the sentence.

use super::{
    super::{reference, shape::Shape},
    value::Tie,
};

/// Whether a word could be a password rather than a word of the sentence.
pub(super) fn is_password(text: &[u8], shape: Shape, quoted: bool, tie: Tie) -> bool {
    let inner = text.get(1..text.len().saturating_sub(1));
    let Some(inner) = inner.filter(|_| shape.blank == 0) else { return false };
    let odd = inner.iter().any(|b| b"!@#$%^&*+=~?".contains(b))
        || matches!(text[text.len() - 1], b'#' | b'$' | b'%' | b'&' | b'@')
        || text[text.len() - 1] == b'!' && (shape.upper + shape.digits > 0 || !shape.reads_as_words());
    let beyond = shape.len - shape.letters() - shape.digits - shape.symbols;
    // A digit before a sign, or before a word of Chinese or Japanese, counts something.
    let beyond = if text.iter().any(|b| *b >= 0xe0) { 0 } else { beyond };
    let mixed = shape.digits > 0 && shape.letters() + beyond >= 2;
    let cased = shape.upper >= 2 && shape.lower >= 2 && !shape.reads_as_words();
    match (quoted, tie) {
        (true, Tie::Said) => {
            !reference::is_member(text)
                && (mixed
                    || odd
                    || cased
                    || is_common(text)
                    || !text.iter().any(|b| matches!(b, b'_' | b'-' | b'.' | b'(')))
                && text[0] != b'-'
        }
        (true, Tie::Beside) => (mixed || odd || cased) && !reference::is_word_of_code(text),
        (false, Tie::Said) => {
            (mixed && !reference::is_code(text))
                || (odd && shape.letters() >= 3)
                || cased
                || is_common(text)
                || reference::is_chosen(text, 1)
        }
        (false, Tie::Beside) => {
            let likely = odd || shape.looks_random() || is_word_and_number(text);
            mixed && (likely || reference::is_strongly_made_up(text)) && !reference::is_code(text)
                || reference::is_chosen(text, 2)
        }
    }
}

/// A word with two digits or more, as no sentence about passwords has it.
pub(super) fn is_made_up(text: &[u8], shape: Shape) -> bool {
    (6..=40).contains(&shape.len)
        && shape.digits >= 2
        && shape.len - shape.digits - shape.symbols >= 3
        && !reference::is_code(text)
        && !text.iter().any(|b| matches!(b, b'/' | b':' | b'(' | b'=' | b'<' | b'{' | b'[' | b'_'))
}

/// Hexadecimal digits, perhaps after a short prefix.
pub(super) fn is_hash(text: &[u8]) -> bool {
    let hex = text.iter().filter(|b| b.is_ascii_hexdigit()).count();
    text.len() >= 32 && text.len() - hex <= 4 && !text.iter().any(u8::is_ascii_uppercase)
}

/// Sixteen capital hexadecimal digits or forty: the id of a key of PGP.
pub(super) fn is_key_id(text: &[u8]) -> bool {
    matches!(text.len(), 16 | 40) && text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
}

/// `hunter2`, `Sommer2024`: a word and a number.
fn is_word_and_number(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    letters >= 5 && text.len() > letters && text[letters..].iter().all(u8::is_ascii_digit)
}

/// Passwords that people choose most and that hardly any sentence has after its verb.
fn is_common(text: &[u8]) -> bool {
    const COMMON: &[&str] = &[
        "letmein",
        "iloveyou",
        "qwerty",
        "qwertyuiop",
        "swordfish",
        "sunshine",
        "princess",
        "dragon",
        "monkey",
        "football",
        "baseball",
        "starwars",
        "superman",
        "batman",
        "trustno1",
        "hunter2",
        "asdfgh",
        "zxcvbnm",
        "whatever",
        "freedom",
        "mustang",
        "shadow",
        "michael",
        "jordan",
        "charlie",
        "donald",
        "ashley",
        "bailey",
        "passw0rd",
        "solo",
        "master",
        "flower",
        "cheese",
        "computer",
        "ginger",
        "pepper",
        "hockey",
    ];
    COMMON.iter().any(|c| text.eq_ignore_ascii_case(c.as_bytes()))
}

/// Words for what encodes, signs and hides secrets, and the like.
static TECHNICAL: &[&str] = &[
    "base64",
    "sha256",
    "sha1",
    "sha512",
    "sha-256",
    "md5",
    "utf8",
    "utf-8",
    "oauth2",
    "bcrypt",
    "argon2",
    "argon2id",
    "ed25519",
    "x509",
    "p12",
    "http2",
    "aes256",
    "aes-256",
    "rs256",
    "hs256",
    "es256",
    "2fa",
    "mfa",
    "pbkdf2",
    "oauth2.0",
    "k8s",
    "python3",
    "win32",
    "x86_64",
    "base32",
    "rfc6749",
    "tls1.2",
    "aes-256-gcm",
    "utf-16",
    "ascii",
    "s3",
    "ec2",
    "ipv4",
    "ipv6",
    "m2m",
    "b64",
    "sha-1",
    "sha-512",
    "rsa-2048",
    "rsa2048",
    "rsa4096",
];

/// Words with digits that sentences about secrets have: algorithms, sizes, versions, addresses.
pub(in crate::detect) fn is_no_value(text: &[u8]) -> bool {
    let word = |list: &[&str]| list.iter().any(|w| text.eq_ignore_ascii_case(w.as_bytes()));
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let unit = Shape::of(&text[digits..]);
    let size = digits > 0
        && digits < 5
        && !(unit.len >= 6 && unit.upper >= 2 && unit.lower >= 2)
        && !has_mixed_cases(&text[digits..])
        && text[digits..]
            .iter()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'+' | b'%' | b'.' | b'/'));
    let version = text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b'/' | b'v'))
        && text.len() > digits;
    let encoded = text.ends_with(b"-encoded")
        || text.ends_with(b"-bit")
        || text.ends_with(b"-character")
        || text.ends_with(b"-signed")
        || text.ends_with(b"-based");
    let address = is_address(text) || memchr::memmem::find(text, b"://").is_some();
    let hyphened =
        text.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'\'' | b'/' | b'.' | b'_'))
            && Shape::of(text).reads_as_words();
    let punctuated = text.iter().any(|b| matches!(b, b'(' | b')' | b'=' | b'[' | b'{' | b'<' | b'|'))
        && Shape::of(text).reads_as_words();
    word(TECHNICAL)
        || size
        || version
        || encoded
        || address
        || (hyphened && text.iter().any(|b| !b.is_ascii_alphabetic()))
        || punctuated
}

/// Whether capitals and small letters follow each other as in no unit: `VWolyiFSAYU`.
fn has_mixed_cases(text: &[u8]) -> bool {
    let turns = text.windows(2).filter(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()).count();
    let shape = Shape::of(text);
    turns > 0 && shape.upper >= 3 && shape.lower >= 3
}

/// Whether a word is an address, `bob@web1.acme.io`, rather than a password with such signs.
fn is_address(text: &[u8]) -> bool {
    let Some(sign) = memchr::memrchr(b'@', text) else { return false };
    let plain = |part: &[u8]| part.iter().all(|b| b.is_ascii_alphanumeric() || b"._-+:/".contains(b));
    let host = &text[sign + 1..];
    let domain = memchr::memrchr(b'.', host).map(|dot| &host[dot + 1..]);
    plain(&text[..sign])
        && plain(host)
        && domain.is_some_and(|domain| domain.len() > 1 && domain.iter().any(u8::is_ascii_alphabetic))
}
