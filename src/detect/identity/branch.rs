//! Names of branches.

use super::{
    super::subject::{Hit, Hits, Subject},
    context::value_behind,
    login,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// Looks at the branch behind `On branch` and the like.
pub(super) fn behind(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = if bytes[..end].ends_with(b"/") { end } else { value_behind(bytes, end, 2) };
    let name =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'#' | b'@' | b'+');
    let len = bytes[start..].iter().take(200).take_while(|b| name(b)).count();
    push(bytes, start, start + len, hits);
}

/// Adds the branch in `start..end`, unless it is one that everyone has.
pub(super) fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let end = end - bytes[start..end].iter().rev().take_while(|b| matches!(b, b'.' | b'/')).count();
    let name = &bytes[start..end];
    let prefix = bytes[..end + usize::from(end < bytes.len())].ends_with(b"/");
    let letters = name.first().is_some_and(u8::is_ascii_alphanumeric)
        && name.iter().any(u8::is_ascii_alphabetic)
        && !prefix;
    let dull = COMMON.has(name) || login::is_pseudonym(name) || is_version(name);
    if letters && !dull {
        let hit = Hit::new(id::IDENTITY_BRANCH, start, end, "name of a branch")
            .canonical(name.to_ascii_lowercase());
        let telling = name.len() >= 6 && name.iter().any(|b| matches!(b, b'-' | b'/' | b'_'));
        hits.push(if telling { hit.learn(Learn::Branch) } else { hit });
    }
}

fn is_version(name: &[u8]) -> bool {
    let tail = name.strip_prefix(b"release/").or_else(|| name.strip_prefix(b"release-")).unwrap_or(name);
    let tail = tail.strip_prefix(b"v").unwrap_or(tail);
    tail.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'x'))
}

/// Looks at a text that is a branch.
pub(super) fn whole(subject: &Subject<'_>, hits: &mut Hits) {
    if subject.bytes.len() < 256 && !subject.bytes.contains(&b'\n') {
        push(subject.bytes, 0, subject.bytes.len(), hits);
    }
}

/// Keys of branches; sorted.
pub(super) static KEYS: WordSet = words![
    "base_branch",
    "basebranch",
    "branch",
    "branch_name",
    "branchname",
    "current_branch",
    "currentbranch",
    "head_branch",
    "headbranch",
    "headrefname",
    "source_branch",
    "sourcebranch",
    "target_branch",
    "targetbranch",
];

/// Branches that everyone has; sorted.
static COMMON: WordSet = words![
    "alpha",
    "beta",
    "canary",
    "default",
    "dev",
    "develop",
    "development",
    "edge",
    "fetch_head",
    "gh-pages",
    "head",
    "latest",
    "main",
    "master",
    "next",
    "nightly",
    "orig_head",
    "prod",
    "production",
    "qa",
    "release",
    "stable",
    "staging",
    "test",
    "testing",
    "trunk",
    "unknown",
    "upstream",
];
