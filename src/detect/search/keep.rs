//! What of the hits in a view is kept: findings, and values to be known elsewhere.

use super::{Hit, Hits, Search, View, lines};
use crate::{
    finding::Finding,
    rule::{Class, id},
    span::{Raw, Span, Spans, Text},
    tag::Tag,
    transcript::text::Field,
};

impl Search<'_> {
    /// Keeps the hits of a view, but of those in code that goes as a whole only what they tell elsewhere.
    pub(super) fn keep_all(&mut self, view: &View<'_>, field: Field, hits: &mut Hits) {
        let mut code = Vec::new();
        if self.detector.all_code_goes && field != Field::SignedThinking {
            let blocks = hits.iter().filter(|hit| hit.rule == id::CODE_BLOCK);
            code.extend(blocks.map(|hit| (hit.span.start(), hit.span.end())));
            code.sort_unstable();
        }
        for hit in hits.drain(..) {
            if hides(&code, &hit) {
                self.learn(view, &hit);
            } else {
                self.keep(view, hit);
            }
        }
    }

    /// Remembers the value of a hit of which no finding is made.
    fn learn(&mut self, view: &View<'_>, hit: &Hit) {
        if hit.tag.is_none() && hit.learn.is_some() {
            let value = &view.bytes()[hit.span.range()];
            let tag = self.tag(hit.canonical.as_deref().unwrap_or(value));
            self.scratch.learned.of(hit, value, tag, &self.detector.key, &mut self.out.learned);
        }
    }

    /// The tag of a value, of which few differ.
    fn tag(&mut self, canonical: &[u8]) -> Tag {
        self.scratch.tags.get(canonical, |value| self.detector.key.tag(value))
    }

    /// Makes a finding of a hit, and remembers its value.
    pub(super) fn keep(&mut self, view: &View<'_>, hit: Hit) {
        let spans: Spans<Raw> = if hit.rule.rule().class == Class::Secret {
            lines::raw(view, hit.span).as_slice().into()
        } else {
            let raw = &mut self.scratch.spans;
            raw.clear();
            view.raw_into(hit.span, raw);
            raw.as_slice().into()
        };
        if spans.is_empty() {
            return;
        }
        let value = &view.bytes()[hit.span.range()];
        let canonical = hit.canonical.as_deref().unwrap_or(value);
        let tag = hit.tag.unwrap_or_else(|| self.tag(canonical));
        if hit.tag.is_none() {
            self.scratch.learned.of(&hit, value, tag, &self.detector.key, &mut self.out.learned);
        }
        let Hit { rule, confidence, evidence, detail, learn, .. } = hit;
        let (whole, quoted) = (None, false);
        self.out.findings.push(Finding {
            rule,
            confidence,
            evidence,
            tag,
            spans,
            detail,
            learn,
            whole,
            quoted,
        });
    }
}

/// Whether a name or a path stands in one of the stretches of code, sorted and disjoint.
fn hides(code: &[(usize, usize)], hit: &Hit) -> bool {
    let covers = |span: Span<Text>| {
        let after = code.partition_point(|&(start, _)| start <= span.start());
        after > 0 && span.end() <= code[after - 1].1 && span.start() < span.end()
    };
    let named = || match hit.rule.rule().class {
        Class::Identity | Class::Path => true,
        Class::Code => hit.rule != id::CODE_BLOCK,
        Class::Secret | Class::Media => false,
    };
    !code.is_empty() && covers(hit.span) && named()
}
