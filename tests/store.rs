//! What `transcrub store` promises, tried with the whole program over a made-up home.
//!
//! `TRANSCRUB_FULL=1 cargo test --profile measure --test store` does it in full numbers: 10,000 files, 20,000 lines during
//! ten scrubs, 100 kills. `TRANSCRUB_BIN=PATH` runs it against that binary.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// What is to become of a planted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// No planted value is left; it is still as many lines of JSON.
    Lines,
    /// No planted value is left; it is still one JSON document.
    Json,
    /// No planted value is left.
    Text,
    /// What was said is scrubbed, what must keep working is not: so many values are left.
    Mixed(usize),
    /// Not a byte changes, and that is said.
    Kept,
    /// Not a byte changes.
    Foreign,
}
use Fate::{Foreign, Json, Kept, Lines, Mixed, Text};

const SESSION: &str = "0a1b2c3d-1111-4222-8333-444455556666";

/// Every place of the agents' stores, from their documentation, by its path below the home; `{s}` is a session.
const PLACES: &[(&str, Fate)] = &[
    (".claude/projects/-home-m-acme/{s}.jsonl", Lines),
    (".claude/projects/-home-m-acme/agent-0a1b.jsonl", Lines),
    (".claude/projects/-home-m-acme/{s}/subagents/agent-7f.jsonl", Lines),
    (".claude/projects/-home-m-acme/{s}/subagents/agent-7f.meta.json", Json),
    (".claude/projects/-home-m-acme/{s}/subagents/workflows/r1/journal.jsonl", Lines),
    (".claude/projects/-home-m-acme/{s}/tool-results/toolu_01.txt", Text),
    (".claude/projects/-home-m-acme/{s}/tool-results/toolu_02.json", Json),
    (".claude/projects/-home-m-acme/memory/MEMORY.md", Text),
    (".claude/file-history/{s}/9c41@v1", Text),
    (".claude/file-history/{s}/9c41@v2", Text),
    (".claude/plans/steady-hopping-otter.md", Text),
    (".claude/debug/{s}.txt", Text),
    (".claude/paste-cache/5d0f", Text),
    (".claude/uploads/{s}/notes.txt", Text),
    (".claude/session-env/{s}/hook-1.sh", Text),
    (".claude/tasks/list/1.json", Json),
    (".claude/todos/{s}-agent-{s}.json", Json),
    (".claude/shell-snapshots/snapshot-bash-1-x.sh", Text),
    (".claude/backups/.claude.json.backup.1", Mixed(2)),
    (".claude/feedback-bundles/report-1.json", Json),
    (".claude/feedback/drafts/d1.json", Json),
    (".claude/usage-data/report.html", Text),
    (".claude/statsig/statsig.cached", Json),
    (".claude/logs/old.log", Text),
    (".claude/history.jsonl", Lines),
    (".claude/stats-cache.json", Json),
    (".claude/sessions/4242.json", Json),
    (".claude/cache/changelog.md", Text),
    (".claude/settings.json", Mixed(2)),
    (".claude/settings.local.json", Mixed(2)),
    (".claude.json", Mixed(2)),
    ("acme/.claude/settings.local.json", Mixed(2)),
    (".claude/.credentials.json", Kept),
    (".claude/ide/4711.lock", Kept),
    (".claude/remote-settings.json", Kept),
    (".claude/policy-limits.json", Kept),
    (".claude/CLAUDE.md", Foreign),
    (".claude/plugins/p/plugin.json", Foreign),
    (".claude/skills/s/SKILL.md", Foreign),
    (".claude/agents/a.md", Foreign),
    (".claude/commands/c.md", Foreign),
    (".config/Claude/local-agent-mode-sessions/x/.claude/projects/-p/{s}.jsonl", Lines),
    ("tmp/claude-{uid}/-home-m-acme/tasks/b1.output", Text),
    ("logs/claude-debug.txt", Text),
    (".codex/sessions/2026/11/22/rollout-2026-11-22T09-00-00-{s}.jsonl", Lines),
    (".codex/archived_sessions/rollout-2026-10-22T09-00-00-{s}.jsonl", Lines),
    (".codex/sessions/2026/11/21/rollout-old.jsonl.zst", Kept),
    (".codex/history.jsonl", Lines),
    (".codex/session_index.jsonl", Lines),
    (".codex/log/codex-tui.log", Text),
    (".codex/shell_snapshots/1.sh", Text),
    (".codex/state_5.sqlite", Kept),
    (".codex/auth.json", Kept),
    (".codex/config.toml", Kept),
    (".gemini/tmp/4f2a/chats/session-1.json", Json),
    (".gemini/tmp/4f2a/chats/session-2.jsonl", Lines),
    (".gemini/tmp/4f2a/logs.json", Json),
    (".gemini/oauth_creds.json", Kept),
    (".gemini/settings.json", Kept),
    (".local/share/opencode/storage/session/p/ses_1.json", Json),
    (".local/share/opencode/storage/message/ses_1/msg_1.json", Json),
    (".local/share/opencode/storage/part/msg_1/prt_1.json", Json),
    (".local/share/opencode/log/1.log", Text),
    (".local/share/opencode/opencode.db", Kept),
    (".local/share/opencode/auth.json", Kept),
    (".local/state/opencode/prompt-history.jsonl", Lines),
    (".pi/agent/sessions/--home-m-acme--/1_{s}.jsonl", Lines),
    (".pi/agent/auth.json", Kept),
    (".copilot/session-state/{s}/events.jsonl", Lines),
    (".copilot/command-history-state.json", Json),
    (".copilot/session-store.db", Kept),
    (".copilot/config.json", Kept),
    (".cursor/projects/home-m-acme/agent-transcripts/{s}/{s}.jsonl", Lines),
    (".cursor/mcp.json", Kept),
    (".config/Cursor/User/globalStorage/state.vscdb", Kept),
    ("acme/.aider.chat.history.md", Text),
    ("acme/.aider.input.history", Text),
    ("acme/.aider.llm.history", Text),
    ("acme/.env", Foreign),
    ("acme/src/main.rs", Foreign),
    ("notes.txt", Foreign),
];

/// Letters and digits that differ from one number to the next.
fn letters(number: usize, length: usize) -> String {
    const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut state = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let letter = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(ALPHABET[(state >> 33) as usize % ALPHABET.len()])
    };
    (0..length).map(letter).collect()
}

/// A value that rules find by its form.
fn token(number: usize) -> String {
    format!("{}_{}", "ghp", letters(number, 36))
}

/// A value that rules find by the word before it.
fn password(number: usize) -> String {
    letters(number + 100_000, 14)
}

/// What stands in the file with this number.
fn content(fate: Fate, n: usize) -> String {
    let (token, password) = (token(n), password(n));
    match fate {
        Lines => format!(
            "{{\"type\":\"user\",\"message\":{{\"role\":\"user\",\"content\":\"use {token} here\"}},\"n\":1}}\n\
             {{\"type\":\"assistant\",\"text\":\"DB_PASSWORD={password}\\nit was {token}\"}}\n"
        ),
        Json => {
            format!("{{\n  \"a\": [1, \"key {token}\"],\n  \"b\": {{\"db_password\": \"{password}\"}}\n}}\n")
        }
        Mixed(_) => format!(
            "{{\n  \"mcpServers\": {{\"db\": {{\"env\": {{\"TOKEN\": \"{token}\"}}}}}},\n  \"env\": {{\"DB_PASSWORD\": \
             \"{password}\"}},\n  \"permissions\": {{\"allow\": [\"Bash(curl -H 'Authorization: token {token}')\"]}},\n  \
             \"projects\": {{\"/p\": {{\"history\": [{{\"display\": \"DB_PASSWORD={password}\"}}]}}}}\n}}\n"
        ),
        _ => format!("line one\nexport GITHUB_TOKEN={token}\nDB_PASSWORD={password}\nlast line\n"),
    }
}

/// A number below one that looks random, the same in every run.
fn chance(number: usize) -> f64 {
    let mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

struct Home {
    dir: tempfile::TempDir,
    files: Vec<(PathBuf, Fate, usize)>,
}

/// What a file was: content, mode, owner, time.
type Was = (Vec<u8>, u32, u32, SystemTime);

fn was(path: &Path) -> Was {
    let metadata = fs::metadata(path).unwrap();
    (fs::read(path).unwrap(), metadata.mode(), metadata.uid(), metadata.modified().unwrap())
}

fn age(path: &Path, seconds: u64) {
    let then = SystemTime::now() - Duration::from_secs(seconds);
    fs::File::options().append(true).open(path).unwrap().set_modified(then).unwrap();
}

fn put(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    age(path, 3_600);
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let uid = rustix::process::getuid().as_raw().to_string();
        let file = |(n, (name, fate)): (usize, &(&str, Fate))| {
            let name = name.replace("{s}", SESSION).replace("{uid}", &uid);
            let path = dir.path().join(name);
            put(&path, &content(*fate, n));
            let mode = [0o600, 0o644, 0o640, 0o400][n % 4];
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            (path, *fate, n)
        };
        let files = PLACES.iter().enumerate().map(file).collect();
        put(&dir.path().join("key"), "a key for tests that is long enough");
        Self { dir, files }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, args: &[&str]) -> Command {
        let program = env::var_os("TRANSCRUB_BIN")
            .map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from);
        let home = self.path();
        let mut command = Command::new(program);
        command.env_clear().env("HOME", home).env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("CLAUDE_CODE_TMPDIR", home.join("tmp"));
        command.env("CLAUDE_CODE_DEBUG_LOGS_DIR", home.join("logs/claude-debug.txt"));
        command.current_dir(home.join("acme")).args(args).arg("--key-file").arg(home.join("key"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Scrubs; gives the report.
    fn scrub(&self, more: &[&str]) -> Value {
        let args = [&["store", "scrub", "--yes", "--no-config", "--format", "json"], more].concat();
        let output = self.command(&args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// How often the values planted in the file with this number stand in a text.
fn left(text: &str, n: usize) -> usize {
    text.matches(&token(n)).count() + text.matches(&password(n)).count()
}

fn named(report: &Value, list: &str, path: &Path) -> bool {
    report[list].as_array().unwrap().iter().any(|one| one["path"].as_str() == path.to_str())
}

fn full() -> bool {
    env::var_os("TRANSCRUB_FULL").is_some()
}

/// All files below a folder.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => out.extend(all_files(&entry.path())),
            _ => out.push(entry.path()),
        }
    }
    out
}

#[test]
fn a_secret_in_every_place_is_gone_and_nothing_else_changes() {
    let home = Home::new();
    let before: BTreeMap<PathBuf, Was> = home.files.iter().map(|(p, ..)| (p.clone(), was(p))).collect();
    let count = all_files(home.path()).len();
    let report = home.scrub(&[]);
    for (path, fate, n) in &home.files {
        let (old, new) = (&before[path], was(path));
        let shown = path.strip_prefix(home.path()).unwrap().display();
        let text = String::from_utf8(new.0.clone()).unwrap();
        assert_eq!((old.1, old.2, old.3), (new.1, new.2, new.3), "{shown}: mode, owner, time");
        assert_eq!(old.0.iter().filter(|b| **b == b'\n').count(), text.matches('\n').count(), "{shown}");
        match fate {
            Lines => text.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap())),
            Json | Mixed(_) => drop(serde_json::from_str::<Value>(&text).unwrap()),
            _ => {}
        }
        match fate {
            Kept | Foreign => assert!(new.0 == old.0, "{shown} has changed"),
            Mixed(stays) => {
                assert_eq!(left(&text, *n), *stays, "{shown}: {text}");
                assert!(named(&report, "kept", path), "{shown} is not said");
                let parsed: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(parsed["env"]["DB_PASSWORD"], password(*n), "{shown}");
                assert_eq!(parsed["mcpServers"]["db"]["env"]["TOKEN"], token(*n), "{shown}");
            }
            _ => assert!(left(&text, *n) == 0 && text.contains("[REDACTED:"), "{shown}: {text}"),
        }
        if *fate == Kept {
            assert!(named(&report, "skipped", path), "{shown} is not said");
        }
    }
    assert_eq!(
        all_files(home.path()).iter().filter(|p| !p.starts_with(home.path().join(".cache"))).count(),
        count
    );
    let mixed = home.files.iter().filter(|(_, fate, _)| matches!(fate, Mixed(_))).count() as u64;
    let again = home.scrub(&[]);
    assert_eq!((again["scrubbed"].as_u64(), again["read"].as_u64()), (Some(0), Some(mixed)), "{again}");
}

#[test]
fn a_second_run_over_a_clean_store_reads_nothing() {
    let home = Home::new();
    let count = if full() { 10_000 } else { 1_000 };
    for n in 0..count {
        let name = format!(".claude/projects/-p{}/{n:08x}-1111-4222-8333-444455556666.jsonl", n % 50);
        put(&home.path().join(name), "{\"type\":\"user\",\"message\":{\"content\":\"nothing here\"}}\n");
    }
    let first = home.scrub(&[]);
    assert!(first["read"].as_u64() >= Some(count));
    // Whether a file is settled is told by its time, which is an hour ago: so one run is enough.
    let second = home.scrub(&[]);
    assert!(second["files"].as_u64() >= Some(count) && second["read"].as_u64() < Some(20), "{second}");
}

/// A session that somebody writes to: each line opened, appended, closed, as Claude Code does.
fn line(n: usize) -> String {
    let secret = if n.is_multiple_of(3) { format!(" with {}", token(n)) } else { String::new() };
    format!("{{\"n\":{n},\"text\":\"line{secret}\",\"pad\":\"{}\"}}\n", "x".repeat(n % 90))
}

fn append(path: &Path, text: &str) {
    let mut file = fs::File::options().append(true).create(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn numbers(path: &Path) -> Vec<usize> {
    let text = fs::read_to_string(path).unwrap();
    let number = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not whole: {line}"));
        usize::try_from(value["n"].as_u64().unwrap()).unwrap()
    };
    text.lines().map(number).collect()
}

#[test]
fn lines_that_are_appended_during_scrubs_of_the_whole_store_stay_in_order_once() {
    let home = Home::new();
    let (lines, scrubs) = if full() { (20_000, 10) } else { (1_500, 3) };
    let live = home.path().join(".claude/projects/-home-m-acme/11111111-1111-4222-8333-444455556666.jsonl");
    let history = home.path().join(".claude/history.jsonl");
    fs::set_permissions(&history, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&history, "").unwrap();
    let (done, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while n < lines || done.load(Ordering::Relaxed) < scrubs {
                append(&live, &line(n));
                append(&history, &line(n));
                n += 1;
                written.store(n, Ordering::Relaxed);
                // So that the lines are spread over all scrubs.
                if n > lines * (done.load(Ordering::Relaxed) + 1) / scrubs {
                    thread::sleep(Duration::from_millis(2));
                }
            }
        });
        while done.load(Ordering::Relaxed) < scrubs || written.load(Ordering::Relaxed) < lines {
            home.scrub(&["--include-active"]);
            done.fetch_add(1, Ordering::Relaxed);
        }
    });
    home.scrub(&["--include-active"]);
    let total = written.load(Ordering::Relaxed);
    println!("{total} lines in each of two files during {} scrubs", done.load(Ordering::Relaxed));
    for file in [&live, &history] {
        let got = numbers(file);
        let wrong = got.iter().enumerate().find(|(i, n)| i != *n);
        assert!(wrong.is_none() && got.len() == total, "{wrong:?}, {} of {total}", got.len());
        let text = fs::read_to_string(file).unwrap();
        assert!((0..total).all(|n| !n.is_multiple_of(3) || !text.contains(&token(n))));
    }
}

/// Puts the secrets back into the planted files, as they were.
fn plant_again(home: &Home) {
    for (path, fate, n) in &home.files {
        let mode = fs::metadata(path).unwrap().permissions();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        let _ = fs::remove_file(path);
        put(path, &content(*fate, *n));
        fs::set_permissions(path, mode).unwrap();
    }
}

#[test]
fn kills_at_random_moments_leave_every_file_whole_and_nothing_behind() {
    let home = Home::new();
    let kills = if full() { 100 } else { 6 };
    let begun = Instant::now();
    home.scrub(&["--include-active"]);
    let whole = begun.elapsed();
    let clean: Vec<Vec<u8>> = home.files.iter().map(|(path, ..)| fs::read(path).unwrap()).collect();
    plant_again(&home);
    let dirty: Vec<Vec<u8>> = home.files.iter().map(|(path, ..)| fs::read(path).unwrap()).collect();
    let live = home.path().join(".claude/projects/-home-m-acme/11111111-1111-4222-8333-444455556666.jsonl");
    let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                append(&live, &line(written.fetch_add(1, Ordering::Relaxed)));
                thread::sleep(Duration::from_millis(1));
            }
        });
        let args = ["store", "scrub", "--yes", "--no-config", "--include-active"];
        for kill in 0..kills {
            let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            thread::sleep(whole.mul_f64(chance(kill)));
            child.kill().unwrap();
            child.wait().unwrap();
            for (((path, ..), clean), dirty) in home.files.iter().zip(&clean).zip(&dirty) {
                let now = fs::read(path).unwrap();
                assert!(now == *clean || now == *dirty, "{} after kill {kill}", path.display());
            }
            numbers(&live);
            if kill % 2 == 1 {
                plant_again(&home);
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    home.scrub(&["--include-active"]);
    for ((path, ..), clean) in home.files.iter().zip(&clean) {
        assert!(fs::read(path).unwrap() == *clean, "{}", path.display());
    }
    let own = [home.path().join("key"), home.path().join(".cache/transcrub/clean-2"), live.clone()];
    let known = |path: &PathBuf| own.contains(path) || home.files.iter().any(|(planted, ..)| planted == path);
    let stray: Vec<_> = all_files(home.path()).into_iter().filter(|path| !known(path)).collect();
    assert_eq!(stray, Vec::<PathBuf>::new());
    let total = written.load(Ordering::Relaxed);
    let got = numbers(&live);
    let text = fs::read_to_string(&live).unwrap();
    assert!((0..total).all(|n| got.contains(&n)), "a line is lost");
    assert!(
        (0..total).all(|n| !n.is_multiple_of(3) || !text.contains(&token(n))),
        "something is left unscrubbed"
    );
    let disordered = got.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    println!("{kills} kills, {total} lines, {} doubled, {disordered} out of order", got.len() - total);
}
