//! `DOMAIN\\login`, as Windows writes who someone is.

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
        vocabulary, word,
    },
    host, name, user,
};
use crate::transcript::text::Field;

/// Longest name of a domain of Windows, in bytes.
const MAX_DOMAIN: usize = 15;

/// Looks at every backslash of a text: a name in capitals before it, a login behind it, and no path around.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    if subject.field == Field::Output && bytes.len() < 80 {
        whole(bytes, hits);
    }
    for at in memchr::memchr_iter(b'\\', bytes) {
        if at >= 3 && bytes[at - 1].is_ascii_alphanumeric() && !bytes[at - 1].is_ascii_lowercase() {
            // In JSON a lone one writes the end of a line.
            let lone = bytes.get(at + 1) != Some(&b'\\');
            if !(lone && subject.is_json()) {
                look(bytes, at, hits);
            }
        }
        if bytes.get(at + 1) == Some(&b'\\') && at.checked_sub(1).is_none_or(|last| bytes[last] != b'\\') {
            share(bytes, at, hits);
        }
    }
}

/// Looks at a text that is all `domain\\login`, as `whoami` prints it on Windows: in small letters.
fn whole(bytes: &[u8], hits: &mut Hits) {
    let end = bytes.trim_ascii_end().len();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let Some(slash) = memchr::memchr(b'\\', &bytes[..end]) else { return };
    let from = slash + 1 + usize::from(bytes[slash + 1..end].starts_with(b"\\"));
    let (domain, login) = (&bytes[..slash], &bytes[from..end]);
    let shaped =
        domain.iter().all(name) && login.iter().all(name) && (2..=MAX_DOMAIN).contains(&domain.len());
    if shaped && login.len() > 2 && distinct::is_unusual(login) {
        user::push_domain(bytes, 0, slash, hits);
        name::login_at(&bytes[..end], from, "user of a Windows domain", hits);
    }
}

/// Looks at the `domain\\login` in the column before byte `at`, in any case of letters.
pub(super) fn before(bytes: &[u8], at: usize, hits: &mut Hits) {
    let (line, _) = word::line(bytes, at, 96);
    let end = line + bytes[line..at].trim_ascii_end().len();
    let start = line + bytes[line..end].iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
    let Some(slash) = memchr::memchr(b'\\', &bytes[start..end]).map(|i| start + i) else { return };
    let login = slash + 1 + usize::from(bytes[slash + 1..end].starts_with(b"\\"));
    if slash > start && !bytes[login..end].contains(&b'\\') {
        user::push_domain(bytes, start, slash, hits);
        name::login_at(&bytes[..end], login, "user of a Windows domain", hits);
    }
}

/// Looks at the backslash at byte `at`.
fn look(bytes: &[u8], at: usize, hits: &mut Hits) {
    let domain = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-';
    let len = bytes[..at].iter().rev().take_while(|b| domain(b)).count();
    let start = at - len;
    let behind = at + bytes[at..].iter().take(2).take_while(|b| **b == b'\\').count();
    let login = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let end = behind + bytes[behind..].iter().take(64).take_while(|b| login(b)).count();
    let group = [&b"Domain Users"[..], b"Domain Admins", b"Domain Computers"];
    if len > 2 && group.iter().any(|group| bytes[behind..].starts_with(group)) {
        user::push_domain(bytes, start, at, hits);
    }
    let shaped =
        (3..=MAX_DOMAIN).contains(&len) && bytes[start].is_ascii_uppercase() && !is_root(&bytes[start..at]);
    let named = end - behind >= 3 && bytes[behind].is_ascii_lowercase() && !is_escape(bytes, behind, end);
    let before =
        matches!(bytes[..start].last(), Some(b'\\' | b'/' | b':' | b'$' | b'%' | b'_' | b'.' | b'}' | b')'));
    let after =
        matches!(bytes.get(end), Some(b'\\' | b'/' | b'(' | b'[' | b'{' | b'=' | b'+' | b'*' | b'$' | b'<'));
    let file =
        memchr::memrchr(b'.', &bytes[behind..end]).is_some_and(|dot| end - behind - dot <= 4 && dot > 0);
    if shaped && named && !before && !after && !file && word::starts_word(bytes, start) {
        user::push_domain(bytes, start, at, hits);
        name::login_at(bytes, behind, "user of a Windows domain", hits);
    }
}

/// Looks at the two backslashes or more at byte `at`, with which the path of a share begins, `\\\\server\\share`: its server.
fn share(bytes: &[u8], at: usize, hits: &mut Hits) {
    let run = |from: usize| bytes[from..].iter().take(16).take_while(|b| **b == b'\\').count();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'$');
    let names = |from: usize| bytes[from..].iter().take(80).take_while(|b| name(b)).count();
    let start = at + run(at);
    let end = start + names(start);
    let inner = end + run(end);
    let shared = names(inner);
    let deep = run(inner + shared) == inner - end;
    let server = &bytes[start..end];
    let telling = server.iter().any(|b| !b.is_ascii_lowercase());
    let before = at
        .checked_sub(1)
        .is_none_or(|i| !bytes[i].is_ascii_alphanumeric() && !matches!(bytes[i], b')' | b'}'));
    if start - at == 2 * (inner - end)
        && server.len() >= 3
        && server[0].is_ascii_alphanumeric()
        && shared >= 2
        && (telling || deep)
        && before
        && !server.starts_with(b"wsl")
        && !server.contains(&b'$')
    {
        host::push(bytes, start, end, "server of a share", hits);
    }
}

/// Whether a name in capitals is where the registry begins, or a device.
fn is_root(name: &[u8]) -> bool {
    name.starts_with(b"HK") || name.starts_with(b"COM") || name.iter().all(u8::is_ascii_digit)
}

/// Whether the letters behind a single backslash may be an escape: `ERROR\nfailed`.
fn is_escape(bytes: &[u8], behind: usize, end: usize) -> bool {
    let single = bytes.get(behind.wrapping_sub(2)) != Some(&b'\\');
    let letter = matches!(bytes[behind], b'n' | b'r' | b't' | b'u' | b'x' | b'b' | b'f' | b'd' | b's' | b'w');
    // A login has no word of its own behind its first letter; two in a row in one text are lines.
    let everyones = || distinct::words(&bytes[behind + 1..end]).all(vocabulary::has);
    single && letter && (end - behind < 5 || bytes[end..].starts_with(b" ") && everyones())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn a_login_of_a_domain_is_told_from_paths_and_escapes() {
        for expected in [
            "signed in as «CORPNET»\\«kavinas»",
            "«CORPNET»\\\\«kavinas» is locked",
            "Group : «CORPNET»\\Domain Users",
            "HKLM\\software\\x and C:\\TEMP\\kavinas and \\\\SERVER\\kavinas",
            "ERROR\\nno such file",
            "ERROR\\nfailed to start, WARN\\ttimeout_reached again",
            "runs as «CORPNET»\\«svc_kavinas» on it; «CORPNET»\\«nzorbik» denied",
            "NT AUTHORITY\\SYSTEM and BUILTIN\\Users",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |h| h.rule.rule().class == Class::Identity), expected);
        }
    }
}
