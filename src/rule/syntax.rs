//! What a rule file says, word for word. Shared with the build script, so it may use `serde` and the standard library
//! only. `rules/README.md` describes every field for authors.

use serde::Deserialize;

/// One file of `rules/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileSyntax {
    /// The rules, in file order.
    pub(crate) rule: Vec<RuleSyntax>,
}

/// One `[[rule]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleSyntax {
    /// Stable for ever: `vendor.kind` in lower case.
    pub(crate) id: String,
    /// What it finds, for people.
    pub(crate) name: String,
    /// `secret`, `identity`, `path`, `code` or `media`.
    #[serde(default = "secret")]
    pub(crate) class: String,
    /// `low`, `medium`, `high` or `critical`.
    #[serde(default = "high")]
    pub(crate) severity: String,
    /// `low`, `medium` or `high`.
    #[serde(default = "high")]
    pub(crate) confidence: String,
    /// Shapes of the value: literals and `{alphabet:length}`; any may fit.
    #[serde(default)]
    pub(crate) formats: Vec<String>,
    /// A regular expression for shapes a format cannot say; its group `secret` is the value.
    pub(crate) pattern: Option<String>,
    /// The name of the code in `src/detect/` that finds it.
    pub(crate) detector: Option<String>,
    /// One of these words must stand near the value (any case).
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    /// One of these words must stand near as well; `credential` is short for the usual ones (key, token, secret, …).
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// How near, in bytes before or after the value.
    #[serde(default = "near")]
    pub(crate) within: u16,
    /// A checksum of `src/validator/` that raises confidence and never vetoes.
    pub(crate) checksum: Option<String>,
    /// Published dummy values: never findings.
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    /// Rules that may claim the same bytes under another label; nothing else may.
    #[serde(default)]
    pub(crate) overlaps: Vec<String>,
    /// The kind in the placeholder; the id with dashes where nothing is said.
    pub(crate) label: Option<String>,
    /// The shape of the replacement: `tag` (a placeholder) or a pseudonym such as `user`.
    #[serde(default = "tag")]
    pub(crate) style: String,
    /// For class `path`: `home` (replaced under `share` and `bug`) or `full` (under `bug` only).
    #[serde(default = "home")]
    pub(crate) level: String,
    /// Where the shape is documented.
    #[serde(default)]
    pub(crate) references: Vec<String>,
    /// What must and what must not be found.
    #[serde(default)]
    pub(crate) tests: Vec<TestSyntax>,
}

/// One test of a rule: exactly one of `hit`, `miss`, `todo`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestSyntax {
    /// A text with the exact bytes to redact between `«` and `»`.
    pub(crate) hit: Option<String>,
    /// A text in which this rule finds nothing.
    pub(crate) miss: Option<String>,
    /// A known gap: a text that should be a hit and is not yet.
    pub(crate) todo: Option<String>,
    /// Why a gap is one.
    pub(crate) why: Option<String>,
}

fn secret() -> String {
    "secret".to_owned()
}

fn high() -> String {
    "high".to_owned()
}

fn tag() -> String {
    "tag".to_owned()
}

fn home() -> String {
    "home".to_owned()
}

fn near() -> u16 {
    80
}
