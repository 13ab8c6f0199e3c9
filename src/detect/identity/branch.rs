//! Names of branches.

use super::{
    super::{
        code::distinct,
        subject::{Hit, Hits, Subject},
    },
    context::value_behind,
    login, message,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id, transcript::text::Field};

/// Looks at the branch behind `On branch` and the like.
pub(super) fn behind(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = if bytes[..end].ends_with(b"/") { end } else { value_behind(bytes, end, 2) };
    let name =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'#' | b'@' | b'+');
    let len = bytes[start..].iter().take(200).take_while(|b| name(b)).count();
    push(bytes, start, start + len, hits);
}

/// Looks at the word behind `branch`, or in quotes before it, if it is made like a branch: ``branch `zorb-retry` ``.
pub(super) fn told(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !matches!(subject.field, Field::Prose | Field::Answer | Field::Output | Field::Free) {
        return;
    }
    let small = [&b"is "[..], b"named ", b"called ", b"to "];
    let from = end + small.iter().find(|word| bytes[end..].starts_with(word)).map_or(0, |word| word.len());
    let mark = bytes[from..].iter().take(3).take_while(|b| matches!(b, b'`' | b'\'' | b'"' | b'*')).count();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'#');
    let len = bytes[from + mark..].iter().take(100).take_while(|b| name(b)).count();
    let (start, stop) = (from + mark, from + mark + len);
    let quoted = mark > 0 && matches!(bytes.get(stop), Some(b'`' | b'\'' | b'"' | b'*'));
    if is_topic(&bytes[start..stop], quoted) {
        push(bytes, start, stop, hits);
    }
    let head = bytes[..at].strip_suffix(b" ").and_then(|head| head.strip_suffix(b"`"));
    let open = head.and_then(|head| memchr::memrchr(b'`', &head[head.len().saturating_sub(100)..]));
    if let (Some(head), Some(open)) = (head, open) {
        let start = head.len().saturating_sub(100) + open + 1;
        if head[start..].iter().all(name) && is_topic(&head[start..], true) {
            push(bytes, start, head.len(), hits);
        }
    }
}

/// Whether a word beside `branch` is one: of words with signs between, one of them unusual, or a single unusual one in quotes.
fn is_topic(text: &[u8], quoted: bool) -> bool {
    let joined = text.iter().any(|b| matches!(b, b'-' | b'_' | b'/'));
    let file = memchr::memrchr(b'.', text).is_some_and(|dot| text.len() - dot < 6);
    text.len() > 3 && !file && (joined || quoted) && distinct::is_unusual(text)
}

/// Adds the branch in `start..end`, unless it is one that everyone has.
pub(super) fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let end = end - bytes[start..end].iter().rev().take_while(|b| matches!(b, b'.' | b'/')).count();
    let name = &bytes[start..end];
    let prefix = bytes[..end + usize::from(end < bytes.len())].ends_with(b"/");
    let letters = name.first().is_some_and(u8::is_ascii_alphanumeric)
        && name.iter().any(u8::is_ascii_alphabetic)
        && !prefix;
    let example =
        |part: &[u8]| part.starts_with(b"your-") || part.starts_with(b"my-") || part.starts_with(b"some-");
    let dull = name.split(|b| *b == b'/').any(example)
        || COMMON.has(name)
        || login::is_pseudonym(name)
        || is_version(name);
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
    let bytes = subject.bytes;
    if bytes.len() < 256 && !bytes.contains(&b'\n') {
        push(bytes, 0, bytes.len(), hits);
        in_branch(bytes, hits);
    }
}

/// Adds the ticket in a branch, to be known alone: `LEDGER-42` in `feature/LEDGER-42-rates`.
fn in_branch(bytes: &[u8], hits: &mut Hits) {
    for dash in memchr::memchr_iter(b'-', bytes) {
        let letters = bytes[..dash].iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
        let digits = bytes[dash + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if letters > 1 && digits > 0 {
            message::ticket(bytes, dash - letters, dash + 1 + digits, hits);
        }
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
    "gitbranch",
    "gitbranchname",
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
