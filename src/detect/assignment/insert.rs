//! Values of SQL: the column that a name stands for in `INSERT INTO t (a, password) VALUES ('x', 'y'), …`.

use super::{Ground, Name, judge, push, value};
use crate::{detect::subject::Hits, transcript::text::Field};

/// The longest list of columns, in bytes.
const COLUMNS: usize = 512;

/// The longest statement that is looked at, in bytes.
const LONGEST: usize = 16 << 10;

/// Looks at the values of the column whose name is `start..end`.
pub(super) fn find(bytes: &[u8], (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    let from = start.saturating_sub(COLUMNS);
    let Some(open) = memchr::memrchr(b'(', &bytes[from..start]).map(|i| from + i) else { return };
    let before = &bytes[open.saturating_sub(80)..open];
    if !before.windows(6).any(|w| w.eq_ignore_ascii_case(b"insert") || w.eq_ignore_ascii_case(b" into ")) {
        return;
    }
    let column = bytes[open..start].iter().filter(|&&b| b == b',').count();
    let limit = bytes.len().min(end + LONGEST);
    let Some(close) = memchr::memchr(b')', &bytes[end..limit.min(end + COLUMNS)]).map(|i| end + i + 1) else {
        return;
    };
    let gap = bytes[close..limit]
        .iter()
        .take(16)
        .take_while(|b| b.is_ascii_whitespace() || matches!(b, b'\\' | b'n'))
        .count();
    let word = close + gap;
    if !bytes.get(word..word + 6).is_some_and(|w| w.eq_ignore_ascii_case(b"values")) {
        return;
    }
    rows(bytes, word + 6, limit, column, name, hits);
    // What a library says of a statement whose values are told apart from it.
    let near = &bytes[word..limit.min(word + COLUMNS)];
    if let Some(given) = memchr::memmem::find(near, b"parameters: (") {
        rows(bytes, word + given + 12, limit, column, name, hits);
    }
}

/// Looks at the values under a name `start..end` of a list of columns in JSON: `"columns": ["a", "password"], "rows": [["x",
/// "y"]]`.
pub(super) fn find_listed(bytes: &[u8], (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    const ROWS: [&str; 4] = ["rows", "values", "data", "records"];
    let from = start.saturating_sub(COLUMNS);
    let Some(open) = memchr::memrchr2(b'[', b'(', &bytes[from..start]).map(|i| from + i) else { return };
    if heads_rows(bytes, open) {
        return headed(bytes, open, (start, end), name, hits);
    }
    if bytes[open] == b'(' {
        return;
    }
    let column = bytes[open..start].iter().filter(|&&b| b == b',').count();
    let limit = bytes.len().min(end + LONGEST);
    let Some(close) = memchr::memchr(b']', &bytes[end..limit.min(end + COLUMNS)]).map(|i| end + i + 1) else {
        return;
    };
    let space = |at: usize| {
        let blank = |b: &&u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\\' | b':' | b',' | b'[');
        at + bytes[at..limit].iter().take(32).take_while(blank).count()
    };
    let key = space(close);
    let Some(word) = ROWS.iter().find(|w| bytes[key..].starts_with(w.as_bytes())) else { return };
    let at = key + word.len();
    let first = space(at);
    let Some(bracket) = memchr::memrchr(b'[', &bytes[at..first]).map(|i| at + i) else { return };
    rows(bytes, bracket, limit, column, name, hits);
}

/// Whether a list opens another: `[[`, `[(`.
fn heads_rows(bytes: &[u8], open: usize) -> bool {
    matches!(bytes[..open].trim_ascii_end().last(), Some(b'[' | b'('))
}

/// The rows below a list of names that is the first of them: `[["user", "password"], ["bob", "x"]]`.
fn headed(bytes: &[u8], open: usize, (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    let limit = bytes.len().min(end + LONGEST);
    let closing = if bytes[open] == b'(' { b')' } else { b']' };
    let Some(close) = memchr::memchr(closing, &bytes[end..limit.min(end + COLUMNS)]).map(|i| end + i) else {
        return;
    };
    let calm = |b: &u8| b.is_ascii_alphanumeric() || b"_-, \"'\\".contains(b);
    let column = bytes[open..start].iter().filter(|&&b| b == b',').count();
    let columns = bytes[open..close].iter().filter(|&&b| b == b',').count();
    let gap = bytes[close + 1..limit]
        .iter()
        .take(24)
        .take_while(|b| b.is_ascii_whitespace() || matches!(b, b',' | b'\\' | b'n'));
    let next = close + 1 + gap.count();
    let apart = bytes[close + 1..next].contains(&b',');
    if name.certain
        && columns > 0
        && apart
        && bytes.get(next) == Some(&bytes[open])
        && bytes[open + 1..close].iter().all(calm)
    {
        rows(bytes, next, limit, column, name, hits);
    }
}

/// The values of a column in rows `(…), (…)` or `[…], […]` from `at` on.
fn rows(bytes: &[u8], at: usize, limit: usize, column: usize, name: Name, hits: &mut Hits) {
    let (mut at, mut cell, mut inside) = (at, 0, false);
    while let Some(&b) = bytes.get(at).filter(|_| at < limit) {
        match b {
            b'(' | b'[' if !inside => (inside, cell) = (true, 0),
            b')' | b']' if inside => inside = false,
            b']' | b'}' => return,
            b',' if inside => cell += 1,
            b';' if !inside => return,
            b'\'' | b'"' | b'\\' if inside => {
                let Some(found) = value::literal(bytes, at) else { return };
                if cell == column {
                    take(bytes, found, name, hits);
                }
                at = found.end + (found.start - at) - 1;
            }
            b if !inside && b.is_ascii_alphabetic() => return,
            _ => {}
        }
        at += 1;
    }
}

fn take(bytes: &[u8], found: value::Value, name: Name, hits: &mut Hits) {
    if let Some((sure, evidence)) = judge(name, &bytes[found.start..found.end], Ground::Literal, Field::Free)
    {
        push(hits, found.start, found.end, sure, evidence);
    }
}
