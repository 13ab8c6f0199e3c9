//! What a program says of how it is called: rows of flags and commands, headings, what a flag does. They look like settings.

use super::{line::Verdict, page::Line, structure::indent};

/// Most lines that are none of a help text's before it ends.
const MAX_BLANK: usize = 2;

/// Takes what stands below `usage: …` for what stays, as far as it has the form of a help text.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let opens = is_usage(lines[at].bytes(text));
        at += 1;
        if opens {
            lines[at - 1].verdict = Verdict::Firm;
            at = body(text, lines, at);
        }
    }
}

/// `usage: tool [-h]`, `Usage:`, `USAGE:`
fn is_usage(line: &[u8]) -> bool {
    matches!(line.first(), Some(b'u' | b'U'))
        && line.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"usage:"))
}

/// Takes the lines of a help text from line `at` on; says where the text goes on.
fn body(text: &[u8], lines: &mut [Line], mut at: usize) -> usize {
    let mut blank = 0;
    while at < lines.len() && blank <= MAX_BLANK {
        let line = lines[at];
        let bytes = line.bytes(text);
        match line.verdict {
            Verdict::Blank => blank += 1,
            _ if is_part(bytes) && line.content == line.start => {
                lines[at].verdict = Verdict::Firm;
                blank = 0;
            }
            Verdict::Firm | Verdict::Stay => blank = 0,
            _ => return at,
        }
        at += 1;
    }
    at
}

/// A heading, a row, or what goes on with one.
fn is_part(line: &[u8]) -> bool {
    let body = line.trim_ascii();
    if indent(line) == 0 {
        let heading = body
            .strip_suffix(b":")
            .is_some_and(|words| words.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-')));
        let shouted = !body.is_empty() && body.iter().all(|b| b.is_ascii_uppercase() || *b == b' ');
        return heading || shouted;
    }
    // A flag, a set of names, or a name in a column of its own before words.
    match body {
        [b'-' | b'[' | b'<', ..] => !body.ends_with(b";") && !body.ends_with(b","),
        [b'{', ..] => body.ends_with(b"}") && !body.contains(&b':') && !body.contains(&b' '),
        _ => is_row(body) || is_words(body),
    }
}

/// `build, b     build everything that changed`
fn is_row(body: &[u8]) -> bool {
    let Some(gap) = memchr::memmem::find(body, b"  ") else { return false };
    let (names, words) = (&body[..gap], body[gap..].trim_ascii_start());
    let name = |b: &u8| b.is_ascii_alphanumeric() || b"-_, .:[]<>=|*".contains(b);
    names.iter().all(name) && is_words(words)
}

/// Two words or more, of letters for the most part, and no sign of code at the end.
fn is_words(body: &[u8]) -> bool {
    let letters = body.iter().filter(|b| b.is_ascii_alphabetic() || **b == b' ').count();
    body.contains(&b' ')
        && body.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'(' | b'['))
        && letters * 5 >= body.len() * 4
        && !matches!(body.last(), Some(b';' | b'{' | b'}' | b','))
        && !body.contains(&b'=')
}

#[cfg(test)]
mod tests {
    use super::super::{page, structure};
    use super::*;

    #[test]
    fn what_a_program_says_of_itself_stays_up_to_code() {
        let text = "usage: tool [-h] {build,check} ...\n\nBuild things.\n\npositional arguments:\n  {build,check}\n    \
            build         build everything that changed\n    check         look for problems\n\noptions:\n  -h, --help    \
            show this help\n  --jobs N      how many at once (default: 4)\n\nfn settle(rows: &[Row]) {\n    rows.len();\n}";
        let mut lines = page::split(text.as_bytes());
        let count = lines.len();
        structure::read(text.as_bytes(), &mut lines, 0, count, 0);
        let marks: String =
            lines.iter().map(|line| if line.verdict == Verdict::Code { 'c' } else { '.' }).collect();
        assert_eq!(marks, ".............ccc");
    }
}
