//! What a string is, by its key and the object it stands in.

use super::{
    Walk,
    key::Key,
    language, medium,
    scene::{Frame, Scene},
    shape,
    tool::Tool,
};
use crate::transcript::text::Field;

/// What the string at token `index`, under `key` in the innermost object of `walk`, is. A plan is what an agent says, also in a file.
pub(super) fn read(walk: &mut Walk<'_>, key: Key, index: usize) -> Field {
    match by_key(walk, key, index) {
        Field::Code(language::PLAN) => Field::Answer,
        Field::Patch(language::PLAN) => Field::Patch("markdown"),
        field => field,
    }
}

/// As [`read`], a plan apart.
#[inline]
fn by_key(walk: &mut Walk<'_>, key: Key, index: usize) -> Field {
    let value = walk.tree.tokens()[index].bytes(walk.record);
    let frame = walk.frames.last().copied().unwrap_or_default();
    match key {
        Key::Other | Key::Name | Key::Attachment | Key::Snapshot | Key::Usage | Key::Payload => Field::Free,
        Key::Id | Key::Time | Key::Word | Key::Type | Key::Version | Key::Model => {
            structural(&frame, key, value)
        }
        Key::Signature | Key::Encrypted => opaque(value),
        Key::Agent => Field::Name,
        Key::Folder => Field::WorkingDirectory,
        Key::Path | Key::Paths | Key::File | Key::ByPath => Field::Path,
        Key::Branch => Field::Branch,
        Key::Repository => Field::Repository,
        Key::Account => Field::Account,
        Key::Command if frame.array => argument(walk, &frame, index),
        Key::Command => Field::Command,
        Key::Output if shows_file(walk, &frame, index) => Field::Code(walk.language()),
        Key::Output | Key::Result => output(&frame),
        Key::Written if frame.tool == Tool::Write && frame.scene == Scene::Input => {
            Field::Code(walk.language())
        }
        Key::Written => Field::Free,
        Key::Code | Key::Edits | Key::Cells => Field::Code(walk.language()),
        Key::Patch | Key::Hunks => Field::Patch(walk.language()),
        Key::Lines if frame.scene == Scene::Hunk => Field::Patch(walk.language()),
        Key::Lines => Field::Output,
        Key::Script => script(walk, &frame, value),
        Key::Pattern => pattern(&frame),
        Key::Query => query(&frame, value),
        Key::Input => input(&frame, value),
        Key::Prose | Key::Message => {
            if frame.output {
                output(&frame)
            } else {
                words(&frame)
            }
        }
        Key::Said => Field::Answer,
        Key::Text => text(walk, &frame),
        Key::Thinking => thinking(walk, &frame),
        Key::Source => {
            if frame.scene == Scene::Cell {
                Field::Code(cell(walk))
            } else {
                Field::Free
            }
        }
        Key::Data if frame.signed == Some(true) => opaque(value),
        Key::Data => medium::field(walk, value),
        Key::Content => content(walk, &frame),
    }
}

/// A value of the transcript's own structure, if it has the shape; in a tool's input nothing is.
fn structural(frame: &Frame, key: Key, value: &[u8]) -> Field {
    let fits = match key {
        Key::Time => shape::time(value),
        _ if frame.scene == Scene::Input => false,
        Key::Id => shape::id(value),
        Key::Word | Key::Type => shape::word(value),
        Key::Version => shape::version(value),
        _ => shape::model(value),
    };
    if fits { Field::Structural } else { Field::Free }
}

fn opaque(value: &[u8]) -> Field {
    if shape::signature(value) { Field::Opaque } else { Field::Free }
}

/// Programs that take a script after a flag, and its language.
static INTERPRETERS: &[(&[u8], &str)] = &[
    (b"python", "python"),
    (b"python3", "python"),
    (b"node", "javascript"),
    (b"deno", "javascript"),
    (b"bun", "javascript"),
    (b"ruby", "ruby"),
    (b"perl", "perl"),
    (b"php", "php"),
    (b"psql", "sql"),
];

/// One word of a command line that is an array: a script after `-c` or `-e` of an interpreter is code.
fn argument(walk: &Walk<'_>, frame: &Frame, index: usize) -> Field {
    let word = |at: usize| walk.tree.tokens().get(at).map_or(&b""[..], |token| token.bytes(walk.record));
    let flag = matches!(word(index - 1), b"-c" | b"-e" | b"-p" | b"-r" | b"-E" | b"--eval" | b"eval");
    let program = word(frame.start as usize + 1);
    let name = memchr::memrchr(b'/', program).map_or(program, |slash| &program[slash + 1..]);
    let language = INTERPRETERS.iter().find(|(known, _)| *known == name).filter(|_| flag);
    language.map_or(Field::Command, |&(_, language)| Field::Code(language))
}

/// Code where a tool gives or takes it: more than a word.
fn script(walk: &mut Walk<'_>, frame: &Frame, value: &[u8]) -> Field {
    let carries = matches!(frame.scene, Scene::Input | Scene::Result | Scene::Event | Scene::Change);
    let more_than_a_word =
        value.iter().any(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'-' | b'.'));
    if carries && more_than_a_word { Field::Code(walk.language()) } else { Field::Free }
}

/// An expression to search for in code; a glob is none.
fn pattern(frame: &Frame) -> Field {
    let searches =
        frame.scene == Scene::Input && matches!(frame.tool, Tool::Search | Tool::Served | Tool::Other);
    if searches { Field::Code("regex") } else { Field::Free }
}

/// What a server's tool looks for: an expression if it has brackets, bars or equals signs of two kinds, else words.
fn query(frame: &Frame, value: &[u8]) -> Field {
    const SIGNS: [&[u8]; 9] = [b"(", b"{", b"[", b"=", b"|", b" > ", b" < ", b"->", b"$"];
    let asks = frame.scene == Scene::Input && frame.tool == Tool::Served;
    let signs = || SIGNS.iter().filter(|sign| memchr::memmem::find(value, sign).is_some()).count();
    if asks && signs() >= 2 { Field::Code("") } else { Field::Free }
}

/// The input of a tool that takes one string.
fn input(frame: &Frame, value: &[u8]) -> Field {
    let json = value.trim_ascii_start().first().is_some_and(|b| matches!(b, b'{' | b'['));
    match frame.tool {
        _ if json => Field::Free,
        Tool::Patch => Field::Patch(""),
        Tool::Command => Field::Command,
        Tool::Write => Field::Code(""),
        _ => Field::Output,
    }
}

fn text(walk: &mut Walk<'_>, frame: &Frame) -> Field {
    match frame.tool {
        Tool::Read if frame.output => Field::Code(walk.language()),
        Tool::Write if frame.scene == Scene::Input => Field::Code(walk.language()),
        Tool::Served if frame.output && is_resource(walk, frame) => Field::Code(walk.language()),
        // What an editor puts in the place of a range.
        _ if frame.key == Key::Edits => Field::Code(walk.language()),
        _ if frame.output => output(frame),
        _ => words(frame),
    }
}

/// Whether `output`, or the first lines of it, is what a tool gives back that shows files; what went wrong stands under other keys.
fn shows_file(walk: &Walk<'_>, frame: &Frame, index: usize) -> bool {
    let tokens = walk.tree.tokens();
    frame.tool == Tool::Read
        && !frame.array
        && walk
            .tree
            .key(index)
            .is_some_and(|key| matches!(tokens[key].bytes(walk.record), b"output" | b"preview"))
}

/// Whether a text stands beside the address of a source file, as a server gives one back.
fn is_resource(walk: &mut Walk<'_>, frame: &Frame) -> bool {
    let start = frame.start as usize;
    walk.member(start, b"uri").is_some() && walk.own_language().is_some_and(|language| !language.is_empty())
}

/// What a tool gave back.
fn output(frame: &Frame) -> Field {
    if frame.tool == Tool::Served { Field::Answer } else { Field::Output }
}

/// Words: the agent's own, or another's.
fn words(frame: &Frame) -> Field {
    if frame.agent && frame.scene != Scene::Input { Field::Answer } else { Field::Prose }
}

/// Reasoning: signed if a signature stands beside it.
fn thinking(walk: &mut Walk<'_>, frame: &Frame) -> Field {
    if frame.array {
        return Field::Prose;
    }
    let names: [&[u8]; 2] = [b"signature", b"thinkingSignature"];
    let signed = frame.signed.unwrap_or_else(|| {
        let found = names.iter().filter_map(|name| walk.member(frame.start as usize, name));
        found.into_iter().any(|signature| !signature.is_empty() && signature != b"null")
    });
    if let Some(last) = walk.frames.last_mut() {
        last.signed = Some(signed);
    }
    if signed { Field::SignedThinking } else { Field::Prose }
}

fn cell(walk: &mut Walk<'_>) -> &'static str {
    Some(walk.language()).filter(|language| !language.is_empty()).unwrap_or("python")
}

/// `content` is whatever the object around it is about.
fn content(walk: &mut Walk<'_>, frame: &Frame) -> Field {
    let language = walk.language();
    let beside_path = walk.own_language().is_some();
    match frame.scene {
        Scene::File | Scene::Cell | Scene::Change => Field::Code(language),
        Scene::Input if frame.tool == Tool::Write || beside_path => Field::Code(language),
        Scene::Result if matches!(frame.tool, Tool::Write | Tool::Read) => Field::Code(language),
        Scene::Result => output(frame),
        Scene::Message | Scene::Block | Scene::Attachment if frame.output => match frame.tool {
            Tool::Read => Field::Code(language),
            _ => output(frame),
        },
        Scene::Input | Scene::Message | Scene::Block | Scene::Attachment => words(frame),
        _ if beside_path => Field::Code(language),
        _ if frame.output => output(frame),
        _ => Field::Free,
    }
}
