//! What is exempt, and why: every exemption carries its reason.

use crate::{
    finding::Finding,
    rule::RuleId,
    span::{Raw, Span},
};
use ignore::overrides::{Override, OverrideBuilder};
use regex::bytes::Regex;
use std::path::Path;

/// One exemption as written: all that is given must hold, and something must be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemption {
    /// Findings of this rule.
    pub rule: Option<String>,
    /// The value with this tag, as reports and placeholders show it; tags agree between runs with one key file.
    pub tag: Option<String>,
    /// Findings in transcripts whose path matches this glob.
    pub path: Option<String>,
    /// Values that this expression matches from end to end, as they stand in the file.
    pub regex: Option<String>,
    /// Why this is no leak.
    pub reason: String,
}

/// Why an exemption was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AllowError {
    /// Nothing was given that it applies to.
    #[error("an exemption needs at least one of rule, tag, path, regex")]
    Empty,
    /// No reason was given.
    #[error("an exemption needs a reason")]
    NoReason,
    /// No rule has that id.
    #[error("there is no rule `{0}`: `transcrub rules list` shows them")]
    UnknownRule(String),
    /// The tag has another form.
    #[error("`{0}` is no tag: a tag is the six hexadecimal digits of a placeholder or report")]
    BadTag(String),
    /// The glob cannot be read.
    #[error("`{glob}` is no glob")]
    BadGlob {
        /// As written.
        glob: String,
        /// What is wrong.
        source: ignore::Error,
    },
    /// The expression cannot be read.
    #[error("the regex of an exemption cannot be read")]
    BadRegex {
        /// What is wrong.
        source: regex::Error,
    },
}

/// Everything that is exempt.
#[derive(Clone, Debug, Default)]
pub struct Allowlist {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    rule: Option<RuleId>,
    tag: Option<u64>,
    path: Option<Override>,
    regex: Option<Regex>,
    reason: String,
}

impl Allowlist {
    /// Adds one exemption.
    ///
    /// # Errors
    /// [`AllowError`] if it applies to nothing or everything, has no reason, or a part of it cannot be read.
    pub fn add(&mut self, exemption: &Exemption) -> Result<(), AllowError> {
        self.entries.push(Entry::new(exemption)?);
        Ok(())
    }

    /// How many exemptions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is exempt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The reason why `finding`, in a record of the transcript at `path`, is exempt; `None` if it is not.
    #[must_use]
    pub fn reason(&self, finding: &Finding, path: Option<&Path>, record: &[u8]) -> Option<&str> {
        let entry = self.entries.iter().find(|entry| entry.holds(finding, path, record))?;
        Some(&entry.reason)
    }
}

impl Entry {
    fn new(from: &Exemption) -> Result<Self, AllowError> {
        let Exemption { rule, tag, path, regex, reason } = from;
        if rule.is_none() && tag.is_none() && path.is_none() && regex.is_none() {
            return Err(AllowError::Empty);
        }
        if reason.trim().is_empty() {
            return Err(AllowError::NoReason);
        }
        Ok(Self {
            rule: rule.as_deref().map(rule_id).transpose()?,
            tag: tag.as_deref().map(tag_bits).transpose()?,
            path: path.as_deref().map(glob).transpose()?,
            regex: regex.as_deref().map(whole_value).transpose()?,
            reason: reason.clone(),
        })
    }

    fn holds(&self, finding: &Finding, path: Option<&Path>, record: &[u8]) -> bool {
        self.rule.is_none_or(|rule| rule == finding.rule)
            && self.tag.is_none_or(|tag| tag == finding.tag.bits() >> 40)
            && self
                .path
                .as_ref()
                .is_none_or(|glob| path.is_some_and(|p| glob.matched(p, false).is_whitelist()))
            && self.regex.as_ref().is_none_or(|regex| regex.is_match(&value(record, &finding.spans)))
    }
}

fn rule_id(id: &str) -> Result<RuleId, AllowError> {
    RuleId::from_name(id).ok_or_else(|| AllowError::UnknownRule(id.to_owned()))
}

fn tag_bits(digits: &str) -> Result<u64, AllowError> {
    let bad = || AllowError::BadTag(digits.to_owned());
    let well_formed = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| well_formed).ok_or_else(bad)
}

fn glob(glob: &str) -> Result<Override, AllowError> {
    let bad = |source| AllowError::BadGlob { glob: glob.to_owned(), source };
    let mut builder = OverrideBuilder::new("");
    builder.add(glob).map_err(bad)?;
    builder.build().map_err(bad)
}

fn whole_value(regex: &str) -> Result<Regex, AllowError> {
    Regex::new(&format!(r"\A(?:{regex})\z")).map_err(|source| AllowError::BadRegex { source })
}

fn value(record: &[u8], spans: &[Span<Raw>]) -> Vec<u8> {
    spans.iter().flat_map(|span| record.get(span.range()).unwrap_or_default()).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::Detail,
        rule::{self, Confidence},
        tag::Key,
    };

    fn finding() -> Finding {
        Finding {
            rule: rule::all().next().unwrap(),
            confidence: Confidence::High,
            evidence: "a test",
            tag: Key::from_material(&[1; 32]).tag(b"abcdef"),
            spans: [Span::new(1, 4), Span::new(6, 9)].into_iter().collect(),
            detail: Detail::None,
            learn: None,
            whole: None,
            quoted: false,
        }
    }

    fn allows(exemption: Exemption) -> bool {
        let mut list = Allowlist::default();
        list.add(&Exemption { reason: "made up".to_owned(), ..exemption }).unwrap();
        list.reason(&finding(), Some(Path::new("store/a/b.jsonl")), b"\"abc\\ndef\"").is_some()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn each_condition_admits_its_own_and_nothing_else() {
        let tag = finding().tag.to_string();
        let id = finding().rule.rule().id;
        assert!(allows(Exemption { rule: some(id), ..Exemption::default() }));
        assert!(allows(Exemption { tag: some(&tag), ..Exemption::default() }));
        assert!(!allows(Exemption { tag: some("000000"), ..Exemption::default() }));
        assert!(allows(Exemption { path: some("**/b.jsonl"), ..Exemption::default() }));
        assert!(allows(Exemption { path: some("store/**"), ..Exemption::default() }));
        assert!(!allows(Exemption { path: some("c.jsonl"), ..Exemption::default() }));
        assert!(allows(Exemption { regex: some("abc[d-f]+"), ..Exemption::default() }));
        assert!(
            !allows(Exemption { regex: some("abc"), ..Exemption::default() }),
            "the whole value must match"
        );
        assert!(
            !allows(Exemption { regex: some("abc|x"), ..Exemption::default() }),
            "also in an alternation"
        );
    }

    #[test]
    fn all_conditions_of_an_exemption_must_hold() {
        let both = |glob| Exemption { path: some(glob), regex: some("abcdef"), ..Exemption::default() };
        assert!(allows(both("*.jsonl")) && !allows(both("*.md")));
    }

    #[test]
    fn an_exemption_of_everything_without_reason_or_of_nonsense_is_refused() {
        let refused = |exemption: Exemption| Allowlist::default().add(&exemption).unwrap_err();
        let because = || "made up".to_owned();
        assert!(matches!(
            refused(Exemption { reason: because(), ..Exemption::default() }),
            AllowError::Empty
        ));
        assert!(matches!(
            refused(Exemption { tag: some("7f3a9c"), ..Exemption::default() }),
            AllowError::NoReason
        ));
        for tag in ["7f3a9", "7f3a9cc", "+7f3a9", "7f3a9g"] {
            let bad = Exemption { tag: some(tag), reason: because(), ..Exemption::default() };
            assert!(matches!(refused(bad), AllowError::BadTag(_)), "{tag}");
        }
        let bad = Exemption { rule: some("no.such"), reason: because(), ..Exemption::default() };
        assert!(matches!(refused(bad), AllowError::UnknownRule(_)));
        let bad = Exemption { regex: some("("), reason: because(), ..Exemption::default() };
        assert!(matches!(refused(bad), AllowError::BadRegex { .. }));
        let bad = Exemption { path: some("a{b"), reason: because(), ..Exemption::default() };
        assert!(matches!(refused(bad), AllowError::BadGlob { .. }));
    }
}
