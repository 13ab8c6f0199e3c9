//! Many literals searched at once, at a cost that does not grow with their number.

use super::{
    grams::{self, Grams},
    words::Words,
};

/// The literals by their numbers.
pub(super) type Literals = Vec<Vec<u8>>;

/// Literals, searched in the way that their lengths allow.
#[derive(Default)]
pub(super) struct Index {
    literals: Literals,
    /// The longer ones.
    grams: Grams,
    /// The shorter ones.
    words: Words,
}

impl Index {
    /// Adds a literal; gives its number.
    pub(super) fn add(&mut self, literal: Vec<u8>) {
        let number = self.literals.len();
        if literal.len() >= grams::LEAST {
            self.grams.add(&literal, number);
        } else {
            self.words.add(&literal, number);
        }
        self.literals.push(literal);
    }

    /// Uses up a number, for a literal that need not be searched.
    pub(super) fn skip(&mut self) {
        self.literals.push(Vec::new());
    }

    /// Calls `found` with the number, the start and the end of every literal in `text` that begins with a word or behind
    /// what may be an escape; the longer ones also elsewhere. In no particular order, perhaps twice.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        self.grams.find(text, &self.literals, &mut found);
        self.words.find(text, &self.literals, &mut found);
    }
}
