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
    if !bytes[start..end].eq_ignore_ascii_case(b"key") || start == 0 {
        return;
    }
    if start >= 7 && bytes[start - 7..start].eq_ignore_ascii_case(b"pragma ") {
        return opened(bytes, end, hits);
    }
    if bytes[start - 1] != b'"' {
        return option(bytes, (start, end), hits);
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

/// `--key x`, `--from-literal=key=x`, `server key 7 x`: a key that is given to a command, if a machine made it.
fn option(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    const LEADS: [&[u8]; 4] = [b" --", b"literal=", b" --set ", b"-string "];
    if !matches!(bytes.get(end), Some(b' ' | b'='))
        || !LEADS.iter().any(|lead| bytes[..start].ends_with(lead))
    {
        return;
    }
    let at = end + 1;
    let found = value::literal(bytes, at).map_or_else(
        || {
            (
                at,
                at + bytes[at..]
                    .iter()
                    .take(256)
                    .take_while(|b| b.is_ascii_alphanumeric() || b"_-+/=".contains(b))
                    .count(),
            )
        },
        |found| (found.start, found.end),
    );
    let text = &bytes[found.0..found.1];
    let shape = Shape::of(text);
    if text.len() >= 20 && shape.looks_random() && !is_hash(text, shape) && !reference::is_explained(text) {
        push(hits, found.0, found.1, Confidence::Medium, "a key that a command is given");
    }
}

/// `PRAGMA key = 'x'`: what opens a database of SQLCipher.
fn opened(bytes: &[u8], end: usize, hits: &mut Hits) {
    let signs = bytes[end..].iter().take(4).take_while(|b| matches!(b, b' ' | b'=')).count();
    let Some(found) = value::literal(bytes, end + signs).filter(|_| signs > 0) else { return };
    let text = &bytes[found.start..found.end];
    if text.len() >= 4 && !reference::is_explained(text) {
        push(hits, found.start, found.end, Confidence::Medium, "what opens a database");
    }
}

/// Whether a value is as long as the sums of programs are, in hexadecimal digits.
fn is_hash(text: &[u8], shape: Shape) -> bool {
    shape.hex && matches!(text.len(), 20 | 32 | 40 | 56 | 64 | 96 | 128)
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

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_keys_that_commands_are_given() {
        for text in [
            "./deploy --key «mvN12lWfERb607cESvs95SSZO0HcR9Be»",
            "kubectl create secret generic api --from-literal=key=«mvN12lWfERb607cESvs95SSZO0HcR9Be»",
            "gem push x.gem --key «d257425be1e6386e2919e20e2d8cff0a576ea6d038e2627e»",
            "PRAGMA key = '«Comet84x»';",
            "cache --key 0c8a7085fdb75782abbb8be3fe75c8761f763136",
            "sort --key 2,3 file",
            "etcdctl get --key cluster/members",
        ] {
            check(text);
        }
    }
}
