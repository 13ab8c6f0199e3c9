//! Values that stand further on, where what follows a name at once is none: behind a type, a lookup, a login.

use super::{
    call,
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

/// `log("password=%s", "x")`: what is put in the place of a format's field.
pub(super) fn formatted(bytes: &[u8], name: Name, field: Value, hits: &mut Hits) {
    const FIELDS: [&[u8]; 6] = [b"%s", b"%v", b"%q", b"%r", b"{}", b"%+v"];
    if !FIELDS.contains(&&bytes[field.start..field.end]) {
        return;
    }
    let rest = &bytes[field.end..bytes.len().min(field.end + FORMAT)];
    let before = &bytes[field.start.saturating_sub(FORMAT)..field.start];
    let quote = |b: &u8| matches!(b, b'"' | b'`' | b'\'');
    let (Some(close), Some(open)) = (rest.iter().position(quote), before.iter().rposition(quote)) else {
        return;
    };
    if rest[..close].contains(&b'\n') || before[open..].contains(&b'\n') {
        return;
    }
    let fields =
        FIELDS.iter().map(|field| memchr::memmem::find_iter(&before[open..], field).count()).sum::<usize>();
    let end = field.end + close + 1;
    // A shell divides arguments by blanks.
    let shell = fields == 0 && matches!(bytes.get(end..end + 2), Some(b" '" | b" \""));
    let Some(at) = (if shell { Some(end + 1) } else { call::argument(bytes, end, fields + 1) }) else {
        return;
    };
    let Some(value) = literal(bytes, at) else { return };
    if let Some((sure, evidence)) = judge(name, &bytes[value.start..value.end], Ground::Literal, Field::Free)
    {
        push(hits, value.start, value.end, sure, evidence);
    }
}

/// How far a format reaches to either side of a field, in bytes.
const FORMAT: usize = 96;

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
