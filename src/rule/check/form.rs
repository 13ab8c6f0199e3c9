//! What can be said of a rule without running it.

use crate::{
    rule::{
        format::Format,
        shape,
        syntax::{RuleSyntax, TestSyntax},
    },
    validator,
};

const CLASSES: &[&str] = &["secret", "identity", "path", "code", "media"];
const SEVERITIES: &[&str] = &["low", "medium", "high", "critical"];
const CONFIDENCES: &[&str] = &["low", "medium", "high"];
const LEVELS: &[&str] = &["home", "full"];
const STYLES: &[&str] = &[
    "tag", "user", "email", "ipv4", "ipv6", "mac", "host", "machine", "org", "branch", "project", "dir",
    "file", "function", "type", "constant", "uuid", "outline", "media",
];

/// No word reaches further: detectors look no further for them.
const FARTHEST: u16 = 255;

/// What is wrong with a rule as written.
pub(super) fn check(rule: &RuleSyntax) -> Vec<String> {
    let mut wrong = words(rule);
    if !is_id(&rule.id) {
        wrong.push("an id is `vendor.kind` in lower-case letters, digits and dashes".to_owned());
    }
    if rule.name.trim().is_empty() || rule.references.iter().any(|reference| reference.trim().is_empty()) {
        wrong.push("a name or a reference is empty".to_owned());
    }
    for template in &rule.formats {
        wrong.extend(Format::parse(template).err().map(|error| format!("format `{template}`: {error}")));
    }
    if let Some(name) = rule.checksum.as_deref().filter(|name| validator::by_name(name).is_none()) {
        wrong.push(format!("there is no checksum `{name}`"));
    }
    let formats: Vec<_> = rule.formats.iter().filter_map(|template| Format::parse(template).ok()).collect();
    let fits = |value: &String| formats.iter().any(|f| f.match_at(value.as_bytes(), 0) == Some(value.len()));
    wrong.extend(
        rule.allow.iter().find(|value| !fits(value)).map(|v| format!("`allow` of `{v}`, which is no match")),
    );
    let plain =
        |label: &String| label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !rule.label.iter().all(plain) {
        wrong.push("a label has lower-case letters, digits and dashes".to_owned());
    }
    let ways = [!rule.formats.is_empty(), rule.pattern.is_some(), rule.detector.is_some()];
    if ways.into_iter().filter(|&way| way).count() != 1 {
        wrong.push("a rule has one of `formats`, `pattern`, `detector`".to_owned());
    }
    if !(1..=FARTHEST).contains(&rule.within) {
        wrong.push(format!("`within` is from 1 to {FARTHEST}"));
    }
    if rule.keywords.is_empty() && !rule.also.is_empty() {
        wrong.push("`also` without `keywords`".to_owned());
    }
    let upper = |word: &&String| word.chars().any(char::is_uppercase);
    wrong.extend(
        rule.keywords
            .iter()
            .chain(&rule.also)
            .find(upper)
            .map(|word| format!("write `{word}` in lower case")),
    );
    let short = |word: &&String| word.len() < 3 || !word.starts_with(|c: char| c.is_ascii_alphanumeric());
    wrong.extend(
        rule.keywords
            .iter()
            .find(short)
            .map(|word| format!("keyword `{word}`: it takes three characters, the first a letter or digit")),
    );
    wrong.extend(tests(rule));
    wrong
}

/// Fields whose words are few.
fn words(rule: &RuleSyntax) -> Vec<String> {
    let fields = [
        ("class", &rule.class, CLASSES),
        ("severity", &rule.severity, SEVERITIES),
        ("confidence", &rule.confidence, CONFIDENCES),
        ("style", &rule.style, STYLES),
        ("level", &rule.level, LEVELS),
    ];
    let unknown = fields.into_iter().filter(|(_, word, known)| !known.contains(&word.as_str()));
    unknown.map(|(field, word, known)| format!("{field} `{word}` is none of {}", known.join(", "))).collect()
}

/// `a.b` or `a.b.c`, each of lower-case letters, digits and single dashes.
fn is_id(id: &str) -> bool {
    let parts: Vec<&str> = id.split('.').collect();
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| part.split('-').all(is_word))
}

fn tests(rule: &RuleSyntax) -> Vec<String> {
    let mut wrong: Vec<String> = rule.tests.iter().filter_map(|test| test_of(rule, test)).collect();
    if !rule.tests.iter().any(|test| test.hit.is_some() || test.todo.is_some()) {
        wrong.push("needs a test with `hit`".to_owned());
    }
    if !rule.tests.iter().any(|test| test.miss.is_some()) {
        wrong.push("needs a test with `miss`".to_owned());
    }
    wrong
}

fn test_of(rule: &RuleSyntax, test: &TestSyntax) -> Option<String> {
    let marked = |text: &str| {
        let marks = text.matches(['«', '»']).collect::<Vec<_>>();
        !marks.is_empty() && marks.chunks(2).all(|pair| pair == ["«", "»"])
    };
    match (&test.hit, &test.miss, &test.todo) {
        (Some(text), None, None) | (None, None, Some(text)) if !marked(text) => {
            Some(format!("`{text}` has no bytes between `«` and `»`"))
        }
        (None, None, Some(text)) if test.why.is_none() => Some(format!("`{text}` is a gap: say `why`")),
        (Some(text), None, None) if !has_keyword(rule, text) => {
            Some(format!("`{text}` has none of the keywords"))
        }
        (None, Some(text), None) if text.contains(['«', '»']) => {
            Some(format!("`{text}` is a miss with marks"))
        }
        (Some(_), None, None) | (None, Some(_), None) | (None, None, Some(_)) => None,
        _ => Some("a test is one of `hit`, `miss`, `todo`".to_owned()),
    }
}

fn has_keyword(rule: &RuleSyntax, text: &str) -> bool {
    let holds = |word: &String| (0..text.len()).any(|at| shape::word_at(&text.as_bytes()[at..], word));
    rule.keywords.is_empty() || rule.keywords.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::rule::syntax::FileSyntax;

    fn reasons(rule: &str) -> Vec<String> {
        let file: FileSyntax = toml::from_str(&format!("[[rule]]\n{rule}")).unwrap();
        check(&file.rule[0])
    }

    const TESTS: &str = "tests = [{ hit = 'an ex «x»' }, { miss = 'y' }]";

    #[test]
    fn a_good_rule_has_no_fault() {
        let rule = format!(
            "id = 'a.b-c'\nname = 'x'\nformats = ['x{{dig:2}}']\nkeywords = ['an ex']\nchecksum = 'luhn'\n{TESTS}"
        );
        assert_eq!(reasons(&rule), [""; 0]);
    }

    #[test]
    fn every_field_is_looked_at() {
        let good = [("id", "'a.b'"), ("name", "'x'"), ("formats", "['x{dig:2}']")];
        let wrong = [
            ("id", "'Ab.c'"),
            ("id", "'a'"),
            ("id", "'a.b.c.d'"),
            ("id", "'a.-b'"),
            ("name", "' '"),
            ("formats", "['x{no:2}']"),
            ("class", "'nothing'"),
            ("severity", "'worst'"),
            ("confidence", "'sure'"),
            ("style", "'fine'"),
            ("level", "'deep'"),
            ("within", "300"),
            ("allow", "['y12']"),
            ("label", "'A label'"),
            ("detector", "'pem'"),
            ("checksum", "'none'"),
            ("keywords", "['absent']"),
            ("keywords", "['an ex', 'EX!']"),
            ("keywords", "['ex']"),
            ("also", "['an ex']"),
        ];
        for (field, value) in wrong {
            let rest = good
                .iter()
                .filter(|(name, _)| *name != field)
                .map(|(name, value)| format!("{name} = {value}\n"));
            let rule = format!("{}{field} = {value}\n{TESTS}", rest.collect::<String>());
            assert_eq!(reasons(&rule).len(), 1, "{rule}: {:?}", reasons(&rule));
        }
    }

    #[test]
    fn tests_are_of_one_kind_and_marked() {
        let head = "id = 'a.b'\nname = 'x'\nformats = ['x{dig:2}']\n";
        let wrong = [
            "{ hit = 'x' }, { miss = 'y' }",
            "{ hit = '«x' }, { miss = 'y' }",
            "{ hit = '«x»' }, { miss = '«y»' }",
            "{ hit = '«x»', miss = 'y' }, { hit = '«x»' }, { miss = 'y' }",
            "{ todo = '«x»' }, { miss = 'y' }",
            "{ hit = '«x»' }",
            "{ miss = 'y' }",
        ];
        for tests in wrong {
            assert_eq!(reasons(&format!("{head}tests = [{tests}]")).len(), 1, "{tests}");
        }
    }
}
