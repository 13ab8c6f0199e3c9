//! Cloudflare tokens: `cfut_`, `cfat_`, `cfk_`.
//!
//! Source: Cloudflare's page on token formats; recomputed on published samples: the last eight characters are the CRC-32
//! of the forty before them, in lower-case hexadecimal.

use super::crc32::crc32;

/// Whether the last eight characters are the checksum of the forty after the underscore.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let body = value.iter().position(|&byte| byte == b'_').map_or(&[][..], |prefix| &value[prefix + 1..]);
    body.len() == 48 && body[40..] == *format!("{:08x}", crc32(&body[..40])).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"cfut_GDnr5AA913ztEgWnOzajkcQVWHcru6UdQIYHITtC3ee74f97"));
        assert!(!fits(b"cfut_0123456789012345678901234567890123456789abcdef01"));
    }
}
