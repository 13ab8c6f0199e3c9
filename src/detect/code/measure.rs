//! How well code is told from other text, on real transcripts: `TRANSCRUB_CORPUS=DIR cargo test --release --lib
//! code::measure -- --ignored --nocapture`. What agents' fields say gives the truth for free: file contents are code;
//! the words of people and agents outside fences, and the output of commands that print no file, are not.
//!
//! Files are split in two by a hash of their name. The weights of [`super::line`] were fitted to the lines of one half
//! (`dump_features` writes them); the figures are from the other.

use super::shape;
use serde_json::Value;
use std::{collections::HashMap, fmt::Write as _, fs, path::PathBuf};

/// Where a text of known truth comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The content of a source file.
    File,
    /// The output of a command that prints a source file.
    Shown,
    /// An agent's words.
    Agent,
    /// A person's words.
    Person,
    /// The output of a command that prints no source.
    Printed,
    /// A command line.
    Command,
}

impl Origin {
    fn is_code(self) -> bool {
        matches!(self, Self::File | Self::Shown)
    }
}

/// A text and where it comes from.
pub(super) struct Sample {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// Whether a file is in the half that the weights were fitted to: by the FNV-1a hash of its name.
fn is_tuned(name: &str) -> bool {
    let fold = |hash: u32, b: u8| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193);
    name.bytes().fold(0x811c_9dc5, fold) & 0x100 == 0
}

/// The samples of one half of the corpus, in the order of file names; none without `TRANSCRUB_CORPUS`.
fn samples(tuned: bool) -> Vec<Sample> {
    let Some(root) = std::env::var_os("TRANSCRUB_CORPUS").map(PathBuf::from) else { return Vec::new() };
    let mut files: Vec<_> = fs::read_dir(root.join("claude"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| is_tuned(&path.file_name().unwrap().to_string_lossy()) == tuned)
        .collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut commands = HashMap::new();
        for record in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            sample_record(&record, &mut commands, &mut out);
        }
    }
    out
}

const SOURCES: [&str; 22] = [
    "go", "rs", "py", "ts", "tsx", "js", "jsx", "mjs", "java", "c", "h", "cpp", "rb", "sh", "css", "html",
    "swift", "sql", "yml", "yaml", "toml", "json",
];

fn is_source(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|extension| SOURCES.contains(&extension))
}

fn sample_record(record: &Value, commands: &mut HashMap<String, String>, out: &mut Vec<Sample>) {
    let mut push = |text: &str, origin| out.push(Sample { text: text.to_owned(), origin });
    let result = &record["toolUseResult"];
    for (path, code) in
        [("/file/filePath", "/file/content"), ("/filePath", "/originalFile"), ("/filePath", "/newString")]
    {
        if let (Some(path), Some(code)) =
            (result.pointer(path).and_then(Value::as_str), result.pointer(code).and_then(Value::as_str))
            && is_source(path)
        {
            push(code, Origin::File);
        }
    }
    let content = &record["message"]["content"];
    let person = record["type"] == "user";
    if let (Some(text), true) = (content.as_str(), person && record["isMeta"] != true) {
        push(&outside_fences(text), Origin::Person);
    }
    for block in content.as_array().into_iter().flatten() {
        if let (Some(text), "text") = (block["text"].as_str(), block["type"].as_str().unwrap_or("")) {
            push(&outside_fences(text), if person { Origin::Person } else { Origin::Agent });
        }
        if let (Some(id), Some(command)) = (block["id"].as_str(), block["input"]["command"].as_str()) {
            commands.insert(id.to_owned(), command.to_owned());
            if !command.contains('\n') {
                push(command, Origin::Command);
            }
        }
        let command = block["tool_use_id"].as_str().and_then(|id| commands.get(id));
        if let (Some(command), Some(text)) = (command, block["content"].as_str()) {
            if prints_source(command) {
                push(text, Origin::Shown);
            } else if prints_no_source(command) {
                push(text, Origin::Printed);
            }
        }
    }
}

fn outside_fences(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        if !inside && !fence {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

/// `cat FILE`, `sed -n … FILE`, `head FILE` of source files, and nothing else.
fn prints_source(command: &str) -> bool {
    let words: Vec<_> = command.split_whitespace().collect();
    let plain = !command.contains(['|', ';', '&', '>', '<', '\n', '*']);
    let shows = words.first().is_some_and(|w| matches!(*w, "cat" | "sed" | "head" | "tail"));
    plain && shows && words.last().is_some_and(|w| is_source(w) && !w.ends_with("json"))
}

fn prints_no_source(command: &str) -> bool {
    let heads = [
        "ls",
        "find ",
        "git status",
        "git log --oneline",
        "git push",
        "git commit",
        "git branch",
        "git add",
        "git fetch",
        "go test",
        "go build",
        "mise run",
        "npm ",
        "pnpm ",
        "cargo ",
        "gh pr",
        "gh run list",
        "make",
        "mkdir",
        "wc ",
        "which ",
        "pwd",
        "git rebase",
        "git checkout",
        "docker ps",
        "ps ",
        "df ",
        "du ",
        "date",
        "curl -I",
    ];
    let shows = [
        "cat ", "sed ", "head ", "tail ", "diff", "show", "grep", "rg ", "awk", "-p ", "blame", "jq", "-exec",
    ];
    heads.iter().any(|head| command.starts_with(head)) && !shows.iter().any(|word| command.contains(word))
}

/// Writes the features of the lines of the tuned half to the file `TRANSCRUB_FEATURES`: label, origin, features. Lines
/// of the file `TRANSCRUB_MORE` (label, origin, line; split by tabs) come first.
#[test]
#[ignore = "needs a corpus"]
fn dump_features() {
    let Some(path) = std::env::var_os("TRANSCRUB_FEATURES") else { return };
    let mut out = String::new();
    let mut seen = std::collections::HashSet::new();
    for Sample { text, origin } in samples(true) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if seen.insert((line.to_owned(), origin)) {
                write!(out, "{} {origin:?}", u8::from(origin.is_code())).unwrap();
                shape::features(line.as_bytes()).iter().for_each(|f| write!(out, " {f}").unwrap());
                writeln!(out, "\t{}", line.chars().take(120).collect::<String>()).unwrap();
            }
        }
    }
    let more = std::env::var_os("TRANSCRUB_MORE").map(|path| fs::read_to_string(path).unwrap());
    for line in more.iter().flat_map(|more| more.lines()) {
        let mut parts = line.splitn(3, '\t');
        let (label, origin, line) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        write!(out, "{label} {origin}").unwrap();
        shape::features(line.as_bytes()).iter().for_each(|f| write!(out, " {f}").unwrap());
        writeln!(out, "\t{}", line.chars().take(120).collect::<String>()).unwrap();
    }
    fs::write(path, out).unwrap();
}

/// How many lines of one origin there are, and how many were taken for code.
#[derive(Default)]
struct Tally {
    lines: usize,
    code: usize,
}

/// Prints, for the held-out half, how many lines of each origin are taken for code, and precision and recall over all.
/// Of the agent's format nothing is told: the texts are read as output, and once more as words.
#[test]
#[ignore = "needs a corpus"]
fn held_out_lines() {
    use crate::transcript::text::Field;
    let half = std::env::var_os("TRANSCRUB_TUNED").is_some();
    let show = std::env::var_os("TRANSCRUB_SHOW");
    let mut tallies = std::collections::BTreeMap::<Origin, Tally>::new();
    let mut seen = std::collections::HashSet::new();
    for Sample { text, origin } in samples(half) {
        if !seen.insert((text.clone(), origin)) {
            continue;
        }
        let field = if origin == Origin::Command { Field::Command } else { Field::Output };
        let left = super::tests::redacted(&text, field);
        let tally = tallies.entry(origin).or_default();
        for (before, after) in text.lines().zip(left.lines()).filter(|(before, _)| !before.trim().is_empty())
        {
            let taken = before != after;
            tally.lines += 1;
            tally.code += usize::from(taken);
            if show.as_ref().is_some_and(|o| o.to_string_lossy() == format!("{origin:?}"))
                && taken != origin.is_code()
            {
                println!("    {before}");
            }
        }
    }
    let sum = |code: bool, taken: bool| -> usize {
        let of = tallies.iter().filter(|(origin, _)| origin.is_code() == code);
        of.map(|(_, t)| if taken { t.code } else { t.lines }).sum()
    };
    for (origin, Tally { lines, code }) in &tallies {
        println!(
            "{origin:?}: {code} of {lines} lines taken for code ({:.1} %)",
            *code as f64 * 100.0 / *lines as f64
        );
    }
    let (hit, all, wrong) = (sum(true, true) as f64, sum(true, false) as f64, sum(false, true) as f64);
    println!("recall {:.4}, precision {:.4}", hit / all, hit / (hit + wrong));
}
