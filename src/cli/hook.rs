//! `transcrub hook`: answers one hook call of Claude Code.

use super::{
    ExitStatus,
    options::{PolicyArgs, RunArgs},
    tell,
};
use crate::{
    claude::hook::{self, Answer, Pipelines},
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Policy, Profile},
    store::Surroundings,
};
use serde_json::json;
use std::{
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

/// Answer a hook call of Claude Code: the call on stdin, the answer on stdout
///
/// A prompt with a secret is blocked; what a tool gives back is redacted in its own shape; a report that the agent
/// wrote is redacted as a bug report; finished sessions are scrubbed. Other events pass. What cannot be read is blocked
/// (exit 2). `transcrub hooks install` puts it in place.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Scrub these transcripts and what lies beside them, then end
    #[arg(long, value_name = "FILE", hide = true)]
    finish: Vec<PathBuf>,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// How long the client may go on writing after it said that it is done.
const AFTERMATH: Duration = Duration::from_millis(1_500);

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let choices = args.policy.choices(Profile::retain())?;
    let pipeline = choices.pipeline(&args.run)?;
    if !args.finish.is_empty() {
        std::thread::sleep(AFTERMATH);
        return finish(&pipeline, &args.finish);
    }
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    let send = || {
        let choices = args.policy.choices(Profile::bug()).map_err(|error| error.to_string())?;
        let policy = Policy::new(Profile::bug(), choices.allowlist);
        let (key, known) = (choices.key, choices.known);
        Pipeline::new(Settings { policy, key, known, threads: Some(1), access: Access::Read })
            .map_err(|error| error.to_string())
    };
    match hook::answer(&input, &Pipelines { keep: &pipeline, send: &send }) {
        Answer::Pass => Ok(ExitStatus::Clean),
        Answer::Change(value) => {
            writeln!(io::stdout(), "{value}")?;
            Ok(ExitStatus::Clean)
        }
        Answer::Scrub(files) => {
            scrub_later(&files);
            Ok(ExitStatus::Clean)
        }
        Answer::Block(reason) => {
            // The client may have noted the prompt before it asked.
            scrub_later(&hook::transcripts_of(&input));
            tell(&format!("{reason}\n"));
            writeln!(io::stdout(), "{}", json!({ "decision": "block", "reason": reason }))?;
            Ok(ExitStatus::Failed)
        }
    }
}

/// Starts a process of its own that scrubs these transcripts when the client is done with them.
fn scrub_later(files: &[PathBuf]) {
    let Ok(program) = std::env::current_exe() else { return };
    if files.is_empty() {
        return;
    }
    let mut command = Command::new(program);
    command
        .args(std::env::args_os().skip(1))
        .args(files.iter().flat_map(|file| ["--finish".as_ref(), file.as_os_str()]));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // The session is scrubbed at the next end, or by `transcrub store scrub`, if this one cannot start.
    drop(command.spawn());
}

/// Scrubs sessions, and the history of prompts, in place.
fn finish(pipeline: &Pipeline, transcripts: &[PathBuf]) -> anyhow::Result<ExitStatus> {
    let around = Surroundings::of_process();
    let failed = crate::store::scrub::sessions(pipeline, transcripts, &around);
    failed.iter().for_each(|error| tell(&format!("transcrub: {error}\n")));
    Ok(if failed.is_empty() { ExitStatus::Clean } else { ExitStatus::Failed })
}
