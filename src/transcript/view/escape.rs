//! Escapes of source code and of JSON within a text: `\u0067`, `\x67`, `\147`, `\"`, `\n`.

use super::edit::Edit;

/// The escape whose backslash is at `at`; one level of it.
pub(super) fn edit(bytes: &[u8], at: usize) -> Option<Edit> {
    let plain = |c| Some(Edit::new(at, at + 2, c));
    match *bytes.get(at + 1)? {
        b'\\' => plain('\\').map(|edit| edit.hiding(escapes_a_code(bytes, at + 2))),
        b'"' => plain('"').map(|edit| edit.hiding(true)),
        c @ (b'\'' | b'/' | b'`' | b'$') => plain(char::from(c)),
        // Markdown and TeX: `ab\_cd`.
        b'_' if is_inside(bytes, at) => plain('_').map(|edit| edit.hiding(true)),
        b'n' => plain('\n'),
        b'r' => plain('\r'),
        b't' => plain('\t'),
        b'e' | b'E' if bytes.get(at + 2) == Some(&b'[') => Some(Edit::new(at, at + 2, '\x1b').hiding(true)),
        b'x' => braced(bytes, at, at + 2).or_else(|| number(bytes, at, at + 2, 2, 16)),
        b'u' => {
            braced(bytes, at, at + 2).or_else(|| pair(bytes, at)).or_else(|| number(bytes, at, at + 2, 4, 16))
        }
        b'U' => number(bytes, at, at + 2, 8, 16),
        b'0'..=b'3' => number(bytes, at, at + 1, 3, 8),
        _ => None,
    }
}

/// Whether letters or digits stand on both sides of the two bytes at `at`.
fn is_inside(bytes: &[u8], at: usize) -> bool {
    at > 0
        && bytes[at - 1].is_ascii_alphanumeric()
        && bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether backslashes from `at` on, or none, are followed by what a code is made of.
fn escapes_a_code(bytes: &[u8], at: usize) -> bool {
    let text = &bytes[at..bytes.len().min(at + 64)];
    let code = text.iter().position(|&b| b != b'\\').unwrap_or(text.len());
    let digits = |from: usize, least: usize| {
        text[from..].iter().take_while(|b| b.is_ascii_hexdigit()).count() >= least
    };
    match text.get(code) {
        Some(b'x') => digits(code + 1, 2),
        Some(b'u') => digits(code + 1, 4),
        Some(b'0'..=b'3') => digits(code, 3),
        _ => false,
    }
}

/// `\u{67}`
fn braced(bytes: &[u8], at: usize, open: usize) -> Option<Edit> {
    let inner = bytes.get(open..)?.strip_prefix(b"{")?;
    let len = inner.iter().take(9).position(|&b| b == b'}')?;
    let code = digits(&inner[..len], 16)?;
    made(at, open + 1 + len + 1, code)
}

/// A surrogate pair.
fn pair(bytes: &[u8], at: usize) -> Option<Edit> {
    let high = digits(bytes.get(at + 2..at + 6)?, 16).filter(|h| (0xd800..0xdc00).contains(h))?;
    let low = bytes.get(at + 6..at + 12)?.strip_prefix(b"\\u")?;
    let low = digits(low, 16).filter(|l| (0xdc00..0xe000).contains(l))?;
    made(at, at + 12, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

/// `len` digits from `from`.
fn number(bytes: &[u8], at: usize, from: usize, len: usize, radix: u32) -> Option<Edit> {
    let code = digits(bytes.get(from..from + len)?, radix)?;
    if len < 4 && (0x80..0x100).contains(&code) {
        return Some(Edit::byte(at, from + len, code as u8));
    }
    made(at, from + len, code)
}

fn made(at: usize, end: usize, code: u32) -> Option<Edit> {
    let c = char::from_u32(code)?;
    if code == 0 || super::invisible::is_invisible(c) {
        return Some(Edit::dropped(at, end));
    }
    Some(Edit::new(at, end, c).hiding(c.is_ascii_graphic() || c == '\x1b'))
}

fn digits(text: &[u8], radix: u32) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0u32, |code, &b| Some(code.checked_mul(radix)? + char::from(b).to_digit(radix)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_the_escapes_of_many_languages() {
        let cases = [
            (r"\u0067hp", "g", 6),
            (r"\u{67}", "g", 6),
            (r"\x67h", "g", 4),
            (r"\x{67}", "g", 6),
            (r"\147", "g", 4),
            (r"\U00000067", "g", 10),
            (r"\ud83d\ude00", "\u{1f600}", 12),
            (r"\n", "\n", 2),
            (r#"\""#, "\"", 2),
            (r"\u200b", "", 6),
            (r"\e[0m", "\x1b", 2),
        ];
        for (text, decoded, end) in cases {
            let edit = edit(text.as_bytes(), 0).unwrap();
            assert_eq!((edit.decoded(), edit.end), (decoded.as_bytes(), end), "{text}");
        }
        for text in [r"\d", r"\", r"\u12", r"\xg", r"\1", r"\ud83d", r"\u{}", r"\u{110000}"] {
            assert_eq!(edit(text.as_bytes(), 0), None, "{text}");
        }
    }
}
