//! Texts whose own key says that they are secret, or asks for one.

use super::{
    Ground, is_container, is_held, judge, meaning,
    name::{self, Name},
    push,
    trim::is_folder,
    value,
};
use crate::{
    detect::{
        recall::Recall,
        reference,
        subject::{Hits, Subject},
    },
    rule::Confidence,
    transcript::text::{Field, Role},
};
use std::cell::RefCell;

/// What a key means, if it may mean a secret. There are few of them.
fn meaning_of_key(key: &[u8]) -> Option<Name> {
    thread_local! {
        static KEYS: RefCell<Recall<Option<Name>, 256>> = const { RefCell::new(Recall::new()) };
    }
    KEYS.with_borrow_mut(|keys| keys.get(key, |key| meaning(key).or_else(|| asked(key))))
}

/// What a key asks for that is a question: `What is the admin password?`
fn asked(key: &[u8]) -> Option<Name> {
    let question = key.trim_ascii().strip_suffix(b"?").or_else(|| key.trim_ascii().strip_suffix(b":"))?;
    let word = question.trim_ascii_end().rsplit(|b| *b == b' ').next()?;
    meaning(word).filter(|name| name.certain && word.len() < question.len())
}

/// Looks at a whole text whose own key means a secret.
pub(in crate::detect) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let (Some(key), Role::Value | Role::Number) = (subject.key, subject.role) else { return };
    if key.len() < 2 || key.len() > name::LONGEST || subject.bytes.len() > value::LONGEST {
        return;
    }
    if is_container(key) {
        credentials(subject, hits);
    }
    let Some(name) = meaning_of_key(key) else { return questioned(subject, key, hits) };
    let text = subject.bytes.trim_ascii();
    let start = subject.bytes.len() - subject.bytes.trim_ascii_start().len();
    if is_folder(key, text) {
        return;
    }
    if let Some((confidence, _)) = judge(name, text, Ground::Literal, Field::Free) {
        push(hits, start, start + text.len(), confidence, "the value of a key that means a secret");
    }
}

/// `"credentials": "bob:x"`: a login and a password that are all of a text.
fn credentials(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    let Some(sign) = memchr::memchr(b':', text).filter(|sign| (1..64).contains(sign)) else { return };
    let plain = text[..sign].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@+".contains(b));
    if plain && is_held(&text[sign + 1..]) {
        push(hits, sign + 1, text.len(), Confidence::Medium, "a login and a password");
    }
}

/// `"Which password should I use?": "x"`: an answer to a question that names a secret.
fn questioned(subject: &Subject<'_>, key: &[u8], hits: &mut Hits) {
    let text = subject.bytes;
    let asks = key.ends_with(b"?")
        && key
            .split(|b| !b.is_ascii_alphanumeric())
            .any(|word| word.len() > 2 && meaning(word).is_some_and(|n| n.certain));
    if asks && reference::is_strongly_made_up(text) && !reference::is_explained(text) {
        push(hits, 0, text.len(), Confidence::Medium, "an answer to a question for a secret");
    }
}
