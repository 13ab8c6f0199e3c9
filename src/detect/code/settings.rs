//! Runs of settings: a configuration of which no line is code by itself.

use super::{
    line::Verdict,
    page::Line,
    statement::is_variable,
    structure::{indent, is_open},
};

/// Runs of `key: value` of a configuration: at least four lines, two in three of them such; sections of an INI file.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    sections(text, lines);
    let mut at = 0;
    while at < lines.len() {
        let run = lines[at..].iter().take_while(|line| is_part_of_settings(text, line)).count();
        let keys = lines[at..at + run].iter().filter(|line| is_setting(text, line)).count();
        let nested =
            lines[at..at + run].iter().any(|line| indent(line.bytes(text)) >= 2 && is_setting(text, line));
        let variables =
            lines[at..at + run].iter().filter(|line| is_variable(line.content(text).trim_ascii())).count();
        if (keys >= 3 && keys * 2 >= run && nested) || variables >= 2 {
            for line in &mut lines[at..at + run] {
                line.is_code(text, line.content, "");
            }
        }
        at += run.max(1);
    }
}

/// Sections like `[Unit]` with lines of `Name=value` right below them, two such lines or more in all.
fn sections(text: &[u8], lines: &mut [Line]) {
    let (mut found, mut pairs, mut at) = (Vec::new(), 0, 0);
    while at < lines.len() {
        if !is_section(lines[at].content(text).trim_ascii()) {
            at += 1;
            continue;
        }
        let count =
            lines[at + 1..].iter().take_while(|line| is_pair(line.content(text).trim_ascii())).count();
        if count > 0 {
            found.push(at..at + 1 + count);
        }
        pairs += count;
        at += count + 1;
    }
    if pairs >= 2 {
        let all = found.into_iter().flatten();
        all.for_each(|at| lines[at].is_code(text, lines[at].content, "ini"));
    }
}

fn is_section(body: &[u8]) -> bool {
    let Some(name) = body.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) else { return false };
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'_' | b'-' | b' ' | b'"' | b'/'))
}

/// `ExecStart=/bin/a`, `name = value`
fn is_pair(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    name > 1
        && (body[name..].trim_ascii_start().starts_with(b"=")
            && !body[name..].trim_ascii_start().starts_with(b"==")
            || is_inventoried(&body[name..]))
}

/// ` ansible_host=10.2.0.4 ansible_user=ada`: behind a machine's name what is set for it.
fn is_inventoried(rest: &[u8]) -> bool {
    let assigned = |word: &[u8]| memchr::memchr(b'=', word).is_some_and(|at| at > 0 && at + 1 < word.len());
    rest.starts_with(b" ") && rest.trim_ascii().split(|b| *b == b' ').all(assigned)
}

fn is_part_of_settings(text: &[u8], line: &Line) -> bool {
    let open = is_open(line.verdict) || line.verdict == Verdict::Code;
    let body = line.content(text).trim_ascii();
    open && (is_setting(text, line) || is_item(text, line) || is_variable(body) || is_dotted(body))
}

/// `org.gradle.jvmargs=-Xmx3G`: a name of parts, and its value without a blank.
fn is_dotted(body: &[u8]) -> bool {
    let name =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    body[..name].contains(&b'.') && name > 2 && body.get(name) == Some(&b'=') && body.len() > name + 1
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

/// An item of a list in a configuration: one word, or more if it is indented.
fn is_item(text: &[u8], line: &Line) -> bool {
    let body = line.content(text).trim_ascii();
    (is_open(line.verdict) || line.verdict == Verdict::Code)
        && body
            .strip_prefix(b"- ")
            .is_some_and(|item| !item.contains(&b' ') || indent(line.content(text)) >= 2)
}
