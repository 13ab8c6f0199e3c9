//! Names of files below a folder: patterns, and the walk.

use std::{
    fs::{self, Metadata},
    path::{Path, PathBuf},
};

/// Whether `pattern` fits a relative path: `*` is any part of one name, `**` any number of names.
pub(super) fn matches(pattern: &str, path: &Path) -> bool {
    let names: Vec<_> = path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let parts: Vec<&str> = pattern.split('/').collect();
    names_match(&parts, &names)
}

fn names_match(parts: &[&str], names: &[String]) -> bool {
    match (parts, names) {
        (["**"], rest) => !rest.is_empty(),
        (["**", more @ ..], rest) => (0..=rest.len()).any(|skip| names_match(more, &rest[skip..])),
        ([part, more @ ..], [name, rest @ ..]) => name_matches(part, name) && names_match(more, rest),
        (parts, names) => parts.is_empty() && names.is_empty(),
    }
}

/// Whether something below a relative path may fit `pattern`.
pub(super) fn leads_to(pattern: &str, path: &Path) -> bool {
    let names: Vec<_> = path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let parts: Vec<&str> = pattern.split('/').collect();
    let deep = parts.iter().position(|part| *part == "**").unwrap_or(usize::MAX);
    let same = parts.iter().zip(&names).take(deep).all(|(part, name)| name_matches(part, name));
    same && (deep <= names.len() || parts.len() > names.len())
}

fn name_matches(pattern: &str, name: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return pattern == name };
    let Some(rest) = name.strip_prefix(head) else { return false };
    if !tail.contains('*') {
        return rest.ends_with(tail);
    }
    (0..=rest.len()).filter(|&i| rest.is_char_boundary(i)).any(|i| name_matches(tail, &rest[i..]))
}

/// Visits all plain files and links in a folder, with those of its folders if `deep`; links are not followed, but the
/// folder itself may be one.
pub(super) fn walk(
    folder: &Path,
    deep: bool,
    errors: &mut Vec<String>,
    visit: &mut dyn FnMut(&Path, &Metadata),
) {
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                errors.push(format!("cannot read {}: {error}", folder.display()));
                continue;
            }
        };
        for entry in entries {
            let found = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)));
            match found {
                Ok((path, data)) if data.is_dir() && deep => open.push(path),
                Ok((path, data)) if data.is_file() || data.is_symlink() => visit(&path, &data),
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    errors.push(format!("cannot look into {}: {error}", folder.display()));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_parts_of_names_and_double_stars_for_folders() {
        for (pattern, path, fits) in [
            ("a/*.jsonl", "a/b.jsonl", true),
            ("a/*.jsonl", "a/b/c.jsonl", false),
            ("a/**/*.jsonl", "a/c.jsonl", true),
            ("a/**/*.jsonl", "a/b/b/c.jsonl", true),
            ("a/**", "a", false),
            ("a/**", "a/b/c", true),
            ("**", "x", true),
            ("*.db*", "x.db-wal", true),
            ("*.db*", "y/x.db", false),
            ("settings*.json", "settings.local.json", true),
            ("s/*/t", "s/u/t", true),
            ("s/*/t", "s/t", false),
        ] {
            assert_eq!(matches(pattern, Path::new(path)), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_folder_leads_to_what_may_lie_below_it() {
        for (pattern, path, leads) in [
            ("projects/**", "projects", true),
            ("projects/**/*.jsonl", "projects/a/b", true),
            ("projects/*/memory/**", "projects/a", true),
            ("projects/*/memory/**", "projects/a/other", false),
            ("history.jsonl", "history.jsonl", false),
            ("ide/*.lock", "ide", true),
            ("ide/*.lock", "plugins", false),
            ("**", "any/thing", true),
        ] {
            assert_eq!(leads_to(pattern, Path::new(path)), leads, "{pattern} {path}");
        }
    }
}
