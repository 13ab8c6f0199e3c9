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
        if at < 2 || !bytes[at - 1].is_ascii_lowercase() {
            continue;
        }
        match bytes.get(at + 1..at + 3) {
            Some([b'0'..=b'9', b'0'..=b'9']) => look(bytes, at, hits),
            Some([b'a'..=b'z', b'0'..=b'9' | b'[' | b'a'..=b'z']) => node(bytes, at, hits),
            _ => {}
        }
    }
}

/// Looks at the hyphen at byte `at` before a letter or two and a number: a node of a cluster, `hpc-n0217`, or several,
/// `hpc-n[0217-0218,0220]`.
fn node(bytes: &[u8], at: usize, hits: &mut Hits) {
    let place = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let len = bytes[at + 1..].iter().take(12).take_while(|b| place(b)).count();
    let from = at + 1 + len;
    let letters = bytes[at + 1..from].iter().take_while(|b| b.is_ascii_lowercase()).count();
    let digits = bytes[at + 1..from].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let list = |b: &&u8| b.is_ascii_digit() || matches!(**b, b'-' | b',');
    let end = match bytes.get(from) {
        Some(b'[') if bytes.get(from + 1).is_some_and(u8::is_ascii_digit) => {
            let inside = from + 1 + bytes[from + 1..].iter().take(MAX_NAME).take_while(list).count();
            if bytes.get(inside) == Some(&b']') { inside + 1 } else { return }
        }
        _ if (2..=5).contains(&digits) => from,
        _ => return,
    };
    let len = bytes[..at].iter().rev().take(MAX_NAME).take_while(|b| is_part(b)).count();
    let start = at - len;
    let head = &bytes[start..at];
    let words = || head.split(|b| *b == b'-');
    let cluster = words().any(|word| CLUSTERS.has(word) || NODES.has(word) && words().count() > 1);
    let goes_on = matches!(bytes.get(end), Some(b'_' | b'-' | b'(' | b'=' | b'%' | b'/'))
        || bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    if letters < 4 && cluster && !goes_on && word::starts_word(bytes, start) && word::ends_word(bytes, end) {
        host::push(bytes, start, end, EVIDENCE, hits);
    }
}

/// Whether a byte may stand in the name of a machine without a domain.
fn is_part(byte: &u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-'
}

/// Looks at the hyphen at byte `at` before a number.
fn look(bytes: &[u8], at: usize, hits: &mut Hits) {
    let start = at - bytes[at.saturating_sub(MAX_NAME)..at].iter().rev().take_while(|b| is_part(b)).count();
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

/// Words that the names of clusters' nodes begin with; sorted.
static CLUSTERS: WordSet = words!["cluster", "cn", "hpc", "slurm"];

/// Words for what nodes are, behind a name; sorted.
static NODES: WordSet = words!["compute", "cpu", "gpu", "node", "nodes", "rack", "worker"];

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
            "4410921 R 4:12 2 «hpc-n0311»,«hpc-n0312» and «hpc-n[0217-0218]» and «cn-r04n[017-020]» and «kiln-gpu-r12»",
            "hpc-n1 and hpc-node and my-n0311 and hpc-n0311.log.gz and gpu-a100 and gpu-h100x",
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
