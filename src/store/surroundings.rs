//! The environment a program runs in, as values: so that tests can make one up.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// Variables and working folder.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    vars: BTreeMap<String, OsString>,
    cwd: PathBuf,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let vars = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        Self { vars: vars.collect(), cwd: std::env::current_dir().unwrap_or_default() }
    }

    /// Made-up ones.
    pub fn new<'a>(vars: impl IntoIterator<Item = (&'a str, &'a str)>, cwd: &Path) -> Self {
        let vars = vars.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        Self { vars, cwd: cwd.to_owned() }
    }

    /// The value of a variable that is set and not empty.
    #[must_use]
    pub fn var(&self, name: &str) -> Option<&OsStr> {
        self.vars.get(name).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// The folder a variable names.
    #[must_use]
    pub fn folder(&self, name: &str) -> Option<PathBuf> {
        self.var(name).map(|value| self.cwd.join(value))
    }

    /// The working folder.
    #[must_use]
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// The home folder, if one is known.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        self.folder("HOME").or_else(|| self.folder("USERPROFILE"))
    }

    /// A folder below the home.
    #[must_use]
    pub fn below_home(&self, name: &str) -> Option<PathBuf> {
        self.home().map(|home| home.join(name))
    }

    /// Where Claude Code keeps everything: `CLAUDE_CONFIG_DIR`, else `~/.claude`.
    #[must_use]
    pub fn claude_root(&self) -> Option<PathBuf> {
        self.folder("CLAUDE_CONFIG_DIR").or_else(|| self.below_home(".claude"))
    }

    /// Claude Code's `.claude.json`, which stands beside its root unless `CLAUDE_CONFIG_DIR` is set.
    #[must_use]
    pub fn claude_json(&self) -> Option<PathBuf> {
        let moved = self.folder("CLAUDE_CONFIG_DIR").map(|root| root.join(".claude.json"));
        moved.or_else(|| self.below_home(".claude.json"))
    }

    /// The folder for what may be lost: `XDG_CACHE_HOME`, else the system's usual one.
    #[must_use]
    pub fn cache(&self) -> Option<PathBuf> {
        let usual = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
        let windows = || self.folder("LOCALAPPDATA").filter(|_| cfg!(windows));
        let folder = self.folder("XDG_CACHE_HOME").or_else(windows).or_else(|| self.below_home(usual));
        folder.map(|f| f.join("transcrub"))
    }

    /// `XDG_DATA_HOME`, else `~/.local/share`.
    #[must_use]
    pub fn data(&self) -> Option<PathBuf> {
        self.folder("XDG_DATA_HOME").or_else(|| self.below_home(".local/share"))
    }

    /// `XDG_STATE_HOME`, else `~/.local/state`.
    #[must_use]
    pub fn state(&self) -> Option<PathBuf> {
        self.folder("XDG_STATE_HOME").or_else(|| self.below_home(".local/state"))
    }

    /// `XDG_CONFIG_HOME`, else `~/.config`.
    #[must_use]
    pub fn config(&self) -> Option<PathBuf> {
        self.folder("XDG_CONFIG_HOME").or_else(|| self.below_home(".config"))
    }
}

/// The folder for settings that an administrator has set for the whole machine.
#[must_use]
pub fn managed_folder() -> &'static Path {
    Path::new(if cfg!(target_os = "macos") {
        "/Library/Application Support/ClaudeCode"
    } else if cfg!(windows) {
        r"C:\Program Files\ClaudeCode"
    } else {
        "/etc/claude-code"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_move_the_folders_and_empty_ones_do_not() {
        let here = Path::new("/w");
        let plain = Surroundings::new([("HOME", "/h"), ("CLAUDE_CONFIG_DIR", "")], here);
        assert_eq!(plain.claude_root().unwrap(), Path::new("/h/.claude"));
        assert_eq!(plain.claude_json().unwrap(), Path::new("/h/.claude.json"));
        let moved = Surroundings::new([("HOME", "/h"), ("CLAUDE_CONFIG_DIR", "c")], here);
        assert_eq!(moved.claude_root().unwrap(), Path::new("/w/c"));
        assert_eq!(moved.claude_json().unwrap(), Path::new("/w/c/.claude.json"));
        assert_eq!(Surroundings::default().claude_root(), None);
    }
}
