//! Machines by the shape of their names alone: words, one of them what machines are for, and a number: `orchid-db-03`.

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
        word,
    },
    host, login,
};
use crate::detect::words::{WordSet, words};
use crate::transcript::text::{Field, Role};

/// Longest name, in bytes.
const MAX_NAME: usize = 63;

/// Why a machine was found.
const EVIDENCE: &str = "name made like a machine's";

/// Looks at every hyphen of a text that two or three digits follow.
pub(super) fn find_all(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let said =
        matches!(subject.field, Field::Prose | Field::Answer | Field::Output | Field::Free | Field::Command);
    if !said || subject.role == Role::Key {
        return;
    }
    for at in memchr::memchr_iter(b'-', bytes) {
        let letter = at > 1 && bytes[at - 1].is_ascii_lowercase();
        if letter && matches!(bytes.get(at + 1..at + 3), Some([b'0'..=b'9', b'0'..=b'9'])) {
            look(bytes, at, hits);
        }
    }
}

/// Looks at the hyphen at byte `at` before a number.
fn look(bytes: &[u8], at: usize, hits: &mut Hits) {
    let part = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    let start = at - bytes[at.saturating_sub(MAX_NAME)..at].iter().rev().take_while(|b| part(b)).count();
    let start = start + usize::from(word::follows_escape(bytes, start));
    let digits = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let mut end = at + 1 + digits;
    let head = &bytes[start..at];
    let words = || head.split(|b| *b == b'-');
    let purpose =
        words().skip(1).any(|word| PURPOSES.has(word)) || words().next().is_some_and(|w| PURPOSES.has(w));
    let shaped = words().count() > 1 && words().all(|word| word.len() > 1 && word[0].is_ascii_lowercase());
    let before = !matches!(bytes[..start].last(), Some(b'.' | b'_' | b'$' | b'\\' | b'}' | b'#'))
        && word::starts_word(bytes, start);
    let after =
        !matches!(bytes.get(end), Some(b'_' | b'-' | b'(' | b'=' | b'%')) && word::ends_word(bytes, end);
    if digits > 3 || !purpose || !shaped || !before || !after || login::is_pseudonym(&bytes[start..end]) {
        return;
    }
    // Its domain goes with it.
    let label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    let domain = bytes[end..].iter().take(MAX_NAME).take_while(|b| label(b)).count();
    let tail = bytes[end..end + domain].trim_ascii_end();
    let tail = tail.strip_suffix(b".").unwrap_or(tail);
    let file = tail.iter().filter(|b| **b == b'.').count() < 2
        && !super::address::is_domain(&bytes[start..end + tail.len()]);
    if tail.first() == Some(&b'.') && tail.len() > 2 && file {
        return;
    }
    if tail.first() == Some(&b'.') {
        end += tail.len();
    }
    if !distinct::is_public(head) && !host::is_known(&bytes[start..end]) {
        host::push(bytes, start, end, EVIDENCE, hits);
    }
}

/// What machines are for; sorted.
static PURPOSES: WordSet = words![
    "app", "backup", "bastion", "box", "build", "builder", "cache", "ci", "cp", "db", "dev", "dns", "edge",
    "es", "etl", "fs", "gpu", "gw", "host", "hv", "jump", "kafka", "lb", "log", "mail", "master", "mon",
    "mx", "mysql", "nas", "node", "ns", "pg", "prd", "prod", "proxy", "redis", "runner", "server", "sql",
    "srv", "stage", "staging", "stg", "storage", "vm", "vpn", "web", "worker", "ws",
];

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn machines_are_told_by_their_shape() {
        for expected in [
            "prometheus on «orchid-db-03»:9090 shows 500s",
            "We host it on «orchid-web-12».",
            "on «orchid-web-12.prod.ledgerly.net», see there",
            "«orchid-gpu-07» | SUCCESS => {}",
            "2026-05-17 and utf-8 and gpt-4-32 and page-12 and step-two-12",
            "docker-web-1 and orchid-web-12.log and orchid-web-12-old and claude-haiku-20 and sha-512",
            "error-code-12 and us-east-12 and x-web-12_y",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
