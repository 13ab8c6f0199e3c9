//! Templates, formats and variables: what a program puts a value in the place of.

use super::holds;
use crate::detect::shape::Shape;

/// `${X}`, `{{ x }}`, `<x>`, `%X%`, `{name}` inside, `%s`, `$(command)`, `` `command` ``.
pub(super) fn is_template(value: &[u8]) -> bool {
    let whole = |open: u8, close: u8| value.first() == Some(&open) && value.last() == Some(&close);
    // Most values have none of the signs that templates begin with.
    let signed = value.iter().any(|b| matches!(b, b'$' | b'{' | b'<' | b'#' | b'\\'));
    signed && TEMPLATES.iter().any(|(open, close)| has_expression(value, open.as_bytes(), close.as_bytes()))
        || value.starts_with(b"$env:")
        || value.starts_with(b"!!")
        || whole(b'<', b'>')
        || value.starts_with(b"&lt;") && (value.ends_with(b"&gt;") || value.ends_with(b"&gt"))
        || value.len() > 4 && value.starts_with(b"@@") && value.ends_with(b"@@")
        || whole(b'[', b']')
        || whole(b'{', b'}')
        || (whole(b'%', b'%') && is_name(&value[1..value.len() - 1]))
        || (whole(b'_', b'_') && value.starts_with(b"__"))
        || is_format(value)
        || is_variable(value)
        || has_field(value)
}

/// How templates of shells, Jinja, ERB, Ruby, Swift and makefiles open and close.
const TEMPLATES: &[(&str, &str)] = &[
    ("${", "}"),
    ("{{", "}}"),
    ("<%", "%>"),
    ("$(", ")"),
    ("#{", "}"),
    ("\\(", ")"),
    ("$[", "]"),
    ("<<", ">>"),
];

/// Whether `value` holds an expression between `open` and `close`: words, or nothing else than it.
fn has_expression(value: &[u8], open: &[u8], close: &[u8]) -> bool {
    let Some(start) = value.windows(2).position(|pair| pair == open) else { return false };
    let inside = &value[start + open.len()..];
    let end = memchr::memmem::find(inside, close);
    let words = Shape::of(&inside[..end.unwrap_or(inside.len())]);
    start == 0
        || (words.letters() >= 2
            && (words.reads_as_words() || words.lower == 0)
            && (end.is_some() || words.symbols < 4))
}

/// `%s`, `%d`, `%(name)s`, `{}`, `{0}`, `?`, `:name`, `@name`.
fn is_format(value: &[u8]) -> bool {
    holds(value, b"{}")
        || holds(value, b"%(")
        || (value.len() <= 4 && [b"%s", b"%d", b"%v"].iter().any(|verb| holds(value, *verb)))
        || (value.ends_with(b"%s") || value.starts_with(b"%s"))
            && Shape::of(value).reads_as_words()
            && value.iter().filter(|b| b.is_ascii_digit()).count() < 2
        || (matches!(value[0], b':' | b'@')
            && value.iter().filter(|b| b.is_ascii_digit()).count() < 2
            && Shape::of(value).reads_as_words()
            && is_name(&value[1..]))
}

/// `$NAME`, `$name`: a shell's or PHP's variable; not a password with a dollar.
fn is_variable(value: &[u8]) -> bool {
    let Some(name) = value.strip_prefix(b"$") else { return false };
    let name = name
        .split(|&b| matches!(b, b'-' | b'[' | b'.' | b',' | b';' | b')' | b'/' | b':'))
        .next()
        .unwrap_or(name);
    is_name(name)
        && (Shape::of(name).reads_as_words()
            || name.iter().all(|b| !b.is_ascii_lowercase())
            || name.len() < 4)
}

fn is_name(name: &[u8]) -> bool {
    !name.is_empty()
        && !name[0].is_ascii_digit()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_'))
}

/// A `{field}` of a format string within the value.
fn has_field(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'{', value) else { return false };
    let inside = &value[open + 1..];
    let Some(close) = memchr::memchr(b'}', inside) else { return false };
    let field = &inside[..close];
    let name = field.split(|b| matches!(b, b'.' | b'[' | b'(' | b':' | b'!')).next().unwrap_or(field);
    let whole = open == 0 && close + 2 == value.len();
    is_name(name) && (whole || name.len() >= 3) && Shape::of(name).reads_as_words()
}
