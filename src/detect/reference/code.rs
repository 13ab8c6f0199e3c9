//! Whether a bare value is code: a call, a member, a type, a keyword, a name.

use super::{
    invented::{is_numbered_pair, is_numbered_phrase},
    words::{GENERIC, KEYWORDS, NOTHING},
};
use crate::detect::shape::Shape;

/// Whether a bare `value` is code: a call, a member, an index, a type, a keyword, a name.
pub(in crate::detect) fn is_code(value: &[u8]) -> bool {
    KEYWORDS.has(value)
        || is_call(value)
        || is_member(value)
        || is_type(value)
        || is_identifier(value)
        || is_escaped_blank(value)
}

/// Whether a quoted `value` is a name of code: in a list of names its neighbour says nothing about it.
pub(in crate::detect) fn is_word_of_code(value: &[u8]) -> bool {
    KEYWORDS.has(value)
        || is_member(value)
        || is_identifier(value)
        || value.starts_with(b"-")
        || value.ends_with(b"()")
}

/// Whether `value` is a type or a keyword.
pub(in crate::detect) fn is_word_of_types(value: &[u8]) -> bool {
    KEYWORDS.has(value)
        || is_type(value)
        || value.contains(&b'.') && is_member(value) && !value.contains(&b'-')
}

/// How calls begin whose names do not read as words.
const CALLS: [&str; 4] = ["bcrypt.", "bcrypt::", "argon2.", "scrypt."];

/// `name(…`, `a::b(…`: a password may hold a bracket, but not after a word of code.
fn is_call(value: &[u8]) -> bool {
    let plain = |callee: &[u8]| callee.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:$".contains(b));
    if memchr::memmem::find(value, b"().").is_some() || value.strip_suffix(b"()").is_some_and(plain) {
        return true;
    }
    if CALLS.iter().any(|call| value.starts_with(call.as_bytes())) {
        return true;
    }
    let Some(open) = value.iter().position(|b| matches!(b, b'(' | b'[' | b'<' | b'{')) else { return false };
    let callee = &value[..open];
    let member = callee.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:?!$&>-@".contains(b));
    member && (open == 0 || Shape::of(callee).reads_as_words())
}

/// `config.password`, `self->token`, `Key::Enter`, `args?.key`.
pub(in crate::detect) fn is_member(value: &[u8]) -> bool {
    let value = value
        .strip_prefix(b"&")
        .or_else(|| value.strip_prefix(b"*"))
        .or_else(|| value.strip_prefix(b"!"))
        .unwrap_or(value);
    let joined = value.iter().any(|b| matches!(b, b'.' | b':' | b'>'));
    let plain = value.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:?!$>-".contains(b));
    // No member's name is a number: `harbor.lemon.76` is a phrase.
    let numbered = !value.contains(&b'-')
        && value.split(|b| *b == b'.').any(|part| part.first().is_some_and(u8::is_ascii_digit));
    joined
        && plain
        && !numbered
        && !value[0].is_ascii_digit()
        && Shape::of(value).reads_as_words()
        && !is_numbered_pair(value)
        && !is_numbered_phrase(value)
}

/// `string|null`, `Option<String>`, `&str`, `[]byte`, `char*`, `Optional[str]`.
fn is_type(value: &[u8]) -> bool {
    let bare = value.iter().take_while(|b| matches!(b, b'&' | b'*' | b'[' | b']' | b'?' | b'\'')).count();
    let tail = value
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'*' | b'?' | b'!' | b'[' | b']' | b'&' | b'|'))
        .count();
    let core = if bare + tail < value.len() { &value[bare..value.len() - tail] } else { value };
    let parts = || core.split(|b| matches!(b, b'|' | b'<' | b'>' | b'[' | b']' | b',' | b'?'));
    parts().all(|part| part.is_empty() || KEYWORDS.has(part) || NOTHING.has(part))
}

/// A name as code has them: words, perhaps with a short number at the end. Numbers after telling words only, so that
/// `hunter2` is none.
fn is_identifier(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    let plain =
        shape.letters() + shape.digits + value.iter().filter(|b| matches!(b, b'_' | b'-' | b'$')).count()
            == value.len();
    if !plain || shape.letters() == 0 || !shape.reads_as_words() && shape.len > 4 {
        return false;
    }
    if shape.digits == 0 {
        return true;
    }
    if is_numbered_phrase(value) {
        return false;
    }
    let trailing = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let stem = &value[..value.len() - trailing];
    let stem = stem.rsplit(|b| matches!(b, b'_' | b'-')).next().unwrap_or(stem);
    trailing == shape.digits
        && trailing <= 2
        && (stem.is_empty() || stem.len() <= 3 || GENERIC.has(stem) || KEYWORDS.has(stem))
        || value.contains(&b'_') && (shape.digits == 1 || shape.digits == 2 && has_generic_word(value))
}

/// Whether a word of a name is one of code rather than of a person.
fn has_generic_word(value: &[u8]) -> bool {
    let trimmed = |word: &[u8]| word.len() - word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    value.split(|b| matches!(b, b'_' | b'-')).any(|word| {
        let word = &word[..trimmed(word)];
        word.len() < 3 || GENERIC.has(word) || KEYWORDS.has(word) || NOTHING.has(word)
    })
}

/// Only escapes: `\n`.
fn is_escaped_blank(value: &[u8]) -> bool {
    value.iter().all(|b| matches!(b, b'\\' | b'n' | b'r' | b't'))
}
