//! Files that are searched together, and replaced one by one.

use super::Outcome;
use crate::{
    output::rounds,
    pipeline::{Job, Names, Pipeline},
    store::{
        Tally,
        archive::{self, Archive},
        layout::{self, Kind, Stored},
        live::FileId,
        parts,
        replace::{Growth, Replacer, replace_all},
        state::{State, hash},
        unfold,
    },
};
use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

/// How much of a file's start tells whether it is text.
const SNIFF: usize = 8 << 10;

/// Why something found is not replaced.
pub(super) const IN_CONFIGURATION: &str = "configuration that must keep working: change the value yourself";
pub(super) const IN_BINARY: &str = "not a text: cannot be changed safely";
pub(super) const IN_NAME: &str = "a secret in its name: rename it yourself";
pub(super) const IN_ARCHIVE: &str = "an archive that also holds what is no text: look into it yourself";

/// How compressed files and databases begin.
const PACKED: [&[u8]; 8] = [
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"7z\xbc\xaf",
    b"\x04\x22\x4d\x18",
    b"SQLite format 3\x00",
];

/// Why a packed file is not searched.
pub(super) const IS_PACKED: &str = "compressed or a database: not searched";

/// By what names a transcript's session may be known: the file's own, and for a sub-agent's that of the session's folder.
pub(super) fn names_of_session(transcript: &Path) -> Vec<String> {
    let stem = transcript.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let folders = transcript.parent().into_iter().flat_map(Path::components);
    let folders = folders.map(|part| part.as_os_str().to_string_lossy().into_owned());
    let is_id = |name: &String| name.len() == 36 && name.bytes().filter(|b| *b == b'-').count() == 4;
    stem.into_iter().chain(folders.filter(is_id)).collect()
}

/// Files that are searched together: what is found in one is replaced in all.
pub(super) struct Batch<'a> {
    job: Mutex<Job<'a>>,
    found: Mutex<Tally>,
    kinds: Mutex<HashMap<PathBuf, Kind>>,
    /// How many of a file's names are known, for those that have several.
    names: HashMap<FileId, u64>,
    /// Files that hold what must not be changed.
    kept: Mutex<Vec<(PathBuf, &'static str)>>,
    /// What secrets stand in names of files that were read.
    in_names: Mutex<Names>,
}

type AnyError = Box<dyn Error + Send + Sync>;

impl<'a> Batch<'a> {
    pub(super) fn new(pipeline: &'a Pipeline, files: &[Stored]) -> Self {
        let mut names = HashMap::new();
        for id in files.iter().filter_map(|file| linked(&file.path)).map(|(id, _)| id) {
            *names.entry(id).or_default() += 1;
        }
        Self {
            names,
            job: Mutex::new(pipeline.job()),
            found: Mutex::default(),
            kinds: Mutex::default(),
            kept: Mutex::default(),
            in_names: Mutex::default(),
        }
    }

    pub(super) fn recover(&self, leftovers: &[PathBuf]) -> Vec<String> {
        let rewrite = |path: &Path, bytes: &[u8]| self.rewrite(path, bytes);
        let mut replacer = Replacer::new(&rewrite);
        let mut failed: Vec<String> =
            leftovers.iter().filter_map(|path| replacer.recover(path).err()).map(|e| said(&e)).collect();
        failed.extend(replacer.settle().iter().map(said));
        failed
    }

    /// Reads what is not known to be clean, and gives the files that may hold something.
    pub(super) fn survey(&self, files: Vec<Stored>, state: &mut State, outcome: &mut Outcome) -> Vec<Stored> {
        let (mut read, mut passed) = (Vec::new(), Vec::new());
        for file in files {
            let Ok(metadata) = fs::symlink_metadata(&file.path) else { continue };
            if state.is_clean(&file.path, &metadata) {
                passed.push(file);
                continue;
            }
            let bytes = match fs::read(&file.path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    outcome.failed.push(format!("cannot read {}: {error}", file.path.display()));
                    continue;
                }
            };
            let start = known_start(&file, &bytes, state);
            let clean = match self.learn(&file, &bytes[start..]) {
                Ok(clean) => clean,
                Err(reason) => {
                    outcome.skipped.push((file.path, reason));
                    continue;
                }
            };
            lock(&self.kinds).insert(file.path.clone(), file.place.kind);
            let content = hash(&bytes[..bytes.len().min(usize::try_from(metadata.len()).unwrap_or(0))]);
            read.push((file, metadata, clean.then_some(content)));
        }
        *lock(&self.in_names) = self.names_in(read.iter().map(|(file, _, _)| below_root(file)));
        for (file, _, clean) in &mut read {
            let shown = self.secret_name(file);
            *clean = clean.filter(|_| shown.is_none());
            lock(&self.kept).extend(shown.map(|shown| (shown, IN_NAME)));
        }
        let news = lock(&self.job).has_news();
        let found = read.iter().filter(|(_, _, clean)| clean.is_none()).map(|(file, _, _)| file);
        let mut dirty = if news { again(passed, found) } else { Vec::new() };
        lock(&self.kinds).extend(dirty.iter().map(|file| (file.path.clone(), file.place.kind)));
        outcome.read = read.len() + dirty.len();
        for (file, metadata, clean) in read {
            match clean {
                Some(content) if !news => state.note(&file.path, &metadata, content),
                _ => dirty.push(file),
            }
        }
        dirty
    }

    /// Learns what a file holds, and tells whether it is clean, or why it was not searched.
    fn learn(&self, file: &Stored, bytes: &[u8]) -> Result<bool, String> {
        if file.place.kind == Kind::Archive && archive::is_one(bytes) {
            let archive = Archive::read(bytes).map_err(|error| error.to_string())?;
            let mut job = lock(&self.job);
            let mut learn = |bytes: &[u8]| -> Result<Vec<u8>, String> {
                drop(job.learn(bytes));
                Ok(bytes.to_vec())
            };
            archive.entries.iter().try_for_each(|entry| unfold::each(&entry.bytes, &mut learn).map(drop))?;
            // Whether its names and comments are clean is seen when it is to be written anew.
            return Ok(false);
        }
        match is_packed(bytes) {
            true => Err(IS_PACKED.to_owned()),
            false => Ok(lock(&self.job).learn(bytes).is_clean()),
        }
    }

    /// The path of a file whose name below its root holds a secret, without it. Names stay as they are, since agents find
    /// their files by them.
    fn secret_name(&self, file: &Stored) -> Option<PathBuf> {
        let names = lock(&self.in_names);
        let own = below_root(file);
        (names.shown(own) != *own).then(|| names.shown(&file.path).into_owned())
    }

    /// The secrets in these names, by all that is known.
    pub(super) fn names_in<'n>(&self, paths: impl IntoIterator<Item = &'n Path>) -> Names {
        Names::of(&lock(&self.job), paths)
    }

    /// Replaces the files that hold something.
    pub(super) fn replace(&self, files: &[Stored], state: &mut State, outcome: &mut Outcome) {
        let (mut done, mut undone): (Vec<&Stored>, Vec<String>) = (Vec::new(), Vec::new());
        for round in rounds(files.iter().collect(), |file| &file.path) {
            undone.extend(self.replace_round(&round, outcome, &mut done));
        }
        outcome.replaced = outcome.replaced.saturating_sub(undone.len());
        outcome.kept = lock(&self.kept).clone();
        outcome.kept.sort();
        outcome.kept.dedup();
        self.note(&done, &undone, state, outcome);
        outcome.failed.extend(undone);
    }

    /// Replaces files of which no two are names of one; tells what had to be undone.
    fn replace_round<'f>(
        &self,
        files: &[&'f Stored],
        outcome: &mut Outcome,
        done: &mut Vec<&'f Stored>,
    ) -> Vec<String> {
        let rewrite = |path: &Path, bytes: &[u8]| self.rewrite(path, bytes);
        let elsewhere: Vec<_> = files.iter().map(|file| self.is_elsewhere(&file.path)).collect();
        let growth = |file: &Stored| match file.place.kind {
            Kind::Lines => Growth::Lines,
            _ => Growth::Whole,
        };
        let work: Vec<_> = files.iter().map(|file| (&*file.path, growth(file))).collect();
        let replaced = replace_all(&rewrite, &work);
        for ((&file, elsewhere), result) in files.iter().zip(elsewhere).zip(replaced.files) {
            match result {
                Ok(replaced) => {
                    outcome.replaced += usize::from(replaced);
                    outcome.linked.extend((replaced && elsewhere).then(|| file.path.clone()));
                    done.push(file);
                }
                Err(error) => outcome.failed.push(said(&error)),
            }
        }
        replaced.undone.iter().map(said).collect()
    }

    /// Whether a file has more names than are known.
    fn is_elsewhere(&self, path: &Path) -> bool {
        linked(path).is_some_and(|(id, all)| self.names.get(&id) < Some(&all))
    }

    /// Notes which files are clean now.
    fn note(&self, done: &[&Stored], undone: &[String], state: &mut State, outcome: &Outcome) {
        for file in done {
            let shown = file.path.display().to_string();
            let certain = !undone.iter().any(|error| error.contains(&shown));
            // What was appended since is read at the next run: the length tells.
            if let (true, Ok(metadata), Ok(now)) =
                (certain, fs::symlink_metadata(&file.path), fs::read(&file.path))
            {
                let settled =
                    now_minus(&metadata) > Duration::from_secs(2) && now.len() as u64 == metadata.len();
                let kept = outcome.kept.iter().any(|(path, _)| *path == file.path);
                if settled && !kept && self.secret_name(file).is_none() {
                    state.note(&file.path, &metadata, hash(&now));
                }
            }
        }
    }

    /// Only tells what the files hold.
    pub(super) fn tell(&self, files: &[Stored], outcome: &mut Outcome) {
        for file in files {
            let told = fs::read(&file.path).map_err(AnyError::from);
            if let Err(error) = told.and_then(|bytes| self.rewrite(&file.path, &bytes)) {
                outcome.failed.push(format!("{}: {error}", file.path.display()));
            }
        }
        outcome.kept = lock(&self.kept).clone();
    }

    /// What is to stand in place of a piece of a file: all of it is searched, since what became known elsewhere may stand
    /// in what was clean before.
    fn rewrite(&self, path: &Path, piece: &[u8]) -> Result<Vec<u8>, AnyError> {
        let kind = lock(&self.kinds).get(path).copied();
        if kind == Some(Kind::Archive) && archive::is_one(piece) {
            return self.archive(path, piece);
        }
        let mut out = Vec::with_capacity(piece.len());
        self.redact(path, piece, &mut out)?;
        if kind == Some(Kind::Settings) {
            return self.settings(path, piece, out);
        }
        if out != piece && is_binary(piece) {
            lock(&self.kept).push((path.to_owned(), IN_BINARY));
            return Ok(piece.to_vec());
        }
        Ok(out)
    }

    fn redact(&self, path: &Path, piece: &[u8], out: &mut Vec<u8>) -> Result<(), AnyError> {
        let mut job = lock(&self.job);
        let survey = job.learn_file(path, piece);
        let mut found = lock(&self.found);
        job.redact(piece, Some(path), &survey, Some(out), &mut *found)?;
        Ok(())
    }

    /// An archive with what it holds redacted, file by file. What is no text in it stays, and that is told.
    fn archive(&self, path: &Path, piece: &[u8]) -> Result<Vec<u8>, AnyError> {
        let is_text = |bytes: &[u8]| !is_packed(bytes) && !is_binary(bytes);
        let archive = Archive::read(piece)?;
        if !archive.entries.iter().all(|entry| is_text(&entry.bytes)) {
            lock(&self.kept).push((path.to_owned(), IN_ARCHIVE));
        }
        archive.rewritten(piece, &mut |bytes| {
            let mut out = Vec::with_capacity(bytes.len());
            self.redact(path, bytes, &mut out)?;
            Ok(if is_text(bytes) { out } else { bytes.to_vec() })
        })
    }

    fn settings(&self, path: &Path, before: &[u8], after: Vec<u8>) -> Result<Vec<u8>, AnyError> {
        let Some(mixed) = parts::mix(before, &after) else {
            // The client keeps copies that it could not read: nothing works from them any more.
            let is_copy = path.parent().is_some_and(|folder| folder.ends_with("backups"));
            if before == after || is_copy {
                return Ok(after);
            }
            return Err("it is not JSON, so its parts cannot be told apart".into());
        };
        if mixed.kept {
            lock(&self.kept).push((path.to_owned(), IN_CONFIGURATION));
        }
        Ok(mixed.bytes)
    }

    pub(super) fn into_found(self) -> Tally {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of the files that were clean before those in which something that has been found now may stand as well: the others of
/// the same sessions, and what holds the prompts of all.
fn again<'f>(passed: Vec<Stored>, found: impl Iterator<Item = &'f Stored>) -> Vec<Stored> {
    // What stays in a configuration is found every time.
    let found = found.filter(|file| file.place.session && file.place.kind != Kind::Settings);
    let sessions: HashSet<String> = found.flat_map(|file| names_of_session(&file.path)).collect();
    let is_history =
        |file: &Stored| !sessions.is_empty() && !file.place.session && file.place.kind == Kind::Lines;
    let meets = |file: &Stored| is_history(file) || layout::belongs_to(&file.path, &sessions);
    passed.into_iter().filter(meets).collect()
}

/// The name of a file below the root of its store.
fn below_root(file: &Stored) -> &Path {
    let root = file.path.ancestors().nth(file.depth);
    root.and_then(|root| file.path.strip_prefix(root).ok()).unwrap_or(&file.path)
}

/// Whether a file is compressed, an archive or a database, as it begins.
fn is_packed(bytes: &[u8]) -> bool {
    PACKED.iter().any(|start| bytes.starts_with(start))
}

/// Whether a file is no text, as it begins.
fn is_binary(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(SNIFF)].contains(&0)
}

/// How much at the start of a file need not be searched again. Only where each line stands for itself can a search begin
/// in the middle.
fn known_start(file: &Stored, bytes: &[u8], state: &State) -> usize {
    let by_lines = file.place.kind == Kind::Lines && file.path.extension().is_some_and(|e| e == "jsonl");
    if by_lines { line_start(bytes, state.clean_start(&file.path, bytes)) } else { 0 }
}

/// What a file is and how many names it has, if it has several.
fn linked(path: &Path) -> Option<(FileId, u64)> {
    #[cfg(unix)]
    {
        let metadata = fs::symlink_metadata(path).ok()?;
        let names = std::os::unix::fs::MetadataExt::nlink(&metadata);
        (names > 1).then(|| (FileId::of(&metadata), names))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
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
