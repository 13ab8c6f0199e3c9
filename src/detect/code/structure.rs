//! What the form of a text says of its lines: fences, patches, conflicts, here-documents; then each line by itself; then
//! what its neighbours say of it.
//!
//! A line that stays must stay when the text is read again with the code gone from it, so nothing that makes a line code
//! may come from lines that are no code themselves, but for what stands right beside it.

use super::{answer, document, line::Verdict, marker, page::Line, patch, prefix, quote, settings, told};
use crate::transcript::agent::language;

/// How deep fences in fences are followed.
const MAX_FENCES: usize = 8;

/// Judges the lines `from..to` of `text`.
pub(super) fn read(text: &[u8], lines: &mut [Line], from: usize, to: usize, depth: usize) {
    let mut budget = 4 * (to - from) + 1000;
    let mut at = if depth == 0 { from.max(marker::head(text, lines)) } else { from };
    while at < to {
        let line = lines[at].bytes(text);
        if line.trim_ascii().is_empty() {
            at += 1;
        } else if let Some(open) = fence(line) {
            at = read_fence(text, lines, at, to, open, depth);
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
        excerpts(text, lines);
        targets(text, lines);
        shown_files(text, lines);
        settings::read(text, lines);
        neighbours(text, lines);
        quote::read(text, lines);
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
        b'<' | b'S' | b'H' | b'F' | b'E' | b'a' if matches!(last, b':' | b'>') => {
            told::shown(text, lines, at, to).or_else(|| told::read(text, lines, at, to, budget))
        }
        b'0'..=b'9' | b'T' | b'A' | b'S' | b'N' | b'M' | b'F' | b'E' | b'a' => {
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

/// The opening line of a fence.
#[derive(Clone, Copy)]
struct Fence<'a> {
    mark: u8,
    len: usize,
    info: &'a [u8],
}

/// Reads a fence: three or more backticks or tildes after indentation, quotation marks or the mark of a list.
fn fence(line: &[u8]) -> Option<Fence<'_>> {
    let lead = line
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'0'..=b'9' | b'.'))
        .count();
    let mark = *line.get(lead).filter(|b| matches!(b, b'`' | b'~'))?;
    let len = line[lead..].iter().take_while(|b| **b == mark).count();
    let info = without_wide(line[lead + len..].trim_ascii());
    (len >= 3 && !info.contains(&b'`')).then_some(Fence { mark, len, info })
}

/// White space beyond ASCII and what is not seen at all, as editors leave it at the end of a line.
static WIDE: [&str; 9] =
    ["\u{85}", "\u{a0}", "\u{200b}", "\u{200e}", "\u{2028}", "\u{2029}", "\u{2060}", "\u{3000}", "\u{feff}"];

/// `info` without what of [`WIDE`] stands at its ends: a fence with nothing else behind it closes.
fn without_wide(mut info: &[u8]) -> &[u8] {
    while info.last().is_some_and(|b| *b >= 0x80) || info.first().is_some_and(|b| *b >= 0x80) {
        let bare = WIDE.iter().fold(info, |info, wide| {
            let info = info.strip_prefix(wide.as_bytes()).unwrap_or(info);
            info.strip_suffix(wide.as_bytes()).unwrap_or(info).trim_ascii()
        });
        if bare.len() == info.len() {
            break;
        }
        info = bare;
    }
    info
}

/// Reads the fence at line `at`; says where the text goes on after it.
fn read_fence(text: &[u8], lines: &mut [Line], at: usize, to: usize, open: Fence<'_>, depth: usize) -> usize {
    let close = fence_end(text, lines, at, to, open);
    lines[at].verdict = Verdict::Firm;
    if let Some(line) = lines[..to].get_mut(close) {
        line.verdict = Verdict::Firm;
    }
    let word = open.info.trim_ascii_start();
    let word = word.strip_prefix(b"{").unwrap_or(word);
    let end = word
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'#' | b'-' | b'_'))
        .unwrap_or(word.len());
    let (inner, word) = ((at + 1, close.min(to)), &word[..end]);
    if document::is_one(text, lines, at, inner, word) {
        lines[inner.0..inner.1].iter_mut().for_each(|line| line.is_code(text, line.start, "markdown"));
    } else {
        read_fenced(text, lines, inner, word, depth);
    }
    (close + 1).min(to)
}

/// The line that closes the fence opened at line `at`, or `to`. A fence with a word in it opens another one.
fn fence_end(text: &[u8], lines: &[Line], at: usize, to: usize, open: Fence<'_>) -> usize {
    let mut depth = 1;
    for (index, line) in lines.iter().enumerate().take(to).skip(at + 1) {
        let Some(other) = fence(line.bytes(text)).filter(|f| f.mark == open.mark && f.len >= open.len) else {
            continue;
        };
        depth = if other.info.is_empty() { depth - 1 } else { depth + 1 };
        if depth == 0 {
            return index;
        }
    }
    to
}

/// Words after a fence that stand for anything but source code.
static PLAIN: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "console",
    "terminal",
    "log",
    "logs",
    "output",
    "stdout",
    "stderr",
    "bash",
    "sh",
    "shell",
    "zsh",
    "fish",
    "shell-session",
    "sh-session",
    "http",
    "tree",
    "markdown",
    "md",
    "mdx",
    "error",
];

/// Judges what stands in a fence with the word `info`.
fn read_fenced(text: &[u8], lines: &mut [Line], (from, to): (usize, usize), info: &[u8], depth: usize) {
    let plain = PLAIN.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(info));
    if info.eq_ignore_ascii_case(b"diff") || info.eq_ignore_ascii_case(b"patch") {
        patch::read(text, lines, from, to, true, "");
    } else if plain && depth < MAX_FENCES {
        read(text, lines, from, to, depth + 1);
        if !info.eq_ignore_ascii_case(b"markdown") && !info.eq_ignore_ascii_case(b"md") {
            mostly_code(text, &mut lines[from..to]);
        }
    } else {
        let language = language::of_word(info);
        lines[from..to].iter_mut().for_each(|line| line.is_code(text, line.start, language));
    }
}

/// Where a third of the lines are code, all are that are not of another form.
fn mostly_code(text: &[u8], lines: &mut [Line]) {
    let count = |wanted: &[Verdict]| lines.iter().filter(|line| wanted.contains(&line.verdict)).count();
    let code = count(&[Verdict::Code]);
    if code > 0 && code * 3 >= count(&[Verdict::Code, Verdict::Maybe, Verdict::Weak, Verdict::Stay]) {
        for line in lines.iter_mut().filter(|line| is_open(line.verdict)) {
            line.is_code(text, line.content, line.language);
        }
    }
}

/// Whether a line may still turn out to be code.
pub(super) fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Maybe | Verdict::Weak | Verdict::Stay)
}

/// The end of a conflict or a here-document that starts at line `at`; what is in it is code.
fn enclosed_end(text: &[u8], lines: &mut [Line], at: usize, to: usize, budget: &mut usize) -> Option<usize> {
    let line = lines[at].bytes(text);
    let (end_mark, whole): (&[u8], bool) =
        if line.starts_with(b"<<<<<<< ") { (b">>>>>>> ", false) } else { (here_document(line)?, true) };
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

/// Source lines that programs quote: above a line of `^^^`, below the place in a traceback.
fn excerpts(text: &[u8], lines: &mut [Line]) {
    for at in 0..lines.len() {
        let line = lines[at].bytes(text);
        if is_caret(line) && at > 0 && is_open(lines[at - 1].verdict) {
            let content = lines[at - 1].content;
            lines[at - 1].is_code(text, content, "");
        }
        if let Some(language) = traceback_place(line)
            && let Some(next) = lines.get(at + 1).copied()
            && indent(next.bytes(text)) > indent(line)
            && traceback_place(next.bytes(text)).is_none()
        {
            lines[at + 1].is_code(text, next.start, language);
        }
    }
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
    for at in 0..lines.len() {
        let line = lines[at];
        if !is_open(line.verdict) || !is_target(line.content(text)) {
            continue;
        }
        let recipe = lines.get(at + 1).is_some_and(|next| {
            next.content(text).starts_with(b"\t") && (is_open(next.verdict) || next.verdict == Verdict::Code)
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
    begins
        && head.len() < 60
        && head.iter().all(name)
        && tail.iter().all(|b| name(b) || *b == b'|')
        && !tail.ends_with(b".")
}

pub(super) fn indent(line: &[u8]) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// A line of `^`, `~` and `-` that points at the line above, with a message after it perhaps.
fn is_caret(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    let marks = body.iter().take_while(|b| matches!(b, b'^' | b'~' | b'-' | b' ')).count();
    let points = body[..marks].contains(&b'^') || body.starts_with(b"~~~");
    points && (marks == body.len() || body[..marks].ends_with(b" "))
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

/// Lines that may be code are where they touch code; a few words between lines of code are a comment.
fn neighbours(text: &[u8], lines: &mut [Line]) {
    spread(text, lines, true);
    spread(text, lines, false);
    bridge(text, lines);
}

/// From code on, downwards or upwards, through lines that may be code. Over a blank line only what is rather code than not
/// is taken along.
fn spread(text: &[u8], lines: &mut [Line], down: bool) {
    let (mut reach, mut beside) = (0, false);
    for step in 0..lines.len() {
        let at = if down { step } else { lines.len() - 1 - step };
        let comment = || is_comment(lines[at].content(text));
        match lines[at].verdict {
            Verdict::Code => (reach, beside) = (MAX_SPREAD, true),
            Verdict::Blank => (reach, beside) = (reach.min(2), false),
            Verdict::Maybe if reach > 0 => reach -= 1,
            Verdict::Weak if reach > 0 && beside => reach -= 1,
            Verdict::Stay if reach > 0 && beside && comment() => reach -= 1,
            _ => reach = 0,
        }
        if reach > 0 && is_open(lines[at].verdict) {
            lines[at].is_code(text, lines[at].content, lines[at].language);
            beside = true;
        }
    }
}

/// Lines that may be code and follow code without a break.
const MAX_SPREAD: usize = 12;

/// Words between lines of code.
const MAX_BRIDGE: usize = 6;

pub(super) fn is_comment(content: &[u8]) -> bool {
    let body = content.trim_ascii();
    let starts: [&[u8]; 8] = [b"//", b"/*", b"* ", b"*/", b"# ", b"-- ", b"\"\"\"", b"<!--"];
    starts.iter().any(|start| body.starts_with(start)) || body == b"*"
}

/// Words that stand indented between lines of code: a comment, a text in quotes.
fn bridge(text: &[u8], lines: &mut [Line]) {
    let mut before: Option<usize> = None;
    for at in 0..lines.len() {
        match lines[at].verdict {
            Verdict::Code => {
                if let Some(before) = before.filter(|&b| at - b > 1 && at - b <= MAX_BRIDGE + 1) {
                    fill(text, &mut lines[before + 1..at]);
                }
                before = Some(at);
            }
            Verdict::Firm | Verdict::Told => before = None,
            _ => {}
        }
    }
}

/// Takes words between code for code if they are indented or may be code.
fn fill(text: &[u8], between: &mut [Line]) {
    let inside = |line: &Line| {
        matches!(line.verdict, Verdict::Blank | Verdict::Maybe | Verdict::Weak)
            || indent(line.content(text)) > 0
    };
    if between.iter().all(inside) {
        for line in between.iter_mut().filter(|line| line.verdict != Verdict::Blank) {
            line.is_code(text, line.content, line.language);
        }
    }
}
