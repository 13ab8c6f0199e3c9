//! Words near a value that say what it is: before it on its line, or as the key it stands under.

use super::super::{subject::Subject, word};

/// How far before a value its word may stand, in bytes.
const REACH: usize = 40;

/// Whether one of `words` (sorted, lower case) stands before byte `at` on its line, or in the subject's key.
pub(super) fn stands_before(subject: &Subject<'_>, at: usize, words: &[&str]) -> bool {
    let (start, _) = word::line(subject.bytes, at, REACH);
    // A word may follow a line's number at once: `12→Tel. 089 …`.
    let arrow = memchr::memrchr(0x92, &subject.bytes[start..at]).map(|i| start + i + 1);
    let start = arrow.filter(|&end| subject.bytes[..end].ends_with("→".as_bytes())).unwrap_or(start);
    // `text` is what agents call everything that is said.
    let key = subject.key.filter(|key| *key != b"text");
    has_any(&subject.bytes[start..at], words) || key.is_some_and(|key| has_any(key, words))
}

/// Whether a word of `text`, at a change of case too (`phoneNumber`), is one of `words`.
fn has_any(text: &[u8], words: &[&str]) -> bool {
    let mut start = 0;
    for at in 0..=text.len() {
        let here = text.get(at).copied().unwrap_or(b' ');
        let letter = here.is_ascii_alphabetic() || here >= 0x80;
        let hump = at > 0 && here.is_ascii_uppercase() && text[at - 1].is_ascii_lowercase();
        if !letter || hump {
            if start < at && here != b'_' && word::listed(words, &text[start..at]) {
                return true;
            }
            start = if hump { at } else { at + 1 };
        }
    }
    false
}

/// What stands between a word and its value, skipped: quotes, blanks, `:`, `=`, `#`, dots, small words. Where the value
/// starts, at most `reach` bytes on and on the same line.
pub(super) fn value_behind(bytes: &[u8], at: usize, reach: usize) -> usize {
    let signs = |b: &u8| {
        matches!(
            b,
            b' ' | b'\t'
                | b'"'
                | b'\''
                | b':'
                | b'='
                | b'>'
                | b'#'
                | b'.'
                | b'('
                | b'['
                | b'`'
                | b'*'
                | b'_'
                | b'\\'
        )
    };
    at + bytes[at..].iter().take(reach).take_while(|b| signs(b)).count()
}
