//! What is to be learned from findings and from names that code defines.

use super::{ANYWHERE, Learned, MIN_TOLD, is_common};
use crate::{
    detect::{
        code::{Definition, distinct},
        identity::{self, Spelling},
        recall::Recall,
        shape::Shape,
        subject::Hit,
    },
    finding::Learn,
    rule::{Class, Confidence, Severity},
    tag::{Key, Tag},
};
use std::sync::Arc;

/// The least length of a value that is learned from a finding, in bytes. Shorter ones would be met by chance.
const MIN_LEARNED: usize = 6;

/// The same of one that consists of letters.
const MIN_LETTERS: usize = 8;

/// The least length of a line of a value over lines (a key's body) that counts on its own, in bytes.
const MIN_LINE: usize = 20;

/// What is to be learned from a hit on `value`: the value, or its lines if it has several.
fn lessons(hit: &Hit, value: &[u8], tag: Tag, key: &Key) -> Vec<Learned> {
    let rule = hit.rule.rule();
    let learn = match hit.learn {
        Some(learn) => learn,
        None if rule.class == Class::Secret && (rule.severity > Severity::Low || value.len() >= ANYWHERE) => {
            Learn::Secret
        }
        None => return Vec::new(),
    };
    if value.contains(&b'\n') {
        let lines = value.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
        let lines = lines
            .filter(|line| line.len() >= MIN_LINE && !line.starts_with(b"-----") && !line.contains(&b' '));
        return lines
            .map(|line| Learned { value: line.into(), rule: hit.rule, learn, tag: key.tag(line) })
            .collect();
    }
    let worth = match learn {
        Learn::Secret => {
            // What the verification lets stay nowhere is to go everywhere.
            value.len() >= ANYWHERE
                || value.len() >= MIN_LEARNED && is_varied(value) && hit.confidence > Confidence::Low
        }
        _ => value.len() >= MIN_TOLD,
    };
    if !worth || is_common(value) {
        return Vec::new();
    }
    let spelled = |spelling: Spelling| {
        let tag = spelling.own.map_or(tag, |canonical| key.tag(&canonical));
        Learned { value: spelling.text.into(), rule: hit.rule, learn: spelling.learn, tag }
    };
    identity::spellings(learn, value).into_iter().map(spelled).collect()
}

/// Whether a secret is no word that others may say: it has digits or signs, or letters in no order.
fn is_varied(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    let letters = value.len() >= MIN_LETTERS && shape.lower > 0 && shape.upper > 1 && !shape.reads_as_words();
    letters || value.iter().any(|b| b.is_ascii_digit() || b.is_ascii_punctuation())
}

/// What is to be learned from a name that code defines: its spellings, which have one tag.
fn names(definition: Definition, key: &Key) -> impl Iterator<Item = Learned> + use<> {
    let Definition { rule, name } = definition;
    let tag = key.tag(&distinct::folded(&name));
    let spellings = identity::spellings(Learn::Name, &name).into_iter();
    spellings.map(move |s| Learned { value: s.text.into(), rule, learn: Learn::Name, tag })
}

/// What is to be learned from names, which recur.
#[derive(Default)]
pub(in crate::detect) struct Lessons {
    names: Recall<Arc<[Learned]>, 4096>,
    values: Recall<Arc<[Learned]>, 4096>,
}

impl Lessons {
    /// Appends what is to be learned from a hit on `value`, as [`lessons`] says, under the same key every time.
    pub(in crate::detect) fn of(
        &mut self,
        hit: &Hit,
        value: &[u8],
        tag: Tag,
        key: &Key,
        out: &mut Vec<Learned>,
    ) {
        let Some(learn) = hit.learn.filter(|&learn| learn != Learn::Secret && !value.contains(&b'\n')) else {
            return out.extend(lessons(hit, value, tag, key));
        };
        // Of a name all spellings are known as the first one is, which is the name itself.
        let recalled = self.values.get(value, |value| lessons(hit, value, tag, key).into());
        let is_same = |first: &Learned| (first.rule, first.learn, first.tag) == (hit.rule, learn, tag);
        if recalled.first().is_none_or(is_same) {
            out.extend_from_slice(&recalled);
        } else {
            out.extend(lessons(hit, value, tag, key));
        }
    }

    /// What is to be learned from a name that code defines, under the same key every time.
    pub(in crate::detect) fn names(
        &mut self,
        definition: Definition,
        key: &Key,
    ) -> impl Iterator<Item = Learned> + use<> {
        let Definition { rule, name } = definition;
        let make = |name: &[u8]| names(Definition { rule, name: name.to_owned() }, key).collect();
        let recalled: Arc<[Learned]> = self.names.get(&name, make);
        // A name may be defined as what it was not before.
        let learned =
            if recalled.iter().all(|learned| learned.rule == rule) { recalled } else { make(&name) };
        (0..learned.len()).map(move |at| learned[at].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::id;

    #[test]
    fn what_is_remembered_of_a_value_is_what_is_learned_from_it() {
        let key = Key::from_material(&[1; 32]);
        let mut remembered = Lessons::default();
        let told = |learned: &[Learned]| -> Vec<_> {
            learned.iter().map(|l| (l.value.to_vec(), l.rule, l.learn, l.tag)).collect()
        };
        for (rule, learn, value) in [
            (id::PATH_PROJECT, Learn::Project, "ledger-quotes"),
            (id::PATH_PROJECT, Learn::Project, "ledger-quotes"),
            (id::PATH_DIR, Learn::Component, "ledger-quotes"),
            (id::PATH_USER, Learn::Login, "maribel"),
            (id::PATH_USER, Learn::Login, "a"),
            (id::PATH_DIR, Learn::Component, "a"),
            (id::IDENTITY_LOGIN, Learn::Login, "maribel"),
        ] {
            let hit = Hit::new(rule, 0, value.len(), "a test").learn(learn);
            let tag = key.tag(value.as_bytes());
            let mut out = Vec::new();
            remembered.of(&hit, value.as_bytes(), tag, &key, &mut out);
            assert_eq!(told(&out), told(&lessons(&hit, value.as_bytes(), tag, &key)), "{value} {learn:?}");
        }
    }

    #[test]
    fn letters_in_no_order_are_no_word() {
        for (value, varied) in [
            ("hunter", false),
            ("Sommer", false),
            ("getPassWord", false),
            ("DatabasePassword", false),
            ("hunter2", true),
            ("sun-moon", true),
            ("pHGdGXvFH", true),
            ("kRpgVeTWA", true),
            ("lFwzQQzmEoW", true),
            ("kRpgV", false),
        ] {
            assert_eq!(is_varied(value.as_bytes()), varied, "{value}");
        }
    }
}
