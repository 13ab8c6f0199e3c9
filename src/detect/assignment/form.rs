//! A field of a form that is sent in parts: its value stands below a blank line.

use super::{Value, value::LONGEST};

/// The value of the field whose name, in quotes, is `start..end`: `form-data; name="password"`, a blank line, `x`.
pub(super) fn find(bytes: &[u8], start: usize, end: usize) -> Option<Value> {
    let before = &bytes[start.saturating_sub(24)..start];
    if bytes.get(end) != Some(&b'"') || !before.ends_with(b"form-data; name=\"") {
        return None;
    }
    let rest = &bytes[end + 1..bytes.len().min(end + LONGEST)];
    let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let lines = rest[..blank].iter().filter(|b| **b == b'\n').count();
    let value = rest[blank..].iter().take_while(|b| !matches!(b, b'\r' | b'\n')).count();
    let start = end + 1 + blank;
    (lines == 2 && value > 0).then_some(Value { start, end: start + value, quoted: true })
}
