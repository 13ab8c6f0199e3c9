//! The rule files' own tests, the same that `transcrub rules check` runs.

use transcrub::rule;

#[test]
fn every_rule_keeps_its_word() {
    let problems: Vec<String> = rule::check::built_in().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
