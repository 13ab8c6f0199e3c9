//! Claude Code: which tool a record's result comes from, and what came with a prompt.

use super::{
    Walk,
    scene::{Frame, is_agent},
    tool::Tool,
};
use crate::transcript::json::Kind;

/// A record: its type or role says who speaks, the result in it what the blocks of its message show.
pub(super) fn record(walk: &Walk<'_>, frame: Frame) -> Frame {
    let start = frame.start as usize;
    let agent = [&b"type"[..], b"role"].iter().filter_map(|key| walk.member(start, key)).any(is_agent);
    let frame = Frame { agent, ..frame };
    let Some(result) = walk.tree.member(walk.record, start, b"toolUseResult") else {
        return frame;
    };
    if is_list_of_blocks(walk, result) {
        return Frame { tool: Tool::Served, ..frame };
    }
    if walk.tree.tokens()[result].kind != Kind::ObjectStart {
        return frame;
    }
    if walk.has(result, &[b"agentId", b"totalToolUseCount"]) {
        // What another agent reports.
        return Frame { tool: Tool::Served, ..frame };
    }
    let shown = walk.object(result, b"file").filter(|&file| walk.has(file, &[b"content", b"cells"]));
    match shown {
        Some(file) => Frame { tool: Tool::Read, language: Some(walk.path_language(file)), ..frame },
        None => frame,
    }
}

/// Whether a result is a list of blocks with text, as servers give it back and none of the client's own tools does.
fn is_list_of_blocks(walk: &Walk<'_>, result: usize) -> bool {
    let tokens = walk.tree.tokens();
    tokens[result].kind == Kind::ArrayStart
        && walk.tree.children(result).next().is_some_and(|first| {
            tokens[first].kind == Kind::ObjectStart && walk.member(first, b"type") == Some(b"text")
        })
}

/// The tool that gave back a result, by the result's shape.
pub(super) fn result_tool(walk: &Walk<'_>, frame: &Frame) -> Tool {
    let start = frame.start as usize;
    let changed: [&[u8]; 5] =
        [b"structuredPatch", b"originalFile", b"oldString", b"old_source", b"new_source"];
    if walk.has(start, &[b"stdout"]) {
        Tool::Command
    } else if walk.has(start, &changed) {
        Tool::Write
    } else if walk.has(start, &[b"filenames", b"numFiles"]) {
        Tool::Search
    } else {
        frame.tool
    }
}

/// What came with a prompt: a file, a selection, what a hook said.
pub(super) fn attachment(walk: &Walk<'_>, frame: Frame) -> Frame {
    let kind = walk.member(frame.start as usize, b"type").unwrap_or_default();
    let (tool, output) = match kind {
        b"file"
        | b"edited_text_file"
        | b"selected_lines_in_ide"
        | b"compact_file_reference"
        | b"pdf_reference" => (Tool::Read, true),
        b"directory" => (Tool::List, true),
        _ if kind.starts_with(b"hook_") => (Tool::Served, true),
        _ => (Tool::Other, false),
    };
    Frame { tool, output, ..frame }
}
