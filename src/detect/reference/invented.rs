//! What a person or a machine made up to keep something shut: words with numbers and signs, phrases.

use super::{
    is_code,
    leet::is_leet,
    words::{GENERIC, KEYWORDS, MARKERS},
};
use crate::detect::{
    shape::Shape,
    vocabulary,
    words::{WordSet, words},
};

/// Whether a word was made up by a person or a machine rather than names a file, a project or a port: `Comet84x`,
/// `Harbor-Lemon-41`, `x7Kq9zB2mW4v`.
pub(in crate::detect) fn is_made_up(word: &[u8]) -> bool {
    let shape = Shape::of(word);
    if is_leet(word, shape) {
        return true;
    }
    (6..=64).contains(&word.len())
        && shape.letters() >= 3
        && (shape.digits >= 2
            || shape.looks_random() && (shape.len >= 12 || shape.upper > 0 && shape.lower > 0)
            || word.iter().any(|b| b"!@#%^&*?~+".contains(b))
            || is_word_list(word)
            || is_wedged(word))
        && !word.iter().any(|b| matches!(b, b'/' | b':' | b'=' | b',' | b'(' | b'\\'))
        && !TECHNICAL.has(word)
        && !is_code(word)
}

/// Whether a value is the name of what encodes, signs and carries: `SHA256`, `HmacSHA512`.
pub(in crate::detect) fn is_technical(value: &[u8]) -> bool {
    TECHNICAL.has(value)
}

/// Words with digits for what encodes, signs and carries.
static TECHNICAL: WordSet = words![
    "base16",
    "base32",
    "base58",
    "base64",
    "base85",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha3-256",
    "sha-224",
    "sha-256",
    "sha-384",
    "sha-512",
    "hmacsha1",
    "hmacsha256",
    "hmacsha384",
    "hmacsha512",
    "pbkdf2withhmacsha1",
    "pbkdf2withhmacsha256",
    "pbkdf2withhmacsha512",
    "utf-16",
    "utf-32",
    "argon2id",
    "ed25519",
    "x25519",
    "curve25519",
    "secp256k1",
    "secp256r1",
    "ripemd160",
    "aes128",
    "aes192",
    "aes256",
    "aes-128",
    "aes-192",
    "aes-256",
    "rsa2048",
    "rsa4096",
    "rsa-2048",
    "rsa-4096",
    "x86_64",
    "chacha20",
    "blowfish2",
    "pbkdf2",
    "float32",
    "float64",
    "iso8601",
    "rfc3339",
    "latin1",
    "windows-1252",
    "iso-8859-1",
];

/// The same, where names with numbers stand too: letters of both cases and a number, a sign that no name has, a phrase, or
/// what a machine made.
pub(in crate::detect) fn is_strongly_made_up(word: &[u8]) -> bool {
    let shape = Shape::of(word);
    let cased = shape.upper > 0 && shape.lower > 0 && shape.digits >= 2;
    let signed = word.iter().any(|b| b"!#%^&*~+$".contains(b)) && shape.digits > 0;
    is_made_up(word)
        && (cased
            || signed
            || shape.looks_random()
            || shape.digits >= 3 && shape.symbols == 0 && shape.lower >= 5
            || is_numbered_words(word)
            || is_word_list(word)
            || is_wedged(word)
            || is_leet(word, shape))
}

/// `otter7Piston`: two words of everyone's, none of them one of code, with a digit between.
pub(in crate::detect) fn is_wedged(value: &[u8]) -> bool {
    let Some(digit) = value.iter().position(u8::is_ascii_digit) else { return false };
    let (first, second) = (&value[..digit], &value[digit + 1..]);
    let tail = second.iter().rev().take_while(|b| b"!?*#$%&".contains(b)).count();
    let second = &second[..second.len() - tail];
    let word = |word: &[u8]| {
        (4..=12).contains(&word.len())
            && word[1..].iter().all(u8::is_ascii_lowercase)
            && vocabulary::has(&word.to_ascii_lowercase())
            && ![&GENERIC, &MARKERS, &KEYWORDS, &TYPES].iter().any(|list| list.has(word))
    };
    second.first().is_some_and(u8::is_ascii_uppercase) && word(first) && word(second)
}

/// `harbor.lemon.76`: small words with a sign between, and a number.
pub(in crate::detect) fn is_numbered_words(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let Some((&sign, words)) = words.split_last().filter(|(sign, _)| digits >= 2 && b"._".contains(sign))
    else {
        return false;
    };
    let small = |word: &[u8]| {
        (4..=10).contains(&word.len())
            && word.iter().all(u8::is_ascii_lowercase)
            && ![&GENERIC, &MARKERS, &KEYWORDS].iter().any(|list| list.has(word))
    };
    (2..=4).contains(&words.split(|b| *b == sign).count()) && words.split(|b| *b == sign).all(small)
}

/// `Copper-Meadow-41`, `Copper.Meadow.Garden-41`: two capitalised words or more with hyphens between, or three with another
/// sign, and a number, none of them a word of code. `web-node-pool-01` is a name.
pub(super) fn is_numbered_phrase(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let Some(sign) = words.iter().copied().find(|b| b"-._".contains(b)).filter(|_| digits >= 2) else {
        return false;
    };
    let words = words.strip_suffix(&[sign]).unwrap_or(words);
    let word = |word: &[u8]| {
        (4..=12).contains(&word.len())
            && word[0].is_ascii_uppercase()
            && word[1..].iter().all(u8::is_ascii_lowercase)
            && ![&GENERIC, &MARKERS, &KEYWORDS].iter().any(|list| list.has(word))
    };
    let fewest = if sign == b'-' { 2 } else { 3 };
    (fewest..=6).contains(&words.split(|b| *b == sign).count()) && words.split(|b| *b == sign).all(word)
}

/// `Sunflower_37`, `Sunflower-Tuesday-3`: so many capitalised words or more and a number, with one sign between, none of
/// them one that code numbers; one word alone has a number of two digits. Only where a sentence says that it is a password.
pub(in crate::detect) fn is_chosen(value: &[u8], least: usize) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let Some((sign, words)) = value[..value.len() - digits].split_last() else { return false };
    let word = |word: &[u8]| {
        (5..=16).contains(&word.len())
            && word[0].is_ascii_uppercase()
            && word[1..].iter().all(|b| b.is_ascii_lowercase() || *b >= 0x80)
            && ![&GENERIC, &MARKERS, &KEYWORDS, &TYPES].iter().any(|list| list.has(word))
    };
    let count = words.split(|b| b == sign).count();
    matches!(sign, b'-' | b'_')
        && (least..=4).contains(&count)
        && digits >= if count > 1 { 1 } else { 2 }
        && words.split(|b| b == sign).all(word)
}

/// Words that code numbers.
static TYPES: WordSet = words![
    "float", "fixed", "sfixed", "decimal", "complex", "point", "matrix", "vector", "level", "blake", "latin",
    "curve", "chacha", "salsa", "murmur", "adler", "column", "sheet", "frame", "block", "group", "phase",
    "stage", "slide", "label", "button", "image", "input", "layer", "panel", "chapter", "figure",
];

/// `garnet.Otter84`, `Garnet.otter84`, `garnet.otter845`: two words, the second with a number, none of them a word of code.
/// Small words with two digits are of code: `array.float64`.
pub(super) fn is_numbered_pair(value: &[u8]) -> bool {
    let Some(dot) = memchr::memchr(b'.', value) else { return false };
    let (first, second) = (&value[..dot], &value[dot + 1..]);
    let digits = second.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let word = &second[..second.len() - digits];
    let small = |word: &[u8]| word.len() >= 4 && word.iter().all(u8::is_ascii_lowercase);
    let capital = |word: &[u8]| word.first().is_some_and(u8::is_ascii_uppercase);
    // What a class is named after stands in no list of words alone.
    let everyday = |word: &[u8]| small(&word[1..]) && vocabulary::has(&word.to_ascii_lowercase());
    let shaped = match (capital(first), capital(word)) {
        (false, true) => small(first) && small(&word[1..]),
        (false, false) => digits != 2 && small(first) && small(word),
        (true, false) => small(word) && everyday(first) && everyday(word) && !TYPES.has(first),
        (true, true) => false,
    };
    (2..=4).contains(&digits)
        && shaped
        && !TYPES.has(word)
        && ![first, word].iter().any(|word| GENERIC.has(word) || KEYWORDS.has(word))
}

/// Whether `value` is a phrase of words as password managers make them, `harbor-lemon-saddle-violet`: four or more, none
/// of them one of code.
pub(in crate::detect) fn is_word_list(value: &[u8]) -> bool {
    let sign = value.iter().copied().find(|b| !b.is_ascii_lowercase()).filter(|b| b"-._+".contains(b));
    let Some(sign) = sign else { return false };
    let words = || value.split(|b| *b == sign);
    (4..=8).contains(&words().count())
        && words().all(|w| (3..=10).contains(&w.len()) && w.iter().all(u8::is_ascii_lowercase))
        && !words().any(|w| GENERIC.has(w) || MARKERS.has(w) || KEYWORDS.has(w))
}
