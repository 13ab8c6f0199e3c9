//! What stands around a line: what may be code is code where it touches code.

use super::{
    line::Verdict,
    page::Line,
    structure::{indent, is_open},
};

/// Lines that may be code are where they touch code; a few words between lines of code are a comment.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    spread(text, lines, true);
    spread(text, lines, false);
    bridge(text, lines);
}

/// From code on, downwards or upwards, through lines that may be code. Over a blank line only what is rather code than not
/// is taken along.
fn spread(text: &[u8], lines: &mut [Line], down: bool) {
    let (mut reach, mut beside, mut shown) = (0, false, false);
    for step in 0..lines.len() {
        let at = if down { step } else { lines.len() - 1 - step };
        match lines[at].verdict {
            Verdict::Code => shown = is_shown(text, &lines[at]),
            verdict if is_open(verdict) && is_shown(text, &lines[at]) != shown => reach = 0,
            _ => {}
        }
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

/// Whether a line has a prompt, a number or a place before its content, which is wider than the signs of a patch, so that a
/// line without one goes on with something else.
fn is_shown(text: &[u8], line: &Line) -> bool {
    let width = line.content - line.start;
    width > 0
        && match text[line.start] {
            b'>' => true,
            b'<' => false,
            _ => width > 3,
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
                if let Some(before) = before.filter(|&b| at - b > 1 && at - b <= MAX_BRIDGE + 1)
                    && !parted(text, &lines[before..=at])
                {
                    fill(text, &mut lines[before + 1..at]);
                }
                before = Some(at);
            }
            Verdict::Firm | Verdict::Told => before = None,
            _ => {}
        }
    }
}

/// Whether the ends of a stretch have prompts, numbers or places before their content and something between has none.
fn parted(text: &[u8], lines: &[Line]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    let between = |line: &Line| is_open(line.verdict) && !is_shown(text, line);
    is_shown(text, first) && is_shown(text, last) && lines.iter().any(between)
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
