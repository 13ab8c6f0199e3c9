//! What a client puts around or into what it shows: heads, ends, places where something was left out. It stays, and code
//! ends at it.

use super::{line::Verdict, page::Line, structure};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// How the lines begin that Codex puts above what a command printed, the last one apart.
static HEAD: &[&[u8]] = &[
    b"Command: ",
    b"Chunk ID: ",
    b"Exit code: ",
    b"Wall time: ",
    b"Process exited with code ",
    b"Process running with session ID ",
    b"Original token count: ",
    b"Total output lines: ",
    b"Script completed",
    b"Warning: truncated output",
];

/// What stands around the words of a marker.
const AROUND: &[char] = &['.', '…', '[', ']', '(', ')', '<', '>', ' ', '-'];

/// What is counted in a marker, and what became of it.
static UNITS: &[&str] = &["lines", "line", "characters", "chars", "character", "tokens", "bytes", "more"];
static FATES: &[&str] = &["truncated", "omitted", "clipped", "skipped", "hidden", "elided", "lines"];

/// Whether a line, white space at its ends gone, says that something was left out, or which part is shown:
/// `... [1204 characters truncated] ...`, `…12 chars truncated…`, `[Showing results with pagination = limit: 10]`.
pub(super) fn is_one(body: &[u8]) -> bool {
    let around = |b: u8| matches!(b, b'.' | b'[' | b'(' | b'<' | b']' | b')' | b'>' | 0xa6);
    let marked = matches!(body.first(), Some(b'.' | b'[' | b'(' | b'<' | 0xe2))
        && body.last().is_some_and(|&b| around(b))
        && body.len() <= 120;
    if !marked {
        return false;
    }
    let Ok(text) = std::str::from_utf8(body) else { return false };
    let words = text.trim_matches(AROUND);
    let shown =
        ["Showing results ", "Showing lines ", "Showing first ", "Output truncated", "Content truncated"];
    shown.iter().any(|start| words.starts_with(start)) || is_count(words) || is_exit(words)
}

/// `exited with exit code 1`, which Copilot puts below what a command printed.
fn is_exit(words: &str) -> bool {
    let code =
        words.strip_prefix("exited with exit code ").or_else(|| words.strip_prefix("exited with code "));
    code.is_some_and(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()))
}

/// `1204 characters truncated`, `1,204 lines of output omitted`, `truncated 1204 characters`.
fn is_count(words: &str) -> bool {
    let mut parts = words.split(' ').filter(|word| *word != "of" && *word != "output");
    let number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || c == ',')
    };
    let first = parts.next().unwrap_or("");
    let (count, unit, fate) = match FATES.contains(&first) {
        true => (parts.next(), parts.next(), Some(first)),
        false => (Some(first), parts.next(), parts.next()),
    };
    count.is_some_and(number)
        && unit.is_some_and(|unit| UNITS.contains(&unit))
        && fate.is_some_and(|fate| FATES.contains(&fate))
        && parts.next().is_none()
}

/// Where within code something was left out without a line of its own: `…1204 tokens truncated…`, each `start..end`.
pub(super) fn gaps(code: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    const END: &[u8] = " truncated…".as_bytes();
    static CUT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(END));
    CUT.find_iter(code).filter_map(|at| {
        let from = at.saturating_sub(32);
        let start = memchr::memmem::rfind(&code[from..at], "…".as_bytes())? + from;
        let end = at + END.len();
        is_one(&code[start..end]).then_some((start, end))
    })
}

/// Tags that agents put around a file that they show.
static TAGS: [&[u8]; 6] =
    [b"<file>", b"</file>", b"<content>", b"</content>", b"<type>file</type>", b"<path>"];

/// Whether a line of a file as an agent shows it is none of the file's.
pub(super) fn is_around_file(line: &[u8]) -> bool {
    if !matches!(line.first(), Some(b'<' | b'(')) {
        return false;
    }
    let body = line.trim_ascii_end();
    TAGS.contains(&body)
        || body.starts_with(b"<path>") && body.ends_with(b"</path>")
        || body.starts_with(b"(End of file") && body.ends_with(b")")
        || body.starts_with(b"(File has more lines") && body.ends_with(b")")
}

/// Whether a line is of a head, or says that something was left out.
pub(super) fn stands_around(line: &[u8]) -> bool {
    HEAD.iter().any(|start| line.starts_with(start)) || line == b"Output:" || is_one(line.trim_ascii())
}

/// Takes the head of what a command printed for what stays; says where the rest begins.
pub(super) fn head(text: &[u8], lines: &mut [Line]) -> usize {
    if lines.first().is_some_and(|line| is_exit_code(line.bytes(text))) {
        lines[0].verdict = Verdict::Firm;
        return 1;
    }
    if let Some(end) = gemini(text, lines) {
        return end;
    }
    let is_head = |line: &&Line| HEAD.iter().any(|start| line.bytes(text).starts_with(start));
    let count = lines.iter().take(HEAD.len()).take_while(is_head).count();
    if count == 0 || lines.get(count).is_none_or(|line| line.bytes(text).trim_ascii_end() != b"Output:") {
        return 0;
    }
    lines[..=count].iter_mut().for_each(|line| line.verdict = Verdict::Firm);
    count + 1
}

/// Where the command stands that Gemini repeats above what it printed.
pub(super) fn repeated(text: &[u8]) -> Option<(usize, usize)> {
    const HEAD: &[u8] = b"Command: ";
    let end = text.starts_with(HEAD).then(|| memchr::memmem::find(text, b"\nDirectory: "))??;
    Some((HEAD.len(), end))
}

/// Takes what Gemini puts around what a command printed for what stays; says where that begins: `Command: …`, `Directory: …`,
/// `Output: …`, and `Exit Code: 0` at the end.
fn gemini(text: &[u8], lines: &mut [Line]) -> Option<usize> {
    const TAIL: [&[u8]; 6] = [
        b"Error: (",
        b"Stderr: (",
        b"Exit Code: ",
        b"Signal: ",
        b"Background PIDs: ",
        b"Process Group PGID: ",
    ];
    let starts = |line: &Line, head: &[u8]| line.bytes(text).starts_with(head);
    let (first, second) = (lines.first()?, lines.get(1)?);
    if !starts(first, b"Command: ") || !starts(second, b"Directory: ") {
        return None;
    }
    let output =
        lines.iter().take(4).position(|line| starts(line, b"Output:") || starts(line, b"Stdout:"))?;
    let bare = lines[output].bytes(text).len() <= b"Output: ".len();
    let tail = lines.iter().rev().take_while(|line| TAIL.iter().any(|head| starts(line, head))).count();
    let (from, to) = (output + usize::from(bare), lines.len() - tail);
    lines[..from].iter_mut().for_each(|line| line.verdict = Verdict::Firm);
    lines[to.max(from)..].iter_mut().for_each(|line| line.verdict = Verdict::Firm);
    Some(from)
}

/// `Exit code 1`, which Claude Code puts above what a command printed that failed.
fn is_exit_code(line: &[u8]) -> bool {
    let code = line.strip_prefix(b"Exit code ").map(<[u8]>::trim_ascii_end).unwrap_or_default();
    !code.is_empty() && code.iter().all(u8::is_ascii_digit)
}

/// A linter's summary that begins at line `at`, `2 issues:` and `* gosec: 2` below; says where the text goes on.
pub(super) fn summary(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> Option<usize> {
    let line = lines[at].bytes(text);
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    let heads = digits > 0 && matches!(&line[digits..], b" issues:" | b" issue:");
    if !heads {
        return None;
    }
    let end = (at + 1..to).find(|&index| !is_tally(lines[index].bytes(text))).unwrap_or(to);
    lines[at..end].iter_mut().for_each(|line| line.verdict = Verdict::Firm);
    Some(end)
}

/// `* gosec: 2`
fn is_tally(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"* ") else { return false };
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let number = rest[name..].strip_prefix(b": ");
    name > 0 && number.is_some_and(|n| !n.is_empty() && n.iter().all(u8::is_ascii_digit))
}

/// How a reminder that the client puts behind a file opens and closes.
const REMINDER: (&[u8], &[u8]) = (b"<system-reminder>", b"</system-reminder>");

/// Judges the reminders behind a file as words; says where the file ends.
pub(super) fn reminders(text: &[u8], lines: &mut [Line]) -> usize {
    if !text.trim_ascii_end().ends_with(REMINDER.1) {
        return lines.len();
    }
    let mut end = lines.len();
    loop {
        let filled = |line: &Line| !line.bytes(text).trim_ascii().is_empty();
        let Some(last) = lines[..end].iter().rposition(filled) else { return end };
        if !lines[last].bytes(text).trim_ascii_end().ends_with(REMINDER.1) {
            return end;
        }
        let opens = |line: &Line| line.bytes(text).starts_with(REMINDER.0);
        let Some(first) = lines[..=last].iter().rposition(opens) else { return end };
        structure::read(text, lines, first, end, 1);
        end = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_code() {
        for marker in [
            "... [600615 characters truncated] ...",
            "… [12 characters truncated] …",
            "…1204 tokens truncated…",
            "…12 chars truncated…",
            "[Showing results with pagination = limit: 10, offset: 0]",
            "[... 12 lines omitted ...]",
            "... (1,204 lines truncated) ...",
            "[truncated 88 lines]",
            "<12 lines skipped>",
            "<exited with exit code 127>",
        ] {
            assert!(is_one(marker.as_bytes()), "{marker}");
        }
        for code in [
            "[12 lines]",
            "...lines",
            "[truncated]",
            "(lines truncated)",
            "... [count truncated] ...",
            "[12, lines, truncated]",
            "<div>",
            "",
        ] {
            assert!(!is_one(code.as_bytes()), "{code}");
        }
    }

    #[test]
    fn gaps_within_a_line_are_found() {
        let code = "let a = 1…12 tokens truncated…b(); // …never truncated…";
        let found: Vec<_> = gaps(code.as_bytes()).map(|(start, end)| &code[start..end]).collect();
        assert_eq!(found, ["…12 tokens truncated…"]);
    }
}
