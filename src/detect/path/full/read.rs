//! Where a path in a text begins and ends, and whether it is one of a disk.

use super::{
    super::{
        familiar, home,
        name::{self, Shape},
        root::{self, Begin, Root},
        separator::{self, Family},
    },
    is_users_tilde,
};
use crate::{detect::subject::Subject, transcript::text::Field};

/// One component.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A path in a text: how it begins, its components, where it ends.
pub(super) struct Path<'a> {
    pub(super) root: Root<'a>,
    pub(super) parts: Vec<Part>,
    pub(super) family: Family,
    pub(super) end: usize,
    /// Whether a separator follows the last component.
    pub(super) open: bool,
}

/// The first separator at or behind byte `at`.
pub(super) fn next_separator(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at;
    loop {
        let found = behind_wall(bytes, from + memchr::memchr3(b'/', b'\\', b'%', &bytes[from..])?);
        if bytes[found] != b'%' || separator::starting(bytes, found).is_some() {
            return Some(found);
        }
        from = found + 1;
    }
}

/// Where the backslashes at byte `at` may be a separator: so many of them as one is written with, if there are more.
fn behind_wall(bytes: &[u8], at: usize) -> usize {
    let count = bytes[at..].iter().take_while(|b| **b == b'\\').count();
    at + count.saturating_sub(separator::MAX_BACKSLASHES)
}

/// Where the URL of a web site ends whose `://` the separator at byte `at` begins; `None` if it is none.
pub(super) fn url_end(bytes: &[u8], at: usize) -> Option<usize> {
    let head = bytes[..at].strip_suffix(b":").filter(|_| bytes[at..].starts_with(b"//"))?;
    let len = head.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+')).count();
    let ends = |b: &u8| {
        b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b')' | b'\\' | b'|')
    };
    let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |i| at + i);
    let url = &bytes[at..end];
    let scheme = &head[head.len() - len..];
    if !matches!(scheme, b"http" | b"https" | b"ws" | b"wss")
        && let Some(slash) = url.get(2..).and_then(|rest| memchr::memchr(b'/', rest)).filter(|len| *len > 0)
        && begins_home(&url[slash + 2..])
    {
        return Some(at + slash + 2);
    }
    if len < 2 || home::is_file_scheme(scheme) || is_of_project(scheme) {
        return None;
    }
    let served = memchr::memmem::find(url, b"/@fs/").map(|i| i + b"/@fs".len());
    let told = || memchr::memchr_iter(b'=', url).map(|i| i + 1).find(|&i| begins_home(&url[i..]));
    Some(served.or_else(told).map_or(end, |i| at + i))
}

/// Whether what stands behind a scheme is a file of the project that an engine or a tool runs: `res://actors/boat.gd`.
pub(super) fn is_of_project(scheme: &[u8]) -> bool {
    matches!(scheme, b"res" | b"user" | b"asset" | b"dbfs" | b"puppet")
}

/// Whether a value in a URL's query is a path into a home: `?file=%2FUsers%2Fmaribel%2Fx`.
fn begins_home(value: &[u8]) -> bool {
    let heads: [&[u8]; 8] = [
        b"/Users/",
        b"/home/",
        b"/root/",
        b"%2FUsers%2F",
        b"%2Fhome%2F",
        b"%2Froot%2F",
        b"file:///",
        b"file%3A%2F%2F%2F",
    ];
    heads.iter().any(|head| value.get(..head.len()).is_some_and(|v| v.eq_ignore_ascii_case(head)))
}

/// The path around the first separator at byte `at`; `parts` is memory that it may take.
pub(super) fn read<'a>(subject: &Subject<'a>, at: usize, parts: &mut Vec<Part>) -> Option<Path<'a>> {
    let bytes = subject.bytes;
    let first = separator::starting(bytes, at)?;
    let root = root::before(bytes, at, first.family)?;
    if first.family == Family::Backslash
        && first.width == 1
        && matches!(root.begin, Begin::Relative(_))
        && subject.is_json()
    {
        // The end of a line, written out.
        return None;
    }
    let windows = first.family == Family::Backslash || root.begin == Begin::Drive;
    let mut shape = Shape { separator: first, windows, start: root.start };
    let relative = matches!(root.begin, Begin::Relative(_));
    parts.clear();
    let parts = std::mem::take(parts);
    let mut path = Path { root, parts, family: first.family, end: at, open: false };
    if relative {
        path.parts.push(Part { start: shape.start, end: at });
    }
    let mut from = at + first.width;
    loop {
        let end = name::end(subject, from, &shape);
        path.open = end == from;
        path.end = end;
        if !path.open {
            path.parts.push(Part { start: from, end });
        }
        let next = separator::starting(bytes, end);
        if let Some(next) = next.filter(|next| from == at + first.width && shape.is_share(*next)) {
            shape.separator = next;
        }
        match next.filter(|s| shape.goes_on(*s)) {
            Some(separator) => from = end + separator.width,
            None => break,
        }
    }
    (!path.parts.is_empty()).then_some(path)
}

/// Whether this is a path of a disk and not a route, a fraction, a choice of words, a type of media.
pub(super) fn is_path(subject: &Subject<'_>, path: &Path<'_>) -> bool {
    let bytes = subject.bytes;
    let text = |part: &Part| &bytes[part.start..part.end];
    let (Some(first), Some(last)) = (path.parts.first().map(text), path.parts.last().map(text)) else {
        return false;
    };
    let extension = memchr::memrchr(b'.', last).filter(|&d| d > 0).map(|d| &last[d + 1..]);
    let file = extension.is_some_and(familiar::is_extension) && !path.open;
    if matches!(subject.field, Field::Path | Field::WorkingDirectory) {
        return true;
    }
    match path.root.begin {
        Begin::Drive => true,
        Begin::Scheme(scheme) => home::is_file_scheme(scheme) || is_of_project(scheme),
        Begin::Absolute if path.family == Family::Backslash => {
            path.parts.len() > 1 && starts_unc(bytes, path)
        }
        Begin::Absolute => familiar::is_root(first) && (path.parts.len() > 1 || !path.open) || file,
        Begin::Relative(b"." | b"..") if path.family == Family::Backslash && has_escapes(bytes, path) => {
            false
        }
        Begin::Relative(name) if is_anchor(name) || is_users_tilde(name) => path.parts.len() > 1,
        Begin::Relative(name)
            if name.iter().all(u8::is_ascii_digit) || bytes[..path.root.start].ends_with(b"node:") =>
        {
            file
        }
        Begin::Relative(_) => {
            (file || is_numbered(&bytes[path.end..])) && is_plain(first)
                || familiar::is_source(first) && path.parts.len() > 1
        }
    }
}

/// Whether what follows the backslashes of a path looks like line breaks and tabs written out: the end of a sentence in a
/// text in a text, `.\n\n- **False`.
fn has_escapes(bytes: &[u8], path: &Path<'_>) -> bool {
    let escape = |part: &Part| match &bytes[part.start..part.end] {
        [b'n' | b'r' | b't'] => true,
        [b'n' | b'r' | b't', next, ..] => !next.is_ascii_lowercase() && !matches!(next, b'_' | b'-' | b'.'),
        _ => false,
    };
    // An item of a list follows the line break.
    let item = |part: &Part| {
        let rest = &bytes[part.start..];
        rest.starts_with(b"n- ") || rest.starts_with(b"n-") && part.end == part.start + 2
    };
    path.parts[1..].iter().any(|part| escape(part) || item(part))
}

/// Whether the number of a line follows, as `grep` writes it: `:12:`.
fn is_numbered(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b":") else { return false };
    let digits = rest.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest.get(digits) == Some(&b':')
}

/// Whether a relative path begins at a known place: `.`, `..`, `~`, a variable.
fn is_anchor(name: &[u8]) -> bool {
    matches!(name, b"." | b".." | b"~")
        || name.starts_with(b"$")
        || name.ends_with(b"}")
        || name.starts_with(b"%") && name.ends_with(b"%")
}

/// Whether a path that begins so leads out of the project: from a home, from what a variable says.
pub(super) fn is_elsewhere(name: &[u8]) -> bool {
    is_anchor(name) && !matches!(name, b"." | b"..") || name.starts_with(b"@")
}

/// Whether the first component of a relative path can be a folder: no host, no scope of a package.
fn is_plain(name: &[u8]) -> bool {
    !name.contains(&b'@') && !name.contains(&b'%') && !name.contains(&b'!')
}

/// Whether the path begins with the backslashes of a share: twice as many as stand between its folders. As many are
/// escapes that were escaped once more: `\\n\\n`.
fn starts_unc(bytes: &[u8], path: &Path<'_>) -> bool {
    let first = bytes[path.root.start..].iter().take_while(|b| **b == b'\\').count();
    let second =
        path.parts.first().map_or(0, |part| bytes[part.end..].iter().take_while(|b| **b == b'\\').count());
    first >= 2 && first > second
}
