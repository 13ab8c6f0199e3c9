//! Words and quoted stretches of a sentence, and where they end.

use super::{super::assignment, value::Tie};

/// The longest value of a sentence, in bytes.
pub(super) const LONGEST: usize = 512;

/// A word or a quoted stretch of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quoted: bool,
}

/// The piece at or after `at`, on the same line. `at` may lie behind `limit`, where a quote was never closed.
pub(super) fn piece(bytes: &[u8], at: usize, limit: usize) -> Option<Piece> {
    let blank = bytes.get(at..limit)?.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let start = at + blank;
    let emphasis = bytes[start..limit].iter().take_while(|b| matches!(b, b'*' | b'(' | b'[')).count();
    if let Some(literal) = assignment::literal(bytes, start + emphasis).filter(|l| l.end - l.start <= LONGEST)
    {
        let (start, end) = without_blanks(bytes, literal.start, literal.end);
        return Some(Piece { start, end, quoted: true });
    }
    let len =
        bytes[start..bytes.len().min(start + LONGEST)].iter().take_while(|&&b| b > b' ' && b != 0x7f).count();
    let ascii = bytes[start..start + len].iter().position(|&b| b >= 0x80);
    let cut = ascii.filter(|&i| i >= 4 && starts_with_wide(&bytes[start + i..])).unwrap_or(len);
    (cut > 0).then_some(Piece { start, end: start + cut, quoted: false })
}

/// Without the blanks that some languages put inside their quotes: `« x »`.
fn without_blanks(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    const BLANKS: [&[u8]; 3] = [b" ", b"\xc2\xa0", b"\xe2\x80\xaf"];
    let text = &bytes[start..end];
    let head = BLANKS.iter().find(|blank| text.starts_with(blank)).map_or(0, |blank| blank.len());
    let tail = BLANKS.iter().find(|blank| text.ends_with(blank)).map_or(0, |blank| blank.len());
    if head + tail < text.len() { (start + head, end - tail) } else { (start, end) }
}

/// Whether what follows is punctuation or a word of a language without blanks.
fn starts_with_wide(rest: &[u8]) -> bool {
    matches!(rest[0], 0xe3..=0xed | 0xef)
        || rest.starts_with("”".as_bytes())
        || rest.starts_with("»".as_bytes())
        || rest.starts_with("’".as_bytes())
}

/// Without the punctuation of the sentence.
pub(super) fn trimmed(bytes: &[u8], piece: Piece) -> Piece {
    let Piece { mut start, mut end, .. } = piece;
    while start < end && matches!(bytes[start], b'(' | b':' | b'"' | b'\'' | b'`' | b'*' | b'[' | b'<') {
        start += 1;
    }
    while end > start {
        match bytes[end - 1] {
            b'.' | b',' | b';' | b':' | b'"' | b'\'' | b'`' | b'?' => end -= 1,
            b')' if !bytes[start..end].contains(&b'(') => end -= 1,
            b']' if !bytes[start..end].contains(&b'[') => end -= 1,
            b'}' if !bytes[start..end].contains(&b'{') => end -= 1,
            b'*' if end - start > 2 && bytes[end - 2] == b'*' => end -= 2,
            _ => break,
        }
    }
    if let Some(i) =
        bytes[start..end].iter().position(|b| matches!(b, b'"' | b'`' | b'\\' | b'<')).filter(|&i| i > 0)
    {
        end = start + i;
    }
    Piece { start, end, quoted: false }
}

/// A colon may end the line, and a fence may open, before the value.
pub(super) fn over_break(bytes: &[u8], at: usize, tie: Tie) -> usize {
    if tie != Tie::Said {
        return at;
    }
    let limit = bytes.len().min(at + 24);
    let blank = bytes[at..limit].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if !bytes[at..at + blank].contains(&b'\n') {
        return at;
    }
    let fence = &bytes[at + blank..];
    if fence.starts_with(b"```") {
        let line = memchr::memchr(b'\n', &fence[..fence.len().min(24)]);
        return line.map_or(at + blank, |i| at + blank + i + 1);
    }
    at + blank
}

/// The end of the line around byte `at`.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let limit = bytes.len().min(at + LONGEST);
    at + bytes[at..limit].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count()
}
