//! The engine that runs everywhere.

use super::{BLOCK, Half, Masks, Nibbles, Teddy, WINDOW, class};

/// See [`super::Kernel`].
pub(super) fn fill(teddy: &Teddy, bytes: &[u8], out: &mut [Masks]) {
    match teddy {
        Teddy::Few(halves) => fill_by(&groups(halves), bytes, out),
        Teddy::Many(halves) => fill_by(&groups(halves), bytes, out),
    }
}

fn fill_by<const N: usize>(groups: &Groups<N>, bytes: &[u8], out: &mut [Masks]) {
    for (block, masks) in out.iter_mut().enumerate() {
        let start = block * BLOCK;
        let Some(window) = bytes[start..].first_chunk::<{ BLOCK + WINDOW - 1 }>() else {
            return;
        };
        *masks = classify(window);
        masks.literal = literal(groups, window);
    }
}

fn classify(window: &[u8; BLOCK + WINDOW - 1]) -> Masks {
    let mut masks = Masks::default();
    for (bit, &byte) in window[..BLOCK].iter().enumerate() {
        let classes = class::CLASSES[usize::from(byte)];
        masks.alnum |= u64::from(classes & class::ALNUM != 0) << bit;
        masks.narrow |= u64::from(classes & class::NARROW != 0) << bit;
        masks.base |= u64::from(classes & class::BASE != 0) << bit;
        masks.token |= u64::from(classes != 0) << bit;
        masks.digit |= u64::from(classes & class::DIGIT != 0) << bit;
        masks.small |= u64::from(byte >> 5 & 1) << bit;
        masks.slash |= u64::from(byte == b'\\') << bit;
        masks.joint |= u64::from(is_joint(&window[bit..])) << bit;
    }
    masks
}

/// See [`super::Members`].
pub(super) fn members(nibbles: &Nibbles, bytes: &[u8], out: &mut [u64]) {
    for (block, mask) in bytes.as_chunks::<BLOCK>().0.iter().zip(out) {
        let bits = block.iter().enumerate().map(|(bit, &byte)| u64::from(nibbles.has(byte)) << bit);
        *mask = bits.fold(0, |mask, bit| mask | bit);
    }
}

fn is_joint(bytes: &[u8]) -> bool {
    let text = matches!(bytes, [b'"', b',', b'"', ..] | [b'"', b',', b' ', b'"', ..]);
    text || matches!(bytes, [b'"', b'}', b',', b'{' | b' ', ..])
}

/// For each byte, the groups that may have it in each place: one byte of the word a place, for each half.
type Groups<const N: usize> = [[u32; N]; 256];

fn groups<const N: usize>(halves: &[Half; N]) -> Groups<N> {
    std::array::from_fn(|byte| {
        halves.map(|half| {
            (0..WINDOW).fold(0, |word, place| {
                let groups = half.low[place][byte & 15] & half.high[place][byte >> 4];
                word | u32::from(groups) << (8 * place)
            })
        })
    })
}

fn literal<const N: usize>(groups: &Groups<N>, window: &[u8; BLOCK + WINDOW - 1]) -> u64 {
    let mut mask = 0;
    for bit in 0..BLOCK {
        let left = |half: usize| {
            (0..WINDOW).fold(u32::MAX, |left, place| {
                left & groups[usize::from(window[bit + place])][half] >> (8 * place)
            })
        };
        mask |= u64::from((0..N).any(|half| left(half) & 0xff != 0)) << bit;
    }
    mask
}
