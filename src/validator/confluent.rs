//! Confluent Cloud secrets: `cflt`, 54 characters, checksum.
//!
//! Source: recomputed on a published sample: the last six characters are the first six of the base64 of the CRC-32, four
//! bytes in little-endian order.

use super::{crc32::crc32, encoding::base64_of};

/// Whether the last six characters are the checksum of those after the prefix.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    value.len() == 64
        && value.starts_with(b"cflt")
        && value[58..] == base64_of(crc32(&value[4..58]).to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32` and `base64`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"cfltCRdghsOjRWjSKiIXvbc/UCz8ZbM1brtspDujy+mLnnsX3dauu29nglzerLPg"));
        assert!(!fits(&[b'c'; 64]));
    }
}
