//! `transcrub hook`: answers one hook call of Claude Code.

use super::{
    ExitStatus,
    options::{PolicyArgs, RunArgs},
    tell, tell_error,
};
use crate::{
    claude::{
        hook::{self, Answer, Pipelines},
        plugin,
    },
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Policy, Profile},
    store::Surroundings,
};
use serde_json::{Value, json};
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
    /// Note that the plugin's module is loaded in this session, then end
    #[arg(long, value_name = "SESSION", hide = true)]
    loaded: Option<String>,
    /// Called by the plugin: warn if its gate before /bug is not in force
    #[arg(long, hide = true)]
    plugin: bool,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// How long the client may go on writing after it said that it is done.
const AFTERMATH: Duration = Duration::from_millis(1_500);

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    if let Some(session) = &args.loaded {
        plugin::note_loaded(session, &Surroundings::of_process())?;
        return Ok(ExitStatus::Clean);
    }
    if !args.finish.is_empty() {
        let pipeline = args.policy.choices(Profile::retain())?.pipeline(&args.run)?;
        std::thread::sleep(AFTERMATH);
        return finish(&pipeline, &args.finish);
    }
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    match answer(args, &input) {
        // Exit 2 would keep the agent going at every end, for as long as the trouble lasts.
        Err(error) if hook::must_not_block(&input) => {
            tell_error(&format!("{error:#}"));
            Ok(ExitStatus::Findings)
        }
        status => status,
    }
}

fn answer(args: &Args, input: &[u8]) -> anyhow::Result<ExitStatus> {
    let pipeline = args.policy.choices(Profile::retain())?.pipeline(&args.run)?;
    let send = || {
        let choices = args.policy.choices(Profile::bug()).map_err(|error| error.to_string())?;
        let policy = Policy::new(Profile::bug(), choices.allowlist);
        let (key, known) = (choices.key, choices.known);
        Ok(Pipeline::new(Settings { policy, key, known, threads: Some(1), access: Access::Read }))
    };
    match hook::answer(input, &Pipelines { keep: &pipeline, send: &send }) {
        Answer::Pass => {
            if let Some(warning) = args.plugin.then(|| warning(input)).flatten() {
                writeln!(io::stdout(), "{}", json!({ "systemMessage": warning }))?;
            }
            Ok(ExitStatus::Clean)
        }
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
            scrub_later(&hook::transcripts_of(input));
            tell(&format!("{reason}\n"));
            if let Some(answer) = hook::refusal(input, &reason) {
                writeln!(io::stdout(), "{answer}")?;
            }
            Ok(ExitStatus::Failed)
        }
    }
}

/// What the plugin has to say about its own gate.
fn warning(input: &[u8]) -> Option<String> {
    let around = Surroundings::of_process();
    let call: Value = serde_json::from_slice(input).ok()?;
    match call["hook_event_name"].as_str()? {
        "SessionStart" => plugin::at_start(&around),
        "UserPromptSubmit" => plugin::at_prompt(call["session_id"].as_str()?, &around),
        _ => None,
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
