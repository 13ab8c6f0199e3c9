//! Cookies as objects of a list, as browsers and recorders of traffic keep them: `"cookies": [{"name": "sid", "value": "x"}]`.

use super::{assignment, header, subject::Hits};

/// The longest list that is looked at, in bytes.
const LONGEST: usize = 16 << 10;

/// The most bytes between the name of a cookie and its value: quotes, signs, backslashes, blanks and the key.
const GAP: usize = 32;

/// Looks at the list under the key `cookies` that ends at byte `end`.
pub(super) fn find(bytes: &[u8], end: usize, hits: &mut Hits) {
    let is_sign = |b: &&u8| matches!(b, b'"' | b'\\' | b':' | b' ' | b'\n');
    let open = end + bytes[end..].iter().take(GAP).take_while(is_sign).count();
    if open == end || bytes.get(open) != Some(&b'[') {
        return;
    }
    let limit = bytes.len().min(open + LONGEST);
    let mut at = open;
    while let Some(name) = memchr::memmem::find(&bytes[at..limit], b"\"name").map(|i| at + i + 5) {
        at = name;
        let Some(name) = member(bytes, name) else { continue };
        let signs = bytes[name.1..].iter().take(GAP).take_while(|b| is_sign(b) || **b == b',').count();
        let value = name.1 + signs;
        at = value;
        if !bytes[value..].starts_with(b"value") {
            continue;
        }
        let Some(value) = member(bytes, value + 5) else { continue };
        header::take_cookie(bytes, name, value, hits);
        at = value.1;
    }
}

/// The text of the member whose key ends at `end`, its first and one past its last byte.
fn member(bytes: &[u8], end: usize) -> Option<(usize, usize)> {
    let close = bytes[end..].iter().take(8).take_while(|b| matches!(b, b'"' | b'\\')).count();
    let rest = bytes[end + close..].strip_prefix(b":")?;
    let blank = rest.iter().take(8).take_while(|b| matches!(b, b' ' | b'\n')).count();
    let found = assignment::literal(bytes, end + close + 1 + blank)?;
    Some((found.start, found.end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_cookies_in_lists() {
        for text in [
            r#"{"cookies":[{"name":"connect.sid","value":"«s%3Aq7n2k5m9x3.vB8kQ2zT»","domain":"a.io"}],"origins":[]}"#,
            r#"{"cookies": [{"name": "theme", "value": "dark-blue-7"}, {"name": "sid", "value": "«q7n2k5m9x3»"}]}"#,
            r#"{\"cookies\":[{\"name\":\"sid\",\"value\":\"«q7n2k5m9x3»\"}]}"#,
            r#"{"cookies":[]}"#,
            r#"{"cookies":[{"name":"_ga","value":"GA1.2.111.222"}]}"#,
        ] {
            check(text);
        }
    }
}
