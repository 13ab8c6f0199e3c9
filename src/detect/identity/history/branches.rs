//! Branches: in lists, beside commits, of worktrees and of requests.

use super::{MAX_LINE, Stretch, hash};
use crate::{
    detect::{
        identity::{branch, name},
        subject::{Hits, Subject},
        word,
    },
    transcript::text::Field,
};

/// Most lines of a list of branches.
const MAX_LINES: usize = 500;

/// Whether what stands in parentheses names refs.
pub(super) fn is_decoration(inner: &[u8]) -> bool {
    inner.starts_with(b"HEAD")
        || inner.starts_with(b"tag: ")
        || memchr::memmem::find(inner, b"origin/").is_some()
}

/// Adds the branches in `(HEAD -> premium-rates, origin/main, tag: v1)` at byte `at`; says where what follows starts.
pub(super) fn decorations(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) -> usize {
    let Some(inner) = bytes[at..end].strip_prefix(b" (") else { return at };
    let Some(close) = memchr::memchr(b')', inner) else { return at };
    let inner = &inner[..close];
    let known = is_decoration(inner);
    let refs = |part: &[u8]| !part.contains(&b' ') && part.iter().any(|b| matches!(b, b'-' | b'/' | b'_'));
    if !known && !inner.split(|b| *b == b',').all(|part| refs(part.trim_ascii())) {
        return at;
    }
    let mut from = at + 2;
    for part in inner.split(|b| *b == b',') {
        let to = from + part.len();
        let arrow = memchr::memmem::find(part, b"-> ").map_or(0, |i| i + 3);
        let start = from + arrow + part[arrow..].iter().take_while(|b| **b == b' ').count();
        if !bytes[start..to].starts_with(b"tag:") {
            branch(bytes, (start, to), hits);
        }
        from = to + 1;
    }
    at + 2 + close + 1
}

/// Adds a branch without the remote it is of.
fn branch(bytes: &[u8], (start, end): Stretch, hits: &mut Hits) {
    let text = &bytes[start..end];
    let remotes: [&[u8]; 4] = [b"remotes/origin/", b"remotes/upstream/", b"origin/", b"upstream/"];
    let skip = remotes.iter().find(|r| text.starts_with(r)).map_or(0, |r| r.len());
    if start + skip < end {
        branch::push(bytes, start + skip, end, hits);
    }
}

/// The branch of a line of `git worktree list`: `/srv/x  1f0a9c3 [premium-rates]`.
pub(super) fn worktree(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) {
    let Some(open) = memchr::memrchr(b'[', &bytes[at..end]) else { return };
    let head = bytes[at..at + open].trim_ascii_end();
    let number = head.rsplit(|b| *b == b' ').next().unwrap_or_default();
    if hash(number) == number.len() && number.len() < head.len() {
        branch(bytes, (at + open + 1, end - 1), hits);
    }
}

/// The branch of a line of `gh pr list`: number, title, branch, state, with tabs between.
pub(super) fn request(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) {
    let line = &bytes[at..end];
    if memchr::memchr(b'\t', line).is_none_or(|tab| tab > 7) {
        return;
    }
    let fields: Vec<&[u8]> = line.splitn(5, |b| *b == b'\t').collect();
    if let [number, title, name, state, ..] = fields[..]
        && word::listed(&["closed", "draft", "merged", "open"], state)
        && !name.contains(&b' ')
    {
        let from = at + number.len() + title.len() + 2;
        let owner = memchr::memchr(b':', name).map_or(0, |i| i + 1);
        if owner > 1 {
            name::login_at(&bytes[..from + owner - 1], from, "owner of a branch", hits);
        }
        branch(bytes, (from + owner, from + name.len()), hits);
    }
}

/// What a line of `git branch` names, if it is one: an indent of two, a name, and with `-v` a commit.
fn listed_branch(bytes: &[u8], (start, end): Stretch) -> Option<Stretch> {
    let line = bytes[start..end].trim_ascii_end();
    let text =
        line.strip_prefix(b"  ").or_else(|| line.strip_prefix(b"* ")).or_else(|| line.strip_prefix(b"+ "))?;
    let name =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'#' | b'@' | b'+');
    let len = text.iter().take_while(|b| name(b)).count();
    let rest = text[len..].trim_ascii_start();
    let commit = hash(rest) > 0 && rest.get(hash(rest)).is_none_or(|b| *b == b' ');
    let whole = text.first().is_some_and(u8::is_ascii_alphanumeric)
        && (rest.is_empty() || rest.starts_with(b"-> ") || commit);
    whole.then_some((start + 2, start + 2 + len))
}

/// The branches of a list of which this line, `* premium-rates`, is the one that is checked out.
pub(super) fn branches(subject: &Subject<'_>, (start, end): Stretch, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(current) = listed_branch(bytes, (start, end)) else { return };
    let mut found = vec![current];
    let mut at = start;
    while let Some(before) = at.checked_sub(1).filter(|_| found.len() < MAX_LINES) {
        let (from, to) = word::line(bytes, before, MAX_LINE);
        let Some(branch) = listed_branch(bytes, (from, to)).filter(|_| !bytes[from..].starts_with(b"* "))
        else {
            if bytes[from..].starts_with(b"* ") {
                return;
            }
            break;
        };
        found.push(branch);
        at = from;
    }
    let mut at = end + 1;
    while at < bytes.len() && found.len() < MAX_LINES {
        let (from, to) = (at, memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i));
        if from == to {
            break;
        }
        match listed_branch(bytes, (from, to)) {
            Some(branch) if !bytes[from..].starts_with(b"* ") => found.push(branch),
            // A list of points, or one that goes on.
            _ => return,
        }
        at = to + 1;
    }
    // A point of a list may stand alone in what people say.
    let alone = found.len() == 1
        && (subject.field != Field::Output || !bytes[end.min(bytes.len())..].trim_ascii().is_empty());
    if !alone {
        found.into_iter().for_each(|stretch| branch(bytes, stretch, hits));
    }
}
