//! Runs of settings: a configuration of which no line is code by itself.

use super::{
    line::Verdict,
    page::Line,
    statement::is_variable,
    structure::{indent, is_open},
};

/// Runs of `key: value` of a configuration: at least four lines, two in three of them such.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let run = lines[at..].iter().take_while(|line| is_part_of_settings(text, line)).count();
        let keys = lines[at..at + run].iter().filter(|line| is_setting(text, line)).count();
        let nested =
            lines[at..at + run].iter().any(|line| indent(line.bytes(text)) >= 2 && is_setting(text, line));
        let variables =
            lines[at..at + run].iter().filter(|line| is_variable(line.content(text).trim_ascii())).count();
        if (keys >= 3 && keys * 3 >= run * 2 && nested) || variables >= 2 {
            for line in &mut lines[at..at + run] {
                line.is_code(text, line.content, "");
            }
        }
        at += run.max(1);
    }
}

fn is_part_of_settings(text: &[u8], line: &Line) -> bool {
    let open = is_open(line.verdict) || line.verdict == Verdict::Code;
    open && (is_setting(text, line) || is_item(text, line) || is_variable(line.content(text).trim_ascii()))
}

/// `name: value` with a name in small letters, by itself or in a list.
fn is_setting(text: &[u8], line: &Line) -> bool {
    if !is_open(line.verdict) && line.verdict != Verdict::Code {
        return false;
    }
    let body = line.content(text).trim_ascii();
    let body = body.strip_prefix(b"- ").unwrap_or(body);
    let name =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let named = name > 0 && (body[0].is_ascii_lowercase() || body[..name].contains(&b'_'));
    named && body.get(name) == Some(&b':') && matches!(body.get(name + 1), None | Some(b' '))
}

/// An item of a list in a configuration: one word.
fn is_item(text: &[u8], line: &Line) -> bool {
    let body = line.content(text).trim_ascii();
    (is_open(line.verdict) || line.verdict == Verdict::Code)
        && body.strip_prefix(b"- ").is_some_and(|item| !item.contains(&b' '))
}
