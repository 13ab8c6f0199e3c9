//! Values that go on in the next line, after whatever the lines start with: a number, a sign, a time, quotes.

use super::{
    class::{self, CUT, DIGIT, LOWER, PLAIN, RUN, TOKEN, UPPER},
    joint::Joint,
    literal,
};
use crate::simd;
use std::ops::Range;

/// The least length of a value that is cut, in bytes, both parts together.
const LEAST: usize = 16;

/// The least length of either part.
const LEAST_PART: usize = 4;

/// The length from which a line without anything else on it looks as cut off from a blob.
const BLOB_LINE: usize = 56;

/// How often letters of a random value change their case, at least, where it has no digit.
const CASES: usize = 4;

/// How much of a line's start may be the same on each line, in bytes.
const LEAD: usize = 200;

/// How a line ends that may go on in the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the value.
    Bare,
    /// With a backslash.
    Backslash,
    /// With a literal's quote, and whether an operator follows it.
    Literal { quote: u8, operator: bool },
}

/// Appends the joints between lines, in order. `starts`, sorted, are where tokens may start; `mail` says whether the text
/// looks quoted-printable.
pub(super) fn joints(bytes: &[u8], starts: &[usize], mail: bool, out: &mut Vec<Joint>) {
    let mut line = 0;
    for newline in simd::places(b'\n', bytes) {
        let end = value_end(bytes, line, newline).map(|(left, end)| {
            (left - usize::from(bytes[left - 1] == b'=' && (mail || is_soft(bytes, left))), end)
        });
        let joint = end.and_then(|(left, end)| joint(bytes, line..newline, left, end, out.last()));
        if let Some(joint) = joint
            && (joint.sure || !is_another(bytes, starts, &joint))
        {
            out.push(joint);
        }
        line = newline + 1;
    }
}

/// Whether the sign that a value ends with before `left` is no padding of base64 but says that the line goes on.
fn is_soft(bytes: &[u8], left: usize) -> bool {
    let run = left - class::start_of(bytes, left, RUN);
    run > 1 && !run.is_multiple_of(4) && bytes[left - 2] != b'='
}

/// Whether what stands right of a joint is a token of its own. In a line of a blob a token may seem to start by chance.
fn is_another(bytes: &[u8], starts: &[usize], joint: &Joint) -> bool {
    let run = class::start_of(bytes, joint.left, TOKEN);
    let first = starts.partition_point(|&at| at < run);
    let blob = joint.left - run >= BLOB_LINE && starts.get(first).is_none_or(|&at| at >= joint.left);
    !blob && starts.binary_search(&joint.right).is_ok()
}

/// The joint between `line`, whose value ends at `left`, and the next one, where `before` is the joint before it.
fn joint(bytes: &[u8], line: Range<usize>, left: usize, end: End, before: Option<&Joint>) -> Option<Joint> {
    let (line, newline) = (line.start, line.end);
    let run = line + class::start_of(&bytes[line..left], left - line, TOKEN);
    let blob = before.is_some_and(|joint| joint.right == run);
    let value = &bytes[run..left];
    let sure_end = matches!(end, End::Literal { .. } | End::Backslash);
    let open = if end == End::Bare { open_quote(&bytes[line..run]) } else { None };
    if value.is_empty()
        || !sure_end && !blob && open.is_none() && (value.len() < LEAST_PART || !looks_cut(value))
    {
        return None;
    }
    let next = newline + 1;
    let lead = &bytes[line..run.min(line + LEAD)];
    let (this, that) = common(lead, &bytes[next..]);
    let (this, that) = (&bytes[line + this..], next + that);
    if let Some(right) = appended(&bytes[that..]).map(|len| that + len) {
        return Some(Joint { left, right, newline: Some(newline), sure: false })
            .filter(|_| Sides::around(bytes, value, right).are_values());
    }
    let (that, left) = below_cell(bytes, lead, that, left);
    // The quote of the next literal is no part of what the lines share.
    let that = that
        - usize::from(
            matches!(end, End::Literal { quote, operator: false } if that > next && bytes[that - 1] == quote),
        );
    let signed =
        matches!(this[0], b'+' | b'-') && bytes.get(that) == this.first() && this.get(1) != this.first();
    let indented = that + usize::from(signed);
    let spaces = bytes[indented..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let (right, operator) = match end {
        End::Backslash if bytes.get(indented + spaces) == Some(&b'&') => (indented + spaces + 1, true),
        End::Bare | End::Backslash => (indented + spaces, end == End::Backslash && spaces == 0),
        End::Literal { quote, operator } => {
            let (right, before) = literal::opening(bytes, indented + spaces, quote)?;
            (right, operator || before)
        }
    };
    let sides = Sides::around(bytes, value, right);
    let closed = open.is_some() && sides.follows == open && !sides.right.is_empty();
    let accepted = if operator || closed { sides.are_values() } else { sides.look_cut(blob) };
    accepted.then_some(Joint { left, right, newline: Some(newline), sure: operator })
}

/// The length of what stands before a value that is added to the one of the line before: `T+=`, `T += "`, `$t .= '`.
pub(super) fn appended(rest: &[u8]) -> Option<usize> {
    const LONGEST: usize = 40;
    let blank = |at: usize| at + rest[at..].iter().take(2).take_while(|b| **b == b' ').count();
    let of_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$');
    let sign = blank(rest.iter().take(LONGEST).take_while(of_name).count());
    let added = matches!(rest[sign..], [b'+' | b'.', b'=', ..] | [b'<', b'<', b' ', ..]);
    let value = added.then(|| blank(sign + 2))?;
    let quote = rest[value..].iter().take(4).take_while(|b| matches!(b, b'"' | b'\'' | b'`' | b'\\')).count();
    Some(value + quote)
}

/// Text without the end of a statement, `;`, behind a literal to which the line after it adds another.
pub(super) fn without_end<'t>(text: &'t [u8], next: &[u8]) -> &'t [u8] {
    match text {
        [statement @ .., b'"' | b'\'' | b'`', b';'] if appended(next.trim_ascii_start()).is_some() => {
            &text[..statement.len() + 1]
        }
        _ => text,
    }
}

/// The bars of tables that are drawn.
const BARS: [&[u8]; 3] = ["│".as_bytes(), "┃".as_bytes(), "║".as_bytes()];

/// Whether a bar that is drawn stands at the start of `rest`.
pub(crate) fn opens_with_bar(rest: &[u8]) -> bool {
    rest.first() == Some(&0xe2) && BARS.iter().any(|bar| rest.starts_with(bar))
}

/// Text without the bar that closes its row.
pub(super) fn without_bar(text: &[u8]) -> Option<&[u8]> {
    text.last().filter(|b| **b >= 0x80)?;
    BARS.iter().find_map(|bar| text.strip_suffix(*bar))
}

/// Where a value goes on that a cell of a table cuts, given what stands `lead` of it and where the next row starts behind
/// what both rows share, and where it ends there: behind the row's empty cells, and before the sign of a cell that goes on.
fn below_cell(bytes: &[u8], lead: &[u8], that: usize, left: usize) -> (usize, usize) {
    let rest = &bytes[that..];
    let bar = if opens_with_bar(rest) { 3 } else { usize::from(rest.first() == Some(&b'|')) };
    if bar == 0 || !lead.contains(&rest[0]) {
        return (that, left);
    }
    let signed = left > 1 && bytes[left - 1] == b'+';
    (that + bar, left - usize::from(signed))
}

/// The quote that opens a value behind `text`, which ends in a sign that gives it to a name: `"name": "`.
fn open_quote(text: &[u8]) -> Option<u8> {
    let quote = *text.last().filter(|b| matches!(b, b'"' | b'\''))?;
    let before = text[..text.len() - 1].trim_ascii_end();
    matches!(before.last(), Some(b':' | b'=')).then_some(quote)
}

/// Where the value ends that the line `line..newline` ends with.
fn value_end(bytes: &[u8], line: usize, newline: usize) -> Option<(usize, End)> {
    let text = &bytes[line..newline];
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let text = without_end(text, &bytes[newline + 1..]);
    // How Basic says that a line goes on.
    let text =
        text.strip_suffix(b" _").filter(|text| matches!(text.last(), Some(b'&' | b'+'))).unwrap_or(text);
    let last = *text.last()?;
    let quoted = |text: &[u8], operator: bool| {
        let quote = *text.last().filter(|b| matches!(b, b'"' | b'\'' | b'`'))?;
        let end = literal::content_end(bytes, line + text.len() - 1);
        (end > line && class::is(bytes[end - 1], TOKEN)).then_some((end, End::Literal { quote, operator }))
    };
    let bare = |text: &[u8], end: End| {
        text.last().is_some_and(|&b| class::is(b, TOKEN)).then_some((line + text.len(), end))
    };
    // How the shell of Windows and Fortran say so.
    let goes_on =
        || last == b'^' || last == b'&' && bytes[newline + 1..].trim_ascii_start().starts_with(b"&");
    if matches!(last, b'^' | b'&')
        && goes_on()
        && let Some(end) = bare(&text[..text.len() - 1], End::Backslash)
    {
        return Some(end);
    }
    match last {
        // How PowerShell says so.
        b'`' if memchr::memchr(b'`', &text[..text.len() - 1]).is_none() => {
            bare(&text[..text.len() - 1], End::Bare)
        }
        b'"' | b'\'' | b'`' => quoted(text, false),
        b'\\' => {
            let text = &text[..text.len() - 1];
            bare(text, End::Backslash).or_else(|| quoted(text.trim_ascii_end(), false))
        }
        b'+' | b'.' | b'&' | b'|' | b'~' | b'>' | b',' | b'^' => {
            let operators =
                |b: &u8| matches!(b, b'+' | b'.' | b'&' | b'|' | b'~' | b'<' | b'>' | b',' | b'^' | b' ');
            let cut = text.iter().rev().take(4).take_while(|b| operators(b)).count();
            let framed =
                || (last == b'|').then(|| bare(text[..text.len() - 1].trim_ascii_end(), End::Bare)).flatten();
            quoted(&text[..text.len() - cut], last != b',').or_else(|| bare(text, End::Bare)).or_else(framed)
        }
        0x80.. => bare(without_bar(text)?.trim_ascii_end(), End::Bare),
        _ => bare(text, End::Bare),
    }
}

/// Whether a value at the end of a line may be the first part of one that is cut.
fn looks_cut(value: &[u8]) -> bool {
    may_be_cut(value, class::any_and_all(value).0)
}

/// The same, given the classes that one of its bytes is of at least.
pub(super) fn may_be_cut(value: &[u8], any: u16) -> bool {
    any & CUT != 0 || value.len() >= BLOB_LINE || changes_case(value, any)
}

/// Whether letters of a value change their case as often as in a random one, given the classes of its bytes.
fn changes_case(value: &[u8], any: u16) -> bool {
    any & LOWER != 0 && any & UPPER != 0 && class::changes_case(value, CASES)
}

/// What stands on both sides of a line break.
struct Sides<'a> {
    left: &'a [u8],
    right: &'a [u8],
    follows: Option<u8>,
}

impl<'a> Sides<'a> {
    /// What goes on at `right` of `bytes` behind the value `left`.
    fn around(bytes: &'a [u8], left: &'a [u8], right: usize) -> Self {
        let end = class::end_of(bytes, right, TOKEN);
        Self { left, right: &bytes[right..end], follows: bytes.get(end).copied() }
    }

    /// Whether the two are values at all.
    fn are_values(&self) -> bool {
        !self.right.is_empty() && self.left.len() + self.right.len() >= LEAST
    }

    /// Whether the two look as one that was cut. `blob` if the left side is all of its line and goes on from another.
    fn look_cut(&self, blob: bool) -> bool {
        let alone = self.follows.is_none_or(|b| matches!(b, b'\n' | b'\r' | b'"' | b'\'' | b'\\' | b'`'));
        if alone && self.left.len() >= BLOB_LINE && (blob || self.right.len() >= LEAST_PART) {
            let word = self.right.iter().all(u8::is_ascii_lowercase)
                || self.right.iter().all(u8::is_ascii_uppercase);
            return !self.right.is_empty() && (blob || !word || self.right.len() >= LEAST);
        }
        let named = matches!(self.follows, Some(b':' | b'(' | b'[' | b'{'));
        self.are_values() && self.right.len() >= LEAST_PART && !named && looks_random(self.right)
    }
}

/// Whether `text` is no word, name, date or assignment.
pub(super) fn looks_random(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text);
    let (any, all) = class::any_and_all(text);
    let date =
        || matches!(text, [a, b, c, d, b'-' | b'/', ..] if [a, b, c, d].into_iter().all(u8::is_ascii_digit));
    let mixed = any & DIGIT != 0 && (any & (LOWER | UPPER) != 0 || text.len() >= 8);
    all & PLAIN != 0 && (mixed || changes_case(text, any)) && !date()
}

/// How much of `line` is a start that it shares with a line that starts with `lead`: the same signs and words, other
/// numbers, any number of spaces. It ends after a byte that is part of no value, or where `lead` ends.
pub(super) fn common_start(lead: &[u8], line: &[u8]) -> usize {
    common(lead, line).1
}

/// How much of either is shared.
fn common(lead: &[u8], line: &[u8]) -> (usize, usize) {
    let run = |text: &[u8], of: fn(&u8) -> bool| text.iter().take_while(|b| of(b)).count();
    let space: fn(&u8) -> bool = |b| matches!(b, b' ' | b'\t');
    let (mut i, mut j, mut end) = (0, 0, (0, 0));
    while i < lead.len() && j < line.len() {
        let (a, b) = (lead[i], line[j]);
        if a.is_ascii_digit() && b.is_ascii_digit() {
            i += run(&lead[i..], u8::is_ascii_digit);
            j += run(&line[j..], u8::is_ascii_digit);
        } else if space(&a) && !space(&b) && j > 0 && class::is(line[j - 1], RUN) {
            // A blank that ends a word ends it on both lines: else what goes on is a value of its own, `x T` and `xyz`.
            break;
        } else if space(&a) || space(&b) {
            i += run(&lead[i..], space);
            let spaces = run(&line[j..], space);
            j += spaces;
            end = if spaces > 0 { (i, j) } else { end };
        } else if a == b {
            (i, j) = (i + 1, j + 1);
            end = if class::is(b, RUN) { end } else { (i, j) };
        } else {
            break;
        }
    }
    if i >= lead.len() { (i, j) } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_through_what_lines_start_with() {
        for (lead, line, rest) in [
            ("     12→export T=", "     13→abc", "abc"),
            ("  9\tT=", " 10\tabc", "abc"),
            ("x ", "xbc", "xbc"),
            ("7 ", "42bc", "42bc"),
            ("12 x ", "13 xbc", "xbc"),
            ("+T=", "+abc", "+abc"),
            ("+", "+abc", "abc"),
            ("src/a.rs:12:T=", "src/a.rs:13:abc", "abc"),
            ("> # T=", "> # abc", "abc"),
            ("2024-05-17T10:00:00.123Z stdout T=", "2024-05-17T10:00:01.4Z stdout abc", "abc"),
            ("T=", "abc", "abc"),
            ("echo \"", "echo \"abc\" >> f", "abc\" >> f"),
        ] {
            let common = common_start(lead.as_bytes(), line.as_bytes());
            assert_eq!(&line[common..], rest, "{lead}");
        }
    }

    fn joined(text: &str) -> Option<(String, bool)> {
        let mut out = Vec::new();
        joints(text.as_bytes(), &[], false, &mut out);
        let first = out.first()?;
        let (mut joined, mut at) = (String::new(), 0);
        for joint in &out {
            joined.push_str(&text[at..joint.left]);
            at = joint.right;
        }
        Some((joined + &text[at..], first.sure))
    }

    #[test]
    fn joins_what_looks_cut() {
        let guessed = [
            "T=ghp_a1b2c3d4e5f6g7\nh8i9j0\n",
            "     12→T=ghp_a1b2c3d4e5f6g7\n     13→h8i9j0\n",
            "+T=ghp_a1b2c3d4e5f6g7\n+h8i9j0\n",
            "-T=ghp_a1b2c3d4e5f6g7\n-h8i9j0\n",
            "T=ghp_a1b2c3d4e5f6g7\r\nh8i9j0\r\n",
            "  T: >-\n    ghp_a1b2c3d4e5f6g7\n    h8i9j0\n",
            "│ ghp_a1b2c3d4e5f6g7 │\n│ h8i9j0 │\n",
            "T=ghp_a1b2c3d4e5f6g7\nT+=h8i9j0\n",
            "t = 'ghp_a1b2c3d4e5f6g7'\nt += 'h8i9j0'\n",
            "$t = \"ghp_a1b2c3d4e5f6g7\";\n$t .= \"h8i9j0\";\n",
            "let t = `ghp_a1b2c3d4e5f6g7`;\nt += `h8i9j0`;\n",
            "t = 'ghp_a1b2c3d4e5f6g7'\nt << 'h8i9j0'\n",
            "┃ key  ┃ ghp_a1b2c3d4e5f6g7 ┃\n┃      ┃ h8i9j0 ┃\n",
            "login --token ghp_a1b2c3d4e5f6g7`\nh8i9j0\n",
            "│ key  │ ghp_a1b2c3d4e5f6g7 │\n│      │ h8i9j0 │\n",
            " key  | ghp_a1b2c3d4e5f6g7+\n      | h8i9j0\n",
            "T=\"ghp_a1b2c3d4e5f6g7\nh8i9j0\"",
            "(\"ghp_a1b2c3d4e5f6g7\"\n  \"h8i9j0\")",
        ];
        let sure = [
            "T=ghp_a1b2c3d4e5f6g7\\\nh8i9j0\n",
            "x = \"ghp_a1b2c3d4e5f6g7\" +\n  \"h8i9j0\"",
            "x = \"ghp_a1b2c3d4e5f6g7\"\n  + \"h8i9j0\"",
            "x = 'ghp_a1b2c3d4e5f6g7' .\n  'h8i9j0'",
        ];
        for (texts, expected) in [(&guessed[..], false), (&sure[..], true)] {
            for text in texts {
                let (joined, sure) = joined(text).unwrap_or_else(|| panic!("{text}"));
                assert!(joined.contains("ghp_a1b2c3d4e5f6g7h8i9j0"), "{text} {joined}");
                assert_eq!(sure, expected, "{text}");
            }
        }
    }

    #[test]
    fn leaves_lines_that_are_lines() {
        for text in [
            "API_KEY=a1b2c3d4e5f6g7h8\nPORT=3000\n",
            "API_KEY=a1b2c3d4e5f6g7h8\nexport X=1\n",
            "KEY=a1b2c3d4e5f6g7h8\nEOF\n",
            "see authentication\nconfiguration for more\n",
            "import foo_bar\nimport baz2\n",
            "x = 'a1b2c3d4'\ny = 'c3d4e5f6g7h8'\n",
        ] {
            assert_eq!(joined(text), None, "{text}");
        }
    }
}
