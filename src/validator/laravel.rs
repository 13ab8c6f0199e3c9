//! Laravel Sanctum tokens: a number, `|`, 40 characters, checksum.
//!
//! Source: the token generator of Laravel Sanctum since version 4: the last eight characters are the `crc32b` of the
//! forty before them.

use super::crc32::crc32;

/// Whether the last eight characters are the checksum of the forty before them.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let body = value.iter().position(|&byte| byte == b'|').map_or(&[][..], |bar| &value[bar + 1..]);
    body.len() == 48 && body[40..] == *format!("{:08x}", crc32(&body[..40])).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"31|aUPl8npO0y23Ve2lMmR7GWvaiV3fUqif69JX51rVf41c82c5"));
        assert!(!fits(b"31|0123456789012345678901234567890123456789abcdef01"));
    }
}
