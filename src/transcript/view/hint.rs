//! Hints in raw records: places where a text must be decoded since views of it may show what a scan of it cannot.
//!
//! Whatever one look at a few bytes finds ([`crate::scan`] looks for those) is not repeated here; this is for what
//! only both sides of a line break show, and for lists of numbers.

use super::{
    class::{self, RUN, TOKEN},
    lines, literal,
};
use memchr::memmem;
use std::ops::Range;

/// The shortest list of numbers, in bytes.
const LIST_LEAST: usize = 40;

/// The least count of numbers in a list on one line.
const LIST_NUMBERS: usize = 4;

/// How many of ten numbers of a list must be of text; a line's offset and its end may be read as numbers too.
const LIST_TEXT: usize = 6;

/// How far after a line break its line's value may start, in bytes.
const LEAD: usize = 64;

/// The least length of the parts of a value, in bytes.
const LEAST_PART: usize = 4;

/// The least length of a value that is cut, in bytes, both parts together.
const LEAST: usize = 16;

/// How much of the second part of a value is looked at, in bytes.
const LONGEST_REST: usize = 256;

/// A value this long at the end of a line is taken for a line of a blob, in bytes.
const BLOB: usize = 56;

/// Where something may be wrapped in a raw record.
#[derive(Default)]
pub(crate) struct Hints {
    /// Offsets where a text must be decoded, in no order.
    pub(crate) sure: Vec<usize>,
    /// Two stretches that may be one value, on a guess: only what has a fixed format is believed of it.
    pub(crate) guesses: Vec<(Range<usize>, Range<usize>)>,
}

impl Hints {
    /// Forgets everything, keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.sure.clear();
        self.guesses.clear();
    }
}

/// Appends what hints at something wrapped in a raw record, escapes and all.
pub(crate) fn hints(raw: &[u8], out: &mut Hints) {
    let is_joint = |&at: &usize| {
        let rest = raw[at + 1..].strip_prefix(b"}").unwrap_or(&raw[at + 1..]);
        matches!(rest, [b',', b'"' | b'{', ..] | [b',', b' ', b'"' | b'{', ..])
    };
    hints_at(
        raw,
        memchr::memchr_iter(b'\\', raw),
        memchr::memchr_iter(b'"', raw).filter(is_joint),
        &(0..0),
        out,
    );
}

/// The same, given in order where its backslashes are and the quotes that `","` and `"},{` begin with, as between
/// neighbouring texts and between the blocks of an array; but for those of the bytes `spared`.
pub(crate) fn hints_at(
    raw: &[u8],
    slashes: impl Iterator<Item = usize>,
    joints: impl Iterator<Item = usize>,
    spared: &Range<usize>,
    out: &mut Hints,
) {
    let mut line = Line { start: 0, depth: 1 };
    for at in slashes {
        if raw.get(at + 1) != Some(&b'n') {
            if escape_hints(raw, at) {
                out.sure.push(at);
            }
            continue;
        }
        let slashes = 1 + match raw[..at].last() {
            Some(b'\\') => raw[..at].iter().rev().take(MOST_SLASHES).take_while(|b| **b == b'\\').count(),
            _ => 0,
        };
        // A backslash that is one of the text's own stands as twice as many as those of its line break.
        let signed = slashes % 3 == 0;
        let depth = if signed { slashes / 3 } else { slashes };
        // Lines may end in what is spared.
        let spans = !spared.is_empty() && line.start < spared.end && spared.start < at;
        let start = (line.depth == depth && !spans).then_some(line.start);
        goes_on(raw, start, at + 1 - slashes, at + 2, signed, out);
        line = Line { start: at + 2, depth };
    }
    for at in joints {
        if raw.get(at + 1) == Some(&b',') {
            let end = raw[..at].strip_suffix(b"\\n").map_or(at, <[u8]>::len);
            let blank = usize::from(raw.get(at + 2) == Some(&b' '));
            goes_on(raw, None, end, at + 3 + blank, false, out);
        } else if let Some(next) = next_block(raw, at + 3) {
            goes_on(raw, None, at, next, false, out);
        }
    }
    class::each_list::<LIST_LEAST>(raw, |start, end| {
        if may_list_text(&raw[start..end]) {
            out.sure.push(start);
        }
    });
}

/// Where the text of the block starts that opens before `from`.
fn next_block(raw: &[u8], from: usize) -> Option<usize> {
    const KEY: &[u8] = b"\"text\":";
    let next = &raw[from..raw.len().min(from + LEAD)];
    let key = memmem::find(next, KEY)? + KEY.len();
    let blank = next[key..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    (next.get(key + blank) == Some(&b'"')).then_some(from + key + blank + 1)
}

/// Whether a value at the end of `text` may go on in `next`, both raw.
pub(crate) fn may_go_on(text: &[u8], next: &[u8]) -> bool {
    let mut out = Hints::default();
    let next = &next[..next.len().min(LEAD + LONGEST_REST)];
    goes_on(&[text, next].concat(), None, text.len(), text.len(), false, &mut out);
    !out.sure.is_empty() || !out.guesses.is_empty()
}

/// Where a line starts, and how many backslashes its line break has: one more in a text in a text.
struct Line {
    start: usize,
    depth: usize,
}

/// The most backslashes of a line break: deeper texts have more, and are decoded by then.
const MOST_SLASHES: usize = 48;

/// Whether the backslash at `at`, with what stands around it, may hide a value; that of a line break is none of its.
fn escape_hints(raw: &[u8], at: usize) -> bool {
    let rest = &raw[at + 1..];
    match rest {
        [b'x', b'{', ..] => true,
        [b'x', b'1', b'b' | b'B', b'[', ..] => true,
        [b'x', high, low, ..] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit() && may_hide(*high, *low),
        [b'u', b'{', digits @ ..] => may_hide_braced(digits),
        [b'u', b'2', b'0', a, b, ..] => {
            matches!((a, b.to_ascii_lowercase()), (b'0', b'b'..=b'f') | (b'2', b'8'..=b'f') | (b'6', _))
        }
        [b'u', b'f' | b'F', b'e' | b'E', a, ..] => matches!(a, b'0' | b'f' | b'F'),
        [b'0', b'3', b'3', b'[', ..] | [b'e', b'[', ..] => true,
        [b'_', next, ..] => {
            next.is_ascii_alphanumeric()
                && raw[..at].iter().rev().find(|b| **b != b'\\').is_some_and(u8::is_ascii_alphanumeric)
        }
        [b'0', b'4'..=b'7', b'0'..=b'7', ..] | [b'1', b'0'..=b'7', b'0'..=b'7', ..] => true,
        [b'3', b'4' | b'5', b'2' | b'7', ..] | [b'3', b'0', b'2', ..] => true,
        [b'b', first, second, ..] => Some(first) == raw[..at].last() && *second != 0,
        [b'"', rest @ ..] => puts_together(&raw[..at], rest),
        _ => false,
    }
}

/// Whether the byte with these hexadecimal digits is of a token, or the first of a character that is not seen.
fn may_hide(high: u8, low: u8) -> bool {
    let del = high == b'7' && matches!(low, b'f' | b'F');
    !del && matches!(
        (high, low.to_ascii_lowercase()),
        (b'2'..=b'7', _) | (b'e' | b'E', b'2' | b'f') | (b'c' | b'C', b'2')
    )
}

/// The same for a character given as `\u{…}`.
fn may_hide_braced(digits: &[u8]) -> bool {
    let digits = &digits[..digits.iter().take(8).position(|&b| b == b'}').unwrap_or(0)];
    let value = std::str::from_utf8(digits).ok().and_then(|text| u32::from_str_radix(text, 16).ok());
    value.is_some_and(|value| matches!(value, 0x20..=0x7e | 0xad | 0x2000..=0x206f | 0xfe00..=0xfeff))
}

/// How far from a literal's end the next one starts, in raw bytes.
const GAP: usize = 24;

/// Whether the literal that a quote behind `text` ends, both raw, may be put together with another one in `rest`.
fn puts_together(text: &[u8], rest: &[u8]) -> bool {
    if !literal::opens_soon(rest) {
        return false;
    }
    let content = text.iter().rev().find(|b| **b != b'\\');
    content.is_some_and(|&b| class::is(b, TOKEN)) && opens_next(&rest[..rest.len().min(GAP)])
}

/// Whether nothing but operators, blanks, line breaks and a line's number stands before the next quote.
fn opens_next(gap: &[u8]) -> bool {
    for (at, &byte) in gap.iter().enumerate() {
        let escaped = at > 0 && gap[at - 1] == b'\\' && matches!(byte, b'n' | b't' | b'r');
        let prefix = || {
            matches!(byte, b'f' | b'b' | b'r' | b'u') && matches!(gap.get(at + 1), Some(b'\\' | b'"' | b'\''))
        };
        match byte {
            b'"' | b'\'' => return true,
            _ if byte.is_ascii_alphabetic() && !escaped && !prefix() => return false,
            _ => {}
        }
    }
    false
}

/// What stands before the signature of a thought, which goes on in no text.
const SIGNATURE: &[u8] = b"\"signature\":\"";

/// How the text before a line break ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With a value.
    Bare,
    /// With a value in quotes, and nothing that says that it goes on.
    Quoted,
    /// With a value in quotes and an operator.
    Operator,
    /// With a value and a backslash.
    Backslash,
}

/// Hints at a value at the end of `raw[..end]` that may go on at `next`; `line` is where the line before `end` starts, if
/// that is sure, and `signed` whether it ends with a backslash of its own.
#[inline]
fn goes_on(raw: &[u8], line: Option<usize>, end: usize, next: usize, signed: bool, out: &mut Hints) {
    let text = &raw[..end];
    let text = if text.ends_with(b";") { lines::without_end(text, &raw[next..]) } else { text };
    if let Some((value, kind)) = last_value(text, signed) {
        value_goes_on(raw, line, value, next, kind, out);
    }
}

/// The same, given that value and how what stands before `next` ends.
fn value_goes_on(
    raw: &[u8],
    line: Option<usize>,
    value: Range<usize>,
    next: usize,
    kind: End,
    out: &mut Hints,
) {
    let line =
        line.filter(|&line| line <= value.start).map(|line| line + string_start(&raw[line..value.start]));
    let Some(line) = line else {
        if !raw[..value.start].ends_with(SIGNATURE) {
            holds_rest(raw, value, next, kind, out);
        }
        return;
    };
    let shared = lines::common_start(&raw[line..value.start], &raw[next..]);
    starts_with_rest(raw, &value, next + shared, kind, out);
    if shared > 0 {
        starts_with_rest(raw, &value, next, kind, out);
    }
}

/// The value that `text` ends with, if it may be the first part of one, and how the text ends.
#[inline]
fn last_value(text: &[u8], signed: bool) -> Option<(Range<usize>, End)> {
    let (end, kind) = match *text.last()? {
        // Most lines end with a sign of code, or with a word.
        b';' | b'{' | b'}' | b')' | b'(' | b':' | b']' | b'[' | b'*' => return None,
        b'r' if text.ends_with(b"\\r") => behind_signs(&text[..text.len() - 2], signed)?,
        last if class::is(last, RUN) && last != b'+' => {
            (text.len(), if signed { End::Backslash } else { End::Bare })
        }
        _ => behind_signs(text, signed)?,
    };
    let (start, any) = class::start_and_any(text, end, TOKEN);
    (end - start >= LEAST_PART && lines::may_be_cut(&text[start..end], any)).then_some((start..end, kind))
}

/// Where the value before the signs ends that `text` may end with, and what the signs say of how it ends.
fn behind_signs(text: &[u8], signed: bool) -> Option<(usize, End)> {
    let framed = lines::without_bar(text);
    let text = framed.unwrap_or(text);
    let sign = |b: &u8| {
        matches!(
            b,
            b'\\' | b'"' | b'\'' | b' ' | b'+' | b'.' | b',' | b'|' | b'&' | b'~' | b'>' | b'`' | b'^'
        )
    };
    let end = text.len() - text.iter().rev().take(8).take_while(|b| sign(b)).count();
    let tail = &text[end..];
    let quoted = tail.iter().any(|b| matches!(b, b'"' | b'\'' | b'`'));
    let goes_on = tail == b"`"
        && memchr::memchr(b'`', &text[text.len().saturating_sub(LEAD)..text.len() - 1]).is_none();
    let kind = match tail {
        _ if goes_on || framed.is_some() || tail == b"+" => End::Bare,
        _ if quoted && tail.iter().any(is_operator) => End::Operator,
        _ if quoted => End::Quoted,
        [] if signed => End::Backslash,
        _ if tail.iter().all(|b| *b == b'.') || tail.ends_with(b"|") => End::Bare,
        [b'^' | b'&'] => End::Bare,
        _ => return None,
    };
    Some((end, kind))
}

/// Whether a sign may put two literals together.
fn is_operator(byte: &u8) -> bool {
    matches!(byte, b'+' | b'.' | b'&' | b'|' | b'~' | b'<' | b'^')
}

/// Where the string starts that `line`, raw, ends in: behind the last quote that is not escaped.
fn string_start(line: &[u8]) -> usize {
    memchr::memrchr_iter(b'"', line).find(|&at| at == 0 || line[at - 1] != b'\\').map_or(0, |at| at + 1)
}

/// Hints at what `value` may go on with at `from`, behind signs, blanks and an escape.
fn starts_with_rest(raw: &[u8], value: &Range<usize>, from: usize, kind: End, out: &mut Hints) {
    let signs = |from: usize| {
        from + raw[from..].iter().take(LEAD).take_while(|b| !class::is(**b, RUN) && **b != b'\n').count()
    };
    if let Some(len) = lines::appended(&raw[from..]) {
        let start = from + len;
        return add_rest(raw, value, start..start, End::Bare, out);
    }
    let mut start = signs(from);
    // The letter of an escape, `\t`, is no part of it.
    while start > from && raw[start - 1] == b'\\' && matches!(raw.get(start), Some(b't' | b'n' | b'r')) {
        add_rest(raw, value, from..start, kind, out);
        start = signs(start + 1);
    }
    // Neither is what marks a literal: `f"`, `b"`.
    if matches!(raw[start.min(raw.len())..], [b'f' | b'b' | b'r' | b'u', b'"' | b'\'' | b'\\', ..]) {
        start = signs(start + 1);
    }
    if let Some(kind) = kind_between(kind, &raw[from..start]) {
        add_rest(raw, value, from..start, kind, out);
    }
    // A sign of a patch, or one that puts literals together.
    if matches!(raw.get(start), Some(b'+' | b'-')) {
        let after = signs(start + 1);
        if let Some(kind) = kind_between(kind, &raw[from..after]) {
            add_rest(raw, value, from..after, kind, out);
        }
    }
}

/// How a line ends whose value goes on behind `between`: a literal goes on in a literal.
fn kind_between(kind: End, between: &[u8]) -> Option<End> {
    let quoted = || between.iter().any(|b| matches!(b, b'"' | b'\'' | b'`'));
    match kind {
        End::Bare | End::Backslash => Some(kind),
        _ if !quoted() => None,
        End::Quoted if between.iter().any(is_operator) => Some(End::Operator),
        _ => Some(kind),
    }
}

/// Hints at the run behind what stands `between` if `value` may go on with it.
fn add_rest(raw: &[u8], value: &Range<usize>, between: Range<usize>, kind: End, out: &mut Hints) {
    let start = between.end;
    let rest = &raw[start.min(raw.len())..raw.len().min(start + LONGEST_REST)];
    let run = &rest[..rest.iter().position(|&b| !class::is(b, TOKEN)).unwrap_or(rest.len())];
    if run.is_empty() || run.len() + value.len() < LEAST {
        return;
    }
    match kind {
        // A sentence may end so too: "see `a/b`.\nThe".
        End::Operator if !opens_literal(&raw[between.start.min(start)..start.min(raw.len())]) => {}
        End::Operator | End::Backslash => out.sure.push(value.start),
        End::Bare | End::Quoted => {
            let follows = &rest[run.len()..];
            let named = kind == End::Bare && matches!(follows.first(), Some(b':' | b'(' | b'[' | b'{'));
            // The next string is a key.
            let named = named || follows.starts_with(b"\":");
            let cut = run.len() >= LEAST_PART && !named && lines::looks_random(run);
            if cut || value.len() >= BLOB {
                out.guesses.push((value.clone(), start..start + run.len()));
            }
        }
    }
}

/// Whether a literal opens at the end of `between`, in the text next to a value; its first signs may be no part of a run.
fn opens_literal(between: &[u8]) -> bool {
    let signs = between.iter().rev().take_while(|&&b| class::is(b, TOKEN) && !class::is(b, RUN)).count();
    let Some((b'"' | b'\'' | b'`', before)) = between[..between.len() - signs].split_last() else {
        return false;
    };
    let before = &before[..before.len() - before.iter().rev().take_while(|b| **b == b'\\').count()];
    let before = before.trim_ascii_end();
    // What opens behind one bar is a cell of a table, and what opens behind a whole text is another one.
    let cell = before.ends_with(b"|") && !before.ends_with(b"||");
    let other = [&b"\",\""[..], b"\", \""].iter().any(|joint| memmem::find(between, joint).is_some());
    !cell && !other
}

/// Hints at every run in the first bytes from `next` on that `value` may go on with.
fn holds_rest(raw: &[u8], value: Range<usize>, next: usize, kind: End, out: &mut Hints) {
    let ending = |b: &u8| {
        matches!(b, b'\\' | b'"' | b'\'' | b' ' | b'+' | b'.' | b',' | b'|' | b'&' | b'~' | b'>' | b'`')
    };
    let start = next + raw[next..].iter().take(LEAD).take_while(|b| ending(b)).count();
    let line = &raw[start..raw.len().min(start + LEAD)];
    let line = &line[..line.iter().position(|&b| b == b'"').unwrap_or(line.len())];
    let mut at = start;
    for run in line.split(|&b| !class::is(b, TOKEN)) {
        add_rest(raw, &value, next..at, kind, out);
        at += run.len() + 1;
    }
}

/// Whether most of the numbers in a stretch of digits and separators are bytes of ASCII text, in one notation.
fn may_list_text(list: &[u8]) -> bool {
    let (mut count, mut hex, mut decimal) = (0, 0, 0);
    for word in list.split(|b| matches!(b, b' ' | b',' | b':' | b'-')).filter(|word| !word.is_empty()) {
        let digits = match word {
            [b'0', b'x' | b'X', digits @ ..] | [b'x' | b'X', digits @ ..] => digits,
            digits => digits,
        };
        count += 1;
        let pairs = digits.len() >= 2 && digits.len() % 2 == 0;
        let printable = |pair: &[u8]| {
            matches!(pair[0], b'2'..=b'7') || matches!(pair, [b'0', b'9' | b'a' | b'A' | b'd' | b'D'])
        };
        hex += usize::from(pairs && digits.chunks_exact(2).all(printable));
        let marked = digits.len() < word.len();
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u8>().ok());
        let number = number.filter(|_| !marked);
        decimal += usize::from(number.is_some_and(|n| matches!(n, 9..=13 | 32..=126)));
    }
    count >= LIST_NUMBERS && hex.max(decimal) * 10 >= count * LIST_TEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_at_what_a_scan_cannot_see() {
        for raw in [
            r#""T=ghp_a1b2c3\nd4e5f6g7""#,
            r#""  12→T=ghp_a1b2c3\n  13→d4e5f6g7""#,
            r#"["+T=ghp_a1b2c3","+d4e5f6g7"]"#,
            r#""x = \"ghp_a1b2\" + \"c3d4\"""#,
            r#""x = (\"ghp_a1b2c3\"\n     \"d4e5f6g7\")""#,
            r#""x = 'ghp_a1b2c3'\n  . 'd4e5f6g7'""#,
            r#""x = \"ghp_a1b2c3\"\n    + \"d4e5f6g7\"""#,
            r#""T=ghp_a1b2c3\nT+=d4e5f6g7""#,
            r#""t = 'ghp_a1b2c3'\nt += 'd4e5f6g7'""#,
            r#""t = \"ghp_a1b2c3\"\nt += \"d4e5f6g7\"""#,
            r#""t = \"ghp_a1b2c3\";\nt += \"d4e5f6g7\";""#,
            r#""│ key │ ghp_a1b2c3 │\n│     │ d4e5f6g7 │""#,
            r#"" key | ghp_a1b2c3+\n     | d4e5f6g7""#,
            r#""+x = \"ghp_a1b2c3\"\n+    + \"d4e5f6g7\"""#,
            r#""67 68 70 5f 61 31 42 32 63 33 44 34 65 35 46 36 67 37""#,
            r#""\\x67\\x68""#,
            r#""gh\u200bp""#,
            r#""g\bgh\bh""#,
            r#"[{"type":"text","text":"X=ghp_a1b2c3"},{"type":"text","text":"d4e5f6g7"}]"#,
            r#""x = \"ghp_a1b2c3\" ||\n  \"d4e5f6g7\"""#,
            r#""x = \"ghp_a1b2c3\" +\n  f\"d4e5f6g7\"""#,
            r#""x = 'ghp_a1b2c3d4' +\n  b'd4e5f6g7'""#,
            r#"["x = 'ghp_a1b2c3d4' +","  f'd4e5f6g7'"]"#,
            r#"["+x = 'ghp_a1b2c3d4' +", "+  'd4e5f6g7'"]"#,
            r#"[{"type": "text", "text": "X=ghp_a1b2c3"}, {"type": "text", "text": "d4e5f6g7"}]"#,
            r#"["    11→token: `glpat-vrMfKONAumWuKu` +","    12→ `QhhL1j`"]"#,
            r#""     x = \"ghp_a1b2c3\" +\n   12→  \"d4e5f6g7\"""#,
        ] {
            let mut out = Hints::default();
            hints(raw.as_bytes(), &mut out);
            assert!(!out.sure.is_empty() || !out.guesses.is_empty(), "{raw}");
        }
    }

    #[test]
    fn a_literal_may_go_on_in_the_next_line_of_a_list() {
        for (text, next) in [
            ("    11→token: `glpat-vrMfKONAumWuKu` +", "    12→ `QhhL1j`"),
            ("x = 'ghp_a1b2c3' +", "    'd4e5f6g7'"),
            ("+x = 'ghp_a1b2c3'", "+    . 'd4e5f6g7'"),
        ] {
            assert!(may_go_on(text.as_bytes(), next.as_bytes()), "{text}");
        }
        for (text, next) in
            [("see `a/b_c1d2e3f4g5`.", "The_other_1"), ("| `a_b_c_d_e_f` |", "| `g_h_i_j_k_1`")]
        {
            assert!(!may_go_on(text.as_bytes(), next.as_bytes()), "{text}");
        }
    }

    #[test]
    fn says_nothing_of_plain_text_and_code() {
        for raw in [
            r#""some words\nand others""#,
            r#""import foo_bar\nimport baz""#,
            r#""let x = 1;\n    let y = 2;\n""#,
            r#"{"uuid":"0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f","type":"user"}"#,
            r#""                                                        indented""#,
            r#""see `cmd/cli/integration_test/`.\nThe other_folder1 too""#,
            r#""is \"Linting_and_Formatting\".\n\n   44→### Linting_2""#,
            r#""uses `Transcript_Lines_At_Start` |\n| `sum_marise/sum_marise1.go` |""#,
            r#"["in `cli/integration_test/`."," ","-### Linting_1"]"#,
            r#"{"timestamp":"2026-02-09T08:22:11.002Z","toolUseResult9":1}"#,
        ] {
            let mut out = Hints::default();
            hints(raw.as_bytes(), &mut out);
            assert!(out.sure.is_empty() && out.guesses.is_empty(), "{raw}");
        }
    }
}
