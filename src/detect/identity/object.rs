//! Objects in JSON that describe someone: beside an address or a login stand the name, the firm, another login.

use super::{
    super::{
        code::distinct,
        subject::{Hit, Hits},
    },
    account, branch, given, login, message, name, owner, remote,
};
use crate::{
    detect::words::{WordSet, words},
    rule::id,
};

/// How far from its mark a member may stand, in bytes.
const REACH: usize = 600;

/// Most members that are looked at on one side.
const MOST: usize = 24;

/// Looks at the members of the object around byte `at`, where an address or a login of someone's stands.
pub(super) fn around(bytes: &[u8], at: usize, hits: &mut Hits) {
    let floor = at.saturating_sub(REACH);
    let Some(start) = open(&bytes[floor..at]).map(|i| floor + i) else { return };
    let stop = bytes.len().min(at + REACH);
    let mut at = start + 1;
    for _ in 0..MOST {
        let Some(((key, key_end), (from, to))) = member(bytes, at, stop) else { return };
        value(bytes, &bytes[key..key_end], (from, to), hits);
        at = to + 1;
    }
}

/// Looks at the `id` of the object around byte `at`, where the tenant of a subscription stands.
pub(super) fn ids(bytes: &[u8], at: usize, hits: &mut Hits) {
    let floor = at.saturating_sub(REACH);
    let Some(start) = open(&bytes[floor..at]).map(|i| floor + i) else { return };
    let mut from = start + 1;
    for _ in 0..MOST {
        let Some(((key, key_end), (first, last))) = member(bytes, from, bytes.len().min(at + REACH)) else {
            return;
        };
        if bytes[key..key_end] == *b"id" {
            value(bytes, b"id", (first, last), hits);
        }
        from = last + 1;
    }
}

/// The brace that is still open at the end of `head`.
fn open(head: &[u8]) -> Option<usize> {
    let mut depth = 0;
    for (index, byte) in head.iter().enumerate().rev() {
        match byte {
            b'}' => depth += 1,
            b'{' if depth == 0 => return Some(index),
            b'{' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The next member from byte `at` to `stop` whose value is a string, of this object alone: its key, its value.
fn member(bytes: &[u8], at: usize, stop: usize) -> Option<((usize, usize), (usize, usize))> {
    let mut at = at;
    let mut depth = 0;
    while at < stop {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return None,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let end = string_end(bytes, at + 1, stop)?;
                let colon =
                    bytes[end + 1..stop].iter().take(8).take_while(|b| b.is_ascii_whitespace()).count();
                let behind = end + 1 + colon;
                let blank = behind + 1;
                let keyed = depth == 0 && bytes.get(behind) == Some(&b':');
                if keyed {
                    let from = blank
                        + bytes[blank..stop].iter().take(8).take_while(|b| b.is_ascii_whitespace()).count();
                    if bytes.get(from) == Some(&b'"') {
                        return Some(((at + 1, end), (from + 1, string_end(bytes, from + 1, stop)?)));
                    }
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the string that starts at byte `at` ends.
fn string_end(bytes: &[u8], at: usize, stop: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let next = at + memchr::memchr2(b'"', b'\\', bytes.get(at..stop)?)?;
        if bytes[next] == b'"' {
            return Some(next);
        }
        at = next + 2;
    }
}

/// Adds what a member of someone's object says of them.
fn value(bytes: &[u8], key: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let text = &bytes[start..end];
    if text.is_empty() || text.len() > 80 || login::is_pseudonym(text) {
        return;
    }
    if NAMES.has(key) {
        let words = text.split(|b| *b == b' ').count();
        if message::is_company(text) {
            remote::push_org(bytes, start, end, hits);
        } else if name::name_end(bytes, start) == end && (2..=4).contains(&words) {
            name::push_person(bytes, start, end, hits);
        } else if words == 1 && given::is_clear(text) && text[0].is_ascii_uppercase() {
            given::push(bytes, start, end, hits);
        } else if words == 1
            && text[0].is_ascii_lowercase()
            && name::is_login_shape(text)
            && distinct::is_unusual(text)
        {
            name::login_at(&bytes[..end], start, "login in someone's object", hits);
        }
    } else if FIRMS.has(key) && !text.contains(&b'/') && !text.contains(&b'.') {
        let from = start + usize::from(text[0] == b'@');
        if !owner::is_public(&bytes[from..end]) {
            remote::push_org(bytes, from, end, hits);
        }
    } else if key == b"id" && account::is_uuid(text) {
        hits.push(Hit::new(id::IDENTITY_ACCOUNT_UUID, start, end, "UUID in someone's object"));
    } else if key == b"ref" && text.iter().any(|b| matches!(b, b'/' | b'-')) {
        branch::push(bytes, start, end, hits);
    }
}

/// Keys of names; sorted.
static NAMES: WordSet = words![
    "assignee_name",
    "author_name",
    "display_name",
    "displayname",
    "full_name",
    "fullname",
    "global_name",
    "holder",
    "name",
    "nickname",
    "real_name",
    "realname",
    "user_name",
    "username",
];

/// Keys of firms and groups; sorted.
static FIRMS: WordSet =
    words!["company", "employer", "org", "organisation", "organization", "team", "workspace"];

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn what_stands_beside_an_address_or_a_login_is_someones() {
        for expected in [
            r#"{"name":"«Zelmo Kavinas»","email":"«z@ledgerly.net»","plan":"Basic Plan"}"#,
            r#"{"id":7,"email":"«z@ledgerly.net»", "name": "«Zelmo Kavinas»", "company": "@«zelmonts-labs»"}"#,
            r#"{"displayName":"«Zelmo Kavinas»","name":"«zkavinas7»","emailAddress":"«z@ledgerly.net»"}"#,
            r#"{"commit":{"author":{"name":"«Zelmo Kavinas»","email":"«z@ledgerly.net»","date":"2026-05-11T07:12:33Z"},"message":"Fix It All"}}"#,
            r#"[{"user_name":"«zkavinas»","username":"«zkavinas»","name":"«Zelmo Kavinas»"}]"#,
            r#"{"name":"«Zelmonts Inc»","email":"«z@ledgerly.net»"}"#,
            r#"{"name":"Zelmonts","email":"«z@ledgerly.net»"}"#,
            r#"{"name":"Basic Plan","price":{"amount":"1"}}"#,
            r#"{"name":"Basic Plan","contact":{"email":"«z@ledgerly.net»"}}"#,
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
