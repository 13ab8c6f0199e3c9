//! The house has an order: which module may know which others. A `crate::` path that breaks it fails here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A module, or one file of it, and what its code (not its tests) may name besides itself and `span`.
const MAY: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("base32", &[]),
    ("simd", &[]),
    ("tag", &[]),
    ("validator", &[]),
    ("output", &[]),
    ("transcript", &["base32", "simd"]),
    ("input", &["transcript"]),
    ("rule", &["validator"]),
    // The self-test of the rules runs them.
    ("rule/check", &["detect", "finding", "tag", "transcript", "validator"]),
    ("scan", &["base32", "rule", "simd"]),
    ("finding", &["rule", "tag", "transcript"]),
    ("detect", &["finding", "rule", "scan", "simd", "tag", "transcript", "validator"]),
    ("policy", &["finding", "rule", "tag", "transcript"]),
    ("redact", &["finding", "policy", "rule", "tag", "transcript"]),
    ("report", &["finding", "policy", "rule", "tag"]),
    ("verify", &["detect", "finding", "policy", "rule", "scan", "simd", "tag", "transcript"]),
    (
        "pipeline",
        &[
            "detect",
            "finding",
            "input",
            "policy",
            "redact",
            "report",
            "rule",
            "scan",
            "tag",
            "transcript",
            "verify",
        ],
    ),
    ("store", &["input", "output", "pipeline", "policy", "report", "rule", "tag", "transcript"]),
    ("claude", &["input", "output", "pipeline", "policy", "report", "rule", "store", "tag", "transcript"]),
    (
        "cli",
        &["claude", "finding", "input", "output", "pipeline", "policy", "report", "rule", "store", "tag"],
    ),
];

#[test]
fn no_module_knows_one_it_should_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in sources(&root) {
        let place = file.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
        if matches!(&*place, "lib" | "main") {
            continue;
        }
        let top = place.split('/').next().unwrap();
        let row = MAY.iter().find(|(name, _)| *name == place).or(MAY.iter().find(|(name, _)| *name == top));
        let Some((_, may)) = row else {
            wrong.push(format!("src/{place}.rs: `{top}` is not in the table of tests/layering.rs"));
            continue;
        };
        let code = without_tests(&fs::read_to_string(&file).unwrap());
        for name in named(&code) {
            if name != top && name != "span" && !may.contains(&&*name) {
                wrong.push(format!("src/{place}.rs names crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn paths_are_read_in_every_form() {
    let code = "use crate::a;\nuse crate::{\n    b::{c, d},\n    e::{self, F},\n};\nfn f() { crate::g::h() }\n\
                // crate::comment\n#[cfg(test)]\nmod tests { use crate::t; }\n";
    let names: Vec<_> = named(&without_tests(code)).into_iter().collect();
    assert_eq!(names, ["a", "b", "e", "g"]);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code without comments, up to its tests, which stand last.
fn without_tests(code: &str) -> String {
    let lines = code.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules named by `crate::x` and `crate::{x, y::…}`.
fn named(code: &str) -> BTreeSet<String> {
    let ident =
        |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut names = BTreeSet::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(first_level(group).into_iter().map(|part| ident(part.trim()))),
            None => drop(names.insert(ident(rest))),
        }
    }
    names.retain(|name| name.starts_with(char::is_lowercase));
    names
}

/// The parts of a `{…}` group, after its opening brace, that stand at its own level.
fn first_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (1, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            parts.push(&group[start..at]);
            break;
        }
    }
    parts
}
