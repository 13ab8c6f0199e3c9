//! Members whose object says what they are: `"Jwt": {"Issuer": "acme", "Key": "…"}`.

use super::{
    name::{Kind, Name},
    push, value,
};
use crate::{
    detect::{reference, shape::Shape, subject::Hits},
    rule::Confidence,
};

/// How far before a member the name of its object may stand, in bytes.
const REACH: usize = 240;

/// Objects whose `key` is a secret.
const PARENTS: [&str; 9] =
    ["jwt", "auth", "encryption", "signing", "crypto", "token", "tokens", "secret", "jwtsettings"];

/// Looks at the value of the member `key` in `start..end`, if its object is of those.
pub(super) fn find(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    if !bytes[start..end].eq_ignore_ascii_case(b"key") || start == 0 || bytes[start - 1] != b'"' {
        return;
    }
    let close = end + bytes[end..].iter().take(8).take_while(|b| matches!(b, b'"' | b'\\')).count();
    if bytes.get(close) != Some(&b':') || !is_of_secrets(&bytes[start.saturating_sub(REACH)..start]) {
        return;
    }
    let at = close + 1 + bytes[close + 1..].iter().take(4).take_while(|b| **b == b' ').count();
    let Some(found) = value::literal(bytes, at) else { return };
    let text = &bytes[found.start..found.end];
    if text.len() >= 16 && Shape::of(text).looks_random() && !reference::is_explained(text) {
        push(hits, found.start, found.end, Confidence::High, "the key of an object for secrets");
    }
}

/// Whether the object that is open where `before` ends has a name of [`PARENTS`].
fn is_of_secrets(before: &[u8]) -> bool {
    let Some(open) = memchr::memrchr(b'{', before) else { return false };
    if before[open..].contains(&b'}') {
        return false;
    }
    let name = before[..open].trim_ascii_end();
    let Some(name) = name.strip_suffix(b":") else { return false };
    let name = name.iter().rposition(|b| !matches!(b, b'"' | b'\\' | b' ')).map_or(name, |i| &name[..=i]);
    let word = name.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let word = &name[name.len() - word..];
    PARENTS.iter().any(|parent| word.eq_ignore_ascii_case(parent.as_bytes()))
        || super::meaning(word).is_some_and(|Name { kind, certain }| certain && kind != Kind::Pin)
}
