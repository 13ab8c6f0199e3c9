//! Lines that are never code, by their form: frames of a stack, messages with a place, listings, prompts, logs.

use super::{
    line, marker,
    step::{is_counted, is_expression, is_ruby_frame, is_timed, is_versioned_frame, names_debugger},
    tally,
};
use crate::transcript::agent::language;

/// Whether `line`, without its end, is what a program says and no source, whatever stands around it.
pub(super) fn is_firm(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    let Some(&first) = body.first() else { return false };
    is_ruler(body)
        || match first {
            b'-' | b'd' | b'l' if is_listing(body) => true,
            b'a' if is_frame(body) => true,
            b'F' if body.starts_with(b"File \"") || body.starts_with(b"FAIL") => true,
            b'#' if is_numbered_frame(&body[1..]) || tally::is_tap(line) => true,
            b'u' if is_identity(body) => true,
            b'$' | b'%' => matches!(body.get(1), Some(b' ')) && body.len() > 2,
            b'<' => is_wrapper_tag(body) || marker::is_one(body) || tally::is_typed(body),
            b'-' | b'=' | b'|' if is_message_mark(body) => true,
            // What Ruby's interpreter answers.
            b'=' if line.starts_with(b"=> ") => true,
            b'0'..=b'9' | b'[' if is_timed(body) => true,
            b'0'..=b'9' if is_counted(body) => true,
            b'.' if body.starts_with(b"... ") && body.ends_with(b" more") => true,
            b'(' if names_debugger(body).is_some_and(|len| !is_expression(&body[len..])) => true,
            b'(' if is_versioned_frame(body) || tally::is_asked(body) => true,
            b'[' if tally::is_tagged(body) || tally::is_collection(body) => true,
            // What hyperfine compares.
            b'\'' if body.ends_with(b"' ran") => true,
            b'=' | b'_' if tally::is_banner(body) => true,
            b'-' | b'+' | b'0'..=b'9' if tally::is_counted_off(body) => true,
            b'+' if is_category(body) => true,
            b'a'..=b'z'
                if is_system_call(body)
                    || tally::is_level(body)
                    || line.starts_with(b"    ") && is_compared(body) =>
            {
                true
            }
            b'*' if body.starts_with(b"** (") || body.starts_with(b"* thread #") => true,
            b'.' | b'[' | b'(' if marker::is_one(body) => true,
            0x80.. if is_drawn(body) || marker::is_one(body) => true,
            _ => is_message(line, body) || tally::is_one(body),
        }
}

/// `[-----]`, `***`, `^^^~~~`, `+-`: no letter, no digit, no bracket.
fn is_ruler(body: &[u8]) -> bool {
    body.iter().all(|b| {
        matches!(b, b'-' | b'=' | b'*' | b'_' | b'~' | b'^' | b'.' | b'+' | b'|' | b' ' | b'#' | b'>' | b'<')
    })
}

/// `-rw-r--r-- 1 ada staff 1204 Jan 27 00:16 name`
fn is_listing(body: &[u8]) -> bool {
    body.len() > 12
        && body[1..10].iter().all(|b| b"rwxsStT-".contains(b))
        && matches!(body[10], b' ' | b'@' | b'+' | b'.')
}

/// `at settle (/srv/ledger/index.js:3:9)`, `at com.acme.Ledger.main(Ledger.java:10)`
fn is_frame(body: &[u8]) -> bool {
    let body = body.strip_suffix(b" {").unwrap_or(body);
    body.starts_with(b"at ") && (body.ends_with(b")") || body.last().is_some_and(u8::is_ascii_digit))
}

/// `#0 0x0000 in main () at a.c:12`, `#1 /srv/a.php(12): f()`
fn is_numbered_frame(rest: &[u8]) -> bool {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest.get(digits) == Some(&b' ')
}

/// `uid=1001(ada) gid=1001(ada) groups=1001(ada)`
fn is_identity(body: &[u8]) -> bool {
    let number = body.strip_prefix(b"uid=").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit));
    number && memchr::memmem::find(body, b" gid=").is_some()
}

/// A tag that agents put around text: `<system-reminder>`, `<command-name>`, `<bash-stdout>…`.
fn is_wrapper_tag(body: &[u8]) -> bool {
    let rest = &body[1..];
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let name = rest.iter().take_while(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_')).count();
    let ends = matches!(rest.get(name), Some(b'>' | b' '));
    let starts: [&[u8]; 11] = [
        b"command-",
        b"local-command",
        b"system-",
        b"bash-",
        b"task-",
        b"ide_",
        b"user-",
        b"tool_use",
        b"teammate-",
        b"persisted-",
        b"environment_",
    ];
    ends && (starts.iter().any(|start| rest.starts_with(start)) || is_setting(body, &rest[..name]))
}

/// What Codex tells of where it works: `<cwd>/srv/ledger</cwd>`, `<shell>zsh</shell>`.
fn is_setting(body: &[u8], name: &[u8]) -> bool {
    const SETTINGS: [&[u8]; 9] = [
        b"cwd",
        b"shell",
        b"approval_policy",
        b"sandbox_mode",
        b"network_access",
        b"operating_system_info",
        b"current_date",
        b"timezone",
        b"writable_roots",
    ];
    let closed = || {
        body.strip_suffix(b">").and_then(|body| body.strip_suffix(name)).is_some_and(|b| b.ends_with(b"</"))
    };
    SETTINGS.contains(&name) && closed()
}

/// `--- FAIL: TestSettle`, `=== RUN`, `= note: …`, `--> src/main.rs:12:5`, `| ^^^ expected`
fn is_message_mark(body: &[u8]) -> bool {
    let starts: [&[u8]; 9] =
        [b"--- FAIL", b"--- PASS", b"--- SKIP", b"=== ", b"= note", b"= help", b"--> ", b"|  ", b"| ^"];
    let source = || body.starts_with(b"|  ") && line::is_plainly_code(body[3..].trim_ascii());
    starts.iter().any(|start| body.starts_with(start)) && !body.ends_with(b"|") && !source()
}

/// `├── src`, `└── tests`, `✓ adds a line`, `● settle`: drawings and marks of test runners.
fn is_drawn(body: &[u8]) -> bool {
    let marks = [
        "├", "└", "│", "✓", "✔", "✕", "✗", "✖", "●", "⎿", "⏺", "❯", "⚠", "✅", "❌", "─", "╭", "╰", "×", "━",
    ];
    marks.iter().any(|mark| body.starts_with(mark.as_bytes()))
}

/// `+ CategoryInfo          : …`, with which PowerShell ends an error.
fn is_category(body: &[u8]) -> bool {
    body.starts_with(b"+ CategoryInfo ") || body.starts_with(b"+ FullyQualifiedErrorId ")
}

/// Labels of what a test expected and got, where a value of no program's own stands behind them.
static COMPARED: [&[u8]; 6] = [b"expected: ", b"got: ", b"actual  : ", b"actual: ", b"left:  ", b"right: "];

/// `     expected: 14`, `left:  {:error, :timeout}`: what a test runner compares, if it is a number or a word; indented.
fn is_compared(body: &[u8]) -> bool {
    let Some(value) = COMPARED.iter().find_map(|label| body.strip_prefix(*label)) else {
        return body == b"stacktrace:";
    };
    let plain = |b: &u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b' ' | b'.' | b'-' | b'"' | b'{' | b'}' | b':' | b',' | b'[' | b']')
    };
    let words = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    value.iter().all(plain) && words <= 24 && !value.ends_with(b",")
}

/// Calls of a system as `strace` shows them.
static CALLS: &[&[u8]] = &[
    b"access",
    b"arch_prctl",
    b"bind",
    b"brk",
    b"chdir",
    b"clone",
    b"clone3",
    b"close",
    b"connect",
    b"dup2",
    b"epoll_ctl",
    b"epoll_wait",
    b"execve",
    b"exit_group",
    b"fcntl",
    b"fork",
    b"fstat",
    b"fsync",
    b"futex",
    b"getcwd",
    b"getdents64",
    b"getpid",
    b"getrandom",
    b"getuid",
    b"ioctl",
    b"kill",
    b"listen",
    b"lseek",
    b"lstat",
    b"mkdir",
    b"mmap",
    b"mprotect",
    b"munmap",
    b"newfstatat",
    b"open",
    b"openat",
    b"pipe2",
    b"poll",
    b"prctl",
    b"pread64",
    b"prlimit64",
    b"read",
    b"readlink",
    b"recvfrom",
    b"rename",
    b"rseq",
    b"rt_sigaction",
    b"rt_sigprocmask",
    b"select",
    b"sendto",
    b"set_robust_list",
    b"set_tid_address",
    b"setsockopt",
    b"socket",
    b"stat",
    b"statfs",
    b"statx",
    b"unlink",
    b"unlinkat",
    b"wait4",
    b"write",
    b"writev",
];

/// `openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 3`: a known call and what it gave back.
fn is_system_call(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'_').count();
    if body.get(name) != Some(&b'(') {
        return false;
    }
    let given = memchr::memmem::rfind(body, b") = ").map(|at| &body[at + 4..]);
    given.is_some_and(|given| matches!(given.first(), Some(b'0'..=b'9' | b'-' | b'?')))
        && CALLS.binary_search(&&body[..name]).is_ok()
}

/// A message: with a place in a file, of an exception, of a compiler, of git.
fn is_message(line: &[u8], body: &[u8]) -> bool {
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

/// `src/main.rs:12:5: expected …`, `app.ts(12,5): error …`: a place, a colon, a space and words.
fn has_place_and_words(body: &[u8]) -> bool {
    let place = body.iter().take_while(|b| !matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'=')).count();
    let (place, words) = body.split_at(place);
    let Some(place) = place.strip_suffix(b":") else {
        // `src/app.ts:12:5 - error TS2322: …`
        return words.starts_with(b" - ")
            && place.last().is_some_and(u8::is_ascii_digit)
            && place.contains(&b'.');
    };
    let number = place.strip_suffix(b")").unwrap_or(place);
    let ends_in_number = number.last().is_some_and(u8::is_ascii_digit);
    let file = number.iter().take_while(|b| !matches!(b, b':' | b'(')).count();
    ends_in_number
        && file < number.len()
        && number[..file].contains(&b'.')
        && words.len() > 2
        && words[0] == b' '
        && !words[1].is_ascii_whitespace()
        && (has_column(number) || !line::is_plainly_code(words))
}

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

/// `\t/srv/ledger/main.go:12 +0x1d`
fn is_go_place(line: &[u8]) -> bool {
    line.starts_with(b"\t") && memchr::memmem::find(line, b".go:").is_some() && !line.contains(&b'(')
}

/// `src/main.rs | 12 +++---`, `2 files changed, 12 insertions(+), 3 deletions(-)`
fn is_diff_stat(body: &[u8]) -> bool {
    if body[0].is_ascii_digit() && memchr::memmem::find(body, b" changed, ").is_some() {
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
