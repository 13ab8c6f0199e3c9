//! `transcrub bug`: a sanitized clone of a session, ready to be resumed and sent.

use super::{
    ExitStatus, harmless,
    options::{PolicyArgs, RunArgs},
    signals,
    store::{agreed, duration, outcome_text},
    tell, tell_error,
};
use crate::{
    claude::{
        clone::{Placed, Sanitized},
        clones,
        gate::{self, Searched},
        issue::Issue,
        receipt::{self, Mismatch},
        session::Session,
    },
    pipeline::Pipeline,
    policy::Profile,
    store::{
        Count, Surroundings, Tally,
        layout::{Agent, FEEDBACK},
        scrub::{self, Request},
    },
};
use anyhow::{Context as _, bail};
use serde_json::json;
use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// Make a sanitized copy of a session, ready for /bug
///
/// /bug sends the conversation from memory and from the file, code included, and the client adds folder, branch and
/// git remote. The copy has a new id and is resumed in a folder that says nothing, so that /bug sends only what is
/// clean. The original is never touched.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// The session: an id or a path; without one the newest of this folder
    #[arg(value_name = "SESSION")]
    session: Option<String>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Put the copy alone into a configuration folder of its own
    ///
    /// Other sessions then cannot ride along with the report. Log in there with /login.
    #[arg(long)]
    isolated: bool,
    /// Write the copy and a receipt to DIR, to be sent by other means
    #[arg(long, value_name = "DIR", conflicts_with = "isolated")]
    bundle: Option<PathBuf>,
    /// Compare a bundle with its receipt, and search it again
    #[arg(long, value_name = "DIR", conflicts_with_all = ["bundle", "session", "isolated", "gate"])]
    check: Option<PathBuf>,
    /// Print the address of a pre-filled issue in the public tracker
    #[arg(long, conflicts_with_all = ["bundle", "isolated"])]
    issue: bool,
    /// For the plugin: fail unless the session and the messages on stdin are clean
    #[arg(long, conflicts_with_all = ["bundle", "issue", "isolated"])]
    gate: bool,
    /// With --gate: read the messages in memory from FILE instead
    #[arg(long, value_name = "FILE", requires = "gate")]
    messages: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the copies that were made, and remove them
    Clean(CleanArgs),
    /// Sanitize in place what /feedback has written: archives not sent, and drafts
    Feedback(Box<FeedbackArgs>),
}

#[derive(Debug, clap::Args)]
struct FeedbackArgs {
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, clap::Args)]
struct CleanArgs {
    /// Only those at least this old: 1d, 12h
    #[arg(long, value_name = "AGE", value_parser = duration)]
    older_than: Option<Duration>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    signals::watch();
    let around = Surroundings::of_process();
    match &args.action {
        Some(Action::Clean(args)) => return clean(args, &around),
        Some(Action::Feedback(args)) => return feedback(args, &around),
        None => {}
    }
    let choices = args.policy.choices(Profile::bug())?;
    let profile = choices.profile.name().to_owned();
    let pipeline = choices.pipeline(&args.run)?;
    if let Some(folder) = &args.check {
        return check(&pipeline, folder);
    }
    if args.gate {
        return run_gate(args, &pipeline, &around);
    }
    let session = choose(args, &around)?;
    let copy = Sanitized::new(&pipeline, &session)?;
    if args.issue {
        writeln!(io::stdout(), "{}", Issue::of(&copy.files[0].1).url())?;
        return Ok(ExitStatus::Clean);
    }
    if !args.run.quiet {
        // A name beside the session may hold a secret.
        let names = pipeline.names(session.files());
        tell(&names.hide(&overview(&session, &copy.found, &profile, args.run.verbose)));
    }
    if !args.yes && !agreed("Write the sanitized copy?")? {
        bail!("nothing was written");
    }
    match &args.bundle {
        Some(folder) => bundle(&copy, &session, folder, &profile),
        None => place(args, &copy, &session, &around, &profile),
    }
}

fn place(
    args: &Args,
    copy: &Sanitized,
    session: &Session,
    around: &Surroundings,
    profile: &str,
) -> anyhow::Result<ExitStatus> {
    let placed = place_noted(copy, around, args.isolated)?;
    let text = match args.format {
        Format::Human => next_steps(&placed),
        Format::Json => {
            let result = json!({
                "version": 1, "session": copy.id, "of": session.id, "path": placed.path, "cwd": placed.cwd,
                "env": placed.env(around), "resume": placed.resume(), "profile": profile,
                "findings": copy.found.to_json(),
            });
            format!("{result:#}\n")
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// Writes a clone and notes it; one that cannot be noted could not be found again to be removed.
fn place_noted(copy: &Sanitized, around: &Surroundings, isolated: bool) -> anyhow::Result<Placed> {
    let placed = copy.place(around, isolated)?;
    if let Err(error) = clones::note(&placed, around) {
        drop(placed.remove());
        return Err(error.into());
    }
    Ok(placed)
}

fn next_steps(placed: &Placed) -> String {
    let login = match &placed.config {
        Some(_) => "log in with /login, ",
        None => "",
    };
    format!(
        "{}\n\nPaste this line into a terminal, {login}then type /bug there and choose this session only.\n\
         `transcrub bug clean` removes the copy afterwards.\n",
        placed.resume()
    )
}

fn bundle(copy: &Sanitized, session: &Session, folder: &Path, profile: &str) -> anyhow::Result<ExitStatus> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty: name a new folder", folder.display());
    }
    let inputs: Vec<PathBuf> = std::iter::once(&session.path).chain(&session.others).cloned().collect();
    receipt::write(copy, folder, profile, &inputs)?;
    writeln!(io::stdout(), "{}", folder.display())?;
    Ok(ExitStatus::Clean)
}

fn check(pipeline: &Pipeline, folder: &Path) -> anyhow::Result<ExitStatus> {
    let wrong = receipt::check(folder)?;
    for mismatch in &wrong {
        tell(&match mismatch {
            Mismatch::NoReceipt => format!("{}: no receipt of this tool\n", receipt::NAME),
            Mismatch::Changed(name) => format!("{}: missing, or not as it was\n", name.display()),
            Mismatch::Unlisted(name) => format!("{}: not in the receipt\n", name.display()),
            Mismatch::NotAFile(name) => format!("{}: no plain file, so not looked into\n", name.display()),
        });
    }
    let files: Vec<PathBuf> = receipt::names(folder)?.iter().map(|name| folder.join(name)).collect();
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let found = Searched::new(pipeline, None, &paths)?.findings()?;
    if !found.is_empty() {
        tell(&table(&found, false));
    }
    match (wrong.is_empty(), found.is_empty()) {
        (true, true) => {
            writeln!(io::stdout(), "the bundle is as its receipt says, and clean")?;
            Ok(ExitStatus::Clean)
        }
        _ => Ok(ExitStatus::Findings),
    }
}

/// Passes silently, or makes a copy and says what to do: on stdout, since that is what the plugin shows.
fn run_gate(args: &Args, pipeline: &Pipeline, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let mut messages = Vec::new();
    match &args.messages {
        Some(file) => messages = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?,
        None => drop(io::stdin().lock().read_to_end(&mut messages).context("cannot read the messages")?),
    }
    let messages = gate::messages(messages).context("the messages in memory did not come through")?;
    let session = Session::find(Some(args.session.as_deref().context("--gate needs a session id")?), around)?;
    let searched = Searched::new(pipeline, Some(messages), &session.files())?;
    let repository = searched.repository();
    if repository.is_none() && searched.nothing_found()? {
        return Ok(ExitStatus::Clean);
    }
    let copy = Sanitized::of(&session, &searched)?;
    let in_memory = copy.found.is_empty().then(|| searched.findings()).transpose()?;
    let found = in_memory.as_ref().unwrap_or(&copy.found);
    let placed = place_noted(&copy, around, false)?;
    let mut classes: Vec<String> = found
        .classes()
        .map(|(class, rules)| format!("{class} {}", rules.values().map(|c| c.times).sum::<u64>()))
        .collect();
    classes.extend(repository.map(|_| "the git repository it stands in".to_owned()));
    let text = format!(
        "Not sent: this session holds what should not leave ({}).\nA sanitized copy is ready. In a terminal:\n  {}\n\
         then type /bug there.\n",
        classes.join(", "),
        placed.resume()
    );
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitStatus::Failed)
}

/// The session that is meant; where several could be, a terminal asks.
fn choose(args: &Args, around: &Surroundings) -> anyhow::Result<Session> {
    let asks = args.session.is_none() && !args.yes && io::stdin().is_terminal();
    let here = if asks { Session::here(around)? } else { Vec::new() };
    if here.len() < 2 {
        return Ok(Session::find(args.session.as_deref(), around)?);
    }
    let shown = &here[..here.len().min(9)];
    for (i, session) in shown.iter().enumerate() {
        let bytes = fs::metadata(&session.path).map_or(0, |m| m.len());
        let age = age(session.modified);
        tell(&format!("{:>3}  {}  {age:>8} old  {:>6} KB\n", i + 1, session.id, bytes.div_ceil(1000)));
    }
    tell(&format!("Which session? [1-{}, default 1] ", shown.len()));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let number: usize = match answer.trim() {
        "" => 1,
        text => text.parse().context("that is not a number")?,
    };
    shown.get(number.wrapping_sub(1)).cloned().context("there is no such session")
}

fn age(then: SystemTime) -> String {
    let seconds = SystemTime::now().duration_since(then).unwrap_or_default().as_secs();
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn overview(session: &Session, found: &Tally, profile: &str, places: bool) -> String {
    let files = match session.others.len() {
        0 => String::new(),
        more => format!(" and {more} files beside it"),
    };
    let head = format!("Session {}{files}, profile {profile}\n", session.id);
    if found.is_empty() {
        return head
            + "Nothing in it needs to be replaced; the copy still keeps your folder, branch and remote out.\n";
    }
    format!("{head}To be replaced, {} in all:\n{}", found.total(), table(found, places))
}

/// Where the first ones stand: in full, or the file names only.
fn places_text(count: &Count, full: bool) -> String {
    let place = |(path, record): &(PathBuf, u64)| {
        let name = path.file_name().filter(|_| !full).map_or(path.as_path(), Path::new);
        format!("{}:{record}", name.display())
    };
    let shown: Vec<String> = count.places.iter().take(if full { usize::MAX } else { 1 }).map(place).collect();
    let more = count.times - shown.len() as u64;
    if more == 0 { shown.join(" ") } else { format!("{} and {more} more", shown.join(" ")) }
}

/// Counts by class and rule, the most severe first.
fn table(found: &Tally, places: bool) -> String {
    let mut rows: Vec<_> = found
        .classes()
        .flat_map(|(class, rules)| rules.iter().map(move |(rule, count)| (class, *rule, count)))
        .collect();
    rows.sort_by_key(|(class, rule, count)| {
        (*class != "secret", *class, std::cmp::Reverse(count.times), *rule)
    });
    let row = |(class, rule, count): &(&str, &str, &Count)| {
        let times = count.times;
        format!("  {class:<9} {times:>6}  {rule:<32} {}\n", places_text(count, places))
    };
    rows.iter().map(row).collect()
}

/// Sanitizes what `/feedback` has written. What cannot be looked into is told, and is no success.
fn feedback(args: &FeedbackArgs, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let choices = args.policy.choices(Profile::bug())?;
    if !args.yes && !agreed("Sanitize archives and drafts of /feedback in place?")? {
        bail!("nothing was changed");
    }
    let outcome = scrub::run(
        &Request {
            pipeline: &choices.pipeline(&args.run)?,
            fingerprint: String::new(),
            agents: vec![Agent::Claude],
            places: &FEEDBACK,
            older_than: Duration::ZERO,
            include_active: true,
            write: true,
        },
        around,
    );
    outcome.failed.iter().for_each(|error| tell_error(error));
    if !args.run.quiet {
        let text = outcome_text(&outcome, true, args.run.verbose);
        io::stdout().write_all(harmless(&text).as_bytes())?;
    }
    let all = outcome.failed.is_empty() && outcome.kept.is_empty() && outcome.skipped.is_empty();
    Ok(if all { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn clean(args: &CleanArgs, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let minimum = args.older_than.unwrap_or_default();
    let now = SystemTime::now();
    let mut old = clones::all(around)?;
    old.retain(|made| now.duration_since(made.at).unwrap_or_default() >= minimum);
    if old.is_empty() {
        tell("no copies to remove\n");
        return Ok(ExitStatus::Clean);
    }
    for made in &old {
        tell(&format!("  {:>8} old  {}\n", age(made.at), made.placed.path.display()));
    }
    if !args.yes && !agreed("Remove them?")? {
        bail!("nothing was removed");
    }
    let (gone, stayed) = clones::clean(minimum, around)?;
    stayed.iter().for_each(|folder| tell(&format!("{} holds other files and stays\n", folder.display())));
    writeln!(io::stdout(), "removed {}", gone.len())?;
    Ok(ExitStatus::Clean)
}
