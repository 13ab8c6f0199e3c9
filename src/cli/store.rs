//! `transcrub store`: the places where agents keep sessions.

use super::{
    ExitStatus, harmless,
    options::{PolicyArgs, RunArgs},
    signals, tell, tell_error,
};
use crate::{
    input::Access,
    pipeline::{Names, Pipeline, Settings},
    policy::{Allowlist, Policy, Profile},
    report::printable,
    store::{
        Surroundings, Tally,
        layout::{self, Agent, Kind, Stored},
        ruleset,
        scrub::{self, Outcome, Request},
    },
    tag::Key,
};
use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    time::{Duration, SystemTime},
};

/// List, search, scrub or empty the places where agents keep sessions
///
/// Claude Code, Codex, Gemini CLI, opencode, pi, Copilot CLI, Cursor and Aider; HOME, CLAUDE_CONFIG_DIR, CODEX_HOME,
/// COPILOT_HOME and XDG_* say where. Databases are listed and not changed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// What there is, how large, how old, and how long until it is deleted
    List(ListArgs),
    /// Search without changing anything; exit 1 if anything is found
    Scan(ScrubArgs),
    /// Scrub finished sessions in place
    ///
    /// Nothing is lost: what is appended meanwhile is kept, and a crash at any moment leaves every file whole. Sessions
    /// in use are skipped, and that is said. Configuration and credentials are never changed.
    Scrub(ScrubArgs),
    /// Delete old sessions; asks first
    Purge(PurgeArgs),
}

#[derive(Debug, clap::Args)]
struct Selection {
    /// Only these agents: claude, codex, gemini, opencode, pi, copilot, cursor, aider
    #[arg(long, value_name = "AGENT", value_delimiter = ',', value_parser = agent)]
    agent: Vec<Agent>,
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    #[command(flatten)]
    which: Selection,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, clap::Args)]
struct ScrubArgs {
    #[command(flatten)]
    which: Selection,
    /// Only files that have not been written for this long: 30d, 12h, 45m
    #[arg(long, value_name = "AGE", value_parser = duration)]
    older_than: Option<Duration>,
    /// Sessions in use as well
    #[arg(long)]
    include_active: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, clap::Args)]
struct PurgeArgs {
    #[command(flatten)]
    which: Selection,
    /// Only sessions that have not been written for this long: 30d, 12h
    #[arg(long, value_name = "AGE", value_parser = duration)]
    older_than: Duration,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

/// How many files are named in a list for people.
const NAMED: usize = 20;

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    let around = Surroundings::of_process();
    if around.home().is_none() {
        let named = ["CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "XDG_DATA_HOME"];
        if named.iter().all(|name| around.var(name).is_none()) {
            bail!("no home folder is known, so no store either: set HOME");
        }
        tell_error("no home folder is known: only the stores that variables name are looked at");
    }
    match &args.action {
        Action::List(args) => list(args, &around),
        Action::Scan(args) => scrub(args, &around, false),
        Action::Scrub(args) => scrub(args, &around, true),
        Action::Purge(args) => purge(args, &around),
    }
}

/// What is kept in one place.
struct Row {
    agent: Agent,
    content: &'static str,
    kind: Kind,
    folder: String,
    files: u64,
    bytes: u64,
    oldest: SystemTime,
    /// When the agent deletes the oldest of it.
    deleted: Option<SystemTime>,
}

fn list(args: &ListArgs, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let (rows, errors) = rows(&args.which.agent, around);
    errors.iter().for_each(|error| tell_error(error));
    let text = match args.format {
        Format::Human => harmless(&list_text(&rows)).into_owned(),
        Format::Json => format!(
            "{:#}\n",
            json!({ "version": 1, "places": rows.iter().map(row_json).collect::<Vec<_>>() })
        ),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(if errors.is_empty() { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn rows(agents: &[Agent], around: &Surroundings) -> (Vec<Row>, Vec<String>) {
    let retention = layout::retention(around);
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for root in layout::roots(around).iter().filter(|r| agents.is_empty() || agents.contains(&r.agent)) {
        let listing = layout::files(root);
        errors.extend(listing.errors);
        let mut places: BTreeMap<usize, Row> = BTreeMap::new();
        for file in &listing.files {
            let order = root.places.iter().position(|place| place == file.place).unwrap_or(0);
            let row = places.entry(order).or_insert_with(|| Row {
                agent: file.agent,
                content: file.place.content,
                kind: file.place.kind,
                folder: root.folder.display().to_string(),
                files: 0,
                bytes: 0,
                oldest: file.modified,
                deleted: None,
            });
            row.files += 1;
            row.bytes += file.bytes;
            row.oldest = row.oldest.min(file.modified);
            row.deleted = file.place.swept.then(|| row.oldest + retention);
        }
        rows.extend(places.into_values());
    }
    (rows, errors)
}

fn list_text(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut folder = "";
    for row in rows {
        if row.folder != folder {
            folder = &row.folder;
            out += &format!("{}: {folder}\n", row.agent);
        }
        let deleted = match row.deleted {
            Some(then) => match then.duration_since(SystemTime::now()) {
                Ok(left) => format!("the oldest is deleted in {} days", left.as_secs() / 86_400),
                Err(_) => "the oldest is deleted at the next start".to_owned(),
            },
            None => "kept until you delete it".to_owned(),
        };
        let note = match row.kind {
            Kind::Unsupported => "; not supported",
            Kind::Kept => "; never changed",
            _ => "",
        };
        let (files, content) = (row.files, row.content);
        out += &format!(
            "  {content:<40} {files:>6} files {:>9}  oldest {:>4} days; {deleted}{note}\n",
            size(row.bytes),
            days(row.oldest)
        );
    }
    if rows.is_empty() { "no stores found\n".to_owned() } else { out }
}

fn row_json(row: &Row) -> Value {
    let seconds =
        |then: SystemTime| then.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    json!({
        "agent": row.agent.name(), "folder": row.folder, "content": row.content, "files": row.files,
        "bytes": row.bytes, "oldest": seconds(row.oldest), "deleted": row.deleted.map(seconds),
        "supported": row.kind != Kind::Unsupported, "changed": !matches!(row.kind, Kind::Unsupported | Kind::Kept),
    })
}

fn scrub(args: &ScrubArgs, around: &Surroundings, write: bool) -> anyhow::Result<ExitStatus> {
    signals::watch();
    let choices = args.policy.choices(Profile::retain())?;
    if write && !args.yes && !agreed("Scrub finished sessions in place?")? {
        bail!("nothing was changed");
    }
    let fingerprint = blake3::hash(format!("{} {choices:?}", ruleset()).as_bytes()).to_hex().to_string();
    let pipeline = choices.pipeline(&args.run)?;
    let request = Request {
        pipeline: &pipeline,
        fingerprint,
        agents: args.which.agent.clone(),
        places: &[],
        older_than: args.older_than.unwrap_or_default(),
        include_active: args.include_active,
        write,
    };
    let outcome = scrub::run(&request, around);
    outcome.failed.iter().for_each(|error| tell_error(error));
    let text = match args.format {
        Format::Human => harmless(&outcome_text(&outcome, write, args.run.verbose)).into_owned(),
        Format::Json => format!("{:#}\n", outcome_json(&outcome)),
    };
    if !args.run.quiet || args.format == Format::Json {
        io::stdout().write_all(text.as_bytes())?;
    }
    Ok(match (outcome.failed.is_empty(), write || outcome.found.is_empty()) {
        (false, _) => ExitStatus::Failed,
        (true, false) => ExitStatus::Findings,
        (true, true) => ExitStatus::Clean,
    })
}

pub(super) fn outcome_text(outcome: &Outcome, write: bool, all: bool) -> String {
    let mut out = format!("{} files, {} read", outcome.files, outcome.read);
    if write {
        out += &format!(", {} scrubbed", outcome.replaced);
    }
    out += &format!("; {} found\n", outcome.found.total());
    out += &found_text(&outcome.found, all);
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, reason) in &outcome.skipped {
        let kind = if reason.starts_with("written") { "written just now" } else { reason };
        reasons.entry(kind).or_default().push(format!("{}: {reason}", printable(path)));
    }
    for (reason, paths) in reasons {
        out += &format!("skipped {}, {reason}\n", paths.len());
        let shown = if all { paths.len() } else { NAMED };
        paths.iter().take(shown).for_each(|path| out += &format!("  {path}\n"));
        if paths.len() > shown {
            out += &format!("  and {} more\n", paths.len() - shown);
        }
    }
    for path in &outcome.linked {
        let path = printable(path);
        out += &format!(
            "{path}: has another name that is no part of the stores, where the old content still stands\n"
        );
    }
    for (path, reason) in &outcome.kept {
        out += &format!("not changed: {}: {reason}\n", printable(path));
    }
    if !outcome.failed.is_empty() {
        out += &format!("{} failed\n", outcome.failed.len());
    }
    out
}

fn found_text(found: &Tally, places: bool) -> String {
    let mut out = String::new();
    for (class, rules) in found.classes() {
        for (rule, count) in rules {
            out += &format!("  {class:<9} {:>6}  {rule}\n", count.times);
            for (path, record) in count.places.iter().filter(|_| places) {
                out += &format!("{:20}{}:{record}\n", "", printable(path));
            }
        }
    }
    out
}

fn outcome_json(outcome: &Outcome) -> Value {
    let pairs = |pairs: Vec<(String, String)>| -> Vec<Value> {
        pairs.into_iter().map(|(path, reason)| json!({ "path": path, "reason": reason })).collect()
    };
    let skipped = outcome.skipped.iter().map(|(p, r)| (p.display().to_string(), r.clone())).collect();
    let kept = outcome.kept.iter().map(|(p, r)| (p.display().to_string(), (*r).to_owned())).collect();
    json!({
        "version": 1, "files": outcome.files, "read": outcome.read, "scrubbed": outcome.replaced,
        "findings": outcome.found.to_json(), "skipped": pairs(skipped), "kept": pairs(kept),
        "linked": outcome.linked.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        "failed": outcome.failed,
    })
}

fn purge(args: &PurgeArgs, around: &Surroundings) -> anyhow::Result<ExitStatus> {
    let roots = layout::roots(around).into_iter();
    let roots = roots.filter(|r| args.which.agent.is_empty() || args.which.agent.contains(&r.agent));
    let listings: Vec<_> = roots.map(|root| layout::files(&root)).collect();
    let errors: Vec<String> = listings.iter().flat_map(|listing| listing.errors.clone()).collect();
    errors.iter().for_each(|error| tell_error(error));
    let status = if errors.is_empty() { ExitStatus::Clean } else { ExitStatus::Failed };
    let now = SystemTime::now();
    let old = |file: &Stored| {
        let age = now.duration_since(file.modified).unwrap_or_default();
        file.place.session && file.place.kind != Kind::Unsupported && age >= args.older_than
    };
    let mut files: Vec<Stored> = listings.into_iter().flat_map(|l| l.files).filter(old).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    let used = scrub::in_use(&files);
    let names = names_of(&files)?;
    used.iter().for_each(|(path, why)| {
        tell(&names.hide(&format!("  stays, {why}: {}\n", printable(path))));
    });
    files.retain(|file| !used.contains_key(&file.path));
    if files.is_empty() {
        tell("nothing is that old\n");
        return Ok(status);
    }
    tell(&groups_text(&files));
    if !args.yes && !agreed("Delete them? They cannot be brought back.")? {
        bail!("nothing was deleted");
    }
    let gone = files.iter().filter(|file| match fs::remove_file(&file.path) {
        Ok(()) => {
            remove_emptied(file);
            true
        }
        Err(error) => {
            tell_error(&names.hide(&format!("cannot delete {}: {error}", file.path.display())));
            false
        }
    });
    let gone = gone.count();
    writeln!(io::stdout(), "deleted {gone} files")?;
    Ok(if gone < files.len() { ExitStatus::Failed } else { status })
}

/// The secrets in the names of files, where no policy was asked for.
fn names_of(files: &[Stored]) -> anyhow::Result<Names> {
    let settings = Settings {
        policy: Policy::new(Profile::retain(), Allowlist::default()),
        key: Key::random()?,
        known: Vec::new(),
        threads: None,
        access: Access::Map,
    };
    Ok(Pipeline::new(settings).names(files.iter().map(|file| file.path.as_path())))
}

/// Removes the folders that a deleted file has left empty, but for the place itself right below the root.
fn remove_emptied(file: &Stored) {
    let folders = file.path.ancestors().skip(1).take(file.depth.saturating_sub(2));
    // One that is not empty ends it.
    folders.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
}

/// Files by agent and place: how many, and how large.
fn groups_text(files: &[Stored]) -> String {
    let mut groups: BTreeMap<(Agent, &str), (u64, u64)> = BTreeMap::new();
    for file in files {
        let group = groups.entry((file.agent, file.place.content)).or_default();
        *group = (group.0 + 1, group.1 + file.bytes);
    }
    let row = |((agent, content), (count, bytes)): (&(Agent, &str), &(u64, u64))| {
        format!("  {agent}: {content}: {count} files, {}\n", size(*bytes))
    };
    groups.iter().map(row).collect()
}

/// Asks; without a terminal the answer is not known, which is an error.
pub(super) fn agreed(question: &str) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("nobody is there to ask: pass --yes");
    }
    tell(&format!("{question} [y/N] "));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).context("cannot read the answer")?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn agent(name: &str) -> Result<Agent, String> {
    let names = Agent::ALL.map(Agent::name).join(", ");
    Agent::from_name(name).ok_or_else(|| format!("there is no agent `{name}`: use one of {names}"))
}

/// A number of days, or with `h`, `m`, `s` of hours, minutes, seconds.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no age: write 30d, 12h or 45m");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    let unit = match &text[digits.len()..] {
        "d" | "" => 86_400,
        "h" => 3_600,
        "m" | "min" => 60,
        "s" => 1,
        _ => return Err(wrong()),
    };
    number.checked_mul(unit).map(Duration::from_secs).ok_or_else(wrong)
}

fn days(then: SystemTime) -> u64 {
    SystemTime::now().duration_since(then).unwrap_or_default().as_secs() / 86_400
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_units() {
        for (text, seconds) in
            [("30d", 2_592_000), ("2", 172_800), ("12h", 43_200), ("45m", 2_700), ("9s", 9)]
        {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for wrong in ["", "d", "1w", "-1d", "1.5d", "99999999999999999999d", "999999999999999999d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
