//! Patches in any syntax: signs, headers and hunk headers stay, content goes.

use super::{line::Verdict, page::Line};
use crate::transcript::agent::language;

/// How the lines of a hunk start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Signs {
    /// `+`, `-`, blank; as many old and new lines as the header says.
    Unified { old: usize, new: usize },
    /// `+`, `-`, blank, until something else comes; a sign is so many bytes wide.
    Loose { width: usize },
    /// `< ` and `> `.
    Normal,
    /// `! `, `+ `, `- ` and two blanks.
    Context,
}

/// What a line of a patch is, outside hunks.
enum Header {
    /// Starts a hunk; the code after the header starts at this byte of the line.
    Hunk(Signs, usize),
    /// Names a file.
    File,
    /// Anything else that patches say of themselves.
    Other,
}

/// Whether a patch starts at line `at`.
pub(super) fn starts(text: &[u8], lines: &[Line], at: usize) -> bool {
    let line = lines[at].bytes(text);
    match line.first() {
        Some(b'd') => {
            line.starts_with(b"diff --git ") || line.starts_with(b"diff -") || line.starts_with(b"diff --c")
        }
        Some(b'I') => line.starts_with(b"Index: "),
        Some(b'-') => line.starts_with(b"--- ") && next(text, lines, at).starts_with(b"+++ "),
        Some(b'@') => {
            matches!(header(line), Some(Header::Hunk(..))) && !line.starts_with(b"@@ ") || numbered_hunk(line)
        }
        Some(b'*') => {
            [&b"*** Begin Patch"[..], b"*** Update File: ", b"*** Add File: "]
                .iter()
                .any(|s| line.starts_with(s))
                || (line.starts_with(b"*** ") && next(text, lines, at).starts_with(b"--- "))
                || context_hunk(line)
        }
        Some(b'0'..=b'9') => {
            is_normal_header(line) && matches!(next(text, lines, at).get(..2), Some(b"< " | b"> "))
        }
        _ => false,
    }
}

fn next<'a>(text: &'a [u8], lines: &[Line], at: usize) -> &'a [u8] {
    lines.get(at + 1).map_or(b"", |line| line.bytes(text))
}

/// Reads the patch that starts at line `at` and ends before line `to` at the latest; says where it ends. With
/// `all`, every line belongs to it.
pub(super) fn read(
    text: &[u8],
    lines: &mut [Line],
    at: usize,
    to: usize,
    all: bool,
    first: &'static str,
) -> usize {
    let (mut at, mut language) = (at, first);
    let mut signs = if all { Some(Signs::Loose { width: 1 }) } else { None };
    while at < to {
        let line = lines[at].bytes(text);
        if let Some(open) = signs
            && let Some((width, rest)) = hunk_line(line, open)
        {
            lines[at].is_code(text, lines[at].start + width, language);
            signs = rest;
            at += 1;
            continue;
        }
        match header(line) {
            Some(Header::Hunk(new, content)) => {
                lines[at].is_code(text, lines[at].start + content, language);
                if lines[at].verdict == Verdict::Blank {
                    lines[at].verdict = Verdict::Firm;
                }
                signs = Some(new);
            }
            Some(kind) => {
                if matches!(kind, Header::File) {
                    language = language::of_path(file_name(line));
                }
                lines[at].verdict = Verdict::Firm;
                signs = after_header(line, signs.filter(|_| all));
            }
            None if all => lines[at].is_code(text, lines[at].start, language),
            None => break,
        }
        at += 1;
    }
    at
}

/// After `*** Add File:` come lines with signs at once.
fn after_header(line: &[u8], otherwise: Option<Signs>) -> Option<Signs> {
    let added = line.starts_with(b"*** Add File: ") || line.starts_with(b"*** Update File: ");
    if added { Some(Signs::Loose { width: 1 }) } else { otherwise }
}

/// The width of the sign of a line in a hunk, and the hunk's state after it; nothing if the hunk has ended.
fn hunk_line(line: &[u8], signs: Signs) -> Option<(usize, Option<Signs>)> {
    let sign = line.first().copied();
    match signs {
        Signs::Unified { old: 0, new: 0 } => {
            // More lines than the header says: someone edited the patch by hand. A header is none of them.
            let more = matches!(sign, Some(b'+' | b'-' | b' ')) && header(line).is_none();
            more.then_some((1, Some(signs)))
        }
        Signs::Unified { old, new } => {
            let (old, new) = match sign {
                Some(b'+') => (old, new.saturating_sub(1)),
                Some(b'-') => (old.saturating_sub(1), new),
                Some(b' ' | b'\t') | None => (old.saturating_sub(1), new.saturating_sub(1)),
                Some(b'\\') => (old, new),
                _ => return None,
            };
            Some((usize::from(!matches!(sign, None | Some(b'\t'))), Some(Signs::Unified { old, new })))
        }
        Signs::Loose { width } => {
            let fits = line.iter().take(width).all(|b| matches!(b, b'+' | b'-' | b' '));
            let is_header = line.starts_with(b"--- a") || line.starts_with(b"+++ ");
            (fits && !is_header).then_some((width.min(line.len()), Some(signs)))
        }
        Signs::Normal => match line.get(..2) {
            Some(b"< " | b"> ") => Some((2, Some(signs))),
            _ => (matches!(line, b"<" | b">" | b"---")).then_some((line.len(), Some(signs))),
        },
        Signs::Context => match line.get(..2) {
            Some(b"! " | b"+ " | b"- " | b"  ") => Some((2, Some(signs))),
            _ => None,
        },
    }
}

/// What a line outside hunks says, if it belongs to a patch.
fn header(line: &[u8]) -> Option<Header> {
    let starts = |words: &[&[u8]]| words.iter().any(|word| line.starts_with(word));
    match line.first()? {
        b'@' => hunk_header(line),
        b'*' if context_hunk(line) => Some(Header::Hunk(Signs::Context, line.len())),
        b'-' if line.ends_with(b" ----") => Some(Header::Hunk(Signs::Context, line.len())),
        b'0'..=b'9' if is_normal_header(line) => Some(Header::Hunk(Signs::Normal, line.len())),
        b'+' | b'-' | b'*' if starts(&[b"+++ ", b"--- ", b"*** "]) => Some(Header::File),
        b'*' if line.len() > 8 && line.iter().all(|b| *b == b'*') => Some(Header::Other),
        b'd' if starts(&[b"diff "]) => Some(Header::File),
        b'I' if starts(&[b"Index: "]) => Some(Header::File),
        _ => OTHER.iter().any(|word| line.starts_with(word.as_bytes())).then_some(Header::Other),
    }
}

/// How the other lines of a patch's head start.
static OTHER: &[&str] = &[
    "index ",
    "new file mode",
    "deleted file mode",
    "old mode",
    "new mode",
    "similarity index",
    "dissimilarity index",
    "rename from",
    "rename to",
    "copy from",
    "copy to",
    "Binary files",
    "\\ No newline",
    "====",
    "Only in ",
    "GIT binary",
];

/// `@@ -1,4 +1,5 @@ section`, `@@@ -1 -1 +1 @@@`, `@@`, `@@ section`.
fn hunk_header(line: &[u8]) -> Option<Header> {
    let ats = line.iter().take_while(|b| **b == b'@').count();
    if ats < 2 {
        return None;
    }
    let marks = &line[..ats];
    let end = memchr::memmem::rfind(line, marks).filter(|&end| end > 0).map_or(ats, |end| end + ats);
    let inner = &line[ats..end.saturating_sub(ats).max(ats)];
    let content = (end + usize::from(line.get(end) == Some(&b' '))).min(line.len());
    match counts(inner) {
        Some((old, new)) if ats == 2 => Some(Header::Hunk(Signs::Unified { old, new }, content)),
        Some(_) => Some(Header::Hunk(Signs::Loose { width: ats - 1 }, content)),
        None => Some(Header::Hunk(Signs::Loose { width: 1 }, (ats + 1).min(line.len()))),
    }
}

fn numbered_hunk(line: &[u8]) -> bool {
    line.starts_with(b"@@ -") && memchr::memmem::find(line, b" @@").is_some()
}

/// The numbers of old and new lines in ` -1,4 +1,5 `.
fn counts(inner: &[u8]) -> Option<(usize, usize)> {
    let count = |range: &[u8]| {
        let number = range.split(|b| *b == b',').nth(1).unwrap_or(b"1");
        std::str::from_utf8(number).ok()?.parse().ok()
    };
    let mut ranges = inner.split(|b| *b == b' ').filter(|part| !part.is_empty());
    let old = ranges.next()?.strip_prefix(b"-")?;
    let new = ranges.next_back()?.strip_prefix(b"+")?;
    Some((count(old)?, count(new)?))
}

/// `*** 12,18 ****`
fn context_hunk(line: &[u8]) -> bool {
    line.starts_with(b"*** ") && line.ends_with(b" ****") && line.get(4).is_some_and(u8::is_ascii_digit)
}

/// `12c12`, `3,5d2`, `7a8,9`
fn is_normal_header(line: &[u8]) -> bool {
    let range = |part: &[u8]| {
        !part.is_empty()
            && part.iter().all(|b| b.is_ascii_digit() || *b == b',')
            && part[0].is_ascii_digit()
            && part.last() != Some(&b',')
    };
    let Some(letter) = line.iter().position(|b| matches!(b, b'a' | b'c' | b'd')) else { return false };
    line.len() < 40 && range(&line[..letter]) && range(&line[letter + 1..])
}

/// The name of a file in a header.
fn file_name(line: &[u8]) -> &[u8] {
    let mut words = line.rsplit(|b| matches!(b, b' ' | b'\t'));
    words.find(|word| word.contains(&b'.') || word.contains(&b'/')).unwrap_or_default()
}
