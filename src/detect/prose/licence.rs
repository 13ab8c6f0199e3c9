//! Keys of products behind a word that says so: `serial 7KQ9-2B4M-V8L3-TQ1N`, `activation code …`, `product key: …`.

use super::{
    super::{assignment, reference},
    value::push,
};
use crate::detect::subject::Hits;

/// Parts of the words for such a key, and whether what they name may be a number of hexadecimal digits too.
const LEADS: [(&str, bool); 7] = [
    ("redeem", true),
    ("serial", false),
    ("ation code", true),
    ("product key", true),
    ("key", false),
    ("ft card", true),
    ("code: ", true),
];

/// How far behind the word a key stands, in bytes.
const REACH: usize = 72;

/// Looks at the word at byte `at`.
pub(super) fn find(bytes: &[u8], at: usize, hits: &mut Hits) {
    let is =
        |word: &str| bytes.get(at..at + word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()));
    let Some(&(lead, hexadecimal)) = LEADS.iter().find(|(lead, _)| is(lead)) else { return };
    let voucher = lead == "code: ";
    if voucher && !is_of_voucher(bytes, at) {
        return;
    }
    let mut limit = bytes.len().min(at + lead.len() + REACH);
    let mut from = at + lead.len();
    while let Some(dash) = memchr::memchr(b'-', &bytes[from..limit]).map(|i| from + i) {
        let start = from + bytes[from..dash].iter().rposition(|b| !is_of_group(*b)).map_or(0, |i| i + 1);
        let end =
            dash + bytes[dash..].iter().take(REACH).take_while(|b| is_of_group(**b) || **b == b'-').count();
        let edge = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_');
        let whole = edge(start.checked_sub(1).and_then(|i| bytes.get(i))) && edge(bytes.get(end));
        let text = &bytes[start..end];
        if whole && (is_key(text, hexadecimal) || voucher && is_voucher(text)) {
            if !assignment::is_known(hits, start, end) {
                push(hits, start, end, "the key of a product");
            }
            if !voucher {
                return;
            }
            // One of a list.
            limit = bytes.len().min(end + REACH);
        }
        from = end.max(dash + 1);
        if from >= limit {
            return;
        }
    }
}

fn is_of_group(b: u8) -> bool {
    b.is_ascii_uppercase() || b.is_ascii_digit()
}

/// Whether the words before byte `at` are those for a code that is worth money.
fn is_of_voucher(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(24)..at];
    [&b"voucher"[..], b"coupon", b"gift"]
        .iter()
        .any(|word| before.windows(word.len()).any(|have| have.eq_ignore_ascii_case(word)))
}

/// Whether `text` is two groups or more of as many capitals and digits.
fn is_voucher(text: &[u8]) -> bool {
    let size = text.iter().take_while(|b| **b != b'-').count();
    (4..=8).contains(&size)
        && (9..=40).contains(&text.len())
        && text.split(|b| *b == b'-').all(|group| group.len() == size && group.iter().any(|b| *b != group[0]))
        && text.iter().filter(|b| b.is_ascii_digit()).count() >= 2
        && !reference::is_explained(text)
}

/// Whether `text` is three groups or more of as many capitals and digits; `hexadecimal` if these may be all that it has.
fn is_key(text: &[u8], hexadecimal: bool) -> bool {
    let groups = text.split(|b| *b == b'-');
    let size = groups.clone().next().map_or(0, <[u8]>::len);
    let count = groups.clone().count();
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = text.iter().filter(|b| b.is_ascii_uppercase()).count();
    let beyond = text.iter().any(|b| matches!(b, b'G'..=b'Z'));
    (4..=8).contains(&size)
        && (3..=8).contains(&count)
        && size * count >= 15
        && groups.clone().all(|group| group.len() == size)
        && digits >= 1
        && letters >= 3
        && (beyond || hexadecimal)
        && !groups.clone().any(|group| group.iter().all(|b| *b == group[0]))
        && !reference::is_explained(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_keys_of_products() {
        for text in [
            "I bought it, serial «7KQ9-2B4M-V8L3-TQ1N» registered to Jo",
            "redeem code «7KQ9-2B4M-V8L3-TQ1N»",
            "activation code «4HT7-9W2C-6RN3-P8D5»",
            "voucher code: «7746-A43C», «B4K1-77QX»",
            "Your gift card code: «68F6-1A46-2005-410E»",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_numbers_of_devices_and_models() {
        for text in [
            "serial: 4F2A-91BC-77DE-0A3C",
            "serial M4-2231 rev B",
            "licensed under MIT-0",
            "license key XXXX-XXXX-XXXX-XXXX",
            "serialize the ISO-8601 date",
            "license 2024-2025-2026",
            "voucher 2024-11-12 is void",
            "license: Apache-2.0",
        ] {
            check(text);
        }
    }
}
