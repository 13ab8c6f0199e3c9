//! Values that a program puts together: `concat!("ab", "cd")`, `"".join(["ab", "cd"])`, `{"Fn::Join": ["", ["ab", "cd"]]}`,
//! `'ab'"cd"`; and those that are added to another: `"${TOKEN}cd"`.

use super::{
    Value,
    judge::{Ground, judge},
    name::Name,
    push, value,
};
use crate::{
    detect::{shape::Shape, subject::Hits},
    rule::Confidence,
    transcript::text::Field,
};

/// The longest expression that is looked at, in bytes.
const LONGEST: usize = 400;

/// The most parts of a value.
const MOST: usize = 16;

/// The least length of a part, in bytes: what stands between the parts of a list is shorter.
const LEAST: usize = 3;

/// Takes the parts of the value at `at`, if it is put together of several; whether it is.
pub(super) fn find(bytes: &[u8], at: usize, name: Name, hits: &mut Hits) -> bool {
    let at = past_type(bytes, at);
    if !name.certain || !may_be(bytes, at) {
        return false;
    }
    let Some(parts) = parts(bytes, at) else { return false };
    let whole: Vec<u8> = parts.iter().flat_map(|part| &bytes[part.start..part.end]).copied().collect();
    let Some((sure, _)) = judge(name, &whole, Ground::Literal, Field::Free) else { return false };
    if !whole.iter().any(u8::is_ascii_digit) && !Shape::of(&whole).looks_random() {
        return false;
    }
    for part in &parts {
        push(
            hits,
            part.start,
            part.end,
            sure.min(Confidence::Medium),
            "a part of a value that is put together",
        );
    }
    true
}

/// Past the type of what is declared, and the sign behind it: `&str = `.
fn past_type(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at.min(bytes.len())..bytes.len().min(at + 40)];
    if !matches!(rest.first(), Some(b'&' | b'S' | b's')) {
        return at;
    }
    let of = |b: &&u8| b.is_ascii_alphanumeric() || b"&'<>_: ".contains(b);
    let len = rest.iter().take_while(of).count();
    if rest[..len].ends_with(b" ") && rest[len..].starts_with(b"= ") { at + len + 2 } else { at }
}

/// Whether the expression at `at` may put literals together, as its first bytes say.
fn may_be(bytes: &[u8], at: usize) -> bool {
    let near = &bytes[at.min(bytes.len())..bytes.len().min(at + 24)];
    let named = || near.windows(3).any(|w| matches!(w, b"onc" | b"ONC" | b"oin"));
    match near.first() {
        Some(b'c' | b'C' | b's' | b'S' | b'j' | b'!' | b'{' | b'[') => named(),
        Some(quote @ (b'"' | b'\'' | b'\\')) => {
            near.starts_with(b"\"{{ ") || named() || {
                let end = value::literal(bytes, at).map_or(at, |literal| literal.end);
                let other = if *quote == b'"' { b'\'' } else { b'"' };
                let rest = &bytes[end.min(bytes.len())..];
                rest.get(1) == Some(&other) && rest.first() == Some(quote)
                    || rest.iter().take(12).any(|b| *b == b'.')
                        && memchr::memmem::find(&rest[..rest.len().min(12)], b".concat(").is_some()
            }
        }
        _ => false,
    }
}

/// The literals of the expression at `at`, if something in it puts them together and nothing else stands in it.
fn parts(bytes: &[u8], at: usize) -> Option<Vec<Value>> {
    let limit = bytes.len().min(at + LONGEST);
    let mut out: Vec<Value> = Vec::new();
    let (mut at, mut depth, mut joins) = (at, 0usize, false);
    if bytes[at..].starts_with(b"\"{{ ") {
        (at, depth) = (at + 4, 1);
    }
    while let Some(&b) = bytes.get(at).filter(|_| at < limit) {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => break,
            b')' | b']' | b'}' => depth -= 1,
            b'\n' | b';' if depth == 0 => break,
            b'~' => joins = true,
            b'"' | b'\'' | b'\\' if value::literal(bytes, at).is_some() => {
                let literal = value::literal(bytes, at)?;
                let text = &bytes[literal.start..literal.end];
                let next = literal.end + (literal.start - at);
                joins |= text == b"Fn::Join" || is_beside(bytes, b, next);
                if !text.is_empty() && text != b"Fn::Join" {
                    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-+/=.~!@#%^*".contains(b);
                    if text.len() < LEAST || out.len() == MOST || !text.iter().all(plain) {
                        return None;
                    }
                    out.push(literal);
                }
                at = next;
                continue;
            }
            _ if b.is_ascii_alphabetic() => {
                let len = bytes[at..limit].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let word = bytes[at..at + len].to_ascii_lowercase();
                match &word[..] {
                    b"concat" | b"join" => joins = true,
                    b"string" | b"strings" => {}
                    _ if depth == 0 && !out.is_empty() => break,
                    _ => return None,
                }
                at += len;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'+' | b'.' | b'&' | b'|' | b'!' | b':' => {}
            _ if depth == 0 => break,
            _ => return None,
        }
        at += 1;
    }
    (joins && out.len() > 1).then_some(out)
}

/// Whether another kind of quote opens right behind a literal: `'ab'"cd"`.
fn is_beside(bytes: &[u8], quote: u8, next: usize) -> bool {
    matches!((quote, bytes.get(next)), (b'"', Some(b'\'')) | (b'\'', Some(b'"')))
}

/// What a value adds to that of a name which it starts with: `${TOKEN}cd`, `%TOKEN%cd`, `{TOKEN}cd`.
pub(super) fn added(bytes: &[u8], name: Name, value: Value, hits: &mut Hits) {
    let text = &bytes[value.start..value.end];
    let closing = match text {
        [b'$', b'{', ..] | [b'{', ..] => b'}',
        [b'%', ..] => b'%',
        _ => return,
    };
    let Some(close) = text[1..].iter().take(64).position(|b| *b == closing).map(|i| i + 2) else { return };
    let own = text[1..close - 1].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'{'));
    let rest = &text[close..];
    if own && name.certain && rest.len() >= 8 && Shape::of(rest).looks_random() {
        push(hits, value.start + close, value.end, Confidence::Medium, "what is added to a value");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_the_parts_of_values() {
        for text in [
            "const API_KEY: &str = concat!(\"«lgbZo1GE5OD5»\", \"«k9YKrif9JZlc»\");",
            "api_key = \"\".join([\"«737nhP9XuN»\", \"«WDbuCmCbr2»\"])",
            "const token = \"«4P7upOyiWZzBDo»\".concat(\"«MkRhkyzI4u5zA7Ja»\")",
            "\"Password\": {\"Fn::Join\": [\"\", [\"«tlNzqZkf7x»\", \"«KAotaGzzXR»\"]]}",
            "Password: !Join ['', ['«WvhA49xl9JsINU»', '«N49BuHBNaJde8F»']]",
            "password = CONCAT('«NVgUrXrih3a2»', '«3QRrraSne9bb»')",
            "API_TOKEN='«dkmAdbw77UaB»'\"«6Z2oTGyq6W9L»\"",
            "TOKEN=\"«OXJRjPWm9G6uv6BU»\"\nTOKEN=\"${TOKEN}«kKfBZCTbQU4yCJBl»\"",
            "token = \"«XvA5CnGqTNvnTsGN»\"\ntoken += \"«g0aPKc6m2zV2WQhf»\"",
            "API_TOKEN=«NWX7kZtoAZYNG1»\nAPI_TOKEN+=«e6JUbLAtpZ6tb1»",
            "password = concat(\"db_\", var.name)",
            "password = \", \".join([\"user7name\", \"pass7word\"])",
            "TOKEN=\"${PREFIX}_token_name\"",
            "passwords = [\"one\", \"two\"].join(\"\")",
        ] {
            check(text);
        }
    }
}
