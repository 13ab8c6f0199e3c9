//! Which files are in use: who holds them open (seen through `/proc` on Linux), and which were written just now.

use std::{
    collections::HashMap,
    fs::Metadata,
    path::Path,
    time::{Duration, SystemTime},
};

/// A session written more recently than this counts as active.
pub const QUIET: Duration = Duration::from_secs(5 * 60);

/// What a file is, whatever its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId {
    /// The device.
    pub dev: u64,
    /// The number of the file on it.
    pub ino: u64,
}

impl FileId {
    /// The identity of the file with this metadata.
    #[cfg(unix)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self { dev: metadata.dev(), ino: metadata.ino() }
    }

    /// The identity of the file with this metadata: not known here, so no file is ever seen to be held open.
    #[cfg(not(unix))]
    #[must_use]
    pub fn of(_metadata: &Metadata) -> Self {
        Self { dev: 0, ino: 0 }
    }
}

/// A process that has a file open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its id.
    pub pid: u32,
    /// The name of its program, as the system gives it.
    pub name: String,
    /// Whether it can write to the file.
    pub writes: bool,
}

/// Who has which files open, at one moment.
#[derive(Debug, Default)]
pub struct OpenFiles {
    holders: HashMap<FileId, Vec<Holder>>,
}

impl OpenFiles {
    /// Looks which of the files that `wanted` names are open, in any process that this user may look into.
    ///
    /// Where there is no `/proc`, none is seen.
    #[must_use]
    pub fn look(wanted: impl Fn(FileId) -> bool) -> Self {
        let mut seen = Self::default();
        for process in entries(Path::new("/proc")) {
            let pid = process.file_name().and_then(|n| n.to_str()).and_then(|n| n.parse::<u32>().ok());
            if let Some(pid) = pid {
                seen.add_process(pid, &process, &wanted);
            }
        }
        seen
    }

    fn add_process(&mut self, pid: u32, process: &Path, wanted: &impl Fn(FileId) -> bool) {
        for link in entries(&process.join("fd")) {
            let Ok(metadata) = std::fs::metadata(&link) else { continue };
            let id = FileId::of(&metadata);
            if metadata.is_file() && wanted(id) {
                let writes = link.file_name().is_some_and(|fd| can_write(&process.join("fdinfo").join(fd)));
                let name = std::fs::read_to_string(process.join("comm")).unwrap_or_default();
                let holder = Holder { pid, name: name.trim_end().to_owned(), writes };
                self.holders.entry(id).or_default().push(holder);
            }
        }
    }

    /// Who has this file open for writing.
    #[must_use]
    pub fn writer(&self, id: FileId) -> Option<&Holder> {
        self.holders.get(&id)?.iter().find(|h| h.writes)
    }

    /// Who, other than this process, has this file open at all; a writer rather than a reader.
    #[must_use]
    pub fn holder(&self, id: FileId) -> Option<&Holder> {
        let own = std::process::id();
        let others = || self.holders.get(&id).into_iter().flatten().filter(|h| h.pid != own);
        others().find(|h| h.writes).or_else(|| others().next())
    }
}

fn entries(dir: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path())
}

/// Whether an open file's flags (octal, `O_WRONLY` 1, `O_RDWR` 2) allow writing; unreadable ones count as yes.
fn can_write(fdinfo: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(fdinfo) else { return true };
    let flags = text.lines().find_map(|l| l.strip_prefix("flags:")).map(str::trim);
    flags.and_then(|f| u32::from_str_radix(f, 8).ok()).is_none_or(|f| f & 3 != 0)
}

/// Whether a session is finished, or why it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Nobody has touched it for a while.
    Finished,
    /// Written this long ago.
    Recent(Duration),
    /// Held open.
    Open(Holder),
}

/// Tells whether the file with this metadata is in use at `now`.
#[must_use]
pub fn activity(metadata: &Metadata, open: &OpenFiles, now: SystemTime, quiet: Duration) -> Activity {
    if let Some(holder) = open.holder(FileId::of(metadata)) {
        return Activity::Open(holder.clone());
    }
    let age = metadata.modified().ok().map(|m| now.duration_since(m).unwrap_or_default());
    match age {
        Some(age) if age >= quiet => Activity::Finished,
        age => Activity::Recent(age.unwrap_or_default()),
    }
}

impl std::fmt::Display for Activity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Finished => f.write_str("finished"),
            Self::Recent(age) => write!(f, "written {} s ago", age.as_secs()),
            Self::Open(holder) => write!(f, "open in process {} ({})", holder.pid, holder.name),
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use std::fs::{File, OpenOptions};

    fn look(file: &File) -> (OpenFiles, FileId) {
        let id = FileId::of(&file.metadata().unwrap());
        (OpenFiles::look(|i| i == id), id)
    }

    #[test]
    fn sees_who_writes_and_who_only_reads() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.jsonl");
        std::fs::write(&path, "x").unwrap();
        let reader = File::open(&path).unwrap();
        assert_eq!(look(&reader).0.writer(look(&reader).1), None);
        let writer = OpenOptions::new().append(true).open(&path).unwrap();
        let (open, id) = look(&reader);
        assert_eq!(open.writer(id).unwrap().pid, std::process::id());
        assert_eq!(open.holder(id), None, "this process itself does not count as a user");
        drop(writer);
        assert_eq!(look(&reader).0.writer(id), None);
    }

    #[test]
    fn another_process_that_holds_a_file_makes_it_active() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.jsonl");
        std::fs::write(&path, "x").unwrap();
        let file = OpenOptions::new().append(true).open(&path).unwrap();
        let (stdin, keep) = std::io::pipe().unwrap();
        let mut child =
            std::process::Command::new("cat").stdin(stdin).stdout(file.try_clone().unwrap()).spawn().unwrap();
        let (open, _) = look(&file);
        let metadata = file.metadata().unwrap();
        let later = SystemTime::now() + Duration::from_secs(3600);
        let seen = activity(&metadata, &open, later, QUIET);
        assert!(matches!(&seen, Activity::Open(h) if h.pid == child.id() && h.writes), "{seen}");
        drop(keep);
        child.wait().unwrap();
        assert_eq!(activity(&metadata, &OpenFiles::default(), later, QUIET), Activity::Finished);
        let now = activity(&metadata, &OpenFiles::default(), SystemTime::now(), QUIET);
        assert!(matches!(now, Activity::Recent(_)));
    }
}
