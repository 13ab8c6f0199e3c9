//! Claude Code: which tool a record's result comes from, and what came with a prompt.

use super::{Walk, scene::Frame, tool::Tool};

/// A record: the result in it says what the blocks of its message show.
pub(super) fn record(walk: &Walk<'_>, frame: Frame) -> Frame {
    let Some(result) = walk.object(frame.start as usize, b"toolUseResult") else {
        return frame;
    };
    let shown = walk.object(result, b"file").filter(|&file| walk.has(file, &[b"content", b"cells"]));
    match shown {
        Some(file) => Frame { tool: Tool::Read, language: Some(walk.path_language(file)), ..frame },
        None => frame,
    }
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
        _ => (Tool::Other, kind.starts_with(b"hook_")),
    };
    Frame { tool, output, ..frame }
}
