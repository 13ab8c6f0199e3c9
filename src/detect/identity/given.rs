//! People by their given names: `Maribel Ortiz wants smaller commits` anywhere, `ask Maribel` in what people say.
//!
//! Every blank is asked for the two bytes beside it; only where a capital follows is a word looked up.

mod heads;
mod lookup;
mod mention;
mod sentence;
mod several;
mod strange;
mod titled;

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        word,
    },
    around::GROUPS,
    firm, login, name, street,
};
use crate::{rule::id, transcript::text::Field};

use heads::{Heads, may_be};
use lookup::{Given, HEADS, LENGTH, given};
pub(super) use lookup::{is_clear, is_clear_in_any_case, is_given};
pub(super) use mention::mention;
use sentence::{lone, owner_of_device};
use several::{beside, enumerated, together};
pub(super) use several::{labelled, listed};
pub(super) use strange::closes;
use strange::strange;

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
    strange::find_unspaced(bytes, hits);
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
    let heads = &HEADS;
    if bytes[at] == b' ' && at > 2 && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1] >= 0x80) {
        full(bytes, at, heads, hits);
    }
    let (first, second) = (bytes[at + 1], bytes.get(at + 2).copied().unwrap_or_default());
    if firm::may_begin_suffix(first, second) {
        firm::suffix(bytes, at + 1, hits);
    }
    firm::trade(bytes, at, hits);
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
    if !spoken && strange::is_introduced(bytes, at) {
        strange(bytes, at + 1, hits);
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

/// Adds the given name in `start..end`, which someone is greeted with.
pub(super) fn push(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let unusual = || distinct::is_unusual(name) && !GROUPS.has(name) && !name::is_robot(name);
    if name.len() > 2 && name[0].is_ascii_uppercase() && (is_given(name) || unusual()) {
        hits.push(Hit::new(id::IDENTITY_PERSON, start, end, "name in a greeting").canonical(canonical(name)));
    }
}

/// Where the word ends that starts at byte `start`: letters and hyphens.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    start + bytes[start..].iter().take(40).take_while(|b| letter(b)).count()
}

/// Adds the name around the blank at byte `at`: a given name before it, a family name behind.
fn full(bytes: &[u8], at: usize, heads: &Heads, hits: &mut Hits) {
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

/// The word before the blank before byte `start`.
fn last_word(bytes: &[u8], start: usize) -> &[u8] {
    let head = bytes[..start].strip_suffix(b" ").unwrap_or_default();
    let len = head.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    &head[head.len() - len..]
}

/// The word behind a blank that `rest` begins with.
fn next_word(rest: &[u8]) -> &[u8] {
    let behind = rest.strip_prefix(b" ").unwrap_or_default();
    &behind[..behind.iter().take_while(|b| b.is_ascii_alphabetic()).count()]
}

#[cfg(test)]
mod tests;
