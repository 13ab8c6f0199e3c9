//! Neighbouring texts that may hold a value only together: lines of a patch, adjacent blocks, arguments of a command.

use crate::transcript::{
    json::{Kind, Token},
    tree::Tree,
    view::{self, View, join},
};
use memchr::memmem;

/// The least length of the parts of a token that is cut, in bytes.
const LEAST_PART: usize = 4;

/// The longest list of arguments that is read as one command line, in bytes as written.
const LONGEST_COMMAND: usize = 8 << 10;

/// The longest array that is read as a whole where something in it hints at a secret, in bytes as written.
const LONGEST_ARRAY: usize = 32 << 10;

/// The JSON whose texts may be neighbours.
pub(super) struct Source<'s> {
    /// The JSON, raw.
    pub(super) json: &'s [u8],
    /// Its tokens.
    pub(super) tree: &'s Tree,
    /// The view of a token's text.
    pub(super) view: &'s dyn Fn(Token) -> View<'static>,
}

/// The texts of `source`, in order, that may hold a value only together.
///
/// Lines and blocks are joined by a line break: a token that goes on over it is found as one that goes on in the next
/// line of any text is. An array that `asks` for it, given where it starts and ends, is read as a whole: what a line names
/// may stand in the one below it.
pub(super) fn neighbours(
    source: &Source<'_>,
    asks: &mut dyn FnMut(usize, usize) -> bool,
) -> Vec<View<'static>> {
    let Source { json, tree, .. } = source;
    let mut out = Vec::new();
    let (mut lines, mut blocks, mut arguments) = (Lines::default(), Lines::default(), Arguments::default());
    for (index, token) in tree.tokens().iter().enumerate().filter(|(_, token)| token.kind == Kind::String) {
        let Some(holder) = tree.parent(index) else { continue };
        if tree.tokens()[holder].kind == Kind::ArrayStart {
            lines.add(source, holder, *token, asks, &mut out);
            arguments.add(source, holder, *token, &mut out);
        } else if tree.key(index).is_some_and(|key| tree.tokens()[key].bytes(json) == b"text") {
            // A block, or what a stream adds to one: `{"delta": {"text": "x"}}`.
            let outer = tree.parent(holder);
            let listed = |index: &usize| tree.tokens()[*index].kind == Kind::ArrayStart;
            let Some(array) = outer.filter(listed).or_else(|| tree.parent(outer?)) else { continue };
            blocks.add(source, array, *token, asks, &mut out);
        }
    }
    lines.end(source, asks, &mut out);
    blocks.end(source, asks, &mut out);
    arguments.end(source, &mut out);
    out
}

/// Texts of one array, and which of them go on in the next.
#[derive(Default)]
struct Lines {
    array: usize,
    all: Vec<Token>,
}

impl Lines {
    fn add(
        &mut self,
        source: &Source<'_>,
        array: usize,
        token: Token,
        asks: &mut dyn FnMut(usize, usize) -> bool,
        out: &mut Vec<View<'static>>,
    ) {
        if array != self.array {
            self.end(source, asks, out);
            self.array = array;
        }
        self.all.push(token);
    }

    fn end(
        &mut self,
        source: &Source<'_>,
        asks: &mut dyn FnMut(usize, usize) -> bool,
        out: &mut Vec<View<'static>>,
    ) {
        if let [first, .., last] = self.all[..] {
            let (from, to) = (first.start as usize, last.end as usize);
            if to - from <= LONGEST_ARRAY && asks(from, to) {
                out.push(joined(source, &self.all));
            } else {
                let mut linked = Linked::default();
                self.all.iter().for_each(|token| linked.add(source, *token, out));
                linked.end(source, out);
            }
        }
        self.all.clear();
    }
}

/// Texts of which each goes on in the next.
#[derive(Default)]
struct Linked {
    parts: Vec<Token>,
    /// Whether a key has begun and not ended.
    open: bool,
}

impl Linked {
    fn add(&mut self, source: &Source<'_>, token: Token, out: &mut Vec<View<'static>>) {
        let text = token.bytes(source.json);
        let linked = |last: &Token| self.open || is_linked(last.bytes(source.json), text);
        if !self.parts.last().is_some_and(linked) {
            self.end(source, out);
        }
        self.parts.push(token);
        if let Some(begin) = memmem::rfind(text, b"-----BEGIN") {
            self.open = memmem::find(&text[begin..], b"-----END").is_none();
        } else if self.open && memmem::find(text, b"-----END").is_some() {
            self.open = false;
        }
    }

    fn end(&mut self, source: &Source<'_>, out: &mut Vec<View<'static>>) {
        if self.parts.len() > 1 {
            out.push(joined(source, &self.parts));
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
    fn add(&mut self, source: &Source<'_>, array: usize, token: Token, out: &mut Vec<View<'static>>) {
        if array != self.array {
            self.end(source, out);
            self.array = array;
        }
        self.option |= self.parts.last().is_some_and(|last| is_option(last.bytes(source.json)));
        self.bytes += token.bytes(source.json).len();
        if self.bytes <= LONGEST_COMMAND {
            self.parts.push(token);
        }
    }

    fn end(&mut self, source: &Source<'_>, out: &mut Vec<View<'static>>) {
        if self.option && self.bytes <= LONGEST_COMMAND {
            out.push(joined_by(source, &self.parts, b" "));
        }
        *self = Self { parts: std::mem::take(&mut self.parts), ..Self::default() };
        self.parts.clear();
    }
}

/// The texts with a line break between each two, unless they bring their own.
fn joined(source: &Source<'_>, parts: &[Token]) -> View<'static> {
    let ended = parts[0].bytes(source.json).ends_with(b"\\n");
    joined_by(source, parts, if ended { b"" } else { b"\n" })
}

fn joined_by(source: &Source<'_>, parts: &[Token], separator: &[u8]) -> View<'static> {
    let views: Vec<_> = parts.iter().map(|part| (source.view)(*part)).collect();
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
    use crate::transcript::view::unescape;

    fn texts(record: &str) -> Vec<String> {
        hinted(record, &[])
    }

    fn hinted(record: &str, hot: &[usize]) -> Vec<String> {
        let mut tree = Tree::default();
        let json = record.as_bytes();
        tree.read(json).unwrap();
        let view = |token: Token| unescape(token.bytes(json), token.start as usize).into_owned();
        let mut asks = |from: usize, to: usize| hot.iter().any(|at| (from..to).contains(at));
        let views = neighbours(&Source { json, tree: &tree, view: &view }, &mut asks);
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
    fn an_array_with_a_hint_is_read_as_a_whole() {
        let record = r#"{"lines":[" user | password ","+ bob | x7Kq9z"],"b":["c","d"]}"#;
        assert_eq!(hinted(record, &[18]), [" user | password \n+ bob | x7Kq9z"]);
        assert!(hinted(record, &[2]).is_empty());
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
