//! Replaces files where names cannot be exchanged and open files are not known: only if nothing changed meanwhile.

use crate::output::{Draft, OutputError, Target};
use std::{
    error::Error,
    ffi::OsStr,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// How others change a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// They append lines.
    Lines,
    /// They write it anew as a whole.
    Whole,
}

/// Gives the bytes that are to stand in place of others in the file with this path; as many lines as before.
pub type Rewrite<'a> = dyn Fn(&Path, &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> + Sync + 'a;

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplaceError {
    /// The file could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The new content could not be made.
    #[error("{} was left as it was", path.display())]
    Rewrite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Others changed the file meanwhile.
    #[error("{} changed while it was being replaced: try again later", path.display())]
    Restless {
        /// The file.
        path: PathBuf,
    },
    /// The new file could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Replaces files one by one.
pub struct Replacer<'a> {
    rewrite: &'a Rewrite<'a>,
}

impl<'a> Replacer<'a> {
    /// A replacer that gets new content from `rewrite`.
    #[must_use]
    pub fn new(rewrite: &'a Rewrite<'a>) -> Self {
        Self { rewrite }
    }

    /// Replaces the file at `path` if rewriting changes it, and tells whether it did.
    ///
    /// # Errors
    /// [`ReplaceError`]; the file is then as it was.
    pub fn replace(&mut self, path: &Path, _growth: Growth) -> Result<bool, ReplaceError> {
        let read = |source| ReplaceError::Read { path: path.to_owned(), source };
        let old = fs::read(path).map_err(read)?;
        let new = (self.rewrite)(path, &old)
            .map_err(|source| ReplaceError::Rewrite { path: path.to_owned(), source })?;
        if new == old {
            return Ok(false);
        }
        let mut draft = Draft::new(Target::new(path)?)?;
        draft.write_all(&new).map_err(|source| OutputError::Write { path: path.to_owned(), source })?;
        if fs::read(path).map_err(|source| ReplaceError::Read { path: path.to_owned(), source })? != old {
            return Err(ReplaceError::Restless { path: path.to_owned() });
        }
        draft.commit()?;
        Ok(true)
    }

    /// There is nothing to settle here.
    #[must_use]
    pub fn settle(&mut self) -> Vec<ReplaceError> {
        Vec::new()
    }

    /// There is nothing to recover here.
    ///
    /// # Errors
    /// None.
    pub fn recover(&mut self, _leftover: &Path) -> Result<(), ReplaceError> {
        Ok(())
    }
}

/// Whether a replacement left the file with this name behind.
#[must_use]
pub fn is_leftover(_name: &OsStr) -> bool {
    false
}
