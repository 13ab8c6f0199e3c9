//! People by their given names: `Maribel Ortiz wants smaller commits` anywhere, `ask Maribel` in what people say.
//!
//! Every blank is asked for the two bytes beside it; only where a capital follows is a word looked up.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        word,
    },
    login, name,
};
use crate::{rule::id, transcript::text::Field};
use foldhash::HashMap;
use std::sync::LazyLock;

/// The least and the greatest length of a given name, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=16;

/// How much a given name says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// It is a person's.
    Clear,
    /// It is also a word, a place or a part of a program's name.
    Common,
}

/// Given names in lower case.
static GIVEN: LazyLock<HashMap<&'static [u8], Given>> = LazyLock::new(|| {
    let list = |text: &'static str, given| {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(move |word| (word.as_bytes(), given))
    };
    let common = list(include_str!("given_common.txt"), Given::Common);
    common.chain(list(include_str!("given.txt"), Given::Clear)).collect()
});

/// Looks at every word of a text that a blank or a line break stands before.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let spoken = subject.field == Field::Prose;
    if spoken {
        lone(bytes, 0, hits);
    }
    for at in memchr::memchr2_iter(b' ', b'\n', bytes) {
        let Some(next) = bytes.get(at + 1) else { return };
        if !(next.is_ascii_uppercase() || *next >= 0xc3 || begins_particle(&bytes[at + 1..])) {
            continue;
        }
        if bytes[at] == b' ' && at > 2 && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1] >= 0x80) {
            full(bytes, at, hits);
        }
        if spoken {
            lone(bytes, at + 1, hits);
        }
    }
}

/// Whether a small word of a family name begins here: `van der Berg`.
fn begins_particle(rest: &[u8]) -> bool {
    matches!(rest, [b'v', b'a' | b'o', b'n', b' ', ..] | [b'd', b'a' | b'e' | b'i', b' ', ..])
}

/// Whether a word is a given name.
pub(super) fn is_given(word: &[u8]) -> bool {
    !word.is_empty() && given(word).is_some()
}

/// What is known of the given name that is all of `word`, a capital and small letters.
fn given(word: &[u8]) -> Option<Given> {
    let plain =
        LENGTH.contains(&word.len()) && word[1..].iter().all(|b| b.is_ascii_lowercase() || *b >= 0x80);
    if !plain {
        return None;
    }
    let mut lower = [0; *LENGTH.end()];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    // The first letter of `Željko` and `Émile` is two bytes; its small form ends 0x20 higher, or one.
    if lower[0] == 0xc3 && lower[1] < 0xa0 {
        lower[1] += 0x20;
    } else if matches!(lower[0], 0xc4 | 0xc5) {
        lower[1] += 1;
    }
    GIVEN.get(&*lower).copied()
}

/// Where the word ends that starts at byte `start`: letters and hyphens.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    start + bytes[start..].iter().take(40).take_while(|b| letter(b)).count()
}

/// Adds the name around the blank at byte `at`: a given name before it, a family name behind.
fn full(bytes: &[u8], at: usize, hits: &mut Hits) {
    let letters = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let start = at - bytes[..at].iter().rev().take(*LENGTH.end() + 1).take_while(|b| letters(b)).count();
    let Some(given) = given(&bytes[start..at]) else { return };
    if !word::starts_word(bytes, start) || matches!(bytes[..start].last(), Some(b'-' | b'.' | b'/')) {
        return;
    }
    let end = name::name_end(bytes, start);
    let end = bytes[start..end].strip_suffix(b"'s").map_or(end, |name| start + name.len());
    let Some(family) = bytes.get(at + 1..end) else { return };
    let last = family.split(|b| *b == b' ').next_back().unwrap_or_default();
    let shaped = last.len() > 2 && last.iter().skip(1).any(u8::is_ascii_lowercase);
    let known = given == Given::Clear || family.split(|b| *b == b' ').count() == 1;
    if shaped
        && known
        && distinct::is_unusual(last)
        && !is_dummy(&bytes[start..end])
        && login::is_person(last)
    {
        name::push_person(bytes, start, end, hits);
    }
}

/// Whether a name is one that examples are made with.
fn is_dummy(name: &[u8]) -> bool {
    let last = name.rsplit(|b| *b == b' ').next().unwrap_or_default();
    word::listed(&["doe", "example", "jones", "sample", "smith", "tester"], last)
}

/// Adds the given name that starts at byte `start` if what stands beside it says that someone is meant.
fn lone(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end = word_end(bytes, start);
    if given(&bytes[start..end]) != Some(Given::Clear) || !word::ends_word(bytes, end) {
        return;
    }
    let (line_start, line_end) = word::line(bytes, start, 160);
    let (head, rest) = (&bytes[line_start..start], &bytes[end..line_end.max(end)]);
    let written = matches!(rest.first(), Some(b'-' | b'.' | b'/' | b'(' | b'=')) && rest.get(1) > Some(&b' ');
    if !written && (follows(head) || leads(head, rest)) {
        let name = &bytes[start..end];
        hits.push(
            Hit::new(id::IDENTITY_PERSON, start, end, "given name in a sentence").canonical(canonical(name)),
        );
    }
}

/// Whether the words before a name are followed by people: `ask`, `talked to`.
fn follows(head: &[u8]) -> bool {
    let head = head.trim_ascii_end();
    let last = head.rsplit(|b| matches!(b, b' ' | b'(' | b'*' | b'"' | b'-')).next().unwrap_or_default();
    word::listed(BEFORE, last.strip_suffix(b",").unwrap_or(last))
}

/// Whether what follows a name is what people do or have, or the name is whom the line is for.
fn leads(head: &[u8], rest: &[u8]) -> bool {
    let possessive = rest.starts_with(b"'s ") || rest.starts_with("’s ".as_bytes());
    let behind = rest.strip_prefix(b" ").unwrap_or_default();
    let len = behind.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let first = head.iter().all(|b| matches!(b, b' ' | b'-' | b'*' | b'>' | b'@'));
    let called =
        first && (rest.trim_ascii().is_empty() || rest.starts_with(b", ") || rest.starts_with(b": "));
    possessive || called || word::listed(BEHIND, &behind[..len])
}

/// Words before the names of people; sorted.
static BEFORE: &[&str] = &[
    "according",
    "am",
    "and",
    "ask",
    "asked",
    "asking",
    "boss",
    "by",
    "call",
    "called",
    "cc",
    "colleague",
    "contact",
    "coworker",
    "dear",
    "dr",
    "email",
    "for",
    "from",
    "hello",
    "hey",
    "hi",
    "i'm",
    "lead",
    "let",
    "mail",
    "manager",
    "message",
    "met",
    "mr",
    "mrs",
    "ms",
    "named",
    "per",
    "ping",
    "pinged",
    "poke",
    "regards",
    "remind",
    "reviewer",
    "teammate",
    "tell",
    "thank",
    "thanks",
    "thx",
    "to",
    "told",
    "with",
];

/// What people do, behind their names; sorted.
static BEHIND: &[&str] = &[
    "added",
    "agreed",
    "agrees",
    "approved",
    "asked",
    "asks",
    "broke",
    "built",
    "commented",
    "complained",
    "confirmed",
    "did",
    "does",
    "fixed",
    "found",
    "had",
    "has",
    "here",
    "introduced",
    "is",
    "knows",
    "left",
    "likes",
    "made",
    "mentioned",
    "mentions",
    "merged",
    "needs",
    "noted",
    "owns",
    "pointed",
    "prefers",
    "proposed",
    "pushed",
    "replied",
    "reported",
    "reports",
    "requested",
    "reviewed",
    "said",
    "says",
    "sent",
    "showed",
    "suggested",
    "suggests",
    "thinks",
    "thought",
    "told",
    "wanted",
    "wants",
    "was",
    "will",
    "works",
    "would",
    "wrote",
];

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::{rule::Class, transcript::text::Field};

    #[test]
    fn people_are_known_by_their_given_names() {
        for text in [
            "Can you ask «Tomasz» about it?",
            "«Annika» said the retry logic is wrong, see «Priya Venkataraman»'s comment",
            "per «Tomasz»'s comment",
            "Attendees: «Annika Feldkamp», «Scott Brevik»",
            "| «Annika Feldkamp» | Done |",
            "«Annika van der Feldkamp» wants smaller commits",
            "Hi «Tomasz»,",
            "«Željko» wrote it",
            "«Łukasz Brzezicki» wrote it",
            "Ask Claude, Jenkins or Travis about it, and Scott too",
            "Alice Johnson and John Smith are examples, Sean is none",
            "Anna Database, Peter Error, Maria Config are no people",
            "The Tomasz-2 engine runs on MariaDB",
            "Hugo said so",
        ] {
            let plainly = text.replace(['«', '»'], "");
            let subject = Subject { field: Field::Prose, ..plain(&plainly) };
            let found = hits(&subject);
            assert_eq!(marked(&plainly, &found, |hit| hit.rule.rule().class == Class::Identity), text);
        }
    }

    #[test]
    fn single_names_are_for_what_people_say() {
        let found = hits(&Subject { field: Field::Output, ..plain("by Tomasz and Annika Feldkamp") });
        assert_eq!(
            marked("by Tomasz and Annika Feldkamp", &found, |_| true),
            "by Tomasz and «Annika Feldkamp»"
        );
    }
}
