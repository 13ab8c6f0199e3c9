//! One template: how it is read, and whether it fits.

use super::{
    super::{super::word, name, user},
    MAX_VALUE,
};
use std::sync::OnceLock;

/// What stands in the place of a word in braces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Slot {
    /// A login.
    User,
    /// A person's name: two words or more.
    Person,
    /// A person's name that is no title either.
    Name,
    /// A login that no program is called.
    Handle,
    /// A host or a machine.
    Host,
    /// A host with its domain.
    Domain,
    /// A branch.
    Branch,
    /// A branch, where other things may stand too: a word that only a branch is made like.
    Topic,
    /// Who owns a repository or has an account.
    Org,
    /// The same where a common word may stand too.
    Firm,
    /// A given name.
    Given,
    /// A given name that is nothing else.
    First,
    /// The number of a cloud account.
    Account,
    /// The name of an image.
    Image,
    /// A repository.
    Repo,
    /// A number of a ticket: `LEDGER-42`.
    Ticket,
    /// The name of a function or a member.
    Function,
    /// The name of a type or a table.
    Type,
    /// A module of a program: names with dots between.
    Module,
    /// A name with dots between that begins with a firm's domain.
    Reverse,
    /// A project or one of its packages.
    Project,
    /// A container, a network.
    Resource,
    /// Any word.
    Word,
    /// A street with a number.
    Street,
    /// A telephone's number.
    Phone,
    /// A day of birth.
    Birth,
    /// The serial number of a device.
    Serial,
    /// Digits.
    Number,
    /// The number of a commit.
    Commit,
    /// Digits, then anything of a version.
    Version,
    /// Anything on the line, as little as may be.
    Any,
}

/// A part of a template.
#[derive(Debug)]
enum Piece {
    /// A byte, in lower case.
    Byte(u8),
    /// Any quotation mark.
    Quote,
    /// Blanks, at least so many.
    Blanks(usize),
    /// A line break and blanks.
    Break,
    /// The start of a line.
    Start,
    /// The end of a line.
    End,
    /// A value.
    Value(Slot),
}

/// A value in a text.
pub(super) type Value = (Slot, usize, usize);

/// A template, ready to be compared.
pub(super) struct Message {
    /// What the scan meets, in lower case.
    pub(super) anchor: &'static [u8],
    text: &'static str,
    /// Its parts, read when its anchor is met: of a thousand templates a text has few.
    parts: OnceLock<Parts>,
}

/// The parts of a template around its anchor.
struct Parts {
    /// What stands before it, the last first.
    before: Vec<Piece>,
    /// What stands behind it.
    behind: Vec<Piece>,
}

/// The anchor of a template.
#[cfg(test)]
pub(super) fn anchor(text: &'static str) -> &'static str {
    split(text).1
}

/// What stands before the anchor, the anchor, what stands behind it.
fn split(text: &str) -> (&str, &str, &str) {
    let (before, rest) = text.split_once('«').expect("every template has an anchor, as a test says");
    let (anchor, behind) = rest.split_once('»').expect("every anchor ends, as a test says");
    (before, anchor, behind)
}

/// The parts of a template's text.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        let slot = rest.strip_prefix('{').and_then(|r| r.split_once('}'));
        if let Some((slot, tail)) = slot.and_then(|(word, tail)| Some((named(word)?, tail))) {
            out.push(Piece::Value(slot));
            rest = tail;
            continue;
        }
        out.push(match first {
            b'\'' => Piece::Quote,
            b' ' => Piece::Blanks(1),
            b'~' => Piece::Blanks(0),
            b'\n' => Piece::Break,
            b'^' => Piece::Start,
            b'$' => Piece::End,
            byte => Piece::Byte(byte),
        });
        let len = rest.chars().next().map_or(1, char::len_utf8);
        out.extend(rest.bytes().take(len).skip(1).map(Piece::Byte));
        rest = &rest[len..];
    }
    out
}

/// The slot of a word in braces.
fn named(word: &str) -> Option<Slot> {
    Some(match word {
        "user" => Slot::User,
        "person" => Slot::Person,
        "host" => Slot::Host,
        "name" => Slot::Name,
        "handle" => Slot::Handle,
        "domain" => Slot::Domain,
        "branch" => Slot::Branch,
        "topic" => Slot::Topic,
        "org" => Slot::Org,
        "firm" => Slot::Firm,
        "given" => Slot::Given,
        "first" => Slot::First,
        "account" => Slot::Account,
        "image" => Slot::Image,
        "repo" => Slot::Repo,
        "ticket" => Slot::Ticket,
        "function" => Slot::Function,
        "type" => Slot::Type,
        "module" => Slot::Module,
        "reverse" => Slot::Reverse,
        "project" => Slot::Project,
        "resource" => Slot::Resource,
        "word" => Slot::Word,
        "street" => Slot::Street,
        "phone" => Slot::Phone,
        "birth" => Slot::Birth,
        "serial" => Slot::Serial,
        "number" => Slot::Number,
        "commit" => Slot::Commit,
        "version" => Slot::Version,
        "any" => Slot::Any,
        _ => return None,
    })
}

impl Message {
    /// Reads a template.
    pub(super) fn parse(text: &'static str) -> Self {
        Self { anchor: split(text).1.as_bytes(), text, parts: OnceLock::new() }
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| {
            let (before, _, behind) = split(self.text);
            let mut before = pieces(before);
            before.reverse();
            Parts { before, behind: pieces(behind) }
        })
    }

    /// The values of the message whose anchor starts at byte `at`, if it is one.
    pub(super) fn values(&self, bytes: &[u8], at: usize) -> Option<Vec<Value>> {
        let (parts, mut values) = (self.parts(), Vec::new());
        let fits = ahead(bytes, at + self.anchor.len(), &parts.behind, &mut values)
            && back(bytes, at, &parts.before, &mut values);
        fits.then_some(values)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Whether a byte may stand in a value.
fn may_stand(slot: Slot, byte: u8) -> bool {
    let alphanumeric = byte.is_ascii_alphanumeric();
    match slot {
        Slot::User => alphanumeric || byte >= 0x80 || matches!(byte, b'.' | b'_' | b'-'),
        Slot::Person | Slot::Name => {
            byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b' ' | b'.' | b'\'' | b'-')
        }
        Slot::Host
        | Slot::Domain
        | Slot::Handle
        | Slot::Org
        | Slot::Firm
        | Slot::Repo
        | Slot::Version
        | Slot::Module
        | Slot::Reverse
        | Slot::Project
        | Slot::Resource => alphanumeric || matches!(byte, b'.' | b'-' | b'_'),
        Slot::Branch | Slot::Topic => {
            alphanumeric || byte >= 0x80 || matches!(byte, b'.' | b'_' | b'-' | b'/' | b'+' | b'#')
        }
        Slot::Image => alphanumeric || matches!(byte, b'.' | b'_' | b'-' | b'/' | b':' | b'@'),
        Slot::Street => {
            alphanumeric || byte >= 0x80 || matches!(byte, b' ' | b'.' | b',' | b'\'' | b'-' | b'/' | b'#')
        }
        Slot::Phone => {
            byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b' ' | b'(' | b')' | b'/')
        }
        Slot::Birth => byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/'),
        Slot::Serial => alphanumeric || byte == b'-',
        Slot::Ticket => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-',
        Slot::Function | Slot::Type => alphanumeric || matches!(byte, b'_' | b'$'),
        Slot::Number | Slot::Account => byte.is_ascii_digit(),
        Slot::Given | Slot::First => byte.is_ascii_alphabetic() || byte >= 0x80,
        Slot::Commit => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        Slot::Word => !byte.is_ascii_whitespace(),
        Slot::Any => !matches!(byte, b'\n' | b'\r'),
    }
}

/// Length of the value of `slot` at byte `at`.
fn run(bytes: &[u8], at: usize, slot: Slot) -> usize {
    if matches!(slot, Slot::Person | Slot::Name) {
        return name::name_end(bytes, at) - at;
    }
    let len = bytes[at..].iter().take(MAX_VALUE).take_while(|b| may_stand(slot, **b)).count();
    // The dots of `main...origin/main` are no part of either.
    let dots = memchr::memmem::find(&bytes[at..at + len], b"..");
    if slot == Slot::Any { len } else { dots.unwrap_or(len) }
}

/// Whether the parts fit from byte `at` on; their values are added.
fn ahead(bytes: &[u8], at: usize, pieces: &[Piece], values: &mut Vec<Value>) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return true };
    let tail = &bytes[at..];
    let blanks = || tail.iter().take(80).take_while(|b| is_blank(**b)).count();
    let next = match piece {
        Piece::Byte(byte) => tail.first().filter(|b| b.to_ascii_lowercase() == *byte).map(|_| at + 1),
        Piece::Quote => quote(tail).map(|len| at + len),
        Piece::Blanks(least) => Some(blanks()).filter(|len| len >= least).map(|len| at + len),
        Piece::Break => line_break(tail).map(|len| at + len),
        Piece::Start => Some(at).filter(|_| at == 0 || bytes[at - 1] == b'\n'),
        Piece::End => matches!(tail[blanks()..].first(), None | Some(b'\n' | b'\r')).then_some(at),
        Piece::Value(slot) => return value_ahead(bytes, at, *slot, rest, values),
    };
    next.is_some_and(|next| ahead(bytes, next, rest, values))
}

/// Whether a value stands at byte `at` and `rest` behind it: the longest that fits, of anything the shortest.
fn value_ahead(bytes: &[u8], at: usize, slot: Slot, rest: &[Piece], values: &mut Vec<Value>) -> bool {
    let len = run(bytes, at, slot);
    let count = values.len();
    let lengths: Vec<usize> = match slot {
        Slot::Any => (0..=len).collect(),
        // A sentence's end is no part of what it names.
        _ => (len.saturating_sub(2).max(1)..=len)
            .rev()
            .filter(|&l| l == len || matches!(bytes[at + l], b'.' | b'-' | b':' | b','))
            .collect(),
    };
    for len in lengths {
        if len == 0 && slot != Slot::Any || slot == Slot::Commit && len < 7 {
            return false;
        }
        values.push((slot, at, at + len));
        if ahead(bytes, at + len, rest, values) {
            return true;
        }
        values.truncate(count);
    }
    false
}

/// Whether the parts, the last first, fit before byte `at`.
fn back(bytes: &[u8], at: usize, pieces: &[Piece], values: &mut Vec<Value>) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return true };
    let head = &bytes[..at];
    let next = match piece {
        Piece::Byte(byte) => head.last().filter(|b| b.to_ascii_lowercase() == *byte).map(|_| at - 1),
        Piece::Quote => quote_before(head).map(|len| at - len),
        Piece::Blanks(least) => {
            let len = head.iter().rev().take(80).take_while(|b| is_blank(**b)).count();
            (len >= *least).then(|| at - len)
        }
        Piece::Start => starts_line(bytes, at).then_some(at),
        Piece::Value(slot) => value_back(bytes, at, *slot).inspect(|&from| values.push((*slot, from, at))),
        Piece::Break | Piece::End => None,
    };
    next.is_some_and(|next| back(bytes, next, rest, values))
}

/// Where the value starts that ends before byte `at`.
fn value_back(bytes: &[u8], at: usize, slot: Slot) -> Option<usize> {
    let floor = at.saturating_sub(MAX_VALUE);
    let len = bytes[floor..at].iter().rev().take_while(|b| may_stand(slot, **b)).count();
    let mut from = at - len;
    if matches!(slot, Slot::Person | Slot::Name) {
        from += bytes[from..at].iter().take_while(|b| !b.is_ascii_uppercase() && **b < 0x80).count();
        return (from < at && name::name_end(bytes, from) == at).then_some(from);
    }
    // The dots of `main...origin/main` end what stands before them.
    if let Some(dots) = memchr::memmem::rfind(&bytes[from..at], b"..") {
        from += dots + 2;
    }
    while from < at && matches!(bytes[from], b'.' | b'-') {
        from += 1;
    }
    (from < at && word::starts_word(bytes, from)).then_some(from)
}

/// Length of a quotation mark, with the backslashes of one that is escaped.
fn quote(bytes: &[u8]) -> Option<usize> {
    let slashes = bytes.iter().take(4).take_while(|b| **b == b'\\').count();
    match &bytes[slashes..] {
        [b'\'' | b'"' | b'`', ..] => Some(slashes + 1),
        [0xe2, 0x80, 0x98 | 0x99 | 0x9c | 0x9d, ..] if slashes == 0 => Some(3),
        _ => None,
    }
}

/// Length of the quotation mark at the end, with the backslashes of one that is escaped.
fn quote_before(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [head @ .., b'\'' | b'"' | b'`'] => {
            Some(1 + head.iter().rev().take(4).take_while(|b| **b == b'\\').count())
        }
        [.., 0xe2, 0x80, 0x98 | 0x99 | 0x9c | 0x9d] => Some(3),
        _ => None,
    }
}

/// Length of a line break and the blanks behind it.
fn line_break(bytes: &[u8]) -> Option<usize> {
    let breaks = bytes.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let blanks = bytes[breaks..].iter().take(16).take_while(|b| is_blank(**b)).count();
    (breaks > 0).then_some(breaks + blanks)
}

/// Whether nothing but blanks, a line's number and signs of a patch stands before byte `at` on its line.
fn starts_line(bytes: &[u8], at: usize) -> bool {
    let (start, _) = word::line(bytes, at, 40);
    let head = &bytes[start..at];
    let gutter = user::gutter(head);
    head[gutter..].iter().all(|b| is_blank(*b) || matches!(b, b'+' | b'-' | b'>' | b'#'))
        && (start == 0 || matches!(bytes[start - 1], b'\n' | b'\r'))
}
