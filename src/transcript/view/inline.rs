//! Escapes, codes, entities and invisible characters, all undone at once, in the lines that have them.

use super::{
    Builder, View,
    class::{self, LIST, RUN, TOKEN},
    edit::{Edit, Rank},
    entity, escape, invisible, percent, quoted,
};
use std::{cmp::Ordering, ops::Range};

/// How far from an edit a text without line breaks is taken along, in bytes.
const REACH: usize = 2048;

/// How near an edit that hides nothing has to be to a candidate, in bytes.
const NEAR: usize = 1024;

/// How many edits that hide nothing are one that may, where they stand on one line.
const MANY: usize = 3;

/// How far the lines before and after are taken along, in bytes.
const CONTEXT: usize = 256;

/// How many lines of a blob are taken along on either side.
const BLOB_LINES: usize = 64;

/// What stands between regions of a text: nothing goes on over it.
pub(super) const BREAK: &[u8] = b"\n\n";

/// Where else than at an edit something is that a search would look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Points<'a> {
    /// Sorted offsets of candidates: an escape beside one of them is undone.
    pub(crate) candidates: &'a [usize],
    /// Sorted, disjoint ranges that are undone as a whole: keys over many lines.
    pub(crate) blocks: &'a [Range<usize>],
    /// Whether the text looks quoted-printable, as [`quoted::is_likely`] says.
    pub(crate) mail: bool,
}

/// Appends the views of the lines in which something is encoded that may matter. Each line is undone in the order of
/// [`Rank`]: what comes later is left to a view of the view.
pub(crate) fn inline(view: &View<'_>, points: Points<'_>, out: &mut Vec<View<'static>>) {
    let bytes = view.bytes();
    let edits = edits(bytes);
    let mut done: Vec<Range<usize>> = Vec::new();
    for rank in [Rank::Unseen, Rank::Terminal, Rank::Code, Rank::Quoted] {
        let left = |at: usize| done.binary_search_by(|range| relation(range, at)).is_err();
        let edits: Vec<Edit> = match rank {
            Rank::Quoted if !points.mail => break,
            Rank::Quoted => quoted_edits(bytes).filter(|edit| left(edit.start)).collect(),
            _ => edits.iter().filter(|edit| edit.rank == rank && left(edit.start)).copied().collect(),
        };
        let regions = regions(bytes, &edits, points);
        if !regions.is_empty() {
            out.push(apply(view, &edits, &regions));
            done.extend(regions);
            done.sort_unstable_by_key(|range| range.start);
        }
    }
}

/// Where `range` is, seen from `at`.
fn relation(range: &Range<usize>, at: usize) -> Ordering {
    if range.end <= at {
        Ordering::Less
    } else if range.start > at {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// Everything in `bytes` that stands for something else, in order, those of one rank disjoint; without
/// quoted-printable.
fn edits(bytes: &[u8]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut done = [0; 3];
    each_marker(bytes, |at| {
        let rank = Rank::of(bytes[at]);
        let done = &mut done[rank as usize];
        if at < *done {
            return;
        }
        let edit = match bytes[at] {
            b'\\' => escape::edit(bytes, at),
            b'%' => percent::edit(bytes, at),
            b'&' => entity::edit(bytes, at),
            0x80.. => invisible::edit(bytes, at),
            _ => invisible::control(bytes, at),
        };
        if let Some(edit) = edit {
            out.push(Edit { rank, ..edit.from(*done) });
            *done = edit.end;
        }
    });
    if let Some(blanks) = form_blanks(bytes, &out) {
        out.extend(blanks);
        out.sort_by_key(|edit| edit.start);
    }
    out
}

/// The signs `+` of queries that are percent-encoded elsewhere, which stand for blanks: `?q=two+words%21`.
fn form_blanks(bytes: &[u8], edits: &[Edit]) -> Option<Vec<Edit>> {
    let mut out = Vec::new();
    let mut done = 0;
    for edit in edits.iter().filter(|edit| bytes[edit.start] == b'%' && edit.rank == Rank::Code) {
        if edit.start < done {
            continue;
        }
        let from = done.max(edit.start.saturating_sub(REACH));
        let stop = |b: &u8| *b <= b' ' || matches!(b, b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\');
        let start = bytes[from..edit.start].iter().rposition(stop).map_or(from, |i| from + i + 1);
        let to = bytes.len().min(edit.end + REACH);
        let end = bytes[edit.end..to].iter().position(stop).map_or(to, |i| edit.end + i);
        done = end;
        let Some(query) = memchr::memchr2(b'?', b'#', &bytes[start..end]).map(|i| start + i) else {
            continue;
        };
        let plain = |at: &usize| {
            bytes[at - 1].is_ascii_alphanumeric() | (bytes[at - 1] == b':')
                && bytes.get(at + 1).is_some_and(|b| *b > b' ')
        };
        out.extend(
            memchr::memchr_iter(b'+', &bytes[query..end])
                .map(|i| query + i)
                .filter(plain)
                .map(|at| Edit::byte(at, at + 1, b' ')),
        );
    }
    (!out.is_empty()).then_some(out)
}

/// The edits of `bytes`, which are quoted-printable.
fn quoted_edits(bytes: &[u8]) -> impl Iterator<Item = Edit> {
    memchr::memchr_iter(b'=', bytes).filter_map(|at| quoted::edit(bytes, at))
}

/// Calls `take` with the offset of every byte that may start an edit, in order.
fn each_marker(bytes: &[u8], mut take: impl FnMut(usize)) {
    let (chunks, rest) = bytes.as_chunks::<64>();
    for (i, chunk) in chunks.iter().enumerate() {
        if may_hold_marker(chunk) {
            let (parts, _) = chunk.as_chunks::<16>();
            for (k, part) in parts.iter().enumerate().filter(|(_, part)| may_hold_marker(*part)) {
                let from = i * 64 + k * 16;
                (0..16).filter(|&k| MARKERS[usize::from(part[k])]).for_each(|k| take(from + k));
            }
        }
    }
    let from = chunks.len() * 64;
    (0..rest.len()).filter(|&k| MARKERS[usize::from(rest[k])]).for_each(|k| take(from + k));
}

/// Whether some byte may be a marker: one that is no ASCII counts, whatever it is. No branch per byte, so that the compiler
/// compares many at once.
fn may_hold_marker(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |any, &b| any | (b >= 0x7f) | is_ascii_marker(b))
}

/// Whether each byte may start an edit.
static MARKERS: [bool; 256] = {
    let mut markers = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        markers[byte] = is_marker(byte as u8);
        byte += 1;
    }
    markers
};

/// Whether an edit may start at `byte`: a backslash, `%`, `&`, a control character, or the first byte of an invisible
/// character.
const fn is_marker(byte: u8) -> bool {
    let wide = matches!(byte, 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3);
    is_ascii_marker(byte) || wide || byte == 0x7f
}

const fn is_ascii_marker(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\n') & (byte != b'\t') & (byte != b'\r');
    (byte == b'\\') | (byte == b'%') | (byte == b'&') | control
}

/// The parts of `bytes` that are worth undoing: sorted, disjoint.
fn regions(bytes: &[u8], edits: &[Edit], points: Points<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, edit) in edits.iter().enumerate() {
        let done = out.last().map_or(0, |last| last.end);
        if edit.end <= done {
            continue;
        }
        let block = block_around(points.blocks, edit);
        let many = edits.get(i + MANY - 1).is_some_and(|last| last.start < edit.end + NEAR);
        let sure = edit.hides || block.is_some();
        if !sure && !many && !any_within(points.candidates, edit.start, edit.end, NEAR) {
            continue;
        }
        let line = line_start(bytes, edit.start).max(done.min(edit.start))..line_end(bytes, edit.end);
        let near = || {
            let first = points.candidates.partition_point(|&at| at < line.start);
            points.candidates.get(first).is_some_and(|&at| at < line.end)
        };
        let many = || many && edits[i + MANY - 1].start < line.end;
        if !sure && !near() && !many() {
            continue;
        }
        let region = with_context(bytes, line, done);
        let region = block.map_or(region.clone(), |b| region.start.min(b.start)..region.end.max(b.end));
        match out.last_mut() {
            Some(last) if region.start <= last.end => last.end = last.end.max(region.end),
            _ => out.push(region),
        }
    }
    out
}

/// The block that `edit` touches.
fn block_around(blocks: &[Range<usize>], edit: &Edit) -> Option<Range<usize>> {
    let index = blocks.partition_point(|block| block.end <= edit.start);
    blocks.get(index).filter(|block| block.start < edit.end).cloned()
}

/// Whether one of the sorted `points` is within `reach` of `start..end`.
fn any_within(points: &[usize], start: usize, end: usize, reach: usize) -> bool {
    let first = points.partition_point(|&at| at + reach < start);
    points.get(first).is_some_and(|&at| at <= end + reach)
}

/// The start of the line that `at` is in, or of a word not too far before it.
pub(super) fn line_start(bytes: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(REACH);
    match memchr::memrchr(b'\n', &bytes[from..at]) {
        Some(newline) => from + newline + 1,
        None if from == 0 => 0,
        // Of a word that is longer than that the part near it is taken.
        None => Some(class::end_of(&bytes[..at], from, TOKEN)).filter(|&start| start < at).unwrap_or(from),
    }
}

/// The end of the line that `at` is in, or of a word not too far after it.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let to = bytes.len().min(at + REACH);
    match memchr::memchr(b'\n', &bytes[at..to]) {
        Some(newline) => at + newline,
        None if to == bytes.len() => to,
        None => {
            Some(at + class::start_of(&bytes[at..to], to - at, TOKEN)).filter(|&end| end > at).unwrap_or(to)
        }
    }
}

/// `line` with a line before and after, and with all of a blob whose lines go on there.
fn with_context(bytes: &[u8], line: Range<usize>, done: usize) -> Range<usize> {
    let (mut start, mut end) = (line.start, line.end);
    for _ in 0..BLOB_LINES {
        if start <= done || bytes[start - 1] != b'\n' || !is_blob(bytes, start - 1) {
            break;
        }
        start = line_start(bytes, start - 1).max(done);
    }
    for _ in 0..BLOB_LINES {
        if end >= bytes.len() || bytes[end] != b'\n' || !is_blob(bytes, end) {
            break;
        }
        end = line_end(bytes, end + 1);
    }
    if start > done && bytes[start - 1] == b'\n' {
        start = line_start(bytes, start - 1).max(start.saturating_sub(CONTEXT)).max(done);
    }
    if bytes.get(end) == Some(&b'\n') {
        end = line_end(bytes, end + 1).min(end + CONTEXT);
    }
    start..end
}

/// Whether the line that ends at `end` looks as one of many: cut off from a blob, or of a dump.
fn is_blob(bytes: &[u8], end: usize) -> bool {
    let line = &bytes[line_start(bytes, end)..end];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let numbers = || line.iter().filter(|&&b| class::is(b, LIST)).count() * 10 >= line.len() * 6;
    let cut = || line[line.len() - 16..].iter().all(|&b| class::is(b, RUN));
    line.len() >= 16 && (cut() || (line.len() >= 24 && line.len() < NEAR && numbers()))
}

/// Whether an edit undoes what JSON escapes with a backslash and one character.
fn is_plain(bytes: &[u8], edit: &Edit) -> bool {
    bytes[edit.start] == b'\\'
        && edit.end == edit.start + 2
        && matches!(edit.decoded(), [b'"' | b'\\' | b'\n' | b'\t' | b'\r'])
}

/// The regions with their edits made, a break between each two.
fn apply(view: &View<'_>, edits: &[Edit], regions: &[Range<usize>]) -> View<'static> {
    let size = regions.iter().map(ExactSizeIterator::len).sum();
    let mut out = Builder::new(view, size);
    let mut edits = edits.iter().peekable();
    let mut plain = true;
    for (i, region) in regions.iter().enumerate() {
        if i > 0 {
            out.glue(BREAK);
        }
        let mut at = region.start;
        while let Some(edit) = edits.next_if(|edit| edit.start < region.end) {
            if edit.start >= at && edit.end <= region.end {
                out.copy(at, edit.start);
                out.block(edit.start, edit.end, edit.decoded());
                plain &= is_plain(view.bytes(), edit);
                at = edit.end;
            }
        }
        out.copy(at, region.end);
    }
    let mut made = out.finish();
    made.history.plain = plain;
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Points<'_> = Points { candidates: &[], blocks: &[], mail: false };

    fn undone(text: &str) -> Option<String> {
        let mut todo = vec![View::identity(text.as_bytes(), 0).into_owned()];
        let mut last = None;
        while let Some(view) = todo.pop() {
            inline(&view, Points { mail: quoted::is_likely(view.bytes()), ..NOTHING }, &mut todo);
            last = Some(view);
        }
        last.map(|v| String::from_utf8_lossy(v.bytes()).into_owned()).filter(|undone| undone != text)
    }

    #[test]
    fn undoes_everything_at_once() {
        let text = "gh\u{1b}[31mp_\u{200b}a%62c\\u0064&#101;f\u{0}g_\u{8}h";
        assert_eq!(undone(text).unwrap(), "ghp_abcdefgh");
        assert_eq!(
            undone("https://a.b/c?q=two+words%21&n=1 a+b").unwrap(),
            "https://a.b/c?q=two words!&n=1 a+b"
        );
        assert_eq!(undone("Subject=3A a\nkey=3Dghp_ab=\ncd").unwrap(), "Subject: a\nkey=ghp_abcd");
    }

    #[test]
    fn no_marker_is_passed_over() {
        for byte in 0..=255 {
            let mut block = [b' '; 64];
            block[41] = byte;
            let mut found = Vec::new();
            each_marker(&block, |at| found.push(at));
            assert_eq!(found, if is_marker(byte) { vec![41] } else { vec![] }, "{byte:#x}");
        }
    }

    #[test]
    fn what_hides_nothing_asks_for_no_view() {
        for text in
            ["plain text, 100% of it", "a && b", r"C:\new\table", "→ arrows — and “quotes”", "⚠\u{fe0f} x"]
        {
            assert_eq!(undone(text), None, "{text}");
        }
        let beside = Points { candidates: &[2], ..NOTHING };
        let view = View::identity(br#"{\"token\": \"x\"}"#, 0);
        let mut out = Vec::new();
        inline(&view, beside, &mut out);
        assert_eq!(out[0].bytes(), br#"{"token": "x"}"#);
    }

    #[test]
    fn a_word_without_end_is_taken_in_few_parts() {
        let text = "%41b".repeat(50_000);
        let mut out = Vec::new();
        inline(&View::identity(text.as_bytes(), 0), NOTHING, &mut out);
        let edits = edits(text.as_bytes());
        assert!(regions(text.as_bytes(), &edits, NOTHING).len() < 100);
        assert!(out.iter().all(|view| !view.bytes().contains(&b'%')));
    }

    #[test]
    fn takes_only_the_lines_that_ask_and_what_stands_around_them() {
        let text = format!("{}a%3Db\n{}", "one line\n".repeat(50), "more lines\n".repeat(50));
        assert_eq!(undone(&text).unwrap(), "one line\na=b\nmore lines");
        let long = format!("{0} a%3Db {0}", "word ".repeat(10_000));
        assert!(undone(&long).unwrap().len() < 20_000);
    }
}
