//! What a bug report keeps: everything here must come out of profile `bug` as it went in.

#![allow(clippy::unwrap_used, reason = "this is a test")]

mod common;

use transcrub::input::Access;

/// A tool's output as a record.
fn record(text: &str) -> String {
    let content = serde_json::to_string(text).unwrap();
    format!(
        r#"{{"type":"user","message":{{"role":"user","content":[{{"type":"tool_result","content":{content}}}]}}}}"#
    )
}

/// The text that comes out of profile `bug`.
fn reported(text: &str) -> String {
    let out = common::scrub(&common::pipeline("bug", 1), record(text).as_bytes(), Access::Read);
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    value["message"]["content"][0]["content"].as_str().unwrap().to_owned()
}

#[test]
fn listings_of_git_keep_their_form() {
    for text in [
        " README.md    |  25 +++++-----\n cmd/main.go  |  47 +++---\n docs/architecture.md | 21 +++--\n internal/x/main.go | 3 +-\n",
        "Changes not staged for commit:\n\tmodified:   README.md\n\tmodified:   cmd/main.go\n\tmodified:   docs/index.md\n",
        "On branch main\nYour branch is up to date with 'origin/main'.\n\nnothing to commit, working tree clean\n",
        "1f0a9c3 Fix the parser\n2b1d04e Add a test\n",
    ] {
        assert_eq!(reported(text), text);
    }
}

#[test]
fn words_of_persons_and_programs_stay() {
    for text in [
        "update the last line of the readme to say \"cleaned up refs\"",
        "do it",
        "it shows up in the \"Resources\"",
        "- proto-reviewer: Reviews changes of an API for correctness",
        "the SSH shape that the decoders take, and SSH access",
        "Thread 2778490776 (fixed), and 585/293-296 as before",
        "use sha256 and not sha1; nil means none",
        "error: test failed, to rerun pass `--lib`\n1 failed, 4 passed in 0.31s\n",
        "    at Object.<anonymous> (/usr/lib/node_modules/x/index.js:3:9)\nTypeError: x is not a function",
        "tail -f /var/log/syslog && cd /path/to/project",
    ] {
        assert_eq!(reported(text), text);
    }
}

#[test]
fn a_name_is_met_beside_any_sign() {
    let text = "/home/kavinas/x\n“kavinas” →kavinas… 是kavinas的";
    let out = reported(text);
    assert!(!out.contains("kavinas") && out.matches("user-").count() == 4, "{out}");
}
