//! A record's tokens as a tree: which key a value stands under, which object holds it.

use super::{
    json::{Kind, NotJson, Token, tokenize},
    recent,
};

/// No token.
const NONE: u32 = u32::MAX;

/// The tokens of one record with the links between them.
#[derive(Default)]
pub struct Tree {
    /// The tokens, as [`super::json::tokenize`] gives them.
    tokens: Vec<Token>,
    /// For each token the start of the object or array that holds it.
    parent: Vec<u32>,
    /// For each value the key it stands under.
    key: Vec<u32>,
    /// For each value the nearest key above it: its own, or that of what holds it.
    nearest_key: Vec<u32>,
    /// For each start of an object or array the index after its end; for other tokens the next index.
    after: Vec<u32>,
}

impl Tree {
    /// Reads one JSON value, reusing this tree's memory.
    ///
    /// # Errors
    /// [`NotJson`] if `bytes` is not one JSON value.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), NotJson> {
        self.read_by(bytes, tokenize)
    }

    /// The same of a record, which may have been read before.
    ///
    /// # Errors
    /// As there.
    pub fn read_record(&mut self, record: &[u8]) -> Result<(), NotJson> {
        self.read_by(record, recent::tokenize)
    }

    fn read_by(
        &mut self,
        bytes: &[u8],
        tokenize: fn(&[u8], &mut Vec<Token>) -> Result<(), NotJson>,
    ) -> Result<(), NotJson> {
        for links in [&mut self.parent, &mut self.key, &mut self.nearest_key, &mut self.after] {
            links.clear();
        }
        tokenize(bytes, &mut self.tokens)?;
        self.link();
        Ok(())
    }

    /// The tokens, in the order of the bytes.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The index of the object or array that holds token `index`.
    #[must_use]
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.parent.get(index).filter(|&&p| p != NONE).map(|&p| p as usize)
    }

    /// The index of the key that value `index` stands under.
    #[must_use]
    pub fn key(&self, index: usize) -> Option<usize> {
        self.key.get(index).filter(|&&k| k != NONE).map(|&k| k as usize)
    }

    /// The nearest key above token `index`: its own, or that of the array or object around it.
    #[must_use]
    pub fn nearest_key(&self, index: usize) -> Option<usize> {
        self.nearest_key.get(index).filter(|&&k| k != NONE).map(|&k| k as usize)
    }

    /// The last value under key `name` (raw bytes, as written) of the object that starts at token `object`.
    #[must_use]
    pub fn member(&self, record: &[u8], object: usize, name: &[u8]) -> Option<usize> {
        self.children(object)
            .filter(|&i| self.key(i).is_some_and(|k| self.tokens[k].bytes(record) == name))
            .last()
    }

    /// The values directly in the object or array that starts at token `container`, in order; no keys.
    pub fn children(&self, container: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = container + 1;
        std::iter::from_fn(move || {
            loop {
                let index = next;
                let token = self.tokens.get(index)?;
                if self.parent.get(index).copied() != Some(container as u32) {
                    return None;
                }
                next = self.after[index] as usize;
                match token.kind {
                    Kind::Key => {}
                    Kind::ObjectEnd | Kind::ArrayEnd => return None,
                    _ => return Some(index),
                }
            }
        })
    }

    /// The bytes of value `index`, its quotes or brackets counted.
    #[must_use]
    pub fn extent(&self, index: usize) -> std::ops::Range<usize> {
        let token = &self.tokens[index];
        let (start, end) = (token.start as usize, token.end as usize);
        match token.kind {
            Kind::String | Kind::Key => start - 1..end + 1,
            Kind::ObjectStart | Kind::ArrayStart => start..self.tokens[self.close(index)].end as usize,
            _ => start..end,
        }
    }

    /// The token that closes the object or array that starts at token `index`.
    #[must_use]
    pub fn close(&self, index: usize) -> usize {
        self.after[index] as usize - 1
    }

    fn link(&mut self) {
        let (mut holder, mut key) = (NONE, NONE);
        for (i, token) in self.tokens.iter().enumerate() {
            self.parent.push(holder);
            self.after.push(i as u32 + 1);
            let own_key = std::mem::replace(&mut key, NONE);
            self.key.push(own_key);
            let inherited = self.nearest_key.get(holder as usize).copied().unwrap_or(NONE);
            self.nearest_key.push(if own_key == NONE { inherited } else { own_key });
            match token.kind {
                Kind::Key => key = i as u32,
                Kind::ObjectStart | Kind::ArrayStart => holder = i as u32,
                Kind::ObjectEnd | Kind::ArrayEnd => {
                    if let Some(after) = self.after.get_mut(holder as usize) {
                        *after = i as u32 + 1;
                    }
                    holder = self.parent.get(holder as usize).copied().unwrap_or(NONE);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_members_and_keys_however_deep() {
        let record = br#"{"a":{"x":[{"k":"1"},"2"],"y":"3"},"b":"4","b":"5"}"#;
        let mut tree = Tree::default();
        tree.read(record).unwrap();
        let text = |i: usize| std::str::from_utf8(tree.tokens()[i].bytes(record)).unwrap();
        let a = tree.member(record, 0, b"a").unwrap();
        let x = tree.member(record, a, b"x").unwrap();
        assert_eq!(text(tree.member(record, a, b"y").unwrap()), "3");
        assert_eq!(text(tree.member(record, 0, b"b").unwrap()), "5", "the last of equal keys counts");
        let in_x: Vec<_> = tree.children(x).collect();
        assert_eq!(in_x.len(), 2);
        assert_eq!(text(tree.nearest_key(in_x[1]).unwrap()), "x");
        let k = tree.children(in_x[0]).next().unwrap();
        assert_eq!((text(k), text(tree.key(k).unwrap())), ("1", "k"));
        assert_eq!(&record[tree.extent(x)], br#"[{"k":"1"},"2"]"#);
        assert_eq!((&record[tree.extent(k)], tree.extent(0)), (&br#""1""#[..], 0..record.len()));
    }
}
