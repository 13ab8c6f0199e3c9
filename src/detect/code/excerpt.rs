//! Source lines that compilers and tracebacks quote.

use super::{
    firm::is_debugged_place,
    line::Verdict,
    page::Line,
    structure::{indent, is_open},
};

/// Source lines that programs quote: above a line of `^^^`, below the place in a traceback.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    for at in 0..lines.len() {
        let line = lines[at].bytes(text);
        if is_caret(lines[at].content(text)) {
            if at > 0 && is_open(lines[at - 1].verdict) {
                let content = lines[at - 1].content;
                lines[at - 1].is_code(text, content, "");
            }
            if is_open(lines[at].verdict) {
                lines[at].verdict = Verdict::Firm;
            }
        }
        if line.first() == Some(&b'D')
            && announces(line)
            && let Some(next) = lines.get(at + 1).copied()
            && is_open(next.verdict)
        {
            lines[at + 1].is_code(text, next.content, "");
        }
        if line.first() == Some(&b'>')
            && is_debugged_place(line)
            && let Some(next) = lines.get(at + 1).copied()
            && next.bytes(text).starts_with(b"-> ")
        {
            lines[at + 1].is_code(text, next.start + 3, "");
        }
        if line.first() == Some(&b'A')
            && is_console_place(line)
            && let Some(next) = lines.get(at + 1).copied()
            && next.bytes(text).starts_with(b"+ ")
        {
            lines[at + 1].is_code(text, next.start + 2, "powershell");
        }
        if let Some(next) = lines.get(at + 1).copied()
            && indent(next.bytes(text)) > indent(line)
            && let Some(language) = traceback_place(line)
            && traceback_place(next.bytes(text)).is_none()
        {
            lines[at + 1].is_code(text, next.start, language);
        }
    }
}

/// A line of `^`, `~` and `-` that points at the line above, with a message after it perhaps.
fn is_caret(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    let marks = body.iter().take_while(|b| matches!(b, b'^' | b'~' | b'-' | b' ')).count();
    let points = body[..marks].contains(&b'^') || body.starts_with(b"~~~");
    points && (marks == body.len() || body[..marks].ends_with(b" "))
}

/// What linters say above a line as it should be.
fn announces(line: &[u8]) -> bool {
    line.starts_with(b"Did you mean:") && line.trim_ascii_end().len() == b"Did you mean:".len()
}

/// `At C:\srv\a.ps1:12 char:5`, of PowerShell: the source line comes next.
fn is_console_place(line: &[u8]) -> bool {
    line.starts_with(b"At ") && memchr::memmem::find(line, b" char:").is_some()
}

/// `File "a.py", line 3, in f` and pytest's `a.py:3: in f`: the source line comes next.
fn traceback_place(line: &[u8]) -> Option<&'static str> {
    let body = line.trim_ascii();
    let python = body.starts_with(b"File \"") && memchr::memmem::find(body, b", line ").is_some();
    let pytest = memchr::memchr_iter(b':', body)
        .find(|&i| body[i..].starts_with(b": in "))
        .is_some_and(|i| body[..i].last().is_some_and(u8::is_ascii_digit))
        && !body.contains(&b'"');
    (python || pytest).then_some("python")
}
