//! Commands among words: fences of Markdown that hold them rather than a script, lines and tags. Programs, flags and paths stay, and
//! the scripts on their command lines are code.

use super::{
    command::{self, unquoted, word_end},
    fence,
    line::Verdict,
    page::{Block, Line},
    program::PROGRAMS,
    structure,
};

/// Words after a fence that announce commands.
static WORDS: [&[u8]; 8] =
    [b"bash", b"sh", b"shell", b"zsh", b"console", b"terminal", b"shell-session", b"sh-session"];

/// Whether the word `info` after a fence announces commands.
pub(super) fn is_announced(info: &[u8]) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(info))
}

/// Takes the lines `from..to` of a fence for what stays, if each command in them begins with a known program.
pub(super) fn read(text: &[u8], lines: &mut [Line], from: usize, to: usize) -> bool {
    let Some((start, end)) =
        lines[from..to].first().zip(lines[from..to].last()).map(|(a, b)| (a.start, b.end))
    else {
        return false;
    };
    let commands = are_commands(text, start, end);
    if commands {
        lines[from..to].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    }
    commands
}

/// Appends the scripts in the commands that [`read`] has left.
pub(super) fn blocks(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    let mut at = 0;
    while let Some(step) = lines[at..].iter().position(|line| line.verdict == Verdict::Told) {
        let first = at + step;
        let count = lines[first..].iter().take_while(|line| line.verdict == Verdict::Told).count();
        at = first + count;
        let opened = first.checked_sub(1).map(|above| lines[above].bytes(text));
        let info = opened.and_then(fence::opening).map(|fence| fence.info());
        if info.is_some_and(is_announced) {
            command::read(text, lines[first].start, lines[at - 1].end, 0, out);
        }
    }
}

/// How far the end of a command in tags is looked for, in lines.
const MAX_TAGGED: usize = 200;

/// What stands around a command that an agent calls for in XML.
const TAGS: (&[u8], &[u8]) = (b"<command>", b"</command>");

/// Takes the command in tags that opens on line `at` for what stays, but for its scripts; says where the text goes on.
pub(super) fn tagged(text: &[u8], lines: &mut [Line], at: usize, to: usize) -> Option<usize> {
    let closes = |line: &Line| memchr::memmem::find(line.bytes(text), TAGS.1).is_some();
    let count = lines[at..to].iter().take(MAX_TAGGED).position(closes)?;
    lines[at..=at + count].iter_mut().for_each(|line| line.verdict = Verdict::Told);
    Some(at + count + 1)
}

/// Appends the scripts in the command in tags that opens on `line`.
fn tagged_scripts(text: &[u8], line: &Line, out: &mut Vec<Block>) {
    let lead = line.bytes(text).iter().take_while(|b| **b == b' ').count();
    let from = line.start + lead;
    if text[from..].starts_with(TAGS.0)
        && let Some(len) = memchr::memmem::find(&text[from..], TAGS.1)
    {
        command::read(text, from + TAGS.0.len(), from + len, 0, out);
    }
}

/// Takes a command that stands alone below a sentence for what stays, but for its scripts.
pub(super) fn alone(text: &[u8], lines: &mut [Line]) {
    for at in 2..lines.len() {
        let blank = |index: usize| lines.get(index).is_none_or(|line| line.verdict == Verdict::Blank);
        if lines[at].verdict == Verdict::Code
            && blank(at - 1)
            && blank(at + 1)
            && lines[at - 2].verdict == Verdict::Stay
            && lines[at - 2].bytes(text).trim_ascii_end().ends_with(b":")
        {
            let line = &lines[at];
            let lead = line.bytes(text).iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let flags = memchr::memmem::find(line.bytes(text), b" -").is_some();
            if flags && is_known(text, line.start + lead, line.end) {
                (lines[at].verdict, lines[at].content) = (Verdict::Firm, line.start);
            }
        }
    }
}

/// Appends the scripts in lines of words that are commands, with a prompt before them or none.
pub(super) fn typed(text: &[u8], lines: &[Line], out: &mut Vec<Block>) {
    for line in lines {
        match line.verdict {
            Verdict::Told => tagged_scripts(text, line, out),
            Verdict::Firm | Verdict::Stay | Verdict::Weak | Verdict::Maybe => typed_scripts(text, line, out),
            Verdict::Blank | Verdict::Code => {}
        }
    }
}

/// As [`typed`], of one line. A line with backquotes is a sentence, in which each is looked at.
fn typed_scripts(text: &[u8], line: &Line, out: &mut Vec<Block>) {
    let bytes = line.bytes(text);
    let lead = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'$' | b'%' | b'>' | b'+')).count();
    let lead =
        lead + bytes[lead..].strip_prefix(b"Running command: ").map_or(0, |_| b"Running command: ".len());
    if bytes.get(lead).is_some_and(|b| b.is_ascii_lowercase() || *b == b'R')
        && memchr::memchr2(b'\'', b'"', bytes).is_some()
        && is_known(text, line.start + lead, line.end)
        && memchr::memchr(b'`', bytes).is_none()
    {
        command::read(text, line.start + lead, line.end, 0, out);
    }
}

/// Whether every command in `text[at..to]` begins with a known program, and there is one.
fn are_commands(text: &[u8], mut at: usize, to: usize) -> bool {
    let mut any = false;
    while at < to {
        match text[at] {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => at = line_end(text, at, to),
            b'$' if text.get(at + 1) == Some(&b' ') => at += 2,
            _ => {
                if !is_known(text, at, to) {
                    return false;
                }
                (any, at) = (true, command_end(text, at, to));
            }
        }
    }
    any
}

/// Whether the command at byte `at` begins with a known program, settings of variables before it left out.
fn is_known(text: &[u8], mut at: usize, to: usize) -> bool {
    while at < to {
        let end = word_end(text, at, to);
        let (from, until) = unquoted(text, at, end);
        let word = &text[from..until];
        let name = word.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let sets = name > 0 && word.get(name) == Some(&b'=');
        let blank = text[end..to].iter().take_while(|b| **b == b' ').count();
        if !sets || blank == 0 {
            // A file that is run, or a program by its path.
            let by_path = memchr::memchr(b'/', word).is_some_and(|slash| slash + 1 < word.len());
            return by_path || PROGRAMS.binary_search(&word).is_ok();
        }
        at = end + blank;
    }
    false
}

/// One past the line on which the command at byte `at` ends: its quotes, its continued lines and its here-documents are
/// part of it.
fn command_end(text: &[u8], mut at: usize, to: usize) -> usize {
    let first = at;
    while at < to && text[at] != b'\n' {
        at = match text[at] {
            b'\\' if text.get(at + 1) == Some(&b'\n') => at + 2,
            b' ' | b'\t' | b'\r' | b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>' | b'`' => at + 1,
            _ => word_end(text, at, to),
        };
    }
    let (mut head, mut end) = (&text[first..at.min(to)], at.min(to));
    while let Some(word) = structure::here_document(head) {
        let behind = word.as_ptr() as usize - head.as_ptr() as usize + word.len();
        head = &head[behind..];
        end = document_end(text, end + 1, to, word);
    }
    end
}

/// The end of the line that ends the here-document which begins at byte `at`.
fn document_end(text: &[u8], at: usize, to: usize, word: &[u8]) -> usize {
    let mut line = at;
    while line < to {
        let end = line_end(text, line, to);
        if text[line..end].trim_ascii() == word {
            return end;
        }
        line = end + 1;
    }
    to
}

fn line_end(text: &[u8], at: usize, to: usize) -> usize {
    memchr::memchr(b'\n', &text[at..to]).map_or(to, |step| at + step)
}

#[cfg(test)]
mod tests {
    use super::{PROGRAMS, are_commands};

    #[test]
    fn commands_are_told_from_scripts() {
        for text in [
            "cargo test --release 2>&1 | tail -40",
            "$ npm ci\n$ npm test",
            "# first\nRUST_LOG=debug cargo run -- serve",
            "python3 -c '\nimport a\na.b()\n' | tail",
            "git commit -m \"$(cat <<'EOF'\nSay more\n\nand again\nEOF\n)\"",
            "cat > a.py <<'A' && cat > b.py <<'B'\nset -e\nA\nfor\nB\nls",
            "docker run \\\n  -it alpine",
            "./run.sh --fast",
        ] {
            assert!(are_commands(text.as_bytes(), 0, text.len()), "{text}");
        }
        for text in [
            "set -e\ncargo test",
            "for f in *.log; do\n  cat $f\ndone",
            "settle() {\n  echo a\n}",
            "ROWS=$(rows --all)\necho $ROWS",
            "settle --rows 4",
            "# nothing",
            "",
            "ROWS=4 ",
            "ROWS='4 5' LIMIT=2 ",
        ] {
            assert!(!are_commands(text.as_bytes(), 0, text.len()), "{text}");
        }
        assert!(PROGRAMS.is_sorted());
    }
}
