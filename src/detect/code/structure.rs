//! What the form of a text says of its lines: fences, patches, conflicts, here-documents; then each line by itself; then
//! what its neighbours say of it.
//!
//! A line that stays must stay when the text is read again with the code gone from it, so nothing that makes a line code
//! may come from lines that are no code themselves, but for what stands right beside it.

use super::{
    answer, around, column, excerpt, fence, form, frame, help, line::Verdict, machine, marker, page::Line,
    patch, prefix, quote, settings, shell, thrown, told, workflow,
};
use crate::transcript::agent::language;

/// Judges the lines `from..to` of `text`.
pub(super) fn read(text: &[u8], lines: &mut [Line], from: usize, to: usize, depth: usize) {
    let mut budget = 4 * (to - from) + 1000;
    let mut at = if depth == 0 { from.max(marker::head(text, lines)) } else { from };
    while at < to {
        let line = lines[at].bytes(text);
        if line.trim_ascii().is_empty() {
            at += 1;
        } else if let Some(open) = fence::opening(line) {
            at = fence::read(text, lines, at, to, open, depth);
        } else if patch::starts(text, lines, at) {
            at = patch::read(text, lines, at, to, false, "").max(at + 1);
        } else if let Some(end) = said(text, lines, at, to, &mut budget) {
            at = end;
        } else if let Some(end) = enclosed_end(text, lines, at, to, &mut budget) {
            at = end;
        } else {
            at = by_itself(text, lines, at, to);
        }
    }
    if depth == 0 {
        help::read(text, lines);
        machine::read(text, lines);
        workflow::read(text, lines);
        column::read(text, lines);
        excerpt::read(text, lines);
        form::read(text, lines);
        targets(text, lines);
        shown_files(text, lines);
        settings::read(text, lines);
        around::read(text, lines);
        shell::alone(text, lines);
        quote::read(text, lines);
        thrown::read(text, lines);
        thrown::causes(text, lines);
        frame::read(text, lines);
    }
}

/// What a program answers with or tells of an edit from line `at` on; says where the text goes on.
fn said(text: &[u8], lines: &mut [Line], at: usize, to: usize, budget: &mut usize) -> Option<usize> {
    let body = lines[at].bytes(text).trim_ascii();
    let (&first, &last) = (body.first()?, body.last()?);
    if matches!(first, b'{' | b'[')
        || matches!(last, b'{' | b'[' | b'}' | b']' | b'>') && (first.is_ascii_alphabetic() || first == b'<')
    {
        let answer = answer::read(text, lines, at, to, budget);
        if answer.is_some() {
            return answer;
        }
    }
    match first {
        b'U' | b'I' => told::shown(text, lines, at, to),
        b'<' if body.starts_with(b"<command>") => shell::tagged(text, lines, at, to),
        b'<' | b'S' | b'H' | b'F' | b'E' | b'a' if matches!(last, b':' | b'>') => {
            told::shown(text, lines, at, to).or_else(|| told::read(text, lines, at, to, budget))
        }
        b'0'..=b'9' | b'T' | b'A' | b'S' | b'N' | b'M' | b'F' | b'E' | b'a' | b'R' => {
            told::read(text, lines, at, to, budget)
        }
        _ => None,
    }
}

/// Judges line `at` by itself, or with what a program counts below it; says where the text goes on.
fn by_itself(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> usize {
    let counted = lines[at].bytes(text).first().is_some_and(u8::is_ascii_digit);
    if counted && let Some(end) = marker::summary(text, lines, at, to) {
        return end;
    }
    prefix::read(text, lines, at);
    at + 1
}

/// Whether a line may still turn out to be code.
pub(super) fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Maybe | Verdict::Weak | Verdict::Stay)
}

/// The end of a conflict or a here-document that starts at line `at`; what is in it is code.
fn enclosed_end(text: &[u8], lines: &mut [Line], at: usize, to: usize, budget: &mut usize) -> Option<usize> {
    let line = lines[at].bytes(text);
    if line.trim_ascii_start().starts_with(b"\\begin{") {
        return environment(text, lines, at, to, budget);
    }
    let (end_mark, whole): (&[u8], bool) = if let Some(end) = markup_end(line) {
        (end, true)
    } else if line.starts_with(b"<<<<<<< ") {
        (b">>>>>>> ", false)
    } else if is_ed_header(line) {
        (b".", true)
    } else {
        (here_document(line)?, true)
    };
    let mut end = at + 1;
    loop {
        *budget = budget.checked_sub(1)?;
        let line = lines[..to].get(end)?.bytes(text);
        if (whole && line.trim_ascii() == end_mark) || (!whole && line.starts_with(end_mark)) {
            break;
        }
        end += 1;
    }
    lines[at].verdict = Verdict::Firm;
    lines[end].verdict = Verdict::Firm;
    for line in &mut lines[at + 1..end] {
        let bytes = line.bytes(text);
        if !whole && (bytes.starts_with(b"=======") || bytes.starts_with(b"|||||||")) {
            line.verdict = Verdict::Firm;
        } else {
            line.is_code(text, line.start, "");
        }
    }
    Some(end + 1)
}

/// What opens code in other markups than Markdown, alone on its line, and what closes it.
static MARKUPS: [(&[u8], &[u8]); 6] = [
    (b"{code", b"{code}"),
    (b"[code", b"[/code]"),
    (b"#+BEGIN_SRC", b"#+END_SRC"),
    (b"#+begin_src", b"#+end_src"),
    (b"<pre><code", b"</code></pre>"),
    (b"<pre", b"</pre>"),
];

/// The line that closes the code which `line` opens: `{code}` of `{code:java}`.
fn markup_end(line: &[u8]) -> Option<&'static [u8]> {
    let body = line.trim_ascii();
    if !matches!(body, [b'{' | b'[' | b'#' | b'<', ..]) {
        return None;
    }
    let alone = |rest: &[u8]| match rest {
        [] | [b'}' | b']' | b'>'] => true,
        [b':' | b'=' | b' ', ..] => {
            body[0] == b'#' || memchr::memchr3(b'}', b']', b'>', rest) == Some(rest.len() - 1)
        }
        _ => false,
    };
    MARKUPS.iter().find(|(open, _)| body.strip_prefix(*open).is_some_and(alone)).map(|&(_, close)| close)
}

/// The end of an environment of LaTeX that starts at line `at`: its words are the document's.
fn environment(text: &[u8], lines: &mut [Line], at: usize, to: usize, budget: &mut usize) -> Option<usize> {
    let name = lines[at].bytes(text).trim_ascii_start().strip_prefix(b"\\begin{")?;
    let name = &name[..memchr::memchr(b'}', name)?];
    let mut end = at;
    loop {
        *budget = budget.checked_sub(1)?;
        let line = lines[..to].get(end)?.bytes(text);
        let close = memchr::memmem::find(line, b"\\end{").map(|close| &line[close + 5..]);
        if close.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with(b"}")) {
            break;
        }
        end += 1;
    }
    lines[at..=end].iter_mut().for_each(|line| line.is_code(text, line.start, "latex"));
    Some(end + 1)
}

/// `14c`, `3,7a`: a command of `ed` that takes the lines below, up to a lone dot.
fn is_ed_header(line: &[u8]) -> bool {
    let Some((b'a' | b'c' | b'i', range)) = line.split_last() else { return false };
    line.len() < 16
        && range.first().is_some_and(u8::is_ascii_digit)
        && range.iter().all(|b| b.is_ascii_digit() || *b == b',')
}

/// The word that ends the here-document that a line opens: `EOF` of `cat > a.py <<'EOF'`.
pub(super) fn here_document(line: &[u8]) -> Option<&[u8]> {
    let at = memchr::memchr_iter(b'<', line).find(|at| line.get(at + 1) == Some(&b'<'))?;
    let rest = &line[at + 2..];
    let rest = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix(b"~")).unwrap_or(rest);
    let rest = rest.trim_ascii_start();
    let quoted = rest.first().filter(|b| matches!(b, b'\'' | b'"' | b'\\'));
    let rest = if quoted.is_some() { &rest[1..] } else { rest };
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let shouted = rest[..len].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_');
    let named = len > 0 && !rest[0].is_ascii_digit();
    (named && (quoted.is_some() || shouted)).then(|| &rest[..len])
}

/// Lines between a prompt that shows a source file and the next prompt: `$ cat main.rs`, `$ head -20 main.rs`.
fn shown_files(text: &[u8], lines: &mut [Line]) {
    let mut open: Option<(usize, &'static str)> = None;
    for at in 0..lines.len() {
        let Some(command) = prompted(lines[at].bytes(text)) else { continue };
        if let Some((from, language)) = open.take() {
            for line in lines[from..at].iter_mut().filter(|line| is_open(line.verdict)) {
                line.is_code(text, line.content, language);
            }
        }
        open = shown_language(command).map(|language| (at + 1, language));
    }
}

/// The command behind a prompt of a shell.
fn prompted(line: &[u8]) -> Option<&[u8]> {
    let rest = line
        .strip_prefix(b"$")
        .or_else(|| line.strip_prefix(b"%"))
        .or_else(|| line.strip_prefix("❯".as_bytes()))?;
    (rest.is_empty() || rest[0] == b' ').then(|| rest.trim_ascii())
}

/// The language of the one source file that a command prints.
fn shown_language(command: &[u8]) -> Option<&'static str> {
    let mut words = command.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let shows = [&b"cat"[..], b"head", b"tail", b"sed", b"bat", b"less", b"nl"].contains(&words.next()?);
    let language = language::of_path(command.split(|b| *b == b' ').next_back()?);
    (shows && language::is_source(language) && !command.contains(&b'|')).then_some(language)
}

/// Targets of a Makefile: `app: main.o` above a line that a tab begins, and what is said of targets.
fn targets(text: &[u8], lines: &mut [Line]) {
    // Pasted, the tabs have become blanks; then what only a Makefile has must stand in it.
    let made =
        || ["$@", "$<", "$^", "$("].iter().any(|sign| memchr::memmem::find(text, sign.as_bytes()).is_some());
    let mut pasted = None;
    for at in 0..lines.len() {
        let line = lines[at];
        if !is_open(line.verdict) || !is_target(line.content(text)) {
            continue;
        }
        let recipe = lines.get(at + 1).is_some_and(|next| {
            let indented = next.content(text).starts_with(b"\t")
                || next.content(text).starts_with(b"    ") && *pasted.get_or_insert_with(made);
            indented && (is_open(next.verdict) || next.verdict == Verdict::Code)
        });
        if recipe || line.content(text).starts_with(b".PHONY:") {
            lines[at].is_code(text, line.content, "make");
            if recipe {
                let content = lines[at + 1].content;
                lines[at + 1].is_code(text, content, "make");
            }
        }
    }
}

/// `app test: main.o lib.o`: names, a colon, names.
fn is_target(content: &[u8]) -> bool {
    let name = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/' | b'%' | b'$' | b'(' | b')' | b' ')
    };
    let Some(colon) = memchr::memchr(b':', content) else { return false };
    let (head, tail) = (&content[..colon], &content[colon + 1..]);
    let begins =
        head.first().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'$' | b'%' | b'_'));
    // `The following build commands failed:`
    let said = tail.is_empty()
        && head.first().is_some_and(u8::is_ascii_uppercase)
        && head.iter().filter(|b| **b == b' ').count() > 1;
    begins
        && !said
        && head.len() < 60
        && head.iter().all(name)
        && tail.iter().all(|b| name(b) || *b == b'|')
        && !tail.ends_with(b".")
}

pub(super) fn indent(line: &[u8]) -> usize {
    line.len() - line.trim_ascii_start().len()
}
