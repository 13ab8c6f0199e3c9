//! Seed phrases: twelve to twenty-four words of a list of 2048, the last of which holds a checksum.
//!
//! Source: BIP-39. The list and the arithmetic are those of the `bip39` crate.

use bip39::{Language, Mnemonic};

/// Whether the value, words of one language with white space between them, is a phrase whose checksum fits.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let text = std::str::from_utf8(value).unwrap_or_default().to_ascii_lowercase();
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.len().is_multiple_of(3)
        && (12..=24).contains(&words.len())
        && Mnemonic::parse_in_normalized(Language::English, &words.join(" ")).is_ok()
}

/// Whether the word, in any case of letters, is in the English list.
#[must_use]
pub fn is_word(word: &[u8]) -> bool {
    let word = std::str::from_utf8(word).unwrap_or_default().to_ascii_lowercase();
    Language::English.find_word(&word).is_some()
}

#[cfg(test)]
mod tests {
    use super::{fits, is_word};
    use proptest::prelude::*;

    #[test]
    fn fits_the_vectors_of_the_proposal() {
        assert!(fits(b"legal winner thank year wave sausage worth useful legal winner thank yellow"));
        assert!(fits(b"Legal winner\nthank year wave sausage  worth useful legal winner thank yellow"));
        assert!(!fits(b"legal winner thank year wave sausage worth useful legal winner thank year"));
        assert!(!fits(b"legal winner thank"));
        assert!(is_word(b"Zoo") && !is_word(b"zooo"));
    }

    proptest! {
        #[test]
        fn every_length_fits_with_its_checksum(entropy in prop::collection::vec(any::<u8>(), 32), length in 0..5_usize) {
            let phrase = bip39::Mnemonic::from_entropy(&entropy[..16 + 4 * length]).unwrap().to_string();
            prop_assert!(fits(phrase.as_bytes()));
        }
    }
}
