//! AWS access key ids: the account number inside.
//!
//! Source: Tal Be'ery, "A short note on AWS key ID" (2023); in keys made since 2019 the forty bits after the first of the
//! base32 part are the number of the account.

use super::encoding::base32;

/// Account numbers have twelve digits.
const ACCOUNTS: u64 = 1_000_000_000_000;

/// The account that a key id (`AKIA…`, `ASIA…`, twenty characters) belongs to, if it decodes to one.
///
/// ```
/// use transcrub::validator::aws::account;
/// assert_eq!(account(b"ASIARTX3GSDSYG3Q53T7"), Some(111_122_223_333));
/// ```
#[must_use]
pub fn account(key_id: &[u8]) -> Option<u64> {
    if key_id.len() != 20 {
        return None;
    }
    let bytes = base32(&key_id[4..])?;
    let first = bytes[..6].iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    let account = first >> 7 & 0xff_ffff_ffff;
    (account < ACCOUNTS).then_some(account)
}

/// Whether the key id names an account.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    account(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::{account, fits};

    #[test]
    fn only_base32_names_an_account() {
        assert!(!fits(b"AKIA0000000000000000"));
        assert!(!fits(b"AKIAQNZGKIQY56JQ7WM"));
        assert_eq!(account(b"AKIAAAAAAAAAAAAAAAAA"), Some(0));
        assert_eq!(account(b"AKIA7777777777777777"), None);
    }
}
