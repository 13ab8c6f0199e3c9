//! PyPI's tokens: a macaroon whose location is the index.
//!
//! Source: the libmacaroons binary format, version 2, recomputed on published samples: after `pypi-`, base64url of a
//! version byte (2), a field of type 1 (location), its length and the index's host.

use super::encoding::base64;

/// Whether the value is a macaroon for a host.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let Some(bytes) = value.strip_prefix(b"pypi-").and_then(base64) else {
        return false;
    };
    let [2, 1, length, rest @ ..] = &bytes[..] else {
        return false;
    };
    let host = rest.get(..usize::from(*length)).unwrap_or_default();
    host.contains(&b'.') && host.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn needs_version_field_and_host() {
        assert!(fits(b"pypi-AgEIcHlwaS5vcmcAAiQ"));
        assert!(fits(b"pypi-AgENdGVzdC5weXBpLm9yZwACJA"));
        assert!(!fits(b"pypi-AgEIcHlwaS5v"));
        assert!(!fits(b"pypi-AAAAAAAAAAAAAAAA"));
        assert!(!fits(b"AgEIcHlwaS5vcmcAAiQ"));
    }
}
