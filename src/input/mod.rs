//! Input: the only place that opens files to read. A transcript is mapped where that is possible and wanted, else read
//! into memory; a stream comes in blocks.

mod mmap;
mod stream;

pub use stream::Blocks;

use std::{
    fs::{File, Metadata},
    io::Read as _,
    ops::Deref,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Why a transcript could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// It could not be opened.
    #[error("cannot open {}", path.display())]
    Open {
        /// The file, as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It could not be read to its end.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file, as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no file.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// As given.
        path: PathBuf,
    },
    /// It changed while it was read.
    #[error("{} changed while it was read ({was} bytes before, {is} now): try again when nothing writes to it", path.display())]
    Changed {
        /// The file, as given.
        path: PathBuf,
        /// Its length when it was opened, in bytes.
        was: u64,
        /// Its length now, in bytes.
        is: u64,
    },
}

/// How a file is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Access {
    /// Mapped into memory, if it is worth it.
    #[default]
    Map,
    /// Read into memory.
    Read,
}

/// The bytes of one file, as it was when it was opened.
pub struct Source {
    path: PathBuf,
    file: File,
    bytes: Bytes,
    was: Stamp,
}

enum Bytes {
    Mapped(mmap::Mapping),
    Owned(Vec<u8>),
}

/// What tells that a file has changed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(data: &Metadata) -> Self {
        Self { len: data.len(), modified: data.modified().ok() }
    }
}

/// Files shorter than this are read: mapping them costs more.
const MIN_MAPPED: u64 = 1 << 16;

impl Source {
    /// Opens a file and brings in its bytes.
    ///
    /// # Errors
    /// [`InputError`] if it cannot be opened or read, or is no regular file.
    pub fn open(path: &Path, access: Access) -> Result<Self, InputError> {
        let path = path.to_path_buf();
        let failed = |source| InputError::Open { path: path.clone(), source };
        let file = File::open(&path).map_err(failed)?;
        let data = file.metadata().map_err(failed)?;
        if !data.is_file() {
            return Err(InputError::NotAFile { path });
        }
        let was = Stamp::of(&data);
        let mapped = (access == Access::Map && was.len >= MIN_MAPPED).then(|| mmap::Mapping::new(&file).ok());
        let bytes = match mapped.flatten() {
            Some(mapping) => Bytes::Mapped(mapping),
            None => {
                let mut bytes = Vec::with_capacity(usize::try_from(was.len).unwrap_or(0));
                // One byte more than it said tells a file that grew, or that does not know its length.
                let read = (&file).take(was.len + 1).read_to_end(&mut bytes);
                read.map_err(|source| InputError::Read { path: path.clone(), source })?;
                Bytes::Owned(bytes)
            }
        };
        Ok(Self { path, file, bytes, was })
    }

    /// The path it was opened by.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks that the file is still as it was when it was opened. To be called when its bytes have been used: what
    /// was made of a file that shrank or grew meanwhile is not to be kept.
    ///
    /// # Errors
    /// [`InputError::Changed`] if it is not.
    pub fn unchanged(&self) -> Result<(), InputError> {
        let path = || self.path.clone();
        let data = self.file.metadata().map_err(|source| InputError::Read { path: path(), source })?;
        let torn = matches!(&self.bytes, Bytes::Mapped(mapping) if mapping.is_torn());
        let short = self.len() as u64 != self.was.len;
        if torn || short || Stamp::of(&data) != self.was {
            return Err(InputError::Changed { path: path(), was: self.was.len, is: data.len() });
        }
        Ok(())
    }
}

impl Deref for Source {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Mapped(mapping) => mapping,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({}, <{} bytes>)", self.path.display(), self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapped_and_read_are_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        for len in [0, 10, 1 << 16, 300_000] {
            let bytes: Vec<u8> = (0..len).map(|i| i as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            for access in [Access::Map, Access::Read] {
                let source = Source::open(&path, access).unwrap();
                assert!(*source == bytes[..] && source.unchanged().is_ok());
            }
        }
    }

    #[test]
    fn a_file_that_grows_or_shrinks_is_told_and_kills_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        for new_len in [10u64, 500_000] {
            std::fs::write(&path, vec![b'x'; 300_000]).unwrap();
            let source = Source::open(&path, Access::Map).unwrap();
            File::options().write(true).open(&path).unwrap().set_len(new_len).unwrap();
            let sum: u64 = source.iter().map(|&b| u64::from(b)).sum();
            assert!(sum <= 300_000 * u64::from(b'x'));
            assert!(matches!(source.unchanged(), Err(InputError::Changed { was: 300_000, .. })));
        }
    }
}
