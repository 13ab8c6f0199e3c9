//! What a reader does not see: terminal control sequences, characters without width, zeros of UTF-16, overstrikes; and
//! letters of twice the width.

use super::edit::Edit;

/// The longest command to the terminal other than a colour, in bytes: a link or a title.
const LONGEST: usize = 4096;

/// Whether `c` takes no place on the screen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || matches!(u32::from(c), 0x01..=0x07 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f..=0x84 | 0x86..=0x9f)
}

/// The invisible character that starts at `at`, which is no ASCII byte.
pub(super) fn edit(bytes: &[u8], at: usize) -> Option<Edit> {
    let len = match bytes[at] {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => return None,
    };
    let text = bytes.get(at..at + len)?;
    let c = std::str::from_utf8(text).ok()?.chars().next()?;
    if let Some(narrow) = narrow(text) {
        return is_wide_word(bytes, at).then(|| Edit::byte(at, at + len, narrow).hiding(true));
    }
    is_invisible(c).then(|| Edit::dropped(at, at + len).hiding(beside_ascii(bytes, at, at + len)))
}

/// How many letters of twice the width in a row are taken for a word that someone typed so.
const WIDE_WORD: usize = 8;

/// The letter, digit or sign of a token that the three bytes `wide` are in twice its width: `ｇ`.
fn narrow(wide: &[u8]) -> Option<u8> {
    let &[0xef, high @ (0xbc | 0xbd), low @ 0x80..=0xbf] = wide else { return None };
    let narrow = (low & 0x3f) + if high == 0xbc { 0x20 } else { 0x60 };
    (narrow.is_ascii_alphanumeric() || matches!(narrow, b'_' | b'-')).then_some(narrow)
}

/// Whether the wide letter at `at` is one of many in a row.
fn is_wide_word(bytes: &[u8], at: usize) -> bool {
    let is_wide = |wide: &[u8]| narrow(wide).is_some();
    let after = bytes[at..].chunks_exact(3).take(WIDE_WORD).take_while(|wide| is_wide(wide)).count();
    let before = bytes[..at].rchunks_exact(3).take(WIDE_WORD).take_while(|wide| is_wide(wide)).count();
    before + after >= WIDE_WORD
}

/// Whether what is left and right of `start..end` is ASCII on one side at least: in an emoji it is not.
fn beside_ascii(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| bytes[at]);
    [before, bytes.get(end).copied()].iter().flatten().any(u8::is_ascii_graphic)
}

/// What the control character at `at` does to the screen.
pub(super) fn control(bytes: &[u8], at: usize) -> Option<Edit> {
    match bytes[at] {
        0x1b => Some(Edit::dropped(at, sequence_end(bytes, at))),
        0x08 => Some(Edit::dropped(overstruck(bytes, at), at + 1)),
        // A file may hold nothing else for megabytes.
        same => {
            let end = at + bytes[at..].iter().take_while(|b| **b == same).count();
            Some(Edit::dropped(at, end).hiding(beside_ascii(bytes, at, end)))
        }
    }
}

/// One past the terminal's control sequence whose escape character is at `at`.
fn sequence_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at + 1..];
    let len = match rest.first() {
        Some(b'[') => parameters(rest, 1),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            let text = &rest[..rest.len().min(LONGEST)];
            let bell = text.iter().position(|&b| matches!(b, 0x07 | 0x1b | b'\n' | 0x9c));
            match bell {
                Some(end) if text[end] == 0x1b && text.get(end + 1) == Some(&b'\\') => end + 2,
                Some(end) if matches!(text[end], 0x07 | 0x9c) => end + 1,
                _ => 1,
            }
        }
        Some(0x20..=0x2f) => {
            let len = rest.iter().take(4).take_while(|b| matches!(b, 0x20..=0x2f)).count();
            len + usize::from(rest.get(len).is_some_and(|b| matches!(b, 0x30..=0x7e)))
        }
        Some(b'7' | b'8' | b'=' | b'>' | b'c' | b'D' | b'E' | b'H' | b'M' | b'N' | b'O' | b'Z' | b'\\') => 1,
        _ => 0,
    };
    at + 1 + len
}

/// The length of a sequence's parameters and its last byte, from byte `from` of `rest` on.
fn parameters(rest: &[u8], from: usize) -> usize {
    let len = rest[from..].iter().take(128).take_while(|b| matches!(b, 0x20..=0x3f)).count();
    from + len + usize::from(rest.get(from + len).is_some_and(|b| matches!(b, 0x40..=0x7e)))
}

/// The first byte of the character that a backspace at `at` strikes out.
fn overstruck(bytes: &[u8], at: usize) -> usize {
    let mut start = at;
    while start > 0 && at - start < 4 {
        start -= 1;
        if bytes[start] & 0xc0 != 0x80 {
            return if bytes[start] < 0x20 { at } else { start };
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_sequences_end() {
        for (text, rest) in [
            ("\x1b[31mx", "x"),
            ("\x1b[38;5;231mghp", "ghp"),
            ("\x1b[Kx", "x"),
            ("\x1b]8;;https://a.example\x07x", "x"),
            ("\x1b]0;title\x1b\\x", "x"),
            ("\x1b(Bx", "x"),
            ("\x1b", ""),
            ("\x1b[", ""),
            ("\x1b]never ended", "never ended"),
            ("\x1bghp_", "ghp_"),
        ] {
            assert_eq!(control(text.as_bytes(), 0).unwrap().end, text.len() - rest.len(), "{text:?}");
        }
    }

    #[test]
    fn zeros_side_by_side_go_at_once() {
        assert_eq!(control(b"a\0\0\0b", 1).unwrap().end, 4);
        assert_eq!(control(b"\x01\0", 0).unwrap().end, 1);
    }

    #[test]
    fn wide_letters_are_letters() {
        let decoded = |text: &str, at| edit(text.as_bytes(), at).map(|e| e.decoded().to_vec());
        assert_eq!(decoded("ｇｈｐ＿Ａ１Ｂ２", 0), Some(b"g".to_vec()));
        assert_eq!(decoded("ｇｈｐ＿Ａ１Ｂ２", 9), Some(b"_".to_vec()));
        assert_eq!(decoded("ＡＰＩ の", 0), None);
        assert_eq!(decoded("（パスワード）", 0), None);
    }

    #[test]
    fn an_emoji_hides_nothing() {
        let hides = |text: &str, at| edit(text.as_bytes(), at).map(|e| e.hides);
        assert_eq!(hides("⚠\u{fe0f} x", 3), Some(false));
        assert_eq!(hides("gh\u{200b}p", 2), Some(true));
        assert_eq!(hides("→ é", 0), None);
    }

    #[test]
    fn a_backspace_takes_the_letter_before_it() {
        assert_eq!(control("é\x08".as_bytes(), 2).unwrap(), Edit::dropped(0, 3));
        assert_eq!(control(b"\x08", 0).unwrap(), Edit::dropped(0, 1));
    }
}
