//! Texts with commands to a terminal in them, such as colours: what they look like without.

/// A text without its commands to the terminal, and where each of its bytes stood.
pub(super) struct Bare {
    /// The text.
    pub(super) bytes: Vec<u8>,
    /// The offset of each byte in the text with the commands.
    places: Vec<u32>,
}

impl Bare {
    /// `text` without commands, if it has one.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        memchr::memchr(ESCAPE, text)?;
        let (mut bytes, mut places) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
        let mut at = 0;
        while at < text.len() {
            if text[at] == ESCAPE {
                at = command_end(text, at);
            } else {
                bytes.push(text[at]);
                places.push(at as u32);
                at += 1;
            }
        }
        Some(Self { bytes, places })
    }

    /// Where the bytes `start..end` stood; nothing is nowhere.
    pub(super) fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, last) = (*self.places.get(start)?, *self.places.get(end.checked_sub(1)?)?);
        (start < end).then_some((first as usize, last as usize + 1))
    }
}

const ESCAPE: u8 = 0x1b;

/// One past the command that starts at byte `at`: `ESC [ 1 ; 32 m`, `ESC ] 8 ; ; … BEL`, `ESC ( B`.
fn command_end(text: &[u8], at: usize) -> usize {
    let rest = &text[at + 1..];
    let len = match rest.first() {
        Some(b'[') => {
            1 + rest[1..].iter().take_while(|b| matches!(b, 0x20..=0x3f)).count()
                + usize::from(rest[1..].iter().any(|b| matches!(b, 0x40..=0x7e)))
        }
        Some(b']') => {
            let end = rest.iter().position(|b| matches!(*b, 0x07 | b'\n' | ESCAPE));
            end.map_or(rest.len(), |end| end + usize::from(rest[end] == 0x07))
        }
        Some(0x20..=0x2f) => 2,
        Some(0x30..=0x7e) => 1,
        _ => 0,
    };
    (at + 1 + len).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::Bare;

    #[test]
    fn commands_go_and_places_stay() {
        for (text, wanted) in [
            ("\x1b[32m+\x1b[m a", "+ a"),
            ("\x1b[1;38;5;9mx\x1b[0m", "x"),
            ("\x1b]8;;https://a.example\x07b", "b"),
            ("\x1b(Bc\x1b", "c"),
            ("\x1b[", ""),
        ] {
            let bare = Bare::of(text.as_bytes()).unwrap();
            assert_eq!(String::from_utf8_lossy(&bare.bytes), wanted, "{text:?}");
            for at in 0..bare.bytes.len() {
                let (start, end) = bare.place(at, at + 1).unwrap();
                assert_eq!(&text.as_bytes()[start..end], &bare.bytes[at..=at]);
            }
        }
        assert!(Bare::of(b"plain").is_none());
    }
}
