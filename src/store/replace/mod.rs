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

mod draft;
mod files;
mod leftover;
mod recover;
mod together;

use super::live::{FileId, Holder, OpenFiles};
use draft::Draft;
use files::{append, at, exchange, metadata, open_locked, read_range, remove, sync_folder};
use leftover::Names;
use std::{
    error::Error,
    ffi::OsStr,
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};
pub use together::{Replaced, replace_all};

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

/// How many replacements are settled together, by all replacers of a run: each settling looks once at all open files, which
/// costs milliseconds, but each replacement keeps some files open until then.
const BATCH: usize = 64;

/// How long a writer may take to close a file that it had opened before the replacement.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long to wait before looking who still has an old file open: an opening under way is not yet seen.
const PAUSE: Duration = Duration::from_millis(3);

/// Replaces files, some at a time; see the module's text.
pub struct Replacer<'a> {
    rewrite: &'a Rewrite<'a>,
    pending: Vec<Swap>,
    /// How many may be pending.
    most: usize,
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
        Self::one_of(1, rewrite)
    }

    /// One of `count` replacers at work at the same time.
    fn one_of(count: usize, rewrite: &'a Rewrite<'a>) -> Self {
        Self { rewrite, pending: Vec::new(), most: BATCH.div_ceil(count), failed: Vec::new() }
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
                    if self.pending.len() >= self.most {
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
            new.resemble(old)?;
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

#[cfg(test)]
mod tests;
