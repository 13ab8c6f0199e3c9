//! A text as lines, and the blocks of code among them.

use super::{
    Definition,
    line::{Verdict, is_outline},
};
use crate::simd;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its first byte.
    pub(super) start: usize,
    /// The first byte after a prefix that stays: a line number, a sign, a file name. Its start if there is none.
    pub(super) content: usize,
    /// One past its last byte, the line break not counted.
    pub(super) end: usize,
    /// What it is.
    pub(super) verdict: Verdict,
    /// The language, if anything says so.
    pub(super) language: &'static str,
}

impl Line {
    /// Its bytes without the line break.
    pub(super) fn bytes<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        &text[self.start..self.end]
    }

    /// Its bytes after the prefix.
    pub(super) fn content<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        &text[self.content..self.end]
    }

    /// Takes it for code from byte `content` on, unless there is nothing or an outline already.
    pub(super) fn is_code(&mut self, text: &[u8], content: usize, language: &'static str) {
        self.content = content.min(self.end);
        self.language = language;
        self.verdict = of_code(self.content(text));
    }
}

/// What a line is of which it is known that its content is code.
pub(super) fn of_code(content: &[u8]) -> Verdict {
    match content {
        _ if content.trim_ascii().is_empty() => Verdict::Blank,
        _ if is_outline(content) => Verdict::Firm,
        _ => Verdict::Code,
    }
}

/// A block of code: what is replaced by one outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The language, or empty.
    pub(super) language: &'static str,
    /// Lines, blank ones among them counted.
    pub(super) lines: usize,
    /// The bytes, `start..end`, sorted and disjoint, at least one, some perhaps empty; line breaks within one are kept by
    /// the view.
    pub(super) spans: Vec<(usize, usize)>,
    /// The names that it defines, once read.
    pub(super) names: Vec<Definition>,
}

/// The lines of `text`, not judged yet.
pub(super) fn split(text: &[u8]) -> Vec<Line> {
    let mut out = Vec::with_capacity(text.len() / 40 + 1);
    let mut start = 0;
    let mut push = |start: usize, brk: usize| {
        let end = if brk > start && text[brk - 1] == b'\r' { brk - 1 } else { brk };
        out.push(Line { start, content: start, end, verdict: Verdict::Blank, language: "" });
    };
    for brk in simd::places(b'\n', text) {
        push(start, brk);
        start = brk + 1;
    }
    push(start, text.len());
    out
}

/// How often a text is read again with its code gone, until no more is found.
const MAX_READINGS: usize = 6;

/// The lines of `text` as `read` judges them, so that `read` finds no code in what is left when the code is gone: else a
/// second redaction could find more than the first.
pub(super) fn settle(text: &[u8], read: impl Fn(&[u8], &mut [Line])) -> Vec<Line> {
    let mut lines = split(text);
    read(text, &mut lines);
    for _ in 1..MAX_READINGS {
        if !lines.iter().any(|line| line.verdict == Verdict::Code) {
            break;
        }
        let left = without_code(text, &lines);
        let mut again = split(&left);
        read(&left, &mut again);
        let mut more = false;
        for (line, new) in lines.iter_mut().zip(&again).filter(|(_, new)| new.verdict == Verdict::Code) {
            let content = line.start + (new.content - new.start);
            line.is_code(text, content.min(line.content), line.language);
            more = true;
        }
        if !more {
            break;
        }
    }
    lines
}

/// What is left of `text`: outlines and empty lines in the place of code.
fn without_code(text: &[u8], lines: &[Line]) -> Vec<u8> {
    let mut found = Vec::new();
    blocks(lines, &mut found);
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for block in &found {
        let mut outline: &[u8] = b"[CODE]";
        for &(start, end) in &block.spans {
            out.extend_from_slice(&text[at..start]);
            out.extend_from_slice(std::mem::take(&mut outline));
            out.extend(memchr::memchr2_iter(b'\n', b'\r', &text[start..end]).map(|at| text[start + at]));
            at = end;
        }
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// Appends the blocks: runs of code with blank lines between, as long as one language has the word.
pub(super) fn blocks(lines: &[Line], out: &mut Vec<Block>) {
    let mut at = 0;
    while let Some(step) = lines[at..].iter().position(|line| line.verdict == Verdict::Code) {
        let first = at + step;
        let mut last = first;
        let mut language = lines[first].language;
        for (index, line) in lines.iter().enumerate().skip(first + 1) {
            match line.verdict {
                Verdict::Blank => {}
                Verdict::Code
                    if line.language == language || line.language.is_empty() || language.is_empty() =>
                {
                    language = if language.is_empty() { line.language } else { language };
                    last = index;
                }
                _ => break,
            }
        }
        out.push(block(&lines[first..=last], language));
        at = last + 1;
    }
}

/// One block. Without prefixes it is one span; with them a span for each line.
fn block(lines: &[Line], language: &'static str) -> Block {
    let whole = lines.iter().all(|line| line.content == line.start);
    let spans = if whole {
        vec![(lines[0].start, lines[lines.len() - 1].end)]
    } else {
        lines.iter().map(|line| (line.content, line.end)).collect()
    };
    Block { language, lines: lines.len(), spans, names: Vec::new() }
}
