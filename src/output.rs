//! Output: what is written appears whole under its name, or not at all.

use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, File},
    io::{self, Seek as _, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use tempfile::{Builder, NamedTempFile};

/// How the name of a file begins that is not finished yet, or was left behind by a crash.
pub const DRAFT_PREFIX: &str = ".transcrub-";

/// Why output could not be written. Nothing stands under its name then, or what stood there before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The draft could not be made: a missing folder, no permission, no space.
    #[error("cannot create a file in {}", folder.display())]
    Create {
        /// The folder of the output.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output could not be written or synced.
    #[error("cannot write {}", path.display())]
    Write {
        /// The output.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A link that points to nothing: where it should lead is not ours to guess.
    #[error("{} is a link to nothing: name a file", path.display())]
    Dangling {
        /// The link.
        path: PathBuf,
    },
}

/// Where output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file.
    File(PathBuf),
    /// To the standard output.
    Stdout,
    /// To a device or pipe.
    Device(PathBuf),
}

impl Target {
    /// What `path` names: `-` is the standard output; a link to a file leads to that file.
    ///
    /// # Errors
    /// [`OutputError::Dangling`] for a link to nothing.
    pub fn new(path: &Path) -> Result<Self, OutputError> {
        if ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name)) {
            return Ok(Self::Stdout);
        }
        let is_link = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
        match fs::metadata(path) {
            Ok(meta) if !(meta.is_file() || meta.is_dir()) || path.starts_with("/dev/fd") => {
                Ok(Self::Device(path.to_owned()))
            }
            Ok(_) if is_link => Ok(Self::File(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))),
            Err(_) if is_link => Err(OutputError::Dangling { path: path.to_owned() }),
            _ => Ok(Self::File(path.to_owned())),
        }
    }

    /// The name to tell people.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Device(path) => path,
            Self::Stdout => Path::new("-"),
        }
    }
}

/// Output in the making: a temporary file with mode 0600, in the folder of its target. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Draft {
    target: Target,
    file: Unfinished,
}

#[derive(Debug)]
enum Unfinished {
    /// It will be renamed.
    Named(NamedTempFile, Begun),
    /// It will be copied and has no name meanwhile.
    Nameless(File),
}

impl Draft {
    /// A draft of what will stand at `target`.
    ///
    /// # Errors
    /// [`OutputError::Create`] if the folder takes no file.
    pub fn new(target: Target) -> Result<Self, OutputError> {
        let file = match &target {
            Target::File(path) => {
                let folder = folder_of(path);
                let made = Builder::new().prefix(DRAFT_PREFIX).suffix(".tmp").tempfile_in(folder);
                let folder = folder.to_owned();
                let made = made.map_err(|error| {
                    let source = bare(&error, &folder);
                    OutputError::Create { folder, source }
                })?;
                hold(made.as_file());
                let begun = Begun::new(made.path());
                Unfinished::Named(made, begun)
            }
            Target::Stdout | Target::Device(_) => {
                let folder = std::env::temp_dir();
                let made = tempfile::tempfile_in(&folder);
                Unfinished::Nameless(made.map_err(|error| {
                    let source = bare(&error, &folder);
                    OutputError::Create { folder, source }
                })?)
            }
        };
        Ok(Self { target, file })
    }

    /// The file to write.
    pub fn file(&mut self) -> &mut File {
        match &mut self.file {
            Unfinished::Named(file, _) => file.as_file_mut(),
            Unfinished::Nameless(file) => file,
        }
    }

    /// Where it will stand.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Puts the finished output in its place by a rename. Where something stood there it is synced before, so that a crash of
    /// the machine leaves the old or the new; where nothing did, there is nothing to lose that cannot be made again.
    ///
    /// # Errors
    /// [`OutputError::Write`] if the system refuses; the old file, if any, is as it was. A device may have taken a
    /// part.
    pub fn commit(self) -> Result<(), OutputError> {
        let failed = |source| OutputError::Write { path: self.target.path().to_owned(), source };
        match (self.file, &self.target) {
            (Unfinished::Named(file, begun), Target::File(path)) => {
                let replaces = fs::symlink_metadata(path).is_ok();
                if replaces {
                    file.as_file().sync_all().map_err(failed)?;
                }
                file.persist(path).map_err(|error| failed(error.error))?;
                drop(begun);
                if replaces {
                    sync_folder(folder_of(path));
                }
                Ok(())
            }
            (Unfinished::Nameless(mut file), Target::Device(path)) => {
                let mut device = File::options().write(true).open(path).map_err(failed)?;
                pour(&mut file, &mut device).map_err(failed)
            }
            (Unfinished::Nameless(mut file), _) => pour(&mut file, &mut io::stdout().lock()).map_err(failed),
            (Unfinished::Named(..), _) => unreachable!("only a file has a draft with a name"),
        }
    }
}

/// Locks a draft as long as it is written, so that another run does not take it for one that was left behind.
#[cfg(unix)]
fn hold(file: &File) {
    use rustix::fs::{FlockOperation, flock};
    // Where files cannot be locked, age alone tells.
    let _ = flock(file, FlockOperation::NonBlockingLockExclusive);
}

#[cfg(not(unix))]
fn hold(_: &File) {}

/// The drafts of this process.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A draft that is to be removed if the program is told to end; no more when this is dropped.
#[derive(Debug)]
pub(crate) struct Begun(PathBuf);

impl Begun {
    /// Notes the draft at `path`.
    pub(crate) fn new(path: &Path) -> Self {
        let path = path.to_owned();
        BEGUN.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        Self(path)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        BEGUN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Removes the drafts of this process and lets it begin no more: for a program that ends at once.
pub fn abandon() {
    let begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
    begun.iter().for_each(|path| drop(fs::remove_file(path)));
    // Whoever would note another one waits until the program has ended.
    std::mem::forget(begun);
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn write_vectored(&mut self, parts: &[io::IoSlice<'_>]) -> io::Result<usize> {
        self.file().write_vectored(parts)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

fn pour(from: &mut File, to: &mut dyn Write) -> io::Result<()> {
    from.rewind()?;
    io::copy(from, to)?;
    to.flush()
}

/// What the system said, without the name of the temporary file, which helps nobody.
fn bare(error: &io::Error, folder: &Path) -> io::Error {
    match (error.raw_os_error(), fs::metadata(folder)) {
        (Some(code), _) => io::Error::from_raw_os_error(code),
        (None, Err(missing)) => missing,
        (None, Ok(_)) => error.kind().into(),
    }
}

/// The folder that holds `path`.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename last. Where folders cannot be synced the rename is as durable as the system makes it.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Paths in rounds, such that no round has two names of one file: while one of its names is replaced the others must wait.
#[must_use]
pub fn rounds<T>(items: Vec<T>, path: impl Fn(&T) -> &Path) -> Vec<Vec<T>> {
    let mut rounds: Vec<Vec<T>> = Vec::new();
    let mut met: HashMap<FileIdentity, usize> = HashMap::new();
    for item in items {
        let round = FileIdentity::of(path(&item)).map_or(0, |file| {
            let next = met.entry(file).or_default();
            *next += 1;
            *next - 1
        });
        rounds.resize_with(rounds.len().max(round + 1), Vec::new);
        rounds[round].push(item);
    }
    rounds
}

/// What tells a file from all others, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity(Identity);

/// Device and inode.
#[cfg(unix)]
type Identity = (u64, u64);

/// The full name; hard links look like different files.
#[cfg(not(unix))]
type Identity = PathBuf;

impl FileIdentity {
    /// The identity of the file that `path` leads to; `None` if it leads to none.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        identity(path).map(Self)
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let meta = fs::metadata(path).ok()?;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    fs::canonicalize(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_draft_shows_itself_only_when_it_is_finished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(&path, "old").unwrap();
        let mut draft = Draft::new(Target::new(&path).unwrap()).unwrap();
        draft.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        draft.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        drop(Draft::new(Target::new(&dir.path().join("other")).unwrap()).unwrap());
        assert_eq!(names(dir.path()), ["out"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_of_one_file_come_in_different_rounds() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for name in ["a", "b"] {
            fs::write(at(name), name).unwrap();
        }
        fs::hard_link(at("a"), at("c")).unwrap();
        fs::hard_link(at("a"), at("d")).unwrap();
        let all = vec![at("a"), at("b"), at("c"), at("d"), at("none"), at("gone")];
        let expected = vec![vec![at("a"), at("b"), at("none"), at("gone")], vec![at("c")], vec![at("d")]];
        assert_eq!(rounds(all, |path| path), expected);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        Draft::new(Target::new(&path).unwrap()).unwrap().commit().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_files_and_devices_are_written_to() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("file"), "x").unwrap();
        symlink("file", at("link")).unwrap();
        symlink("nothing", at("dangling")).unwrap();
        fs::hard_link(at("file"), at("hard")).unwrap();
        assert_eq!(Target::new(&at("link")).unwrap(), Target::File(at("file").canonicalize().unwrap()));
        assert!(matches!(Target::new(&at("dangling")), Err(OutputError::Dangling { .. })));
        assert_eq!(Target::new(Path::new("-")).unwrap(), Target::Stdout);
        assert_eq!(Target::new(Path::new("/dev/null")).unwrap(), Target::Device("/dev/null".into()));
        assert_eq!(FileIdentity::of(&at("hard")), FileIdentity::of(&at("link")));
        assert_eq!(FileIdentity::of(&at("nothing")), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error_that_names_it() {
        let mut draft = Draft::new(Target::new(Path::new("/dev/full")).unwrap()).unwrap();
        draft.write_all(&[0; 100]).unwrap();
        let error = draft.commit().unwrap_err();
        assert!(matches!(&error, OutputError::Write { path, source }
            if path == Path::new("/dev/full") && source.kind() == io::ErrorKind::StorageFull));
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let target = Target::new(&dir.path().join("no/out")).unwrap();
        assert!(matches!(Draft::new(target), Err(OutputError::Create { .. })));
    }
}
