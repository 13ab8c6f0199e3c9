//! A value that stands before its name: `"value": "x", "name": "DB_PASSWORD"`.

use super::Value;

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 256;

/// The value before the name that starts at `start`, if that is what a key `name` or `key` says.
pub(super) fn before(bytes: &[u8], start: usize) -> Option<Value> {
    let text = &bytes[start.saturating_sub(LONGEST)..start];
    let is_mark = |b: &u8| matches!(b, b'"' | b'\'' | b'\\');
    let trim =
        |text: &[u8], of: fn(&u8) -> bool| text.len() - text.iter().rev().take_while(|b| of(b)).count();
    let key = &text[..trim(text, |b| matches!(b, b'"' | b'\'' | b'\\' | b' ' | b':' | b'='))];
    let signs = &text[key.len()..];
    let attribute = signs == b"=\"" || signs == b"='" || signs == b"=\\\"";
    let listed = signs == b": ";
    if !attribute && !listed && (!signs.contains(&b':') || !text.last().is_some_and(is_mark)) {
        return None;
    }
    let rest = [&b"name"[..], b"Name", b"key", b"Key"].into_iter().find_map(|word| key.strip_suffix(word))?;
    let outer = trim(rest, |b| matches!(b, b'"' | b'\'' | b'\\' | b' ' | b'\n' | b'+'));
    let (rest, gap) = rest.split_at(outer);
    let rest = match attribute {
        // `value="x" key="`
        true if gap.starts_with(b"\"") || gap.starts_with(b"'") || gap.starts_with(b"\\\"") => {
            &text[..outer + 1 + usize::from(gap[0] == b'\\')]
        }
        true => return None,
        // `value: "x"`, and `name: ` on the next line.
        false if listed => line_above(&text[..outer + gap.len()])?,
        false => rest.strip_suffix(b",")?,
    };
    let quote = *rest.last().filter(|b| matches!(b, b'"' | b'\''))?;
    let inside = &rest[..rest.len() - 1];
    let inside = &inside[..trim(inside, |b| *b == b'\\')];
    let open = memchr::memrchr(quote, inside)?;
    let head = &inside[..trim(&inside[..open], |b| matches!(b, b'"' | b'\'' | b'\\' | b' '))];
    let head = head.strip_suffix(if attribute { b"=" } else { b":" })?;
    let head = &head[..trim(head, |b| matches!(b, b'"' | b'\'' | b'\\' | b' '))];
    let from = start - text.len();
    let is_value = head.len() >= 5 && head[head.len() - 5..].eq_ignore_ascii_case(b"value");
    is_value.then_some(Value { start: from + open + 1, end: from + inside.len(), quoted: true })
}

/// The line above what a patch or a reader of files puts before one, and blanks: `value: "x"\n    12→`.
fn line_above(text: &[u8]) -> Option<&[u8]> {
    let line = memchr::memrchr(b'\n', text)?;
    let gutter = |b: &u8| matches!(b, b' ' | b'+' | b'-' | b'\t' | b'0'..=b'9') || *b >= 0x80;
    text[line + 1..].iter().all(gutter).then(|| text[..line].trim_ascii_end())
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_values_before_their_names() {
        for text in [
            "{\"value\": \"«Comet84x»\", \"name\": \"DB_PASSWORD\"}",
            "{\\\"value\\\":\\\"«Comet84x»\\\",\\\"key\\\":\\\"DB_PASSWORD\\\"}",
            "<add value=\"«Comet84x»\" key=\"FtpPassword\" />",
            "env:\n  - value: \"«Comet84x»\"\n    name: DB_PASSWORD\n",
            "  3→  - value: \"«Comet84x»\"\n  4→    name: DB_PASSWORD\n",
            "+  - value: '«Comet84x»'\n+    name: DB_PASSWORD\n",
            "<property value=\"«Comet84x»\" name=\"db.password\"/>",
            "<input value=\"Comet84x\" name=\"theme\">",
            "  - value: \"Comet84x\"\n    name: THEME\n",
            "{\"value\": \"Comet84x\", \"name\": \"theme\"}",
            "{\"label\": \"Comet84x\", \"name\": \"DB_PASSWORD\"}",
            "Content-Disposition: form-data; name=\"password\"\r\n\r\n«Comet84x»\r\n--x",
        ] {
            check(text);
        }
    }
}
