//! The README shows what the program does: this proves it. `README=overwrite cargo test --test readme` shows it anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{env, fs, path::Path, process::Command};

/// What of the sample is shown: a name, the record, and where in it.
const SHOWN: &[(&str, usize, &str)] = &[
    ("folder", 0, "/cwd"),
    ("prompt", 0, "/message/content"),
    ("read", 2, "/message/content/0/content"),
    ("edit", 3, "/message/content/0/input/new_string"),
    ("ran", 6, "/message/content/0/content"),
];

#[test]
fn the_sample_in_the_readme_is_what_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("examples/session.jsonl");
    let (readme, path) = (fs::read_to_string(root.join("README.md")).unwrap(), root.join("README.md"));
    let mut shown = with_block(&readme, "before", &excerpt(&fs::read(&sample).unwrap()));
    for profile in ["share", "bug"] {
        let output = Command::new(env!("CARGO_BIN_EXE_transcrub"))
            .args(["scrub", "--no-config", "-o", "-", "--profile", profile, "--key-file"])
            .args([&root.join("tests/cmd/scrub.in/key"), &sample])
            .output()
            .unwrap();
        shown = with_block(&shown, profile, &excerpt(&output.stdout));
    }
    if env::var_os("README").is_some_and(|wish| wish == "overwrite") {
        fs::write(path, shown).unwrap();
    } else {
        assert!(shown == readme, "README=overwrite cargo test --test readme\n{shown}");
    }
}

/// The texts that are shown, each behind its name.
fn excerpt(transcript: &[u8]) -> String {
    let records: Vec<Value> = transcript
        .split(|b| *b == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let mut out = String::new();
    for (name, record, pointer) in SHOWN {
        let text = records[*record].pointer(pointer).unwrap().as_str().unwrap();
        for (index, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            out += format!("{:<8}{line}", if index == 0 { name } else { "" }).trim_end();
            out.push('\n');
        }
    }
    out
}

/// `readme` with `text` in the code block after the comment `<!-- name -->`.
fn with_block(readme: &str, name: &str, text: &str) -> String {
    let (head, rest) = readme.split_once(&format!("<!-- {name} -->\n```text\n")).unwrap();
    let (_, tail) = rest.split_once("```\n").unwrap();
    format!("{head}<!-- {name} -->\n```text\n{text}```\n{tail}")
}

/// The hook looks at what is committed, whatever its name.
#[cfg(unix)]
#[test]
fn the_pre_commit_example_lets_clean_transcripts_pass_and_no_others() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_transcrub")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap());
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=n", "-c", "user.email=n@example.org"]).args(args);
        command.current_dir(&dir).env("PATH", &path).env("XDG_CONFIG_HOME", "/nonexistent");
        command.env_remove("GIT_DIR").output()
    };
    // Where there is no git, there is nothing to commit.
    let Ok(made) = git(&["init", "-q"]) else { return };
    assert!(made.status.success());
    let hook = dir.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pre-commit"), &hook).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let dirty = ["{\"a\":\"", "ghp", "_0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f\"}\n"].concat();
    let commit = |name: &str, text: &str| {
        fs::write(dir.path().join(name), text).unwrap();
        git(&["add", "-A"]).unwrap();
        git(&["commit", "-q", "-m", "x"]).unwrap().status.success()
    };
    assert!(commit("notes.txt", &dirty), "no transcript");
    for name in ["a.jsonl", "\u{fc} \"q\".jsonl", "-x.jsonl"] {
        assert!(!commit(name, &dirty), "{name}");
        assert!(commit(name, "{\"a\":\"b\"}\n"), "{name}");
    }
}
