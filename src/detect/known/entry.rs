//! A known value: what it is, and where it counts.

use super::{brand, everyday};
use crate::{
    detect::word,
    finding::{Finding, Learn},
    rule::{RuleId, Style},
    tag::Tag,
};

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) rule: RuleId,
    /// A rule that says more of it, and the first record for which it counts.
    pub(super) clearer: Option<(RuleId, u64)>,
    pub(super) learn: Learn,
    pub(super) tag: Tag,
    /// The first record that may hold it; 0 for all.
    pub(super) since: u64,
    /// Whether it counts within a word too: a long secret, or what an encoding makes of a short one.
    pub(super) anywhere: bool,
    /// Whether it is the name of a project and a word that everyone uses.
    pub(super) everyday: bool,
}

impl Entry {
    /// Whether the value is known as the name of any folder or file, and `rule` says what it is: a name has one pseudonym,
    /// also in a path.
    pub(super) fn is_vaguer(&self, rule: RuleId, tag: Tag) -> bool {
        let vague = |rule: RuleId| matches!(rule.rule().style, Style::Dir | Style::File);
        let style = rule.rule().style;
        self.tag == tag && vague(self.rule) && matches!(style, Style::Org | Style::Project | Style::User)
    }

    /// Makes it what an earlier record says of the value, that at byte `since`, as if that had been heard first: what became
    /// known must not depend on how a stream was cut.
    pub(super) fn take_over(&mut self, rule: RuleId, tag: Tag, since: u64) {
        let (later, later_tag) = ((self.rule, self.since), self.tag);
        (self.rule, self.tag, self.since) = (rule, tag, since);
        let clearer = [Some(later), self.clearer];
        self.clearer = clearer.into_iter().flatten().find(|(rule, _)| self.is_vaguer(*rule, later_tag));
    }

    /// The rule that tells most of it in the record at byte `at`.
    pub(super) fn rule_at(&self, at: u64) -> RuleId {
        self.clearer.filter(|(_, since)| *since <= at).map_or(self.rule, |(rule, _)| rule)
    }

    /// Whether the same stands in the place of the value, in the record at byte `at`, as in that of the finding.
    pub(super) fn stands_as(&self, finding: &Finding, at: u64) -> bool {
        let rule = self.rule_at(at);
        let (style, other) = (rule.rule().style, finding.rule.rule().style);
        self.tag == finding.tag && (rule == finding.rule || style == other && style != Style::Tag)
    }

    /// A long secret counts wherever it stands; what may be met by chance only as a word.
    pub(super) fn stands_alone(&self, bytes: &[u8], start: usize, end: usize) -> bool {
        // A torn record may have told half of a character.
        if word::is_within_character(bytes, start) || word::is_within_character(bytes, end) {
            return false;
        }
        if self.anywhere {
            return true;
        }
        if self.learn == Learn::Brand && !brand::is_marked(bytes, start, end) {
            return false;
        }
        if self.everyday && everyday::is_common(bytes, start, end) {
            return false;
        }
        let (before, behind) = (word::char_before(bytes, start), word::char_at(bytes, end));
        let starts =
            before.is_none_or(|(c, _)| !word::is_letter(c) || self.parts(c, char::from(bytes[start])));
        let ends =
            behind.is_none_or(|(c, _)| !word::is_letter(c) || self.parts(char::from(bytes[end - 1]), c));
        (starts || follows_escape(&bytes[..start])) && ends
    }

    /// Whether a word of a name ends between two letters of it: `testBindQuote` has `BindQuote` in it.
    fn parts(&self, left: char, right: char) -> bool {
        matches!(self.learn, Learn::Name | Learn::Component)
            && !left.is_ascii_uppercase()
            && left.is_ascii()
            && right.is_ascii_uppercase()
    }
}

/// Whether the letters at the end of `before` belong to no word but to an escape (`\n`, `\u000a`, `%20`, a terminal's
/// `[1;31m`).
fn follows_escape(before: &[u8]) -> bool {
    match before {
        [.., b'\\', letter] if letter.is_ascii_alphabetic() => true,
        [.., b'\\', b'u', _, _, _, _] => true,
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [head @ .., letter] if letter.is_ascii_alphabetic() => {
            let numbers = |b: &&u8| b.is_ascii_digit() || **b == b';';
            let len = head.iter().rev().take(16).take_while(numbers).count();
            let escape = head[..head.len() - len].strip_suffix(b"[");
            escape
                .is_some_and(|e| [&b"\x1b"[..], b"1b", b"1B", b"033", b"\\e"].iter().any(|s| e.ends_with(s)))
        }
        _ => false,
    }
}
