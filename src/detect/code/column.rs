//! Tables that programs print: a line of headings above a row with a number in it, in columns that blanks part. Headings
//! with brackets and rows of numbers look like code.

use super::{line::Verdict, page::Line, structure::is_open};

/// The least number of columns.
const LEAST: usize = 3;

/// Most lines of a table.
const MOST: usize = 400;

/// Takes headings, and the rows below them, for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    dashed(text, lines);
    let mut at = 0;
    while at + 1 < lines.len() {
        let may = is_free(&lines[at]) && is_free(&lines[at + 1]) && may_head(text, lines, at);
        let count = if may { headings(lines[at].bytes(text)) } else { None };
        let rows = count.map_or(0, |count| {
            let row = |line: &&Line| is_free(line) && is_row(line.bytes(text), count);
            lines[at + 1..].iter().take(MOST).take_while(row).count()
        });
        if rows > 0 {
            for line in &mut lines[at..=at + rows] {
                (line.verdict, line.content) = (Verdict::Firm, line.start);
            }
        }
        at += rows + 1;
    }
}

/// Whether line `at` and the one below may be headings and a row by their first and last bytes, and one of them may be code.
fn may_head(text: &[u8], lines: &[Line], at: usize) -> bool {
    let (head, row) = (lines[at].bytes(text), lines[at + 1].bytes(text));
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'%' | b')');
    let first = head.iter().find(|b| **b != b' ');
    head.last().is_some_and(word)
        && row.last().is_some_and(word)
        && first.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'%' | b'#'))
        && (first.is_some_and(u8::is_ascii_uppercase) || !head.ends_with(b")"))
        && lines[at..at + 2].iter().any(|line| line.verdict != Verdict::Stay)
}

/// Whether a line may be one of a table: it has no prefix.
fn is_free(line: &Line) -> bool {
    line.content == line.start && (is_open(line.verdict) || line.verdict == Verdict::Code)
}

/// The cells of a line, two blanks or a tab between each two.
fn cells(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = line.trim_ascii();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.windows(2).position(|two| two == b"  " || two[0] == b'\t').unwrap_or(rest.len());
        let (cell, behind) = rest.split_at(end);
        rest = behind.trim_ascii_start();
        Some(cell)
    })
}

/// Whether no sign of code stands in a line.
fn is_plain(line: &[u8]) -> bool {
    !line
        .iter()
        .any(|b| matches!(b, b'=' | b';' | b'{' | b'}' | b'"' | b'\'' | b'<' | b'>' | b',' | b'&' | b'$'))
}

/// How many columns a line of headings has: words, their units in brackets perhaps.
fn headings(line: &[u8]) -> Option<usize> {
    if !is_plain(line) {
        return None;
    }
    let heading = |cell: &[u8]| {
        matches!(cell.first(), Some(b'A'..=b'Z' | b'a'..=b'z' | b'%' | b'#'))
            && cell.iter().all(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b' ' | b'_' | b'-' | b'/' | b'%' | b'(' | b')' | b'#' | b'.')
            })
    };
    let mut count = 0;
    for cell in cells(line) {
        if !heading(cell) {
            return None;
        }
        count += 1;
    }
    (count >= LEAST).then_some(count)
}

/// Whether a line is a row below so many headings: nearly as many cells, one of them a number.
fn is_row(line: &[u8], count: usize) -> bool {
    let number = |cell: &[u8]| {
        let cell = cell.strip_prefix(b"-").unwrap_or(cell);
        cell.first().is_some_and(u8::is_ascii_digit)
            && cell.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'%' | b':'))
    };
    let (mut seen, mut numbers) = (0_usize, 0);
    for cell in cells(line) {
        seen += 1;
        numbers += usize::from(number(cell));
    }
    numbers > 0 && seen.abs_diff(count) <= 2 && seen >= LEAST - 1 && (is_plain(line) || is_listed(line))
}

/// Whether a line is plain but for commas within its cells, and no call: `n0217,n0218`.
fn is_listed(line: &[u8]) -> bool {
    let comma = |(at, byte): (usize, &u8)| *byte == b',' && line.get(at + 1).is_none_or(|b| *b == b' ');
    let signs =
        |b: &u8| matches!(b, b'=' | b';' | b'{' | b'}' | b'"' | b'\'' | b'<' | b'>' | b'&' | b'$' | b'(');
    !line.iter().any(signs) && !line.iter().enumerate().any(comma)
}

/// Takes the rows below a rule of dashes for what stays: `Name      Type`, `----      ----`, `rows      Disk`.
fn dashed(text: &[u8], lines: &mut [Line]) {
    let mut at = 1;
    while at < lines.len() {
        at += 1;
        if !is_rule(lines[at - 1].bytes(text)) || cells(lines[at - 2].bytes(text)).count() < LEAST - 1 {
            continue;
        }
        let row = |line: &&Line| {
            let bytes = line.bytes(text);
            is_free(line) && cells(bytes).count() >= LEAST - 1 && (is_plain(bytes) || is_named(bytes))
        };
        let count = lines[at..].iter().take(MOST).take_while(row).count();
        for line in &mut lines[at..at + count] {
            (line.verdict, line.content) = (Verdict::Firm, line.start);
        }
        at += count;
    }
}

/// Whether a line has dashes under each of two columns or more.
fn is_rule(line: &[u8]) -> bool {
    let first = line.iter().find(|b| !matches!(b, b' ' | b'\t'));
    first == Some(&b'-')
        && line.iter().all(|b| matches!(b, b'-' | b' ' | b'\t'))
        && cells(line).filter(|cell| cell.len() > 2 && cell.iter().all(|b| *b == b'-')).count() >= LEAST - 1
}

/// Whether a row is plain but for the sign behind the name of what a system shares: `IPC$`.
fn is_named(line: &[u8]) -> bool {
    cells(line).next().is_some_and(|cell| cell.ends_with(b"$"))
        && is_plain(&line[memchr::memchr(b'$', line).map_or(0, |i| i + 1)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_rows_are_told_from_code() {
        for (heading, row) in [
            ("WNS(ns)      TNS(ns)  TNS Failing Endpoints", " -0.412       -18.221                     96"),
            (
                "JOBID PARTITION     NAME     USER ST    NODES NODELIST(REASON)",
                "4410921   short  kiln  R    4:12      1 n0217",
            ),
            (
                "JOBID PARTITION     NAME     USER ST    NODES NODELIST(REASON)",
                "4410921 short kiln ada  R    4:12      2 n0217,n0218",
            ),
            (" step    h_mean     q_mean", "  100    1.2031     0.4410"),
        ] {
            let count = headings(heading.as_bytes());
            assert!(count.is_some_and(|count| is_row(row.as_bytes(), count)), "{heading}");
        }
        for (above, below) in [
            ("let a  = 1;  b  c", "1  2  3"),
            ("mov   eax, ebx   x", "1  2  3"),
            ("name  size  time", "return  rows  back"),
            ("total  rows", "1  2"),
        ] {
            let count = headings(above.as_bytes());
            assert!(!count.is_some_and(|count| is_row(below.as_bytes(), count)), "{above}");
        }
    }
}
