//! `transcrub filter`: a stream, record by record.

use super::{
    ExitStatus,
    options::{PolicyArgs, RunArgs},
    tell,
};
use crate::{
    policy::Profile,
    report::{Fan, Listing, Summary},
};
use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
};

/// Redact a stream: standard input to standard output
///
/// Every record goes on as soon as it is complete and the input pauses; memory stays small however long the stream
/// is. A value that was found is replaced in what follows. A record that cannot be verified is replaced as a whole,
/// and that is told on standard error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// No file: it reads standard input
    #[arg(hide = true, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Write nothing; exit with 1 if anything would change
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    anyhow::ensure!(
        args.path.as_ref().is_none_or(|path| path.as_os_str() == "-"),
        "filter reads standard input: `transcrub filter < FILE`, or `transcrub scrub FILE -o OUT`"
    );
    let choices = args.policy.choices(Profile::share())?;
    let label = choices.label();
    let pipeline = choices.pipeline(&args.run)?;
    let (mut summary, mut listing) = (Summary::default(), Listing::new(io::stderr()));
    let mut sinks = Fan::default();
    sinks.add(&mut summary);
    if args.run.verbose {
        sinks.add(&mut listing);
    }
    let mut output: Box<dyn Write> = if args.check { Box::new(io::sink()) } else { stdout()? };
    pipeline.filter(io::stdin(), &mut *output, &mut sinks)?;
    if args.run.verbose {
        tell(&summary.text(&label));
    } else {
        tell(&summary.refusals());
    }
    Ok(if args.check && !summary.is_clean() { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// The standard output without the line buffer that the library puts before it.
#[cfg(unix)]
fn stdout() -> io::Result<Box<dyn Write>> {
    use std::os::fd::AsFd as _;
    Ok(Box::new(File::from(io::stdout().as_fd().try_clone_to_owned()?)))
}

/// The standard output without the line buffer that the library puts before it.
#[cfg(windows)]
fn stdout() -> io::Result<Box<dyn Write>> {
    use std::os::windows::io::AsHandle as _;
    Ok(Box::new(File::from(io::stdout().as_handle().try_clone_to_owned()?)))
}
