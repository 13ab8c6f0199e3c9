//! Fences of Markdown: of both kinds, indented, quoted, in lists, nested, unclosed.

use super::{
    document,
    line::Verdict,
    page::Line,
    patch, sentence, shell,
    structure::{self, is_open},
};
use crate::transcript::agent::language;

/// How deep fences in fences are followed.
const MAX_FENCES: usize = 8;

/// The opening line of a fence.
#[derive(Clone, Copy)]
pub(super) struct Fence<'a> {
    mark: u8,
    len: usize,
    info: &'a [u8],
}

/// Reads a fence: three or more backticks or tildes after indentation, quotation marks or the mark of a list.
pub(super) fn opening(line: &[u8]) -> Option<Fence<'_>> {
    let lead = line
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'0'..=b'9' | b'.'))
        .count();
    let mark = *line.get(lead).filter(|b| matches!(b, b'`' | b'~'))?;
    let len = line[lead..].iter().take_while(|b| **b == mark).count();
    let info = without_wide(line[lead + len..].trim_ascii());
    (len >= 3 && !info.contains(&b'`')).then_some(Fence { mark, len, info })
}

impl<'a> Fence<'a> {
    /// What stands behind the mark.
    pub(super) fn info(self) -> &'a [u8] {
        self.info
    }
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
pub(super) fn read(
    text: &[u8],
    lines: &mut [Line],
    at: usize,
    to: usize,
    open: Fence<'_>,
    depth: usize,
) -> usize {
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
        let Some(other) = opening(line.bytes(text)).filter(|f| f.mark == open.mark && f.len >= open.len)
        else {
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
    } else if depth == 0 && shell::is_announced(info) && shell::read(text, lines, from, to) {
        // Commands stay, but for the scripts in them.
    } else if plain && depth < MAX_FENCES {
        structure::read(text, lines, from, to, depth + 1);
        // Words around fences of their own are words.
        let nested = lines[from..to]
            .iter()
            .any(|line| line.verdict == Verdict::Firm && opening(line.bytes(text)).is_some());
        if !nested && !info.eq_ignore_ascii_case(b"markdown") && !info.eq_ignore_ascii_case(b"md") {
            mostly_code(text, &mut lines[from..to]);
        }
    } else {
        let language = language::of_word(info);
        lines[from..to].iter_mut().for_each(|line| line.is_code(text, line.start, language));
    }
}

/// Where a third of the lines are code, all are that are not of another form: but for long sentences, and unless those are
/// half as many as the lines of code.
fn mostly_code(text: &[u8], lines: &mut [Line]) {
    let count = |wanted: &[Verdict]| lines.iter().filter(|line| wanted.contains(&line.verdict)).count();
    let code = count(&[Verdict::Code]);
    if code == 0 || code * 3 < count(&[Verdict::Code, Verdict::Maybe, Verdict::Weak, Verdict::Stay]) {
        return;
    }
    let said = |line: &Line| line.verdict == Verdict::Stay && sentence::is_long(line.content(text));
    if lines.iter().filter(|line| said(line)).count() * 2 >= code {
        return;
    }
    for line in lines.iter_mut().filter(|line| is_open(line.verdict) && !said(line)) {
        line.is_code(text, line.content, line.language);
    }
}
