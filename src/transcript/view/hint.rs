//! Hints in raw records: places where a text must be decoded since views of it may show what a scan of it cannot.
//!
//! Whatever one look at a few bytes finds ([`crate::scan`] looks for those) is not repeated here; this is for what
//! only both sides of a line break show, and for lists of numbers.

use super::{
    class::{self, LIST, TOKEN},
    lines, literal,
};
use memchr::memmem;

/// The shortest list of numbers, in bytes.
const LIST_LEAST: usize = 40;

/// The least number of digits in it, of ten bytes.
const LIST_DIGITS: usize = 3;

/// How far after a line break its line's value may start, in bytes.
const LEAD: usize = 64;

/// The least length of the parts of a value, in bytes.
const LEAST_PART: usize = 4;

/// Appends the offsets in a raw record, escapes and all, where something may be wrapped. In no order.
pub(crate) fn hints(raw: &[u8], out: &mut Vec<usize>) {
    out.extend(memchr::memchr_iter(b'\\', raw).filter(|&at| escape_hints(raw, at)));
    out.extend(memmem::find_iter(raw, b"\",\"").filter(|&at| goes_on(&raw[..at], &raw[at + 3..])));
    out.extend(memmem::find_iter(raw, b"\"},{").filter(|&at| block_goes_on(raw, at)));
    class::each_run(raw, LIST, LIST_LEAST, |start, end| {
        let digits = raw[start..end].iter().filter(|b| b.is_ascii_digit()).count();
        if digits * 10 >= (end - start) * LIST_DIGITS {
            out.push(start);
        }
    });
}

/// Whether a text that ends a block at `at` may go on in the text of the next.
fn block_goes_on(raw: &[u8], at: usize) -> bool {
    const KEY: &[u8] = b"\"text\":";
    let next = &raw[at + 3..raw.len().min(at + 3 + LEAD)];
    let Some(key) = memmem::find(next, KEY).map(|i| i + KEY.len()) else { return false };
    let blank = next[key..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    next.get(key + blank) == Some(&b'"') && goes_on(&raw[..at], &raw[at + 3 + key + blank + 1..])
}

/// Whether the backslash at `at`, with what stands around it, may hide a value.
fn escape_hints(raw: &[u8], at: usize) -> bool {
    let rest = &raw[at + 1..];
    let digits =
        |count: usize, of: fn(&u8) -> bool| rest.get(1..=count).is_some_and(|text| text.iter().all(of));
    match rest.first() {
        Some(b'n') => goes_on(&raw[..at], &rest[1..]),
        Some(b'x') => digits(2, u8::is_ascii_hexdigit) || rest.get(1) == Some(&b'{'),
        Some(b'u') => {
            rest.get(1) == Some(&b'{') || rest[1..].starts_with(b"20") || rest[1..].starts_with(b"fe")
        }
        Some(b'0'..=b'3') => digits(2, |b| matches!(b, b'0'..=b'7')),
        Some(b'b') => rest.get(1..3).is_some_and(|text| Some(&text[0]) == raw[..at].last()),
        Some(b'"') => literal::opens_soon(&rest[1..]),
        _ => false,
    }
}

/// Whether a value at the end of `text` may go on in `next`, both raw.
pub(crate) fn goes_on(text: &[u8], next: &[u8]) -> bool {
    let text = text.strip_suffix(b"\\r").unwrap_or(text);
    let ending =
        |b: &u8| matches!(b, b'\\' | b'"' | b'\'' | b' ' | b'+' | b'.' | b',' | b'|' | b'&' | b'~' | b'>');
    let end = text.len() - text.iter().rev().take(8).take_while(|b| ending(b)).count();
    let Some(last) = end.checked_sub(1) else { return false };
    if !class::is(text[last], TOKEN) {
        return false;
    }
    let value = &text[class::start_of(&text[..end], end, TOKEN)..end];
    let joins = |b: &u8| ending(b) || *b == b'`';
    let next = &next[next.iter().take(LEAD).take_while(|b| joins(b)).count()..];
    let line = &next[..next.iter().take(LEAD).position(|&b| b == b'"').unwrap_or(next.len().min(LEAD))];
    value.len() >= LEAST_PART
        && lines::looks_cut(value)
        && line
            .split(|&b| !class::is(b, TOKEN))
            .any(|run| run.len() >= LEAST_PART && lines::looks_random(run))
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
            r#""67 68 70 5f 61 31 42 32 63 33 44 34 65 35 46 36 67 37""#,
            r#""\\x67\\x68""#,
            r#""gh\u200bp""#,
            r#""g\bgh\bh""#,
            r#"[{"type":"text","text":"X=ghp_a1b2c3"},{"type":"text","text":"d4e5f6g7"}]"#,
        ] {
            let mut out = Vec::new();
            hints(raw.as_bytes(), &mut out);
            assert!(!out.is_empty(), "{raw}");
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
        ] {
            let mut out = Vec::new();
            hints(raw.as_bytes(), &mut out);
            assert!(out.is_empty(), "{raw}");
        }
    }
}
