//! GitLab's routable tokens: `glpat-`, payload, `.01.`, length, checksum.
//!
//! Source: the routable token generator in GitLab's own code: two characters of base 36 say how long the payload is, the
//! last seven are the CRC-32 of everything before them, in base 36.

use super::{
    crc32::crc32,
    encoding::{BASE36, is_number},
};

/// Whether the last seven characters are the checksum of all before them.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    value.starts_with(b"gl") && value.len() > 16 && {
        let (body, sum) = value.split_at(value.len() - 7);
        is_number(sum, crc32(body), BASE36)
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"glpat-7j-xZp9OkT4LMRZic6BOkvzVEzv.01.0r0c4umx5"));
        assert!(!fits(b"glpat-abcdefghijklmnopqrstuvwxyzA.01.0r0000000"));
    }
}
