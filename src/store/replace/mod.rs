//! Replaces files that others may append to, in place and without loss.
//!
//! A new file is written beside the old one and takes its name in one step, so that a kill at any moment leaves the
//! name on a whole file, old or new. What is appended while the new file is written is read and rewritten before the
//! step. What reaches the old file after it, from a writer that had already opened it, is put into the new file at the
//! place where it belongs, before anything that was appended there since. Writers that open the file for each append
//! (as Claude Code does) thus lose nothing; while one *keeps* the file open, its later lines would go to the old file,
//! so then the step is undone and the file is left as it was.
//!
//! The files made on the way have names that say what they are (`leftover.rs`), and [`Replacer::recover`] finishes or
//! removes those of a run that was killed. Between replacement and [`Replacer::settle`] the old content still lies
//! beside the new one, readable by nobody who could not read it before.

mod leftover;

use super::live::{FileId, Holder, OpenFiles};
use leftover::{Leftover, Names};
use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};
use std::{
    error::Error,
    ffi::OsStr,
    fs::{self, File, FileTimes, Metadata, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant, SystemTime},
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
    /// The system refused something.
    #[error("cannot {what} {}", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// With which file.
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
    /// A process keeps the file open, so that what it writes later would be lost.
    #[error("{} is kept open for writing by process {} ({}): close it first", path.display(), holder.pid, holder.name)]
    Held {
        /// The file.
        path: PathBuf,
        /// Who keeps it open.
        holder: Holder,
    },
    /// Another run is at work on the file.
    #[error("{} is being replaced by another run", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It is no plain file: a link, a folder, a device.
    #[error("{} is not a plain file", path.display())]
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    /// Others changed the file again and again.
    #[error("{} kept changing while it was being replaced: try again later", path.display())]
    Restless {
        /// The file.
        path: PathBuf,
    },
}

/// How often a replacement starts again when others change the file under it.
const ROUNDS: usize = 20;

/// How many replacements are settled together: each settling looks once at all open files, which costs milliseconds.
const BATCH: usize = 64;

/// How long a writer may take to close a file that it had opened before the replacement.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long to wait before looking who still has an old file open: an opening under way is not yet seen.
const PAUSE: Duration = Duration::from_millis(3);

/// Replaces files, some at a time; see the module's text.
pub struct Replacer<'a> {
    rewrite: &'a Rewrite<'a>,
    pending: Vec<Swap>,
    failed: Vec<ReplaceError>,
}

/// A new file that has taken the old one's place, with the old one still beside it.
struct Swap {
    path: PathBuf,
    kept: PathBuf,
    growth: Growth,
    old: File,
    old_id: FileId,
    old_modified: Option<SystemTime>,
    new: File,
    new_id: FileId,
    new_modified: Option<SystemTime>,
    progress: Progress,
    begun: Instant,
}

/// How far the new file covers the old one.
#[derive(Clone, Default)]
struct Progress {
    /// Bytes of the old file that are covered.
    consumed: u64,
    /// The last line, if it has no end yet, as it stood in the old file.
    torn: Vec<u8>,
    /// Bytes of the new file.
    length: u64,
    /// Bytes of the new file before that last line.
    settled: u64,
}

/// What stands in a new file before the rewritten rest of the old one.
#[derive(Default)]
struct Lead {
    /// How much is copied from the start of the old file as it is.
    verbatim: u64,
    /// What is put there, to be rewritten.
    insert: Vec<u8>,
    /// Where the rest of the old file begins.
    rest: u64,
}

/// How an attempt ended.
enum Attempt {
    /// There is nothing to replace.
    Same,
    /// The new file stands at the path.
    Swapped(Box<Swap>),
    /// Others changed the file; nothing was done.
    Moved,
}

/// What happened to an old file after it was replaced.
enum Since {
    Nothing,
    Appended,
    Altered,
}

impl<'a> Replacer<'a> {
    /// A replacer that gets new content from `rewrite`.
    #[must_use]
    pub fn new(rewrite: &'a Rewrite<'a>) -> Self {
        Self { rewrite, pending: Vec::new(), failed: Vec::new() }
    }

    /// Replaces the file at `path` if rewriting changes it, and tells whether it did.
    ///
    /// The replacement is final only after [`Self::settle`]; until then the same path cannot be replaced again.
    ///
    /// # Errors
    /// [`ReplaceError`]; the file is then as it was.
    pub fn replace(&mut self, path: &Path, growth: Growth) -> Result<bool, ReplaceError> {
        for _ in 0..ROUNDS {
            let old = open_locked(path)?;
            match self.attempt(path, &old, growth, Lead::default())? {
                Attempt::Same => return Ok(false),
                Attempt::Moved => {}
                Attempt::Swapped(swap) => {
                    self.pending.push(*swap);
                    if self.pending.len() >= BATCH {
                        self.settle_pending();
                    }
                    return Ok(true);
                }
            }
        }
        Err(ReplaceError::Restless { path: path.to_owned() })
    }

    /// Carries over what reached the old files late, removes them, and tells which replacements had to be undone.
    #[must_use]
    pub fn settle(&mut self) -> Vec<ReplaceError> {
        self.settle_pending();
        std::mem::take(&mut self.failed)
    }

    fn settle_pending(&mut self) {
        while !self.pending.is_empty() {
            std::thread::sleep(PAUSE);
            let swaps = std::mem::take(&mut self.pending);
            let open = OpenFiles::look(|id| swaps.iter().any(|s| s.old_id == id));
            for swap in swaps {
                match open.writer(swap.old_id) {
                    None => self.finish(swap),
                    Some(holder) if swap.begun.elapsed() > PATIENCE => self.give_up(swap, holder.clone()),
                    Some(_) => self.pending.push(swap),
                }
            }
        }
    }

    /// One try to put a new file in the place of `old`, which stands at `path`.
    fn attempt(&self, path: &Path, old: &File, growth: Growth, lead: Lead) -> Result<Attempt, ReplaceError> {
        let before = metadata(old, path)?;
        let carrying = !lead.insert.is_empty();
        let mut progress =
            Progress { consumed: lead.rest, torn: lead.insert, length: 0, settled: lead.verbatim };
        let mut draft: Option<Draft> = None;
        let mut size = before.len();
        loop {
            let piece = piece(old, &progress, size, path)?;
            let rewritten = (self.rewrite)(path, &piece)
                .map_err(|source| ReplaceError::Rewrite { path: path.to_owned(), source })?;
            if draft.is_none() && !carrying && rewritten == piece {
                return Ok(Attempt::Same);
            }
            let new = match draft.take() {
                Some(new) => new,
                None => Draft::beside(path, old, progress.settled)?,
            };
            new.write(progress.settled, &rewritten)?;
            progress.advance(size, &piece, &rewritten, growth);
            new.resemble(&metadata(old, path)?)?;
            let now = metadata(old, path)?;
            let moved = growth == Growth::Whole && now.modified().ok() != before.modified().ok();
            if moved || now.len() < size {
                return Ok(Attempt::Moved);
            }
            if now.len() == size {
                return new.swap(path, old, growth, progress);
            }
            size = now.len();
            draft = Some(new);
        }
    }

    /// Ends a replacement whose old file nobody writes to any more.
    fn finish(&mut self, swap: Swap) {
        match swap.since() {
            Since::Nothing => self.remove_kept(swap),
            Since::Appended => self.carry(swap),
            Since::Altered => self.note(undo(&swap)),
        }
    }

    fn remove_kept(&mut self, swap: Swap) {
        if let Err(source) = fs::remove_file(&swap.kept) {
            self.failed.push(ReplaceError::Io { what: "remove", path: swap.kept, source });
            return;
        }
        sync_folder(&swap.path);
        if matches!(swap.since(), Since::Appended) {
            self.carry(swap);
        }
    }

    /// Puts what reached the old file late into the new one, at its place.
    fn carry(&mut self, swap: Swap) {
        match self.try_carry(&swap) {
            Ok(Some(next)) => {
                self.note(remove(&swap.kept));
                self.pending.push(next);
            }
            Ok(None) => {
                let late = swap.late().and_then(|late| append(&swap.path, &late));
                self.note(late.and_then(|()| remove(&swap.kept)));
            }
            Err(error) => {
                self.failed.push(error);
                self.note(undo(&swap));
            }
        }
    }

    fn try_carry(&self, swap: &Swap) -> Result<Option<Swap>, ReplaceError> {
        for _ in 0..ROUNDS {
            if at(&swap.path) != Some(swap.new_id) {
                return Ok(None);
            }
            let mut insert = swap.progress.torn.clone();
            insert.extend(swap.late()?);
            let carried = swap.progress.consumed + (insert.len() - swap.progress.torn.len()) as u64;
            let lead = Lead { verbatim: swap.progress.settled, insert, rest: swap.progress.length };
            if let Attempt::Swapped(next) = self.attempt(&swap.path, &swap.new, swap.growth, lead)? {
                let size = metadata(&swap.old, &swap.path)?.len();
                append(&swap.path, &read_range(&swap.old, carried, size, &swap.path)?)?;
                return Ok(Some(*next));
            }
        }
        Err(ReplaceError::Restless { path: swap.path.clone() })
    }

    fn give_up(&mut self, swap: Swap, holder: Holder) {
        let undone = undo(&swap);
        self.note(undone);
        self.failed.push(ReplaceError::Held { path: swap.path, holder });
    }

    fn note(&mut self, result: Result<(), ReplaceError>) {
        self.failed.extend(result.err());
    }

    /// Ends what a killed run began: `leftover` is a file for which [`is_leftover`] holds.
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

impl Drop for Replacer<'_> {
    fn drop(&mut self) {
        self.settle_pending();
    }
}

/// Whether a replacement left the file with this name behind.
#[must_use]
pub fn is_leftover(name: &OsStr) -> bool {
    leftover::parse(name).is_some()
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

impl Progress {
    /// Notes that the old file is covered up to `size` by `rewritten`, which stands for `piece`.
    fn advance(&mut self, size: u64, piece: &[u8], rewritten: &[u8], growth: Growth) {
        self.consumed = size;
        self.length = self.settled + rewritten.len() as u64;
        if growth == Growth::Lines {
            self.settled += line_start(rewritten) as u64;
            self.torn = piece[line_start(piece)..].to_vec();
        }
    }
}

/// Where the last line begins.
fn line_start(bytes: &[u8]) -> usize {
    memchr::memrchr(b'\n', bytes).map_or(0, |i| i + 1)
}

/// The unfinished last line, and what came after it up to `size`.
fn piece(old: &File, progress: &Progress, size: u64, path: &Path) -> Result<Vec<u8>, ReplaceError> {
    let mut piece = progress.torn.clone();
    piece.extend(read_range(old, progress.consumed, size, path)?);
    Ok(piece)
}

impl Swap {
    fn since(&self) -> Since {
        let Ok(metadata) = self.old.metadata() else { return Since::Altered };
        match self.growth {
            Growth::Lines if metadata.len() > self.progress.consumed => Since::Appended,
            Growth::Lines if metadata.len() == self.progress.consumed => Since::Nothing,
            Growth::Whole if metadata.modified().ok() == self.old_modified => Since::Nothing,
            _ => Since::Altered,
        }
    }

    /// What was appended to the old file after it was read.
    fn late(&self) -> Result<Vec<u8>, ReplaceError> {
        let size = metadata(&self.old, &self.path)?.len();
        read_range(&self.old, self.progress.consumed, size, &self.path)
    }

    /// Whether others wrote the new file anew, so that it is newer than the old one.
    fn new_was_rewritten(&self) -> bool {
        let unchanged =
            |m: Metadata| m.len() == self.progress.length && m.modified().ok() == self.new_modified;
        self.growth == Growth::Whole && !self.new.metadata().is_ok_and(unchanged)
    }

    fn recovered(kept: &Path, path: PathBuf, old: File, names: Names) -> Result<Self, ReplaceError> {
        let new = open_locked(&path)?;
        let (old_metadata, new_metadata) = (metadata(&old, kept)?, metadata(&new, &path)?);
        let torn_start = names.consumed.saturating_sub(names.torn);
        let torn = read_range(&old, torn_start, names.consumed, kept)?;
        let Names { consumed, length, settled, .. } = names;
        Ok(Self {
            path,
            kept: kept.to_owned(),
            growth: if names.lines { Growth::Lines } else { Growth::Whole },
            old_id: FileId::of(&old_metadata),
            old_modified: old_metadata.modified().ok(),
            new_id: FileId::of(&new_metadata),
            new_modified: new_metadata.modified().ok(),
            old,
            new,
            progress: Progress { consumed, torn, length, settled },
            begun: Instant::now(),
        })
    }
}

/// A new file while it is written; removed unless it takes its place.
struct Draft {
    path: PathBuf,
    file: File,
    placed: bool,
}

impl Draft {
    /// A new file beside `target`, beginning with the first `verbatim` bytes of `old`.
    fn beside(target: &Path, old: &File, verbatim: u64) -> Result<Self, ReplaceError> {
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
        let draft = Self { path, file, placed: false };
        lock(&draft.file, &draft.path)?;
        draft.write(0, &read_range(old, 0, verbatim, target)?)?;
        Ok(draft)
    }

    /// Makes the file hold `bytes` from `start` on, and nothing after them.
    fn write(&self, start: u64, bytes: &[u8]) -> Result<(), ReplaceError> {
        self.file.write_all_at(bytes, start).map_err(io_error("write", &self.path))?;
        self.file.set_len(start + bytes.len() as u64).map_err(io_error("write", &self.path))
    }

    /// Takes over owner, mode and times, and puts everything on the disk.
    fn resemble(&self, old: &Metadata) -> Result<(), ReplaceError> {
        let own = metadata(&self.file, &self.path)?;
        if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
            std::os::unix::fs::fchown(&self.file, Some(old.uid()), Some(old.gid()))
                .map_err(io_error("keep the owner of", &self.path))?;
        }
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
    fn swap(
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

/// Puts the old file back in its place, with what was appended to the new one since.
fn undo(swap: &Swap) -> Result<(), ReplaceError> {
    if swap.new_was_rewritten() || at(&swap.path) != Some(swap.new_id) {
        return remove(&swap.kept);
    }
    let mut moved = swap.progress.length;
    loop {
        let end = metadata(&swap.new, &swap.path)?.len();
        append(&swap.kept, &read_range(&swap.new, moved, end, &swap.path)?)?;
        moved = end;
        if metadata(&swap.new, &swap.path)?.len() == moved {
            break;
        }
    }
    exchange(&swap.kept, &swap.path)?;
    wait_for_writers(swap.new_id);
    let end = metadata(&swap.new, &swap.path)?.len();
    append(&swap.path, &read_range(&swap.new, moved, end, &swap.path)?)?;
    remove(&swap.kept)
}

/// Waits until nobody has this file open for writing, within reason.
fn wait_for_writers(id: FileId) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        std::thread::sleep(PAUSE);
        if OpenFiles::look(|i| i == id).writer(id).is_none() {
            return;
        }
    }
}

/// Makes the two names change places: in one step where the system can, else so that `path` always names a file.
fn exchange(kept: &Path, path: &Path) -> Result<(), ReplaceError> {
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

fn exchange_in_steps(kept: &Path, path: &Path) -> Result<(), ReplaceError> {
    let aside = leftover::aside(kept);
    fs::hard_link(path, &aside).map_err(io_error("link", path))?;
    fs::rename(kept, path).map_err(io_error("replace", path))?;
    fs::rename(&aside, kept).map_err(io_error("rename", &aside))?;
    sync_folder(path);
    Ok(())
}

/// Opens a plain file for reading, not following a link, and locks it against other runs.
fn open_locked(path: &Path) -> Result<File, ReplaceError> {
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
fn lock(file: &File, path: &Path) -> Result<(), ReplaceError> {
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
fn at(path: &Path) -> Option<FileId> {
    fs::symlink_metadata(path).ok().map(|m| FileId::of(&m))
}

fn append(path: &Path, bytes: &[u8]) -> Result<(), ReplaceError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    let mut file = options.append(true).open(path).map_err(io_error("append to", path))?;
    file.write_all(bytes).map_err(io_error("append to", path))
}

fn remove(path: &Path) -> Result<(), ReplaceError> {
    fs::remove_file(path).map_err(io_error("remove", path))
}

fn read_range(file: &File, start: u64, end: u64, path: &Path) -> Result<Vec<u8>, ReplaceError> {
    let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, start).map_err(io_error("read", path))?;
    Ok(bytes)
}

fn metadata(file: &File, path: &Path) -> Result<Metadata, ReplaceError> {
    file.metadata().map_err(io_error("look at", path))
}

/// Puts a folder's names on the disk; best effort, since not every file system can.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|f| f.sync_all());
    }
}

fn io_error(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ReplaceError {
    let path = path.to_owned();
    move |source| ReplaceError::Io { what, path, source }
}

#[cfg(test)]
mod tests;
