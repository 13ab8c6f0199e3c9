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

#[test]
fn a_session_whose_id_is_no_uuid_gets_one_too() {
    let (_dir, session, _) = home();
    let rows = [
        "{\"sessionId\":\"my session\",\"type\":\"user\",\"message\":{\"content\":\"my session\"}}",
        "{ \"sessionId\" : \"other\", \"x\": {\"sessionId\": null, \"sessionId\":\"a\\u0020b\"}}",
        "{\"sessionId\":",
    ];
    fs::write(&session.path, rows.join("\n")).unwrap();
    let clone = Sanitized::new(&bug_pipeline(), &session).unwrap();
    let text = String::from_utf8(clone.files[0].1.clone()).unwrap();
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(
        (first["sessionId"].as_str(), first["message"]["content"].as_str()),
        (Some(&*clone.id), Some("my session"))
    );
    let second: Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second["sessionId"], clone.id);
}

#[test]
fn a_picture_beside_the_session_is_not_copied() {
    let (_dir, session, _) = home();
    let folder = session.path.with_extension("").join("tool-results");
    fs::create_dir_all(&folder).unwrap();
    for (name, content) in [("a.png", &b"\x89PNG\r\n\x1a\n\x00\x00text"[..]), ("b.pdf", b"%PDF-1.7 text")] {
        fs::write(folder.join(name), content).unwrap();
    }
    let session = Session::at(&session.path).unwrap();
    let clone = Sanitized::new(&bug_pipeline(), &session).unwrap();
    let pictures: Vec<_> = clone.files.iter().filter(|(name, _)| name.starts_with("tool-results")).collect();
    assert!(pictures.len() == 2 && pictures.iter().all(|(_, bytes)| bytes.is_empty()));
}

#[test]
fn the_line_to_paste_is_safe_in_a_shell() {
    let placed = Placed {
        path: "/c/projects/x/72828156-7017-4c4b-965d-8a6774576f18.jsonl".into(),
        cwd: "/tmp/a b; rm x".into(),
        config: Some("/tmp/it's".into()),
    };
    assert_eq!(
        placed.resume(),
        r"cd '/tmp/a b; rm x' && CLAUDE_CONFIG_DIR='/tmp/it'\''s' claude --resume 72828156-7017-4c4b-965d-8a6774576f18"
    );
}

/// What is odd in real sessions stays as odd as it was: the client knows how to take it.
#[test]
fn odd_sessions_keep_their_records_in_order() {
    let (_dir, session, _) = home();
    let row = |uuid: &str, parent: Value, more: Value| {
        let mut row = json!({"parentUuid": parent, "sessionId": ID, "type": "user", "uuid": uuid,
            "message": {"role": "user", "content": "hello"}});
        more.as_object().unwrap().iter().for_each(|(key, value)| row[key] = value.clone());
        row.to_string()
    };
    let fork = json!({"forkedFrom": {"sessionId": EARLIER, "messageUuid": "u0"}});
    let boundary = json!({"type": "system", "subtype": "compact_boundary", "logicalParentUuid": "u2", "content":
        "Conversation compacted", "compactMetadata": {"trigger": "auto", "preTokens": 155_000}});
    let long = format!("{} {}", "word ".repeat(200_000), token());
    let rows = [
        row("u1", Value::Null, fork),
        String::new(),
        row("u2", json!("missing"), json!({"isSidechain": true, "agentId": "a1"})),
        "{\"parentUuid\":\"u2\",\"torn\":\"".to_owned() + &token(),
        row("u2", json!("u2"), boundary),
        row(
            "u3",
            json!("u2"),
            json!({"isCompactSummary": true, "message": {"role": "user", "content": long}}),
        ),
        row("u4", json!("u3"), json!({})) + &row("u5", json!("u4"), json!({})),
    ];
    fs::write(&session.path, rows.join("\n")).unwrap();
    let clone = Sanitized::new(&bug_pipeline(), &session).unwrap();
    let text = String::from_utf8(clone.files[0].1.clone()).unwrap();
    assert!(!text.contains(&token()) && !text.contains(ID) && !text.contains(EARLIER));
    assert_eq!(text.lines().count(), rows.len() + 1, "and the title");
    for (old, new) in rows.iter().zip(text.lines()) {
        let Ok(old) = serde_json::from_str::<Value>(old) else { continue };
        let new: Value = serde_json::from_str(new).unwrap();
        for key in [
            "uuid",
            "parentUuid",
            "logicalParentUuid",
            "type",
            "subtype",
            "isSidechain",
            "agentId",
            "isCompactSummary",
            "compactMetadata",
        ] {
            assert_eq!(old[key], new[key], "{key}");
        }
        assert_eq!(new["forkedFrom"].is_null(), old["forkedFrom"].is_null());
    }
}
