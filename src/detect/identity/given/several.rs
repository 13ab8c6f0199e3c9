//! Several people side by side: lists behind a word for those who take part, two names with a sign between, a login beside its
//! name.

use super::{
    super::{
        super::{code::distinct, path, subject::Hits, vocabulary, word},
        around::ROSTERS,
        history, name,
    },
    LENGTH, is_clear, is_given, push, word_end,
};

/// Adds the name at the end of a line, `start..end`, behind whatever says who it is: `On call this week: Maribel Ortiz`.
pub(in super::super) fn labelled(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let last = end
        - bytes[start..end]
            .iter()
            .rev()
            .take(24)
            .take_while(|b| b.is_ascii_lowercase() || **b >= 0x80)
            .count();
    // A capital, and a blank before it.
    if last < start + 8 || !bytes[last - 1].is_ascii_uppercase() || bytes[last - 2] != b' ' || end - last < 2
    {
        return;
    }
    let Some(from) = memchr::memmem::rfind(&bytes[start..last], b": ").map(|i| start + i + 2) else { return };
    if roster(bytes, (start, from, end), hits) {
        return;
    }
    let words = bytes[from..end].split(|b| *b == b' ');
    let unknown =
        |word: &[u8]| !vocabulary::has(word) && distinct::is_unusual(word) && !distinct::is_public(word);
    let whole = name::name_end(bytes, from) == end && (2..=3).contains(&words.clone().count());
    let first = bytes[from..end].split(|b| *b == b' ').next().unwrap_or_default();
    if whole && (words.clone().all(unknown) || is_given(first) && words.skip(1).all(unknown)) {
        name::push_person(bytes, from, end, hits);
    }
}

/// Looks at a line that may end with what one of several people is: `Present: Maribel, Tomasz (remote)`.
pub(in super::super) fn listed(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let head = &bytes[start..end.min(start + 32)];
    if let Some(colon) = memchr::memmem::find(head, b": ") {
        roster(bytes, (start, start + colon + 2, end), hits);
    }
}

/// Adds the names in `from..end`, with commas between, behind a word for those who take part: `Present: Maribel, Tomasz`.
/// Says whether there are any.
fn roster(bytes: &[u8], (start, from, end): (usize, usize, usize), hits: &mut Hits) -> bool {
    let head = &bytes[start..from - 2];
    let len = head.iter().rev().take(24).take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    if !ROSTERS.has(&head[head.len() - len..]) {
        return false;
    }
    let mut found = Vec::new();
    let mut at = from;
    for part in bytes[from..end].split(|b| matches!(b, b',' | b'&' | b';')) {
        let blank = part.len() - part.trim_ascii_start().len();
        let (first, last) = (at + blank, at + part.trim_ascii_end().len());
        at += part.len() + 1;
        let open = memchr::memmem::find(part, b" (").map_or(last, |i| at - 1 - part.len() + i);
        if first >= open || name::name_end(bytes, first) != open || !name::is_capital(bytes, first) {
            return false;
        }
        found.push((first, open));
    }
    let person = |&(first, last): &(usize, usize)| {
        let name = &bytes[first..last];
        let unknown =
            |word: &[u8]| !vocabulary::has(word) && distinct::is_unusual(word) && !distinct::is_public(word);
        is_clear(name)
            || name.contains(&b' ') && (history::is_name(name) || name.split(|b| *b == b' ').all(unknown))
    };
    // One who is surely a person vouches for the others.
    if !found.iter().any(person) {
        return false;
    }
    for (first, last) in found {
        if bytes[first..last].contains(&b' ') {
            name::push_person(bytes, first, last, hits);
        } else {
            push(bytes, first, last, hits);
        }
    }
    true
}

/// Adds the given name in `start..end` and the one before the comma that stands before it: `(Maribel, Tomasz)`.
pub(super) fn enumerated(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let comma = start - 2;
    let len = bytes[..comma].iter().rev().take(*LENGTH.end()).take_while(|b| b.is_ascii_alphabetic()).count();
    let first = comma - len;
    let named = len > 2 && bytes[first].is_ascii_uppercase() && is_clear(&bytes[start..end]);
    if named
        && is_clear(&bytes[first..comma])
        && word::starts_word(bytes, first)
        && word::ends_word(bytes, end)
    {
        push(bytes, first, comma, hits);
        push(bytes, start, end, hits);
    }
}

/// Adds two given names with a sign between: `Sync Maribel & Tomasz`, `1:1 Maribel / Tomasz`.
pub(super) fn together(bytes: &[u8], (start, end): (usize, usize), sign: u8, hits: &mut Hits) {
    let from = end + 3;
    if bytes.get(end..from) != Some(&[b' ', sign, b' '][..]) || !is_clear(&bytes[start..end]) {
        return;
    }
    let to = word_end(bytes, from);
    if is_clear(&bytes[from..to]) && bytes[from].is_ascii_uppercase() {
        push(bytes, start, end, hits);
        push(bytes, from, to, hits);
    }
}

/// Adds the login beside a person's name in brackets, or in brackets beside one: `maribel7 (Maribel Ortiz)`.
pub(super) fn beside(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let sign = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    let (from, to) = match (&bytes[..start], &bytes[end..]) {
        ([head @ .., b' ', b'('], [b')', ..]) => {
            (head.len() - head.iter().rev().take(40).take_while(|b| sign(b)).count(), head.len())
        }
        (_, [b' ', b'(', rest @ ..]) => {
            let skip = usize::from(rest.first() == Some(&b'@'));
            let len = rest[skip..].iter().take(40).take_while(|b| sign(b)).count();
            if rest.get(skip + len) != Some(&b')') {
                return;
            }
            (end + 2 + skip, end + 2 + skip + len)
        }
        _ => return,
    };
    let login = &bytes[from..to];
    let own = login.len() > 3
        && login[0].is_ascii_lowercase()
        && path::is_own(login)
        && login.iter().any(|b| matches!(b, b'.' | b'_' | b'-') || b.is_ascii_alphabetic());
    if own && (from == 0 || !sign(&bytes[from - 1])) && !name::is_robot(login) {
        name::login_at(&bytes[..to], from, "login beside its name", hits);
    }
}
