//! Many literals searched at once, at a cost that does not grow with their number.

use super::{filter::Filter, grams::Grams};

/// The literals by their numbers.
pub(super) type Literals = Vec<Vec<u8>>;

/// Literals, searched in the way that their lengths allow.
#[derive(Clone, Default)]
pub(super) struct Index {
    literals: Literals,
    /// Those of seven bytes and more.
    long: Grams<4, 4>,
    /// Those of four and more, but the first few.
    short: Grams<1, 4>,
    /// Those of three, and the first few of four and more: where there are no others, they are searched at once.
    shortest: Grams<1, 3>,
    /// The first three bytes of the windows of all those: what is in neither is told by one look.
    gate: Filter<3>,
    /// How many of four and more have been added.
    shorts: usize,
    /// The most bytes that one has.
    most: usize,
    /// Whether one has a backslash in it.
    has_backslash: bool,
}

/// How many literals of four bytes and more are searched together with those of three.
const FEW: usize = 32;

impl Index {
    /// Adds a literal of three bytes or more.
    pub(super) fn add(&mut self, literal: Vec<u8>) {
        let number = self.literals.len();
        self.most = self.most.max(literal.len());
        self.has_backslash |= literal.contains(&b'\\');
        match literal.len() {
            0..3 => {}
            3 => {
                let window = self.shortest.add(&literal, number);
                self.gate.add(window);
            }
            4..7 => {
                self.shorts += 1;
                let window = match self.shorts <= FEW {
                    true => self.shortest.add(&literal, number),
                    false => self.short.add(&literal, number),
                };
                self.gate.add(window);
            }
            7.. => {
                self.long.add(&literal, number);
            }
        }
        self.literals.push(literal);
    }

    /// Uses up a number, for a literal that need not be searched.
    pub(super) fn skip(&mut self) {
        self.literals.push(Vec::new());
    }

    /// The most bytes that a literal has.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Whether a literal has a backslash in it.
    pub(super) fn has_backslash(&self) -> bool {
        self.has_backslash
    }

    /// Whether these bytes may be a literal, all of them.
    pub(super) fn may_be(&self, bytes: &[u8]) -> bool {
        self.long.may_be(bytes) || self.short.may_be(bytes) || self.shortest.may_be(bytes)
    }

    /// Calls `found` with the number, the start and the end of every literal in `text`, in no particular order, perhaps
    /// twice.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        self.long.find(text, &self.literals, &mut found);
        if self.shorts <= FEW {
            self.shortest.find(text, &self.literals, &mut found);
        } else {
            self.gate.find::<1>(text, |at| {
                self.short.find_at(text, at, &self.literals, &mut found);
                self.shortest.find_at(text, at, &self.literals, &mut found);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_literal_is_found_among_others_of_any_length(
            some in prop::collection::btree_set("[a-e]{11,30}", 1..6),
            others in prop::collection::btree_set("[a-e]{3,12}", 0..6),
            before in "[a-e ]{0,17}",
        ) {
            let mut index = Index::default();
            let all: Vec<String> = some.into_iter().chain(others).collect();
            for (count, literal) in all.iter().enumerate() {
                index.add(literal.clone().into_bytes());
                for (number, wanted) in all[..=count].iter().enumerate() {
                    let text = format!("{before}{wanted} e");
                    let mut found = Vec::new();
                    index.find(text.as_bytes(), |number, start, end| found.push((number, start, end)));
                    prop_assert!(found.contains(&(number, before.len(), before.len() + wanted.len())), "{wanted}");
                }
            }
        }
    }
}
