//! What stands before code on its line and stays: line numbers, file names, prompts, quotation marks.

use super::{
    firm::is_firm,
    label,
    line::{Verdict, is_outline, judge, judge_loose},
    listing::{disassembly, dump, symbol},
    marker,
    page::{Line, of_code},
    plan, prompt,
    seen::{self, Judged},
    span, sql,
};
use crate::transcript::agent::language;

/// Judges line `at`, its prefix apart.
pub(super) fn read(text: &[u8], lines: &mut [Line], at: usize) {
    if text[..lines[at].end].ends_with(b">") {
        lines[at].end -= closing_tags(lines[at].bytes(text));
    }
    let line = lines[at].bytes(text);
    // What a number says depends on the lines beside it; all else on the line alone.
    let numbered = number(line)
        .and_then(|own| numbered(text, lines, at, own))
        .filter(|_| !seen::is_said(line, |line| is_firm(line) || disassembly(line).is_some()));
    let judged = numbered.map_or_else(|| seen::judged(line, alone), |prefix| behind(line, prefix));
    let Judged { prefix, language, verdict } = judged;
    lines[at].verdict = verdict;
    if let Some(len) = prefix {
        lines[at].content = lines[at].start + len;
        lines[at].language = language;
    }
}

/// What a line is that has no number, its prefix apart; of words with a statement of SQL behind them only that is code.
fn alone(line: &[u8]) -> Judged {
    let judged = by_itself(line);
    if judged.prefix.is_some() || judged.verdict == Verdict::Blank || is_outline(line) {
        return judged;
    }
    let Some(start) = sql::statement(line) else { return judged };
    let said = matches!(judged.verdict, Verdict::Firm | Verdict::Stay) || is_said(&line[..start]);
    behind(line, Prefix { len: if said { start } else { 0 }, certain: true, language: "sql" })
}

/// Whether what stands before a statement is no code itself: of a log, not of a string.
fn is_said(lead: &[u8]) -> bool {
    let lead = lead.trim_ascii_end();
    let opens = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'=' | b'(' | b'>');
    !lead.last().is_none_or(opens) && matches!(judge_loose(lead), Verdict::Firm | Verdict::Stay)
}

/// What a line is that has no number, by its own form.
fn by_itself(line: &[u8]) -> Judged {
    let without = |verdict| Judged { prefix: None, language: "", verdict };
    if let Some(prefix) = tag(line) {
        return behind(line, prefix);
    }
    if let Some(prefix) = framed(line) {
        return behind(line, prefix);
    }
    if is_firm(line) {
        return without(Verdict::Firm);
    }
    if let Some(prefix) = plan::condition(line).and_then(certain) {
        return behind(line, prefix);
    }
    let prefix = label::read(line)
        .and_then(certain)
        .or_else(|| prompt::read(line))
        .or_else(|| grep(line))
        .or_else(|| grep_context(line))
        .or_else(|| blame(line))
        .or_else(|| disassembly(line))
        .or_else(|| symbol(line))
        .or_else(|| dump(line))
        .or_else(|| quote(line))
        .or_else(|| bar(line));
    prefix.map_or_else(|| without(judge_loose(line)), |prefix| behind(line, prefix))
}

/// What a line with a prefix is.
fn behind(line: &[u8], Prefix { len, certain, language }: Prefix) -> Judged {
    let len = len.min(line.len());
    let content = &line[len..];
    let verdict = if certain { of_code(content) } else { judge(content) };
    Judged { prefix: Some(len), language, verdict }
}

/// Takes all lines for code, from after the line numbers if most of them have one.
pub(super) fn read_code(text: &[u8], lines: &mut [Line], language: &'static str) {
    let end = marker::reminders(text, lines);
    let start = marker::head(text, &mut lines[..end]);
    let end = end - lines[start..end].iter().rev().take_while(|line| line.verdict == Verdict::Firm).count();
    let lines = &mut lines[start..end];
    let gutter = |line: &Line| number(line.bytes(text)).filter(|n| matches!(n.mark, b'>' | b'\t' | b'|'));
    let (mut numbered, mut bare) = (0, 0);
    let around =
        |line: &Line| matches!(text[line.start], b'<' | b'(') && marker::is_around_file(line.bytes(text));
    for line in lines.iter().filter(|line| line.start < line.end && !around(line)) {
        if gutter(line).is_some() { numbered += 1 } else { bare += 1 }
    }
    for line in lines.iter_mut() {
        let len = if numbered > bare { gutter(line).map_or(0, |n| n.len) } else { 0 };
        line.is_code(text, line.start + len, language);
        if marker::is_one(line.bytes(text).trim_ascii())
            || numbered > bare && line.start < line.end && around(line)
        {
            (line.verdict, line.content) = (Verdict::Firm, line.start);
        }
    }
}

/// What stands before a line's content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Prefix {
    /// Its length in bytes.
    pub(super) len: usize,
    /// Whether what follows is code whatever it looks like.
    pub(super) certain: bool,
    /// The language that it tells.
    pub(super) language: &'static str,
}

/// A prefix of that length before code.
pub(super) fn certain(len: usize) -> Option<Prefix> {
    Some(Prefix { len, certain: true, language: "" })
}

/// A line number, what follows it, and the length of both.
#[derive(Clone, Copy)]
struct Number {
    value: u64,
    mark: u8,
    len: usize,
}

/// The length of the blanks and of what points at a line before its number: `> `, `=> `, `-> `.
fn pointer(line: &[u8]) -> usize {
    let mark = |b: &u8| matches!(b, b' ' | b'>' | b'*' | b'L');
    match line {
        [b'=' | b'-', b'>', b' ' | b'0'..=b'9', ..] => {
            2 + line[2..].iter().take_while(|b| **b == b' ').count()
        }
        _ => line.iter().take_while(|b| mark(b)).count(),
    }
}

/// `     5→`, `5<TAB>`, `5:`, `5-`, `5 | `, `> 5 | `, `=> 5: `: reads a number and its mark.
fn number(line: &[u8]) -> Option<Number> {
    let blank = pointer(line);
    let digits = line[blank..].iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 7 || blank > 12 {
        return None;
    }
    let value = line[blank..blank + digits].iter().fold(0, |n, b| n * 10 + u64::from(b - b'0'));
    let at = blank + digits;
    let rest = &line[at..];
    let mark = |mark, len| Some(Number { value, mark, len: at + len });
    match rest {
        [0xe2, 0x86, 0x92, ..] => mark(b'>', 3),
        [b'\t', ..] => mark(b'\t', 1),
        [b' ', b' ', b'\t', ..] => mark(b'\t', 3),
        [b' ', b' ', b'-', b'>', b'\t', ..] => mark(b'\t', 5),
        [b' ', b'|', b' ' | b'\t', ..] => mark(b'|', 3),
        [b'|', b' ', ..] | [b' ', b'|'] => mark(b'|', 2),
        [b'|'] => mark(b'|', 1),
        [b' ', b'+' | b'-' | b'~', b' ', ..] => mark(b'+', 3),
        [b':', ..] => mark(b':', 1),
        [b'-', ..] => mark(b'-', 1),
        [b' ', ..] | [0xe2, 0x94, ..] => ruled(rest).and_then(|len| mark(RULE, len)),
        _ => None,
    }
}

/// The mark of a number before a drawn line, in place of its bytes.
const RULE: u8 = b'I';

/// The length of `   │ `, `    12 │ `, ` ⋮ 12 │`, `┆ `: what stands between a number and its line, a second number of a
/// diff among it.
fn ruled(rest: &[u8]) -> Option<usize> {
    let blanks = |at: usize| rest[at..].iter().take_while(|b| **b == b' ').count();
    let first = blanks(0);
    let digits = rest[first..].iter().take_while(|b| b.is_ascii_digit()).count();
    let bar = first + digits + if digits > 0 { blanks(first + digits) } else { 0 };
    let drawn =
        ["│", "┆", "┃", "⋮", "┌", "└"].iter().any(|bar_of| rest[bar..].starts_with(bar_of.as_bytes()));
    if rest[bar..].starts_with(b"[ ") && digits == 0 && bar == 1 {
        // The one line that a scanner shows.
        return Some(bar + 2);
    }
    let len = bar + "│".len();
    (drawn && bar < 16).then(|| len + usize::from(rest.get(len) == Some(&b' ')))
}

/// A line number before code: of `cat -n`, of a compiler's excerpt, of `grep -n` in one file.
fn numbered(text: &[u8], lines: &[Line], at: usize, own: Number) -> Option<Prefix> {
    let near = |step: isize| {
        let line = lines.get(at.checked_add_signed(step)?)?;
        number(line.bytes(text)).map(|n| (n.value, n.mark))
    };
    let follows = near(-1).is_some_and(|(n, mark)| n + 1 == own.value && mark == own.mark)
        || near(1).is_some_and(|(n, mark)| n == own.value + 1 && mark == own.mark);
    let loosely = |marks: &[u8]| {
        near(-1).is_some_and(|(n, mark)| n < own.value && marks.contains(&mark))
            || near(1).is_some_and(|(n, mark)| n > own.value && marks.contains(&mark))
    };
    let ruled_beside = |step| near(step).is_some_and(|(_, mark)| mark == RULE);
    match own.mark {
        b'>' => certain(own.len),
        RULE if follows
            || ruled_beside(-1)
            || ruled_beside(1)
            || beside_bar(text, lines, at)
            || below_ruler(text, lines, at) =>
        {
            certain(own.len)
        }
        b':' if lines[at].bytes(text).trim_ascii_start().starts_with(b"> ") => certain(own.len),
        b'|' if follows || beside_bar(text, lines, at) => certain(own.len),
        b'\t' if follows => certain(own.len),
        b'+' if loosely(b"|+") => certain(own.len),
        b':' | b'-' if is_clock(&lines[at].bytes(text)[own.len..]) => None,
        b':' | b'-' if loosely(b":-") => certain(own.len),
        b':' => Some(Prefix { len: own.len, certain: false, language: "" }),
        _ => None,
    }
}

/// Whether the line above or below starts with a bar after its indentation, as around a compiler's excerpt.
fn beside_bar(text: &[u8], lines: &[Line], at: usize) -> bool {
    let bar = |index: usize| {
        let body = lines.get(index).map_or(&b""[..], |line| line.bytes(text).trim_ascii_start());
        body.starts_with(b"|") && !body.ends_with(b"|") || body == b"|" || body.starts_with("│".as_bytes())
    };
    bar(at + 1) || (at > 0 && bar(at - 1)) || lines[at].bytes(text).starts_with(b">")
}

/// Whether a drawn line stands above.
fn below_ruler(text: &[u8], lines: &[Line], at: usize) -> bool {
    at > 0 && lines[at - 1].bytes(text).starts_with("───".as_bytes())
}

/// What follows the first number and colon of a time of day.
fn is_clock(rest: &[u8]) -> bool {
    matches!(rest, [b'0'..=b'9', b'0'..=b'9', b':' | b' ' | b'.' | b'-', ..] | [b'0'..=b'9', b'0'..=b'9'])
}

pub(super) fn is_code_tail(rest: &[u8]) -> bool {
    matches!(judge(rest), Verdict::Code | Verdict::Maybe | Verdict::Weak)
}

/// `src/main.rs:12:content`, `src/main.rs-13-context`, `src/main.rs:content`.
fn grep(line: &[u8]) -> Option<Prefix> {
    let plain = |b: &u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'_' | b'.' | b'/' | b'@' | b'+' | b'~' | b'\\' | b'-')
            || *b >= 0x80
    };
    let end = line.iter().position(|b| !plain(b)).filter(|&end| end > 2);
    let (name_end, after) = match end {
        Some(end) if line[end] == b':' => (end, end + 1),
        _ => return None,
    };
    let name = &line[..name_end];
    let language = language::of_path(name);
    if language.is_empty() && is_revision(name) {
        // `HEAD:src/main.rs:12:content`, of `git grep`.
        return grep(&line[after..])
            .filter(|own| own.certain)
            .map(|own| Prefix { len: after + own.len, ..own });
    }
    if !name.contains(&b'.') && !name.contains(&b'/') && language.is_empty() {
        return None;
    }
    let digits = line[after..].iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && line.get(after + digits) == Some(&b':') {
        let len = after + digits + 1;
        return grep_numbered(line, len, language);
    }
    let content = &line[after..];
    let spoken = content.starts_with(b" ") && !content.starts_with(b"  ");
    let shown = digits == 0 && !spoken && !content.starts_with(b"//") && !language.is_empty();
    shown.then_some(Prefix { len: after, certain: is_code_tail(content), language })
}

/// `HEAD`, `HEAD~2`, `v1.4.2`, `4c1d9ea`: what names a revision, and is no file.
fn is_revision(name: &[u8]) -> bool {
    let hash = (7..=40).contains(&name.len()) && name.iter().all(u8::is_ascii_hexdigit);
    let tag = || matches!(name, [b'v', b'0'..=b'9', ..]);
    let known: [&[u8]; 5] = [b"HEAD", b"main", b"master", b"origin/main", b"origin/master"];
    hash || tag()
        || known
            .iter()
            .any(|head| name.strip_prefix(*head).is_some_and(|rest| rest.is_empty() || rest[0] == b'~'))
}

/// After `name:12:`: a column and a message, a column and content, content.
fn grep_numbered(line: &[u8], len: usize, language: &'static str) -> Option<Prefix> {
    let rest = &line[len..];
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let len = if digits > 0 && rest.get(digits) == Some(&b':') { len + digits + 1 } else { len };
    let content = &line[len..];
    let message =
        content.first() == Some(&b' ') && content.get(1).is_some_and(|b| !matches!(b, b' ' | b'\t'));
    Some(Prefix { len, certain: !message, language })
}

/// `src/main.rs-13-context`, `src/main.rs=13=fn settle()`: a known extension, a sign, a number, the sign.
fn grep_context(line: &[u8]) -> Option<Prefix> {
    let head = &line[..line.len().min(300)];
    memchr::memchr2_iter(b'-', b'=', head).take(8).find_map(|i| {
        let digits = line[i + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        let len = i + 1 + digits + 1;
        let language = language::of_path(&line[..i]);
        let fits = digits > 0
            && line.get(len - 1) == Some(&line[i])
            && !language.is_empty()
            && !line[..i].contains(&b' ');
        fits.then_some(Prefix { len, certain: true, language })
    })
}

/// The length of the tags that the client puts behind what a command printed, on the same line, if words stand before them:
/// `12 more</bash-stdout><bash-stderr></bash-stderr>`.
fn closing_tags(line: &[u8]) -> usize {
    const TAGS: [&[u8]; 4] =
        [b"</bash-stdout>", b"</bash-stderr>", b"</local-command-stdout>", b"</local-command-stderr>"];
    if !TAGS.iter().any(|tag| line.ends_with(tag)) {
        return 0;
    }
    let starts = TAGS.iter().filter_map(|tag| memchr::memmem::find(line, tag));
    starts.min().filter(|&at| at > 0 && !line[..at].ends_with(b">")).map_or(0, |at| line.len() - at)
}

/// What the client puts before what a command printed, on the same line: `<bash-stdout>package a`.
fn tag(line: &[u8]) -> Option<Prefix> {
    const TAGS: [&[u8]; 4] =
        [b"<bash-stdout>", b"<bash-stderr>", b"<local-command-stdout>", b"<local-command-stderr>"];
    if !matches!(line, [b'<', b'b' | b'l', ..]) {
        return None;
    }
    let len = TAGS.iter().find(|tag| line.starts_with(tag))?.len();
    let filled = line.get(len).is_some_and(|b| *b != b'<' || matches!(line.get(len + 1), Some(b'?' | b'!')));
    filled.then_some(Prefix { len, certain: false, language: "" })
}

/// `3f2a91bc (Ada Byron 2026-03-02 11:20:31 +0100 14) let x = 1;` of `git blame`.
fn blame(line: &[u8]) -> Option<Prefix> {
    let hash = line.strip_prefix(b"^").unwrap_or(line);
    let digits = hash.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    if !(7..=40).contains(&digits) || hash.get(digits) != Some(&b' ') {
        return None;
    }
    let open = memchr::memchr(b'(', line).filter(|&open| open < 300)?;
    let close = memchr::memchr(b')', &line[open..])? + open;
    let inner = &line[open + 1..close];
    let number = inner.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let dated = inner.windows(11).any(|w| w[0] == b' ' && w[5] == b'-' && w[8] == b'-');
    (number > 0 && dated).then(|| Prefix { len: (close + 2).min(line.len()), certain: true, language: "" })
}

/// `│ ❱ 42 │   │   settle(row)   │`, `│   42: settle(row)`, `→ 31   return rows`: a line that a program shows within a drawn frame, or points at.
fn framed(line: &[u8]) -> Option<Prefix> {
    if line.first() != Some(&0xe2) {
        return None;
    }
    let (bar, arrow) = (line.strip_prefix("│".as_bytes()), line.strip_prefix("→ ".as_bytes()));
    let rest = bar.or(arrow)?;
    let lead = rest.iter().take_while(|b| **b == b' ').count();
    let lead = lead + rest[lead..].strip_prefix("❱ ".as_bytes()).map_or(0, |_| "❱ ".len());
    let digits = rest[lead..].iter().take_while(|b| b.is_ascii_digit()).count();
    let behind = &rest[lead + digits..];
    let marks: &[&[u8]] = if bar.is_some() { &[" │".as_bytes(), b": "] } else { &[b" "] };
    let mark = marks.iter().find(|mark| behind.starts_with(mark))?.len();
    (digits > 0 && digits < 7).then(|| Prefix {
        len: line.len() - behind.len() + mark,
        certain: true,
        language: "",
    })
}

/// `| let x = 1;`, as bundlers quote; a row of a table ends with a bar.
fn bar(line: &[u8]) -> Option<Prefix> {
    let quoted = line.starts_with(b"| ") && !line.ends_with(b"|");
    quoted.then_some(Prefix { len: 2, certain: false, language: "" })
}

/// `> words` of a reply.
fn quote(line: &[u8]) -> Option<Prefix> {
    let marks = line.iter().take_while(|b| matches!(b, b'>' | b' ')).count();
    let quoted = line.first() == Some(&b'>') && line[..marks].ends_with(b" ") && marks <= 8;
    // What is typed behind the prompt of Node.js.
    quoted.then(|| Prefix { len: marks, certain: span::is_code(&line[marks..]), language: "" })
}
