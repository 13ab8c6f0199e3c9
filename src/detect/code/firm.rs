//! Lines that are never code, by their form: frames of a stack, messages with a place, listings, prompts, logs.

use super::{
    line, machine, marker, message, plan,
    step::{is_counted, is_expression, is_system_log, is_timed, is_versioned_frame, names_debugger},
    syscall, tally,
};

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
            // What Ruby's interpreter answers; a number is that of the line where a debugger stands.
            b'=' if line.starts_with(b"=> ") && !is_numbered_line(&body[3..]) => true,
            b'=' if body.starts_with(b"==> ") && body.ends_with(b" <==") => true,
            b'>' if is_debugged_place(line) => true,
            b'0'..=b'9' | b'[' if is_timed(body) => true,
            b'0'..=b'9' if is_counted(body) => true,
            b'.' if body.starts_with(b"... ") && body.ends_with(b" more") => true,
            b'(' if names_debugger(body).is_some_and(|len| !is_expression(&body[len..])) => true,
            b'(' if is_versioned_frame(body) || tally::is_asked(body) || tally::is_row_count(body) => true,
            b'[' if tally::is_tagged(body) || tally::is_collection(body) || body.starts_with(b"[C]: in ") => {
                true
            }
            b':' if body.starts_with(b": ... ") => true,
            b'"' if is_said_of_name(body) => true,
            b'-' | b'A'..=b'Z' if plan::is_firm(body) || is_system_log(body) => true,
            b'[' if is_numbered_call(line) || message::is_of_process(body) => true,
            b'@' if is_place_below(body) => true,
            // What hyperfine compares.
            b'\'' if body.ends_with(b"' ran") => true,
            b'=' | b'_' if tally::is_banner(body) => true,
            b'-' | b'+' | b'0'..=b'9' if tally::is_counted_off(body) => true,
            b'+' if is_category(body) => true,
            b'+' | b'-' if syscall::is_told(body) => true,
            b'a'..=b'z'
                if syscall::is_one(body)
                    || tally::is_level(body)
                    || line.starts_with(b"    ") && is_compared(body) =>
            {
                true
            }
            b'*' if body.starts_with(b"** (") || body.starts_with(b"* thread #") => true,
            b'.' | b'[' | b'(' if marker::is_one(body) => true,
            0x80.. if is_drawn(body) || marker::is_one(body) => true,
            _ => {
                message::is_one(line, body)
                    || tally::is_one(body)
                    || machine::is_library(body)
                    || machine::is_version(body)
            }
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

/// ` 12: `, ` 12 |`: the number of a line that a debugger shows.
fn is_numbered_line(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && matches!(rest[digits..], [b':', b' ' | b'\t', ..] | [b':'] | [b' ', b'|', ..])
}

/// `> /srv/ledger/rows.py(9)settle()`, `> rows.main() ./main.go:14 (hits goroutine(1):1)`: where a debugger stands.
pub(super) fn is_debugged_place(line: &[u8]) -> bool {
    let Some(place) = line.strip_prefix(b"> ") else { return false };
    let Some(open) = memchr::memchr(b'(', place) else { return false };
    let digits = place[open + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    let behind = &place[open + 1 + digits..];
    digits > 0
        && !place[..open].contains(&b' ')
        && place[..open].contains(&b'.')
        && behind.strip_prefix(b")").is_some_and(|name| !name.contains(&b' ') && !name.is_empty())
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

/// ` [1] settle(rows::Vector)`, ` [2] top-level scope`: a frame of Julia.
fn is_numbered_call(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b" [") else { return false };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let call = rest[digits..].strip_prefix(b"] ").unwrap_or_default();
    digits > 0 && (call.ends_with(b")") && !call.contains(&b'=') || call == b"top-level scope")
}

/// `@ Ledger ~/ledger/src/rows.jl:18`: where a frame of Julia lies.
fn is_place_below(body: &[u8]) -> bool {
    let digits = body.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    body.starts_with(b"@ ") && digits > 0 && body[..body.len() - digits].ends_with(b":")
}

/// `"mail_relay" is not defined`: what is said of a name in quotes.
fn is_said_of_name(body: &[u8]) -> bool {
    let Some(close) = memchr::memchr(b'"', &body[1..]).map(|at| at + 1) else { return false };
    let plain =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'"' | b'\'' | b'.' | b'_' | b'-' | b',');
    let said: [&[u8]; 6] = [b" is ", b" was ", b" has ", b" does ", b" cannot ", b" could "];
    said.iter().any(|words| body[close + 1..].starts_with(words)) && body[close + 1..].iter().all(plain)
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
