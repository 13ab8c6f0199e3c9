//! Candidates: cheap hints, over raw or decoded bytes, that a rule may match here.
//!
//! A scan never misses what a detector would take: on raw bytes it sees through JSON escapes of any depth, or says that
//! the text must be decoded ([`Kind::Escape`]). What is no candidate costs nothing further.

mod anchors;

use aho_corasick::AhoCorasick;

/// What a candidate may be the start of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A run of token characters that starts as some format does; `at` is its first byte.
    Token,
    /// A run of token characters that looks random and starts as no format does.
    Random,
    /// A word that may name a secret: `password`, `token`, `key`, …
    Word,
    /// `://`
    Url,
    /// `@`
    At,
    /// `-----BEGIN` or `PRIVATE KEY`, or a body without header.
    Pem,
    /// A home directory in any spelling.
    Home,
    /// Digits that may be a card, a phone, an address.
    Digits,
    /// A carrier of names: `Author:`, `Signed-off-by:`, …
    Carrier,
    /// Base64, hexadecimal or percent-encoded bytes that decode to text.
    Encoded,
    /// An escaped character that may hide any of the others; the text must be decoded.
    Escape,
    /// A colour code or a character without width.
    Invisible,
}

/// A hint: something of `kind` may start at byte `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Byte offset in the scanned bytes.
    pub at: usize,
    /// What it may be.
    pub kind: Kind,
}

/// Finds candidates. Built once, shared by all threads.
pub struct Scanner {
    anchors: AhoCorasick,
}

impl Scanner {
    /// A scanner for every kind.
    #[must_use]
    pub fn new() -> Self {
        let literals = anchors::ANCHORS.iter().map(|&(literal, _)| literal);
        let anchors = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(literals)
            .expect("the anchors are few and short");
        Self { anchors }
    }

    /// Appends the candidates of `bytes`, sorted by offset.
    pub fn scan(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        for found in self.anchors.find_overlapping_iter(bytes) {
            out.push(Candidate { at: found.start(), kind: anchors::ANCHORS[found.pattern().as_usize()].1 });
        }
        out.sort_by_key(|candidate| candidate.at);
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}
