//! A settings file, edited as text: what is not edited keeps its bytes, order and layout.

use crate::{
    output::{Draft, OutputError, Target},
    transcript::{json::Kind, tree::Tree},
};
use serde_json::Value;
use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Why a settings file was left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// It could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not a JSON object.
    #[error("{} is not a JSON object (byte {offset}): it was left as it is; repair it first", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The first byte that does not fit.
        offset: usize,
    },
    /// A part of it is not what the client expects there.
    #[error("{}: `{name}` is not {expected}: it was left as it is; repair it first", path.display())]
    Unexpected {
        /// The file.
        path: PathBuf,
        /// Keys from the top, joined by dots.
        name: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// It could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// A settings file as text, with its structure.
pub struct Settings {
    path: PathBuf,
    text: String,
    tree: Tree,
    is_new: bool,
}

impl Settings {
    /// The settings at `path`; a file that is not there holds none.
    ///
    /// # Errors
    /// [`SettingsError::Read`], [`SettingsError::Broken`].
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let (text, is_new) = match fs::read(path) {
            Ok(bytes) => (bytes, false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (b"{}\n".to_vec(), true),
            Err(source) => return Err(SettingsError::Read { path: path.to_owned(), source }),
        };
        let broken = |offset| SettingsError::Broken { path: path.to_owned(), offset };
        let text = String::from_utf8(text).map_err(|e| broken(e.utf8_error().valid_up_to()))?;
        let mut settings = Self { path: path.to_owned(), text, tree: Tree::default(), is_new };
        settings.index()?;
        Ok(settings)
    }

    /// Whether the file is not there yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All values.
    ///
    /// # Errors
    /// [`SettingsError::Broken`] for what a strict parser refuses.
    pub fn value(&self) -> Result<Value, SettingsError> {
        let broken = |_| SettingsError::Broken { path: self.path.clone(), offset: 0 };
        serde_json::from_str(&self.text).map_err(broken)
    }

    fn index(&mut self) -> Result<(), SettingsError> {
        let path = &self.path;
        let broken = |offset| SettingsError::Broken { path: path.clone(), offset };
        self.tree.read(self.text.as_bytes()).map_err(|e| broken(e.offset))?;
        match self.tree.tokens().first() {
            Some(first) if first.kind == Kind::ObjectStart => self.value().map(drop),
            _ => Err(broken(0)),
        }
    }

    /// The token of the value under these keys.
    fn find(&self, keys: &[&str]) -> Option<usize> {
        keys.iter().try_fold(0, |object, key| {
            let start = self.tree.tokens()[object].kind == Kind::ObjectStart;
            start.then(|| self.tree.member(self.text.as_bytes(), object, key.as_bytes())).flatten()
        })
    }

    /// Puts `value` under these keys, in the place of what stands there, or at the end of its object.
    ///
    /// # Errors
    /// [`SettingsError::Unexpected`] if something on the way is not an object.
    pub fn set(&mut self, keys: &[&str], value: &Value) -> Result<(), SettingsError> {
        if let Some(old) = self.find(keys) {
            let (start, end) = self.extent(old);
            let depth = self.depth(old);
            let new = self.render(value, depth);
            return self.splice(start, end, &new);
        }
        let (last, above) = keys.split_last().expect("at least one key");
        let Some(object) = self.find(above) else {
            let nested = serde_json::json!({ *last: value });
            return self.set(above, &nested);
        };
        self.expect(object, Kind::ObjectStart, above, "an object")?;
        self.insert(object, Some(last), value)
    }

    /// Appends `value` to the list under these keys, making it if it is not there.
    ///
    /// # Errors
    /// [`SettingsError::Unexpected`] if what stands there is not a list.
    pub fn push(&mut self, keys: &[&str], value: &Value) -> Result<(), SettingsError> {
        match self.find(keys) {
            None => self.set(keys, &Value::Array(vec![value.clone()])),
            Some(list) => {
                self.expect(list, Kind::ArrayStart, keys, "a list")?;
                self.insert(list, None, value)
            }
        }
    }

    /// Removes the items of the list under these keys for which `goes` holds; then the list itself and each object
    /// around it that has become empty, up to one whose keys are in `stays`. Tells whether anything went.
    ///
    /// # Errors
    /// [`SettingsError::Broken`] never for settings that were read.
    pub fn retract(
        &mut self,
        keys: &[&str],
        goes: impl Fn(&Value) -> bool,
        stays: &[Vec<&str>],
    ) -> Result<bool, SettingsError> {
        let mut any = false;
        while let Some(list) = self.find(keys).filter(|&i| self.tree.tokens()[i].kind == Kind::ArrayStart) {
            let item = |&i: &usize| {
                let (start, end) = self.extent(i);
                serde_json::from_str(&self.text[start..end]).is_ok_and(|value| goes(&value))
            };
            let Some(gone) = self.tree.children(list).find(item) else { break };
            self.cut(gone)?;
            any = true;
        }
        if any {
            self.prune(keys, stays)?;
        }
        Ok(any)
    }

    /// Removes what stands under these keys, then each object around it that has become empty.
    ///
    /// # Errors
    /// As [`Self::retract`].
    pub fn unset(&mut self, keys: &[&str], stays: &[Vec<&str>]) -> Result<bool, SettingsError> {
        let Some(index) = self.find(keys) else { return Ok(false) };
        self.cut(index)?;
        self.prune(&keys[..keys.len() - 1], stays)?;
        Ok(true)
    }

    /// The white space in the object or list under these keys, if that holds nothing else.
    #[must_use]
    pub fn inner_of_empty(&self, keys: &[&str]) -> Option<&str> {
        let (start, end) = self.inside(keys)?;
        Some(&self.text[start..end])
    }

    /// Puts white space into the object or list under these keys, if that holds nothing else.
    ///
    /// # Errors
    /// [`SettingsError::Broken`] if `inner` is something else.
    pub fn fill_empty(&mut self, keys: &[&str], inner: &str) -> Result<(), SettingsError> {
        match self.inside(keys) {
            Some((start, end)) => self.splice(start, end, inner),
            None => Ok(()),
        }
    }

    /// Where the inside of an empty object or list stands.
    fn inside(&self, keys: &[&str]) -> Option<(usize, usize)> {
        let index = self.find(keys)?;
        let container = matches!(self.tree.tokens()[index].kind, Kind::ObjectStart | Kind::ArrayStart);
        let empty = container && self.tree.children(index).next().is_none();
        let open = self.tree.tokens()[index].end as usize;
        empty.then(|| (open, self.tree.tokens()[self.close(index)].start as usize))
    }

    fn prune(&mut self, keys: &[&str], stays: &[Vec<&str>]) -> Result<(), SettingsError> {
        for depth in (1..=keys.len()).rev() {
            if stays.iter().any(|stay| stay == &keys[..depth]) {
                break;
            }
            match self.find(&keys[..depth]) {
                Some(index) if self.tree.children(index).next().is_none() => self.cut(index)?,
                _ => break,
            }
        }
        Ok(())
    }

    /// Writes the text if it differs from what the file holds: whole or not at all, with the old mode.
    ///
    /// # Errors
    /// [`SettingsError::Output`].
    pub fn write(&self) -> Result<bool, SettingsError> {
        let old = fs::read(&self.path).ok();
        if old.as_deref() == Some(self.text.as_bytes()) {
            return Ok(false);
        }
        let failed = |source| OutputError::Write { path: self.path.clone(), source };
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut draft = Draft::new(Target::new(&self.path)?)?;
        draft.write_all(self.text.as_bytes()).map_err(failed)?;
        if let Ok(metadata) = fs::metadata(&self.path) {
            draft.file().set_permissions(metadata.permissions()).map_err(failed)?;
        }
        draft.commit()?;
        Ok(true)
    }

    fn expect(
        &self,
        index: usize,
        kind: Kind,
        keys: &[&str],
        expected: &'static str,
    ) -> Result<(), SettingsError> {
        if self.tree.tokens()[index].kind == kind {
            return Ok(());
        }
        Err(SettingsError::Unexpected { path: self.path.clone(), name: keys.join("."), expected })
    }

    /// The bytes of a value, quotes and brackets counted.
    fn extent(&self, index: usize) -> (usize, usize) {
        let extent = self.tree.extent(index);
        (extent.start, extent.end)
    }

    /// The token that closes an object or list.
    fn close(&self, index: usize) -> usize {
        self.tree.close(index)
    }

    fn depth(&self, index: usize) -> usize {
        std::iter::successors(self.tree.parent(index), |&i| self.tree.parent(i)).count()
    }

    /// Adds a value at the end of an object (under `key`) or list, laid out as its neighbours are.
    fn insert(&mut self, container: usize, key: Option<&str>, value: &Value) -> Result<(), SettingsError> {
        let depth = self.depth(container) + 1;
        let name = key.map(|k| format!("{}: ", Value::from(k))).unwrap_or_default();
        let close = self.tree.tokens()[self.close(container)].start as usize;
        let open = self.tree.tokens()[container].end as usize;
        let last = self.tree.children(container).last();
        let line = |this: &Self, depth: usize| format!("\n{}", this.unit().repeat(depth));
        match last {
            None => {
                let new = format!(
                    "{}{name}{}{}",
                    line(self, depth),
                    self.render(value, depth),
                    line(self, depth - 1)
                );
                self.splice(open, close, &new)
            }
            Some(last) => {
                let end = self.extent(last).1;
                let many_lines = self.text[open..close].contains('\n');
                let gap = if many_lines { line(self, depth) } else { " ".to_owned() };
                let new = format!(",{gap}{name}{}", self.render(value, depth));
                self.splice(end, end, &new)
            }
        }
    }

    /// Removes a value with its key and one comma, and the white space between neighbours.
    fn cut(&mut self, index: usize) -> Result<(), SettingsError> {
        let container = self.tree.parent(index).expect("the top value is not cut");
        let first = self.tree.key(index).unwrap_or(index);
        let items: Vec<usize> = self.tree.children(container).collect();
        let place = items.iter().position(|&i| i == index).expect("a child of its parent");
        let open = self.tree.tokens()[container].end as usize;
        let close = self.tree.tokens()[self.close(container)].start as usize;
        let start = match place.checked_sub(1) {
            Some(before) => self.extent(items[before]).1,
            None => open,
        };
        let end = match items.get(place + 1) {
            Some(_) if place > 0 => self.extent(index).1,
            Some(&next) => {
                let next = self.extent(self.tree.key(next).unwrap_or(next)).0;
                // The first item goes up to the next one, whose place it leaves.
                return self.splice(self.extent(first).0, next, "");
            }
            None if place > 0 => self.extent(index).1,
            None => close,
        };
        self.splice(start, end, "")
    }

    fn splice(&mut self, start: usize, end: usize, new: &str) -> Result<(), SettingsError> {
        self.text.replace_range(start..end, new);
        self.index()
    }

    /// What one level of indentation is made of.
    fn unit(&self) -> &str {
        let line =
            self.text.lines().skip(1).find(|l| !l.trim_start().is_empty() && l.trim_start().len() < l.len());
        line.map_or("  ", |l| &l[..l.len() - l.trim_start().len()])
    }

    /// A value on many lines, its first one at `depth`.
    fn render(&self, value: &Value, depth: usize) -> String {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let indent = self.unit().repeat(depth);
        let lines = text.lines().map(|line| {
            let rest = line.trim_start();
            format!("{}{rest}", self.unit().repeat((line.len() - rest.len()) / 2))
        });
        lines.collect::<Vec<_>>().join(&format!("\n{indent}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings(text: &str) -> Settings {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        fs::write(&path, text).unwrap();
        Settings::read(&path).unwrap()
    }

    #[test]
    fn an_addition_changes_nothing_else_and_can_be_taken_back() {
        for text in [
            "{}",
            "{}\n",
            "{\n  \"b\": 1,\n  \"a\" : [1,2 ,3]\n}\n",
            "{\n\t\"hooks\": {\n\t\t\"Stop\": [\n\t\t\t{\"x\": 1}\n\t\t]\n\t}\n}",
            "{\"hooks\":{\"PostToolUse\":[{\"matcher\":\"Bash\"}]},\"z\":\"\\u00e9\"}",
            "{\r\n    \"env\": { \"A\": \"1\" }\r\n}\r\n",
        ] {
            let mut edited = settings(text);
            edited.push(&["hooks", "PostToolUse"], &json!({"mine": [1, {"k": 2}]})).unwrap();
            edited.push(&["hooks", "Stop"], &json!({"mine": true})).unwrap();
            let value = edited.value().unwrap();
            assert_eq!(value["hooks"]["Stop"].as_array().unwrap().last().unwrap()["mine"], json!(true));
            let mine = |v: &Value| v.get("mine").is_some();
            assert!(edited.retract(&["hooks", "PostToolUse"], mine, &[]).unwrap());
            assert!(edited.retract(&["hooks", "Stop"], mine, &[]).unwrap());
            assert!(!edited.retract(&["hooks", "Stop"], mine, &[]).unwrap());
            assert_eq!(edited.text(), text);
        }
    }

    #[test]
    fn additions_are_laid_out_like_their_neighbours() {
        let mut edited = settings("{\n    \"model\": \"x\"\n}\n");
        edited.set(&["env", "A"], &json!("1")).unwrap();
        edited.set(&["env", "B"], &json!("2")).unwrap();
        edited.set(&["env", "A"], &json!("3")).unwrap();
        let want = "{\n    \"model\": \"x\",\n    \"env\": {\n        \"A\": \"3\",\n        \"B\": \"2\"\n    }\n}\n";
        assert_eq!(edited.text(), want);
        edited.unset(&["env", "A"], &[]).unwrap();
        assert_eq!(edited.text(), want.replace("\"A\": \"3\",\n        ", ""));
        edited.unset(&["env", "B"], &[]).unwrap();
        assert_eq!(edited.text(), "{\n    \"model\": \"x\"\n}\n");
    }

    #[test]
    fn what_is_not_settings_is_refused_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        for text in ["", "[]", "{\"a\":1,}", "{\"a\":1", "{} {}", "// x\n{}", "\u{feff}{}"] {
            fs::write(&path, text).unwrap();
            assert!(matches!(Settings::read(&path), Err(SettingsError::Broken { .. })), "{text}");
        }
        let mut odd = settings("{\"hooks\": [], \"env\": {\"A\": {}}}");
        assert!(matches!(odd.push(&["hooks", "Stop"], &json!(1)), Err(SettingsError::Unexpected { .. })));
        assert!(matches!(odd.push(&["env"], &json!(1)), Err(SettingsError::Unexpected { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_written_file_keeps_its_mode_and_links_lead_on() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let (path, link) = (dir.path().join("real.json"), dir.path().join("settings.json"));
        fs::write(&path, "{}").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut edited = Settings::read(&link).unwrap();
        assert!(!edited.write().unwrap(), "nothing changed, nothing is written");
        edited.set(&["a"], &json!(1)).unwrap();
        assert!(edited.write().unwrap());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
    }
}
