//! Questions in plain talk: an agent asks for a password, a program asks for one, and what is said in the next record is it.
//!
//! Records of Claude Code name the one before them. Between a question and its answer stand notes of the client, which lead
//! from one to the other. Those of other agents follow each other.

use super::{Ask, Asked, order};
use crate::detect::{
    assignment::{self, Kind, Name},
    prose, reference,
    shape::Shape,
    subject::{Hit, Hits},
};
use crate::rule::{Confidence, id};
use memchr::memmem::{self, Finder};
use std::{ops::Range, sync::LazyLock};

/// What a record is for the one that names it as the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) enum Turn<'r> {
    /// The record of this id asks for something.
    Asks(&'r [u8], Asked),
    /// The first record only passes on what the second one is.
    Passes(&'r [u8], &'r [u8]),
    /// The record, which nothing names, asks for something.
    Says(Asked),
    /// The record is a document in which questions and answers may stand.
    Holds,
}

/// What stands before a message, the id of a record, a text, and in what an agent says.
static MESSAGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"message\":{"));
static UUID: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"uuid\":\""));
static TEXT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"text\":\""));
static ASSISTANT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"role\":\"assistant\""));

/// How much of the end of a text is looked at for a question, in raw bytes.
pub(super) const END: usize = 240;

/// How much of a record is looked at for its message, in bytes, and how long a note, or a text that asks, is at most.
const HEAD: usize = 768;
const NOTE: usize = 4096;

/// The longest answer, in bytes, and the most words of one.
const LONGEST: usize = 240;
const MOST: usize = 12;

/// What a raw record is for the one after it, if it asks or passes a question on; `words` says that a word for a secret may
/// stand in it.
pub(in crate::detect) fn turn(record: &[u8], words: bool) -> Option<Turn<'_>> {
    const PARENT: &[u8] = b"{\"parentUuid\":\"";
    const CLAUDE: &[u8] = b"{\"parentUuid\":";
    if !record.starts_with(CLAUDE) && UUID.find(&record[..record.len().min(HEAD)]).is_none() {
        let asks = || order::asked(record).map(Turn::Says);
        let holds = || order::is_dialogue(record).then_some(Turn::Holds);
        return if words { holds().or_else(asks) } else { None };
    }
    let own = || {
        let at = UUID.find_iter(record).last()? + 8;
        quoted(record, at)
    };
    if !words && record.len() > NOTE {
        return None;
    }
    if MESSAGE.find(&record[..record.len().min(HEAD)]).is_none() {
        let parent = record.strip_prefix(PARENT).filter(|_| record.len() <= NOTE)?;
        return Some(Turn::Passes(quoted(parent, 0)?, own()?));
    }
    let ask = if words { asked(record)? } else { return None };
    Some(Turn::Asks(own()?, Asked::only(ask)))
}

/// The bytes from `at` to the next quote, if they may be an id.
fn quoted(record: &[u8], at: usize) -> Option<&[u8]> {
    let rest = record.get(at..)?;
    let id = &rest[..rest.iter().take(64).position(|b| *b == b'"')?];
    (id.len() >= 8).then_some(id)
}

/// What a record asks for at the end of a text.
fn asked(record: &[u8]) -> Option<Ask> {
    let head = &record[..record.len().min(2 * HEAD)];
    if ASSISTANT.find(head).is_some() {
        let at = TEXT.find(head)?;
        return question(end_of_text(record, at + 8)?);
    }
    // What a program printed that waits is short.
    if record.len() > NOTE {
        return None;
    }
    memmem::find(head, b"\"tool_result\"")?;
    [&b"\"content\":\""[..], b"\"text\":\""].into_iter().find_map(|key| {
        let at = memmem::find(record, key)?;
        prompt(end_of_text(record, at + key.len())?)
    })
}

/// The end of the raw text that starts at byte `start`, without what closes it.
pub(super) fn end_of_text(record: &[u8], start: usize) -> Option<&[u8]> {
    let closes = |&at: &usize| record[start..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 0;
    let end = memchr::memchr_iter(b'"', record.get(start..record.len().min(start + NOTE))?)
        .map(|i| start + i)
        .find(closes)?;
    Some(trimmed(&record[start.max(end.saturating_sub(END))..end]))
}

/// The end of a raw text without line breaks and marks behind its last sentence.
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let mut text = text;
    loop {
        let shorter = text.strip_suffix(b"\\n").unwrap_or(text).trim_ascii_end();
        let shorter = shorter.strip_suffix(b"**").unwrap_or(shorter);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// Words by which one asks for something, in several languages; lower case.
const ASKING: [&[u8]; 28] = [
    b"what",
    b"which",
    b"provide",
    b"give",
    b"paste",
    b"send",
    b"share",
    b"tell",
    b"type",
    b"enter",
    b"supply",
    b"need",
    b"wie",
    b"welches",
    b"welche",
    b"quel",
    b"quelle",
    b"donne",
    b"cual",
    b"cu\xc3\xa1l",
    b"qual",
    b"jakie",
    b"jaki",
    b"wat",
    b"vad",
    b"hvad",
    b"\xd0\xb0\xd0\xba\xd0\xbe\xd0\xb9",
    b"teile",
];

/// What a sentence of an agent asks for.
pub(super) fn question(text: &[u8]) -> Option<Ask> {
    matches!(text.last()?, b'?' | b'.' | b':' | b'!').then_some(())?;
    let lower = text.to_ascii_lowercase();
    let words = || lower.split(|b| b.is_ascii_punctuation() && *b != b'-' || b.is_ascii_whitespace());
    // In raw text `\u00bf` and its like stand before a word.
    let asks =
        |word: &[u8]| ASKING.iter().any(|asking| word.ends_with(asking) && word.len() <= asking.len() + 6);
    words().any(asks).then_some(())?;
    let name = words()
        .filter(|word| word.len() > 2)
        .filter_map(assignment::meaning)
        .find(|name| name.kind != Kind::Auth);
    let name = name.or_else(|| {
        let phrases = [
            &b"mot de passe"[..],
            b"pass phrase",
            "пароль".as_bytes(),
            "密码".as_bytes(),
            "パスワード".as_bytes(),
            "비밀번호".as_bytes(),
            b"api key",
            b"access key",
        ];
        let phrase = phrases.iter().find(|phrase| memmem::find(&lower, phrase).is_some())?;
        let kind = if phrase.ends_with(b"key") { Kind::Token } else { Kind::Password };
        Some(Name { kind, certain: true })
    });
    Some(Ask::Said(name?))
}

/// What a program asks for whose output ends so: `bob@h's password:`.
fn prompt(text: &[u8]) -> Option<Ask> {
    let text = text.strip_suffix(b":")?;
    let line = text.rsplit(|b| *b == b'\n').next().unwrap_or(text);
    let asks =
        |word: &&[u8]| line.windows(word.len()).rev().take(48).any(|have| have.eq_ignore_ascii_case(word));
    [&b"password"[..], b"passphrase", b"passwort", b"mot de passe", b"contrase"]
        .iter()
        .any(asks)
        .then_some(Ask::Typed(Name { kind: Kind::Password, certain: true }))
}

/// Adds what of an answer is the secret that was asked for.
pub(in crate::detect) fn said(text: &[u8], name: Name, hits: &mut Hits) {
    let words: Vec<Range<usize>> = words(text).take(MOST + 1).collect();
    if text.len() > LONGEST || words.len() > MOST {
        return;
    }
    let alone = words.len() == 1;
    for word in words {
        let value = &text[word.clone()];
        let said = reference::is_word_list(value) || !prose::is_no_value(value);
        if said && fits(name, value, alone) && !reference::is_explained(value) {
            let evidence = "what was said when it was asked for";
            hits.push(
                Hit::new(id::SECRET_PROSE, word.start, word.end, evidence).confidence(Confidence::Medium),
            );
        }
    }
}

/// Whether a word is a secret of that name; `alone` if nothing else was said.
fn fits(name: Name, value: &[u8], alone: bool) -> bool {
    let shape = Shape::of(value);
    match name.kind {
        Kind::Pin => (4..=8).contains(&value.len()) && shape.digits == shape.len,
        Kind::Token => {
            value.len() >= 12
                && (shape.looks_random()
                    || alone
                        && shape.digits + shape.symbols > 0
                        && (reference::is_strongly_made_up(value) || reference::is_word_list(value)))
        }
        _ if memchr::memchr2(b'/', b'=', value).is_some() || memchr::memchr(b':', value).is_some() => false,
        _ => {
            reference::is_strongly_made_up(value)
                || reference::is_word_list(value)
                || alone && shape.digits > 0 && (reference::is_made_up(value) || is_wedge(value, shape))
        }
    }
}

/// `umber4Wicker`: words of both cases with a digit between.
fn is_wedge(value: &[u8], shape: Shape) -> bool {
    (8..=24).contains(&value.len())
        && shape.symbols == 0
        && shape.upper > 0
        && shape.lower >= 6
        && value.windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_uppercase())
}

/// The words of a text, without quotes and the signs of sentences around them.
fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(u8::is_ascii_whitespace).filter_map(move |word| {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        let sign = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b',' | b';' | b'(' | b')' | b'#');
        let lead = word.iter().take_while(|b| sign(b)).count();
        let tail = word.iter().rev().take_while(|b| sign(b) || **b == b'.').count();
        (lead + tail < word.len()).then_some(start + lead..end - tail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(ask: Option<Ask>) -> Option<Kind> {
        match ask {
            Some(Ask::Said(name) | Ask::Typed(name)) => Some(name.kind),
            _ => None,
        }
    }

    #[test]
    fn sees_who_asks_for_a_secret() {
        for (text, kind_of) in [
            ("What is the db password?", Kind::Password),
            ("I need the root password to go on. Can you provide it?", Kind::Password),
            ("Please paste your API token.", Kind::Token),
            ("Which passphrase does the key have?", Kind::Password),
            ("Wie lautet das Passwort f\\u00fcr die Datenbank?", Kind::Password),
            ("Quel est le mot de passe admin ?", Kind::Password),
        ] {
            assert_eq!(kind(question(text.as_bytes())), Some(kind_of), "{text}");
        }
        for text in ["Done.", "The password is set. Anything else?", "Shall I run the tests?"] {
            assert_eq!(kind(question(text.as_bytes())), None, "{text}");
        }
        assert_eq!(kind(prompt(b"bob@h's password:")), Some(Kind::Password));
        assert_eq!(kind(prompt(b"Files:")), None);
    }

    #[test]
    fn a_note_passes_a_question_on() {
        let note = br#"{"parentUuid":"0a1b2c3d-0000","type":"system","uuid":"0a1b2c3d-1111"}"#;
        assert_eq!(turn(note, false), Some(Turn::Passes(b"0a1b2c3d-0000", b"0a1b2c3d-1111")));
        let asks = br#"{"parentUuid":"0a1b2c3d-0000","message":{"role":"assistant","content":[{"type":"text","text":"Which password?"}]},"uuid":"0a1b2c3d-2222"}"#;
        assert!(matches!(turn(asks, true), Some(Turn::Asks(b"0a1b2c3d-2222", _))));
        assert_eq!(turn(asks, false), None);
    }

    #[test]
    fn takes_what_is_made_up_of_an_answer() {
        let name = Name { kind: Kind::Password, certain: true };
        for (text, count) in [
            ("otter7Piston", 1),
            ("it's juniper7218 i think", 1),
            ("try `Comet!84x`.", 1),
            ("it is feather-coral-carbon-fossil", 1),
            ("at least 12 characters", 0),
            ("shop-db-credentials", 0),
            ("in .env.local", 0),
            ("argon2id", 0),
            ("no, use sha256", 0),
        ] {
            let mut hits = Hits::new();
            said(text.as_bytes(), name, &mut hits);
            assert_eq!(hits.len(), count, "{text}");
        }
    }
}
