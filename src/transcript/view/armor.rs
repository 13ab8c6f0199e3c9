//! Keys in PEM armour, of which every line starts or ends with something else: numbers, signs, quotes.

use super::{
    Builder, View,
    class::{self, RUN},
    inline, lines, literal,
};
use memchr::memmem;
use std::ops::Range;

/// How a key starts.
const BEGIN: &[u8] = b"-----BEGIN";

/// How it ends.
const END: &[u8] = b"-----END";

/// The longest key with everything around its lines, in bytes.
const LONGEST: usize = 32 << 10;

/// How much is taken along of a key without an end.
const OPEN: usize = 8 << 10;

/// The ranges of `bytes` where keys are of which `hints`, sorted, say where a word of the header is.
#[must_use]
pub(crate) fn blocks(bytes: &[u8], hints: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for hint in hints {
        if out.last().is_some_and(|last| hint < last.end) {
            continue;
        }
        let start = inline::line_start(bytes, hint).max(out.last().map_or(0, |last| last.end));
        let window = &bytes[hint..bytes.len().min(hint + LONGEST)];
        let end = match memmem::find(window, END) {
            Some(end) => inline::line_end(bytes, hint + end + END.len()),
            None => inline::line_end(bytes, bytes.len().min(hint + OPEN)),
        };
        out.push(start..end);
    }
    out
}

/// The view of the keys in `blocks` with nothing on their lines but what belongs to them, if that changes any.
#[must_use]
pub(crate) fn strip(view: &View<'_>, blocks: &[Range<usize>]) -> Option<View<'static>> {
    if view.history.relined {
        return None;
    }
    let mut out = Builder::new(view, blocks.iter().map(ExactSizeIterator::len).sum());
    let mut changed = false;
    for block in blocks.iter().filter(|block| view.is_new(block.start, block.end)) {
        changed |= strip_one(view.bytes(), block.clone(), &mut out);
        out.glue(inline::BREAK);
    }
    let mut stripped = changed.then(|| out.finish())?;
    stripped.history.relined = true;
    Some(stripped)
}

/// Tells `out` what of one block belongs to the key; says whether anything does not.
fn strip_one(bytes: &[u8], block: Range<usize>, out: &mut Builder<'_, '_>) -> bool {
    let Some(begin) = memmem::find(&bytes[block.clone()], BEGIN).map(|at| block.start + at) else {
        return false;
    };
    let start = inline::line_start(bytes, begin).max(block.start);
    let lead = &bytes[start..begin];
    let body = body_lead(bytes, begin, block.end);
    let header = begin..dashes_end(bytes, begin + BEGIN.len(), block.end);
    out.copy(header.start, header.end);
    let mut changed = !lead.is_empty();
    let mut line = header.end;
    while let Some(newline) = memchr::memchr(b'\n', &bytes[line..block.end]).map(|at| line + at) {
        out.copy(newline, newline + 1);
        line = newline + 1;
        let end = memchr::memchr(b'\n', &bytes[line..block.end]).map_or(block.end, |at| line + at);
        let kept = kept_of_line(bytes, [lead, body], line..end);
        changed |= kept.start > line || kept.end + 1 < end;
        if !kept.is_empty() {
            out.seam();
            out.copy(kept.start, kept.end);
        }
        if bytes[kept].starts_with(END) {
            break;
        }
    }
    changed
}

/// What stands before the longest run of the second line after the header, which a key of two lines has not.
fn body_lead(bytes: &[u8], begin: usize, end: usize) -> &[u8] {
    let line = bytes[begin..end].split(|&b| b == b'\n').nth(2).unwrap_or_default();
    let runs = line.split(|&b| !class::is(b, RUN));
    let longest = runs.max_by_key(|run| run.len()).unwrap_or_default();
    let at = memmem::find(line, longest).unwrap_or(0);
    if longest.starts_with(b"-----") { b"" } else { &line[..at] }
}

/// What of a line belongs to a key that has one of `leads` before its lines.
fn kept_of_line(bytes: &[u8], leads: [&[u8]; 2], line: Range<usize>) -> Range<usize> {
    let text = &bytes[..line.end];
    let lead = leads.iter().map(|lead| lines::common_start(lead, &text[line.start..])).max();
    let mut from = line.start + lead.unwrap_or(0);
    let sign = leads[0].last().filter(|sign| matches!(sign, b'+' | b'-'));
    let signed =
        sign.is_some() && text.get(from) == sign && (from == line.start || text.get(from - 1) != sign);
    from += usize::from(signed);
    from += text[from..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let quote = text[from..].iter().take(8).copied().find(|b| matches!(b, b'"' | b'\'' | b'`'));
    if let Some((open, _)) = quote.and_then(|quote| literal::opening(text, from, quote)) {
        from = open;
    }
    if text[from..].starts_with(END) {
        return from..dashes_end(text, from + END.len(), line.end);
    }
    let body = class::end_of(text, from, RUN);
    if text.get(body) == Some(&b':') {
        let header = &text[from..];
        let close =
            header.iter().position(|b| matches!(b, b'"' | b'\'' | b'\\' | b'\r')).unwrap_or(header.len());
        return from..from + close;
    }
    from..body + text[body..].iter().take(2).take_while(|&&b| b == b'=').count()
}

/// The end of the dashes that come after the words at `from`.
fn dashes_end(bytes: &[u8], from: usize, limit: usize) -> usize {
    let words = bytes[from..limit].iter().take(80).take_while(|&&b| b != b'-' && b != b'\n').count();
    from + words + bytes[from + words..limit].iter().take(5).take_while(|&&b| b == b'-').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [&str; 4] = [
        "-----BEGIN SYNTHETIC PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
        "+x/y9w0BAQEFAASCBKcwggSj",
        "-----END SYNTHETIC PRIVATE KEY-----",
    ];

    fn stripped(text: &str) -> Option<String> {
        let view = View::identity(text.as_bytes(), 0);
        let blocks = blocks(text.as_bytes(), memmem::find_iter(text.as_bytes(), BEGIN));
        strip(&view, &blocks).map(|v| String::from_utf8(v.bytes().to_vec()).unwrap())
    }

    #[test]
    fn a_key_is_whole_whatever_its_lines_start_and_end_with() {
        let numbered = |sign: &'static str| move |i: usize, line: &str| format!("{:6}{sign}{line}\n", i + 8);
        let framed = |a: &'static str, b: &'static str| move |_: usize, line: &str| format!("{a}{line}{b}\n");
        type Wrapping = Box<dyn Fn(usize, &str) -> String>;
        let wrappings: Vec<Wrapping> = vec![
            Box::new(numbered("→")),
            Box::new(numbered("\t")),
            Box::new(numbered("|")),
            Box::new(framed("+", "")),
            Box::new(framed("-", "")),
            Box::new(framed("> ", "")),
            Box::new(framed("    ", "")),
            Box::new(framed(" * ", "")),
            Box::new(framed("// ", "")),
            Box::new(framed("  \"", "\\n\" +")),
            Box::new(framed("'", "\\n'")),
            Box::new(framed("echo \"", "\" >> key.pem")),
            Box::new(framed("    \"", "\",")),
            Box::new(framed("app-1  | ", "\r")),
            Box::new(|i, line| format!("config/key.pem:{}:{line}\n", i + 98)),
            Box::new(|i, line| format!("2024-05-17T10:00:0{i}.123Z stdout F {line}\n")),
        ];
        for wrap in wrappings {
            let text: String = KEY.iter().enumerate().map(|(i, line)| wrap(i, line)).collect();
            let whole = stripped(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(whole.trim_end(), KEY.join("\n"), "{text}");
        }
    }

    #[test]
    fn a_key_that_stands_alone_needs_no_view() {
        let key = KEY.join("\n");
        assert_eq!(stripped(&key), None);
        assert_eq!(stripped(&key.replace('\n', "\r\n")), None);
    }

    #[test]
    fn a_header_in_an_assignment_has_no_lead() {
        let text = format!("  12→KEY = \"{}\n  13→{}\n  14→{}\n  15→{}\"", KEY[0], KEY[1], KEY[2], KEY[3]);
        assert_eq!(stripped(&text).unwrap().trim_end(), KEY.join("\n"));
    }
}
