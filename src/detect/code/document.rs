//! Fences of Markdown that hold a document of the project, such as its README, rather than words.

use super::page::Line;
use crate::transcript::agent::language;

/// Words after a fence that stand for Markdown.
static MARKDOWN: [&[u8]; 3] = [b"markdown", b"md", b"mdx"];

/// How the names of documents begin that may have no extension.
static NAMES: [&[u8]; 4] = [b"README", b"CHANGELOG", b"CONTRIBUTING", b"CODEOWNERS"];

/// Whether the fence at line `at` with the word `info`, around the lines `from..to`, holds a document: it begins as one does, or the line above names one.
pub(super) fn is_one(
    text: &[u8],
    lines: &[Line],
    at: usize,
    (from, to): (usize, usize),
    info: &[u8],
) -> bool {
    MARKDOWN.iter().any(|word| word.eq_ignore_ascii_case(info))
        && (begins(text, &lines[from..to]) || names_one(lines[at].bytes(text)) || is_named(text, lines, at))
}

/// Whether the first line is a title of the first rank, or opens what stands before a document's text.
fn begins(text: &[u8], lines: &[Line]) -> bool {
    let mut filled = lines.iter().map(|line| line.bytes(text).trim_ascii()).filter(|line| !line.is_empty());
    let Some(first) = filled.next() else { return false };
    first.starts_with(b"# ") || first == b"---" && filled.next().is_some_and(|line| line.contains(&b':'))
}

/// Whether the line above line `at`, a blank one between them left out, names a document.
fn is_named(text: &[u8], lines: &[Line], at: usize) -> bool {
    let above = lines[..at].iter().rev().take(2).map(|line| line.bytes(text));
    above.into_iter().find(|line| !line.trim_ascii().is_empty()).is_some_and(names_one)
}

/// Whether a word of a line is the name of a document.
fn names_one(line: &[u8]) -> bool {
    let part = |b: &u8| !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'/' | b'_' | b'-') && *b < 0x80;
    line.split(part).any(|word| {
        let word = word.strip_suffix(b".").unwrap_or(word);
        let name = memchr::memrchr(b'/', word).map_or(word, |slash| &word[slash + 1..]);
        let extended = name.contains(&b'.') && !name.starts_with(b".");
        extended && matches!(language::of_path(name), "markdown" | "rst")
            || NAMES.iter().any(|known| name.starts_with(known))
    })
}
