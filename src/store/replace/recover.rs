//! What a killed run left behind: finished where that is safe, undone or removed where it is not.

use super::{
    ReplaceError, Replacer, Swap,
    files::{append, at, io_error, metadata, open_locked, read_range, remove},
    leftover::{self, Leftover, Names},
};
use crate::store::live::FileId;
use std::{
    ffi::OsStr,
    fs::{self, File},
    io,
    path::Path,
    time::{Duration, SystemTime},
};

impl Replacer<'_> {
    /// Ends what a killed run began: `leftover` is a file for which `is_leftover` holds.
    ///
    /// # Errors
    /// [`ReplaceError`] if it could not be ended; the leftover then stays for the next run.
    pub fn recover(&mut self, leftover: &Path) -> Result<(), ReplaceError> {
        let name = leftover.file_name().unwrap_or_default();
        let file = match open_locked(leftover) {
            Ok(file) => file,
            Err(ReplaceError::Locked { .. }) => return Ok(()),
            // The recovery of another leftover has removed it.
            Err(ReplaceError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        match leftover::parse(name) {
            None => Ok(()),
            Some(Leftover::Draft) => remove(leftover),
            // One that has just been made may not be locked yet.
            Some(Leftover::Output) if age(&file, leftover)? < QUIET => Ok(()),
            Some(Leftover::Output) => remove(leftover),
            Some(Leftover::Kept(names)) => self.recover_kept(leftover, file, names),
        }
    }

    fn recover_kept(&mut self, kept: &Path, file: File, names: Names) -> Result<(), ReplaceError> {
        let folder = kept.parent().unwrap_or(Path::new("."));
        let id = FileId::of(&metadata(&file, kept)?);
        let Some(target) = names.target_in(folder) else { return remove(kept) };
        if id.ino == names.new {
            put_back(&file, names.length, kept, &target)?;
            return remove(kept);
        }
        if id.ino != names.old || at(&target) == Some(id) {
            return remove(kept);
        }
        if at(&target).is_some_and(|t| t.ino == names.new) {
            let swap = Swap::recovered(kept, target, file, names)?;
            if names.lines && ends_with(&swap.path, &swap.late()?)? {
                // What it followed has happened: without this one it could no longer be told.
                remove_predecessors(folder, names)?;
                return remove(kept);
            }
            self.pending.push(swap);
            return Ok(());
        }
        if !has_successor(folder, names) && names.lines {
            put_back(&file, names.consumed, kept, &target)?;
        }
        remove(kept)
    }
}

/// How old a copy in the making must be, at least, to be one that was left behind.
const QUIET: Duration = Duration::from_secs(60);

/// How long ago a file was written.
fn age(file: &File, path: &Path) -> Result<Duration, ReplaceError> {
    let modified = metadata(file, path)?.modified().map_err(io_error("look at", path))?;
    Ok(SystemTime::now().duration_since(modified).unwrap_or_default())
}

/// Whether the replacement that followed the one with these names has left something, so that it happened.
fn has_successor(folder: &Path, names: Names) -> bool {
    let kept = |name: &OsStr| match leftover::parse(name) {
        Some(Leftover::Kept(other)) => other.target == names.target && other.old == names.new,
        _ => false,
    };
    fs::read_dir(folder).into_iter().flatten().flatten().any(|e| kept(&e.file_name()))
}

/// Removes what the replacement before the one with these names has left.
fn remove_predecessors(folder: &Path, names: Names) -> Result<(), ReplaceError> {
    for entry in fs::read_dir(folder).map_err(io_error("read", folder))?.flatten() {
        if let Some(Leftover::Kept(other)) = leftover::parse(&entry.file_name())
            && other.target == names.target
            && other.new == names.old
        {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Appends what `file` holds from `start` on to `target`, unless it already ends so.
fn put_back(file: &File, start: u64, path: &Path, target: &Path) -> Result<(), ReplaceError> {
    let extra = read_range(file, start, metadata(file, path)?.len(), path)?;
    if ends_with(target, &extra)? { Ok(()) } else { append(target, &extra) }
}

/// Whether the file at `path` ends with `bytes`.
fn ends_with(path: &Path, bytes: &[u8]) -> Result<bool, ReplaceError> {
    Ok(fs::read(path).map_err(io_error("read", path))?.ends_with(bytes))
}
