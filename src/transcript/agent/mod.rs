//! What agents' fields mean. All agents nest the same few things (messages, content blocks, tool inputs, results,
//! patches) under keys of their own, so one walk over the tokens serves them all: `key` says what a key means in any
//! agent, `scene` what an object is by where it stands, `value` what a string is by both. What only one agent does
//! is in that agent's file.

mod claude;
mod codex;
mod copilot;
mod key;
pub(crate) mod language;
mod medium;
mod scene;
mod shape;
mod tool;
mod value;

use super::{
    json::{Kind, Token},
    text::Field,
    tree::Tree,
};
use key::Key;
use scene::{Frame, Scene};

/// Objects deeper than this mean nothing to us: no agent nests so deep, and looking around in each level of a hostile
/// nesting would cost its square.
const MAX_DEPTH: usize = 48;

/// What the fields of one record mean: a [`Field`] for some of its tokens, [`Field::Free`] for the rest.
#[derive(Default)]
pub struct Fields {
    /// Sorted by token index.
    known: Vec<(u32, Field)>,
    /// The objects and arrays around the current token, outermost first.
    frames: Vec<Frame>,
}

impl Fields {
    /// The field that token `index` is.
    #[must_use]
    pub fn get(&self, index: usize) -> Field {
        let at = self.known.binary_search_by_key(&(index as u32), |&(i, _)| i);
        at.map_or(Field::Free, |i| self.known[i].1)
    }

    /// The first token that is `field`.
    #[must_use]
    pub fn find(&self, field: Field) -> Option<usize> {
        self.known.iter().find(|&&(_, f)| f == field).map(|&(index, _)| index as usize)
    }

    /// Reads what the fields of `record` mean, reusing this value's memory.
    pub fn read(&mut self, record: &[u8], tree: &Tree) {
        self.known.clear();
        let mut frames = std::mem::take(&mut self.frames);
        frames.clear();
        let mut walk = Walk { record, tree, frames, depth: 0 };
        for (index, token) in tree.tokens().iter().enumerate() {
            let field = walk.step(index, token);
            if field != Field::Free {
                self.known.push((index as u32, field));
            }
        }
        self.frames = walk.frames;
    }
}

/// One pass over a record's tokens.
struct Walk<'a> {
    record: &'a [u8],
    tree: &'a Tree,
    frames: Vec<Frame>,
    /// How many objects and arrays are open, those too deep for a frame too.
    depth: usize,
}

impl<'a> Walk<'a> {
    /// Takes one token and says what it is.
    fn step(&mut self, index: usize, token: &Token) -> Field {
        match token.kind {
            Kind::ObjectStart | Kind::ArrayStart => {
                self.depth += 1;
                if self.depth <= MAX_DEPTH {
                    let frame = self.enter(index, token.kind);
                    self.frames.push(frame);
                }
                Field::Free
            }
            Kind::ObjectEnd | Kind::ArrayEnd => {
                if self.depth <= MAX_DEPTH {
                    self.frames.pop();
                }
                self.depth -= 1;
                Field::Free
            }
            Kind::Literal | Kind::Number => Field::Free,
            Kind::Key | Kind::String if self.depth > MAX_DEPTH => Field::Free,
            Kind::Key if self.frames.last().is_some_and(|f| f.scene == Scene::ByPath) => Field::Path,
            Kind::Key => Field::Free,
            Kind::String => {
                let key = self.key(index);
                value::read(self, key, index)
            }
        }
    }

    /// What the key that value `index` stands under means, in an array that of the array.
    fn key(&self, index: usize) -> Key {
        match self.tree.key(index) {
            Some(key) => Key::of(self.tree.tokens()[key].bytes(self.record)),
            None => self.frames.last().map_or(Key::Other, |frame| frame.key),
        }
    }

    /// The frame of the object or array that starts at token `index`.
    fn enter(&self, index: usize, kind: Kind) -> Frame {
        let key = self.key(index);
        let above = self.frames.last().copied().unwrap_or_default();
        if kind == Kind::ArrayStart {
            return Frame { key, start: index as u32, array: true, ..above };
        }
        scene::enter(self, &above, key, index)
    }

    /// The string or literal under key `name` of the object that starts at token `object`, raw.
    fn member(&self, object: usize, name: &[u8]) -> Option<&'a [u8]> {
        let index = self.tree.member(self.record, object, name)?;
        let token = &self.tree.tokens()[index];
        matches!(token.kind, Kind::String | Kind::Literal).then(|| token.bytes(self.record))
    }

    /// The object under key `name` of the object that starts at token `object`.
    fn object(&self, object: usize, name: &[u8]) -> Option<usize> {
        let index = self.tree.member(self.record, object, name)?;
        (self.tree.tokens()[index].kind == Kind::ObjectStart).then_some(index)
    }

    /// Whether the object that starts at token `object` has one of the keys `names`.
    fn has(&self, object: usize, names: &[&[u8]]) -> bool {
        let tokens = self.tree.tokens();
        let name = |i| self.tree.key(i).map(|key| tokens[key].bytes(self.record));
        self.tree.children(object).filter_map(name).any(|name| names.contains(&name))
    }

    /// The language of what stands in the innermost object, by the path beside it or beside what holds it.
    fn language(&mut self) -> &'static str {
        let near = (0..self.frames.len()).rev().take(6);
        near.filter_map(|at| self.frame_language(at)).next().unwrap_or("")
    }

    /// The language by the path in the innermost object, if there is a path.
    fn own_language(&mut self) -> Option<&'static str> {
        let at = self.frames.iter().rposition(|frame| !frame.array)?;
        self.frame_language(at)
    }

    /// The language by the path in the object of frame `at`, looked for once.
    fn frame_language(&mut self, at: usize) -> Option<&'static str> {
        let frame = self.frames[at];
        if frame.array {
            return None;
        }
        let own = frame.language.unwrap_or_else(|| self.path_language(frame.start as usize));
        self.frames[at].language = Some(own);
        own
    }

    /// The language of the path that is a member of the object that starts at token `object`, if there is one.
    fn path_language(&self, object: usize) -> Option<&'static str> {
        let tokens = self.tree.tokens();
        let path = self
            .tree
            .children(object)
            .find(|&i| tokens[i].kind == Kind::String && matches!(self.key_of(i), Key::Path | Key::File))?;
        let path = tokens[path].bytes(self.record);
        Some(if language::is_plan(path) { language::PLAN } else { language::of_path(path) })
    }

    /// What the key of value `index` means, outside arrays.
    fn key_of(&self, index: usize) -> Key {
        self.tree.key(index).map_or(Key::Other, |key| Key::of(self.tree.tokens()[key].bytes(self.record)))
    }
}

#[cfg(test)]
mod tests;
