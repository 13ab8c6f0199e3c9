//! A session of Claude Code and the files that belong to it.

use crate::store::Surroundings;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Why no session was found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// There is no home and no `CLAUDE_CONFIG_DIR`.
    #[error("no home folder is known: set HOME or CLAUDE_CONFIG_DIR")]
    NoHome,
    /// No session has this name.
    #[error("there is no session `{name}` in {}", root.display())]
    Unknown {
        /// As given.
        name: String,
        /// Where was looked.
        root: PathBuf,
    },
    /// The working folder has no session.
    #[error("no session was held in {}: give an id or a path", cwd.display())]
    NoneHere {
        /// The working folder.
        cwd: PathBuf,
    },
    /// The same id stands in several projects.
    #[error("session `{id}` stands in several projects: give the path of one")]
    Several {
        /// The id.
        id: String,
    },
    /// The transcript is another agent's, or none.
    #[error(
        "{} is no session of Claude Code, whose /bug this is for: use `transcrub scrub --profile bug`",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A session: its transcript and what lies beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The id: the name of the transcript without its extension.
    pub id: String,
    /// The transcript.
    pub path: PathBuf,
    /// Transcripts of sub-agents, spilled tool results and the like.
    pub others: Vec<PathBuf>,
    /// When it was last written.
    pub modified: SystemTime,
}

/// How many characters of a slug are the path's own; longer ones end in a hash.
const SLUG: usize = 200;

/// The name of the folder in `projects/` for sessions held in `cwd`, without the hash of a long one.
///
/// Every UTF-16 unit that is not an ASCII letter or digit becomes a dash.
#[must_use]
pub fn slug(cwd: &Path) -> String {
    let text = cwd.to_string_lossy();
    let units = text.encode_utf16().take(SLUG);
    units
        .map(|unit| u8::try_from(unit).map_or('-', char::from))
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}

impl Session {
    /// The transcript, then the files beside it.
    #[must_use]
    pub fn files(&self) -> Vec<&Path> {
        std::iter::once(self.path.as_path()).chain(self.others.iter().map(PathBuf::as_path)).collect()
    }

    /// The session that `name` means: a path, an id, or without a name the newest of the working folder.
    ///
    /// # Errors
    /// [`SessionError`] if there is none, or more than one.
    pub fn find(name: Option<&str>, around: &Surroundings) -> Result<Self, SessionError> {
        let Some(name) = name else {
            let here = Self::here(around)?;
            let none = SessionError::NoneHere { cwd: around.cwd().to_owned() };
            return here.into_iter().next().ok_or(none);
        };
        let path = around.cwd().join(name);
        if path.is_file() {
            is_own(&path)?;
            return Self::at(&path);
        }
        let root = around.claude_root().ok_or(SessionError::NoHome)?.join("projects");
        let plain = !name.contains(['/', '\\']);
        let paths = folders(&root).map(|folder| folder.join(format!("{name}.jsonl")));
        let mut found = paths.filter(|path| plain && path.is_file());
        let first =
            found.next().ok_or(SessionError::Unknown { name: name.to_owned(), root: root.clone() })?;
        match found.next() {
            Some(_) => Err(SessionError::Several { id: name.to_owned() }),
            None => Self::at(&first),
        }
    }

    /// The sessions held in the working folder, newest first.
    ///
    /// # Errors
    /// [`SessionError::NoHome`], [`SessionError::Read`].
    pub fn here(around: &Surroundings) -> Result<Vec<Self>, SessionError> {
        let projects = around.claude_root().ok_or(SessionError::NoHome)?.join("projects");
        let cwd = around.cwd().canonicalize().unwrap_or_else(|_| around.cwd().to_owned());
        // The client takes another name for the folder only with a configuration folder of its own.
        let named = around.var("CLAUDE_CONFIG_DIR").and_then(|_| around.var("CLAUDE_CODE_PROJECT_DIR_NAME"));
        let slug = named.map_or_else(|| slug(&cwd), |name| name.to_string_lossy().into_owned());
        let name = |folder: &Path| folder.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let fits = |folder: &PathBuf| {
            let name = name(folder);
            name == slug || slug.len() == SLUG && name.starts_with(&slug)
        };
        let mut sessions = Vec::new();
        for folder in folders(&projects).filter(fits) {
            for path in files(&folder).filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
                if !name(&path).starts_with("agent-") {
                    sessions.push(Self::at(&path)?);
                }
            }
        }
        sessions.sort_by_key(|s| std::cmp::Reverse(s.modified));
        Ok(sessions)
    }

    /// The session whose transcript stands at `path`.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub fn at(path: &Path) -> Result<Self, SessionError> {
        let failed = |source| SessionError::Read { path: path.to_owned(), source };
        let modified = fs::metadata(path).and_then(|m| m.modified()).map_err(failed)?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut others = Vec::new();
        walk(&path.with_extension(""), &mut others);
        others.extend(legacy_agents(path, &id));
        others.sort();
        Ok(Self { id, path: path.to_owned(), others, modified })
    }

    /// The name of one of [`Self::others`] below the folder of the session.
    #[must_use]
    pub fn relative<'p>(&self, other: &'p Path) -> &'p Path {
        let own = other.strip_prefix(self.path.with_extension("")).ok();
        let beside = || other.strip_prefix(self.path.parent()?).ok();
        own.or_else(beside).unwrap_or(other)
    }
}

/// Refuses a file in which no row is one that Claude Code writes: each has a type, and says which row or session it is, or
/// what who said. Codex's rows have a payload instead, Gemini's file is one document.
fn is_own(path: &Path) -> Result<(), SessionError> {
    let bytes = fs::read(path).map_err(|source| SessionError::Read { path: path.to_owned(), source })?;
    let own = |row: &Value| {
        let numbered = ["uuid", "leafUuid", "sessionId"].iter().any(|name| row[*name].is_string());
        let said = matches!(row["type"].as_str(), Some("user" | "assistant")) && row["message"].is_object();
        row["type"].is_string() && row.get("payload").is_none() && (numbered || said)
    };
    let mut rows = bytes.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    match rows.any(|row| own(&row)) {
        true => Ok(()),
        false => Err(SessionError::Foreign { path: path.to_owned() }),
    }
}

/// Transcripts of sub-agents as older versions kept them: beside the session's own.
fn legacy_agents(path: &Path, id: &str) -> Vec<PathBuf> {
    let belongs = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let named = name.starts_with("agent-") && name.ends_with(".jsonl");
        named && first_line(file).is_some_and(|line| memchr::memmem::find(&line, id.as_bytes()).is_some())
    };
    path.parent().map(|folder| files(folder).filter(belongs).collect()).unwrap_or_default()
}

fn first_line(path: &Path) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let file = fs::File::open(path).ok()?;
    io::BufRead::read_until(&mut io::BufReader::new(file), b'\n', &mut line).ok()?;
    Some(line)
}

fn folders(root: &Path) -> impl Iterator<Item = PathBuf> {
    entries(root).filter(|path| path.is_dir())
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    entries(folder).filter(|path| path.is_file())
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path())
}

/// All plain files below a folder; links are not followed.
fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), out),
            Ok(kind) if kind.is_file() => out.push(entry.path()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "11111111-2222-4333-8444-555555555555";

    #[test]
    fn slugs_are_those_of_the_client() {
        for (cwd, want) in [
            ("/home/maribel/acme_billing.v2", "-home-maribel-acme-billing-v2"),
            ("C:\\Users\\jane\\x y", "C--Users-jane-x-y"),
            ("/h/é😀", "-h----"),
        ] {
            assert_eq!(slug(Path::new(cwd)), want);
        }
        assert_eq!(slug(Path::new(&"a".repeat(300))).len(), 200);
    }

    #[test]
    fn a_session_of_another_agent_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.jsonl");
        for (text, own) in [
            (r#"{"type":"summary","summary":"x","leafUuid":"u"}"#, true),
            ("torn\n{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"x\"}}\n", true),
            (r#"{"type":"mode","mode":"x","sessionId":"s"}"#, true),
            // Codex, new and old; Gemini, new and old; pi; plain text; nothing.
            (r#"{"timestamp":"t","type":"session_meta","payload":{"id":"x","sessionId":"s"}}"#, false),
            (r#"{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}"#, false),
            ("{\n \"sessionId\": \"s\",\n \"projectHash\": \"h\",\n \"messages\": []\n}", false),
            (
                "{\"sessionId\":\"s\",\"kind\":\"main\"}\n{\"id\":\"1\",\"type\":\"user\",\"content\":[]}",
                false,
            ),
            (
                "{\"type\":\"session\",\"id\":\"s\"}\n{\"type\":\"message\",\"id\":\"1\",\"message\":{}}",
                false,
            ),
            ("some notes", false),
            ("", false),
        ] {
            fs::write(&path, text).unwrap();
            let found = Session::find(path.to_str(), &Surroundings::new([("HOME", "/h")], dir.path()));
            assert_eq!(found.is_ok(), own, "{text}");
            assert!(own || found.unwrap_err().to_string().contains("is no session of Claude Code"));
        }
    }

    #[test]
    fn a_session_is_found_by_id_path_and_folder_with_all_its_files() {
        let dir = tempfile::tempdir().unwrap();
        let cwd = dir.path().join("work");
        fs::create_dir(&cwd).unwrap();
        let cwd = cwd.canonicalize().unwrap();
        let project = dir.path().join("c/projects").join(slug(&cwd));
        let below = project.join(ID);
        fs::create_dir_all(below.join("subagents")).unwrap();
        let main = project.join(format!("{ID}.jsonl"));
        fs::write(&main, "{\"type\":\"user\",\"message\":{}}\n").unwrap();
        fs::write(below.join("subagents/agent-1.jsonl"), "{}\n").unwrap();
        fs::write(project.join("agent-old.jsonl"), format!("{{\"sessionId\":\"{ID}\"}}\n{{}}")).unwrap();
        fs::write(project.join("agent-foreign.jsonl"), "{}\n").unwrap();
        let around = Surroundings::new([("CLAUDE_CONFIG_DIR", "../c")], &cwd);
        let of = |name| Session::find(name, &around).unwrap();
        let session = of(None);
        assert_eq!(of(Some(ID)), session);
        let names: Vec<_> = session.others.iter().map(|o| session.relative(o).to_str().unwrap()).collect();
        assert_eq!(names, ["subagents/agent-1.jsonl", "agent-old.jsonl"]);
        assert_eq!(of(main.to_str()).id, session.id);
        fs::rename(&project, project.with_file_name("named")).unwrap();
        assert!(matches!(Session::find(None, &around), Err(SessionError::NoneHere { .. })));
        let vars = [("CLAUDE_CONFIG_DIR", "../c"), ("CLAUDE_CODE_PROJECT_DIR_NAME", "named")];
        assert_eq!(Session::find(None, &Surroundings::new(vars, &cwd)).unwrap().id, session.id);
        let unknown = Session::find(Some("no-such"), &around);
        assert!(matches!(unknown, Err(SessionError::Unknown { .. })));
    }
}
