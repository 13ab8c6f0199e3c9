//! Messages of common programs: with a place in a file, of an exception, of a compiler, of git.

use super::{line, step::is_ruby_frame};
use crate::transcript::agent::language;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A message: with a place in a file, of an exception, of a compiler, of git.
pub(super) fn is_one(line: &[u8], body: &[u8]) -> bool {
    is_one_path(body)
        || has_place_and_words(body)
        || is_exception(body)
        || starts_with_one(body, MESSAGES, &MESSAGE_PAIRS)
        || starts_with_one(line, HEADS, &HEAD_PAIRS)
        || (line.starts_with(b"E   ") && line.len() > 4)
        || is_shell_prompt(body)
        || is_go_place(line)
        || is_diff_stat(body)
        || is_test_result(body)
        || is_ruby_frame(body)
}

/// `[rows-1] terminate called after throwing …`: a message behind the name of the process that says it.
pub(super) fn is_of_process(body: &[u8]) -> bool {
    let name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'-' | b'_' | b'.');
    let len = body[1..].iter().take_while(name).count();
    let rest = body[1 + len..].strip_prefix(b"] ").map(<[u8]>::trim_ascii_start);
    len > 0 && rest.is_some_and(|rest| starts_with_one(rest, MESSAGES, &MESSAGE_PAIRS))
}

/// Whether `text` starts with one of `starts`, whose first two bytes are `pairs`.
fn starts_with_one(text: &[u8], starts: &[&str], pairs: &[u128; 128]) -> bool {
    let &[first @ ..0x80, second @ ..0x80, ..] = text else { return false };
    pairs[usize::from(first)] >> second & 1 == 1
        && starts.iter().any(|start| text.starts_with(start.as_bytes()))
}

/// The two bytes that the words of a list, all in ASCII, start with: for each first one, one bit for each second.
const fn first_pairs(words: &[&str]) -> [u128; 128] {
    let mut out = [0; 128];
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        out[word[0] as usize] |= 1 << word[1];
        at += 1;
    }
    out
}

static MESSAGE_PAIRS: [u128; 128] = first_pairs(MESSAGES);

static HEAD_PAIRS: [u128; 128] = first_pairs(HEADS);

/// How messages of common programs start.
static MESSAGES: &[&str] = &[
    "error:",
    "terminate called after throwing ",
    "what():  ",
    "stack traceback:",
    "RUN  v",
    "error[",
    "Error:",
    "ERROR:",
    "warning:",
    "Warning:",
    "note:",
    "help:",
    "fatal:",
    "hint:",
    "remote:",
    "panic:",
    "goroutine ",
    "created by ",
    "exit status",
    "Exit code",
    "Executed DbCommand (",
    "Failed executing DbCommand (",
    "duration_ms: ",
    "failureType: '",
    "code: 'ERR_",
    "go get ",
    "to equal",
    "* Where:",
    "* What went wrong:",
    "* Exception is:",
    "* Try:",
    "Traceback (most recent",
    "During handling of the above exception",
    "The above exception was the direct cause",
    "Which is: ",
    "with expansion:",
    "+ expected - actual",
    "INSERT 0 ",
    "done in ",
    "Done in ",
    "Caused by:",
    "npm ERR!",
    "npm WARN",
    "npm error",
    "npm warn",
    "modified:",
    "new file:",
    "deleted:",
    "renamed:",
    "both modified:",
    "ok  \t",
    "FAIL\t",
    "?   \t",
    "thread '",
    "make[",
    "/bin/sh: ",
    "bash: ",
    "zsh: ",
    "rewrite ",
    "create mode ",
    "delete mode ",
    "Your branch ",
    "(use \"git",
    "Co-Authored-By:",
    "Signed-off-by:",
    "test result:",
    "Finished ",
    "Compiling ",
    "Expected: ",
    "Received: ",
    "frame #",
    "Received promise ",
    "expect(received)",
    "expect(jest.fn())",
    "Type \"",
    "In an equation for ",
    "In the expression",
    "In a stmt of ",
    "In the first argument ",
    "In the second argument ",
    "(compared using ",
    "Expected string: ",
    "Expected pattern: ",
    "Received string: ",
    "Compiled from \"",
    "CONNECTED(",
    "depth=",
    "verify error:",
    "verify return:",
];

/// How messages start that stand at the start of their line.
static HEADS: &[&str] = &[
    "*** ",
    "Author: ",
    "Date:   ",
    "commit ",
    "Merge: ",
    "running ",
    "make: ",
    "time=",
    "level=",
    "ts=",
    "     Running ",
    "    Checking ",
];

/// One word with a slash or a known extension: a line of a listing.
fn is_one_path(body: &[u8]) -> bool {
    let plain = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/' | b'@' | b'+' | b'~') || *b >= 0x80
    };
    let body = body.strip_suffix(b":").unwrap_or(body);
    let two_parts = || body.contains(&b'/') && !body.starts_with(b"//");
    body.len() > 2
        && body.iter().all(plain)
        && (two_parts() || !language::of_path(body).is_empty() && body.contains(&b'.'))
        && !is_call_chain(body)
}

/// `self.rows` and `obj.c` are no files: no slash, and nothing but letters around one dot is not enough.
fn is_call_chain(body: &[u8]) -> bool {
    !body.contains(&b'/') && [&b"self."[..], b"this."].iter().any(|start| body.starts_with(start))
}

/// `rows_test.go:12: settle(3) = 4, want 5`, `src/main.rs:12:5: expected …`, `app.ts(12,5): error …`: a place, a colon, a space and words.
fn has_place_and_words(body: &[u8]) -> bool {
    let place = body.iter().take_while(|b| !matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'=')).count();
    let (place, words) = body.split_at(place);
    let Some(place) = place.strip_suffix(b":") else {
        // `src/app.ts:12:5 - error TS2322: …`, `./src/app.ts:12:5 lint/style/useConst ━━━`
        return place.last().is_some_and(u8::is_ascii_digit)
            && place.contains(&b'.')
            && (words.starts_with(b" - ") || has_column(place) && memchr::memchr(b'/', words).is_some());
    };
    let number = place.strip_suffix(b")").unwrap_or(place);
    // `rows.vhd:9:16:error: …`
    let number = KINDS.iter().find_map(|kind| number.strip_suffix(*kind)).unwrap_or(number);
    let ends_in_number = number.last().is_some_and(u8::is_ascii_digit);
    let file = number.iter().take_while(|b| !matches!(b, b':' | b'(')).count();
    ends_in_number
        && file < number.len()
        && number[..file].contains(&b'.')
        && words.len() > 2
        && words[0] == b' '
        && !words[1].is_ascii_whitespace()
        && (has_column(number) || number[..file].ends_with(b"_test.go") || !line::is_plainly_code(words))
}

/// What a message is, where no blank stands before it.
static KINDS: [&[u8]; 4] = [b":error", b":warning", b":note", b":fatal"];

/// `main.rs:12:5`, `app.ts(12,5`: a line and a column, as only messages have.
fn has_column(place: &[u8]) -> bool {
    let digits = place.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let rest = &place[..place.len() - digits];
    let rest = rest.strip_suffix(b":").or_else(|| rest.strip_suffix(b","));
    rest.is_some_and(|rest| rest.last().is_some_and(u8::is_ascii_digit))
}

/// `TypeError: …`, `java.io.IOException: …`, `app.errors.LedgerError`
fn is_exception(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'$')).count();
    let (name, rest) = body.split_at(name);
    let ends: [&[u8]; 4] = [b"Error", b"Exception", b"Warning", b"Interrupt"];
    let named =
        name.first().is_some_and(u8::is_ascii_alphabetic) && ends.iter().any(|end| name.ends_with(end));
    named && (rest.is_empty() || rest.starts_with(b": ")) && !body.ends_with(b":")
}

/// `ada@host:~/ledger$ make`
fn is_shell_prompt(body: &[u8]) -> bool {
    let head = &body[..body.len().min(120)];
    // `[test] $ go test ./...`
    if head.starts_with(b"[") && memchr::memmem::find(head, b"] $ ").is_some() {
        return true;
    }
    if memchr::memchr(b'@', head).is_none() {
        return false;
    }
    let Some(end) = memchr::memmem::find(head, b"$ ").or_else(|| memchr::memmem::find(head, b"# ")) else {
        return false;
    };
    let before = &head[..end];
    before.contains(&b'@') && !before.contains(&b'=') && !before.contains(&b'(')
}

/// `\t/srv/ledger/main.go:12 +0x1d`, behind six blanks where a race is told.
pub(super) fn is_go_place(line: &[u8]) -> bool {
    let place = || line.starts_with(b"      /") && memchr::memmem::find(line, b" +0x").is_some();
    (line.starts_with(b"\t") || place())
        && memchr::memmem::find(line, b".go:").is_some()
        && !line.contains(&b'(')
}

/// `src/main.rs | 12 +++---`, `2 files changed, 12 insertions(+), 3 deletions(-)`
fn is_diff_stat(body: &[u8]) -> bool {
    static CHANGED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b" changed, "));
    if body[0].is_ascii_digit() && CHANGED.find(body).is_some() {
        return true;
    }
    let mut bars = memchr::memchr_iter(b'|', body);
    let Some(bar) = bars.find(|&i| i > 0 && body[i - 1] == b' ' && body.get(i + 1) == Some(&b' ')) else {
        return false;
    };
    let rest = body[bar + 2..].trim_ascii_start();
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    (digits > 0 && rest[digits..].iter().all(|b| matches!(b, b' ' | b'+' | b'-')))
        || rest.starts_with(b"Bin ")
}

/// `test ledger::settles ... ok`
fn is_test_result(body: &[u8]) -> bool {
    body.starts_with(b"test ") && memchr::memmem::find(body, b" ... ").is_some()
}
