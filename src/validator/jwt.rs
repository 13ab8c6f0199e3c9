//! JSON Web Tokens: a header that says how they are signed or encrypted.
//!
//! Source: RFC 7515, section 4.1.1, and RFC 7516: the first part is base64url of a JSON object with `alg`.

use super::encoding::base64;

/// Whether the part before the first dot decodes to a JSON object that has an `alg`.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let header = value.split(|&byte| byte == b'.').next().unwrap_or_default();
    base64(header).is_some_and(|json| {
        let text = json.trim_ascii();
        text.starts_with(b"{") && text.ends_with(b"}") && text.windows(5).any(|word| word == b"\"alg\"")
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn needs_a_header_with_an_algorithm() {
        assert!(fits(b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2ln"));
        assert!(!fits(b"eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxIn0.c2ln"));
        assert!(!fits(b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ.eyJzdWIiOiIxIn0.c2ln"));
        assert!(!fits(b"hello.world.again"));
    }
}
