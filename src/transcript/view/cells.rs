//! Values that a table cuts: one part in a cell, the next one in the cell beside it or below it.

use super::{
    class::{self, TOKEN},
    joint::Joint,
};

/// The longest row that is looked at, in bytes.
const ROW: usize = 512;

/// The least length of a part, in bytes.
const LEAST_PART: usize = 4;

/// The most parts of a value.
const MOST: usize = 8;

/// The most signs around what a cell holds.
const SIGNS: usize = 12;

/// Appends the joints between cells, from those on in which one of `starts` is, sorted offsets where tokens may start.
pub(super) fn joints(bytes: &[u8], starts: &[usize], out: &mut Vec<Joint>) {
    for &start in starts {
        let mut at = start;
        for joint in (0..MOST).map_while(|_| {
            let joint = joint(bytes, at, starts)?;
            at = joint.right;
            Some(joint)
        }) {
            out.push(joint);
        }
    }
}

/// The joint behind the value that starts at `start`, if it ends its cell and another cell holds nothing but one more.
fn joint(bytes: &[u8], start: usize, starts: &[usize]) -> Option<Joint> {
    let left = class::end_of(bytes, start, TOKEN);
    let bar = left + signs(&bytes[left..]);
    if bytes.get(bar) != Some(&b'|') {
        return None;
    }
    let found = [(cell(bytes, bar + 1), None), below(bytes, start)];
    found.into_iter().find_map(|(right, newline)| {
        let right = right.filter(|right| starts.binary_search(right).is_err())?;
        Some(Joint { left, right, newline, sure: false })
    })
}

/// Where the value starts in the next row's cell of the column that `start` is in, and the line break between.
fn below(bytes: &[u8], start: usize) -> (Option<usize>, Option<usize>) {
    let near = &bytes[start.saturating_sub(ROW)..start];
    let row = memchr::memrchr(b'\n', near).map_or(near, |i| &near[i + 1..]);
    if !opens_table(row) {
        return (None, None);
    }
    let column = memchr::memchr_iter(b'|', row).count();
    let limit = bytes.len().min(start + ROW);
    let Some(newline) = memchr::memchr(b'\n', &bytes[start..limit]).map(|i| start + i) else {
        return (None, None);
    };
    let next = &bytes[newline + 1..bytes.len().min(newline + ROW)];
    let next = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
    let bar = memchr::memchr_iter(b'|', next).nth(column.wrapping_sub(1));
    (bar.and_then(|bar| cell(bytes, newline + bar + 2)), Some(newline))
}

/// Whether a row begins with the bar of a table, perhaps behind the number of its line: a dump of bytes has others.
fn opens_table(row: &[u8]) -> bool {
    let behind = |at: usize, of: fn(&u8) -> bool| at + row[at..].iter().take_while(|b| of(b)).count();
    let number = behind(0, |b| matches!(b, b' ' | b'\t' | b'+'));
    let end = behind(number, u8::is_ascii_digit);
    let bar = behind(end, |b| matches!(b, b' ' | b'\t' | b'+' | 0x80..));
    row.get(bar) == Some(&b'|')
}

/// Where the value starts in the cell from `at` on, if it holds nothing else.
fn cell(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let right = at + signs(rest);
    let end = class::end_of(bytes, right, TOKEN);
    let behind = end + signs(&bytes[end..]);
    let closes = matches!(bytes.get(behind), None | Some(b'|' | b'\n' | b'\r'));
    (end - right >= LEAST_PART && closes).then_some(right)
}

/// How many bytes of blanks and of signs that mark a value `rest` starts with.
fn signs(rest: &[u8]) -> usize {
    rest.iter().take(SIGNS).take_while(|b| matches!(b, b' ' | b'\t' | b'`' | b'*' | b'"' | b'\'')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands on both sides of the joints of a text in which `ab` starts tokens.
    fn joined(text: &str) -> Vec<(&str, &str)> {
        let starts: Vec<usize> = text.match_indices("ab").map(|(at, _)| at).collect();
        let mut out = Vec::new();
        joints(text.as_bytes(), &starts, &mut out);
        let word = |at: usize| &text[at..class::end_of(text.as_bytes(), at, TOKEN)];
        out.iter().map(|joint| (&text[joint.left - 2..joint.left], word(joint.right))).collect()
    }

    #[test]
    fn sees_the_next_cell_and_the_one_below() {
        for (text, wanted) in [
            ("| abcd | efgh |", &[("cd", "efgh")][..]),
            ("| `abcd` | `efgh` | ijkl |", &[("cd", "efgh"), ("gh", "ijkl")]),
            ("| part 1 | abcd |\n| part 2 | efgh |\n", &[("cd", "efgh")]),
            ("  1→| 1 | **abcd** |\n  2→| 2 | **efgh** |", &[("cd", "efgh")]),
            ("| abcd | see the notes |\n| efgh | x |", &[("cd", "efgh")]),
            ("| abcd | abxx |\n", &[]),
            ("abcd | efgh", &[("cd", "efgh")]),
            ("| abcd | no |\n\n| efgh |", &[]),
            ("| abcd |", &[]),
            ("00 61  |abcd|\n10 65  |efgh|", &[]),
        ] {
            assert_eq!(joined(text), wanted, "{text}");
        }
    }
}
