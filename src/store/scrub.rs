//! Searches stores and scrubs them in place: finished sessions, without loss, each file on its own.

use super::{
    Surroundings, Tally,
    layout::{self, Agent, Kind, Listing, Stored},
    live::{self, Activity, FileId, OpenFiles},
    parts,
    replace::{Growth, Replacer},
    state::State,
};
use crate::pipeline::{Job, Pipeline};
use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

/// What to do.
pub struct Request<'a> {
    /// What finds and replaces.
    pub pipeline: &'a Pipeline,
    /// What tells these rules and this policy from others.
    pub fingerprint: String,
    /// Whose stores; all if empty.
    pub agents: Vec<Agent>,
    /// Only files that have not been written for so long.
    pub older_than: Duration,
    /// Whether sessions that are in use are scrubbed too.
    pub include_active: bool,
    /// Whether files are replaced, or only searched.
    pub write: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files in the places of the agents.
    pub files: usize,
    /// Files that were read; the others were clean before and have not changed.
    pub read: usize,
    /// Files that were replaced.
    pub replaced: usize,
    /// What was found.
    pub found: Tally,
    /// Files that were left out, and why.
    pub skipped: Vec<(PathBuf, String)>,
    /// Files that hold something and must not be changed.
    pub kept: Vec<(PathBuf, &'static str)>,
    /// What went wrong, file by file.
    pub failed: Vec<String>,
}

/// How much of a file's start tells whether it is text.
const SNIFF: usize = 8 << 10;

/// Why something found is not replaced.
const IN_CONFIGURATION: &str = "configuration that must keep working: change the value yourself";
const IN_BINARY: &str = "not a text: cannot be changed safely";

/// Searches the stores, or scrubs them.
#[must_use]
pub fn run(request: &Request<'_>, around: &Surroundings) -> Outcome {
    let mut outcome = Outcome::default();
    let mut state = State::load(around.cache(), &request.fingerprint);
    let listings = list(&request.agents, around);
    let leftovers: Vec<PathBuf> = listings.iter().flat_map(|l| l.leftovers.clone()).collect();
    outcome.failed.extend(listings.iter().flat_map(|l| l.errors.clone()));
    let mut files: Vec<Stored> = listings.into_iter().flat_map(|l| l.files).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    outcome.files = files.len();
    let batch = Batch::new(request.pipeline);
    if request.write {
        outcome.failed.extend(batch.recover(&leftovers));
    }
    let wanted = select(files, request, &mut outcome);
    let dirty = batch.survey(wanted, &mut state, &mut outcome);
    if request.write {
        batch.replace(&dirty, &mut state, &mut outcome);
    } else {
        batch.tell(&dirty, &mut outcome);
    }
    state.save();
    outcome.found = batch.into_found();
    outcome
}

/// Scrubs these transcripts with what lies beside them, and the history of prompts, whether or not they are in use.
/// Gives what went wrong.
#[must_use]
pub fn sessions(pipeline: &Pipeline, transcripts: &[PathBuf], around: &Surroundings) -> Vec<String> {
    let ids: HashSet<String> = transcripts
        .iter()
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    let history = around.claude_root().map(|root| root.join("history.jsonl"));
    let mut files: Vec<Stored> = list(&[Agent::Claude], around).into_iter().flat_map(|l| l.files).collect();
    files.retain(|f| layout::belongs_to(&f.path, &ids) || Some(&f.path) == history.as_ref());
    let mut outcome = Outcome::default();
    let batch = Batch::new(pipeline);
    let mut state = State::default();
    let dirty = batch.survey(files, &mut state, &mut outcome);
    batch.replace(&dirty, &mut state, &mut outcome);
    outcome.failed
}

fn list(agents: &[Agent], around: &Surroundings) -> Vec<Listing> {
    let roots = layout::roots(around).into_iter();
    roots
        .filter(|root| agents.is_empty() || agents.contains(&root.agent))
        .map(|root| layout::files(&root))
        .collect()
}

/// The files that are to be searched; the others are noted with their reason.
fn select(files: Vec<Stored>, request: &Request<'_>, outcome: &mut Outcome) -> Vec<Stored> {
    let now = SystemTime::now();
    let activity = activities(&files, now);
    let active_ids: HashSet<String> = files
        .iter()
        .filter(|f| f.place.session && f.place.kind == Kind::Lines && activity.contains_key(&f.path))
        .filter_map(|f| f.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    let mut wanted = Vec::new();
    for file in files {
        let reason = match file.place.kind {
            Kind::Unsupported => Some(format!("not supported: {}", file.place.content)),
            Kind::Kept => Some(format!("never changed: {}", file.place.content)),
            _ if now.duration_since(file.modified).unwrap_or_default() < request.older_than => continue,
            _ if request.include_active || !request.write => None,
            _ => activity.get(&file.path).map(ToString::to_string).or_else(|| {
                let part = file.place.session && layout::belongs_to(&file.path, &active_ids);
                part.then(|| "belongs to an active session".to_owned())
            }),
        };
        match reason {
            Some(reason) => outcome.skipped.push((file.path, reason)),
            None => wanted.push(file),
        }
    }
    wanted
}

/// The files in use, and how. Only files of sessions count as used by having been written just now.
fn activities(files: &[Stored], now: SystemTime) -> HashMap<PathBuf, Activity> {
    let metadata: Vec<_> = files.iter().map(|f| fs::symlink_metadata(&f.path).ok()).collect();
    let ids: HashSet<FileId> = metadata.iter().flatten().map(FileId::of).collect();
    let open = OpenFiles::look(|id| ids.contains(&id));
    let mut found = HashMap::new();
    for (file, data) in files.iter().zip(&metadata) {
        let Some(data) = data else { continue };
        let quiet = if file.place.session { live::QUIET } else { Duration::ZERO };
        match live::activity(data, &open, now, quiet) {
            Activity::Finished => {}
            active => drop(found.insert(file.path.clone(), active)),
        }
    }
    found
}

/// Files that are searched together: what is found in one is replaced in all.
struct Batch<'a> {
    job: Mutex<Job<'a>>,
    found: Mutex<Tally>,
    kinds: Mutex<HashMap<PathBuf, Kind>>,
    /// How much at the start of a file is known to be clean; taken at its first reading.
    starts: Mutex<HashMap<PathBuf, u64>>,
    /// Files that hold what must not be changed.
    kept: Mutex<Vec<(PathBuf, &'static str)>>,
}

type AnyError = Box<dyn Error + Send + Sync>;

impl<'a> Batch<'a> {
    fn new(pipeline: &'a Pipeline) -> Self {
        Self {
            job: Mutex::new(pipeline.job()),
            found: Mutex::default(),
            kinds: Mutex::default(),
            starts: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    fn recover(&self, leftovers: &[PathBuf]) -> Vec<String> {
        let rewrite = |path: &Path, bytes: &[u8]| self.rewrite(path, bytes);
        let mut replacer = Replacer::new(&rewrite);
        let mut failed: Vec<String> =
            leftovers.iter().filter_map(|path| replacer.recover(path).err()).map(|e| said(&e)).collect();
        failed.extend(replacer.settle().iter().map(said));
        failed
    }

    /// Reads what is not known to be clean, and gives the files that may hold something.
    fn survey(&self, files: Vec<Stored>, state: &mut State, outcome: &mut Outcome) -> Vec<Stored> {
        let mut read = Vec::new();
        for file in files {
            let Ok(metadata) = fs::symlink_metadata(&file.path) else { continue };
            if state.is_clean(&file.path, &metadata) {
                continue;
            }
            let start =
                if file.place.kind == Kind::Lines { state.clean_start(&file.path, &metadata) } else { 0 };
            let bytes = match fs::read(&file.path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    outcome.failed.push(format!("cannot read {}: {error}", file.path.display()));
                    continue;
                }
            };
            let start = line_start(&bytes, start);
            lock(&self.starts).insert(file.path.clone(), start as u64);
            lock(&self.kinds).insert(file.path.clone(), file.place.kind);
            let clean = lock(&self.job).learn(&bytes[start..]).is_clean();
            read.push((file, metadata, clean));
        }
        outcome.read = read.len();
        let news = lock(&self.job).has_news();
        let mut dirty = Vec::new();
        for (file, metadata, clean) in read {
            if clean && !news {
                state.note(&file.path, &metadata);
            } else {
                dirty.push(file);
            }
        }
        dirty
    }

    /// Replaces the files that hold something.
    fn replace(&self, files: &[Stored], state: &mut State, outcome: &mut Outcome) {
        let rewrite = |path: &Path, bytes: &[u8]| self.rewrite(path, bytes);
        let mut replacer = Replacer::new(&rewrite);
        let mut done: Vec<&Stored> = Vec::new();
        for file in files {
            let growth = if file.place.kind == Kind::Lines { Growth::Lines } else { Growth::Whole };
            match replacer.replace(&file.path, growth) {
                Ok(replaced) => {
                    outcome.replaced += usize::from(replaced);
                    done.push(file);
                }
                Err(error) => outcome.failed.push(said(&error)),
            }
        }
        let undone: Vec<String> = replacer.settle().iter().map(said).collect();
        outcome.replaced = outcome.replaced.saturating_sub(undone.len());
        outcome.kept = lock(&self.kept).clone();
        outcome.kept.sort();
        outcome.kept.dedup();
        for file in done {
            let shown = file.path.display().to_string();
            let certain = !undone.iter().any(|error| error.contains(&shown));
            // What was appended since is read at the next run: the length tells.
            if let (true, Ok(metadata)) = (certain, fs::symlink_metadata(&file.path)) {
                let settled = now_minus(&metadata) > Duration::from_secs(2);
                if settled && !outcome.kept.iter().any(|(path, _)| *path == file.path) {
                    state.note(&file.path, &metadata);
                }
            }
        }
        outcome.failed.extend(undone);
    }

    /// Only tells what the files hold.
    fn tell(&self, files: &[Stored], outcome: &mut Outcome) {
        for file in files {
            let told = fs::read(&file.path).map_err(AnyError::from);
            if let Err(error) = told.and_then(|bytes| self.rewrite(&file.path, &bytes)) {
                outcome.failed.push(format!("{}: {error}", file.path.display()));
            }
        }
        outcome.kept = lock(&self.kept).clone();
    }

    /// What is to stand in place of a piece of a file.
    fn rewrite(&self, path: &Path, piece: &[u8]) -> Result<Vec<u8>, AnyError> {
        let start = lock(&self.starts).remove(path).unwrap_or(0);
        let start = usize::try_from(start).unwrap_or(0).min(piece.len());
        let mut out = Vec::with_capacity(piece.len());
        out.extend_from_slice(&piece[..start]);
        self.redact(path, &piece[start..], &mut out)?;
        let kind = lock(&self.kinds).get(path).copied();
        if kind == Some(Kind::Settings) {
            return self.settings(path, piece, &out);
        }
        if out != piece && piece[..piece.len().min(SNIFF)].contains(&0) {
            lock(&self.kept).push((path.to_owned(), IN_BINARY));
            return Ok(piece.to_vec());
        }
        Ok(out)
    }

    fn redact(&self, path: &Path, piece: &[u8], out: &mut Vec<u8>) -> Result<(), AnyError> {
        let mut job = lock(&self.job);
        let survey = job.learn(piece);
        let mut found = lock(&self.found);
        job.redact(piece, Some(path), &survey, Some(out), &mut *found)?;
        Ok(())
    }

    fn settings(&self, path: &Path, before: &[u8], after: &[u8]) -> Result<Vec<u8>, AnyError> {
        let Some(mixed) = parts::mix(before, after) else {
            if before == after {
                return Ok(before.to_vec());
            }
            return Err("it is not JSON, so its parts cannot be told apart".into());
        };
        if mixed.kept {
            lock(&self.kept).push((path.to_owned(), IN_CONFIGURATION));
        }
        Ok(mixed.bytes)
    }

    fn into_found(self) -> Tally {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long ago a file was written. A file system may give two writings within its tick the same time.
fn now_minus(metadata: &fs::Metadata) -> Duration {
    let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    SystemTime::now().duration_since(modified).unwrap_or_default()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The start of the line in which byte `at` stands.
fn line_start(bytes: &[u8], at: u64) -> usize {
    let at = usize::try_from(at).unwrap_or(0).min(bytes.len());
    memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1)
}

/// An error with its causes, in one line.
fn said(error: &impl Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text += &format!(": {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
