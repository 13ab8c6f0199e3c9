//! Base58Check: Bitcoin's private keys (WIF), extended keys (`xprv`), addresses.
//!
//! Source: the Bitcoin wiki, "Base58Check encoding", and BIP-32: the last four bytes are the first four of the double
//! SHA-256 of those before them.

use bitcoin_hashes::{Hash as _, sha256d};

const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Longer than any key, and short enough for arithmetic that is quadratic.
const LONGEST: usize = 128;

/// Whether the value decodes and ends in its checksum.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    decode(value).is_some_and(|bytes| {
        bytes.len() > 4 && {
            let (body, sum) = bytes.split_at(bytes.len() - 4);
            sha256d::Hash::hash(body).to_byte_array()[..4] == *sum
        }
    })
}

fn decode(value: &[u8]) -> Option<Vec<u8>> {
    if value.len() > LONGEST {
        return None;
    }
    let zeros = value.iter().take_while(|&&byte| byte == ALPHABET[0]).count();
    let mut reversed: Vec<u8> = Vec::with_capacity(value.len());
    for byte in &value[zeros..] {
        let mut carry = ALPHABET.iter().position(|letter| letter == byte)?;
        for digit in &mut reversed {
            carry += 58 * usize::from(*digit);
            *digit = carry as u8;
            carry >>= 8;
        }
        while carry > 0 {
            reversed.push(carry as u8);
            carry >>= 8;
        }
    }
    reversed.resize(reversed.len() + zeros, 0);
    reversed.reverse();
    Some(reversed)
}

#[cfg(test)]
mod tests {
    use super::{decode, fits};

    /// The example of the Bitcoin wiki's page on the wallet import format.
    #[test]
    fn fits_the_example_of_the_wiki() {
        let key = *b"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
        assert!(fits(&key));
        for at in 0..key.len() {
            let mut changed = key;
            changed[at] = if changed[at] == b'2' { b'3' } else { b'2' };
            assert!(!fits(&changed), "at {at}");
        }
    }

    #[test]
    fn ones_are_zeros() {
        assert_eq!(decode(b"11"), Some(vec![0, 0]));
        assert_eq!(decode(b"21"), Some(vec![58]));
        assert_eq!(decode(b"0"), None);
        assert_eq!(decode(&[b'2'; 200]), None);
    }
}
