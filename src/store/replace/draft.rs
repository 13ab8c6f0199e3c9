//! The new file, from its making to the moment at which it takes the old one's place.

use super::{
    Attempt, Growth, Progress, ReplaceError, Swap,
    files::{at, exchange, io_error, lock, metadata, read_range},
    leftover::{self, Names},
};
use crate::{output::Begun, store::live::FileId};
use rustix::fs::{FlockOperation, flock};
use std::{
    fs::{self, File, FileTimes, OpenOptions},
    os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

/// A new file while it is written; removed unless it takes its place.
pub(super) struct Draft {
    path: PathBuf,
    file: File,
    placed: bool,
    /// Until it takes a name that a later run understands.
    begun: Option<Begun>,
}

impl Draft {
    /// A new file beside `target`, beginning with the first `verbatim` bytes of `old`.
    pub(super) fn beside(target: &Path, old: &File, verbatim: u64) -> Result<Self, ReplaceError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let path = loop {
            let name = leftover::draft_name(NUMBER.fetch_add(1, Ordering::Relaxed));
            let path = target.with_file_name(name);
            if !path.exists() {
                break path;
            }
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true).mode(0o600);
        let file = options.open(&path).map_err(io_error("create", &path))?;
        let begun = Some(Begun::new(&path));
        let draft = Self { path, file, placed: false, begun };
        lock(&draft.file, &draft.path)?;
        draft.write(0, &read_range(old, 0, verbatim, target)?)?;
        Ok(draft)
    }

    /// Makes the file hold `bytes` from `start` on, and nothing after them.
    pub(super) fn write(&self, start: u64, bytes: &[u8]) -> Result<(), ReplaceError> {
        self.file.write_all_at(bytes, start).map_err(io_error("write", &self.path))?;
        self.file.set_len(start + bytes.len() as u64).map_err(io_error("write", &self.path))
    }

    /// Takes over owner, access list, mode and times of the file `from`, and puts everything on the disk.
    pub(super) fn resemble(&self, from: &File) -> Result<(), ReplaceError> {
        let old = metadata(from, &self.path)?;
        let own = metadata(&self.file, &self.path)?;
        if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
            std::os::unix::fs::fchown(&self.file, Some(old.uid()), Some(old.gid()))
                .map_err(io_error("keep the owner of", &self.path))?;
        }
        keep_attributes(from, &self.file)
            .map_err(|e| io_error("keep the access list of", &self.path)(e.into()))?;
        self.file.set_permissions(old.permissions()).map_err(io_error("keep the mode of", &self.path))?;
        if let (Ok(accessed), Ok(modified)) = (old.accessed(), old.modified()) {
            let times = FileTimes::new().set_accessed(accessed).set_modified(modified);
            self.file.set_times(times).map_err(io_error("keep the times of", &self.path))?;
        }
        self.file.sync_all().map_err(io_error("write", &self.path))
    }

    /// Keeps the file open, and locked, for reading only, so that this run is not taken for somebody who writes to it.
    fn reopen_to_read(&mut self) -> Result<(), ReplaceError> {
        let _ = flock(&self.file, FlockOperation::Unlock);
        self.file = File::open(&self.path).map_err(io_error("open", &self.path))?;
        lock(&self.file, &self.path)
    }

    /// Takes the place of `old` at `path`, if that is still what stands there.
    pub(super) fn swap(
        mut self,
        path: &Path,
        old: &File,
        growth: Growth,
        progress: Progress,
    ) -> Result<Attempt, ReplaceError> {
        let (old_metadata, new_metadata) = (metadata(old, path)?, metadata(&self.file, &self.path)?);
        let (old_id, new_id) = (FileId::of(&old_metadata), FileId::of(&new_metadata));
        let names = Names {
            target: leftover::hash(path.file_name().unwrap_or_default()),
            lines: growth == Growth::Lines,
            old: old_id.ino,
            consumed: progress.consumed,
            torn: progress.torn.len() as u64,
            new: new_id.ino,
            length: progress.length,
            settled: progress.settled,
        };
        let kept = path.with_file_name(names.file_name());
        self.begun = None;
        fs::rename(&self.path, &kept).map_err(io_error("rename", &self.path))?;
        self.path.clone_from(&kept);
        self.reopen_to_read()?;
        if at(path) != Some(old_id) {
            return Ok(Attempt::Moved);
        }
        exchange(&kept, path)?;
        self.placed = true;
        if at(&kept) != Some(old_id) {
            exchange(&kept, path)?;
            self.placed = false;
            return Ok(Attempt::Moved);
        }
        Ok(Attempt::Swapped(Box::new(Swap {
            path: path.to_owned(),
            kept,
            growth,
            old: old.try_clone().map_err(io_error("keep open", path))?,
            old_id,
            old_modified: old_metadata.modified().ok(),
            new: self.file.try_clone().map_err(io_error("keep open", path))?,
            new_id,
            new_modified: new_metadata.modified().ok(),
            progress,
            begun: Instant::now(),
        })))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The list of who else may do what with a file. Without it the mode's middle digit would mean more than before.
const ACCESS_LIST: &[u8] = b"system.posix_acl_access";

/// The longest attribute, and list of their names, that the system takes.
const LONGEST_ATTRIBUTE: usize = 64 << 10;

/// Where extended attributes are not known, there are none to lose.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn keep_attributes(_from: &File, _to: &File) -> rustix::io::Result<()> {
    Ok(())
}

/// Copies extended attributes. What the system sets itself, or lets only others set, is left to it; only an access list
/// must not be lost.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_attributes(from: &File, to: &File) -> rustix::io::Result<()> {
    use rustix::{
        fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr},
        io::Errno,
    };
    let mut names = vec![0; LONGEST_ATTRIBUTE];
    let length = match flistxattr(from, &mut names[..]) {
        Err(Errno::NOTSUP | Errno::NOSYS) | Ok(0) => return Ok(()),
        length => length?,
    };
    let (mut value, mut there) = (vec![0; LONGEST_ATTRIBUTE], vec![0; LONGEST_ATTRIBUTE]);
    for name in names[..length].split(|&b| b == 0).filter(|name| !name.is_empty()) {
        let Ok(length) = fgetxattr(from, name, &mut value[..]) else { continue };
        let value = &value[..length];
        if fgetxattr(to, name, &mut there[..]).is_ok_and(|length| there[..length] == *value) {
            continue;
        }
        let set = fsetxattr(to, name, value, XattrFlags::empty());
        if name == ACCESS_LIST {
            set?;
        }
    }
    Ok(())
}
