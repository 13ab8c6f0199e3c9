//! Engines for x86-64: 32 bytes at a time with AVX2, 16 with SSSE3 (every such machine since 2006; what is older has the
//! portable one).
#![expect(unsafe_code, reason = "vector instructions")]

use super::{BLOCK, Engine, Half, Masks, Nibbles, Teddy, WINDOW, class};
#[allow(clippy::wildcard_imports, reason = "one macro names the instructions of two widths")]
use std::arch::x86_64::*;

/// Those that run here, the slowest first.
pub(super) fn engines() -> impl Iterator<Item = Engine> {
    let slow = Engine { name: "ssse3", kernel: ssse3, members: ssse3_members };
    let fast = Engine { name: "avx2", kernel: avx2, members: avx2_members };
    let slow = is_x86_feature_detected!("ssse3").then_some(slow);
    let fast = is_x86_feature_detected!("avx2").then_some(fast);
    slow.into_iter().chain(fast)
}

fn avx2(teddy: &Teddy, bytes: &[u8], out: &mut [Masks]) {
    // SAFETY: `engines` names this function only where the processor has AVX2.
    unsafe {
        match teddy {
            Teddy::Few(halves) => wide::fill(halves, bytes, out),
            Teddy::Many(halves) => wide::fill(halves, bytes, out),
        }
    }
}

fn ssse3(teddy: &Teddy, bytes: &[u8], out: &mut [Masks]) {
    // SAFETY: `engines` names this function only where the processor has SSSE3.
    unsafe {
        match teddy {
            Teddy::Few(halves) => half::fill(halves, bytes, out),
            Teddy::Many(halves) => half::fill(halves, bytes, out),
        }
    }
}

fn avx2_members(nibbles: &Nibbles, bytes: &[u8], out: &mut [u64]) {
    // SAFETY: `engines` names this function only where the processor has AVX2.
    unsafe { wide::members(nibbles, bytes, out) }
}

fn ssse3_members(nibbles: &Nibbles, bytes: &[u8], out: &mut [u64]) {
    // SAFETY: `engines` names this function only where the processor has SSSE3.
    unsafe { half::members(nibbles, bytes, out) }
}

/// One engine for vectors of `$lanes` bytes: the instructions differ in name and width only.
macro_rules! engine {
    (
        $name:ident, $feature:literal, $vector:ident, $lanes:literal, $load:ident, $spread:ident, $splat:ident,
        $zero:ident, $add:ident, $and:ident, $or:ident, $equal:ident, $shift:ident, $raise:ident, $shuffle:ident, $bits:ident, $mask:ty
    ) => {
        mod $name {
            use super::*;

            const PARTS: usize = BLOCK / $lanes;

            #[target_feature(enable = $feature)]
            pub(super) fn fill<const N: usize>(halves: &[Half; N], bytes: &[u8], out: &mut [Masks]) {
                let tables: [_; N] = std::array::from_fn(|half| -> [_; WINDOW] {
                    std::array::from_fn(|place| {
                        (table(&halves[half].low[place]), table(&halves[half].high[place]))
                    })
                });
                let (class_low, class_high) = (table(&class::LOW), table(&class::HIGH));
                for (block, masks) in out.iter_mut().enumerate() {
                    let Some(window) = bytes[block * BLOCK..].first_chunk::<{ BLOCK + WINDOW - 1 }>() else {
                        return;
                    };
                    *masks = classify(class_low, class_high, window);
                    for pair in 0..PARTS / 2 {
                        masks.literal |= literals(&tables, window, pair * 2 * $lanes);
                    }
                }
            }

            #[target_feature(enable = $feature)]
            pub(super) fn members(nibbles: &Nibbles, bytes: &[u8], out: &mut [u64]) {
                let (low, high) = (table(&nibbles.low), table(&nibbles.high));
                for (block, mask) in bytes.as_chunks::<BLOCK>().0.iter().zip(out) {
                    let mut others = [$zero(); PARTS];
                    for part in 0..PARTS {
                        let classes = look_up(low, high, split(load(block, part * $lanes)));
                        others[part] = $equal(classes, $zero());
                    }
                    *mask = !highest(others);
                }
            }

            /// Where literals may start in two vectors from byte `at` of the window on: each table is read once for both.
            #[inline]
            #[target_feature(enable = $feature)]
            fn literals<const N: usize>(
                tables: &[[($vector, $vector); WINDOW]; N],
                window: &[u8; BLOCK + WINDOW - 1],
                at: usize,
            ) -> u64 {
                let parts = [at, at + $lanes];
                let mut groups = [[$zero(); 2]; N];
                for place in 0..WINDOW {
                    let nibbles = parts.map(|at| split(load(window, at + place)));
                    for (groups, tables) in groups.iter_mut().zip(tables) {
                        let (low, high) = tables[place];
                        for (groups, nibbles) in groups.iter_mut().zip(nibbles) {
                            let here = look_up(low, high, nibbles);
                            *groups = if place == 0 { here } else { $and(*groups, here) };
                        }
                    }
                }
                let mut found = 0;
                for (i, at) in parts.into_iter().enumerate() {
                    let left = groups[1..].iter().fold(groups[0][i], |left, half| $or(left, half[i]));
                    let none = $bits($equal(left, $zero())) as $mask;
                    found |= u64::from(!none) << at;
                }
                found
            }

            /// What the bytes of the window's block are, but for literals.
            #[inline]
            #[target_feature(enable = $feature)]
            fn classify(low: $vector, high: $vector, window: &[u8; BLOCK + WINDOW - 1]) -> Masks {
                let (mut classes, mut small, mut slash, mut joints) =
                    ([$zero(); PARTS], [$zero(); PARTS], [$zero(); PARTS], [$zero(); PARTS]);
                for part in 0..PARTS {
                    let near: [_; WINDOW] = std::array::from_fn(|place| load(window, part * $lanes + place));
                    classes[part] = look_up(low, high, split(near[0]));
                    small[part] = $raise::<2>(near[0]);
                    slash[part] = $equal(near[0], $splat(b'\\' as i8));
                    joints[part] = joint(near);
                }
                Masks {
                    alnum: some(classes, class::ALNUM),
                    narrow: some(classes, class::NARROW),
                    base: some(classes, class::BASE),
                    token: some(classes, class::TOKEN),
                    digit: some(classes, class::DIGIT),
                    small: highest(small),
                    slash: highest(slash),
                    joint: highest(joints),
                    literal: 0,
                }
            }

            /// The highest bit of each byte.
            #[inline]
            #[target_feature(enable = $feature)]
            fn highest(parts: [$vector; PARTS]) -> u64 {
                let mut bits = 0;
                for part in 0..PARTS {
                    bits |= u64::from($bits(parts[part]) as $mask) << (part * $lanes);
                }
                bits
            }

            /// Where `","` or `"},{` starts, perhaps with a blank behind the comma, given the vectors from each byte of a window on.
            #[inline]
            #[target_feature(enable = $feature)]
            fn joint(near: [$vector; WINDOW]) -> $vector {
                let is = |place: usize, byte: u8| $equal(near[place], $splat(byte as i8));
                let text = $and(is(1, b','), $or(is(2, b'"'), $and(is(2, b' '), is(3, b'"'))));
                let block = $and($and(is(1, b'}'), is(2, b',')), $or(is(3, b'{'), is(3, b' ')));
                $and(is(0, b'"'), $or(text, block))
            }

            /// The vector at byte `at` of a block or window.
            #[inline]
            #[target_feature(enable = $feature)]
            fn load(window: &[u8], at: usize) -> $vector {
                let bytes: &[u8; $lanes] =
                    window[at..].first_chunk().expect("a part and its places are in the window");
                // SAFETY: the reference is to as many bytes as are loaded, and the load needs no alignment.
                unsafe { $load(bytes.as_ptr().cast()) }
            }

            /// A table of 16, once for every 16 bytes of a vector.
            #[inline]
            #[target_feature(enable = $feature)]
            fn table(entries: &[u8; 16]) -> $vector {
                // SAFETY: the reference is to the 16 bytes that are loaded, and the load needs no alignment.
                $spread(unsafe { _mm_loadu_si128(entries.as_ptr().cast()) })
            }

            /// The low nibble of each byte, and the high one.
            #[inline]
            #[target_feature(enable = $feature)]
            fn split(bytes: $vector) -> ($vector, $vector) {
                let nibble = $splat(0x0f);
                ($and(bytes, nibble), $and($shift::<4>(bytes), nibble))
            }

            /// What the two tables have in common for each byte, given its nibbles.
            #[inline]
            #[target_feature(enable = $feature)]
            fn look_up(low: $vector, high: $vector, (below, above): ($vector, $vector)) -> $vector {
                $and($shuffle(low, below), $shuffle(high, above))
            }

            /// One bit for each byte that has a bit of `mask`, which has all bits from its lowest on. A byte has one bit at most,
            /// so that it is as great as the lowest of them if that bit is one of them: then the sum has the highest.
            #[inline]
            #[target_feature(enable = $feature)]
            fn some(classes: [$vector; PARTS], mask: u8) -> u64 {
                let least = mask & mask.wrapping_neg();
                let mut sums = classes;
                for part in 0..PARTS {
                    sums[part] = $add(classes[part], $splat((0x80 - least) as i8));
                }
                highest(sums)
            }
        }
    };
}

engine!(
    wide,
    "avx2",
    __m256i,
    32,
    _mm256_loadu_si256,
    _mm256_broadcastsi128_si256,
    _mm256_set1_epi8,
    _mm256_setzero_si256,
    _mm256_add_epi8,
    _mm256_and_si256,
    _mm256_or_si256,
    _mm256_cmpeq_epi8,
    _mm256_srli_epi16,
    _mm256_slli_epi16,
    _mm256_shuffle_epi8,
    _mm256_movemask_epi8,
    u32
);
engine!(
    half,
    "ssse3",
    __m128i,
    16,
    _mm_loadu_si128,
    identity,
    _mm_set1_epi8,
    _mm_setzero_si128,
    _mm_add_epi8,
    _mm_and_si128,
    _mm_or_si128,
    _mm_cmpeq_epi8,
    _mm_srli_epi16,
    _mm_slli_epi16,
    _mm_shuffle_epi8,
    _mm_movemask_epi8,
    u16
);

/// A vector of 16 bytes holds a table of 16 once.
fn identity(vector: __m128i) -> __m128i {
    vector
}
