//! `transcrub scan`: what would be replaced, and where.

use super::{
    ExitStatus,
    files::Files,
    options::{PolicyArgs, RunArgs},
    progress::Progress,
    survive, targets, tell, tell_error, tell_names,
};
use crate::{
    pipeline::Pipeline,
    policy::Profile,
    report::{Evidence, Fan, Jsonl, Listing, Sarif, Silence, Sink, Summary},
};
use std::{
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

/// Show what would be replaced; write nothing
///
/// Exits with 1 if anything is found. No report holds a value.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to report: to people, as JSON lines, as SARIF 2.1.0
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Jsonl,
    Sarif,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let choices = args.policy.choices(Profile::share())?;
    let label = choices.label();
    let pipeline = choices.pipeline(&args.run)?;
    let mut summary = Summary::default();
    let out = BufWriter::new(io::stdout().lock());
    let failed = match (args.format, args.run.verbose) {
        (Format::Human, false) => search(args, &pipeline, &mut summary, &mut Silence)?,
        (Format::Human, true) => search(args, &pipeline, &mut summary, &mut Listing::new(out))?,
        (Format::Jsonl, verbose) => {
            let evidence = if verbose { Evidence::Shown } else { Evidence::Hidden };
            search(args, &pipeline, &mut summary, &mut Jsonl::new(out, evidence))?
        }
        (Format::Sarif, _) => {
            let mut sarif = Sarif::new(out)?;
            let failed = search(args, &pipeline, &mut summary, &mut sarif)?;
            sarif.finish()?;
            failed
        }
    };
    summary.incomplete(failed);
    match args.format {
        Format::Human if !args.run.quiet && failed && summary.transcripts() == 0 => {}
        Format::Human if !args.run.quiet => io::stdout().write_all(summary.text(&label).as_bytes())?,
        _ => tell(&summary.refusals()),
    }
    Ok(match (failed, summary.is_clean()) {
        (true, _) => ExitStatus::Failed,
        (false, true) => ExitStatus::Clean,
        (false, false) => ExitStatus::Findings,
    })
}

/// Searches everything; says whether something could not be searched.
fn search(
    args: &Args,
    pipeline: &Pipeline,
    summary: &mut Summary,
    report: &mut dyn Sink,
) -> anyhow::Result<bool> {
    let is_stream = |path: &&PathBuf| path.as_path() == Path::new("-");
    let named: Vec<_> = args.paths.iter().filter(|path| !is_stream(path)).cloned().collect();
    let found = targets::files(&named)?;
    let mut progress =
        Progress::new("searched", targets::size(&found.files), !args.run.quiet && !args.run.verbose);
    let mut files = Files::new(pipeline, args.run.access());
    let (mut surveyed, mut errors) = (Vec::with_capacity(found.files.len()), Vec::new());
    for path in &found.files {
        match files.survey(path, found.files.len() == 1, &mut progress) {
            Ok(file) => surveyed.push(file),
            Err(error) => errors.push(error),
        }
    }
    let names = files.look_at_names(found.names());
    let mut failed = !found.failures.is_empty();
    found.failures.iter().for_each(|failure| tell_error(&names.hide(failure)));
    for error in errors {
        failed |= survive(error, &names)?;
    }
    if !args.run.quiet {
        found.notes.iter().for_each(|note| tell(&format!("{}\n", names.hide(note))));
        tell_names(&names, found.names());
    }
    progress.next("told");
    let mut sinks = Fan::default();
    sinks.add(summary);
    sinks.add(report);
    sinks.add(&mut progress);
    for file in &surveyed {
        if let Err(error) = files.redact(file, None, &mut sinks) {
            failed |= survive(error, &names)?;
        }
    }
    if args.paths.iter().any(|path| is_stream(&path)) {
        pipeline.filter(io::stdin(), &mut io::sink(), &mut sinks)?;
    }
    Ok(failed)
}
