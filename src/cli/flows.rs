//! `transcrub flows`: what leaves this machine from Claude Code.

use super::ExitStatus;
use crate::{
    claude::{
        flows::{self, ACCOUNTS, CLOUD, Force, Row},
        hooks::Scope,
    },
    store::Surroundings,
};
use anyhow::{Context as _, bail};
use std::io::{self, Write as _};

/// Show what leaves this machine from Claude Code, why, and how to stop it
///
/// By provider, variables and settings as they are now: managed settings, then local, project and user ones, then the
/// environment. Every row says who says so and when.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Turn a flow off, such as bug=off, or take that back with bug=on
    Set(SetArgs),
}

#[derive(Debug, clap::Args)]
struct SetArgs {
    /// The flow: metrics, errors, bug, survey, webfetch, updates, otel or nonessential
    #[arg(required = true, value_name = "NAME=off")]
    flows: Vec<String>,
    /// Which settings: those of the user, of the project, or of the project on this machine
    #[arg(long, value_enum, default_value_t = ScopeArg::User, value_name = "SCOPE")]
    scope: ScopeArg,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ScopeArg {
    User,
    Project,
    Local,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let around = Surroundings::of_process();
    if let Some(Action::Set(args)) = &args.action {
        return set(args, &around);
    }
    let force = Force::read(&around, flows::managed())?;
    let text = match args.format {
        Format::Human => table(&force),
        Format::Json => format!("{:#}\n", force.to_json()),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn set(args: &SetArgs, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let scope = match args.scope {
        ScopeArg::User => Scope::User,
        ScopeArg::Project => Scope::Project,
        ScopeArg::Local => Scope::Local,
    };
    let file = scope.file(around).context("no home folder is known: set HOME")?;
    let mut wanted = Vec::new();
    for flow in &args.flows {
        let (name, value) = flow.split_once('=').context("write NAME=off, such as bug=off")?;
        match value {
            "off" => wanted.push((name, true)),
            "on" => wanted.push((name, false)),
            _ => bail!("`{value}` is neither on nor off"),
        }
    }
    let written = flows::change(&file, &wanted, around)?;
    let force = Force::read(around, flows::managed())?;
    for (name, off) in wanted {
        if let Some((on, why)) = flows::is_on(&force, name)
            && on == off
        {
            let state = if on { "on" } else { "off" };
            writeln!(io::stderr(), "{name} is still {state}: {why}")?;
        }
    }
    let done = if written { "written to" } else { "already so in" };
    writeln!(io::stdout(), "{done} {}; sessions that run now take it up after a restart", file.display())?;
    Ok(ExitStatus::Clean)
}

fn table(force: &Force<'_>) -> String {
    let (provider, why) = force.provider();
    let mut out = format!("Provider: {} ({why})\n\nWhat leaves this machine\n", provider.name());
    force.rows().iter().for_each(|row| out += &row_text(row));
    out += "\nHow long conversations are kept, and whether models are trained on them\n";
    for account in &ACCOUNTS {
        let (name, kept, training) = (account.name, account.kept, account.training);
        let (source, date) = (account.source.name, account.source.date);
        out += &format!("  {name}: {kept}; training: {training}; change: {}\n", account.change);
        out += &format!("      [{source}, {date}]\n");
    }
    out += "\nClaude Code on the web runs elsewhere\n";
    for (what, how, source) in &CLOUD {
        out += &format!("  {what}: {how}\n      [{}, {}]\n", source.name, source.date);
    }
    let (days, why) = force.local_days();
    out + &format!(
        "\nOn this machine: sessions in plain text, {days} days ({why}); `transcrub store list` shows them\n"
    )
}

fn row_text(row: &Row) -> String {
    let state = if row.on { "ON " } else { "off" };
    let mut out = format!("  {state} {:<9} {}\n", row.name, row.carries);
    out += &format!("      to {}; kept: {}; for: {}\n      why: {}\n", row.to, row.kept, row.used, row.why);
    out += &format!("      off by: {}\n", row.off);
    if !row.note.is_empty() {
        out += &format!("      note: {}\n", row.note);
    }
    out + &format!("      [{}, {}]\n", row.source.name, row.source.date)
}
