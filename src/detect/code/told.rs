//! Results of edits that say what they replaced, or could not find: what they quote is code, whatever it looks like.

use super::{
    line::{Verdict, is_outline},
    page::{Block, Line},
};

/// What stands around the two texts of an edit.
struct Form {
    /// Before the first one.
    open: &'static [u8],
    /// Between the two.
    between: &'static [u8],
    /// After the second one, at the end of a line.
    close: &'static [u8],
}

/// `All occurrences of '…' were successfully replaced with '…'.`
static ALL: Form =
    Form { open: b"All occurrences of '", between: b"' were successfully replaced with '", close: b"'" };

/// `2. Replaced "…" with "…"`
static ONE: Form = Form { open: b". Replaced \"", between: b"\" with \"", close: b"\"" };

/// What an edit could not find: what stands before it, and what may stand behind it; else it goes to the end.
struct Missing {
    open: &'static [u8],
    ends: &'static [&'static [u8]],
}

/// `String to replace not found in file.`, and on the next line `String: …`
static STRING: Missing = Missing { open: b"String: ", ends: &[b"</tool_use_error>"] };

/// ``No replacement was performed, old_str `…` did not appear verbatim in …``, `Failed to find context '…' in …`
static QUOTED: [Missing; 2] = [
    Missing {
        open: b"old_str `",
        ends: &[b"` did not appear", b"` in lines", b"` was not found", b"` is not unique"],
    },
    Missing { open: b"Failed to find context '", ends: &[b"' in "] },
];

/// What stands before a file as it is after an edit, and what ends it if anything does.
static SHOWN: &[(&[u8], &[u8])] = &[
    (b"Here is the updated code:", b""),
    (b"Failed to find expected lines in ", b""),
    (b"<final_file_content", b"</final_file_content>"),
    (b"<file_content", b"</file_content>"),
    (b"<updated_content", b"</updated_content>"),
];

/// Tools that show a file or lines of one.
static SHOWERS: [&[u8]; 6] = [b"Read", b"NotebookRead", b"Grep", b"Edit", b"MultiEdit", b"Write"];

/// Most lines of one edit.
const MAX_LINES: usize = 2000;

/// An edit that a result tells of.
struct Edit {
    /// What it quotes, `start..end` each.
    quoted: Vec<(usize, usize)>,
    /// One past its last line.
    end: usize,
}

/// Takes the lines of an edit that is told of from line `at` on for what stays; says where the text goes on. Each line that
/// is gone over takes one from `budget`.
pub(super) fn read(
    text: &[u8],
    lines: &mut [Line],
    at: usize,
    to: usize,
    budget: &mut usize,
) -> Option<usize> {
    let edit = begins(text, lines, at, to, budget)?;
    lines[at..edit.end].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    Some(edit.end)
}

/// Appends the code that the edits among `lines` quote.
pub(super) fn blocks(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    let (mut at, mut budget) = (0, 4 * lines.len() + 1000);
    while at < lines.len() {
        let told = lines[at..].iter().take_while(|line| line.verdict == Verdict::Told).count();
        let edit = if told > 0 { begins(text, lines, at, at + told, &mut budget) } else { None };
        at = edit.as_ref().map_or(at + 1, |edit| edit.end);
        out.extend(edit.into_iter().flat_map(|edit| edit.quoted).map(|span| block(text, span)));
    }
}

fn block(text: &[u8], span: (usize, usize)) -> Block {
    let lines = memchr::memchr_iter(b'\n', &text[span.0..span.1]).count() + 1;
    Block { lines, spans: vec![span], ..Block::default() }
}

/// The edit that line `at` begins to tell of.
fn begins(text: &[u8], lines: &[Line], at: usize, to: usize, budget: &mut usize) -> Option<Edit> {
    let line = lines[at].bytes(text);
    match line.first()? {
        b'S' if line.starts_with(STRING.open) => {
            let above = lines[at.checked_sub(1)?].bytes(text);
            memchr::memmem::find(above, b"to replace")?;
            missing(text, lines, (at, 0), to, &STRING)
        }
        b'N' | b'M' | b'F' | b'E' | b'a' => QUOTED
            .iter()
            .find_map(|form| missing(text, lines, (at, memchr::memmem::find(line, form.open)?), to, form)),
        b'T' | b'A' => {
            let open = memchr::memmem::find(line, ALL.open)?;
            quoted(text, lines, (at, open), to, &ALL, budget)
        }
        b'R' => {
            // What the client says of a file that a prompt names.
            let tool = line.strip_prefix(b"Result of calling the ")?;
            let name = tool.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            SHOWERS.contains(&&tool[..name]).then_some(())?;
            let from = lines[at].end - tool[name..].strip_prefix(b" tool: ")?.len();
            let body = text[from..lines[at].end].trim_ascii_end();
            let inner = body.strip_prefix(b"\"").and_then(|body| body.strip_suffix(b"\""));
            let from = from + usize::from(inner.is_some());
            Some(Edit { quoted: wanted(text, &[(from, from + inner.unwrap_or(body).len())]), end: at + 1 })
        }
        b'0'..=b'9' => {
            let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
            line[digits..].starts_with(ONE.open).then_some(())?;
            quoted(text, lines, (at, digits), to, &ONE, budget)
        }
        _ => None,
    }
}

/// What could not be found, by what stands before it at `(line, byte)`.
fn missing(
    text: &[u8],
    lines: &[Line],
    (at, open): (usize, usize),
    to: usize,
    form: &Missing,
) -> Option<Edit> {
    let from = lines[at].start + open + form.open.len();
    let region = &lines[at..to.min(at + MAX_LINES)];
    let rest = &text[from..region.last()?.end];
    let ends = form.ends.iter().filter_map(|end| memchr::memmem::find(rest, end));
    let end = from + ends.min().unwrap_or(rest.len());
    let lines = region.partition_point(|line| line.start <= end);
    Some(Edit { quoted: wanted(text, &[(from, end)]), end: at + lines })
}

/// Those of `parts` that hold anything but an outline.
fn wanted(text: &[u8], parts: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let holds = |&&(start, end): &&(usize, usize)| {
        let body = text[start..end].trim_ascii();
        !body.is_empty() && !is_outline(body)
    };
    parts.iter().filter(holds).copied().collect()
}

/// The edit of form `form` that opens at `(line, byte)`: up to the last line that closes it before the next one opens.
fn quoted(
    text: &[u8],
    lines: &[Line],
    (at, open): (usize, usize),
    to: usize,
    form: &Form,
    budget: &mut usize,
) -> Option<Edit> {
    let (end, closed) = end(text, lines, at, to, form, budget)?;
    let from = lines[at].start + open + form.open.len();
    let last = lines[end - 1].end;
    let body = text[from..last].trim_ascii_end();
    let body = if closed { body.strip_suffix(b".").unwrap_or(body) } else { body };
    let close = from + body.strip_suffix(form.close).unwrap_or(body).len();
    let parts = match memchr::memmem::find(&text[from..close], form.between) {
        Some(step) => [(from, from + step), (from + step + form.between.len(), close)],
        None => [(from, close), (close, close)],
    };
    Some(Edit { quoted: wanted(text, &parts), end })
}

/// One past the last line of the edit that line `at` opens, and whether it closes there. One that does not close is none if
/// it is of a list, and goes on to the end if it is the only one.
fn end(
    text: &[u8],
    lines: &[Line],
    at: usize,
    to: usize,
    form: &Form,
    budget: &mut usize,
) -> Option<(usize, bool)> {
    let (mut end, mut last) = (None, at + 1);
    for (index, line) in lines.iter().enumerate().take(to.min(at + MAX_LINES)).skip(at) {
        *budget = budget.checked_sub(1)?;
        let body = line.bytes(text).trim_ascii_end();
        let digits = body.iter().take_while(|b| b.is_ascii_digit()).count();
        let next =
            digits > 0 && body[digits..].starts_with(ONE.open) || body.starts_with(b"<system-reminder>");
        if index > at && next {
            break;
        }
        last = index + 1;
        if body.strip_suffix(b".").unwrap_or(body).ends_with(form.close) {
            end = Some((last, true));
        }
    }
    end.or_else(|| (form.open == ALL.open).then_some((last, false)))
}

/// Takes the cell of a notebook that a result shows for code: `Updated cell 7f3a with …`, to the end.
fn cell(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> Option<usize> {
    let line = lines[at].bytes(text);
    let name = line.strip_prefix(b"Updated cell ").or_else(|| line.strip_prefix(b"Inserted cell "))?;
    let content = line.len() - name.len() + memchr::memmem::find(name, b" with ")? + b" with ".len();
    let first = lines[at].start + content;
    lines[at].is_code(text, first, "");
    lines[at + 1..to].iter_mut().for_each(|line| line.is_code(text, line.start, ""));
    Some(to)
}

/// Takes a file that an edit's result shows for code; says where the text goes on.
pub(super) fn shown(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> Option<usize> {
    let line = lines[at].bytes(text).trim_ascii();
    if matches!(line.first(), Some(b'U' | b'I')) {
        return cell(text, lines, at, to);
    }
    let (_, close) = SHOWN.iter().find(|(open, close)| {
        if close.is_empty() {
            line.ends_with(b":") && memchr::memmem::find(line, open).is_some()
        } else {
            line.starts_with(open) && line.ends_with(b">")
        }
    })?;
    let ends = |line: &Line| line.bytes(text).trim_ascii() == *close;
    let end = if close.is_empty() { to } else { at + 1 + lines[at + 1..to].iter().position(ends)? };
    lines[at].verdict = Verdict::Firm;
    lines[at + 1..end].iter_mut().for_each(|line| line.is_code(text, line.start, ""));
    if end < to {
        lines[end].verdict = Verdict::Firm;
    }
    Some((end + 1).min(to))
}
