//! Names of a project's code that stand outside code: in prose, messages, frames of stacks, results of tests.
//!
//! Nothing in such a name says whether a project or a library defines it. So it counts only if it has two words or more, no
//! library that we know has it, and either what stands around it marks it as a name of code (backquotes, a call, `::`), or
//! one of its words is in no list of the words that libraries and sites are made of. The figures are in DESIGN.md.

mod chain;
mod context;
mod frame;
mod roots;

use super::{
    super::identity::{self, login},
    distinct,
    page::Block,
};
use crate::{
    detect::subject::{Hit, Hits},
    finding::Learn,
    rule::{Confidence, RuleId, id},
};
use context::Mark;

/// Why a name was found.
const EVIDENCE: &str = "name of code outside code";

/// How long a name is, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=80;

/// How much is looked at in one step for a place where a name may have a joint, in bytes.
const BLOCK: usize = 64;

/// Whether a chain of names that begins with `root` is a library's: `strings.Contains`.
pub(super) fn is_of_library(root: &[u8]) -> bool {
    roots::ROOTS.has(root)
}

/// Whether a name in the block may have a joint. Written so that the compiler takes many bytes at once.
fn may_hold(block: &[u8]) -> bool {
    let mut found = false;
    for (last, this) in block.iter().zip(&block[1..]) {
        let hump = (last.wrapping_sub(b'a') < 26) & (this.wrapping_sub(b'A') < 26);
        let number = (*last == b'-') & (this.wrapping_sub(b'0') < 10);
        found |= hump | number | (*this == b'_');
    }
    found
}

/// Whether a byte may be the second of a joint.
fn may_join(byte: u8) -> bool {
    matches!(byte, b'_' | b'A'..=b'Z' | b'0'..=b'9')
}

/// A text and where in it names are looked for.
struct Page<'a, 'h> {
    bytes: &'a [u8],
    hits: &'h mut Hits,
}

/// Adds the names of code that `bytes` mention outside of `code`, the blocks of code in them.
pub(super) fn find(bytes: &[u8], code: &[Block], hits: &mut Hits) {
    // One word alone is a number of a call, a state, a kind.
    if bytes.iter().all(|b| is_letter(*b) || *b == b'-') {
        return;
    }
    let mut spans: Vec<_> = code.iter().flat_map(|block| block.spans.iter().copied()).collect();
    spans.sort_unstable();
    let mut page = Page { bytes, hits };
    let mut at = 0;
    for (start, end) in spans {
        page.read(at, start);
        at = at.max(end);
    }
    page.read(at, bytes.len());
}

impl Page<'_, '_> {
    /// Looks at what stands in `from..to`.
    fn read(&mut self, from: usize, to: usize) {
        if to > from + 5 {
            self.names(from, to);
            frame::find(self, from, to);
        }
    }

    /// Looks at every name with a joint in it: `_`, or a capital behind a small letter.
    fn names(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let end = to.min(at + BLOCK);
            let block = &self.bytes[at.max(from + 1) - 1..end];
            at = if may_hold(block) { self.block(from, at, end, to) } else { end };
        }
    }

    /// Looks at the names with a joint in `at..end`; says where the last of them ends.
    fn block(&mut self, from: usize, at: usize, end: usize, to: usize) -> usize {
        let bytes = self.bytes;
        let mut at = at;
        loop {
            at += bytes[at.min(end)..end].iter().take_while(|b| !may_join(**b)).count();
            if at >= end {
                return at;
            }
            let last = if at > from { bytes[at - 1] } else { b' ' };
            if bytes[at] == b'_' || bytes[at].is_ascii_uppercase() && last.is_ascii_lowercase() {
                let start = at - bytes[from..at].iter().rev().take_while(|b| is_letter(**b)).count();
                at += bytes[at..to].iter().take_while(|b| is_letter(**b)).count();
                self.name(start, at);
            } else {
                if last == b'-' && bytes[at].is_ascii_digit() {
                    self.ticket(from, at, to);
                }
                at += 1;
            }
        }
    }

    /// Looks at the number at byte `at` behind a hyphen: `LEDGER-42`.
    fn ticket(&mut self, from: usize, at: usize, to: usize) {
        let bytes = self.bytes;
        let project =
            bytes[from..at - 1].iter().rev().take(12).take_while(|b| b.is_ascii_uppercase()).count();
        let start = at - 1 - project;
        let number = bytes[at..to].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
        if project > 1 && number < 7 && !context::is_address(bytes, start) {
            identity::ticket(bytes, start, at + number, self.hits);
        }
    }

    /// Looks at the name at `start..end`.
    fn name(&mut self, start: usize, end: usize) {
        let bytes = self.bytes;
        let joint = |b: &&u8| matches!(**b, b'_' | b'$');
        let start = start + bytes[start..end].iter().take_while(joint).count();
        let end = end - bytes[start..end].iter().rev().take_while(joint).count();
        if !LENGTH.contains(&(end - start)) {
            return;
        }
        let mark = context::mark(bytes, start, end);
        if mark == Mark::Other || !is_plain(&bytes[start..end]) {
            return;
        }
        let found = parts(&bytes[start..end]).filter(|&(from, to)| {
            let name = &bytes[start + from..start + to];
            !login::is_pseudonym(name)
                && distinct::is_telling(name)
                && (mark == Mark::Code || distinct::is_unusual(name))
        });
        let found: Vec<_> = found.collect();
        let elsewhere = || chain::is_public(bytes, start, end) || context::is_address(bytes, start);
        if found.is_empty() || elsewhere() || frame::is_of_library(bytes, start) {
            return;
        }
        for (from, to) in found {
            self.push(start + from, start + to, mark == Mark::Code);
        }
        chain::packages(self, start);
    }

    /// Adds the name at `start..end`, to be known elsewhere if it is marked as a name of code.
    fn push(&mut self, start: usize, end: usize, marked: bool) {
        let name = &self.bytes[start..end];
        let hit = Hit::new(rule(name), start, end, EVIDENCE).canonical(distinct::folded(name));
        let hit = hit.confidence(Confidence::Medium);
        // A name of common words is one wherever it is marked, and a word like others where it is not.
        let own = marked && (distinct::words(name).count() > 2 || distinct::is_unusual(name));
        self.hits.push(if own { hit.learn(Learn::Name) } else { hit });
    }
}

/// Whether a qualified name is a library's: `org.springframework.web`.
pub(in crate::detect) fn is_library(name: &[u8]) -> bool {
    chain::is_library(name)
}

/// Adds what says something in the name of a module at `start..end` that a message says belongs to a project.
pub(in crate::detect) fn module(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    // What one word names is most often a package that is not installed.
    if name.contains(&b'.') && !chain::is_library(name) {
        chain::own(&mut Page { bytes, hits }, start, end);
    }
}

/// Whether a byte may stand in a name.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

/// What a name's letters say it stands for.
fn rule(name: &[u8]) -> RuleId {
    if !name.iter().any(u8::is_ascii_lowercase) {
        id::CODE_CONSTANT
    } else if name[0].is_ascii_uppercase() {
        id::CODE_TYPE
    } else {
        id::CODE_FUNCTION
    }
}

/// Whether a word is a name that somebody wrote: no number of a call (`toolu_01Vq…`), no name of an agent's tools
/// (`mcp__…`), no escape.
fn is_plain(name: &[u8]) -> bool {
    memchr::memmem::find(name, b"__").is_none()
        && !name.starts_with(b"u00")
        && !name.split(|b| *b == b'_').any(is_random)
}

/// Whether a word has been drawn by lot: letters of both cases without sense.
fn is_random(word: &[u8]) -> bool {
    let turns = |of: fn(&u8) -> bool, to: fn(&u8) -> bool| {
        word.windows(2).filter(|pair| of(&pair[0]) && to(&pair[1])).count()
    };
    let (digits, humps) = (
        turns(u8::is_ascii_alphabetic, u8::is_ascii_digit),
        turns(u8::is_ascii_lowercase, u8::is_ascii_uppercase),
    );
    let mixed = word.iter().any(u8::is_ascii_uppercase) && word.iter().any(u8::is_ascii_lowercase);
    let long = word.len() > 9 && word[0].is_ascii_digit() || word.len() > 15 && digits > 0 && humps > 2;
    digits > 2
        || mixed && long
        || mixed && word.len() > 9 && digits > 1
        || humps > 2 && word.len() < 4 * humps
}

/// The parts of a name that are looked at by themselves: what a test is about, and where both ways to part words meet
/// (`TestBindQuote_Fails`), what stands between the signs.
fn parts(name: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let humps = name.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let mixed = humps && name.contains(&b'_');
    let from = tested(name);
    let mut at = from;
    std::iter::from_fn(move || {
        if at >= name.len() {
            return None;
        }
        let start = at;
        let sign = memchr::memchr(b'_', &name[at..]).filter(|_| mixed);
        let end = sign.map_or(name.len(), |i| start + i);
        at = end + 1;
        Some((start, end))
    })
}

/// How much of a name says that it is a test: `test_bind_quote`, `TestBindQuote`.
fn tested(name: &[u8]) -> usize {
    let word: [&[u8]; 4] = [b"test_", b"Test", b"Benchmark", b"test"];
    let found = word.iter().find(|word| name.starts_with(word)).map_or(0, |word| word.len());
    let begins =
        name[found..].first().is_some_and(|b| b.is_ascii_uppercase() || name[..found].ends_with(b"_"));
    if begins && distinct::is_distinct(&name[found..]) { found } else { 0 }
}

#[cfg(test)]
mod tests;
