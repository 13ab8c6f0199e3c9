//! What stands between a name and its value, in any language.

use super::dump;

/// How a value is tied to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// `name = value`, `name := value`, `name <- value`.
    Assign,
    /// `name=value`, without blanks.
    Tight,
    /// `name: value`.
    Colon,
    /// `name => value`, `name -> value`.
    Arrow,
    /// `name == value`.
    Compare,
    /// `name || value`, `name ?? value`, `${name:-value}`: what holds if nothing else is said.
    Default,
    /// `name("value")`.
    Call,
    /// `("name", "value")`.
    Argument,
    /// `<name>value</name>`.
    Element,
    /// `| name | value |`.
    Cell,
    /// `name value`.
    Space,
    /// `name: NAME, value: VALUE`.
    Sibling,
}

/// Where a value starts and how it is tied to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The first byte after the separator and the blanks that follow it.
    pub(super) at: usize,
    /// How the two are tied.
    pub(super) how: How,
}

/// Dots that lead from a name to its value in a list: `password........x`.
pub(super) const LEADERS: &[u8] = b"....";

/// The most bytes of quotes and brackets between a name and its separator.
const MOST_CLOSERS: usize = 16;

/// The most bytes between a name and a `value` beside it.
const SIBLING_GAP: usize = 160;

/// The separator after the name that ends at `end`.
pub(super) fn after(bytes: &[u8], start: usize, end: usize) -> Option<Link> {
    let (closed, quoted) = skip_closers(bytes, end);
    if let Some(at) = next_item(bytes, start, closed) {
        return Some(Link { at, how: How::Sibling });
    }
    if let Some(at) = described(bytes, start, closed) {
        return Some(Link { at, how: How::Sibling });
    }
    let shown = if quoted { dump::visibility(&bytes[closed..]) } else { 0 };
    let closed = closed + shown + usize::from(shown > 0);
    if let Some(at) = sibling(bytes, closed) {
        return Some(Link { at, how: How::Sibling });
    }
    if let Some(at) = past_attributes(bytes, start, closed) {
        return Some(Link { at, how: How::Element });
    }
    if bytes[closed..].starts_with(b"::") && bytes[..start].ends_with(b"-output name=") {
        return Some(Link { at: closed + 2, how: How::Tight });
    }
    let blank = skip_blanks(bytes, closed);
    if let Some(at) = continued(bytes, blank).filter(|_| blank > closed) {
        return Some(Link { at, how: How::Space });
    }
    if let Some(at) = listed_option(bytes, start, closed) {
        return Some(Link { at, how: How::Tight });
    }
    let at = skip_accessors(bytes, blank);
    let blanks = at > closed;
    let (len, how) = separator(&bytes[at..], quoted, blanks, is_atom(bytes, start, end))?;
    if how == How::Element && !opens_element(bytes, start, quoted) {
        return None;
    }
    let emphasis = if how == How::Colon && bytes[at + len..].starts_with(b"**") { 2 } else { 0 };
    let len = len + emphasis;
    let begins = skip_blanks(bytes, at + len);
    let begins = begins + if how == How::Space { option_len(&bytes[begins..]) } else { 0 };
    let tight = !blanks && begins == at + len;
    let how = if how == How::Assign && tight { How::Tight } else { how };
    Some(Link { at: begins, how })
}

/// Where the next element of a list without quotes starts, behind that of an option: `[--password, x, --port]`.
fn listed_option(bytes: &[u8], start: usize, closed: usize) -> Option<usize> {
    let next = *bytes.get(closed + 2)?;
    let listed = bytes[..start].ends_with(b"--") && bytes[closed..].starts_with(b", ");
    (listed && !matches!(next, b'-' | b'"' | b'\'' | b'$' | b' ' | b'\n')).then_some(closed + 2)
}

/// Where the next line starts if a backslash at byte `at` ends this one: `--password \\` over `x`.
fn continued(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes[at..].strip_prefix(b"\\")?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    Some(skip_blanks(bytes, bytes.len() - rest.len()))
}

/// Where the item below that of an option starts: `- --password\n    - x`.
fn next_item(bytes: &[u8], start: usize, closed: usize) -> Option<usize> {
    if !bytes[..start].ends_with(b"--") || bytes.get(closed) != Some(&b'\n') {
        return None;
    }
    let gutter = |b: &&u8| matches!(b, b' ' | b'+' | b'\t' | b'0'..=b'9') || **b >= 0x80;
    let blank = bytes[closed + 1..].iter().take(48).take_while(gutter).count();
    let item = closed + 1 + blank;
    bytes[item..].starts_with(b"- ").then_some(item + 2)
}

/// Where the text starts that is put into what a tool of a browser calls so: `"element": "Password field", "ref": "e1",
/// "text": "x"`.
fn described(bytes: &[u8], start: usize, closed: usize) -> Option<usize> {
    let is_mark = |b: &u8| matches!(b, b'"' | b'\\' | b':' | b' ');
    if start < 10 || !is_mark(&bytes[start - 1]) {
        return None;
    }
    let before = &bytes[start.saturating_sub(48)..start];
    let words = before.iter().rev().take_while(|b| b.is_ascii_alphabetic() || **b == b' ').count();
    let signs = before[..before.len() - words].iter().rev().take_while(|b| is_mark(b)).count();
    let key = &before[..before.len() - words - signs];
    if signs < 3 || !key.ends_with(b"element") {
        return None;
    }
    let rest = &bytes[closed..bytes.len().min(closed + SIBLING_GAP)];
    let text = memchr::memmem::find(rest, b"\"text")? + 5;
    let signs = rest[text..].iter().take_while(|b| matches!(b, b'"' | b'\\')).count();
    let rest = rest[text + signs..].strip_prefix(b":")?;
    Some(closed + text + signs + 1 + rest.iter().take_while(|b| **b == b' ').count())
}

/// Past the attributes of the element whose name is `start..end`: `<password type="x">`.
fn past_attributes(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    if start == 0 || bytes[start - 1] != b'<' || bytes.get(end) != Some(&b' ') {
        return None;
    }
    let rest = &bytes[end..bytes.len().min(end + 96)];
    let close = rest.iter().position(|b| matches!(b, b'>' | b'<' | b'\n')).filter(|&i| rest[i] == b'>')?;
    let attributes = &rest[..close];
    let valued = attributes.windows(6).any(|w| w.eq_ignore_ascii_case(b"value="));
    (attributes.contains(&b'=') && !attributes.ends_with(b"/") && !valued).then_some(end + close + 1)
}

/// Whether a name without quotes may stand before its value in a list: `{password, "x"}` of Erlang, `CURLOPT_PASSWORD, "x"`.
fn is_atom(bytes: &[u8], start: usize, end: usize) -> bool {
    start > 0 && bytes[start - 1] == b'{'
        || bytes[start..end].starts_with(b"CURLOPT_")
        || bytes[..start].ends_with(b"cpy(")
}

/// Past `{ get; set; }` of a property of C#.
fn skip_accessors(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..bytes.len().min(at + 64)];
    if !rest.starts_with(b"{ get;") {
        return at;
    }
    memchr::memchr(b'}', rest).map_or(at, |end| skip_blanks(bytes, at + end + 1))
}

/// The length of what a command or SQL has between name and value: `gh secret set NAME --body X`, `… password BY 'x'`.
fn option_len(rest: &[u8]) -> usize {
    const BETWEEN: &[&str] =
        &["--body ", "--body=", "-b ", "--value ", "BY ", "by ", "-String ", "-Value ", "--plaintext "];
    if matches!(rest, [b'0' | b'5' | b'7'..=b'9', b' ', next, ..] if *next > b' ') {
        return 2;
    }
    if rest.starts_with(b"-b'") || rest.starts_with(b"-b\"") {
        return 2;
    }
    BETWEEN.iter().find(|o| rest.starts_with(o.as_bytes())).map_or(0, |o| o.len())
}

/// The separator at the start of `rest`: its length and meaning.
fn separator(rest: &[u8], quoted: bool, blanks: bool, is_record: bool) -> Option<(usize, How)> {
    let next = rest.get(1).copied().unwrap_or(0);
    match *rest.first()? {
        b'=' => Some(match next {
            b'=' => (2 + usize::from(rest.get(2) == Some(&b'=')), How::Compare),
            b'>' => (2, How::Arrow),
            b'~' => return None,
            _ => (1, How::Assign),
        }),
        b':' => match next {
            b'=' => Some((2, How::Assign)),
            b':' => None,
            b'-' | b'?' | b'+' if rest.get(2).is_some_and(|b| !matches!(b, b' ' | b'-')) => {
                Some((2, How::Default))
            }
            _ => Some((1, How::Colon)),
        },
        b'+' | b'.' if next == b'=' => Some((2, How::Assign)),
        b'.' if rest.starts_with(LEADERS) => {
            let dots = rest.iter().take(96).take_while(|b| **b == b'.').count();
            Some((dots + usize::from(rest.get(dots) == Some(&b':')), How::Colon))
        }
        b'|' if next == b'|' => Some((2 + usize::from(rest.get(2) == Some(&b'=')), How::Default)),
        b'|' => Some((1, How::Cell)),
        b'?' if next == b'=' => Some((2, How::Assign)),
        b'?' if next == b'?' => Some((2 + usize::from(rest.get(2) == Some(&b'=')), How::Default)),
        b'?' if next == b':' => Some((2, How::Colon)),
        b'!' if next == b':' => Some((2, How::Colon)),
        b'!' if next == b'=' => Some((2 + usize::from(rest.get(2) == Some(&b'=')), How::Compare)),
        b',' if quoted || is_record => Some((1, How::Argument)),
        b'(' if !blanks => Some((1, How::Call)),
        b'[' => {
            let size =
                rest[1..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
            let at = 2 + size + rest.get(2 + size..)?.iter().take_while(|b| matches!(b, b' ')).count();
            (rest.get(1 + size) == Some(&b']') && rest.get(at) == Some(&b'='))
                .then_some((at + 1, How::Assign))
        }
        b'{' if matches!(next, b'"') && !blanks || rest.starts_with(b"{ \"") && blanks => {
            Some((1, How::Call))
        }
        b'>' => Some((1, How::Element)),
        b'&' if rest.starts_with(b"&gt;") => Some((4, How::Element)),
        b'.' if rest.starts_with(b".value = ") && quoted => Some((9, How::Assign)),
        b'w' if blanks && quoted && (rest.starts_with(b"with \"") || rest.starts_with(b"with '")) => {
            Some((5, How::Assign))
        }
        b')' if quoted_symbol(rest) => Some((4, How::Assign)),
        b'-' if next == b'>' && blanks => Some((2, How::Arrow)),
        b'<' if next == b'-' && blanks => Some((2, How::Assign)),
        b'<' if rest.starts_with(b"<<< ") && blanks => Some((3, How::Assign)),
        0xe2 if rest.starts_with("→".as_bytes()) => Some((3, How::Arrow)),
        0xe2 if blanks && rest.starts_with("│".as_bytes()) => Some((3, How::Cell)),
        0xef if rest.starts_with("：".as_bytes()) => Some((3, How::Colon)),
        b if blanks && !matches!(b, b'\n' | b'\r' | b')' | b']' | b'}') => Some((0, How::Space)),
        _ => None,
    }
}

/// Whether a block with a literal follows: `let(:password) { 'x' }`.
fn quoted_symbol(rest: &[u8]) -> bool {
    rest.starts_with(b") { '") || rest.starts_with(b") { \"")
}

/// Past the quotes, escapes, brackets and emphasis that may close a name; whether there was a quote.
fn skip_closers(bytes: &[u8], end: usize) -> (usize, bool) {
    let mut quoted = false;
    let mut at = end;
    while let Some(&b) = bytes.get(at).filter(|_| at - end < MOST_CLOSERS) {
        match b {
            b'\\' if !matches!(bytes.get(at + 1), Some(b'\\' | b'"' | b'\'' | b'`')) => break,
            b'"' | b'\'' | b'`' | b'\\' => quoted = true,
            b']' | b'*' => {}
            b')' if quoted && bytes[at..].starts_with(b").value = ") => {}
            b'_' if bytes.get(at + 1) == Some(&b'_') || bytes.get(at.wrapping_sub(1)) == Some(&b'_') => {}
            _ => break,
        }
        at += 1;
    }
    (at, quoted)
}

/// Past blanks and tabs.
pub(super) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..].iter().take(64).take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// Whether the name at `start` opens an element, as in `<name>`, or is the value of an attribute, as in
/// `<entry key="name">`.
fn opens_element(bytes: &[u8], start: usize, quoted: bool) -> bool {
    let before = &bytes[start.saturating_sub(64)..start];
    match before.last() {
        // A page as text: `&lt;password&gt;`.
        Some(b';') => before.ends_with(b"&lt;"),
        // Of a generic type: `Mixin<Pass> {`.
        Some(b'<') => !before.len().checked_sub(2).is_some_and(|i| before[i].is_ascii_alphanumeric()),
        Some(b':') => before.contains(&b'<'),
        _ => quoted && before.contains(&b'<'),
    }
}

/// Where the value starts if after a name comes a `value` of its own: `"name": "X", "value": "…"`,
/// `key="X" value="…"`, `<key>X</key><string>…`.
fn sibling(bytes: &[u8], closed: usize) -> Option<usize> {
    let rest = &bytes[closed..bytes.len().min(closed + SIBLING_GAP)];
    let colon = usize::from(rest.first() == Some(&b':'));
    if rest[colon..].starts_with(b"</") {
        return marked_up(rest, colon).map(|at| closed + at);
    }
    if let Some(len) = numbered(rest) {
        return Some(closed + len);
    }
    let skip = |from: usize, set: &[u8]| from + rest[from..].iter().take_while(|b| set.contains(b)).count();
    // Signs, and what a reader of files puts before a line.
    let skip_gap = |from: usize| {
        let end = skip(from, GAP);
        let line = new_line(
            &rest[..end - rest[..end].iter().rev().take_while(|b| **b == b' ').count()],
            &rest[end..],
        );
        if line > 0 { skip(end + line, GAP) } else { end }
    };
    let mut word = skip_gap(0);
    if !rest[..word].iter().any(|b| matches!(b, b' ' | b'\n' | b',' | b';' | b'{')) {
        return None;
    }
    while let Some(len) = member(&rest[word..]) {
        word = skip_gap(word + len);
    }
    let after = [
        "parametervalue",
        "defaultvalue",
        "default_value",
        "default",
        "secret_string",
        "value",
        "val",
        "content",
    ]
    .iter()
    .find(|w| rest.get(word..word + w.len()).is_some_and(|have| have.eq_ignore_ascii_case(w.as_bytes())))
    .map(|w| word + w.len())?;
    let colon = skip(after, b"\\\"' ");
    // Of a page's `<meta name="x" content="y">`, not of a message.
    let page = rest[word..after].eq_ignore_ascii_case(b"content");
    let sign = rest.get(colon).filter(|b| matches!(b, b':' | b'=') && !(page && **b == b':'))?;
    let sign = usize::from(*sign == b'=' && rest.get(colon + 1) == Some(&b'>'));
    let value = skip(colon + 1 + sign, b" \t");
    Some(closed + value)
}

/// Where the value starts in the element after that of a name, which closes at byte `at`: `…</key><string>x`,
/// `…</span><span class="o">=</span><span class="s">x`.
fn marked_up(rest: &[u8], at: usize) -> Option<usize> {
    const TAGS: [&str; 15] = [
        "string", "value", "Value", "data", "dd", "td", "Plain", "plain", "span", "code", "kbd", "strong",
        "b>", "p>", "div",
    ];
    let mut at = at;
    let mut named = false;
    loop {
        at += rest[at..].iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b':' | b'=')).count();
        at += new_line(&rest[..at], &rest[at..]);
        let tag = rest[at..].strip_prefix(b"<");
        let Some(tag) = tag else { return named.then_some(at) };
        named |= TAGS.iter().any(|t| tag.starts_with(t.as_bytes()));
        if !tag.starts_with(b"/") && !TAGS.iter().any(|t| tag.starts_with(t.as_bytes())) {
            return None;
        }
        at += 2 + memchr::memchr(b'>', tag)?;
    }
}

/// The length of what a patch or a reader of files puts before a line, if `before` ends one: `+\t`, `12\t`.
fn new_line(before: &[u8], rest: &[u8]) -> usize {
    let blanks = before.iter().rev().take_while(|b| **b == b' ').count();
    if !before[..before.len() - blanks].ends_with(b"\n") {
        return 0;
    }
    let named = place(rest);
    if named > 0 {
        return named;
    }
    let digits = rest.iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    let sign = match rest.get(digits) {
        Some(b'+' | b'-') if digits == 0 => 1,
        Some(b'\t') if digits > 0 => digits + 1,
        Some(0xe2) if digits > 0 && rest[digits..].starts_with("→".as_bytes()) => digits + 3,
        _ => return 0,
    };
    sign + rest[sign..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// The length of the place that a search names before a line, and the blanks behind it: `main.tf:22:  `, `main.tf-23-  `.
fn place(rest: &[u8]) -> usize {
    let path = |b: &&u8| b.is_ascii_alphanumeric() || b"._-/".contains(b);
    let len = rest.iter().take(96).take_while(path).count();
    let signed = |sign: u8, rest: &[u8]| {
        let digits = rest.iter().take(7).take_while(|b| b.is_ascii_digit()).count();
        (digits > 0 && rest.get(digits) == Some(&sign)).then_some(digits + 1)
    };
    let found = match rest.get(len) {
        Some(b':') if len > 0 => signed(b':', &rest[len + 1..]).map(|number| len + 1 + number),
        _ => None,
    };
    let Some(end) = found else { return 0 };
    end + rest[end..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// What may stand between a name, its members and a `value`: signs, and the letters of escapes.
const GAP: &[u8] = b" \t\r\n,;:{\\\"'-+|rn";

/// The length of a member that says how a value is, not what: `sensitive": true`, `Type: String`.
fn member(rest: &[u8]) -> Option<usize> {
    const KEYS: [&str; 14] = [
        // `ref`, whose first letter may be one of an escape.
        "ef",
        "sensitive",
        "type",
        "slotsetting",
        "noecho",
        "secure",
        "secured",
        "purpose",
        "label",
        "encrypted",
        "protected",
        "masked",
        "enabled",
        "issecret",
    ];
    let key = KEYS.iter().find(|key| {
        rest.get(..key.len()).is_some_and(|have| have.eq_ignore_ascii_case(key.as_bytes()))
            && matches!(rest.get(key.len()), Some(b'"' | b'\'' | b':' | b'\\' | b' ' | b'='))
    })?;
    let signs = |from: usize| {
        rest[from..].iter().take_while(|b| matches!(b, b'"' | b'\'' | b':' | b'\\' | b' ' | b'=')).count()
    };
    let value = key.len() + signs(key.len());
    let word = rest[value..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    (word > 0 && rest[key.len()..value].iter().any(|b| matches!(b, b':' | b'='))).then_some(value + word)
}

/// The length of a line break and a number before the next element of a list as Redis and R print it: `\n2) "x"`,
/// `\n[1] "x"`.
fn numbered(rest: &[u8]) -> Option<usize> {
    let at = usize::from(rest.starts_with(b"\n"));
    let tail = &rest[at..];
    if at == 0 || !matches!(tail.first(), Some(b'[' | b'1'..=b'9')) {
        return None;
    }
    let tail = tail.strip_prefix(b"[").unwrap_or(tail);
    let digits = tail.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let close =
        matches!(tail.get(digits), Some(b')' | b']')) && tail.get(digits + 1..digits + 3) == Some(b" \"");
    (digits > 0 && close).then(|| rest.len() - tail.len() + digits + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_every_separator() {
        for (text, how, rest) in [
            ("N=v", How::Tight, "v"),
            ("N = v", How::Assign, "v"),
            ("N := v", How::Assign, "v"),
            ("N: v", How::Colon, "v"),
            ("N\\\": \\\"v", How::Colon, "\\\"v"),
            ("N' => 'v'", How::Arrow, "'v'"),
            ("N'] = 'v'", How::Assign, "'v'"),
            ("N == 'v'", How::Compare, "'v'"),
            ("N......v", How::Colon, "v"),
            ("N ..... v", How::Colon, "v"),
            ("N !== 'v'", How::Compare, "'v'"),
            ("N || 'v'", How::Default, "'v'"),
            ("N:-v}", How::Default, "v}"),
            ("N('v')", How::Call, "'v')"),
            ("N\", \"v\"", How::Argument, "\"v\""),
            ("N | v |", How::Cell, "v |"),
            ("N v", How::Space, "v"),
            ("N**: v", How::Colon, "v"),
            ("N?: v", How::Colon, "v"),
            ("N\", \"value\": \"v\"", How::Sibling, "\"v\""),
            ("N\n      value: v", How::Sibling, "v"),
            ("N\" value=\"v\"", How::Sibling, "\"v\""),
            ("N</key><string>v</string>", How::Sibling, "v</string>"),
        ] {
            let link = after(text.as_bytes(), 0, 1).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((link.how, &text[link.at..]), (how, rest), "{text}");
        }
        let element = "<N>v</N>";
        assert_eq!(after(element.as_bytes(), 1, 2), Some(Link { at: 3, how: How::Element }));
        for text in ["N::new()", "N)", "N\nv", "N.x", "N, v", "N > v"] {
            assert_eq!(after(text.as_bytes(), 0, 1), None, "{text}");
        }
    }
}
