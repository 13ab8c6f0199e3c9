//! The ways in which a known name is written elsewhere.

use super::{
    super::{canonical::canonical, code::distinct},
    login,
};
use crate::finding::Learn;

/// The shortest word of a person's name that is known by itself, in bytes.
const MIN_WORD: usize = 4;

/// How `value`, known as `learn` says, may be written, and for a part of it the canonical form that its own tag is made
/// of: a login also with a capital and as in a slug, a person's name also word by word.
pub(in crate::detect) fn spellings(learn: Learn, value: &[u8]) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut out = vec![(value.to_owned(), None)];
    let mut add = |spelling: Vec<u8>, own: Option<Vec<u8>>| {
        if out.iter().all(|(known, _)| *known != spelling) {
            out.push((spelling, own));
        }
    };
    match learn {
        Learn::Login => {
            add(value.to_ascii_lowercase(), None);
            add(capitalised(value), None);
            add(canonical(value), None);
        }
        Learn::Person => {
            for word in words(value) {
                add(word.to_owned(), Some(canonical(word)));
            }
        }
        Learn::Project => {
            add(canonical(value), None);
            add(capitalised(value), None);
        }
        Learn::Org => add(capitalised(value), None),
        Learn::Name => cases(value).into_iter().for_each(|spelling| add(spelling, None)),
        Learn::Secret | Learn::Host | Learn::Branch => {}
    }
    out
}

/// The words of a person's name that are known by themselves.
fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let words = name.split(|b| *b == b' ');
    words.filter(|word| word.len() >= MIN_WORD && !word[0].is_ascii_lowercase() && login::is_learnable(word))
}

/// `name` with a capital at its beginning and none behind.
fn capitalised(name: &[u8]) -> Vec<u8> {
    let mut name = name.to_ascii_lowercase();
    if let Some(first) = name.first_mut() {
        first.make_ascii_uppercase();
    }
    name
}

/// How the name of a function or a type is written in languages with other habits, and in tests of it.
fn cases(name: &[u8]) -> Vec<Vec<u8>> {
    let upper = !name.iter().any(u8::is_ascii_lowercase);
    if upper || name.contains(&b'-') {
        return Vec::new();
    }
    let pascal: Vec<u8> = distinct::words(name).flat_map(raised).collect();
    let mut camel = pascal.clone();
    let head = distinct::words(name).next().map_or(0, <[u8]>::len);
    camel[..head].make_ascii_lowercase();
    let snake = distinct::words(name).map(<[u8]>::to_ascii_lowercase).collect::<Vec<_>>().join(&b'_');
    vec![pascal, camel, snake]
}

/// A word with a capital at its beginning.
fn raised(word: &[u8]) -> Vec<u8> {
    let mut word = word.to_owned();
    word[0].make_ascii_uppercase();
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(learn: Learn, value: &str) -> Vec<String> {
        spellings(learn, value.as_bytes()).into_iter().map(|(v, _)| String::from_utf8(v).unwrap()).collect()
    }

    #[test]
    fn a_login_is_known_with_a_capital_and_in_a_slug() {
        assert_eq!(texts(Learn::Login, "m.ortiz"), ["m.ortiz", "M.ortiz", "m-ortiz"]);
        assert_eq!(texts(Learn::Person, "Maribel van Ortiz"), ["Maribel van Ortiz", "Maribel", "Ortiz"]);
        assert_eq!(texts(Learn::Project, "ledger_api"), ["ledger_api", "ledger-api", "Ledger_api"]);
        assert_eq!(texts(Learn::Project, "ledgerly"), ["ledgerly", "Ledgerly"]);
    }

    #[test]
    fn a_name_is_known_in_the_cases_of_other_languages() {
        assert_eq!(texts(Learn::Name, "bind_quote"), ["bind_quote", "BindQuote", "bindQuote"]);
        assert_eq!(texts(Learn::Name, "HTTPQuote"), ["HTTPQuote", "httpQuote", "http_quote"]);
        assert_eq!(texts(Learn::Name, "MAX_QUOTE"), ["MAX_QUOTE"]);
    }
}
