//! The places of each agent, as data.

use super::{Kind, Place};

/// A place in whose files the agent deletes old ones.
const fn swept(pattern: &'static str, kind: Kind, content: &'static str) -> Place {
    Place { pattern, kind, content, session: true, swept: true }
}

/// A place of sessions that stay.
const fn session(pattern: &'static str, kind: Kind, content: &'static str) -> Place {
    Place { pattern, kind, content, session: true, swept: false }
}

/// A place that stays and belongs to no session.
const fn stays(pattern: &'static str, kind: Kind, content: &'static str) -> Place {
    Place { pattern, kind, content, session: false, swept: false }
}

/// What `/feedback` itself writes: archives where it cannot send, and drafts.
pub const FEEDBACK: [&str; 2] = ["feedback-bundles/**", "feedback/**"];

/// Claude Code's root; the first pattern that fits counts. From its documentation, "Cleaned up automatically", 2026-08;
/// `traces` to `daemon.log` from the names in the client itself, 2.1.330.
pub(super) const CLAUDE: &[Place] = &[
    stays("projects/*/memory/**", Kind::Whole, "automatic memory"),
    swept("projects/**/*.jsonl", Kind::Lines, "transcripts"),
    swept("projects/**/tool-results/**", Kind::Whole, "large tool results"),
    swept("projects/**", Kind::Whole, "other files of sessions"),
    swept("file-history/**", Kind::Whole, "copies of edited files"),
    swept("plans/**", Kind::Whole, "plans"),
    swept("debug/**", Kind::Lines, "debug logs"),
    swept("paste-cache/**", Kind::Whole, "large pastes"),
    swept("image-cache/**", Kind::Media, "attached images"),
    swept("uploads/**", Kind::Whole, "attachments"),
    swept("session-env/**", Kind::Whole, "environment of sessions"),
    swept("tasks/**", Kind::Whole, "task lists"),
    swept("todos/**", Kind::Whole, "task lists, old form"),
    swept("shell-snapshots/**", Kind::Whole, "shell snapshots"),
    swept("backups/**", Kind::Settings, "copies of .claude.json"),
    swept(FEEDBACK[0], Kind::Archive, "/feedback archives"),
    swept("usage-data/**", Kind::Whole, "/insights reports"),
    swept("statsig/**", Kind::Whole, "metrics, old form"),
    swept("logs/**", Kind::Lines, "logs, old form"),
    swept("traces/**", Kind::Whole, "traces"),
    swept("dump-prompts/**", Kind::Lines, "prompts as sent"),
    swept("api-dumps/**", Kind::Whole, "requests as sent"),
    swept("jobs/**", Kind::Whole, "background sessions"),
    stays(FEEDBACK[1], Kind::Whole, "unsent feedback"),
    stays("agent-memory*/**", Kind::Whole, "memory of agents"),
    stays("telemetry/**", Kind::Whole, "metrics not yet sent"),
    session("file-transfers/**", Kind::Whole, "attachments"),
    session("daemon.log*", Kind::Lines, "logs"),
    stays("history.jsonl", Kind::Lines, "every prompt typed"),
    session("sessions/**", Kind::Whole, "running sessions"),
    stays("cache/**", Kind::Whole, "caches"),
    stays("stats-cache.json", Kind::Whole, "statistics"),
    stays("settings*.json", Kind::Settings, "settings"),
    stays(".claude.json", Kind::Settings, "account, history and servers by project"),
    stays("remote-settings.json", Kind::Kept, "settings of the organisation"),
    stays("policy-limits.json", Kind::Kept, "limits of the organisation"),
    stays(".credentials.json", Kind::Kept, "credentials"),
    stays(".session_ingress_token", Kind::Kept, "credentials"),
    stays("ide/*.lock", Kind::Kept, "keys of running editors"),
];

/// Beside the root, unless `CLAUDE_CONFIG_DIR` is set.
pub(super) const CLAUDE_JSON: &[Place] =
    &[stays(".claude.json", Kind::Settings, "account, history and servers by project")];

/// In projects.
pub(super) const CLAUDE_PROJECT: &[Place] =
    &[stays("settings*.json", Kind::Settings, "settings of projects")];

/// Outputs of background tasks.
pub(super) const CLAUDE_TEMPORARY: &[Place] = &[session("**", Kind::Lines, "output of background tasks")];

/// The file that `CLAUDE_CODE_DEBUG_LOGS_DIR` names.
pub(super) const CLAUDE_DEBUG: &[Place] = &[session("*", Kind::Lines, "debug log")];

/// Claude Desktop's own sessions.
pub(super) const CLAUDE_DESKTOP: &[Place] = &[
    session(
        "local-agent-mode-sessions/**/.claude/projects/**/*.jsonl",
        Kind::Lines,
        "transcripts of Claude Desktop",
    ),
    session(
        "local-agent-mode-sessions/**/.claude/projects/**",
        Kind::Whole,
        "files of Claude Desktop's sessions",
    ),
];

pub(super) const CODEX: &[Place] = &[
    session("sessions/**/*.jsonl", Kind::Lines, "transcripts"),
    session("archived_sessions/**/*.jsonl", Kind::Lines, "archived transcripts"),
    session("**/*.zst", Kind::Unsupported, "compressed transcripts"),
    stays("history.jsonl", Kind::Lines, "every prompt typed"),
    stays("session_index.jsonl", Kind::Lines, "titles of sessions"),
    stays("log/**", Kind::Lines, "logs"),
    session("shell_snapshots/**", Kind::Whole, "shell snapshots"),
    stays("*.sqlite*", Kind::Unsupported, "databases"),
    stays("auth.json", Kind::Kept, "credentials"),
    stays("config.toml", Kind::Kept, "configuration"),
];

pub(super) const GEMINI: &[Place] = &[
    session("tmp/*/chats/*.jsonl", Kind::Lines, "transcripts"),
    session("tmp/*/chats/**", Kind::Whole, "transcripts"),
    session("tmp/*/logs.json", Kind::Whole, "every prompt typed"),
    session("tmp/**", Kind::Whole, "other files of sessions"),
    stays("oauth_creds.json", Kind::Kept, "credentials"),
    stays("settings.json", Kind::Kept, "configuration"),
    stays("projects.json", Kind::Kept, "list of projects"),
];

pub(super) const OPENCODE: &[Place] = &[
    session("storage/**", Kind::Whole, "sessions, messages and their parts"),
    session("tool-output/**", Kind::Whole, "large tool results"),
    stays("log/**", Kind::Lines, "logs"),
    stays("*.db*", Kind::Unsupported, "databases"),
    stays("snapshot/**", Kind::Unsupported, "copies of edited files, as git objects"),
    stays("auth.json", Kind::Kept, "credentials"),
];

pub(super) const OPENCODE_STATE: &[Place] =
    &[stays("prompt-history.jsonl", Kind::Lines, "every prompt typed")];

pub(super) const PI: &[Place] = &[
    session("sessions/**/*.jsonl", Kind::Lines, "transcripts"),
    session("sessions/**", Kind::Whole, "other files of sessions"),
    stays("auth.json", Kind::Kept, "credentials"),
    stays("settings.json", Kind::Kept, "configuration"),
];

pub(super) const COPILOT: &[Place] = &[
    session("session-state/**/*.jsonl", Kind::Lines, "transcripts"),
    session("session-state/**", Kind::Whole, "other files of sessions"),
    session("history-session-state/**", Kind::Whole, "transcripts, old form"),
    stays("command-history-state.json", Kind::Whole, "every prompt typed"),
    stays("logs/**", Kind::Lines, "logs"),
    stays("*.db*", Kind::Unsupported, "databases"),
    stays("config.json", Kind::Kept, "configuration and credentials"),
    stays("mcp-config.json", Kind::Kept, "configuration of servers"),
];

pub(super) const CURSOR: &[Place] = &[
    session("projects/*/agent-transcripts/**/*.jsonl", Kind::Lines, "transcripts"),
    session("projects/*/agent-transcripts/**", Kind::Whole, "other files of sessions"),
    stays("mcp.json", Kind::Kept, "configuration of servers"),
];

pub(super) const CURSOR_USER: &[Place] = &[
    stays("globalStorage/state.vscdb*", Kind::Unsupported, "databases"),
    stays("workspaceStorage/*/state.vscdb*", Kind::Unsupported, "databases"),
];

pub(super) const AIDER: &[Place] = &[
    session(".aider.chat.history.md", Kind::Lines, "transcript"),
    session(".aider.input.history", Kind::Lines, "every prompt typed"),
    session(".aider.llm.history", Kind::Lines, "transcript as sent"),
];
