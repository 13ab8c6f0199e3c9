//! Lines of a program's or a machine's files that read like sentences: remarks, and directives without a sign between name
//! and value.

use super::noun::Noun;

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 160;

/// The most words before the name of a directive.
const WORDS: usize = 4;

/// What stands on the line before byte `at`, without what a patch or a reader of files puts there.
fn before(bytes: &[u8], at: usize) -> &[u8] {
    let from = at.saturating_sub(LONGEST);
    let line = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |i| from + i + 1);
    let text = bytes[line..at].trim_ascii_start();
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let text = match &text[digits..] {
        [b'\t', rest @ ..] if digits > 0 => rest,
        [0xe2, 0x86, 0x92, rest @ ..] if digits > 0 => rest,
        _ => text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text),
    };
    text.trim_ascii_start()
}

/// Whether the line around byte `at` is a remark up to there: `# x`, `// x`, ` * x`, `-- x`.
pub(super) fn is_comment(bytes: &[u8], at: usize) -> bool {
    let text = before(bytes, at);
    [&b"# "[..], b"// ", b"/* ", b"* ", b"-- ", b"; "].iter().any(|sign| text.starts_with(sign))
}

/// Whether the noun names the value that ends its line, behind a few plain words: `bindpw x`, `user bob insecure-password x`.
pub(super) fn is_directive(bytes: &[u8], noun: Noun) -> bool {
    let text = before(bytes, noun.start);
    let plain = |b: &u8| {
        b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b' ' | b'_' | b'-' | b'/' | b'.')
    };
    let rest = &bytes[noun.end..bytes.len().min(noun.end + LONGEST)];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let value = line.trim_ascii();
    line.starts_with(b" ")
        && !value.is_empty()
        && !value.contains(&b' ')
        && !matches!(value[0], b'(' | b'=' | b'{' | b'"' | b'\'' | b'$')
        && text.iter().all(plain)
        && (text.is_empty() || text.ends_with(b" "))
        && text.split(|b| *b == b' ').count() <= WORDS
}

#[cfg(test)]
mod tests {
    use super::super::super::{Hits, Subject, assignment::meaning, secret::Word};
    use crate::transcript::text::{Field, Role};

    /// What is found behind the word `word` of a program's text.
    fn found(text: &str, word: &str) -> Vec<String> {
        let field = Field::Code("");
        let subject = Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field, cwd: None };
        let start = text.rfind(word).expect("it stands there");
        let end = start + word.len();
        let mut hits = Hits::new();
        super::super::find(&subject, Word { start, end, name: meaning(word.as_bytes()) }, &mut hits);
        hits.iter().map(|hit| text[hit.span.range()].to_owned()).collect()
    }

    #[test]
    fn directives_and_remarks_of_programs_are_read() {
        for (text, word) in [
            ("bindpw Comet84x!\nbinddn cn=bob\n", "bindpw"),
            ("  user bob insecure-password Comet84x!\n", "insecure-password"),
            ("d-i passwd/user-password password Comet84x!", "password Com"),
            ("# TODO remove hardcoded password (Comet84x!)\n", "password"),
            ("+bindpw Comet84x!\n", "bindpw"),
            ("    12→bindpw Comet84x!\n", "bindpw"),
        ] {
            assert_eq!(found(text, word.trim_end_matches(" Com")), ["Comet84x!"], "{text}");
        }
        for (text, word) in [
            ("let x = password Comet84x!", "password"),
            ("password sha256\n", "password"),
            ("password required\n", "password"),
            ("return password value2\n", "password"),
        ] {
            assert!(found(text, word).is_empty(), "{text}");
        }
    }
}
