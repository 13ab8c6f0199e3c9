//! Where the name of a project that is a word of everyone's stands for what the word means: `orbit` in "the orbit is wrong",
//! and not in "restart orbit", "the orbit repository", `` `orbit` ``.

use super::brand;
use crate::detect::{
    vocabulary,
    words::{WordSet, words},
};

/// How far a line is looked at around a word, in bytes.
const NEAR: usize = 60;

/// Words before a noun that no name has before it.
static DETERMINERS: WordSet = words![
    "the", "a", "an", "this", "that", "these", "those", "its", "our", "your", "my", "their", "his", "her",
    "each", "every", "any", "some", "no", "which", "what", "another", "one", "both", "all",
];

/// Words before a verb.
static SUBJECTS: WordSet = words![
    "we", "you", "i", "they", "it", "to", "can", "could", "will", "would", "should", "must", "may", "might",
    "don't", "not", "let's", "cannot", "please", "and", "then",
];

/// Words before what says of what quality something is.
static DEGREES: WordSet = words!["too", "very", "quite", "rather", "really"];

/// Words for how things are, which people say of everything; sorted.
static QUALITIES: WordSet = words![
    "big", "clean", "deep", "empty", "fast", "final", "first", "full", "high", "huge", "large", "last",
    "long", "low", "new", "next", "old", "other", "second", "short", "simple", "single", "slow", "small",
    "third", "tiny", "whole", "wide",
];

/// What a name stands before.
static KINDS: WordSet = words![
    "repo",
    "repository",
    "project",
    "app",
    "application",
    "service",
    "codebase",
    "package",
    "crate",
    "module",
    "library",
    "lib",
    "team",
    "workspace",
    "monorepo",
    "server",
    "api",
    "cli",
    "binary",
    "command",
    "daemon",
    "plugin",
    "site",
    "website",
    "client",
    "sdk",
    "folder",
    "directory",
    "dir",
    "branch",
    "namespace",
    "cluster",
    "bucket",
    "database",
    "db",
    "schema",
    "container",
    "image",
    "pod",
    "deployment",
    "pipeline",
    "gem",
    "extension",
    "backend",
    "frontend",
    "code",
    "org",
    "organization",
    "product",
    "platform",
];

/// Whether the word at `start..end` is used as a common word: with a determiner before it and not as the name of something
/// behind it, or as a verb.
pub(super) fn is_common(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(before) = bytes[start.saturating_sub(NEAR)..start].strip_suffix(b" ") else { return false };
    let behind = &bytes[end..bytes.len().min(end + NEAR)];
    let last = last_word(before);
    let ahead = || last_word(before[..before.len() - last.len()].strip_suffix(b" ").unwrap_or_default());
    let next = behind.strip_prefix(b" ").map_or(&b""[..], first_word);
    let noun = || DETERMINERS.has(last) || DETERMINERS.has(ahead()) && vocabulary::has(last);
    let verb = || SUBJECTS.has(last) && DETERMINERS.has(next);
    let quality = || DEGREES.has(last) || QUALITIES.has(&bytes[start..end]);
    !KINDS.has(next) && (noun() || verb() || quality()) && !brand::is_marked(bytes, start, end)
}

fn is_letter(b: &u8) -> bool {
    b.is_ascii_alphabetic() || *b == b'\''
}

fn last_word(text: &[u8]) -> &[u8] {
    let len = text.iter().rev().take_while(|b| is_letter(b)).count();
    &text[text.len() - len..]
}

fn first_word(text: &[u8]) -> &[u8] {
    &text[..text.iter().take_while(|b| is_letter(b)).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_told_from_the_name_of_a_project() {
        let at = |text: &str| text.to_ascii_lowercase().find("orbit").unwrap();
        for text in [
            "the orbit is wrong",
            "fix a whole orbit of it",
            "an orbit, then",
            "they orbit the sun",
            "in its next orbit.",
            "the output is too orbit to show",
        ] {
            assert!(is_common(text.as_bytes(), at(text), at(text) + 5), "{text}");
        }
        assert!(is_common(b"put large files into it", 4, 9) && !is_common(b"cd `large` now", 4, 9));
        for text in [
            "restart orbit now",
            "the orbit repository",
            "our orbit service",
            "the `orbit` is wrong",
            "the orbit-cli is wrong",
            "the Orbit is wrong",
            "Orbit is wrong",
            "cd orbit",
            "the\norbit is wrong",
            "deploy to orbit first",
            "the src/orbit is wrong",
            "the orbit.toml is wrong",
        ] {
            assert!(!is_common(text.as_bytes(), at(text), at(text) + 5), "{text}");
        }
    }
}
