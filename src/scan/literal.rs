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
    /// Sorted by their first byte in lower case.
    anchors: Vec<Anchor>,
    /// The first four bytes of each, in lower case, as a number, and which of its bits there are.
    heads: Vec<(u32, u32)>,
    /// For each hash of a start, where in `by_start` the literals begin that may start so; they end where the next
    /// hash's begin.
    rows: Vec<u32>,
    /// The literals, by the hashes of their starts.
    by_start: Vec<u16>,
    starts: [u64; STARTS],
    /// Literals of one byte.
    singles: Vec<(u8, Kind)>,
    /// Whether nothing but secrets is looked for, so that what can lead to none is no candidate.
    secrets: bool,
}

/// Words of the table of starts: one bit for each hash.
const STARTS: usize = (1 << 13) / 64;

impl Literals {
    /// Those of `anchors`, and of the formats that have no key, that are of a wanted kind.
    pub(super) fn new(anchors: &[Anchor], wanted: Kinds) -> Self {
        let formats = literals().iter().map(|&(literal, _)| (literal, Kind::Token));
        let all = anchors.iter().copied().chain(formats);
        let mut anchors: Vec<Anchor> = all.filter(|(_, kind)| wanted.contains(*kind)).collect();
        anchors.sort_unstable_by_key(|&(literal, kind)| (first(literal), literal, kind));
        let heads = anchors.iter().map(|(literal, _)| head(literal)).collect();
        let secrets = !wanted.contains(Kind::Carrier);
        let (mut rows, mut by_start, mut starts) = (vec![0], Vec::new(), [0; STARTS]);
        for (slot, row) in starting(&anchors).into_iter().enumerate() {
            starts[slot >> 6] |= u64::from(!row.is_empty()) << (slot & 63);
            by_start.extend(row);
            rows.push(by_start.len() as u32);
        }
        let single = |&(literal, kind): &Anchor| (literal.len() == 1).then(|| (literal.as_bytes()[0], kind));
        let singles = anchors.iter().filter_map(single).collect();
        Self { teddy: teddy(&anchors), starts, singles, anchors, heads, rows, by_start, secrets }
    }

    /// The tables of the first look.
    pub(super) fn teddy(&self) -> &Teddy {
        &self.teddy
    }

    /// Adds a candidate for every literal that starts at `position`.
    #[inline]
    pub(super) fn confirm(&self, bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
        let rest = &bytes[position..];
        for &(byte, kind) in &self.singles {
            if rest[0] == byte {
                out.push(Candidate { at: position, kind });
            }
        }
        let may_be = match rest.first_chunk::<4>() {
            Some(&four) => self.has_start(u32::from_le_bytes(four)),
            None => true,
        };
        if may_be {
            self.compare(bytes, position, out);
        }
    }

    /// The second look: whether some literal starts with the first three of these bytes.
    #[inline]
    fn has_start(&self, four: u32) -> bool {
        let slot = hash(four);
        self.starts[slot >> 6] >> (slot & 63) & 1 == 1
    }

    fn compare(&self, bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
        let rest = &bytes[position..];
        let four = rest
            .first_chunk::<4>()
            .map_or_else(|| padded(rest), |four| *four)
            .map(|b| b.to_ascii_lowercase());
        let four = u32::from_le_bytes(four);
        let slot = hash(four);
        for &index in &self.by_start[self.rows[slot] as usize..self.rows[slot + 1] as usize] {
            let index = usize::from(index);
            let (head, bits) = self.heads[index];
            if four & bits != head {
                continue;
            }
            let (literal, kind) = self.anchors[index];
            let here = rest.get(..literal.len()).is_some_and(|b| b.eq_ignore_ascii_case(literal.as_bytes()));
            if here && self.plausible(bytes, position, literal, kind) {
                out.push(Candidate { at: position, kind });
            }
        }
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

/// The first four bytes in lower case, and which of the bits of the number there are.
fn head(literal: &str) -> (u32, u32) {
    let bytes = literal.as_bytes();
    let of = |place: usize, value: fn(u8) -> u8| bytes.get(place).map_or(0, |&b| value(b));
    let all = |value: fn(u8) -> u8| u32::from_le_bytes(std::array::from_fn(|place| of(place, value)));
    (all(|b| b.to_ascii_lowercase()), all(|_| 0xff))
}

/// Of 13 bits, of the first three of four bytes, the same for small letters and capitals.
#[inline]
fn hash(four: u32) -> usize {
    ((four | 0x0020_2020) << 8).wrapping_mul(0x9e37_79b1) as usize >> 19
}

/// For each hash of a start, the literals that can have it; short ones can have many.
fn starting(anchors: &[Anchor]) -> Vec<Vec<u16>> {
    let mut rows = vec![Vec::new(); STARTS * 64];
    for (index, (literal, _)) in anchors.iter().enumerate().filter(|(_, (literal, _))| literal.len() > 1) {
        let bytes = literal.as_bytes();
        let any = |place: usize| bytes.get(place).map_or(0..=255, |&b| b..=b);
        for second in any(1) {
            for third in any(2) {
                let row = &mut rows[hash(u32::from_le_bytes([bytes[0], second, third, 0]))];
                if row.last() != Some(&(index as u16)) {
                    row.push(index as u16);
                }
            }
        }
    }
    rows
}

/// The last bytes of a text, with zeros behind them.
fn padded(rest: &[u8]) -> [u8; 4] {
    std::array::from_fn(|i| rest.get(i).copied().unwrap_or(0))
}

/// The first byte, in lower case.
fn first(literal: &str) -> u8 {
    literal.as_bytes().first().map_or(0, u8::to_ascii_lowercase)
}

/// Divides the literals into groups so that the groups let little else pass: each goes where it adds least.
fn teddy(anchors: &[Anchor]) -> Teddy {
    let mut groups: [Group; GROUPS] = std::array::from_fn(|_| Group::default());
    for (literal, _) in anchors {
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
