//! Bytes as a list of numbers: `0x67, 0x68`, `67 68`, `67:68`, `[103, 104]`.

use super::{
    View,
    class::{self, LIST},
    dump, hex, inline, lines, plain,
};
use crate::span::{Span, Text};

/// The shortest part of a list that is looked at, in bytes.
const LEAST: usize = 24;

/// The shortest list, in numbers.
const LEAST_NUMBERS: usize = 12;

/// The bytes of a list that stand on one line.
type Part = Span<Text>;

/// Decodes every dump and every list of numbers of the view that is new in it.
pub(crate) fn decode_lists(view: &View<'_>, out: &mut Vec<View<'static>>) {
    let bytes = view.bytes();
    let mut done = 0;
    class::each_list::<LEAST>(bytes, |start, end| {
        let blank = || bytes[start..end].iter().all(|b| !b.is_ascii_digit());
        if start < done || blank() {
            return;
        }
        let line = inline::line_start(bytes, start).max(done);
        let before = out.len();
        done = dump::decode(view, line, out).unwrap_or_else(|| decode(view, start, end, out));
        if !view.is_new(line, done) {
            out.truncate(before);
        }
    });
}

/// Decodes the list that starts with the numbers in `start..end` and may go on in the next lines. Returns its end.
fn decode(view: &View<'_>, start: usize, end: usize, out: &mut Vec<View<'static>>) -> usize {
    let bytes = view.bytes();
    let mut parts = vec![Span::new(start, end)];
    let lead = &bytes[inline::line_start(bytes, start)..start];
    let mut last = end;
    while let Some(part) = next_part(bytes, last, lead) {
        last = part.end();
        parts.push(part);
    }
    let ranges: Vec<_> = parts.iter().map(|part| trimmed(bytes, *part)).collect();
    let numbers: Vec<Number<'_>> = ranges.iter().flat_map(|part| numbers(&bytes[part.range()])).collect();
    if numbers.len() < LEAST_NUMBERS {
        return last;
    }
    // A number or two before the list may not be of it: a line's or a column's.
    let read = |read: fn(&[Number<'_>]) -> Option<Vec<u8>>| {
        (0..3).find_map(|first| read(&numbers[first..]).and_then(plain::text))
    };
    for text in [read(as_hex), read(as_decimal)].into_iter().flatten() {
        out.push(view.opaque(&ranges, text));
    }
    last
}

/// The list's part in the line after the one that its part before ends at `end` of, if that line goes on with it.
fn next_part(bytes: &[u8], end: usize, lead: &[u8]) -> Option<Part> {
    let rest = &bytes[end..];
    let newline = rest.iter().take(8).position(|&b| b == b'\n')?;
    let junk = rest[..newline].iter().all(|b| matches!(b, b'\\' | b'\r' | b'"' | b'\'' | b'\t'));
    let next = end + newline + 1;
    let start = next + lines::common_start(lead, bytes.get(next..)?);
    let start = start + bytes[start..].iter().take_while(|b| matches!(b, b'"' | b'\'' | b'\t')).count();
    let part = Span::new(start, class::end_of(bytes, start, LIST));
    let ends = bytes.get(part.end()).is_none_or(|b| !b.is_ascii_alphanumeric());
    (junk && ends && bytes[part.range()].iter().any(u8::is_ascii_digit)).then_some(part)
}

/// `part` without the separators around it, and without the ends of words that touch it.
fn trimmed(bytes: &[u8], part: Part) -> Part {
    let separator = |b: &u8| matches!(b, b' ' | b',' | b':' | b'-');
    let text = &bytes[part.range()];
    let torn = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let before = part.start().checked_sub(1).and_then(|at| bytes.get(at));
    let skip = |word: Option<usize>| word.unwrap_or(text.len());
    let first = if torn(before) { skip(text.iter().position(separator)) } else { 0 };
    let last =
        if torn(bytes.get(part.end())) { text.iter().rposition(separator).unwrap_or(0) } else { text.len() };
    let text = &text[first.min(last)..last];
    let start = part.start() + first.min(last) + text.iter().take_while(|b| separator(b)).count();
    let end = part.start() + last - text.iter().rev().take_while(|b| separator(b)).count();
    Span::new(start.min(end), end)
}

/// A number as written, without `0x`.
struct Number<'a> {
    digits: &'a [u8],
    marked: bool,
}

/// The numbers of one part of a list.
fn numbers(text: &[u8]) -> impl Iterator<Item = Number<'_>> {
    let words = text.split(|b| matches!(b, b' ' | b',' | b':' | b'-')).filter(|word| !word.is_empty());
    words.map(|word| match word {
        [b'0', b'x' | b'X', digits @ ..] | [b'x' | b'X', digits @ ..] => Number { digits, marked: true },
        digits => Number { digits, marked: false },
    })
}

/// The bytes of a list of hexadecimal numbers, each of whole bytes.
fn as_hex(numbers: &[Number<'_>]) -> Option<Vec<u8>> {
    let marked = numbers.iter().any(|number| number.marked);
    let counted = numbers.iter().filter(|number| number.marked == marked);
    let mut out = Vec::new();
    for Number { digits, .. } in counted {
        match digits {
            [digit] if marked => out.push(hex::value(*digit)),
            digits if digits.len() % 2 == 0 && !digits.contains(&b'x') => out.extend(hex::pairs(digits)),
            _ => return None,
        }
    }
    Some(out)
}

/// The bytes of a list of decimal numbers, none of them written as a hexadecimal one.
fn as_decimal(numbers: &[Number<'_>]) -> Option<Vec<u8>> {
    let value = |number: &Number<'_>| {
        let digits = (!number.marked).then_some(number.digits)?;
        std::str::from_utf8(digits).ok()?.parse::<u8>().ok()
    };
    numbers.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        decode_lists(&View::identity(text.as_bytes(), 0), &mut out);
        out.iter().map(|v| String::from_utf8_lossy(v.bytes()).into_owned()).collect()
    }

    #[test]
    fn reads_lists_in_many_notations() {
        let secret = "synthetic-token=AZ09";
        let list =
            |one: fn(u8) -> String, between: &str| secret.bytes().map(one).collect::<Vec<_>>().join(between);
        let lists = [
            format!("x = {{ {} }};", list(|b| format!("0x{b:02x}"), ", ")),
            format!("x = {{ {} }};", list(|b| format!("0x{b:02X}"), ",")),
            list(|b| format!("{b:02x}"), " "),
            list(|b| format!("{b:02x}"), ":"),
            list(|b| format!("{b:02X}"), "-"),
            format!("[{}]", list(|b| b.to_string(), ", ")),
            format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", list(|b| b.to_string(), ",")),
            format!("  {},", list(|b| format!("0x{b:02x}"), ", ").replace("0x2d", "\n  0x2d")),
            format!("  4→  {},", list(|b| format!("0x{b:02x}"), ", ").replace("0x2d", "\n  5→  0x2d")),
        ];
        for text in lists {
            assert_eq!(texts(&text), [secret], "{text}");
        }
    }

    #[test]
    fn leaves_other_numbers() {
        for text in [
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
            "2024-05-17 10:00:00 2024-05-18 10:00:00",
            "de:ad:be:ef:00:01:02:03:04:05:06:07:08:09:0a",
            "                                        deeply indented",
            "----------------------------------------------",
        ] {
            assert!(texts(text).is_empty(), "{text} {:?}", texts(text));
        }
    }
}
