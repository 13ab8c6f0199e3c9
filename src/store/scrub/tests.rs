//! A made-up home with a secret in every place.

use super::{
    batch::{IN_ARCHIVE, IN_NAME, IS_PACKED},
    *,
};
use crate::{
    input::Access,
    pipeline::Settings,
    policy::{Allowlist, Policy, Profile},
    store::archive::Archive,
    tag::Key,
};
use std::{fs::OpenOptions, path::Path};

const ID: &str = "0a1b2c3d-1111-4222-8333-444455556666";

fn token() -> String {
    ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat()
}

fn pipeline() -> Pipeline {
    let policy = Policy::new(Profile::retain(), Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    Pipeline::new(Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read })
}

fn request(pipeline: &Pipeline, write: bool) -> Request<'_> {
    let fingerprint = "test".to_owned();
    Request {
        pipeline,
        fingerprint,
        agents: vec![],
        places: &[],
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
fn a_session_whose_sub_agent_is_at_work_is_active() {
    let (_dir, around, clean, _) = planted();
    age(&clean[1], 10);
    let pipeline = pipeline();
    let done = run(&request(&pipeline, true), &around);
    for file in &clean[..4] {
        assert!(done.skipped.iter().any(|(path, _)| path == file), "{}", file.display());
    }
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
    assert!(done.read < clean.len() / 2, "only the session's files and histories, since something was found");
    assert_eq!((done.replaced, done.found.total()), (1, 1));
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

fn put(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    age(path, 3600);
}

fn reason(outcome: &Outcome, path: &Path) -> Option<String> {
    outcome.skipped.iter().find(|(skipped, _)| skipped == path).map(|(_, reason)| reason.clone())
}

#[test]
fn links_that_lead_out_of_the_store_are_said_and_others_are_not() {
    let (dir, around, clean, _) = planted();
    let root = around.claude_root().unwrap();
    let disk = dir.path().join("disk");
    put(&disk.join("s.jsonl"), token().as_bytes());
    for (target, link, said) in [
        (disk.clone(), root.join("projects/moved"), true),
        (disk.join("s.jsonl"), root.join("projects/-p/linked.jsonl"), true),
        (disk.clone(), root.join("plugins"), false),
        (clean[0].clone(), root.join("projects/-p/again.jsonl"), false),
        (disk.join("nothing"), root.join("debug/latest"), false),
    ] {
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let pipeline = pipeline();
        let done = run(&request(&pipeline, true), &around);
        assert_eq!(reason(&done, &link).as_deref(), said.then_some(IS_LINK), "{}", link.display());
    }
    assert_eq!(fs::read_to_string(disk.join("s.jsonl")).unwrap(), token());
}

/// Anybody may make a folder in /tmp: what it leads to must not be rewritten, nor deleted.
#[test]
fn a_temporary_folder_that_is_a_link_is_left_alone() {
    let (dir, _, _, _) = planted();
    let (victim, temporary) = (dir.path().join("mine"), dir.path().join("tmp"));
    put(&victim.join(".env"), format!("TOKEN={}", token()).as_bytes());
    fs::create_dir_all(&temporary).unwrap();
    let name = temporary.join(format!("claude-{}", rustix::process::getuid().as_raw()));
    std::os::unix::fs::symlink(&victim, &name).unwrap();
    let around = Surroundings::new([("CLAUDE_CODE_TMPDIR", temporary.to_str().unwrap())], dir.path());
    let pipeline = pipeline();
    let done = run(&request(&pipeline, true), &around);
    assert!(done.failed.len() == 1 && done.failed[0].contains("left alone"), "{:?}", done.failed);
    assert!(fs::read_to_string(victim.join(".env")).unwrap().contains(&token()));
    fs::remove_file(&name).unwrap();
    put(&name.join("-p/tasks/1.output"), token().as_bytes());
    assert_eq!(run(&request(&pipeline, true), &around).replaced, 1);
}

#[test]
fn a_second_name_outside_the_store_is_said() {
    let (dir, around, clean, _) = planted();
    let outside = dir.path().join("outside.jsonl");
    fs::hard_link(&clean[0], &outside).unwrap();
    fs::hard_link(&clean[1], around.claude_root().unwrap().join("projects/-p/second.jsonl")).unwrap();
    let pipeline = pipeline();
    let done = run(&request(&pipeline, true), &around);
    assert_eq!(done.linked, [clean[0].clone()], "a second name inside the store is scrubbed as well");
    assert!(!fs::read_to_string(&clean[0]).unwrap().contains(&token()));
    assert!(fs::read_to_string(&outside).unwrap().contains(&token()));
    assert!(run(&request(&pipeline, true), &around).linked.is_empty());
}

#[test]
fn compressed_files_and_databases_are_said_not_to_be_searched() {
    let (_dir, around, _, _) = planted();
    let root = around.claude_root().unwrap();
    for (name, content) in [
        ("feedback-bundles/1.tar.gz", &b"\x1f\x8b\x08rest"[..]),
        ("uploads/x/a.zip", b"PK\x03\x04rest"),
        ("projects/-p/x/tool-results/db", b"SQLite format 3\x00rest"),
        ("uploads/x/a.zst", b"\x28\xb5\x2f\xfdrest"),
    ] {
        put(&root.join(name), content);
        let pipeline = pipeline();
        let done = run(&request(&pipeline, true), &around);
        assert_eq!(reason(&done, &root.join(name)).as_deref(), Some(IS_PACKED), "{name}");
    }
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let entries = Archive::read(bytes).unwrap().entries;
    entries.into_iter().map(|entry| (entry.name, entry.bytes)).collect()
}

#[test]
fn archives_of_feedback_are_scrubbed_file_by_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, around, _, _) = planted();
    let file = around.claude_root().unwrap().join("feedback-bundles/cc-20261127-070000-a1b2c3.zip");
    let line = format!("{{\"text\":\"use {}\"}}\n", token());
    let named = format!("{}.txt", token());
    put(&file, &zipped(&[("feedback.json", line.as_bytes()), ("clean.txt", b"x\n"), (&named, b"y")]));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let pipeline = pipeline();
    assert!(run(&request(&pipeline, false), &around).found.total() > 20);
    let done = run(&request(&pipeline, true), &around);
    assert_eq!((reason(&done, &file), done.failed), (None, vec![]));
    let files = unzipped(&fs::read(&file).unwrap());
    assert!(files[0].0 == "feedback.json" && files[0].1.starts_with(b"{\"text\":\"use [REDACTED:"));
    assert!(files[1] == ("clean.txt".to_owned(), b"x\n".to_vec()) && files[2].0.starts_with("[REDACTED:"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&file).unwrap();
    assert_eq!(run(&request(&pipeline, true), &around).replaced, 0);
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn what_stands_before_the_first_entry_of_an_archive_goes() {
    let (_dir, around, _, _) = planted();
    let file = around.claude_root().unwrap().join("feedback-bundles/cc-20261127-070000-a1b2c3.zip");
    let clean = zipped(&[("feedback.json", b"{}")]);
    put(&file, &[token().as_bytes(), b"\0", &clean].concat());
    let done = run(&request(&pipeline(), true), &around);
    assert_eq!((reason(&done, &file), done.failed, done.kept.len()), (None, vec![], 0), "{:?}", done.kept);
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PK") && unzipped(&bytes) == [("feedback.json".to_owned(), b"{}".to_vec())]);
}

#[test]
fn archives_that_cannot_be_looked_into_are_said() {
    let (_dir, around, _, _) = planted();
    let root = around.claude_root().unwrap().join("feedback-bundles");
    let (torn, mixed) = (root.join("torn.zip"), root.join("mixed.zip"));
    let inner = zipped(&[("a", token().as_bytes())]);
    put(&torn, b"PK\x03\x04rest");
    put(&mixed, &zipped(&[("inner.zip", &inner), ("picture", b"\x89PNG\0"), ("t", token().as_bytes())]));
    let pipeline = pipeline();
    for _ in 0..2 {
        let done = run(&request(&pipeline, true), &around);
        assert!(reason(&done, &torn).is_some_and(|reason| reason.contains("cannot be read")));
        assert!(done.kept.contains(&(mixed.clone(), IN_ARCHIVE)), "{:?}", done.kept);
        let files = unzipped(&fs::read(&mixed).unwrap());
        assert!(files[0].1 == inner && files[2].1.starts_with(b"[REDACTED:"));
    }
}

#[test]
fn a_secret_in_a_name_is_said_without_it_and_the_name_stays() {
    let (_dir, around, _, _) = planted();
    let file = around.claude_root().unwrap().join(format!("uploads/{ID}/key-{}.txt", token()));
    put(&file, b"nothing\n");
    let pipeline = pipeline();
    for _ in 0..3 {
        let done = run(&request(&pipeline, true), &around);
        let said: Vec<_> = done.kept.iter().filter(|(_, reason)| *reason == IN_NAME).collect();
        assert!(said.len() == 1 && said[0].0.to_str().unwrap().contains("key-[REDACTED:"), "{said:?}");
        assert!(file.exists());
    }
}

/// What one file of a session tells goes from the others, whenever they were found clean, and from the history of prompts.
#[test]
fn what_becomes_known_in_one_file_goes_from_others_of_the_session() {
    let (_dir, around, _, _) = planted();
    let root = around.claude_root().unwrap();
    let (value, line) = ("quietmeadowlantern", b"{\"text\":\"try quietmeadowlantern there\"}\n");
    let result = root.join(format!("projects/-p/{ID}/tool-results/later.txt"));
    let other = root.join("projects/-p/99999999-1111-4222-8333-444455556666.jsonl");
    let history = root.join("history.jsonl");
    [&result, &other, &history].iter().for_each(|file| put(file, line));
    let pipeline = pipeline();
    drop(run(&request(&pipeline, true), &around));
    drop(run(&request(&pipeline, true), &around));
    put(
        &root.join(format!("projects/-p/{ID}.jsonl")),
        format!("{{\"t\":\"DB_PASSWORD={value}\"}}\n").as_bytes(),
    );
    let done = run(&request(&pipeline, true), &around);
    for (file, gone) in [(&result, true), (&history, true), (&other, false)] {
        assert_eq!(!fs::read_to_string(file).unwrap().contains(value), gone, "{}: {done:?}", file.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let (_dir, around, clean, _) = planted();
    let set = setxattr(&clean[0], "user.note", b"mine", XattrFlags::empty());
    if set.is_err() {
        return; // The file system takes none.
    }
    let pipeline = pipeline();
    assert_eq!(run(&request(&pipeline, true), &around).failed, Vec::<String>::new());
    let mut value = [0; 8];
    assert_eq!(getxattr(&clean[0], "user.note", &mut value[..]), Ok(4));
    assert!(!fs::read_to_string(&clean[0]).unwrap().contains(&token()));
}

/// What was clean when it was read is not, once something else tells what it is.
#[test]
fn what_becomes_known_later_goes_from_what_was_clean_before() {
    let (_dir, around, _, _) = planted();
    let file = around.claude_root().unwrap().join("projects/-p/later.jsonl");
    let value = "quietmeadowlantern";
    put(&file, format!("{{\"text\":\"try {value} there\"}}\n").as_bytes());
    let pipeline = pipeline();
    drop(run(&request(&pipeline, true), &around));
    drop(run(&request(&pipeline, true), &around));
    assert!(fs::read_to_string(&file).unwrap().contains(value));
    let more = format!("{{\"text\":\"DB_PASSWORD={value}\"}}\n");
    let mut opened = OpenOptions::new().append(true).open(&file).unwrap();
    std::io::Write::write_all(&mut opened, more.as_bytes()).unwrap();
    drop(opened);
    age(&file, 900);
    drop(run(&request(&pipeline, true), &around));
    assert!(!fs::read_to_string(&file).unwrap().contains(value));
}

#[test]
fn a_file_that_was_written_anew_under_its_name_is_searched_from_the_start() {
    let (_dir, around, _, _) = planted();
    let file = around.claude_root().unwrap().join("projects/-p/anew.jsonl");
    put(&file, b"{\"text\":\"nothing\"}\n");
    let pipeline = pipeline();
    drop(run(&request(&pipeline, true), &around));
    drop(run(&request(&pipeline, true), &around));
    put(&file, format!("{{\"text\":\"{}\"}}\n{{\"text\":\"nothing\"}}\n", token()).as_bytes());
    assert_eq!(run(&request(&pipeline, true), &around).replaced, 1);
    assert!(!fs::read_to_string(&file).unwrap().contains(&token()));
}

#[test]
fn a_copy_that_the_client_could_not_read_is_scrubbed_as_text() {
    let (_dir, around, _, _) = planted();
    let copy = around.claude_root().unwrap().join("backups/.claude.json.corrupted.1");
    put(&copy, format!("{{\"mcpServers\": {{\"env\": \"{}", token()).as_bytes());
    let pipeline = pipeline();
    assert_eq!(run(&request(&pipeline, true), &around).failed, Vec::<String>::new());
    assert!(!fs::read_to_string(&copy).unwrap().contains(&token()));
}

#[test]
fn a_run_for_one_agent_does_not_forget_the_others() {
    let (_dir, around, _, _) = planted();
    let pipeline = pipeline();
    drop(run(&request(&pipeline, true), &around));
    let one = Request { agents: vec![Agent::Codex], ..request(&pipeline, true) };
    assert_eq!(run(&one, &around).read, 0);
    let late = Request { older_than: Duration::from_secs(86_400 * 365), ..request(&pipeline, true) };
    assert_eq!(run(&late, &around).read, 0);
    assert_eq!(run(&request(&pipeline, true), &around).read, 0);
}

#[test]
fn odd_names_and_modes_are_scrubbed_and_kept() {
    use std::os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _};
    let (_dir, around, _, _) = planted();
    let folder = around.claude_root().unwrap().join("projects/-p");
    for (name, mode) in [(&b"\xff\xfe.jsonl"[..], 0o600), (b"a b\n'c.jsonl", 0o400), (b"-rf.jsonl", 0o444)] {
        let file = folder.join(std::ffi::OsStr::from_bytes(name));
        put(&file, format!("{{\"text\":\"{}\"}}\n", token()).as_bytes());
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let pipeline = pipeline();
        assert_eq!(run(&request(&pipeline, true), &around).failed, Vec::<String>::new());
        assert!(!fs::read_to_string(&file).unwrap().contains(&token()), "{name:?}");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, mode);
    }
}
