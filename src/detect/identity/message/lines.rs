//! Lines that begin as a program's do: `Started by user Maribel Ortiz`, headings of tables, commits in formats of `git log`.
//!
//! Each line is asked for its first two bytes, so that their templates cost the scan nothing.

use super::{
    super::{
        super::subject::Subject, address, chat, given, history, listing, table as tables, user, windows,
    },
    argument, emit,
    template::Message,
    whole,
};
use crate::detect::{subject::Hits, word};
use std::sync::LazyLock;

/// The templates, by the first two bytes of their anchors.
struct Index {
    lines: Vec<Message>,
    /// Where those start and end whose anchor begins with these two bytes, in one number; 0 if there are none.
    pairs: Vec<u32>,
    /// How many of one byte alone there are; they stand last.
    singles: usize,
    /// Which bytes those are.
    single: [bool; 256],
    commits: Vec<Message>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut lines: Vec<Message> = whole::LINES.iter().map(|text| Message::parse(text)).collect();
    lines.sort_by(|a, b| (a.anchor.len() == 1, a.anchor).cmp(&(b.anchor.len() == 1, b.anchor)));
    let commits = whole::COMMITS.iter().map(|text| Message::parse(text)).collect();
    let singles = lines.iter().filter(|line| line.anchor.len() == 1).count();
    let mut pairs = vec![0_u32; 1 << 16];
    for (at, line) in (0_u32..).zip(&lines[..lines.len() - singles]) {
        let range = &mut pairs[pair(line.anchor)];
        *range = if *range == 0 { at << 16 | (at + 1) } else { *range & 0xffff_0000 | (at + 1) };
    }
    let mut single = [false; 256];
    lines.iter().rev().take(singles).for_each(|line| single[usize::from(line.anchor[0])] = true);
    Index { lines, pairs, singles, single, commits }
});

impl Index {
    /// Whether an anchor begins with these two bytes.
    fn may_hold(&self, pair: usize) -> bool {
        self.pairs[pair] != 0 || self.single[pair >> 8]
    }

    /// The templates whose anchor is one byte.
    fn singles(&self) -> &[Message] {
        &self.lines[self.lines.len() - self.singles..]
    }

    /// The templates whose anchor begins with these two bytes.
    fn of(&self, pair: usize) -> &[Message] {
        let range = self.pairs[pair];
        &self.lines[(range >> 16) as usize..(range & 0xffff) as usize]
    }
}

/// The first two bytes in lower case, as a number.
fn pair(bytes: &[u8]) -> usize {
    let of = |place: usize| usize::from(bytes.get(place).map_or(0, u8::to_ascii_lowercase));
    of(0) << 8 | of(1)
}

/// Looks at every line of a text; names of code are wanted if `code` says so.
pub(in super::super) fn find(subject: &Subject<'_>, code: bool, hits: &mut Hits) {
    let bytes = subject.bytes;
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        if end > at + 8 || bytes[at] == b'*' {
            line(subject, at, end, code, hits);
        }
        at = end + 1;
    }
}

/// Looks at one line.
fn line(subject: &Subject<'_>, start: usize, end: usize, code: bool, hits: &mut Hits) {
    let bytes = subject.bytes;
    let mut at = start;
    while at < end && matches!(bytes[at], b' ' | b'\t') {
        at += 1;
    }
    let [first, rest @ ..] = &bytes[at..end] else { return };
    let (first, second) = (*first, rest.first().copied().unwrap_or(b' '));
    if first.is_ascii_digit() {
        let gutter = user::gutter(&bytes[start..end]);
        if gutter > 0 && bytes[..start + gutter].ends_with("\u{2192}".as_bytes()) {
            return line(subject, start + gutter, end, code, hits);
        }
        if gutter > 0 {
            numbered(bytes, (start + gutter, end), code, hits);
        }
    }
    if let Some(from) = behind_markup(bytes, (at, end)) {
        line(subject, from, end, code, hits);
    }
    if bytes[end - 1].is_ascii_lowercase() {
        given::labelled(bytes, (at, end), hits);
        address::whole_line(bytes, (at, end), hits);
    } else if bytes[end - 1] == b')' {
        given::listed(bytes, (at, end), hits);
    }
    if bytes[..end].ends_with(b"):") {
        listing::shortlog_heading(bytes, at, end, hits);
    }
    let drawn = first == b'|' && rest.get(1).is_some_and(|b| matches!(b, b'*' | b'|' | b'-' | b':'));
    if drawn || begins(first, second) || INDEX.may_hold(pair(&[first, second])) {
        beginning(subject, (start, at, end), code, hits);
    }
}

/// Looks at the rest of a line from byte `start` on, behind its number and a tab, for a template.
fn numbered(bytes: &[u8], (start, end): (usize, usize), code: bool, hits: &mut Hits) {
    let blank = bytes[start..end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    if end > start + blank + 8 && INDEX.may_hold(pair(&bytes[start + blank..end])) {
        message(bytes, start + blank, code, hits);
    }
}

/// Where a line begins behind the element of a page, the section of XML or the member of JSON that it stands in: `<pre>`,
/// `<![CDATA[`, `"text": "`.
fn behind_markup(bytes: &[u8], (at, end): (usize, usize)) -> Option<usize> {
    const LONGEST: usize = 40;
    let rest = &bytes[at..end];
    let near = &rest[..rest.len().min(LONGEST)];
    let len = match near {
        [b'<', b'!', b'[', ..] => near.starts_with(b"<![CDATA[").then_some(9)?,
        [b'<', first, ..] if first.is_ascii_lowercase() => {
            let close = memchr::memchr2(b'>', b' ', near)?;
            let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
            (near[close] == b'>' && near[1..close].iter().all(name) && !OWN_TAGS.contains(&&near[1..close]))
                .then_some(close + 1)?
        }
        [b'"', first, ..] if first.is_ascii_alphabetic() => {
            let key = memchr::memmem::find(near, b"\": \"")?;
            (!near[1..key].contains(&b'"')).then_some(key + 4)?
        }
        _ => return None,
    };
    (at + len + 8 < end).then_some(at + len)
}

/// Elements that templates name.
const OWN_TAGS: [&[u8]; 6] = [b"developer", b"author", b"id", b"groupid", b"artifactid", b"groupId"];

/// Looks at a line whose first two bytes, those at `at`, begin something.
fn beginning(subject: &Subject<'_>, (start, at, end): (usize, usize, usize), code: bool, hits: &mut Hits) {
    let bytes = subject.bytes;
    let rest = &bytes[at..end];
    let [first, second, ..] = rest else { return };
    if first.is_ascii_uppercase() && second.is_ascii_uppercase() {
        tables::heading(subject, at, end, hits);
    }
    if first.is_ascii_hexdigit() && second.is_ascii_hexdigit() {
        commit(bytes, at, code, hits);
        if bytes[at..end].get(12..14) == Some(b"  ") {
            tables::container(subject, at, end, hits);
        }
    }
    if (rest.starts_with(b"--") || rest.starts_with(b"+-")) && memchr::memmem::find(rest, b"-+-").is_some() {
        tables::ruled(subject, at + 1, end, hits);
    }
    if rest.starts_with(b"--") && memchr::memmem::find(rest, b"- ").is_some() {
        tables::dashed(bytes, at, end, hits);
    }
    if second.is_ascii_digit() && (first.is_ascii_digit() || *first == b'[') {
        chat::line(bytes, at, end, hits);
    }
    if rest.starts_with(b"User accounts for ") {
        windows::accounts(bytes, end, hits);
    }
    if *first == b'r' && second.is_ascii_digit() {
        listing::revision(bytes, at, end, hits);
    }
    if first.is_ascii_digit() {
        listing::bucket(bytes, at, end, hits);
        listing::access(bytes, at, end, hits);
        address::hosts(bytes, at, end, hits);
    }
    if first.is_ascii_digit() && at > start {
        listing::shortlog(bytes, at, end, hits);
        listing::counted(bytes, at, end, hits);
    }
    if first.is_ascii_digit() || *first == b'*' {
        listing::crontab(bytes, at, end, hits);
    }
    if matches!(first, b'/' | b'*' | b'.') {
        listing::owners(bytes, at, end, hits);
    }
    history::line(subject, (start, at, end), hits);
    if *first == b'|' && matches!(rest.trim_ascii_start()[1..].trim_ascii_start().first(), Some(b'-' | b':'))
    {
        tables::marked(bytes, at, end, hits);
    }
    if *first == b'$' {
        argument::line(bytes, (at + 1, end), hits);
    }
    message(bytes, at, code, hits);
    // The signs of a comment are no part of what it says.
    if is_comment(*first) {
        message(bytes, at + rest.iter().take_while(|b| is_comment(**b) || **b == b' ').count(), code, hits);
    }
}

/// Whether a byte is a sign that begins a comment.
fn is_comment(byte: u8) -> bool {
    matches!(byte, b'#' | b'/' | b'*' | b'-' | b'%' | b';' | b'!')
}

/// Whether a line that begins with these two bytes may be more than the beginning of a template.
fn begins(first: u8, second: u8) -> bool {
    let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    first.is_ascii_uppercase() && second.is_ascii_uppercase()
        || hexadecimal(first) && (hexadecimal(second) || second == b'\t')
        || is_comment(first)
        || first == b'+' && second == b'-'
        || first == b'|' && matches!(second, b'-' | b':')
        || first == b'$' && second == b' '
        || first.is_ascii_digit() && second == b'.'
        || first.is_ascii_digit() && second == b' '
        || first == b'.' && second == b'/'
        || matches!(first, b'r' | b'[') && second.is_ascii_digit()
}

/// Looks at the templates whose anchor starts at byte `at`.
fn message(bytes: &[u8], at: usize, code: bool, hits: &mut Hits) {
    let index = &*INDEX;
    let rest = &bytes[at..];
    let pair = pair(rest);
    // Most differ in the next byte.
    let third = rest.get(2).map_or(0, u8::to_ascii_lowercase);
    let may = |line: &&Message| line.anchor.get(2).is_none_or(|byte| *byte == third);
    index.of(pair).iter().filter(may).for_each(|line| try_one(line, bytes, at, code, hits));
    if index.single[pair >> 8] {
        let first = |line: &&Message| usize::from(line.anchor[0]) == pair >> 8;
        index.singles().iter().filter(first).for_each(|line| try_one(line, bytes, at, code, hits));
    }
}

/// Adds the values of a message if it stands at byte `at`.
fn try_one(message: &Message, bytes: &[u8], at: usize, code: bool, hits: &mut Hits) {
    if bytes.get(at..).is_some_and(|rest| word::starts_with(rest, message.anchor))
        && let Some(values) = message.values(bytes, at)
    {
        emit::all(bytes, &values, code, hits);
    }
}

/// Looks at a line that begins with the number of a commit.
fn commit(bytes: &[u8], at: usize, code: bool, hits: &mut Hits) {
    let len =
        bytes[at..].iter().take(41).take_while(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b)).count();
    if (7..=40).contains(&len) {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        history::commit(bytes, (at, at + len, end), hits);
        INDEX.commits.iter().for_each(|message| try_one(message, bytes, at + len, code, hits));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::text::{Field, Role};

    #[test]
    fn authors_of_revisions_changes_and_packages_are_found() {
        use super::super::super::tests::{hits, marked, plain};
        use crate::rule::Class;
        for text in [
            "r4821 | «maribel» | 2026-03-02 11:20:13 +0100 (Mon, 02 Mar 2026) | 1 line",
            "r4821 | (no author) | 2026-03-02 11:20:13 +0100 (Mon, 02 Mar 2026) | 1 line",
            "Change 48213 on 2026/03/02 by «maribel»@«zelmont-laptop» 'Fix rounding'",
            "npm ERR! 404  '@«zelmont»/«premia-rates»@^2.1.0' is not in this registry.",
            "Error: Cannot find module '@«zelmont»/premia-rates'",
            "Cannot find module '@babel/core'",
            "listening on «rates-lag-7»:9092",
            "Connecting to database «premia_rates» on «rates-lag-7»:5432",
            "<local-command-stdout>Host «rates-lag-7»\n  HostName «rates-lag-7.zelmont.io»\n  User «mkavinas»\n",
            "<pre>Server «rates-lag-7» port 5432 is up</pre>",
            "<td>«mkavinas» tty2 2026-10-05 09:12 (:0)</td>",
            "<td>https://github.com/«zelmont»/«premia-rates»/pull/441</td>",
            "\"url\": \"https://github.com/«zelmont»/«premia-rates»/pull/441\"",
            "see \"https://github.com/zelmont/rates\" or npm install --save-dev3 and run-dev 2",
            "    12\tlistening on «rates-lag-7»:9092",
        ] {
            let plainly = text.replace(['«', '»'], "");
            let found = hits(&plain(&plainly));
            assert_eq!(marked(&plainly, &found, |hit| hit.rule.rule().class != Class::Secret), text);
        }
    }

    #[test]
    fn lines_of_blanks_and_of_one_letter_hold_nothing() {
        for text in [" ".repeat(12), "\t".repeat(12) + "\n", " ".repeat(12) + "a", " ".repeat(12) + "a\n\n"] {
            let subject = Subject {
                bytes: text.as_bytes(),
                key: None,
                role: Role::Value,
                field: Field::Free,
                cwd: None,
            };
            let mut hits = Hits::new();
            find(&subject, true, &mut hits);
            assert!(hits.is_empty(), "{text:?}");
        }
    }
}
