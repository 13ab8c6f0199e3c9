//! Bank accounts by the international numbering.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::{rule::id, validator::iban};

/// Shortest and longest number, in letters and digits.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// Looks at the two letters and digits at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !bytes[at].is_ascii_uppercase() || !word::starts_word(bytes, at) {
        return;
    }
    if let Some(end) = end(bytes, at).filter(|&end| !iban::is_dummy(&bytes[at..end])) {
        let number = bytes[at..end].iter().copied().filter(u8::is_ascii_alphanumeric).collect();
        hits.push(
            Hit::new(id::IDENTITY_IBAN, at, end, "country's length and check digits").canonical(number),
        );
    }
}

/// Where the account number that starts at byte `at` ends.
fn end(bytes: &[u8], at: usize) -> Option<usize> {
    let (mut end, mut count) = (at, 0);
    while let Some(&byte) = bytes.get(end) {
        let joint = matches!(byte, b' ' | b'-') && count % 4 == 0 && count > 0;
        if !byte.is_ascii_alphanumeric() && !joint || count == *LENGTHS.end() {
            break;
        }
        end += 1;
        if joint {
            continue;
        }
        count += 1;
        let fits = LENGTHS.contains(&count) && word::ends_word(bytes, end) && iban::fits(&bytes[at..end]);
        if fits {
            return Some(end);
        }
    }
    None
}
