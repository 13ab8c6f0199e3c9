//! Grafana service account tokens: `glsa_`, 32 characters, `_`, checksum.
//!
//! Source: the token generator in Grafana's own code; recomputed on published samples. The CRC-32 of prefix and random
//! part is written as four bytes in little-endian order.

use super::crc32::crc32;

/// Whether the last eight characters are the checksum of all before the last underscore.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(last) = value.iter().rposition(|&byte| byte == b'_') else {
        return false;
    };
    let sum = crc32(&value[..last]).swap_bytes();
    value[last + 1..] == *format!("{sum:08x}").as_bytes()
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"glsa_bV421l905gu6WDh5nRA6ygOITuVYiqnP_a4f1a34a"));
        assert!(!fits(b"glsa_LonNJYCGIMrzkwv8nRVpnaSXwfdUT5Kf_738b371c"));
    }
}
