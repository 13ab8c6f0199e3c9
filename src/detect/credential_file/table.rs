//! Tables with a column of secrets: Markdown, the output of database clients, comma- and tab-separated values.

use super::{asciidoc, push, reference};
use crate::{
    detect::assignment::{Ground, Kind, Name, judge, name_around},
    rule::Confidence,
    transcript::text::Field,
};

/// The longest table that is looked at, in bytes.
const LONGEST: usize = 32 << 10;

/// The longest table under names that nothing but their place makes a head, in bytes.
const LONGEST_BARE: usize = 4 << 10;

/// The longest part of a table's head before a column's name, in bytes.
const LONGEST_HEAD: usize = 512;

/// Looks at the word in `start..end`: the head of a column?
pub(super) fn find(bytes: &[u8], start: usize, end: usize, name: Name, hits: &mut super::Hits) {
    let ends = |b: Option<&u8>| {
        b.is_none_or(|b| matches!(b, b' ' | b'|' | b',' | b'\t' | b';' | b'\n' | b'\r' | b'"' | b'*' | b'`'))
    };
    if !ends(bytes.get(end)) || !ends(start.checked_sub(1).map(|i| &bytes[i])) {
        return;
    }
    let low = start.saturating_sub(LONGEST_HEAD);
    let line = memchr::memrchr(b'\n', &bytes[low..start]).map(|i| low + i + 1);
    let Some(line) = line.or((low == 0).then_some(0)) else { return };
    let line_end = memchr::memchr(b'\n', &bytes[end..bytes.len().min(end + 512)]).map(|i| end + i);
    let Some(line_end) = line_end else { return };
    let line = line + gutter(&bytes[line..line_end]);
    if line > start {
        return;
    }
    let head = &bytes[line..line_end];
    if head.trim_ascii() == &bytes[start..end] && is_single_rule(&bytes[line_end + 1..]) {
        return single(bytes, line_end + 1, (name, false), hits);
    }
    if asciidoc::is_head(bytes, line) {
        return asciidoc::find(bytes, (line, line_end), start, name, hits);
    }
    let Some(sign) = sign(head, bytes, line_end) else {
        return spaced(bytes, line, start, line_end, name, hits);
    };
    let cell = cells(&bytes[line..start], sign).count() - 1;
    let alone = cells(head, sign).nth(cell).is_some_and(|(s, e)| {
        bytes[line + s..line + e].trim_ascii().trim_ascii_start().len() <= end - start + 4
    });
    if alone {
        rows(bytes, line_end + 1, sign, cell, (cells(head, sign).count(), name), hits);
    }
}

/// Whether a line of dashes alone begins `rest`: the rule below the head of the only column.
fn is_single_rule(rest: &[u8]) -> bool {
    let dashes = rest.iter().take(LONGEST_HEAD).take_while(|b| **b == b'-').count();
    dashes > 3 && rest.get(dashes) == Some(&b'\n')
}

/// The rows below the rule at byte `rule` of a table with one column, up to what counts them or a line of several words.
fn single(bytes: &[u8], rule: usize, name: (Name, bool), hits: &mut super::Hits) {
    let limit = bytes.len().min(rule + LONGEST);
    let mut at = rule;
    while let Some(end) = memchr::memchr(b'\n', &bytes[at..limit]).map(|i| at + i) {
        let row = bytes[at..end].trim_ascii();
        if at > rule && (row.is_empty() || row[0] == b'(' || row.contains(&b' ')) {
            return;
        }
        if at > rule {
            value(bytes, at, end, name, hits);
        }
        at = end + 1;
    }
}

/// Whether the line around byte `at` may be the head of a table, as far as can be seen from a part of a text.
pub(super) fn may_be_head(bytes: &[u8], at: usize) -> bool {
    let low = at.saturating_sub(LONGEST_HEAD);
    let line = memchr::memrchr(b'\n', &bytes[low..at]).map_or(low, |i| low + i + 1);
    let Some(line_end) = memchr::memchr(b'\n', &bytes[at..bytes.len().min(at + LONGEST_HEAD)]) else {
        return false;
    };
    let line_end = at + line_end;
    let line = line + gutter(&bytes[line..line_end]);
    let head = &bytes[line..line_end];
    if asciidoc::is_head(bytes, line) {
        return true;
    }
    let spaced = memchr::memmem::find(head.trim_ascii(), b"  ").is_some();
    if line > at || !spaced && !head.iter().any(|b| matches!(b, b'|' | b',' | b'\t' | b';' | 0xe2)) {
        return false;
    }
    let Some(next) = memchr::memchr(b'\n', &bytes[line_end + 1..]) else { return true };
    match sign(head, bytes, line_end) {
        Some(sign) => is_alone(head, at - line, sign),
        None => {
            spaced
                && (is_spaced_rule(&bytes[line_end + 1..line_end + 1 + next])
                    || is_shouted(head)
                    || is_names(head))
        }
    }
}

/// Whether a line without the rows below it may be the head of a table: names alone in their cells.
pub(super) fn is_head_alone(line: &[u8], at: usize) -> bool {
    let calm = |b: &u8| b.is_ascii_alphanumeric() || b"_-,;| \"\t+".contains(b) || *b >= 0x80;
    if line.len() > LONGEST_HEAD || line.contains(&b'\n') || !line.iter().all(calm) {
        return false;
    }
    let sign = [b'|', b'\t', b';', b','].into_iter().find(|sign| line.contains(sign));
    match sign {
        Some(sign) => is_alone(line, at, sign),
        None => memchr::memmem::find(line.trim_ascii(), b"  ").is_some() || line.contains(&0xe2),
    }
}

/// Whether the name around byte `at` of a table's head has its cell for itself.
fn is_alone(head: &[u8], at: usize, sign: u8) -> bool {
    let Some((start, end)) = cells(head, sign).find(|&(start, end)| (start..=end).contains(&at)) else {
        return false;
    };
    let Some((first, last)) = name_around(head, at) else { return false };
    head[start..end].trim_ascii().len() <= last - first + 4
}

/// What divides the cells of a table with that head: a line of dashes follows, or a line with as many cells.
fn sign(head: &[u8], bytes: &[u8], line_end: usize) -> Option<u8> {
    let next_end = memchr::memchr(b'\n', &bytes[line_end + 1..bytes.len().min(line_end + 1024)])
        .map_or(bytes.len().min(line_end + 1024), |i| line_end + 1 + i);
    let next = &bytes[line_end + 1..next_end];
    let next = &next[gutter(next)..];
    let ruled = next.len() >= 3 && is_rule(next);
    let count = |sign: u8| head.iter().filter(|&&b| b == sign).count();
    let columns = cells(head, b'|').count();
    if columns > 1 && (ruled || columns == cells(next, b'|').count() && is_plain(head, next)) {
        return Some(b'|');
    }
    let first = head.iter().all(|&b| b.is_ascii_alphanumeric() || b"_-,;\t\" \r".contains(&b))
        && head.first() != Some(&b' ');
    [b',', b'\t', b';']
        .into_iter()
        .find(|&s| first && count(s) > 0 && next.iter().filter(|&&b| b == s).count() == count(s))
        .filter(|&s| cells(head, s).all(|(start, end)| !head[start..end].trim_ascii().is_empty()))
}

/// Whether a line is a rule: dashes and corners.
fn is_rule(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b'-' | b'|' | b'+' | b':' | b' ' | b'=' | b'\r' | 0x80..))
}

/// Whether a line of names between bars has no other signs: bars on both ends, or before it and the next, or no blanks at
/// all.
fn is_plain(head: &[u8], next: &[u8]) -> bool {
    let text = head.trim_ascii();
    let names = text.iter().all(|b| b.is_ascii_alphanumeric() || b"_| ".contains(b));
    names
        && (text.starts_with(b"|") && (text.ends_with(b"|") || next.starts_with(b"|"))
            || !text.contains(&b' ')
            || text.iter().all(|b| b.is_ascii_uppercase() || b"_| ".contains(b)))
}

/// Whether a line of names is all in capitals, as the heads of lists are.
fn is_shouted(head: &[u8]) -> bool {
    head.iter().all(|b| b.is_ascii_uppercase() || b"_- \r".contains(b))
}

/// The length of what a reader of files puts before a line: blanks, its number, a tab or an arrow.
fn gutter(line: &[u8]) -> usize {
    let blank = line.iter().take(12).take_while(|b| **b == b' ').count();
    let number = line[blank..].iter().take(8).take_while(|b| b.is_ascii_digit()).count();
    let rest = &line[blank + number..];
    match number {
        0 if matches!(line, [b'+' | b'-', next, ..] if next.is_ascii_alphanumeric()) => 1,
        0 if line.starts_with(b"<") => opened(line),
        0 => found_at(line),
        _ if rest.starts_with("→".as_bytes()) => blank + number + 3,
        _ if rest.starts_with(b"\t") && blank > 0 => blank + number + 1,
        _ => 0,
    }
}

/// The length of what a search puts before a line that it found: `app/users.csv:12:`.
fn found_at(line: &[u8]) -> usize {
    let Some(path) = memchr::memchr(b':', &line[..line.len().min(160)]).filter(|path| *path > 2) else {
        return 0;
    };
    let digits = line[path + 1..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    let named = |path: &[u8]| {
        path.contains(&b'.') && path.iter().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(b))
    };
    if digits > 0 && line.get(path + 1 + digits) == Some(&b':') && named(&line[..path]) {
        path + 2 + digits
    } else {
        0
    }
}

/// The length of the tag that a client puts before what a command printed: `<local-command-stdout>`.
fn opened(line: &[u8]) -> usize {
    let tag = memchr::memchr(b'>', &line[..line.len().min(32)]).map_or(0, |i| i + 1);
    if line[..tag].ends_with(b"stdout>") { tag } else { 0 }
}

/// The cells of a line, as ranges in it.
pub(super) fn cells(line: &[u8], sign: u8) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = Some(0);
    let drawn = sign == b'|' && memchr::memchr(DRAWN, line).is_some();
    std::iter::from_fn(move || {
        let start = at?;
        let end = match drawn {
            true => (start..line.len()).find_map(|i| Some((i, divider(&line[i..], sign)?))),
            false => memchr::memchr(sign, &line[start..]).map(|i| (start + i, 1)),
        };
        at = end.map(|(end, len)| end + len);
        Some((start, end.map_or(line.len(), |(end, _)| end)))
    })
}

/// The first byte of every bar that is drawn.
const DRAWN: u8 = 0xe2;

/// The length of what divides cells at the start of `rest`: the sign, for a bar also one that is drawn.
fn divider(rest: &[u8], sign: u8) -> Option<usize> {
    if rest[0] == sign {
        return Some(1);
    }
    let drawn = sign == b'|' && ["│", "┃", "┆", "║"].iter().any(|bar| rest.starts_with(bar.as_bytes()));
    drawn.then_some(3)
}

fn rows(
    bytes: &[u8],
    from: usize,
    sign: u8,
    cell: usize,
    (count, name): (usize, Name),
    hits: &mut super::Hits,
) {
    let limit = bytes.len().min(from + LONGEST);
    let mut at = from;
    while at < limit {
        let end = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
        let at_line = at + gutter(&bytes[at..end]);
        let line = &bytes[at_line..end];
        let rule = is_rule(line);
        if !rule && cells(line, sign).count() != count || line.is_empty() {
            return;
        }
        if let Some((start, stop)) = cells(line, sign).nth(cell).filter(|_| !rule) {
            value(bytes, at_line + start, at_line + stop, (name, has_logins(&bytes[..from])), hits);
        }
        at = end + 1;
    }
}

pub(super) fn value(
    bytes: &[u8],
    start: usize,
    end: usize,
    (name, logins): (Name, bool),
    hits: &mut super::Hits,
) {
    let odd = |b: &&u8| matches!(b, b' ' | b'"' | b'`' | b'\r' | b'*');
    let head = bytes[start..end].iter().take_while(odd).count();
    let tail = bytes[start + head..end].iter().rev().take_while(odd).count();
    let (start, end) = (start + head, end - tail);
    let text = &bytes[start..end];
    if !text.is_empty()
        && !text.contains(&b' ')
        && !is_argument(text)
        && (!reference::is_code(text) || logins && name.kind == Kind::Password && is_of_people(text))
        && let Some((sure, _)) = judge(name, text, Ground::Bare, Field::Free)
    {
        push(hits, start, end, sure.min(Confidence::Medium), "a cell in a column of secrets");
    }
}

/// Whether a cell holds what people choose, though code has such names too: `sunflower`, `apple_lizard36`.
fn is_of_people(text: &[u8]) -> bool {
    let numbered = text.len() > 5 && text.iter().any(u8::is_ascii_digit);
    reference::is_plain_word(text) || numbered && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

/// Whether the last line of `head` that has words names a column of logins too.
fn has_logins(head: &[u8]) -> bool {
    const LOGINS: [&[u8]; 4] = [b"user", b"login", b"email", b"account"];
    let near = &head[head.len().saturating_sub(LONGEST_HEAD)..];
    let line = near
        .rsplit(|b| *b == b'\n')
        .find(|line| line.iter().any(u8::is_ascii_alphabetic))
        .unwrap_or_default();
    LOGINS.iter().any(|word| line.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)))
}

/// `size=size`: an argument of a call.
fn is_argument(text: &[u8]) -> bool {
    memchr::memchr(b'=', text).is_some_and(|sign| {
        sign > 0 && reference::is_code(&text[..sign]) && reference::is_code(&text[sign + 1..])
    })
}

/// The rows of a table whose columns two blanks or more divide: under a rule of dashes, under names in capitals, or below
/// names that stand over their values.
fn spaced(bytes: &[u8], line: usize, start: usize, line_end: usize, name: Name, hits: &mut super::Hits) {
    let head = &bytes[line..line_end];
    let ruled = is_spaced_rule(&bytes[line_end + 1..bytes.len().min(line_end + 1 + head.len())]);
    let longest = if ruled || is_shouted(head) { LONGEST } else { LONGEST_BARE };
    let limit = bytes.len().min(line_end + 1 + longest);
    let mut lines = bytes[line_end + 1..limit].split(|&b| b == b'\n');
    let rule = lines.next().unwrap_or_default();
    let dashes = is_spaced_rule(&rule[gutter(rule)..]);
    let Some((from, to)) = columns(head).find(|(from, _)| line + from == start) else { return };
    let ordered = dashes || is_shouted(head);
    if !(ordered || name.certain && is_names(head)) {
        return;
    }
    let index = columns(head).take_while(|cell| cell.0 < from).count();
    let count = columns(head).count();
    let mut at = line_end + 1 + if dashes { rule.len() + 1 } else { 0 };
    let first = (!dashes).then_some(rule);
    for row in first.into_iter().chain(lines) {
        let inner = gutter(row);
        let cells = &row[inner..];
        let even = columns(cells).count() == count;
        // A table of values with numbers before its rows has a column more than names.
        let below = |cell: &(usize, usize)| cell.0 == from || cell.1 == to;
        let cell = match ordered && even {
            true => columns(cells).nth(index),
            false => columns(cells).find(below).filter(|_| even || columns(cells).count() == count + 1),
        };
        let Some((from, to)) = cell else { return };
        value(bytes, at + inner + from, at + inner + to, (name, has_logins(&bytes[..line_end])), hits);
        at += row.len() + 1;
    }
}

/// Whether a line holds names with two blanks or more between them, and nothing else.
fn is_names(head: &[u8]) -> bool {
    let calm = |b: &u8| b.is_ascii_alphanumeric() || b"_- \r".contains(b);
    head.iter().all(calm) && columns(head).count() > 1 && columns(head).all(|(from, to)| to - from <= 32)
}

/// Whether a line is a rule of dashes with blanks between the columns.
fn is_spaced_rule(rule: &[u8]) -> bool {
    rule.iter().all(|b| matches!(b, b'-' | b'=' | b' ' | b'\r'))
        && rule.windows(2).any(|pair| matches!(pair, b"- " | b"= "))
}

/// The cells of a line, two blanks or more between them, as ranges in it.
fn columns(line: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += line[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let start = at;
        while at < line.len() && !line[at..].starts_with(b"  ") && line[at] != b'\r' {
            at += 1;
        }
        (at > start).then_some((start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_columns_of_secrets() {
        for text in [
            "| user | password |\n|---|---|\n| bob | «hunter2» |\n| eve | `«x7Kq9z»` |\n\nend",
            " id | login | password \n----+-------+----------\n  1 | bob | «hunter2»\n",
            "+user,password,age\n+bob,«hunter2»,42\n+eve,«x7Kq9z»,17\n",
            "-user;password\n-bob;«hunter2»\n+user;password\n+bob;«x7Kq9z»\n",
            "            api_token             \n----------------------------------\n «s66WHdaarnZvKG9nvWo1cRZI»\n (1 row)\n",
            "password\n--------\nsee below for more\n",
            "user,password,age\nbob,«hunter2»,42\neve,«x7Kq9z»,17\n",
            "     3→user,password\n     4→bob,«hunter2»\n     5→eve,«x7Kq9z»\n     6→\n",
            "user\tapi_key\nbob\t«x7Kq9zB2mW4v»\n",
            "NAME      PASSWORD    ROLE\nbob       «hunter2»     admin\neve       «x7Kq9z»      user\n",
            "│ user │ password │\n├──────┼──────────┤\n│ bob  │ «hunter2» │\n└──────┴──────────┘\n",
            "┃ user ┃ password ┃\n┡━━━━━━╇━━━━━━━━━━┩\n│ bob  │ «hunter2»  │\n",
            "| user | password |\n| bob | «hunter2» |\n",
            "id|user|password\n1|bob|«hunter2»\n",
            "     3→username   password\n     4→--------   --------\n     5→bob        «hunter2»\n",
            "user;password;role\nbob;«hunter2»;admin\n",
            "username    password   role\n----------  ---------  ----\nbob         «hunter2»    user\neve         «x7Kq9z»     user\n",
            "User       Password\nbob        «hunter2»\neve        «x7Kq9z»\n",
            "    user  password\n0    bob   «hunter2»\n1    eve   «x7Kq9z1»\n",
            "======  ========\nuser    password\n======  ========\nbob     «hunter2»\n======  ========\n",
            "|User |Password\n|bob |«hunter2»\n",
            "│ user ┆ password │\n╞══════╪══════════╡\n│ bob  ┆ «hunter2»  │\n",
            "<local-command-stdout>user,password\nbob,«hunter2»\n",
            "app/users.csv:1:user,password\napp/users.csv:2:bob,«hunter2»\n",
        ] {
            check(text);
        }
        for text in [
            "| field | password |\n|---|---|\n| type | string |\n",
            "Field     Password\ntype      string\n",
            "NAME         TYPE     SECRET   AGE\ndb-creds     Opaque   1        3d\n",
            "a password, then\nmore, text\n",
            "f(\n    password,\n    rad2deg1,\n    quiver3,\n)",
            "def f(a,\n  name, password\n  size=size, other=other7\n",
            "password,\nsize=size,\nquiver3,\n",
        ] {
            check(text);
        }
    }
}
