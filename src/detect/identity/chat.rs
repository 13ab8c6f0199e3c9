//! People in chats: identifiers that Slack and Discord mention, nicks in logs of IRC, names in exports of messengers.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        word,
    },
    name,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// Longest nick, in bytes.
const MAX_NICK: usize = 32;

/// Looks at the mention whose `<@` or `<#` starts at byte `at`: `<@U04RB7KQ2MN|maribel>`.
pub(super) fn mention(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = at + 2;
    let len = bytes[start..].iter().take(12).take_while(|b| is_capital_or_digit(**b)).count();
    let end = start + len;
    if !is_slack(&bytes[start..end]) || !matches!(bytes.get(end), Some(b'>' | b'|')) {
        return;
    }
    push_slack(bytes, start, end, hits);
    if bytes[at + 1] == b'@' && bytes[end] == b'|' {
        name::login_at(bytes, end + 1, "who is mentioned in a chat", hits);
    }
}

/// Looks at the digits at byte `at`: whom or what Discord mentions with them, `<@331278899102837465>`.
pub(super) fn numbered(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let marks: [&[u8]; 4] = [b"<@", b"<@!", b"<@&", b"<#"];
    let digits = bytes[at..].iter().take(21).take_while(|b| b.is_ascii_digit()).count();
    if (17..=20).contains(&digits)
        && bytes.get(at + digits) == Some(&b'>')
        && marks.iter().any(|mark| bytes[..at].ends_with(mark))
    {
        push_account(bytes, at, at + digits, hits);
    }
}

/// Looks at a text under a key: an identifier of Slack's is all of it.
pub(super) fn keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if is_slack(text) {
        push_slack(text, 0, text.len(), hits);
    }
}

/// Looks at a line of a chat's log, whose first byte `at` begins a time: `10:02 <maribel> hi`, `[10:02] <maribel> hi`,
/// `02/03/2026, 10:02 - Maribel Ortiz: hi`.
pub(super) fn line(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let open = usize::from(bytes[at] == b'[');
    let from = at + open;
    let time = bytes[from..end].iter().take(12).take_while(|b| b.is_ascii_digit() || **b == b':').count();
    let clock = matches!(time, 5 | 8) && bytes[from + 2] == b':';
    if !clock {
        if open == 0 {
            exported(bytes, at, end, hits);
        }
        return;
    }
    let behind = from + time;
    let rest = &bytes[behind..end];
    let Some(rest) = (if open == 1 { rest.strip_prefix(b"] ") } else { rest.strip_prefix(b" ") }) else {
        return;
    };
    let start = end - rest.len();
    match rest {
        [b'<', ..] => nick(bytes, start + 1, b"> ", hits),
        [b'-', b'!', b'-', b' ', ..] => nick(bytes, start + 4, b" [", hits),
        _ => {}
    }
}

/// Adds the nick at byte `at`, perhaps behind a sign of rank, if `close` follows it; behind a bracket who that is where.
fn nick(bytes: &[u8], at: usize, close: &[u8], hits: &mut Hits) {
    let start = at + usize::from(matches!(bytes.get(at), Some(b'@' | b'+' | b' ' | b'%' | b'~')));
    let sign = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'^' | b'|' | b'`');
    let len = bytes[start..].iter().take(MAX_NICK).take_while(|b| sign(b)).count();
    let end = start + len;
    if len < 3 || !bytes[end..].starts_with(close) || !distinct::is_unusual(&bytes[start..end]) {
        return;
    }
    name::login_at(&bytes[..end], start, "nick in a chat", hits);
    if close == b" [" {
        let user = end + 2 + usize::from(bytes.get(end + 2) == Some(&b'~'));
        let len = bytes[user..].iter().take(MAX_NICK).take_while(|b| sign(b)).count();
        if bytes.get(user + len) == Some(&b'@') {
            name::login_at(&bytes[..user + len], user, "user behind a nick", hits);
        }
    }
}

/// A line of an exported chat: a date, a time, a hyphen, who wrote.
fn exported(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let line = &bytes[at..end.min(at + 80)];
    let date = line.iter().take(10).take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'/')).count();
    let Some(behind) = line.get(date..).and_then(|rest| rest.strip_prefix(b", ")) else { return };
    let Some(dash) = memchr::memmem::find(behind, b" - ").filter(|dash| (4..12).contains(dash)) else {
        return;
    };
    if date < 6 || !behind[0].is_ascii_digit() || behind[..dash].iter().any(|b| matches!(b, b'(' | b'<')) {
        return;
    }
    let start = end.min(at + 80) - behind.len() + dash + 3;
    let stop = name::name_end(bytes, start);
    if bytes.get(stop) == Some(&b':') && stop < end && bytes[start..stop].contains(&b' ') {
        name::push_person(bytes, start, stop, hits);
    }
}

/// Words that say that a name with four digits is someone's in a chat or a game; sorted.
static TAGGED: WordSet = words![
    "battle",
    "battlenet",
    "battletag",
    "discord",
    "friend",
    "gamertag",
    "guild",
    "handle",
    "player",
    "playername",
    "tag",
    "username",
];

/// Looks at every name with four digits behind a `#`: `mkavinas#4417`, on a line that says whose it is.
pub(super) fn tags(bytes: &[u8], hits: &mut Hits) {
    for at in memchr::memchr_iter(b'#', bytes) {
        let digits = bytes[at + 1..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        let len = bytes[..at].iter().rev().take(MAX_NICK + 1).take_while(|b| name(b)).count();
        let (start, end) = (at - len, at + 1 + digits);
        if digits != 4
            || !(3..=MAX_NICK).contains(&len)
            || matches!(bytes[..start].last(), Some(b'/' | b'@' | b'#' | b':'))
            || !word::ends_word(bytes, end)
        {
            continue;
        }
        let (from, to) = word::line(bytes, at, TAGGED_REACH);
        let mut words = bytes[from..to].split(|b| !b.is_ascii_alphanumeric());
        if words.any(|word| TAGGED.has(word)) {
            push_account(bytes, start, end, hits);
        }
    }
}

/// How far from such a name the word may stand that says whose it is, in bytes.
const TAGGED_REACH: usize = 80;

fn is_capital_or_digit(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Whether a word is made like an identifier of Slack's: what it is, a zero, capitals and digits that are no hexadecimal
/// number.
fn is_slack(text: &[u8]) -> bool {
    let kind = matches!(text, [b'U' | b'W' | b'C' | b'D' | b'G' | b'T', b'0', ..]);
    let rest = text.get(1..).unwrap_or_default();
    kind && (9..=11).contains(&text.len())
        && rest.iter().all(|b| is_capital_or_digit(*b))
        && rest.iter().filter(|b| b.is_ascii_digit()).count() > 1
        && rest.iter().any(|b| *b > b'F')
}

/// Adds an identifier of Slack's, of a person or of a place.
fn push_slack(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    if matches!(bytes[start], b'U' | b'W') {
        push_account(bytes, start, end, hits);
    } else if word::starts_word(bytes, start) {
        let hit = Hit::new(id::IDENTITY_RESOURCE, start, end, "identifier in a chat");
        hits.push(hit.canonical(canonical(&bytes[start..end])).learn(Learn::Branch));
    }
}

/// Adds the identifier of a person, who has it everywhere.
fn push_account(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let hit = Hit::new(id::IDENTITY_LOGIN, start, end, "identifier in a chat");
    hits.push(hit.canonical(canonical(&bytes[start..end])).learn(Learn::Login));
}

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::rule::Class;

    #[test]
    fn people_in_chats_are_found() {
        for expected in [
            "my discord is «mkavinas#4417», yours «zel.k#0931»",
            "player «NightOwl#8821» says so",
            "fixed in mkavinas#4417, see rows#1234",
            "the discord bot, see #1234 and rows#12345",
            "hi <@«U04RB7KQ2MN»|«mkavinas»>, see <#«C06HJ2R8XYZ»|general> and <@«331278899102837465»>",
            "10:00 <«mkavinas»> it is broken\n10:01 <@«zkavinas»> again?",
            "[10:00:12] <«mkavinas»> hi",
            "10:02 -!- «mkavinas» [~«zelmok»@gateway] has joined #ledger",
            "02/03/2026, 10:01 - «Zelmo Kavinas»: no\n02.03.26, 10:02 - «Jana Zorbik»: yes",
            "10:00 <div> and 10:01 <main> x, [10:00] <User> x, 10:00 <a href",
            "<@UFFEEDDCC> <#C0FFEE1234> <@here> 1, 2 - Three Four: x",
            "2026-03-02, 10:01 - build: x, <@12345>",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }

    #[test]
    fn an_identifier_under_a_key_is_found() {
        for (text, expected) in [("T02QK4M7DXY", 1), ("C0FFEE1234", 0), ("U123", 0), ("USER0NAMEX", 0)] {
            let found = hits(&Subject { key: Some(b"team"), ..plain(text) });
            assert_eq!(found.len(), expected, "{text}");
        }
    }
}
