//! Claude Code's names for project folders: a working directory with every sign as `-`, such as `-home-alice-app`.

use super::name;
use crate::{
    detect::{
        canonical::canonical,
        identity::login,
        subject::{Hit, Hits, Subject},
        word,
    },
    rule::id,
};

/// Longest way before the home directory in a slug, in bytes: `-System-Volumes-Data`.
const MAX_PREFIX: usize = 48;

/// Longest slug, in bytes: Claude Code cuts them at 200 and adds a hash.
pub(super) const MAX_SLUG: usize = 255;

/// The keywords between the way and the user.
static KEYWORDS: &[&[u8]] = &[b"-home-", b"-Users-", b"-users-"];

/// A slug in a text: where it starts, where the user's part starts and ends, where all of it ends.
pub(super) struct Slug {
    /// Its first byte.
    pub(super) start: usize,
    /// First byte of the user's part.
    pub(super) user: usize,
    /// One past the last byte of the user's part.
    pub(super) user_end: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

/// Looks at the `-home-` or `-Users-` at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let Some(slug) = locate(subject, at) else { return };
    let name = &subject.bytes[slug.user..slug.user_end];
    if login::may_be_person(name) && !name::is_placeholder(name) {
        let hit = Hit::new(id::PATH_USER, slug.user, slug.user_end, "home directory in a folder's name");
        hits.push(hit.canonical(canonical(name)));
    }
}

/// The slug around the keyword at byte `at`.
pub(super) fn locate(subject: &Subject<'_>, at: usize) -> Option<Slug> {
    let bytes = subject.bytes;
    if bytes.get(at) != Some(&b'-') {
        return bare(bytes, at);
    }
    let keyword = KEYWORDS.iter().find(|k| bytes[at..].starts_with(k))?;
    let start = start(bytes, at)?;
    let user = at + keyword.len();
    let run = bytes[user..].iter().take(MAX_SLUG).take_while(|b| is_slug(**b)).count();
    // pi puts two hyphens before the slug and two behind it.
    let framed = bytes[start..at] == *b"-"
        && bytes[..user + run].ends_with(b"--")
        && bytes[..start].last().is_none_or(|b| matches!(b, b'/' | b'\n'));
    (framed || is_way(&bytes[start..at], keyword)).then_some(())?;
    let end = trim(bytes, user, user + run);
    let user_end = user_end(subject, start, user, end);
    (user < user_end && !is_option(bytes, start, user_end, end)).then_some(Slug {
        start,
        user,
        user_end,
        end,
    })
}

/// The keywords of a slug without its first hyphen.
static BARE: &[&[u8]] = &[b"home-", b"Users-"];

/// Whether a slug without its first hyphen may start at byte `at`: at the start of a line or in Cursor's folder.
pub(super) fn may_be_bare(bytes: &[u8], at: usize) -> bool {
    let placed = matches!(bytes[..at].last(), None | Some(b'\n' | b'\t'))
        || bytes[..at].ends_with(b"cursor/projects/")
        || bytes[..at].ends_with(b"cursor\\projects\\");
    placed && BARE.iter().any(|keyword| bytes[at..].starts_with(keyword))
}

/// The slug at byte `at` if it is one of Cursor's, which have no hyphen before them: `Users-alice-code-app`. All of a word
/// is one, and the login in it is nobody's that everyone knows.
fn bare(bytes: &[u8], at: usize) -> Option<Slug> {
    let keyword = BARE.iter().find(|k| bytes[at..].starts_with(k)).filter(|_| may_be_bare(bytes, at))?;
    let user = at + keyword.len();
    let end = user + bytes[user..].iter().take(MAX_SLUG).take_while(|b| is_slug(**b)).count();
    let replaced = end.min(user + b"user-000000".len());
    let first = user + memchr::memchr(b'-', &bytes[user..end])?;
    let user_end = if login::is_pseudonym(&bytes[user..replaced]) { replaced } else { first };
    let ends =
        matches!(bytes.get(end), None | Some(b'\n' | b'\r' | b'/' | b'\\' | b'"' | b'\'' | b'`' | b' '));
    let known = user_end == replaced || super::is_own(&bytes[user..user_end]);
    (ends && known && end > user_end + 1).then_some(Slug { start: at, user, user_end, end })
}

fn is_slug(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Where the run of slug characters around byte `at` starts, if a name can start there.
fn start(bytes: &[u8], at: usize) -> Option<usize> {
    let floor = at.saturating_sub(MAX_PREFIX);
    let run = bytes[floor..at].iter().rev().take_while(|b| is_slug(**b)).count();
    let mut start = at - run;
    while start < at && bytes[start] != b'-' && word::follows_escape(bytes, start + 1) {
        start += 1;
    }
    word::starts_word(bytes, start).then_some(start)
}

/// Whether `way` is what a slug has before its `keyword`: nothing, a drive, a mount, a share.
fn is_way(way: &[u8], keyword: &[u8]) -> bool {
    let windows = matches!(way, [b'A'..=b'Z' | b'a'..=b'z', b'-'])
        || matches!(way, [b'-', b'a'..=b'z'])
        || way
            .strip_prefix(b"-mnt-")
            .or_else(|| way.strip_prefix(b"-cygdrive-"))
            .is_some_and(|d| d.len() == 1)
        || way.starts_with(b"--wsl");
    let ways: &[&[u8]] = if keyword == b"-home-" {
        &[b"", b"-var", b"-usr", b"-export", b"-mnt", b"-data", b"-host-mnt", b"-rootfs", b"-net"]
    } else {
        &[b"", b"-System-Volumes-Data", b"-host-mnt", b"-private"]
    };
    match keyword {
        b"-users-" => windows,
        _ => windows || ways.contains(&way) || keyword == b"-Users-" && way.starts_with(b"-Volumes-"),
    }
}

/// Where the user's part ends: as far as the working directory says, else at the next hyphen.
fn user_end(subject: &Subject<'_>, start: usize, user: usize, end: usize) -> usize {
    let bytes = subject.bytes;
    if let Some(len) = subject.cwd.and_then(|cwd| user_in(cwd, &bytes[start..end], user - start)) {
        return user + len;
    }
    if login::is_pseudonym(&bytes[user..end]) {
        return (user + b"user-000000".len()).min(end);
    }
    let next = memchr::memchr(b'-', &bytes[user..end]);
    next.map_or(end, |i| user + i)
}

/// How long the user's part at byte `user` of `slug` is by the working directory `cwd`, whose own slug `slug` is or
/// begins with.
fn user_in(cwd: &[u8], slug: &[u8], user: usize) -> Option<usize> {
    let own = canonical(cwd);
    let shared = own.iter().zip(slug).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let parts = cwd.get(user..)?;
    let len = parts.iter().position(|b| matches!(b, b'/' | b'\\')).unwrap_or(parts.len());
    let border = matches!(slug.get(user + len), None | Some(b'-'));
    (len > 0 && shared >= user + len && border && cwd.is_ascii()).then_some(len)
}

/// `end` without hyphens at the end.
fn trim(bytes: &[u8], from: usize, end: usize) -> usize {
    let dashes = bytes[from..end].iter().rev().take_while(|b| **b == b'-').count();
    end - dashes
}

/// Whether this is an option of a command (`-home-dir x`) and no folder: nothing but a word known from options.
fn is_option(bytes: &[u8], start: usize, user_end: usize, end: usize) -> bool {
    let name = &bytes[start..user_end];
    let folder = start > 0 && matches!(bytes[start - 1], b'/' | b'\\');
    let words: [&[u8]; 8] = [
        b"-home-dir",
        b"-home-directory",
        b"-home-path",
        b"-home-page",
        b"-home-url",
        b"-home-icon",
        b"-home-button",
        b"-home-screen",
    ];
    !folder && end >= user_end && words.contains(&name)
}

/// Whether a component is a slug and nothing else: by its first hyphen, or by a drive's two.
pub(super) fn is_whole(name: &[u8]) -> bool {
    let drive = matches!(name, [b'A'..=b'Z' | b'a'..=b'z', b'-', b'-', ..]);
    let absolute = matches!(name, [b'-', b'A'..=b'Z' | b'a'..=b'z' | b'-', ..]) && name[1..].contains(&b'-');
    (drive || absolute) && name.iter().all(|b| is_slug(*b))
}

/// Whether a slug names a user, whom [`find`] finds.
pub(super) fn has_user(slug: &[u8]) -> bool {
    KEYWORDS
        .iter()
        .any(|keyword| memchr::memmem::find(slug, keyword).is_some_and(|at| is_way(&slug[..at], keyword)))
}

/// What of the working directory `cwd` stands behind byte `from` of `slug`; nothing if the slug is of another folder.
pub(super) fn behind<'c>(cwd: &'c [u8], slug: &[u8], from: usize) -> &'c [u8] {
    let own = canonical(cwd);
    let shared = own.iter().zip(slug).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    if shared > from && cwd.is_ascii() { &cwd[from..] } else { &[] }
}

/// The length of the first component of `slug`, and what of `known`, the path that it may be of, follows it. Where
/// nothing is known, a familiar folder is a component and all the rest is one.
pub(super) fn part<'c>(slug: &[u8], known: &'c [u8]) -> (usize, &'c [u8]) {
    let path = known.iter().position(|b| !matches!(b, b'/' | b'\\')).map_or(&[][..], |i| &known[i..]);
    let len = path.iter().position(|b| matches!(b, b'/' | b'\\')).unwrap_or(path.len());
    let same = len > 0 && slug.len() >= len && canonical(&path[..len]).eq_ignore_ascii_case(&slug[..len]);
    if same && slug.get(len).is_none_or(|b| *b == b'-') {
        return (len, &path[len..]);
    }
    let word = memchr::memchr(b'-', slug).unwrap_or(slug.len());
    let pseudonym = [b"project-".len(), b"dir-".len(), b"mod-".len()].map(|n| n + 6);
    let own = pseudonym.into_iter().find(|&n| slug.len() >= n && login::is_pseudonym(&slug[..n]));
    match own {
        Some(len) => (len, &[]),
        None if super::familiar::is_folder(&slug[..word]) => (word, &[]),
        None => (slug.len(), &[]),
    }
}
