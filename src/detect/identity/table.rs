//! Tables of containers, pods, images, branches and the like: what stands in a column under a heading that names it, and
//! rows whose shape says what they are where the heading was cut off.

mod column;
mod row;
mod ruled;

use super::{
    super::{
        subject::{Hits, Subject},
        word,
    },
    listing, name,
};

use column::{Column, column, push};
pub(super) use column::{image, object};
pub(super) use row::{container, pod};
pub(super) use ruled::{dashed, marked, ruled};

/// Longest row that is looked at, in bytes.
const MAX_LINE: usize = 512;

/// Most rows of a table.
const MAX_ROWS: usize = 2_000;

/// Why a cell was found.
const EVIDENCE: &str = "column of a table";

/// A cell: its bytes' range.
type Cell = (usize, usize);

/// The cells of a line, which two blanks or more, or a tab, part.
pub(super) fn cells(bytes: &[u8], start: usize, end: usize) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end && out.len() < 16 {
        at += bytes[at..end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let from = at;
        while at < end
            && bytes[at] != b'\t'
            && !(bytes[at] == b' ' && matches!(bytes.get(at + 1), Some(b' ' | b'\t')))
        {
            at += 1;
        }
        let len = bytes[from..at].trim_ascii_end().len();
        if len > 0 {
            out.push((from, from + len));
        }
    }
    out
}

/// The line behind the one that ends at byte `end`.
pub(super) fn next_line(bytes: &[u8], end: usize) -> Option<(usize, usize)> {
    let breaks = bytes[end..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let start = end + breaks;
    (breaks > 0 && start < bytes.len()).then(|| {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        (start, end)
    })
}

/// The rows below the heading in which byte `at` stands: no letter of it is small.
pub(super) fn heading(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, mut end) = word::line(bytes, at, MAX_LINE);
    let line = &bytes[start..end];
    if line.iter().any(u8::is_ascii_lowercase) && !is_titled(bytes, start, end) {
        return;
    }
    if memchr::memmem::find(line, b" PID ").is_some() || line.starts_with(b"PID ") {
        if line.starts_with(b"USER") || line.ends_with(b" USER") {
            listing::processes(subject, at, end, hits);
        }
        return;
    }
    let headings = cells(bytes, start, end);
    if headings.len() < 2 {
        return;
    }
    let last = end;
    for _ in 0..MAX_ROWS {
        let Some((from, to)) = next_line(bytes, end) else { return };
        users(bytes, (start, last), (from, to.min(from + MAX_LINE)), hits);
        let row = cells(bytes, from, to.min(from + MAX_LINE));
        // Of a row some cells may be empty, but not most; what follows the table is none.
        if row.len() < 2.max(headings.len() / 2) && headings.len() > 1 {
            return;
        }
        for (index, &(start, end)) in headings.iter().enumerate() {
            let kind = column(&bytes[start..end]);
            let found = below(bytes, &headings, index, (from, to), &row).filter(|_| kind != Column::Other);
            if let Some(cell) = found {
                push(bytes, kind, cell, hits);
            }
        }
        end = to;
    }
}

/// Whether a line is the heading of a table whose columns begin with capitals, as those of `doctl` do: three cells or more,
/// and as many in the line below.
fn is_titled(bytes: &[u8], start: usize, end: usize) -> bool {
    let headings = cells(bytes, start, end);
    let titled = headings.len() > 2
        && headings.iter().all(|&(from, to)| {
            bytes[from].is_ascii_uppercase() && to - from < 20 && !bytes[from..to].contains(&b':')
        });
    titled
        && next_line(bytes, end)
            .is_some_and(|(from, to)| cells(bytes, from, to.min(from + MAX_LINE)).len() == headings.len())
}

/// The logins below `USER` where single blanks part the columns: `UID USER  PROC`, `2 1001 maribel seat0`.
fn users(bytes: &[u8], (start, end): Cell, row: Cell, hits: &mut Hits) {
    let Some(place) = memchr::memmem::find(&bytes[start..end], b"D USER ").map(|i| i + 2) else { return };
    let line = &bytes[row.0..row.1];
    let Some(word) = line.get(place..) else { return };
    let login = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    let len = word.iter().take_while(|b| login(b)).count();
    if line.is_ascii()
        && line[place - 1] == b' '
        && word.get(len) == Some(&b' ')
        && word[0].is_ascii_lowercase()
    {
        name::login_at(bytes, row.0 + place, EVIDENCE, hits);
    }
}

/// The cell of a row under the heading of number `index`: where it starts if the columns are aligned, else by its number,
/// of the last one the last.
fn below(bytes: &[u8], headings: &[Cell], index: usize, (from, to): Cell, row: &[Cell]) -> Option<Cell> {
    if row.len() == headings.len() {
        return row.get(index).copied();
    }
    let line = bytes[..headings[0].0].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let text = std::str::from_utf8(&bytes[from..to]).ok()?;
    let (at, _) = text.char_indices().nth(headings[index].0 - line)?;
    let start = from + at;
    let aligned = at == 0 || bytes[start - 1] == b' ';
    let cell = row.iter().find(|cell| cell.0 == start).filter(|_| aligned).copied();
    let cell = cell.or_else(|| flush(bytes, headings[index].1 - line, (from, to), text, row));
    cell.or_else(|| row.last().copied().filter(|_| index + 1 == headings.len() && row.len() > 2))
}

/// The cell of a row that ends where its heading does, of which `column` characters of the line are before the end: numbers
/// and some names stand so.
fn flush(bytes: &[u8], column: usize, (from, to): Cell, text: &str, row: &[Cell]) -> Option<Cell> {
    let end = text.char_indices().nth(column).map_or(to, |(at, _)| from + at);
    row.iter().find(|cell| cell.1 == end && bytes.get(end).is_none_or(u8::is_ascii_whitespace)).copied()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    fn found(text: &str) -> String {
        let found = hits(&plain(text));
        marked(text, &found, |hit| hit.rule.rule().class == Class::Identity)
    }

    /// The marked spans are all that is found.
    #[test]
    fn columns_are_found_by_their_headings_and_rows_by_their_shape() {
        for text in [
            "CONTAINER ID   IMAGE                COMMAND   CREATED       STATUS       PORTS     NAMES\n3f1b2c4d5e6f   «zelmont»/«premia»:1.4   \"node\"    2 hours ago   Up 2 hours             «premia_web»_1",
            "3f1b2c4d5e6f   «premia-api»   \"node x\"   2 hours ago   Up 2 hours   80/tcp   «premia-api»-1",
            "NAME                       READY   STATUS    RESTARTS   AGE\n«premia-api»-7d9c6b5f4-x2x9k   1/1     Running   0          3d\nredis-0   1/1     Running   0          3d",
            "«premia-api»-7d9c6b5f4-x2x9k   1/1   Running   0   3d",
            "NAMESPACE     NAME                 READY   STATUS    RESTARTS   AGE\nkube-system   coredns-5d78c9869d-4k2lm   1/1     Running   3     90d\n«zelmont»       «premia»-5d78c9869d-4k2lm   1/1     Running   3     90d",
            "ID   TITLE   BRANCH   CREATED AT\n#42   Fix   «premium-rates»   about 2 days ago",
            "JobID    User     Account  State\n-------- -------- -------- -----\n48213    «maribel»  «zelmont»  RUNNING\n48214    root     «zelmont»  FAILED",
            "Name   UserName        Id\n----   --------        --\nPC-1   «maribel.ortiz»    3\nPC-2   root            4",
            "| Assignee | Ticket |\n|---|---|\n| «Zelmo Kavinas» | x |\n| «mkavinas» | y |",
            "   Name   |  Owner  | Encoding\n----------+---------+----------\n «premia»  | «maribel» | UTF8\n postgres | postgres | UTF8",
        ] {
            assert_eq!(found(&text.replace(['«', '»'], "")), text);
        }
    }

    #[test]
    fn tables_of_everyones_things_stay() {
        for text in [
            "IMAGE   STATUS   NAMES\npostgres:16   Up 2 hours   postgres",
            "kube-system   coredns-5d78c9869d-4k2lm   1/1     Running   3          90d",
            "the   status   is fine\nand   the   rest",
            " Name | Count\n------+------\n x | 3",
            "| Feature | Owner |\n|---|---|\n| Login | Backend |",
        ] {
            assert_eq!(found(text), text);
        }
    }
}
