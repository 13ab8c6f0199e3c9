//! `transcrub profiles`: the profiles as data.

use super::ExitStatus;
use crate::{policy::Profile, rule::Class};
use serde_json::{Map, Value, json};
use std::io::{self, Write as _};

/// Show the profiles: what happens to each class
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let text = match args.format {
        Format::Human => table(),
        Format::Json => format!("{:#}\n", as_json()),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn table() -> String {
    let row = |name: &str, cells: [&str; 5], end: &str| {
        let cells: String = cells.iter().map(|cell| format!("{cell:<10}")).collect();
        format!("{name:<8}{cells}{end}\n")
    };
    let mut out = row("", Class::ALL.map(Class::name), "for");
    for profile in Profile::all() {
        out += &row(profile.name(), Class::ALL.map(|class| profile.action(class)), profile.purpose());
    }
    out + "\n\
        Default: retain for scrub --in-place, bug for bug, share for all else. Change a class with --set CLASS=ACTION.\n\
        path: keep, home (home and user), full (project and unknown names too); code: keep, outline, drop.\n"
}

fn as_json() -> Value {
    let profile = |profile: &Profile| {
        let actions: Map<_, _> = Class::ALL
            .into_iter()
            .map(|class| (class.name().to_owned(), Value::from(profile.action(class))))
            .collect();
        json!({ "name": profile.name(), "purpose": profile.purpose(), "actions": actions })
    };
    json!({ "version": 1, "profiles": Profile::all().iter().map(profile).collect::<Vec<_>>() })
}
