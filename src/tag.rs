//! Keyed tags: what lets equal values be recognised as equal without saying what they are.
//!
//! A tag is a prefix of a keyed BLAKE3 hash. Without the key a guessed value cannot be confirmed from its tag, so a
//! weak password in a redacted copy stays secret as long as the key does.

use std::{collections::BTreeSet, fmt, path::Path};

/// The key of a run: random, or read from a file so that runs and machines agree.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// The keyed fingerprint of one value: equal for equal values under one key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(u64);

/// Why a key could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file could not be read.
    #[error("cannot read key file {path}")]
    Read {
        /// The file, as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds too little to be a key.
    #[error(
        "key file {path} holds {len} bytes; a key needs at least {min}: write it with `openssl rand -hex 32`"
    )]
    Short {
        /// The file, as given.
        path: String,
        /// Its length without surrounding white space, in bytes.
        len: usize,
        /// The least length, in bytes.
        min: usize,
    },
    /// The file holds hardly any different bytes: nobody drew it at random.
    #[error("key file {path} is a few bytes over and over: write it with `openssl rand -hex 32`")]
    Plain {
        /// The file, as given.
        path: String,
    },
    /// The system has no random numbers.
    #[error("the system gave no random numbers for a key")]
    Random,
}

impl KeyError {
    /// What is wrong, without the name of a file.
    #[must_use]
    pub fn fault(&self) -> &'static str {
        match self {
            Self::Read { .. } => "it cannot be read",
            Self::Short { .. } => "it is too short: write one with `openssl rand -hex 32`",
            Self::Plain { .. } => "it is a few bytes over and over: write one with `openssl rand -hex 32`",
            Self::Random => "the system gave no random numbers",
        }
    }
}

/// The least number of different bytes in a key. 32 hexadecimal digits drawn at random have fewer once in 10^7 keys, 64 of
/// them never in practice.
const MIN_DIFFERENT: usize = 8;

/// The least length of a key file's content, in bytes: 128 bits when written as hexadecimal.
const MIN_KEY_BYTES: usize = 32;

/// Separates this use of the key from any other.
const KEY_CONTEXT: &str = "transcrub 2026-11 placeholder tags";

impl Key {
    /// A fresh random key.
    ///
    /// # Errors
    /// [`KeyError::Random`] if the system has no source of random numbers.
    pub fn random() -> Result<Self, KeyError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| KeyError::Random)?;
        Ok(Self(key))
    }

    /// The key that `material` stands for, whatever its form: it is hashed.
    #[must_use]
    pub fn from_material(material: &[u8]) -> Self {
        Self(blake3::derive_key(KEY_CONTEXT, material))
    }

    /// The key in a file: its bytes without surrounding white space.
    ///
    /// # Errors
    /// [`KeyError::Read`] if it cannot be read, [`KeyError::Short`] if it holds fewer than 32 bytes.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let shown = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|source| KeyError::Read { path: shown(), source })?;
        let material = bytes.trim_ascii();
        if material.len() < MIN_KEY_BYTES {
            return Err(KeyError::Short { path: shown(), len: material.len(), min: MIN_KEY_BYTES });
        }
        if is_plain(material) {
            return Err(KeyError::Plain { path: shown() });
        }
        Ok(Self::from_material(material))
    }

    /// The tag of a value.
    #[must_use]
    pub fn tag(&self, value: &[u8]) -> Tag {
        let hash = blake3::keyed_hash(&self.0, value);
        let mut head = [0; 8];
        head.copy_from_slice(&hash.as_bytes()[..8]);
        Tag(u64::from_be_bytes(head))
    }
}

/// Whether bytes are a few over and over.
fn is_plain(material: &[u8]) -> bool {
    material.iter().collect::<BTreeSet<_>>().len() < MIN_DIFFERENT
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<key>")
    }
}

impl Tag {
    /// The tag as a number; its top bits are the ones that are shown.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The six hexadecimal digits in which it is shown.
    pub(crate) fn digits(self) -> [u8; 6] {
        std::array::from_fn(|place| b"0123456789abcdef"[(self.0 >> (60 - 4 * place)) as usize & 15])
    }

    /// The tag that [`Tag::bits`] gave.
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// Six hexadecimal digits: the form in placeholders and reports.
impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06x}", self.0 >> 40)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_tags_only_under_one_key() {
        let (a, b) = (Key::from_material(&[1; 32]), Key::from_material(&[2; 32]));
        assert_eq!(a.tag(b"x"), a.tag(b"x"));
        assert_ne!(a.tag(b"x"), a.tag(b"y"));
        assert_ne!(a.tag(b"x"), b.tag(b"x"));
        assert_eq!(a.tag(b"x").to_string().len(), 6);
        assert_eq!(a.tag(b"x").to_string().as_bytes(), a.tag(b"x").digits());
    }

    #[test]
    fn a_short_key_file_is_refused_and_white_space_does_not_count() {
        let dir = tempfile::tempdir().unwrap();
        let (short, long, same) = (dir.path().join("s"), dir.path().join("l"), dir.path().join("m"));
        std::fs::write(&short, "secret\n").unwrap();
        std::fs::write(&long, "0123456789abcdef0123456789abcdef").unwrap();
        std::fs::write(&same, "0123456789abcdef0123456789abcdef\r\n").unwrap();
        assert!(matches!(Key::from_file(&short), Err(KeyError::Short { len: 6, .. })));
        for plain in ["0".repeat(64), "01".repeat(32), "password".repeat(4)] {
            std::fs::write(&short, plain).unwrap();
            assert!(matches!(Key::from_file(&short), Err(KeyError::Plain { .. })));
        }
        let tag = |p: &Path| Key::from_file(p).unwrap().tag(b"v");
        assert_eq!(tag(&long), tag(&same));
        assert!(matches!(Key::from_file(&dir.path().join("none")), Err(KeyError::Read { .. })));
    }
}
