//! What leaves this machine from Claude Code, under the variables and settings as they are.
//!
//! The rows are data, each with its source and date: the data-usage page of the documentation in the two forms known
//! (autumn 2025 and August 2026), the page on environment variables, and what the client did when it was run.

mod set;
mod table;
#[cfg(test)]
mod tests;

pub use self::{
    set::{ChangeError, change, is_on, set, settable},
    table::{ACCOUNTS, Account, CLOUD, Provider, Source},
};

use self::{
    set::how_off,
    table::{Counts, FLOWS, FOLDER, Flow, RUN, Switch, Wanted},
};
use super::settings::{Settings, SettingsError};
use crate::store::{Surroundings, managed_folder};
use serde_json::{Value, json};
use std::{
    io,
    path::{Path, PathBuf},
};

/// A value and what set it.
type Set<T> = Option<(T, String)>;

/// Variables and settings as they are in force.
pub struct Force<'a> {
    around: &'a Surroundings,
    /// Highest first: managed, local, project, user.
    layers: Vec<(PathBuf, Value)>,
}

/// One row of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name that `flows set` takes.
    pub name: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// Why.
    pub why: String,
    /// What it carries.
    pub carries: &'static str,
    /// Where to.
    pub to: &'static str,
    /// How long it is kept there.
    pub kept: &'static str,
    /// What it may be used for.
    pub used: &'static str,
    /// The setting that turns it off.
    pub off: String,
    /// What else is to be known.
    pub note: &'static str,
    /// Who says so.
    pub source: Source,
}

impl<'a> Force<'a> {
    /// Reads the settings files: managed ones in `managed`, then those of the project and the user.
    ///
    /// # Errors
    /// [`SettingsError`] for a file that is not JSON: then nothing can be said.
    pub fn read(around: &'a Surroundings, managed: &Path) -> Result<Self, SettingsError> {
        let organisation = Self::organisation(around);
        let merges = |settings: &Value| settings["managedSourcesBehavior"] == "merge";
        let mut paths = Vec::new();
        if organisation.as_ref().is_none_or(|(_, settings)| merges(settings)) {
            paths = managed_files(managed)?;
        }
        paths.push(around.cwd().join(".claude/settings.local.json"));
        paths.push(around.cwd().join(".claude/settings.json"));
        paths.extend(around.claude_root().map(|root| root.join("settings.json")));
        let mut layers = Vec::from_iter(organisation);
        for path in paths {
            let settings = Settings::read(&path)?;
            if !settings.is_new() {
                layers.push((path, settings.value()?));
            }
        }
        Ok(Self { around, layers })
    }

    /// What the organisation's server last sent. If it sent anything, managed files on the machine do not count,
    /// unless it says so.
    fn organisation(around: &Surroundings) -> Option<(PathBuf, Value)> {
        let path = around.claude_root()?.join("remote-settings.json");
        let value: Value = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
        value.as_object().is_some_and(|all| !all.is_empty()).then_some((path, value))
    }

    /// A variable: from the settings in force, else from the environment. An empty value counts as none.
    fn variable(&self, name: &str) -> Set<String> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            _ => None,
        };
        let layer = self.layers.iter().find_map(|(path, all)| {
            text(&all["env"][name]).map(|value| (value, format!("`env` in {}", path.display())))
        });
        let own = || {
            self.around.var(name).map(|v| (v.to_string_lossy().into_owned(), "the environment".to_owned()))
        };
        layer.or_else(own).filter(|(value, _)| !value.is_empty())
    }

    fn setting(&self, name: &str) -> Set<&Value> {
        let mut layers = self.layers.iter();
        layers.find_map(|(path, all)| all.get(name).map(|value| (value, path.display().to_string())))
    }

    /// Why a switch is thrown, if it is.
    fn thrown(&self, switch: &Switch) -> Option<String> {
        match switch {
            Switch::Variable(name, counts) => {
                let (value, place) = self.variable(name)?;
                let is_true = matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on");
                (*counts == Counts::Any || is_true).then(|| format!("{name} in {place}"))
            }
            Switch::Setting(name, wanted) => {
                let (value, place) = self.setting(name)?;
                let fits = match wanted {
                    Wanted::True => value == &json!(true),
                    Wanted::Zero => value.as_f64() == Some(0.0),
                };
                fits.then(|| format!("`{name}` in {place}"))
            }
        }
    }

    /// Who serves the model, and why.
    #[must_use]
    pub fn provider(&self) -> (Provider, String) {
        let chosen = |provider: Provider| {
            let switch = Switch::Variable(provider.variable()?, Counts::True);
            self.thrown(&switch).map(|why| (provider, why))
        };
        let default = (Provider::Claude, "no other provider is chosen".to_owned());
        Provider::ALL.into_iter().find_map(chosen).unwrap_or(default)
    }

    /// All flows.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let (provider, _) = self.provider();
        FLOWS.iter().map(|flow| self.row(flow, provider)).collect()
    }

    fn row(&self, flow: &Flow, provider: Provider) -> Row {
        let default = if provider == Provider::Claude { flow.with_claude } else { flow.with_others };
        let off = flow.off.iter().find_map(|switch| self.thrown(switch));
        let on = flow.on.iter().find_map(|switch| self.thrown(switch));
        let (on, why) = match (default, off, on) {
            (true, Some(why), _) => (false, why),
            (false, _, Some(why)) => (true, why),
            (default, ..) => (default, format!("default with {}", provider.name())),
        };
        let Flow { name, carries, to, kept, used, note, source, .. } = *flow;
        Row { name, on, why, carries, to, kept, used, off: how_off(flow), note, source }
    }

    /// How many days Claude Code keeps sessions on this machine, and why.
    #[must_use]
    pub fn local_days(&self) -> (u64, String) {
        let set = self.setting("cleanupPeriodDays").and_then(|(v, place)| Some((v.as_u64()?, place)));
        set.map_or((30, "default".to_owned()), |(days, place)| {
            (days, format!("`cleanupPeriodDays` in {place}"))
        })
    }

    /// Everything as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (provider, why) = self.provider();
        let (days, days_why) = self.local_days();
        let row = |row: &Row| {
            json!({
                "name": row.name, "on": row.on, "why": row.why, "carries": row.carries, "to": row.to,
                "kept": row.kept, "used": row.used, "off": row.off, "note": row.note, "source": row.source.name, "date": row.source.date,
            })
        };
        let account = |a: &Account| {
            json!({
                "account": a.name, "kept": a.kept, "training": a.training, "change": a.change,
                "source": a.source.name, "date": a.source.date,
            })
        };
        let cloud = |(what, how, source): &(&str, &str, Source)| json!({ "what": what, "how": how, "source": source.name, "date": source.date });
        json!({
            "version": 1,
            "provider": { "name": provider.name(), "why": why },
            "flows": self.rows().iter().map(row).collect::<Vec<_>>(),
            "accounts": ACCOUNTS.iter().map(account).collect::<Vec<_>>(),
            "cloud": CLOUD.iter().map(cloud).collect::<Vec<_>>(),
            "local": {
                "kept_days": days, "why": days_why, "form": "plain text, readable by whoever can read your files",
                "off": "`cleanupPeriodDays` in settings, CLAUDE_CODE_SKIP_PROMPT_HISTORY=1",
                "source": FOLDER.name, "date": FOLDER.date,
            },
            "seen": { "what": "/bug sends the conversation twice, unredacted", "source": RUN.name, "date": RUN.date },
        })
    }
}

/// The files that an administrator has put on this machine, highest first.
fn managed_files(folder: &Path) -> Result<Vec<PathBuf>, SettingsError> {
    let extra = folder.join("managed-settings.d");
    let mut files: Vec<PathBuf> = match std::fs::read_dir(&extra) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(SettingsError::Read { path: extra, source }),
    };
    let hidden = |path: &Path| path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    files.retain(|path| path.extension().is_some_and(|e| e == "json") && !hidden(path));
    // Later files win over earlier ones and over the main file.
    files.sort_by(|a, b| b.cmp(a));
    files.push(folder.join("managed-settings.json"));
    Ok(files)
}

/// The folder of managed settings on this system.
#[must_use]
pub fn managed() -> &'static Path {
    managed_folder()
}
