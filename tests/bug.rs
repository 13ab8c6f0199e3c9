//! `transcrub bug` and `transcrub store purge` with the whole program: flags, tampering, clumsiness.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::{
    env, fs,
    io::{self, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, SystemTime},
};

const ID: &str = "0a1b2c3d-1111-4222-8333-444455556666";

fn token() -> String {
    ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat()
}

struct Home {
    dir: tempfile::TempDir,
    session: PathBuf,
}

impl Home {
    /// A home with one session, of which a sub-agent had a part.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let session = dir.path().join(format!(".claude/projects/-home-maribel-acme/{ID}.jsonl"));
        let agent = session.with_extension("").join("subagents/agent-1.jsonl");
        fs::create_dir_all(agent.parent().unwrap()).unwrap();
        let row = |uuid: &str, text: &str| {
            json!({"parentUuid": null, "cwd": "/home/maribel/acme", "sessionId": ID, "type": "user", "uuid": uuid,
                "message": {"role": "user", "content": text}})
        };
        fs::write(&session, format!("{}\n{}\n", row("u1", "hello"), row("u2", &format!("use {}", token()))))
            .unwrap();
        fs::write(&agent, format!("{}\n", row("u3", &token()))).unwrap();
        fs::create_dir(dir.path().join("work")).unwrap();
        Self { dir, session }
    }

    fn run(&self, args: &[&str], input: &[u8]) -> Output {
        let program = env::var_os("TRANSCRUB_BIN")
            .map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from);
        let mut command = Command::new(program);
        command.env_clear().env("HOME", self.dir.path()).env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("CLAUDE_CODE_TMPDIR", self.dir.path().join("no-such-folder"));
        command.current_dir(self.dir.path().join("work")).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    fn gate(&self, id: &str, messages: &str) -> (Option<i32>, String) {
        let output = self.run(&["bug", "--no-config", "--gate", id], messages.as_bytes());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    fn clone(&self, more: &[&str]) -> Value {
        let output =
            self.run(&[&["bug", ID, "--yes", "--no-config", "--format", "json"], more].concat(), b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

#[test]
fn a_secret_in_a_name_beside_a_session_is_not_shown() {
    let home = Home::new();
    let secret = token();
    fs::write(home.session.with_extension("").join(format!("{secret}.txt")), format!("use {secret}\n"))
        .unwrap();
    for more in [&[][..], &["-v"]] {
        let output = home.run(&[&["bug", ID, "--yes", "--no-config"], more].concat(), b"");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success() && !said.contains(&secret), "{said}");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_clone_passes_the_gate_and_its_original_does_not() {
    let home = Home::new();
    let before = fs::read(&home.session).unwrap();
    let messages = json!([{"type": "user", "message": {"role": "user", "content": "hello"}}]).to_string();
    let (code, said) = home.gate(ID, &messages);
    assert!(code == Some(2) && said.contains("claude --resume") && !said.contains(&token()), "{said}");
    let made = home.clone(&[]);
    let id = made["session"].as_str().unwrap();
    assert_eq!(home.gate(id, &messages), (Some(0), String::new()));
    let dirty = json!([{"type": "user", "message": {"content": format!("use {}", token())}}]).to_string();
    for (messages, why) in
        [(&*dirty, "memory"), ("", "nothing came"), ("undefined", "no JSON"), ("[{", "torn")]
    {
        assert_eq!(home.gate(id, messages).0, Some(2), "{why}");
    }
    for unknown in ["", "00000000-0000-4000-8000-000000000000", "../../../etc/passwd", "*"] {
        assert_eq!(home.gate(unknown, &messages).0, Some(2), "{unknown}");
    }
    assert_eq!(fs::read(&home.session).unwrap(), before);
    let cleaned = home.run(&["bug", "clean", "--yes"], b"");
    assert!(cleaned.status.success());
    assert!(
        !Path::new(made["path"].as_str().unwrap()).exists()
            && !Path::new(made["cwd"].as_str().unwrap()).exists()
    );
}

#[test]
fn a_clone_is_for_its_owner_only_and_alone_if_that_is_asked() {
    let home = Home::new();
    for flags in [&[][..], &["--isolated"]] {
        let made = home.clone(flags);
        let path = PathBuf::from(made["path"].as_str().unwrap());
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(Path::new(made["cwd"].as_str().unwrap())), 0o700);
        let config = made["env"]["CLAUDE_CONFIG_DIR"].as_str();
        assert_eq!(config.is_some(), !flags.is_empty());
        assert!(config.is_none_or(|config| path.starts_with(config) && mode(Path::new(config)) == 0o700));
        assert!(made["findings"]["secret"].as_object().is_some_and(|rules| !rules.is_empty()));
    }
    assert!(home.run(&["bug", "clean", "--yes"], b"").status.success());
}

#[test]
fn a_bundle_is_checked_against_its_receipt_and_searched_again() {
    let home = Home::new();
    let bundle = home.dir.path().join("bundle");
    let name = bundle.to_str().unwrap();
    let made = home.run(&["bug", ID, "--yes", "--no-config", "--bundle", name], b"");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let check = || {
        let output = home.run(&["bug", "--no-config", "--check", name], b"");
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(check().0, Some(0));
    let again = home.run(&["bug", ID, "--yes", "--no-config", "--bundle", name], b"");
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten");
    let receipt: Value = serde_json::from_slice(&fs::read(bundle.join("receipt.json")).unwrap()).unwrap();
    let first = bundle.join(receipt["outputs"][0]["name"].as_str().unwrap());
    let good = fs::read(&first).unwrap();
    fs::write(&first, [&good[..], b" "].concat()).unwrap();
    assert_eq!(check().0, Some(1), "a byte more");
    fs::write(&first, &good).unwrap();
    fs::write(bundle.join("extra.txt"), format!("use {}", token())).unwrap();
    let (code, said) = check();
    assert!(
        code == Some(1) && said.contains("extra.txt") && said.contains("github") && !said.contains(&token())
    );
    fs::remove_file(bundle.join("extra.txt")).unwrap();
    std::os::unix::fs::symlink("/", bundle.join("all")).unwrap();
    assert_eq!(check().0, Some(1), "a link");
    fs::remove_file(bundle.join("all")).unwrap();
    fs::remove_file(bundle.join("receipt.json")).unwrap();
    assert_eq!(check().0, Some(1), "no receipt");
    assert_eq!(home.run(&["bug", "--check", "/nonexistent"], b"").status.code(), Some(2));
}

#[test]
fn an_issue_is_short_and_clean() {
    let home = Home::new();
    let long = format!("{} {} {}", token(), "/home/maribel/acme/é".repeat(900), "x".repeat(20_000));
    let row = json!({"type": "user", "sessionId": ID, "uuid": "u9", "version": "2.1.330", "message": {"content": [
        {"type": "tool_result", "tool_use_id": "t", "is_error": true, "content": long}]}});
    fs::OpenOptions::new()
        .append(true)
        .open(&home.session)
        .unwrap()
        .write_all(format!("{row}\n").as_bytes())
        .unwrap();
    let output = home.run(&["bug", ID, "--no-config", "--issue"], b"");
    let url = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && url.starts_with("https://github.com/anthropics/claude-code/issues/new?")
    );
    assert!(url.len() < 8_000 && !url.contains("maribel") && !url.contains(&token()), "{}", url.len());
}

#[test]
fn what_feedback_has_written_is_sanitized_as_a_report() {
    let home = Home::new();
    let draft = home.dir.path().join(".claude/feedback/drafts/d.json");
    let bundle = home.dir.path().join(".claude/feedback-bundles/b.json");
    for file in [&draft, &bundle] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let text = json!({"title": "it fails", "details": format!("in /home/maribel/acme with {}", token())});
        fs::write(file, format!("{text}\n")).unwrap();
    }
    let before = fs::read(&home.session).unwrap();
    let asked = home.run(&["bug", "feedback"], b"");
    assert_eq!(asked.status.code(), Some(2), "nobody is there to ask");
    assert!(home.run(&["bug", "feedback", "--yes", "--no-config"], b"").status.success());
    for file in [&draft, &bundle] {
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.contains("maribel") && !text.contains(&token()), "{text}");
        serde_json::from_str::<Value>(&text).unwrap();
    }
    assert_eq!(fs::read(&home.session).unwrap(), before, "sessions are none of it");
    fs::write(bundle.with_file_name("torn.zip"), b"PK\x03\x04").unwrap();
    let output = home.run(&["bug", "feedback", "--yes", "--no-config"], b"");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("torn.zip"), "{said}");
}

/// As the client writes it: the report as JSON in a text, with records in it, and once more as a text of lines.
#[test]
fn an_archive_of_feedback_is_sanitized_as_the_session_it_holds() {
    let home = Home::new();
    let row = json!({"parentUuid": null, "cwd": "/home/maribel/acme", "gitBranch": "maribel/fix-ledger", "uuid": "u1",
        "type": "user", "message": {"role": "user", "content": format!("use {}", token())}});
    let report = json!({"description": "it fails", "gitRepo": true, "transcript": [row, row], "platform": "linux",
        "rawTranscriptJsonl": format!("{row}\n{row}\n")});
    let file = home.dir.path().join(".claude/feedback-bundles/cc-20261127-070000-a1b2c3.zip");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    for (name, text) in [
        ("feedback.json", json!({"content": report.to_string()}).to_string()),
        ("transcript.jsonl", format!("{row}\n")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let output = home.run(&["bug", "feedback", "--yes", "--no-config"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let mut zip = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut read = |name: &str| io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let (outer, lines) = (read("feedback.json"), read("transcript.jsonl"));
    let planted = ["maribel".to_owned(), "acme".to_owned(), "fix-ledger".to_owned(), token()];
    for text in [&outer, &lines] {
        let left: Vec<_> = planted.iter().filter(|word| text.contains(word.as_str())).collect();
        assert!(left.is_empty(), "{left:?} in {text}");
    }
    let outer: Value = serde_json::from_str(&outer).unwrap();
    let inner: Value = serde_json::from_str(outer["content"].as_str().unwrap()).unwrap();
    assert_eq!((&inner["description"], &inner["platform"]), (&json!("it fails"), &json!("linux")));
    let record: Value = serde_json::from_str(lines.trim_end()).unwrap();
    assert_eq!(
        inner["transcript"],
        json!([record, record]),
        "each is redacted as the same record is elsewhere"
    );
    assert_eq!(inner["rawTranscriptJsonl"], json!(lines.repeat(2)));
    assert_eq!(mode(&file), 0o600);
    let (before, again) =
        (fs::read(&file).unwrap(), home.run(&["bug", "feedback", "--yes", "--no-config"], b""));
    assert!(again.status.success() && fs::read(&file).unwrap() == before);
}

#[test]
fn purge_deletes_what_is_old_and_nothing_that_is_in_use() {
    let home = Home::new();
    let old = home.session.with_file_name("99999999-1111-4222-8333-444455556666.jsonl");
    let held = home.session.with_file_name("88888888-1111-4222-8333-444455556666.jsonl");
    for file in [&old, &held] {
        fs::write(file, "{}\n").unwrap();
        let then = SystemTime::now() - Duration::from_secs(40 * 86_400);
        fs::File::options().append(true).open(file).unwrap().set_modified(then).unwrap();
    }
    let holder = fs::File::options().append(true).open(&held).unwrap();
    let asked = home.run(&["store", "purge", "--older-than", "30d"], b"");
    assert!(asked.status.code() == Some(2) && old.exists(), "nobody is there to ask");
    let purged = home.run(&["store", "purge", "--older-than", "30d", "--yes"], b"");
    let said = String::from_utf8(purged.stderr).unwrap();
    assert!(purged.status.success() && !old.exists() && held.exists() && home.session.exists(), "{said}");
    assert!(
        said.contains("open in process") && String::from_utf8(purged.stdout).unwrap() == "deleted 1 files\n"
    );
    drop(holder);
    let folder = home.session.parent().unwrap().to_owned();
    for file in [&home.session, &held] {
        let then = SystemTime::now() - Duration::from_secs(40 * 86_400);
        fs::File::options().append(true).open(file).unwrap().set_modified(then).unwrap();
    }
    let agent = home.session.with_extension("").join("subagents/agent-1.jsonl");
    fs::File::options().append(true).open(&agent).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert!(home.run(&["store", "purge", "--older-than", "30d", "--yes"], b"").status.success());
    assert!(!folder.exists() && folder.parent().unwrap().exists(), "emptied folders go, the place stays");
    for wrong in [
        &["store", "purge"][..],
        &["store", "purge", "--older-than", "soon"],
        &["store", "scrub", "--agent", "x"],
    ] {
        assert_eq!(home.run(wrong, b"").status.code(), Some(2), "{wrong:?}");
    }
}

/// A folder that cannot be read is said, and the others are scrubbed. For root there is no such folder.
#[test]
fn a_folder_that_cannot_be_read_does_not_stop_the_others() {
    if rustix::process::geteuid().is_root() {
        return;
    }
    let home = Home::new();
    let closed = home.session.with_extension("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let args = ["store", "scrub", "--yes", "--no-config", "--include-active"];
    let output = home.run(&args, b"");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("closed"), "{said}");
    assert!(!fs::read_to_string(&home.session).unwrap().contains(&token()));
}
