//! The letters that given names begin with. The build reads this too.

/// Bits of a head's hash.
const BITS: u32 = 18;

/// A bit for each hash.
pub(super) type Heads = [u64; (1 << BITS) / 64];

/// The hash of the first four letters of `word`, in any case, or of its first three bytes; 0 if it is shorter or begins with
/// letters beyond ASCII.
fn head(word: &[u8]) -> usize {
    let four = match *word {
        [a, b, c, d, ..] if a.is_ascii_alphabetic() && d.is_ascii_alphabetic() => [a, b, c, d],
        [a, b, c, ..] if a.is_ascii_alphabetic() => [a, b, c, 0],
        _ => return 0,
    };
    let lower = u32::from_le_bytes(four) | 0x2020_2020;
    (lower.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

/// Whether a given name may begin where `word` does.
pub(super) fn may_be(heads: &Heads, word: &[u8]) -> bool {
    let head = head(word);
    head == 0 || heads[head >> 6] >> (head & 63) & 1 == 1
}

/// The heads of the names in these lists, one a line; lines of comments begin with `#`.
#[cfg_attr(not(test), allow(dead_code, reason = "the build makes them"))]
pub(super) fn of(lists: &[&str]) -> Heads {
    let mut heads = [0; (1 << BITS) / 64];
    let names = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    for head in names.map(|name| head(name.as_bytes())) {
        heads[head >> 6] |= 1 << (head & 63);
    }
    heads
}
