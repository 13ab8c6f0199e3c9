//! A made-up home with a secret in every place.

use super::*;
use crate::{
    input::Access,
    pipeline::Settings,
    policy::{Allowlist, Policy, Profile},
    tag::Key,
};
use std::fs::OpenOptions;

const ID: &str = "0a1b2c3d-1111-4222-8333-444455556666";

fn token() -> String {
    ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat()
}

fn pipeline() -> Pipeline {
    let policy = Policy::new(Profile::retain(), Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    Pipeline::new(Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read })
        .unwrap()
}

fn request(pipeline: &Pipeline, write: bool) -> Request<'_> {
    let fingerprint = "test".to_owned();
    Request {
        pipeline,
        fingerprint,
        agents: vec![],
        older_than: Duration::ZERO,
        include_active: false,
        write,
    }
}

fn age(path: &Path, seconds: u64) {
    let then = SystemTime::now() - Duration::from_secs(seconds);
    OpenOptions::new().write(true).open(path).unwrap().set_modified(then).unwrap();
}

/// Plants a secret in every place of a home; gives the files that must become clean and those that must stay.
fn planted() -> (tempfile::TempDir, Surroundings, Vec<PathBuf>, Vec<PathBuf>) {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let line = format!("{{\"type\":\"user\",\"message\":{{\"content\":\"use {}\"}}}}\n", token());
    let (mut clean, mut stay) = (Vec::new(), Vec::new());
    for name in [
        &format!(".claude/projects/-p/{ID}.jsonl"),
        &format!(".claude/projects/-p/{ID}/subagents/agent-1.jsonl"),
        &format!(".claude/projects/-p/{ID}/tool-results/t.txt"),
        &format!(".claude/file-history/{ID}/ab@v1"),
        ".claude/plans/p.md",
        ".claude/debug/x.txt",
        ".claude/paste-cache/1",
        ".claude/session-env/x/e.sh",
        ".claude/tasks/l/1.json",
        ".claude/shell-snapshots/s.sh",
        ".claude/history.jsonl",
        ".claude/feedback/drafts/d.json",
        ".codex/sessions/2026/11/22/rollout-1.jsonl",
        ".codex/history.jsonl",
        ".gemini/tmp/h/chats/session-1.json",
        ".gemini/tmp/h/logs.json",
        ".local/share/opencode/storage/part/m/p.json",
        ".pi/agent/sessions/--p--/1.jsonl",
        ".copilot/session-state/1/events.jsonl",
        ".cursor/projects/p/agent-transcripts/1/1.jsonl",
        ".aider.chat.history.md",
    ] {
        clean.push(home.join(name));
    }
    for name in
        [".claude/.credentials.json", ".claude/ide/1.lock", ".codex/auth.json", ".codex/state_5.sqlite"]
    {
        stay.push(home.join(name));
    }
    for file in clean.iter().chain(&stay) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &line).unwrap();
        age(file, 3600);
    }
    let vars = [("HOME", home.to_str().unwrap()), ("CLAUDE_CODE_TMPDIR", "no-such-folder")];
    let around = Surroundings::new(vars, dir.path());
    (dir, around, clean, stay)
}

#[test]
fn every_place_is_clean_afterwards_and_nothing_else_changed() {
    let (_dir, around, clean, stay) = planted();
    let settings = around.claude_json().unwrap();
    let text = format!(
        "{{\"mcpServers\": {{\"a\": {{\"env\": {{\"K\": \"{0}\"}}}}}},\n \"projects\": {{\"/p\": {{\"history\": [\"{0}\"]}}}}}}",
        token()
    );
    fs::write(&settings, &text).unwrap();
    age(&settings, 3600);
    let pipeline = pipeline();
    let seen = run(&request(&pipeline, false), &around);
    assert!(seen.found.total() > 20 && seen.replaced == 0, "{seen:?}");
    let done = run(&request(&pipeline, true), &around);
    assert_eq!(done.failed, Vec::<String>::new());
    for file in &clean {
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.contains(&token()) && text.contains("[REDACTED:"), "{}", file.display());
        serde_json::from_str::<serde_json::Value>(text.trim_end()).unwrap();
    }
    assert!(stay.iter().all(|file| fs::read_to_string(file).unwrap().contains(&token())));
    assert!(stay.iter().all(|file| done.skipped.iter().any(|(path, _)| path == file)));
    let after = fs::read_to_string(&settings).unwrap();
    assert_eq!(after.matches(&token()).count(), 1, "{after}");
    assert!(done.kept.iter().any(|(path, _)| *path == settings));
    assert_eq!(done.replaced, clean.len() + 1);
    let again = run(&request(&pipeline, true), &around);
    assert_eq!((again.replaced, again.read), (0, 1), "only what must stay is looked at again");
}

#[test]
fn active_sessions_are_skipped_and_said() {
    let (_dir, around, clean, _) = planted();
    age(&clean[0], 10);
    let pipeline = pipeline();
    let done = run(&request(&pipeline, true), &around);
    for file in &clean[..4] {
        assert!(fs::read_to_string(file).unwrap().contains(&token()), "{}", file.display());
        assert!(done.skipped.iter().any(|(path, _)| path == file));
    }
    assert!(!fs::read_to_string(&clean[4]).unwrap().contains(&token()));
    let all = Request { include_active: true, ..request(&pipeline, true) };
    assert_eq!(run(&all, &around).replaced, 4);
}

#[test]
fn an_append_only_file_goes_on_where_it_ended() {
    let (_dir, around, clean, _) = planted();
    let pipeline = pipeline();
    drop(run(&request(&pipeline, true), &around));
    drop(run(&request(&pipeline, true), &around));
    let mut file = OpenOptions::new().append(true).open(&clean[0]).unwrap();
    std::io::Write::write_all(&mut file, format!("{{\"text\":\"{}\"}}\n", token()).as_bytes()).unwrap();
    drop(file);
    age(&clean[0], 600);
    let done = run(&request(&pipeline, true), &around);
    assert_eq!((done.read, done.replaced, done.found.total()), (1, 1, 1));
    let text = fs::read_to_string(&clean[0]).unwrap();
    assert!(text.lines().count() == 2 && !text.contains(&token()));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let (_dir, around, clean, _) = planted();
    let bad = around.claude_root().unwrap().join("settings.json");
    fs::write(&bad, format!("{{ broken {}", token())).unwrap();
    age(&bad, 3600);
    let pipeline = pipeline();
    let done = run(&request(&pipeline, true), &around);
    assert_eq!(done.failed.len(), 1, "{:?}", done.failed);
    assert!(done.failed[0].contains("settings.json") && !done.failed[0].contains(&token()));
    assert!(clean.iter().all(|file| !fs::read_to_string(file).unwrap().contains(&token())));
}

#[test]
fn links_are_not_followed_out_of_the_store() {
    let (dir, around, _, _) = planted();
    let outside = dir.path().join("outside.jsonl");
    fs::write(&outside, token()).unwrap();
    age(&outside, 3600);
    let link = around.claude_root().unwrap().join("projects/-p/link.jsonl");
    std::os::unix::fs::symlink(&outside, &link).unwrap();
    let pipeline = pipeline();
    assert!(run(&request(&pipeline, true), &around).failed.is_empty());
    assert_eq!(fs::read_to_string(&outside).unwrap(), token());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
