//! Whether a value is the secret that its name speaks of.

use super::name::{Kind, Name};
use crate::{
    detect::{header, reference, shape::Shape},
    rule::Confidence,
    transcript::text::Field,
};

/// How plainly the bytes at a place are a value and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Ground {
    /// Bare, where code would have a name or a call: `password = x`.
    Code,
    /// In quotes, where a list would have names: `("password", "x")`.
    Listed,
    /// Bare, where only values stand: a shell's assignment, an option, a parameter of a URL.
    Bare,
    /// In quotes, or all of a JSON value.
    Literal,
}

/// How much of a value is looked at to tell what it is, in bytes.
const JUDGED: usize = 512;

/// Whether `value` on `ground` is the secret that `name` speaks of, how surely, and why.
pub(in crate::detect) fn judge(
    name: Name,
    value: &[u8],
    ground: Ground,
    field: Field,
) -> Option<(Confidence, &'static str)> {
    let value = &value[..value.len().min(JUDGED)];
    if reference::is_explained(value) || ground != Ground::Literal && is_option(value) {
        return None;
    }
    let code = match ground {
        _ if name.kind == Kind::Password && reference::is_word_list(value) => false,
        Ground::Code => reference::is_code(value),
        Ground::Listed => reference::is_word_of_code(value),
        Ground::Bare | Ground::Literal => false,
    };
    if code {
        return None;
    }
    let _ = field;
    let shape = Shape::of(value);
    let random = shape.looks_random();
    let sure = if random { Confidence::High } else { Confidence::Medium };
    match name.kind {
        Kind::Password => is_password(value, shape, ground, name.certain)
            .then_some((sure, "a value after a word for password")),
        Kind::Pin => is_pin(value).then_some((Confidence::Medium, "digits after a word for a code")),
        Kind::Secret => is_secret(value, shape, ground, name.certain)
            .then_some((sure, "a value after a word for a secret")),
        Kind::Token => is_token(shape, value, ground, name.certain)
            .then_some((sure, "a value after a word for a key or token")),
        Kind::Auth => is_auth(shape, value).then_some((sure, "a value after a word for authorization")),
    }
}

fn is_password(value: &[u8], shape: Shape, ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return certain && ground == Ground::Literal && is_phrase(value, shape);
    }
    if shape.digits == shape.len {
        return shape.len >= if ground <= Ground::Listed { 6 } else { 4 };
    }
    match ground {
        _ if !certain => shape.looks_random(),
        Ground::Code | Ground::Listed => {
            shape.len >= 5 && !(shape.reads_as_words() && shape.digits == 0)
                || reference::is_word_list(value)
                || ground == Ground::Listed && is_marked(value)
        }
        Ground::Bare | Ground::Literal => shape.len >= 4,
    }
}

/// Words with a sign between that no name and no path has: `velcro*river`.
fn is_marked(value: &[u8]) -> bool {
    value.iter().any(|b| b"!@#$%^&*+~?".contains(b)) && reference::is_plain_word(value)
}

/// `--plaintext`, `-deststorepass`, `-mhe=on`: an option, not the value of the one before.
pub(super) fn is_option(value: &[u8]) -> bool {
    let dashes = value.iter().take_while(|b| **b == b'-').count();
    let name = value.iter().position(|b| *b == b'=').unwrap_or(value.len());
    (1..=2).contains(&dashes)
        && name > dashes + 2
        && value[dashes..name].iter().all(|b| b.is_ascii_lowercase() || *b == b'-')
}

/// Words of sentences that people are to read.
static READ: &[&str] = &[
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "cannot",
    "do",
    "does",
    "enter",
    "for",
    "forgot",
    "from",
    "has",
    "if",
    "in",
    "incorrect",
    "invalid",
    "is",
    "it",
    "least",
    "match",
    "must",
    "new",
    "not",
    "of",
    "on",
    "or",
    "password",
    "passwords",
    "please",
    "required",
    "reset",
    "should",
    "that",
    "the",
    "their",
    "this",
    "to",
    "token",
    "use",
    "user",
    "was",
    "will",
    "with",
    "wrong",
    "you",
    "your",
    "secret",
    "key",
    "characters",
    "confirm",
    "current",
    "old",
    "change",
    "set",
    "passwd",
    "login",
    "failed",
];

/// Words that people would read, not remember: `Enter your password`.
pub(in crate::detect) fn is_phrase(value: &[u8], shape: Shape) -> bool {
    let words = value.split(|b| *b == b' ').filter(|w| !w.is_empty());
    let control = value.iter().any(|b| *b < b' ');
    let read = words.clone().any(|w| READ.iter().any(|r| w.eq_ignore_ascii_case(r.as_bytes())));
    !control && !read && shape.len <= 64 && (3..=8).contains(&words.count())
}

/// A code of a few digits, or the secret that an app makes such codes from.
fn is_pin(value: &[u8]) -> bool {
    let base = |b: &u8| b.is_ascii_uppercase() || matches!(b, b'2'..=b'7');
    (4..=8).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
        || (16..=64).contains(&value.len())
            && value.iter().all(base)
            && value.iter().any(u8::is_ascii_digit)
            && Shape::of(value).looks_random()
}

fn is_secret(value: &[u8], shape: Shape, ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return false;
    }
    let mixed = shape.digits > 0 && shape.letters() > 0 || shape.symbols > 1 && !shape.reads_as_words();
    shape.looks_random()
        || certain && shape.digits == shape.len && shape.len >= 16
        || (certain && shape.len >= 6 && mixed && (ground > Ground::Listed || !shape.reads_as_words()))
        || certain
            && ground != Ground::Listed
            && (is_chosen(value, shape) || is_long_list(value) || reference::is_numbered_words(value))
        || certain && ground > Ground::Listed && (is_underlined(value) || reference::is_wedged(value))
}

/// Whether a person may have chosen the value, who is known for words with a number or a sign: `garnet9803`, `Cherry!71`,
/// `K3ttle582`; no name, version or algorithm.
fn is_chosen(value: &[u8], shape: Shape) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"!@#$%^&*?+~".contains(b);
    let hyphened = |b: &u8| plain(b) || *b == b'-';
    let counted = shape.digits >= 2 && value.iter().all(hyphened)
        || shape.digits == 1 && shape.symbols > 0 && value.iter().all(plain);
    (8..=40).contains(&shape.len) && shape.letters() >= 4 && counted && !reference::speaks_of_itself(value)
}

/// `falcon_dragon82`: words and a number, where only values stand.
fn is_underlined(value: &[u8]) -> bool {
    let number = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = &value[..value.len() - number];
    number >= 2
        && value.len() >= 10
        && words.contains(&b'_')
        && words.iter().all(|b| b.is_ascii_lowercase() || *b == b'_')
        && words.split(|b| *b == b'_').all(reference::is_plain_word)
}

/// `feather-coral-carbon-fossil`: four words, none of which is what names of secrets are made of.
fn is_long_list(value: &[u8]) -> bool {
    const NAMES: [&str; 14] = [
        "tls",
        "ssl",
        "cert",
        "certs",
        "registry",
        "server",
        "backend",
        "web",
        "github",
        "deploy",
        "credential",
        "cluster",
        "production",
        "gateway",
    ];
    let named = |word: &[u8]| NAMES.iter().any(|name| name.as_bytes() == word);
    reference::is_word_list(value) && !value.split(|b| !b.is_ascii_alphabetic()).any(named)
}

/// Whether small letters, capitals and digits are mixed as in no name: a digit with a letter after it.
fn is_mixed(value: &[u8], shape: Shape) -> bool {
    shape.len >= 12
        && shape.upper >= 2
        && shape.lower >= 2
        && shape.digits >= 1
        && value.windows(2).any(|w| w[0].is_ascii_digit() && w[1].is_ascii_alphabetic())
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"_-+/=~!@#$%^&*?".contains(b))
        && !reference::speaks_of_itself(value)
}

fn is_token(shape: Shape, value: &[u8], ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return certain && is_salt(shape);
    }
    if certain {
        let short_hex = shape.hex && shape.len >= 12 && shape.digits >= 3 && shape.letters() >= 3;
        let set = ground != Ground::Listed;
        let numbered = ground == Ground::Literal && reference::is_numbered_words(value);
        return shape.looks_random()
            || short_hex
            || set && (is_chosen(value, shape) || is_mixed(value, shape))
            || ground > Ground::Listed && reference::is_wedged(value)
            || numbered
            || is_uuid(value)
            || (shape.digits == shape.len && shape.len >= 12);
    }
    shape.looks_random() && shape.len >= 16 && !(shape.hex && ground == Ground::Listed)
}

/// A long string of any printable characters, the blank too: a salt of WordPress.
fn is_salt(shape: Shape) -> bool {
    (40..=128).contains(&shape.len)
        && shape.symbols >= 8
        && shape.digits >= 2
        && shape.blank <= 4
        && !shape.reads_as_words()
}

fn is_auth(shape: Shape, value: &[u8]) -> bool {
    header::decodes_to_login(value)
        || shape.blank == 0
            && shape.len >= 12
            && shape.looks_random()
            && value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=-_.~".contains(b))
}

/// 8-4-4-4-12 hexadecimal digits.
fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}
