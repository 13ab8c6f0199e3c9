//! One form for one name: a login, a folder or a person is the same in a path, a slug, an address and a prompt.

use super::word;
use std::borrow::Cow;

/// The most characters of an e-mail address's local part.
const MAX_NAME: usize = 256;

/// The form a tag is made of: percent escapes undone, lower case, and all that is no ASCII letter or digit as `-`,
/// which is what Claude Code's project folders make of a name. Case is given up everywhere, since Windows, macOS and
/// mail do not tell cases apart and a name must have one pseudonym in all of them.
///
/// A name with no ASCII letter or digit at all keeps its bytes, so that different ones stay different.
pub(super) fn canonical(name: &[u8]) -> Vec<u8> {
    let name = &name[..name.len().min(MAX_NAME)];
    if name.iter().all(|b| b.is_ascii() && !matches!(b, b'%' | b'\\')) {
        // Most names: nothing is to be undone, and each byte is one character.
        let letter = |b: &u8| if b.is_ascii_alphanumeric() { b.to_ascii_lowercase() } else { b'-' };
        let says = name.iter().any(u8::is_ascii_alphanumeric);
        return if says { name.iter().map(letter).collect() } else { name.to_owned() };
    }
    let decoded = decode(name);
    let slug = slug(&decoded);
    if slug.iter().any(u8::is_ascii_alphanumeric) { slug } else { decoded.into_owned() }
}

/// `name` by Claude Code's rule for folders, in lower case.
fn slug(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some((c, end)) = word::char_at(name, at) {
        if word::is_accent(c) {
            // A letter and its accent apart, as macOS writes them, are one character in the slug.
            out.pop();
            out.push(b'-');
        } else if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase() as u8);
        } else {
            out.push(b'-');
        }
        at = end;
    }
    out
}

/// Percent escapes (once or twice) and shell or JSON backslashes undone.
fn decode(name: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr2(b'%', b'\\', name).is_none() {
        return Cow::Borrowed(name);
    }
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        if let Some((byte, width)) = word::percent_once_or_twice(rest) {
            out.push(byte);
            rest = &rest[width..];
        } else {
            if *first != b'\\' {
                out.push(*first);
            }
            rest = tail;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn most_names_need_no_look_at_characters(name in "[a-zA-Z0-9 ._~-]{0,30}") {
            let decoded = slug(&decode(name.as_bytes()));
            let says = decoded.iter().any(u8::is_ascii_alphanumeric);
            let expected = if says { decoded } else { name.clone().into_bytes() };
            proptest::prop_assert_eq!(canonical(name.as_bytes()), expected);
        }
    }

    #[test]
    fn spellings_of_one_name_agree() {
        for (name, expected) in [
            ("maribel", "maribel"),
            ("Maribel", "maribel"),
            ("first.last", "first-last"),
            ("first_last", "first-last"),
            ("Alice Example", "alice-example"),
            ("Alice%20Example", "alice-example"),
            ("Alice%2520Example", "alice-example"),
            (r"Alice\ Example", "alice-example"),
            ("josé", "jos-"),
            ("jose\u{301}", "jos-"),
            ("jos%C3%A9", "jos-"),
        ] {
            assert_eq!(canonical(name.as_bytes()), expected.as_bytes(), "{name}");
        }
        assert_ne!(canonical("李明".as_bytes()), canonical("王芳".as_bytes()));
    }
}
