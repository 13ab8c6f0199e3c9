//! Classes of bytes that decodings ask for.

/// Base64 in either alphabet, without padding: what an encoded blob, a token or a word is made of.
pub(super) const RUN: u16 = 1;
/// A hexadecimal digit.
pub(super) const HEX: u16 = 2;
/// What a list of numbers on one line is made of: digits, separators, `0x`.
pub(super) const LIST: u16 = 4;
/// What a token that is cut by a line break is made of: [`RUN`] and what else stands inside tokens.
pub(super) const TOKEN: u16 = 8;
/// What words hardly have: digits and the signs inside names.
pub(super) const CUT: u16 = 16;
/// `a` to `z`.
pub(super) const LOWER: u16 = 32;
/// `A` to `Z`.
pub(super) const UPPER: u16 = 64;
/// `0` to `9`.
pub(super) const DIGIT: u16 = 128;
/// [`RUN`] and what stands between the parts of a token.
pub(super) const PLAIN: u16 = 256;

/// The classes of each byte.
static CLASSES: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = classes(byte as u8);
        byte += 1;
    }
    table
}

const fn classes(byte: u8) -> u16 {
    let mut classes = 0;
    if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_') {
        classes |= RUN;
    }
    if byte.is_ascii_hexdigit() {
        classes |= HEX;
    }
    if byte.is_ascii_hexdigit() || matches!(byte, b' ' | b',' | b':' | b'x' | b'X' | b'-') {
        classes |= LIST;
    }
    if classes & RUN != 0 || matches!(byte, b'.' | b'=' | b'~' | b'%') {
        classes |= TOKEN;
    }
    if byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'=') {
        classes |= CUT;
    }
    if classes & RUN != 0 || matches!(byte, b'.' | b'%') {
        classes |= PLAIN;
    }
    classes
        | (byte.is_ascii_lowercase() as u16 * LOWER)
        | (byte.is_ascii_uppercase() as u16 * UPPER)
        | (byte.is_ascii_digit() as u16 * DIGIT)
}

/// Whether `byte` is of `class`.
pub(super) fn is(byte: u8, class: u16) -> bool {
    CLASSES[byte as usize] & class != 0
}

/// The start of the stretch of `class` that ends before `end`.
pub(super) fn start_of(bytes: &[u8], end: usize, class: u16) -> usize {
    bytes[..end].iter().rposition(|&b| !is(b, class)).map_or(0, |at| at + 1)
}

/// The start of the stretch of `class` that ends before `end`, and the classes that one of its bytes is of at least.
pub(super) fn start_and_any(bytes: &[u8], end: usize, class: u16) -> (usize, u16) {
    let (mut start, mut any) = (end, 0);
    for &byte in bytes[..end].iter().rev() {
        let classes = CLASSES[usize::from(byte)];
        if classes & class == 0 {
            break;
        }
        any |= classes;
        start -= 1;
    }
    (start, any)
}

/// The classes that one byte is of at least, and those that all are of.
pub(super) fn any_and_all(bytes: &[u8]) -> (u16, u16) {
    bytes.iter().fold((0, u16::MAX), |(any, all), &byte| {
        let classes = CLASSES[usize::from(byte)];
        (any | classes, all & classes)
    })
}

/// Whether a capital follows a small letter, or the other way round, at least so many times.
pub(super) fn changes_case(bytes: &[u8], times: usize) -> bool {
    let mut before = 0;
    let changes = bytes.iter().filter(|&&byte| {
        let case = CLASSES[usize::from(byte)] & (LOWER | UPPER);
        let changes = case | before == LOWER | UPPER;
        before = case;
        changes
    });
    changes.take(times).count() == times
}

/// The end of the stretch of `class` that starts at `start`.
pub(super) fn end_of(bytes: &[u8], start: usize, class: u16) -> usize {
    bytes[start..].iter().position(|&b| !is(b, class)).map_or(bytes.len(), |len| start + len)
}

/// Calls `take` with every stretch of `class` that has at least `least` bytes, looking at few of the others' bytes.
pub(super) fn each_run(bytes: &[u8], class: u16, least: usize, mut take: impl FnMut(usize, usize)) {
    // A stretch of `least` bytes covers one of every `least`th.
    let mut probe = least - 1;
    while probe < bytes.len() {
        if !may_run(bytes, probe, class, least) {
            probe += least;
            continue;
        }
        let start = start_of(bytes, probe, class);
        let end = end_of(bytes, probe, class);
        if end - start >= least {
            take(start, end);
        }
        probe = end + least;
    }
}

/// Whether a stretch of `least` bytes of `class` may cover byte `probe`, before which there are so many but one: it has all
/// bytes of the half before it or of the half behind it, of which some are asked, without a branch for each.
#[inline]
fn may_run(bytes: &[u8], probe: usize, class: u16, least: usize) -> bool {
    let half = least / 2;
    let Some(around) = bytes.get(probe - half..=probe + half) else { return true };
    let at = |place: usize| CLASSES[usize::from(around[place])];
    let before = at(0) & at(half / 2);
    let behind = at(half + half / 2) & at(2 * half);
    at(half) & (before | behind) & class != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_the_long_runs_and_only_those(text in "[a ]{0,60}", least in 2usize..9) {
            let mut found = Vec::new();
            each_run(text.as_bytes(), RUN, least, |start, end| found.push((start, end)));
            let mut expected = Vec::new();
            let mut at = 0;
            for word in text.split(' ') {
                if word.len() >= least {
                    expected.push((at, at + word.len()));
                }
                at += word.len() + 1;
            }
            prop_assert_eq!(found, expected);
        }
    }
}
