//! GitHub and npm tokens: `ghp_`, `gho_`, `ghu_`, `ghs_`, `npm_`.
//!
//! Source: GitHub's article "Behind GitHub's new authentication token formats" (2021): the last six characters are the
//! CRC-32 of what stands between the prefix and them, in base 62. Recomputed on published samples of GitHub and npm.

use super::{
    crc32::crc32,
    encoding::{BASE62, is_number},
};

/// Whether the last six characters are the checksum of those after the underscore.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(prefix) = value.iter().position(|&byte| byte == b'_') else {
        return false;
    };
    let body = &value[prefix + 1..];
    body.len() > 6 && {
        let (random, sum) = body.split_at(body.len() - 6);
        is_number(sum, crc32(random), BASE62)
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"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"));
        assert!(fits(b"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"));
    }

    #[test]
    fn one_changed_character_does_not_fit() {
        let token = *b"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";
        for at in 4..token.len() {
            let mut changed = token;
            changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
            assert!(!fits(&changed));
        }
    }
}
