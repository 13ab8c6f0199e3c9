//! Atlassian and Bitbucket tokens: `ATATT3…=`, `ATCTT3…=`, `ATBB…`.
//!
//! Source: recomputed on published samples: the last eight characters are the CRC-32 of everything before them, the `=`
//! included, in upper-case hexadecimal. In addresses and shells the `=` is written `%3D` or `\=`.

use super::crc32::crc32;

/// Whether the last eight characters are the checksum of all before them.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(cut) = value.len().checked_sub(8).filter(|&cut| cut > 0) else {
        return false;
    };
    let (body, sum) = value.split_at(cut);
    let sum_of = |body: &[u8]| sum == format!("{:08X}", crc32(body)).as_bytes();
    let escaped = [&b"%3D"[..], b"%3d", b"\\="].into_iter().find_map(|equals| body.strip_suffix(equals));
    sum_of(body) || escaped.is_some_and(|body| sum_of(&[body, b"="].concat()))
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// Made with Python's `zlib.crc32`.
    #[test]
    fn fits_what_another_implementation_made() {
        assert!(fits(b"ATBBurfRsGItvt5sXKKwCnHNmkhU2052DE7D"));
        let token = "ATATT3xFfGF0pWmdAZDIHk6R72FGYKh7mBcAkw06vJ_p9t0E4mG4XWMB85n9MzQffyTO-tnP=70347838";
        assert!(fits(token.as_bytes()));
        assert!(fits(token.replace('=', "%3D").as_bytes()));
        assert!(fits(token.replace('=', "\\=").as_bytes()));
        assert!(!fits(token.replace('=', "-").as_bytes()));
    }
}
