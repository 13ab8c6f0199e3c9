//! Lines without what a tool puts before them, where a name ends its line and its value stands in the next: numbers of
//! `cat -n`, signs of a patch, places that `grep` tells, who said a line of a log and when.

use super::{Builder, View};
use std::ops::Range;

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 240;

/// How many lines below that of a name are taken along.
const BELOW: usize = 5;

/// Whether the name that holds byte `at` ends a line which something stands before, and says that more follows.
#[must_use]
pub(crate) fn leads_on(bytes: &[u8], at: usize) -> bool {
    let is_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let rest = &bytes[at..bytes.len().min(at + LONGEST)];
    let rest = &rest[rest.iter().take_while(is_name).count()..];
    let Some(end) = rest.iter().take(16).position(|b| *b == b'\n') else {
        return heads_table(bytes, at, rest);
    };
    let (signs, below) = (&rest[..end], &rest[end + 1..]);
    if !signs.iter().all(|b| b"\"'`:,{|>[( \r-/".contains(b)) {
        return heads_table(bytes, at, rest);
    }
    let line = start(bytes, at);
    let Some(prefix) = prefix(&bytes[line..at]) else { return false };
    // A comment leads on into the next one.
    if matches!(bytes[line], b'#' | b'/' | b';') && below.first() != Some(&bytes[line]) {
        return false;
    }
    let before = &bytes[(line + prefix).min(at)..at];
    let before = &before[..before.len() - before.iter().rev().take_while(is_name).count()];
    let opens = matches!(signs.trim_ascii_end().last(), Some(b':' | b'>' | b'|' | b'-'));
    match before.iter().all(|b| b" \t\"'`-<{[(".contains(b)) {
        true => opens || holds_value(below) || before.ends_with(b"--") || heads_table(bytes, at, rest),
        false => {
            (names(before) || before.ends_with(b"data; name=\""))
                && (signs.ends_with(b"\"") || holds_value(below) || holds_value(above(bytes, line)))
                || before.starts_with(b"$ ") && signs.is_empty()
                || before.ends_with(b"expect \"") && below.windows(5).any(|word| word == b"send ")
                || heads_table(bytes, at, rest)
        }
    }
}

/// The line above the one that starts at byte `line`.
fn above(bytes: &[u8], line: usize) -> &[u8] {
    line.checked_sub(1).map_or(&[], |end| &bytes[start(bytes, end)..end])
}

/// Whether the name around byte `at`, which `rest` follows, heads a column on a line that something stands before: names
/// with commas, bars or wide gaps between, and nothing else.
fn heads_table(bytes: &[u8], at: usize, rest: &[u8]) -> bool {
    let calm = |b: &u8| b.is_ascii_alphanumeric() || b"_-,;| \"\t\r".contains(b) || *b >= 0x80;
    // A single blank is one of sentences and code.
    if !matches!(rest, [b',' | b';' | b'|' | b'\t' | b'\n' | 0x80.., ..] | [b' ', b' ' | b'|' | 0x80.., ..]) {
        return false;
    }
    let end = rest.iter().take_while(|b| calm(b)).count();
    if rest.get(end) != Some(&b'\n') {
        return false;
    }
    let line = start(bytes, at);
    let Some(prefix) = prefix(&bytes[line..at]) else { return false };
    let before = &bytes[(line + prefix).min(at)..at];
    let head = &bytes[(line + prefix).min(at)..at + end];
    let row = &rest[end + 1..];
    let row = &row[..memchr::memchr(b'\n', row).unwrap_or(row.len())];
    before.iter().all(calm) && is_row(row, head.trim_ascii())
}

/// Whether `row` has as many cells as the head of a table, and no code: what divides them stands in it as often.
fn is_row(row: &[u8], head: &[u8]) -> bool {
    let count = |text: &[u8], sign: u8| memchr::memchr_iter(sign, text).count();
    let signs = [b'|', b';', b',', b'\t'];
    let divided = match signs.into_iter().find(|&sign| count(head, sign) > 0) {
        Some(sign) => count(row, sign) >= count(head, sign),
        None if head.iter().any(|b| *b >= 0x80) => row.iter().any(|b| *b >= 0x80),
        None => [head, row].iter().all(|text| memchr::memmem::find(text, b"   ").is_some()),
    };
    divided
        && row.iter().any(u8::is_ascii_digit)
        && !row.iter().any(|b| matches!(b, b'(' | b'{' | b'[' | b'='))
        && !row.ends_with(b",")
}

/// Whether a line says that it holds a name, and the next one the value: `- name: `, `"key": "`.
fn names(before: &[u8]) -> bool {
    const KEYS: [&[u8]; 5] = [b"name", b"key", b"Name", b"Key", b"variable"];
    let trim = |text: &[u8]| text.len() - text.iter().rev().take_while(|b| b" \"':=".contains(b)).count();
    let key = &before[..trim(before)];
    key.len() < before.len() && KEYS.iter().any(|word| key.ends_with(word))
}

/// Whether the first lines have a member of their own for the value.
fn holds_value(below: &[u8]) -> bool {
    const MEMBERS: [&[u8]; 4] = [b"alue", b"efault", b"<string", b"ALUE"];
    let last = memchr::memchr_iter(b'\n', below).nth(BELOW - 1).unwrap_or(below.len());
    let below = &below[..last];
    MEMBERS.iter().any(|member| memchr::memmem::find(below, member).is_some())
}

/// The view of the lines around each of `names`, sorted, without what stands before them, if that is anything.
#[must_use]
pub(crate) fn undress(view: &View<'_>, names: impl Iterator<Item = usize>) -> Option<View<'static>> {
    if view.history.relined {
        return None;
    }
    let bytes = view.bytes();
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for at in names.filter(|&at| leads_on(bytes, at)) {
        let from = start(bytes, start(bytes, at).saturating_sub(1));
        let to = (0..=BELOW).fold(at, |at, _| end(bytes, (at + 1).min(bytes.len())));
        match blocks.last_mut().filter(|last| last.end >= from) {
            Some(last) => last.end = last.end.max(to),
            None => blocks.push(from..to),
        }
    }
    blocks.retain(|block| view.is_new(block.start, block.end));
    if blocks.is_empty() {
        return None;
    }
    let mut out = Builder::new(view, blocks.iter().map(ExactSizeIterator::len).sum());
    for block in blocks {
        copy(bytes, block, &mut out);
        out.glue(b"\n\n");
    }
    let mut undressed = out.finish();
    undressed.history.relined = true;
    Some(undressed)
}

/// Copies the lines of a block without their prefixes.
fn copy(bytes: &[u8], block: Range<usize>, out: &mut Builder<'_, '_>) {
    let mut line = block.start;
    while line < block.end {
        let end = end(bytes, line).min(block.end);
        let kept = line + prefix(&bytes[line..end]).unwrap_or(0);
        out.seam();
        out.copy(kept, (end + 1).min(block.end));
        line = end + 1;
    }
}

/// The length of what a tool put before a line, if it did: `  12→`, `12\t`, `+`, `> `, `src/a.yml:12:`, `src/a.yml-12-`.
fn prefix(line: &[u8]) -> Option<usize> {
    match line.first()? {
        // `- name` is an item of a list, `-- name` one that a patch takes out.
        b'-' if line.get(1) == Some(&b' ') && line.get(2).is_some_and(u8::is_ascii_alphabetic) => {
            return None;
        }
        b'-' if line.starts_with(b"-- ") => return Some(1),
        b'+' | b'-' if line.get(1) != line.first() => return Some(1),
        b'>' | b'#' | b';' if line.get(1) == Some(&b' ') => return Some(2),
        b'/' if line.starts_with(b"// ") => return Some(3),
        b' ' if line.starts_with(b" * ") => return Some(3),
        _ => {}
    }
    if let Some(said) = said(line) {
        return Some(said);
    }
    let blank = line.iter().take_while(|b| **b == b' ').count();
    if let Some(number) = number(&line[blank..]) {
        return Some(blank + number);
    }
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || b"/._-".contains(b)).count();
    let place = line[..name].iter().any(|b| matches!(b, b'/' | b'.'));
    let colon = (place && line.get(name) == Some(&b':')).then(|| number(&line[name + 1..])).flatten();
    let dash = || {
        (0..name).filter(|&i| place && line[i] == b'-').find_map(|i| {
            let digits = line[i + 1..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
            (digits > 0 && line.get(i + 1 + digits) == Some(&b'-')).then_some(i + digits + 2)
        })
    };
    colon.map(|number| name + 1 + number).or_else(dash)
}

/// The longest name of who says a line of a log, in bytes.
const SAYS: usize = 40;

/// The length of what a log says of a line before it: `app-1  | `, `[stderr] `, `2026-11-02T10:00:01Z `, `│ `, or fields with
/// tabs and a time, `build\tTest\t2026-11-02T10:00:01Z `.
fn said(line: &[u8]) -> Option<usize> {
    for bar in ["│ ", "┃ ", "| "] {
        if line.starts_with(bar.as_bytes()) {
            return Some(bar.len());
        }
    }
    let head = &line[..line.len().min(3 * SAYS)];
    let fields = memchr::memrchr(b'\t', head).map_or(0, |tab| tab + 1);
    if let Some(time) = time(&line[fields..]) {
        return Some(fields + time);
    }
    let is_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if line.first() == Some(&b'[') {
        let name = line[1..].iter().take(SAYS).take_while(is_name).count();
        return (name > 0 && line[1 + name..].starts_with(b"] ")).then_some(name + 3);
    }
    let name = line.iter().take(SAYS).take_while(is_name).count();
    let blanks = line[name..].iter().take(SAYS).take_while(|b| **b == b' ').count();
    (name > 0 && blanks > 0 && line[name + blanks..].starts_with(b"| ")).then_some(name + blanks + 2)
}

/// The length of a time of ISO 8601 at the start of `rest`, with the blank behind it.
fn time(rest: &[u8]) -> Option<usize> {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let fits = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b' '),
        _ => byte == form,
    };
    let shaped = rest.get(..FORM.len()).is_some_and(|time| time.iter().zip(FORM).all(fits));
    let zone = |b: &&u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'+' | b'-' | b'Z');
    let end = FORM.len() + rest.get(FORM.len()..)?.iter().take(18).take_while(zone).count();
    (shaped && rest.get(end) == Some(&b' ')).then_some(end + 1)
}

/// The length of a line's number and its sign at the start of `rest`: `12→`, `12\t`, `12:`, `12|`.
fn number(rest: &[u8]) -> Option<usize> {
    let digits = rest.iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    let sign = match rest.get(digits..)? {
        [b'\t' | b':', ..] => 1,
        [b'|', b' ', ..] => 2,
        [b' ', b'|', b' ', ..] => 3,
        tail if tail.starts_with("→".as_bytes()) => 3,
        _ => return None,
    };
    (digits > 0).then_some(digits + sign)
}

fn start(bytes: &[u8], at: usize) -> usize {
    let low = at.saturating_sub(LONGEST);
    memchr::memrchr(b'\n', &bytes[low..at]).map_or(low, |i| low + i + 1)
}

fn end(bytes: &[u8], at: usize) -> usize {
    let high = bytes.len().min(at + LONGEST);
    memchr::memchr(b'\n', &bytes[at..high]).map_or(high, |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undressed(text: &str) -> Option<String> {
        let view = View::identity(text.as_bytes(), 0);
        let names = memchr::memmem::find_iter(text.as_bytes(), b"TOKEN").collect::<Vec<_>>();
        undress(&view, names.into_iter()).map(|v| String::from_utf8(v.bytes().to_vec()).unwrap())
    }

    #[test]
    fn lines_lose_what_a_tool_put_before_them() {
        let plain = "env:\n- name: TOKEN\n  value: x\n";
        for lead in [
            "     7→",
            "     7\t",
            "7:",
            "+",
            "-",
            "> ",
            "a/b.yml:7:",
            "a/b.yml-7-",
            " 7 | ",
            "app-1  | ",
            "[stderr] ",
            "│ ",
            "# ",
            "// ",
            " * ",
            "2026-11-02T10:00:01Z ",
            "2026-11-02 10:00:01,123 ",
            "build\tRun tests\t2026-11-02T10:00:01.1234567Z ",
        ] {
            let text: String = plain.lines().map(|line| format!("{lead}{line}\n")).collect();
            let got = undressed(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(got.trim_end(), plain.trim_end(), "{text}");
        }
    }

    #[test]
    fn other_lines_need_no_view() {
        for text in [
            "env:\n- name: TOKEN\n  value: x\n",
            "  7→TOKEN=x\n",
            "  7→    TOKEN,\n  8→    other,\n",
            "TOKEN:\nx",
        ] {
            assert_eq!(undressed(text), None, "{text}");
        }
    }
}
