//! `transcrub scrub`: redacted copies of files and folders.

use super::{
    ExitStatus,
    files::{Files, Surveyed},
    in_place,
    options::{PolicyArgs, RunArgs},
    progress::Progress,
    signals, survive,
    targets::{self, Job, Plan},
    tell, tell_error, tell_names,
};
use crate::{
    output::{Draft, Target},
    pipeline::{Names, Pipeline},
    policy::Profile,
    report::{Evidence, Fan, Jsonl, Listing, Sarif, Sink, Summary},
};
use anyhow::Context as _;
use std::{
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

/// Write redacted copies of files and folders
///
/// A file becomes a file, a folder the same tree, several inputs a folder. Output appears whole, verified and readable
/// by its owner only, or not at all; never over an input unless --in-place asks for it. What is found anywhere is
/// replaced everywhere.
#[derive(Debug, clap::Args)]
#[command(override_usage = "transcrub scrub [OPTIONS] <PATH>... <--out OUT | --in-place | --check>")]
pub(super) struct Args {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    destination: Destination,
    /// Write nothing; exit with 1 if anything would change
    #[arg(long)]
    check: bool,
    /// Write what was found to FILE, as JSON lines; as SARIF if it ends so
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Destination {
    /// Where the copies go: a file, a folder, or - for standard output
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Replace the files themselves; the default profile is then retain
    #[arg(long)]
    in_place: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    signals::watch();
    let in_place = args.destination.in_place;
    let choices = args.policy.choices(if in_place { Profile::retain() } else { Profile::share() })?;
    let label = choices.label();
    let plan = plan(args)?;
    let pipeline = choices.pipeline(&args.run)?;
    let (mut summary, names, failed) = with_report(args, &plan, &pipeline)?;
    summary.incomplete(failed);
    if args.run.quiet {
        tell(&summary.refusals());
    } else {
        plan.notes.iter().for_each(|note| tell(&format!("{}\n", names.hide(note))));
        tell_names(&names, plan.names());
        if summary.transcripts() > 0 || !failed {
            tell(&summary.text(&label));
        }
    }
    Ok(match (failed, args.check && !summary.is_clean()) {
        (true, _) => ExitStatus::Failed,
        (false, true) => ExitStatus::Findings,
        (false, false) => ExitStatus::Clean,
    })
}

fn plan(args: &Args) -> anyhow::Result<Plan> {
    if args.paths.iter().any(|path| path.as_path() == Path::new("-")) {
        anyhow::bail!("scrub reads files: use `transcrub filter` for standard input");
    }
    let plan = match &args.destination.out {
        Some(out) => targets::copy(&args.paths, out)?,
        None if args.destination.in_place => targets::in_place(&args.paths)?,
        None if !args.check => anyhow::bail!("say where the copies go: --out OUT, or --in-place"),
        None => {
            let found = targets::files(&args.paths)?;
            let jobs = found.files.into_iter().map(|input| Job { input, target: Target::Stdout }).collect();
            let (read, notes, failures) = (found.folders, found.notes, found.failures);
            Plan { read, jobs, notes, failures, ..Plan::default() }
        }
    };
    if let Some(report) = &args.report {
        targets::refuse_report(&plan, report)?;
    }
    Ok(plan)
}

/// Runs the plan, with the report that was asked for.
fn with_report(args: &Args, plan: &Plan, pipeline: &Pipeline) -> anyhow::Result<(Summary, Names, bool)> {
    let Some(path) = &args.report else { return execute(args, plan, pipeline, None) };
    let draft = Draft::new(Target::new(path)?)?;
    let mut out = BufWriter::new(draft);
    let result = if path.extension().is_some_and(|extension| extension == "sarif") {
        let mut sarif = Sarif::new(&mut out)?;
        let result = execute(args, plan, pipeline, Some(&mut sarif))?;
        sarif.finish()?;
        result
    } else {
        let evidence = if args.run.verbose { Evidence::Shown } else { Evidence::Hidden };
        execute(args, plan, pipeline, Some(&mut Jsonl::new(&mut out, evidence)))?
    };
    let draft = out.into_inner().map_err(|error| error.into_error())?;
    let written =
        if args.check { "the report was not written" } else { "the copies are written, the report is not" };
    draft.commit().context(written)?;
    Ok(result)
}

/// Searches all files, then writes each; says whether something failed.
fn execute(
    args: &Args,
    plan: &Plan,
    pipeline: &Pipeline,
    report: Option<&mut dyn Sink>,
) -> anyhow::Result<(Summary, Names, bool)> {
    let inputs: Vec<_> = plan.jobs.iter().map(|job| job.input.clone()).collect();
    let mut progress =
        Progress::new("searched", targets::size(&inputs), !args.run.quiet && !args.run.verbose);
    let mut files = Files::new(pipeline, args.run.access());
    let (mut surveyed, mut errors) = (Vec::with_capacity(plan.jobs.len()), Vec::new());
    for job in &plan.jobs {
        match files.survey(&job.input, plan.jobs.len() == 1, &mut progress) {
            Ok(file) => surveyed.push((job, file)),
            Err(error) => errors.push(error),
        }
    }
    let names = files.look_at_names(plan.names());
    let mut failed = !plan.failures.is_empty();
    plan.failures.iter().for_each(|failure| tell_error(&names.hide(failure)));
    for error in errors {
        failed |= survive(error, &names)?;
    }
    if !args.check {
        make_folders(&plan.folders)?;
    }
    let (mut summary, mut listing) = (Summary::default(), Listing::new(std::io::stderr()));
    progress.next(if args.check { "told" } else { "written" });
    let mut sinks = Fan::default();
    sinks.add(&mut summary);
    sinks.add(&mut progress);
    if args.run.verbose {
        sinks.add(&mut listing);
    }
    if let Some(report) = report {
        sinks.add(report);
    }
    let mut dirty = Vec::new();
    for (job, file) in &surveyed {
        let done = match (args.check, args.destination.in_place) {
            (false, false) => write(&files, job, file, &mut sinks).map(|()| 0),
            _ => files.redact(file, None, &mut sinks).map(|totals| totals.changed),
        };
        match done {
            Ok(0) => {}
            Ok(_) => dirty.push((job.target.path(), file)),
            Err(error) => failed |= survive(error, &names)?,
        }
    }
    if args.destination.in_place && !args.check {
        let drafts: Vec<_> = plan.drafts.iter().map(PathBuf::as_path).collect();
        failed |= in_place::replace(files, &dirty, &drafts, &names);
    }
    Ok((summary, names, failed))
}

fn make_folders(folders: &[PathBuf]) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for folder in folders {
        builder.create(folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    Ok(())
}

/// Writes one redacted file.
fn write(files: &Files<'_>, job: &Job, file: &Surveyed, sink: &mut dyn Sink) -> anyhow::Result<()> {
    let mut draft = Draft::new(job.target.clone())?;
    let failed = || format!("{} was not written", job.target.path().display());
    files.redact(file, Some(&mut draft), sink).with_context(failed)?;
    draft.flush().with_context(failed)?;
    Ok(draft.commit()?)
}
