//! What is known to be clean, so that it is not read again: hashes, lengths and times, no content and no names.

use super::live::FileId;
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs::{self, Metadata},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What tells that a file is still as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    id: FileId,
    bytes: u64,
    nanoseconds: u128,
}

/// A stamp with a hash of the content: whether a file that has grown still begins as it was.
#[derive(Clone, Copy, Debug)]
struct Noted {
    stamp: Stamp,
    content: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self { id: FileId::of(metadata), bytes: metadata.len(), nanoseconds: since.as_nanos() }
    }
}

/// The files that were clean, by a hash of their path.
#[derive(Debug, Default)]
pub(super) struct State {
    file: Option<PathBuf>,
    fingerprint: String,
    clean: HashMap<u64, Noted>,
    /// What is known after this run.
    next: HashMap<u64, Noted>,
}

impl State {
    /// What an earlier run left in `folder`, if it used the same rules and policy: `fingerprint`.
    #[must_use]
    pub(super) fn load(folder: Option<PathBuf>, fingerprint: &str) -> Self {
        let file = folder.map(|folder| folder.join("clean-2"));
        let text = file.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        let mut lines = text.lines();
        let fits = lines.next() == Some(fingerprint);
        let clean = if fits { lines.filter_map(parse).collect() } else { HashMap::new() };
        Self { file, fingerprint: fingerprint.to_owned(), clean, next: HashMap::new() }
    }

    /// Keeps what is known of a file, whether or not it is looked at in this run.
    pub(super) fn keep(&mut self, path: &Path) {
        let key = key(path);
        self.next.extend(self.clean.get(&key).map(|noted| (key, *noted)));
    }

    /// Keeps what is known of all files, for a run that does not meet all.
    pub(super) fn keep_all(&mut self) {
        self.next = self.clean.clone();
    }

    /// Whether the file was clean and has not changed since.
    pub(super) fn is_clean(&self, path: &Path, metadata: &Metadata) -> bool {
        let (key, stamp) = (key(path), Stamp::of(metadata));
        self.clean.get(&key).is_some_and(|noted| noted.stamp == stamp)
    }

    /// How many bytes at the start of an append-only file were clean, if it still begins with them: `now` is its content.
    #[must_use]
    pub(super) fn clean_start(&self, path: &Path, now: &[u8]) -> u64 {
        let then = self.clean.get(&key(path));
        let begins = |then: &&Noted| {
            let length = usize::try_from(then.stamp.bytes).unwrap_or(usize::MAX);
            now.get(..length).is_some_and(|start| hash(start) == then.content)
        };
        then.filter(begins).map_or(0, |then| then.stamp.bytes)
    }

    /// Notes that the file with this metadata is clean; `content` is what it holds, or begins with.
    pub(super) fn note(&mut self, path: &Path, metadata: &Metadata, content: u64) {
        self.next.insert(key(path), Noted { stamp: Stamp::of(metadata), content });
    }

    /// Writes what was noted; not being able to costs time at the next run, nothing else.
    pub(super) fn save(&self) {
        let Some(file) = &self.file else { return };
        let mut text = format!("{}\n", self.fingerprint);
        let mut all: Vec<_> = self.next.iter().collect();
        all.sort_by_key(|(key, _)| **key);
        for (key, Noted { stamp: Stamp { id, bytes, nanoseconds }, content }) in all {
            let (dev, ino) = (id.dev, id.ino);
            let _ = writeln!(text, "{key:016x} {dev:x} {ino:x} {bytes:x} {content:x} {nanoseconds:x}");
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        if fs::create_dir_all(folder).is_ok() {
            let _ = write_whole(file, text.as_bytes());
        }
    }
}

/// Writes a file so that its name always stands for a whole one. The draft has one name, so that what a killed run left is
/// taken by the next.
fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = file.with_extension("new");
    let _ = fs::remove_file(&draft);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(&draft)?, bytes)?;
    fs::rename(draft, file)
}

fn parse(line: &str) -> Option<(u64, Noted)> {
    let mut parts = line.split(' ');
    let mut hex = || u64::from_str_radix(parts.next()?, 16).ok();
    let (key, dev, ino, bytes, content) = (hex()?, hex()?, hex()?, hex()?, hex()?);
    let nanoseconds = u128::from_str_radix(parts.next()?, 16).ok()?;
    Some((key, Noted { stamp: Stamp { id: FileId { dev, ino }, bytes, nanoseconds }, content }))
}

fn key(path: &Path) -> u64 {
    hash(path.as_os_str().as_encoded_bytes())
}

/// A short hash, of a name or a content.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut head = [0; 8];
    head.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_clean_until_it_or_the_rules_change() {
        let dir = tempfile::tempdir().unwrap();
        let (path, cache) = (dir.path().join("s.jsonl"), dir.path().join("cache"));
        fs::write(&path, "secret-name\n").unwrap();
        let data = || fs::metadata(&path).unwrap();
        let mut first = State::load(Some(cache.clone()), "rules 1");
        assert!(!first.is_clean(&path, &data()));
        first.note(&path, &data(), hash(b"secret-name\n"));
        first.save();
        let second = State::load(Some(cache.clone()), "rules 1");
        assert!(second.is_clean(&path, &data()));
        assert!(!State::load(Some(cache.clone()), "rules 2").is_clean(&path, &data()));
        let kept = fs::read_to_string(cache.join("clean-2")).unwrap();
        assert!(!kept.contains("s.jsonl") && !kept.contains("secret-name"));
        fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .and_then(|mut f| std::io::Write::write_all(&mut f, b"x\n"))
            .unwrap();
        assert!(!second.is_clean(&path, &data()));
        assert_eq!(second.clean_start(&path, b"secret-name\nx\n"), 12);
        for other in [&b"secret-nam\n"[..], b"another-one\nx\n", b""] {
            assert_eq!(second.clean_start(&path, other), 0, "it no longer begins as it did");
        }
    }
}
