//! Two names with a slash between, where nothing of a program says what they are: a branch by its first word, its ticket or
//! the word beside it, a repository by `#42` or the word beside it.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        path,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    branch, login, owner,
};
use crate::detect::words::{WordSet, words};
use crate::{rule::id, simd, transcript::text::Field};

/// Longest name beside a slash, in bytes.
const MAX_NAME: usize = 80;

/// How much before a pair may say what it is, in bytes.
const BEFORE: usize = 24;

/// Why a pair was found.
const EVIDENCE: &str = "two names with a slash between";

/// A pair: where it starts, its slash, where it ends.
type Pair = (usize, usize, usize);

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Looks at every slash of a text in which someone says something, or a program does.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !matches!(subject.field, Field::Prose | Field::Answer | Field::Output | Field::Free) {
        return;
    }
    // Where the name behind the slash before ends: a slash there is one of a path.
    let mut named = usize::MAX;
    for at in simd::places(b'/', bytes) {
        let of_path = at == named;
        let len = bytes[at + 1..].iter().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
        named = at + 1 + len;
        let inner = !of_path
            && at > 0
            && bytes[at - 1].is_ascii_alphanumeric()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
            && bytes.get(named) != Some(&b'/');
        if let Some(pair) = inner.then(|| pair(bytes, at, named)).flatten() {
            look(bytes, pair, hits);
        }
    }
}

/// The pair around the slash at byte `at`, with a name behind it up to `end`, if it is no part of a path, an address or a
/// file's name.
fn pair(bytes: &[u8], at: usize, mut end: usize) -> Option<Pair> {
    let floor = at.saturating_sub(MAX_NAME);
    let len = bytes[floor..at].iter().rev().take_while(|b| is_name_byte(**b)).count();
    let mut start = at - len;
    while start < at && word::follows_escape(bytes, start) && !bytes[start..at].is_empty() {
        start += 1;
    }
    let outer = matches!(
        bytes[..start].last(),
        Some(b'/' | b'\\' | b':' | b'@' | b'~' | b'$' | b'}' | b'%' | b'+' | b'#' | b'<')
    );
    while matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let goes_on =
        matches!(bytes.get(end), Some(b'/' | b'\\' | b'(' | b'*' | b'{' | b'$' | b'<' | b'@' | b':' | b'='))
            && !(bytes[end] == b':' && bytes.get(end + 1).is_none_or(|b| b.is_ascii_whitespace()));
    // `checkout("feature/x")` is code.
    let called = bytes[..start].ends_with(b"(\"") || bytes[..start].ends_with(b"('");
    let shaped = start < at && !called && bytes[start].is_ascii_alphanumeric() && end > at + 2;
    let file = memchr::memrchr(b'.', &bytes[at + 1..end]).is_some();
    (shaped && !outer && !goes_on && !file).then_some((start, at, end))
}

/// Looks at a pair: a branch, or a repository with its owner.
fn look(bytes: &[u8], (start, slash, end): Pair, hits: &mut Hits) {
    let (first, second) = (&bytes[start..slash], &bytes[slash + 1..end]);
    if login::is_pseudonym(second)
        || second.starts_with(b"your-")
        || second.starts_with(b"my-")
        || owner::PLACEHOLDERS.has(second)
        || matches!(second, b"xyz" | b"abc" | b"foo")
    {
        return;
    }
    let numbered =
        matches!(bytes.get(end), Some(b'#' | b'!')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    if numbered || is_repository(bytes, (start, slash, end)) {
        push_repository(bytes, (start, slash, end), hits);
    } else if is_branch(first, second) || is_called(bytes, (start, end)) && distinct::is_unusual(second) {
        branch::push(bytes, start, end, hits);
    }
}

/// Adds owner and name of a repository, but for those of everyone.
fn push_repository(bytes: &[u8], (start, slash, end): Pair, hits: &mut Hits) {
    let (first, second) = (&bytes[start..slash], &bytes[slash + 1..end]);
    let common = path::is_common_name(first) || owner::is_public(first) || owner::PLACEHOLDERS.has(first);
    let known = distinct::is_public(first) || distinct::is_public(second) && first == second;
    if !common && !known && first.len() > 1 && (distinct::is_unusual(first) || distinct::is_unusual(second)) {
        // Whose it is, nothing says: elsewhere the names stay.
        let hit =
            |rule, start, end| Hit::new(rule, start, end, EVIDENCE).canonical(canonical(&bytes[start..end]));
        hits.push(hit(id::IDENTITY_ORG, start, slash));
        hits.push(hit(id::IDENTITY_REPOSITORY, slash + 1, end));
    }
}

/// Whether the word beside a pair says that it is a repository: `repo ledgerly/premia`, `ledgerly/premia on GitHub`.
fn is_repository(bytes: &[u8], (start, _, end): Pair) -> bool {
    let (head, rest) = (before(bytes, start), &bytes[end..]);
    let rest = rest.strip_prefix(b"`").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let behind: [&[u8]; 5] = [b" on GitHub", b" on github", b" on GitLab", b" repo", b" repository"];
    let row = || {
        let (_, to) = word::line(bytes, end, 200);
        let seen = [&b"\tpublic\t"[..], b"\tprivate\t", b"\tinternal\t"];
        seen.iter().any(|word| memchr::memmem::find(&bytes[end..to], word).is_some())
    };
    rest.starts_with(b"\t") && row()
        || rest.starts_with(b"  ") && row_of_blanks(bytes, start, end)
        || REPOSITORIES.has(last_word(head))
        || head.ends_with(b"remote is")
        || bytes[..start].ends_with(b"`origin` (`")
        || bytes[..start].ends_with(b"`upstream` (`")
        || behind.iter().any(|words| rest.starts_with(words))
}

/// Whether a pair that stands first on its line has a column behind it that says who sees the repository.
fn row_of_blanks(bytes: &[u8], start: usize, end: usize) -> bool {
    let (from, to) = word::line(bytes, end, 200);
    let seen = [&b" public "[..], b" private ", b" internal ", b" public,", b" private,", b" internal,"];
    let numbered = matches!(bytes[end..to].trim_ascii_start(), [b'#', b'0'..=b'9', ..]);
    from == start
        && (numbered || seen.iter().any(|word| memchr::memmem::find(&bytes[end..to], word).is_some()))
}

/// Whether two names are a branch by themselves: by the kind of work, or by a ticket.
fn is_branch(first: &[u8], second: &[u8]) -> bool {
    let joined = second.iter().any(|b| matches!(b, b'-' | b'_'));
    let kind = KINDS.has(first)
        && (joined && second.len() > 5 || distinct::is_unusual(second) && !vocabulary::has(second));
    kind || first.iter().all(|b| is_name_byte(*b)) && is_ticket(second, if KINDS.has(first) { 2 } else { 3 })
}

/// Whether a name begins with a ticket: letters, a hyphen, a number of `digits` digits or more.
fn is_ticket(name: &[u8], digits: usize) -> bool {
    let letters = name.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let number = name[letters..].iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
    let ends = matches!(name.get(letters + 1 + number), None | Some(b'-' | b'_'));
    (2..=10).contains(&letters)
        && name.get(letters) == Some(&b'-')
        && (digits..=6).contains(&number)
        && ends
        && !MODELS.has(&name[..letters])
}

/// Whether what stands before or behind says that a branch is meant: `the branch is x/y`, `merge x/y into main`.
fn is_called(bytes: &[u8], (start, end): (usize, usize)) -> bool {
    let head = before(bytes, start);
    let rest = &bytes[end..];
    let rest = rest.strip_prefix(b"`").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let last = last_word(head);
    let named = BRANCHES.has(last)
        || matches!(last, b"is" | b"named" | b"called" | b"to")
            && last_word(head[..head.len() - last.len()].trim_ascii_end()) == b"branch";
    let lower = bytes[start].is_ascii_lowercase();
    named
        || last == b"merge"
        || lower
            && [&b" branch"[..], b" into main", b" into master", b" into dev", b" onto "]
                .iter()
                .any(|w| rest.starts_with(w))
}

/// What stands before byte `start` on its line, without quotes, blanks and colons at its end.
fn before(bytes: &[u8], start: usize) -> &[u8] {
    let (line, _) = word::line(bytes, start, BEFORE);
    let head = &bytes[line..start];
    let signs = head
        .iter()
        .rev()
        .take_while(|b| matches!(b, b' ' | b'`' | b'\'' | b'"' | b':' | b'*' | b'(' | b'['))
        .count();
    &head[..head.len() - signs]
}

/// The letters at the end of `head`.
fn last_word(head: &[u8]) -> &[u8] {
    &head[head.len() - head.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count()..]
}

/// Kinds of work that branches begin with; sorted.
static KINDS: WordSet = words![
    "bugfix", "chore", "claude", "codex", "cursor", "feat", "feature", "fix", "hotfix", "refactor",
    "release", "spike", "story", "task", "wip",
];

/// Words before a branch; sorted.
static BRANCHES: WordSet = words!["branch", "branches", "checkout", "merged", "rebase", "rebased"];

/// Words before a repository; sorted.
static REPOSITORIES: WordSet =
    words!["clone", "cloned", "fork", "forked", "repo", "repos", "repositories", "repository"];

/// What stands before numbers of models, systems and standards; sorted.
static MODELS: WordSet = words![
    "arm", "chapter", "claude", "cp", "day", "debian", "es", "gpt", "http", "iso", "java", "jdk", "lesson",
    "llama", "node", "part", "php", "python", "rfc", "sha", "step", "test", "ubuntu", "utf", "week", "win",
    "windows", "x",
];

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::{detect::subject::Subject, rule::Class, transcript::text::Field};

    #[test]
    fn branches_and_repositories_are_told_from_pairs() {
        for expected in [
            "I pushed `«feature/PAY-4821-rounding»`.",
            "PR against «release/zorblatt»",
            "the branch is «mkavinas/zorblatt»",
            "continue on branch «mkavinas/zorblatt», please",
            "merge «kavinas/pay-4821-retry» into main",
            "fix «zelmonts»/«premia»#42 please",
            "the repo is at «zelmonts»/«premia» on GitHub",
            "Repo: «zelmonts»/«premia»",
            "the fix/workaround is in place, feature/bug triage",
            "opened «zelmonts»/«premia»!12 and «zelmonts»/«premia»\tBilling\tprivate\t2026",
            "and/or, read/write, TCP/IP, client/server, user/settings, feature/your-branch",
            "src/feature/login-form and feature/index.ts and fix/x.rs and docs/read-me",
            "facebook/react#123 and the repo rust-lang/rust, openai/gpt-400 and models/claude-300",
            "5/10 and 1/2 tests, application/json, text/html, image/png, main/master, dev/prod",
            "features/checkout-page/index.ts and lib/zorblatt and app/Users/UserList.tsx",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&Subject { field: Field::Prose, ..plain(&text) });
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
