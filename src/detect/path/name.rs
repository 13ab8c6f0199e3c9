//! One component of a path: where it ends, and whether it is a name at all.

use super::{
    familiar,
    separator::{self, Family, Separator},
};
use crate::{
    detect::{subject::Subject, word},
    transcript::text::Field,
};

/// Longest component, in bytes.
const MAX_NAME: usize = 255;

/// Longest text that may be a path and nothing else, in bytes.
const MAX_SINGLE: usize = 512;

/// Most words of a user's name with spaces.
const MAX_WORDS: usize = 4;

/// How the path is written that a component belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The separator before the component.
    pub(super) separator: Separator,
    /// Whether it is of a Windows disk.
    pub(super) windows: bool,
    /// The path's first byte.
    pub(super) start: usize,
}

impl Shape {
    /// Whether the first component names the server of a share: twice as many backslashes stand before it as behind.
    pub(super) fn is_share(&self, next: Separator) -> bool {
        let both = [self.separator.family, next.family] == [Family::Backslash; 2];
        both && self.separator.width == 2 * next.width
    }

    /// Whether the path goes on behind `separator`: one of its own family, and no lone backslash among doubled ones,
    /// which is an escape.
    pub(super) fn goes_on(&self, separator: Separator) -> bool {
        let mixed = self.windows && separator.family == Family::Slash;
        let escape = separator.family == Family::Backslash && separator.width < self.separator.width;
        mixed || separator.family == self.separator.family && !(escape && separator.width == 1)
    }
}

/// Where the component that starts at byte `from` ends.
pub(super) fn end(subject: &Subject<'_>, from: usize, shape: &Shape) -> usize {
    let bytes = subject.bytes;
    let first = word_end(bytes, from, shape);
    let spaced = spaced_end(subject, from, first, shape).unwrap_or(first);
    trimmed(bytes, from, spaced, shape)
}

/// Where the run of name characters from byte `from` on ends.
fn word_end(bytes: &[u8], from: usize, shape: &Shape) -> usize {
    let mut end = from;
    loop {
        let most = bytes.len().min(from + MAX_NAME);
        end += bytes[end.min(most)..most].iter().take_while(|b| PLAIN[usize::from(**b)]).count();
        let Some((c, next)) = word::char_at(bytes, end) else { break };
        if next - from > MAX_NAME {
            break;
        }
        let rest = &bytes[end..];
        if shape.separator.family == Family::Slash && rest.starts_with(b"\\ ") {
            end += 2;
            continue;
        }
        if separator::starting(bytes, end).is_some() || !is_name_char(c) || is_encoded_end(rest) {
            break;
        }
        end = next;
    }
    end
}

/// Whether `byte` stands in a name whatever stands behind it: it begins no separator and no escape.
const fn is_plain_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'~' | b'@' | b'$' | b'!')
}

/// Whether each byte stands in a name whatever stands behind it.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = is_plain_name_byte(byte as u8);
        byte += 1;
    }
    plain
};

/// Whether `c` can stand in a component without quotes.
fn is_name_char(c: char) -> bool {
    c.is_alphanumeric()
        || word::is_accent(c)
        || matches!(c, '.' | '_' | '-' | '+' | '~' | '@' | '%' | '$' | '!' | '\u{fffd}')
}

/// Whether a percent escape at the start of `rest` ends a component: an encoded quote, comma, bracket; a space unless a
/// name goes on behind it.
fn is_encoded_end(rest: &[u8]) -> bool {
    match word::percent_once_or_twice(rest) {
        Some((b' ', width)) => !rest.get(width).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'%'),
        Some((b, _)) => b < 0x80 && !b.is_ascii_alphanumeric() && !b"._-+~@".contains(&b),
        None => false,
    }
}

/// Where a name with spaces ends whose first word ends at byte `first`: only where quotes, the field or Windows say
/// that the path goes on.
fn spaced_end(subject: &Subject<'_>, from: usize, first: usize, shape: &Shape) -> Option<usize> {
    let bytes = subject.bytes;
    if bytes.get(first) != Some(&b' ') {
        return None;
    }
    let quote = enclosing(subject, shape.start);
    let mut end = first;
    for _ in 1..MAX_WORDS {
        if ends_with_extension(&bytes[from..end]) {
            return None;
        }
        let next = (bytes.get(end) == Some(&b' ')).then_some(end + 1)?;
        let word = word_end(bytes, next, shape);
        let capital = |at: usize| word::char_at(bytes, at).is_some_and(|(c, _)| c.is_uppercase());
        // `OneDrive - Harborlight` is how Microsoft calls the folder of a firm.
        let dash = bytes[next..].starts_with(b"- ");
        let drive = bytes[from..].starts_with(b"OneDrive - ");
        let strong = quote != Enclosure::None || shape.windows && capital(from) && (capital(next) || drive);
        let named = dash || word::char_at(bytes, next).is_some_and(|(c, _)| c.is_alphanumeric());
        if word == next || !strong || !named {
            return None;
        }
        end = word;
        let goes_on = separator::starting(bytes, end).is_some_and(|s| s.family == shape.separator.family);
        if goes_on || quote.closes(bytes, end) && !runs(&bytes[shape.start..end]) {
            return Some(end);
        }
    }
    None
}

/// Whether a path with blanks is a program with its arguments: `./gradlew assembleDebug`, and not `./My Notes.txt`.
fn runs(path: &[u8]) -> bool {
    path.starts_with(b"./") && !ends_with_extension(path)
}

/// Whether `name` is a whole file's name already.
fn ends_with_extension(name: &[u8]) -> bool {
    memchr::memrchr(b'.', name).is_some_and(|dot| dot > 0 && familiar::is_extension(&name[dot + 1..]))
}

/// What a path stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enclosure {
    /// Between two of this quote.
    Quote(u8),
    /// It is the whole text.
    Whole,
    /// Nothing that says where it ends.
    None,
}

impl Enclosure {
    /// Whether the path ends at byte `at`.
    fn closes(self, bytes: &[u8], at: usize) -> bool {
        match self {
            Self::Quote(quote) => bytes.get(at) == Some(&quote) || bytes[at..].starts_with(b"\\\""),
            Self::Whole => at == bytes.len(),
            Self::None => false,
        }
    }
}

/// What the path that starts at byte `start` stands in.
fn enclosing(subject: &Subject<'_>, start: usize) -> Enclosure {
    let bytes = subject.bytes;
    let drive = if bytes[..start].ends_with(b":") { 2 } else { 0 };
    let start = start.saturating_sub(drive);
    let whole = matches!(subject.field, Field::Path | Field::WorkingDirectory)
        || subject.field != Field::Command && is_single_path(bytes);
    match bytes[..start].last() {
        None if whole => Enclosure::Whole,
        Some(&quote @ (b'"' | b'\'' | b'`')) => Enclosure::Quote(quote),
        _ => Enclosure::None,
    }
}

/// Whether a text that starts with a path is nothing but that path: one short line with no sign of a command.
fn is_single_path(bytes: &[u8]) -> bool {
    if bytes.len() > MAX_SINGLE {
        return false;
    }
    let command = |b: &u8| matches!(b, b'\n' | b'|' | b';' | b'&' | b'"');
    let signs = if bytes.get(1) == Some(&b':') {
        bytes[2..].iter().any(command)
    } else {
        bytes.iter().any(|b| command(b) || matches!(b, b'=' | b',' | b':' | b'>'))
    };
    !signs && !bytes.windows(2).any(|w| w == b" /" || w == b" -")
}

/// `end` without signs that end a sentence and not a name.
fn trimmed(bytes: &[u8], from: usize, end: usize, shape: &Shape) -> usize {
    let sign = |b: &&u8| matches!(b, b'.' | b'+' | b'!' | b'@' | b'%' | b'$');
    let signs = bytes[from..end].iter().rev().take_while(sign).count();
    let goes_on = || separator::starting(bytes, end).is_some_and(|s| s.family == shape.separator.family);
    if signs == 0 || goes_on() { end } else { end - signs }
}

/// Whether `name` stands for a name: a variable, a pattern, an ellipsis.
pub(super) fn is_placeholder(name: &[u8]) -> bool {
    let sign = |b: &u8| matches!(b, b'$' | b'{' | b'}' | b'<' | b'>' | b'*' | b'?' | b':');
    name.iter().any(sign)
        || name.starts_with(b"YYYY")
        || name.starts_with(b"%") && name.ends_with(b"%")
        || name.iter().all(|&b| b == b'.')
        || name.eq_ignore_ascii_case(b"redacted")
        || name.iter().all(|b| matches!(b, b'x' | b'X' | b'-' | b'_'))
}
