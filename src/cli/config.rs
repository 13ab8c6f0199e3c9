//! `transcrub.toml`: of the project, then of the user; flags win over both.

use crate::{
    policy::{AllowError, Allowlist, Exemption, Profile},
    rule::Class,
    tag::{Key, KeyError},
};
use anyhow::{Context as _, anyhow, bail};
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
    /// Refuses changes of profiles, classes and actions that do not exist, whichever profile is used. Nothing is quoted
    /// but our own names.
    fn check_profiles(&self) -> anyhow::Result<()> {
        for (name, changes) in &self.profiles {
            let Ok(profile) = Profile::named(name) else {
                bail!("a table in `profiles` has the name of no profile: use one of {}", profiles());
            };
            for (class, action) in changes {
                let Some(class) = Class::from_name(class) else {
                    let classes = Class::ALL.map(Class::name).join(", ");
                    bail!("`profiles.{name}` names no class: use some of {classes}");
                };
                if profile.clone().set(class, action).is_err() {
                    let actions = Profile::actions(class).join(", ");
                    bail!("`profiles.{name}.{class}` is no action: use one of {actions}");
                }
            }
        }
        Ok(())
    }

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
            syntax.check_profiles().with_context(shown)?;
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
            Some((path, name)) if default == Profile::share() => Profile::named(name)
                .map_err(|_| anyhow!("`profile` names no profile: use one of {}", profiles()))
                .with_context(|| format!("cannot use configuration {}", path.display())),
            _ => Ok(default),
        }
    }

    /// `profile` with what the files change in it.
    pub(super) fn adjust(&self, mut profile: Profile) -> anyhow::Result<Profile> {
        let name = profile.name().to_owned();
        for (_, file) in self.files.iter().rev() {
            for (class, action) in file.profiles.get(&name).into_iter().flatten() {
                let class = Class::from_name(class).context("a class that was checked")?;
                profile.set(class, action)?;
            }
        }
        Ok(profile)
    }

    /// Whether anything is changed in the profile of this name.
    pub(super) fn changes(&self, profile: &str) -> bool {
        self.files.iter().any(|(_, file)| file.profiles.contains_key(profile))
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
                // The cause may quote an expression, and this one quotes nothing.
                list.add(&exemption).map_err(|error| anyhow!(blamed(&error))).with_context(|| {
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

    /// The values in the files of known values. Whoever takes `known` or `key-file` for the place of a value is told
    /// without it.
    pub(super) fn known(&self) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut values = Vec::new();
        for (path, file) in &self.files {
            for (index, list) in file.known.iter().enumerate() {
                let bytes = fs::read(list).with_context(|| {
                    let (path, number) = (path.display(), index + 1);
                    format!("cannot use configuration {path}: cannot read file number {number} of `known`")
                })?;
                values.extend(lines(&bytes));
            }
        }
        Ok(values)
    }

    /// The key in the key file, if one is named.
    pub(super) fn key(&self) -> anyhow::Result<Option<Key>> {
        let named = self.files.iter().find_map(|(path, file)| Some((path, file.key_file.as_deref()?)));
        let Some((path, file)) = named else { return Ok(None) };
        let key = Key::from_file(file).map_err(|error| match error {
            KeyError::Read { source, .. } => anyhow!("cannot read the file that `key-file` names: {source}"),
            error => anyhow!("the file that `key-file` names is no key: {}", error.fault()),
        });
        key.map(Some).with_context(|| format!("cannot use configuration {}", path.display()))
    }
}

/// The lines of a file of known values, without their line breaks.
pub(super) fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let lines = bytes.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect()
}

/// What is wrong with an exemption: which of its keys, not what it says.
fn blamed(error: &AllowError) -> &'static str {
    match error {
        AllowError::Empty => "it needs at least one of rule, tag, path, regex",
        AllowError::NoReason => "it needs a reason",
        AllowError::UnknownRule(_) => "`rule` names no rule: `transcrub rules list` shows them",
        AllowError::BadTag(_) => "`tag` is not the six hexadecimal digits of a placeholder or report",
        AllowError::BadGlob { .. } => "`path` is no glob",
        AllowError::BadRegex { .. } => "`regex` is no regular expression",
    }
}

/// What is wrong with a configuration file and in which line; not the line itself, which may hold a value.
fn told(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let message = unquoted(&error.message().replace('\n', " ")).replace("unknown field", "unknown key");
    match line {
        Some(line) => format!("line {line}: {message}"),
        None => message,
    }
}

/// A message of the parser without what it quotes of the file. What it expected is ours, and stays.
fn unquoted(message: &str) -> String {
    let (head, expected) = message.rfind(", expected ").map_or((message, ""), |at| message.split_at(at));
    let mark = |c: char| matches!(c, '`' | '"' | '\'');
    let head = match (head.find(mark), head.rfind(mark)) {
        (Some(first), Some(last)) => format!("{}{}", head[..first].trim_end(), &head[last + 1..]),
        _ => head.to_owned(),
    };
    head + expected
}

/// The names of all profiles, for people.
fn profiles() -> String {
    Profile::all().map(|profile| profile.name().to_owned()).join(", ")
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
        let key = format!("{:#}", config.key().unwrap_err());
        assert!(
            key.contains("/1: cannot read the file that `key-file` names") && !key.contains("/k"),
            "{key}"
        );
    }

    #[test]
    fn a_configured_profile_stays_away_from_what_is_done_in_place() {
        let config = config(&["profile = 'bug'"]).unwrap();
        assert_eq!(config.default_profile(Profile::retain()).unwrap(), Profile::retain());
    }

    #[test]
    fn what_a_file_gets_wrong_is_told_by_line_and_key_without_the_value() {
        for (bad, told) in [
            ("profile = 'bug'\nprofil = 'hunter2hunter2'", "line 2: unknown key, expected one of `profile`"),
            ("profile = 'bug'\nhunter2hunter2 = 1", "line 2: unknown key, expected"),
            ("[[allow]]\nhunter2hunter2 = ''", "line 2: unknown key, expected"),
            ("known = 'hunter2hunter2'", "line 1: invalid type: string, expected a sequence"),
            ("known = [[', expected hunter2hunter2']]", "line 1: "),
            ("profile = hunter2hunter2", "line 1: "),
            ("key-file = 'hunter2hunter2\nx", "line 2: "),
            ("profile = 'bug'\nprofile = 'hunter2hunter2'", "line 2: duplicate key"),
            ("[profiles.hunter2hunter2]", "use one of retain, share, bug"),
            ("[profiles.share]\nhunter2hunter2 = 'keep'", "`profiles.share` names no class"),
            (
                "[profiles.share]\nsecret = 'hunter2hunter2'",
                "`profiles.share.secret` is no action: use one of",
            ),
        ] {
            let error = format!("{:#}", config(&[bad]).unwrap_err());
            assert!(error.contains(told) && !error.contains("hunter2"), "{bad}: {error}");
        }
        let known = config(&["known = ['hunter2hunter2']"]).unwrap().known();
        let error = format!("{:#}", known.unwrap_err());
        assert!(
            error.contains("cannot read file number 1 of `known`") && !error.contains("hunter2"),
            "{error}"
        );
        for (bad, told) in [
            ("rule = 'hunter2hunter2'", "`rule` names no rule"),
            ("tag = 'hunter2hunter2'", "`tag` is not"),
            ("path = '[hunter2hunter2'", "`path` is no glob"),
            ("regex = '(hunter2hunter2'", "`regex` is no regular expression"),
        ] {
            let list = config(&[&format!("[[allow]]\nreason = 'x'\n{bad}")]).unwrap().allowlist();
            let error = format!("{:#}", list.unwrap_err());
            let number = format!("[[allow]] number 1: {told}");
            assert!(error.contains(&number) && !error.contains("hunter2"), "{bad}: {error}");
        }
        let profile = config(&["profile = 'hunter2hunter2'"]).unwrap().default_profile(Profile::share());
        let error = format!("{:#}", profile.unwrap_err());
        assert!(
            error.contains("`profile` names no profile: use one of") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
