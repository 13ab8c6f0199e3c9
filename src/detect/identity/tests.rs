//! The rule files of identity and paths, each line of their tests against the detectors alone.

use crate::{
    detect::{
        Wanted, dispatch,
        subject::{Hits, Subject},
    },
    rule::{self, syntax::FileSyntax},
    scan::Scanner,
    transcript::text::{Field, Role},
};

/// What `rule` finds in `text`, marked.
fn marked(rule: &str, text: &str) -> String {
    let subject =
        Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field: Field::Free, cwd: None };
    let (mut candidates, mut hits) = (Vec::new(), Hits::new());
    Scanner::new(crate::scan::Kinds::ALL).scan(subject.bytes, &mut candidates);
    for candidate in candidates {
        dispatch(&subject, candidate, Wanted::new(|_, _| true), &mut hits);
    }
    let mut spans: Vec<_> =
        hits.iter().filter(|h| h.rule.rule().id == rule).map(|h| h.span.range()).collect();
    spans.sort_by_key(|s| s.start);
    spans.dedup();
    let mut out = text.to_owned();
    for span in spans.into_iter().rev() {
        out.insert(span.end, '»');
        out.insert(span.start, '«');
    }
    out
}

#[test]
fn the_rules_of_these_files_find_what_their_tests_say() {
    let mut wrong = Vec::new();
    for (_, source) in rule::SOURCES {
        let file: FileSyntax = toml::from_str(source).unwrap();
        for rule in file.rule.iter().filter(|r| matches!(r.detector.as_deref(), Some("identity" | "path"))) {
            for test in &rule.tests {
                let Some(expected) = test.hit.as_ref().or(test.miss.as_ref()) else { continue };
                let found = marked(&rule.id, &expected.replace(['«', '»'], ""));
                if found != *expected {
                    wrong.push(format!("{}: {expected}\n      found: {found}", rule.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
