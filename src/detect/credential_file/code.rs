//! Codes that stand in for a second factor, behind the words for them: `backup codes: 1234-5678, …`, `"recovery_codes": ["a1b2c-3d4e5",
//! …]`, `scratch codes`.

use super::push;
use crate::{
    detect::{shape::Shape, subject::Hits},
    rule::Confidence,
};

/// The most recovery codes of a list.
const MOST: usize = 24;

/// How far a list goes, in bytes.
const REACH: usize = 1024;

/// Where the list behind the words around byte `at` starts: `backup codes`, `recoveryCodes`, `scratch_codes`.
fn list_at(bytes: &[u8], at: usize) -> Option<usize> {
    const WORDS: [&[u8]; 3] = [b"backup", b"recovery", b"scratch"];
    let from = at.saturating_sub(8);
    let near = &bytes[from..bytes.len().min(at + 16)];
    let found = WORDS.iter().find_map(|word| {
        near.windows(word.len())
            .position(|have| have.eq_ignore_ascii_case(word))
            .map(|i| from + i + word.len())
    })?;
    let sign = usize::from(matches!(bytes.get(found), Some(b' ' | b'_' | b'-')));
    let named = bytes.get(found + sign..found + sign + 4).is_some_and(|w| w.eq_ignore_ascii_case(b"code"));
    let rest = &bytes[found..bytes.len().min(found + REACH)];
    let words =
        rest.iter().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'_' | b'-')).count();
    // The first letters of a code are no word.
    let letters = rest[..words].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let torn = rest.get(words).is_some_and(u8::is_ascii_digit);
    named.then_some(found + words - if torn { letters } else { 0 })
}

/// Takes the codes of such a list: `1234-5678`, `a1b2c-3d4e5`, eight to twelve letters and digits.
pub(super) fn find(bytes: &[u8], at: usize, hits: &mut Hits) {
    let Some(mut from) = list_at(bytes, at) else { return };
    let limit = bytes.len().min(from + REACH);
    let mut all: Vec<(usize, usize)> = Vec::new();
    while from < limit && all.len() < MOST {
        let gap = bytes[from..limit].iter().take_while(|b| !b.is_ascii_alphanumeric()).count();
        let start = from + gap;
        let len = bytes[start..limit].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        if len == 0 || gap > 8 && !all.is_empty() {
            break;
        }
        // `4294 7337`: two groups of digits.
        let pair = pair_of_groups(&bytes[start..limit]);
        let len = if pair > 0 { pair } else { len };
        let word = &bytes[start..start + len];
        match pair > 0 || is_code(word) || may_be_code(word) {
            true => all.push((start, start + len)),
            false if len > 2 && !all.is_empty() => break,
            false => {}
        }
        from = start + len;
    }
    take(bytes, &all, hits);
}

/// Adds what are codes of a list, and what looks like one of them though it has no digit.
fn take(bytes: &[u8], all: &[(usize, usize)], hits: &mut Hits) {
    let of =
        |&&(start, end): &&(usize, usize)| is_code(&bytes[start..end]) || bytes[start..end].contains(&b' ');
    let Some(&(start, end)) = all.iter().find(of) else { return };
    for found in all.iter().filter(|found| of(found) || found.1 - found.0 == end - start) {
        push(hits, found.0, found.1, Confidence::Medium, "a recovery code");
    }
}

/// The length of two groups of as many digits with a blank between, 0 if there are none: `4294 7337`.
fn pair_of_groups(text: &[u8]) -> usize {
    let digits = |text: &[u8]| text.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let first = digits(text);
    let second = text.get(first + 1..).map_or(0, digits);
    let len = 2 * first + 1;
    let apart = text.get(first) == Some(&b' ') && !text.get(len).is_some_and(u8::is_ascii_alphanumeric);
    if (3..=5).contains(&first) && first == second && apart { len } else { 0 }
}

/// Whether a word is a code that stands in for a second factor.
pub(super) fn is_code(word: &[u8]) -> bool {
    let parts = word.split(|&b| b == b'-').collect::<Vec<_>>();
    let even =
        parts.len() > 1 && parts.iter().all(|p| (4..=8).contains(&p.len()) && p.len() == parts[0].len());
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let joined = even && (digits >= 2 || !Shape::of(word).reads_as_words());
    joined || (parts.len() == 1 && (8..=12).contains(&word.len()) && digits >= 2)
}

/// Whether a word may be one beside others: letters alone, of which no word is made, or with one digit.
fn may_be_code(word: &[u8]) -> bool {
    (8..=12).contains(&word.len())
        && word.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && (word[..word.len() - 1].iter().any(u8::is_ascii_digit) || !Shape::of(word).reads_as_words())
}

#[cfg(test)]
mod tests {
    use crate::detect::tests::check;

    #[test]
    fn finds_codes_of_a_second_factor() {
        for text in [
            "backup codes:\n«1234 5678»\n«8765 4321»\n",
            "recovery code «f7ufk-zv25m» works too",
            "recovery codes for github:\n1. «a1b2c-3d4e5»\n2. «f6a7b-8c9d0»\n",
            "{\"recovery_codes\":[\"«978db-26e44»\",\"«c8f16-d2e22»\"],\"enabled\":true}",
            "{\"backupCodes\":[\"«40863500»\",\"«33271168»\"]}",
            "backup codes: «x7kq9zb2mw», «kbqkwphfsg», «auscsleb2o»",
            "Your scratch codes are:\n  «48293017»\n  «19283746»\n",
            "scratch_codes: ['«48293017»', '«19283746»']",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_speaks_of_codes() {
        for text in [
            "Recovery codes are shown only once.",
            "backup_codes: string[]",
            "store the backup codes in the password manager",
            "const backupCodes = generateBackupCodes(10);",
            "recovery_codes = [\"E0308\", \"E0433\"]",
            "scratch directory: /scratch/bob12345678",
            "opcode 12345678, zipcode 12345678",
        ] {
            check(text);
        }
    }
}
