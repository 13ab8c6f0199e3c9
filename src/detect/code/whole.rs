//! What a program printed that is one file: of which most lines are code by themselves, and the others may be a file's.

use super::{
    around::is_comment,
    line::Verdict,
    marker,
    page::Line,
    structure::{indent, is_open},
};

/// Takes what a program printed for one file if most of its lines are code and the others may be lines of a file.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let (mut code, mut other) = (0, 0);
    for line in lines.iter() {
        match line.verdict {
            Verdict::Blank => {}
            Verdict::Firm if marker::stands_around(line.bytes(text)) => {}
            // A prompt, or the place where something was found.
            _ if line.content > line.start => return,
            Verdict::Code => code += 1,
            _ if is_of_file(line, line.bytes(text), code + other == 0) => other += 1,
            _ => return,
        }
    }
    if other > 0 && code > other {
        for line in lines.iter_mut().filter(|line| is_open(line.verdict)) {
            line.is_code(text, line.content, line.language);
        }
    }
}

/// Whether a line that is not code by itself may be one of a file: indented, or near to code; at the `start` whatever
/// announces nothing.
fn is_of_file(line: &Line, bytes: &[u8], start: bool) -> bool {
    let announces = bytes.contains(&b':');
    let near = matches!(line.verdict, Verdict::Maybe | Verdict::Weak);
    let marks = matches!(bytes.first(), Some(b'=' | b'<' | b'[' | b'{' | b'-' | b'*' | b'>'));
    is_open(line.verdict)
        && (indent(bytes) > 0 || !marks && !announces && (near || start || is_comment(bytes)))
}
