//! What redaction wrote itself, recognised in bytes: it says nothing, however it is read.

use super::placeholder::OPENING;
use crate::span::{Raw, Span};

/// The words that pseudonyms begin with.
const PSEUDONYMS: [&[u8]; 10] =
    [b"user-", b"project-", b"dir-", b"mod-", b"org-", b"host-", b"branch-", b"fn-", b"type-", b"const-"];

/// The longest of them.
const LONGEST_WORD: usize = "project-".len();

/// Digits of a tag.
const TAG: usize = 6;

/// Longest placeholder looked for, in bytes.
const LONGEST: usize = 80;

/// Whether `span` lies within one pseudonym or placeholder of ours in `record`. A terminal's control sequence, say, may
/// swallow the first letter of one when it is read again; what is left of it is no name.
#[must_use]
pub fn is_own(record: &[u8], span: Span<Raw>) -> bool {
    let (start, end) = (span.start(), span.end());
    end - start <= LONGEST && (within_pseudonym(record, start, end) || within_placeholder(record, start, end))
}

fn within_pseudonym(record: &[u8], start: usize, end: usize) -> bool {
    let reach = LONGEST_WORD + TAG;
    if end - start > reach {
        return false;
    }
    let around = &record[end.saturating_sub(reach)..record.len().min(start + reach)];
    let from = end.saturating_sub(reach);
    memchr::memchr_iter(b'-', around).map(|i| from + i + 1).any(|behind| {
        let Some(tag) = record.get(behind..behind + TAG) else { return false };
        tag.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            && end <= behind + TAG
            && record.get(behind + TAG).is_none_or(|b| !b.is_ascii_alphanumeric())
            && PSEUDONYMS.iter().any(|word| record[..behind].ends_with(word) && behind - word.len() <= start)
    })
}

fn within_placeholder(record: &[u8], start: usize, end: usize) -> bool {
    let floor = end.saturating_sub(LONGEST);
    let window = &record[floor..record.len().min(start + OPENING.len())];
    let opens = |&at: &usize| window[at..].starts_with(OPENING.as_bytes());
    let Some(at) = memchr::memrchr_iter(b'[', window).find(opens).map(|i| floor + i) else {
        return false;
    };
    let label = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.');
    let from = at + OPENING.len();
    let inner = record[from..].iter().take(LONGEST).take_while(|b| label(b)).count();
    let close = from + inner;
    let tagged = inner > TAG
        && record[close - TAG - 1] == b':'
        && record[close - TAG..close].iter().all(u8::is_ascii_hexdigit);
    at <= start && tagged && record.get(close) == Some(&b']') && end <= close + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_our_own_words_are_ours_and_nothing_else_is() {
        for (text, part, own) in [
            ("[dir-05e613/home", "ir-05e613", true),
            ("/user-05e613/x", "user-05e613", true),
            ("a [REDACTED:github-pat:05e613] b", "github-pat", true),
            ("a [REDACTED:github-pat:05e613] b", "[REDACTED:github-pat:05e613]", true),
            ("a [REDACTED:github-pat:05e613] b", "] b", false),
            ("/user-05e6137/x", "user-05e6137", false),
            ("/user-05e613/x", "user-05e613/x", false),
            ("/user-maribel/x", "maribel", false),
            ("[REDACTED:hunter2]", "hunter2", false),
            ("[REDACTED:github-pat:05e613] hunter2", "hunter2", false),
        ] {
            let start = text.find(part).unwrap();
            assert_eq!(is_own(text.as_bytes(), Span::new(start, start + part.len())), own, "{text} {part}");
        }
    }
}
