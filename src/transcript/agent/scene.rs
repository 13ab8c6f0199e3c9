//! What an object is by where it stands.

use super::{Walk, claude, codex, copilot, key::Key, language, tool::Tool};

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Scene {
    /// Nothing: what holds the record.
    #[default]
    Root,
    /// A record, or one that another carries.
    Record,
    /// A message: a role and its content.
    Message,
    /// A block of a message's content.
    Block,
    /// What a tool is given.
    Input,
    /// What a tool gave back, structured.
    Result,
    /// A file in a result.
    File,
    /// A cell of a notebook.
    Cell,
    /// One hunk of a patch.
    Hunk,
    /// What came with a prompt.
    Attachment,
    /// An object whose keys are paths.
    ByPath,
    /// What stands under a path.
    Change,
    /// Counts.
    Usage,
    /// Where a picture or document comes from.
    Source,
    /// Anything else that a record carries.
    Event,
}

/// An open object or array.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// What it is; an array is what holds it.
    pub(super) scene: Scene,
    /// The key it stands under, or that the array around it stands under.
    pub(super) key: Key,
    /// The tool it belongs to, or whose result it is part of.
    pub(super) tool: Tool,
    /// Whether it is part of what a tool gave back.
    pub(super) output: bool,
    /// Whether an agent says it.
    pub(super) agent: bool,
    /// Whether it is an array.
    pub(super) array: bool,
    /// Its first token.
    pub(super) start: u32,
    /// The language by the path that is a member, once looked for.
    pub(super) language: Option<Option<&'static str>>,
    /// Whether it says that it holds a picture or document, once looked for.
    pub(super) media: Option<bool>,
    /// Whether it is a part of what a command of Codex prints, once looked for.
    pub(super) delta: Option<bool>,
    /// Whether a signature is a member, once looked for.
    pub(super) signed: Option<bool>,
}

/// The frame of the object at token `start`, under `key` of what `above` is.
pub(super) fn enter(walk: &Walk<'_>, above: &Frame, key: Key, start: usize) -> Frame {
    let scene = scene(above, key);
    let frame = Frame {
        scene,
        key,
        tool: above.tool,
        output: above.output,
        agent: above.agent,
        array: false,
        start: start as u32,
        language: None,
        media: None,
        delta: None,
        signed: None,
    };
    match scene {
        Scene::Record => claude::record(walk, frame),
        Scene::Message => message(walk, frame),
        Scene::Block => block(walk, frame),
        Scene::Result => Frame { tool: claude::result_tool(walk, &frame), output: true, ..frame },
        Scene::Attachment => claude::attachment(walk, frame),
        Scene::Event => copilot::said(walk, &frame).unwrap_or_else(|| codex::event(walk, frame)),
        Scene::Change => Frame { language: key_language(walk, start), ..frame },
        _ => frame,
    }
}

fn scene(above: &Frame, key: Key) -> Scene {
    match (above.scene, key) {
        (Scene::Root, _) => Scene::Record,
        (_, Key::Usage) => Scene::Usage,
        (_, Key::ByPath) => Scene::ByPath,
        (Scene::ByPath | Scene::Change, _) => Scene::Change,
        (_, Key::Hunks) => Scene::Hunk,
        (_, Key::Cells) => Scene::Cell,
        (_, Key::Source) => Scene::Source,
        (Scene::Input, _) => Scene::Input,
        (_, Key::Input) => Scene::Input,
        (Scene::Result | Scene::Attachment, Key::File) => Scene::File,
        (Scene::Result | Scene::Message | Scene::Block | Scene::Record, Key::Content) => Scene::Block,
        (Scene::Attachment, Key::Content) => Scene::Result,
        (Scene::Result | Scene::File, _) => Scene::Result,
        (_, Key::Result) => Scene::Result,
        (Scene::Record, Key::Message) => Scene::Message,
        (Scene::Event, Key::Message) => Scene::Record,
        (Scene::Record, Key::Attachment) => Scene::Attachment,
        (Scene::Event, Key::Content) => Scene::Block,
        _ => Scene::Event,
    }
}

/// A message: one with the role of a tool is what a tool gave back.
fn message(walk: &Walk<'_>, frame: Frame) -> Frame {
    let role = walk.member(frame.start as usize, b"role").unwrap_or_default();
    let agent = if role.is_empty() { frame.agent } else { is_agent(role) };
    Frame { output: frame.output || is_tool_role(role), agent, ..frame }
}

/// Whether a message of this role, or a record of this type, is what an agent says.
pub(super) fn is_agent(role: &[u8]) -> bool {
    matches!(role, b"assistant" | b"agent" | b"agent_message" | b"model" | b"gemini")
}

/// Whether a message of this role is what a tool gave back.
pub(super) fn is_tool_role(role: &[u8]) -> bool {
    matches!(role, b"tool" | b"toolResult" | b"tool_result" | b"function" | b"bashExecution")
}

/// A content block: a call names its tool, a result is what a tool gave back unless it is an error.
fn block(walk: &Walk<'_>, frame: Frame) -> Frame {
    let start = frame.start as usize;
    match walk.member(start, b"type").unwrap_or_default() {
        b"tool_use" | b"server_tool_use" | b"toolCall" | b"tool_call" | b"mcp_tool_use" => {
            Frame { tool: Tool::named(walk.member(start, b"name").unwrap_or_default()), ..frame }
        }
        b"tool_result" | b"toolResult" | b"mcp_tool_result" | b"web_search_tool_result" => {
            let failed = walk.member(start, b"is_error") == Some(b"true");
            let tool = if failed { Tool::Other } else { frame.tool };
            Frame { tool, output: true, ..frame }
        }
        // Its data is what a signature covers, in a form that only its maker can read.
        b"redacted_thinking" => Frame { signed: Some(true), ..frame },
        _ => frame,
    }
}

/// The language of what stands under a path.
fn key_language(walk: &Walk<'_>, start: usize) -> Option<Option<&'static str>> {
    let key = walk.tree.key(start)?;
    let language = language::of_path(walk.tree.tokens()[key].bytes(walk.record));
    (!language.is_empty()).then_some(Some(language))
}
