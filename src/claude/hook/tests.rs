//! Hook calls of all events, and the answers to them.

use super::*;
use crate::{
    input::Access,
    pipeline::Settings,
    policy::{Allowlist, Policy, Profile},
    tag::Key,
};

fn pipeline(profile: Profile) -> Pipeline {
    let policy = Policy::new(profile, Allowlist::default());
    let key = Key::from_material(&[7; 32]);
    Pipeline::new(Settings { policy, key, known: Vec::new(), threads: Some(1), access: Access::Read })
}

fn ask(call: &Value) -> Answer {
    let keep = pipeline(Profile::retain());
    let send = || Ok(pipeline(Profile::bug()));
    answer(format!("{call:#}").as_bytes(), &Pipelines { keep: &keep, send: &send })
}

fn token() -> String {
    ["ghp", "_", "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"].concat()
}

fn changed(answer: Answer) -> Value {
    match answer {
        Answer::Change(value) => value["hookSpecificOutput"].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_prompt_with_a_secret_is_blocked_without_repeating_it() {
    let call = |text: &str| json!({"hook_event_name": "UserPromptSubmit", "prompt": text});
    assert_eq!(ask(&call("fix the tests in src/lib.rs")), Answer::Pass);
    let Answer::Block(reason) = ask(&call(&format!("use {} please", token()))) else { panic!() };
    assert!(reason.contains("github") && !reason.contains(&token()), "{reason}");
}

/// What tools give back, as `toolUseResult` in transcripts shows it, each with a secret.
fn responses() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Bash",
            json!({"stdout": format!("TOKEN={}", token()), "stderr": "", "interrupted": false, "isImage": false}),
        ),
        (
            "Read",
            json!({"type": "text", "file": {"filePath": "/p/.env", "content": token(), "numLines": 1,
            "startLine": 1, "totalLines": 1}}),
        ),
        (
            "Grep",
            json!({"mode": "content", "numFiles": 0, "filenames": [], "content": format!(".env:1:K={}", token())}),
        ),
        (
            "Edit",
            json!({"filePath": "/p/a", "oldString": "x", "newString": token(), "originalFile": token(),
            "structuredPatch": [{"oldStart": 1, "lines": [format!("-{}", token()), "+x"]}]}),
        ),
        (
            "Read",
            json!({"type": "notebook", "file": {"filePath": "/p/a.ipynb", "cells": [
            {"cellType": "code", "source": format!("K = '{}'", token()), "outputs": [], "cell_id": "c1"}]}}),
        ),
        (
            "Bash",
            json!({"stdout": "", "stderr": format!("fatal: {}", token()), "interrupted": false, "isImage": false,
            "backgroundTaskId": null, "returnCodeInterpretation": "No matches", "noOutputExpected": true}),
        ),
        ("Glob", json!({"filenames": [format!("/p/{}.txt", token())], "numFiles": 1, "truncated": false})),
        (
            "Write",
            json!({"type": "create", "filePath": "/p/.env", "content": token(), "structuredPatch": [],
            "originalFile": null, "userModified": false}),
        ),
        (
            "Task",
            json!({"status": "completed", "prompt": "x", "agentId": "a1", "content": [
            {"type": "text", "text": format!("it is {}", token())}], "totalTokens": 10, "usage": {"input_tokens": 3}}),
        ),
        ("TaskOutput", json!({"retrieval_status": "success", "task": {"output": token(), "exitCode": 0}})),
        ("TodoWrite", json!({"oldTodos": [], "newTodos": [{"content": token(), "status": "pending"}]})),
        (
            "WebSearch",
            json!({"query": token(), "results": [{"content": [{"title": token(), "url": "https://a.example"}]}, "x"]}),
        ),
        ("AskUserQuestion", json!({"questions": [{"question": "Key?"}], "answers": {"Key?": token()}})),
        (
            "ExitPlanMode",
            json!({"plan": format!("1. export K={}", token()), "isAgent": false, "filePath": "/p"}),
        ),
        ("WebFetch", json!(format!("text {}", token()))),
        ("Weird", json!([format!("Error: {}", token()), null, 1, true, {"deep": [[{"x": token()}]]}])),
    ]
}

/// Whether two values have the same members of the same types.
fn same_shape(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.values().zip(b.values()).all(|(a, b)| same_shape(a, b))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_shape(a, b))
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

#[test]
fn a_number_that_is_a_secret_goes_and_the_rest_stays() {
    let response =
        json!({"password": 12_345_678_901_u64, "x": "password: 12345678901", "n": 3, "text": "fine"});
    let call = json!({"hook_event_name": "PostToolUse", "tool_name": "X", "tool_response": response});
    let out = changed(ask(&call));
    let new = &out["updatedToolOutput"];
    assert!(!new.to_string().contains("12345678901"), "{new}");
    assert!(same_shape(&response, new) && new["n"] == 3 && new["text"] == "fine", "{new}");
}

#[test]
fn what_a_tool_gives_back_keeps_its_shape_and_loses_its_secrets() {
    for (tool, response) in responses() {
        let call = |response: &Value| {
            json!({"hook_event_name": "PostToolUse", "tool_name": tool,
            "tool_input": {"command": "cat .env"}, "tool_response": response})
        };
        let out = changed(ask(&call(&response)));
        let new = &out["updatedToolOutput"];
        assert_eq!(out["hookEventName"], "PostToolUse");
        assert!(same_shape(&response, new), "{tool}: {new}");
        assert!(!new.to_string().contains(&token()), "{tool}");
        assert_eq!(ask(&call(new)), Answer::Pass, "{tool}: once is enough");
    }
}

/// The client's parser takes what ours does not: it must not pass for that.
#[test]
fn output_that_was_cut_within_a_character_is_redacted() {
    let keep = pipeline(Profile::retain());
    let send = || Err(String::new());
    for (cut, stays) in [
        ("\\ud83d", "\u{fffd}"),
        ("\\udc00x", "\u{fffd}x"),
        ("\\ud83d\\ud83d\\ude00", "\u{fffd}\u{1f600}"),
        ("\\\\ud83d", "\\ud83d"),
    ] {
        let call = format!(
            r#"{{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_response":{{"stdout":"{} {cut}"}}}}"#,
            token()
        );
        let out = changed(answer(call.as_bytes(), &Pipelines { keep: &keep, send: &send }));
        let text = out["updatedToolOutput"]["stdout"].as_str().unwrap();
        assert!(text.ends_with(&format!("] {stays}")) && !text.contains(&token()), "{text}");
    }
    let token = token();
    let bad = [
        b"\xef\xbb\xbf{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"\xff ",
        token.as_bytes(),
        b"\"}",
    ];
    assert!(matches!(answer(&bad.concat(), &Pipelines { keep: &keep, send: &send }), Answer::Block(_)));
}

/// Of an answer that names another event than was asked about the client takes nothing.
#[test]
fn a_refusal_has_the_form_of_its_event() {
    for (event, decision) in [
        ("UserPromptSubmit", "block"),
        ("UserPromptExpansion", "block"),
        ("PreToolUse", "deny"),
        ("PostToolUse", "block"),
    ] {
        let answer = refusal(format!("{{\"hook_event_name\":\"{event}\"}}").as_bytes(), "why").unwrap();
        let own = &answer["hookSpecificOutput"];
        assert!(own.is_null() || own["hookEventName"] == event, "{answer}");
        let said = answer["decision"].as_str().or(own["permissionDecision"].as_str());
        assert_eq!(said, Some(decision), "{answer}");
    }
    for unknown in ["", "{}", "[1]", r#"{"hook_event_name":"New"}"#, r#"{"hook_event_name":7}"#] {
        assert_eq!(refusal(unknown.as_bytes(), "why"), None, "{unknown}");
    }
}

#[test]
fn a_blocked_prompt_that_was_cut_within_a_character_still_names_its_transcript() {
    let call = br#"{"hook_event_name":"UserPromptSubmit","prompt":"\ud83d","transcript_path":"/c/s.jsonl"}"#;
    assert_eq!(transcripts_of(call), [PathBuf::from("/c/s.jsonl")]);
}

#[test]
fn an_end_that_is_nested_too_deep_passes() {
    let keep = pipeline(Profile::retain());
    let send = || Err(String::new());
    let deep = format!("{{\"hook_event_name\":\"Stop\",\"x\":{}{}}}", "[".repeat(900), "]".repeat(900));
    assert_eq!(answer(deep.as_bytes(), &Pipelines { keep: &keep, send: &send }), Answer::Pass);
    assert!(must_not_block(deep.as_bytes()));
}

#[test]
fn an_end_is_never_blocked() {
    for (call, expected) in [
        (r#"{"hook_event_name":"Stop"}"#, true),
        (r#"{"hook_event_name":"SessionEnd","reason":"\ud83d"}"#, true),
        (r#"{"hook_event_name":"PreToolUse"}"#, false),
        ("", false),
    ] {
        assert_eq!(must_not_block(call.as_bytes()), expected, "{call}");
    }
}

#[test]
fn pictures_and_numbers_pass_as_they_are() {
    let bytes: Vec<u8> = (0..60_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let picture = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &bytes);
    for response in [
        json!({"type": "image", "file": {"base64": picture, "type": "image/png", "originalSize": 60_000}}),
        json!([{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": picture}}]),
        json!({"stdout": format!("data:image/png;base64,{picture}"), "stderr": "", "interrupted": false, "isImage": true}),
        json!({"type": "file_unchanged", "file": {"filePath": "/p/a"}}),
        json!({"n": 12_345_678_901_234_567_u64, "x": 1.5e300, "no": null}),
        json!("Error: no such file"),
        json!(null),
    ] {
        let call = json!({"hook_event_name": "PostToolUse", "tool_name": "Read", "tool_response": response});
        assert_eq!(ask(&call), Answer::Pass);
    }
}

#[test]
fn mcp_tools_have_their_own_member() {
    let blocks = json!([{"type": "text", "text": token()}]);
    let call =
        json!({"hook_event_name": "PostToolUse", "tool_name": "mcp__db__query", "tool_response": blocks});
    let out = changed(ask(&call));
    assert_eq!(out["updatedMCPToolOutput"][0]["type"], "text");
    assert!(out.get("updatedToolOutput").is_none() && !out.to_string().contains(&token()));
}

#[test]
fn output_nested_deeper_than_the_parser_goes_as_a_whole() {
    let deep = format!("{}\"{}\"{}", "[".repeat(500), token(), "]".repeat(500));
    let call = |tool: &str| {
        format!(r#"{{"hook_event_name":"PostToolUse","tool_name":"{tool}","tool_response":{deep}}}"#)
    };
    let keep = pipeline(Profile::retain());
    let send = || Err(String::new());
    let ask = |tool: &str| answer(call(tool).as_bytes(), &Pipelines { keep: &keep, send: &send });
    let out = changed(ask("mcp__db__query"));
    assert_eq!(out["updatedMCPToolOutput"], json!([{"type": "text", "text": UNVERIFIED}]));
    assert!(matches!(ask("Bash"), Answer::Block(_)));
}

#[test]
fn a_report_of_the_agent_is_redacted_as_a_bug_report() {
    let call = json!({"hook_event_name": "PreToolUse", "tool_name": "SendFeedback", "tool_input": {
        "type": "bug", "title": "it fails", "details": format!("in /home/maribel/acme with {}", token())}});
    let out = changed(ask(&call));
    let text = out["updatedInput"].to_string();
    assert!(!text.contains("maribel") && !text.contains(&token()), "{text}");
    let other =
        json!({"hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": {"command": token()}});
    assert_eq!(ask(&other), Answer::Pass);
}

#[test]
fn ends_are_scrubbed_and_other_events_pass() {
    let call = |event: &str| json!({"hook_event_name": event, "transcript_path": "/c/s.jsonl"});
    for event in ["Stop", "SessionEnd"] {
        assert_eq!(ask(&call(event)), Answer::Scrub(vec!["/c/s.jsonl".into()]));
    }
    for event in ["SessionStart", "Notification", "SomethingNew", "PostToolUse"] {
        assert_eq!(ask(&call(event)), Answer::Pass, "{event}");
    }
}

#[test]
fn what_cannot_be_read_is_blocked() {
    let keep = pipeline(Profile::retain());
    let send = || Err(String::new());
    let pipelines = Pipelines { keep: &keep, send: &send };
    for input in [
        &b""[..],
        b"[]",
        b"{}",
        b"{\"hook_event_name\":",
        b"\xff",
        br#"{"hook_event_name":"UserPromptSubmit"}"#,
        br#"{"hook_event_name":"UserPromptSubmit","prompt":null}"#,
    ] {
        assert!(matches!(answer(input, &pipelines), Answer::Block(_)), "{input:?}");
    }
    let call = br#"{"hook_event_name":"PreToolUse","tool_name":"SendFeedback","tool_input":{"a":"b"}}"#;
    assert!(matches!(answer(call, &pipelines), Answer::Block(_)));
}

#[test]
fn a_blanked_output_keeps_only_its_shape() {
    let value = json!({"type": "text", "file": {"content": "x", "numLines": 3, "pin": 12_345_678, "list": ["y", null]}});
    let blank = blanked(&value);
    assert!(same_shape(&value, &blank));
    assert_eq!(blank["type"], "text");
    assert_eq!(blank["file"]["content"], UNVERIFIED);
    assert_eq!((&blank["file"]["numLines"], &blank["file"]["pin"]), (&json!(3), &json!(0)));
}
