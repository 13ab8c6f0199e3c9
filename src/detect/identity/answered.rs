//! What a command printed that was asked who or where: its question, in another record, says what it is.

use super::{
    super::{asked::Ask, code::distinct, subject::Hits, vocabulary},
    account, branch, history, host, login, name,
};

/// Why something was found.
const EVIDENCE: &str = "what a command printed that was asked for it";

/// Adds the line `start..end` if it can be what was asked for: a word, or the words of a name.
pub(in crate::detect) fn find(bytes: &[u8], (start, end): (usize, usize), ask: Ask, hits: &mut Hits) {
    // The one of a list that is in use.
    let start = start + if bytes[start..end].starts_with(b"* ") { 2 } else { 0 };
    let text = &bytes[start..end];
    if ask == Ask::Person && text.contains(&b' ') {
        if name::name_end(bytes, start) == end && history::is_name(text) {
            name::push_person(bytes, start, end, hits);
        }
        return;
    }
    if text.iter().any(|b| b.is_ascii_whitespace() || matches!(b, b':' | b'=' | b'"' | b'('))
        || text.len() > 128
    {
        return;
    }
    match ask {
        Ask::Secret(_) | Ask::Said(_) | Ask::Typed(_) | Ask::Row(_) => {}
        Ask::Login | Ask::Person => {
            let own = text.split(|b| *b == b'\\').next_back().unwrap_or(text);
            if name::is_login_shape(own) && name::is_login(own) && !name::is_robot(own) {
                name::push_login(bytes, end - own.len(), end, EVIDENCE, hits);
            }
        }
        Ask::Host => {
            if is_host(text) && !distinct::is_public(text) {
                host::push(bytes, start, end, EVIDENCE, hits);
            }
        }
        Ask::Branch => branch::push(bytes, start + full_name(text), end, hits),
        Ask::Project => {
            let words = || text.split(|b| !b.is_ascii_alphanumeric()).all(vocabulary::has);
            if is_host(text) && !words() && !login::is_pseudonym(text) {
                account::push_resource(bytes, start, end, hits);
            }
        }
    }
}

/// How long what stands before a branch in its full name is: `refs/heads/`, `refs/remotes/origin/`.
fn full_name(text: &[u8]) -> usize {
    let heads = [
        &b"refs/heads/"[..],
        b"refs/remotes/origin/",
        b"refs/remotes/upstream/",
        b"origin/",
        b"upstream/",
        b"heads/",
    ];
    heads.iter().find(|head| text.starts_with(head)).map_or(0, |head| head.len())
}

/// Whether a word is made like the name of a machine or a project.
fn is_host(text: &[u8]) -> bool {
    let inner = text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    inner && text.len() > 2 && text[0].is_ascii_alphanumeric() && text.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_told_from_what_says_nothing() {
        let found = |text: &str, ask: Ask| {
            let mut hits = Hits::new();
            find(text.as_bytes(), (0, text.len()), ask, &mut hits);
            hits.first().map(|hit| text[hit.span.range()].to_owned()).unwrap_or_default()
        };
        for (text, ask, expected) in [
            ("zelmo", Ask::Login, "zelmo"),
            ("CORP\\zelmo", Ask::Login, "zelmo"),
            ("root", Ask::Login, ""),
            ("Zelmo Kavinas", Ask::Person, "Zelmo Kavinas"),
            ("fatal: not a git repository", Ask::Person, ""),
            ("build07", Ask::Host, "build07"),
            ("localhost", Ask::Host, ""),
            ("fix-premia", Ask::Branch, "fix-premia"),
            ("refs/remotes/origin/fix-premia", Ask::Branch, "fix-premia"),
            ("refs/remotes/origin/main", Ask::Branch, ""),
            ("main", Ask::Branch, ""),
            ("HEAD", Ask::Branch, ""),
            ("zelmont-prod", Ask::Project, "zelmont-prod"),
            ("(unset)", Ask::Project, ""),
            ("default", Ask::Project, ""),
        ] {
            assert_eq!(found(text, ask), expected, "{text}");
        }
    }
}
