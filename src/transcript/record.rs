//! Records: the entries of a transcript. In JSON Lines a line; elsewhere a JSON document over many lines, a line of
//! plain text, or the lines of a construct that only makes sense as a whole (a PEM block, a fenced block).
//!
//! How bytes fall into records depends on the bytes alone, never on how they arrive, so that every way in gives the
//! same records.

use super::json::{NotJson, Token, Tokenizer};
use std::ops::Range;

/// A line that says nothing, at most.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The longest construct of plain text that is kept together, in bytes. A longer one is cut at a line: what is lost
/// is context, never bytes.
const MAX_CONSTRUCT: usize = 1 << 20;

/// One entry of a transcript.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The entry's bytes, without a byte order mark before it and the line break after it.
    pub bytes: &'a [u8],
    /// Where `bytes` start in the transcript.
    pub offset: u64,
    /// The number of the line it starts on, counted from 1: the record's number.
    pub line: u64,
}

impl std::fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record(line {}, offset {}, <{} bytes>)", self.line, self.offset, self.bytes.len())
    }
}

/// How lines of plain text are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// A line is a record unless it opens a construct: what comes down a pipe goes on line by line.
    Lines,
    /// Lines up to a blank one are a record: what looks like code is judged by its neighbours.
    Paragraphs,
}

/// Where the next record ends and what of it are its bytes, relative to the start of the buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The record's bytes.
    pub body: Range<usize>,
    /// The record with everything around it, line break included: how far to go on.
    pub len: usize,
    /// The number of the line it starts on, counted from 1.
    pub line: u64,
}

/// Cuts a transcript into records, from its start on, in as many pieces as it comes.
pub struct Splitter {
    grouping: Grouping,
    /// Whether the transcript is lines of JSON: then a line that starts with `{` always starts a record.
    lines_of_json: Option<bool>,
    /// The next record's first line.
    line: u64,
    /// Bytes of the buffer known to hold no line break, when a record was not complete.
    searched: usize,
    /// Up to here, relative to the buffer, no line opens a document: it was tried and is none.
    tried: usize,
    open: Option<Open>,
    tokens: Vec<Token>,
}

/// A record that goes on over lines.
struct Open {
    /// What will end it.
    until: Until,
    /// The end of its last complete line, line break included.
    end: usize,
    lines: u64,
}

enum Until {
    /// The end of a JSON value.
    Value(Tokenizer),
    /// A line that holds the end of a PEM block.
    PemEnd,
    /// A line of at least so many of this fence character.
    Fence(u8, usize),
    /// A line that is not of the dump.
    DumpEnd,
    /// A blank line or a document separator.
    Blank,
    /// The next line, which may go on itself.
    NextLine,
}

/// A complete line of the buffer: its text without the line break, and where the next one starts.
struct Line<'a> {
    text: &'a [u8],
    next: usize,
}

impl Splitter {
    /// A splitter at the start of a transcript.
    #[must_use]
    pub fn new(grouping: Grouping) -> Self {
        Self { grouping, lines_of_json: None, line: 1, searched: 0, tried: 0, open: None, tokens: Vec::new() }
    }

    /// A splitter in the middle of lines of JSON, at a line that starts a record: line number `line`.
    #[must_use]
    pub fn within_lines_of_json(grouping: Grouping, line: u64) -> Self {
        Self { lines_of_json: Some(true), line, ..Self::new(grouping) }
    }

    /// The first record of `buffer`, which starts where the record before ended; `last` says that nothing follows.
    ///
    /// `None` if more bytes are needed, or if there are none. When asked again with more bytes, `buffer` starts at the
    /// same place.
    pub fn cut(&mut self, buffer: &[u8], last: bool) -> Option<Cut> {
        if buffer.is_empty() {
            return None;
        }
        self.look_at_start(buffer, last)?;
        loop {
            let from = self.open.as_ref().map_or(0, |open| open.end);
            let Some(line) = self.next_line(buffer, from, last) else {
                if !last {
                    return None;
                }
                match self.close(buffer) {
                    Some(cut) => return Some(cut),
                    None => continue,
                }
            };
            if self.open.is_some() {
                if let Some(cut) = self.go_on(buffer, &line) {
                    return Some(cut);
                }
            } else {
                let until = self.opens(buffer, line.text, line.next);
                match until {
                    None => return Some(self.finish(buffer, line.next, 1)),
                    Some(until) => self.open = Some(Open { until, end: line.next, lines: 1 }),
                }
            }
        }
    }

    /// Tells lines of JSON from plain text by the first byte that says something. Blank lines before it are records,
    /// whatever follows. `None` if a first line that says nothing so far is not complete.
    fn look_at_start(&mut self, buffer: &[u8], last: bool) -> Option<()> {
        if self.lines_of_json.is_some() {
            return Some(());
        }
        if BOM.starts_with(buffer) && !last {
            // The buffer may end inside a byte order mark.
            return None;
        }
        let skip = self.searched.max(self.body_start(buffer));
        let brk = memchr::memchr(b'\n', &buffer[skip..]);
        let line = &buffer[skip..brk.map_or(buffer.len(), |step| skip + step)];
        match line.iter().find(|b| !b.is_ascii_whitespace()) {
            Some(&byte) => self.lines_of_json = Some(matches!(byte, b'{' | b'[')),
            None if brk.is_some() => {}
            None if last => self.lines_of_json = Some(false),
            None => {
                self.searched = buffer.len();
                return None;
            }
        }
        Some(())
    }

    fn next_line<'a>(&mut self, buffer: &'a [u8], from: usize, last: bool) -> Option<Line<'a>> {
        let skip = self.searched.max(from);
        match memchr::memchr(b'\n', buffer.get(skip..)?) {
            Some(step) => {
                let brk = skip + step;
                let text = &buffer[from..brk];
                Some(Line { text: text.strip_suffix(b"\r").unwrap_or(text), next: brk + 1 })
            }
            None => {
                self.searched = buffer.len();
                let rest = &buffer[from..];
                (last && !rest.is_empty()).then_some(Line { text: rest, next: buffer.len() })
            }
        }
    }

    /// What a first line opens, if it does not end its record.
    fn opens(&mut self, buffer: &[u8], line: &[u8], next: usize) -> Option<Until> {
        let text = strip_bom(line).trim_ascii();
        if let Some(&first @ (b'{' | b'[')) = text.first() {
            let closing = if first == b'{' { b'}' } else { b']' };
            if text.last() == Some(&closing) {
                return None;
            }
            if next > self.tried {
                let mut value = Tokenizer::default();
                self.tokens.clear();
                let head = &buffer[self.body_start(buffer)..next];
                if let Err(NotJson { unfinished: true, .. }) = value.go_on(head, &mut self.tokens) {
                    return Some(Until::Value(value));
                }
            }
        }
        self.opens_text(line)
    }

    fn opens_text(&self, line: &[u8]) -> Option<Until> {
        construct(line).or_else(|| {
            let goes_on = self.grouping == Grouping::Paragraphs && !line.trim_ascii().is_empty();
            goes_on.then_some(Until::Blank)
        })
    }

    /// Takes one more line into the open record, or ends the record before or after it.
    fn go_on(&mut self, buffer: &[u8], line: &Line<'_>) -> Option<Cut> {
        let body = self.body_start(buffer);
        let open = self.open.as_mut()?;
        let value = matches!(open.until, Until::Value(_));
        // Among lines of JSON a brace always starts a record; elsewhere only a whole object does, and not in a fence.
        let brace = line.text.first() == Some(&b'{');
        let fenced = matches!(open.until, Until::Fence(..));
        let object = brace && !fenced && line.text.last() == Some(&b'}');
        let starts_record = (self.lines_of_json == Some(true) && brace) || object;
        if !value && (starts_record || line.next > MAX_CONSTRUCT) {
            return self.close(buffer);
        }
        let step = match &mut open.until {
            Until::Value(tokenizer) => {
                self.tokens.clear();
                match tokenizer.go_on(&buffer[body..line.next], &mut self.tokens) {
                    Ok(()) => Step::Last,
                    Err(NotJson { unfinished: true, .. }) => Step::More,
                    Err(_) => Step::None,
                }
            }
            other => text_step(other, line.text),
        };
        match step {
            Step::More => {
                open.end = line.next;
                open.lines += 1;
                None
            }
            Step::Last => {
                let lines = open.lines + 1;
                Some(self.finish(buffer, line.next, lines))
            }
            Step::Instead => {
                open.end = line.next;
                open.lines += 1;
                let until = self.opens_text(line.text);
                match (until, self.open.as_mut()) {
                    (Some(until), Some(open)) => open.until = until,
                    _ => return self.close(buffer),
                }
                None
            }
            // The line at which a document turns out to be none may open another.
            Step::None => self.close(buffer),
        }
    }

    /// Ends the open record where its last line ends; with nothing open, at the end of the buffer. A JSON value that
    /// never ended is no record: then `None`, and its lines are to be looked at anew, as text.
    fn close(&mut self, buffer: &[u8]) -> Option<Cut> {
        match self.open.take() {
            Some(Open { until: Until::Value(_), end, .. }) => {
                self.tried = end;
                self.searched = 0;
                None
            }
            Some(Open { end, lines, .. }) => Some(self.finish(buffer, end, lines)),
            None => Some(self.finish(buffer, buffer.len(), 1)),
        }
    }

    fn finish(&mut self, buffer: &[u8], len: usize, lines: u64) -> Cut {
        let start = self.body_start(buffer).min(len);
        let mut end = len;
        if end > start && buffer[end - 1] == b'\n' {
            end -= 1;
            if end > start && buffer[end - 1] == b'\r' {
                end -= 1;
            }
        }
        let line = self.line;
        self.line += lines;
        self.open = None;
        self.searched = 0;
        self.tried = self.tried.saturating_sub(len);
        Cut { body: start..end, len, line }
    }

    /// A byte order mark is not part of the record after it.
    fn body_start(&self, buffer: &[u8]) -> usize {
        buffer.len() - strip_bom(buffer).len()
    }
}

enum Step {
    /// The line belongs to the record and more may follow.
    More,
    /// The line ends the record.
    Last,
    /// The line belongs to the record and decides anew what may follow.
    Instead,
    /// The line does not belong to the record.
    None,
}

fn text_step(until: &Until, line: &[u8]) -> Step {
    match until {
        Until::PemEnd if holds(line, b"-----END") => Step::Last,
        Until::Fence(mark, least) if closes_fence(line, *mark, *least) => Step::Last,
        Until::PemEnd | Until::Fence(..) => Step::More,
        Until::DumpEnd if is_dump(line) => Step::More,
        Until::DumpEnd => Step::None,
        Until::Blank if line.trim_ascii().is_empty() || line == b"---" => Step::Last,
        Until::Blank => match construct(line) {
            Some(Until::PemEnd | Until::Fence(..)) => Step::Instead,
            _ => Step::More,
        },
        Until::NextLine => Step::Instead,
        Until::Value(_) => Step::None,
    }
}

/// What a line of plain text opens.
fn construct(line: &[u8]) -> Option<Until> {
    if let Some(at) = memchr::memmem::find(line, b"-----BEGIN")
        && !holds(&line[at..], b"-----END")
    {
        return Some(Until::PemEnd);
    }
    if let Some((mark, len)) = fence(line) {
        return Some(Until::Fence(mark, len));
    }
    if is_dump(line) {
        return Some(Until::DumpEnd);
    }
    if line.trim_ascii().strip_prefix(b"kind:").is_some_and(|kind| kind.trim_ascii() == b"Secret") {
        return Some(Until::Blank);
    }
    goes_on(line).then_some(Until::NextLine)
}

/// The mark and the length of a fence that `line` opens, in quotes and lists too.
fn fence(line: &[u8]) -> Option<(u8, usize)> {
    let start = line.iter().position(|b| !matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'))?;
    let mark = line[start];
    let len = line[start..].iter().take_while(|&&b| b == mark).count();
    let once = !line[start + len..].contains(&b'`');
    (matches!(mark, b'`' | b'~') && len >= 3 && once).then_some((mark, len))
}

fn closes_fence(line: &[u8], mark: u8, least: usize) -> bool {
    fence(line).is_some_and(|(found, len)| found == mark && len >= least)
        && line.trim_ascii().last() == Some(&mark)
}

/// A line of `xxd` or `hexdump`: an offset and pairs of digits.
fn is_dump(line: &[u8]) -> bool {
    let text = line.trim_ascii_start();
    let offset = text.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    let rest = text.get(offset..).unwrap_or_default();
    (7..=16).contains(&offset)
        && (rest.starts_with(b": ") || rest.starts_with(b"  "))
        && rest.get(2..4).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
}

/// Whether a line's last token or statement may go on in the next line.
fn goes_on(line: &[u8]) -> bool {
    let text = line.trim_ascii_end();
    let Some(&end) = text.last() else { return false };
    if matches!(end, b'\\' | b':' | b'=' | b'(' | b'[' | b'{' | b'+' | b'|' | b'>') {
        return true;
    }
    let is_run = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+' | b'/' | b'=' | b'.');
    let run = text.iter().rev().take_while(is_run).count();
    run >= 40 || (run >= 8 && text.len() >= 72)
}

fn holds(line: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(line, needle).is_some()
}

fn strip_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}

/// Where lines of JSON may be cut at or after byte `from` so that both sides fall into the same records as the
/// whole: after a line break between a line that ends with `}` and one that starts with `{`.
#[must_use]
pub fn safe_cut(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let brk = at + memchr::memchr(b'\n', bytes.get(at..)?)?;
        let before = bytes[..brk].strip_suffix(b"\r").unwrap_or(&bytes[..brk]);
        if before.last() == Some(&b'}') && bytes.get(brk + 1) == Some(&b'{') {
            return Some(brk + 1);
        }
        at = brk + 1;
    }
}

/// Whether a transcript that starts so is lines of JSON; `None` if its start does not say.
#[must_use]
pub fn is_lines_of_json(head: &[u8]) -> Option<bool> {
    let first = strip_bom(head).iter().find(|b| !b.is_ascii_whitespace())?;
    Some(matches!(first, b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &[u8], grouping: Grouping) -> Vec<String> {
        let mut splitter = Splitter::new(grouping);
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(cut) = splitter.cut(&text[at..], true) {
            let body = &text[at..][cut.body.clone()];
            out.push(format!("{}:{}", cut.line, String::from_utf8_lossy(body)));
            at += cut.len;
        }
        assert_eq!(at, text.len());
        out
    }

    /// The same bytes, come in pieces of `size`.
    fn split_in_pieces(text: &[u8], grouping: Grouping, size: usize) -> Vec<String> {
        let mut splitter = Splitter::new(grouping);
        let (mut out, mut at, mut have) = (Vec::new(), 0, 0);
        loop {
            let last = have == text.len();
            match splitter.cut(&text[at..have], last) {
                Some(cut) => {
                    out.push(format!(
                        "{}:{}",
                        cut.line,
                        String::from_utf8_lossy(&text[at..][cut.body.clone()])
                    ));
                    at += cut.len;
                }
                None if last => return out,
                None => have = (have + size).min(text.len()),
            }
        }
    }

    #[test]
    fn lines_of_json_are_records() {
        let got =
            split(b"{\"a\":1}\r\n\n{\"b\":2}\n[3]\n{\"torn\":\"x\nnot json\n{\"c\":3}", Grouping::Lines);
        assert_eq!(
            got,
            ["1:{\"a\":1}", "2:", "3:{\"b\":2}", "4:[3]", "5:{\"torn\":\"x", "6:not json", "7:{\"c\":3}"]
        );
    }

    #[test]
    fn a_document_over_lines_is_one_record_and_a_torn_start_is_none() {
        let document = "{\n  \"a\": [\n    1,\n    {\"b\": 2}\n  ]\n}";
        assert_eq!(split(document.as_bytes(), Grouping::Lines), [format!("1:{document}")]);
        let torn = "{\"a\": [\n{\"b\":1}\n{\"c\":2}\n{\"d\":3}";
        assert_eq!(
            split(torn.as_bytes(), Grouping::Lines),
            ["1:{\"a\": [", "2:{\"b\":1}", "3:{\"c\":2}", "4:{\"d\":3}"]
        );
        assert_eq!(
            split(b"[\n{\"b\":1},\n{\"c\":2}", Grouping::Lines),
            ["1:[", "2:{\"b\":1},", "3:{\"c\":2}"]
        );
        // The line that ends the attempt opens the next one, as it does when a thread's share starts there.
        assert_eq!(
            split(b"[\n{\"a\":1}\n{\n}\n[", Grouping::Paragraphs),
            ["1:[", "2:{\"a\":1}", "3:{\n}", "5:["]
        );
    }

    /// A stream of blank lines must not be held until something else comes.
    #[test]
    fn blank_lines_before_the_first_text_are_records_at_once() {
        for (text, expected) in [
            ("\n\n", Some(1)),
            (" \t\r\n\n", Some(4)),
            ("  ", None),
            ("\u{feff}", None),
            ("\u{feff}\n", Some(4)),
            ("", None),
        ] {
            let mut splitter = Splitter::new(Grouping::Lines);
            assert_eq!(splitter.cut(text.as_bytes(), false).map(|cut| cut.len), expected, "{text:?}");
        }
        assert_eq!(
            split(b" \n\n{\"a\":[\n{\"b\":1}", Grouping::Paragraphs),
            ["1: ", "2:", "3:{\"a\":[", "4:{\"b\":1}"]
        );
    }

    #[test]
    fn constructs_of_plain_text_stay_whole() {
        let pem = "x\n-----BEGIN RSA PRIVATE KEY-----\nabc\n\ndef\n-----END RSA PRIVATE KEY-----\ny";
        assert_eq!(split(pem.as_bytes(), Grouping::Lines).len(), 3);
        let fenced = "a\n```python\nx = 1\n\ny\n```\nb";
        assert_eq!(split(fenced.as_bytes(), Grouping::Lines).len(), 3);
        assert_eq!(split(b"password:\n  x\nlog", Grouping::Lines), ["1:password:\n  x", "3:log"]);
        assert_eq!(split(b"a\nb\n\nc\n", Grouping::Paragraphs), ["1:a\nb\n", "4:c"]);
    }

    #[test]
    fn an_object_is_a_record_of_its_own_among_plain_text_too() {
        let text = b"log\n{\"a\":1}\nmore\n{not json\nmore";
        assert_eq!(split(text, Grouping::Paragraphs), ["1:log", "2:{\"a\":1}", "3:more\n{not json\nmore"]);
        // A key of which only the head is there takes no session along.
        let torn = b"x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\n{\"a\":1}\r\n{\"b\":1}";
        let head = "1:x -----BEGIN RSA PRIVATE KEY-----\nMIIEow";
        assert_eq!(split(torn, Grouping::Lines), [head, "3:{\"a\":1}", "4:{\"b\":1}"]);
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_record() {
        assert_eq!(split("\u{feff}{\"a\":1}\n{}".as_bytes(), Grouping::Lines), ["1:{\"a\":1}", "2:{}"]);
    }

    #[test]
    fn cuts_are_safe_only_between_objects() {
        let text = b"{\"a\":1}\n[\n{\"b\":1},\n{}\n]\n{\"c\":1}\r\n{\"d\":1}\n";
        assert_eq!(safe_cut(text, 0).map(|at| &text[at..at + 4]), Some(&b"{\"d\""[..]));
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("{\"a\":1}"),
            Just("{\"a\":"),
            Just("{"),
            Just("["),
            Just("]"),
            Just("}"),
            Just("{},"),
            Just("x y"),
            Just(""),
            Just("```"),
            Just("-----BEGIN A-----"),
            Just("-----END A-----"),
            Just("k:"),
            Just("{\"t\":\"x"),
            Just("\"b\": 2"),
            Just(","),
            Just("00000000: 6768")
        ]
        .prop_map(str::to_owned)
    }

    proptest! {
        #[test]
        fn records_do_not_depend_on_how_bytes_come(
            lines in prop::collection::vec(line(), 0..14), crlf: bool, size in 1usize..40, paragraphs: bool,
        ) {
            let text = lines.join(if crlf { "\r\n" } else { "\n" });
            let grouping = if paragraphs { Grouping::Paragraphs } else { Grouping::Lines };
            let whole = split(text.as_bytes(), grouping);
            prop_assert_eq!(&split_in_pieces(text.as_bytes(), grouping, size), &whole);
            if is_lines_of_json(text.as_bytes()) == Some(true)
                && let Some(at) = safe_cut(text.as_bytes(), 0) {
                    let (head, tail) = text.as_bytes().split_at(at);
                    let mut parts = split(head, grouping);
                    let line = 1 + memchr::memchr_iter(b'\n', head).count() as u64;
                    let mut splitter = Splitter::within_lines_of_json(grouping, line);
                    let mut from = 0;
                    while let Some(cut) = splitter.cut(&tail[from..], true) {
                        parts.push(format!("{}:{}", cut.line, String::from_utf8_lossy(&tail[from..][cut.body.clone()])));
                        from += cut.len;
                    }
                    prop_assert_eq!(parts, whole);
                }
        }
    }
}
