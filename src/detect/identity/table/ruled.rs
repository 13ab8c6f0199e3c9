//! Tables with rules: `psql`, Markdown, and dashes under each column.

use super::{
    Cell, MAX_LINE, MAX_ROWS,
    column::{Column, column, push},
    next_line,
};
use crate::detect::{
    identity::csv,
    subject::{Hits, Subject},
    word,
};

/// A table with a ruled heading, as `psql` prints it; `at` is in the rule.
pub(in super::super) fn ruled(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (rule, end) = word::line(bytes, at, MAX_LINE);
    let first = bytes[rule..at].iter().all(|b| matches!(b, b'-' | b'+'));
    let Some(above) = rule.checked_sub(1).filter(|_| first) else { return };
    let (start, stop) = word::line(bytes, above, MAX_LINE);
    rows(bytes, &piped(bytes, start, stop), end, hits);
}

/// The rows below a heading of these cells and its rule, which ends at byte `end`.
fn rows(bytes: &[u8], headings: &[Cell], mut end: usize, hits: &mut Hits) {
    let kinds: Vec<Column> = headings.iter().map(|&(from, to)| column(&bytes[from..to])).collect();
    let named: Vec<csv::Column<'_>> =
        headings.iter().map(|&(from, to)| csv::column(&bytes[from..to])).collect();
    let people = csv::is_about_people(&named);
    if kinds.iter().all(|kind| *kind == Column::Other) && !people {
        return;
    }
    for _ in 0..MAX_ROWS {
        let Some((from, to)) = next_line(bytes, end) else { return };
        let row = piped(bytes, from, to.min(from + MAX_LINE));
        if row.len() != kinds.len() {
            return;
        }
        for (index, &cell) in row.iter().enumerate().filter(|(_, cell)| cell.0 < cell.1) {
            push(bytes, kinds[index], cell, hits);
            csv::push(bytes, named[index], cell, people, hits);
        }
        end = to;
    }
}

/// A table of Markdown, of which `start..end` is the line of dashes.
pub(in super::super) fn marked(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let rule = bytes[start..end].iter().all(|b| matches!(b, b'-' | b'|' | b':' | b' ' | b'\r'));
    let above = word::line(bytes, start, MAX_LINE).0.checked_sub(1);
    if let Some(above) = above.filter(|_| rule) {
        let heading = word::line(bytes, above, MAX_LINE);
        let headings = piped(bytes, heading.0, heading.1);
        let people = |cell: &Cell| column(&bytes[cell.0..cell.1]) == Column::Person;
        let named: Vec<_> = headings.iter().map(|cell| csv::column(&bytes[cell.0..cell.1])).collect();
        if headings.iter().any(people) || csv::is_about_people(&named) {
            rows(bytes, &headings, end, hits);
        }
    }
}

/// A table whose heading has dashes under each column, and none between, as Slurm and PowerShell print it; `start..end` are
/// the dashes.
pub(in super::super) fn dashed(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let Some(above) = start.checked_sub(1).filter(|_| is_rule(&bytes[start..end])) else { return };
    let heading = word::line(bytes, above, MAX_LINE);
    let columns: Vec<(Column, Cell)> = stretches(&bytes[start..end])
        .map(|place| (place, within(bytes, heading, place)))
        .map(|(place, (from, to))| (column(&bytes[from..to]), place))
        .filter(|(kind, _)| *kind != Column::Other)
        .collect();
    let mut last = end;
    for _ in 0..MAX_ROWS {
        let row = next_line(bytes, last).filter(|row| row.0 < row.1 && !columns.is_empty());
        let Some((from, to)) = row else { return };
        for &(kind, place) in &columns {
            let cell = within(bytes, (from, to), place);
            if cell.0 < cell.1 {
                push(bytes, kind, cell, hits);
            }
        }
        last = to;
    }
}

/// Whether a line is of dashes and blanks.
fn is_rule(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b'-' | b' ' | b'\r'))
}

/// Where the columns stand over which a rule has dashes: each goes up to the next.
fn stretches(rule: &[u8]) -> impl Iterator<Item = Cell> {
    let starts =
        |from: usize| (from..rule.len()).find(|&at| rule[at] == b'-' && (at == 0 || rule[at - 1] != b'-'));
    let mut next = starts(0);
    std::iter::from_fn(move || {
        let start = next?;
        next = starts(start + 1);
        Some((start, next.unwrap_or(MAX_LINE)))
    })
}

/// What stands at a place of a line, without blanks around it; nothing if something goes over the place's edges.
fn within(bytes: &[u8], (start, end): Cell, (left, right): Cell) -> Cell {
    let (from, to) = ((start + left).min(end), (start + right).min(end));
    let cut = |at: usize| at > start && at < end && bytes[at - 1] > b' ' && bytes[at] > b' ';
    let blank = bytes[from..to].iter().take_while(|b| **b == b' ').count();
    let len = bytes[from..to].trim_ascii().len();
    if cut(from) || cut(to) { (from, from) } else { (from + blank, from + blank + len) }
}

/// The cells of a line that `|` parts.
fn piped(bytes: &[u8], start: usize, end: usize) -> Vec<Cell> {
    let mut at = start;
    let cell = |part: &[u8]| {
        let from = at + part.len() - part.trim_ascii_start().len();
        let cell = (from, from + part.trim_ascii().len());
        at += part.len() + 1;
        cell
    };
    bytes[start..end].split(|b| *b == b'|').map(cell).collect()
}
