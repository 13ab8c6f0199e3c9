//! Texts over many lines that code holds in quotation marks: help, messages, templates. Each line of them may be a sentence,
//! but it is the program's.

use super::{line::Verdict, page::Line};

/// The most lines of one text.
const MAX_LINES: usize = 80;

/// Most lines without code between code and such a text.
const NEAR: usize = 2;

/// What opens and closes such texts.
static MARKS: [&[u8]; 3] = [b"`", b"\"\"\"", b"'''"];

/// Takes the lines of texts that open beside code for code, up to the line that closes them.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    if !lines.iter().any(|line| line.verdict == Verdict::Code) {
        return;
    }
    for mark in MARKS {
        let mut from = 0;
        let mut at = 0;
        while let Some(step) = memchr::memmem::find(&text[from..], mark) {
            let found = from + step;
            at += lines[at..].partition_point(|line| line.end <= found);
            let Some(line) = lines.get(at) else { break };
            from = line.end.max(found + 1);
            if opens(line.content(text), mark)
                && is_near(lines, at)
                && let Some(end) = end(text, lines, at, mark)
            {
                take(text, &mut lines[at..=end]);
                from = lines[end].end;
            }
        }
    }
}

/// Whether line `at` is code, or code stands right above.
fn is_near(lines: &[Line], at: usize) -> bool {
    let above = &lines[at.saturating_sub(NEAR)..=at];
    above.iter().any(|line| line.verdict == Verdict::Code)
}

/// Whether a line opens `mark` and leaves it open, as in ``Long: `pays …`` and `HELP = """pays …`.
fn opens(content: &[u8], mark: &[u8]) -> bool {
    let mut found = memchr::memmem::find_iter(content, mark);
    let Some(first) = found.next().filter(|_| found.count() % 2 == 0) else { return false };
    let head = content[..first].trim_ascii_end();
    let head = head.strip_suffix(b"r").or_else(|| head.strip_suffix(b"f")).unwrap_or(head);
    matches!(head.trim_ascii_end().last(), Some(b'=' | b':' | b'(' | b',' | b'[' | b'{' | b'+'))
}

/// The line that closes the text which line `at` opens.
fn end(text: &[u8], lines: &[Line], at: usize, mark: &[u8]) -> Option<usize> {
    let closes = |line: &&Line| memchr::memmem::find_iter(line.content(text), mark).count() % 2 == 1;
    let inside = lines[at + 1..]
        .iter()
        .take(MAX_LINES)
        .take_while(|line| !matches!(line.verdict, Verdict::Firm | Verdict::Told));
    let step = inside.clone().position(|line| closes(&line))?;
    let line = lines[at + 1 + step].content(text);
    let behind = memchr::memmem::rfind(line, mark).map_or(0, |i| i + mark.len());
    let rest = line[behind..].trim_ascii();
    let code = rest.iter().all(|b| b.is_ascii_punctuation()) || lines[at + 1 + step].verdict == Verdict::Code;
    code.then_some(at + 1 + step)
}

/// Takes lines for code.
fn take(text: &[u8], lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.verdict != Verdict::Blank) {
        line.is_code(text, line.content, line.language);
    }
}
