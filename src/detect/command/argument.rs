//! The arguments of a command: words of a shell, with and without quotes, or the strings of a list.

use crate::detect::assignment;

/// An argument of a shell command, without its quotes.
#[derive(Clone, Copy)]
pub(super) struct Argument {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Where what follows it starts, its closing quote gone past.
    pub(super) next: usize,
}

/// The element of a list of strings behind the one that ends at `at`: `"curl", "-u", "x:y"`.
pub(super) fn element(bytes: &[u8], at: usize, limit: usize) -> Option<Argument> {
    let gap = &bytes[at..limit.min(at + 48)];
    let close = gap.iter().take_while(|b| matches!(b, b'"' | b'\'' | b'\\')).count();
    let rest = gap[close..].strip_prefix(b",")?;
    let blank = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let open = at + close + 1 + blank;
    if close == 0 || !matches!(bytes.get(open), Some(b'"' | b'\'' | b'\\')) {
        return None;
    }
    let literal = assignment::literal(bytes, open).filter(|l| l.end < limit)?;
    Some(Argument { start: literal.start, end: literal.end, next: literal.end })
}

/// The argument at or after `at`; none at the end of the command.
pub(super) fn argument(bytes: &[u8], at: usize, limit: usize) -> Option<Argument> {
    let blank = bytes[at..limit].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut start = at + blank;
    if bytes[start..limit].starts_with(b"\\\n") {
        return argument(bytes, start + 2, limit);
    }
    let first = *bytes.get(start).filter(|_| start < limit)?;
    // `2>&1`, and a line break that a string spells out.
    let closes = blank == 0 && first == b'`';
    if closes || matches!(bytes[start..limit], [b'1' | b'2', b'>', ..] | [b'\\', b'n', ..]) {
        return None;
    }
    if matches!(first, b'\n' | b'|' | b';' | b'&' | b')' | b'>' | b'<') {
        return None;
    }
    if let Some(literal) = assignment::literal(bytes, start).filter(|l| l.end < limit) {
        return Some(Argument {
            start: literal.start,
            end: literal.end,
            next: limit.min(literal.end + (literal.start - start)),
        });
    }
    if matches!(first, b'"' | b'\'' | b'`') {
        start += 1;
    }
    let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'|' | b';' | b')');
    let len = bytes[start..limit].iter().position(stop).unwrap_or(limit - start);
    let share = bytes[start..].starts_with(b"\\\\");
    let escape = memchr::memmem::find(&bytes[start..start + len], b"\\n").filter(|_| !share).unwrap_or(len);
    let end = start + len.min(escape);
    Some(Argument { start, end, next: limit.min(end.max(start + 1)) })
}

/// The longest command that is looked at, in bytes.
pub(super) const LONGEST: usize = 1024;

/// The arguments of a command, or the strings of a list behind that of the program.
pub(super) struct Arguments<'b> {
    bytes: &'b [u8],
    /// Where the next one is looked for.
    pub(super) at: usize,
    /// Where the command ends at the latest.
    pub(super) limit: usize,
    listed: bool,
}

impl<'b> Arguments<'b> {
    pub(super) fn of(bytes: &'b [u8], at: usize) -> Self {
        let limit = bytes.len().min(at + LONGEST);
        Self { bytes, at, limit, listed: element(bytes, at, limit).is_some() }
    }
}

impl Iterator for Arguments<'_> {
    type Item = Argument;

    fn next(&mut self) -> Option<Argument> {
        let read = if self.listed { element } else { argument };
        let found = read(self.bytes, self.at, self.limit)?;
        // The quote that ends the string of a list or an object in which the whole command stands.
        let closes =
            !self.listed && found.next == found.end && ends_string(&self.bytes[found.end..self.limit]);
        self.at = if closes { self.limit } else { found.next };
        Some(found)
    }
}

/// Whether `rest` starts with a quote that closes a string of JSON: a bracket or a comma follows.
fn ends_string(rest: &[u8]) -> bool {
    let slashes = rest.iter().take(8).take_while(|b| **b == b'\\').count();
    matches!(rest[slashes..], [b'"', b']' | b'}', ..] | [b'"', b',', b'"' | b' ' | b'\\', ..])
}
