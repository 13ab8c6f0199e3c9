//! `transcrub rules`: what is looked for.

use super::ExitStatus;
use crate::rule::{self, Class, Matcher, Rule, RuleId};
use anyhow::anyhow;
use std::io::{self, Write as _};

/// Show or check the rules: what is looked for
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the rules
    List {
        /// Only those of this class
        #[arg(long, value_name = "CLASS")]
        class: Option<String>,
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
        format: Format,
    },
    /// Explain a rule
    Show {
        /// Its id, as reports and `rules list` show it
        id: String,
    },
    /// Run the tests that every rule carries
    Check,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Human,
    Jsonl,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitStatus> {
    match &args.command {
        Command::List { class, format } => list(class.as_deref(), *format),
        Command::Show { id } => show(id),
        Command::Check => check(),
    }
}

fn list(class: Option<&str>, format: Format) -> anyhow::Result<ExitStatus> {
    let class = class
        .map(|name| Class::from_name(name).ok_or_else(|| anyhow!("there is no class `{name}`")))
        .transpose()?;
    let mut out = String::new();
    for rule in rule::all().map(RuleId::rule).filter(|rule| class.is_none_or(|c| c == rule.class)) {
        out += &match format {
            Format::Human => format!(
                "{:<9}{:<9}{:<7}{:<40} {}\n",
                rule.class.name(),
                rule.severity.name(),
                rule.confidence.name(),
                rule.id,
                rule.name
            ),
            Format::Jsonl => format!("{}\n", as_json(rule)),
        };
    }
    io::stdout().write_all(out.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn check() -> anyhow::Result<ExitStatus> {
    let problems = rule::check::built_in();
    let mut out = String::new();
    for problem in &problems {
        out += &format!("{problem}\n");
    }
    out += &format!("{} rules, {} problems\n", rule::all().len(), problems.len());
    io::stdout().write_all(out.as_bytes())?;
    Ok(if problems.is_empty() { ExitStatus::Clean } else { ExitStatus::Findings })
}

fn as_json(rule: &Rule) -> serde_json::Value {
    serde_json::json!({
        "version": 1,
        "id": rule.id,
        "name": rule.name,
        "class": rule.class.name(),
        "severity": rule.severity.name(),
        "confidence": rule.confidence.name(),
        "label": rule.label,
        "references": rule.references,
    })
}

/// That there is no such rule, and which have the name in theirs, if they are few.
fn unknown(id: &str) -> anyhow::Error {
    let like: Vec<_> = rule::all().map(|rule| rule.rule().id).filter(|name| name.contains(id)).collect();
    match like.len() {
        1..=12 => anyhow!("there is no rule `{id}`; there is {}", like.join(", ")),
        _ => anyhow!("there is no rule `{id}`: `transcrub rules list` shows them"),
    }
}

fn show(id: &str) -> anyhow::Result<ExitStatus> {
    let rule = RuleId::from_name(id).ok_or_else(|| unknown(id))?.rule();
    let mut out = format!(
        "{}\n{}\n\nclass       {}\nseverity    {}\nconfidence  {} before checksum and context\nplaceholder {}\n",
        rule.id,
        rule.name,
        rule.class.name(),
        rule.severity.name(),
        rule.confidence.name(),
        rule.label,
    );
    let mut line = |name: &str, text: String| out += &format!("{name:<11} {text}\n");
    match rule.matcher {
        Matcher::Formats(formats) => {
            for format in formats {
                line("format", (*format).to_owned());
            }
        }
        Matcher::Pattern(pattern) => line("pattern", pattern.to_owned()),
        Matcher::Detector(name) => line("found by", format!("code: {name}")),
    }
    if !rule.keywords.is_empty() {
        line("needs", format!("one of {} within {} bytes", rule.keywords.join(", "), rule.within));
    }
    if !rule.also.is_empty() {
        line("and", format!("one of {}", rule.also.join(", ")));
    }
    if let Some(checksum) = rule.checksum {
        line("checksum", format!("{checksum}: a fit raises confidence, a misfit vetoes nothing"));
    }
    if !rule.allow.is_empty() {
        line("dummies", format!("{} published values are no findings", rule.allow.len()));
    }
    for reference in rule.references {
        line("see", (*reference).to_owned());
    }
    io::stdout().write_all(out.as_bytes())?;
    Ok(ExitStatus::Clean)
}
