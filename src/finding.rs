//! Findings: what was found where, without the bytes that were found.

use crate::{
    rule::{Confidence, RuleId},
    span::{Raw, Span, Spans},
    tag::Tag,
};

/// A validated match in one record. It never holds the matched bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that matched.
    pub rule: RuleId,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why: the kind of evidence, for people.
    pub evidence: &'static str,
    /// The keyed fingerprint of the value.
    pub tag: Tag,
    /// The bytes of the record it covers: sorted, disjoint, at least one. The replacement stands in the first, the
    /// others become empty; line breaks between them stay.
    pub spans: Spans<Raw>,
    /// What the replacement needs to know beyond rule and tag.
    pub detail: Detail,
    /// What its value is when met elsewhere; `None` if it says nothing there. The value itself travels apart.
    pub learn: Option<Learn>,
    /// What must become empty as a whole if this finding is replaced: thinking that a signature covers.
    pub whole: Option<Span<Raw>>,
    /// Whether the replacement needs quotes: a number of JSON becomes a string.
    pub quoted: bool,
}

/// What a value found once is wherever else it stands alone as a word: the known-values table's kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Learn {
    /// A secret, also in other encodings.
    Secret,
    /// A person's login.
    Login,
    /// A person's name in full, or one of its words.
    Person,
    /// The name of a project or its folder.
    Project,
    /// A host's or a machine's name.
    Host,
    /// An organisation or an account of a forge.
    Org,
    /// The name of a product or a firm that is a word of everyone's too: it counts where it is marked as a name.
    Brand,
    /// A git branch.
    Branch,
    /// The name of a folder or of a source file of the project.
    Component,
    /// The name of a function, a type or a constant of the project.
    Name,
}

/// What a replacement needs to know beyond rule and tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// An outline of code: its language, or empty, and its number of lines.
    Outline {
        /// As in a Markdown fence: `python`, `rust`, …
        language: &'static str,
        /// Lines, the first and the last counted.
        lines: usize,
    },
    /// A picture or document of this type.
    Media(crate::transcript::text::MediaKind),
    /// Nothing stands in its place: the spans become empty.
    Empty,
}

impl Finding {
    /// The span from the first to the last covered byte.
    #[must_use]
    pub fn extent(&self) -> Span<Raw> {
        let last = self.spans.last().map_or(0, |s| s.end());
        self.spans.first().map_or(Span::new(last, last), |first| Span::new(first.start(), last))
    }
}
