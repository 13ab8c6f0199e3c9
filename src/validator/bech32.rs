//! Bech32: age's secret keys, Bitcoin's newer addresses.
//!
//! Source: BIP-173: a code over 32 symbols whose remainder is one; the words before the last `1` count too.

const ALPHABET: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/// Whether the value, of one case of letters, ends in its checksum of six characters.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let mixed = value.iter().any(u8::is_ascii_lowercase) && value.iter().any(u8::is_ascii_uppercase);
    let lower = value.to_ascii_lowercase();
    let Some(one) = lower.iter().rposition(|&byte| byte == b'1').filter(|&at| at > 0 && !mixed) else {
        return false;
    };
    let (prefix, data) = (&lower[..one], &lower[one + 1..]);
    let symbols: Option<Vec<u8>> = data
        .iter()
        .map(|byte| ALPHABET.iter().position(|letter| letter == byte).map(|at| at as u8))
        .collect();
    symbols.is_some_and(|symbols| {
        let high = prefix.iter().map(|byte| byte >> 5);
        let low = prefix.iter().map(|byte| byte & 31);
        symbols.len() >= 6 && remainder(high.chain([0]).chain(low).chain(symbols)) == 1
    })
}

fn remainder(symbols: impl Iterator<Item = u8>) -> u32 {
    symbols.fold(1, |sum, symbol| {
        let shifted = (sum & 0x01ff_ffff) << 5 ^ u32::from(symbol);
        let bits = (0..5).filter(|bit| sum >> (25 + bit) & 1 == 1);
        bits.fold(shifted, |shifted, bit| shifted ^ GENERATOR[bit as usize])
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// The vectors of BIP-173.
    #[test]
    fn agrees_with_the_proposal() {
        for valid in ["A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "?1ezyfcl"] {
            assert!(fits(valid.as_bytes()), "{valid}");
        }
        for bad in
            ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "a12UEL5L", "10a06t8"]
        {
            assert!(!fits(bad.as_bytes()), "{bad}");
        }
    }
}
