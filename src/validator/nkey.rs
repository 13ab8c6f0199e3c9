//! NATS seeds: base32 of a prefix, a kind, 32 bytes and their checksum.
//!
//! Source: the `nkeys` project's README and code: CRC-16 (XMODEM), two bytes in little-endian order.

use super::encoding::base32;

/// Whether the value decodes and ends in its checksum.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    value.len() == 58
        && value[0] == b'S'
        && base32(value).is_some_and(|bytes| {
            let (body, sum) = bytes.split_at(bytes.len() - 2);
            crc16(body).to_le_bytes() == sum
        })
}

/// CRC-16 with the polynomial `0x1021`, starting from zero.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(
            crc ^ u16::from(byte) << 8,
            |crc, _| if crc >> 15 == 1 { crc << 1 ^ 0x1021 } else { crc << 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{crc16, fits};

    /// The check value of the catalogue of parametrised CRC algorithms.
    #[test]
    fn agrees_with_the_catalogue() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    /// Made with Python's `binascii.crc_hqx`.
    #[test]
    fn fits_what_another_implementation_made() {
        let seed = "SUAMMXNJUQ6CZBPQNBZWEJBJM3QCOM3MVAWDB3BIG2F6GPVTDTHH44CDVU";
        assert!(fits(seed.as_bytes()));
        assert!(!fits(seed.replacen('A', "B", 1).as_bytes()));
    }
}
