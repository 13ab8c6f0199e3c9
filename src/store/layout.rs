//! Where agents keep sessions, and what is in each place.

mod places;
mod roots;

pub use places::FEEDBACK;
pub use roots::roots;

use super::{
    Surroundings, is_leftover, managed_folder,
    pattern::{leads_to, matches, walk},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// An agent whose places are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agent {
    /// Claude Code.
    Claude,
    /// Codex CLI.
    Codex,
    /// Gemini CLI.
    Gemini,
    /// opencode.
    Opencode,
    /// pi.
    Pi,
    /// Copilot CLI.
    Copilot,
    /// Cursor.
    Cursor,
    /// Aider.
    Aider,
}

impl Agent {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Claude,
        Self::Codex,
        Self::Gemini,
        Self::Opencode,
        Self::Pi,
        Self::Copilot,
        Self::Cursor,
        Self::Aider,
    ];

    /// The name in options and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Claude => "claude",
            Self::Codex => "codex",
            Self::Gemini => "gemini",
            Self::Opencode => "opencode",
            Self::Pi => "pi",
            Self::Copilot => "copilot",
            Self::Cursor => "cursor",
            Self::Aider => "aider",
        }
    }

    /// The agent of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|agent| agent.name() == name)
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a file is, and so what may be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Lines that the agent appends to: transcripts, histories, logs.
    Lines,
    /// A file that the agent writes as a whole.
    Whole,
    /// An archive of files that the agent writes as a whole.
    Archive,
    /// Configuration: what was said is scrubbed, what must keep working stays.
    Settings,
    /// Configuration or credentials that must keep working: told, never changed.
    Kept,
    /// Pictures and the like: counted, not searched.
    Media,
    /// A database or archive that is not supported.
    Unsupported,
}

/// A place where an agent keeps something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Names below the agent's root: `*` is any name or part of one, `**` any number of folders.
    pub pattern: &'static str,
    /// What the files are.
    pub kind: Kind,
    /// What they hold, for people.
    pub content: &'static str,
    /// Whether they belong to one session, which may be active.
    pub session: bool,
    /// Whether the agent deletes them after a while.
    pub swept: bool,
}

/// A folder with the places below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Whose it is.
    pub agent: Agent,
    /// The folder.
    pub folder: PathBuf,
    /// What is in it.
    pub places: &'static [Place],
    /// How far it is looked into.
    reach: Reach,
}

/// How far a folder is looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    /// Everything below it.
    Deep,
    /// Everything below it, if it is a real folder of this user: others could have made it.
    Own,
    /// Its own files.
    Shallow,
    /// One of its files.
    One(std::ffi::OsString),
}

/// A file in a place.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Whose it is.
    pub agent: Agent,
    /// Where it is kept.
    pub place: &'static Place,
    /// The file.
    pub path: PathBuf,
    /// How many of the names at its path's end are below the root: 1 for a file that stands right in it.
    pub depth: usize,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

/// What lies below a root.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files in its places.
    pub files: Vec<Stored>,
    /// Links in its places that lead out of it: they are not followed.
    pub links: Vec<PathBuf>,
    /// What killed replacements left behind.
    pub leftovers: Vec<PathBuf>,
    /// What could not be read.
    pub errors: Vec<String>,
}

/// All files in a root's places. Links are not followed below the root.
#[must_use]
pub fn files(root: &Root) -> Listing {
    let mut listing = Listing::default();
    if root.reach == Reach::Own && !is_own(&root.folder) {
        if root.folder.symlink_metadata().is_ok() {
            let text = format!("{} is no folder of yours: left alone", root.folder.display());
            listing.errors.push(text);
        }
        return listing;
    }
    let deep = matches!(root.reach, Reach::Deep | Reach::Own);
    let mut errors = Vec::new();
    walk(&root.folder, deep, &mut errors, &mut |path, metadata| listing.meet(root, path, metadata));
    listing.errors.extend(errors);
    listing
}

impl Listing {
    fn meet(&mut self, root: &Root, path: &Path, metadata: &std::fs::Metadata) {
        let Ok(relative) = path.strip_prefix(&root.folder) else { return };
        let place = root.places.iter().find(|place| matches(place.pattern, relative));
        if metadata.is_symlink() {
            if is_way_out(root, path, relative, place.is_some()) {
                self.links.push(path.to_owned());
            }
            return;
        }
        if path.file_name().is_some_and(is_leftover) {
            self.leftovers.push(path.to_owned());
            return;
        }
        let other = |only: &std::ffi::OsString| path.file_name() != Some(only.as_os_str());
        let Some(place) = place.filter(|_| !matches!(&root.reach, Reach::One(only) if other(only))) else {
            return;
        };
        self.files.push(Stored {
            agent: root.agent,
            place,
            path: path.to_owned(),
            depth: relative.components().count(),
            bytes: metadata.len(),
            modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        });
    }
}

/// Whether a link hides something that belongs to a place and lies elsewhere.
fn is_way_out(root: &Root, link: &Path, relative: &Path, in_place: bool) -> bool {
    let deep = matches!(root.reach, Reach::Deep | Reach::Own);
    let Ok(target) = link.canonicalize() else { return false };
    let hides = in_place && target.is_file()
        || deep && target.is_dir() && root.places.iter().any(|place| leads_to(place.pattern, relative));
    hides && !root.folder.canonicalize().is_ok_and(|folder| target.starts_with(folder))
}

/// Whether a path is a real folder, and this user's.
fn is_own(folder: &Path) -> bool {
    let Ok(metadata) = folder.symlink_metadata() else { return false };
    #[cfg(unix)]
    let owned = std::os::unix::fs::MetadataExt::uid(&metadata) == rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    let owned = true;
    metadata.is_dir() && owned
}

/// How long Claude Code keeps what it deletes on its own: `cleanupPeriodDays`, 30 days if not set.
#[must_use]
pub fn retention(around: &Surroundings) -> Duration {
    let managed = managed_folder().join("managed-settings.json");
    let user = around.claude_root().map(|root| root.join("settings.json"));
    let days = std::iter::once(managed).chain(user).find_map(|file| {
        let value: serde_json::Value = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
        value["cleanupPeriodDays"].as_u64()
    });
    Duration::from_secs(days.unwrap_or(30) * 86_400)
}

/// Whether the path names one of the sessions with these ids, as a folder or file.
#[must_use]
pub fn belongs_to(path: &Path, ids: &std::collections::HashSet<String>) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        ids.contains(&*name) || name.split_once('.').is_some_and(|(stem, _)| ids.contains(stem))
    })
}

#[cfg(test)]
mod tests {
    use super::{
        places::{CLAUDE, CODEX},
        *,
    };

    fn place_of(places: &'static [Place], name: &str) -> Option<&'static Place> {
        places.iter().find(|place| matches(place.pattern, Path::new(name)))
    }

    #[test]
    fn every_place_of_claude_code_is_known() {
        for (name, kind) in [
            ("projects/-p/0a.jsonl", Kind::Lines),
            ("projects/-p/0a/subagents/agent-1.jsonl", Kind::Lines),
            ("projects/-p/0a/subagents/workflows/r/journal.jsonl", Kind::Lines),
            ("projects/-p/0a/subagents/agent-1.meta.json", Kind::Whole),
            ("projects/-p/0a/tool-results/t.txt", Kind::Whole),
            ("projects/-p/memory/MEMORY.md", Kind::Whole),
            ("file-history/0a/1f@v2", Kind::Whole),
            ("debug/0a.txt", Kind::Lines),
            ("backups/.claude.json.backup.1", Kind::Settings),
            ("history.jsonl", Kind::Lines),
            ("feedback/drafts/d.json", Kind::Whole),
            ("settings.local.json", Kind::Settings),
            (".credentials.json", Kind::Kept),
            ("ide/1234.lock", Kind::Kept),
            ("image-cache/0a/1.png", Kind::Media),
        ] {
            assert_eq!(place_of(CLAUDE, name).map(|place| place.kind), Some(kind), "{name}");
        }
        for own in ["plugins/x/y.json", "skills/a/SKILL.md", "CLAUDE.md"] {
            assert_eq!(place_of(CLAUDE, own), None, "{own}");
        }
    }

    #[test]
    fn variables_move_the_roots() {
        let vars = [
            ("HOME", "/h"),
            ("CLAUDE_CONFIG_DIR", "/c"),
            ("CODEX_HOME", "/x"),
            ("XDG_DATA_HOME", "/d"),
            ("CLAUDE_CODE_TMPDIR", "/t"),
            ("CLAUDE_CODE_DEBUG_LOGS_DIR", "/l/d.txt"),
            ("XDG_STATE_HOME", "/s"),
        ];
        let around = Surroundings::new(vars, Path::new("/w"));
        let folders: Vec<_> = roots(&around).into_iter().map(|root| (root.agent, root.folder)).collect();
        for (agent, folder) in [
            (Agent::Claude, "/c"),
            (Agent::Claude, "/w/.claude"),
            (Agent::Codex, "/x"),
            (Agent::Opencode, "/d/opencode"),
            (Agent::Opencode, "/s/opencode"),
            (Agent::Claude, "/l"),
            (Agent::Pi, "/h/.pi/agent"),
            (Agent::Aider, "/w"),
        ] {
            assert!(folders.contains(&(agent, folder.into())), "{agent} {folder}: {folders:?}");
        }
        assert!(folders.iter().any(|(_, folder)| folder.starts_with("/t")));
        assert!(!folders.contains(&(Agent::Claude, "/h".into())), "no .claude.json beside a moved root");
    }

    #[test]
    fn files_are_listed_with_their_place() {
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("sessions/2026/11/22");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(below.join("rollout-1.jsonl"), "{}\n").unwrap();
        std::fs::write(dir.path().join("auth.json"), "{}").unwrap();
        let root =
            Root { agent: Agent::Codex, folder: dir.path().to_owned(), places: CODEX, reach: Reach::Deep };
        let Listing { files, errors, .. } = files(&root);
        let mut kinds: Vec<_> = files.iter().map(|f| (f.place.kind, f.bytes)).collect();
        kinds.sort();
        assert_eq!((kinds, errors), (vec![(Kind::Lines, 3), (Kind::Kept, 2)], vec![]));
    }

    #[test]
    fn histories_of_aider_are_found_not_far_below_the_home() {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], Path::new("/w"));
        for (folder, found) in [
            ("acme", true),
            ("src/github/acme", true),
            ("a/b/c/d", false),
            (".cache/acme", false),
            ("x/node_modules", false),
        ] {
            let folder = dir.path().join(folder);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(".aider.chat.history.md"), "x").unwrap();
            let known = roots(&around).iter().any(|root| root.agent == Agent::Aider && root.folder == folder);
            assert_eq!(known, found, "{}", folder.display());
        }
    }
}
