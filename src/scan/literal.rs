//! The literals of [`anchors`](super::anchors): a first look by [`Teddy`], then the literal itself, then a check of what
//! stands behind it. The tables are made when the program is built, by `build/literals.rs`.

use super::{Candidate, Kind, Kinds, encoded, url, word};
use crate::simd::{Half, Teddy};

include!(concat!(env!("OUT_DIR"), "/literals.rs"));

/// The literals that a scanner looks for.
pub(super) struct Literals {
    teddy: Teddy,
    /// Which two bytes are one or start with one.
    pairs: Pairs,
    /// In order, each with what it may be the start of.
    anchors: &'static [(&'static str, Kind)],
    /// Where those of six bytes or more start, those of four and five, those of three, and those of two.
    six: Starts<6, SIX, { words(SIX) }>,
    four: Starts<4, FOUR, { words(FOUR) }>,
    three: Starts<3, THREE, { words(THREE) }>,
    two: Starts<2, TWO, { words(TWO) }>,
    /// Literals of one byte.
    singles: &'static [(u8, Kind)],
    /// Whether nothing but secrets is looked for, so that what can lead to none is no candidate.
    secrets: bool,
}

/// Bits of the hash of the first six bytes, of four, of three and of two. The build script has the same.
const SIX: u32 = 15;
const FOUR: u32 = 14;
const THREE: u32 = 13;
const TWO: u32 = 12;

/// How many words have a bit for each hash of so many bits.
const fn words(bits: u32) -> usize {
    (1 << bits) / 64
}

impl Literals {
    /// The smallest table that has all literals of the wanted kinds.
    pub(super) fn of(wanted: Kinds) -> &'static Self {
        if Kinds::SECRETS.has_all(wanted) { &SECRETS } else { &ALL }
    }

    /// The tables of the first look.
    pub(super) fn teddy(&self) -> &Teddy {
        &self.teddy
    }

    /// Whether a literal may start with these bytes.
    #[inline]
    pub(super) fn may_start(&self, head: [u8; 8]) -> bool {
        let head = u64::from_le_bytes(head);
        // Where most places are none, asking all is faster than finding out which to ask.
        self.six.may_hold(head)
            | self.four.may_hold(head)
            | self.three.may_hold(head)
            | self.pairs.may_hold(head)
    }

    /// Adds a candidate for every literal of a wanted kind that starts at `position`.
    pub(super) fn confirm(&self, bytes: &[u8], position: usize, wanted: Kinds, out: &mut Vec<Candidate>) {
        let rest = &bytes[position..];
        for &(byte, kind) in self.singles {
            if byte == rest[0] && wanted.contains(kind) {
                out.push(Candidate { at: position, kind });
            }
        }
        let eight = rest.first_chunk::<8>().map_or_else(|| padded(rest), |eight| *eight);
        let eight = u64::from_le_bytes(eight);
        let starts = [self.six.at(eight), self.four.at(eight), self.three.at(eight), self.two.at(eight)];
        for start in starts.into_iter().flatten().flatten() {
            if eight & start.bits | start.fold == start.head {
                let anchor = usize::from(start.anchor);
                out.extend(self.candidate(bytes, position, wanted, anchor));
            }
        }
    }

    /// The candidate for an anchor whose first eight bytes stand at `position`, if the others do too and it is wanted.
    fn candidate(&self, bytes: &[u8], position: usize, wanted: Kinds, anchor: usize) -> Option<Candidate> {
        let (literal, kind) = self.anchors[anchor];
        let rest = &bytes[position..];
        let here = literal.len() <= rest.len()
            && (literal.len() <= 8 || rest[8..literal.len()].eq_ignore_ascii_case(&literal.as_bytes()[8..]));
        let is = here && wanted.contains(kind) && self.plausible(bytes, position, literal, kind);
        is.then_some(Candidate { at: position, kind })
    }

    /// Whether what stands around a literal leaves its kind possible.
    fn plausible(&self, bytes: &[u8], start: usize, literal: &str, kind: Kind) -> bool {
        match kind {
            Kind::Word => word::may_have_value(bytes, start, start + literal.len(), literal),
            Kind::Url => !self.secrets || url::may_hold_secret(&bytes[start + literal.len()..]),
            Kind::Escape if literal == "\\u00" => !self.secrets || encoded::may_hide_ascii(&bytes[start..]),
            Kind::Escape if literal.starts_with('\'') => {
                encoded::is_lone(bytes, start, start + literal.len())
            }
            Kind::Escape if literal.ends_with(['_', '-']) => encoded::is_cut(&bytes[start + literal.len()..]),
            Kind::Form if literal.starts_with("conn") => bytes[..start].ends_with(b"> "),
            Kind::Form if literal == " / " => word::is_address(&bytes[..start]),
            Kind::Call => literal.starts_with('<') || is_member(&bytes[start + literal.len()..]),
            Kind::Encoded if literal.ends_with("0x") => encoded::may_list_text(&bytes[start..]),
            Kind::Encoded if literal == "%2" => !self.secrets || encoded::may_divide(&bytes[start..]),
            Kind::Encoded if literal == "00000010" => encoded::is_offset(bytes, start, literal.len()),
            _ => true,
        }
    }
}

/// Whether a name that goes on so is that of a member: `"`, behind backslashes, and a colon.
fn is_member(rest: &[u8]) -> bool {
    let name = rest.iter().take(8).take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
    let slashes = rest[name..].iter().take(8).take_while(|b| **b == b'\\').count();
    matches!(rest[name + slashes..], [b'"', b':' | b' ', ..])
}

/// One bit for the hash of each two bytes that are a literal or start with one.
struct Pairs([u64; words(TWO)]);

impl Pairs {
    /// Whether the first two of these bytes may be such.
    #[inline]
    fn may_hold(&self, head: u64) -> bool {
        let slot = hash::<2, TWO>(head);
        self.0[slot >> 6] >> (slot & 63) & 1 == 1
    }
}

/// A number of `BITS` bits for the first `WIDTH` bytes of a word, small letters and capitals alike. The build script has the
/// same.
#[inline]
fn hash<const WIDTH: usize, const BITS: u32>(head: u64) -> usize {
    let folded = (head | u64::from_le_bytes([CASE; 8])) << (64 - 8 * WIDTH);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
}

/// Literals by a hash of `BITS` bits of their first `WIDTH` bytes: `WORDS` words of 64.
struct Starts<const WIDTH: usize, const BITS: u32, const WORDS: usize> {
    /// One bit for each hash that some literal has.
    bits: &'static [u64; WORDS],
    /// How many of those bits are set in the words before each.
    ranks: &'static [u16; WORDS],
    /// Where in `starts` those of each hash that some literal has begin; they end where the next begin.
    firsts: &'static [u16],
    starts: &'static [Start],
}

/// The first eight bytes of a literal, as a number: `x & bits | fold == head` if they are those of `x`, in any case if
/// `fold` has the bits of letters.
#[derive(Clone, Copy)]
struct Start {
    bits: u64,
    fold: u64,
    head: u64,
    /// Which of the anchors it is.
    anchor: u16,
}

/// What tells small letters from capitals.
const CASE: u8 = 0x20;

impl<const WIDTH: usize, const BITS: u32, const WORDS: usize> Starts<WIDTH, BITS, WORDS> {
    /// Whether some literal may start with these bytes.
    #[inline]
    fn may_hold(&self, head: u64) -> bool {
        let slot = hash::<WIDTH, BITS>(head);
        self.bits[slot >> 6] >> (slot & 63) & 1 == 1
    }

    /// Those that may, if there are any.
    #[inline]
    fn at(&self, head: u64) -> Option<&[Start]> {
        let slot = hash::<WIDTH, BITS>(head);
        let bits = self.bits[slot >> 6];
        if bits >> (slot & 63) & 1 == 0 {
            return None;
        }
        let below = (bits & ((1 << (slot & 63)) - 1)).count_ones();
        let rank = usize::from(self.ranks[slot >> 6]) + below as usize;
        self.starts.get(usize::from(self.firsts[rank])..usize::from(self.firsts[rank + 1]))
    }
}

/// The last bytes of a text, with zeros behind them.
fn padded(rest: &[u8]) -> [u8; 8] {
    std::array::from_fn(|i| rest.get(i).copied().unwrap_or(0))
}
