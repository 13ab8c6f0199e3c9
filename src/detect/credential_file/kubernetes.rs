//! The `data` and `stringData` of a Kubernetes Secret, as YAML and as JSON in a text.

use super::{push, reference};
use crate::rule::Confidence;

/// How far from `kind: Secret` its data may stand, in bytes.
const REACH: usize = 16 << 10;

/// The most entries of a secret.
const MOST_ENTRIES: usize = 64;

/// Looks at the word `Secret` at byte `at`.
pub(super) fn find(bytes: &[u8], at: usize, hits: &mut super::Hits) {
    let before = &bytes[at.saturating_sub(16)..at];
    let tail = bytes.get(at + 6).copied().unwrap_or(b'\n');
    let Some(kind) = memchr::memmem::rfind(before, b"kind").map(|i| &before[i + 4..]) else { return };
    let said = kind.iter().all(|b| matches!(b, b':' | b' ' | b'"' | b'\'' | b'\\')) && kind.contains(&b':');
    if !said || tail.is_ascii_alphanumeric() || !bytes[at..].starts_with(b"Secret") {
        return;
    }
    let (from, to) = document(bytes, at);
    for name in [&b"data"[..], b"stringData"] {
        let mut start = from;
        while let Some(found) = memchr::memmem::find(&bytes[start..to], name).map(|i| start + i) {
            start = found + name.len();
            let alone = found == 0 || !bytes[found - 1].is_ascii_alphanumeric() && bytes[found - 1] != b'.';
            if alone {
                entries(bytes, start, to, hits);
            }
        }
    }
}

/// The document around `at`: up to `---` or another `kind`.
fn document(bytes: &[u8], at: usize) -> (usize, usize) {
    let low = at.saturating_sub(REACH);
    let start = memchr::memmem::rfind(&bytes[low..at], b"\n---").map_or(low, |i| low + i);
    let high = bytes.len().min(at + REACH);
    let rest = &bytes[at..high];
    let ends =
        [&b"\n---"[..], b"kind:", b"\"kind\""].iter().filter_map(|e| memchr::memmem::find(rest, e)).min();
    (start, ends.map_or(high, |i| at + i))
}

/// The entries after the name `data`: an indented block, or an object in braces.
fn entries(bytes: &[u8], at: usize, limit: usize, hits: &mut super::Hits) {
    let skip =
        bytes[at..limit].iter().take_while(|b| matches!(b, b'"' | b'\'' | b'\\' | b':' | b' ')).count();
    let open = at + skip;
    if !bytes[at..open].contains(&b':') {
        return;
    }
    match bytes.get(open) {
        Some(b'{') => braces(bytes, open + 1, limit, hits),
        Some(b'\n' | b'\r') => block(bytes, open, limit, hits),
        _ => {}
    }
}

/// How certificates begin in base64, which all may read.
const PUBLIC: &[u8] = b"LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR";

fn braces(bytes: &[u8], at: usize, limit: usize, hits: &mut super::Hits) {
    let close = memchr::memchr(b'}', &bytes[at..limit]).map_or(limit, |i| at + i);
    let mut from = at;
    for _ in 0..MOST_ENTRIES {
        let Some(colon) = memchr::memchr(b':', &bytes[from..close]).map(|i| from + i + 1) else { return };
        let start = colon
            + bytes[colon..close].iter().take_while(|b| matches!(b, b' ' | b'"' | b'\\' | b'\n')).count();
        let len = bytes[start..close]
            .iter()
            .position(|b| matches!(b, b'"' | b',' | b'\\'))
            .unwrap_or(close - start);
        value(bytes, start, start + len, hits);
        from = start + len;
    }
}

fn block(bytes: &[u8], at: usize, limit: usize, hits: &mut super::Hits) {
    let mut from = at + 1;
    let mut indent = None;
    for _ in 0..MOST_ENTRIES {
        let end = memchr::memchr(b'\n', &bytes[from..limit]).map_or(limit, |i| from + i);
        let line = &bytes[from..end];
        let blank = line.iter().take_while(|&&b| b == b' ').count();
        if line.trim_ascii().is_empty() || blank == 0 || blank < *indent.get_or_insert(blank) {
            return;
        }
        let colon = line.iter().position(|&b| b == b':').map(|i| i + 1);
        let name_end = colon.filter(|_| Some(blank) == indent).unwrap_or(blank);
        let start = from
            + name_end
            + line[name_end..].iter().take_while(|b| matches!(b, b' ' | b'"' | b'\'')).count();
        let stop = end
            - bytes[start.min(end)..end]
                .iter()
                .rev()
                .take_while(|b| matches!(b, b' ' | b'"' | b'\'' | b'\r'))
                .count();
        value(bytes, start, stop, hits);
        if end >= limit {
            return;
        }
        from = end + 1;
    }
}

fn value(bytes: &[u8], start: usize, end: usize, hits: &mut super::Hits) {
    if start < end
        && end - start >= 4
        && !matches!(&bytes[start..end], b"|-" | b">-")
        && !bytes[start..end].starts_with(PUBLIC)
        && !reference::is_explained(&bytes[start..end])
    {
        push(hits, start, end, Confidence::High, "an entry of a Kubernetes secret");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_every_entry_of_a_secret() {
        for text in [
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\ndata:\n  user: «Ym9i»\n  note: «aHVudGVyMg==»\ntype: Opaque\n",
            "apiVersion: v1\ndata:\n  note: «aHVudGVyMg==»\nkind: Secret\n",
            "kind: Secret\ndata:\n  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUQ=\n  tls.key: «aHVudGVyMg==»\n",
            "kind: Secret\nstringData:\n  note: «hunter two»\n",
            "{\"data\":{\"note\":\"«aHVudGVyMg==»\",\"b\":\"«c2Vzc2FtZQ==»\"},\"kind\":\"Secret\"}",
        ] {
            check(text);
        }
        for text in [
            "kind: ConfigMap\ndata:\n  note: aHVudGVyMg==\n",
            "kind: SecretStore\ndata:\n  note: aHVudGVyMg==\n",
        ] {
            check(text);
        }
    }
}
