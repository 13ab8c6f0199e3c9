//! Findings become decisions: what is replaced by what, sorted, disjoint and in bounds by construction.

use super::{Allowlist, CodeAction, Profile};
use crate::{
    finding::{Detail, Finding},
    rule::{Class, RuleId, Style},
    span::{Raw, Span},
    tag::Tag,
};
use std::{ops::Range, path::Path};

/// What stands in a span afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Nothing.
    Nothing,
    /// What the rule's style makes of the tag.
    Pseudonym {
        /// The rule, for its style and label.
        rule: RuleId,
        /// The value's tag.
        tag: Tag,
        /// What it needs beyond.
        detail: Detail,
        /// Whether it is put in quotes.
        quoted: bool,
    },
}

/// One replacement in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span<Raw>,
    /// What comes.
    pub with: Replacement,
}

/// The edits of one record: sorted by start, disjoint, in bounds. Only [`Policy::resolve`] makes one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    edits: Vec<Edit>,
}

impl Decisions {
    /// The edits, in order.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether the record stays as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

/// What to do with findings: a profile and what is exempt from it.
#[derive(Clone, Debug)]
pub struct Policy {
    profile: Profile,
    allowlist: Allowlist,
}

impl Policy {
    /// The policy of `profile` with the exemptions of `allowlist`.
    #[must_use]
    pub fn new(profile: Profile, allowlist: Allowlist) -> Self {
        Self { profile, allowlist }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether anything is exempt.
    #[must_use]
    pub fn exempts(&self) -> bool {
        !self.allowlist.is_empty()
    }

    /// Whether a finding in a record of the transcript at `path` is to be replaced.
    #[must_use]
    pub fn replaces(&self, finding: &Finding, path: Option<&Path>, record: &[u8]) -> bool {
        let rule = finding.rule.rule();
        self.profile.replaces(rule.class, rule.level)
            && (self.allowlist.is_empty() || self.allowlist.reason(finding, path, record).is_none())
    }

    /// The values of findings that stay only because the user exempts them.
    #[must_use]
    pub fn exempted(&self, findings: &[Finding], path: Option<&Path>, record: &[u8]) -> Vec<Vec<u8>> {
        if self.allowlist.is_empty() {
            return Vec::new();
        }
        let exempt = findings.iter().filter(|found| self.allowlist.reason(found, path, record).is_some());
        exempt.flat_map(|found| &found.spans).map(|span| record[span.range()].to_vec()).collect()
    }

    /// Merges findings of one record of the transcript at `path` into edits. `findings` may overlap, in any order;
    /// those that are not replaced, and those that another one covers, are removed from it, but for secrets in code; the
    /// rest are sorted by place.
    ///
    /// Where two overlap, code and media win over values in them, secrets over identity and paths, then the longer
    /// over the shorter; what is left of the loser goes too.
    #[must_use]
    pub fn resolve(&self, findings: &mut Vec<Finding>, path: Option<&Path>, record: &[u8]) -> Decisions {
        findings.retain(|finding| self.replaces(finding, path, record));
        // Of what is alike in everything else the tag decides, not which was found first: that depends on how a stream was cut.
        sort(findings);
        let mut canvas = Canvas::new(record.len(), findings.len());
        for whole in findings.iter().filter_map(|finding| finding.whole) {
            canvas.paint(whole, Replacement::Nothing);
        }
        // A secret in code that goes as a whole is told too: it is to be revoked.
        let blocks = findings.iter().any(|finding| rank(finding) == 0);
        let mut secrets = blocks.then(|| Canvas::new(record.len(), 0));
        let mut paints = |finding: &Finding| {
            let shows = self.paint(finding, &mut canvas);
            let secret = secrets.as_mut().filter(|_| finding.rule.rule().class == Class::Secret);
            let told = secret.is_some_and(|secrets| self.paint(finding, secrets));
            shows || told || finding.whole.is_some()
        };
        let (mut kept, mut best_first) = (vec![false; findings.len()], Vec::new());
        for cluster in clusters(findings) {
            if cluster.len() == 1 {
                kept[cluster.start] = paints(&findings[cluster.start]);
                continue;
            }
            best_first.clear();
            best_first.extend(cluster.map(|at| (order(&findings[at]), at)));
            best_first.sort_unstable();
            best_first.iter().for_each(|&(_, at)| kept[at] = paints(&findings[at]));
        }
        let mut kept = kept.into_iter();
        findings.retain(|_| kept.next() == Some(true));
        findings.dedup_by(|b, a| a.rule == b.rule && a.spans == b.spans);
        canvas.decisions()
    }

    /// Paints a finding; says whether any of it shows.
    fn paint(&self, finding: &Finding, canvas: &mut Canvas) -> bool {
        let Finding { rule, tag, detail, quoted, .. } = *finding;
        let dropped = rule.rule().style == Style::Outline && self.profile.code() == CodeAction::Drop;
        let mut with = if dropped || detail == Detail::Empty {
            Replacement::Nothing
        } else {
            Replacement::Pseudonym { rule, tag, detail, quoted }
        };
        let mut shows = false;
        for &span in &finding.spans {
            if canvas.paint(span, with) {
                shows = true;
                with = Replacement::Nothing;
            }
        }
        shows
    }
}

/// Bits of a finding's number behind its place.
const NUMBER: u32 = 24;

/// Sorts findings by place, those of one place by their tags.
fn sort(findings: &mut Vec<Finding>) {
    if findings.len() >> NUMBER > 0 {
        findings.sort_by_cached_key(|finding| (place(finding), finding.tag));
        return;
    }
    let mut order: Vec<u128> = findings.iter().map(|finding| place(finding) << NUMBER).collect();
    order.iter_mut().enumerate().for_each(|(number, place)| *place |= number as u128);
    order.sort_unstable();
    let number = |key: u128| (key & ((1 << NUMBER) - 1)) as usize;
    for same in order.chunk_by_mut(|a, b| a >> NUMBER == b >> NUMBER).filter(|same| same.len() > 1) {
        same.sort_by_key(|&key| findings[number(key)].tag);
    }
    let mut unsorted: Vec<_> = std::mem::take(findings).into_iter().map(Some).collect();
    findings.extend(order.into_iter().filter_map(|key| unsorted[number(key)].take()));
}

/// The order in which findings are told: by place, then by rule, the surer first. It leaves [`NUMBER`] bits free.
fn place(finding: &Finding) -> u128 {
    let (extent, most) = (finding.extent(), (1_u128 << 40) - 1);
    (extent.start() as u128).min(most) << 64
        | (extent.end() as u128).min(most) << 24
        | (finding.rule.index() as u128) << 3
        | u128::from(!(finding.confidence as u8) & 7)
}

/// Stretches of findings, sorted by place, of which none touches one of another stretch: what is painted first matters only
/// within one.
fn clusters(findings: &[Finding]) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let from = next;
        let mut reach = findings.get(from)?.extent().end();
        next += 1;
        while let Some(extent) = findings.get(next).map(Finding::extent).filter(|e| e.start() <= reach) {
            reach = reach.max(extent.end());
            next += 1;
        }
        Some(from..next)
    })
}

/// The order in which findings are painted, first ones on top: by rank, then the longer, the surer, the more severe.
fn order(finding: &Finding) -> u128 {
    let extent = finding.extent();
    // A rule that knows whose value it is names it better than one that knows only what stands before it.
    let (sure, severe) = (finding.confidence as u8, finding.rule.rule().severity as u8);
    // A path has one pseudonym, also where a component is the name of what it holds.
    let named = finding.rule.rule().class == Class::Code;
    let most = (1_u128 << 48) - 1;
    u128::from(rank(finding)) << 120
        | most.saturating_sub(extent.len() as u128) << 72
        | u128::from(named) << 71
        | u128::from(!sure & 7) << 68
        | u128::from(!severe & 7) << 64
        | (finding.rule.index() as u128) << 48
        | (extent.start() as u128).min(most)
}

/// What is above what.
fn rank(finding: &Finding) -> u8 {
    let rule = finding.rule.rule();
    match rule.class {
        Class::Code if rule.style == Style::Outline => 0,
        Class::Media => 0,
        Class::Secret => 1,
        Class::Identity | Class::Path | Class::Code => 2,
    }
}

/// What of a record is painted so far.
struct Canvas {
    /// One bit for each byte that is.
    painted: Vec<u64>,
    len: usize,
    /// In no order, disjoint, none empty.
    edits: Vec<Edit>,
}

impl Canvas {
    /// For a record of `len` bytes; what is painted beyond them is cut off. `edits` is a guess at their number.
    fn new(len: usize, edits: usize) -> Self {
        Self { painted: vec![0; len / 64 + 1], len, edits: Vec::with_capacity(edits) }
    }

    /// Paints what of `span` is still free: all of it with `with`, a part of it with nothing. A loser that sticks out of a
    /// winner only adds to what goes. Says whether `with` shows.
    fn paint(&mut self, span: Span<Raw>, with: Replacement) -> bool {
        let (start, end) = (span.start().min(self.len), span.end().min(self.len));
        if start == end {
            return !self.is_painted(start);
        }
        if self.next(start, end, true) == end {
            self.put(start, end, with);
            return true;
        }
        let mut at = start;
        while at < end {
            let free = self.next(at, end, false);
            at = self.next(free, end, true);
            if free < at {
                self.put(free, at, Replacement::Nothing);
            }
        }
        false
    }

    fn is_painted(&self, at: usize) -> bool {
        self.painted[at / 64] >> (at % 64) & 1 == 1
    }

    /// The first byte in `at..end` that is painted, or is not; `end` if there is none.
    fn next(&self, mut at: usize, end: usize, painted: bool) -> usize {
        while at < end {
            let word = self.painted[at / 64];
            let wanted = if painted { word } else { !word } >> (at % 64);
            if wanted != 0 {
                return end.min(at + wanted.trailing_zeros() as usize);
            }
            at = (at / 64 + 1) * 64;
        }
        end
    }

    fn put(&mut self, start: usize, end: usize, with: Replacement) {
        for word in start / 64..=(end - 1) / 64 {
            let (from, to) = (start.max(word * 64) - word * 64, end.min(word * 64 + 64) - word * 64);
            self.painted[word] |= u64::MAX >> (64 - (to - from)) << from;
        }
        self.edits.push(Edit { span: Span::new(start, end), with });
    }

    fn decisions(mut self) -> Decisions {
        self.edits.sort_unstable_by_key(|edit| edit.span.start());
        Decisions { edits: self.edits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rule::{self, Confidence},
        tag::Key,
    };
    use proptest::prelude::*;

    fn finding(spans: &[(usize, usize)]) -> Finding {
        Finding {
            rule: rule::all().find(|r| r.rule().class == Class::Secret).unwrap(),
            confidence: Confidence::High,
            evidence: "a test",
            tag: Key::from_material(&[1; 32]).tag(b"x"),
            spans: spans.iter().map(|&(start, end)| Span::new(start, end)).collect(),
            detail: Detail::None,
            learn: None,
            whole: None,
            quoted: false,
        }
    }

    /// The same, painted in one order from the best to the worst.
    fn at_once(mut findings: Vec<Finding>) -> (Vec<Finding>, Decisions) {
        let policy = Policy::new(Profile::bug(), Allowlist::default());
        findings.sort_by_cached_key(order);
        let (mut canvas, mut secrets) = (Canvas::new(100, 0), Canvas::new(100, 0));
        let blocks = findings.first().is_some_and(|finding| rank(finding) == 0);
        findings.retain(|finding| {
            let shows = policy.paint(finding, &mut canvas);
            let secret = blocks && finding.rule.rule().class == Class::Secret;
            let told = secret && policy.paint(finding, &mut secrets);
            shows || told
        });
        findings.sort_by_key(|finding| (finding.extent().start(), finding.extent().end(), finding.rule));
        findings.dedup_by(|b, a| a.rule == b.rule && a.spans == b.spans);
        (findings, canvas.decisions())
    }

    fn resolve(mut findings: Vec<Finding>) -> Vec<(usize, usize, bool)> {
        let policy = Policy::new(Profile::retain(), Allowlist::default());
        let decisions = policy.resolve(&mut findings, None, &[b'x'; 100]);
        let shown = |edit: &Edit| edit.with != Replacement::Nothing;
        decisions.edits().iter().map(|e| (e.span.start(), e.span.end(), shown(e))).collect()
    }

    #[test]
    fn the_longer_wins_and_what_sticks_out_goes_too() {
        assert_eq!(resolve(vec![finding(&[(5, 8)]), finding(&[(4, 20)])]), [(4, 20, true)]);
        assert_eq!(resolve(vec![finding(&[(0, 6)]), finding(&[(4, 20)])]), [(0, 4, false), (4, 20, true)]);
        assert_eq!(
            resolve(vec![finding(&[(15, 30)]), finding(&[(4, 20)])]),
            [(4, 20, true), (20, 30, false)]
        );
    }

    #[test]
    fn only_the_first_span_of_a_finding_shows() {
        assert_eq!(resolve(vec![finding(&[(1, 3), (5, 7)])]), [(1, 3, true), (5, 7, false)]);
    }

    #[test]
    fn secrets_in_code_are_told_once_and_replaced_with_it() {
        let code = Finding { rule: rule::id::CODE_BLOCK, ..finding(&[(0, 50)]) };
        let name = Finding { rule: rule::id::IDENTITY_LOGIN, ..finding(&[(30, 36)]) };
        let policy = Policy::new(Profile::bug(), Allowlist::default());
        let mut findings = vec![finding(&[(10, 20)]), code, finding(&[(12, 18)]), name];
        let decisions = policy.resolve(&mut findings, None, &[b'x'; 100]);
        let told: Vec<_> =
            findings.iter().map(|found| (found.rule.rule().class, found.extent().start())).collect();
        assert_eq!(told, [(Class::Code, 0), (Class::Secret, 10)]);
        assert_eq!(decisions.edits().len(), 1);
    }

    #[test]
    fn a_signed_text_goes_as_a_whole() {
        let signed = Finding { whole: Some(Span::new(2, 50)), ..finding(&[(10, 20)]) };
        assert_eq!(resolve(vec![signed]), [(2, 50, false)]);
    }

    #[test]
    fn which_of_two_tags_shows_does_not_depend_on_their_order() {
        let tagged =
            |name: &[u8]| Finding { tag: Key::from_material(&[1; 32]).tag(name), ..finding(&[(3, 9)]) };
        let shown = |findings: [Finding; 2]| {
            Policy::new(Profile::retain(), Allowlist::default()).resolve(
                &mut findings.to_vec(),
                None,
                &[b'x'; 100],
            )
        };
        let one = shown([tagged(b"a"), tagged(b"b")]);
        assert_eq!(one.edits().len(), 1);
        assert_eq!(one, shown([tagged(b"b"), tagged(b"a")]));
    }

    proptest! {
        #[test]
        fn what_does_not_touch_may_be_painted_in_any_order(
            drawn in prop::collection::vec((0usize..90, 0usize..12, 0usize..4, any::<bool>(), 0usize..20), 0..14),
        ) {
            let rules = [rule::id::CODE_BLOCK, rule::id::IDENTITY_LOGIN, rule::id::PATH_DIR, finding(&[]).rule];
            let one = |(start, len, rule, sure, more): (usize, usize, usize, bool, usize)| {
                let confidence = if sure { Confidence::High } else { Confidence::Low };
                let spans = [(start, start + len), (start + len + more, (start + len + 2 * more).min(100))];
                let spans = if more == 0 || spans[1].0 >= spans[1].1 { &spans[..1] } else { &spans };
                Finding { rule: rules[rule], confidence, ..finding(spans) }
            };
            let mut findings: Vec<_> = drawn.into_iter().map(one).collect();
            let expected = at_once(findings.clone());
            let decisions = Policy::new(Profile::bug(), Allowlist::default()).resolve(&mut findings, None, &[b'x'; 100]);
            prop_assert_eq!((findings, decisions), expected);
        }

        #[test]
        fn decisions_are_sorted_disjoint_in_bounds_and_cover_every_finding(
            spans in prop::collection::vec((0usize..90, 1usize..20), 0..12),
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(start, len)| (start, start + len)).collect();
            let edits = resolve(spans.iter().map(|&span| finding(&[span])).collect());
            for pair in edits.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0);
            }
            prop_assert!(edits.iter().all(|&(start, end, _)| start < end && end <= 100));
            let covered = |at: usize| edits.iter().any(|&(start, end, _)| start <= at && at < end);
            for at in 0..100 {
                let wanted = spans.iter().any(|&(start, end)| start <= at && at < end);
                prop_assert_eq!(covered(at), wanted);
            }
            prop_assert!(spans.is_empty() || edits.iter().any(|&(.., shown)| shown));
        }
    }
}
