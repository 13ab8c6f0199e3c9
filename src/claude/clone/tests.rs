//! What a clone promises.

use super::*;
use crate::{
    input::Access,
    pipeline::Settings,
    policy::{Allowlist, Policy, Profile},
    tag::Key,
};
use serde_json::Value;

const ID: &str = "0a1b2c3d-1111-4222-8333-444455556666";
const EARLIER: &str = "0a1b2c3d-9999-4222-8333-444455556666";

pub(crate) fn bug_pipeline() -> Pipeline {
    Pipeline::new(Settings {
        policy: Policy::new(Profile::bug(), Allowlist::default()),
        key: Key::from_material(&[7; 32]),
        known: Vec::new(),
        threads: Some(1),
        access: Access::Read,
    })
    .unwrap()
}

fn token() -> String {
    ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat()
}

/// A session with a sub-agent in a made-up home.
fn home() -> (tempfile::TempDir, Session, Surroundings) {
    let dir = tempfile::tempdir().unwrap();
    let project = dir.path().join(".claude/projects/-home-maribel-acme");
    fs::create_dir_all(project.join(ID).join("subagents")).unwrap();
    let row = |id: &str, uuid: &str, parent: Value, text: &str| {
        json!({"parentUuid": parent, "isSidechain": false, "cwd": "/home/maribel/acme", "sessionId": id,
            "gitBranch": "maribel/fix", "type": "user", "message": {"role": "user", "content": text},
            "uuid": uuid, "timestamp": "2026-11-22T09:00:00.000Z"})
        .to_string()
    };
    let first = row(EARLIER, "u1", Value::Null, "hello");
    let second = row(ID, "u2", json!("u1"), &format!("the token is {}", token()));
    let main = project.join(format!("{ID}.jsonl"));
    fs::write(&main, format!("{first}\n{second}")).unwrap();
    let agent = project.join(ID).join("subagents/agent-a1.jsonl");
    fs::write(&agent, row(ID, "u3", Value::Null, &token()) + "\n").unwrap();
    let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], dir.path());
    (dir, Session::at(&main).unwrap(), around)
}

#[test]
fn a_clone_has_a_new_id_everywhere_and_no_secret_and_the_same_records() {
    let (_dir, session, _) = home();
    let clone = Sanitized::new(&bug_pipeline(), &session).unwrap();
    assert!(is_uuid(clone.id.as_bytes()));
    let all: Vec<u8> = clone.files.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    let text = String::from_utf8(all).unwrap();
    for gone in [ID, EARLIER, &token(), "maribel"] {
        assert!(!text.contains(gone), "{gone}");
    }
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().all(|row| row["sessionId"] == clone.id));
    let chain: Vec<_> = rows.iter().map(|row| row["uuid"].as_str().unwrap_or("-")).collect();
    assert_eq!(chain, ["u1", "u2", "-", "u3"]);
    assert_eq!(rows[2]["type"], "custom-title");
    assert!(clone.found.to_json()["secret"].as_object().is_some_and(|rules| !rules.is_empty()));
}

#[cfg(unix)]
#[test]
fn a_clone_lies_ready_in_a_neutral_place_and_goes_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, session, around) = home();
    let before = fs::read(&session.path).unwrap();
    let clone = Sanitized::new(&bug_pipeline(), &session).unwrap();
    for isolated in [false, true] {
        let placed = clone.place(&around, isolated).unwrap();
        assert!(!placed.cwd.starts_with(dir.path()) && placed.cwd.is_dir());
        assert!(placed.cwd.ancestors().all(|folder| !folder.join(".git").exists()));
        let found = fs::metadata(&placed.path).unwrap();
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        assert_eq!(placed.path.parent().unwrap().file_name().unwrap().to_str().unwrap(), slug(&placed.cwd));
        assert_eq!(placed.path.starts_with(dir.path()), !isolated);
        assert!(placed.path.with_extension("").join("subagents/agent-a1.jsonl").is_file());
        assert!(placed.resume().contains(&clone.id));
        assert!(placed.remove().unwrap().is_empty());
        assert!(!placed.path.exists() && !placed.cwd.exists());
    }
    assert_eq!(fs::read(&session.path).unwrap(), before, "the original is not touched");
}

#[test]
fn what_holds_no_conversation_is_not_cloned() {
    let (_dir, session, _) = home();
    for (text, is_one) in [
        (&b""[..], false),
        (b"\n\n", false),
        (b"root:x:0:0:root:/root:/bin/sh\n", false),
        (b"[1,2]", false),
        (b"\xff\xfe\x00", false),
        (b"\xef\xbb\xbf{\"type\":\"user\"}", true),
        (b"\r\n {\"torn\":\"", true),
    ] {
        fs::write(&session.path, text).unwrap();
        let made = Sanitized::new(&bug_pipeline(), &session);
        assert_eq!(made.is_ok(), is_one, "{text:?}");
        assert!(is_one || matches!(made, Err(CloneError::NoConversation { .. })));
    }
}
