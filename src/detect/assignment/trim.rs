//! What is taken from a value that was read, and what was no value: the wrappings of shells, connection strings, logs,
//! editors and URLs.

use super::{
    Lead,
    value::{self, Value},
};

/// Whether `pwd` names a working directory: `PWD=/srv/app`.
pub(super) fn is_folder(name: &[u8], value: &[u8]) -> bool {
    let begins = matches!(value, [b'/' | b'~', ..] | [_, b':', b'\\' | b'/', ..]);
    begins && name.len() >= 3 && name[name.len() - 3..].eq_ignore_ascii_case(b"pwd")
}

/// `CURLOPT_USERPWD, "bob:x"`: what stands behind the login.
pub(super) fn without_login(bytes: &[u8], (start, end): (usize, usize), value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    let sign = memchr::memchr(b':', text).filter(|_| value.quoted && bytes[start..end].ends_with(b"USERPWD"));
    Value { start: value.start + sign.map_or(0, |sign| sign + 1), ..value }
}

/// `{noop}x`, `{PLAIN}x`: a password behind the name of how it is kept, which is as it is.
pub(super) fn without_scheme(bytes: &[u8], value: Value) -> Value {
    const SCHEMES: [&[u8]; 4] = [b"{noop}", b"{plain}", b"{PLAIN}", b"{CLEARTEXT}"];
    let scheme = SCHEMES.iter().find(|scheme| bytes[value.start..value.end].starts_with(scheme));
    Value { start: value.start + scheme.map_or(0, |scheme| scheme.len()), ..value }
}

/// `${1:-x}`: what a shell takes if nothing else is said.
pub(super) fn otherwise(bytes: &[u8], value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    if !text.starts_with(b"${") {
        return value;
    }
    let Some(sign) = memchr::memmem::find(text, b":-").or_else(|| memchr::memmem::find(text, b":=")) else {
        return value;
    };
    let start = value.start + sign + 2;
    let end = bytes[start..bytes.len().min(start + 128)]
        .iter()
        .position(|b| matches!(b, b'}' | b'$' | b'\n' | b'"'))
        .map_or(value.end, |i| start + i);
    if bytes.get(end) == Some(&b'}') { Value { start, end, ..value } } else { value }
}

/// `Pwd={x7Kq9z}`: what a connection string puts into braces.
pub(super) fn without_braces(bytes: &[u8], start: usize, value: Value) -> Value {
    match bytes[value.start..value.end] {
        [b'{', ref inside @ .., b'}']
            if bytes[..start].ends_with(b";")
                && inside.len() >= 6
                && inside.iter().any(u8::is_ascii_digit)
                && !inside.iter().any(|b| b"{}[]()\"'".contains(b)) =>
        {
            Value { start: value.start + 1, end: value.end - 1, quoted: true }
        }
        _ => value,
    }
}

/// `password: [-x-]{+y+}`: what a comparison of words says was there and is.
pub(super) fn changed_words(bytes: &[u8], at: usize) -> Option<[Value; 2]> {
    let old = at + usize::from(bytes[at..].starts_with(b"\""));
    let rest = bytes[old..].strip_prefix(b"[-")?;
    let rest = &rest[..rest.len().min(value::LONGEST)];
    let middle = memchr::memmem::find(rest, b"-]{+")?;
    let close = memchr::memmem::find(&rest[middle..], b"+}")?;
    let quoted = true;
    let start = old + 2;
    let plain = !rest[..middle + close].contains(&b'\n');
    plain.then_some([
        Value { start, end: start + middle, quoted },
        Value { start: start + middle + 4, end: start + middle + close, quoted },
    ])
}

/// `password=[x7Kq9z]`: what a log puts into brackets, if it is no word that stands for a value.
pub(super) fn without_brackets(bytes: &[u8], value: Value) -> Value {
    match bytes[value.start..value.end] {
        [b'[', ref inside @ .., b']']
            if !value.quoted
                && inside.iter().any(u8::is_ascii_digit)
                && inside.iter().filter(|b| b.is_ascii_lowercase()).count() > 2
                && !inside.iter().any(|b| matches!(b, b'[' | b']' | b',' | b'-' | b'"' | b'\'')) =>
        {
            Value { start: value.start + 1, end: value.end - 1, quoted: true }
        }
        _ => value,
    }
}

/// `s/PASSWORD=.*/PASSWORD=x/g`: what an editor's command puts in, without the sign that ends it.
pub(super) fn without_divider(bytes: &[u8], start: usize, value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    let divider = start.checked_sub(1).map(|i| bytes[i]).filter(|b| matches!(b, b'/' | b'|' | b'#' | b'~'));
    let Some(sign) = divider.and_then(|divider| memchr::memrchr(divider, text)) else { return value };
    let flags = text[sign + 1..].iter().all(|b| matches!(b, b'g' | b'i' | b'I'));
    if flags && sign > 0 { Value { end: value.start + sign, ..value } } else { value }
}

/// A parameter of a URL ends at `&` and `#`.
pub(super) fn narrow(bytes: &[u8], value: Value, lead: Lead) -> Value {
    if lead != Lead::Parameter {
        return value;
    }
    let cut = bytes[value.start..value.end].iter().position(|b| matches!(b, b'&' | b'#' | b')' | b'>'));
    Value { end: value.start + cut.unwrap_or(value.end - value.start), ..value }
}
