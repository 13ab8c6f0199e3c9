//! `transcrub.toml`: of the project, then of the user; flags win over both.

use crate::{
    policy::{Allowlist, Exemption, Profile},
    rule::Class,
};
use anyhow::{Context as _, anyhow};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

/// The name of a configuration file.
const NAME: &str = "transcrub.toml";

/// A configuration file, word for word.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigSyntax {
    /// The profile where `share` would be used.
    profile: Option<String>,
    /// What to change in a profile wherever it is used: class to action.
    #[serde(default)]
    profiles: BTreeMap<String, BTreeMap<String, String>>,
    /// Files of known values, relative to the configuration file.
    #[serde(default)]
    known: Vec<PathBuf>,
    /// The key file, relative to the configuration file.
    key_file: Option<PathBuf>,
    /// What is exempt.
    #[serde(default)]
    allow: Vec<ExemptionSyntax>,
}

/// One `[[allow]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExemptionSyntax {
    rule: Option<String>,
    tag: Option<String>,
    path: Option<String>,
    regex: Option<String>,
    #[serde(default)]
    reason: String,
}

impl ConfigSyntax {
    /// Makes the files it names relative to `folder`.
    fn root_at(&mut self, folder: &Path) {
        for file in self.known.iter_mut().chain(&mut self.key_file) {
            *file = folder.join(&*file);
        }
    }
}

/// Every configuration file that counts, the nearest first.
#[derive(Debug, Default)]
pub(super) struct Config {
    files: Vec<(PathBuf, ConfigSyntax)>,
}

impl Config {
    /// The files that exist: the project's, from the working folder upwards, then the user's.
    pub(super) fn places() -> Vec<PathBuf> {
        let here = env::current_dir().unwrap_or_default();
        let project = here.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file());
        let user = user_folder().map(|folder| folder.join("transcrub").join(NAME)).filter(|f| f.is_file());
        project.into_iter().chain(user).collect()
    }

    /// Reads `paths`, the nearest first.
    pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let read = |path: &PathBuf| {
            let shown = || format!("cannot use configuration {}", path.display());
            let text = fs::read_to_string(path).with_context(shown)?;
            let mut syntax: ConfigSyntax =
                toml::from_str(&text).map_err(|error| anyhow!(told(&error, &text))).with_context(shown)?;
            syntax.root_at(path.parent().unwrap_or(Path::new("")));
            Ok((path.clone(), syntax))
        };
        Ok(Self { files: paths.iter().map(read).collect::<anyhow::Result<_>>()? })
    }

    /// The profile to use where the command's own is `default`. A configuration may replace `share` only: what is
    /// done in place or for a bug report is said on the command line.
    pub(super) fn default_profile(&self, default: Profile) -> anyhow::Result<Profile> {
        let named = self.files.iter().find_map(|(path, file)| Some((path, file.profile.as_ref()?)));
        match named {
            Some((path, name)) if default == Profile::share() => {
                Profile::named(name).with_context(|| format!("cannot use configuration {}", path.display()))
            }
            _ => Ok(default),
        }
    }

    /// `profile` with what the files change in it.
    pub(super) fn adjust(&self, mut profile: Profile) -> anyhow::Result<Profile> {
        let name = profile.name().to_owned();
        for (path, file) in self.files.iter().rev() {
            let shown = || format!("cannot use configuration {}", path.display());
            for other in file.profiles.keys() {
                Profile::named(other).with_context(shown)?;
            }
            for (class, action) in file.profiles.get(&name).into_iter().flatten() {
                let class = Class::from_name(class)
                    .ok_or_else(|| anyhow!("there is no class `{class}`"))
                    .with_context(shown)?;
                profile.set(class, action).with_context(shown)?;
            }
        }
        Ok(profile)
    }

    /// Everything that is exempt.
    pub(super) fn allowlist(&self) -> anyhow::Result<Allowlist> {
        let mut list = Allowlist::default();
        for (path, file) in &self.files {
            for (index, entry) in file.allow.iter().enumerate() {
                let ExemptionSyntax { rule, tag, path: glob, regex, reason } = entry;
                let exemption = Exemption {
                    rule: rule.clone(),
                    tag: tag.clone(),
                    path: glob.clone(),
                    regex: regex.clone(),
                    reason: reason.clone(),
                };
                list.add(&exemption).with_context(|| {
                    format!("cannot use configuration {}: [[allow]] number {}", path.display(), index + 1)
                })?;
            }
        }
        Ok(list)
    }

    /// The files that were read, the nearest first.
    pub(super) fn sources(&self) -> Vec<PathBuf> {
        self.files.iter().map(|(path, _)| path.clone()).collect()
    }

    /// The files of known values.
    pub(super) fn known(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().flat_map(|(_, file)| &file.known)
    }

    /// The key file.
    pub(super) fn key_file(&self) -> Option<&Path> {
        self.files.iter().find_map(|(_, file)| file.key_file.as_deref())
    }
}

/// What is wrong with a configuration file and in which line; not the line itself, which may hold a value.
fn told(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    match line {
        Some(line) => format!("line {line}: {}", error.message().replace('\n', " ")),
        None => error.message().replace('\n', " "),
    }
}

/// The folder of the user's configuration files.
fn user_folder() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CONFIG_HOME")
        .or_else(|| absolute("APPDATA"))
        .or_else(|| Some(absolute("HOME")?.join(".config")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(files: &[&str]) -> anyhow::Result<Config> {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..files.len()).map(|i| dir.path().join(i.to_string())).collect();
        for (path, text) in paths.iter().zip(files) {
            fs::write(path, text).unwrap();
        }
        Config::read(&paths)
    }

    #[test]
    fn the_project_wins_over_the_user() {
        let config = config(&[
            "profile = 'bug'\n[profiles.bug]\ncode = 'keep'",
            "profile = 'retain'\nkey-file = 'k'\n[profiles.bug]\ncode = 'drop'\nmedia = 'keep'",
        ])
        .unwrap();
        let profile = config.adjust(config.default_profile(Profile::share()).unwrap()).unwrap();
        assert_eq!(
            Class::ALL.map(|class| profile.action(class)),
            ["replace", "replace", "full", "keep", "keep"]
        );
        assert!(config.key_file().is_some_and(|key| key.is_absolute() && key.ends_with("k")));
    }

    #[test]
    fn a_configured_profile_stays_away_from_what_is_done_in_place() {
        let config = config(&["profile = 'bug'"]).unwrap();
        assert_eq!(config.default_profile(Profile::retain()).unwrap(), Profile::retain());
    }

    #[test]
    fn what_a_file_gets_wrong_is_told_by_line_without_the_line() {
        let error = config(&["profile = 'bug'\nprofil = 'hunter2hunter2'"]).unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("line 2: unknown field `profil`") && !text.contains("hunter2"), "{text}");
        let allow = config(&["[[allow]]\nrule = 'no.such'\nreason = 'made up'"]).unwrap();
        assert!(format!("{:#}", allow.allowlist().unwrap_err()).contains("number 1: there is no rule"));
        for bad in
            ["[profiles.nope]", "[profiles.share]\nsecrets = 'keep'", "[profiles.share]\nsecret = 'home'"]
        {
            assert!(config(&[bad]).unwrap().adjust(Profile::share()).is_err(), "{bad}");
        }
    }
}
