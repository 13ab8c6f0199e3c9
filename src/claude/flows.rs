//! What leaves this machine from Claude Code, under the variables and settings as they are.
//!
//! The rows are data, each with its source and date: the data-usage page of the documentation in the two forms known
//! (autumn 2025 and August 2026), the page on environment variables, and what the client did when it was run.

use super::settings::{Settings, SettingsError};
use crate::store::{Surroundings, managed_folder};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Where a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The page or run.
    pub name: &'static str,
    /// Its date, as exact as it is known.
    pub date: &'static str,
}

const PAGE_2025: Source = Source { name: "Claude Code documentation, data usage", date: "2025-10" };
const PAGE: Source = Source { name: "Claude Code documentation, data usage", date: "2026-08-22" };
const VARIABLES: Source =
    Source { name: "Claude Code documentation, environment variables", date: "2026-08-22" };
const FOLDER: Source =
    Source { name: "Claude Code documentation, the .claude directory", date: "2026-08-22" };
const RUN: Source = Source { name: "Claude Code 2.1.330, run sealed off", date: "2026-11-22" };

/// Who serves the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Anthropic.
    Claude,
    /// Google Vertex AI.
    Vertex,
    /// Amazon Bedrock.
    Bedrock,
    /// Microsoft Foundry.
    Foundry,
    /// Claude Platform on AWS.
    Aws,
}

impl Provider {
    /// All of them; the first whose variable is set counts.
    pub const ALL: [Self; 5] = [Self::Bedrock, Self::Vertex, Self::Foundry, Self::Aws, Self::Claude];

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Claude => "Claude API",
            Self::Vertex => "Google Vertex AI",
            Self::Bedrock => "Amazon Bedrock",
            Self::Foundry => "Microsoft Foundry",
            Self::Aws => "Claude Platform on AWS",
        }
    }

    /// The variable that chooses it.
    #[must_use]
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Self::Claude => None,
            Self::Vertex => Some("CLAUDE_CODE_USE_VERTEX"),
            Self::Bedrock => Some("CLAUDE_CODE_USE_BEDROCK"),
            Self::Foundry => Some("CLAUDE_CODE_USE_FOUNDRY"),
            Self::Aws => Some("CLAUDE_CODE_USE_ANTHROPIC_AWS"),
        }
    }
}

/// When a variable counts as set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// With any value that is not empty, `0` and `false` too.
    Any,
    /// With `1`, `true`, `yes` or `on`.
    True,
}

/// What switches a flow.
#[derive(Clone, Copy, Debug)]
enum Switch {
    /// A variable.
    Variable(&'static str, Counts),
    /// A member of the settings with this value.
    Setting(&'static str, Wanted),
}

/// The value of a setting that switches.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    True,
    Zero,
}

/// Switches off all but what is needed: any value that is not empty counts.
const NONESSENTIAL: Switch = Switch::Variable("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", Counts::Any);

/// One thing that leaves the machine.
struct Flow {
    name: &'static str,
    carries: &'static str,
    to: &'static str,
    kept: &'static str,
    /// Whether it is on by default with the Claude API.
    with_claude: bool,
    /// Whether it is on by default with the others.
    with_others: bool,
    off: &'static [Switch],
    on: &'static [Switch],
    note: &'static str,
    source: Source,
}

const FLOWS: [Flow; 8] = [
    Flow {
        name: "api",
        carries: "prompts, files and tool results that the model is shown, and its answers",
        to: "the provider of the model",
        kept: "by account, see below; with another provider by its own terms",
        with_claude: true,
        with_others: true,
        off: &[],
        on: &[],
        note: "what Claude Code is for; encrypted on the way",
        source: PAGE_2025,
    },
    Flow {
        name: "metrics",
        carries: "latency, reliability and usage; no code, no file paths",
        to: "Anthropic (formerly Statsig)",
        kept: "not said",
        with_claude: true,
        with_others: false,
        off: &[
            Switch::Variable("DISABLE_TELEMETRY", Counts::Any),
            Switch::Variable("DO_NOT_TRACK", Counts::True),
            NONESSENTIAL,
        ],
        on: &[],
        note: "",
        source: PAGE,
    },
    Flow {
        name: "errors",
        carries: "errors of the program itself",
        to: "Anthropic (formerly Sentry)",
        kept: "not said",
        with_claude: true,
        with_others: false,
        off: &[Switch::Variable("DISABLE_ERROR_REPORTING", Counts::Any), NONESSENTIAL],
        on: &[],
        note: "from 2.1.198 only when signed in with Pro or Max",
        source: PAGE,
    },
    Flow {
        name: "bug",
        carries: "the whole conversation with code, from memory and from the file, folder, branch, commit and remote",
        to: "Anthropic; on request also a public issue",
        kept: "5 years",
        with_claude: true,
        with_others: false,
        off: &[
            Switch::Variable("DISABLE_FEEDBACK_COMMAND", Counts::True),
            Switch::Variable("DISABLE_BUG_COMMAND", Counts::True),
            NONESSENTIAL,
        ],
        on: &[],
        note: "/bug, /feedback, /share; with another provider an archive in ~/.claude/feedback-bundles instead; \
               `transcrub bug` makes a copy that is safe to send",
        source: PAGE,
    },
    Flow {
        name: "survey",
        carries: "a rating; on \"yes\" the transcript, those of sub-agents and the session file",
        to: "Anthropic",
        kept: "shared transcripts up to 6 months",
        with_claude: true,
        with_others: true,
        off: &[
            Switch::Variable("CLAUDE_CODE_DISABLE_FEEDBACK_SURVEY", Counts::True),
            Switch::Setting("feedbackSurveyRate", Wanted::Zero),
            NONESSENTIAL,
        ],
        on: &[],
        note: "",
        source: PAGE,
    },
    Flow {
        name: "webfetch",
        carries: "the host name of each page to be fetched",
        to: "Anthropic",
        kept: "not said",
        with_claude: true,
        with_others: true,
        off: &[Switch::Setting("skipWebFetchPreflight", Wanted::True)],
        on: &[],
        note: "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC leaves it on",
        source: PAGE,
    },
    Flow {
        name: "updates",
        carries: "the version in use",
        to: "the download server or package registry",
        kept: "not said",
        with_claude: true,
        with_others: true,
        off: &[
            Switch::Variable("DISABLE_AUTOUPDATER", Counts::True),
            Switch::Variable("DISABLE_UPDATES", Counts::True),
            NONESSENTIAL,
        ],
        on: &[],
        note: "",
        source: VARIABLES,
    },
    Flow {
        name: "otel",
        carries: "usage; with OTEL_LOG_USER_PROMPTS prompts, with OTEL_LOG_RAW_API_BODIES everything",
        to: "the collector that you name",
        kept: "as you decide",
        with_claude: false,
        with_others: false,
        off: &[],
        on: &[Switch::Variable("CLAUDE_CODE_ENABLE_TELEMETRY", Counts::True)],
        note: "",
        source: VARIABLES,
    },
];

/// What holds for a kind of account.
pub struct Account {
    /// Which.
    pub name: &'static str,
    /// How long conversations are kept on servers.
    pub kept: &'static str,
    /// Whether models are trained on them.
    pub training: &'static str,
    /// What changes it.
    pub change: &'static str,
    /// Who says so.
    pub source: Source,
}

/// Retention and training by account; with another provider its own terms hold.
pub const ACCOUNTS: [Account; 7] = [
    Account {
        name: "Free, Pro, Max; data use allowed",
        kept: "5 years",
        training: "yes",
        change: "claude.ai/settings/data-privacy-controls",
        source: PAGE_2025,
    },
    Account {
        name: "Free, Pro, Max; data use not allowed",
        kept: "30 days",
        training: "no",
        change: "claude.ai/settings/data-privacy-controls",
        source: PAGE_2025,
    },
    Account { name: "Team", kept: "30 days", training: "no", change: "contract", source: PAGE_2025 },
    Account { name: "Enterprise", kept: "30 days", training: "no", change: "contract", source: PAGE_2025 },
    Account { name: "API", kept: "30 days", training: "no", change: "contract", source: PAGE_2025 },
    Account {
        name: "zero data retention (API keys set up for it, Enterprise)",
        kept: "not kept",
        training: "no",
        change: "contract",
        source: PAGE_2025,
    },
    Account {
        name: "Development Partner Program (Claude API only, by an organisation's admin)",
        kept: "by account",
        training: "yes, what is shared under it",
        change: "leave the programme",
        source: PAGE_2025,
    },
];

/// What runs elsewhere for Claude Code on the web, and who says so.
pub const CLOUD: [(&str, &str, Source); 5] = [
    (
        "code",
        "the repository is cloned to an isolated virtual machine and deleted after the session",
        PAGE_2025,
    ),
    ("credentials", "GitHub is reached through a proxy; its credentials never enter the sandbox", PAGE_2025),
    ("network", "all outgoing traffic passes a proxy that logs it", PAGE_2025),
    ("retention", "code and session data as for the type of account", PAGE_2025),
    ("session data", "prompts, changes and outputs as with Claude Code on your machine", PAGE_2025),
];

/// A value and what set it.
type Set<T> = Option<(T, String)>;

/// Variables and settings as they are in force.
pub struct Force<'a> {
    around: &'a Surroundings,
    /// Highest first: managed, local, project, user.
    layers: Vec<(PathBuf, Value)>,
}

/// One row of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name that `flows set` takes.
    pub name: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// Why.
    pub why: String,
    /// What it carries.
    pub carries: &'static str,
    /// Where to.
    pub to: &'static str,
    /// How long it is kept there.
    pub kept: &'static str,
    /// The setting that turns it off.
    pub off: String,
    /// What else is to be known.
    pub note: &'static str,
    /// Who says so.
    pub source: Source,
}

impl<'a> Force<'a> {
    /// Reads the settings files: managed ones in `managed`, then those of the project and the user.
    ///
    /// # Errors
    /// [`SettingsError`] for a file that is not JSON: then nothing can be said.
    pub fn read(around: &'a Surroundings, managed: &Path) -> Result<Self, SettingsError> {
        let mut paths = Vec::new();
        let mut extra: Vec<PathBuf> = std::fs::read_dir(managed.join("managed-settings.d"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect();
        // Later files win over earlier ones and over the main file.
        extra.sort_by(|a, b| b.cmp(a));
        paths.extend(extra);
        paths.push(managed.join("managed-settings.json"));
        paths.push(around.cwd().join(".claude/settings.local.json"));
        paths.push(around.cwd().join(".claude/settings.json"));
        paths.extend(around.claude_root().map(|root| root.join("settings.json")));
        let mut layers = Vec::new();
        for path in paths {
            let settings = Settings::read(&path)?;
            if !settings.is_new() {
                layers.push((path, settings.value()?));
            }
        }
        Ok(Self { around, layers })
    }

    /// A variable: from the settings in force, else from the environment. An empty value counts as none.
    fn variable(&self, name: &str) -> Set<String> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            _ => None,
        };
        let layer = self.layers.iter().find_map(|(path, all)| {
            text(&all["env"][name]).map(|value| (value, format!("`env` in {}", path.display())))
        });
        let own = || {
            self.around.var(name).map(|v| (v.to_string_lossy().into_owned(), "the environment".to_owned()))
        };
        layer.or_else(own).filter(|(value, _)| !value.is_empty())
    }

    fn setting(&self, name: &str) -> Set<&Value> {
        let mut layers = self.layers.iter();
        layers.find_map(|(path, all)| all.get(name).map(|value| (value, path.display().to_string())))
    }

    /// Why a switch is thrown, if it is.
    fn thrown(&self, switch: &Switch) -> Option<String> {
        match switch {
            Switch::Variable(name, counts) => {
                let (value, place) = self.variable(name)?;
                let is_true = matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on");
                (*counts == Counts::Any || is_true).then(|| format!("{name} in {place}"))
            }
            Switch::Setting(name, wanted) => {
                let (value, place) = self.setting(name)?;
                let fits = match wanted {
                    Wanted::True => value == &json!(true),
                    Wanted::Zero => value.as_f64() == Some(0.0),
                };
                fits.then(|| format!("`{name}` in {place}"))
            }
        }
    }

    /// Who serves the model, and why.
    #[must_use]
    pub fn provider(&self) -> (Provider, String) {
        let chosen = |provider: Provider| {
            let switch = Switch::Variable(provider.variable()?, Counts::True);
            self.thrown(&switch).map(|why| (provider, why))
        };
        let default = (Provider::Claude, "no other provider is chosen".to_owned());
        Provider::ALL.into_iter().find_map(chosen).unwrap_or(default)
    }

    /// All flows.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let (provider, _) = self.provider();
        FLOWS.iter().map(|flow| self.row(flow, provider)).collect()
    }

    fn row(&self, flow: &Flow, provider: Provider) -> Row {
        let default = if provider == Provider::Claude { flow.with_claude } else { flow.with_others };
        let off = flow.off.iter().find_map(|switch| self.thrown(switch));
        let on = flow.on.iter().find_map(|switch| self.thrown(switch));
        let (on, why) = match (default, off, on) {
            (true, Some(why), _) => (false, why),
            (false, _, Some(why)) => (true, why),
            (default, ..) => (default, format!("default with {}", provider.name())),
        };
        let Flow { name, carries, to, kept, note, source, .. } = *flow;
        Row { name, on, why, carries, to, kept, off: how_off(flow), note, source }
    }

    /// How many days Claude Code keeps sessions on this machine, and why.
    #[must_use]
    pub fn local_days(&self) -> (u64, String) {
        let set = self.setting("cleanupPeriodDays").and_then(|(v, place)| Some((v.as_u64()?, place)));
        set.map_or((30, "default".to_owned()), |(days, place)| {
            (days, format!("`cleanupPeriodDays` in {place}"))
        })
    }

    /// Everything as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (provider, why) = self.provider();
        let (days, days_why) = self.local_days();
        let row = |row: &Row| {
            json!({
                "name": row.name, "on": row.on, "why": row.why, "carries": row.carries, "to": row.to,
                "kept": row.kept, "off": row.off, "note": row.note, "source": row.source.name, "date": row.source.date,
            })
        };
        let account = |a: &Account| {
            json!({
                "account": a.name, "kept": a.kept, "training": a.training, "change": a.change,
                "source": a.source.name, "date": a.source.date,
            })
        };
        let cloud = |(what, how, source): &(&str, &str, Source)| json!({ "what": what, "how": how, "source": source.name, "date": source.date });
        json!({
            "version": 1,
            "provider": { "name": provider.name(), "why": why },
            "flows": self.rows().iter().map(row).collect::<Vec<_>>(),
            "accounts": ACCOUNTS.iter().map(account).collect::<Vec<_>>(),
            "cloud": CLOUD.iter().map(cloud).collect::<Vec<_>>(),
            "local": {
                "kept_days": days, "why": days_why, "form": "plain text, readable by whoever can read your files",
                "off": "`cleanupPeriodDays` in settings, CLAUDE_CODE_SKIP_PROMPT_HISTORY=1",
                "source": FOLDER.name, "date": FOLDER.date,
            },
            "seen": { "what": "/bug sends the conversation twice, unredacted", "source": RUN.name, "date": RUN.date },
        })
    }
}

/// The settings that turn a flow off, for people.
fn how_off(flow: &Flow) -> String {
    let each = flow.off.iter().map(|switch| match switch {
        Switch::Variable(name, Counts::Any) => format!("{name} (any value)"),
        Switch::Variable(name, Counts::True) => format!("{name}=1"),
        Switch::Setting(name, Wanted::True) => format!("`{name}: true`"),
        Switch::Setting(name, Wanted::Zero) => format!("`{name}: 0`"),
    });
    let all: Vec<String> = each.collect();
    match (all.is_empty(), flow.on.is_empty()) {
        (false, _) => all.join(", "),
        (true, false) => "leave CLAUDE_CODE_ENABLE_TELEMETRY unset".to_owned(),
        (true, true) => "cannot be turned off".to_owned(),
    }
}

/// The names that can be set.
#[must_use]
pub fn settable() -> Vec<&'static str> {
    FLOWS.iter().filter(|flow| !flow.off.is_empty()).map(|flow| flow.name).chain(["nonessential"]).collect()
}

/// Turns a flow off in `settings`, or takes that back. Tells whether there is such a flow.
///
/// # Errors
/// [`SettingsError`] if the settings have an unexpected form.
pub fn set(settings: &mut Settings, name: &str, off: bool) -> Result<bool, SettingsError> {
    let flow = FLOWS.iter().find(|flow| flow.name == name);
    let switch = match (name, flow.and_then(|flow| flow.off.first())) {
        ("nonessential", _) => NONESSENTIAL,
        (_, Some(switch)) => *switch,
        _ => return Ok(false),
    };
    match (switch, off) {
        (Switch::Variable(name, _), true) => settings.set(&["env", name], &json!("1"))?,
        (Switch::Variable(name, _), false) => drop(settings.unset(&["env", name])?),
        (Switch::Setting(name, Wanted::True), true) => settings.set(&[name], &json!(true))?,
        (Switch::Setting(name, Wanted::Zero), true) => settings.set(&[name], &json!(0))?,
        (Switch::Setting(name, _), false) => drop(settings.unset(&[name])?),
    }
    Ok(true)
}

/// The folder of managed settings on this system.
#[must_use]
pub fn managed() -> &'static Path {
    managed_folder()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(vars: &[(&str, &str)], name: &str) -> bool {
        let around = Surroundings::new(vars.iter().copied(), Path::new("/nonexistent"));
        let force = Force::read(&around, Path::new("/nonexistent")).unwrap();
        force.rows().into_iter().find(|row| row.name == name).unwrap().on
    }

    /// The table of the page of 2025: service, its variable, on by default with Claude API, Vertex, Bedrock.
    const TABLE_2025: [(&str, &str, [bool; 3]); 3] = [
        ("metrics", "DISABLE_TELEMETRY", [true, false, false]),
        ("errors", "DISABLE_ERROR_REPORTING", [true, false, false]),
        ("bug", "DISABLE_BUG_COMMAND", [true, false, false]),
    ];

    #[test]
    fn the_table_of_2025_for_every_provider_and_every_combination_of_its_variables() {
        let values = [None, Some(""), Some("1"), Some("true")];
        for combination in 0..4_usize.pow(4) {
            let value = |place: u32| values[combination / 4_usize.pow(place) % 4];
            let given: Vec<(&str, &str)> = TABLE_2025
                .iter()
                .map(|row| row.1)
                .chain(["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"])
                .zip(0..)
                .filter_map(|(name, place)| value(place).map(|value| (name, value)))
                .collect();
            let is_set = |name: &str| given.iter().any(|(n, v)| *n == name && !v.is_empty());
            for (column, provider) in
                [None, Some("CLAUDE_CODE_USE_VERTEX"), Some("CLAUDE_CODE_USE_BEDROCK")].iter().enumerate()
            {
                let vars: Vec<_> = given.iter().copied().chain(provider.map(|p| (p, "1"))).collect();
                for (service, variable, defaults) in TABLE_2025 {
                    let off = is_set(variable) || is_set("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC");
                    assert_eq!(on(&vars, service), defaults[column] && !off, "{service} {vars:?}");
                }
            }
        }
    }

    #[test]
    fn the_table_of_2026_for_every_provider() {
        let rows = [
            ("metrics", true, false),
            ("errors", true, false),
            ("bug", true, false),
            ("survey", true, true),
            ("webfetch", true, true),
        ];
        for provider in Provider::ALL {
            let chosen: Vec<_> = provider.variable().map(|name| (name, "1")).into_iter().collect();
            for (service, with_claude, with_others) in rows {
                let default = if provider == Provider::Claude { with_claude } else { with_others };
                assert_eq!(on(&chosen, service), default, "{service} {provider:?}");
                let mut quiet = chosen.clone();
                quiet.push(("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "0"));
                assert_eq!(on(&quiet, service), default && service == "webfetch", "{service} {provider:?}");
            }
            assert!(on(&chosen, "api"));
        }
    }

    #[test]
    fn any_value_counts_where_the_documentation_says_so_and_only_there() {
        for value in ["0", "false", "no", "x"] {
            assert!(!on(&[("DISABLE_TELEMETRY", value)], "metrics"));
            assert!(!on(&[("DISABLE_ERROR_REPORTING", value)], "errors"));
            assert!(on(&[("DO_NOT_TRACK", value)], "metrics"));
            assert!(on(&[("DISABLE_FEEDBACK_COMMAND", value)], "bug"));
            assert!(on(&[("CLAUDE_CODE_USE_BEDROCK", value)], "metrics"));
        }
        assert!(!on(&[("DO_NOT_TRACK", "1")], "metrics") && !on(&[("DISABLE_FEEDBACK_COMMAND", "1")], "bug"));
        assert!(on(&[("DISABLE_TELEMETRY", "1")], "errors") && on(&[("DISABLE_TELEMETRY", "")], "metrics"));
    }

    #[test]
    fn settings_count_in_their_order_and_say_where_they_stand() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let home = dir.path().join("home");
        let around = Surroundings::new(
            [("HOME", home.to_str().unwrap()), ("DISABLE_TELEMETRY", "1")],
            &dir.path().join("work"),
        );
        let managed = dir.path().join("managed");
        let state = |name: &str| {
            let row = Force::read(&around, &managed)
                .unwrap()
                .rows()
                .into_iter()
                .find(|row| row.name == name)
                .unwrap();
            (row.on, row.why)
        };
        assert_eq!(state("metrics"), (false, "DISABLE_TELEMETRY in the environment".to_owned()));
        write(
            "home/.claude/settings.json",
            r#"{"env": {"DISABLE_TELEMETRY": ""}, "skipWebFetchPreflight": true}"#,
        );
        assert!(state("metrics").0 && !state("webfetch").0);
        write(
            "work/.claude/settings.json",
            r#"{"skipWebFetchPreflight": false, "env": {"DISABLE_TELEMETRY": 1}}"#,
        );
        assert!(!state("metrics").0 && state("metrics").1.contains("work") && state("webfetch").0);
        write("work/.claude/settings.local.json", r#"{"skipWebFetchPreflight": true}"#);
        assert!(!state("webfetch").0 && state("webfetch").1.contains("settings.local.json"));
        write("managed/managed-settings.json", r#"{"skipWebFetchPreflight": true, "cleanupPeriodDays": 7}"#);
        write("managed/managed-settings.d/10.json", r#"{"skipWebFetchPreflight": false}"#);
        assert!(state("webfetch").0 && state("webfetch").1.starts_with("default"));
        assert_eq!(Force::read(&around, &managed).unwrap().local_days().0, 7);
        write("home/.claude/settings.json", "{");
        assert!(Force::read(&around, &managed).is_err());
    }

    #[test]
    fn every_flow_that_can_be_turned_off_is_off_after_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap();
        let around = Surroundings::new([("HOME", home)], Path::new("/nonexistent"));
        let file = around.claude_root().unwrap().join("settings.json");
        for name in settable() {
            for off in [true, false] {
                let mut settings = Settings::read(&file).unwrap();
                assert!(set(&mut settings, name, off).unwrap());
                settings.write().unwrap();
                let force = Force::read(&around, Path::new("/nonexistent")).unwrap();
                let watched = if name == "nonessential" { "metrics" } else { name };
                if let Some(row) = force.rows().iter().find(|row| row.name == watched) {
                    assert_eq!(row.on, !off, "{name}");
                }
            }
        }
        let mut settings = Settings::read(&file).unwrap();
        assert!(!set(&mut settings, "api", true).unwrap() && !set(&mut settings, "nothing", true).unwrap());
    }

    #[test]
    fn every_row_says_its_source_and_date() {
        let around = Surroundings::default();
        let all = Force::read(&around, Path::new("/nonexistent")).unwrap().to_json();
        for part in ["flows", "accounts", "cloud"] {
            for row in all[part].as_array().unwrap() {
                assert!(row["source"].as_str().is_some_and(|s| !s.is_empty()), "{row}");
                assert!(row["date"].as_str().is_some_and(|d| d.starts_with("202")), "{row}");
            }
        }
    }
}
