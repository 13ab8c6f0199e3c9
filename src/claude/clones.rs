//! The clones that were made on this machine, so that they can be listed and removed.

use super::clone::{CloneError, Placed, failed, is_uuid};
use crate::store::Surroundings;
use serde_json::{Value, json};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// A clone that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Where it lies.
    pub placed: Placed,
    /// When it was made.
    pub at: SystemTime,
}

fn list_file(around: &Surroundings) -> Result<PathBuf, CloneError> {
    around.data().map(|data| data.join("transcrub/clones.jsonl")).ok_or(CloneError::NoHome)
}

/// Notes a clone in the list.
///
/// # Errors
/// [`CloneError::Io`], [`CloneError::NoHome`].
pub fn note(placed: &Placed, around: &Surroundings) -> Result<(), CloneError> {
    let file = list_file(around)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let line = format!("{}\n", to_json(placed, SystemTime::now()));
    let written = options.open(&file).and_then(|mut list| list.write_all(line.as_bytes()));
    written.map_err(failed("write", &file))
}

/// The clones that were made and are still there.
///
/// # Errors
/// [`CloneError::NoHome`].
pub fn all(around: &Surroundings) -> Result<Vec<Made>, CloneError> {
    let text = fs::read_to_string(list_file(around)?).unwrap_or_default();
    let made = text.lines().filter_map(from_json);
    Ok(made.filter(|made| made.placed.path.exists() || made.placed.cwd.exists()).collect())
}

/// Removes those of the clones that are at least `age` old. Gives them, and the folders that stayed since something
/// else lies there.
///
/// # Errors
/// [`CloneError`].
pub fn clean(age: Duration, around: &Surroundings) -> Result<(Vec<Made>, Vec<PathBuf>), CloneError> {
    let now = SystemTime::now();
    let is_old = |made: &Made| now.duration_since(made.at).unwrap_or_default() >= age;
    let (gone, kept): (Vec<_>, Vec<_>) = all(around)?.into_iter().partition(is_old);
    let mut stayed = Vec::new();
    for made in &gone {
        stayed.extend(made.placed.remove()?);
    }
    let file = list_file(around)?;
    if !gone.is_empty() {
        let lines: String = kept.iter().map(|made| format!("{}\n", to_json(&made.placed, made.at))).collect();
        fs::write(&file, lines).map_err(failed("write", &file))?;
    }
    Ok((gone, stayed))
}

fn to_json(placed: &Placed, at: SystemTime) -> Value {
    let seconds = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    json!({ "path": placed.path, "cwd": placed.cwd, "config": placed.config, "made": seconds })
}

fn from_json(line: &str) -> Option<Made> {
    let value: Value = serde_json::from_str(line).ok()?;
    let path = |name: &str| value[name].as_str().map(PathBuf::from);
    let placed = Placed { path: path("path")?, cwd: path("cwd")?, config: path("config") };
    // What the list names is removed: only what can be a clone.
    let begins = |path: &PathBuf, with: &str| {
        path.is_absolute() && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(with))
    };
    let id = placed.path.file_stem()?.to_str()?.as_bytes();
    let fits = is_uuid(id)
        && placed.path.is_absolute()
        && begins(&placed.cwd, "session-")
        && placed.config.as_ref().is_none_or(|config| begins(config, "config-"));
    if !fits {
        return None;
    }
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(value["made"].as_u64()?);
    Some(Made { placed, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_clone_is_ever_removed() {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], dir.path());
        let precious = dir.path().join("precious");
        fs::create_dir_all(precious.join("deep")).unwrap();
        fs::write(precious.join("thesis.jsonl"), "x").unwrap();
        let own = |name: &str| precious.join(name);
        let id = "72828156-7017-4c4b-965d-8a6774576f18.jsonl";
        for (path, cwd, config) in [
            (own("thesis.jsonl"), own("session-1"), None),
            (own(id), own("deep"), None),
            (own(id), own("session-1"), Some(precious.clone())),
            (PathBuf::from(id), own("session-1"), None),
        ] {
            note(&Placed { path, cwd, config }, &around).unwrap();
        }
        assert_eq!(all(&around).unwrap(), []);
        assert!(clean(Duration::ZERO, &around).unwrap().0.is_empty());
        assert!(precious.join("thesis.jsonl").exists() && precious.join("deep").exists());
    }
}
