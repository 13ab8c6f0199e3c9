//! Turning a flow off in a settings file.

use super::{
    Force,
    table::{Counts, FLOWS, Flow, NONESSENTIAL, OTEL, Switch, Wanted},
};
use crate::claude::{
    made::Before,
    settings::{Settings, SettingsError},
};
use crate::store::Surroundings;
use serde_json::json;
use std::path::Path;

/// The settings that turn a flow off, for people.
pub(super) fn how_off(flow: &Flow) -> String {
    let each = flow.off.iter().map(|switch| match switch {
        Switch::Variable(name, Counts::Any) => format!("{name} (any value)"),
        Switch::Variable(name, Counts::True) => format!("{name}=1"),
        Switch::Setting(name, Wanted::True) => format!("`{name}: true`"),
        Switch::Setting(name, Wanted::Zero) => format!("`{name}: 0`"),
    });
    let all: Vec<String> = each.collect();
    match (all.is_empty(), flow.on.is_empty()) {
        (false, _) => all.join(", "),
        (true, false) => format!("{OTEL}=0, or leave it unset"),
        (true, true) => "cannot be turned off".to_owned(),
    }
}

/// The names that can be set.
#[must_use]
pub fn settable() -> Vec<&'static str> {
    FLOWS
        .iter()
        .filter(|flow| !flow.off.is_empty() || !flow.on.is_empty())
        .map(|flow| flow.name)
        .chain(["nonessential"])
        .collect()
}

/// Turns a flow off in `settings`, or takes that back: what was empty in `before` stays. Tells whether there is such a flow.
///
/// # Errors
/// [`SettingsError`] if the settings have an unexpected form.
pub fn set(settings: &mut Settings, name: &str, off: bool, before: &Before) -> Result<bool, SettingsError> {
    let flow = FLOWS.iter().find(|flow| flow.name == name);
    let (switch, value) = match (name, flow) {
        ("nonessential", _) => (NONESSENTIAL, json!("1")),
        (_, Some(Flow { off: [first, ..], .. })) => (*first, first.thrown_by()),
        (_, Some(Flow { on: [first, ..], .. })) => (*first, json!("0")),
        _ => return Ok(false),
    };
    let keys: &[&str] = match &switch {
        Switch::Variable(name, _) => &["env", name],
        Switch::Setting(name, _) => &[name],
    };
    if off {
        settings.set(keys, &value)?;
    } else {
        settings.unset(keys, &before.empty().collect::<Vec<_>>())?;
    }
    Ok(true)
}

impl Switch {
    /// The value that throws it.
    fn thrown_by(&self) -> serde_json::Value {
        match self {
            Self::Variable(..) => json!("1"),
            Self::Setting(_, Wanted::True) => json!(true),
            Self::Setting(_, Wanted::Zero) => json!(0),
        }
    }
}

/// Whether a flow is on now, and why: after a change, since what stands elsewhere may count for more. None if there is
/// no such flow. For `nonessential`, whether any of those that it turns off is on.
#[must_use]
pub fn is_on(force: &Force<'_>, name: &str) -> Option<(bool, String)> {
    let row = |name: &str| force.rows().into_iter().find(|row| row.name == name).map(|row| (row.on, row.why));
    if name != "nonessential" {
        return row(name);
    }
    let why = force.thrown(&NONESSENTIAL);
    Some((why.is_none(), why.unwrap_or_else(|| "the variable is not set".to_owned())))
}

/// Why a flow was not turned on or off.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// There is no such flow, or it cannot be turned off.
    #[error("there is no flow `{name}` to set: use one of {}", settable().join(", "))]
    Unknown {
        /// As given.
        name: String,
    },
    /// The settings could not be read or written.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// Turns flows off (true) or takes that back in the settings file at `file`, which then is as it was before, or gone if
/// there was none and nothing else is in it. Tells whether anything was written.
///
/// # Errors
/// [`ChangeError`]; the file is then as it was.
pub fn change(file: &Path, flows: &[(&str, bool)], around: &Surroundings) -> Result<bool, ChangeError> {
    let mut settings = Settings::read(file)?;
    let now = Before::of(&settings);
    let first = Before::noted(file, around).unwrap_or_else(|| now.clone());
    for (name, off) in flows {
        if !set(&mut settings, name, *off, &first)? {
            return Err(ChangeError::Unknown { name: (*name).to_owned() });
        }
    }
    if flows.iter().any(|(_, off)| *off) {
        let written = settings.write()?;
        now.note(file, around);
        return Ok(written);
    }
    Ok(first.restore(&mut settings, around)?)
}
