//! How plainly a value stands under its name, told by what is around both.

use super::{
    judge::Ground,
    lead::Lead,
    meaning,
    separator::{How, Link},
    setter,
    value::Value,
};
use crate::detect::reference;

/// On which ground the value stands; none where such a link carries no value.
pub(super) fn ground(
    bytes: &[u8],
    name: (usize, usize),
    link: Link,
    value: Value,
    lead: Lead,
) -> Option<Ground> {
    let (start, end) = name;
    let verb = bytes[start..end].eq_ignore_ascii_case(b"pass");
    let path = bytes[..start].ends_with(b"/");
    match link.how {
        How::Space if path && lead == Lead::Environment => {
            return (bytes.get(link.at) != Some(&b'-')).then_some(Ground::Bare);
        }
        How::Space if lead == Lead::Option && is_glued(&bytes[start..end]) => return None,
        How::Space if verb && is_given(bytes, start, value) => {
            return Some(Ground::Bare);
        }
        How::Arrow | How::Compare if verb && value.quoted && is_quoted(bytes, start) => {
            return Some(Ground::Listed);
        }
        How::Space | How::Argument | How::Arrow | How::Compare if verb || path => return None,
        How::Colon
            if verb && lead == Lead::Other && link.at == end + 1 && is_pass_option(&bytes[..start]) =>
        {
            return Some(Ground::Bare);
        }
        How::Colon if verb && bytes[start] == b'P' && !value.quoted && link.at > end + 1 => {
            return None;
        }
        How::Colon if verb && value.quoted => return Some(Ground::Listed),
        How::Space if value.quoted && lead != Lead::Other => return Some(Ground::Literal),
        How::Space if bytes[end..link.at].contains(&b'-') => return Some(Ground::Literal),
        How::Space if value.quoted && is_sql(bytes, start, end, link.at) => return Some(Ground::Literal),
        How::Argument if value.quoted && bytes[..start].ends_with(b"--") => return Some(Ground::Literal),
        How::Space if value.quoted && is_defined(&bytes[..start], &bytes[start..end]) => {
            return Some(Ground::Literal);
        }
        How::Argument if value.quoted && setter::is_call(&bytes[..start]) => return Some(Ground::Literal),
        How::Argument if value.quoted && is_below(bytes, end, value) && !opens_call(&bytes[..start]) => {
            return None;
        }
        How::Space | How::Argument | How::Compare if value.quoted => return Some(Ground::Listed),
        How::Call if value.quoted && bytes.get(value.end + 1) == Some(&b',') => return Some(Ground::Listed),
        _ if value.quoted => return Some(Ground::Literal),
        _ => {}
    }
    let upper = bytes[start..end].iter().all(|b| !b.is_ascii_lowercase());
    match link.how {
        // An option of compilers and of tests too.
        How::Tight if verb && lead == Lead::Option => Some(Ground::Code),
        How::Tight if lead != Lead::Other || upper => Some(Ground::Bare),
        How::Tight if in_pairs(bytes, start, value.end) => Some(Ground::Bare),
        How::Colon if lead == Lead::Option => Some(Ground::Bare),
        How::Cell
            if is_drawn(&bytes[..link.at])
                && bytes[value.start..value.end].iter().any(u8::is_ascii_digit)
                && !bytes[value.start..value.end].contains(&b'(') =>
        {
            Some(Ground::Bare)
        }
        How::Default | How::Cell => Some(Ground::Code),
        How::Space => spaced(bytes, start, end, lead).then_some(Ground::Bare),
        How::Call | How::Argument | How::Compare => None,
        _ => Some(Ground::Code),
    }
}

/// Whether a bar that is drawn stands before a cell: a program printed the table.
fn is_drawn(before: &[u8]) -> bool {
    before.trim_ascii_end().ends_with("│".as_bytes())
}

/// Whether the name at byte `start` stands in quotes.
fn is_quoted(bytes: &[u8], start: usize) -> bool {
    start > 0 && matches!(bytes[start - 1], b'"' | b'\'')
}

/// Whether an option of one or two letters has its value joined to it: `-pPASSWORD`, `-hpYOUR_PASSWORD`.
fn is_glued(name: &[u8]) -> bool {
    let letters = name.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let rest = &name[letters..];
    (1..=2).contains(&letters)
        && !rest.is_empty()
        && rest.iter().all(|b| b.is_ascii_uppercase() || *b == b'_')
}

/// Whether a name and the literal behind it are a clause of SQL: `PASSWORD 'x'`, `… WITH mysql_native_password BY 'x'`.
fn is_sql(bytes: &[u8], start: usize, end: usize, at: usize) -> bool {
    &bytes[start..end] == b"PASSWORD" && bytes[at] == b'\''
        || bytes[end..at].trim_ascii().eq_ignore_ascii_case(b"by")
}

/// Whether `PASS x` is what a client of FTP, POP or IRC says, given the line before: `USER x`, `331 …`.
fn is_told(bytes: &[u8], start: usize) -> bool {
    let Some(before) = bytes[..start].strip_suffix(b"\n") else { return false };
    let line =
        &before[memchr::memrchr(b'\n', before).map_or(0, |i| i + 1).max(before.len().saturating_sub(96))..];
    let value = &bytes[start + 5..bytes.len().min(start + 69)];
    let value = &value[..value.iter().position(|b| *b <= b' ').unwrap_or(value.len())];
    bytes[start..].starts_with(b"PASS ")
        && [&b"USER "[..], b"331", b"+OK"].iter().any(|said| line.starts_with(said))
        || bytes[start..].starts_with(b"pass ")
            && [&b"user "[..], b"username ", b"login "].iter().any(|said| line.starts_with(said))
            && reference::is_strongly_made_up(value)
}

/// Whether what stands before `pass x` says that it is a password: `--pass x`, if someone made that up.
fn is_given(bytes: &[u8], start: usize, value: Value) -> bool {
    is_told(bytes, start)
        || is_of_rclone(&bytes[..start])
        || bytes[..start].ends_with(b" --") && reference::is_strongly_made_up(&bytes[value.start..value.end])
}

/// Whether what stands before `pass x` makes a remote of rclone: `rclone config create nas sftp host H`.
fn is_of_rclone(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(160)..];
    let line = near.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    before.ends_with(b" ") && memchr::memmem::find(line, b"rclone config ").is_some()
}

/// Whether an option that takes a password stands before `pass:x`: `-passin pass:x`, `-k pass:x`.
fn is_pass_option(before: &[u8]) -> bool {
    let word = before.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next().unwrap_or(b"");
    let word = word.strip_suffix(b"'").or(word.strip_suffix(b"\"")).unwrap_or(word);
    before.ends_with(b" ") && word.starts_with(b"-") && memchr::memmem::find(word, b"pass").is_some()
}

/// `#define NAME "value"`, where the name is plain.
fn is_defined(before: &[u8], name: &[u8]) -> bool {
    before.trim_ascii_end().ends_with(b"#define") && meaning(name).is_some_and(|name| name.certain)
}

/// Whether the value stands on a later line than the name that ends at `end`.
fn is_below(bytes: &[u8], end: usize, value: Value) -> bool {
    memchr::memchr(b'\n', &bytes[end..value.start]).is_some()
}

/// Whether a name in quotes is the first argument of a call.
fn opens_call(before: &[u8]) -> bool {
    before.len() > 1 && before[before.len() - 2] == b'('
}

/// Whether `name=value` stands between `;`, a connection string, or among others with blanks between.
fn in_pairs(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = bytes[start.saturating_sub(2)..start].trim_ascii_end();
    before.ends_with(b";")
        || bytes.get(end) == Some(&b';') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
        || is_mounted(&bytes[start.saturating_sub(96)..start])
        || is_pair(&bytes[start.saturating_sub(64)..start]) && !matches!(bytes.get(end), Some(b',' | b')'))
}

/// Whether `before` ends in a list of options that names a login, without blanks: `-o username=bob,`.
fn is_mounted(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b",") else { return false };
    let word =
        before.rsplit(|b| matches!(b, b' ' | b'"' | b'\'' | b'(' | b'\n' | b'{')).next().unwrap_or_default();
    let opened = before.len() > word.len() && matches!(before[before.len() - word.len() - 1], b'(' | b'{');
    !opened
        && (word.starts_with(b"user") || memchr::memmem::find(word, b",user").is_some())
        && word.contains(&b'=')
}

/// Whether `before` ends in `name=value` and a blank.
fn is_pair(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b" ") else { return false };
    let pair = before.rsplit(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'')).next().unwrap_or(b"");
    let Some(sign) = memchr::memchr(b'=', pair) else { return false };
    let name = pair[..sign].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    name && (1..pair.len() - 1).contains(&sign) && !matches!(pair[pair.len() - 1], b',' | b';' | b'(' | b')')
}

/// Whether `name value`, with nothing but blanks between, is a name and its value.
fn spaced(bytes: &[u8], start: usize, end: usize, lead: Lead) -> bool {
    match lead {
        Lead::Option => bytes.get(end) == Some(&b' '),
        Lead::Environment => {
            bytes[start..end].iter().all(|b| !b.is_ascii_lowercase()) || is_configured(&bytes[..start])
        }
        Lead::Parameter => false,
        Lead::Other => {
            is_netrc(bytes, start, end)
                || is_configured(&bytes[..start])
                || is_leveled(bytes, end)
                || is_column(bytes, start, end)
                || is_directive(bytes, start, end)
                || is_registry(&bytes[end..])
        }
    }
}

/// `DefaultPassword    REG_SZ    x`: what a registry holds.
fn is_registry(rest: &[u8]) -> bool {
    let blank = rest.iter().take(32).take_while(|b| **b == b' ').count();
    blank > 1 && rest[blank..].starts_with(b"REG_SZ ")
}

/// `remote_password x`, `auth_pass x`, `Password\tx`: a name, then what someone made up, on a line or in a string of their own.
fn is_directive(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = end + bytes[end..].iter().take(64).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let length = bytes[at..]
        .iter()
        .take(96)
        .take_while(|b| !matches!(b, 0..=b' ' | b'"' | b'\'' | b'`' | b'\\'))
        .count();
    let value = &bytes[at..at + length];
    let ends = matches!(bytes.get(at + length), None | Some(b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'\\'));
    let before = &bytes[start.saturating_sub(48)..start];
    let line = before
        .iter()
        .rposition(|b| matches!(b, b'\n' | b'"' | b'\'' | b'`'))
        .map_or(before, |i| &before[i + 1..]);
    ends && !line.iter().any(u8::is_ascii_alphabetic)
        && meaning(&bytes[start..end]).is_some_and(|name| name.certain)
        && reference::is_strongly_made_up(value)
}

/// `password 0 x`, `secret 5 x`: how a router says in which form the value is.
fn is_leveled(bytes: &[u8], end: usize) -> bool {
    matches!(&bytes[end..bytes.len().min(end + 4)], [b' ', b'0' | b'5' | b'7' | b'8' | b'9', b' ', next] if *next > b' ')
}

/// `NAME    value` on a line of its own: a list of an environment.
fn is_column(bytes: &[u8], start: usize, end: usize) -> bool {
    let sign =
        matches!(&bytes[start.saturating_sub(2)..start], [b'\n', b'+' | b'-' | b' '] | [b'+' | b'-' | b' ']);
    let line = start == 0 || bytes[start - 1] == b'\n' || sign;
    let name = &bytes[start..end];
    let blank = bytes[end..].iter().take(64).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let word = bytes[end + blank..].iter().take(256).take_while(|b| !b.is_ascii_whitespace()).count();
    let value = &bytes[end + blank..end + blank + word];
    let rest = &bytes[end + blank + word..];
    let ends = matches!(rest.first(), None | Some(b'\n' | b'\r'));
    let upper = name.contains(&b'_') && name.iter().all(|b| !b.is_ascii_lowercase());
    line && (blank > 1 || bytes.get(end) == Some(&b'\t'))
        && (upper && ends
            || (ends || rest.starts_with(b"  ") || rest.starts_with(b"\t"))
                && value.iter().any(|b| !b.is_ascii_lowercase() && *b != b'_')
                && has_value_column(&bytes[..start]))
}

/// Whether `before` ends with lines of names and values below a head that says so: `Key   Value` over a rule of dashes, `NAME
/// VALUE  UPDATED`.
fn has_value_column(before: &[u8]) -> bool {
    const MOST: usize = 24;
    let near = &before[before.len().saturating_sub(2048)..];
    let lines = near.strip_suffix(b"\n").unwrap_or(near).rsplit(|b| *b == b'\n').take(MOST);
    for line in lines {
        let mut cells = line.split(|b| matches!(b, b' ' | b'\t' | b'\r')).filter(|cell| !cell.is_empty());
        let head = cells.next().is_some_and(|cell| {
            [&b"key"[..], b"name", b"field", b"variable"].iter().any(|word| cell.eq_ignore_ascii_case(word))
        });
        let second = cells.next();
        if head && second.is_some_and(|cell| cell.eq_ignore_ascii_case(b"value")) {
            return true;
        }
        if second.is_none() {
            return false;
        }
    }
    false
}

/// `aws configure set NAME X`, `npm config set NAME X`.
fn is_configured(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(120)..];
    let line = &near[memchr::memrchr(b'\n', near).map_or(0, |i| i + 1)..];
    if before.ends_with(b"config set --secret ") || memchr::memmem::find(line, b"crudini --set ").is_some() {
        return true;
    }
    // `//registry/:_authToken`
    let name = before.iter().rev().take(96).take_while(|b| !b.is_ascii_whitespace()).count();
    let registry = before[before.len() - name..].starts_with(b"//");
    let before = &before[..before.len() - if registry { name } else { 0 }];
    [&b"configure set "[..], b"config set ", b"poetry config "].iter().any(|c| before.ends_with(c))
}

/// `machine H login U password S`, on one line or several.
fn is_netrc(bytes: &[u8], start: usize, end: usize) -> bool {
    let name = &bytes[start..end];
    let before = &bytes[start.saturating_sub(160)..start];
    let has = |word: &[u8]| memchr::memmem::find(before, word).is_some();
    if matches!(name, b"requirepass" | b"masterauth" | b"auth-pass") {
        return true;
    }
    let told = has(b"login ") && (has(b"machine ") || has(b"default"))
        || has(b"nmcli ")
        || bytes[..start].ends_with(b"\n") && has(b"\nuser ") && has(b"host ");
    (name == b"password" || name == b"passwd") && told
}
