//! What there was of a settings file before something was put into it, so that taking it out again leaves that.
//!
//! A settings file cannot say who made it: `{}` may be the user's own. So the list of what was made here lies in the
//! data folder, one line a file: no content, but which file and folders were not there, and which lists and objects
//! were there and empty.

use super::{
    hooks,
    settings::{Settings, SettingsError},
};
use crate::{output::OutputError, store::Surroundings};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// What a settings file was before the first change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// Whether there was no file.
    file: bool,
    /// The folders that were not there, the innermost first.
    folders: Vec<PathBuf>,
    /// Empty objects and lists: their keys, and the white space in them.
    empty: Vec<(Vec<String>, String)>,
}

impl Before {
    /// What `settings` are now, before anything is put into them.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let events: Vec<[&str; 2]> = hooks::events().map(|event| ["hooks", event]).collect();
        let mut places: Vec<&[&str]> = vec![&[], &["env"], &["hooks"]];
        places.extend(events.iter().map(<[&str; 2]>::as_slice));
        let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect();
        let inner = |place: &&[&str]| Some((keys(place), settings.inner_of_empty(place)?.to_owned()));
        Self {
            file: settings.is_new(),
            folders: missing(settings.path()),
            empty: places.iter().filter_map(inner).collect(),
        }
    }

    /// What was noted of the file at `path`: as it was before the first change that has not been taken back.
    #[must_use]
    pub fn noted(path: &Path, around: &Surroundings) -> Option<Self> {
        lines(around).iter().find_map(|line| of_json(line, path))
    }

    /// Notes this for the file at `path`, unless something is noted already that still holds. Not being able to leaves
    /// `{}` behind later.
    pub fn note(&self, path: &Path, around: &Surroundings) {
        let (Some(list), true) = (list(around), *self != Self::default()) else { return };
        if Self::noted(path, around).is_some() {
            // A file that is not there, or empty, is as somebody else left it since.
            if !self.is_blank() {
                return;
            }
            Self::forget(path, around);
        }
        let folder = list.parent().unwrap_or(Path::new("."));
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut line = self.to_json(path);
        // Other folders that were made and still stand, here those of the list itself.
        line["own"] = json!(missing(&list));
        let line = format!("{line}\n");
        let opened = fs::create_dir_all(folder).and_then(|()| options.open(&list));
        let _ = opened.and_then(|mut file| file.write_all(line.as_bytes()));
    }

    /// Whether there was nothing at all in the file.
    fn is_blank(&self) -> bool {
        self.file || self.empty.iter().any(|(keys, _)| keys.is_empty())
    }

    /// The keys of what was there and empty.
    pub fn empty(&self) -> impl Iterator<Item = Vec<&str>> {
        self.empty.iter().map(|(keys, _)| keys.iter().map(String::as_str).collect())
    }

    /// Writes `settings` after something was taken out: what was empty before is so again, and a file that was not there
    /// goes, if nothing else has come into it. Tells whether anything was written or removed.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn restore(&self, settings: &mut Settings, around: &Surroundings) -> Result<bool, SettingsError> {
        for (keys, inner) in &self.empty {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            settings.fill_empty(&keys, inner)?;
        }
        let path = settings.path().to_owned();
        if self.file && settings.inner_of_empty(&[]).is_some() {
            let removed = fs::remove_file(&path);
            removed.map_err(|source| OutputError::Write { path: path.clone(), source })?;
            Self::forget(&path, around);
            return Ok(true);
        }
        let is_empty = |(keys, _): &(Vec<String>, String)| {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            settings.inner_of_empty(&keys).is_some()
        };
        if !self.file && self.empty.iter().all(is_empty) {
            Self::forget(&path, around);
        }
        settings.write()
    }

    /// Takes a file off the list, and removes the folders that were made, here or before, and are empty.
    fn forget(path: &Path, around: &Surroundings) {
        let Some(list) = list(around) else { return };
        let (mut kept, mut made) = (Vec::new(), Vec::new());
        for line in lines(around) {
            made.extend(value(&line).iter().flat_map(|line| paths(&line["own"])));
            match of_json(&line, path) {
                Some(gone) => made.extend(gone.folders),
                None => kept.extend(value(&line)),
            }
        }
        if kept.is_empty() {
            let _ = fs::remove_file(&list);
        }
        made.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        made.retain(|folder| fs::remove_dir(folder).is_err() && folder.exists());
        // What cannot be forgotten is met again at the next installation, which then notes nothing new.
        if let Some(first) = kept.first_mut() {
            first["own"] = json!(made);
            let text: String = kept.iter().map(|line| format!("{line}\n")).collect();
            let _ = fs::write(&list, text);
        }
    }

    fn to_json(&self, path: &Path) -> Value {
        let empty: Vec<Value> =
            self.empty.iter().map(|(keys, inner)| json!({ "keys": keys, "inner": inner })).collect();
        json!({ "path": path, "file": self.file, "folders": self.folders, "empty": empty })
    }
}

/// The folders above a path that are not there, the innermost first.
fn missing(path: &Path) -> Vec<PathBuf> {
    path.ancestors().skip(1).take_while(|folder| !folder.exists()).map(Path::to_owned).collect()
}

fn paths(list: &Value) -> Vec<PathBuf> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from).collect()
}

fn value(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

fn list(around: &Surroundings) -> Option<PathBuf> {
    around.data().map(|data| data.join("transcrub/made.jsonl"))
}

fn lines(around: &Surroundings) -> Vec<String> {
    let text = list(around).and_then(|list| fs::read_to_string(list).ok()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// What a line of the list says, if it is about the file at `path`.
fn of_json(line: &str, path: &Path) -> Option<Before> {
    let value = value(line)?;
    if value["path"].as_str().map(Path::new) != Some(path) {
        return None;
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let empty = value["empty"].as_array()?.iter().map(|one| {
        let inner = text(&one["inner"]).filter(|inner| inner.trim().is_empty())?;
        Some((one["keys"].as_array()?.iter().map(text).collect::<Option<_>>()?, inner))
    });
    Some(Before {
        file: value["file"].as_bool()?,
        folders: paths(&value["folders"]),
        empty: empty.collect::<Option<_>>()?,
    })
}
