//! Repositories whose code is public and stays: `--keep-code-of`.

use crate::transcript::{agent::Fields, record::Record, text::Field, tree::Tree, view::unescape};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Folders and files whose code stays, as patterns of `.gitignore`.
pub(super) struct Kept {
    patterns: Gitignore,
}

/// Why a pattern was refused.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is no pattern of folders: {why}")]
pub struct PatternError {
    pattern: String,
    why: String,
}

impl Kept {
    /// Reads patterns such as `/home/maribel/oss/**`; nothing without any.
    pub(super) fn new(patterns: &[String]) -> Result<Option<Self>, PatternError> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in patterns {
            let refused = |why: String| PatternError { pattern: pattern.clone(), why };
            if pattern.starts_with('!') || pattern.trim().is_empty() {
                return Err(refused("it names nothing".to_owned()));
            }
            builder
                .add_line(None, &pattern.replace('\\', "/"))
                .map_err(|error| refused(error.to_string()))?;
        }
        let patterns = builder
            .build()
            .map_err(|error| PatternError { pattern: patterns.join(" "), why: error.to_string() })?;
        Ok((!patterns.is_empty()).then_some(Self { patterns }))
    }

    /// Whether the code in a record stays: every file that it names fits a pattern, or, if it names none, the folder that
    /// it was written in. One that names neither loses its code.
    pub(super) fn keeps(&self, record: &Record<'_>) -> bool {
        let mut tree = Tree::default();
        if tree.read(record.bytes).is_err() {
            return false;
        }
        let mut fields = Fields::default();
        fields.read(record.bytes, &tree);
        let text = |index: usize| {
            let token = tree.tokens()[index];
            String::from_utf8_lossy(unescape(token.bytes(record.bytes), 0).bytes()).replace('\\', "/")
        };
        let folder = fields.find(Field::WorkingDirectory).map(text);
        let mut files =
            (0..tree.tokens().len()).filter(|&i| fields.get(i) == Field::Path).map(text).peekable();
        if files.peek().is_none() {
            return folder.is_some_and(|folder| self.fits(&folder));
        }
        files.all(|file| {
            let relative = !file.starts_with('/') && file.as_bytes().get(1) != Some(&b':');
            match folder.as_deref().filter(|_| relative) {
                Some(folder) => self.fits(&format!("{folder}/{file}")),
                None => self.fits(&file),
            }
        })
    }

    /// Whether a path, or a folder that it is in, fits a pattern. One that leads upwards fits none.
    fn fits(&self, path: &str) -> bool {
        let inner = path.trim_start_matches('/');
        let upwards = path.split('/').any(|name| name == "..");
        !inner.is_empty() && !upwards && self.patterns.matched_path_or_any_parents(inner, true).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(patterns: &[&str], record: &str) -> bool {
        let patterns: Vec<_> = patterns.iter().map(|p| (*p).to_owned()).collect();
        let record = Record { bytes: record.as_bytes(), offset: 0, line: 1 };
        Kept::new(&patterns).unwrap().is_some_and(|kept| kept.keeps(&record))
    }

    #[test]
    fn code_stays_where_all_files_fit() {
        let read = r#"{"cwd":"/srv/oss/app","message":{"content":[{"type":"tool_use","name":"Read","input":{"file_path":"FILE"}}]}}"#;
        for (file, kept) in [
            ("/srv/oss/app/src/main.rs", true),
            ("src/main.rs", true),
            ("/srv/work/secret.rs", false),
            ("../../work/secret.rs", false),
        ] {
            assert_eq!(keeps(&["/srv/oss/**"], &read.replace("FILE", file)), kept, "{file}");
        }
        assert!(keeps(&["oss"], r#"{"type":"user","cwd":"/srv/oss/app"}"#));
        assert!(keeps(&["C:/oss/*"], r#"{"type":"user","cwd":"C:\\oss\\app"}"#));
        for record in [r#"{"type":"user","cwd":"/srv/app"}"#, r#"{"type":"user"}"#, "no JSON"] {
            assert!(!keeps(&["/srv/oss"], record), "{record}");
        }
        assert!(Kept::new(&["!x".to_owned()]).is_err() && Kept::new(&[]).unwrap().is_none());
    }
}
