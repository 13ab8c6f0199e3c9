//! The value after a separator: a literal in quotes of any kind and depth of escaping, or what stands there bare.

use super::dump;
use super::separator::{How, skip_blanks};
use crate::detect::reference;

/// A value's place and form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Value {
    /// First byte, after the opening quote.
    pub(in crate::detect) start: usize,
    /// One past the last byte.
    pub(in crate::detect) end: usize,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
}

/// The longest value that is looked at, in bytes.
pub(super) const LONGEST: usize = 8192;

/// The most bytes of constructors and prefixes before a literal: `SecretString::from(b"`.
const MOST_WRAPPING: usize = 96;

/// The value at `at`.
pub(super) fn read(bytes: &[u8], at: usize, how: How) -> Option<Value> {
    let at = over_line_break(bytes, at);
    if let Some(value) = yaml_block(bytes, at).filter(|_| how == How::Colon) {
        return Some(value);
    }
    if let Some(value) = literal(bytes, at) {
        return Some(value);
    }
    if let Some(open) = wrapped_literal(bytes, at) {
        return literal(bytes, open).filter(|value| !is_key(bytes, open, *value));
    }
    match how {
        How::Call | How::Argument | How::Compare => None,
        How::Element => element(bytes, at),
        How::Cell => cell(bytes, at),
        How::Sibling if bytes[..at].ends_with(b">") => element(bytes, at),
        _ => bare(bytes, at, how),
    }
}

/// Whether the literal in `{"…": …}` is a key of an object.
fn is_key(bytes: &[u8], open: usize, value: Value) -> bool {
    let closing =
        bytes[value.end..].iter().take(8).take_while(|b| matches!(b, b'"' | b'\'' | b'`' | b'\\')).count();
    let after = &bytes[skip_blanks(bytes, value.end + closing)..];
    open > 0
        && bytes[..open].trim_ascii_end().ends_with(b"{")
        && (after.starts_with(b":") || after.starts_with(b"=>"))
}

/// A YAML block of one line: `|` or `>`, and an indented line below.
fn yaml_block(bytes: &[u8], at: usize) -> Option<Value> {
    let rest = &bytes[at..bytes.len().min(at + 64)];
    let mark = rest.iter().take_while(|b| matches!(b, b'|' | b'>' | b'-' | b'+')).count();
    let blank = rest[mark..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let indented = rest[mark..mark + blank].contains(&b'\n') && rest[..mark + blank].last() != Some(&b'\n');
    if !matches!(rest.first(), Some(b'|' | b'>')) || !indented {
        return None;
    }
    let start = at + mark + blank;
    let number = bytes[start..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    if number > 0 && bytes[start + number..].starts_with("→".as_bytes()) {
        // The number of the next line: what stands in it is seen where lines have no numbers.
        return None;
    }
    let end = bare_end(bytes, start, bytes.len().min(start + LONGEST), How::Colon);
    (end > start).then_some(Value { start, end, quoted: true })
}

/// A literal may stand on the line after its separator.
fn over_line_break(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..bytes.len().min(at + 48)];
    let blank = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    if let Some(close) = rest[blank..].strip_prefix(b"string(").and_then(|r| memchr::memchr(b')', r)) {
        // A dump of PHP: `=> string(7) "x"`.
        return at + blank + 7 + close + 2;
    }
    if let Some(len) = node_property(rest) {
        return at + len;
    }
    if let Some(len) = dump::lead(rest) {
        return at + len;
    }
    const TAGS: [&[u8]; 5] = [b"<b>", b"<strong>", b"<code>", b"<kbd>", b"<em>"];
    if let Some(tag) = TAGS.iter().find(|tag| rest[blank..].starts_with(tag)) {
        return at + blank + tag.len();
    }
    let opens = matches!(rest.get(blank), Some(b'"' | b'\'' | b'`'));
    if blank > 0 && opens && rest[..blank].iter().filter(|&&b| b == b'\n').count() == 1 {
        at + blank
    } else {
        at
    }
}

/// The length of what YAML puts before a value: an anchor, `&pw `, the tag of a type, `!!str `, or that of
/// Ansible for what is no template.
fn node_property(rest: &[u8]) -> Option<usize> {
    if rest.starts_with(b"!unsafe ") {
        return Some(8);
    }
    let sign = if rest.starts_with(b"!!") { 2 } else { usize::from(rest.starts_with(b"&")) };
    let name =
        rest[sign..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let next = rest.get(sign + name + 1)?;
    (sign > 0 && name > 0 && rest[sign + name] == b' ' && !matches!(next, b' ' | b'&' | b'|' | b'>' | b'='))
        .then_some(sign + name + 1)
}

/// A quote that opens a literal: its first byte after the quote, the quote and how many backslashes escape it.
#[derive(Clone, Copy)]
struct Quote {
    inside: usize,
    mark: &'static [u8],
    escapes: usize,
    /// Whether the closing quote follows the same rule as the opening one, three of them.
    triple: bool,
}

const PAIRS: [(&[u8], &[u8]); 9] = [
    (b"\"", b"\""),
    (b"'", b"'"),
    (b"`", b"`"),
    ("“".as_bytes(), "”".as_bytes()),
    ("‘".as_bytes(), "’".as_bytes()),
    ("„".as_bytes(), "“".as_bytes()),
    ("«".as_bytes(), "»".as_bytes()),
    ("「".as_bytes(), "」".as_bytes()),
    (b"&quot;", b"&quot;"),
];

/// Quotes that a table of cells or a string of SQL doubles, since it stands in such quotes itself.
const DOUBLED: [&[u8]; 2] = [b"\"\"", b"''"];

/// `""x""`, `''x''`: a quote that is doubled, and closed in the same way on its line.
fn doubled(bytes: &[u8], at: usize) -> Option<Quote> {
    let mark = DOUBLED.into_iter().find(|mark| bytes[at..].starts_with(mark))?;
    let inside = at + mark.len();
    let rest = &bytes[inside..bytes.len().min(inside + LONGEST)];
    let close = rest.iter().position(|b| *b == mark[0] || *b == b'\n')?;
    let opens = rest[0].is_ascii_graphic() && !b",;)]}+".contains(&rest[0]);
    (opens && close > 0 && rest[close..].starts_with(mark) && rest.get(close + 2) != Some(&mark[0])
        || opens && rest[close..].starts_with(&[mark[0]; 3]))
    .then_some(Quote { inside, mark, escapes: 0, triple: false })
}

fn opening(bytes: &[u8], at: usize) -> Option<Quote> {
    if let Some(quote) = doubled(bytes, at) {
        return Some(quote);
    }
    let escapes = bytes[at..].iter().take(16).take_while(|&&b| b == b'\\').count();
    let rest = &bytes[at + escapes..];
    let (open, mark) = PAIRS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let triple =
        open.len() == 1 && escapes == 0 && rest.get(1) == open.first() && rest.get(2) == open.first();
    let inside = at + escapes + if triple { 3 } else { open.len() };
    Some(Quote { inside, mark, escapes, triple })
}

/// The literal at `at`, if one opens there. One that is never closed goes to the end of its line.
pub(in crate::detect) fn literal(bytes: &[u8], at: usize) -> Option<Value> {
    if let Some(nested) = nested(bytes, at) {
        return Some(nested);
    }
    let quote = opening(bytes, at)?;
    let limit = bytes.len().min(quote.inside + LONGEST);
    let mut from = quote.inside;
    while let Some(step) = memchr::memchr2(quote.mark[0], b'\n', &bytes[from..limit]) {
        let found = from + step;
        if bytes[found] == b'\n' {
            if quote.triple || quote.mark == b"`" {
                from = found + 1;
                continue;
            }
            return unclosed(bytes, quote, found);
        }
        if bytes[found..].starts_with(quote.mark) && closes(bytes, quote, found) {
            let slashes = before(bytes, found, b'\\').min(found - quote.inside);
            let end = found - if slashes <= quote.escapes { slashes } else { quote.escapes };
            return Some(Value { start: quote.inside, end, quoted: true });
        }
        from = found + 1;
    }
    (limit == bytes.len()).then(|| unclosed(bytes, quote, limit)).flatten()
}

/// A literal of a shell within a literal of a shell: `'"'"'x'"'"'`, `'\''x'\''`.
fn nested(bytes: &[u8], at: usize) -> Option<Value> {
    const QUOTES: [&[u8]; 2] = [b"'\"'\"'", b"'\\''"];
    let rest = bytes.get(at..)?;
    let quote = QUOTES.iter().find(|quote| rest.starts_with(quote))?;
    let inside = &rest[quote.len()..rest.len().min(LONGEST)];
    let line = &inside[..memchr::memchr(b'\n', inside).unwrap_or(inside.len())];
    let start = at + quote.len();
    memchr::memmem::find(line, quote).map(|len| Value { start, end: start + len, quoted: true })
}

/// Whether the quote at `found` closes the literal: escaped no deeper than the opening one.
fn closes(bytes: &[u8], quote: Quote, found: usize) -> bool {
    if quote.triple {
        return bytes[found..].starts_with(&[quote.mark[0]; 3]);
    }
    let slashes = before(bytes, found, b'\\').min(found - quote.inside);
    slashes <= quote.escapes || (quote.escapes == 0 && slashes.is_multiple_of(2))
}

/// How many bytes `b` stand directly before `at`.
fn before(bytes: &[u8], at: usize, b: u8) -> usize {
    bytes[..at].iter().rev().take(64).take_while(|&&have| have == b).count()
}

/// What stands in quotes that are never closed: torn output.
fn unclosed(bytes: &[u8], quote: Quote, end: usize) -> Option<Value> {
    let stop = bare_end(bytes, quote.inside, end, How::Assign);
    (stop > quote.inside).then_some(Value { start: quote.inside, end: stop, quoted: true })
}

/// Where a literal opens after prefixes and constructors: `f"`, `new SecretString("`, `Some(b"`, `["`.
fn wrapped_literal(bytes: &[u8], at: usize) -> Option<usize> {
    let end = bytes.len().min(at + MOST_WRAPPING);
    let mut from = at;
    loop {
        let word_end = from
            + bytes[from..end]
                .iter()
                .take_while(|b| {
                    b.is_ascii_alphanumeric()
                        || matches!(b, b'_' | b':' | b'.' | b'&' | b'@' | b'$' | b'-' | b'!')
                })
                .count();
        let word = &bytes[from..word_end];
        let next = bytes.get(word_end).filter(|_| word_end < end)?;
        match next {
            b'"' | b'\'' | b'`' if is_prefix(word) => return Some(word_end),
            b'\\' if is_prefix(word) && opening(bytes, word_end).is_some() => return Some(word_end),
            b'#' if word == b"r" => return Some(word_end + 1),
            b'(' if reference::is_wrapper(word) => from = word_end + 1,
            b'[' if word.is_empty() && bytes.get(word_end + 1) == Some(&b']') => from = word_end + 2,
            b'(' if word.is_empty() && bytes.get(word_end + 1) == Some(&b'\n') => {
                let blank = bytes[word_end + 1..end].iter().take_while(|b| b.is_ascii_whitespace()).count();
                from = word_end + 1 + blank;
            }
            b'[' | b'(' | b'{' if word.is_empty() => from = word_end + 1,
            b'=' if word == b"default" => from = word_end + 1,
            b'<' if word.is_empty() && bytes[word_end..].starts_with(b"<<\"") => from = word_end + 2,
            b' ' if reference::is_wrapper(word) => from = skip_blanks(bytes, word_end),
            _ => return None,
        }
    }
}

/// Whether `word` may stand directly before a literal's quote: string prefixes of Python, Rust, C, C#, shells.
fn is_prefix(word: &[u8]) -> bool {
    word.len() <= 2 && word.iter().all(|b| b"fFrRbBuULcC@$&NqQe".contains(b))
}

/// The text of an element up to the next tag.
fn element(bytes: &[u8], at: usize) -> Option<Value> {
    const INNER: [&[u8]; 4] = [b"<value>", b"<Value>", b"<string>", b"<b>"];
    let at = at + INNER.iter().find(|tag| bytes[at..].starts_with(tag)).map_or(0, |tag| tag.len());
    let limit = bytes.len().min(at + LONGEST);
    let page = bytes[..at].ends_with(b"&gt;");
    let end = at
        + if page {
            memchr::memmem::find(&bytes[at..limit], b"&lt;")
        } else {
            memchr::memchr(b'<', &bytes[at..limit])
        }?;
    let text = &bytes[at..end];
    let (start, end) = (at + (text.len() - text.trim_ascii_start().len()), at + text.trim_ascii_end().len());
    if bytes[end..].starts_with(b"<![CDATA[") {
        let inside = end + 9;
        let close = memchr::memmem::find(&bytes[inside..bytes.len().min(inside + LONGEST)], b"]]>")?;
        return Some(Value { start: inside, end: inside + close, quoted: true });
    }
    (start < end).then_some(Value { start, end, quoted: true })
}

/// The content of a table's cell.
fn cell(bytes: &[u8], at: usize) -> Option<Value> {
    let limit = bytes.len().min(at + 512);
    let drawn = |i: usize| ["│", "║", "┃", "┆"].iter().any(|bar| bytes[i..limit].starts_with(bar.as_bytes()));
    let closes = |i: &usize| matches!(bytes[*i], b'|' | b'\n') || bytes[*i] == 0xe2 && drawn(*i);
    let ends = (at..limit).find(closes).map(|i| i - at);
    let end = at + ends.or((limit == bytes.len()).then_some(limit - at))?;
    let text = bytes[at..end].trim_ascii_end();
    let (skip, cut) = match text {
        [b'`', .., b'`'] if text.len() > 2 => (1, 1),
        [b'*', b'*', .., b'*', b'*'] if text.len() > 4 => (2, 2),
        _ => (0, 0),
    };
    (text.len() > skip + cut).then(|| Value {
        start: at + skip,
        end: at + text.len() - cut,
        quoted: skip > 0,
    })
}

/// What stands bare at `at`.
fn bare(bytes: &[u8], at: usize, how: How) -> Option<Value> {
    let limit = bytes.len().min(at + LONGEST);
    let end = bare_end(bytes, at, limit, how);
    let end = trim_tail(bytes, at, end);
    (end > at).then_some(Value { start: at, end, quoted: false })
}

/// Where a bare value ends: at white space, quotes, and what separates values in its context.
pub(super) fn bare_end(bytes: &[u8], at: usize, limit: usize, how: How) -> usize {
    let mut i = at;
    while i < limit {
        let rest = &bytes[i..limit];
        let stop = match rest[0] {
            0..=b' ' | 0x7f | b'"' | b'\'' | b'`' => true,
            b'\\' => {
                matches!(rest.get(1), None | Some(b'n' | b'r' | b't' | b'"' | b'\'' | b'u' | b'\\' | b'\n'))
            }
            b';' => ends_pair(&rest[1..]),
            b',' => ends_pair(&rest[1..]),
            b'&' => rest.get(1) == Some(&b'&') || (i > at && ends_pair(&rest[1..])),
            b'<' => rest.get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/'),
            b'}' => how == How::Default || !bytes[at..i].contains(&b'{'),
            b')' => !bytes[at..i].contains(&b'('),
            b']' => !bytes[at..i].contains(&b'['),
            b'|' => matches!(rest.get(1), None | Some(b' ' | b'|' | b'\n')),
            0xe2 => {
                rest.starts_with("”".as_bytes())
                    || rest.starts_with("’".as_bytes())
                    || rest.starts_with("…".as_bytes())
                    || starts_with_wide_space(rest)
            }
            // A space that does not break, the line break of C1, a quote.
            0xc2 => matches!(rest.get(1), Some(0xa0 | 0x85 | 0xbb)),
            0xe3 | 0xef => starts_with_cjk_stop(rest),
            _ => false,
        };
        if stop {
            break;
        }
        i += 1;
    }
    i
}

fn starts_with_cjk_stop(rest: &[u8]) -> bool {
    ["。", "、", "」", "，", "；", "）", "！", "\u{3000}"]
        .iter()
        .any(|stop| rest.starts_with(stop.as_bytes()))
}

/// U+2000 to U+200A, the line and paragraph separators, U+202F: white space of General Punctuation.
fn starts_with_wide_space(rest: &[u8]) -> bool {
    matches!(rest, [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..])
}

/// Bytes at the end of `value` that show nothing: zero-width characters and byte order marks are three bytes each.
fn invisible_tail(value: &[u8]) -> usize {
    match value {
        [.., 0xef, 0xbb, 0xbf] | [.., 0xe2, 0x80, 0x8b..=0x8f] | [.., 0xe2, 0x81, 0xa0] => 3,
        _ => 0,
    }
}

/// Whether what follows a `;`, `,` or `&` is the end, blank, or another `name=` or `name:`.
fn ends_pair(rest: &[u8]) -> bool {
    let word = rest
        .iter()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '))
        .count();
    match rest.first() {
        None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'}' | b')' | b'\\' | b']') => true,
        Some(b) if b.is_ascii_alphabetic() || *b == b'_' => matches!(rest.get(word), Some(b'=' | b':')),
        _ => false,
    }
}

/// Without the punctuation of the sentence around it.
pub(in crate::detect) fn trim_tail(bytes: &[u8], at: usize, end: usize) -> usize {
    let mut end = end;
    while end > at {
        match bytes[end - 1] {
            b',' | b';' | b':' => end -= 1,
            b'.' if bytes.get(end).is_none_or(u8::is_ascii_whitespace) => end -= 1,
            b'*' if end - at > 2 && bytes[end - 2] == b'*' && bytes[at] != b'*' => end -= 2,
            0x80.. if invisible_tail(&bytes[at..end]) > 0 => end -= invisible_tail(&bytes[at..end]),
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(input: &str, how: How) -> Option<&str> {
        read(input.as_bytes(), 0, how).map(|v| &input[v.start..v.end])
    }

    #[test]
    fn reads_literals_of_every_kind() {
        for (input, expected) in [
            (r#""a b" c"#, "a b"),
            (r#""a\"b" c"#, r#"a\"b"#),
            (r#"\"ab\", \"c\""#, "ab"),
            (r#"\\\"ab\\\", c"#, "ab"),
            (r#"\"a\\\"b\""#, r#"a\\\"b"#),
            (r#""ab\\" c"#, r"ab\\"),
            ("'ab'", "ab"),
            ("\"\"\"a\nb\"\"\"", "a\nb"),
            ("f'ab'", "ab"),
            ("SecretString::from(\"ab\")", "ab"),
            ("new String(\"ab\")", "ab"),
            ("Some(b\"ab\")", "ab"),
            ("“ab” x", "ab"),
            ("\n    'ab'", "ab"),
            ("\"torn", "torn"),
        ] {
            assert_eq!(text(input, How::Assign), Some(expected), "{input}");
        }
        assert_eq!(text("get(\"ab\")", How::Argument), None);
    }

    #[test]
    fn bare_values_end_where_their_context_says() {
        for (input, expected) in [
            ("ab&3x", "ab&3x"),
            ("ab&c=d", "ab"),
            ("ab;Encrypt=true", "ab"),
            ("ab, c", "ab"),
            (r"ab\nPORT=1", "ab"),
            ("ab)", "ab"),
            ("ab.", "ab"),
            ("ab</p>", "ab"),
            ("ab && make", "ab"),
            ("ab\u{2028}c", "ab"),
            ("ab\u{85}c", "ab"),
            ("ab\u{a0}c", "ab"),
            ("ab\u{2003}c", "ab"),
            ("ab\u{feff}", "ab"),
            ("ab\u{feff}\u{200b},", "ab"),
            ("ab\u{200b}c", "ab\u{200b}c"),
            ("añb", "añb"),
        ] {
            assert_eq!(text(input, How::Tight), Some(expected), "{input}");
        }
    }
}
