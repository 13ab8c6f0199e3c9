//! Tables of web pages with a column of secrets: `<th>Password</th>` over `<td>x</td>`.

use super::{push, reference};
use crate::{
    detect::{
        assignment::{Ground, Name, judge},
        subject::Hits,
    },
    rule::Confidence,
    transcript::text::Field,
};

/// The longest table that is looked at, in bytes.
const LONGEST: usize = 32 << 10;

/// The longest head of a table before a column's name, in bytes.
const LONGEST_HEAD: usize = 1024;

/// Whether the name at `start` is all that stands in a head's cell so far.
pub(super) fn is_head(bytes: &[u8], start: usize) -> bool {
    let before = &bytes[start.saturating_sub(96)..start];
    before.ends_with(b">") && memchr::memrchr(b'<', before).is_some_and(|i| before[i..].starts_with(b"<th"))
}

/// Looks at the cells below the head's cell that holds the name `start..end` alone.
pub(super) fn find(bytes: &[u8], (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    if !is_head(bytes, start) || bytes.get(end) != Some(&b'<') {
        return;
    }
    let low = start.saturating_sub(LONGEST_HEAD);
    let row = memchr::memmem::rfind(&bytes[low..start], b"<tr").map_or(low, |i| low + i);
    let column = memchr::memmem::find_iter(&bytes[row..start], b"<th").count() - 1;
    let limit = bytes.len().min(end + LONGEST);
    let table = &bytes[end..limit];
    let table = &table[..memchr::memmem::find(table, b"</table").unwrap_or(table.len())];
    for row in memchr::memmem::find_iter(table, b"<tr") {
        let rest = &table[row + 3..];
        let rest = &rest[..memchr::memmem::find(rest, b"<tr").unwrap_or(rest.len())];
        let Some(cell) = memchr::memmem::find_iter(rest, b"<td").nth(column) else { continue };
        let Some(open) = memchr::memchr(b'>', &rest[cell..]) else { continue };
        value(bytes, end + row + 3 + cell + open + 1, name, hits);
    }
}

/// The text of the cell that starts at `at`, behind what marks it up.
fn value(bytes: &[u8], at: usize, name: Name, hits: &mut Hits) {
    let mut at = at;
    while bytes.get(at) == Some(&b'<') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
        let Some(close) = memchr::memchr(b'>', &bytes[at..bytes.len().min(at + 96)]) else { return };
        at += close + 1;
    }
    at += bytes[at..].iter().take(32).take_while(|b| b.is_ascii_whitespace()).count();
    let len = bytes[at..].iter().take(512).take_while(|b| !b.is_ascii_whitespace() && **b != b'<').count();
    let text = &bytes[at..at + len];
    if reference::is_code(text) && !reference::is_plain_word(text) && !text.iter().any(u8::is_ascii_digit) {
        return;
    }
    if let Some((sure, _)) = judge(name, text, Ground::Bare, Field::Free) {
        push(hits, at, at + len, sure.min(Confidence::Medium), "a cell in a column of secrets");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_columns_of_secrets_in_pages() {
        for text in [
            "<table><tr><th>User</th><th>Password</th></tr>\n<tr><td>bob</td><td>«Comet84x»</td></tr></table>",
            "<tr><th scope=\"col\">User</th><th class=\"p\">Password</th></tr><tr><td>bob</td><td><code>«Comet84x»</code></td></tr><tr><td>eve</td><td>«q7Zk!9x»</td></tr>",
            "<tr><th>User<th>Password</tr><tr><td>bob<td>«Comet84x»</tr>",
            "<tr><th>Option</th><th>Password</th></tr><tr><td>type</td><td>string</td></tr>",
            "<tr><th>Password</th><td>no</td></tr>",
        ] {
            check(text);
        }
    }
}
