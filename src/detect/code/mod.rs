//! Source code: what fields say is code, what the form of a text says, and what lines look like.
//!
//! Where the agent's format says nothing, a text is read line by line ([`structure`]): fences, patches, here-documents and
//! conflicts by their form; line numbers, file names and prompts apart from what follows them ([`prefix`]); the rest by a
//! classifier of single lines ([`line`]) and what stands around them. In doubt a line is code. An outline, and what is left
//! of lines whose code is gone, is never code again.

mod answer;
mod around;
mod column;
mod command;
mod definition;
pub(super) mod distinct;
mod document;
mod excerpt;
mod fence;
mod firm;
mod form;
mod frame;
mod help;
mod import;
mod interpreter;
mod label;
mod line;
mod listing;
mod machine;
mod marker;
#[cfg(test)]
mod measure;
pub(super) mod mention;
mod message;
mod page;
mod patch;
mod plan;
mod prefix;
mod program;
mod prompt;
mod quote;
mod scan;
mod seen;
mod sentence;
mod settings;
mod shape;
mod shell;
mod signature;
mod span;
mod spoken;
mod sql;
mod statement;
mod step;
mod structure;
mod syscall;
mod tally;
mod terminal;
#[cfg(test)]
mod tests;
mod thrown;
mod told;
mod whole;
mod workflow;

use super::subject::{Hit, Hits, Subject};
use crate::{
    finding::Detail,
    rule::id,
    span::Span,
    transcript::{
        agent::Fields,
        json::Kind,
        text::{Field, Role},
        tree::Tree,
        view::{View, unescape},
    },
};
pub(super) use definition::Definition;
use page::Block;
use terminal::Bare;

/// How deep JSON in JSON is followed.
const MAX_NESTING: usize = 6;

/// The least length of a text in which code is looked for, in bytes.
const LEAST: usize = 4;

/// How a patch begins that Codex applies.
const PATCH: &[u8] = b"*** Begin Patch";

/// How what a command printed begins where it stands in JSON beside an exit code.
const OUTPUT: &[u8] = b"{\"output\"";

/// What stands around a command that a person typed.
const TYPED: (&[u8], &[u8]) = (b"<bash-input>", b"</bash-input>");

/// Finds the code in a text, and the names that it defines. Called once per text, where code is wanted.
pub(crate) fn find(subject: &Subject<'_>, hits: &mut Hits, names: &mut Vec<Definition>) {
    if matches!(subject.role, Role::Key | Role::Number) {
        return;
    }
    let Some(bare) = Bare::of(subject.bytes) else {
        return find_in(subject.bytes, subject, hits, names);
    };
    let mut found = Hits::new();
    find_in(&bare.bytes, subject, &mut found, names);
    hits.extend(found.into_iter().filter_map(|hit| {
        let (start, end) = bare.place(hit.span.start(), hit.span.end())?;
        // Coloured or not, the same code has the same tag.
        let canonical = hit.canonical.or_else(|| Some(bare.bytes[hit.span.range()].to_vec()));
        Some(Hit { span: Span::new(start, end), canonical, ..hit })
    }));
}

/// Finds the code in `bytes`, those of `subject` as a reader sees them.
fn find_in(bytes: &[u8], subject: &Subject<'_>, hits: &mut Hits, names: &mut Vec<Definition>) {
    let mut blocks = Vec::new();
    if subject.role == Role::Plain && !matches!(subject.field, Field::Code(_)) {
        plain_blocks(bytes, &mut blocks, hits);
    } else {
        field_blocks(bytes, subject.field, MAX_NESTING, &mut blocks, hits);
    }
    for block in &mut blocks {
        names.append(&mut block.names);
        push(bytes, block, hits);
    }
}

/// Adds the hits of a block: the outline in the first span, nothing in the others.
fn push(bytes: &[u8], block: &Block, hits: &mut Hits) {
    let Block { language, lines, spans, .. } = block;
    let hit = |&(start, end): &(usize, usize)| Hit::new(id::CODE_BLOCK, start, end, "code");
    let mut rest = spans.iter().filter(|(start, end)| start < end);
    let Some(first) = rest.next() else { return };
    let mut outline = hit(first).detail(Detail::Outline { language, lines: *lines });
    if spans.len() > 1 {
        let whole: Vec<&[u8]> = spans.iter().map(|&(start, end)| &bytes[start..end]).collect();
        outline = outline.canonical(whole.join(&b'\n'));
    }
    hits.push(outline);
    hits.extend(rest.map(|span| hit(span).detail(Detail::Empty)));
}

/// Appends the code in `bytes`, a text of that field, and to `hits` the names of code that stand outside of it.
fn field_blocks(bytes: &[u8], field: Field, nesting: usize, out: &mut Vec<Block>, hits: &mut Hits) {
    let from = out.len();
    match field {
        Field::Code(_) if bytes.starts_with(OUTPUT) && printed_blocks(bytes, field, nesting, out, hits) => {}
        Field::Code(language) => code_blocks(bytes, 0, language, out),
        Field::Patch(language) => patch_blocks(bytes, 0, language, out),
        _ if bytes.len() < LEAST => {}
        Field::Command if bytes.starts_with(PATCH) => patch_blocks(bytes, 0, "", out),
        Field::Command => {
            command::read(bytes, 0, bytes.len(), 0, out);
            mention::find(bytes, &out[from..], hits);
        }
        _ if bytes.starts_with(TYPED.0) => {
            let end = memchr::memmem::find(bytes, TYPED.1).unwrap_or(bytes.len());
            command::read(bytes, TYPED.0.len(), end, 0, out);
            mention::find(bytes, &out[from..], hits);
        }
        Field::Free | Field::Prose | Field::Answer | Field::Output | Field::SignedThinking => {
            let json = Json { at: 0, nesting, over_lines: field == Field::Answer, whole: true };
            if !json_blocks(bytes, json, out, hits) {
                let lines = text_lines(bytes, field == Field::Output);
                words(&lines, bytes, 0, out);
                outside(bytes, &lines, from, nesting, out, hits);
            }
        }
        _ => {}
    }
}

/// Lines outside JSON. One that is JSON all the same stays so.
fn plain_blocks(bytes: &[u8], out: &mut Vec<Block>, hits: &mut Hits) {
    let mut lines = text_lines(bytes, false);
    let mut tree = Tree::default();
    for line in lines.iter_mut().filter(|line| line.verdict != line::Verdict::Told) {
        let json = line.bytes(bytes).trim_ascii();
        if matches!(json.first(), Some(b'{' | b'[' | b'"' | b'0'..=b'9' | b't' | b'f' | b'n'))
            && tree.read(json).is_ok()
        {
            line.verdict = line::Verdict::Firm;
            let json = Json { at: line.start, nesting: MAX_NESTING, over_lines: false, whole: false };
            json_blocks(line.bytes(bytes), json, out, hits);
        }
    }
    words(&lines, bytes, 0, out);
    outside(bytes, &lines, 0, MAX_NESTING, out, hits);
}

/// What a text holds outside the code that `out` has from `from` on: answers in JSON, string by string, and names.
fn outside(
    bytes: &[u8],
    lines: &[page::Line],
    from: usize,
    nesting: usize,
    out: &mut Vec<Block>,
    hits: &mut Hits,
) {
    let answers = answer::all(bytes, lines);
    let found = out.len();
    out.extend(answers.iter().map(|answer| Block { spans: vec![answer.span], ..Block::default() }));
    mention::find(bytes, &out[from..], hits);
    out.truncate(found);
    for answer::Answer { span: (start, end), .. } in answers {
        json_blocks(
            &bytes[start..end],
            Json { at: start, nesting, over_lines: true, whole: false },
            out,
            hits,
        );
    }
}

/// A text that is code from end to end, but for line numbers; `bytes` start at byte `at` of the text.
fn code_blocks(bytes: &[u8], at: usize, language: &'static str, out: &mut Vec<Block>) {
    let lines = page::settle(bytes, |text, lines| prefix::read_code(text, lines, language));
    append(&lines, bytes, at, out);
}

/// What a command printed that shows a file, where it stands in JSON beside an exit code, which stays. Says whether it is so.
fn printed_blocks(bytes: &[u8], field: Field, nesting: usize, out: &mut Vec<Block>, hits: &mut Hits) -> bool {
    let mut tree = Tree::default();
    if nesting == 0 || tree.read(bytes).is_err() {
        return false;
    }
    let printed = tree.member(bytes, 0, b"output").and_then(|index| tree.tokens().get(index));
    let Some(token) = printed.filter(|token| token.kind == Kind::String) else { return false };
    let view = unescape(token.bytes(bytes), token.start as usize);
    let mut inner = Vec::new();
    field_blocks(view.bytes(), field, nesting - 1, &mut inner, hits);
    out.extend(inner.into_iter().map(|block| outward(&view, block, 0)));
    true
}

/// A text that is a patch from end to end.
fn patch_blocks(bytes: &[u8], at: usize, language: &'static str, out: &mut Vec<Block>) {
    let lines = page::settle(bytes, |text, lines| {
        let count = lines.len();
        patch::read(text, lines, 0, count, true, language);
    });
    append(&lines, bytes, at, out);
}

/// A text of which nothing is known.
fn text_blocks(bytes: &[u8], at: usize, out: &mut Vec<Block>) {
    let lines = text_lines(bytes, false);
    words(&lines, bytes, at, out);
    for answer::Answer { span: (start, end), .. } in answer::all(bytes, &lines) {
        let json = Json { at: at + start, nesting: 1, over_lines: true, whole: false };
        json_blocks(&bytes[start..end], json, out, &mut Hits::new());
    }
}

/// Appends the blocks of `lines`, and the code that lines of words quote.
fn words(lines: &[page::Line], bytes: &[u8], at: usize, out: &mut Vec<Block>) {
    append(lines, bytes, at, out);
    let from = out.len();
    if let Some((start, end)) = marker::repeated(bytes) {
        command::read(bytes, start, end, 0, out);
    }
    told::blocks(bytes, lines, out);
    shell::blocks(bytes, lines, out);
    shell::typed(bytes, lines, out);
    span::blocks(bytes, lines, out);
    for block in &mut out[from..] {
        for span in &mut block.spans {
            definition::read(&bytes[span.0..span.1], block.language, &mut block.names);
            *span = (span.0 + at, span.1 + at);
        }
    }
}

/// The lines of a text of which nothing is known but whether a program `printed` it, judged.
fn text_lines(bytes: &[u8], printed: bool) -> Vec<page::Line> {
    page::settle(bytes, |text, lines| {
        let count = lines.len();
        structure::read(text, lines, 0, count, 0);
        if printed {
            whole::read(text, lines);
        } else {
            spoken::read(text, lines);
        }
    })
}

/// Appends the blocks of `lines`, those of `bytes`, which start at byte `at` of the text, with the names that they define.
fn append(lines: &[page::Line], bytes: &[u8], at: usize, out: &mut Vec<Block>) {
    let from = out.len();
    page::blocks(lines, out);
    for block in &mut out[from..] {
        for span in &mut block.spans {
            definition::read(&bytes[span.0..span.1], block.language, &mut block.names);
        }
        // The first byte of `…`.
        if block.spans.iter().any(|&(start, end)| memchr::memchr(0xe2, &bytes[start..end]).is_some()) {
            part_at_gaps(bytes, &mut block.spans);
        }
        for span in &mut block.spans {
            *span = (span.0 + at, span.1 + at);
        }
    }
}

/// Leaves out of `spans` of `bytes` where a client says within a line that something is missing.
fn part_at_gaps(bytes: &[u8], spans: &mut Vec<(usize, usize)>) {
    let mut index = 0;
    while let Some(&(start, end)) = spans.get(index) {
        let gap = marker::gaps(&bytes[start..end]).next();
        index += 1;
        if let Some((from, to)) = gap {
            spans[index - 1].1 = start + from;
            spans.insert(index, (start + to, end));
        }
    }
}

/// How a text is read as JSON.
#[derive(Clone, Copy)]
struct Json {
    /// Where its first byte stands in the whole text.
    at: usize,
    /// How many texts in it may be JSON in turn.
    nesting: usize,
    /// Whether it may go over lines, if it is no configuration.
    over_lines: bool,
    /// Whether it may go as a whole: it is all of a string.
    whole: bool,
}

/// A text that is JSON, on one line or as an answer: its strings one by one. Says whether it is.
fn json_blocks(bytes: &[u8], json: Json, out: &mut Vec<Block>, hits: &mut Hits) -> bool {
    let Json { at, nesting, over_lines, whole } = json;
    let body = bytes.trim_ascii();
    let brackets = matches!((body.first(), body.last()), (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')));
    let lines = body.contains(&b'\n');
    if nesting == 0 || !brackets || lines && !over_lines {
        return false;
    }
    let mut tree = Tree::default();
    if tree.read(bytes).is_err() || lines && answer::is_file(bytes, &tree) {
        return false;
    }
    if whole && answer::is_made(bytes, &tree) {
        let count = memchr::memchr_iter(b'\n', bytes).count() + 1;
        out.push(Block {
            language: "json",
            lines: count,
            spans: vec![(at, at + bytes.len())],
            ..Block::default()
        });
        return true;
    }
    let mut fields = Fields::default();
    fields.read(bytes, &tree);
    for (index, token) in tree.tokens().iter().enumerate() {
        if token.kind == Kind::String && token.start < token.end {
            let view = unescape(token.bytes(bytes), token.start as usize);
            let (mut inner, mut mentions) = (Vec::new(), Hits::new());
            field_blocks(view.bytes(), fields.get(index), nesting - 1, &mut inner, &mut mentions);
            out.extend(inner.into_iter().map(|block| outward(&view, block, at)));
            hits.extend(mentions.into_iter().filter_map(|hit| hit_outward(&view, hit, at)));
        }
    }
    true
}

/// A block of a view as a block of what the view was made from.
fn outward(view: &View<'_>, block: Block, at: usize) -> Block {
    let raw = |&(start, end): &(usize, usize)| view.raw(Span::new(start, end));
    let spans = block.spans.iter().flat_map(raw).map(|span| (span.start() + at, span.end() + at));
    Block { spans: spans.collect(), ..block }
}

/// A name of a view as a name of what the view was made from; `None` if it has no bytes of its own there.
fn hit_outward(view: &View<'_>, hit: Hit, at: usize) -> Option<Hit> {
    let &[span] = &view.raw(hit.span)[..] else { return None };
    Some(Hit { span: Span::new(span.start() + at, span.end() + at), ..hit })
}
