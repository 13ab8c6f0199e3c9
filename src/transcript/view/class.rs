//! Classes of bytes that decodings ask for.

use crate::simd::{self, Nibbles};

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

/// The classes of which runs are looked for, as products of nibbles.
static RUNS: Nibbles = Nibbles::BASE64;
static LISTS: Nibbles = Nibbles::of(&[b"0123456789:", b"abcdefABCDEF", b"xX", b" -,"]);
static HEXES: Nibbles = Nibbles::of(&[b"0123456789", b"abcdefABCDEF"]);

/// Calls `take` with every stretch of [`RUN`] that has at least `LEAST` bytes.
pub(super) fn each_run<const LEAST: usize>(bytes: &[u8], take: impl FnMut(usize, usize)) {
    simd::each_run::<LEAST>(bytes, &RUNS, take);
}

/// The same of [`LIST`].
pub(super) fn each_list<const LEAST: usize>(bytes: &[u8], take: impl FnMut(usize, usize)) {
    simd::each_run::<LEAST>(bytes, &LISTS, take);
}

/// The same of [`HEX`].
pub(super) fn each_hex<const LEAST: usize>(bytes: &[u8], take: impl FnMut(usize, usize)) {
    simd::each_run::<LEAST>(bytes, &HEXES, take);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_of_their_classes() {
        for byte in 0..=255 {
            for (nibbles, class) in [(&RUNS, RUN), (&LISTS, LIST), (&HEXES, HEX)] {
                assert_eq!(nibbles.has(byte), is(byte, class), "{byte:#x}");
            }
        }
    }
}
