//! What counts as text among decoded bytes.

/// The least text that is worth a view, in bytes.
const LEAST: usize = 12;

/// The text that `bytes` are or start with: UTF-8 or the like, or what UTF-16 stands for. `None` if they do not.
pub(super) fn text(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut text = narrow(bytes);
    let end = text.iter().position(|&b| is_control(b)).unwrap_or(text.len());
    text.truncate(end);
    (text.len() >= LEAST && is_text(&text)).then_some(text)
}

/// The same text in UTF-8 if it is in UTF-16, else as it is.
pub(super) fn narrow(bytes: Vec<u8>) -> Vec<u8> {
    let Some(high) = wide(&bytes) else { return bytes };
    let unit = |pair: &[u8]| u16::from(pair[high]) << 8 | u16::from(pair[1 - high]);
    let units = bytes.chunks_exact(2).map(unit);
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect::<String>()
        .into_bytes()
}

/// Whether all of `bytes` is text, most of it ASCII.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    if wide(bytes).is_some() {
        return true;
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let utf8 = || std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to() + 4 > bytes.len(), |_| true);
    !bytes.iter().any(|&b| is_control(b)) && (high == 0 || (high * 2 < bytes.len() && utf8()))
}

/// Which byte of each two is the high one, if `bytes` look like UTF-16, most of it ASCII.
fn wide(bytes: &[u8]) -> Option<usize> {
    let ascii = |high: usize| {
        let pairs = bytes.chunks_exact(2);
        pairs
            .filter(|pair| pair[high] == 0 && pair[1 - high].is_ascii() && !is_control(pair[1 - high]))
            .count()
    };
    let most = |high: usize| bytes.len() >= 8 && ascii(high) * 2 * 10 >= bytes.len() * 8;
    [1, 0].into_iter().find(|&high| most(high))
}

pub(super) fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, 0x08 | b'\t' | b'\n' | 0x0c | b'\r' | 0x1b)) || byte == 0x7f
}

/// Whether there is a stretch of readable ASCII of at least twelve bytes.
pub(super) fn holds_text(bytes: &[u8]) -> bool {
    let readable = |&b: &u8| b.is_ascii() && !is_control(b);
    bytes.split(|b| !readable(b)).any(|stretch| stretch.len() >= LEAST)
}
