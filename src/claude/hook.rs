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
        "Stop" | "SubagentStop" | "SessionEnd" => Answer::Scrub(transcripts(&call)),
        _ => Answer::Pass,
    }
}

/// The answer to a call that the parser refuses: JSON may be nested deeper than it goes. What a tool of a server gave
/// then goes as a whole, since blocking would let it pass.
fn unread(input: &[u8]) -> Answer {
    let mut tree = Tree::default();
    if tree.read(input).is_ok() {
        let is = |name: &str, wanted: fn(&[u8]) -> bool| {
            let value = tree.member(input, 0, name.as_bytes());
            value.is_some_and(|index| wanted(tree.tokens()[index].bytes(input)))
        };
        if is("hook_event_name", |event| event == b"PostToolUse")
            && is("tool_name", |tool| tool.starts_with(b"mcp__"))
        {
            let output = json!([{ "type": "text", "text": UNVERIFIED }]);
            return Answer::Change(json!({ "hookSpecificOutput": {
                "hookEventName": "PostToolUse",
                "updatedMCPToolOutput": output,
            } }));
        }
    }
    Answer::Block("transcrub: the hook's input is not a JSON object".to_owned())
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
    let call: Value = serde_json::from_slice(&readable(input)).unwrap_or_default();
    matches!(call["hook_event_name"].as_str(), Some("Stop" | "SubagentStop" | "SessionEnd"))
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
    match serde_json::from_slice(input) {
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
            ("WebFetch", json!(format!("text {}", token()))),
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
