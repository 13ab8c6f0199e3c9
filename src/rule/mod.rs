//! Rules: declared in `rules/*.toml`, turned into tables when the crate is built, so that starting costs nothing.

pub mod check;
#[allow(dead_code, reason = "the build needs a part of what the crate reads, and the crate the rest")]
pub(crate) mod format;
pub(crate) mod shape;
pub(crate) mod syntax;

use std::fmt;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// What kind of thing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Opens something: keys, tokens, passwords.
    Secret,
    /// Says who or where: names, addresses, hosts, accounts.
    Identity,
    /// Says where on a disk: home directories, project folders.
    Path,
    /// Source code.
    Code,
    /// Images and documents.
    Media,
}

impl Class {
    /// Every class, worst first.
    pub const ALL: [Self; 5] = [Self::Secret, Self::Identity, Self::Path, Self::Code, Self::Media];

    /// The name in rule files, reports and flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Identity => "identity",
            Self::Path => "path",
            Self::Code => "code",
            Self::Media => "media",
        }
    }

    /// The class of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the value opens or tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Publishable, or an identifier.
    Low,
    /// Limited, short-lived, a test mode or a hash.
    Medium,
    /// An interface under someone's account.
    High,
    /// An account, production payments, a private key, the right to publish.
    Critical,
}

impl Severity {
    /// The name in rule files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// A weak shape or a weak context.
    Low,
    /// A good shape or a good context.
    Medium,
    /// A shape that hardly anything else has, or a checksum that fits.
    High,
}

impl Confidence {
    /// The name in rule files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The shape of what stands in a value's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `[REDACTED:label:7f3a9c]`.
    Tag,
    /// `user-7f3a9c`: a login or a name.
    User,
    /// `user-7f3a9c@example.com`.
    Email,
    /// `240.x.x.x`, of the range that nobody has.
    Ipv4,
    /// `2001:db8::7f3a:9c`, of the range for documentation.
    Ipv6,
    /// `02:00:5e:x:x:x`, a range of those set by hand.
    Mac,
    /// `host-7f3a9c.example`.
    Host,
    /// `host-7f3a9c`: a machine name without a domain.
    Machine,
    /// `org-7f3a9c`: an account or organisation of a forge.
    Org,
    /// `branch-7f3a9c`.
    Branch,
    /// `project-7f3a9c`: the name of a project or its folder.
    Project,
    /// `dir-7f3a9c`: another folder's name.
    Dir,
    /// `mod-7f3a9c`: a file's name up to its extension.
    File,
    /// `fn-7f3a9c`: the name of a function.
    Function,
    /// `type-7f3a9c`: the name of a type, a module, a table.
    Type,
    /// `const-7f3a9c`: the name of a constant.
    Constant,
    /// A zero UUID that carries the tag: `00000000-0000-4000-8000-00007f3a9c00`.
    Uuid,
    /// `[CODE python 42 lines 7f3a9c]` and as many empty lines.
    Outline,
    /// A valid tiny picture or document of the same type.
    Media,
}

/// For class `path`: from which setting on a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Home directories and the users they name.
    Home,
    /// Project names and every folder and file that is not a well-known one.
    Full,
}

/// How a rule finds.
#[derive(Clone, Copy, Debug)]
pub enum Matcher {
    /// Any of these templates, such as `ghp_{b62:36}`.
    Formats(&'static [&'static str]),
    /// A regular expression, compiled when a candidate first asks for it.
    Pattern(&'static str),
    /// Code in `detect/`, by name.
    Detector(&'static str),
}

/// One rule, as built in.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, `vendor.kind`.
    pub id: &'static str,
    /// What it finds, for people.
    pub name: &'static str,
    /// The class that profiles decide on.
    pub class: Class,
    /// What the value opens or tells.
    pub severity: Severity,
    /// How sure a match is before checksums and context.
    pub confidence: Confidence,
    /// How it finds.
    pub matcher: Matcher,
    /// Words of which one must stand near the value; none if empty.
    pub keywords: &'static [&'static str],
    /// Words of which one must stand near as well; none if empty.
    pub also: &'static [&'static str],
    /// How near, in bytes.
    pub within: u16,
    /// The checksum that raises confidence.
    pub checksum: Option<&'static str>,
    /// Published dummy values.
    pub allow: &'static [&'static str],
    /// The kind in placeholders.
    pub label: &'static str,
    /// The shape of the replacement.
    pub style: Style,
    /// From which `path` setting on it applies.
    pub level: Level,
    /// Where the shape is documented.
    pub references: &'static [&'static str],
}

/// A rule's place in the built-in table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(u16);

impl RuleId {
    /// The rule.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        &RULES[usize::from(self.0)]
    }

    /// The rule of that stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        all().find(|rule| rule.rule().id == name)
    }

    /// The place in the table, counted from zero.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Every built-in rule, in file order.
pub fn all() -> impl ExactSizeIterator<Item = RuleId> {
    (0..RULES.len()).map(|i| RuleId(i as u16))
}
