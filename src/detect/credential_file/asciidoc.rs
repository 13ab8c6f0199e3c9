//! Tables of AsciiDoc, between two lines of `|===`: a bar before each cell, and cells on lines of their own or side by side.

use super::table::{cells, value};
use crate::detect::assignment::Name;

/// What a table is between.
const FENCE: &[u8] = b"|===";

/// The longest table that is looked at, in bytes.
const LONGEST: usize = 8 << 10;

/// Whether the line that starts at byte `line` is the first of a table.
pub(super) fn is_head(bytes: &[u8], line: usize) -> bool {
    bytes[line..].starts_with(b"|") && bytes[..line].ends_with(b"|===\n")
}

/// Looks at the cells below the head `line..line_end` in the column whose name starts at byte `start`.
pub(super) fn find(
    bytes: &[u8],
    (line, line_end): (usize, usize),
    start: usize,
    name: Name,
    hits: &mut super::Hits,
) {
    let bars = |text: &[u8]| text.iter().filter(|b| **b == b'|').count();
    let (columns, column) = (bars(&bytes[line..line_end]), bars(&bytes[line..start]));
    if columns < 2 || column == 0 {
        return;
    }
    let limit = bytes.len().min(line_end + LONGEST);
    let (mut at, mut seen) = (line_end + 1, 0);
    while at < limit {
        let end = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
        let row = &bytes[at..end];
        if row.starts_with(FENCE) {
            return;
        }
        for (from, to) in cells(row, b'|').skip(1) {
            if seen % columns == column - 1 {
                value(bytes, at + from, at + to, (name, true), hits);
            }
            seen += 1;
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use crate::detect::tests::check;

    #[test]
    fn a_column_of_secrets_is_one_whatever_lines_its_cells_stand_on() {
        for text in [
            "|===\n|user |password\n\n|bob |«Comet84x»\n|eve |«Comet85y»\n|===\n",
            "|===\n|user |password\n\n|bob\n|«Comet84x»\n\n|eve\n|«Comet85y»\n|===\n",
            "|===\n|password |user\n\n|«Comet84x»\n|bob9\n|===\n|x |Comet86z\n",
        ] {
            check(text);
        }
    }
}
