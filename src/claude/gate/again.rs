//! Messages in memory that stand in the session's files word for word: what the search of the files says of those holds
//! for them too.
//!
//! The client writes to disk what it has in memory, so nearly all of it is there twice. Values are compared with the keys
//! that they stand under; what a value is depends on no other record.

use crate::transcript::{json::Kind, tree::Tree};
use foldhash::HashMap;
use rayon::prelude::*;
use std::{
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

/// Bytes that a thread takes at a time.
const SHARE: usize = 1 << 20;

/// The key of a row's message.
const MESSAGE: &[u8] = b"message";

/// A message in memory.
struct Message<'a> {
    /// Its line.
    line: &'a [u8],
    /// The members of its object; none if it is none.
    members: Vec<Member<'a>>,
}

/// What is asked of the files: each value once, and whether it was met.
#[derive(Default)]
struct Asked<'a> {
    /// Members: keys and values, with their number.
    members: HashMap<(&'a [u8], &'a [u8]), usize>,
    /// Whole messages, with their number.
    messages: HashMap<&'a [u8], usize>,
    met: Vec<AtomicBool>,
}

/// The lines of `messages` without what stands in `files` too: a message all of which does is left out, one whose objects,
/// arrays and texts do keeps the rest, and any other stays as it is.
pub(super) fn only_in_memory(messages: &[u8], files: &[&[u8]]) -> Vec<u8> {
    if messages.is_empty() {
        return Vec::new();
    }
    let messages: Vec<Vec<Message<'_>>> = cut(messages).par_iter().map(|share| read(share)).collect();
    let asked = Asked::by(messages.iter().flatten());
    let shares: Vec<&[u8]> = files.iter().flat_map(|bytes| cut(bytes)).collect();
    shares.par_iter().for_each(|share| asked.look_in(share));
    let mut out = Vec::new();
    messages.iter().flatten().for_each(|message| asked.rest(message, &mut out));
    out
}

/// The messages of a stretch of lines.
fn read(bytes: &[u8]) -> Vec<Message<'_>> {
    let mut tree = Tree::default();
    let lines = bytes.split_inclusive(|b| *b == b'\n');
    lines.map(|line| Message { line, members: members(line, &mut tree) }).collect()
}

impl<'a> Asked<'a> {
    /// What is to be asked for these messages.
    fn by<'m>(messages: impl Iterator<Item = &'m Message<'a>>) -> Self
    where
        'a: 'm,
    {
        let mut asked = Self::default();
        let mut count = 0;
        for message in messages {
            let mut number = || {
                count += 1;
                count - 1
            };
            asked.messages.entry(message.line.trim_ascii()).or_insert_with(&mut number);
            for member in &message.members {
                asked.members.entry((member.key, member.value)).or_insert_with(&mut number);
            }
        }
        asked.met.resize_with(count, AtomicBool::default);
        asked
    }

    /// Notes what a stretch of a file holds of it.
    fn look_in(&self, bytes: &[u8]) {
        let mut tree = Tree::default();
        let meet = |number: Option<&usize>| {
            if let Some(&number) = number {
                self.met[number].store(true, Ordering::Relaxed);
            }
        };
        for line in bytes.split(|b| *b == b'\n') {
            for member in members(line, &mut tree) {
                meet(self.members.get(&(member.key, member.value)));
                if member.key == MESSAGE {
                    meet(self.messages.get(member.value));
                }
            }
        }
    }

    fn was_met(&self, number: Option<&usize>) -> bool {
        number.is_some_and(|&number| self.met[number].load(Ordering::Relaxed))
    }

    /// Appends what of a message must be searched.
    fn rest(&self, message: &Message<'_>, out: &mut Vec<u8>) {
        let Message { line, members } = message;
        let row = line.trim_ascii();
        if self.was_met(self.messages.get(row)) {
            return;
        }
        let is_new = |member: &Member<'_>| !self.was_met(self.members.get(&(member.key, member.value)));
        let new: Vec<bool> = members.iter().map(is_new).collect();
        let says_more = members.iter().zip(&new).any(|(member, new)| *new && member.is_large);
        if members.is_empty() || says_more {
            out.extend_from_slice(line);
        } else if new.contains(&true) {
            let mut from = 0;
            for member in members.iter().filter(|member| member.is_large) {
                out.extend_from_slice(&line[from..member.place.start]);
                out.extend_from_slice(b"null");
                from = member.place.end;
            }
            out.extend_from_slice(&line[from..]);
        }
    }
}

/// A member of a row.
struct Member<'a> {
    key: &'a [u8],
    value: &'a [u8],
    place: Range<usize>,
    /// Whether it is an object, an array or a text of more than a few words.
    is_large: bool,
}

/// The least length of a text that is no name, id or time, in bytes.
const TEXT: usize = 256;

/// The members of the object that a line is; none if it is none.
fn members<'a>(line: &'a [u8], tree: &mut Tree) -> Vec<Member<'a>> {
    if tree.read(line).is_err() || tree.tokens().first().is_none_or(|token| token.kind != Kind::ObjectStart) {
        return Vec::new();
    }
    let member = |at: usize| {
        let place = tree.extent(at);
        let kind = tree.tokens()[at].kind;
        let is_large = matches!(kind, Kind::ObjectStart | Kind::ArrayStart) || place.len() >= TEXT;
        Some(Member {
            key: tree.tokens()[tree.key(at)?].bytes(line),
            value: &line[place.clone()],
            place,
            is_large,
        })
    };
    tree.children(0).filter_map(member).collect()
}

/// Shares of lines.
fn cut(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest.get(SHARE..).unwrap_or_default());
        let (share, after) = rest.split_at(end.map_or(rest.len(), |end| SHARE + end + 1));
        out.push(share);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_file_too_is_left_out() {
        let file = "{\"type\":\"user\",\"message\":{\"content\":\"a\"},\"cwd\":\"/w\",\"n\":1}\n\
                    {\"message\":{\"content\":[\"b\"]},\"toolUseResult\":{\"stdout\":\"c\"},\"uuid\":\"u1\"}\ntorn";
        for (memory, left) in [
            // A whole message, with its row and without.
            ("{\"message\":{\"content\":\"a\"},\"cwd\":\"/w\"}\n", ""),
            ("{\"content\":[\"b\"]}\n", ""),
            // What the row says besides is searched.
            ("{\"message\":{\"content\":\"a\"},\"cwd\":\"/x\"}\n", "{\"message\":null,\"cwd\":\"/x\"}\n"),
            (
                "{\"uuid\":\"u2\",\"message\":{\"content\":[\"b\"]},\"toolUseResult\":{\"stdout\":\"c\"}}\n",
                "{\"uuid\":\"u2\",\"message\":null,\"toolUseResult\":null}\n",
            ),
            // Another text, another key, another spelling.
            ("{\"message\":{\"content\":\"A\"}}\n", "{\"message\":{\"content\":\"A\"}}\n"),
            ("{\"other\":{\"content\":\"a\"}}\n", "{\"other\":{\"content\":\"a\"}}\n"),
            ("{\"message\":{\"content\": \"a\"}}\n", "{\"message\":{\"content\": \"a\"}}\n"),
            ("[1]\n\"torn\"\ntorn\n", "[1]\n\"torn\"\ntorn\n"),
        ] {
            let got = only_in_memory(memory.as_bytes(), &[b"{}", file.as_bytes()]);
            assert_eq!(String::from_utf8(got).unwrap(), left, "{memory}");
        }
    }
}
