//! Makes the tables of `src/scan/literal.rs`: what the first look at 64 bytes asks, and what confirms it.

use crate::kind::{Kind, Kinds};
use std::fmt::Write as _;

/// How many bytes of a literal's start the first look takes in. As in `src/simd/mod.rs`.
const WINDOW: usize = 4;
/// Eights of groups that the first look has for secrets, and for everything: with more, less passes that is none; with
/// fewer, the look itself is cheaper. As in `src/simd/mod.rs`.
const FEW: usize = 4;
const MANY: usize = 6;
/// Bits of the hash of the first six bytes, of four, of three and of two. As in `src/scan/literal.rs`.
const SIX: u32 = 15;
const FOUR: u32 = 14;
const THREE: u32 = 13;
const TWO: u32 = 12;
/// What tells small letters from capitals.
const CASE: u8 = 0x20;
/// How often each literal is tried in the other groups.
const ROUNDS: usize = 12;

/// A literal, what it may be the start of, and whether it counts in any case of letters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Literal {
    text: String,
    kind: Kind,
    any_case: bool,
}

/// The text of `literals.rs`: the tables for `anchors` and for the literals of formats.
pub(crate) fn tables(anchors: &[(&str, Kind)], formats: &[String]) -> String {
    let anchors = anchors.iter().map(|&(text, kind)| Literal { text: text.to_owned(), kind, any_case: true });
    let formats =
        formats.iter().map(|text| Literal { text: text.clone(), kind: Kind::Token, any_case: false });
    let all: Vec<_> = anchors.chain(formats).collect();
    let mut out = String::new();
    for (name, wanted, halves, variant) in
        [("SECRETS", Kinds::SECRETS, FEW, "Few"), ("ALL", Kinds::ALL, MANY, "Many")]
    {
        let mut literals: Vec<_> = all.iter().filter(|l| wanted.contains(l.kind)).cloned().collect();
        literals.sort();
        literals.dedup();
        let texts: Vec<_> = literals.iter().map(|l| format!("({:?}, Kind::{:?})", l.text, l.kind)).collect();
        let singles = literals.iter().filter(|l| l.text.len() == 1);
        let singles: Vec<_> =
            singles.map(|l| format!("({}, Kind::{:?})", l.text.as_bytes()[0], l.kind)).collect();
        let secrets = wanted == Kinds::SECRETS;
        writeln!(
            out,
            "static {name}: Literals = Literals {{\n    teddy: Teddy::{variant}(&{}),\n    pairs: Pairs({:?}),\n    anchors: &[{}],\n    six: {},\n    four: {},\n    three: {},\n    two: {},\n    singles: &[{}],\n    secrets: {secrets},\n}};",
            teddy(&literals, halves * 8),
            pairs(&literals),
            texts.join(", "),
            starts(&literals, 6..=usize::MAX, SIX),
            starts(&literals, 4..=5, FOUR),
            starts(&literals, 3..=3, THREE),
            starts(&literals, 2..=2, TWO),
            singles.join(", "),
        )
        .expect("a string takes all");
    }
    out
}

/// One bit for the hash of each two bytes that are a literal or start with one.
fn pairs(literals: &[Literal]) -> Vec<u64> {
    let mut bits = vec![0; (1 << TWO) / 64];
    for literal in literals.iter().filter(|l| l.text.len() <= 2) {
        let bytes = literal.text.as_bytes();
        let seconds = bytes.get(1).map_or_else(|| (0..=u8::MAX).collect(), |&b| literal.cases(b));
        for first in literal.cases(bytes[0]) {
            for &second in &seconds {
                let slot = hash(u64::from(u16::from_le_bytes([first, second])), 2, TWO);
                bits[slot >> 6] |= 1_u64 << (slot & 63);
            }
        }
    }
    bits
}

impl Literal {
    /// The bytes that may stand for `byte`.
    fn cases(&self, byte: u8) -> Vec<u8> {
        if self.any_case { vec![byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] } else { vec![byte] }
    }

    /// The fields of a `Start`: see there.
    fn start(&self) -> [u64; 3] {
        let bytes = self.text.as_bytes();
        let of = |value: fn(u8) -> u8| {
            u64::from_le_bytes(std::array::from_fn(|place| bytes.get(place).map_or(0, |&b| value(b))))
        };
        let fold = of(|b| if b.is_ascii_alphabetic() { CASE } else { 0 });
        if self.any_case {
            [of(|_| 0xff), fold, of(|b| b.to_ascii_lowercase())]
        } else {
            [of(|_| 0xff), 0, of(|b| b)]
        }
    }
}

/// A number of so many bits for the first `width` bytes of a word, small letters and capitals alike.
fn hash(head: u64, width: usize, bits: u32) -> usize {
    let folded = (head | u64::from_le_bytes([CASE; 8])) << (64 - 8 * width);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// The literals whose length is one of `lengths`, by a hash of as many bytes as the shortest has.
fn starts(literals: &[Literal], lengths: std::ops::RangeInclusive<usize>, hash_bits: u32) -> String {
    let mut bits = vec![0_u64; (1 << hash_bits) / 64];
    let mut sorted = Vec::new();
    for (index, literal) in literals.iter().enumerate().filter(|(_, l)| lengths.contains(&l.text.len())) {
        let [mask, fold, head] = literal.start();
        let slot = hash(head, *lengths.start(), hash_bits);
        bits[slot >> 6] |= 1 << (slot & 63);
        sorted.push((slot, format!("Start {{ bits: {mask}, fold: {fold}, head: {head}, anchor: {index} }}")));
    }
    sorted.sort_by_key(|(slot, _)| *slot);
    let ranks: Vec<u32> = bits
        .iter()
        .scan(0, |before, word| {
            let rank = *before;
            *before += word.count_ones();
            Some(rank)
        })
        .collect();
    let slots = sorted.chunk_by(|(a, _), (b, _)| a == b).map(<[_]>::len);
    let firsts: Vec<_> = std::iter::once(0)
        .chain(slots.scan(0, |end, len| {
            *end += len;
            Some(*end)
        }))
        .collect();
    let starts: Vec<_> = sorted.into_iter().map(|(_, start)| start).collect();
    format!(
        "Starts {{ bits: &{bits:?}, ranks: &{ranks:?}, firsts: &{firsts:?}, starts: &[{}] }}",
        starts.join(", ")
    )
}

/// The groups of the first look, as the halves that the engines read.
fn teddy(literals: &[Literal], count: usize) -> String {
    let groups = grouped(literals, count);
    let halves = groups.chunks(8).map(|eight| {
        let table = |of: fn(&Group) -> &[u16; WINDOW]| {
            let row = |place: usize| -> [u8; 16] {
                std::array::from_fn(|nibble| {
                    let bit = |(g, group): (usize, &Group)| ((of(group)[place] >> nibble & 1) as u8) << g;
                    eight.iter().enumerate().map(bit).sum()
                })
            };
            std::array::from_fn::<_, WINDOW, _>(row)
        };
        format!("Half {{ low: {:?}, high: {:?} }}", table(|g| &g.low), table(|g| &g.high))
    });
    format!("[{}]", halves.collect::<Vec<_>>().join(", "))
}

/// Divides the literals into groups so that the groups let little else pass: each goes where it adds least, and once all
/// have a place, each is tried in the other groups again.
fn grouped(literals: &[Literal], count: usize) -> Vec<Group> {
    let mut all: Vec<Group> = literals.iter().map(Group::of).collect();
    // In the order of what stands in the last place of the window. What is beyond ASCII last: it is hardly met, and would
    // take a group each while all are empty.
    let mut order: Vec<usize> = (0..literals.len()).collect();
    order.sort_by_key(|&index| {
        let window: Vec<u8> = literals[index].text.bytes().take(WINDOW).rev().collect();
        (!window.is_ascii(), window.to_ascii_lowercase())
    });
    all = order.into_iter().map(|index| all[index].clone()).collect();
    all.dedup();
    let mut place: Vec<Option<usize>> = vec![None; all.len()];
    let mut groups = vec![Group::default(); count];
    for _ in 0..=ROUNDS {
        for index in 0..all.len() {
            if let Some(old) = place[index].take() {
                let members = (0..all.len()).filter(|&other| place[other] == Some(old));
                groups[old] = members.fold(Group::default(), |group, other| group.joined(&all[other]));
            }
            let added = |g: usize| groups[g].joined(&all[index]).share - groups[g].share;
            let best = (0..count).min_by(|&a, &b| added(a).total_cmp(&added(b)));
            if let Some(best) = best {
                groups[best] = groups[best].joined(&all[index]);
                place[index] = Some(best);
            }
        }
    }
    groups
}

/// Which nibbles the literals of a group have in each place, one bit a nibble.
#[derive(Clone, Default, PartialEq)]
struct Group {
    low: [u16; WINDOW],
    high: [u16; WINDOW],
    /// The share of all places in text that the group lets pass, if bytes stood by chance.
    share: f64,
}

impl Group {
    fn of(literal: &Literal) -> Self {
        let mut group = Self { low: [u16::MAX; WINDOW], high: [u16::MAX; WINDOW], share: 0.0 };
        for (place, byte) in literal.text.bytes().take(WINDOW).enumerate() {
            group.low[place] = 1 << (byte & 15);
            group.high[place] = literal.cases(byte).iter().fold(0, |bits, b| bits | 1 << (b >> 4));
        }
        group
    }

    fn joined(&self, other: &Self) -> Self {
        let low = std::array::from_fn(|place| self.low[place] | other.low[place]);
        let high = std::array::from_fn(|place| self.high[place] | other.high[place]);
        Self { low, high, share: (0..WINDOW).map(|place| share(low[place], high[place])).product() }
    }
}

/// The share of bytes in text that have these nibbles.
fn share(low: u16, high: u16) -> f64 {
    let mut sum = 0_u32;
    for (_, shares) in COMMON.iter().enumerate().filter(|(row, _)| high >> row & 1 == 1) {
        let columns = (0..16).filter(|column| low >> column & 1 == 1);
        sum += columns.map(|column| u32::from(shares[column])).sum::<u32>();
    }
    f64::from(sum) / 1000.0
}

/// How many of a thousand bytes each is in a transcript of English, code and JSON, by high and low nibble; from 0x80 on
/// there are hardly any.
static COMMON: [[u8; 16]; 8] = [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [127, 1, 13, 2, 1, 1, 1, 2, 7, 7, 4, 3, 9, 8, 8, 24],
    [9, 10, 9, 8, 7, 7, 7, 6, 6, 6, 12, 3, 1, 3, 1, 1],
    [1, 6, 4, 7, 5, 8, 5, 4, 4, 7, 3, 4, 6, 5, 6, 6],
    [6, 3, 7, 9, 7, 4, 4, 4, 4, 4, 3, 1, 23, 1, 1, 18],
    [1, 29, 9, 19, 18, 55, 13, 9, 14, 32, 4, 9, 20, 16, 43, 28],
    [17, 4, 34, 33, 37, 15, 8, 9, 7, 8, 4, 2, 1, 2, 1, 1],
];
