//! The command line: one file per subcommand, each from what was typed to settings to a call of the library.

mod bug;
mod config;
mod documents;
mod exit;
mod files;
mod filter;
mod flows;
mod hook;
mod hooks;
mod in_place;
mod learn;
mod options;
mod profiles;
mod progress;
mod rules;
mod scan;
mod scrub;
mod signals;
mod store;
mod targets;

pub use exit::ExitStatus;

use crate::{pipeline::Names, report::printable};
use clap::{CommandFactory as _, Parser, Subcommand};
use std::{
    borrow::Cow,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

/// Redacted copies of AI coding agents' transcripts
///
/// Secrets, identity, paths and code go; every other byte stays as it was; what cannot be verified is not written.
/// Nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(name = "transcrub", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What people come for.
const EXAMPLES: &str = "Examples:
  transcrub scan session.jsonl                          what is in it, and where
  transcrub scrub session.jsonl -o clean.jsonl          a copy to share
  transcrub scrub sessions/ -o clean/ --profile bug     copies that tell no code and no name
  transcrub bug                                         the newest session of this folder, ready for /bug
  transcrub store scrub                                 no secrets in finished sessions of all agents
  tail -f session.jsonl | transcrub filter              a stream, record by record";

#[derive(Debug, Subcommand)]
enum Command {
    Filter(filter::Args),
    Scrub(scrub::Args),
    Scan(scan::Args),
    Bug(Box<bug::Args>),
    Profiles(profiles::Args),
    Rules(rules::Args),
    Store(store::Args),
    Flows(flows::Args),
    Hook(hook::Args),
    Hooks(hooks::Args),
    Completions(documents::CompletionsArgs),
    Man(documents::ManArgs),
}

/// Runs the program with the arguments of the process.
///
/// A closed pipe is success: whoever reads has what they wanted. An error is told on stderr, in one line.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let told = std::sync::Mutex::new(std::collections::BTreeSet::new());
    std::panic::set_hook(Box::new(move |panic| {
        let fault = fault(panic.location());
        // An error may come with every record: each place is told once.
        if told.lock().is_ok_and(|mut told| told.insert(fault.clone())) {
            tell_error(&fault);
        }
    }));
    signals::fail_where_memory_ends();
    // What failed is told by then; exit codes stay those that are documented.
    let outcome = std::panic::catch_unwind(|| run(cli.command)).unwrap_or(Ok(ExitStatus::Failed));
    let status = outcome.unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return ExitStatus::Clean;
        }
        // What else can fail says where: only the standard output is written by itself.
        let bare = error.is::<io::Error>() && error.chain().count() == 1;
        let place = if bare { "cannot write the standard output: " } else { "" };
        tell_error(&format!("{place}{error:#}"));
        ExitStatus::Failed
    });
    status.into()
}

fn run(command: Command) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Filter(args) => filter::run(&args),
        Command::Scrub(args) => scrub::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Bug(args) => bug::run(&args),
        Command::Profiles(args) => profiles::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Store(args) => store::run(&args),
        Command::Flows(args) => flows::run(&args),
        Command::Hook(args) => hook::run(&args),
        Command::Hooks(args) => hooks::run(&args),
        Command::Completions(args) => documents::completions(&args, Cli::command()),
        Command::Man(args) => documents::man(&args, Cli::command()),
    }
}

/// What is told of an error of our own: where in our code, never the message, which may quote what was worked on.
fn fault(place: Option<&std::panic::Location<'_>>) -> String {
    let place = place.map(ToString::to_string).unwrap_or_default();
    format!("an error in transcrub itself, at {place}: please report it")
}

/// Tells people something that is no data.
fn tell(text: &str) {
    // What stderr does not take cannot be told anywhere.
    let _ = io::stderr().write_all(harmless(text).as_bytes());
}

/// A text for a terminal: names of files come from others, and may hold what moves the cursor or clears the screen.
fn harmless(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let each = |c: char| if odd(c) { c.escape_default().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(each).collect())
}

/// Tells which names hold a secret. They stay, since whoever works with the files finds them by their names.
fn tell_names<'a>(names: &Names, paths: impl IntoIterator<Item = &'a Path>) {
    for name in names.told(paths) {
        tell(&format!("{}: a secret in its name: rename it yourself\n", printable(&name)));
    }
}

/// Tells people what went wrong.
fn tell_error(text: &str) {
    // In one line, whatever a file's name holds.
    tell(&format!("transcrub: {}\n", text.trim_end().replace('\n', "\\n")));
}

/// Tells what went wrong with one file, so that the others can go on; true for having failed. A closed pipe ends all.
fn survive(error: anyhow::Error, names: &Names) -> anyhow::Result<bool> {
    if is_broken_pipe(&error) {
        return Err(error);
    }
    tell_error(&names.hide(&format!("{error:#}")));
    Ok(true)
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

    #[test]
    fn what_is_told_does_nothing_to_a_terminal() {
        for (text, told) in [
            ("a plain line\n\twith é\n", "a plain line\n\twith é\n"),
            ("\u{1b}[2Jgone\r\u{7}\n", "\\u{1b}[2Jgone\\r\\u{7}\n"),
            ("\u{9b}31m", "\\u{9b}31m"),
        ] {
            assert_eq!(harmless(text), told);
        }
    }
}
