//! Turns `rules/*.toml` into static tables (`RULES`, `id::…`, `SOURCES`), so that the program parses no rule when it
//! starts.

#[path = "src/scan/anchors.rs"]
mod anchors;
#[allow(dead_code, reason = "the build needs a part of what the crate reads")]
#[path = "src/rule/format.rs"]
mod format;
#[allow(dead_code, reason = "the build needs a part of what the crate reads")]
#[path = "src/detect/identity/given/heads.rs"]
mod heads;
#[allow(dead_code, unreachable_pub, reason = "the build needs a part of what the crate reads")]
#[path = "src/scan/kind.rs"]
mod kind;
#[path = "build/literals.rs"]
mod literals;
#[path = "build/shapes.rs"]
mod shapes;
#[allow(dead_code, reason = "the build needs a part of what the crate reads")]
#[path = "src/rule/syntax.rs"]
mod syntax;

use kind::Kind;
use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use syntax::{FileSyntax, RuleSyntax};

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=src/rule/syntax.rs");
    println!("cargo:rerun-if-changed=src/rule/format.rs");
    println!("cargo:rerun-if-changed=src/scan/anchors.rs");
    println!("cargo:rerun-if-changed=src/scan/kind.rs");
    println!("cargo:rerun-if-changed=src/detect/identity/given/heads.rs");
    println!("cargo:rerun-if-changed=src/detect/identity/given.txt");
    println!("cargo:rerun-if-changed=src/detect/identity/given_common.txt");
    println!("cargo:rerun-if-changed=build");
    let mut files: Vec<_> = fs::read_dir("rules")
        .expect("the folder rules/ is part of the crate")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let (mut rules, mut ids, mut sources) = (String::new(), String::new(), String::new());
    let mut count = 0;
    let parsed: Vec<(&PathBuf, FileSyntax)> = files.iter().map(|path| (path, read(path))).collect();
    let shapes = shapes_of(&parsed);
    write_out("shapes.rs", &shapes.write());
    write_out("given_heads.rs", &given_heads());
    write_out("literals.rs", &literals::tables(anchors::ANCHORS, &shapes.literals()));
    for (path, file) in &parsed {
        for rule in &file.rule {
            let known = ["Detector"].contains(&matcher(rule).split('(').next().unwrap_or(""));
            if known {
                let constant = rule.id.to_uppercase().replace(['.', '-'], "_");
                writeln!(
                    ids,
                    "    /// `{}`\n    pub(crate) const {constant}: RuleId = RuleId({count});",
                    rule.id
                )
                .expect("a string takes all");
            }
            writeln!(rules, "    {},", literal(rule)).expect("a string takes all");
            count += 1;
        }
        let full = path.canonicalize().expect("the file was just read");
        writeln!(sources, "    ({:?}, include_str!({:?})),", file_name(path), full)
            .expect("a string takes all");
    }
    let out = format!(
        "static RULES: &[Rule] = &[\n{rules}];\n\n/// Rules that code in `detect/` finds, by their ids.\n#[allow(dead_code, reason = \"a table\")]\npub(crate) mod id {{\n    use super::RuleId;\n{ids}}}\n\n/// The rule files as written, for `rules check`.\npub(crate) static SOURCES: &[(&str, &str)] = &[\n{sources}];\n"
    );
    write_out("rules.rs", &out);
}

fn read(path: &Path) -> FileSyntax {
    let text = fs::read_to_string(path).expect("a rule file is UTF-8");
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn write_out(name: &str, text: &str) {
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join(name);
    fs::write(target, text).expect("OUT_DIR can be written");
}

/// What given names begin with, as an array.
fn given_heads() -> String {
    let lists = ["given.txt", "given_common.txt"].map(|name| {
        let path = Path::new("src/detect/identity").join(name);
        fs::read_to_string(path).expect("a list of names is part of the crate")
    });
    format!("{:?}\n", heads::of(&lists.each_ref().map(String::as_str)))
}

fn shapes_of(files: &[(&PathBuf, FileSyntax)]) -> shapes::Tables {
    let rules = files.iter().flat_map(|(_, file)| &file.rule);
    let sources: Vec<_> = rules
        .enumerate()
        .map(|(rule, r)| shapes::Source { rule, formats: &r.formats, keywords: &r.keywords })
        .collect();
    shapes::tables(&sources).unwrap_or_else(|e| panic!("a format: {e}"))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn literal(rule: &RuleSyntax) -> String {
    let label = rule.label.clone().unwrap_or_else(|| rule.id.replace('.', "-"));
    format!(
        "Rule {{ id: {:?}, name: {:?}, class: Class::{}, severity: Severity::{}, confidence: Confidence::{}, matcher: Matcher::{}, keywords: &{:?}, also: &{:?}, within: {}, checksum: {:?}, allow: &{:?}, label: {:?}, style: Style::{}, level: Level::{}, references: &{:?} }}",
        rule.id,
        rule.name,
        variant(&rule.class),
        variant(&rule.severity),
        variant(&rule.confidence),
        matcher(rule),
        rule.keywords,
        rule.also,
        rule.within,
        rule.checksum,
        rule.allow,
        label,
        variant(&rule.style),
        variant(&rule.level),
        rule.references
    )
}

fn matcher(rule: &RuleSyntax) -> String {
    match (&rule.formats[..], &rule.pattern, &rule.detector) {
        ([], None, Some(detector)) => format!("Detector({detector:?})"),
        ([], Some(pattern), None) => format!("Pattern({pattern:?})"),
        ([_, ..], None, None) => format!("Formats(&{:?})", rule.formats),
        _ => panic!("rule {}: exactly one of formats, pattern, detector", rule.id),
    }
}

fn variant(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
