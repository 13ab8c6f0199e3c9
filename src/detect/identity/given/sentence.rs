//! A given name alone, if what stands beside it says that someone is meant: `ask Maribel`, `Maribel's iPhone`.

use super::{
    lookup::{Given, LENGTH, given},
    next_word, word_end,
};
use crate::{
    detect::{
        canonical::canonical,
        identity::around::{BEFORE, BEHIND, EPONYMS},
        subject::{Hit, Hits},
        word,
    },
    rule::id,
};

/// Adds the given name that starts at byte `start` if what stands beside it says that someone is meant.
pub(super) fn lone(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end = word_end(bytes, start);
    if given(&bytes[start..end]) != Some(Given::Clear) || !word::ends_word(bytes, end) {
        return;
    }
    let (line_start, line_end) = word::line(bytes, start, 160);
    let (head, rest) = (&bytes[line_start..start], &bytes[end..line_end.max(end)]);
    let written = matches!(rest.first(), Some(b'-' | b'.' | b'/' | b'(' | b'=')) && rest.get(1) > Some(&b' ');
    if !written && (follows(head) || leads(head, rest)) {
        let name = &bytes[start..end];
        hits.push(
            Hit::new(id::IDENTITY_PERSON, start, end, "given name in a sentence").canonical(canonical(name)),
        );
    }
}

/// Adds the given name at byte `start` of whom a device is called after: `Maribel's iPhone`.
pub(super) fn owner_of_device(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end =
        start + bytes[start..].iter().take(*LENGTH.end()).take_while(|b| b.is_ascii_alphabetic()).count();
    let rest = &bytes[end..];
    let Some(rest) = rest.strip_prefix(b"'s ").or_else(|| rest.strip_prefix("\u{2019}s ".as_bytes())) else {
        return;
    };
    let devices: [&[u8]; 6] = [b"iPhone", b"iPad", b"MacBook", b"AirPods", b"Apple Watch", b"Mac "];
    if devices.iter().any(|device| rest.starts_with(device)) && given(&bytes[start..end]).is_some() {
        hits.push(
            Hit::new(id::IDENTITY_PERSON, start, end, "owner of a device")
                .canonical(canonical(&bytes[start..end])),
        );
    }
}

/// Whether the words before a name are followed by people: `ask`, `talked to`.
fn follows(head: &[u8]) -> bool {
    let head = head.trim_ascii_end();
    let last = head.rsplit(|b| matches!(b, b' ' | b'(' | b'*' | b'"' | b'-')).next().unwrap_or_default();
    BEFORE.has(last.strip_suffix(b",").unwrap_or(last))
}

/// Whether what follows a name is what people do or have, or the name is whom the line is for.
fn leads(head: &[u8], rest: &[u8]) -> bool {
    let owned = rest.strip_prefix(b"'s").or_else(|| rest.strip_prefix("’s".as_bytes()));
    // What is called after someone is everyone's: `Conway's law`.
    let possessive = owned.is_some_and(|rest| rest.starts_with(b" ") && !EPONYMS.has(next_word(rest)));
    let first = head.iter().all(|b| matches!(b, b' ' | b'-' | b'*' | b'>' | b'@'));
    let called =
        first && (rest.trim_ascii().is_empty() || rest.starts_with(b", ") || rest.starts_with(b": "));
    // What someone is may stand between: `Maribel (QA) asked`.
    let aside = rest.strip_prefix(b" (").and_then(|rest| {
        let close = memchr::memchr(b')', &rest[..rest.len().min(24)])?;
        Some(&rest[close + 1..])
    });
    possessive || called || BEHIND.has(next_word(aside.unwrap_or(rest)))
}
