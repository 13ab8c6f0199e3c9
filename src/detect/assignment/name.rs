//! Names that mean a secret: `DB_PASSWORD`, `clientSecret`, `x-api-key`, `contrasena`; and those that only sound so:
//! `max_tokens`, `passwordField`, `publicKey`.

mod words;

use crate::detect::{recall::Recall, words::WordSet};
use std::cell::RefCell;
use words::{
    AUTHENTICATION, CREDENTIALS, KEY_BEFORE, NEUTRAL, NOT_AFTER, NOT_BEFORE, NOT_KEY_BEFORE, NOT_SECRET,
    PASSWORD_ENDINGS, PASSWORDS, SECRETS, SHORT_CODES, TOKENS, VERBS,
};

/// What the value under a name should be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) enum Kind {
    /// Chosen by a person perhaps: anything may be one.
    Password,
    /// Digits.
    Pin,
    /// A shared secret: made by a machine, or a phrase.
    Secret,
    /// A token or a key: made by a machine.
    Token,
    /// A login and its password, encoded, or a scheme and a token.
    Auth,
}

/// A name that may mean a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Name {
    /// What stands under it.
    pub(in crate::detect) kind: Kind,
    /// Whether it can hardly mean anything else.
    pub(in crate::detect) certain: bool,
}

/// The longest name that is looked at, in bytes; longer ones are data.
pub(super) const LONGEST: usize = 96;

/// The most words of a name that are looked at.
const MOST_WORDS: usize = 16;

/// The words of a name, lower case, in a fixed amount of memory.
struct Words {
    lower: [u8; LONGEST],
    ends: [(u8, u8); MOST_WORDS],
    count: usize,
}

impl Words {
    /// Cuts at everything that is no letter or digit, at changes of case, and between letters and final digits.
    fn of(name: &[u8]) -> Self {
        let name = &name[name.len().saturating_sub(LONGEST)..];
        let mut words = Self { lower: [0; LONGEST], ends: [(0, 0); MOST_WORDS], count: 0 };
        let mut start = 0;
        for (i, &b) in name.iter().enumerate() {
            words.lower[i] = b.to_ascii_lowercase();
            if !b.is_ascii_alphanumeric() && b < 0x80 {
                words.push(start, i);
                start = i + 1;
            } else if i > start && begins_word(name, i) {
                words.push(start, i);
                start = i;
            }
        }
        words.push(start, name.len());
        words
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end && self.count < MOST_WORDS {
            self.ends[self.count] = (start as u8, end as u8);
            self.count += 1;
        }
    }

    fn get(&self, index: usize) -> &[u8] {
        let (start, end) = self.ends[index];
        &self.lower[usize::from(start)..usize::from(end)]
    }

    fn any(&self, from: usize, to: usize, list: &WordSet) -> bool {
        (from..to).any(|i| list.has(self.get(i)))
    }
}

/// Whether a new word begins at byte `i`: `aB`, `ABc`, `a1` at the end of a word.
fn begins_word(name: &[u8], i: usize) -> bool {
    let (before, here) = (name[i - 1], name[i]);
    let next_lower = name.get(i + 1).is_some_and(u8::is_ascii_lowercase);
    (here.is_ascii_uppercase() && before.is_ascii_lowercase())
        || (here.is_ascii_uppercase() && before.is_ascii_uppercase() && next_lower)
        || (here.is_ascii_digit() && before.is_ascii_alphabetic())
        || (here.is_ascii_alphabetic() && before.is_ascii_digit())
}

fn ends_in(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| word.ends_with(entry.as_bytes()))
}

/// What `name` means, if it may mean a secret. There are few of them in a session, and they come often.
pub(in crate::detect) fn meaning(name: &[u8]) -> Option<Name> {
    thread_local! {
        static NAMES: RefCell<Recall<Option<Name>, 1024>> = const { RefCell::new(Recall::new()) };
    }
    NAMES.with_borrow_mut(|names| names.get(name, read))
}

/// What the words of `name` mean together.
fn read(name: &[u8]) -> Option<Name> {
    let words = Words::of(name);
    let (head, kind, sure) = head(&words)?;
    // A salt of hashes is one, a password's hash is none.
    let open = words.get(head) != b"salt" && words.any(0, head, &NOT_BEFORE);
    if open || words.any(head + 1, words.count, &NOT_AFTER) {
        return None;
    }
    let plain_tail = (head + 1..words.count).all(|i| is_neutral(words.get(i)));
    // `storePassword`, `store.password` is the password of a store of keys.
    let store = words.get(0) == b"store" && head == 1 && words.get(1) == b"password";
    let called = words.count > 1 && VERBS.has(words.get(0)) && !store;
    Some(Name { kind, certain: sure && plain_tail && !called })
}

/// The last word that makes the name a secret's: its index, what it means, and whether that is certain.
fn head(words: &Words) -> Option<(usize, Kind, bool)> {
    (0..words.count).rev().find_map(|i| {
        let before = i.checked_sub(1).map(|j| words.get(j));
        let (kind, sure) = word_meaning(words.get(i), before)?;
        let shared = words.get(i) == b"key"
            && (before == Some(b"preshared")
                || before == Some(b"shared") && i > 1 && words.get(i - 2) == b"pre");
        Some((i, if shared { Kind::Password } else { kind }, sure))
    })
}

fn word_meaning(word: &[u8], before: Option<&[u8]>) -> Option<(Kind, bool)> {
    if NOT_SECRET.has(word) {
        return None;
    }
    if word == b"string" && before == Some(b"secure")
        || word == b"login" && before.is_some_and(|w| w.ends_with(b"sonar"))
    {
        return Some((Kind::Password, true));
    }
    if word == b"credential" && before == Some(b"bind") || word == b"phrase" && before == Some(b"pass") {
        return Some((Kind::Password, true));
    }
    if PASSWORDS.has(word) || ends_in(word, PASSWORD_ENDINGS) {
        return Some((Kind::Password, true));
    }
    if SHORT_CODES.has(word) {
        return Some((Kind::Pin, true));
    }
    if ends_in(word, &["secret", "secretkey", "mnemonic"]) || SECRETS.has(word) {
        return Some((Kind::Secret, true));
    }
    if ends_in(word, &["token", "apikey"]) || TOKENS.has(word) {
        return Some((Kind::Token, true));
    }
    if CREDENTIALS.has(word) {
        return Some((Kind::Token, false));
    }
    if word == b"auth" && before.is_some_and(|w| matches!(w, b"redis" | b"rediscli")) {
        return Some((Kind::Password, true));
    }
    if AUTHENTICATION.has(word) {
        return Some((Kind::Auth, true));
    }
    key_meaning(word, before)
}

/// `api_key`, `accessKey`, `masterkey`; a key of anything unknown is uncertain.
fn key_meaning(word: &[u8], before: Option<&[u8]>) -> Option<(Kind, bool)> {
    if let Some(stem) = word.strip_suffix(b"key").filter(|stem| !stem.is_empty()) {
        let glued =
            ends_in(stem, &["secret", "access", "api", "private", "encryption", "signing", "master", "auth"]);
        return (glued || KEY_BEFORE.has(stem)).then_some((Kind::Token, true));
    }
    let before = before.filter(|_| word == b"key" || word == b"keys")?;
    if NOT_KEY_BEFORE.has(before) {
        return None;
    }
    Some((Kind::Token, word == b"key" && KEY_BEFORE.has(before)))
}

/// Whether a word after the secret's own leaves the meaning as it is: a number, a stage, a form.
fn is_neutral(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_digit) || NEUTRAL.has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_names_mean() {
        let kind = |name: &str| meaning(name.as_bytes()).map(|n| (n.kind, n.certain));
        for (name, expected) in [
            ("DB_PASSWORD", Kind::Password),
            ("PGPASSWORD", Kind::Password),
            ("dbPassword", Kind::Password),
            ("storePassword", Kind::Password),
            ("store.password", Kind::Password),
            ("bindCredential", Kind::Password),
            ("spring.datasource.password", Kind::Password),
            ("password_confirmation", Kind::Password),
            ("MYSQL_PWD", Kind::Password),
            ("clientSecret", Kind::Secret),
            ("hash_salt", Kind::Secret),
            ("SECURITY_PASSWORD_SALT", Kind::Secret),
            ("secret_key_base", Kind::Token),
            ("AWS_SECRET_ACCESS_KEY", Kind::Token),
            ("X-Api-Key", Kind::Token),
            ("apikey", Kind::Token),
            ("_authToken", Kind::Token),
            ("GENIEKEY", Kind::Token),
            ("wpa2-pre-shared-key", Kind::Password),
            ("PresharedKey", Kind::Password),
            ("shared-key", Kind::Token),
            ("HEROKU_API_KEY_PROD", Kind::Token),
            ("authorization", Kind::Auth),
        ] {
            assert_eq!(kind(name), Some((expected, true)), "{name}");
        }
        for name in ["TRELLO_KEY", "getToken", "credentials", "DB_PASSWORD_ACME"] {
            assert!(matches!(kind(name), Some((_, false))), "{name}");
        }
        for name in [
            "max_tokens",
            "input_tokens",
            "passwordField",
            "publicKey",
            "primary_key",
            "key",
            "keyCode",
            "secretName",
            "token_type",
            "tokenizer",
            "API_KEY_HEADER",
            "password.length",
            "monkey",
            "passed",
            "passenger",
            "author",
            "private_key_id",
            "secretary",
            "TOKEN_URL",
            "check_password",
            "eos_token",
            "password.md",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
