//! The literals of [`anchors`](super::anchors): a first look by [`Teddy`], then the literal itself, then a check of what
//! stands behind it.

use super::{
    Candidate, Kind, Kinds,
    simd::{Teddy, WINDOW},
};
use crate::rule::shape::literals;

/// One literal and what it may be the start of.
pub(super) type Anchor = (&'static str, Kind);

/// Groups of the first look.
const GROUPS: usize = 8;

/// The literals that a scanner looks for.
pub(super) struct Literals {
    teddy: Teddy,
    /// Sorted by their first byte in lower case.
    anchors: Vec<Anchor>,
    /// For each byte, in lower case, where the literals begin and end that start with it.
    by_first: [(u16, u16); 256],
}

impl Literals {
    /// Those of `anchors`, and of the formats that have no key, that are of a wanted kind.
    pub(super) fn new(anchors: &[Anchor], wanted: Kinds) -> Self {
        let formats = literals().iter().map(|&(literal, _)| (literal, Kind::Token));
        let all = anchors.iter().copied().chain(formats);
        let mut anchors: Vec<Anchor> = all.filter(|(_, kind)| wanted.contains(*kind)).collect();
        anchors.sort_unstable_by_key(|&(literal, kind)| (first(literal), literal, kind));
        let by_first = std::array::from_fn(|byte| {
            let start = anchors.partition_point(|(literal, _)| usize::from(first(literal)) < byte);
            let end = anchors.partition_point(|(literal, _)| usize::from(first(literal)) <= byte);
            (start as u16, end as u16)
        });
        Self { teddy: teddy(&anchors), anchors, by_first }
    }

    /// The tables of the first look.
    pub(super) fn teddy(&self) -> &Teddy {
        &self.teddy
    }

    /// Adds a candidate for every literal that starts at `position`.
    pub(super) fn confirm(&self, bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
        let rest = &bytes[position..];
        let (start, end) = self.by_first[usize::from(rest[0].to_ascii_lowercase())];
        for &(literal, kind) in &self.anchors[usize::from(start)..usize::from(end)] {
            let here = rest.get(..literal.len()).is_some_and(|b| b.eq_ignore_ascii_case(literal.as_bytes()));
            if here && plausible(bytes, position, position + literal.len(), kind) {
                out.push(Candidate { at: position, kind });
            }
        }
    }
}

/// The first byte, in lower case.
fn first(literal: &str) -> u8 {
    literal.as_bytes().first().map_or(0, u8::to_ascii_lowercase)
}

/// Whether what stands around a literal leaves its kind possible.
fn plausible(bytes: &[u8], start: usize, end: usize, kind: Kind) -> bool {
    let _ = end;
    match kind {
        Kind::Carrier => starts_word(bytes, start),
        _ => true,
    }
}

/// Whether a word may start at byte `start`: behind no letter, or at a change of case, or behind an escape's letter.
fn starts_word(bytes: &[u8], start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|i| bytes[i]) else { return true };
    let joined = before.is_ascii_alphabetic() && bytes[start].is_ascii_alphabetic();
    let hump = before.is_ascii_lowercase() && bytes[start].is_ascii_uppercase();
    !joined || hump || super::follows_escape(bytes, start)
}

/// Divides the literals into groups so that the groups let little else pass.
fn teddy(anchors: &[Anchor]) -> Teddy {
    let mut groups: [Group; GROUPS] = std::array::from_fn(|_| Group::default());
    for (literal, _) in anchors {
        let new = Group::of(literal);
        let cheapest = (0..GROUPS).min_by_key(|&g| groups[g].joined(&new).cost() - groups[g].cost());
        if let Some(g) = cheapest {
            groups[g] = groups[g].joined(&new);
        }
    }
    let mut teddy = Teddy::default();
    for (g, group) in groups.iter().enumerate() {
        for place in 0..WINDOW {
            for nibble in 0..16 {
                teddy.low[place][nibble] |= u8::from(group.low[place] >> nibble & 1 == 1) << g;
                teddy.high[place][nibble] |= u8::from(group.high[place] >> nibble & 1 == 1) << g;
            }
        }
    }
    teddy
}

/// Which nibbles the literals of a group have in each place, one bit a nibble.
#[derive(Clone, Default)]
struct Group {
    low: [u16; WINDOW],
    high: [u16; WINDOW],
}

impl Group {
    fn of(literal: &str) -> Self {
        let mut group = Self { low: [u16::MAX; WINDOW], high: [u16::MAX; WINDOW] };
        for (place, byte) in literal.bytes().take(WINDOW).enumerate() {
            let (lower, upper) = (byte.to_ascii_lowercase(), byte.to_ascii_uppercase());
            group.low[place] = 1 << (byte & 15);
            group.high[place] = 1 << (lower >> 4) | 1 << (upper >> 4);
        }
        group
    }

    fn joined(&self, other: &Self) -> Self {
        Self {
            low: std::array::from_fn(|place| self.low[place] | other.low[place]),
            high: std::array::from_fn(|place| self.high[place] | other.high[place]),
        }
    }

    /// How often the group lets text pass, in parts of any size: common nibbles weigh more.
    fn cost(&self) -> u64 {
        (0..WINDOW).map(|place| weight(self.low[place], self.high[place])).product()
    }
}

/// How common bytes with these nibbles are in transcripts, roughly.
fn weight(low: u16, high: u16) -> u64 {
    let count = |from: u8, to: u8| (from..=to).filter(|n| low >> n & 1 == 1).count() as u64;
    let letters = 3 * count(1, 15) * u64::from(high >> 6 & 1) + 2 * count(0, 10) * u64::from(high >> 7 & 1);
    let digits = count(0, 9) * u64::from(high >> 3 & 1);
    let signs = 2 * count(0, 15) * u64::from(high >> 2 & 1) + u64::from(high.count_ones() > 8);
    1 + letters + digits + signs
}
