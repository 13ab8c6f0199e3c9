//! Configuration: which parts of it record what was said, and so may be scrubbed; all others must keep working.

use crate::transcript::{json::Kind, tree::Tree};
use std::ops::Range;

/// Members that record what was said or approved.
const SAID: [&[u8]; 6] =
    [b"history", b"permissions", b"allowedTools", b"disallowedTools", b"pastedContents", b"lastPrompt"];

/// Members in which nothing is touched, whatever they hold.
const WORKING: [&[u8]; 6] = [b"mcpServers", b"env", b"hooks", b"apiKeyHelper", b"headers", b"oauthAccount"];

/// A configuration file of which only some parts may change.
pub(super) struct Mixed {
    /// The text to write.
    pub(super) bytes: Vec<u8>,
    /// Whether something else in it would have been replaced.
    pub(super) kept: bool,
}

/// Takes from `after`, the redaction of `before`, what may change. `None` if `before` is not JSON.
pub(super) fn mix(before: &[u8], after: &[u8]) -> Option<Mixed> {
    let (mut old, mut new) = (Tree::default(), Tree::default());
    old.read(before).ok()?;
    new.read(after).ok()?;
    if old.tokens().len() != new.tokens().len() {
        return None;
    }
    let mut bytes = Vec::with_capacity(before.len());
    let (mut old_at, mut new_at, mut kept) = (0, 0, false);
    for index in said(&old, before) {
        let (from, to): (Range<usize>, Range<usize>) = (old.extent(index), new.extent(index));
        kept |= before[old_at..from.start] != after[new_at..to.start];
        bytes.extend_from_slice(&before[old_at..from.start]);
        bytes.extend_from_slice(&after[to.clone()]);
        (old_at, new_at) = (from.end, to.end);
    }
    kept |= before[old_at..] != after[new_at..];
    bytes.extend_from_slice(&before[old_at..]);
    Some(Mixed { bytes, kept })
}

/// The values of the members that record what was said, none inside another, in order.
fn said(tree: &Tree, bytes: &[u8]) -> Vec<usize> {
    let (mut found, mut open): (Vec<usize>, Vec<usize>) = (Vec::new(), vec![0]);
    while let Some(container) = open.pop() {
        for value in tree.children(container) {
            let key = tree.key(value).map(|key| tree.tokens()[key].bytes(bytes));
            match key {
                Some(key) if SAID.contains(&key) => found.push(value),
                Some(key) if WORKING.contains(&key) => {}
                _ if matches!(tree.tokens()[value].kind, Kind::ObjectStart | Kind::ArrayStart) => {
                    open.push(value)
                }
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_changes_and_what_must_work_does_not() {
        let before = br#"{"env":{"K":"SEC"},"projects":{"/p":{"history":[{"display":"SEC"}],"mcpServers":{"a":{"env":{"history":"SEC"}}}}},"permissions":{"allow":["Bash(x SEC)"]}}"#;
        let after = String::from_utf8(before.to_vec()).unwrap().replace("SEC", "[R]");
        let mixed = mix(before, after.as_bytes()).unwrap();
        let text = String::from_utf8(mixed.bytes).unwrap();
        assert_eq!(text.matches("SEC").count(), 2, "{text}");
        assert!(text.contains(r#""display":"[R]""#) && text.contains("Bash(x [R])") && mixed.kept);
        let clean = mix(b"{\"history\":[\"SEC\"]}", b"{\"history\":[\"-\"]}").unwrap();
        assert!(!clean.kept && clean.bytes == b"{\"history\":[\"-\"]}");
        assert!(mix(b"not json", b"not json").is_none());
    }
}
