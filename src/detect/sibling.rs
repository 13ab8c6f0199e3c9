//! Members that another member of their object names: `{"name": "DB_PASSWORD", "value": "x"}`, `{"selector": "#password",
//! "value": "x"}`, `{"element": "Password field", "text": "x"}`, as arguments and answers of tools have them.
//!
//! Within a text [`super::assignment`] sees both; of a record's own objects each string is a text of its own.

use super::assignment::{self, Name};
use crate::transcript::{json::Kind, tree::Tree};

/// Whether a key is one of what is named.
fn is_value(key: &[u8]) -> bool {
    matches!(
        key,
        b"ParameterValue"
            | b"Value"
            | b"answer"
            | b"chars"
            | b"code"
            | b"defaultValue"
            | b"input"
            | b"plaintext"
            | b"stdin"
            | b"text"
            | b"v"
            | b"val"
            | b"value"
    )
}

/// How many members of an object are looked at.
const MEMBERS: usize = 32;

/// Keys of what names it, in order.
const NAMES: [&[u8]; 20] = [
    b"Key",
    b"Name",
    b"ParameterKey",
    b"description",
    b"element",
    b"env",
    b"field",
    b"header",
    b"id",
    b"k",
    b"key",
    b"label",
    b"name",
    b"placeholder",
    b"prompt",
    b"question",
    b"selector",
    b"target",
    b"type",
    b"variable",
];

/// The longest name that is looked at, in bytes as written.
const LONGEST: usize = 96;

/// Whether a string of that key and raw bytes may name the value beside it.
pub(super) fn may_name(key: Option<&[u8]>, raw: &[u8]) -> bool {
    raw.len() <= LONGEST && key.is_some_and(|key| NAMES.binary_search(&key).is_ok()) && word(raw).is_some()
}

/// The token that names the string at token `index` and the word of it that means a secret, if there is one beside it.
pub(super) fn named<'r>(record: &'r [u8], tree: &Tree, index: usize) -> Option<(usize, &'r [u8])> {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    if let Some(held) = held(record, tree, index).or_else(|| paired(record, tree, index)) {
        return Some(held);
    }
    tree.key(index).filter(|key| is_value(bytes(*key)))?;
    tree.children(tree.parent(index)?).take(MEMBERS).find_map(|other| {
        let key = tree.key(other).map(bytes);
        let raw = bytes(other);
        (other != index && may_name(key, raw)).then(|| word(raw).map(|word| (other, word)))?
    })
}

/// The first string of a pair in a list of pairs, if the one at token `index` is the second and the first means a secret:
/// `[["X-Api-Key", "x"]]`.
fn paired<'r>(record: &'r [u8], tree: &Tree, index: usize) -> Option<(usize, &'r [u8])> {
    let kind = |index: usize| tree.tokens()[index].kind;
    let pair = tree.parent(index).filter(|&pair| kind(pair) == Kind::ArrayStart)?;
    tree.parent(pair).filter(|&list| kind(list) == Kind::ArrayStart)?;
    let mut both = tree.children(pair);
    let first = both.next().filter(|&first| kind(first) == Kind::String && first != index)?;
    let alone = both.next() == Some(index) && both.next().is_none();
    let raw = tree.tokens()[first].bytes(record);
    (alone && raw.len() <= LONGEST).then(|| word(raw))?.map(|word| (first, word))
}

/// The key that holds the object or array in which the string at token `index` stands, if it speaks of all in it, and the
/// word that it is: of `"db_password": {"value": "x"}`, of `"passwords": {"root": "x"}`, of `"auth": ["bob", "x"]`.
fn held<'r>(record: &'r [u8], tree: &Tree, index: usize) -> Option<(usize, &'r [u8])> {
    let bytes = |index: usize| tree.tokens()[index].bytes(record);
    let holder = tree.key(tree.parent(index)?)?;
    let name = bytes(holder);
    if name.len() > LONGEST {
        return None;
    }
    let key = tree.key(index).map(bytes);
    if key.is_some_and(|key| is_value(key) && key != b"type") && key != Some(b"text") {
        let certain = assignment::meaning(name).is_some_and(|Name { certain, .. }| certain);
        if certain {
            return Some((holder, name));
        }
    }
    let holds = assignment::is_container(name)
        && !key.is_some_and(assignment::is_open)
        && assignment::is_held(bytes(index));
    holds.then_some((holder, b"password"))
}

/// Words that say that something is about a secret and takes none; lower case.
const ABOUT: [&str; 18] = [
    "button",
    "checkbox",
    "error",
    "forgot",
    "heading",
    "help",
    "hint",
    "icon",
    "link",
    "message",
    "meter",
    "page",
    "policy",
    "requirements",
    "reset",
    "show",
    "strength",
    "toggle",
];

/// The word of a name that means a secret: all of a variable's or a header's, one of `#login-password` or `Password field`.
fn word(raw: &[u8]) -> Option<&[u8]> {
    let part = |b: &u8| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.') || *b >= 0x80);
    let mut words = raw.split(part).filter(|word| word.len() > 1);
    let means = |word: &&[u8]| assignment::meaning(word).is_some_and(|Name { certain, .. }| certain);
    let about = |word: &[u8]| ABOUT.iter().any(|about| word.eq_ignore_ascii_case(about.as_bytes()));
    let name = words.clone().find(means)?;
    (words.clone().count() < 7 && !words.any(about)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(record: &str) -> Option<String> {
        let mut tree = Tree::default();
        tree.read(record.as_bytes()).unwrap();
        let named = |index| named(record.as_bytes(), &tree, index);
        let found = (0..tree.tokens().len()).find_map(named)?;
        Some(String::from_utf8_lossy(found.1).into_owned())
    }

    #[test]
    fn tells_what_names_a_value() {
        for (record, name) in [
            (r#"{"name":"DB_PASSWORD","value":"x"}"#, "DB_PASSWORD"),
            (r#"{"value":"x","name":"DB_PASSWORD"}"#, "DB_PASSWORD"),
            (r#"{"stdin":"x","prompt":"[sudo] password for bob:"}"#, "password"),
            (r##"{"selector":"#login-password","value":"x"}"##, "login-password"),
            (r#"{"selector":"input[name='password']","value":"x"}"#, "password"),
            (r#"{"element":"Password field","ref":"e12","text":"x"}"#, "Password"),
            (r#"{"fields":[{"name":"Password","type":"textbox","ref":"e9","value":"x"}]}"#, "Password"),
            (r#"{"headers":[["Accept","x"],["X-Api-Key","x"]]}"#, "X-Api-Key"),
        ] {
            assert_eq!(told(record).as_deref(), Some(name), "{record}");
        }
        for record in [
            r#"{"name":"theme","value":"x"}"#,
            r#"{"rows":[["password","token","x"],["name","token"]]}"#,
            r#"{"element":"Password strength meter","text":"x"}"#,
            r#"{"element":"Show password button","text":"x"}"#,
            r#"{"name":"DB_PASSWORD","type":"x"}"#,
            r#"{"type":"text","text":"the password"}"#,
            r#"{"name":"DB_PASSWORD","x":{"value":"x"}}"#,
            r#"{"name":"A page on how passwords and tokens are kept safe","text":"x"}"#,
        ] {
            assert_eq!(told(record), None, "{record}");
        }
    }

    #[test]
    fn keys_are_in_order() {
        assert!(NAMES.is_sorted());
    }
}
