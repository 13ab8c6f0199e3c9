//! The command line: one file per subcommand, each from what was typed to settings to a call of the library.

mod config;
mod documents;
mod exit;
mod options;
mod profiles;
mod progress;
mod rules;
mod targets;

pub use exit::ExitStatus;

use clap::{CommandFactory as _, Parser, Subcommand};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// Redacted copies of AI coding agents' transcripts
///
/// Secrets, identity, paths and code go; every other byte stays as it was; what cannot be verified is not written.
/// Nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(name = "transcrub", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Profiles(profiles::Args),
    Rules(rules::Args),
    Completions(documents::CompletionsArgs),
    Man(documents::ManArgs),
}

/// Runs the program with the arguments of the process.
///
/// A closed pipe is success: whoever reads has what they wanted. An error is told on stderr, in one line.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let status = run(cli.command).unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return ExitStatus::Clean;
        }
        // What stderr does not take cannot be told anywhere.
        let _ = writeln!(io::stderr(), "transcrub: {error:#}");
        ExitStatus::Failed
    });
    status.into()
}

fn run(command: Command) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Profiles(args) => profiles::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Completions(args) => documents::completions(&args, Cli::command()),
        Command::Man(args) => documents::man(&args, Cli::command()),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_says_what_it_is_for_in_one_short_line() {
        fn visit(command: &clap::Command) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!((3..=80).contains(&about.len()), "{}: {about:?}", command.get_name());
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!((3..=90).contains(&help.len()), "{} {}: {help:?}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(visit);
        }
        visit(&Cli::command());
    }

    #[test]
    fn a_broken_pipe_is_recognised_below_other_causes() {
        let pipe = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("cannot write");
        assert!(is_broken_pipe(&pipe));
        assert!(!is_broken_pipe(&anyhow::anyhow!("broken pipe")));
    }
}
