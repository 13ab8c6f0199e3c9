//! JSON that a program answers with, in contrast to a file in JSON: it is read string by string, so that its keys, numbers
//! and messages stay. What an agent says, and what tools give back that show no files, is an answer unless its keys are
//! those of a configuration; elsewhere only what has the keys of one: issues of a validation, errors of an interface,
//! diagnostics, objects of a forge.

use super::{line::Verdict, page::Line};
use crate::transcript::{json::Kind, tree::Tree};

/// Keys at the top of files that are configurations.
static FILES: &[&str] = &[
    "$schema",
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "compilerOptions",
    "scripts",
    "workspaces",
    "lockfileVersion",
    "packageManager",
    "eslintConfig",
    "extends",
    "mcpServers",
    "permissions",
    "hooks",
    "nbformat",
    "cells",
    "openapi",
    "swagger",
    "definitions",
    "references",
    "tasks",
    "configurations",
    "plugins",
];

/// Keys that a forge's objects have and no file: of GitHub's interface and its program's `--json`, of GitLab's.
static FORGE: &[&str] = &[
    "headRefName",
    "baseRefName",
    "headRefOid",
    "baseRefOid",
    "headRepository",
    "isDraft",
    "isCrossRepository",
    "mergeStateStatus",
    "mergedAt",
    "reviewDecision",
    "reviewRequests",
    "latestReviews",
    "statusCheckRollup",
    "databaseId",
    "workflowName",
    "workflow_runs",
    "displayTitle",
    "headBranch",
    "headSha",
    "head_sha",
    "nameWithOwner",
    "defaultBranchRef",
    "stargazerCount",
    "authorAssociation",
    "author_association",
    "node_id",
    "html_url",
    "diff_hunk",
    "isPrerelease",
    "web_url",
    "source_branch",
    "pull_request_review_id",
];

/// Groups of keys that together tell a message of a program, a line of a log, what a tool gives back, or an object of a
/// forge.
static MESSAGES: &[&[&str]] = &[
    &["code", "message", "path"],
    &["severity", "message"],
    &["diagnostics", "uri"],
    &["jsonrpc", "error"],
    &["jsonrpc", "result"],
    &["type", "error", "request_id"],
    &["message", "documentation_url"],
    &["code", "message", "data"],
    &["filePath", "messages", "errorCount"],
    &["Issues", "Report"],
    &["hookSpecificOutput"],
    &["number", "title", "state"],
    &["number", "title", "author"],
    &["number", "title", "labels"],
    &["number", "title", "body"],
    &["id", "body", "user"],
    &["path", "line", "body"],
    &["name", "conclusion"],
    &["status", "conclusion"],
    &["level", "msg"],
    &["level", "message"],
    &["level", "event"],
    &["level", "target"],
    &["lvl", "msg"],
    &["levelname", "message"],
    &["log.level", "message"],
    &["@timestamp", "message"],
    &["@level", "@message"],
    &["time", "msg"],
    &["ts", "msg"],
    &["@t", "@m"],
    &["@t", "@mt"],
    &["MESSAGE", "PRIORITY"],
    &["Action", "Package"],
    &["output", "exit_code"],
    &["output", "error"],
    &["stdout", "stderr"],
];

/// The most members, or elements, that are looked at.
const LOOK: usize = 40;

/// Whether the document in `tree`, of `bytes`, has the keys of a configuration at its top.
pub(super) fn is_file(bytes: &[u8], tree: &Tree) -> bool {
    has_one(bytes, tree, 0, FILES)
}

/// Keys of what programs make of sources, also on one line.
static MADE: &[&str] = &["mappings", "sourcesContent", "lockfileVersion"];

/// Whether the document in `tree`, of `bytes`, was made of sources: a map of them, a lock file.
pub(super) fn is_made(bytes: &[u8], tree: &Tree) -> bool {
    has_one(bytes, tree, 0, MADE)
}

/// Whether the document in `tree`, of `bytes`, has keys that only programs' answers have.
fn is_answer(bytes: &[u8], tree: &Tree) -> bool {
    let tokens = tree.tokens();
    let top = match tokens.first().map(|token| token.kind) {
        Some(Kind::ObjectStart) => Some(0),
        Some(Kind::ArrayStart) => tree.children(0).next().filter(|&at| tokens[at].kind == Kind::ObjectStart),
        _ => None,
    };
    let Some(top) = top.filter(|&top| !has_one(bytes, tree, top, FILES)) else { return false };
    let inner =
        |name: &[u8]| tree.member(bytes, top, name).filter(|&at| tokens[at].kind == Kind::ObjectStart);
    is_told(bytes, tree, top)
        || inner(b"error").is_some_and(|error| tree.member(bytes, error, b"message").is_some())
        || inner(b"data")
            .is_some_and(|data| tree.children(data).take(LOOK).any(|at| is_told(bytes, tree, at)))
        || leads_to_forge(bytes, tree, top)
}

/// Whether the object at token `object` has the keys of an answer.
fn is_told(bytes: &[u8], tree: &Tree, object: usize) -> bool {
    let has = |name: &&str| tree.member(bytes, object, name.as_bytes()).is_some();
    tree.tokens()[object].kind == Kind::ObjectStart
        && (MESSAGES.iter().any(|group| group.iter().all(has)) || has_one(bytes, tree, object, FORGE))
}

/// Whether `url` of an object leads to a pull request, an issue or a run.
fn leads_to_forge(bytes: &[u8], tree: &Tree, object: usize) -> bool {
    let places: [&[u8]; 5] = [b"/pull/", b"/issues/", b"/actions/runs/", b"/merge_requests/", b"/releases/"];
    tree.member(bytes, object, b"url").is_some_and(|at| {
        let url = tree.tokens()[at].bytes(bytes);
        places.iter().any(|place| memchr::memmem::find(url, place).is_some())
    })
}

/// Whether one of the first members of the object at token `object` has one of these names.
fn has_one(bytes: &[u8], tree: &Tree, object: usize, names: &[&str]) -> bool {
    let tokens = tree.tokens();
    tokens[object].kind == Kind::ObjectStart
        && tree.children(object).take(LOOK).any(|at| {
            let key = tree.key(at).map_or(&b""[..], |key| tokens[key].bytes(bytes));
            names.iter().any(|name| name.as_bytes() == key)
        })
}

/// A document in lines of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Where its bracket stands, and one past the last one.
    pub(super) span: (usize, usize),
    /// Its last line.
    last: usize,
}

/// Marks the answer that begins in line `at` and ends before line `to` as what stays, but for its strings; says where the
/// text goes on. Each line that is gone over takes one from `budget`.
pub(super) fn read(
    text: &[u8],
    lines: &mut [Line],
    at: usize,
    to: usize,
    budget: &mut usize,
) -> Option<usize> {
    let answer = begins(text, lines, at, to, budget)?;
    lines[at..=answer.last].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    Some(answer.last + 1)
}

/// The answers in `lines` that [`read`] marked.
pub(super) fn all(text: &[u8], lines: &[Line]) -> Vec<Answer> {
    let mut out = Vec::new();
    let (mut at, mut budget) = (0, 4 * lines.len() + 1000);
    while at < lines.len() {
        let marked = lines[at].verdict == Verdict::Told;
        let answer = if marked { begins(text, lines, at, lines.len(), &mut budget) } else { None };
        at = answer.map_or(at, |answer| answer.last) + 1;
        out.extend(answer);
    }
    out
}

/// The answer that begins in line `at` and ends before line `to`.
fn begins(text: &[u8], lines: &[Line], at: usize, to: usize, budget: &mut usize) -> Option<Answer> {
    let line = lines[at].bytes(text);
    let open = opening(line)?;
    let (last, close) = match close_behind(&line[open..]) {
        Some(close) => (at, open + close),
        None => closing(text, lines, at, to, budget)?,
    };
    let span = (lines[at].start + open, lines[last].start + close);
    let bytes = &text[span.0..span.1];
    let mut tree = Tree::default();
    (tree.read(bytes).is_ok() && is_answer(bytes, &tree)).then_some(Answer { span, last })
}

/// Where in a line a document begins: at its first byte that is not blank, or behind the words of a message.
fn opening(line: &[u8]) -> Option<usize> {
    let indent = line.len() - line.trim_ascii_start().len();
    match line.get(indent)? {
        b'{' | b'[' => Some(indent),
        b'A'..=b'Z' | b'a'..=b'z' | b'<' => behind_words(line),
        _ => None,
    }
}

/// Where a document begins that stands behind words: `InputValidationError: [`, `API Error: 400 {"type":…}`.
fn behind_words(line: &[u8]) -> Option<usize> {
    let ends = matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b'}' | b']' | b'>'));
    let colon = if ends { memchr::memmem::find(line, b": ")? } else { return None };
    let step = line[colon..].iter().position(|b| matches!(b, b'{' | b'['))?;
    let words =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b':' | b'-' | b'_' | b'.' | b'(' | b')');
    line[colon..colon + step].iter().all(words).then_some(colon + step)
}

/// One past the bracket at the end of the line that closes the one at its start, if one does; a tag may follow.
fn close_behind(body: &[u8]) -> Option<usize> {
    let close = if body[0] == b'{' { b'}' } else { b']' };
    let end = body.len() - behind(body);
    (end > 1 && body[end - 1] == close).then_some(end)
}

/// How many bytes at the end of a line are a closing tag and blanks.
fn behind(body: &[u8]) -> usize {
    let bare = body.trim_ascii_end();
    let tag = memchr::memmem::rfind(bare, b"</").filter(|_| bare.ends_with(b">")).unwrap_or(bare.len());
    body.len() - bare[..tag].trim_ascii_end().len()
}

/// The line that closes the document which line `at` opens at its end, and one past the bracket in it: the bracket stands as
/// far from the left as the line does.
fn closing(text: &[u8], lines: &[Line], at: usize, to: usize, budget: &mut usize) -> Option<(usize, usize)> {
    let line = lines[at].bytes(text);
    let open = *line.trim_ascii_end().last().filter(|b| matches!(b, b'{' | b'['))?;
    let indent = line.len() - line.trim_ascii_start().len();
    let close = if open == b'{' { b'}' } else { b']' };
    for (index, line) in lines.iter().enumerate().take(to).skip(at + 1) {
        *budget = budget.checked_sub(1)?;
        let body = line.bytes(text);
        if body.get(indent) == Some(&close) && body[..indent].trim_ascii().is_empty() {
            return (body.len() - behind(body) == indent + 1).then_some((index, indent + 1));
        }
    }
    None
}
