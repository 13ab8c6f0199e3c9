//! Where a word that everyone uses is the name of a product or a firm: `entire` is none in "the entire file", and one in
//! `` `entire help` ``, `.entire/`, `entire-cli`, "at Entire we".

use crate::detect::word;

/// How far a line is looked at around a word, in bytes.
const NEAR: usize = 80;

/// Whether the word at `start..end` stands as a name does: glued to another by a sign, alone in quotes, at the head of a
/// command in backquotes or behind a prompt, or with a capital within a sentence.
pub(super) fn is_marked(bytes: &[u8], start: usize, end: usize) -> bool {
    let (before, behind) =
        (&bytes[start.saturating_sub(NEAR)..start], &bytes[end..bytes.len().min(end + NEAR)]);
    is_glued(before, behind)
        || is_quoted(before, behind)
        || is_command(before)
        || is_head(bytes[start], before, behind)
        || is_capital(bytes[start], before, behind)
}

/// Whether a sign that parts no words of a sentence stands between the word and another one.
fn is_glued(before: &[u8], behind: &[u8]) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let ahead = match before {
        [.., b'/' | b'\\' | b'@' | b'$' | b'_' | b':'] => {
            !before.ends_with(b"\\n") && !before.ends_with(b"\\")
        }
        [.., last, b'-' | b'.'] => {
            last.is_ascii_alphanumeric() || matches!(last, b'/' | b' ' | b'"' | b'`' | b'\'' | b'(')
        }
        _ => false,
    };
    ahead
        || match behind {
            [b'/' | b'_' | b'@', ..] | [b'\\', b'.' | b'/' | b'-', ..] => true,
            [b'-' | b'.' | b':', rest @ ..] => letter(rest.first()),
            _ => false,
        }
}

/// Whether quotes stand on both sides, or those of a text in a text.
fn is_quoted(before: &[u8], behind: &[u8]) -> bool {
    let behind = behind.strip_prefix(b"\\").unwrap_or(behind);
    let (Some(left), Some(right)) = (before.last(), behind.first()) else {
        return before.is_empty() && behind.is_empty();
    };
    left == right && matches!(left, b'"' | b'\'' | b'`')
}

/// Whether a command begins here: behind a backquote, a prompt, or what runs another program.
fn is_command(before: &[u8]) -> bool {
    before.ends_with(b"`")
        || [&b"$ "[..], b"&& ", b"sudo ", b"exec ", b"which "].iter().any(|head| before.ends_with(head))
}

/// Whether a text or a quotation begins with it in small letters and goes on: `entire hooks stop` as a command.
fn is_head(first: u8, before: &[u8], behind: &[u8]) -> bool {
    first.is_ascii_lowercase()
        && matches!(behind, [b' ', b'a'..=b'z' | b'-', ..])
        && matches!(before, [] | [.., b'"' | b'\''])
}

/// Whether it has a capital that no beginning of a sentence explains, or is followed by another such word.
fn is_capital(first: u8, before: &[u8], behind: &[u8]) -> bool {
    if !first.is_ascii_uppercase() {
        return false;
    }
    let within = matches!(before, [.., last, b' '] if last.is_ascii_alphanumeric() || matches!(last, b',' | b'(' | b';'));
    let next = behind.strip_prefix(b" ").and_then(|rest| Some((rest.first()?, rest.get(1)?)));
    let title = next.is_some_and(|(a, b)| a.is_ascii_uppercase() && b.is_ascii_lowercase());
    within
        || title
        || behind.starts_with(b"'s ")
        || word::is_letter(char::from(first)) && behind.starts_with(b"\xe2\x80\x99s ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_name_where_it_is_marked() {
        for text in [
            "run `entire help` first",
            "see .entire/logs",
            "the folder entire/x",
            "entire-cli 2",
            "mcp__plugin_entire-x",
            "\"entire\"",
            "'entire'",
            "we at Entire think",
            "the Entire Release Bot",
            "Entire's logs",
            "docs.entire.io",
            "entire.io",
            "$ entire login",
            "brew install org/entire/entire",
            "entire:collab",
            "$entire collab",
            "\\\"entire\\\"",
            "plugin:entire-engineering",
            "entire hooks stop",
            "{\"command\":\"entire hooks stop\"}",
            "use 'entire status' first",
            "grep entire\\.io/x",
        ] {
            let at = text.to_ascii_lowercase().find("entire").unwrap();
            assert!(is_marked(text.as_bytes(), at, at + 6), "{text}");
        }
        for text in [
            "read the entire file",
            "Entire folders were moved",
            "entire. Then",
            "the entire, long day",
            "x\\nentire thing",
            "an entire: one",
            "the\nentire set",
        ] {
            let at = text.to_ascii_lowercase().find("entire").unwrap();
            assert!(!is_marked(text.as_bytes(), at, at + 6), "{text}");
        }
    }
}
