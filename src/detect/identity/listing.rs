//! Columns that hold users: of files, processes, sessions, accounts, lines' authors.

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
        word,
    },
    address, history, host, name, remote, table, user,
};
use crate::detect::words::{WordSet, words};

/// Longest line that is looked at as a row, in bytes.
const MAX_LINE: usize = 512;

/// Most rows of a table of processes.
const MAX_ROWS: usize = 10_000;

/// The words of a row, as ranges in `bytes`.
fn columns(bytes: &[u8], start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut columns = Vec::new();
    let mut at = start;
    while at < end && columns.len() < 8 {
        at += bytes[at..end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let len = bytes[at..end].iter().take_while(|b| !matches!(b, b' ' | b'\t')).count();
        if len > 0 {
            columns.push((at, at + len));
        }
        at += len;
    }
    columns
}

/// Owner and group of `-rw-r--r--  1 maribel staff  1024 May 17 10:00 x`, and of `maribel/staff` in an archive.
pub(super) fn files(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(mode) = bytes.get(at..at + 10) else { return };
    let kind = matches!(mode[0], b'-' | b'd' | b'l' | b's' | b'p' | b'b' | b'c');
    let bits = mode[1..].iter().all(|b| matches!(b, b'r' | b'w' | b'x' | b'-' | b's' | b'S' | b't' | b'T'));
    if !kind || !bits {
        return;
    }
    let (_, end) = word::line(bytes, at, MAX_LINE);
    let row = columns(bytes, at + 10, end);
    let is_number = |&(s, e): &(usize, usize)| bytes[s..e].iter().all(u8::is_ascii_digit);
    let mut row = row.iter().filter(|&&(s, e)| !matches!(&bytes[s..e], b"@" | b"+" | b"."));
    let Some(first) = row.next() else { return };
    // HDFS counts the copies of files there, and of folders none.
    if is_number(first) || bytes[first.0..first.1] == *b"-" {
        for &(start, _) in row.take(2) {
            name::login_at(bytes, start, "owner or group of a file", hits);
        }
    } else if let Some(slash) = memchr::memchr(b'/', &bytes[first.0..first.1]) {
        name::login_at(bytes, first.0, "owner of an archived file", hits);
        name::login_at(bytes, first.0 + slash + 1, "group of an archived file", hits);
    } else if let Some(second) = row.next()
        && row.next().is_some()
        && is_owner(&bytes[first.0..first.1])
        && is_owner(&bytes[second.0..second.1])
    {
        name::login_at(bytes, first.0, "owner of a file", hits);
        name::login_at(bytes, second.0, "group of a file", hits);
    }
}

/// Whether a cell can be an owner: a letter, then letters, digits and signs.
fn is_owner(cell: &[u8]) -> bool {
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    cell.first().is_some_and(letter)
        && cell.iter().all(|b| letter(b) || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'))
}

/// The first column of all rows below a heading such as `USER PID %CPU`; of `top` the second.
pub(super) fn processes(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, mut end) = word::line(bytes, at, MAX_LINE);
    let heading = columns(bytes, start, end);
    let users = |&&(s, e): &&(usize, usize)| matches!(&bytes[s..e], b"USER" | b"UID");
    let Some(column) = heading.iter().position(|c| users(&c)) else { return };
    let last = column + 1 == heading.len();
    for _ in 0..MAX_ROWS {
        let next = end + bytes[end..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let (row, row_end) =
            (next, memchr::memchr2(b'\n', b'\r', &bytes[next..]).map_or(bytes.len(), |i| next + i));
        let cells = columns(bytes, row, row_end.min(row + MAX_LINE));
        let process = cells.iter().take(3).any(|&(s, e)| bytes[s..e].iter().all(u8::is_ascii_digit));
        if next == end || !process {
            return;
        }
        let cell = if last && column > 2 { cells.last() } else { cells.get(column) };
        if let Some(&(cell, _)) = cell {
            name::login_at(bytes, cell, "owner of a process", hits);
        }
        end = row_end;
    }
}

/// The first column of a row of processes without a heading, in which byte `at` stands: a user, a number, more numbers.
pub(super) fn process(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let row = columns(bytes, start, end);
    let number = |&(s, e): &(usize, usize)| bytes[s..e].iter().all(|b| b.is_ascii_digit() || *b == b'.');
    if row.len() > 6 && row[1..4].iter().all(number) && !number(&row[0]) {
        name::login_at(bytes, row[0].0, "owner of a process", hits);
    }
}

/// The first column of a row of `who`, `w` or `last`, whose terminal stands at byte `at`.
pub(super) fn sessions(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let terminal = bytes[at..].starts_with(b" tty") || bytes[at..].starts_with(b" TTY");
    if terminal && !bytes[at + 4..].iter().take(3).any(u8::is_ascii_digit) {
        return;
    }
    let (start, end) = word::line(bytes, at, MAX_LINE);
    let start = start + user::gutter(&bytes[start..end]);
    let row = columns(bytes, start + user::markup(&bytes[start..end]), end);
    if let [(first, _), (second, _), _, _, ..] = row[..]
        && second.abs_diff(at + 1) < 2
    {
        name::login_at(bytes, first, "row of a session", hits);
        origin(bytes, end, hits);
        if let Some(&(from, to)) = row.get(2)
            && address::is_domain(&bytes[from..to])
        {
            host::push(bytes, from, to, "origin of a session", hits);
        }
    } else {
        process(subject, at, at, hits);
    }
}

/// Where a session comes from: `(laptop.ledgerly.net)` at the end of its row.
fn origin(bytes: &[u8], end: usize, hits: &mut Hits) {
    let Some(row) = bytes[..end].trim_ascii_end().strip_suffix(b")") else { return };
    let Some(open) = memchr::memrchr(b'(', &row[row.len().saturating_sub(128)..]) else { return };
    let start = row.len() - row.len().min(128) + open + 1;
    let name = &row[start..];
    let shaped = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    if shaped && name.iter().any(u8::is_ascii_alphabetic) {
        host::push(bytes, start, row.len(), "origin of a session", hits);
    }
}

/// The login and the name in a line of `/etc/passwd`, the login in one of `/etc/shadow`, the members in one of
/// `/etc/group`; `at` is the colon behind the login.
pub(super) fn passwd(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (line_start, line_end) = word::line(bytes, at, MAX_LINE);
    let head = &bytes[line_start..at];
    let start = line_start
        + head
            .iter()
            .rposition(|b| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b':' | b'>'))
            .map_or(0, |i| i + 1);
    let fields: Vec<_> = bytes[end..line_end].split(|&b| b == b':').collect();
    let number = |i: usize| fields.get(i).is_some_and(|f| !f.is_empty() && f.iter().all(u8::is_ascii_digit));
    let secret = bytes[at + 1] == b'$';
    if start == at || !(secret || number(0)) {
        return;
    }
    let offset = |i: usize| end + fields[..i].iter().map(|f| f.len() + 1).sum::<usize>();
    if secret || number(1) {
        name::login_at(bytes, start, "line of an account", hits);
    }
    let names = if bytes[at..end] == *b":*:" && fields.len() > 6 { 5 } else { 2 };
    if number(1) && fields.len() >= 5 {
        let full = fields[names].split(|&b| b == b',').next().unwrap_or_default();
        if full.contains(&b' ') && full.iter().any(u8::is_ascii_uppercase) && !is_service(full) {
            name::push_person(bytes, offset(names), offset(names) + full.len(), hits);
        }
    } else if number(0) && fields.len() == 2 {
        let mut from = offset(1);
        for member in fields[1].split(|&b| b == b',') {
            name::login_at(bytes, from, "member of a group", hits);
            from += member.len() + 1;
        }
    }
}

/// The user in a line of `/etc/crontab`, from byte `at` to `end`: when, who, what.
pub(super) fn crontab(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let blank = bytes[at..end].iter().take(8).position(|b| matches!(b, b' ' | b'\t'));
    let second = blank.and_then(|i| bytes[at + i..end].trim_ascii_start().first());
    if !second.is_some_and(|b| b.is_ascii_digit() || *b == b'*') {
        return;
    }
    let row = columns(bytes, at, end.min(at + MAX_LINE));
    let time = |&(s, e): &(usize, usize)| {
        bytes[s..e].iter().all(|b| b.is_ascii_digit() || matches!(b, b'*' | b'/' | b',' | b'-'))
    };
    let [.., (user, user_end), (program, _)] = row.get(..7).unwrap_or_default() else { return };
    let begins = matches!(bytes[*program], b'/' | b'[') || bytes[*program..].starts_with(b"cd ");
    if row[..5].iter().all(time)
        && begins
        && is_owner(&bytes[*user..*user_end])
        && !bytes[*user..*user_end].ends_with(b".sh")
        && !STARTERS.has(&bytes[*user..*user_end])
    {
        name::login_at(bytes, *user, "user of a job", hits);
    }
}

/// Programs that run another one, in a table of jobs that names no users; sorted.
static STARTERS: WordSet = words![
    "bash", "chronic", "env", "exec", "find", "flock", "ionice", "nice", "node", "perl", "php", "python",
    "python3", "ruby", "sh", "sudo", "test", "timeout", "zsh",
];

/// The author in a row of `git shortlog -sn`, whose number starts at byte `at`: right in a column of six, as the numbers of
/// lines are, which go on by one.
pub(super) fn shortlog(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let digits = bytes[at..end].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let start = at + digits + 1;
    if bytes.get(at + digits) != Some(&b'\t') || start >= end {
        return;
    }
    let number = |at: usize| -> Option<u64> {
        let text = bytes.get(at..)?.trim_ascii_start();
        let len = text.iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        std::str::from_utf8(&text[..len]).ok()?.parse().ok()
    };
    let this = number(at).unwrap_or(0);
    let above = at.checked_sub(digits + 8).map(|near| word::line(bytes, near, 200).0).and_then(number);
    let below = bytes.get(end).and_then(|_| number(end + 1));
    // Numbers of lines go on by one; a row alone may be a line of a file.
    let alone = above.is_none() && below.is_none();
    let counts = above.is_some_and(|above| above + 1 == this) || below == Some(this + 1);
    let name_end = name::name_end(bytes, start);
    let whole = bytes[name_end..end].trim_ascii().is_empty();
    if !alone && !counts && whole && bytes[start..name_end].contains(&b' ') {
        name::push_person(bytes, start, name_end, hits);
    } else if above.is_some_and(|above| above >= this) && distinct::is_unusual(bytes[start..end].trim_ascii())
    {
        let login = bytes[start..end].trim_ascii();
        if login.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) && login.len() > 4 {
            name::login_at(bytes, start, "author in a list of authors", hits);
        }
    }
}

/// The author in a row of `sort | uniq -c`, whose number starts at byte `at`: right in a column of seven.
pub(super) fn counted(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let digits = bytes[at..end].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    let start = at + digits + 1;
    let (line, _) = word::line(bytes, at, 80);
    if start < end && bytes[start - 1] == b' ' && at + digits == line + 7 {
        let name = name::name_end(bytes, start);
        let words = bytes[start..name].iter().filter(|b| **b == b' ').count();
        if name == end && (1..3).contains(&words) && history::is_name(&bytes[start..end]) {
            name::push_person(bytes, start, end, hits);
        }
    }
}

/// The author of a revision in `svn log`: `r4821 | maribel | 2026-03-02 …` from byte `at` to the end of the line.
pub(super) fn revision(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    const PART: &[u8] = b" | ";
    let digits = bytes[at + 1..end].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    let author = at + 1 + digits + PART.len();
    if !bytes[at + 1 + digits..end].starts_with(PART) {
        return;
    }
    let Some(len) = memchr::memmem::find(&bytes[author..end], PART) else { return };
    let dated = bytes.get(author + len + PART.len()).is_some_and(u8::is_ascii_digit);
    if dated && !bytes[author..author + len].contains(&b' ') {
        name::login_at(&bytes[..author + len], author, "author of a revision", hits);
    }
}

/// The author above the subjects of `git shortlog`: `Maribel Ortiz (14):` from byte `at` to the end of the line.
pub(super) fn shortlog_heading(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let name = name::name_end(bytes, at);
    let count = bytes[name..end].strip_prefix(b" (").and_then(|rest| rest.strip_suffix(b"):"));
    let indented = bytes[end..].starts_with(b"\n      ");
    if indented && count.is_some_and(|n| n.iter().all(u8::is_ascii_digit)) && bytes[at..name].contains(&b' ')
    {
        name::push_person(bytes, at, name, hits);
    }
}

/// The bucket in a row of `aws s3 ls`: `2026-05-11 09:12:33 ledgerly-backups` from byte `at` to the end of the line.
pub(super) fn bucket(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    const STAMP: usize = b"2026-05-11 09:12:33 ".len();
    let line = &bytes[at..end];
    let dated = line.len() > STAMP + 2
        && line[4] == b'-'
        && line[10] == b' '
        && line[13] == b':'
        && line[16] == b':'
        && line[STAMP - 1] == b' ';
    let name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    if dated && line[STAMP..].iter().all(name) {
        table::object(bytes, at + STAMP, end, hits);
    }
}

/// The user in a line of a web server's log: `203.0.113.9 - maribel [21/May/2026:…`.
pub(super) fn access(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let address = bytes[at..end].iter().take(40).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let rest = &bytes[at + address..end];
    let dated =
        memchr::memmem::find(rest, b" [").is_some_and(|i| rest.get(i + 2).is_some_and(u8::is_ascii_digit));
    if address > 6 && rest.starts_with(b" - ") && dated {
        name::login_at(bytes, at + address + 3, "user in a server's log", hits);
    }
}

/// The owners in a line of `CODEOWNERS`: a pattern of paths, then users and teams.
pub(super) fn owners(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let line = &bytes[at..end];
    if memchr::memchr(b'@', line).is_none_or(|i| i == 0 || !matches!(line[i - 1], b' ' | b'\t')) {
        return;
    }
    let words = columns(bytes, at, end);
    // `x.py:14:  @property` is a line of a file.
    let placed = words.first().is_some_and(|&(s, e)| bytes[s..e].contains(&b':'));
    if words.len() < 2 || placed || !words[1..].iter().all(|&(s, e)| bytes[s..e].contains(&b'@')) {
        return;
    }
    for &(start, end) in words[1..].iter().filter(|&&(s, _)| bytes[s] == b'@') {
        match memchr::memchr(b'/', &bytes[start..end]) {
            Some(slash) => {
                remote::push_org(bytes, start + 1, start + slash, hits);
                remote::push_org(bytes, start + slash + 1, end, hits);
            }
            None => {
                name::login_at(bytes, start + 1, "owner of code", hits);
            }
        }
    }
}

/// Whether the name of an account is that of a service.
fn is_service(name: &[u8]) -> bool {
    let words: [&[u8]; 20] = [
        b"user",
        b"daemon",
        b"server",
        b"system",
        b"service",
        b"services",
        b"account",
        b"manager",
        b"network",
        b"agent",
        b"bug",
        b"list",
        b"mail",
        b"print",
        b"privilege",
        b"gnats",
        b"unprivileged",
        b"administrator",
        b"resolver",
        b"queue",
    ];
    words.iter().any(|w| word::has_word(name, w)) || name.starts_with(b"systemd")
}

/// The author in `^1f0a9c3 (Maribel Ortiz 2024-05-17 10:00:00 +0200 12)`; `at` is the blank before the zone.
pub(super) fn blame(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, _) = word::line(bytes, at, 160);
    let head = &bytes[start..at];
    let Some(stamp) = head.len().checked_sub(b"2024-05-17 10:00:00".len()) else { return };
    let time = &head[stamp..];
    let shaped = time.iter().enumerate().all(|(i, b)| match i {
        4 | 7 => *b == b'-',
        10 => *b == b' ',
        13 | 16 => *b == b':',
        _ => b.is_ascii_digit(),
    });
    let Some(open) = memchr::memrchr(b'(', &head[..stamp]).filter(|_| shaped) else { return };
    let name = head[open + 1..stamp].trim_ascii_end();
    if !name.is_empty() && name != b"Not Committed Yet" && name.contains(&b' ') {
        name::push_person(bytes, start + open + 1, start + open + 1 + name.len(), hits);
    } else if !name.is_empty() && name != b"Not Committed Yet" {
        name::login_at(bytes, start + open + 1, "author of a line", hits);
    }
}
