//! What is not a secret though it stands where one would: references and lookups, placeholders, documented dummies,
//! masks, types, words of code, what was already redacted.

mod code;
mod invented;
mod leet;
mod lookup;
mod placeholder;
mod said;
mod template;
mod words;

pub(in crate::detect) use code::{is_code, is_member, is_word_of_code, is_word_of_types};
pub(in crate::detect) use invented::{
    is_chosen, is_made_up, is_numbered_words, is_strongly_made_up, is_technical, is_wedged, is_word_list,
};
pub(in crate::detect) use lookup::is_wrapper;
pub(in crate::detect) use said::is_plain_word;

use lookup::{is_lookup, is_path};
use placeholder::{is_dummy, is_masked, is_placeholder};
use template::is_template;
use words::NOTHING;

/// Whether `value` explains itself: no one could open anything with it, whatever stands around it.
pub(in crate::detect) fn is_explained(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    // What is left of the quote behind it, where texts stand in texts.
    let value = value.iter().rposition(|b| *b != b'\\').map_or(value, |i| &value[..=i]);
    // How OpenSSL names the source of a password.
    let value = value.strip_prefix(b"pass:").unwrap_or(value);
    value.len() < 3
        || is_masked(value)
        || is_template(value)
        || is_lookup(value)
        || is_path(value)
        || is_dummy(value)
        || NOTHING.has(value)
        || is_placeholder(value)
        || is_validation(value)
        || is_literal_number(value)
}

/// `0x1F`, `0b0010`: a number as programs write it.
fn is_literal_number(value: &[u8]) -> bool {
    match value {
        [b'0', b'x' | b'X', digits @ ..] => {
            (1..=8).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit)
        }
        [b'0', b'b' | b'B', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(|b| matches!(b, b'0' | b'1' | b'_'))
        }
        _ => false,
    }
}

/// Whether `needle` stands in a short `value`: a search is prepared in no time.
fn holds(value: &[u8], needle: &[u8]) -> bool {
    memchr::memchr_iter(needle[0], value).any(|at| value[at..].starts_with(needle))
}

/// Whether a word of `value` says that it stands for a key, a test or an algorithm.
pub(in crate::detect) fn speaks_of_itself(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "secret", "token", "password", "passwd", "key", "test", "demo", "fake", "dummy", "mock", "sample",
        "user", "admin", "foo", "abc", "sha", "md5", "aes", "rsa", "utf", "base", "hmac", "25519", "chacha",
        "poly1305", "oauth", "bearer", "value", "string", "client", "config", "version", "http", "auth",
        "ecdsa", "token", "invalid", "expired", "wrong", "valid", "default", "stub", "xyz", "qwer",
    ];
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|word| holds(&lower, word.as_bytes()))
}

/// The rules of a form's field: `required|min:8|confirmed`.
fn is_validation(value: &[u8]) -> bool {
    const FIRST: &[&str] = &[
        "required",
        "nullable",
        "sometimes",
        "confirmed",
        "bail",
        "present",
        "string",
        "filled",
        "min:",
        "max:",
    ];
    let first = value.split(|&b| b == b'|').next().unwrap_or(value);
    first.len() < value.len() && FIRST.iter().any(|f| first.starts_with(f.as_bytes()))
}

#[cfg(test)]
mod tests;
