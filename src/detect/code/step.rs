//! What programs tell of their steps, by how a line begins: times and counts of logs, rows of linters, frames of some
//! languages, prompts of debuggers.

use memchr::memmem::Finder;
use std::sync::LazyLock;

/// `2026-01-27T00:16:19Z …`, `[2026-01-27 …`, `12:34:56 …`, `[1/4] …`: the line of a log.
pub(super) fn is_timed(body: &[u8]) -> bool {
    if body.starts_with(b"[") && is_step(&body[1..]) {
        return true;
    }
    let body = body.strip_prefix(b"[").unwrap_or(body);
    let shape = |pattern: &[u8]| {
        body.len() > pattern.len()
            && body.iter().zip(pattern).all(|(b, p)| if *p == b'0' { b.is_ascii_digit() } else { b == p })
    };
    shape(b"0000-00-00T00:00")
        || shape(b"0000-00-00 00:00")
        || shape(b"00:00:00")
        || shape(b"0000/00/00 00:00")
}

/// `Nov 20 10:02:11 web1 postfix/smtp[4121]: …`: a line of the system's log.
pub(super) fn is_system_log(body: &[u8]) -> bool {
    if body.get(3) != Some(&b' ') {
        return false;
    }
    let mut words = body.splitn(6, |b| *b == b' ').filter(|word| !word.is_empty());
    let (Some(month), Some(day), Some(time)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let clock = time.len() == 8 && time[2] == b':' && time[5] == b':';
    let named = month.len() == 3 && month[1..].iter().all(u8::is_ascii_lowercase);
    named && clock && day.len() < 3 && day.iter().chain(&time[..2]).all(u8::is_ascii_digit)
}

/// `1/4] …`
fn is_step(rest: &[u8]) -> bool {
    let digits = |rest: &[u8]| rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(rest);
    let behind = rest[first..].strip_prefix(b"/");
    first > 0 && behind.is_some_and(|rest| digits(rest) > 0 && rest[digits(rest)..].starts_with(b"] "))
}

/// `(elixir 1.17.3) lib/enum.ex:1703: …`, `(stdlib 6.1) …`: a frame of Erlang's machine.
pub(super) fn is_versioned_frame(body: &[u8]) -> bool {
    let name = body[1..].iter().take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
    let rest = &body[1 + name..];
    let version = rest.iter().skip(1).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    name > 0
        && rest.first() == Some(&b' ')
        && rest[1..][..version].contains(&b'.')
        && rest[1 + version..].starts_with(b") ")
}

/// What stands behind a number: an eslint row `12:7  error  …`, a frame of Rust `3: core::fmt::write`, `2 Warning(s)`.
pub(super) fn is_counted(body: &[u8]) -> bool {
    let digits = body.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = &body[digits..];
    match rest.first() {
        Some(b':') if rest.starts_with(b": 0x") => true,
        Some(b':') if rest.get(1) == Some(&b' ') => {
            let signs = |b: &u8| matches!(b, b';' | b'=' | b'(' | b'"');
            digits < 4 && memchr::memmem::find(rest, b"::").is_some() && !rest.iter().any(signs)
        }
        Some(b':') => {
            let column = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            let words = &rest[1 + column..];
            let level = words.trim_ascii_start();
            column > 0
                && level.len() < words.len()
                && [
                    &b"error "[..],
                    b"warning ",
                    b"info ",
                    "✖ ".as_bytes(),
                    "⚠ ".as_bytes(),
                    "ℹ ".as_bytes(),
                    "× ".as_bytes(),
                ]
                .iter()
                .any(|word| level.starts_with(word))
        }
        Some(b' ') => {
            let words = rest.trim_ascii();
            matches!(words, b"Warning(s)" | b"Error(s)" | b"rows" | b"row" | b"rows affected")
                || words.starts_with(b"File(s) ")
                || words.starts_with(b"Dir(s) ")
        }
        _ => false,
    }
}

/// The length of a debugger's prompt: `(gdb) `, `(Pdb) `.
pub(super) fn names_debugger(body: &[u8]) -> Option<usize> {
    let names: [&[u8]; 6] = [b"(gdb) ", b"(lldb) ", b"(Pdb) ", b"(dlv) ", b"(byebug) ", b"(rdb) "];
    // A prompt behind which nothing stands has lost its blank.
    let named = |name: &&&[u8]| body.starts_with(name) || *body == name[..name.len() - 1];
    names.iter().find(named).map(|name| name.len().min(body.len()))
}

/// The length of a debugger's prompt before something other than a command of one word.
pub(super) fn debugger(body: &[u8]) -> Option<usize> {
    names_debugger(body).filter(|&len| is_expression(&body[len..]))
}

pub(super) fn is_expression(typed: &[u8]) -> bool {
    !typed.trim_ascii().iter().all(u8::is_ascii_alphanumeric)
}

/// `app/a.rb:9:in \`settle': …`, `\tfrom bin/a:4:in '<main>'`: a frame of Ruby.
pub(super) fn is_ruby_frame(body: &[u8]) -> bool {
    static IN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b":in "));
    IN.find(body).is_some_and(|at| {
        at > 0 && body[at - 1].is_ascii_digit() && matches!(body.get(at + 4), Some(b'`' | b'\''))
    })
}
