//! Values that stand further on, where what follows a name at once is none: behind a type, a lookup, a login.

use super::{
    judge::{Ground, judge},
    name::{Kind, Name},
    push,
    separator::{self, How},
    take_literal,
    value::{self, Value, literal},
};
use crate::{
    detect::subject::{Hits, Subject},
    transcript::text::Field,
};

/// Whether a call of that name takes a login and a password: `new NetworkCredential("u", "p")`.
pub(super) fn takes_login(name: &[u8]) -> bool {
    [&b"credential"[..], b"credentials", b"auth", b"authentication"]
        .iter()
        .any(|w| name.len() >= w.len() && name[name.len() - w.len()..].eq_ignore_ascii_case(w))
}

/// `auth=("user", "password")`: the literal after the one that ends at `end`.
pub(super) fn second_literal(bytes: &[u8], end: usize, hits: &mut Hits) {
    let gap =
        bytes[end..].iter().take(8).take_while(|b| matches!(b, b'"' | b'\'' | b' ' | b',' | b'\\')).count();
    let back = bytes[end..end + gap].iter().rev().take_while(|b| matches!(b, b'"' | b'\'' | b'\\')).count();
    if back == 0 || !bytes[end..end + gap - back].contains(&b',') {
        return;
    }
    let Some(value) = literal(bytes, end + gap - back) else { return };
    let name = Name { kind: Kind::Password, certain: true };
    if let Some((sure, evidence)) = judge(name, &bytes[value.start..value.end], Ground::Listed, Field::Free) {
        push(hits, value.start, value.end, sure, evidence);
    }
}

/// `password = given or "x"`, `token = lookup("TOKEN") || "x"`: what holds if the first value is none.
pub(super) fn alternative(subject: &Subject<'_>, name: Name, value: Value, hits: &mut Hits) {
    const OTHERWISE: &[&str] = &[" -> ", " or ", " || ", " ?? ", " ?: ", " else "];
    let bytes = subject.bytes;
    let end = bytes.len().min(value.end + 96);
    let rest = &bytes[value.end..end];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let Some(at) = OTHERWISE
        .iter()
        .find_map(|o| memchr::memmem::find(line, o.as_bytes()).map(|i| value.end + i + o.len()))
    else {
        return;
    };
    take_literal(name, subject, at, hits);
}

/// `password: str = "x"`: what looked like the value was its type.
pub(super) fn retry_after_type(subject: &Subject<'_>, name: Name, value: Value, hits: &mut Hits) {
    let bytes = subject.bytes;
    if value.quoted {
        return;
    }
    let end = bytes.len().min(value.end + 64);
    let rest = &bytes[value.end..end];
    let stop = rest.iter().position(|b| matches!(b, b'=' | b'\n' | b'"' | b'\'' | b'(' | b';' | b'{' | b','));
    let Some(equals) = stop.filter(|&i| rest[i] == b'=' && rest.get(i + 1) != Some(&b'=')) else { return };
    let at = separator::skip_blanks(bytes, value.end + equals + 1);
    let Some(found) = value::read(bytes, at, How::Argument) else { return };
    if let Some((confidence, evidence)) =
        judge(name, &bytes[found.start..found.end], Ground::Literal, subject.field)
    {
        push(hits, found.start, found.end, confidence, evidence);
    }
}
