//! What detectors are given and what they give back.

use crate::{
    finding::{Detail, Learn},
    rule::{Confidence, RuleId},
    span::{Span, Text},
    tag::Tag,
    transcript::text::{Field, Role},
};
use std::fmt;

/// One decoded text as detectors see it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The decoded bytes; not always UTF-8.
    pub(crate) bytes: &'a [u8],
    /// The object key the text stands under (decoded), if any: `password` in `{"password": "…"}`.
    pub(crate) key: Option<&'a [u8]>,
    /// Where in the record it stands.
    pub(crate) role: Role,
    /// What the agent's format says it is.
    pub(crate) field: Field,
    /// The record's working directory (decoded), if it names one: what a slug and a relative path belong to.
    pub(crate) cwd: Option<&'a [u8]>,
}

impl Subject<'_> {
    /// Whether the text is written as a document in JSON, so that a lone backslash in it is part of an escape.
    pub(crate) fn is_json(&self) -> bool {
        let body = self.bytes.trim_ascii_start();
        [&b"{\""[..], b"[{\"", b"[\"", b"{ \"", b"{\n"].iter().any(|start| body.starts_with(start))
    }
}

/// Never the text.
impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subject(<{} bytes>, {:?}, {:?})", self.bytes.len(), self.role, self.field)
    }
}

/// A validated match in a subject's bytes.
#[derive(Clone)]
pub(crate) struct Hit {
    /// The rule that matched.
    pub(crate) rule: RuleId,
    /// The value's bytes in the subject.
    pub(crate) span: Span<Text>,
    /// How sure it is.
    pub(crate) confidence: Confidence,
    /// Why, for people: a few fixed words, never the value.
    pub(crate) evidence: &'static str,
    /// The value in canonical form where it differs from the bytes (a login in a slug): what the tag is made of.
    pub(crate) canonical: Option<Vec<u8>>,
    /// What the replacement needs beyond rule and tag.
    pub(crate) detail: Detail,
    /// What the span's bytes are when met elsewhere in the file: for the table of known values.
    pub(crate) learn: Option<Learn>,
    /// The tag where it is known without the bytes: that of a known value.
    pub(crate) tag: Option<Tag>,
}

impl Hit {
    /// A match of `rule` at `start..end` with the rule's own confidence.
    pub(crate) fn new(rule: RuleId, start: usize, end: usize, evidence: &'static str) -> Self {
        let confidence = rule.rule().confidence;
        Self {
            rule,
            span: Span::new(start, end),
            confidence,
            evidence,
            canonical: None,
            detail: Detail::None,
            learn: None,
            tag: None,
        }
    }

    /// The same with another confidence.
    pub(crate) fn confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The same with the value in canonical form.
    pub(crate) fn canonical(self, value: Vec<u8>) -> Self {
        Self { canonical: Some(value), ..self }
    }

    /// The same, to be known wherever else its bytes stand alone as a word.
    pub(crate) fn learn(self, learn: Learn) -> Self {
        Self { learn: Some(learn), ..self }
    }

    /// The same with a detail.
    pub(crate) fn detail(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }
}

/// Where detectors put what they find.
pub(crate) type Hits = Vec<Hit>;
