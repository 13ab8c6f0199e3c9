//! The folders in which agents keep their places.

use super::{
    Agent, Reach, Root,
    places::{
        AIDER, CLAUDE, CLAUDE_DEBUG, CLAUDE_DESKTOP, CLAUDE_JSON, CLAUDE_PROJECT, CLAUDE_TEMPORARY, CODEX,
        COPILOT, CURSOR, CURSOR_USER, GEMINI, OPENCODE, OPENCODE_STATE, PI,
    },
};
use crate::store::Surroundings;
use std::path::PathBuf;

/// The folders of all agents, in the order of [`Agent::ALL`]; they need not exist.
#[must_use]
pub fn roots(around: &Surroundings) -> Vec<Root> {
    let mut roots = Vec::new();
    let mut add = |agent, folder: Option<PathBuf>, places, reach| {
        roots.extend(folder.map(|folder| Root { agent, folder, places, reach }));
    };
    add(Agent::Claude, around.claude_root(), CLAUDE, Reach::Deep);
    if around.var("CLAUDE_CONFIG_DIR").is_none() {
        add(Agent::Claude, around.home(), CLAUDE_JSON, Reach::Shallow);
    }
    for project in projects(around) {
        add(Agent::Claude, Some(project.join(".claude")), CLAUDE_PROJECT, Reach::Shallow);
    }
    if let Some(log) = around.folder("CLAUDE_CODE_DEBUG_LOGS_DIR")
        && let (Some(folder), Some(name)) = (log.parent(), log.file_name())
    {
        add(Agent::Claude, Some(folder.to_owned()), CLAUDE_DEBUG, Reach::One(name.to_owned()));
    }
    add(Agent::Claude, temporary(around), CLAUDE_TEMPORARY, Reach::Own);
    add(Agent::Claude, application(around, "Claude"), CLAUDE_DESKTOP, Reach::Deep);
    add(
        Agent::Codex,
        around.folder("CODEX_HOME").or_else(|| around.below_home(".codex")),
        CODEX,
        Reach::Deep,
    );
    add(Agent::Gemini, around.below_home(".gemini"), GEMINI, Reach::Deep);
    add(Agent::Opencode, around.data().map(|data| data.join("opencode")), OPENCODE, Reach::Deep);
    add(Agent::Opencode, around.state().map(|state| state.join("opencode")), OPENCODE_STATE, Reach::Shallow);
    add(Agent::Pi, around.below_home(".pi/agent"), PI, Reach::Deep);
    add(
        Agent::Copilot,
        around.folder("COPILOT_HOME").or_else(|| around.below_home(".copilot")),
        COPILOT,
        Reach::Deep,
    );
    add(Agent::Cursor, around.below_home(".cursor"), CURSOR, Reach::Deep);
    add(Agent::Cursor, application(around, "Cursor/User"), CURSOR_USER, Reach::Deep);
    for folder in repository(around) {
        add(Agent::Aider, Some(folder), AIDER, Reach::Shallow);
    }
    roots
}

/// The projects that Claude Code knows, and the working folder.
fn projects(around: &Surroundings) -> Vec<PathBuf> {
    let known = around.claude_json().and_then(|file| std::fs::read(file).ok());
    let known: serde_json::Value =
        known.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let listed = known["projects"].as_object().map(|all| all.keys().map(PathBuf::from).collect::<Vec<_>>());
    let mut all: Vec<PathBuf> = listed.unwrap_or_default();
    all.push(around.cwd().to_owned());
    let root = around.claude_root();
    all.retain(|folder| folder.is_absolute() && Some(folder.join(".claude")) != root);
    all.sort();
    all.dedup();
    all
}

/// Where Claude Code keeps the output of background tasks.
fn temporary(around: &Surroundings) -> Option<PathBuf> {
    let base = around.folder("CLAUDE_CODE_TMPDIR").or_else(|| cfg!(unix).then(|| PathBuf::from("/tmp")))?;
    #[cfg(unix)]
    return Some(base.join(format!("claude-{}", rustix::process::getuid().as_raw())));
    #[cfg(not(unix))]
    return Some(base.join("claude"));
}

/// A folder below that in which applications keep what is theirs.
fn application(around: &Surroundings, below: &str) -> Option<PathBuf> {
    let base = if cfg!(target_os = "macos") {
        around.below_home("Library/Application Support")
    } else if cfg!(windows) {
        around.folder("APPDATA")
    } else {
        around.config()
    };
    base.map(|base| base.join(below))
}

/// The working folder and those above it up to the root of its repository, the home, the projects that Claude Code knows,
/// and where histories are seen not far below the home: Aider keeps them where it is started.
fn repository(around: &Surroundings) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for folder in around.cwd().ancestors() {
        folders.push(folder.to_owned());
        if folder.join(".git").exists() {
            break;
        }
    }
    if folders.last().is_some_and(|last| !last.join(".git").exists()) {
        folders.truncate(1);
    }
    folders.extend(around.home());
    folders.extend(projects(around));
    folders.extend(started_below_home(around));
    folders.sort();
    folders.dedup();
    folders
}

/// How deep below the home, and in how many folders, Aider's histories are looked for.
const AIDER_DEPTH: usize = 3;
const AIDER_FOLDERS: usize = 10_000;

/// The folders not far below the home in which Aider was started.
fn started_below_home(around: &Surroundings) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, usize)> = around.home().map(|home| (home, 0)).into_iter().collect();
    let mut seen = 0;
    while let Some((folder, depth)) = open.pop() {
        seen += 1;
        let mut has_history = false;
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (name, kind) = (entry.file_name(), entry.file_type());
            has_history |= AIDER.iter().any(|place| name == place.pattern);
            let hidden = name.as_encoded_bytes().starts_with(b".") || name == "node_modules";
            if kind.is_ok_and(|kind| kind.is_dir())
                && !hidden
                && depth < AIDER_DEPTH
                && seen + open.len() < AIDER_FOLDERS
            {
                open.push((entry.path(), depth + 1));
            }
        }
        found.extend(has_history.then_some(folder));
    }
    found
}
