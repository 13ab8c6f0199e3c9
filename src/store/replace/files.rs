//! What is done with files by name and by handle, with errors that say with which.

use super::{PATIENCE, PAUSE, ReplaceError, leftover};
use crate::store::live::FileId;
use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};
use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::Path,
    time::Instant,
};

/// Makes the two names change places: in one step where the system can, else so that `path` always names a file.
pub(super) fn exchange(kept: &Path, path: &Path) -> Result<(), ReplaceError> {
    match rename_exchange(kept, path) {
        Ok(()) => {
            sync_folder(path);
            Ok(())
        }
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_steps(kept, path),
        Err(errno) => Err(io_error("replace", path)(errno.into())),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename_exchange(a: &Path, b: &Path) -> rustix::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn rename_exchange(_a: &Path, _b: &Path) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
}

pub(super) fn exchange_in_steps(kept: &Path, path: &Path) -> Result<(), ReplaceError> {
    let aside = leftover::aside(kept);
    fs::hard_link(path, &aside).map_err(io_error("link", path))?;
    fs::rename(kept, path).map_err(io_error("replace", path))?;
    fs::rename(&aside, kept).map_err(io_error("rename", &aside))?;
    sync_folder(path);
    Ok(())
}

/// Opens a plain file for reading, not following a link, and locks it against other runs.
pub(super) fn open_locked(path: &Path) -> Result<File, ReplaceError> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let file = options.open(path).map_err(|source| match source.raw_os_error() {
        Some(libc::ELOOP) => ReplaceError::NotAFile { path: path.to_owned() },
        _ => io_error("open", path)(source),
    })?;
    if !metadata(&file, path)?.is_file() {
        return Err(ReplaceError::NotAFile { path: path.to_owned() });
    }
    lock(&file, path)?;
    Ok(file)
}

/// Locks a file against other runs. A process that is just being started may still share a lock that was given up, so
/// one that is held is asked for again for a while.
pub(super) fn lock(file: &File, path: &Path) -> Result<(), ReplaceError> {
    let begun = Instant::now();
    loop {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) if begun.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(Errno::WOULDBLOCK) => return Err(ReplaceError::Locked { path: path.to_owned() }),
            _ => return Ok(()),
        }
    }
}

/// Which file stands at a path, if any; links are not followed.
pub(super) fn at(path: &Path) -> Option<FileId> {
    fs::symlink_metadata(path).ok().map(|m| FileId::of(&m))
}

pub(super) fn append(path: &Path, bytes: &[u8]) -> Result<(), ReplaceError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    let mut file = options.append(true).open(path).map_err(io_error("append to", path))?;
    file.write_all(bytes).map_err(io_error("append to", path))
}

pub(super) fn remove(path: &Path) -> Result<(), ReplaceError> {
    fs::remove_file(path).map_err(io_error("remove", path))
}

pub(super) fn read_range(file: &File, start: u64, end: u64, path: &Path) -> Result<Vec<u8>, ReplaceError> {
    let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, start).map_err(io_error("read", path))?;
    Ok(bytes)
}

pub(super) fn metadata(file: &File, path: &Path) -> Result<Metadata, ReplaceError> {
    file.metadata().map_err(io_error("look at", path))
}

/// Puts a folder's names on the disk; best effort, since not every file system can.
pub(super) fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|f| f.sync_all());
    }
}

pub(super) fn io_error(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ReplaceError {
    let path = path.to_owned();
    move |source| ReplaceError::Io { what, path, source }
}
