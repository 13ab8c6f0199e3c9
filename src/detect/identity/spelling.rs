//! The ways in which a known name is written elsewhere.

use super::{
    super::{canonical::canonical, code::distinct, path, vocabulary, word},
    login,
};
use crate::finding::Learn;

/// The shortest word of a person's name that is known by itself, in bytes.
const MIN_WORD: usize = 4;

/// What organisations put behind their name where the name alone is taken: `acmehq`, `acme-labs`.
static SUFFIXES: &[&str] = &["app", "com", "corp", "dev", "hq", "inc", "io", "labs", "ltd", "org", "team"];

/// The least length of a name that is left without such a suffix, in bytes.
const MIN_BRAND: usize = 4;

/// The least length of a word of a project's name that is known by itself, in bytes.
const MIN_STEM: usize = 6;

/// The least length of a name that is known in capitals too, in bytes.
const MIN_SHOUTED: usize = 5;

/// A way in which a known name is written.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::detect) struct Spelling {
    /// The bytes.
    pub(in crate::detect) text: Vec<u8>,
    /// The canonical form that its tag is made of; `None` for that of the name.
    pub(in crate::detect) own: Option<Vec<u8>>,
    /// As what it is known.
    pub(in crate::detect) learn: Learn,
}

/// How `value`, known as `learn` says, may be written, and for a part of it the canonical form that its own tag is made
/// of: a login also with a capital and as in a slug, a person's name also word by word, a project's and a folder's name
/// also as code writes it.
pub(in crate::detect) fn spellings(learn: Learn, value: &[u8]) -> Vec<Spelling> {
    let mut out = vec![Spelling { text: value.to_owned(), own: None, learn }];
    let mut add = |text: Vec<u8>, own: Option<Vec<u8>>, learn: Learn| {
        if out.iter().all(|known| known.text != text) {
            out.push(Spelling { text, own, learn });
        }
    };
    match learn {
        Learn::Login => {
            add(value.to_ascii_lowercase(), None, learn);
            add(capitalised(value), None, learn);
            add(canonical(value), None, learn);
            shouted(value).into_iter().for_each(|text| add(text, None, learn));
        }
        Learn::Person => {
            for word in words(value) {
                // A word of everyone's is a name where it is marked as one.
                let learn = if vocabulary::has(word) { Learn::Brand } else { learn };
                add(word.to_owned(), Some(canonical(word)), learn);
            }
        }
        Learn::Project => {
            add(canonical(value), None, learn);
            add(capitalised(value), None, learn);
            joined(value).into_iter().for_each(|text| add(text, None, learn));
            shouted(value).into_iter().for_each(|text| add(text, None, learn));
            if path::is_own(value) {
                cases(value).into_iter().for_each(|text| add(text, None, learn));
            }
            if let Some(stem) = stem(value) {
                add(stem.to_ascii_lowercase(), Some(canonical(stem)), Learn::Brand);
                add(capitalised(stem), Some(canonical(stem)), Learn::Brand);
            }
        }
        Learn::Org => {
            add(capitalised(value), None, learn);
            if path::is_own(value) {
                add(value.to_ascii_lowercase(), None, learn);
            }
            shouted(value).into_iter().for_each(|text| add(text, None, learn));
            if let Some(brand) = brand(value) {
                let learn = if vocabulary::has(brand) { Learn::Brand } else { Learn::Org };
                add(brand.to_ascii_lowercase(), Some(canonical(brand)), learn);
                add(capitalised(brand), Some(canonical(brand)), learn);
            }
        }
        Learn::Branch if is_ticket(value) => add(value.to_ascii_lowercase(), None, learn),
        Learn::Name => cases(value).into_iter().for_each(|text| add(text, None, learn)),
        Learn::Component => {
            cases(value).into_iter().for_each(|text| add(text, None, learn));
            joined(value).into_iter().for_each(|text| add(text, None, learn));
        }
        Learn::Secret | Learn::Host | Learn::Branch | Learn::Brand => {}
    }
    out
}

/// A name in capitals, as variables of an environment have it (`LEDGERLY_ENV`), unless it is short or a word of everyone's.
fn shouted(name: &[u8]) -> Option<Vec<u8>> {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let own = name.len() >= MIN_SHOUTED && name.iter().all(plain) && !vocabulary::has(name);
    let underlined = |b: &u8| if *b == b'-' { b'_' } else { b.to_ascii_uppercase() };
    own.then(|| name.iter().map(underlined).collect())
}

/// An organisation's name without what stands behind it where the name alone is taken.
fn brand(org: &[u8]) -> Option<&[u8]> {
    let suffix = |suffix: &&str| word::ends_with(org, suffix.as_bytes());
    let len = SUFFIXES.iter().find(|s| suffix(s))?.len();
    let brand = &org[..org.len() - len];
    let brand = brand.strip_suffix(b"-").or_else(|| brand.strip_suffix(b"_")).unwrap_or(brand);
    let name = brand.len() >= MIN_BRAND && brand.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    // `data` of `data-io` stands in every other path and program.
    (name && distinct::is_unusual(brand) && !path::is_common_name(brand)).then_some(brand)
}

/// The one word of a project's name that is none of everyone's: what else is built there is called after it.
fn stem(project: &[u8]) -> Option<&[u8]> {
    let own = |word: &&[u8]| word.len() >= MIN_STEM && path::is_own(word);
    let mut words = project.split(|b| matches!(b, b'-' | b'_' | b'.' | b' ')).filter(own);
    let stem = words.next().filter(|stem| stem.len() < project.len() && words.next().is_none())?;
    (stem.iter().all(u8::is_ascii_alphabetic) && !is_mixed(stem)).then_some(stem)
}

/// Whether a word has capitals behind its first letter.
fn is_mixed(word: &[u8]) -> bool {
    word.iter().skip(1).any(u8::is_ascii_uppercase)
}

/// Whether this is the number of a ticket: `ACME-123`.
fn is_ticket(value: &[u8]) -> bool {
    let Some(dash) = memchr::memchr(b'-', value) else { return false };
    let (project, number) = (&value[..dash], &value[dash + 1..]);
    project.iter().all(u8::is_ascii_uppercase) && !number.is_empty() && number.iter().all(u8::is_ascii_digit)
}

/// A name of several words with other signs between them and with none, unless that is a word of everyone's.
fn joined(name: &[u8]) -> Vec<Vec<u8>> {
    let words: Vec<Vec<u8>> =
        name.split(|b| matches!(b, b'-' | b'_')).map(<[u8]>::to_ascii_lowercase).collect();
    if words.len() < 2 || words.iter().any(Vec::is_empty) || name.contains(&b'.') {
        return Vec::new();
    }
    let mut out = vec![words.join(&b'-'), words.join(&b'_'), words.concat()];
    out.retain(|text| !vocabulary::has(text));
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
    if upper || name.contains(&b'-') && !distinct::words(name).all(|word| word[0].is_ascii_lowercase()) {
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
        spellings(learn, value.as_bytes()).into_iter().map(|s| String::from_utf8(s.text).unwrap()).collect()
    }

    #[test]
    fn a_login_is_known_with_a_capital_and_in_a_slug() {
        assert_eq!(texts(Learn::Login, "m.ortiz"), ["m.ortiz", "M.ortiz", "m-ortiz"]);
        assert_eq!(texts(Learn::Person, "Maribel van Ortiz"), ["Maribel van Ortiz", "Maribel", "Ortiz"]);
        assert_eq!(
            texts(Learn::Project, "ledger_api"),
            ["ledger_api", "ledger-api", "Ledger_api", "ledgerapi", "LEDGER_API"]
        );
        let known = texts(Learn::Project, "zorblatt-app");
        assert!(
            known.contains(&"zorblatt".to_owned()) && known.contains(&"Zorblatt".to_owned()),
            "{known:?}"
        );
        assert!(!texts(Learn::Project, "zorblatt-kavinas").contains(&"zorblatt".to_owned()));
        assert_eq!(texts(Learn::Project, "ledgerly"), ["ledgerly", "Ledgerly"]);
        assert_eq!(texts(Learn::Project, "zorblatt"), ["zorblatt", "Zorblatt", "ZORBLATT"]);
        assert_eq!(texts(Learn::Login, "maribel"), ["maribel", "Maribel", "MARIBEL"]);
    }

    #[test]
    fn an_organisation_is_known_without_what_stands_behind_its_name() {
        let known = |org: &str| {
            let known = spellings(Learn::Org, org.as_bytes()).into_iter();
            known.map(|s| (String::from_utf8(s.text).unwrap(), s.learn)).collect::<Vec<_>>()
        };
        let pair = |text: &str, learn| (text.to_owned(), learn);
        // A word of everyone's is a name only where it is marked as one.
        let [org, brand] = [Learn::Org, Learn::Brand];
        assert_eq!(
            known("orchardhq"),
            [
                pair("orchardhq", org),
                pair("Orchardhq", org),
                pair("ORCHARDHQ", org),
                pair("orchard", brand),
                pair("Orchard", brand)
            ]
        );
        assert_eq!(known("zorblatt-io")[3..], [pair("zorblatt", org), pair("Zorblatt", org)]);
        for (org, spellings) in [("radio", 2), ("data-io", 3), ("cloudhq", 3), ("testing-labs", 3)] {
            assert_eq!(known(org).len(), spellings, "{org}");
        }
        assert_eq!(texts(Learn::Branch, "ACME-12"), ["ACME-12", "acme-12"]);
        assert_eq!(texts(Learn::Branch, "Feature-12"), ["Feature-12"]);
    }

    #[test]
    fn a_folder_is_known_as_code_and_sentences_write_it() {
        assert_eq!(
            texts(Learn::Component, "quote-zorber"),
            ["quote-zorber", "QuoteZorber", "quoteZorber", "quote_zorber", "quotezorber"]
        );
        assert_eq!(texts(Learn::Component, "gitproto"), ["gitproto", "Gitproto"]);
        assert_eq!(texts(Learn::Project, "work_flow"), ["work_flow", "work-flow", "Work_flow", "WORK_FLOW"]);
    }

    #[test]
    fn a_name_is_known_in_the_cases_of_other_languages() {
        assert_eq!(texts(Learn::Name, "bind_quote"), ["bind_quote", "BindQuote", "bindQuote"]);
        assert_eq!(texts(Learn::Name, "HTTPQuote"), ["HTTPQuote", "httpQuote", "http_quote"]);
        assert_eq!(texts(Learn::Name, "MAX_QUOTE"), ["MAX_QUOTE"]);
    }
}
