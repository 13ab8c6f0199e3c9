//! One hook call: what Claude Code asks, and the answer.
//!
//! What cannot be read or finished is blocked where the client lets a hook block, and replaced as a whole where it lets
//! a hook replace.

use crate::{pipeline::Pipeline, report::Silence, transcript::tree::Tree};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The answer to a hook call.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing to say.
    Pass,
    /// The matter is stopped, for this reason.
    Block(String),
    /// The matter goes on with something replaced; the JSON is for the client.
    Change(Value),
    /// These files are to be scrubbed when the client is done with them.
    Scrub(Vec<PathBuf>),
}

/// The two pipelines of a hook: for what stays on this machine, and for what leaves it.
pub struct Pipelines<'p> {
    /// Under `retain`, or what the user chose.
    pub keep: &'p Pipeline,
    /// Under `bug`.
    pub send: &'p dyn Fn() -> Result<Pipeline, String>,
}

/// What stands for a text that cannot be redacted safely.
const UNVERIFIED: &str = "[REDACTED:unverified]";

/// Members of a tool's output that say what kind it is: the client ignores an output without them.
const SHAPE: [&str; 3] = ["type", "mode", "media_type"];

/// Answers the call in `input`, a JSON object.
#[must_use]
pub fn answer(input: &[u8], pipelines: &Pipelines<'_>) -> Answer {
    let input = readable(input);
    let input = input.as_slice();
    let Ok(Value::Object(call)) = serde_json::from_slice::<Value>(input) else {
        return unread(input);
    };
    let Some(event) = call.get("hook_event_name").and_then(Value::as_str) else {
        return Answer::Block("transcrub: the hook's input names no event".to_owned());
    };
    let tool = call.get("tool_name").and_then(Value::as_str).unwrap_or_default();
    match event {
        "UserPromptSubmit" | "UserPromptExpansion" => prompt(input, pipelines.keep),
        "PostToolUse" => tool_output(input, &call, tool, pipelines.keep),
        "PreToolUse" if tool == "SendFeedback" => feedback(input, &call, pipelines),
        event if is_end(event) => Answer::Scrub(transcripts(&call)),
        _ => Answer::Pass,
    }
}

/// The answer to a call that the parser refuses: JSON may be nested deeper than it goes. What a tool of a server gave
/// then goes as a whole, since blocking would let it pass.
fn unread(input: &[u8]) -> Answer {
    let event = event(input).unwrap_or_default();
    if is_end(&event) {
        return Answer::Pass;
    }
    let mcp = || name(input, "tool_name").is_some_and(|tool| tool.starts_with("mcp__"));
    if event == "PostToolUse" && mcp() {
        let output = json!([{ "type": "text", "text": UNVERIFIED }]);
        return Answer::Change(json!({ "hookSpecificOutput": {
            "hookEventName": "PostToolUse",
            "updatedMCPToolOutput": output,
        } }));
    }
    Answer::Block("transcrub: the hook's input is not a JSON object".to_owned())
}

/// The name of the event in a call, also in one that is nested deeper than parsers go.
fn event(input: &[u8]) -> Option<String> {
    name(input, "hook_event_name")
}

/// A plain text in the call.
fn name(input: &[u8], member: &str) -> Option<String> {
    let mut tree = Tree::default();
    tree.read(input).ok()?;
    let index = tree.member(input, 0, member.as_bytes())?;
    String::from_utf8(tree.tokens()[index].bytes(input).to_vec()).ok()
}

/// Whether an event tells of an end: blocking it would keep the agent going instead of stopping something.
fn is_end(event: &str) -> bool {
    matches!(event, "Stop" | "SubagentStop" | "SessionEnd")
}

/// What the client is told on standard output when the call in `input` is blocked for `reason`, in the form of its
/// event: of an answer in the form of another it takes nothing.
#[must_use]
pub fn refusal(input: &[u8], reason: &str) -> Option<Value> {
    let event = event(&readable(input))?;
    match event.as_str() {
        // The client would show the prompt again beside the reason.
        "UserPromptSubmit" | "UserPromptExpansion" => Some(json!({
            "decision": "block",
            "reason": reason,
            "hookSpecificOutput": { "hookEventName": event, "suppressOriginalPrompt": true },
        })),
        "PreToolUse" => Some(json!({ "hookSpecificOutput": {
            "hookEventName": event,
            "permissionDecision": "deny",
            "permissionDecisionReason": reason,
        } })),
        "PostToolUse" => Some(json!({ "decision": "block", "reason": reason })),
        _ => None,
    }
}

/// The call as one record that can be parsed: a line break between tokens means nothing, and one inside a string is
/// always escaped; output that was cut within a character ends in half a surrogate pair, which is not for parsers.
fn readable(input: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input)).into_owned();
    let mut bytes = text.into_bytes();
    bytes.iter_mut().filter(|b| matches!(b, b'\n' | b'\r')).for_each(|b| *b = b' ');
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &bytes[at..]) {
        let escape = at + step;
        at = escape + 2;
        let Some(first) = unit(&bytes, escape) else { continue };
        match (first, unit(&bytes, escape + 6)) {
            (0xd800..=0xdbff, Some(0xdc00..=0xdfff)) => at = escape + 12,
            (0xd800..=0xdfff, _) => bytes[escape + 2..escape + 6].copy_from_slice(b"fffd"),
            _ => {}
        }
    }
    bytes
}

/// The code unit that the escape at `at` stands for, if it is one of the kind `\uXXXX`.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether blocking the call in `input` would keep the agent going instead of stopping something.
#[must_use]
pub fn must_not_block(input: &[u8]) -> bool {
    event(&readable(input)).is_some_and(|event| is_end(&event))
}

/// A prompt passes only if it is there and holds nothing that would be replaced.
fn prompt(input: &[u8], pipeline: &Pipeline) -> Answer {
    let names = ["prompt", "command_args"];
    if names.iter().all(|name| member(input, name).is_none()) {
        return Answer::Block("transcrub: the hook's input holds no prompt, so it was not sent".to_owned());
    }
    for name in names {
        let Some(before) = member(input, name) else { continue };
        match redacted(input, name, pipeline) {
            Some(after) if after == before => {}
            Some(after) => return Answer::Block(reason(&after)),
            None => {
                return Answer::Block(
                    "transcrub: the prompt cannot be checked, so it was not sent".to_owned(),
                );
            }
        }
    }
    Answer::Pass
}

/// Says what was found, by the names of its placeholders, and what to do.
fn reason(redacted: &[u8]) -> String {
    let text = String::from_utf8_lossy(redacted);
    let mut kinds: Vec<&str> =
        text.split("[REDACTED:").skip(1).filter_map(|rest| rest.split([':', ']']).next()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let what = if kinds.is_empty() { "something confidential".to_owned() } else { kinds.join(", ") };
    format!(
        "transcrub: the prompt was not sent: it holds {what}. Name the file or variable that holds the value instead \
         of the value; if it has been shown to anybody, replace it by a new one."
    )
}

fn tool_output(input: &[u8], call: &Map<String, Value>, tool: &str, pipeline: &Pipeline) -> Answer {
    let (Some(response), Some(before)) = (call.get("tool_response"), member(input, "tool_response")) else {
        return Answer::Pass;
    };
    let after = match redacted(input, "tool_response", pipeline) {
        Some(after) if after == before => return Answer::Pass,
        Some(after) => serde_json::from_slice(&after).ok(),
        None => None,
    };
    let new = after.filter(|new| same_shape(response, new)).unwrap_or_else(|| blanked(response));
    let name = if tool.starts_with("mcp__") { "updatedMCPToolOutput" } else { "updatedToolOutput" };
    Answer::Change(json!({ "hookSpecificOutput": { "hookEventName": "PostToolUse", name: new } }))
}

/// A report that the agent has written itself leaves only as a bug report may.
fn feedback(input: &[u8], call: &Map<String, Value>, pipelines: &Pipelines<'_>) -> Answer {
    let (Some(tool_input), Some(before)) = (call.get("tool_input"), member(input, "tool_input")) else {
        return Answer::Pass;
    };
    let blocked =
        || Answer::Block("transcrub: the report cannot be redacted, so it was not written".to_owned());
    let Ok(pipeline) = (pipelines.send)() else { return blocked() };
    let Some(after) = redacted(input, "tool_input", &pipeline) else { return blocked() };
    if after == before {
        return Answer::Pass;
    }
    let new = serde_json::from_slice(&after).ok().filter(|new| same_shape(tool_input, new));
    new.map_or_else(blocked, |new: Value| {
        Answer::Change(json!({ "hookSpecificOutput": {
            "hookEventName": "PreToolUse",
            "permissionDecision": "ask",
            "permissionDecisionReason": "transcrub has redacted this report",
            "updatedInput": new,
        } }))
    })
}

/// The transcripts that the call in `input` names.
#[must_use]
pub fn transcripts_of(input: &[u8]) -> Vec<PathBuf> {
    match serde_json::from_slice(&readable(input)) {
        Ok(Value::Object(call)) => transcripts(&call),
        _ => Vec::new(),
    }
}

/// The transcripts that a call names.
fn transcripts(call: &Map<String, Value>) -> Vec<PathBuf> {
    let path = |name: &str| call.get(name).and_then(Value::as_str).map(PathBuf::from);
    ["transcript_path", "agent_transcript_path"].into_iter().filter_map(path).collect()
}

/// The bytes of a member of the object in `input`.
fn member(input: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut tree = Tree::default();
    tree.read(input).ok()?;
    let index = tree.member(input, 0, name.as_bytes())?;
    let extent = tree.extent(index);
    input.get(extent).map(<[u8]>::to_vec)
}

/// The same after redaction of the whole, so that what one part tells of a value is used in the other.
fn redacted(input: &[u8], name: &str, pipeline: &Pipeline) -> Option<Vec<u8>> {
    let whole = pipeline.redact_bytes(input, &mut Silence).ok()?;
    member(&whole, name)
}

/// Whether two values have the same members of the same types: else the client would ignore the new one.
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

/// The value with every text gone.
fn blanked(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(UNVERIFIED),
        Value::Array(items) => items.iter().map(blanked).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let keep =
                    SHAPE.contains(&name.as_str()) && value.as_str().is_some_and(|text| text.len() < 20);
                (name.clone(), if keep { value.clone() } else { blanked(value) })
            })
            .collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
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
            .unwrap()
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

    #[test]
    fn what_a_tool_gives_back_keeps_its_shape_and_loses_its_secrets() {
        for (tool, response) in [
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
            (
                "Glob",
                json!({"filenames": [format!("/p/{}.txt", token())], "numFiles": 1, "truncated": false}),
            ),
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
            (
                "TaskOutput",
                json!({"retrieval_status": "success", "task": {"output": token(), "exitCode": 0}}),
            ),
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
        ] {
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
        let call =
            br#"{"hook_event_name":"UserPromptSubmit","prompt":"\ud83d","transcript_path":"/c/s.jsonl"}"#;
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
            let call =
                json!({"hook_event_name": "PostToolUse", "tool_name": "Read", "tool_response": response});
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
        ] {
            assert!(matches!(answer(input, &pipelines), Answer::Block(_)), "{input:?}");
        }
        let call = br#"{"hook_event_name":"PreToolUse","tool_name":"SendFeedback","tool_input":{"a":"b"}}"#;
        assert!(matches!(answer(call, &pipelines), Answer::Block(_)));
    }

    #[test]
    fn a_blanked_output_keeps_only_its_shape() {
        let value = json!({"type": "text", "file": {"content": "x", "numLines": 3, "list": ["y", null]}});
        let blank = blanked(&value);
        assert!(same_shape(&value, &blank));
        assert_eq!(blank["type"], "text");
        assert_eq!(blank["file"]["content"], UNVERIFIED);
    }
}
