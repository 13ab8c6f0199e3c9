//! What is known of the flows, as data: each statement with its source and date.

/// Where a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The page or run.
    pub name: &'static str,
    /// Its date, as exact as it is known.
    pub date: &'static str,
}

pub(super) const PAGE_2025: Source =
    Source { name: "Claude Code documentation, data usage", date: "2025-10" };
pub(super) const PAGE: Source = Source { name: "Claude Code documentation, data usage", date: "2026-08-22" };
pub(super) const VARIABLES: Source =
    Source { name: "Claude Code documentation, environment variables", date: "2026-08-22" };
pub(super) const FOLDER: Source =
    Source { name: "Claude Code documentation, the .claude directory", date: "2026-08-22" };
pub(super) const RUN: Source = Source { name: "Claude Code 2.1.330, run sealed off", date: "2026-11-22" };

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
pub(super) enum Counts {
    /// With any value that is not empty, `0` and `false` too.
    Any,
    /// With `1`, `true`, `yes` or `on`.
    True,
}

/// What switches a flow.
#[derive(Clone, Copy, Debug)]
pub(super) enum Switch {
    /// A variable.
    Variable(&'static str, Counts),
    /// A member of the settings with this value.
    Setting(&'static str, Wanted),
}

/// The value of a setting that switches.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    True,
    Zero,
}

/// Switches off all but what is needed: any value that is not empty counts.
pub(super) const NONESSENTIAL: Switch =
    Switch::Variable("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", Counts::Any);

/// Switches on the export to a collector.
pub(super) const OTEL: &str = "CLAUDE_CODE_ENABLE_TELEMETRY";

/// One thing that leaves the machine.
pub(super) struct Flow {
    pub(super) name: &'static str,
    pub(super) carries: &'static str,
    pub(super) to: &'static str,
    pub(super) kept: &'static str,
    /// What it may be used for.
    pub(super) used: &'static str,
    /// Whether it is on by default with the Claude API.
    pub(super) with_claude: bool,
    /// Whether it is on by default with the others.
    pub(super) with_others: bool,
    pub(super) off: &'static [Switch],
    pub(super) on: &'static [Switch],
    pub(super) note: &'static str,
    pub(super) source: Source,
}

pub(super) const FLOWS: [Flow; 8] = [
    Flow {
        name: "api",
        carries: "prompts, files and tool results that the model is shown, and its answers",
        to: "the provider of the model",
        kept: "by account, see below; with another provider by its own terms",
        used: "training by account, see below",
        with_claude: true,
        with_others: true,
        off: &[],
        on: &[],
        note: "what Claude Code is for; encrypted on the way, not at rest; goes to ANTHROPIC_BASE_URL if that is set",
        source: PAGE_2025,
    },
    Flow {
        name: "metrics",
        carries: "latency, reliability and usage; no code, no file paths",
        to: "Anthropic (formerly Statsig)",
        kept: "not said",
        used: "operating the service",
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
        used: "operating the service",
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
        used: "improving products and services",
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
        used: "not for training",
        with_claude: true,
        with_others: true,
        off: &[
            Switch::Variable("CLAUDE_CODE_DISABLE_FEEDBACK_SURVEY", Counts::True),
            Switch::Setting("feedbackSurveyRate", Wanted::Zero),
            NONESSENTIAL,
        ],
        on: &[],
        note: "DISABLE_TELEMETRY and DO_NOT_TRACK are said to silence it too; the table does not say so",
        source: PAGE,
    },
    Flow {
        name: "webfetch",
        carries: "the host name of each page to be fetched",
        to: "Anthropic",
        kept: "not said",
        used: "a check against a list",
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
        used: "choosing the version",
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
        used: "as you decide",
        with_claude: false,
        with_others: false,
        off: &[],
        on: &[Switch::Variable(OTEL, Counts::True)],
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

/// An account under commercial terms: nothing of it is trained on.
const fn commercial(name: &'static str, kept: &'static str) -> Account {
    Account { name, kept, training: "no", change: "contract", source: PAGE_2025 }
}

/// Retention and training by account; with another provider its own terms hold.
pub const ACCOUNTS: [Account; 8] = [
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
    commercial("Team", "30 days"),
    commercial("Enterprise", "30 days"),
    commercial("API", "30 days"),
    commercial("Bedrock, Vertex, Foundry and other platforms, Claude Gov", "by the terms of the platform"),
    commercial("zero data retention (API keys set up for it, Enterprise)", "not kept"),
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
