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
