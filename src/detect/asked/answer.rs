//! Answers: the lines that a command printed, and what of them is what it was asked for.

use super::{Ask, Asked};
use crate::detect::{
    assignment::{self, Ground, Kind, Name},
    identity, reference,
    shape::Shape,
    subject::{Hit, Hits},
};
use crate::{
    rule::{Confidence, id},
    transcript::text::Field,
};

/// Longest text that is taken for an answer, in bytes.
const MAX_ANSWER: usize = 16 << 10;

/// Most lines of an answer.
const MOST: usize = 12;

/// Shortest secret that a machine makes, in bytes.
const MADE: usize = 12;

/// Why something was found.
const EVIDENCE: &str = "what a command printed that was asked for it";

/// Heads of lines that clients put around what a command printed.
const CLIENTS: [&[u8]; 13] = [
    b"Chunk ID:",
    b"Command:",
    b"Exit code",
    b"Original token count:",
    b"Output:",
    b"Process Group PGID:",
    b"Process exited with code",
    b"Shell cwd was reset to",
    b"Stderr:",
    b"Stdout:",
    b"Total output lines:",
    b"Wall time:",
    b"exit code:",
];

/// Programs that say why they cannot show a file, and words that begin such lines.
const FAILING: [&[u8]; 18] = [
    b"Error", b"awk", b"bash", b"bat", b"cat", b"docker", b"error", b"fatal", b"grep", b"head", b"nl", b"rg",
    b"sed", b"sh", b"ssh", b"sudo", b"tail", b"zsh",
];

/// Most lines of what a program says that cannot show a file.
const MOST_SAID: usize = 3;

/// Whether all of a text, perhaps with escapes, says that a file could not be shown, or that nothing was printed:
/// `cat: a.rs: No such file`, `(no output)`.
pub(in crate::detect) fn is_failure(text: &[u8]) -> bool {
    let lines = memchr::memchr_iter(b'\n', text).count() + memchr::memmem::find_iter(text, b"\\n").count();
    let text = text.strip_prefix(b"<tool_use_error>").unwrap_or(text);
    let name = text.iter().take(32).take_while(|b| b.is_ascii_alphabetic() || **b == b'/').count();
    let program = text[..name].rsplit(|b| *b == b'/').next().unwrap_or_default();
    lines < MOST_SAID
        && (text.starts_with(b"(") && text.trim_ascii_end().ends_with(b" output)")
            || text.starts_with(b"Exit code ") && lines > 0
            || text[name..].starts_with(b": ") && FAILING.contains(&program))
}

/// The lines of an answer that may be what was asked for, without the blanks around them and the number before them;
/// none if there are too many.
pub(in crate::detect) fn lines(text: &[u8]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    if text.len() > MAX_ANSWER {
        return lines;
    }
    if text.trim_ascii_start().starts_with(b"{") {
        return members(text);
    }
    let mut at = 0;
    for line in text.split(|b| *b == b'\n') {
        let (mut start, end) =
            (at + line.len() - line.trim_ascii_start().len(), at + line.trim_ascii_end().len());
        at += line.len() + 1;
        if start >= end || CLIENTS.iter().any(|head| text[start..end].starts_with(head)) {
            continue;
        }
        start += gutter(&text[start..end]);
        let (start, end) = untagged(text, start, end);
        if start < end {
            lines.push((start, end));
        }
        if lines.len() > MOST {
            return Vec::new();
        }
    }
    lines
}

/// The members `value` of an answer that is an object, without their quotes: `{"id": "…", "value": "x"}`.
fn members(text: &[u8]) -> Vec<(usize, usize)> {
    const NAMES: [&[u8]; 4] = [b"\"value\"", b"\"Value\"", b"\"SecretString\"", b"\"plaintext\""];
    let mut found = Vec::new();
    for name in NAMES {
        for at in memchr::memmem::find_iter(text, name).take(MOST) {
            let rest = &text[at + name.len()..];
            let Some(open) = rest.trim_ascii_start().strip_prefix(b":").map(<[u8]>::trim_ascii_start) else {
                continue;
            };
            let start = text.len() - open.len();
            if let Some(value) = assignment::literal(text, start) {
                found.push((value.start, value.end));
            }
        }
    }
    found
}

/// A line without what clients put around all that was printed: `Output: `, `<stdout>`.
fn untagged(text: &[u8], start: usize, end: usize) -> (usize, usize) {
    let line = &text[start..end];
    let heads = [&b"Output: "[..], b"<stdout>", b"<output>"];
    let head = heads.iter().find(|head| line.starts_with(head)).map_or(0, |head| head.len());
    let tails = [&b"</stdout>"[..], b"</output>"];
    let tail = tails.iter().find(|tail| line.ends_with(tail)).map_or(0, |tail| tail.len());
    (start + head, end.saturating_sub(tail).max(start + head))
}

/// The length of the number that a tool puts before each line of a file: `1→`, `1\t`.
fn gutter(line: &[u8]) -> usize {
    let digits = line.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let sign = ["→".as_bytes(), b"\t"].into_iter().find(|sign| line[digits..].starts_with(sign));
    sign.filter(|_| digits > 0).map_or(0, |sign| digits + sign.len())
}

/// Adds what of the line `start..end`, the one at `index` of `of` lines, is what was asked for.
pub(in crate::detect) fn find(
    bytes: &[u8],
    (start, end): (usize, usize),
    (index, of): (usize, usize),
    asked: Asked,
    hits: &mut Hits,
) {
    let line = &bytes[start..end];
    match asked.of_line(index, of) {
        Some(Ask::Secret(name)) => {
            if line.iter().any(u8::is_ascii_whitespace) {
                return;
            }
            let quoted = usize::from(
                end - start > 2 && matches!(line[0], b'"' | b'\'') && line[end - start - 1] == line[0],
            );
            let (start, end) = (start + quoted, end - quoted);
            if let Some(confidence) = judge(name, &bytes[start..end], asked.alone) {
                hits.push(Hit::new(id::SECRET_ASSIGNMENT, start, end, EVIDENCE).confidence(confidence));
            }
        }
        Some(Ask::Row(row)) => {
            if let Some(part) = row.password(line) {
                let hit = Hit::new(id::SECRET_ASSIGNMENT, start + part.start, start + part.end, EVIDENCE);
                hits.push(hit.confidence(Confidence::Medium));
            }
        }
        Some(ask) => identity::answered(bytes, (start, end), ask, hits),
        None => {}
    }
}

/// How sure it is that a word is a secret of that name; `alone` says that nothing else was asked for.
fn judge(name: Name, value: &[u8], alone: bool) -> Option<Confidence> {
    let shape = Shape::of(value);
    if is_plain(value) || is_named(value) {
        return None;
    }
    let random = shape.looks_random() || value.len() >= 2 * MADE && shape.digits > 0 && shape.letters() > 0;
    let confidence = if random { Confidence::High } else { Confidence::Medium };
    let fits = if !alone || !name.certain {
        // Others may have printed a hash.
        value.len() >= MADE && random && (alone || !reference::is_code(value))
    } else if name.kind == Kind::Token {
        value.len() >= MADE && shape.letters() + shape.digits >= MADE - 2 && (random || shape.digits > 0)
    } else {
        assignment::judge(name, value, Ground::Literal, Field::Free).is_some()
    };
    (fits && !reference::is_explained(value)).then_some(confidence)
}

/// Whether a word is one that programs print where there is no value, or a path.
fn is_plain(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 12] = [
        b"None",
        b"done",
        b"empty",
        b"error",
        b"false",
        b"null",
        b"ok",
        b"set",
        b"true",
        b"undefined",
        b"unset",
        b"yes",
    ];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
        || value.ends_with(b":")
        || matches!(value, [b'/' | b'~' | b'-' | b'[' | b'{' | b'<', ..])
        || value.starts_with(b"./")
}

/// Whether a word is a member with its name, which the search of the text itself judges: `TOKEN=x`.
fn is_named(value: &[u8]) -> bool {
    memchr::memchr(b'=', value).is_some_and(|sign| {
        sign + 2 < value.len()
            && value[..sign].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
    })
}
