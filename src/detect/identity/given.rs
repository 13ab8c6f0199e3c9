//! People by their given names: `Maribel Ortiz wants smaller commits` anywhere, `ask Maribel` in what people say.
//!
//! Every blank is asked for the two bytes beside it; only where a capital follows is a word looked up.

mod several;
mod titled;

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        lexicon, path,
        recall::Recall,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    around::{
        ASKED, BEFORE, BEHIND, CLOSINGS, EPONYMS, GREETINGS, GROUPS, LEADS, REQUESTS, SAID, TOLD, WORDS,
    },
    firm, login, name, street,
};
use crate::{rule::id, transcript::text::Field};
use std::{cell::RefCell, sync::LazyLock};

use several::{beside, enumerated, together};
pub(super) use several::{labelled, listed};

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

/// Given names in lower case, one a line and sorted.
static CLEAR: &str = include_str!("given.txt");

/// The same, that are also something else.
static COMMON: &str = include_str!("given_common.txt");

/// What is known of a word in lower case.
fn look_up(word: &[u8]) -> Option<Given> {
    let clear = || lexicon::has(CLEAR, word).then_some(Given::Clear);
    clear().or_else(|| lexicon::has(COMMON, word).then_some(Given::Common))
}

/// A bit for the hash of each four letters that a given name begins with, of shorter ones and those with letters beyond
/// ASCII among them of three bytes.
static HEADS: LazyLock<[u64; (1 << HEAD_BITS) / 64]> = LazyLock::new(|| {
    let mut heads = [0; (1 << HEAD_BITS) / 64];
    let names = CLEAR.lines().chain(COMMON.lines()).filter(|line| !line.starts_with('#'));
    for head in names.map(|name| head(name.as_bytes())) {
        heads[head >> 6] |= 1 << (head & 63);
    }
    heads
});

/// Bits of that hash.
const HEAD_BITS: u32 = 17;

/// The hash of the first four letters of `word`, in any case, or of its first three bytes.
fn head(word: &[u8]) -> usize {
    let four = match *word {
        [a, b, c, d, ..] if a.is_ascii_alphabetic() && d.is_ascii_alphabetic() => [a, b, c, d],
        [a, b, c, ..] if a.is_ascii_alphabetic() => [a, b, c, 0],
        _ => return 0,
    };
    let lower = u32::from_le_bytes(four) | 0x2020_2020;
    (lower.wrapping_mul(0x9e37_79b1) >> (32 - HEAD_BITS)) as usize
}

/// Whether a given name may begin where `word` does.
fn may_be(heads: &[u64], word: &[u8]) -> bool {
    let head = head(word);
    head == 0 || heads[head >> 6] >> (head & 63) & 1 == 1
}

/// How much is looked at in one step for a word with a capital, in bytes.
const BLOCK: usize = 32;

/// Where in `block` a word with a capital may begin behind a blank: a byte each, not zero at the blank. Written so that the
/// compiler takes many bytes at once.
fn beginnings(block: &[u8; BLOCK + 1]) -> [u8; BLOCK] {
    let mut flags = [0; BLOCK];
    for ((flag, last), this) in flags.iter_mut().zip(&block[..BLOCK]).zip(&block[1..]) {
        let capital = u8::from(this.wrapping_sub(b'A') < 26) | u8::from(this.wrapping_sub(0xc3) < 3);
        *flag = capital & (u8::from(*last == b' ') | u8::from(*last == b'\n'));
    }
    flags
}

/// Looks at every word of a text that a blank or a line break stands before.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let spoken = matches!(subject.field, Field::Prose | Field::Answer);
    if spoken {
        lone(bytes, 0, hits);
        strange(bytes, 0, hits);
        if bytes.first().is_some_and(u8::is_ascii_uppercase) {
            firm::told(bytes, 0, hits);
        }
    }
    let mut at = 0;
    while at + 1 < bytes.len() {
        let mut last = [0; BLOCK + 1];
        let block =
            bytes.get(at..at + BLOCK + 1).and_then(|block| block.try_into().ok()).unwrap_or_else(|| {
                last[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                &last
            });
        let flags = beginnings(block);
        at += BLOCK;
        if flags.iter().fold(0, |any, flag| any | flag) == 0 {
            continue;
        }
        for (index, flags) in flags.as_chunks::<8>().0.iter().enumerate() {
            let mut flags = u64::from_le_bytes(*flags);
            while flags != 0 {
                around(bytes, at - BLOCK + 8 * index + flags.trailing_zeros() as usize / 8, spoken, hits);
                flags &= flags - 1;
            }
        }
    }
}

/// Looks at the words on both sides of the blank at byte `at`.
fn around(bytes: &[u8], at: usize, spoken: bool, hits: &mut Hits) {
    let heads = &*HEADS;
    if bytes[at] == b' ' && at > 2 && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1] >= 0x80) {
        full(bytes, at, heads, hits);
    }
    let (first, second) = (bytes[at + 1], bytes.get(at + 2).copied().unwrap_or_default());
    if firm::may_begin_suffix(first, second) {
        firm::suffix(bytes, at + 1, hits);
    }
    if street::may_begin(first, second) {
        street::find(bytes, at + 1, hits);
    }
    if may_be(heads, &bytes[at + 1..]) {
        let end = word_end(bytes, at + 1);
        if bytes.get(end) == Some(&b' ') && begins_particle(&bytes[end + 1..]) {
            full(bytes, end, heads, hits);
        }
        if spoken {
            lone(bytes, at + 1, hits);
        }
        if bytes[..at].ends_with(b",") {
            enumerated(bytes, (at + 1, end), hits);
        }
        if let Some(sign) = bytes.get(end + 1).filter(|b| matches!(b, b'&' | b'/')) {
            together(bytes, (at + 1, end), *sign, hits);
        }
    }
    if may_be(heads, &bytes[at + 1..]) {
        owner_of_device(bytes, at + 1, hits);
    }
    if spoken {
        strange(bytes, at + 1, hits);
        firm::told(bytes, at + 1, hits);
        street::compound(bytes, at + 1, word_end(bytes, at + 1), hits);
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

/// Whether a word is a given name and nothing else.
pub(super) fn is_clear(word: &[u8]) -> bool {
    !word.is_empty() && given(word) == Some(Given::Clear)
}

/// The same, if it is written in small letters or capitals.
pub(super) fn is_clear_in_any_case(word: &[u8]) -> bool {
    let mut name = word.to_ascii_lowercase();
    if let Some(first) = name.first_mut() {
        first.make_ascii_uppercase();
    }
    is_clear(&name)
}

/// Adds the given name in `start..end`, which someone is greeted with.
pub(super) fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let unusual = || distinct::is_unusual(name) && !GROUPS.has(name) && !name::is_robot(name);
    if name.len() > 2 && name[0].is_ascii_uppercase() && (is_given(name) || unusual()) {
        hits.push(Hit::new(id::IDENTITY_PERSON, start, end, "name in a greeting").canonical(canonical(name)));
    }
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
    thread_local! {
        static ASKED: RefCell<Recall<Option<Given>, 1024>> = const { RefCell::new(Recall::new()) };
    }
    ASKED.with_borrow_mut(|asked| asked.get(lower, look_up))
}

/// Where the word ends that starts at byte `start`: letters and hyphens.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    start + bytes[start..].iter().take(40).take_while(|b| letter(b)).count()
}

/// Adds the name around the blank at byte `at`: a given name before it, a family name behind.
fn full(bytes: &[u8], at: usize, heads: &[u64], hits: &mut Hits) {
    let letters = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let start = at - bytes[..at].iter().rev().take(*LENGTH.end() + 1).take_while(|b| letters(b)).count();
    if bytes[start].is_ascii_lowercase() || !may_be(heads, &bytes[start..at]) {
        return;
    }
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
        firm::aside(bytes, end, hits);
        beside(bytes, (start, end), hits);
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

/// Adds the given name at byte `start` of whom a device is called after: `Maribel's iPhone`.
fn owner_of_device(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end =
        start + bytes[start..].iter().take(*LENGTH.end()).take_while(|b| b.is_ascii_alphabetic()).count();
    let rest = &bytes[end..];
    let Some(rest) = rest.strip_prefix(b"'s ").or_else(|| rest.strip_prefix("\u{2019}s ".as_bytes())) else {
        return;
    };
    let devices: [&[u8]; 6] = [b"iPhone", b"iPad", b"MacBook", b"AirPods", b"Apple Watch", b"Mac "];
    if devices.iter().any(|device| rest.starts_with(device)) && given(&bytes[start..end]).is_some() {
        hits.push(
            Hit::new(id::IDENTITY_PERSON, start, end, "owner of a device")
                .canonical(canonical(&bytes[start..end])),
        );
    }
}

/// Adds the name that starts at byte `start`, whatever its words, if only a person can be meant by what stands beside it.
fn strange(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end = word_end(bytes, start);
    if end < start + 3 || !bytes[start + 1].is_ascii_lowercase() {
        return;
    }
    titled::find(bytes, start, hits);
    let two = bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase);
    let ends = matches!(bytes.get(end), None | Some(b',' | b'!' | b'\n' | b'\r'));
    let led =
        (two || ends) && (start == 0 || bytes[start - 1] == b'\n' || LEADS.has(last_word(bytes, start)));
    if two || led || bytes.get(end) == Some(&b'\'') || bytes[..start].ends_with(b" is ") {
        met(bytes, (start, end), two, hits);
    }
}

/// The word before the blank before byte `start`.
fn last_word(bytes: &[u8], start: usize) -> &[u8] {
    let head = bytes[..start].strip_suffix(b" ").unwrap_or_default();
    let len = head.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    &head[head.len() - len..]
}

/// Where the name in `start..end` ends if a small word stands behind two of its own.
fn before_particle(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    for (index, word) in bytes[start..end].split(|b| *b == b' ').enumerate() {
        if index > 1 && word.first().is_some_and(u8::is_ascii_lowercase) {
            return at - 1;
        }
        at += word.len() + 1;
    }
    end
}

/// Adds the name that starts with the word `start..end` and is of more words if `two` says so.
fn met(bytes: &[u8], (start, end): (usize, usize), two: bool, hits: &mut Hits) {
    let (line_start, line_end) = word::line(bytes, start, 120);
    let head = bytes[line_start..start].trim_ascii_end();
    let asked = ASKED.iter().any(|words| {
        word::ends_with(head, words.as_bytes()) && word::starts_word(head, head.len() - words.len())
    });
    let greeted =
        head.len() < 8 && GREETINGS.has(head) || head.ends_with(b"elcome") || head.ends_with(b"elcome back,");
    let signed = head.is_empty() && line_start > 1 && closes(bytes, line_start);
    let whole = if two { name::name_end(bytes, start) } else { end };
    let whole = bytes[start..whole].strip_suffix(b"'s").map_or(whole, |name| start + name.len());
    // `Maribel Ortiz de Harborlight` is someone's name and for whom she works.
    let whole = if two { before_particle(bytes, start, whole) } else { whole };
    let rest = &bytes[whole..line_end.max(whole)];
    let unusual = |word: &[u8]| {
        word.len() > 2
            && word[1..].iter().any(u8::is_ascii_lowercase)
            && distinct::is_unusual(word)
            && !GROUPS.has(word)
    };
    if two {
        let nobodys = || bytes[start..whole].split(|b| *b == b' ').all(path::is_own);
        let meant = asked || greeted || signed || head.ends_with(b"name is") || SAID.has(next_word(rest));
        let meant = meant || BEFORE.has(last_word(bytes, start)) && nobodys();
        if meant && bytes[start..whole].split(|b| *b == b' ').all(unusual) {
            name::push_person(bytes, start, whole, hits);
        }
        return;
    }
    let capital = last_word(bytes, start).first().is_some_and(u8::is_ascii_uppercase);
    let possessive = !capital && rest.strip_prefix(b"'s").is_some_and(|rest| WORDS.has(next_word(rest)));
    let called = greeted && rest.first().is_none_or(|b| matches!(b, b',' | b'!'));
    let name = &bytes[start..end];
    let meant = called || signed && end == line_end || possessive || head.ends_with(b"name is");
    if meant && unusual(name) && !name::is_robot(name) && login::is_person(name) {
        hits.push(Hit::new(id::IDENTITY_PERSON, start, end, "name in a greeting").canonical(canonical(name)));
    }
}

/// Whether the line before byte `start` closes a letter: `Best regards,`.
pub(super) fn closes(bytes: &[u8], start: usize) -> bool {
    let (from, to) = word::line(bytes, start - 1, 40);
    let line = bytes[from..to.max(from)].trim_ascii();
    let line = line.strip_suffix(b",").unwrap_or(line);
    let line = line.strip_suffix(b"!").or_else(|| line.strip_suffix(b".")).unwrap_or(line);
    CLOSINGS.has(line)
}

/// Whether the words before a name are followed by people: `ask`, `talked to`.
fn follows(head: &[u8]) -> bool {
    let head = head.trim_ascii_end();
    let last = head.rsplit(|b| matches!(b, b' ' | b'(' | b'*' | b'"' | b'-')).next().unwrap_or_default();
    BEFORE.has(last.strip_suffix(b",").unwrap_or(last))
}

/// Whether what follows a name is what people do or have, or the name is whom the line is for.
fn leads(head: &[u8], rest: &[u8]) -> bool {
    let owned = rest.strip_prefix(b"'s").or_else(|| rest.strip_prefix("’s".as_bytes()));
    // What is called after someone is everyone's: `Conway's law`.
    let possessive = owned.is_some_and(|rest| rest.starts_with(b" ") && !EPONYMS.has(next_word(rest)));
    let first = head.iter().all(|b| matches!(b, b' ' | b'-' | b'*' | b'>' | b'@'));
    let called =
        first && (rest.trim_ascii().is_empty() || rest.starts_with(b", ") || rest.starts_with(b": "));
    // What someone is may stand between: `Maribel (QA) asked`.
    let aside = rest.strip_prefix(b" (").and_then(|rest| {
        let close = memchr::memchr(b')', &rest[..rest.len().min(24)])?;
        Some(&rest[close + 1..])
    });
    possessive || called || BEHIND.has(next_word(aside.unwrap_or(rest)))
}

/// The word behind a blank that `rest` begins with.
fn next_word(rest: &[u8]) -> &[u8] {
    let behind = rest.strip_prefix(b" ").unwrap_or_default();
    &behind[..behind.iter().take_while(|b| b.is_ascii_alphabetic()).count()]
}

/// Looks at the `@` at byte `at` with nothing before it: someone who is asked or told, `ping @maribel`.
pub(super) fn mention(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[at + 1..]
        .iter()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        .count();
    let end = at + 1 + len - bytes[at + 1..at + 1 + len].iter().rev().take_while(|b| **b == b'.').count();
    let (line_start, _) = word::line(bytes, at, 60);
    let head = bytes[line_start..at].trim_ascii_end();
    let last = head.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let first = head.split(|b| *b == b' ').next().unwrap_or_default();
    // Of `cc @maribel @jana` the second is told too.
    // So is that of `Reviewed by: @maribel, @jana`.
    let listed = last.first() == Some(&b'@');
    let before = memchr::memchr(b'@', head).map_or(head, |i| head[..i].trim_ascii_end());
    let lead = before.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let told = if listed && TOLD.has(lead.strip_suffix(b":").unwrap_or(lead)) {
        lead
    } else if listed {
        first
    } else {
        last
    };
    let told = TOLD.has(told.strip_suffix(b":").unwrap_or(told));
    let told = told || head.ends_with(b"hanks to") && !vocabulary::has(&bytes[at + 1..end]);
    let free = !matches!(bytes.get(end), Some(b'/' | b'(' | b'@' | b':' | b'='));
    let rest = bytes[end..].strip_prefix(b",").unwrap_or(&bytes[end..]);
    let spoken = matches!(subject.field, Field::Prose | Field::Answer);
    let alone = subject.field == Field::Free && at == 0;
    let asked = (spoken || alone)
        && (head.is_empty() && REQUESTS.has(next_word(rest)) || BEHIND.has(next_word(rest)));
    if (told || asked)
        && free
        && matches!(subject.field, Field::Prose | Field::Answer | Field::Output | Field::Free)
        && distinct::is_unusual(&bytes[at + 1..end])
        && !name::is_robot(&bytes[at + 1..end])
    {
        name::login_at(&bytes[..end], at + 1, "someone who is told", hits);
    }
}

#[cfg(test)]
mod tests;
