//! Lines of a record: `user: bob` above `password: sunflower` says that the word is a value and no name of code.

use crate::detect::reference;

/// Keys that stand beside a password where something logs in.
const BESIDE: [&str; 13] = [
    "user", "username", "login", "host", "hostname", "server", "database", "dbname", "email", "port",
    "account", "pool", "driver",
];

/// The longest line of a record, in bytes.
const LONGEST: usize = 160;

/// Whether the name at byte `start` and its bare value, which ends at `end`, are all of a line that has such a line above
/// or below.
pub(super) fn is_line(bytes: &[u8], start: usize, end: usize) -> bool {
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
