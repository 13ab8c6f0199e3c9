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
    if names.iter().all(|name| member(input, name).is_none_or(|value| value == b"null")) {
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
    let new = after.and_then(|new| fitted(response, new)).unwrap_or_else(|| blanked(response));
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
    let new = serde_json::from_slice(&after).ok().and_then(|new| fitted(tool_input, new));
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

/// The new value in the shape of the old one, with the same members of the same types: else the client would ignore it. A
/// number that was replaced, by a text, is none any more but 0.
fn fitted(old: &Value, new: Value) -> Option<Value> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if old.len() == new.len() => {
            old.values().zip(new).map(|(old, (name, new))| Some((name, fitted(old, new)?))).collect()
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            old.iter().zip(new).map(|(old, new)| fitted(old, new)).collect()
        }
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => None,
        (Value::Number(_), Value::String(_)) => Some(json!(0)),
        (old, new) => (std::mem::discriminant(old) == std::mem::discriminant(&new)).then_some(new),
    }
}

/// Numbers below this are sizes and places, which say nothing.
const SMALL: f64 = 1e6;

/// The value with every text gone, and every number that may be more than a size.
fn blanked(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(UNVERIFIED),
        Value::Number(number) if number.as_f64().is_none_or(|n| n.abs() >= SMALL) => json!(0),
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
mod tests;
