//! Zuplo keys: `zpka_`, 32 characters, `_`, checksum.
//!
//! Source: recomputed on published samples: the CRC-32 of the 32 characters, in lower-case hexadecimal.

use super::crc32::crc32;

/// Whether the last eight characters are the checksum of the 32 between the underscores.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let body = value.strip_prefix(b"zpka_").unwrap_or_default();
    body.len() == 41 && body[32] == b'_' && body[33..] == *format!("{:08x}", crc32(&body[..32])).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"zpka_hwwjh2jkd5svwfqilv1b4g61omc4g1bf_affa5039"));
        assert!(!fits(b"zpka_0123456789abcdef0123456789abcdef_00000000"));
    }
}
