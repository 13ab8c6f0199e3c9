//! E-mail addresses that are spelled out against robots: `maribel [at] harborlight [dot] io`, `maribel at harborlight dot io`.

use super::{
    super::{
        canonical::canonical,
        subject::{Hit, Hits, Subject},
    },
    email, firm, remote,
};
use crate::detect::words::{WordSet, words};
use crate::rule::id;

/// Longest part of an address, in bytes.
const MAX_PART: usize = 64;

/// Most labels of a domain.
const MAX_LABELS: usize = 5;

/// What stands for a dot, in small letters.
static DOTS: [&[u8]; 10] =
    [b" [dot] ", b" (dot) ", b" {dot} ", b"[dot]", b"(dot)", b"{dot}", b" dot ", b" [.] ", b"[.]", b"."];

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-')
}

/// Looks at the `[at]` in `at..end`.
pub(super) fn bracketed(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let local_end = at - usize::from(bytes[..at].ends_with(b" "));
    let from = end + usize::from(bytes.get(end) == Some(&b' '));
    let local = |b: &u8| is_part(*b) || *b == b'.';
    let len = bytes[..local_end].iter().rev().take(MAX_PART).take_while(|b| local(b)).count();
    let start = local_end - len;
    let start = start + bytes[start..local_end].iter().take_while(|b| !b.is_ascii_alphanumeric()).count();
    if local_end > start + 1 {
        push(bytes, (start, local_end), from, hits);
    }
}

/// Looks at the ` dot ` at byte `at`: the first one of an address whose signs are all words.
pub(super) fn worded(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let word = |end: usize| {
        end - bytes[..end].iter().rev().take(MAX_PART).take_while(|b| is_part(**b) || **b == b'.').count()
    };
    let label = word(at);
    let Some(sign) = label.checked_sub(4).filter(|&i| bytes[i..label].eq_ignore_ascii_case(b" at ")) else {
        return;
    };
    let mut start = word(sign);
    while start > 5 && bytes[start - 5..start].eq_ignore_ascii_case(b" dot ") {
        start = word(start - 5);
    }
    if sign > start + 1 && label < at {
        push(bytes, (start, sign), label, hits);
    }
}

/// Adds the address whose local part is `local` and whose domain starts at byte `from`.
fn push(bytes: &[u8], local: (usize, usize), from: usize, hits: &mut Hits) {
    let Some(labels) = labels(bytes, from) else { return };
    let domain = labels.iter().map(|&(start, end)| &bytes[start..end]).collect::<Vec<_>>().join(&b'.');
    let name = &bytes[local.0..local.1];
    let (Some(&top), true) = (labels.last(), labels.len() > 1) else { return };
    if !TOPS.has(&bytes[top.0..top.1]) || email::is_reserved(&domain) || email::is_role(name) {
        return;
    }
    let hit = Hit::new(id::IDENTITY_EMAIL, local.0, top.1, "e-mail address that is spelled out");
    hits.push(hit.canonical(canonical(name)));
    let own = labels[labels.len() - 2];
    if firm::is_owned(&domain) {
        remote::push_org(bytes, own.0, own.1, hits);
    }
}

/// The labels of the domain that starts at byte `from`.
fn labels(bytes: &[u8], from: usize) -> Option<Vec<(usize, usize)>> {
    let (mut labels, mut at) = (Vec::new(), from);
    while labels.len() < MAX_LABELS {
        let len = bytes[at..].iter().take(MAX_PART).take_while(|b| is_part(**b)).count();
        if len == 0 {
            break;
        }
        labels.push((at, at + len));
        at += len;
        let dot = DOTS.iter().find(|dot| {
            let behind = bytes.get(at + dot.len()).is_some_and(u8::is_ascii_alphanumeric);
            behind && bytes[at..at + dot.len()].eq_ignore_ascii_case(dot)
        });
        let Some(dot) = dot else { break };
        at += dot.len();
    }
    (!labels.is_empty()).then_some(labels)
}

/// Last labels of the domains that people have mail at; sorted.
static TOPS: WordSet = words![
    "ai", "app", "at", "au", "be", "biz", "br", "ca", "ch", "cloud", "co", "com", "cz", "de", "dev", "dk",
    "edu", "es", "eu", "fi", "fr", "gr", "hu", "ie", "in", "info", "io", "it", "jp", "me", "net", "nl", "no",
    "nz", "org", "pl", "pt", "ro", "ru", "se", "sh", "sk", "so", "tech", "tr", "ua", "uk", "us", "za",
];

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn addresses_without_their_signs_are_found() {
        for expected in [
            "write to «zelmo.kavinas [at] ledgerly [dot] net» or call",
            "«zelmo (at) ledgerly (dot) co (dot) uk», please",
            "«zelmo[at]ledgerly.net».",
            "«zelmo.kavinas AT ledgerly DOT io»",
            "«zelmo dot kavinas at ledgerly dot com»",
            "look at line dot product, put a dot at the start dot it is",
            "name [at] example [dot] com, a[at] and x (at) y",
            "info [at] ledgerly [dot] net",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
