//! Logins behind the words, the variables and the commands that carry them.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    address,
    context::value_behind,
    login,
    name::{MAX_LOGIN, REACH, is_login, is_login_shape, is_robot, login_at},
    object,
};
use crate::rule::{Confidence, id};

/// Looks for the names in `uid=501(maribel) gid=20(staff)`.
pub(super) fn identity(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let digits = bytes[end..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && bytes.get(end + digits) == Some(&b'(') {
        let at = login_at(bytes, end + digits + 1, "output of id", hits);
        if let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(b") groups=")) {
            groups(bytes, bytes.len() - rest.len(), hits);
        }
    }
}

/// Adds the groups from byte `at` on: `1000(maribel),27(sudo)`.
fn groups(bytes: &[u8], at: usize, hits: &mut Hits) {
    let mut at = at;
    for _ in 0..64 {
        let digits = bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || bytes.get(at + digits) != Some(&b'(') {
            return;
        }
        let len = bytes[at..].iter().take(MAX_LOGIN).take_while(|b| **b != b')').count();
        let group = &bytes[at + digits + 1..at + len];
        if distinct::is_unusual(group) {
            login_at(bytes, at + digits + 1, "output of id", hits);
        }
        at = (at + len + 2).min(bytes.len());
    }
}

/// Looks for the login behind `USER=` and the like.
pub(super) fn login(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let own = at == 0
        || !matches!(bytes[at - 1], b'_' | b'-' | b'?' | b'&' | b'.' | b';')
        || [&b"SUDO_"[..], b"ansible_", b"ANSIBLE_"].iter().any(|head| bytes[..at].ends_with(head));
    let start = value_behind(bytes, end, 3);
    if word::ends_with(&bytes[..at], b"ansible_") {
        address::first(bytes, at, hits);
    }
    // `user=> ` at the head of a line is a prompt of Clojure's.
    let prompt = bytes[end..].starts_with(b"> ") && (at == 0 || bytes[at - 1] == b'\n');
    if own && !prompt && !matches!(bytes.get(start), Some(b'$' | b'{' | b'<' | b'%')) {
        login_at(bytes, start, "a variable that holds the login", hits);
    }
}

/// Looks for the login of JSON within a text: `"login": "maribel"`.
pub(super) fn quoted(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = value_behind(bytes, end, 6);
    let between = &bytes[end..start];
    let value = between.contains(&b':') && between.ends_with(b"\"");
    let len = bytes[start..].iter().take(MAX_LOGIN).take_while(|b| !matches!(b, b'"' | b'\\')).count();
    let name = &bytes[start..start + len];
    if value && len > 0 && is_login_shape(name) && is_login(name) && !is_robot(name) {
        let hit =
            Hit::new(id::IDENTITY_LOGIN, start, start + len, "key for a login").canonical(canonical(name));
        hits.push(hit.confidence(Confidence::Medium));
        object::around(bytes, start, hits);
    }
}

/// Looks for homes behind a tilde: `~maribel/public_html`.
pub(super) fn tildes(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    for at in memchr::memchr_iter(b'~', bytes) {
        let before = at
            .checked_sub(1)
            .is_none_or(|i| bytes[i].is_ascii_whitespace() || b"\"'`=:(,".contains(&bytes[i]));
        let letter = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        let len = bytes[at + 1..].iter().take(MAX_LOGIN).take_while(|b| letter(b)).count();
        let name = &bytes[at + 1..at + 1 + len];
        if before
            && bytes.get(at + 1 + len) == Some(&b'/')
            && name.first().is_some_and(u8::is_ascii_lowercase)
            && distinct::is_unusual(name)
        {
            login_at(&bytes[..at + 1 + len], at + 1, "home behind a tilde", hits);
        }
    }
}

/// Looks for what `whoami` printed: one word on the next line.
pub(super) fn whoami(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (_, line_end) = word::line(bytes, end, 8);
    let rest = bytes[end..line_end].trim_ascii();
    let start =
        line_end + bytes[line_end..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    if !rest.is_empty() || start == line_end || !word::starts_word(bytes, at) {
        return;
    }
    let (_, next_end) = word::line(bytes, start, 128);
    let start = start + gutter(&bytes[start..next_end]);
    let slash = memchr::memrchr(b'\\', &bytes[start..next_end]).map_or(start, |i| start + i + 1);
    if !bytes[slash..next_end].trim_ascii_end().contains(&b' ') {
        login_at(bytes, slash, "output of whoami", hits);
    }
}

/// Length of what a patch or a listing with line numbers puts before a line.
pub(super) fn gutter(line: &[u8]) -> usize {
    let blank = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let digits = line[blank..].iter().take_while(|b| b.is_ascii_digit()).count();
    match &line[blank + digits..] {
        [0xe2, 0x86, 0x92, ..] if digits > 0 => blank + digits + 3,
        [b'\t', ..] if digits > 0 => blank + digits + 1,
        [b'+' | b'>' | b'|', ..] if digits == 0 => blank + 1,
        _ => 0,
    }
}

/// Length of the element of a page or the quote that a line begins with: `<td>`, `"`.
pub(super) fn markup(line: &[u8]) -> usize {
    match line {
        [b'<', first, ..] if first.is_ascii_lowercase() => {
            line.iter().take(40).position(|b| *b == b'>').map_or(0, |close| close + 1)
        }
        [b'"' | b'\'', ..] => 1,
        _ => 0,
    }
}

/// Looks for the user that a command names: the first argument that is no option; of `useradd`, `usermod` and
/// `userdel` the last one.
pub(super) fn command(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::starts_word(bytes, at) {
        return;
    }
    let (_, line_end) = word::line(bytes, end, 120);
    let last = bytes[at..end].to_ascii_lowercase();
    if last.starts_with(b"user") {
        let stop =
            bytes[end..line_end].iter().position(|b| matches!(b, b';' | b'&' | b'|' | b'"' | b'\'' | b'`'));
        let whole = bytes[end..stop.map_or(line_end, |i| end + i)].trim_ascii_end();
        let word = memchr::memrchr(b' ', whole).map_or(end, |i| end + i + 1);
        login_at(bytes, word, "user of a command", hits);
        return;
    }
    let mut start = end;
    while bytes.get(start) == Some(&b'-') {
        start += bytes[start..line_end].iter().position(|b| *b == b' ').map_or(line_end - start, |i| i + 1);
    }
    // `net user` may stand in a sentence, or be all of the command.
    let word = bytes[start..line_end].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if last.starts_with(b"net ") && vocabulary::has(&bytes[start..start + word]) {
        return;
    }
    let stop = login_at(bytes, start, "user of a command", hits);
    let group = word::ends_with(&bytes[..end], b"chown ") && bytes.get(stop) == Some(&b':');
    if group && stop > start {
        login_at(bytes, stop + 1, "group of a command", hits);
    }
}

/// Looks for `DOMAIN\user` and for the account name of a Windows event.
pub(super) fn domain_user(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = value_behind(bytes, end, REACH);
    let part =
        bytes[start..].iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let slashes = bytes[start + part..].iter().take(2).take_while(|b| **b == b'\\').count();
    if slashes > 0 && part > 0 {
        push_domain(bytes, start, start + part, hits);
        login_at(bytes, start + part + slashes, "user of a Windows domain", hits);
    } else if !bytes[..end].ends_with(b"name") || bytes[end..start].iter().any(|b| matches!(b, b':' | b'=')) {
        login_at(bytes, start, "user of a Windows domain", hits);
    }
}

/// Adds a Windows domain or machine name.
pub(super) fn push_domain(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let builtin = ["authority", "builtin", "font", "iis", "nt", "window", "workgroup"];
    if name.len() > 2 && !word::listed(&builtin, name) && !login::is_pseudonym(name) {
        hits.push(
            Hit::new(id::IDENTITY_MACHINE, start, end, "Windows domain or machine")
                .canonical(canonical(name)),
        );
    }
}
