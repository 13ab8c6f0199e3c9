//! Remarks behind a line of a program that say what its literal is: `"bob": "x",  # admin password`.

use super::{
    super::{assignment, reference, subject::Hits},
    noun::Noun,
    value::push,
};

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 200;

/// The most words of such a remark before its noun.
const WORDS: usize = 5;

/// The signs with which remarks begin.
const SIGNS: [&[u8]; 3] = [b"# ", b"// ", b"-- "];

/// Takes the literals of a line whose remark ends with the noun.
pub(super) fn find(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    if !matches!(bytes.get(noun.end), None | Some(b'\n' | b'\r')) {
        return;
    }
    let from = noun.start.saturating_sub(LONGEST);
    let line = memchr::memrchr(b'\n', &bytes[from..noun.start]).map_or(from, |i| from + i + 1);
    let text = &bytes[line..noun.start];
    let Some(sign) = SIGNS.iter().filter_map(|sign| memchr::memmem::rfind(text, sign)).max() else { return };
    let said = &text[sign + 2..];
    let denies = said.split(|b| *b == b' ').any(|word| matches!(word, b"not" | b"no" | b"never" | b"hash"));
    if sign == 0 || denies || said.split(|b| *b == b' ').count() > WORDS + 1 {
        return;
    }
    let end = line + sign;
    let mut at = line;
    while let Some(open) = memchr::memchr2(b'"', b'\'', &bytes[at..end]).map(|i| at + i) {
        let Some(found) = assignment::literal(bytes, open).filter(|found| found.end < end) else { return };
        take(bytes, (found.start, found.end), hits);
        at = found.end + 1;
    }
}

/// Adds the literal `start..end` if someone made it up.
fn take(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let value = &bytes[start..end];
    if reference::is_strongly_made_up(value)
        && !reference::is_explained(value)
        && !assignment::is_known(hits, start, end)
    {
        push(hits, start, end, "a literal that a remark calls a secret");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_literals_that_remarks_explain() {
        for text in [
            "USERS = {\n    \"bob\": \"«Comet84x»\",  # admin password\n}",
            "login('bob', '«Comet84x»'); // the staging password\n",
            "USERS = {\"bob\": \"«Comet84x»\", \"eve\": \"«Comet85y»\"}  # login -> password\n",
            "hashlib.sha256(b\"«Comet84x»\").hexdigest()  # password\n",
            "x = \"Comet84x\"  # not a password\n",
            "x = \"comet\"  # the password\n",
            "x = f(y)  # the password\n",
            "# x = \"Comet84x\" and the other one\n",
        ] {
            check(text);
        }
    }
}
