//! Values near a word that means a secret, in the syntax of any language or tool.

mod call;
mod form;
mod insert;
mod name;
mod record;
mod separator;
mod setter;
mod sibling;
mod value;

pub(super) use call::find as find_call;
pub(super) use name::{Kind, Name, meaning};
pub(super) use value::literal;

use super::{
    reference,
    secret::Word,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::{
    rule::{Confidence, id},
    transcript::text::{Field, Role},
};
use separator::{How, Link};
use value::Value;

/// How plainly the bytes at a place are a value and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// Bare, where code would have a name or a call: `password = x`.
    Code,
    /// In quotes, where a list would have names: `("password", "x")`.
    Listed,
    /// Bare, where only values stand: a shell's assignment, an option, a parameter of a URL.
    Bare,
    /// In quotes, or all of a JSON value.
    Literal,
}

/// How much of a value is looked at to tell what it is, in bytes.
const JUDGED: usize = 512;

/// Looks at the word at byte `at` of the subject and at what follows it.
pub(super) fn find(subject: &Subject<'_>, at: usize, word: Word, hits: &mut Hits) {
    let bytes = subject.bytes;
    if is_word(bytes, at, b"identified by") {
        if names_user(&bytes[at.saturating_sub(160)..at]) {
            identified_by(bytes, at + 13, hits);
        }
        return;
    }
    let Word { start, end, name } = word;
    let Some(name) = name.filter(|_| !is_qualified(&bytes[..start]) && !is_in_value(bytes, start)) else {
        return;
    };
    if matches!(bytes.get(end), Some(b',' | b')' | b'"' | b'`' | b'\'' | b']' | b'\\')) {
        insert::find(bytes, (start, end), name, hits);
        insert::find_listed(bytes, (start, end), name, hits);
    }
    if let Some(at) = setter::typed(bytes, end) {
        return take_literal(name, subject, at, hits);
    }
    if bytes[..start].ends_with(b"<") && matches!(bytes.get(end..end + 2), Some(b">\"" | b">'")) {
        // A placeholder in quotes: `"<your-password>"`.
        return;
    }
    if let Some(value) = form::find(bytes, start, end).or_else(|| sibling::before(bytes, start)) {
        return take(name, subject, value, hits);
    }
    let Some(link) = separator::after(bytes, start, end) else { return };
    let Some(value) = value::read(bytes, link.at, link.how) else { return };
    let lead = Lead::of(bytes, start);
    let Some(ground) = ground(bytes, (start, end), link, value, lead) else {
        if link.how == How::Space {
            retry_after_type(subject, name, value, hits);
        }
        return;
    };
    let ground = match ground {
        Ground::Code if name.certain && !value.quoted && record::is_line(bytes, start, value.end) => {
            Ground::Bare
        }
        ground => ground,
    };
    let value = narrow(bytes, value, lead);
    let member = bytes[value.start..value.end].rsplit(|b| *b == b'.').next().is_some_and(|last| {
        last.len() >= 4 && value.end - value.start > last.len() && bytes[start..end].ends_with(last)
    });
    let option = link.how == How::Element && is_option(&bytes[value.start..value.end]);
    if member || option || value.quoted && is_own_name(&bytes[start..end], &bytes[value.start..value.end]) {
        return;
    }
    if let Some((confidence, evidence)) = judge(name, &bytes[value.start..value.end], ground, subject.field) {
        push(hits, value.start, value.end, confidence, evidence);
        // What a plan changes it to.
        if value.quoted && bytes[value.end..].starts_with(b"\" -> ") {
            take_literal(name, subject, value.end + 5, hits);
        }
        return;
    }
    if value.quoted && (name.kind == Kind::Auth || link.how == How::Call && takes_login(&bytes[start..end])) {
        second_literal(bytes, value.end, hits);
    }
    retry_after_type(subject, name, value, hits);
    alternative(subject, name, value, hits);
}

/// `SSL_TXT_kPSK "kPSK"`: a name for its own spelling.
fn is_own_name(name: &[u8], value: &[u8]) -> bool {
    value.len() >= 4
        && name.len() >= value.len()
        && name[name.len() - value.len()..].eq_ignore_ascii_case(value)
}

/// Whether `word` stands at `at`, in any case.
fn is_word(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word))
}

/// Whether a statement of SQL names a user or a role before its `IDENTIFIED BY`.
fn names_user(before: &[u8]) -> bool {
    let statement = memchr::memrchr(b';', before).map_or(before, |i| &before[i + 1..]);
    statement.windows(6).any(|w| {
        [&b" user "[..], b"grant ", b" role "].iter().any(|word| w[..word.len()].eq_ignore_ascii_case(word))
    })
}

/// SQL: `CREATE USER u IDENTIFIED BY 'x'`.
fn identified_by(bytes: &[u8], at: usize, hits: &mut Hits) {
    let at = separator::skip_blanks(bytes, at);
    let at = at + if is_word(bytes, at, b"password ") { 9 } else { 0 };
    let name = Name { kind: Kind::Password, certain: true };
    let Some(value) = value::read(bytes, at, How::Space) else { return };
    let ground = if value.quoted { Ground::Literal } else { Ground::Code };
    if let Some((sure, evidence)) = judge(name, &bytes[value.start..value.end], ground, Field::Free) {
        push(hits, value.start, value.end, sure, evidence);
    }
}

/// Whether a call of that name takes a login and a password: `new NetworkCredential("u", "p")`.
fn takes_login(name: &[u8]) -> bool {
    [&b"credential"[..], b"credentials", b"auth", b"authentication"]
        .iter()
        .any(|w| name.len() >= w.len() && name[name.len() - w.len()..].eq_ignore_ascii_case(w))
}

/// `auth=("user", "password")`: the literal after the one that ends at `end`.
fn second_literal(bytes: &[u8], end: usize, hits: &mut Hits) {
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
fn alternative(subject: &Subject<'_>, name: Name, value: Value, hits: &mut Hits) {
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

/// What a key asks for that is a question: `What is the admin password?`
fn asked(key: &[u8]) -> Option<Name> {
    let question = key.trim_ascii().strip_suffix(b"?").or_else(|| key.trim_ascii().strip_suffix(b":"))?;
    let word = question.trim_ascii_end().rsplit(|b| *b == b' ').next()?;
    meaning(word).filter(|name| name.certain && word.len() < question.len())
}

/// Takes the literal at `at`, if there is one, for a value under `name`.
fn take_literal(name: Name, subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if let Some(found) = literal(bytes, at) {
        take(name, subject, found, hits);
    }
}

/// Takes a value that stands under `name` beyond doubt.
fn take(name: Name, subject: &Subject<'_>, found: Value, hits: &mut Hits) {
    let value = &subject.bytes[found.start..found.end];
    if let Some((sure, evidence)) = judge(name, value, Ground::Literal, subject.field) {
        push(hits, found.start, found.end, sure, evidence);
    }
}

/// Looks at a whole text whose own key means a secret.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let (Some(key), Role::Value | Role::Number) = (subject.key, subject.role) else { return };
    if key.len() < 2 || key.len() > name::LONGEST || subject.bytes.len() > value::LONGEST {
        return;
    }
    let Some(name) = meaning(key).or_else(|| asked(key)) else { return };
    let text = subject.bytes.trim_ascii();
    let start = subject.bytes.len() - subject.bytes.trim_ascii_start().len();
    if let Some((confidence, _)) = judge(name, text, Ground::Literal, Field::Free) {
        push(hits, start, start + text.len(), confidence, "the value of a key that means a secret");
    }
}

/// Whether something is typed into the field whose name ends at `end`.
pub(super) fn is_typed(bytes: &[u8], end: usize) -> bool {
    setter::typed(bytes, end).is_some()
}

/// Adds a hit unless another word of the same name has.
fn push(hits: &mut Hits, start: usize, end: usize, confidence: Confidence, evidence: &'static str) {
    if start < end && !is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_ASSIGNMENT, start, end, evidence).confidence(confidence));
    }
}

/// Whether one of the latest hits has this span.
pub(super) fn is_known(hits: &Hits, start: usize, end: usize) -> bool {
    hits.iter().rev().take(8).any(|hit| hit.span.start() == start && hit.span.end() == end)
}

/// Whether what stands before a name makes it a type's (`AWS::AccessToken`) or a placeholder's.
fn is_qualified(before: &[u8]) -> bool {
    before.ends_with(b"REDACTED:") || before.ends_with(b"::")
}

/// Whether the name stands in the value of another: `password=password=x`.
fn is_in_value(bytes: &[u8], start: usize) -> bool {
    let Some(sign) = start.checked_sub(1).filter(|&i| bytes[i] == b'=' && i > 0) else { return false };
    let other =
        name_around(bytes, sign - 1).and_then(|(from, to)| meaning(&bytes[from..to]).filter(|_| to == sign));
    other.is_some_and(|name| name.certain)
}

/// The name around byte `at`: letters, digits, `_`, `-`, `.`, and what is not ASCII.
pub(super) fn name_around(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let left = (0..at.min(name::LONGEST)).take_while(|i| is_name(bytes, at - 1 - i)).count();
    let right = (at..bytes.len().min(at + name::LONGEST)).take_while(|&i| is_name(bytes, i)).count();
    if left >= name::LONGEST || right >= name::LONGEST {
        return None;
    }
    let (mut start, mut end) = (at - left, at + right);
    while start < end && matches!(bytes[start], b'-' | b'.') {
        start += 1;
    }
    while end > start && matches!(bytes[end - 1], b'-' | b'.') {
        end -= 1;
    }
    (start <= at && at < end).then_some((start, end))
}

/// Whether the byte at `i` may be one of a name: ASCII, or a part of a Latin or Cyrillic letter.
fn is_name(bytes: &[u8], i: usize) -> bool {
    let letter = |lead: u8| matches!(lead, 0xc3..=0xc5 | 0xd0 | 0xd1);
    match bytes[i] {
        b'_' | b'-' | b'.' => true,
        b @ 0x80..=0xbf => i > 0 && letter(bytes[i - 1]) && b != 0x97,
        b => b.is_ascii_alphanumeric() || letter(b),
    }
}

/// What stands before a name and says what kind of place this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// `?name=`, `&name=`, `#name=`.
    Parameter,
    /// `--name`, `-name`, `/name:`.
    Option,
    /// `export name`, `-e name`, `ENV name`, a line's start before an upper-case name.
    Environment,
    /// Anything else.
    Other,
}

impl Lead {
    fn of(bytes: &[u8], start: usize) -> Self {
        let before = &bytes[start.saturating_sub(32)..start];
        match before.last() {
            Some(b'?' | b'&') => return Self::Parameter,
            Some(b'#') if before.len() > 1 && !before[before.len() - 2].is_ascii_whitespace() => {
                return Self::Parameter;
            }
            // At a line's start it is the sign of a patch.
            Some(b'-') if before.len() > 1 && before[before.len() - 2] != b'\n' => return Self::Option,
            Some(b';') if before.ends_with(b"&amp;") => return Self::Parameter,
            _ => {}
        }
        let trimmed = before.trim_ascii_end();
        let word = trimmed
            .rsplit(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'$' | b'`'))
            .next()
            .unwrap_or(b"");
        // Behind the sign of a patch or the number of a line.
        let word = word.iter().rposition(|b| *b >= 0x80).map_or(word, |i| &word[i + 1..]);
        let word = if word.len() > 2 { word.strip_prefix(b"+").unwrap_or(word) } else { word };
        const ENVIRONMENT: &[&str] = &[
            "export",
            "-e",
            "--env",
            "env",
            "ENV",
            "ARG",
            "set",
            "setx",
            "SET",
            "declare",
            "-x",
            "-gx",
            "--build-arg",
            "-Ux",
            "-xg",
            "config:set",
            "secrets",
            "readonly",
            "local",
            "--set",
            "--set-string",
            "--from-literal",
            "+",
            "-D",
            "sudo",
            "-env",
            "-var",
            "--var",
            "setenv",
            "SetEnv",
            "env:set",
            "-Uxg",
            "etcdctl",
        ];
        let glued = word == b"+" && trimmed.len() == before.len();
        let known = !glued && ENVIRONMENT.iter().any(|e| e.as_bytes() == word)
            || word.ends_with(b"--from-literal=")
            || word.ends_with(b"--build-arg=")
            || word.ends_with(b"--env=")
            || word.ends_with(b"env:")
            || is_put(trimmed);
        if known { Self::Environment } else { Self::Other }
    }
}

/// `consul kv put app/`, `etcdctl put /app/`: what stands before the last part of a key that is given a value.
fn is_put(before: &[u8]) -> bool {
    let path = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"/_-.".contains(b)).count();
    path > 0 && before.ends_with(b"/") && before[..before.len() - path].ends_with(b" put ")
}

/// On which ground the value stands; none where such a link carries no value.
fn ground(bytes: &[u8], name: (usize, usize), link: Link, value: Value, lead: Lead) -> Option<Ground> {
    let (start, end) = name;
    let verb = bytes[start..end].eq_ignore_ascii_case(b"pass");
    let path = bytes[..start].ends_with(b"/");
    match link.how {
        How::Space if path && lead == Lead::Environment => {
            return (bytes.get(link.at) != Some(&b'-')).then_some(Ground::Bare);
        }
        How::Space if verb && is_told(bytes, start) => return Some(Ground::Bare),
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
        How::Default | How::Cell => Some(Ground::Code),
        How::Space => spaced(bytes, start, end, lead).then_some(Ground::Bare),
        How::Call | How::Argument | How::Compare => None,
        _ => Some(Ground::Code),
    }
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
    bytes[start..].starts_with(b"PASS ") && (line.starts_with(b"USER ") || line.starts_with(b"331"))
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
        || is_pair(&bytes[start.saturating_sub(64)..start]) && !matches!(bytes.get(end), Some(b',' | b')'))
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
        Lead::Other => is_netrc(bytes, start, end) || is_leveled(bytes, end) || is_column(bytes, start, end),
    }
}

/// `password 0 x`, `secret 5 x`: how a router says in which form the value is.
fn is_leveled(bytes: &[u8], end: usize) -> bool {
    matches!(&bytes[end..bytes.len().min(end + 4)], [b' ', b'0' | b'5' | b'7' | b'8' | b'9', b' ', next] if *next > b' ')
}

/// `NAME    value` on a line of its own: a list of an environment.
fn is_column(bytes: &[u8], start: usize, end: usize) -> bool {
    let line = start == 0 || bytes[start - 1] == b'\n';
    let name = &bytes[start..end];
    let blank = bytes[end..].iter().take(64).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let word = bytes[end + blank..].iter().take(256).take_while(|b| !b.is_ascii_whitespace()).count();
    line && (blank > 1 || bytes.get(end) == Some(&b'\t'))
        && name.contains(&b'_')
        && name.iter().all(|b| !b.is_ascii_lowercase())
        && matches!(bytes.get(end + blank + word), None | Some(b'\n' | b'\r'))
}

/// `aws configure set NAME X`, `npm config set NAME X`.
fn is_configured(before: &[u8]) -> bool {
    if before.ends_with(b"config set --secret ") {
        return true;
    }
    // `//registry/:_authToken`
    let name = before.iter().rev().take(96).take_while(|b| !b.is_ascii_whitespace()).count();
    let registry = before[before.len() - name..].starts_with(b"//");
    let before = &before[..before.len() - if registry { name } else { 0 }];
    [&b"configure set "[..], b"config set "].iter().any(|c| before.ends_with(c))
}

/// `machine H login U password S`, on one line or several.
fn is_netrc(bytes: &[u8], start: usize, end: usize) -> bool {
    let name = &bytes[start..end];
    let before = &bytes[start.saturating_sub(160)..start];
    let has = |word: &[u8]| memchr::memmem::find(before, word).is_some();
    if matches!(name, b"requirepass" | b"masterauth" | b"auth-pass") {
        return true;
    }
    (name == b"password" || name == b"passwd") && has(b"login ") && (has(b"machine ") || has(b"default"))
}

/// A parameter of a URL ends at `&` and `#`.
fn narrow(bytes: &[u8], value: Value, lead: Lead) -> Value {
    if lead != Lead::Parameter {
        return value;
    }
    let cut = bytes[value.start..value.end].iter().position(|b| matches!(b, b'&' | b'#' | b')' | b'>'));
    Value { end: value.start + cut.unwrap_or(value.end - value.start), ..value }
}

/// `password: str = "x"`: what looked like the value was its type.
fn retry_after_type(subject: &Subject<'_>, name: Name, value: Value, hits: &mut Hits) {
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

/// Whether `value` on `ground` is the secret that `name` speaks of, how surely, and why.
pub(super) fn judge(
    name: Name,
    value: &[u8],
    ground: Ground,
    field: Field,
) -> Option<(Confidence, &'static str)> {
    let value = &value[..value.len().min(JUDGED)];
    if reference::is_explained(value) || ground != Ground::Literal && is_option(value) {
        return None;
    }
    let code = match ground {
        _ if name.kind == Kind::Password && reference::is_word_list(value) => false,
        Ground::Code => reference::is_code(value),
        Ground::Listed => reference::is_word_of_code(value),
        Ground::Bare | Ground::Literal => false,
    };
    if code {
        return None;
    }
    let _ = field;
    let shape = Shape::of(value);
    let random = shape.looks_random();
    let sure = if random { Confidence::High } else { Confidence::Medium };
    match name.kind {
        Kind::Password => is_password(value, shape, ground, name.certain)
            .then_some((sure, "a value after a word for password")),
        Kind::Pin => is_pin(value).then_some((Confidence::Medium, "digits after a word for a code")),
        Kind::Secret => is_secret(value, shape, ground, name.certain)
            .then_some((sure, "a value after a word for a secret")),
        Kind::Token => is_token(shape, value, ground, name.certain)
            .then_some((sure, "a value after a word for a key or token")),
        Kind::Auth => is_auth(shape, value).then_some((sure, "a value after a word for authorization")),
    }
}

fn is_password(value: &[u8], shape: Shape, ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return certain && ground == Ground::Literal && is_phrase(value, shape);
    }
    if shape.digits == shape.len {
        return shape.len >= if ground <= Ground::Listed { 6 } else { 4 };
    }
    match ground {
        _ if !certain => shape.looks_random(),
        Ground::Code | Ground::Listed => {
            shape.len >= 5 && !(shape.reads_as_words() && shape.digits == 0) || reference::is_word_list(value)
        }
        Ground::Bare | Ground::Literal => shape.len >= 4,
    }
}

/// `--plaintext`, `-deststorepass`: an option, not the value of the one before.
fn is_option(value: &[u8]) -> bool {
    let dashes = value.iter().take_while(|b| **b == b'-').count();
    (1..=2).contains(&dashes)
        && value.len() > dashes + 2
        && value[dashes..].iter().all(|b| b.is_ascii_lowercase() || *b == b'-')
}

/// Words that people would read, not remember: `Enter your password`.
#[expect(clippy::too_many_lines, reason = "a list of words")]
pub(super) fn is_phrase(value: &[u8], shape: Shape) -> bool {
    const READ: &[&str] = &[
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "cannot",
        "do",
        "does",
        "enter",
        "for",
        "forgot",
        "from",
        "has",
        "if",
        "in",
        "incorrect",
        "invalid",
        "is",
        "it",
        "least",
        "match",
        "must",
        "new",
        "not",
        "of",
        "on",
        "or",
        "password",
        "passwords",
        "please",
        "required",
        "reset",
        "should",
        "that",
        "the",
        "their",
        "this",
        "to",
        "token",
        "use",
        "user",
        "was",
        "will",
        "with",
        "wrong",
        "you",
        "your",
        "secret",
        "key",
        "characters",
        "confirm",
        "current",
        "old",
        "change",
        "set",
        "passwd",
        "login",
        "failed",
    ];
    let words = value.split(|b| *b == b' ').filter(|w| !w.is_empty());
    let control = value.iter().any(|b| *b < b' ');
    let read = words.clone().any(|w| READ.iter().any(|r| w.eq_ignore_ascii_case(r.as_bytes())));
    !control && !read && shape.len <= 64 && (3..=8).contains(&words.count())
}

fn is_pin(value: &[u8]) -> bool {
    (4..=8).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
}

fn is_secret(value: &[u8], shape: Shape, ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return false;
    }
    let mixed = shape.digits > 0 && shape.letters() > 0 || shape.symbols > 1 && !shape.reads_as_words();
    shape.looks_random()
        || (certain && shape.len >= 6 && mixed && (ground > Ground::Listed || !shape.reads_as_words()))
        || certain && ground != Ground::Listed && is_chosen(value, shape)
}

/// Whether a person may have chosen the value, who is known for words with a number or a sign: `garnet9803`, `Cherry!71`,
/// `K3ttle582`; no name, version or algorithm.
fn is_chosen(value: &[u8], shape: Shape) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"!@#$%^&*?+~".contains(b);
    let hyphened = |b: &u8| plain(b) || *b == b'-';
    let counted = shape.digits >= 2 && value.iter().all(hyphened)
        || shape.digits == 1 && shape.symbols > 0 && value.iter().all(plain);
    (8..=40).contains(&shape.len) && shape.letters() >= 4 && counted && !reference::speaks_of_itself(value)
}

/// Whether small letters, capitals and digits are mixed as in no name: a digit with a letter after it.
fn is_mixed(value: &[u8], shape: Shape) -> bool {
    shape.len >= 12
        && shape.upper >= 2
        && shape.lower >= 2
        && shape.digits >= 1
        && value.windows(2).any(|w| w[0].is_ascii_digit() && w[1].is_ascii_alphabetic())
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"_-+/=~!@#$%^&*?".contains(b))
        && !reference::speaks_of_itself(value)
}

fn is_token(shape: Shape, value: &[u8], ground: Ground, certain: bool) -> bool {
    if shape.blank > 0 {
        return certain && is_salt(shape);
    }
    if certain {
        let short_hex = shape.hex && shape.len >= 12 && shape.digits >= 3 && shape.letters() >= 3;
        let set = ground != Ground::Listed;
        return shape.looks_random()
            || short_hex
            || set && (is_chosen(value, shape) || is_mixed(value, shape))
            || is_uuid(value)
            || (shape.digits == shape.len && shape.len >= 12);
    }
    shape.looks_random() && shape.len >= 16 && !(shape.hex && ground == Ground::Listed)
}

/// A long string of any printable characters, the blank too: a salt of WordPress.
fn is_salt(shape: Shape) -> bool {
    (40..=128).contains(&shape.len)
        && shape.symbols >= 8
        && shape.digits >= 2
        && shape.blank <= 4
        && !shape.reads_as_words()
}

fn is_auth(shape: Shape, value: &[u8]) -> bool {
    super::header::decodes_to_login(value)
        || shape.blank == 0
            && shape.len >= 12
            && shape.looks_random()
            && value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=-_.~".contains(b))
}

/// 8-4-4-4-12 hexadecimal digits.
fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, keyed};

    #[test]
    fn finds_values_in_every_syntax() {
        for text in [
            "DB_PASSWORD=«tr0ub4dor&3x»",
            "export DB_PASSWORD='«tr0ub4dor»' && make",
            "db.password = \"«vatitqRakSUAm»\"",
            "users:\n  - name: reporter\n    password: '«Tr0ub4dor-NiDl»'",
            "password: «hunter2»\n",
            r#"{\"password\": \"«x7Kq9z»\", \"a\": 1}"#,
            r#"{\\\"password\\\": \\\"«x7Kq9z»\\\"}"#,
            "<password>«hunter2»</password>",
            "<add key=\"DbPassword\" value=\"«hunter2»\" />",
            "- name: DB_PASSWORD\n  value: «hunter2»\n",
            "{\"name\": \"DB_PASSWORD\", \"value\": \"«hunter2»\"}",
            "password := \"«hunter2»\"",
            ":password => '«hunter2»'",
            "password: str = \"«hunter2»\"",
            "setPassword(\"«hunter2»\")",
            "os.getenv(\"DB_PASSWORD\", \"«hunter2»\")",
            "process.env.DB_PASSWORD || '«hunter2»'",
            "${DB_PASSWORD:-«hunter2»}",
            "localStorage.setItem('token', '«x7Kq9zB2mW4v»')",
            "Server=tcp:sql1,1433;User ID=crm;Password=«ubyTXtOxxvKpOMBlxp»;Encrypt=true;",
            "cmd --password «hunter2» --x",
            "cmd --token=«x7Kq9zB2mW4v» --x",
            "docker run -e DB_PASSWORD=«hunter2» app",
            "machine ftp.internal.example login deploy password «GyTgv0GIIxYH»",
            "//npm-registry.example/:_authToken=«7cb90ac0-c274-4e07-9b63-f955dfccb2ce»",
            "GET /api?limit=5&access_token=«x7Kq9zB2mW4v»&page=2 200",
            "| password | «hunter2» |",
            "$env:DB_PASSWORD = \"«hunter2»\"",
            "Config { password: \"«hunter2»\".to_string() }",
            "const dd_api_key = '«8c6372521fd4b3afb659a21f4c8c5609»';",
            "setx API_TOKEN «x7Kq9zB2mW4v»",
            "ENV DB_PASSWORD «hunter2»",
            "aws configure set aws_secret_access_key «tZnadFFuah28SbFOTgYUnySn5Shtm1sN»",
            "new NetworkCredential(\"bob\", \"«hunter2»\")",
            "public string Password { get; set; } = \"«hunter2!»\";",
            "INSERT INTO users (name, password) VALUES ('bob', '«hunter2»');",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_values_by_what_stands_around_them() {
        for text in [
            r#"{"columns":["id","user","password"],"rows":[[1,"bob","«Comet84x»"],[2,"eve","«Comet85y»"]]}"#,
            r#"{\"fields\": [\"user\", \"password\"], \"values\": [\"bob\", \"«Comet84x»\"]}"#,
            "password, err := f(); session.Login(\"bob\", \"«Comet!84x»\")",
            "char password[32] = \"«Comet84x»\";",
            "var password = []byte(\"«Comet84x»\")",
            "{password, \"«Comet84x»\"}",
            "{\"password\":{\"value\":\"«Comet84x»\"}}",
            "[\"password\"]=>\n  string(8) \"«Comet84x»\"",
            "username bob password 0 «Comet84x»",
            "331 Please specify the password.\nPASS «Comet84x»\n",
            "driver.find_element(By.ID, \"password\").send_keys(\"«Comet84x»\")",
            "page.fill('input[name=\"password\"]', '«sunflower»')",
            "std::env::var(\"DB_PASSWORD\").unwrap_or(\"«sunflower»\".into())",
            "openssl enc -aes256 -pass pass:«harbor-lemon-saddle-violet» -in a",
            "psql \"host=h user=bob password=«sunflower»\"",
            "<password type=\"string\">«Comet84x»</password>",
            "<property name=\"password\"><value>«Comet84x»</value></property>",
            "db_password = \"«Comet84x»\" -> \"«Comet85y»\"",
            "setenv DB_PASSWORD «Comet84x»",
            "consul kv put app/db_password «Comet84x»",
            "password: !!str «Comet84x»",
            "INSERT INTO `users` (`id`, `api_key`) VALUES (7, '«x7Kq9zB2mW4v»'), (8, '«q71edERoC5IO»')",
            "API_KEY=«garnet9803»",
            "tool --api-key \"«apple7220»\" list",
            "#define APP_API_KEY \"«Hunter1987»\"",
            "define('APP_JWT_SECRET', '«Carbon2002»');",
            "  access_token: «cobalt1399»\n",
            "APP_SECRET_KEY := «CactusCopper31»",
            "encryptionKey: `«springBanjo95»`,",
            "private_token = '«Cherry!71»'",
            "SECRET_KEY=«sbsate3LLMpio_D»",
            "keyStorePassword=«IAvCKxrSlJHoOrmQ»",
            "tool --password=«gpTU7li4NHT6F0fetfpDBw1venOonyNT» --yes",
            "mvn deploy -Dsonar.login=«birch5104»",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_is_no_secret() {
        for text in [
            "password = os.environ[\"DB_PASSWORD\"]",
            "const token = await getToken({ audience });",
            "def verify_password(password: str, hashed: str) -> bool:",
            "  secretKeyRef:\n    name: db-credentials\n    key: password",
            "\"max_tokens\": 4096, \"input_tokens\": 18233",
            "API_KEY_HEADER = \"X-Api-Key\"",
            "run: echo ${{ secrets.NPM_TOKEN }} > /dev/null",
            "token: ***",
            "secret santa list is in secrets.md; password reset flow is described in password.md",
            "password: string | null;",
            "let token: Option<String> = None;",
            "connect(user=user, password=password)",
            "api_key=api_key or os.environ.get(\"API_KEY\")",
            "if password == other_password:",
            "password = getpass.getpass()",
            "token: \"[REDACTED:secret:7f3a9c]\"",
            "DB_PASSWORD=[REDACTED:secret:7f3a9c]",
            "<input type=\"password\" name=\"password\" placeholder=\"Enter your password\">",
            "password: \"Password must be at least 8 characters\"",
            "password: Yup.string().min(8).required(\"Password is required\"),",
            "INSERT INTO users (name, password) VALUES (?, ?)",
            "INSERT INTO users (name, password) VALUES (:name, :password)",
            "token_algorithm = \"HmacSha256\"",
            "api_key = \"test-key-12345\"",
            "const token = \"token123\"",
            "api_key: \"YourApiKeyHere123\"",
            "secretName = \"app-secret-2024\"",
            "  \"publish\",\n  \"pwd\",\n  \"pyargs\",\n",
            "h.add_password('basic_test_realm', url, user)",
            "pwd = os.getcwd()",
            "MLKEM768X25519PrivateKey = rust_openssl.hpke.MLKEM768X25519PrivateKey\nKEM = rust_openssl.hpke.KEM\n",
            "We set --pass=late in this command",
            "class ReassociatePass : public PassInfoMixin<ReassociatePass> {\npublic:\n  using S = V<int>;",
            "DEVSTAT_PRIORITY_PASS = 0x030,",
            "// > FEAT_LSE implements the functionality identified by the value 0b0010.",
            "// > FEAT_LS64 implements the functionality identified by 0b0001.",
            "#define FIPS_KEY_STRING \"f4556650ac31d35461610bac4ed81b1a181b2d8a43ea2854cbae22ca74560813\"",
            "#define SSL_TXT_kPSK \"kPSK\"",
            "#define SECURITY_SET_PASSWORD\t\t0xBA",
            "+Password string `json:\"password\"`",
            "{\"simple_pass\": {\"code\": \"pass\\n\"}}",
            "password = \"@@DB_PASSWORD@@\"",
            "jwt.sign({ id }, '<password>', { expiresIn: '1h' })",
            "UPDATE users SET password = '<password>' WHERE name = 'admin';",
            "<param name=\"password\" value=\"&lt;password&gt;\"/>",
            "rootpw --plaintext changeme",
            "a\n-hasło jest nieprawidłowe",
            "-password field missing",
            "keytool -srcstorepass <PASSWORD> -deststorepass <PASSWORD>",
            "kubectl create secret generic db --from-file=password=./pw.txt",
            "openssl rsa -passin pass:$1 -in k",
            "string password = \"dummy\";",
        ] {
            check(text);
        }
    }

    #[test]
    fn a_key_that_means_a_secret_makes_its_value_one() {
        for (key, value, found) in [
            ("password", "hunter2", true),
            ("clientSecret", "x7Kq9zB2mW4v", true),
            ("X_TOKEN", "7cb90ac0-c274-4e07-9b63-f955dfccb2ce", true),
            ("passphrase", "orchid lamp river stone", true),
            ("password", "the password is wrong", false),
            ("token_type", "x7Kq9zB2mW4v", false),
            ("uuid", "7cb90ac0-c274-4e07-9b63-f955dfccb2ce", false),
        ] {
            assert_eq!(keyed(key, value), found, "{key}");
        }
    }
}
