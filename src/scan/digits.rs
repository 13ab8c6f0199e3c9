//! Numbers that may be an address, a card, a phone or a person's number: told from counts, times and versions by how
//! many digits stand in which groups. A number of another shape needs a word near it, which is a candidate itself.

use super::{Candidate, Kind};

/// The most groups of a number that are looked at.
const MAX_GROUPS: usize = 8;

/// Groups of digits with one sign between each two.
struct Groups {
    lens: [u8; MAX_GROUPS],
    signs: [u8; MAX_GROUPS],
    count: usize,
}

/// Appends a candidate if the digits that start at byte `at` have, or are a part of, one of the shapes. There are `seen` of
/// them, or more if that is [`SEEN`].
#[inline]
pub(super) fn candidate(bytes: &[u8], at: usize, seen: usize, out: &mut Vec<Candidate>) {
    // Most numbers stand alone: a count, an index, a line's.
    let next = bytes.get(at + seen).map_or(0, |&b| AROUND[usize::from(b)]);
    let before = at.checked_sub(1).map_or(0, |i| AROUND[usize::from(bytes[i])]);
    if seen >= 9 || next & NEXT != 0 || before & BEFORE != 0 {
        shaped(bytes, at, seen, out);
    }
}

/// As many digits as the masks show at least.
pub(super) const SEEN: usize = 64;

/// Set for what may stand behind a number that goes on.
const NEXT: u8 = 1;
/// Set for what may stand before a number that is a part of something.
const BEFORE: u8 = 2;

static AROUND: [u8; 256] = around();

const fn around() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        let next = matches!(b, b'.' | b'-' | b' ' | b'/' | b'(' | b')' | b':' | 0xc2 | 0xe2)
            || b.is_ascii_hexdigit();
        let before = b.is_ascii_uppercase() || b == b'+';
        table[byte] = if next { NEXT } else { 0 } | if before { BEFORE } else { 0 };
        byte += 1;
    }
    table
}

fn shaped(bytes: &[u8], at: usize, seen: usize, out: &mut Vec<Candidate>) {
    let more =
        if seen < SEEN { 0 } else { bytes[at + seen..].iter().take_while(|b| b.is_ascii_digit()).count() };
    if let Some(start) = start(bytes, at, seen + more) {
        out.push(Candidate { at: start, kind: Kind::Digits });
    }
}

/// Where the candidate starts that the `len` digits at byte `at` may belong to.
fn start(bytes: &[u8], at: usize, len: usize) -> Option<usize> {
    let next = bytes.get(at + len).copied().unwrap_or(0);
    let before = at.checked_sub(1).map_or(0, |i| bytes[i]);
    if len >= 2
        && before.is_ascii_uppercase()
        && at >= 2
        && bytes[at - 2].is_ascii_uppercase()
        && bank_account(bytes, at)
    {
        return Some(at - 2);
    }
    if matches!((len, bytes[at]), (10, b'2'..=b'9') | (11, b'0' | b'1') | (10, b'0')) {
        return Some(at);
    }
    if len >= 13 {
        return (len <= 34).then_some(at);
    }
    let near = &bytes[at.saturating_sub(4)..bytes.len().min(at + 5)];
    if let Some(start) = near
        .contains(&b'.')
        .then(|| dotted(bytes, at))
        .flatten()
        .or_else(|| near.iter().any(|b| matches!(b, b':' | b'-')).then(|| hardware(bytes, at)).flatten())
    {
        return Some(start);
    }
    let colon = bytes.get(at + 4) == Some(&b':') && matches!(bytes[at], b'2' | b'3');
    let phone = before == b'+' || before == b'(' || bytes[at] == b'0';
    let goes_on = matches!(next, b'.' | b'-' | b' ' | b'/' | b'(' | b')' | 0xc2 | 0xe2) || before == b'+';
    (colon || goes_on && (phone || len <= 8) && is_shape(bytes, at, before)).then_some(at)
}

/// Whether the groups from byte `at` on have a shape of interest; `before` is the byte before.
fn is_shape(bytes: &[u8], at: usize, before: u8) -> bool {
    let groups = groups(bytes, at);
    let lens = &groups.lens[..groups.count];
    let total: usize = lens.iter().map(|&n| usize::from(n)).sum();
    match lens {
        [1..=3, 1..=3, 1..=3, 1..=3, ..] if groups.signs[..3] == *b"..." => true,
        _ if before == b'+' => (7..=15).contains(&total),
        [3, 3 | 4, 4] if before == b'(' => true,
        _ if before == b'(' => (8..=12).contains(&total),
        [3, 3, 4] | [3, 2, 4] | [4, 4, 4, ..] | [4, 6, 4 | 5] | [3, 3, 3] | [3, 3, 3, 2] | [3, 4, 4, 2] => {
            true
        }
        [3, 2, 2, 2] | [2, 3, 2, 2] => true,
        [6 | 8, 4] | [6, 7] | [2, 3, 3, 4, 2] | [1, 3, 3, 4] => true,
        // `0049 30 8523817` has three more.
        _ => bytes[at] == b'0' && (9..=15).contains(&total) && lens.len() > 1,
    }
}

/// The groups of digits from byte `at` on, with a space, hyphen, dot, slash or bracket between each two.
fn groups(bytes: &[u8], at: usize) -> Groups {
    let mut groups = Groups { lens: [0; MAX_GROUPS], signs: [0; MAX_GROUPS], count: 0 };
    let mut end = at;
    while groups.count < MAX_GROUPS {
        let len = bytes[end..].iter().take(20).take_while(|b| b.is_ascii_digit()).count();
        if len == 0 {
            break;
        }
        groups.lens[groups.count] = len as u8;
        groups.count += 1;
        end += len;
        let (sign, width) = sign(&bytes[end..]);
        if width == 0 || groups.count == MAX_GROUPS {
            break;
        }
        groups.signs[groups.count - 1] = sign;
        end += width;
    }
    groups
}

/// The sign between two groups at the start of `bytes`, and its length: `-`, `) `, ` (0) `, a no-break space.
fn sign(bytes: &[u8]) -> (u8, usize) {
    match bytes {
        [b' ', b'/', b' ', b'0'..=b'9', ..] => (b'/', 3),
        [b')', b' ' | b'-', ..] => (b')', 2),
        [b')', ..] => (b')', 1),
        [b' ', b'(', b'0', b')', b' ', ..] => (b'(', 5),
        [b' ', b'(', b'0', b')', ..] => (b'(', 4),
        [b' ', b'(', ..] => (b'(', 2),
        [b'(', b'0', b')', ..] => (b'(', 3),
        [sign @ (b'.' | b'-' | b' ' | b'/'), b'0'..=b'9', ..] => (*sign, 1),
        [0xc2, 0xa0, ..] => (b' ', 2),
        [0xe2, 0x80, 0x91 | 0x93 | 0xaf, ..] => (b'-', 3),
        _ => (0, 0),
    }
}

/// Whether the digits at byte `at`, behind two letters, may be the check digits of a bank account.
fn bank_account(bytes: &[u8], at: usize) -> bool {
    let body = bytes[at..].iter().take(42).take_while(|b| b.is_ascii_alphanumeric() || **b == b' ');
    body.filter(|b| **b != b' ').count() >= 13 && !(at >= 3 && bytes[at - 3].is_ascii_uppercase())
}

/// Where the hardware address starts that the digit at byte `at` is in: six pairs or three groups of four.
fn hardware(bytes: &[u8], at: usize) -> Option<usize> {
    let hex = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_hexdigit);
    let pair = |i: usize| hex(i) && hex(i + 1);
    let sign = |i: usize| bytes.get(i).copied().filter(|b| matches!(b, b':' | b'-'));
    let first = if pair(at) && sign(at + 2).is_some() || at >= 3 && sign(at - 1).is_some() {
        at
    } else {
        at.checked_sub(1)?
    };
    let by = sign(first + 2).or_else(|| sign(first.checked_sub(1)?))?;
    let mut start = first;
    while start >= 3 && bytes[start - 1] == by && pair(start - 3) && first - start < 15 {
        start -= 3;
    }
    let whole =
        (0..6).all(|i| pair(start + 3 * i)) && (0..5).all(|i| bytes.get(start + 3 * i + 2) == Some(&by));
    whole.then_some(start)
}

/// Where the hardware address in three groups of four starts that the digit at byte `at` is in.
fn dotted(bytes: &[u8], at: usize) -> Option<usize> {
    let hex = |from: usize| bytes[from..].iter().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    let group = at - bytes[..at].iter().rev().take(3).take_while(|b| b.is_ascii_hexdigit()).count();
    let whole = |from: usize| {
        let groups = (0..3).all(|i| bytes.len() > from + 5 * i && hex(from + 5 * i) == 4);
        groups && bytes[from + 4] == b'.' && bytes[from + 9] == b'.'
    };
    [0, 5, 10].into_iter().filter_map(|back| group.checked_sub(back)).find(|&from| whole(from))
}

#[cfg(test)]
mod tests {
    use crate::scan::{Kind, Kinds, Scanner};

    fn starts(text: &str) -> Vec<usize> {
        let mut out = Vec::new();
        Scanner::new(Kinds::of(&[Kind::Digits])).scan(text.as_bytes(), &mut out);
        out.iter().map(|c| c.at).collect()
    }

    #[test]
    fn numbers_of_interest_are_candidates_and_others_are_not() {
        for text in [
            "51.15.20.7",
            "4539578763621486",
            "4539 5787 6362 1486",
            "212-55-1234",
            "(415) 555-2671",
            "+14155552671",
            "+44 (0)20 7946 0018",
            "415.555.2671",
            "020 7946 0018",
            "655 31 80 47",
            "44 512 77 30",
            "3c:22:fb:1a:90:4e",
            "ac:de:48:0f:fe:ed",
            "3c22.fb1a.904e",
            "2a01:e0a::1",
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
        ] {
            assert!(!starts(text).is_empty(), "{text}");
        }
        for text in [
            "2024-05-17T10:00:00.123Z",
            "12:34:56",
            "1700000000",
            "v1.2.3",
            "line 12:5",
            "1024",
            "0x7f",
            "10.5",
            "1,234,567",
            "3.14159",
            "100%",
            "2024/05/17 10:00",
            "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
        ] {
            assert!(starts(text).is_empty(), "{text}");
        }
    }
}
