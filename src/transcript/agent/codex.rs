//! Codex and others whose records carry one event each: which tool the event is about.

use super::{
    Walk,
    scene::{Frame, is_agent, is_tool_role},
    tool::Tool,
};

/// An event: a call names its tool, the end of a call is what the tool gave back.
pub(super) fn event(walk: &Walk<'_>, frame: Frame) -> Frame {
    let start = frame.start as usize;
    let kind = walk.member(start, b"type").unwrap_or_default();
    let role = walk.member(start, b"role").unwrap_or_default();
    let names: [&[u8]; 4] = [b"name", b"toolName", b"tool", b"tool_name"];
    let named = names.iter().find_map(|name| walk.member(start, name)).map(Tool::named);
    let tool = if kind == b"mcp_tool_call_end" { served(walk, start) } else { named };
    let output = frame.output || kind.ends_with(b"_output") || kind.ends_with(b"_end") || is_tool_role(role);
    let agent = frame.agent || is_agent(role) || is_agent(kind);
    Frame { tool: tool.unwrap_or(frame.tool), output, agent, ..frame }
}

/// The tool of a server that an event at token `start` tells of.
fn served(walk: &Walk<'_>, start: usize) -> Option<Tool> {
    let call = walk.object(start, b"invocation")?;
    Some(Tool::named(walk.member(call, b"tool")?).or_served())
}
