//! The sanitized clone of a session: what `/bug` may send.
//!
//! `/bug` sends the conversation twice, from memory and from the file, and the client adds its folder, branch and git
//! remote. So the clone has a new id, and it is resumed in a folder whose path says nothing: outside the home and in no
//! git repository.

use super::{
    gate::Searched,
    hooks::shell_word,
    session::{Session, slug},
};
use crate::{
    pipeline::{Pipeline, PipelineError},
    store::{Surroundings, Tally},
};
use aho_corasick::AhoCorasick;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Write as _,
    ops::Range,
    path::{Path, PathBuf},
};

/// Why there is no clone.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CloneError {
    /// A file could not be read or written.
    #[error("cannot {what} {}", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no transcript.
    #[error("{} holds no conversation: name a session's id or its transcript", path.display())]
    NoConversation {
        /// The file.
        path: PathBuf,
    },
    /// The session could not be redacted safely.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// The system has no random numbers.
    #[error("the system gave no random numbers for a new session id")]
    Random,
    /// There is no folder to resume in.
    #[error("no folder outside the home and outside git repositories can be written to: set TMPDIR to one")]
    NoNeutralFolder,
    /// There is no home and no `CLAUDE_CONFIG_DIR`.
    #[error("no home folder is known: set HOME or CLAUDE_CONFIG_DIR")]
    NoHome,
}

/// How much of a file's start tells whether it is text.
const SNIFF: usize = 8 << 10;

/// Whether a file is no text, so that nothing can be said of what is in it.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SNIFF)];
    start.contains(&0) || [&b"%PDF"[..], b"GIF8", b"PK\x03\x04"].iter().any(|mark| start.starts_with(mark))
}

/// Whether a line starts like a record of a transcript.
fn holds_object(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.split(|&b| b == b'\n').any(|line| line.trim_ascii_start().first() == Some(&b'{'))
}

/// A redacted session, not yet written anywhere.
pub struct Sanitized {
    /// The new id.
    pub id: String,
    /// What was replaced.
    pub found: Tally,
    /// Transcript and other files, by their name below `<id>/`; the transcript's name is empty.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// A clone on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The transcript.
    pub path: PathBuf,
    /// The folder to resume in.
    pub cwd: PathBuf,
    /// The configuration folder, if the clone stands alone in one.
    pub config: Option<PathBuf>,
}

impl Sanitized {
    /// Redacts a session under the policy of `pipeline`; nothing is written.
    ///
    /// # Errors
    /// [`CloneError`]; above all if a record cannot be redacted safely.
    pub fn new(pipeline: &Pipeline, session: &Session) -> Result<Self, CloneError> {
        Self::of(session, &Searched::new(pipeline, None, &session.files())?)
    }

    /// The same for a session whose [files](Session::files) have been searched.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of(session: &Session, searched: &Searched<'_>) -> Result<Self, CloneError> {
        if !searched.files.first().is_some_and(|file| holds_object(&file.bytes)) {
            return Err(CloneError::NoConversation { path: session.path.clone() });
        }
        let id = random_id()?;
        let old = ids(&session.id, searched.files.iter().map(|file| file.bytes.as_slice()));
        let (mut found, mut files) = (Tally::default(), Vec::new());
        for file in &searched.files {
            let mut out = searched.redacted(file, &mut found)?;
            let path = &file.path;
            if *path != session.path && is_binary(&file.bytes) {
                // A picture or an archive: what it shows cannot be searched.
                out.clear();
            }
            let name = if *path == session.path { Path::new("") } else { session.relative(path) };
            files.push((name.to_owned(), renamed(out, &old, &id)));
        }
        if let Some((_, transcript)) = files.first_mut() {
            mark(transcript, &id);
        }
        Ok(Self { id, found, files })
    }

    /// Writes the clone so that it can be resumed in a new neutral folder; with `isolated` alone in a configuration
    /// folder of its own.
    ///
    /// # Errors
    /// [`CloneError`]; what was written is then removed.
    pub fn place(&self, around: &Surroundings, isolated: bool) -> Result<Placed, CloneError> {
        let base = neutral_base(around).ok_or(CloneError::NoNeutralFolder)?;
        let cwd = new_folder(&base, "session")?;
        let config = if isolated { Some(new_folder(&base, "config")?) } else { None };
        let root = match &config {
            Some(folder) => folder.clone(),
            None => around.claude_root().ok_or(CloneError::NoHome)?,
        };
        let project = root.join("projects").join(slug(&cwd));
        let path = project.join(format!("{}.jsonl", self.id));
        let placed = Placed { path, cwd, config };
        if let Err(error) = self.write(&project) {
            let _ = placed.remove();
            return Err(error);
        }
        Ok(placed)
    }

    /// Writes transcript and other files to a folder, for their owner only.
    ///
    /// # Errors
    /// [`CloneError::Io`].
    pub fn write(&self, folder: &Path) -> Result<(), CloneError> {
        for (name, bytes) in &self.files {
            let path = match name.as_os_str().is_empty() {
                true => folder.join(format!("{}.jsonl", self.id)),
                false => folder.join(&self.id).join(name),
            };
            let parent = path.parent().unwrap_or(folder);
            private_folders(parent).map_err(failed("create", parent))?;
            write_private(&path, bytes).map_err(failed("write", &path))?;
        }
        Ok(())
    }
}

impl Placed {
    /// Variables to resume with.
    #[must_use]
    pub fn env(&self, around: &Surroundings) -> BTreeMap<&'static str, String> {
        let own = self.config.clone().or_else(|| around.folder("CLAUDE_CONFIG_DIR"));
        own.map(|dir| ("CLAUDE_CONFIG_DIR", dir.display().to_string())).into_iter().collect()
    }

    /// The line to paste into a shell.
    #[must_use]
    pub fn resume(&self) -> String {
        let id = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let word = |path: &Path| shell_word(&path.to_string_lossy());
        let config = self.config.as_ref().map(|dir| format!("CLAUDE_CONFIG_DIR={} ", word(dir)));
        format!("cd {} && {}claude --resume {id}", word(&self.cwd), config.unwrap_or_default())
    }

    /// Removes the clone, and the folders made for it unless something else lies there. Tells what stayed.
    ///
    /// # Errors
    /// [`CloneError::Io`] if the transcript itself could not be removed.
    pub fn remove(&self) -> Result<Vec<PathBuf>, CloneError> {
        if let Some(config) = &self.config {
            remove_all(config)?;
        } else {
            remove_all(&self.path)?;
            remove_all(&self.path.with_extension(""))?;
            if let Some(project) = self.path.parent() {
                let _ = fs::remove_dir(project);
            }
        }
        let _ = fs::remove_dir(&self.cwd);
        Ok(Some(self.cwd.clone()).filter(|cwd| cwd.exists()).into_iter().collect())
    }
}

fn remove_all(path: &Path) -> Result<(), CloneError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(failed("remove", path))
}

/// The key under which a record names its session.
const KEY: &[u8] = b"\"sessionId\"";

/// The session ids that stand in the records: the file's own, and those of sessions it goes on from.
fn ids<'b>(own: &str, contents: impl Iterator<Item = &'b [u8]>) -> BTreeSet<Vec<u8>> {
    let mut ids = BTreeSet::from([own.as_bytes().to_vec()]);
    for bytes in contents {
        ids.extend(session_ids(bytes).into_iter().map(|place| bytes[place].to_vec()));
    }
    ids.retain(|id| is_uuid(id));
    ids
}

pub(super) fn is_uuid(text: &[u8]) -> bool {
    let dash = |i: usize| matches!(i, 8 | 13 | 18 | 23);
    text.len() == 36
        && text.iter().enumerate().all(|(i, b)| if dash(i) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// The bytes with each of the ids in `old` replaced, and other names of sessions where records have their id.
fn renamed(mut out: Vec<u8>, old: &BTreeSet<Vec<u8>>, id: &str) -> Vec<u8> {
    // One pass for all: a session that goes on from others holds the ids of each.
    let places: Vec<usize> = match AhoCorasick::new(old) {
        Ok(search) => search.find_iter(&out).map(|found| found.start()).collect(),
        Err(_) => old.iter().flat_map(|old| memchr::memmem::find_iter(&out, old)).collect(),
    };
    for at in places {
        out[at..at + 36].copy_from_slice(id.as_bytes());
    }
    let odd: Vec<_> = session_ids(&out).into_iter().filter(|place| !is_uuid(&out[place.clone()])).collect();
    for place in odd.into_iter().rev() {
        out.splice(place, id.bytes());
    }
    out
}

/// Where the ids stand that records give as their session's.
fn session_ids(bytes: &[u8]) -> Vec<Range<usize>> {
    let id = |at: usize| {
        let skip = |at: usize| at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let colon = skip(at + KEY.len());
        let quote = skip(colon + usize::from(bytes.get(colon) == Some(&b':')));
        let start = quote + 1;
        let plain = |b: &&u8| !matches!(**b, b'"' | b'\\' | b'\n');
        let end = start + bytes.get(start..)?.iter().take_while(plain).count();
        let whole = bytes.get(colon) == Some(&b':')
            && bytes.get(quote) == Some(&b'"')
            && bytes.get(end) == Some(&b'"')
            && end > start;
        whole.then_some(start..end)
    };
    memchr::memmem::find_iter(bytes, KEY).filter_map(id).collect()
}

/// Appends a title that says what this is.
fn mark(transcript: &mut Vec<u8>, id: &str) {
    if transcript.last().is_some_and(|b| *b != b'\n') {
        transcript.push(b'\n');
    }
    let title = json!({ "type": "custom-title", "customTitle": "Sanitized copy", "sessionId": id });
    transcript.extend(title.to_string().bytes());
    transcript.push(b'\n');
}

/// A random UUID, version 4.
fn random_id() -> Result<String, CloneError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| CloneError::Random)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    Ok([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
}

/// A folder whose path says nothing of the user: outside the home, in no git repository.
fn neutral_base(around: &Surroundings) -> Option<PathBuf> {
    let home = around.home().and_then(|home| home.canonicalize().ok());
    let public = around.folder("PUBLIC").filter(|_| cfg!(windows));
    let usual = ["/tmp", "/var/tmp"].map(PathBuf::from).into_iter().filter(|_| cfg!(unix));
    let places = public.into_iter().chain(usual).chain([std::env::temp_dir()]);
    let mut real = places.filter_map(|place| place.canonicalize().ok());
    real.find(|place| {
        let in_home = home.as_ref().is_some_and(|home| home.parent().is_some() && place.starts_with(home));
        let in_repository = place.ancestors().any(|folder| folder.join(".git").exists());
        !in_home && !in_repository && is_writable(place)
    })
}

fn is_writable(folder: &Path) -> bool {
    tempfile::Builder::new().prefix("session-").tempdir_in(folder).is_ok()
}

/// A new folder for its owner only, with a name that says nothing.
fn new_folder(base: &Path, kind: &str) -> Result<PathBuf, CloneError> {
    let id = random_id()?;
    let folder = base.join(format!("{kind}-{}", &id[..6]));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(failed("create", &folder))?;
    Ok(folder)
}

fn private_folders(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Writes a new file for its owner only.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

pub(super) fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> CloneError {
    let path = path.to_owned();
    move |source| CloneError::Io { what, path, source }
}

#[cfg(test)]
mod tests;
