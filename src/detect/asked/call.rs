//! Calls of tools in the raw bytes of a record: the commands and files that they name, and the ids by which a later record
//! answers them.

use super::{Asked, is_said, of_file, of_script, order::is_message, secret::may_ask};
use crate::detect::{Wanted, probe};
use crate::{
    rule::Class,
    transcript::{agent::Fields, json::Kind, text::Field, tree::Tree},
};
use memchr::memmem::Finder;
use std::{ops::Range, sync::LazyLock};

/// Longest command that is looked at, in raw bytes: of a longer one, its start.
const LONGEST: usize = 2048;

/// How many objects around a command may hold the id of its call.
const AROUND: usize = 4;

/// Shortest id, in bytes: a shorter one is a number that another session has too.
const SHORTEST: usize = 8;

/// A question in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Question {
    /// Where the name of its member stands in the raw record.
    pub(in crate::detect) at: usize,
    /// What it asks for.
    pub(in crate::detect) asked: Asked,
}

/// The questions of a raw record that are of a class that is wanted; `at` are the places of names that may be those of
/// commands and paths, in order.
pub(in crate::detect) fn questions(
    record: &[u8],
    at: impl Iterator<Item = usize>,
    wanted: Wanted,
) -> Vec<Question> {
    let all = wanted.has(Class::Identity) || wanted.has(Class::Code);
    let question = |at: usize| {
        let value = value_at(record, at).filter(|value| all || may_ask(&record[value.raw.clone()]))?;
        let text = value.text(record);
        let path = matches!(record[at], b'_' | b'l' | b'L');
        let asked = if path { of_file(&text, wanted) } else { of_script(&text, wanted) };
        asked.map(|asked| Question { at, asked })
    };
    at.filter_map(question).collect()
}

/// Where the names of members may stand that hold commands and paths.
pub(in crate::detect) fn places(record: &[u8]) -> impl Iterator<Item = usize> {
    static STEMS: LazyLock<[Finder<'static>; 5]> =
        LazyLock::new(|| ["mmand", "cmd", "_path", "lePath", "<bash-input>"].map(Finder::new));
    STEMS.iter().flat_map(move |stem| stem.find_iter(record))
}

/// The value of a member in a raw record.
struct Value {
    /// Its bytes, without the quotes or brackets around them.
    raw: Range<usize>,
    /// How many backslashes stand before each of its quotes: 0 in JSON, 1 in a text of JSON.
    depth: usize,
    /// Whether it is an array.
    array: bool,
}

impl Value {
    /// Its text; of an array the script behind `-c`, or all elements with blanks between.
    fn text(&self, record: &[u8]) -> Vec<u8> {
        let mut text = record[self.raw.clone()].to_vec();
        for _ in 0..(self.depth + 1).ilog2() + u32::from(!self.array) {
            let mut next = Vec::with_capacity(text.len());
            probe::unescape(&text, &mut next);
            text = next;
        }
        if !self.array {
            return text;
        }
        let elements = serde_json::from_slice::<Vec<String>>(&[b"[", &text[..], b"]"].concat());
        let line = elements.map_or_else(|_| text, |elements| elements.join(" ").into_bytes());
        let flags = [&b" -c "[..], b" -lc ", b" -ic ", b" -Command ", b" /c "];
        let ends = flags.iter().filter_map(|flag| Some(memchr::memmem::find(&line, flag)? + flag.len()));
        let from = ends.min().unwrap_or(0);
        line[from..].to_vec()
    }
}

/// The value to which byte `at` leads: the tag of what a user had a shell do, or the name of a member.
fn value_at(record: &[u8], at: usize) -> Option<Value> {
    let Some(rest) = record[at..].strip_prefix(b"<bash-input>") else { return member(record, at) };
    let len = memchr::memmem::find(&rest[..rest.len().min(LONGEST)], b"</bash-input>")?;
    let start = record.len() - rest.len();
    Some(Value { raw: start..start + len, depth: 0, array: false })
}

/// The value of the member in whose name byte `at` is; of one that is long, its start.
fn member(record: &[u8], at: usize) -> Option<Value> {
    let name = record[at..].iter().take(16).take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
    let depth = slashes(&record[at + name..]);
    let rest = record[at + name + depth..].strip_prefix(b"\"")?;
    let rest = blanks(blanks(rest).strip_prefix(b":")?);
    let at = record.len() - rest.len();
    let end = record.len().min(at + LONGEST);
    if rest.first() == Some(&b'[') {
        // A bracket within an element (`[ -f x ]`) has no quote of the array's own before it.
        let closes = |&close: &usize| {
            let before = record[at..close].trim_ascii_end().strip_suffix(b"\"").unwrap_or_default();
            before.iter().rev().take_while(|b| **b == b'\\').count() == depth && !before.is_empty()
        };
        let close = memchr::memchr_iter(b']', &record[at..end]).map(|len| at + len).find(closes);
        return Some(Value { raw: at + 1..close.unwrap_or(end), depth, array: true });
    }
    if slashes(rest) != depth || rest.get(depth) != Some(&b'"') {
        return None;
    }
    let start = at + depth + 1;
    let closes = |&quote: &usize| {
        let before = record[start..quote].iter().rev().take_while(|b| **b == b'\\').count();
        if depth == 0 { before % 2 == 0 } else { before == depth }
    };
    let close =
        memchr::memchr_iter(b'"', &record[start..end.max(start)]).map(|quote| start + quote).find(closes);
    Some(Value { raw: start..close.map_or(end.max(start), |close| close - depth), depth, array: false })
}

/// `rest` without the blanks that it begins with, up to eight.
fn blanks(rest: &[u8]) -> &[u8] {
    &rest[rest.iter().take(8).take_while(|b| b.is_ascii_whitespace()).count()..]
}

/// How many backslashes `rest` begins with.
fn slashes(rest: &[u8]) -> usize {
    rest.iter().take_while(|b| **b == b'\\').count()
}

/// Whether a key names the id of a call.
fn is_call(key: &[u8]) -> bool {
    matches!(
        key,
        b"callID"
            | b"callId"
            | b"call_id"
            | b"toolCallId"
            | b"toolUseID"
            | b"toolUseId"
            | b"tool_call_id"
            | b"tool_use_id"
    )
}

/// The id of the call that the token `index` belongs to, raw, and whether it is that of the record: of what a user had a
/// shell do, it is.
pub(in crate::detect) fn id<'r>(record: &'r [u8], tree: &Tree, index: usize) -> Option<(&'r [u8], bool)> {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    if tree.tokens().get(index).is_some_and(|token| token.bytes(record).starts_with(b"<bash-input>")) {
        let id = tree.member(record, 0, b"uuid").map(bytes).filter(|id| id.len() >= SHORTEST);
        return id.map(|id| (id, true));
    }
    let objects = std::iter::successors(tree.parent(index), |&holder| tree.parent(holder));
    objects.filter(|&holder| tree.tokens()[holder].kind == Kind::ObjectStart).take(AROUND).find_map(
        |object| {
            let named = |key: &dyn Fn(&[u8]) -> bool| {
                let mut members = tree.children(object);
                members.find(|&member| {
                    tree.tokens()[member].kind == Kind::String
                        && tree.key(member).is_some_and(|k| key(bytes(k)))
                })
            };
            let id = bytes(named(&is_call).or_else(|| named(&|key| key == b"id"))?);
            (id.len() >= SHORTEST).then_some((id, false))
        },
    )
}

/// Whether a record tells of one call alone.
pub(in crate::detect) fn is_only(record: &[u8], tree: &Tree) -> bool {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let named = |&index: &usize| {
        tree.tokens()[index].kind == Kind::String && tree.key(index).is_some_and(|key| is_call(bytes(key)))
    };
    let mut ids = (0..tree.tokens().len()).filter(named).map(bytes);
    let first = ids.next();
    ids.all(|id| Some(id) == first)
}

/// The object whose texts answer the call whose id is the token `index`, and whether it follows what a user had a shell do:
/// the one around it, or all of the record if `only` says that it answers no other, or if it follows so.
pub(in crate::detect) fn answering(
    record: &[u8],
    tree: &Tree,
    index: usize,
    only: bool,
) -> Option<(usize, bool)> {
    let key = tree.tokens()[tree.key(index)?].bytes(record);
    let follows = key == b"parentUuid";
    let call = is_call(key);
    let whole = follows || call && only;
    let object = if whole { Some(0) } else { tree.parent(index).filter(|_| call || key == b"id") };
    let object = object.filter(|&object| tree.tokens()[object].kind == Kind::ObjectStart)?;
    Some((object, follows))
}

/// The texts of `object` that answer a call. A record that follows what a user had a shell do tells its answer in a tag.
pub(in crate::detect) fn answers(
    record: &[u8],
    tree: &Tree,
    object: usize,
    follows: bool,
) -> impl Iterator<Item = usize> {
    let text = move |&i: &usize| {
        tree.tokens()[i].kind == Kind::String
            && tree.tokens()[i].bytes(record).starts_with(b"<bash-stdout>") == follows
    };
    (object + 1..tree.close(object)).filter(text)
}

/// The texts of a record that tell what was asked for in talk: a person's words, or what an agent types.
pub(in crate::detect) fn tellings(
    record: &[u8],
    tree: &Tree,
    fields: &Fields,
    typed: bool,
) -> impl Iterator<Item = usize> {
    const TYPED: [&[u8]; 8] = [b"chars", b"data", b"input", b"keys", b"line", b"stdin", b"text", b"value"];
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let kind = tree.member(record, 0, b"type").map(bytes);
    let whose = if typed { &b"assistant"[..] } else { b"user" };
    let other = kind != Some(whose) && !typed && is_said(record);
    let last = if other || kind == Some(whose) { tree.tokens().len() } else { 0 };
    let said = move |index: usize| {
        let message = || tree.key(index).is_some_and(|key| is_message(bytes(key)));
        fields.get(index) == Field::Prose || fields.get(index) == Field::Free && message()
    };
    let keyed = move |index: usize| tree.key(index).is_some_and(|key| TYPED.contains(&bytes(key)));
    (0..last).filter(move |&index| {
        tree.tokens()[index].kind == Kind::String
            && if typed { keyed(index) && fields.get(index) != Field::Answer } else { said(index) }
    })
}

/// What a user's shell printed, within its tag.
pub(in crate::detect) fn tagged(text: &[u8]) -> Option<Range<usize>> {
    let rest = text.strip_prefix(b"<bash-stdout>")?;
    let start = text.len() - rest.len();
    Some(start..start + memchr::memmem::find(rest, b"</bash-stdout>").unwrap_or(rest.len()))
}

/// Whether the text `index` is the content of a message that has the role of a tool.
pub(in crate::detect) fn is_said_by_tool(record: &[u8], tree: &Tree, index: usize) -> bool {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let role = |object| tree.member(record, object, b"role").map(bytes);
    tree.key(index).is_some_and(|key| bytes(key) == b"content")
        && tree.parent(index).and_then(role).is_some_and(|role| matches!(role, b"tool" | b"function"))
}
