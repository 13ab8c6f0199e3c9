//! What Node.js shows of an error below its frames: its members in braces. Numbers and words that say what went wrong stay.

use super::{line::Verdict, page::Line, structure::indent};

/// The most lines of one error's members.
const MOST: usize = 60;

/// Members whose values say what went wrong, and nothing of what is built.
static MEMBERS: [&[u8]; 22] = [
    b"errno",
    b"code",
    b"syscall",
    b"path",
    b"dest",
    b"address",
    b"port",
    b"status",
    b"statusCode",
    b"statusText",
    b"signal",
    b"killed",
    b"severity",
    b"type",
    b"name",
    b"position",
    b"line",
    b"length",
    b"timeout",
    b"attempts",
    b"retries",
    b"response",
];

/// Takes the members of errors that say what went wrong, and the braces around them, for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        at += 1;
        if !opens(lines[at - 1].bytes(text)) {
            continue;
        }
        lines[at - 1].verdict = Verdict::Firm;
        let from = indent(lines[at - 1].bytes(text));
        let end = lines.len().min(at + MOST);
        while at < end {
            let body = lines[at].bytes(text);
            let closes = body.trim_ascii() == b"}" && indent(body) <= from;
            if closes || is_member(body.trim_ascii()) {
                (lines[at].verdict, lines[at].content) = (Verdict::Firm, lines[at].start);
            }
            at += 1;
            if closes {
                break;
            }
        }
    }
}

/// Takes the causes of an error that are numbered below it for what stays: `Caused by:`, `    0: no device is connected`.
pub(super) fn causes(text: &[u8], lines: &mut [Line]) {
    for at in 1..lines.len() {
        let line = lines[at - 1].bytes(text);
        if !line.ends_with(b"by:") || line.trim_ascii_start() != b"Caused by:" {
            continue;
        }
        let cause = |line: &&Line| {
            line.verdict != Verdict::Blank && indent(line.bytes(text)) > 0 || line.content > line.start
        };
        let count = lines[at..].iter().take(MOST).take_while(cause).count();
        for line in lines[at..at + count].iter_mut().filter(|line| is_cause(line.bytes(text))) {
            (line.verdict, line.content) = (Verdict::Firm, line.start);
        }
    }
}

/// `    1: the probe met an error`: a number and words, or what went wrong in one.
fn is_cause(line: &[u8]) -> bool {
    let body = line.trim_ascii_start();
    let digits = body.iter().take_while(|b| b.is_ascii_digit()).count();
    let said = body[digits..].strip_prefix(b": ").unwrap_or_default();
    let code = |b: &u8| matches!(b, b';' | b'{' | b'}' | b'=' | b'<');
    digits > 0 && said.first().is_some_and(u8::is_ascii_alphanumeric) && !said.iter().any(code)
}

/// `at Module._compile (node:internal/modules/cjs/loader:1254:14) {`
fn opens(line: &[u8]) -> bool {
    line.ends_with(b" {") && line.trim_ascii_start().starts_with(b"at ") && line.starts_with(b" ")
}

/// `code: 'ENOENT',`
fn is_member(body: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', body) else { return false };
    let value = body[colon + 1..].trim_ascii();
    let value = value.strip_suffix(b",").unwrap_or(value);
    let quoted = value.strip_prefix(b"'").and_then(|value| value.strip_suffix(b"'"));
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-./:\\ ".contains(b);
    let number = || {
        value.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))
            || [&b"undefined"[..], b"null", b"true", b"false"].contains(&value)
    };
    MEMBERS.contains(&&body[..colon])
        && quoted.map_or_else(number, |value| value.len() <= 80 && value.iter().all(plain))
}
