//! Messages in memory that stand in the session's files word for word: what the search of the files says of those holds
//! for them too.
//!
//! The client writes to disk what it has in memory, so nearly all of it is there twice. Values are compared by their
//! hashes, with the keys that they stand under; what a value is depends on no other record.

use crate::transcript::{json::Kind, tree::Tree};
use rayon::prelude::*;
use std::{collections::HashSet, ops::Range};

/// Bytes that a thread takes at a time.
const SHARE: usize = 1 << 20;

/// The key of a row's message.
const MESSAGE: &[u8] = b"message";

/// A value with its key, as a hash.
type Print = [u8; 16];

/// Values of rows, and whole messages.
#[derive(Default)]
struct Rows {
    /// Members of rows.
    members: HashSet<Print>,
    /// Messages, whatever they stand under.
    messages: HashSet<Print>,
}

/// The lines of `messages` without what stands in `files` too: a message all of which does is left out, one whose objects,
/// arrays and texts do keeps the rest, and any other stays as it is.
pub(super) fn only_in_memory(messages: &[u8], files: &[&[u8]]) -> Vec<u8> {
    let shares: Vec<&[u8]> = files.iter().flat_map(|bytes| cut(bytes)).collect();
    let rows = shares.par_iter().map(|share| Rows::of(share)).reduce(Rows::default, Rows::with);
    let kept: Vec<Vec<u8>> = cut(messages).par_iter().map(|share| rows.without(share)).collect();
    kept.concat()
}

impl Rows {
    /// What the rows of a stretch of a file hold.
    fn of(bytes: &[u8]) -> Self {
        let mut rows = Self::default();
        let mut tree = Tree::default();
        for line in bytes.split(|b| *b == b'\n') {
            for member in members(line, &mut tree) {
                rows.members.insert(print(member.key, member.value));
                if member.key == MESSAGE {
                    rows.messages.insert(print(b"", member.value));
                }
            }
        }
        rows
    }

    fn with(mut self, other: Self) -> Self {
        self.members.extend(other.members);
        self.messages.extend(other.messages);
        self
    }

    /// The lines of `messages` that hold anything else, and of each what must be searched.
    fn without(&self, messages: &[u8]) -> Vec<u8> {
        let (mut out, mut tree) = (Vec::new(), Tree::default());
        for line in messages.split_inclusive(|b| *b == b'\n') {
            let row = line.trim_ascii();
            if !self.messages.contains(&print(b"", row)) {
                self.rest(row, line, &mut tree, &mut out);
            }
        }
        out
    }

    /// Appends what of a message must be searched.
    fn rest(&self, row: &[u8], line: &[u8], tree: &mut Tree, out: &mut Vec<u8>) {
        let members = members(row, tree);
        let is_new = |member: &Member<'_>| !self.members.contains(&print(member.key, member.value));
        let new: Vec<bool> = members.iter().map(is_new).collect();
        let says_more = members.iter().zip(&new).any(|(member, new)| *new && member.is_large);
        if members.is_empty() || says_more {
            out.extend_from_slice(line);
        } else if new.contains(&true) {
            let mut from = 0;
            for member in members.iter().filter(|member| member.is_large) {
                out.extend_from_slice(&row[from..member.place.start]);
                out.extend_from_slice(b"null");
                from = member.place.end;
            }
            out.extend_from_slice(&row[from..]);
            out.push(b'\n');
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

fn print(key: &[u8], value: &[u8]) -> Print {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(key.len() as u64).to_le_bytes()).update(key).update(value);
    let mut print = [0; 16];
    print.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    print
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
