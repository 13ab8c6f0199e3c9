//! Names of files: one that holds a secret is told and never shown, one with odd characters does nothing to a terminal, and
//! several names of one file are all seen to.
//!
//! `TRANSCRUB_BIN=PATH` runs all of it against that binary.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, SystemTime},
};

const TOKEN: &str = "ghp_Vq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt6B";
const DIRTY: &str = "{\"type\":\"user\",\"message\":{\"content\":\"DB_PASSWORD=tr0ub4dor&3x\"}}\n";
const PASSWORD: &str = "tr0ub4dor&3x";

fn transcrub(home: &Path, args: &[&str]) -> Output {
    let program =
        env::var_os("TRANSCRUB_BIN").map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from);
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home);
    // The real one lies outside the home.
    command.env("CLAUDE_CODE_TMPDIR", home.join("tmp"));
    command.args(args).current_dir(home).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Writes a file that counts as finished.
fn old(path: &Path, bytes: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    let then = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().append(true).open(path).unwrap().set_modified(then).unwrap();
}

#[test]
fn a_secret_in_a_name_is_told_and_shown_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    old(&at(&format!("in/{TOKEN}.jsonl")), DIRTY);
    old(&at(&format!("in/deep-{TOKEN}/a.jsonl")), DIRTY);
    // Known only by what stands in the file.
    old(&at(&format!("in/{PASSWORD}.jsonl")), DIRTY);
    std::os::unix::fs::symlink("/nowhere", at(&format!("in/{TOKEN}.link"))).unwrap();
    for args in [
        &["scan", "in"][..],
        &["scan", "in", "-v"],
        &["scan", "in", "--format", "jsonl"],
        &["scan", "in", "--format", "sarif"],
        &["scrub", "in", "--check", "-v"],
        &["scrub", "in", "-o", "out", "-v", "--report", "r.jsonl"],
        &["scrub", "in", "-o", "out", "--report", "r.sarif"],
    ] {
        let output = transcrub(home.path(), args);
        let mut said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.matches(": a secret in its name").count() >= 3, "{args:?}: {said}");
        for report in ["r.jsonl", "r.sarif"] {
            said += &fs::read_to_string(at(report)).unwrap_or_default();
        }
        assert!(!said.contains(&TOKEN[4..]) && !said.contains(PASSWORD), "{args:?}: {said}");
        assert!(said.contains("REDACTED:github-pat-classic:") || said.contains("%5BREDACTED"), "{said}");
    }
    let alone = transcrub(home.path(), &["scan", &format!("in/{TOKEN}.jsonl")]);
    assert!(text(&alone.stderr).contains("]") && text(&alone.stderr).contains("a secret in its name"));
    assert!(at(&format!("out/{TOKEN}.jsonl")).is_file(), "names stay");
}

#[test]
fn a_secret_in_a_name_of_a_store_is_shown_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join(".claude/projects/-home-m-acme");
    old(&project.join(format!("{TOKEN}.jsonl")), DIRTY);
    old(&project.join(format!("{TOKEN}/tool-results/a.db")), "SQLite format 3\0 ghp");
    for args in [
        &["store", "scan", "-v"][..],
        &["store", "scan", "--format", "json"],
        &["store", "scrub", "--yes", "-v"],
        &["store", "scrub", "--yes", "--format", "json"],
    ] {
        let output = transcrub(home.path(), args);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("a secret in its name") && !said.contains(&TOKEN[4..]), "{args:?}: {said}");
    }
}

#[test]
fn a_session_that_is_not_deleted_is_told_without_the_secret_in_its_name() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(format!(".claude/projects/-home-m-acme/{TOKEN}.jsonl"));
    old(&path, DIRTY);
    let held = fs::File::open(&path).unwrap();
    let mut sleeper = Command::new("sleep").arg("60").stdin(held).spawn().unwrap();
    let output = transcrub(home.path(), &["store", "purge", "--older-than", "1m", "--yes"]);
    sleeper.kill().unwrap();
    sleeper.wait().unwrap();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(path.exists() && said.contains("stays") && !said.contains(&TOKEN[4..]), "{said}");
}

#[test]
fn an_odd_name_does_nothing_to_a_terminal_and_starts_no_line() {
    let home = tempfile::tempdir().unwrap();
    let name = "a\u{1b}]0;x\u{7}\n2 records in 1 transcript: nothing found.jsonl";
    old(&home.path().join("in").join(name), DIRTY);
    std::os::unix::fs::symlink("/nowhere", home.path().join("in/l\n\u{1b}[2J")).unwrap();
    for args in [&["scan", "in"][..], &["scan", "in", "-v"], &["scrub", "in", "-v", "-o", "out"]] {
        let output = transcrub(home.path(), args);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.contains('\u{1b}') && !said.contains("\n2 records in 1 transcript: nothing"), "{said}");
        assert!(said.contains("\\u{1b}") && said.contains("\\n2 records"), "{args:?}: {said}");
    }
}

#[test]
fn all_names_of_a_file_are_scrubbed_in_one_run() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join(".claude/projects/-home-m-acme");
    let (one, two, three) =
        (project.join("s.jsonl"), project.join("t.jsonl"), project.join("u/tool-results/a.txt"));
    fs::create_dir_all(three.parent().unwrap()).unwrap();
    let link = || {
        old(&one, DIRTY);
        for other in [&two, &three] {
            let _ = fs::remove_file(other);
            fs::hard_link(&one, other).unwrap();
        }
    };
    for args in [&["store", "scrub", "--yes"][..], &["scrub", "--in-place", ".claude/projects"]] {
        link();
        let output = transcrub(home.path(), args);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success() && !said.contains("another"), "{args:?}: {said}");
        assert!(!said.contains("hard link"), "{args:?}: {said}");
        for path in [&one, &two, &three] {
            assert!(!fs::read_to_string(path).unwrap().contains(PASSWORD), "{args:?} {path:?}");
        }
        let left = fs::read_dir(&project).unwrap().flatten().map(|e| e.file_name());
        assert!(left.filter(|n| n.to_string_lossy().starts_with(".transcrub")).count() == 0);
    }
}

#[test]
fn a_name_outside_the_stores_is_told() {
    let home = tempfile::tempdir().unwrap();
    let one = home.path().join(".claude/projects/-home-m-acme/s.jsonl");
    old(&one, DIRTY);
    fs::hard_link(&one, home.path().join("mine.jsonl")).unwrap();
    let output = transcrub(home.path(), &["store", "scrub", "--yes"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(
        output.status.success() && said.contains("has another name that is no part of the stores"),
        "{said}"
    );
    let alone = transcrub(home.path(), &["scrub", "--in-place", "mine.jsonl", ".claude/projects"]);
    assert!(!text(&alone.stderr).contains("hard link"), "two files by now");
}
