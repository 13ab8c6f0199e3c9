//! Lines of a record: `user: bob` above `password: sunflower` says that the word is a value and no name of code.

use super::{separator::How, value::Value};
use crate::detect::reference;

/// Keys that stand beside a password where something logs in.
const BESIDE: [&str; 19] = [
    "ssid", "uid", "adapter", "dialect", "endpoint", "protocol", "user", "username", "login", "host",
    "hostname", "server", "database", "dbname", "email", "port", "account", "pool", "driver",
];

/// The longest line of a record, in bytes.
const LONGEST: usize = 160;

/// Whether what stands bare behind the name `start..end` is a value, as the lines around say.
pub(super) fn is_value(bytes: &[u8], (start, end): (usize, usize), how: How, value: Value) -> bool {
    let word = &bytes[value.start..value.end];
    is_line(bytes, start, value.end)
        || (is_dumped(bytes, (start, end), how, value) && reference::is_plain_word(word))
        || is_alone(bytes, start, value.end)
            && reference::is_plain_word(&bytes[value.start..value.end])
            && (is_entry(bytes, (start, end), how) || is_nested(bytes, start, how))
}

/// Whether a line holds nothing but a name, which starts at byte `start`, and a value, which ends at byte `end`.
fn is_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let rest = bytes[end..].iter().take_while(|b| matches!(b, b'\r' | b' ')).count();
    let comment = rest > 0 && matches!(bytes.get(end + rest), Some(b'#' | b';'));
    let before = &bytes[line_start(bytes, start)..start];
    (comment || matches!(bytes.get(end + rest), None | Some(b'\n')))
        && !before.iter().any(|b| b.is_ascii_alphabetic() || matches!(b, b'(' | b'.' | b'$' | b'@' | b'*'))
}

/// Whether a name is written as an environment has it, `DB_PASSWORD: x`, or tied at the start of its line as a file of
/// properties has it, `password=x`.
fn is_entry(bytes: &[u8], (start, end): (usize, usize), how: How) -> bool {
    let name = &bytes[start..end];
    let shouted = name.len() > 5 && !name.iter().any(u8::is_ascii_lowercase);
    let first = start == 0 || matches!(bytes[start - 1], b'\n' | b'+' | b'\t') || bytes[start - 1] >= 0x80;
    shouted && how == How::Colon
        || how == How::Tight && first
        || is_leading(name) && how == How::Assign && first
}

/// Whether a name and its value stand in a dump as no code has it: `{user=bob, password=x}` of Java, `map[password:x user:bob]`
/// of Go, `[password] => x` of PHP.
fn is_dumped(bytes: &[u8], (start, end): (usize, usize), how: How, value: Value) -> bool {
    let (before, after) = (&bytes[start.saturating_sub(120)..start], bytes.get(value.end));
    let line = memchr::memrchr(b'\n', before).map_or(before, |i| &before[i + 1..]);
    let opened = line.iter().rposition(|b| matches!(b, b'{' | b'[' | b'(')).filter(|&i| line[i] != b'(');
    let ends = matches!(after, Some(b',' | b'}' | b']' | b' '));
    match how {
        How::Tight => ends && opened.is_some_and(|i| i == 0 || line[i - 1] != b'$') && is_separated(line),
        How::Colon => ends && opened.is_some() && value.start == end + 1 && is_separated(line),
        How::Arrow => line.ends_with(b"[") && bytes.get(end) == Some(&b']'),
        _ => false,
    }
}

/// Whether a member begins behind what stands before it.
fn is_separated(before: &[u8]) -> bool {
    matches!(before.last(), Some(b' ' | b'{' | b'[')) && !before.ends_with(b": ")
}

/// Whether a name says what its file configures: `default_pass`, `ldap.bind.password`, `javax.jdbc.password`.
fn is_leading(name: &[u8]) -> bool {
    name.iter().filter(|b| **b == b'.').count() > 1
}

/// Whether the line above opens what the line of the name at byte `start` stands in: `auth:`, `[client]`.
fn is_nested(bytes: &[u8], start: usize, how: How) -> bool {
    let line = line_start(bytes, start);
    let Some(above) = line.checked_sub(1).map(|end| &bytes[line_start(bytes, end)..end]) else {
        return false;
    };
    let above = above.trim_ascii_end();
    match how {
        How::Colon => above.ends_with(b":") && above.len() > 2 && !above.contains(&b'('),
        How::Assign | How::Tight => above.ends_with(b"]") && above.contains(&b'[') && !above.contains(&b'='),
        _ => false,
    }
}

/// Where the line around byte `at` starts.
fn line_start(bytes: &[u8], at: usize) -> usize {
    let low = at.saturating_sub(LONGEST);
    memchr::memrchr(b'\n', &bytes[low..at]).map_or(low, |i| low + i + 1)
}

/// Whether the name at byte `start` and its bare value, which ends at `end`, are all of a line that has such a line above
/// or below.
fn is_line(bytes: &[u8], start: usize, end: usize) -> bool {
    let low = start.saturating_sub(LONGEST);
    let line = memchr::memrchr(b'\n', &bytes[low..start]).map_or(low, |i| low + i + 1);
    let free = |b: &u8| !b.is_ascii_alphabetic() || b"cfgoinykamlsv".contains(b);
    let rest = bytes[end..].iter().take_while(|b| matches!(b, b'\r' | b' ')).count();
    if !matches!(bytes.get(end + rest), None | Some(b'\n')) || !bytes[line..start].iter().all(free) {
        return false;
    }
    let above = line.checked_sub(1).map(|break_| {
        let low = break_.saturating_sub(LONGEST);
        &bytes[memchr::memrchr(b'\n', &bytes[low..break_]).map_or(low, |i| low + i + 1)..break_]
    });
    let below = bytes.get(end + rest + 1..).map(|below| {
        let below = &below[..below.len().min(LONGEST)];
        &below[..memchr::memchr(b'\n', below).unwrap_or(below.len())]
    });
    [above, below].into_iter().flatten().any(is_beside)
}

/// Whether a line is one of these keys and a value that is no code.
fn is_beside(line: &[u8]) -> bool {
    let Some(sign) = line.iter().rposition(|b| matches!(b, b':' | b'=')) else { return false };
    // A port behind a host has a colon of its own.
    let first = line.iter().position(|b| matches!(b, b'=')).unwrap_or(sign);
    let key = line[..first].trim_ascii_end();
    let key = key.strip_suffix(b"\"").unwrap_or(key);
    let word = key.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let word = &key[key.len() - word..];
    let word = word.rsplit(|b| *b == b'_').next().unwrap_or(word);
    let value = line[first + 1..].trim_ascii();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"._-@/:\"'".contains(b);
    BESIDE.iter().any(|b| word.eq_ignore_ascii_case(b.as_bytes()))
        && value.len() > 1
        && value.iter().all(plain)
        && !value[0].is_ascii_uppercase()
        && !reference::is_word_of_types(value)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn a_line_beside_tells_a_value_from_a_name() {
        for text in [
            "db:\n  host: db1\n  user: app\n  password: «sunflower»\n",
            "[client]\nuser = bob\npassword = «sunflower»\n",
            "Login: bob\nPassword: «sunflower»\n",
            "     7→user: bob\n     8→password: «sunflower»\n",
            "+  username: bob\n+  password: «sunflower»\n",
            "password: «sunflower»\nport: 5432\n",
        ] {
            check(text);
        }
        for text in [
            "user: string\npassword: secret_type\n",
            "  user: User,\n  password: hashed,\n",
            "class A:\n    user: str\n    password: hashed\n",
            "user = request.user\npassword = hashed\n",
            "title: Login\npassword: required\n",
        ] {
            check(text);
        }
    }
}
