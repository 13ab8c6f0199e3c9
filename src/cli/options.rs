//! Options that several commands share, each declared once.

use super::{
    config::{Config, lines},
    learn::{Place, learn},
    tell,
};
use crate::{
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Allowlist, Policy, Profile},
    rule::Class,
    tag::Key,
};
use anyhow::{Context as _, bail};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// What to replace, and how.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What to replace")]
pub(super) struct PolicyArgs {
    /// What happens to each class: retain, share or bug
    ///
    /// `transcrub profiles` shows them. The default is retain in place, bug for a bug report, share for any other
    /// copy.
    #[arg(long, value_name = "PROFILE", value_parser = Profile::named)]
    pub(super) profile: Option<Profile>,
    /// Change what happens to a class, such as code=keep
    #[arg(long, value_name = "CLASS=ACTION", value_parser = setting)]
    set: Vec<(Class, String)>,
    /// Replace only these classes
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = class)]
    only: Vec<Class>,
    /// Leave these classes alone
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = class)]
    skip: Vec<Class>,
    /// Leave the code of these folders and files alone: patterns as in .gitignore
    ///
    /// For repositories that are public. A record's code stays if every file that it names fits, or, if it names none,
    /// the folder that it was written in.
    #[arg(long, value_name = "GLOB")]
    keep_code_of: Vec<String>,
    /// Replace these values wherever they stand: one per line of FILE
    #[arg(long, value_name = "FILE")]
    known: Vec<PathBuf>,
    /// Replace the secrets of these places wherever they stand; they are read, and kept nowhere
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    learn: Vec<Place>,
    /// Make placeholders with the key in FILE
    ///
    /// Equal values then have equal placeholders in all runs and on all machines with that key. Write one with
    /// `openssl rand -hex 32`. Without it the key is random and forgotten.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Read this configuration instead of transcrub.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    no_config: bool,
}

/// More threads than this are of no use on any machine, and starting them takes the square of their number.
const MOST_THREADS: i64 = 256;

/// How to go about it.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "How to go about it")]
pub(super) struct RunArgs {
    /// Use N threads, at most 256
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    pub(super) threads: Option<u16>,
    /// Read files instead of mapping them
    #[arg(long)]
    pub(super) no_mmap: bool,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say where everything was found and on what evidence, never the value
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// What was asked for, checked: flags, then configuration, then defaults.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) profile: Profile,
    pub(super) allowlist: Allowlist,
    pub(super) known: Vec<Vec<u8>>,
    pub(super) key: Key,
    keep_code_of: Vec<String>,
    /// The configuration files that were read.
    sources: Vec<PathBuf>,
}

impl RunArgs {
    /// How files are brought in.
    pub(super) fn access(&self) -> Access {
        if self.no_mmap { Access::Read } else { Access::Map }
    }
}

impl Choices {
    /// The profile, and how much is exempt from it, for people.
    pub(super) fn label(&self) -> String {
        let exempt = match self.allowlist.len() {
            0 => String::new(),
            1 => ", 1 exemption".to_owned(),
            more => format!(", {more} exemptions"),
        };
        format!("profile {}{exempt}", self.profile.name())
    }

    /// Tells which configuration was read, when much is told.
    fn tell_sources(&self, run: &RunArgs) {
        if run.verbose {
            self.sources.iter().for_each(|path| tell(&format!("configuration {}\n", path.display())));
        }
    }

    /// A pipeline for them.
    pub(super) fn pipeline(self, run: &RunArgs) -> anyhow::Result<Pipeline> {
        self.tell_sources(run);
        let known: BTreeSet<_> = self.known.iter().map(|value| value.trim_ascii().to_vec()).collect();
        let kept = self.keep_code_of.clone();
        let pipeline = Pipeline::new(self.settings(run)).keep_code_of(&kept)?;
        let useless = known.len().saturating_sub(pipeline.told().len());
        if useless > 0 && !run.quiet {
            tell(&format!("{useless} known value(s) too short or too common to be searched for\n"));
        }
        Ok(pipeline)
    }

    /// What the pipeline needs to know.
    fn settings(self, run: &RunArgs) -> Settings {
        Settings {
            policy: Policy::new(self.profile, self.allowlist),
            key: self.key,
            known: self.known,
            threads: run.threads.map(usize::from),
            access: run.access(),
        }
    }
}

impl PolicyArgs {
    /// Reads what the flags and the configuration name; `default` is the profile where none is given.
    pub(super) fn choices(&self, default: Profile) -> anyhow::Result<Choices> {
        let config = self.config()?;
        let chosen = self.profile.clone();
        let chosen = chosen.map_or_else(|| config.default_profile(default), Ok)?;
        let name = chosen.name().to_owned();
        let mut profile = config.adjust(chosen)?;
        for (class, action) in &self.set {
            profile.set(*class, action)?;
        }
        for class in Class::ALL {
            if self.skip.contains(&class) || !(self.only.is_empty() || self.only.contains(&class)) {
                profile.skip(class);
            }
        }
        if Class::ALL.into_iter().all(|class| profile.action(class) == "keep") {
            bail!(self.nothing_left(&name, &config));
        }
        let mut known = Vec::new();
        for file in &self.known {
            known.extend(known_values(file)?);
        }
        known.extend(config.known()?);
        let key = match &self.key_file {
            Some(file) => Key::from_file(file)?,
            None => config.key()?.map_or_else(Key::random, Ok)?,
        };
        known.extend(learn(&self.learn, &key)?);
        let keep_code_of = self.keep_code_of.clone();
        let (allowlist, sources) = (config.allowlist()?, config.sources());
        Ok(Choices { profile, allowlist, known, key, keep_code_of, sources })
    }

    /// What to do if nothing is left to be replaced.
    fn nothing_left(&self, profile: &str, config: &Config) -> String {
        let options = !(self.only.is_empty() && self.skip.is_empty() && self.set.is_empty());
        let table = format!("`[profiles.{profile}]` in the configuration");
        let (cause, remedy) = match (options, config.changes(profile)) {
            (true, true) => (
                format!("with these options and {table}"),
                "drop --only, --skip or --set, or change it".to_owned(),
            ),
            (false, true) => (format!("with {table}"), "change it, or pass --no-config".to_owned()),
            _ => ("with these options".to_owned(), "drop --only, --skip or --set".to_owned()),
        };
        format!("profile `{profile}` {cause} replaces nothing: {remedy}")
    }

    fn config(&self) -> anyhow::Result<Config> {
        match &self.config {
            Some(file) => Config::read(std::slice::from_ref(file)),
            None if self.no_config => Ok(Config::default()),
            None => Config::read(&Config::places()),
        }
    }
}

fn setting(text: &str) -> Result<(Class, String), String> {
    let (name, action) = text.split_once('=').ok_or("write CLASS=ACTION, such as code=keep")?;
    let class = class(name)?;
    Profile::share().set(class, action).map_err(|error| error.to_string())?;
    Ok((class, action.to_owned()))
}

fn class(name: &str) -> Result<Class, String> {
    let names = Class::ALL.map(Class::name).join(", ");
    Class::from_name(name).ok_or_else(|| format!("there is no class `{name}`: use one of {names}"))
}

/// The lines of a file of known values, without their line breaks.
fn known_values(file: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let bytes =
        std::fs::read(file).with_context(|| format!("cannot read known values {}", file.display()))?;
    Ok(lines(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(clap::Parser)]
    struct Only {
        #[command(flatten)]
        policy: PolicyArgs,
    }

    fn profile(args: &[&str]) -> anyhow::Result<[&'static str; 5]> {
        let all = ["x", "--no-config"].iter().chain(args);
        let profile = Only::try_parse_from(all)?.policy.choices(Profile::share())?.profile;
        Ok(Class::ALL.map(|class| profile.action(class)))
    }

    #[test]
    fn flags_change_classes_in_the_order_set_only_skip() {
        assert_eq!(profile(&[]).unwrap(), ["replace", "replace", "home", "keep", "replace"]);
        assert_eq!(
            profile(&["--profile", "bug", "--set", "code=drop", "--skip", "media,path"]).unwrap(),
            ["replace", "replace", "keep", "drop", "keep"]
        );
        assert_eq!(
            profile(&["--only", "secret", "--only", "path"]).unwrap(),
            ["replace", "keep", "home", "keep", "keep"]
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for args in [
            &["--profile", "nope"][..],
            &["--set", "code"],
            &["--set", "colour=keep"],
            &["--set", "secret=outline"],
            &["--only", "secrets"],
            &["--only", "code"],
            &["--skip", "secret,identity,path,media"],
            &["--known", "no/such/file"],
            &["--key-file", "no/such/file"],
            &["--config", "no/such/file"],
        ] {
            assert!(profile(args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn known_values_are_lines_whatever_ends_them() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"one\r\n\n two \nthree\xff").unwrap();
        let values = known_values(file.path()).unwrap();
        assert_eq!(values, [&b"one"[..], b" two ", b"three\xff"]);
    }
}
