//! Dumps of bytes, as `xxd`, `hexdump` and `od` print them: an offset, numbers, perhaps the characters.

use super::{
    View,
    class::{self, HEX},
    hex, plain,
};
use crate::span::Span;

/// How far from its start a line's offset may be, in bytes: what a tool puts before each line.
const LEAD: usize = 64;

/// The most bytes that a line shows.
const LINE: usize = 64;

/// The longest line, in characters.
const LONGEST: usize = 512;

/// One line of a dump.
struct Line {
    /// Where the numbers start.
    numbers: usize,
    /// The bytes it shows, in the order it shows them.
    bytes: Vec<u8>,
    /// How many bytes each number has.
    width: usize,
}

/// Decodes the dump that goes on from the line at `start` of the view. Returns where it ends, if it is one.
pub(super) fn decode(view: &View<'_>, start: usize, out: &mut Vec<View<'static>>) -> Option<usize> {
    let bytes = view.bytes();
    let (mut at, mut end, mut width) = (start, start, 0);
    let (mut shown, mut ranges) = (Vec::new(), Vec::new());
    while at < bytes.len() {
        let window = &bytes[at..bytes.len().min(at + LONGEST)];
        let line_end = at + memchr::memchr(b'\n', window).unwrap_or(window.len());
        match parse(&bytes[at..line_end]) {
            Some(line) => {
                width = width.max(line.width);
                shown.extend(line.bytes);
                ranges.push(Span::new(at + line.numbers, line_end));
                end = line_end;
            }
            // `hexdump` writes a star for lines like the one before.
            None if !ranges.is_empty() && bytes[at..line_end].trim_ascii_end().ends_with(b"*") => {}
            None => break,
        }
        at = line_end + 1;
    }
    let texts = orders(shown, width).into_iter().map(plain::narrow);
    for text in texts.filter(|text| plain::holds_text(text)) {
        out.push(view.opaque(&ranges, text));
    }
    (!ranges.is_empty()).then_some(end)
}

/// The bytes as shown, and as they are where numbers of several bytes are shown with the last byte first.
fn orders(shown: Vec<u8>, width: usize) -> Vec<Vec<u8>> {
    if width < 2 {
        return vec![shown];
    }
    let swapped = shown.chunks(width).flat_map(|number| number.iter().rev().copied()).collect();
    vec![shown, swapped]
}

/// Reads one line.
fn parse(line: &[u8]) -> Option<Line> {
    let numbers = after_offset(line)?;
    let (mut at, mut bytes, mut width) = (numbers, Vec::new(), 0);
    while bytes.len() < LINE {
        let spaces = line[at..].iter().take_while(|&&b| b == b' ').count();
        let digits = at + spaces;
        let end = class::end_of(line, digits, HEX);
        let len = end - digits;
        let ends = line.get(end).is_none_or(|b| matches!(b, b' ' | b'-' | b'|' | b'\r'));
        let halves = spaces == 2 && bytes.len() == 8;
        let apart = !bytes.is_empty() && (spaces == 0 || (spaces > 1 && !halves));
        if len == 0 || !len.is_multiple_of(2) || len > 16 || !ends || apart {
            break;
        }
        bytes.extend(hex::pairs(&line[digits..end]));
        width = if width == 0 { len / 2 } else { width };
        at = end + usize::from(bytes.len() == 8 && line.get(end) == Some(&b'-'));
    }
    (!bytes.is_empty()).then_some(Line { numbers, bytes, width })
}

/// Where the numbers start, after an offset of at least six digits.
fn after_offset(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < line.len().min(LEAD) {
        let start = at + line[at..].iter().position(|&b| class::is(b, HEX))?;
        let end = class::end_of(line, start, HEX);
        let first = start == 0 || !line[start - 1].is_ascii_alphanumeric() || line[start - 1] == b'x';
        if first && (6..=16).contains(&(end - start)) {
            let rest = &line[end..];
            let colon = usize::from(matches!(rest.first(), Some(b':' | b'|')));
            let spaces = rest[colon..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            if spaces > 0 {
                return Some(end + colon + spaces);
            }
        }
        at = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        decode(&View::identity(text.as_bytes(), 0), 0, &mut out);
        out.iter().map(|v| String::from_utf8_lossy(v.bytes()).into_owned()).collect()
    }

    #[test]
    fn reads_the_dumps_of_many_tools() {
        let secret = "synthetic-token!";
        let dumps = [
            "00000000: 7379 6e74 6865 7469 632d 746f 6b65 6e21  synthetic-token!\n",
            "00000000  73 79 6e 74 68 65 74 69  63 2d 74 6f 6b 65 6e 21  |synthetic-token!|\n00000010\n",
            "0000000 73 79 6e 74 68 65 74 69 63 2d 74 6f 6b 65 6e 21\n0000020\n",
            "0x0010:  7379 6e74 6865 7469 632d 746f 6b65 6e21  synthetic-token!",
            "     12→00000000: 7379 6e74 6865 7469  syntheti\n     13→00000008: 632d 746f 6b65 6e21  c-token!\n",
        ];
        for (i, dump) in dumps.iter().enumerate() {
            let dump = dump.replace("0x0010", "0x000010");
            assert!(shown(&dump).contains(&secret.to_owned()), "{i}: {dump} {:?}", shown(&dump));
        }
        let little = "0000000 7973 746e 6568 6974 2d63 6f74 656b 216e\n0000010\n";
        assert!(shown(little).contains(&secret.to_owned()), "{:?}", shown(little));
    }

    #[test]
    fn a_finding_takes_numbers_and_characters_of_all_lines() {
        let text = "00000000: 7379 6e74 6865 7469  syntheti\n00000008: 632d 746f 6b65 6e21  c-token!\nend";
        let mut out = Vec::new();
        decode(&View::identity(text.as_bytes(), 0), 0, &mut out);
        let spans = out[0].raw(Span::new(3, 9));
        let texts: Vec<_> = spans.iter().map(|s| &text[s.range()]).collect();
        assert_eq!(texts, ["7379 6e74 6865 7469  syntheti", "632d 746f 6b65 6e21  c-token!"]);
    }

    #[test]
    fn leaves_what_is_no_dump() {
        for text in ["a1b2c3d4 Add a feature\n", "12345678: some words\n", "abcdef0 1\n"] {
            assert!(shown(text).is_empty(), "{text}");
        }
    }
}
