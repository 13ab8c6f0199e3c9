//! `transcrub completions` and `transcrub man`: documents made from the command line itself.

use super::ExitStatus;
use anyhow::Context as _;
use clap_complete::Shell;
use std::{
    io::{self, Write as _},
    path::PathBuf,
};

/// Print a shell's completion script
///
/// For bash: `transcrub completions bash > ~/.local/share/bash-completion/completions/transcrub`
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Print the manual page, or write those of all commands
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Write a page per command into this folder
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs, mut command: clap::Command) -> anyhow::Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "transcrub", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitStatus::Clean)
}

pub(super) fn man(args: &ManArgs, command: clap::Command) -> anyhow::Result<ExitStatus> {
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(command, dir))
            .with_context(|| format!("cannot write manual pages into {}", dir.display()))?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        io::stdout().write_all(&page)?;
    }
    Ok(ExitStatus::Clean)
}
