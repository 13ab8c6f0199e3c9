//! A place in a line of code, going forward.

use super::definition::is_letter;

/// A line and how much of it was read.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    /// The line.
    pub(super) line: &'a [u8],
    /// The next byte.
    pub(super) at: usize,
}

impl<'a> Scan<'a> {
    /// The start of `line`.
    pub(super) fn new(line: &'a [u8]) -> Self {
        Self { line, at: 0 }
    }

    /// The same line at byte `at`.
    pub(super) fn back(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.line[self.at..]
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    /// Goes over blanks.
    pub(super) fn blanks(&mut self) {
        self.at += self.rest().iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    }

    /// Goes over `text`, if it comes next.
    pub(super) fn eat(&mut self, text: &[u8]) -> bool {
        let next = self.rest().starts_with(text);
        self.at += if next { text.len() } else { 0 };
        next
    }

    /// Goes over `word` and what parts it from a name, a blank or a dot.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let behind = self.rest().strip_prefix(word.as_bytes()).and_then(<[u8]>::first);
        let next = behind.is_some_and(|b| matches!(b, b' ' | b'.'));
        self.at += if next { word.len() + 1 } else { 0 };
        next
    }

    /// Reads a word; empty if none comes next.
    pub(super) fn word(&mut self) -> &'a [u8] {
        let from = self.at;
        self.at += self.rest().iter().take_while(|&&b| is_letter(b)).count();
        &self.line[from..self.at]
    }

    /// Reads names that dots, colons and the like join: `acme::Policy.bind`, and Lisp's with dashes.
    pub(super) fn chain(&mut self) -> &'a [u8] {
        let from = self.at;
        let joins = |b: u8| matches!(b, b'.' | b':' | b'\\' | b'#' | b'-');
        while self.peek().is_some_and(|b| {
            is_letter(b)
                || joins(b) && self.line.get(self.at + 1).is_some_and(|&next| is_letter(next) || next == b':')
        }) {
            self.at += 1;
        }
        &self.line[from..self.at]
    }

    /// Goes over what stands between `open`, which comes next, and its `close`, or to the end. Says whether it closes.
    pub(super) fn balanced(&mut self, open: u8, close: u8) -> bool {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == open {
                depth += 1;
            } else if byte == close {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return true;
                }
            }
        }
        false
    }

    /// Goes over what stands before a definition on its line: `@Override`, `#[test]`, `[Fact]`, C's `#`.
    pub(super) fn annotations(&mut self) {
        loop {
            self.blanks();
            if self.eat(b"@") {
                self.chain();
                if self.peek() == Some(b'(') {
                    self.balanced(b'(', b')');
                }
            } else if self.rest().starts_with(b"#[") || self.peek() == Some(b'[') {
                let _ = self.eat(b"#");
                self.balanced(b'[', b']');
            } else if !self.eat(b"#") {
                return;
            }
        }
    }

    /// Goes over what belongs to a word like `pub` or `extern`: `(crate)`, `"C"`.
    pub(super) fn modifier(&mut self) {
        match self.peek() {
            Some(b'(') => {
                self.balanced(b'(', b')');
            }
            Some(b' ') if self.rest().starts_with(b" \"C") => {
                self.at += self.rest()[2..].iter().position(|&b| b == b'"').map_or(1, |end| end + 3);
            }
            _ => {}
        }
    }
}
