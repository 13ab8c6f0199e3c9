//! Values near a word that means a secret, in the syntax of any language or tool.

mod around;
mod call;
mod container;
mod dump;
mod form;
mod further;
mod ground;
mod insert;
mod judge;
mod keyed;
mod lead;
mod name;
mod parent;
mod pieces;
mod record;
mod separator;
mod setter;
mod sibling;
mod sql;
mod trim;
mod value;

pub(super) use around::name_around;
pub(super) use call::find as find_call;
pub(super) use container::{is_container, is_open, is_secret as is_held};
pub(super) use judge::{Ground, is_phrase, judge};
pub(super) use keyed::find_keyed;
pub(super) use name::{Kind, Name, meaning};
pub(super) use value::{literal, trim_tail};

use super::{
    secret::Word,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Class, Confidence, id};
use further::{alternative, formatted, retry_after_type, second_literal, takes_login};
use ground::ground;
use judge::is_option;
use lead::Lead;
use separator::How;
use trim::{
    changed_words, is_folder, narrow, otherwise, without_braces, without_brackets, without_divider,
    without_login, without_scheme,
};
use value::Value;

/// Looks at the word at byte `at` of the subject and at what follows it.
pub(super) fn find(subject: &Subject<'_>, at: usize, word: Word, hits: &mut Hits) {
    let bytes = subject.bytes;
    if sql::is_word(bytes, at, b"identified by") {
        return sql::identified_by(bytes, at, hits);
    }
    let Word { start, end, name } = word;
    container::find(bytes, (start, end), hits);
    if let Some(at) = sql::set_password(bytes, end) {
        return name.into_iter().for_each(|name| take_literal(name, subject, at, hits));
    }
    let Some(name) = name.filter(|_| {
        (!is_qualified(&bytes[..start]) || is_of_module(bytes, start, end)) && !is_in_value(bytes, start)
    }) else {
        return parent::find(bytes, (start, end), hits);
    };
    if matches!(bytes.get(end), Some(b',' | b')' | b'"' | b'`' | b'\'' | b']' | b'\\')) {
        insert::find(bytes, (start, end), name, hits);
        insert::find_listed(bytes, (start, end), name, hits);
    }
    if bytes.get(end) == Some(&b'(') && bytes[start..end].ends_with(b"AndPassword") {
        // `signInWithEmailAndPassword("bob@acme.io", "x")`: the password comes second, see `call`.
        return;
    }
    if let Some(at) = setter::typed(bytes, end) {
        return take_literal(name, subject, at, hits);
    }
    if bytes[..start].ends_with(b"<") && matches!(bytes.get(end..end + 2), Some(b">\"" | b">'")) {
        // A placeholder in quotes: `"<your-password>"`.
        return;
    }
    if let Some(value) = form::find(bytes, start, end).or_else(|| sibling::before(bytes, start)) {
        return take(name, subject, value, hits);
    }
    linked(subject, (start, end), name, hits);
}

/// Looks at what a separator ties to the name in `start..end`.
fn linked(subject: &Subject<'_>, (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(link) = separator::after(bytes, start, end) else { return };
    if pieces::find(bytes, link.at, name, hits) {
        return;
    }
    if let Some(changed) = changed_words(bytes, link.at) {
        return changed.into_iter().for_each(|value| take(name, subject, value, hits));
    }
    let Some(value) = value::read(bytes, link.at, link.how) else { return };
    let lead = Lead::of(bytes, start);
    let Some(ground) = ground(bytes, (start, end), link, value, lead) else {
        if link.how == How::Space {
            retry_after_type(subject, name, value, hits);
        }
        return;
    };
    let ground = match ground {
        Ground::Code
            if name.certain && !value.quoted && record::is_value(bytes, (start, end), link.how, value) =>
        {
            Ground::Bare
        }
        Ground::Listed if &bytes[start..end] == b"pass" && is_beside_login(&bytes[..start]) => {
            Ground::Literal
        }
        ground => ground,
    };
    let value = without_scheme(bytes, otherwise(bytes, without_braces(bytes, start, value)));
    let value = without_login(bytes, (start, end), without_brackets(bytes, narrow(bytes, value, lead)));
    let value = without_divider(bytes, start, value);
    if is_folder(&bytes[start..end], &bytes[value.start..value.end]) {
        return;
    }
    if is_own_name(&bytes[start..end], &bytes[value.start..value.end], link.how, value.quoted) {
        return;
    }
    if let Some((confidence, evidence)) = judge(name, &bytes[value.start..value.end], ground, subject.field) {
        push(hits, value.start, value.end, confidence, evidence);
        // What a plan changes it to.
        if value.quoted && bytes[value.end..].starts_with(b"\" -> ") {
            take_literal(name, subject, value.end + 5, hits);
        }
        return;
    }
    if value.quoted && (name.kind == Kind::Auth || link.how == How::Call && takes_login(&bytes[start..end])) {
        second_literal(bytes, value.end, hits);
    }
    formatted(bytes, name, value, hits);
    pieces::added(bytes, name, value, hits);
    retry_after_type(subject, name, value, hits);
    alternative(subject, name, value, hits);
}

/// Whether the value only says the name again: `SSL_TXT_kPSK "kPSK"`, `password = self.password`, an option in a page.
fn is_own_name(name: &[u8], value: &[u8], how: How, quoted: bool) -> bool {
    let last = value.rsplit(|b| *b == b'.').next().unwrap_or(value);
    let member = last.len() >= 4 && value.len() > last.len() && name.ends_with(last);
    let spelled = quoted
        && value.len() >= 4
        && name.len() >= value.len()
        && name[name.len() - value.len()..].eq_ignore_ascii_case(value);
    member || spelled || how == How::Element && is_option(value)
}

/// Takes the literal at `at`, if there is one, for a value under `name`.
fn take_literal(name: Name, subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if let Some(found) = literal(bytes, at) {
        take(name, subject, without_pressed_key(bytes, found), hits);
    }
}

/// Looks at what is sent to the question whose `assword` ends at byte `end`: `expect "*assword:*"`, `send "x\r"`.
pub(super) fn find_sent(subject: &Subject<'_>, end: usize, hits: &mut Hits) {
    let marks =
        subject.bytes[end..].iter().take(4).take_while(|b| matches!(b, b':' | b'*' | b'?' | b' ')).count();
    if let Some(at) = setter::typed(subject.bytes, end + marks) {
        take_literal(Name { kind: Kind::Password, certain: true }, subject, at, hits);
    }
}

/// `x{enter}`, `x\r`: what a test or a dialogue types, without the key that it presses behind it.
fn without_pressed_key(bytes: &[u8], found: Value) -> Value {
    let text = &bytes[found.start..found.end];
    if let Some(text) = text.strip_suffix(b"\\r").or_else(|| text.strip_suffix(b"\\n")) {
        return Value { end: found.start + text.len(), ..found };
    }
    let open = text.strip_suffix(b"}").and_then(|text| memchr::memrchr(b'{', text)).unwrap_or(0);
    let key = |key: &[u8]| key.iter().all(u8::is_ascii_alphabetic);
    if open > 0 && key(&text[open + 1..text.len() - 1]) {
        Value { end: found.start + open, ..found }
    } else {
        found
    }
}

/// Takes a value that stands under `name` beyond doubt.
fn take(name: Name, subject: &Subject<'_>, found: Value, hits: &mut Hits) {
    let value = &subject.bytes[found.start..found.end];
    if let Some((sure, evidence)) = judge(name, value, Ground::Literal, subject.field) {
        push(hits, found.start, found.end, sure, evidence);
    }
}

/// Whether something is typed into the field whose name ends at `end`.
pub(super) fn is_typed(bytes: &[u8], end: usize) -> bool {
    setter::typed(bytes, end).is_some()
}

/// Adds a hit unless another word of the same name has.
fn push(hits: &mut Hits, start: usize, end: usize, confidence: Confidence, evidence: &'static str) {
    if start < end && !is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_ASSIGNMENT, start, end, evidence).confidence(confidence));
    }
}

/// Whether one of the latest hits has this span and is a secret: what looks like a name in code may be one too.
pub(super) fn is_known(hits: &Hits, start: usize, end: usize) -> bool {
    let same = |hit: &Hit| hit.span.start() == start && hit.span.end() == end;
    hits.iter().rev().take(8).any(|hit| same(hit) && hit.rule.rule().class == Class::Secret)
}

/// Whether what stands before a name makes it a type's (`AWS::AccessToken`), a placeholder's, or a part of another name.
fn is_qualified(before: &[u8]) -> bool {
    before.ends_with(b"REDACTED:") || before.ends_with(b"::") || is_of_resource(before)
}

/// Whether what stands before a word makes it a part of the name by which AWS knows a thing:
/// `arn:aws:secretsmanager:eu-west-1:123456789012:secret`.
pub(super) fn is_of_resource(before: &[u8]) -> bool {
    const LONGEST: usize = 96;
    let near = &before[before.len().saturating_sub(LONGEST)..];
    let word = || near.rsplit(|b| !(b.is_ascii_alphanumeric() || b":-_/".contains(b))).next();
    near.ends_with(b":") && word().is_some_and(|word| word.starts_with(b"arn:aws"))
}

/// Whether the name is that of a setting of a module, as Puppet's files of data have it: `profile::db::password: x`.
fn is_of_module(bytes: &[u8], start: usize, end: usize) -> bool {
    let near = &bytes[start.saturating_sub(64)..start];
    let module = |b: &&u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b':');
    let len = near.iter().rev().take_while(module).count();
    let opens =
        near[..near.len() - len].last().is_none_or(|b| matches!(b, b'\n' | b'+' | b'-' | b' ' | 0x80..));
    near.ends_with(b"::") && len > 2 && opens && bytes[end..].starts_with(b": ")
}

/// Whether the name stands in the value of another: `password=password=x`.
fn is_in_value(bytes: &[u8], start: usize) -> bool {
    let Some(sign) = start.checked_sub(1).filter(|&i| bytes[i] == b'=' && i > 0) else { return false };
    let other =
        name_around(bytes, sign - 1).and_then(|(from, to)| meaning(&bytes[from..to]).filter(|_| to == sign));
    other.is_some_and(|name| name.certain)
}

/// Whether a `user` stands just before: `user: 'bob', pass: 'x'`.
fn is_beside_login(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(80)..];
    memchr::memmem::find(near, b"user").is_some()
}

#[cfg(test)]
mod tests;
