//! Rows that SQL writes into a table, by the names of its columns: `INSERT INTO users (name, phone) VALUES ('…', '…')`.

use super::{
    super::subject::{Hits, Subject},
    csv,
};

/// Longest list of columns, and longest row, in bytes.
const LONGEST: usize = 2_000;

/// Most rows.
const MAX_ROWS: usize = 2_000;

/// A stretch of bytes.
type Cell = (usize, usize);

/// Looks behind `insert into`, which ends before byte `end`.
pub(super) fn find(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let stop = bytes.len().min(end + 120);
    let Some(open) = memchr::memchr3(b'(', b';', b'\n', &bytes[end.min(stop)..stop]).map(|i| end + i) else {
        return;
    };
    let Some((names, close)) = list(bytes, open) else { return };
    let columns: Vec<_> = names.iter().map(|&(from, to)| csv::column(&bytes[from..to])).collect();
    let people = csv::is_about_people(&columns);
    if columns.len() < 2 || !people {
        return;
    }
    let mut at = close + blanks(bytes, close);
    if !bytes.get(at..at + 6).is_some_and(|word| word.eq_ignore_ascii_case(b"values")) {
        return;
    }
    at += 6;
    for _ in 0..MAX_ROWS {
        at += blanks(bytes, at);
        let Some((row, close)) = list(bytes, at) else { return };
        if row.len() == columns.len() {
            for (&column, &cell) in columns.iter().zip(&row).filter(|(_, cell)| cell.0 < cell.1) {
                csv::push(bytes, column, cell, people, hits);
            }
        }
        at = close + blanks(bytes, close);
        if bytes.get(at) != Some(&b',') {
            return;
        }
        at += 1;
    }
}

/// How many blanks and breaks stand at byte `at`.
fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take(80).take_while(|b| b.is_ascii_whitespace()).count()
}

/// The parts of the list in parentheses at byte `open`, without their quotes, and where it ends.
fn list(bytes: &[u8], open: usize) -> Option<(Vec<Cell>, usize)> {
    (bytes.get(open) == Some(&b'(')).then_some(())?;
    let stop = bytes.len().min(open + LONGEST);
    let (mut cells, mut from, mut quote, mut depth) = (Vec::new(), open + 1, None, 0_usize);
    for at in open + 1..stop {
        let byte = bytes[at];
        match quote {
            Some(sign) if byte == sign => quote = None,
            Some(_) => {}
            None if matches!(byte, b'\'' | b'"' | b'`') => quote = Some(byte),
            None if byte == b'(' => depth += 1,
            None if byte == b')' && depth > 0 => depth -= 1,
            None if byte == b')' || byte == b',' && depth == 0 => {
                cells.push(unquoted(bytes, from, at));
                from = at + 1;
                if byte == b')' {
                    return Some((cells, at + 1));
                }
            }
            None => {}
        }
    }
    None
}

/// A part of a list without blanks, quotes and backslashes around it.
fn unquoted(bytes: &[u8], start: usize, end: usize) -> Cell {
    let sign = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'\'' | b'"' | b'`' | b'\\' | b'[' | b']');
    let text = &bytes[start..end];
    let head = text.iter().take_while(|b| sign(b)).count();
    let tail = text[head..].iter().rev().take_while(|b| sign(b)).count();
    (start + head, end - tail)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn rows_are_told_by_their_columns() {
        for expected in [
            "INSERT INTO users (id, full_name, phone) VALUES (1, '«Zelmo Kavinas»', '«91223344»');",
            "insert into `crm`.`people` (`first_name`,`email`)\nVALUES\n('«Zelmo»', lower('x')),\n  ('«Jana»', NULL)",
            "INSERT INTO t (name, price) VALUES ('Basic Plan', 12)",
            "INSERT INTO users SELECT * FROM old; (full_name) VALUES ('Zelmo X')",
            "INSERT INTO users (full_name, email) VALUES ($1, $2)",
            "INSERT INTO users (full_name, email",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
