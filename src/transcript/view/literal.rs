//! String literals that are put together on one line: `"abc" + "def"`, `'abc' . 'def'`, `"abc" "def"`.

use super::{
    class::{self, TOKEN},
    joint::Joint,
};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// How much may stand between two literals, in bytes.
const GAP: usize = 12;

/// Appends the joints between literals that stand on one line.
pub(super) fn joints(bytes: &[u8], out: &mut Vec<Joint>) {
    let mut lists = false;
    for close in memchr::memchr2_iter(b'"', b'\'', bytes) {
        let goes_on = matches!(
            bytes.get(close + 1),
            Some(b' ' | b'+' | b'.' | b'&' | b'|' | b'~' | b'<' | b'^' | b'"' | b'\'')
        );
        if goes_on && close > 0 {
            out.extend(joint(bytes, close));
        } else if bytes.get(close + 1) == Some(&b',') {
            lists = true;
            out.extend(between_characters(bytes, close));
        }
    }
    if lists {
        put_together(bytes, out);
    }
    // Either of the two below has it.
    static TAGS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"><"));
    let from = TAGS.find(bytes).map_or(bytes.len(), |tags| tags.saturating_sub(SPANS.len()));
    static SPAN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(SPANS));
    for end in SPAN.find_iter(&bytes[from..]) {
        out.extend(marked_up(bytes, from + end, SPANS, true));
    }
    static CELL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(CELLS));
    for end in CELL.find_iter(&bytes[from..]) {
        out.extend(marked_up(bytes, from + end, CELLS, false));
    }
    static BROKEN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"br>"));
    for tag in BROKEN.find_iter(bytes) {
        out.extend(broken(bytes, tag));
    }
}

/// Appends the joints of the lists of literals that a call puts together.
fn put_together(bytes: &[u8], out: &mut Vec<Joint>) {
    static JOIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"oin("));
    static CONCAT: LazyLock<[Finder<'static>; 4]> =
        LazyLock::new(|| ["oncat", "ONCAT", "paste0(", "mplode(''"].map(Finder::new));
    for join in JOIN.find_iter(bytes) {
        listed(bytes, join, out);
    }
    for call in CONCAT.iter().flat_map(|concat| concat.find_iter(bytes)) {
        let head = &bytes[call..bytes.len().min(call + GAP)];
        if let Some(open) = memchr::memchr(b'(', head).map(|i| call + i) {
            between_commas(bytes, open + 1, past_list(bytes, open), out);
        }
    }
}

/// The joint behind a literal of one character that ends at `close` and before another one: `'a', 'b'`. On a guess, since
/// a list of characters may be an alphabet.
fn between_characters(bytes: &[u8], close: usize) -> Option<Joint> {
    let single = |at: usize| bytes.get(at) == bytes.get(close) && bytes.get(at + 2) == bytes.get(close);
    let right =
        close + 2 + bytes[close + 2..].iter().take(GAP).take_while(|b| b.is_ascii_whitespace()).count();
    let both = single(close.checked_sub(2)?) && single(right);
    both.then_some(Joint { left: close, right: right + 1, newline: None, sure: false })
}

/// Where the list that opens at byte `open` closes, at most [`LONGEST_LIST`] bytes on.
fn past_list(bytes: &[u8], open: usize) -> usize {
    let limit = bytes.len().min(open + LONGEST_LIST);
    memchr::memchr(b')', &bytes[open..limit]).map_or(open, |i| open + i)
}

/// What stands between the two parts of a word that a page marks up.
const SPANS: &[u8] = b"</span><span";

/// The same of the two cells of a table.
const CELLS: &[u8] = b"</td><td";

/// The joint at the markup that begins with `head` at byte `left`: `</span><span…>`.
fn marked_up(bytes: &[u8], left: usize, head: &[u8], sure: bool) -> Option<Joint> {
    let behind = left + head.len();
    let rest = &bytes[behind..bytes.len().min(behind + 64)];
    let right = behind + memchr::memchr(b'>', rest)? + 1;
    let inside = left > 0 && class::is(bytes[left - 1], TOKEN) && class::is(*bytes.get(right)?, TOKEN);
    inside.then_some(Joint { left, right, newline: None, sure })
}

/// The joint at the tag that ends in `br>` at byte `tag`, where a page may break a word: `ab<wbr>cd`, and on a guess `ab<br>cd`.
fn broken(bytes: &[u8], tag: usize) -> Option<Joint> {
    let sure = bytes[..tag].ends_with(b"<w");
    let left = tag - if sure { 2 } else { 1 };
    let right = tag + 3;
    let inside = left > 0 && class::is(bytes[left - 1], TOKEN) && class::is(*bytes.get(right)?, TOKEN);
    (inside && bytes[left] == b'<').then_some(Joint { left, right, newline: None, sure })
}

/// The longest list of literals that is put together, in bytes.
const LONGEST_LIST: usize = 512;

/// Appends the joints of the list whose literals are put together at byte `join`: `["ab", "cd"].join("")`, `"".join(["ab",
/// "cd"])`, `Join([]string{"ab", "cd"}, "")`, `join("", "ab", "cd")`.
fn listed(bytes: &[u8], join: usize, out: &mut Vec<Joint>) {
    let before = &bytes[..join.saturating_sub(1)];
    let before = before.strip_suffix(b".").unwrap_or(before);
    let after = &bytes[join + 4..];
    let (from, to) = if before.ends_with(b"]") && empty(after) {
        let low = before.len().saturating_sub(LONGEST_LIST);
        (memchr::memrchr(b'[', &before[low..]).map_or(join, |i| low + i), join)
    } else if joins_all(bytes, join + 3) {
        (join + 4, past_list(bytes, join + 3))
    } else if (before.ends_with(b"\"\"") || before.ends_with(b"''"))
        && matches!(after.first(), Some(b'[' | b'('))
    {
        let limit = bytes.len().min(join + LONGEST_LIST);
        let list = bytes.get(join + 5..limit).unwrap_or_default();
        (join + 4, memchr::memchr2(b']', b')', list).map_or(join, |i| join + 5 + i))
    } else {
        return;
    };
    between_commas(bytes, from, to, out);
}

/// Whether `text` begins with a literal that holds nothing.
fn empty(text: &[u8]) -> bool {
    text.starts_with(b"\"\"") || text.starts_with(b"''")
}

/// Whether the arguments of the call that opens at byte `open` are put together with nothing between: `("", "ab", "cd")`,
/// `([]string{"ab", "cd"}, "")`.
fn joins_all(bytes: &[u8], open: usize) -> bool {
    let list = &bytes[open + 1..past_list(bytes, open).max(open + 1)];
    empty(list) || list.ends_with(b"}, \"\"")
}

/// Appends the joints between the literals of the list `from..to`.
fn between_commas(bytes: &[u8], from: usize, to: usize, out: &mut Vec<Joint>) {
    for comma in memchr::memchr_iter(b',', &bytes[from..to.max(from)]).map(|i| from + i) {
        let quote = bytes[comma.saturating_sub(1)];
        let blank = bytes[comma + 1..to].iter().take(GAP).take_while(|b| b.is_ascii_whitespace()).count();
        let open = comma + 1 + blank;
        if matches!(quote, b'"' | b'\'') && bytes.get(open) == Some(&quote) && open + 1 < to {
            out.push(Joint { left: comma - 1, right: open + 1, newline: None, sure: true });
        }
    }
}

/// The joint between the literal that ends with the quote at `close` and one that starts soon after it.
fn joint(bytes: &[u8], close: usize) -> Option<Joint> {
    let left = content_end(bytes, close);
    if left == 0 || !class::is(bytes[left - 1], TOKEN) {
        return None;
    }
    let (right, operator) = opening(bytes, close + 1, bytes[close])?;
    class::is(*bytes.get(right)?, TOKEN).then_some(Joint { left, right, newline: None, sure: operator })
}

/// Whether an operator follows that puts a literal before it together with the next.
pub(super) fn opens_soon(text: &[u8]) -> bool {
    let text = &text[..text.len().min(3)];
    let text = text.trim_ascii_start();
    matches!(text.first(), Some(b'+' | b'.' | b'&' | b'|' | b'~' | b'<' | b'^'))
}

/// The end of the value in the literal that ends at `close`: before a line break that is written out.
pub(super) fn content_end(bytes: &[u8], close: usize) -> usize {
    let text = &bytes[..close];
    let text = text.strip_suffix(b"\\n").unwrap_or(text);
    text.strip_suffix(b"\\r").unwrap_or(text).len()
}

/// Where the literal starts that `quote` opens soon after `from`, and whether an operator stands before it.
pub(super) fn opening(bytes: &[u8], from: usize, quote: u8) -> Option<(usize, bool)> {
    let window = &bytes[from..bytes.len().min(from + GAP)];
    let open = window.iter().position(|&b| b == quote)?;
    let between = window[..open].trim_ascii();
    let operator = match between {
        b"+" | b"." | b".." | b"&" | b"||" | b"~" | b"<>" | b"^" | b"++" => true,
        b"" | b"\\" | b"f" | b"b" | b"r" | b"u" | b"@" | b"db" | b"DB" | b".ascii" => false,
        b"+ f" | b"+ b" | b"+ r" | b"+ u" | b"+ @" => true,
        _ => return None,
    };
    Some((from + open + 1, operator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_first_stands_in_all_that_it_stands_for() {
        assert!([SPANS, CELLS].iter().all(|head| memchr::memmem::find(head, b"><").is_some()));
        let mut out = Vec::new();
        joints(b"a <b>ab</b><i>ab</span><span>cd</td><td>ef", &mut out);
        let found: Vec<_> = out.iter().map(|joint| (joint.left, joint.sure)).collect();
        assert_eq!(found, [(16, true), (31, false)]);
    }

    #[test]
    fn sees_through_lists_and_markup() {
        for text in [
            "[\"ab\", \"cd\"].join(\"\")",
            "''.join(['ab', 'cd'])",
            "ab</span><span class=\"x\">cd",
            "ab<wbr>cd",
            "<td>ab</td><td class=\"x\">cd</td>",
            "ab<br>cd",
            "concat!(\"ab\", \"cd\")",
            "SELECT CONCAT('ab', 'cd');",
            "paste0(\"ab\", \"cd\")",
            "string.Concat(\"ab\", \"cd\")",
            "implode('', ['ab', 'cd'])",
        ] {
            let mut out = Vec::new();
            joints(text.as_bytes(), &mut out);
            assert_eq!(out.len(), 1, "{text}");
            assert!(text[..out[0].left].ends_with("ab") && text[out[0].right..].starts_with("cd"), "{text}");
        }
        for text in ["strings.Join([]string{\"ab\", \"cd\"}, \"\")", "String.join(\"\", \"ab\", \"cd\")"] {
            let mut out = Vec::new();
            joints(text.as_bytes(), &mut out);
            let joined =
                |joint: &Joint| text[..joint.left].ends_with("ab") && text[joint.right..].starts_with("cd");
            assert!(out.iter().any(joined), "{text}");
        }
        for text in [
            "[\"ab\", \"cd\"].join(\", \")",
            "path.join(\"ab\", \"cd\")",
            "ab <br>cd",
            "strings.Join([]string{\"ab\", \"cd\"}, \", \")",
            "String.join(\",\", \"ab\", \"cd\")",
            "we concat (\"ab\") and \"cd\"",
            "concat(a, \"ab\")",
        ] {
            let mut out = Vec::new();
            joints(text.as_bytes(), &mut out);
            assert_eq!(out, [], "{text}");
        }
    }

    #[test]
    fn characters_are_put_together() {
        let mut out = Vec::new();
        joints(b"char[] t = {'g', 'h','p', 'ab'};", &mut out);
        let found: Vec<_> = out.iter().map(|joint| (joint.left, joint.right, joint.sure)).collect();
        assert_eq!(found, [(14, 18, false), (19, 22, false)]);
    }

    #[test]
    fn knows_the_operators_of_many_languages() {
        for (text, sure) in [
            ("\"ab\" + \"cd\"", true),
            ("'ab'.'cd'", true),
            ("'ab' || 'cd'", true),
            ("\"ab\" <> \"cd\"", true),
            ("\"ab\\n\" + \"cd\"", true),
            ("\"ab\" \"cd\"", false),
            ("\"ab\"\"cd\"", false),
        ] {
            let mut out = Vec::new();
            joints(text.as_bytes(), &mut out);
            assert_eq!(out.len(), 1, "{text}");
            let joint = out[0];
            assert_eq!(
                (&text[..joint.left], &text[joint.right..], joint.sure),
                (&text[..3], &text[text.len() - 3..], sure)
            );
        }
        for text in ["\"ab\", \"cd\"", "\"ab\": \"cd\"", "\"ab\" + x", "\"ab\" if \"cd\""] {
            let mut out = Vec::new();
            joints(text.as_bytes(), &mut out);
            assert_eq!(out, [], "{text}");
        }
    }
}
