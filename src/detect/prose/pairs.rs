//! Logins and their passwords in a list that a word heads: `creds: admin => x, guest => y`, `the wordpress passwords: admin x`,
//! `basic auth is on (staging / x)`, `Credentials:` over `- Grafana: admin / x`.

use super::{
    super::{assignment, reference, shape::Shape, subject::Hits},
    piece::{Piece, piece, trimmed},
    value::push,
};

/// How far such a list is followed on the line of its word, and below it, in bytes.
const LINE: usize = 200;
const BELOW: usize = 480;

/// The most items of a list below a word.
const MOST: usize = 10;

/// What divides a login and its password.
const DIVIDERS: [&[u8]; 12] = [
    b"/",
    b"=>",
    b"->",
    b"=",
    b":",
    b"|",
    b"and",
    b"with",
    b"//",
    b"\xe2\x80\x94",
    b"\xe2\x86\x92",
    b"\xe2\x80\x93",
];

/// Looks at the pairs behind a word that heads a list, which ends at byte `end`; `listed` if it may go on in the lines below.
pub(super) fn find(bytes: &[u8], end: usize, listed: bool, hits: &mut Hits) {
    let stop = line_end(bytes, end, LINE);
    line(bytes, end, stop, hits);
    if !listed || stop >= bytes.len() {
        return;
    }
    let limit = bytes.len().min(stop + BELOW);
    let (mut at, mut items) = (stop + 1, 0);
    while at < limit && items < MOST {
        let stop = line_end(bytes, at, LINE);
        let text = &bytes[at..stop];
        let lead = text.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'|' | b'+')).count();
        let item = is_item(&text[lead..]);
        if !item && !text[lead..].trim_ascii().iter().all(|b| b"-=".contains(b)) {
            return;
        }
        if item {
            line(bytes, at + lead, stop, hits);
            items += 1;
        }
        at = stop + 1;
    }
}

/// Looks at the login and the password, joined by a sign, before the words ` to log in` at byte `at`: `use bob/x to log in`.
pub(super) fn before(bytes: &[u8], at: usize, hits: &mut Hits) {
    let near = &bytes[at.saturating_sub(LINE)..at];
    let word = near.trim_ascii_end();
    let quoted = usize::from(matches!(word.last(), Some(b'`' | b'"' | b'\'')));
    let end = at - near.len() + word.len() - quoted;
    let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'`' | b'"' | b'\'' | b'(');
    let length = bytes[..end].iter().rev().take(LINE).position(stop).unwrap_or(0);
    let Some(sign) = joined(&bytes[end - length..end]) else { return };
    let start = end - length + sign;
    if is_secret(&bytes[start..end], true) && !assignment::is_known(hits, start, end) {
        push(hits, start, end, "a login and a password");
    }
}

/// Whether a line is an item: `- x`, `* x`, `2. x`.
fn is_item(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    matches!(text, [b'-' | b'*', b' ', ..]) || digits > 0 && matches!(text[digits..], [b'.' | b')', b' ', ..])
}

fn line_end(bytes: &[u8], at: usize, most: usize) -> usize {
    let limit = bytes.len().min(at + most);
    memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i)
}

/// The pairs of a line: words made up behind a login and what divides both, or behind a login and a blank.
fn line(bytes: &[u8], at: usize, stop: usize, hits: &mut Hits) {
    // A login stands before, and a sign behind it.
    let (mut at, mut login, mut divided) = (at, false, false);
    while let Some(found) = piece(bytes, at, stop).filter(|found| found.end <= stop) {
        at = found.end + usize::from(found.quoted);
        let whole = &bytes[found.start..found.end];
        if !found.quoted && DIVIDERS.contains(&whole) {
            divided = login;
            continue;
        }
        let text = if found.quoted { found } else { trimmed(bytes, found) };
        let joined = joined(&bytes[text.start..text.end]).filter(|_| !found.quoted);
        let value = Piece { start: text.start + joined.unwrap_or(0), ..text };
        let tied = joined.is_some() || divided;
        if (tied || login) && is_secret(&bytes[value.start..value.end], tied) {
            if !assignment::is_known(hits, value.start, value.end) {
                push(hits, value.start, value.end, "a login and a password");
            }
            (login, divided) = (false, false);
            continue;
        }
        let names = &bytes[text.start..text.end];
        let plain = (2..=40).contains(&names.len())
            && names.iter().all(|b| b.is_ascii_alphanumeric() || b"._-@+".contains(b));
        let ends = !found.quoted && matches!(whole.last(), Some(b',' | b';' | b'.'));
        (login, divided) = (plain && !ends, false);
    }
}

/// Where the password starts in `bob:x`, `admin/x`.
fn joined(text: &[u8]) -> Option<usize> {
    let sign = text.iter().position(|b| matches!(b, b':' | b'/' | b'='))?;
    let login = (2..=40).contains(&sign)
        && text[..sign].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@+".contains(b));
    login.then_some(sign + 1)
}

/// Whether a word is a password; `tied` if a sign stands before it, without which a number in hexadecimal is a hash.
fn is_secret(text: &[u8], tied: bool) -> bool {
    (tied || !Shape::of(text).hex)
        && reference::is_strongly_made_up(text)
        && !reference::is_explained(text)
        && !super::word::is_no_value(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_pairs_in_lists() {
        for text in [
            "Creds: admin => «Comet84x», guest => «Comet85y»",
            "wordpress passwords: admin «Comet84x», editor «Comet85y»",
            "basic auth is enabled (staging / «Comet84x»)",
            "Use basic auth with ops and «Comet84x»",
            "Credentials:\n\n- Grafana: `admin` / `«Comet84x»`\n- DB: db.internal\n",
            "Credentials:\n* admin: «Comet84x»\n* editor: «Comet85y»\n",
            "2. Sign in with `admin` and `«Comet84x»`\n",
            "use shop/«lantern6499» to log in",
            "When I log in with \"bob@acme.io\" and \"«Comet84x»\"\n",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_lists_of_other_things() {
        for text in [
            "Credentials: 12345 today, 23456 yesterday",
            "the passwords: see docs/passwords.md for Argon2id and PBKDF2",
            "basic auth is enabled on port 8443 for api2 and web3",
            "Credentials:\n\n- Grafana: `admin` / see vault\n- commit 4f1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192\n",
            "log in with Google or GitHub",
        ] {
            check(text);
        }
    }
}
