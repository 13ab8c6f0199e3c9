//! `transcrub hooks`: the hooks in Claude Code's settings.

use super::ExitStatus;
use crate::{
    claude::{
        hooks::{self, Scope, State},
        settings::Settings,
    },
    store::Surroundings,
};
use anyhow::Context as _;
use std::io::{self, Write as _};

/// Put the hooks into Claude Code's settings, take them out, or look
///
/// They block prompts that hold a secret, redact what tools give back before the model and the disk see it, and scrub
/// finished sessions. Everything else in the settings stays as it is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to do
    #[arg(value_enum, value_name = "ACTION")]
    action: Action,
    /// Which settings: those of the user, of the project, or of the project on this machine
    #[arg(long, value_enum, default_value_t = ScopeArg::User, value_name = "SCOPE")]
    scope: ScopeArg,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Action {
    Install,
    Remove,
    Status,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ScopeArg {
    User,
    Project,
    Local,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let scope = match args.scope {
        ScopeArg::User => Scope::User,
        ScopeArg::Project => Scope::Project,
        ScopeArg::Local => Scope::Local,
    };
    let around = Surroundings::of_process();
    let file = scope.file(&around).context("no home folder is known: set HOME")?;
    let program = program(scope);
    let shown = file.display();
    let said = match args.action {
        Action::Status => match hooks::state(&Settings::read(&file)?, &program)? {
            State::Installed => format!("installed in {shown}"),
            State::Partly => format!("partly installed, or for another program, in {shown}: install again"),
            State::Missing => format!("not installed in {shown}"),
        },
        Action::Install => {
            let written = hooks::put(&file, &program, &around)?;
            let already = if written { "installed" } else { "already installed" };
            format!("{already} in {shown}; sessions that run now take them up after a restart")
        }
        Action::Remove => {
            let any = hooks::take(&file, &around)?;
            if any { format!("removed from {shown}") } else { format!("not installed in {shown}") }
        }
    };
    writeln!(io::stdout(), "{said}")?;
    Ok(ExitStatus::Clean)
}

/// What the hooks run: this very program; for settings that are shared, whatever has its name.
fn program(scope: Scope) -> String {
    let own = std::env::current_exe().ok().and_then(|path| path.to_str().map(str::to_owned));
    match (scope, own) {
        (Scope::User | Scope::Local, Some(path)) if path.ends_with("transcrub") => path,
        _ => "transcrub".to_owned(),
    }
}
