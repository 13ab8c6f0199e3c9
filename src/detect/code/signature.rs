//! Definitions that no word announces: methods and C's functions by the shape of their line, functions as values.

use super::{
    definition::{Kind, Names, is_letter, push, push_chain},
    scan::Scan,
};
use crate::detect::words::{WordSet, words};

/// A line whose first word announces nothing.
pub(super) struct Line<'a> {
    /// Where it is to be read from.
    pub(super) scan: Scan<'a>,
    /// Blanks at its start.
    pub(super) indent: usize,
    /// Whether a word such as `public` stands before.
    pub(super) modified: bool,
    /// Its language, if anything says so.
    pub(super) language: &'a str,
}

/// Words that stand before a call, never before a name that is defined.
static CONTROL: WordSet = words![
    "and", "assert", "await", "call", "case", "catch", "defer", "del", "delete", "do", "echo", "elif",
    "else", "elsif", "except", "exec", "expect", "for", "foreach", "from", "go", "if", "import", "in",
    "include", "insert", "into", "lock", "loop", "match", "new", "not", "or", "print", "puts", "raise",
    "require", "return", "select", "sizeof", "switch", "throw", "try", "typeof", "unless", "until", "using",
    "values", "when", "where", "while", "with", "yield",
];

/// Languages in which a call may have a block behind it, so that its shape is that of a method.
static BLOCKS: &[&str] = &["kotlin", "swift", "groovy", "ruby", "scala", "rust", "elixir", "python", "go"];

/// Appends the name that the line defines, if its shape is that of a definition.
pub(super) fn read(line: &Line<'_>, out: &mut Names) {
    if value(line, out) || constant(line, out) || made_type(line, out) {
        return;
    }
    let rest = line.scan.rest();
    let Some(open) = memchr::memchr(b'(', rest) else { return };
    let name = before_parenthesis(&rest[..open]);
    let before = &rest[..name.start];
    let plain = |b: &u8| {
        is_letter(*b)
            || matches!(
                b,
                b' ' | b'\t' | b'*' | b'&' | b'<' | b'>' | b'[' | b']' | b',' | b'.' | b'?' | b':' | b'~'
            )
    };
    let mut words = before.split(|b| !is_letter(*b));
    if name.is_empty()
        || !before.iter().all(plain)
        || is_control(&rest[name.clone()])
        || words.any(is_control)
    {
        return;
    }
    let typed = before.iter().any(u8::is_ascii_alphabetic) && before.ends_with(b" ")
        || matches!(before.last(), Some(b'*' | b'&'));
    if !typed && !before.trim_ascii().is_empty() {
        return;
    }
    let mut scan = line.scan.back(line.scan.at + open);
    let closed = scan.balanced(b'(', b')');
    // C's, whose type stands on the line before.
    let typed = typed || line.indent == 0 && has_types(&scan.line[line.scan.at + open..scan.at]);
    scan.blanks();
    if is_definition(line, typed, closed, scan.rest()) {
        push_chain(Kind::Function, &rest[name], out);
    }
}

/// Whether what stands before and behind the parameters is what a definition has there.
fn is_definition(line: &Line<'_>, typed: bool, closed: bool, behind: &[u8]) -> bool {
    let known = typed || line.modified;
    let scripted = !BLOCKS.contains(&line.language);
    let heads: [&[u8]; 9] =
        [b"{", b":", b"->", b"const", b"noexcept", b"override", b"throws", b"where", b"async"];
    let tails: [&[u8]; 7] = [b";", b"const", b"override", b"noexcept", b"final", b"throws", b"= 0"];
    let heads_body = heads.iter().any(|head| behind.starts_with(head)) && behind.ends_with(b"{");
    match behind {
        _ if !closed => line.modified,
        _ if heads_body => known || scripted,
        [b':', b' ', .., b';'] => scripted,
        [] => (line.modified || typed && line.indent == 0) && scripted,
        [.., b';'] if tails.iter().any(|tail| behind.starts_with(tail)) => typed && scripted,
        [b'=', b'>', ..] => typed && line.modified,
        [b'-', b'>', ..] => line.indent == 0 && line.language != "rust",
        _ => false,
    }
}

/// A function as a value: `bind = function`, `bind: (x) =>`, `M.bind <- function`; Haskell's `bind ::`. Says whether the
/// line is one.
fn value(line: &Line<'_>, out: &mut Names) -> bool {
    let mut scan = line.scan;
    while scan.peek().is_some_and(|b| matches!(b, b'"' | b'\'')) {
        scan.at += 1;
    }
    let chain = scan.chain();
    let _ = scan.eat(b"\"") || scan.eat(b"'");
    scan.blanks();
    let signed = line.indent == 0 && scan.rest().starts_with(b":: ");
    let parted = scan.eat(b"<- ") || scan.eat(b":= ") || scan.eat(b"= ") || scan.eat(b": ");
    let is_value = parted && is_function(scan.rest().trim_ascii_start());
    if (signed || is_value)
        && let Some(name) = chain.rsplit(|b| !is_letter(*b)).next()
    {
        push(Kind::Function, name, out);
    }
    signed || is_value
}

/// A constant with its type before it: `static final int LIMIT = 3`. Says whether the line is one.
fn constant(line: &Line<'_>, out: &mut Names) -> bool {
    let rest = line.scan.rest();
    let end = line.modified.then(|| memchr::memmem::find(rest, b" = ")).flatten();
    let head = end.map_or(&b""[..], |end| rest[..end].trim_ascii_end());
    let from = head.iter().rposition(|&b| !is_letter(b)).map_or(0, |at| at + 1);
    let name = &head[from..];
    let upper = !name.is_empty() && !name.iter().any(u8::is_ascii_lowercase);
    if upper {
        push(Kind::Constant, name, out);
    }
    upper
}

/// Whether parameters in parentheses begin with a type and a name, as C writes them: `(int a`, `(struct quote *q`.
fn has_types(parameters: &[u8]) -> bool {
    let first = parameters[1..].split(|b| matches!(b, b',' | b')')).next().unwrap_or_default();
    let words = first.split(|b| matches!(b, b' ' | b'*' | b'&')).filter(|word| !word.is_empty());
    let plain = first.iter().all(|&b| is_letter(b) || matches!(b, b' ' | b'*' | b'&'));
    plain && words.count() >= 2 || first == b"void"
}

/// A type that is made by a value: `QuoteRow = namedtuple(…)`, Haskell's `data QuoteRow = …`. Says whether the line is one.
fn made_type(line: &Line<'_>, out: &mut Names) -> bool {
    let mut scan = line.scan;
    let name = scan.word();
    let pascal = name.first().is_some_and(u8::is_ascii_uppercase) && name.iter().any(u8::is_ascii_lowercase);
    let made = line.indent == 0 && pascal && scan.rest().starts_with(b" = ");
    if made {
        push(Kind::Type, name, out);
    }
    made
}

/// Whether a value is a function.
pub(super) fn is_function(value: &[u8]) -> bool {
    let words: [&[u8]; 12] = [
        b"function",
        b"async ",
        b"func(",
        b"fn(",
        b"fun(",
        b"fun ",
        b"lambda ",
        b"lambda{",
        b"useCallback(",
        b"memo(",
        b"forwardRef",
        b"React.",
    ];
    let arrow = || memchr::memmem::find(value, b"=>");
    let bare = || arrow().is_some_and(|at| value[..at].trim_ascii_end().iter().all(|&b| is_letter(b)));
    words.iter().any(|word| value.starts_with(word))
        || value.starts_with(b"(") && (arrow().is_some() || value == b"(")
        || value.starts_with(b"<") && arrow().is_some()
        || bare()
}

/// The name right before a parenthesis, at the end of `text`: letters, `::` among them, generics behind it.
fn before_parenthesis(text: &[u8]) -> std::ops::Range<usize> {
    let mut end = text.len();
    if text.ends_with(b">") {
        end = text.iter().rposition(|&b| b == b'<').unwrap_or(0);
    }
    let name = text[..end].iter().rev().take_while(|&&b| is_letter(b) || b == b':').count();
    end - name..end
}

fn is_control(word: &[u8]) -> bool {
    CONTROL.has(word)
}
