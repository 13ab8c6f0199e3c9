//! What stands around a name in a text that is no code.

use super::is_letter;

/// How far to either side of a name its chain and its marks are looked for, in bytes.
const REACH: usize = 120;

/// What the surroundings say of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// It is a name of code.
    Code,
    /// It may be one.
    Bare,
    /// It is a part of something else: a path, an address, an option, a key, a tag.
    Other,
}

/// What the surroundings of the name at `start..end` say of it.
pub(super) fn mark(bytes: &[u8], start: usize, end: usize) -> Mark {
    let before = bytes[..start].last().copied().unwrap_or(b' ');
    let behind = bytes.get(end).copied().unwrap_or(b' ');
    if is_part(bytes, start, end, before, behind) {
        return Mark::Other;
    }
    let (from, to) = chain(bytes, start, end);
    let arity = before == b'.' && behind == b'/';
    let opens = bytes.get(to) == Some(&b'(') && before != b'(' || arity;
    let ticks = bytes[..from].last() == Some(&b'`') && matches!(bytes.get(to), Some(b'`' | b'('));
    let parted = bytes[from..to].windows(2).any(|pair| pair == b"::");
    let frame = bytes[..start].ends_with(b", in ") || is_ruby(&bytes[..from]);
    if opens || ticks || parted || frame { Mark::Code } else { Mark::Bare }
}

/// Whether what stands beside a word makes it a part of something else.
fn is_part(bytes: &[u8], start: usize, end: usize, before: u8, behind: u8) -> bool {
    let head = &bytes[..start];
    let arrow = behind == b'-' && bytes.get(end + 1) == Some(&b'>');
    let left = match before {
        b'/' | b'-' | b'%' | b'&' | b'?' | b'+' | b'~' => true,
        b'\\' => !is_namespace(head),
        b'$' => !bytes[start].is_ascii_lowercase(),
        b'@' | b'{' => true,
        b'<' => !head[..head.len() - 1].last().is_some_and(u8::is_ascii_alphanumeric),
        byte => byte >= 0x80 && is_word_beyond(head),
    };
    let right = match behind {
        b'@' => true,
        b'/' => !is_arity(&bytes[end + 1..]),
        b'-' => !arrow,
        b'\\' => {
            !bytes.get(end + 1).is_some_and(|b| b.is_ascii_uppercase() || matches!(b, b'"' | b'n' | b't'))
        }
        b'.' => is_file(&bytes[end + 1..]),
        b'"' => is_key(bytes, start, end) || is_kind_of_resource(head),
        _ => is_operation(head),
    };
    left || right
}

/// Whether the number of a function's parameters follows, as Elixir and Erlang write it: `bind/2`.
fn is_arity(rest: &[u8]) -> bool {
    rest.first().is_some_and(u8::is_ascii_digit) && !rest.get(1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a backslash at the end of `head` parts names of PHP: `App\Services\QuoteBinder`.
fn is_namespace(head: &[u8]) -> bool {
    let name = &head[..head.len() - 1];
    let len = name.iter().rev().take_while(|b| is_letter(**b)).count();
    len > 1 && name[name.len() - len].is_ascii_uppercase() && !name[..name.len() - len].ends_with(b":\\")
}

/// Whether a letter beyond ASCII ends `head`: then the word is a part of one of another language.
fn is_word_beyond(head: &[u8]) -> bool {
    crate::detect::word::char_before(head, head.len()).is_some_and(|(c, _)| crate::detect::word::is_letter(c))
}

/// Whether an extension of a file follows.
fn is_file(rest: &[u8]) -> bool {
    let len = rest.iter().take(9).take_while(|b| b.is_ascii_alphanumeric()).count();
    let ends = !matches!(rest.get(len), Some(b'(' | b'_'));
    ends && crate::detect::path::is_file_extension(&rest[..len])
}

/// Whether the name in quotes is the key of an object: `"premium_rate": 3`.
fn is_key(bytes: &[u8], start: usize, end: usize) -> bool {
    let quoted = bytes[..start].last() == Some(&b'"');
    let rest = &bytes[end + 1..];
    let blanks = rest.iter().take(4).take_while(|b| **b == b' ').count();
    quoted && rest.get(blanks) == Some(&b':')
}

/// Whether the name is the kind of a resource, which its provider gives: `resource "aws_instance" "ledger"`.
fn is_kind_of_resource(head: &[u8]) -> bool {
    head.ends_with(b"resource \"") || head.ends_with(b"data \"")
}

/// Whether the name is an operation of a cloud's: `when calling the PutItem operation`, `operation error S3: PutObject`.
fn is_operation(head: &[u8]) -> bool {
    let failed = || {
        let service = head.iter().rev().skip(2).take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
        head[..head.len() - 2 - service].ends_with(b"operation error ")
    };
    head.ends_with(b"when calling the ") || head.ends_with(b": ") && failed()
}

/// The chain of names around a name: `std::fmt::Display`, `self.bind_quote`, `Quote#bind`.
pub(super) fn chain(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    let (floor, ceiling) = (start.saturating_sub(REACH), bytes.len().min(end + REACH));
    let part = |b: u8| is_letter(b) || matches!(b, b'.' | b':' | b'#' | b'\\' | b'>');
    let mut from = start - bytes[floor..start].iter().rev().take_while(|b| part(**b)).count();
    while from < start && !is_letter(bytes[from]) {
        from += 1;
    }
    let mut to = end + bytes[end..ceiling].iter().take_while(|b| part(**b)).count();
    while to > end && !is_letter(bytes[to - 1]) {
        to -= 1;
    }
    (from, to)
}

/// Whether a frame of Ruby stands before a name: ``:in `bind_quote'``.
fn is_ruby(head: &[u8]) -> bool {
    let quoted = head.strip_suffix(b"`").or_else(|| head.strip_suffix(b"'"));
    let block = |head: &[u8]| head.ends_with(b":in ") || head.ends_with(b" in ");
    quoted.is_some_and(|head| head.ends_with(b":in "))
        || head.ends_with(b" in ") && {
            let line = head.iter().rev().take(40).position(|b| *b == b'`').map_or(0, |i| head.len() - i - 1);
            line > 0 && block(&head[..line])
        }
}

/// Whether the word at byte `start` stands in an address of the web or of a disk.
pub(super) fn is_address(bytes: &[u8], start: usize) -> bool {
    let floor = start.saturating_sub(2 * REACH);
    let blank =
        |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b'(' | b')');
    let from = bytes[floor..start].iter().rposition(blank).map_or(floor, |i| floor + i + 1);
    memchr::memmem::find(&bytes[from..start], b"://").is_some()
}
