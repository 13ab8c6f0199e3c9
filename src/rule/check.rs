//! The self-test of the rules: `transcrub rules check` and `cargo test` run the same.
//!
//! Every rule file carries its own tests. What is wrong with a rule is a [`Problem`]; [`built_in`] lists them all.

mod form;

use super::{Matcher, RuleId, SOURCES, syntax};
use crate::{
    detect::{Detector, Found, Known, Scratch, Wanted},
    tag::Key,
    transcript::record::Record,
};
use std::{collections::BTreeMap, fmt, ops::Range};
use syntax::{FileSyntax, RuleSyntax, TestSyntax};

/// Something wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule file.
    pub file: String,
    /// The rule's id as written, or empty if the file as a whole is wrong.
    pub rule: String,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.rule, self.reason)
    }
}

/// Bytes of a text that a rule wants to be redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose.
    pub rule: RuleId,
    /// Which.
    pub bytes: Range<usize>,
}

/// What is wrong with the built-in rules, in file order; nothing, one hopes.
///
/// Each test's text is searched as a message of a transcript; a text that is a JSON object is a record itself.
#[must_use]
pub fn built_in() -> Vec<Problem> {
    let detector = Detector::new(Key::from_material(b"rules check"), Wanted::new(|_, _| true));
    let (mut scratch, mut found) = (Scratch::default(), Found::default());
    check(SOURCES, &mut |text| {
        let (record, places) = record_of(text);
        let record = Record { bytes: &record, offset: 0, line: 1 };
        detector.search(&record, &Known::default(), &mut scratch, &mut found);
        let claim = |finding: &crate::finding::Finding| {
            let place = |raw: usize| places.binary_search(&raw).unwrap_or_else(|next| next);
            let extent = finding.extent();
            Claim { rule: finding.rule, bytes: place(extent.start())..place(extent.end()) }
        };
        found.findings.iter().map(claim).collect()
    })
}

/// What is wrong with rule files, given as name and text; `search` says what all rules claim in a text.
#[must_use]
pub fn check(sources: &[(&str, &str)], search: &mut dyn FnMut(&str) -> Vec<Claim>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeMap::new();
    for &(file, text) in sources {
        let mut problem = |rule: &str, reason: String| {
            problems.push(Problem { file: file.to_owned(), rule: rule.to_owned(), reason });
        };
        match toml::from_str::<FileSyntax>(text) {
            Err(error) => problem("", error.message().to_owned()),
            Ok(parsed) => {
                for rule in &parsed.rule {
                    form::check(rule).into_iter().for_each(|reason| problem(&rule.id, reason));
                    if let Some(other) = seen.insert(rule.id.clone(), file) {
                        problem(&rule.id, format!("{other} has a rule of that id"));
                    }
                    run(rule, search).into_iter().for_each(|reason| problem(&rule.id, reason));
                }
            }
        }
    }
    problems
}

/// Runs a rule's tests.
fn run(rule: &RuleSyntax, search: &mut dyn FnMut(&str) -> Vec<Claim>) -> Vec<String> {
    let Some(id) = RuleId::from_name(&rule.id) else {
        return vec!["not among the rules that were built in".to_owned()];
    };
    rule.tests.iter().filter_map(|test| fails(rule, id, test, search)).collect()
}

/// Why a test fails, if it does.
fn fails(
    rule: &RuleSyntax,
    id: RuleId,
    test: &TestSyntax,
    search: &mut dyn FnMut(&str) -> Vec<Claim>,
) -> Option<String> {
    let text = test.hit.as_ref().or(test.miss.as_ref()).or(test.todo.as_ref())?;
    let (plain, marks) = unmark(text);
    let claims = search(&plain);
    let own = own_of(id, &claims);
    if test.miss.is_some() {
        return (!own.is_empty()).then(|| format!("finds what it must leave: `{}`", mark(&plain, &own)));
    }
    let right = own == marks;
    if test.todo.is_some() {
        return right.then(|| format!("this todo passes now, make it a hit: `{text}`"));
    }
    if !right {
        return Some(format!("`{text}` gives `{}`", mark(&plain, &own)));
    }
    let rival = claims.iter().find(|claim| is_rival(rule, id, claim, &marks))?;
    Some(format!(
        "`{text}` is claimed by {} too; declare it in `overlaps` or part them",
        rival.rule.rule().id
    ))
}

/// The bytes that a rule claims, sorted; of two claims of which one holds the other, the greater.
fn own_of(id: RuleId, claims: &[Claim]) -> Vec<Range<usize>> {
    let mut own: Vec<_> =
        claims.iter().filter(|claim| claim.rule == id).map(|claim| claim.bytes.clone()).collect();
    own.sort_by_key(|bytes| (bytes.start, std::cmp::Reverse(bytes.end)));
    let mut reached = None;
    own.retain(|bytes| {
        reached.is_none_or(|end| bytes.end > end).then(|| reached = Some(bytes.end)).is_some()
    });
    own
}

/// Whether a claim of another format takes some of the marked bytes under another label, undeclared.
fn is_rival(rule: &RuleSyntax, id: RuleId, claim: &Claim, marks: &[Range<usize>]) -> bool {
    let other = claim.rule.rule();
    let shares = marks.iter().any(|mark| mark.start < claim.bytes.end && claim.bytes.start < mark.end);
    claim.rule != id
        && shares
        && !matches!(other.matcher, Matcher::Detector(_))
        && other.label != id.rule().label
        && !rule.overlaps.iter().any(|declared| declared == other.id)
}

/// A text without its marks, and the bytes that they enclose.
fn unmark(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut plain, mut marks, mut open) = (String::new(), Vec::new(), None);
    for letter in text.chars() {
        match letter {
            '«' => open = Some(plain.len()),
            '»' => marks.extend(open.take().map(|start| start..plain.len())),
            _ => plain.push(letter),
        }
    }
    (plain, marks)
}

/// A text with marks around some of its bytes.
fn mark(text: &str, spans: &[Range<usize>]) -> String {
    let mut out = String::new();
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        spans.iter().filter(|span| span.end == at).for_each(|_| out.push('»'));
        spans.iter().filter(|span| span.start == at).for_each(|_| out.push('«'));
        out.push(letter);
    }
    out.pop();
    out
}

/// A record that says `text`, and where in it each of the text's bytes, and its end, stands.
fn record_of(text: &str) -> (Vec<u8>, Vec<usize>) {
    if serde_json::from_str::<serde_json::Map<_, _>>(text).is_ok() {
        return (text.as_bytes().to_vec(), (0..=text.len()).collect());
    }
    let mut record = br#"{"type":"user","message":{"role":"user","content":""#.to_vec();
    let mut places = Vec::with_capacity(text.len() + 1);
    for &byte in text.as_bytes() {
        places.push(record.len());
        match byte {
            b'"' | b'\\' => record.extend([b'\\', byte]),
            b'\n' => record.extend(b"\\n"),
            b'\t' => record.extend(b"\\t"),
            0..0x20 => record.extend(format!("\\u{byte:04x}").bytes()),
            _ => record.push(byte),
        }
    }
    places.push(record.len());
    record.extend(br#""}}"#);
    (record, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_and_on() {
        let (plain, marks) = unmark("a «b»c «é»");
        assert_eq!((&*plain, &marks[..]), ("a bc é", &[2..3, 5..7][..]));
        assert_eq!(mark(&plain, &marks), "a «b»c «é»");
    }

    #[test]
    fn a_record_says_the_text() {
        let text = "a \"b\\c\"\n\u{1}é";
        let (record, places) = record_of(text);
        let value: serde_json::Value = serde_json::from_slice(&record).unwrap();
        assert_eq!(value["message"]["content"], text);
        assert_eq!(places.len(), text.len() + 1);
        assert_eq!(&record[places[3]..places[4]], b"b");
        assert_eq!(record[*places.last().unwrap()], b'"');
    }

    /// The reasons for which a file with one rule, an own copy of a built-in one, is refused.
    fn reasons(rule: &str, claimed: &[(usize, usize)]) -> Vec<String> {
        let file = format!(
            "[[rule]]\nid = \"github.pat.classic\"\nname = \"x\"\nformats = [\"ghp_{{b62:36}}\"]\n{rule}"
        );
        let id = RuleId::from_name("github.pat.classic").unwrap();
        let claims: Vec<_> =
            claimed.iter().map(|&(start, end)| Claim { rule: id, bytes: start..end }).collect();
        let problems = check(&[("own.toml", &file)], &mut |_| claims.clone());
        problems.into_iter().map(|problem| problem.reason).collect()
    }

    #[test]
    fn a_hit_is_exact() {
        let tests = "tests = [{ hit = 'a «ghp»' }]";
        assert!(!reasons(tests, &[(2, 5)]).iter().any(|reason| reason.contains("gives")));
        for wrong in [&[(2, 4)][..], &[(0, 5)], &[(2, 5), (0, 1)], &[]] {
            assert!(reasons(tests, wrong).iter().any(|reason| reason.contains("gives")), "{wrong:?}");
        }
    }

    #[test]
    fn a_miss_stays_and_a_todo_moves_on() {
        assert!(
            reasons("tests = [{ miss = 'a' }]", &[(0, 1)]).iter().any(|reason| reason.contains("must leave"))
        );
        let todo = "tests = [{ todo = '«a»', why = 'not yet' }]";
        assert!(reasons(todo, &[(0, 1)]).iter().any(|reason| reason.contains("make it a hit")));
        assert!(!reasons(todo, &[]).iter().any(|reason| reason.contains("make it a hit")));
    }

    #[test]
    fn another_format_on_the_same_bytes_is_told() {
        let file = "[[rule]]\nid = \"github.pat.classic\"\nname = \"x\"\nformats = [\"ghp_{b62:36}\"]\ntests = [{ hit = '«abc»' }, { miss = 'a' }]";
        let (own, rival) =
            ["github.pat.classic", "gitlab.pat"].map(|id| RuleId::from_name(id).unwrap()).into();
        let claims = [Claim { rule: own, bytes: 0..3 }, Claim { rule: rival, bytes: 1..3 }];
        let problems = check(&[("own.toml", file)], &mut |text| {
            if text == "abc" { claims.to_vec() } else { Vec::new() }
        });
        assert_eq!(problems.len(), 1);
        assert!(problems[0].reason.contains("gitlab.pat"), "{}", problems[0]);
    }
}
