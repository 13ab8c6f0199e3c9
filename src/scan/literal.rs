//! The literals of [`anchors`](super::anchors): a first look by [`Teddy`], then the literal itself, then a check of what
//! stands behind it.

use super::{
    Candidate, Kind, Kinds, encoded,
    simd::{HALVES, Teddy, WINDOW},
    url, word,
};
use crate::rule::shape::literals;

/// One literal and what it may be the start of.
pub(super) type Anchor = (&'static str, Kind);

/// Groups of the first look.
const GROUPS: usize = 8 * HALVES;

/// The literals that a scanner looks for.
pub(super) struct Literals {
    teddy: Teddy,
    pairs: Pairs,
    anchors: Vec<Anchor>,
    /// Where those of four bytes or more start, those of three, and those of two.
    long: Starts<LONG>,
    three: Starts<SHORT>,
    two: Starts<SHORT>,
    /// Literals of one byte.
    singles: Vec<(u8, Kind)>,
    /// Whether nothing but secrets is looked for, so that what can lead to none is no candidate.
    secrets: bool,
}

/// Bits of the hash of four bytes, and of fewer.
const LONG: u32 = 14;
const SHORT: u32 = 12;

impl Literals {
    /// Those of `anchors`, and of the formats that have no key, that are of a wanted kind.
    pub(super) fn new(anchors: &[Anchor], wanted: Kinds) -> Self {
        let formats = literals().iter().map(|&(literal, _)| (literal, Kind::Token));
        let all = anchors.iter().copied().chain(formats);
        let mut anchors: Vec<Anchor> = all.filter(|(_, kind)| wanted.contains(*kind)).collect();
        anchors.sort_unstable_by_key(|&(literal, kind)| (first(literal), literal, kind));
        let secrets = !wanted.contains(Kind::Carrier);
        let single = |&(literal, kind): &Anchor| (literal.len() == 1).then(|| (literal.as_bytes()[0], kind));
        let singles = anchors.iter().filter_map(single).collect();
        let long = Starts::new(&anchors, 4..=usize::MAX);
        let (three, two) = (Starts::new(&anchors, 3..=3), Starts::new(&anchors, 2..=2));
        Self {
            teddy: teddy(&anchors),
            pairs: Pairs::new(&anchors),
            long,
            three,
            two,
            singles,
            anchors,
            secrets,
        }
    }

    /// The tables of the first look.
    pub(super) fn teddy(&self) -> &Teddy {
        &self.teddy
    }

    /// Adds a candidate for every literal that starts at `position`.
    #[inline]
    pub(super) fn confirm(&self, bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
        let may_be = match bytes[position..].first_chunk::<4>() {
            Some(&four) => {
                let four = u32::from_le_bytes(four);
                self.pairs.may_hold(four) && self.may_hold(four)
            }
            None => true,
        };
        if may_be {
            self.compare(bytes, position, out);
        }
    }

    /// Whether some literal may start with these bytes.
    #[inline]
    fn may_hold(&self, four: u32) -> bool {
        self.long.may_hold(four)
            | self.three.may_hold(four & THREE)
            | self.two.may_hold(four & TWO)
            | self.singles.iter().any(|&(byte, _)| byte == four as u8)
    }

    fn compare(&self, bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
        let rest = &bytes[position..];
        for &(_, kind) in self.singles.iter().filter(|(byte, _)| *byte == rest[0]) {
            out.push(Candidate { at: position, kind });
        }
        let eight = rest.first_chunk::<8>().map_or_else(|| padded(rest), |eight| *eight);
        let eight = u64::from_le_bytes(eight);
        let of = |starts: &[Start]| {
            for start in starts.iter().filter(|start| eight & start.bits | start.fold == start.head) {
                let (literal, kind) = self.anchors[usize::from(start.anchor)];
                let here = literal.len() <= rest.len()
                    && (literal.len() <= 8
                        || rest[8..literal.len()].eq_ignore_ascii_case(&literal.as_bytes()[8..]));
                if here && self.plausible(bytes, position, literal, kind) {
                    out.push(Candidate { at: position, kind });
                }
            }
        };
        let four = eight as u32;
        [self.long.at(four), self.three.at(four & THREE), self.two.at(four & TWO)].into_iter().for_each(of);
    }

    /// Whether what stands around a literal leaves its kind possible.
    fn plausible(&self, bytes: &[u8], start: usize, literal: &str, kind: Kind) -> bool {
        match kind {
            Kind::Word => word::may_have_value(bytes, start, start + literal.len(), literal),
            Kind::Url => !self.secrets || url::may_hold_secret(&bytes[start + literal.len()..]),
            Kind::Escape if literal == "\\u00" => !self.secrets || encoded::may_hide_ascii(&bytes[start..]),
            Kind::Encoded if literal.ends_with("0x") => encoded::may_list_text(&bytes[start..]),
            Kind::Encoded if literal == "%2" => !self.secrets || encoded::may_divide(&bytes[start..]),
            Kind::Encoded if literal == "00000010" => encoded::is_offset(bytes, start, literal.len()),
            _ => true,
        }
    }
}

/// Which two bytes a literal may start with, in any case: one bit each.
struct Pairs(Vec<u64>);

impl Pairs {
    fn new(anchors: &[Anchor]) -> Self {
        let mut bits = vec![0; (1 << 16) / 64];
        for (literal, _) in anchors {
            let bytes = literal.as_bytes();
            let cases = |byte: u8| [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
            let seconds = bytes.get(1).map_or_else(|| (0..=u8::MAX).collect(), |&b| cases(b).to_vec());
            for (first, second) in
                cases(bytes[0]).into_iter().flat_map(|a| seconds.iter().map(move |&b| (a, b)))
            {
                let pair = usize::from(u16::from_le_bytes([first, second]));
                bits[pair >> 6] |= 1 << (pair & 63);
            }
        }
        Self(bits)
    }

    /// Whether a literal may start with the first two of these bytes.
    #[inline]
    fn may_hold(&self, four: u32) -> bool {
        let pair = (four & TWO) as usize;
        self.0[pair >> 6] >> (pair & 63) & 1 == 1
    }
}

/// The bits of the first three of four bytes, and of the first two.
const THREE: u32 = 0x00ff_ffff;
const TWO: u32 = 0x0000_ffff;

/// Literals by a hash of `BITS` bits of their first bytes, the same for small letters and capitals.
struct Starts<const BITS: u32> {
    /// One bit for each hash that some literal has.
    bits: Vec<u64>,
    /// For each hash, where in `starts` those begin that have it; they end where the next hash's begin.
    rows: Vec<u16>,
    starts: Vec<Start>,
}

/// The first eight bytes of a literal, as a number: `x & bits | fold == head` if they are those of `x`, in any case.
#[derive(Clone, Copy)]
struct Start {
    bits: u64,
    fold: u64,
    head: u64,
    /// Which of the anchors it is.
    anchor: u16,
}

impl Start {
    fn of(literal: &str, anchor: u16) -> Self {
        let bytes = literal.as_bytes();
        let of = |value: fn(u8) -> u8| {
            u64::from_le_bytes(std::array::from_fn(|place| bytes.get(place).map_or(0, |&b| value(b))))
        };
        let fold = of(|b| if b.is_ascii_alphabetic() { CASE } else { 0 });
        Self { bits: of(|_| 0xff), fold, head: of(|b| b.to_ascii_lowercase()), anchor }
    }
}

/// What tells small letters from capitals.
const CASE: u8 = 0x20;

impl<const BITS: u32> Starts<BITS> {
    /// Of those anchors whose length is one of `lengths`.
    fn new(anchors: &[Anchor], lengths: std::ops::RangeInclusive<usize>) -> Self {
        let mut rows: Vec<Vec<Start>> = vec![Vec::new(); 1 << BITS];
        for (index, (literal, _)) in anchors.iter().enumerate() {
            if !lengths.contains(&literal.len()) {
                continue;
            }
            let start = Start::of(literal, index as u16);
            rows[Self::slot(start.head as u32)].push(start);
        }
        let mut table = Self { bits: vec![0; (1 << BITS) / 64], rows: vec![0], starts: Vec::new() };
        for (slot, row) in rows.into_iter().enumerate() {
            table.bits[slot >> 6] |= u64::from(!row.is_empty()) << (slot & 63);
            table.starts.extend(row);
            table.rows.push(table.starts.len() as u16);
        }
        table
    }

    #[inline]
    fn slot(head: u32) -> usize {
        ((head | u32::from_le_bytes([CASE; 4])).wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
    }

    /// Whether some literal may start with these bytes.
    #[inline]
    fn may_hold(&self, head: u32) -> bool {
        let slot = Self::slot(head);
        self.bits[slot >> 6] >> (slot & 63) & 1 == 1
    }

    /// Those that may.
    #[inline]
    fn at(&self, head: u32) -> &[Start] {
        let slot = Self::slot(head);
        &self.starts[usize::from(self.rows[slot])..usize::from(self.rows[slot + 1])]
    }
}

/// The last bytes of a text, with zeros behind them.
fn padded(rest: &[u8]) -> [u8; 8] {
    std::array::from_fn(|i| rest.get(i).copied().unwrap_or(0))
}

/// The first byte, in lower case.
fn first(literal: &str) -> u8 {
    literal.as_bytes().first().map_or(0, u8::to_ascii_lowercase)
}

/// Divides the literals into groups so that the groups let little else pass: each goes where it adds least. In the order
/// of what they have in the last place of the window, which lets half as much pass as that of their first bytes does.
fn teddy(anchors: &[Anchor]) -> Teddy {
    let mut groups: [Group; GROUPS] = std::array::from_fn(|_| Group::default());
    let mut literals: Vec<&str> = anchors.iter().map(|&(literal, _)| literal).collect();
    literals.sort_by_key(|literal| {
        let window: Vec<u8> = literal.bytes().take(WINDOW).rev().collect();
        // Those beyond ASCII last: they are hardly met, and would take a group each while all are empty.
        (!window.is_ascii(), window.to_ascii_lowercase())
    });
    for literal in literals {
        let new = Group::of(literal);
        let joined = groups.each_ref().map(|group| group.joined(&new));
        let added: [f32; GROUPS] = std::array::from_fn(|g| joined[g].share - groups[g].share);
        if let Some(g) = (0..GROUPS).min_by(|&a, &b| added[a].total_cmp(&added[b])) {
            groups[g] = joined[g].clone();
        }
    }
    let mut teddy = Teddy::default();
    for (g, group) in groups.iter().enumerate() {
        for place in 0..WINDOW {
            for nibble in 0..16 {
                let half = &mut teddy.halves[g / 8];
                half.low[place][nibble] |= u8::from(group.low[place] >> nibble & 1 == 1) << (g % 8);
                half.high[place][nibble] |= u8::from(group.high[place] >> nibble & 1 == 1) << (g % 8);
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
    /// The share of all places in text that the group lets pass, if bytes stood by chance.
    share: f32,
}

impl Group {
    fn of(literal: &str) -> Self {
        let mut group = Self { low: [u16::MAX; WINDOW], high: [u16::MAX; WINDOW], share: 0.0 };
        for (place, byte) in literal.bytes().take(WINDOW).enumerate() {
            let (lower, upper) = (byte.to_ascii_lowercase(), byte.to_ascii_uppercase());
            group.low[place] = 1 << (byte & 15);
            group.high[place] = 1 << (lower >> 4) | 1 << (upper >> 4);
        }
        group
    }

    fn joined(&self, other: &Self) -> Self {
        let mut joined = Self { share: 1.0, ..Self::default() };
        for place in 0..WINDOW {
            joined.low[place] = self.low[place] | other.low[place];
            joined.high[place] = self.high[place] | other.high[place];
            joined.share *= share(joined.low[place], joined.high[place]);
        }
        joined
    }
}

/// The share of bytes in text that have these nibbles.
fn share(low: u16, high: u16) -> f32 {
    let [first, second] = low.to_le_bytes().map(usize::from);
    let row = |row: &[[u16; 256]; 2]| row[0][first] + row[1][second];
    let mut sum = 0;
    let mut rows = high & 0xff;
    while rows != 0 {
        sum += row(&SUMS[rows.trailing_zeros() as usize]);
        rows &= rows - 1;
    }
    f32::from(sum) / 1000.0
}

/// The sums of each row of [`COMMON`] over every set of its first eight places, and of its last eight.
static SUMS: [[[u16; 256]; 2]; 8] = sums();

const fn sums() -> [[[u16; 256]; 2]; 8] {
    let mut sums = [[[0; 256]; 2]; 8];
    let mut cell = 0;
    while cell < 8 * 2 * 256 {
        let (row, half, set) = (cell / 512, cell / 256 % 2, cell % 256);
        let mut place = 0;
        while place < 8 {
            if set >> place & 1 == 1 {
                sums[row][half][set] += COMMON[row][half * 8 + place] as u16;
            }
            place += 1;
        }
        cell += 1;
    }
    sums
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
