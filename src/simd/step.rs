//! A look at a few bytes at once, where a search by [`memchr`] would cost more to begin than it finds.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector instructions"))]

/// How many bytes are looked at.
pub(crate) const STEP: usize = 32;

/// How many bytes stand before the first `byte`; all if there is none.
#[inline]
pub(crate) fn before(byte: u8, step: &[u8; STEP]) -> usize {
    (u64::from(equal(byte, step)) | 1 << STEP).trailing_zeros() as usize
}

/// Where `byte` stands, in order: what stands in each line, or in each few words.
pub(crate) fn places(byte: u8, bytes: &[u8]) -> Places<'_> {
    Places { byte, bytes, next: 0, mask: 0 }
}

/// The places of a byte.
pub(crate) struct Places<'a> {
    byte: u8,
    bytes: &'a [u8],
    /// Where the step after the one at hand starts.
    next: usize,
    /// The places in the one at hand that are left.
    mask: u32,
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            let rest = self.bytes.get(self.next..).filter(|rest| !rest.is_empty())?;
            self.mask = match rest.first_chunk() {
                Some(step) => equal(self.byte, step),
                None => {
                    let mut padded = [0; STEP];
                    padded[..rest.len()].copy_from_slice(rest);
                    equal(self.byte, &padded) & ((1 << rest.len()) - 1)
                }
            };
            self.next += STEP;
        }
        let bit = self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(self.next - STEP + bit)
    }
}

/// One bit for each `byte`.
#[cfg(target_arch = "x86_64")]
#[inline]
fn equal(byte: u8, step: &[u8; STEP]) -> u32 {
    // SAFETY: every processor of this kind has SSE2.
    unsafe { sse2(byte, step) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn sse2(byte: u8, step: &[u8; STEP]) -> u32 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_set_epi64x, _mm_set1_epi8};
    let wanted = _mm_set1_epi8(byte as i8);
    let mut found = 0;
    let (eights, _) = step.as_chunks::<8>();
    for (half, eights) in eights.chunks_exact(2).enumerate() {
        let vector = _mm_set_epi64x(i64::from_le_bytes(eights[1]), i64::from_le_bytes(eights[0]));
        let equal = _mm_cmpeq_epi8(vector, wanted);
        found |= u32::from(_mm_movemask_epi8(equal) as u16) << (16 * half);
    }
    found
}

/// The same.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn equal(byte: u8, step: &[u8; STEP]) -> u32 {
    portable(byte, step)
}

/// The same in words of eight bytes.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn portable(byte: u8, step: &[u8; STEP]) -> u32 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const REST: u64 = ONES * 0x7f;
    // The highest bits of eight bytes, put together (Warren, Hacker's Delight 2-21 and 6-1).
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut found = 0;
    for (i, eight) in step.as_chunks::<8>().0.iter().enumerate() {
        let others = u64::from_le_bytes(*eight) ^ (ONES * u64::from(byte));
        let here = !(((others & REST) + REST) | others | REST);
        found |= (((here >> 7).wrapping_mul(GATHER) >> 56) as u32) << (8 * i);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_stands_before_is_counted(byte: u8, bytes in prop::array::uniform32(prop::sample::select(&[0_u8, 1, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xdc, 0xff]))) {
            for byte in [byte, b'\\', bytes[17]] {
                let wanted = bytes.iter().position(|&b| b == byte).unwrap_or(STEP);
                prop_assert_eq!(before(byte, &bytes), wanted);
                let mask = (0..STEP).filter(|&at| bytes[at] == byte).fold(0, |mask, at| mask | 1 << at);
                prop_assert_eq!([equal(byte, &bytes), portable(byte, &bytes)], [mask; 2]);
            }
        }

        #[test]
        fn places_are_all_that_there_are(bytes in prop::collection::vec(prop::sample::select(&[0_u8, b'a', b'\n']), 0..150)) {
            for byte in [0, b'\n'] {
                prop_assert!(places(byte, &bytes).eq(memchr::memchr_iter(byte, &bytes)));
            }
        }
    }
}
