//! Quoted-printable, as in mails: `=3D`, and `=` at the end of a line that goes on in the next.

use super::{
    class::{self, HEX},
    edit::Edit,
    hex,
};

use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The shortest line that a mail program breaks, in bytes, and the longest that it writes.
const BROKEN: std::ops::RangeInclusive<usize> = 68..=76;

/// Whether the text looks quoted-printable: an encoded equals sign, which nothing else writes so, or a line of the right
/// length that ends with the sign that it goes on.
pub(crate) fn is_likely(bytes: &[u8]) -> bool {
    static SIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"=3D"));
    let Some(first) = memchr::memchr(b'=', bytes) else { return false };
    SIGN.find(&bytes[first..]).is_some() || has_soft_break(bytes) || has_codes(&bytes[first..])
}

/// Whether codes of letters stand in a row, which plain text has no need of.
fn has_codes(bytes: &[u8]) -> bool {
    const ROW: usize = 6;
    let code = |code: &[u8]| {
        code[0] == b'='
            && matches!(code[1], b'3'..=b'7')
            && class::is(code[2], HEX)
            && !code[2].is_ascii_lowercase()
    };
    static SIX: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"=6"));
    SIX.find_iter(bytes)
        .any(|at| bytes[at..].len() >= 3 * ROW && bytes[at..at + 3 * ROW].chunks_exact(3).all(code))
}

fn has_soft_break(bytes: &[u8]) -> bool {
    static BREAK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"=\n"));
    static NAME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"quoted-printable"));
    let mut breaks = BREAK.find_iter(bytes).peekable();
    let told = breaks.peek().is_some() && NAME.find(bytes).is_some();
    told || breaks.any(|at| {
        let line = memchr::memrchr(b'\n', &bytes[at.saturating_sub(100)..at]);
        let length = line.map_or(at.min(100), |i| at - (at.saturating_sub(100) + i + 1)) + 1;
        BROKEN.contains(&length) && bytes.get(at + 2).is_some_and(|b| b.is_ascii_graphic())
    })
}

/// What the `=` at `at` starts, in a text that is quoted-printable.
pub(super) fn edit(bytes: &[u8], at: usize) -> Option<Edit> {
    match *bytes.get(at + 1..)? {
        [b'\n', ..] => Some(Edit::dropped(at, at + 2)),
        [b'\r', b'\n', ..] => Some(Edit::dropped(at, at + 3)),
        [high, low, ..] if [high, low].iter().all(|&b| class::is(b, HEX) && !b.is_ascii_lowercase()) => {
            let byte = hex::value(high) << 4 | hex::value(low);
            Some(Edit::byte(at, at + 3, byte).hiding(byte.is_ascii_graphic()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_codes_and_soft_breaks() {
        assert_eq!(edit(b"=3Dx", 0).unwrap().decoded(), b"=");
        assert_eq!(edit(b"a=\r\nb", 1), Some(Edit::dropped(1, 4)));
        for text in ["=3d", "=", "==", "=x", "= "] {
            assert_eq!(edit(text.as_bytes(), 0), None, "{text}");
        }
    }
}
