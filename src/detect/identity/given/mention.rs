//! People who are mentioned by their logins: `ping @maribel`.

use super::next_word;
use crate::{
    detect::{
        code::distinct,
        identity::{
            around::{BEHIND, REQUESTS, TOLD},
            name,
        },
        subject::{Hits, Subject},
        vocabulary, word,
    },
    transcript::text::Field,
};

/// Looks at the `@` at byte `at` with nothing before it: someone who is asked or told, `ping @maribel`.
pub(in super::super) fn mention(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[at + 1..]
        .iter()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        .count();
    let end = at + 1 + len - bytes[at + 1..at + 1 + len].iter().rev().take_while(|b| **b == b'.').count();
    let (line_start, _) = word::line(bytes, at, 60);
    let head = bytes[line_start..at].trim_ascii_end();
    let last = head.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let first = head.split(|b| *b == b' ').next().unwrap_or_default();
    // Of `cc @maribel @jana` the second is told too.
    // So is that of `Reviewed by: @maribel, @jana`.
    let listed = last.first() == Some(&b'@');
    let before = memchr::memchr(b'@', head).map_or(head, |i| head[..i].trim_ascii_end());
    let lead = before.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let told = if listed && TOLD.has(lead.strip_suffix(b":").unwrap_or(lead)) {
        lead
    } else if listed {
        first
    } else {
        last
    };
    let told = TOLD.has(told.strip_suffix(b":").unwrap_or(told));
    let told = told || head.ends_with(b"hanks to") && !vocabulary::has(&bytes[at + 1..end]);
    let free = !matches!(bytes.get(end), Some(b'/' | b'(' | b'@' | b':' | b'='));
    let rest = bytes[end..].strip_prefix(b",").unwrap_or(&bytes[end..]);
    let spoken = matches!(subject.field, Field::Prose | Field::Answer);
    let alone = subject.field == Field::Free && at == 0;
    let asked = (spoken || alone)
        && (head.is_empty() && REQUESTS.has(next_word(rest)) || BEHIND.has(next_word(rest)));
    if (told || asked)
        && free
        && matches!(subject.field, Field::Prose | Field::Answer | Field::Output | Field::Free)
        && distinct::is_unusual(&bytes[at + 1..end])
        && !name::is_robot(&bytes[at + 1..end])
    {
        name::login_at(&bytes[..end], at + 1, "someone who is told", hits);
    }
}
