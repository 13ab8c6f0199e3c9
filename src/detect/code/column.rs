//! Tables that programs print: a line of headings above a row with a number in it, in columns that blanks part. Headings
//! with brackets and rows of numbers look like code.

use super::{line::Verdict, page::Line, structure::is_open};

/// The least number of columns.
const LEAST: usize = 3;

/// Most lines of a table.
const MOST: usize = 400;

/// Takes headings, and the rows below them, for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
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
    numbers > 0 && seen.abs_diff(count) <= 2 && seen >= LEAST - 1 && is_plain(line)
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
