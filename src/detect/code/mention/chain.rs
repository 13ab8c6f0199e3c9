//! Qualified names: `com.acme.ledger.QuoteService.bind`, `acme_ledger.quotes.Rate`, `ledger::quotes::bind`.
//!
//! One whose first parts are a library's stays as it is. Of one that is a project's own, the names of packages go as the
//! folders do that hold them, so that a package and its folder have one pseudonym.

use super::{
    super::super::identity::login,
    super::super::{canonical::canonical, path, subject::Hit},
    Page, context, distinct, is_letter, roots,
};
use crate::rule::id;

/// The least length of a name of one word that says something, in bytes.
const WORD: usize = 4;

/// Whether the chain around the name at `start..end` begins as a library's does.
pub(super) fn is_public(bytes: &[u8], start: usize, end: usize) -> bool {
    let (from, to) = context::chain(bytes, start, end);
    is_library(&bytes[from..to])
}

/// Whether a qualified name begins as a library's does.
pub(super) fn is_library(chain: &[u8]) -> bool {
    let mut parts = parts(chain).map(|(start, end)| &chain[start..end]);
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    // `io.Reader`, and not `io.acme.ledger`.
    if first == b"io" && parts.next().is_none() {
        return true;
    }
    let mut parts = parts_behind(chain);
    // `o.s.b.w.TomcatWebServer`: how loggers shorten `org.springframework…`.
    let shortened = matches!((first, second), (b"o" | b"c" | b"i", [_]));
    if roots::ROOTS.has(first) || shortened && matches!(second, b"s" | b"a" | b"h" | b"j" | b"e" | b"n") {
        return true;
    }
    is_top(first) && (roots::GROUPS.has(second) || second == b"github" && parts.next().is_some_and(is_group))
}

/// The parts of a qualified name behind the second.
fn parts_behind(chain: &[u8]) -> impl Iterator<Item = &[u8]> {
    parts(chain).skip(2).map(|(start, end)| &chain[start..end])
}

/// Whether an owner's name is one of a library's.
fn is_group(name: &[u8]) -> bool {
    roots::GROUPS.has(name)
}

/// Whether a part of a package's name says only under which domain it stands.
pub(super) fn is_top(name: &[u8]) -> bool {
    roots::TOPS.has(name)
}

/// The parts of a qualified name, where they start and end.
pub(super) fn parts(chain: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += chain[at..].iter().take_while(|b| !is_letter(**b)).count();
        let start = at;
        at += chain[at..].iter().take_while(|b| is_letter(**b)).count();
        (start < at).then_some((start, at))
    })
}

/// Adds the packages before the name at byte `start`, which is a project's, if it has two or more or stands under a domain.
pub(super) fn packages(page: &mut Page<'_, '_>, start: usize) {
    let bytes = page.bytes;
    let (from, _) = context::chain(bytes, start, start);
    let head = &bytes[from..start];
    let count = parts(head).count();
    let owned = || says(&bytes[from..from + head.len() - 1]) && bytes[from].is_ascii_lowercase();
    let nested = count > 1 || count == 1 && (head.ends_with(b"::") || head.ends_with(b".") && owned());
    if nested && context::mark(bytes, from, from + 1) != context::Mark::Other {
        own(page, from, start);
    }
}

/// Adds what says something in the packages of a project, `from..to`.
pub(super) fn own(page: &mut Page<'_, '_>, from: usize, to: usize) {
    let chain = &page.bytes[from..to];
    let found: Vec<_> = parts(chain)
        .enumerate()
        .filter(|&(index, (start, end))| {
            says(&chain[start..end]) && !(index == 0 && is_top(&chain[start..end]))
        })
        .map(|(_, (start, end))| (from + start, from + end))
        .collect();
    for (start, end) in found {
        part(page, start, end);
    }
}

/// Adds a folder of a project, unless it is one that everyone has.
pub(super) fn folder(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let name = &page.bytes[start..end];
    if name.len() > 2 && !path::is_common_name(name) && !login::is_pseudonym(name) {
        let hit = Hit::new(id::PATH_DIR, start, end, "package of a project").canonical(canonical(name));
        page.hits.push(hit);
    }
}

/// Adds a part of a chain: a package as its folder, a type and a function as what they are.
fn part(page: &mut Page<'_, '_>, start: usize, end: usize) {
    let name = &page.bytes[start..end];
    let call = page.bytes.get(end).is_none_or(|b| !matches!(b, b'.' | b':' | b'/' | b'\\' | b'#'));
    if name[0].is_ascii_uppercase()
        || call
        || name.windows(2).any(|p| p[0].is_ascii_lowercase() && p[1].is_ascii_uppercase())
    {
        let known = distinct::is_telling(name);
        page.push(start, end, known);
    } else {
        let hit = Hit::new(id::PATH_DIR, start, end, "package of a project").canonical(canonical(name));
        page.hits.push(hit);
    }
}

/// Whether a part of a project's qualified name says something.
fn says(name: &[u8]) -> bool {
    name.len() >= WORD
        && !path::is_common_name(name)
        && !name.starts_with(b"__")
        && (distinct::is_telling(name) || distinct::is_unusual(name) && !distinct::is_public(name))
}
