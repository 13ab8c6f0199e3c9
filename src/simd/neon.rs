//! The engine for AArch64, whose every processor has NEON: 16 bytes at a time.
#![expect(unsafe_code, reason = "vector instructions")]

use super::{BLOCK, Engine, Half, Masks, Nibbles, Teddy, WINDOW, class};
use std::arch::aarch64::{
    uint8x16_t, vandq_u8, vceqq_u8, vdupq_n_u8, vgetq_lane_u64, vld1q_u8, vorrq_u8, vpaddq_u8, vqtbl1q_u8,
    vreinterpretq_u64_u8, vshrq_n_u8, vtstq_u8,
};

/// The only engine here but for the portable one.
pub(super) const ENGINE: Engine = Engine { name: "neon", kernel: fill, members };

/// Bytes in a vector.
const LANES: usize = 16;
/// Vectors in a block.
const PARTS: usize = BLOCK / LANES;

/// See [`super::Kernel`].
fn fill(teddy: &Teddy, bytes: &[u8], out: &mut [Masks]) {
    match teddy {
        Teddy::Few(halves) => fill_by(halves, bytes, out),
        Teddy::Many(halves) => fill_by(halves, bytes, out),
    }
}

fn fill_by<const N: usize>(halves: &[Half; N], bytes: &[u8], out: &mut [Masks]) {
    let tables = halves.map(|half| {
        let low: [_; WINDOW] = std::array::from_fn(|place| load(&half.low[place], 0));
        let high: [_; WINDOW] = std::array::from_fn(|place| load(&half.high[place], 0));
        (low, high)
    });
    let (class_low, class_high) = (load(&class::LOW, 0), load(&class::HIGH, 0));
    for (block, masks) in out.iter_mut().enumerate() {
        let Some(window) = bytes[block * BLOCK..].first_chunk::<{ BLOCK + WINDOW - 1 }>() else {
            return;
        };
        let bytes: [_; PARTS] = std::array::from_fn(|part| load(window, part * LANES));
        let classes = bytes.map(|bytes| look_up(class_low, class_high, bytes));
        let groups: [_; PARTS] = std::array::from_fn(|part| {
            let halves = tables.map(|(low, high)| {
                let group =
                    |place: usize| look_up(low[place], high[place], load(window, part * LANES + place));
                // SAFETY: every AArch64 processor has NEON.
                (1..WINDOW).fold(group(0), |left, place| unsafe { vandq_u8(left, group(place)) })
            });
            // SAFETY: every AArch64 processor has NEON.
            halves[1..].iter().fold(halves[0], |left, &half| unsafe { vorrq_u8(left, half) })
        });
        *masks = Masks {
            alnum: some(&classes, class::ALNUM),
            narrow: some(&classes, class::NARROW),
            base: some(&classes, class::BASE),
            token: some(&classes, class::TOKEN),
            digit: some(&classes, class::DIGIT),
            small: some(&bytes, 0x20),
            slash: some(&bytes.map(|bytes| equal(bytes, b'\\')), 0xff),
            joint: some(&std::array::from_fn(|part| joint(window, part * LANES)), 0xff),
            literal: some(&groups, 0xff),
        };
    }
}

/// See [`super::Members`].
fn members(nibbles: &Nibbles, bytes: &[u8], out: &mut [u64]) {
    let (low, high) = (load(&nibbles.low, 0), load(&nibbles.high, 0));
    for (block, mask) in bytes.as_chunks::<BLOCK>().0.iter().zip(out) {
        let classes = std::array::from_fn(|part| look_up(low, high, load(block, part * LANES)));
        *mask = some(&classes, 0xff);
    }
}

/// The vector at byte `at`.
#[inline]
fn load(bytes: &[u8], at: usize) -> uint8x16_t {
    let bytes: &[u8; LANES] = bytes[at..].first_chunk().expect("callers have a vector's bytes there");
    // SAFETY: the reference is to as many bytes as are loaded, and the load needs no alignment.
    unsafe { vld1q_u8(bytes.as_ptr()) }
}

/// Which bytes are `byte`.
#[inline]
fn equal(bytes: uint8x16_t, byte: u8) -> uint8x16_t {
    // SAFETY: every AArch64 processor has NEON.
    unsafe { vceqq_u8(bytes, vdupq_n_u8(byte)) }
}

/// Where `","` or `"},{` starts, perhaps with a blank behind the comma, from byte `at` on.
#[inline]
fn joint(window: &[u8], at: usize) -> uint8x16_t {
    let is = |place: usize, byte: u8| equal(load(window, at + place), byte);
    // SAFETY: every AArch64 processor has NEON.
    unsafe {
        let text = vandq_u8(is(1, b','), vorrq_u8(is(2, b'"'), vandq_u8(is(2, b' '), is(3, b'"'))));
        let brace = vorrq_u8(is(3, b'{'), is(3, b' '));
        let block = vandq_u8(vandq_u8(is(1, b'}'), is(2, b',')), brace);
        vandq_u8(is(0, b'"'), vorrq_u8(text, block))
    }
}

/// What the two tables have in common for each byte: by its low nibble and by its high one.
#[inline]
fn look_up(low: uint8x16_t, high: uint8x16_t, bytes: uint8x16_t) -> uint8x16_t {
    // SAFETY: every AArch64 processor has NEON.
    unsafe {
        let below = vqtbl1q_u8(low, vandq_u8(bytes, vdupq_n_u8(0x0f)));
        let above = vqtbl1q_u8(high, vshrq_n_u8::<4>(bytes));
        vandq_u8(below, above)
    }
}

/// One bit for each byte of a block that has any bit of `mask`.
#[inline]
fn some(block: &[uint8x16_t; PARTS], mask: u8) -> u64 {
    let place = load(&[1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128], 0);
    // SAFETY: every AArch64 processor has NEON.
    unsafe {
        let bits = block.map(|bytes| vandq_u8(vtstq_u8(bytes, vdupq_n_u8(mask)), place));
        let halves = vpaddq_u8(vpaddq_u8(bits[0], bits[1]), vpaddq_u8(bits[2], bits[3]));
        vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(halves, halves)))
    }
}
