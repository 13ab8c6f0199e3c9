//! Percent-encoded bytes: `%2F`, also encoded again: `%252F`.

use super::{
    class::{self, HEX},
    edit::Edit,
    hex,
};

/// The encoded byte whose `%` is at `at`. All levels of encoding are undone at once.
pub(super) fn edit(bytes: &[u8], at: usize) -> Option<Edit> {
    let mut digits = at + 1;
    while bytes[digits..].starts_with(b"25") && is_pair(bytes, digits + 2) {
        digits += 2;
    }
    if !is_pair(bytes, digits) {
        return None;
    }
    let byte = hex::pairs(&bytes[digits..digits + 2])[0];
    if byte == 0 {
        return Some(Edit::dropped(at, digits + 2).hiding(false));
    }
    let printable = !byte.is_ascii_control() || matches!(byte, 0x08 | b'\t' | b'\n' | b'\r' | 0x1b);
    printable.then(|| Edit::byte(at, digits + 2, byte).hiding(byte.is_ascii_graphic()))
}

fn is_pair(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 2).is_some_and(|pair| pair.iter().all(|&b| class::is(b, HEX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_every_level_at_once() {
        for (text, len, byte) in
            [("%2f.", 3, b'/'), ("%252F", 5, b'/'), ("%25252525", 9, b'%'), ("%25.", 3, b'%')]
        {
            let edit = edit(text.as_bytes(), 0).unwrap();
            assert_eq!((edit.end, edit.decoded()), (len, &[byte][..]), "{text}");
        }
    }

    #[test]
    fn a_format_of_printf_is_no_code() {
        for text in ["%d", "%s", "%", "%2", "%02d", "%5.2f", "%1f"] {
            assert_eq!(edit(text.as_bytes(), 0), None, "{text}");
        }
    }
}
