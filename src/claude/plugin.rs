//! Whether the plugin's gate before `/bug` is in force: its module says so when it is loaded, and what does not hear of
//! it warns.

use crate::store::Surroundings;
use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

/// Modules are on by default from this version.
const BY_DEFAULT: [u32; 3] = [2, 1, 287];

/// Modules can be turned on from this version, with [`SWITCH`].
const WITH_SWITCH: [u32; 3] = [2, 1, 259];

/// Turns modules on in versions between the two.
const SWITCH: &str = "CLAUDE_CODE_ENABLE_FUNCTION_HOOKS";

/// How long a mark is kept.
const KEPT: Duration = Duration::from_secs(7 * 86_400);

/// What is said when `/bug` is open.
const OPEN: &str = "transcrub: the gate before /bug is NOT in force";

/// Notes that the module is loaded in a session.
///
/// # Errors
/// What the system said; the session is then warned.
pub fn note_loaded(session: &str, around: &Surroundings) -> std::io::Result<()> {
    let Some(mark) = mark(session, "loaded", around) else { return Ok(()) };
    let folder = mark.parent().map(PathBuf::from).unwrap_or_default();
    fs::create_dir_all(&folder)?;
    sweep(&folder);
    fs::write(mark, "")
}

/// What to tell at the start of a session: the client is too old for the gate.
#[must_use]
pub fn at_start(around: &Surroundings) -> Option<String> {
    let version = client_version(around)?;
    let shown = version.map(|part| part.to_string()).join(".");
    let advice = "use /transcrub:bug instead of /bug, or close /bug with `transcrub flows set bug=off`";
    if version < WITH_SWITCH {
        return Some(format!("{OPEN}: Claude Code {shown} knows no plugin modules; update it, or {advice}"));
    }
    (version < BY_DEFAULT && around.var(SWITCH).is_none())
        .then(|| format!("{OPEN}: Claude Code {shown} needs {SWITCH}=1; set it, or {advice}"))
}

/// What to tell at a prompt, once a session: the module was not loaded.
#[must_use]
pub fn at_prompt(session: &str, around: &Surroundings) -> Option<String> {
    let (loaded, warned) = (mark(session, "loaded", around)?, mark(session, "warned", around)?);
    if loaded.exists() || warned.exists() {
        return None;
    }
    let folder = warned.parent().map(PathBuf::from).unwrap_or_default();
    // A warning that cannot be noted is told again.
    let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&warned, ""));
    Some(format!("{OPEN}: its module was not loaded; use /transcrub:bug instead of /bug"))
}

fn mark(session: &str, kind: &str, around: &Surroundings) -> Option<PathBuf> {
    let plain = !session.is_empty() && session.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let folder = around.cache().filter(|_| plain)?;
    Some(folder.join("gate").join(format!("{session}.{kind}")))
}

fn sweep(folder: &std::path::Path) {
    let is_old = |path: &PathBuf| {
        let modified = fs::metadata(path).and_then(|m| m.modified());
        modified.is_ok_and(|then| SystemTime::now().duration_since(then).is_ok_and(|age| age > KEPT))
    };
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).filter(is_old) {
        let _ = fs::remove_file(path);
    }
}

/// The client's version, from what it tells its children: `claude-code_2-1-330_harness`.
fn client_version(around: &Surroundings) -> Option<[u32; 3]> {
    let agent = around.var("AI_AGENT")?.to_str()?;
    let mut parts = agent.strip_prefix("claude-code_")?.split('_').next()?.split('-').map(str::parse);
    let mut next = || parts.next()?.ok();
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn old_clients_are_told_at_the_start() {
        for (agent, switch, warns) in [
            ("claude-code_2-1-330_harness", "", false),
            ("claude-code_2-1-287_x", "", false),
            ("claude-code_2-1-286_x", "", true),
            ("claude-code_2-1-286_x", "1", false),
            ("claude-code_2-1-197_x", "1", true),
            ("something else", "", false),
        ] {
            let around = Surroundings::new([("AI_AGENT", agent), (SWITCH, switch)], Path::new("/"));
            assert_eq!(at_start(&around).is_some(), warns, "{agent} {switch}");
        }
    }

    #[test]
    fn a_session_without_the_module_is_warned_once() {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("XDG_CACHE_HOME", dir.path().to_str().unwrap())], Path::new("/"));
        note_loaded("a-1", &around).unwrap();
        assert_eq!(at_prompt("a-1", &around), None);
        assert!(at_prompt("b-2", &around).unwrap().contains("NOT in force"));
        assert_eq!(at_prompt("b-2", &around), None);
        note_loaded("../../evil", &around).unwrap();
        assert_eq!(fs::read_dir(dir.path().join("transcrub")).unwrap().count(), 1);
    }
}
