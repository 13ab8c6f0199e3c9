//! The names of the files a replacement makes beside its target: they say enough for a later run to finish the work
//! of one that was killed.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

/// How every such name begins.
pub(super) const PREFIX: &str = ".transcrub-";

/// How the name of a file begins that holds the old file for a moment, where names cannot be exchanged in one step.
const ASIDE: &str = "aside-";

/// How the name of a copy ends while it is written (`output.rs`).
const OUTPUT: &str = ".tmp";

/// What is known of a replacement while both its files stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// A hash of the target's file name.
    pub(super) target: u64,
    /// Whether the file grows by lines only.
    pub(super) lines: bool,
    /// The file number of the old file.
    pub(super) old: u64,
    /// How much of the old file the new one covers, in bytes.
    pub(super) consumed: u64,
    /// How many of those belong to a last line without an end.
    pub(super) torn: u64,
    /// The file number of the new file.
    pub(super) new: u64,
    /// The length of the new file when it took the old one's place, in bytes.
    pub(super) length: u64,
    /// How much of that stands before the last line without an end.
    pub(super) settled: u64,
}

/// What a name beside a target stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leftover {
    /// A new file that was never finished.
    Draft,
    /// A copy that was never finished.
    Output,
    /// The old or the new file of a replacement that may have happened.
    Kept(Names),
}

impl Names {
    /// The file name that says this.
    pub(super) fn file_name(&self) -> String {
        let Self { target, lines, old, consumed, torn, new, length, settled } = self;
        let kind = if *lines { 'l' } else { 'w' };
        format!("{PREFIX}{target:016x}-{kind}-{old:x}-{consumed:x}-{torn:x}-{new:x}-{length:x}-{settled:x}")
    }

    fn parse(rest: &str) -> Option<Self> {
        let mut parts = rest.split('-');
        let target = number(parts.next()?)?;
        let lines = match parts.next()? {
            "l" => true,
            "w" => false,
            _ => return None,
        };
        let mut next = || number(parts.next()?);
        Some(Self {
            target,
            lines,
            old: next()?,
            consumed: next()?,
            torn: next()?,
            new: next()?,
            length: next()?,
            settled: next()?,
        })
    }

    /// The file in `dir` that was being replaced.
    pub(super) fn target_in(&self, dir: &Path) -> Option<PathBuf> {
        let names = std::fs::read_dir(dir).ok()?.flatten().map(|e| e.file_name());
        names.filter(|n| hash(n) == self.target).map(|n| dir.join(n)).next()
    }
}

fn number(hex: &str) -> Option<u64> {
    u64::from_str_radix(hex, 16).ok()
}

/// What the file with this name is, if a replacement made it.
pub(super) fn parse(name: &OsStr) -> Option<Leftover> {
    let rest = name.to_str()?.strip_prefix(PREFIX)?;
    if rest.starts_with("draft-") {
        return Some(Leftover::Draft);
    }
    let drawn = rest.strip_suffix(OUTPUT).filter(|drawn| drawn.bytes().all(|b| b.is_ascii_alphanumeric()));
    if drawn.is_some_and(|drawn| !drawn.is_empty()) {
        return Some(Leftover::Output);
    }
    Names::parse(rest.strip_prefix(ASIDE).unwrap_or(rest)).map(Leftover::Kept)
}

/// Where the old file stands for a moment while names cannot be exchanged in one step.
pub(super) fn aside(kept: &Path) -> PathBuf {
    let name = kept.file_name().and_then(OsStr::to_str).unwrap_or_default();
    kept.with_file_name(format!("{PREFIX}{ASIDE}{}", name.strip_prefix(PREFIX).unwrap_or(name)))
}

/// The name of a new file while it is written.
pub(super) fn draft_name(number: u64) -> String {
    format!("{PREFIX}draft-{:x}-{number:x}", std::process::id())
}

/// A hash of a file name.
pub(super) fn hash(name: &OsStr) -> u64 {
    let digest = blake3::hash(name.as_encoded_bytes());
    let mut head = [0; 8];
    head.copy_from_slice(&digest.as_bytes()[..8]);
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_was_given_and_foreign_names_say_nothing() {
        let names = Names {
            target: hash(OsStr::new("a.jsonl")),
            lines: true,
            old: 7,
            consumed: 1 << 40,
            torn: 3,
            new: 8,
            length: 99,
            settled: 96,
        };
        let name = names.file_name();
        assert_eq!(parse(OsStr::new(&name)), Some(Leftover::Kept(names)));
        let aside = aside(&Path::new("/d").join(&name));
        assert_eq!(parse(aside.file_name().unwrap()), Some(Leftover::Kept(names)));
        assert_eq!(parse(OsStr::new(&draft_name(5))), Some(Leftover::Draft));
        for foreign in ["a.jsonl", ".transcrub-", ".transcrub-x", ".transcrub-0-l-1", ".transcrub.toml"] {
            assert_eq!(parse(OsStr::new(foreign)), None, "{foreign}");
        }
    }
}
