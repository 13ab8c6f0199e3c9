//! What counts as text among decoded bytes.

/// The least text that is worth a view, in bytes.
const LEAST: usize = 12;

/// The text that `bytes` are or start with: UTF-8 or the like, or UTF-16 without its zeros. `None` if they do not.
pub(super) fn text(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    if is_wide(&bytes) {
        bytes.retain(|&b| b != 0);
    }
    let end = bytes.iter().position(|&b| is_control(b)).unwrap_or(bytes.len());
    bytes.truncate(end);
    (bytes.len() >= LEAST && is_text(&bytes)).then_some(bytes)
}

/// Whether all of `bytes` is text, most of it ASCII.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    if is_wide(bytes) {
        return true;
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let utf8 = || std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to() + 4 > bytes.len(), |_| true);
    !bytes.iter().any(|&b| is_control(b)) && (high == 0 || (high * 2 < bytes.len() && utf8()))
}

/// Whether every second byte is zero and the others are ASCII.
fn is_wide(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xff\xfe").or(bytes.strip_prefix(b"\xfe\xff")).unwrap_or(bytes);
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).all(|&b| b == 0);
    let ascii = |odd: usize| bytes.iter().skip(odd).step_by(2).all(|&b| b.is_ascii() && !is_control(b));
    bytes.len() >= 8 && ((zeros(1) && ascii(0)) || (zeros(0) && ascii(1)))
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x1b | 0x0c)) || byte == 0x7f
}

/// Whether there is a stretch of readable ASCII of at least twelve bytes.
pub(super) fn holds_text(bytes: &[u8]) -> bool {
    let readable = |&b: &u8| b.is_ascii() && !is_control(b);
    bytes.split(|b| !readable(b)).any(|stretch| stretch.len() >= LEAST)
}
