//! How much a value says per byte.

/// Shannon's entropy of the bytes' frequencies, in bits a byte: 0 for nothing and for one byte over and over, 8 at most.
///
/// Source: C. E. Shannon, "A Mathematical Theory of Communication" (1948), section 6. A value of n bytes reaches log2 n
/// at most, so compare values of like length.
///
/// ```
/// use transcrub::validator::entropy::shannon;
/// assert_eq!(shannon(b"abab"), 1.0);
/// ```
#[must_use]
pub fn shannon(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for &byte in bytes {
        counts[usize::from(byte)] += 1;
    }
    let total = bytes.len() as f64;
    let part = |&count: &u32| f64::from(count) / total;
    counts.iter().filter(|&&count| count > 0).map(part).map(|p| -p * p.log2()).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::shannon;
    use proptest::prelude::*;

    #[test]
    fn extremes() {
        assert_eq!(shannon(b""), 0.0);
        assert_eq!(shannon(b"aaaa"), 0.0);
        assert_eq!(shannon(&(0..=255).collect::<Vec<u8>>()), 8.0);
    }

    proptest! {
        #[test]
        fn stays_below_the_length_allows(bytes in prop::collection::vec(any::<u8>(), 1..64)) {
            let entropy = shannon(&bytes);
            prop_assert!(entropy >= 0.0 && entropy <= (bytes.len() as f64).log2() + 1e-9);
        }

        #[test]
        fn does_not_mind_the_order(mut bytes in prop::collection::vec(any::<u8>(), 1..64)) {
            let before = shannon(&bytes);
            bytes.reverse();
            prop_assert!((before - shannon(&bytes)).abs() < 1e-9);
        }
    }
}
