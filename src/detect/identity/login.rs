//! What is a person's login and what is a system's account, an example or a pseudonym.

mod table;

use table::{EXAMPLES, SYSTEM, WORDS};

/// The shortest login that is a person's wherever it stands, in bytes; in a home directory any length is.
const MIN_LOGIN: usize = 3;

/// Whether `name` may be a person's login wherever it stands.
pub(crate) fn is_person(name: &[u8]) -> bool {
    name.len() >= MIN_LOGIN && may_be_person(name)
}

/// Whether `name`, in a place that names a user, is a person's.
pub(crate) fn may_be_person(name: &[u8]) -> bool {
    let letters = name.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    letters && !SYSTEM.has(name) && !EXAMPLES.has(name) && !is_service(name) && !is_pseudonym(name)
}

/// Whether `name`, once known as a login, is that person's wherever it stands alone as a word.
pub(crate) fn is_learnable(name: &[u8]) -> bool {
    is_person(name) && !WORDS.has(name)
}

/// Whether `name` is an account of the system or of an image that everyone uses.
fn is_service(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let starts = |p: &str| lower.starts_with(p.as_bytes());
    let ends = |p: &str| lower.ends_with(p.as_bytes());
    // macOS and systemd name their own accounts so; robots of forges end in `[bot]`.
    name[0] == b'_'
        || starts("systemd-")
        || ends("$")
        || ends("[bot]")
        || starts("nixbld")
        || starts("redacted")
}

/// The words that pseudonyms begin with.
const PSEUDONYMS: [&[u8]; 11] = [
    b"user-",
    b"project-",
    b"dir-",
    b"mod-",
    b"org-",
    b"host-",
    b"branch-",
    b"value-",
    b"fn-",
    b"type-",
    b"const-",
];

/// Whether `name` is a pseudonym of ours, a word, a hyphen and six hexadecimal digits, or what an outline of code begins
/// with.
pub(crate) fn is_pseudonym(name: &[u8]) -> bool {
    name == b"CODE"
        || name.contains(&b'-')
            && PSEUDONYMS.iter().any(|word| {
                let tail = name
                    .get(..word.len())
                    .filter(|head| head.eq_ignore_ascii_case(word))
                    .map(|_| &name[word.len()..]);
                tail.is_some_and(|t| {
                    t.len() >= 6
                        && t[..6].iter().all(u8::is_ascii_hexdigit)
                        && (t.len() == 6 || !t[6].is_ascii_alphanumeric())
                })
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_and_pseudonyms_are_no_persons() {
        for name in [
            "root",
            "Administrator",
            "ec2-user",
            "_spotlight",
            "user-7f3a9c",
            "mod-91aa3e.rs",
            "1000",
            "YOU",
            "CODE",
            "fn-7f3a9c",
        ] {
            assert!(!may_be_person(name.as_bytes()), "{name}");
        }
        for name in ["maribel", "j", "josé", "first.last", "user-7f3a9cd", "usera", "jsmith42"] {
            assert!(may_be_person(name.as_bytes()), "{name}");
        }
    }
}
