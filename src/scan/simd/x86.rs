//! Engines for x86-64: 32 bytes at a time with AVX2, 16 with SSSE3 (every such machine since 2006; what is older has the
//! portable one).
#![expect(unsafe_code, reason = "vector instructions")]

use super::{BLOCK, Engine, Half, Masks, Teddy, WINDOW, class};
#[allow(clippy::wildcard_imports, reason = "one macro names the instructions of two widths")]
use std::arch::x86_64::*;

/// Those that run here, the slowest first.
pub(super) fn engines() -> impl Iterator<Item = Engine> {
    let slow = is_x86_feature_detected!("ssse3").then_some(Engine { name: "ssse3", kernel: ssse3 });
    let fast = is_x86_feature_detected!("avx2").then_some(Engine { name: "avx2", kernel: avx2 });
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

/// One engine for vectors of `$lanes` bytes: the instructions differ in name and width only.
macro_rules! engine {
    (
        $name:ident, $feature:literal, $vector:ident, $lanes:literal, $load:ident, $spread:ident, $splat:ident,
        $zero:ident, $and:ident, $or:ident, $equal:ident, $shift:ident, $raise:ident, $shuffle:ident, $bits:ident, $mask:ty
    ) => {
        mod $name {
            use super::*;

            const PARTS: usize = BLOCK / $lanes;

            #[target_feature(enable = $feature)]
            pub(super) fn fill<const N: usize>(halves: &[Half; N], bytes: &[u8], out: &mut [Masks]) {
                let tables = halves.map(|half| {
                    let low = std::array::from_fn::<_, WINDOW, _>(|place| table(&half.low[place]));
                    (low, std::array::from_fn::<_, WINDOW, _>(|place| table(&half.high[place])))
                });
                let (class_low, class_high) = (table(&class::LOW), table(&class::HIGH));
                for (block, masks) in out.iter_mut().enumerate() {
                    let Some(window) = bytes[block * BLOCK..].first_chunk::<{ BLOCK + WINDOW - 1 }>() else {
                        return;
                    };
                    *masks = Masks::default();
                    for part in 0..PARTS {
                        let at = part * $lanes;
                        let here = load(window, at);
                        let classes = look_up(class_low, class_high, here);
                        masks.alnum |= some(classes, class::ALNUM) << at;
                        masks.narrow |= some(classes, class::NARROW) << at;
                        masks.base |= some(classes, class::BASE) << at;
                        masks.token |= some(classes, 0xff) << at;
                        masks.digit |= some(classes, class::DIGIT) << at;
                        masks.small |= u64::from($bits($raise::<2>(here)) as $mask) << at;
                        masks.slash |= u64::from($bits($equal(here, $splat(b'\\' as i8))) as $mask) << at;
                        let near: [_; WINDOW] = std::array::from_fn(|place| load(window, at + place));
                        masks.joint |= u64::from($bits(joint(near)) as $mask) << at;
                        let mut groups = tables.map(|(low, high)| look_up(low[0], high[0], here));
                        for (place, &there) in near.iter().enumerate().skip(1) {
                            for (groups, (low, high)) in groups.iter_mut().zip(&tables) {
                                *groups = $and(*groups, look_up(low[place], high[place], there));
                            }
                        }
                        let left = groups[1..].iter().fold(groups[0], |left, &half| $or(left, half));
                        masks.literal |= some(left, 0xff) << at;
                    }
                }
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

            /// The vector at byte `at` of the window.
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

            /// What the two tables have in common for each byte: by its low nibble and by its high one.
            #[inline]
            #[target_feature(enable = $feature)]
            fn look_up(low: $vector, high: $vector, bytes: $vector) -> $vector {
                let nibble = $splat(0x0f);
                let (below, above) = ($and(bytes, nibble), $and($shift::<4>(bytes), nibble));
                $and($shuffle(low, below), $shuffle(high, above))
            }

            /// One bit for each byte that has any bit of `mask`.
            #[inline]
            #[target_feature(enable = $feature)]
            fn some(bytes: $vector, mask: u8) -> u64 {
                let none = $equal($and(bytes, $splat(mask as i8)), $zero());
                u64::from(!($bits(none) as $mask))
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
