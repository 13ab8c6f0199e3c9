//! A look at a few bytes at once, where a search by [`memchr`] would cost more to begin than it finds.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector instructions"))]

/// How many bytes are looked at.
pub(crate) const STEP: usize = 32;

/// How many bytes stand before the first `byte`; all if there is none.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(crate) fn before(byte: u8, step: &[u8; STEP]) -> usize {
    // SAFETY: every processor of this kind has SSE2.
    unsafe { sse2(byte, step) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn sse2(byte: u8, step: &[u8; STEP]) -> usize {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_set_epi64x, _mm_set1_epi8};
    let wanted = _mm_set1_epi8(byte as i8);
    let mut found = 1 << STEP;
    let (eights, _) = step.as_chunks::<8>();
    for (half, eights) in eights.chunks_exact(2).enumerate() {
        let vector = _mm_set_epi64x(i64::from_le_bytes(eights[1]), i64::from_le_bytes(eights[0]));
        let equal = _mm_cmpeq_epi8(vector, wanted);
        found |= u64::from(_mm_movemask_epi8(equal) as u16) << (16 * half);
    }
    found.trailing_zeros() as usize
}

/// The same.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(crate) fn before(byte: u8, step: &[u8; STEP]) -> usize {
    portable(byte, step)
}

/// The same in words of eight bytes.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn portable(byte: u8, step: &[u8; STEP]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // The highest bits of eight bytes, put together (Warren, Hacker's Delight 2-21); only the first that is set is sure.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut found = 0;
    for (i, eight) in step.as_chunks::<8>().0.iter().enumerate() {
        let zeros = u64::from_le_bytes(*eight) ^ (ONES * u64::from(byte));
        let here = zeros.wrapping_sub(ONES) & !zeros & ONES << 7;
        found |= ((here >> 7).wrapping_mul(GATHER) >> 56) << (8 * i);
    }
    (found as u32).trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_stands_before_is_counted(byte: u8, bytes in prop::array::uniform32(prop::sample::select(&[0_u8, 1, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xff]))) {
            for byte in [byte, b'\\', bytes[17]] {
                let wanted = bytes.iter().position(|&b| b == byte).unwrap_or(STEP);
                prop_assert_eq!(before(byte, &bytes), wanted);
                prop_assert_eq!(portable(byte, &bytes), wanted);
            }
        }
    }
}
