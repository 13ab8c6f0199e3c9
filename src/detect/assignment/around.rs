//! The name around a byte.

use super::{name, separator::LEADERS};

/// The name around byte `at`: letters, digits, `_`, `-`, `.`, and what is not ASCII.
pub(in crate::detect) fn name_around(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let left = (0..at.min(name::LONGEST)).take_while(|i| is_name(bytes, at - 1 - i)).count();
    let right = (at..bytes.len().min(at + name::LONGEST)).take_while(|&i| is_name(bytes, i)).count();
    if left >= name::LONGEST || right >= name::LONGEST {
        return None;
    }
    // Dots that lead to a value end a name.
    let dots = memchr::memmem::find(&bytes[at..at + right], LEADERS);
    let (mut start, mut end) = (at - left, at + dots.unwrap_or(right));
    while start < end && matches!(bytes[start], b'-' | b'.') {
        start += 1;
    }
    while end > start && matches!(bytes[end - 1], b'-' | b'.') {
        end -= 1;
    }
    (start <= at && at < end).then_some((start, end))
}

/// Whether the byte at `i` may be one of a name: ASCII, or a part of a Latin or Cyrillic letter.
fn is_name(bytes: &[u8], i: usize) -> bool {
    let letter = |lead: u8| matches!(lead, 0xc3..=0xc5 | 0xd0 | 0xd1);
    match bytes[i] {
        b'_' | b'-' | b'.' => true,
        b @ 0x80..=0xbf => i > 0 && letter(bytes[i - 1]) && b != 0x97,
        b => b.is_ascii_alphanumeric() || letter(b),
    }
}
