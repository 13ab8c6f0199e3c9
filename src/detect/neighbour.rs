//! Neighbouring texts that may hold a value only together: lines of a patch, adjacent blocks, arguments of a command.

use crate::transcript::{
    json::{Kind, Token},
    tree::Tree,
    view::{self, View, join, unescape},
};
use memchr::memmem;

/// The least length of the parts of a token that is cut, in bytes.
const LEAST_PART: usize = 4;

/// The longest list of arguments that is read as one command line, in bytes as written.
const LONGEST_COMMAND: usize = 8 << 10;

/// The texts of `record`, in order, that may hold a value only together.
///
/// Lines and blocks are joined by a line break: a token that goes on over it is found as one that goes on in the next
/// line of any text is.
pub(super) fn neighbours(record: &[u8], tree: &Tree) -> Vec<View<'static>> {
    let mut out = Vec::new();
    let (mut lines, mut blocks, mut arguments) = (Lines::default(), Lines::default(), Arguments::default());
    for (index, token) in tree.tokens().iter().enumerate().filter(|(_, token)| token.kind == Kind::String) {
        let Some(holder) = tree.parent(index) else { continue };
        if tree.tokens()[holder].kind == Kind::ArrayStart {
            lines.add(record, holder, *token, &mut out);
            arguments.add(record, holder, *token, &mut out);
        } else if tree.key(index).is_some_and(|key| tree.tokens()[key].bytes(record) == b"text") {
            let Some(array) = tree.parent(holder) else { continue };
            blocks.add(record, array, *token, &mut out);
        }
    }
    lines.end(record, &mut out);
    blocks.end(record, &mut out);
    arguments.end(record, &mut out);
    out
}

/// Texts of one array of which each goes on in the next.
#[derive(Default)]
struct Lines {
    array: usize,
    parts: Vec<Token>,
    /// Whether a key has begun and not ended.
    open: bool,
}

impl Lines {
    fn add(&mut self, record: &[u8], array: usize, token: Token, out: &mut Vec<View<'static>>) {
        let text = token.bytes(record);
        let linked = |last: &Token| array == self.array && (self.open || is_linked(last.bytes(record), text));
        if !self.parts.last().is_some_and(linked) {
            self.end(record, out);
            self.array = array;
        }
        self.parts.push(token);
        if let Some(begin) = memmem::rfind(text, b"-----BEGIN") {
            self.open = memmem::find(&text[begin..], b"-----END").is_none();
        } else if self.open && memmem::find(text, b"-----END").is_some() {
            self.open = false;
        }
    }

    fn end(&mut self, record: &[u8], out: &mut Vec<View<'static>>) {
        if self.parts.len() > 1 {
            let ended = self.parts[0].bytes(record).ends_with(b"\\n");
            out.push(joined(record, &self.parts, if ended { b"" } else { b"\n" }));
        }
        self.parts.clear();
        self.open = false;
    }
}

/// Texts of one array that may be a command and its arguments.
#[derive(Default)]
struct Arguments {
    array: usize,
    parts: Vec<Token>,
    bytes: usize,
    /// Whether one of them is an option that has another after it.
    option: bool,
}

impl Arguments {
    fn add(&mut self, record: &[u8], array: usize, token: Token, out: &mut Vec<View<'static>>) {
        if array != self.array {
            self.end(record, out);
            self.array = array;
        }
        self.option |= self.parts.last().is_some_and(|last| is_option(last.bytes(record)));
        self.bytes += token.bytes(record).len();
        if self.bytes <= LONGEST_COMMAND {
            self.parts.push(token);
        }
    }

    fn end(&mut self, record: &[u8], out: &mut Vec<View<'static>>) {
        if self.option && self.bytes <= LONGEST_COMMAND {
            out.push(joined(record, &self.parts, b" "));
        }
        *self = Self { parts: std::mem::take(&mut self.parts), ..Self::default() };
        self.parts.clear();
    }
}

fn joined(record: &[u8], parts: &[Token], separator: &[u8]) -> View<'static> {
    let views: Vec<_> = parts.iter().map(|part| unescape(part.bytes(record), part.start as usize)).collect();
    join(&views, separator)
}

/// Whether two lines or blocks may hold something together, both as written in JSON.
fn is_linked(text: &[u8], next: &[u8]) -> bool {
    goes_on(text, next) || view::may_go_on(text, next) || is_dump(text) && is_dump(next)
}

/// Whether a line is one of a dump of bytes: an offset, a colon or blanks, numbers.
fn is_dump(line: &[u8]) -> bool {
    let signed = line.first().is_some_and(|b| matches!(b, b'+' | b'-' | b' '));
    let line = &line[usize::from(signed)..];
    let digits = line.iter().take(9).take_while(|b| b.is_ascii_hexdigit()).count();
    (7..=8).contains(&digits)
        && matches!(line.get(digits), Some(b':' | b' '))
        && line[digits + 1..].trim_ascii_start().iter().take(2).filter(|b| b.is_ascii_hexdigit()).count() == 2
}

/// Whether a token may be cut between `text` and `next`, both as written in JSON.
fn goes_on(text: &[u8], next: &[u8]) -> bool {
    let inside =
        |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+' | b'/' | b'.' | b'=' | b'~');
    let next = next.trim_ascii_start();
    let (ends, starts) = (text.iter().rev().take_while(inside), next.iter().take_while(inside));
    let random = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'=');
    ends.clone().take(LEAST_PART).count() == LEAST_PART
        && starts.clone().take(LEAST_PART).count() == LEAST_PART
        && (ends.clone().any(random) || ends.count() >= 32)
        && starts.take(64).any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Whether an argument is an option such as `-p` or `--token`.
fn is_option(text: &[u8]) -> bool {
    let dashes = text.iter().take_while(|&&b| b == b'-').count();
    let name = &text[dashes..];
    (1..=2).contains(&dashes)
        && (1..40).contains(&name.len())
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(record: &str) -> Vec<String> {
        let mut tree = Tree::default();
        tree.read(record.as_bytes()).unwrap();
        let views = neighbours(record.as_bytes(), &tree);
        views.iter().map(|view| String::from_utf8_lossy(view.bytes()).into_owned()).collect()
    }

    #[test]
    fn joins_what_may_go_on() {
        let cases = [
            (r#"{"lines":[" a b","+T=ghp_a1b2c3","+d4e5f6A","+ c d"]}"#, "+T=ghp_a1b2c3\n+d4e5f6A"),
            (
                r#"{"lines":["+-----BEGIN X-----","+MII","+-----END X-----","+y"]}"#,
                "+-----BEGIN X-----\n+MII\n+-----END X-----",
            ),
            (
                r#"{"source":["-----BEGIN X-----\n","MII\n","-----END X-----"]}"#,
                "-----BEGIN X-----\nMII\n-----END X-----",
            ),
            (
                r#"[{"type":"text","text":"it is ghp_a1b2"},{"type":"text","text":"C3d4 and"}]"#,
                "it is ghp_a1b2\nC3d4 and",
            ),
            (r#"{"args":["curl","-u","me:x y","--token","abc"]}"#, "curl -u me:x y --token abc"),
        ];
        for (record, joined) in cases {
            assert_eq!(texts(record), [joined], "{record}");
        }
    }

    #[test]
    fn leaves_other_neighbours_alone() {
        for record in [
            r#"{"lines":[" let a = 1;","+let b = 2;","-}"]}"#,
            r#"{"tools":["Read","Write","Bash"]}"#,
            r#"[{"type":"text","text":"one block"},{"type":"text","text":"another"}]"#,
            r#"[["ghp_a1b2"],["C3d4"]]"#,
        ] {
            assert!(texts(record).is_empty(), "{record}");
        }
    }
}
