//! Names of any words, where only a person can be meant: `my name is`, greetings, the ends of letters.

use super::{last_word, next_word, titled, word_end};
use crate::{
    detect::{
        canonical::canonical,
        code::distinct,
        identity::{
            around::{ASKED, BEFORE, CLOSINGS, GREETINGS, GROUPS, LEADS, SAID, WORDS},
            login, name,
        },
        path,
        subject::{Hit, Hits},
        word,
    },
    rule::id,
};

/// Adds the name that starts at byte `start`, whatever its words, if only a person can be meant by what stands beside it.
pub(super) fn strange(bytes: &[u8], start: usize, hits: &mut Hits) {
    let end = word_end(bytes, start);
    // The capital of `Żaneta` is two bytes.
    let second = start + if bytes.get(start).is_some_and(u8::is_ascii) { 1 } else { 2 };
    if end < start + 3 || !bytes.get(second).is_some_and(|b| b.is_ascii_lowercase() || *b >= 0x80) {
        return;
    }
    titled::find(bytes, start, hits);
    let two = bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase);
    let ends = matches!(bytes.get(end), None | Some(b',' | b'!' | b'\n' | b'\r'));
    let led =
        (two || ends) && (start == 0 || bytes[start - 1] == b'\n' || LEADS.has(last_word(bytes, start)));
    if two || led || bytes.get(end) == Some(&b'\'') || bytes[..start].ends_with(b" is ") {
        met(bytes, (start, end), two, hits);
    }
}

/// Whether the blank at byte `at`, before a capital, stands behind words with which someone says a name, or the line break
/// there behind words that close a letter: in what else than people and agents say, nothing less tells that someone is meant.
pub(super) fn is_introduced(bytes: &[u8], at: usize) -> bool {
    const INTRODUCING: [&[u8]; 8] = [
        b"y name is",
        b"'m called",
        b"m'appelle",
        b" hei\xc3\x9fe",
        b"Name ist",
        b" llamo",
        b"nombre es",
        b"chiamo",
    ];
    match bytes[at] {
        b'\n' => bytes[..at].ends_with(b",") && closes(bytes, at + 1),
        _ => {
            at > 8
                && matches!(bytes[at - 1], b's' | b'd' | b'e' | b't' | b'o')
                && matches!(bytes[at - 2], b'i' | b'e' | b'l' | b'm' | 0x9f | b's')
                && INTRODUCING.iter().any(|words| bytes[..at].ends_with(words))
        }
    }
}

/// Adds the names that sentences of Japanese and Chinese tell: `私の名前はMaribel Ortizです`, `我叫Maribel Ortiz`.
pub(super) fn find_unspaced(bytes: &[u8], hits: &mut Hits) {
    const TELLING: [&str; 4] = ["名前は", "名前：", "我叫", "我的名字是"];
    for at in memchr::memchr2_iter(0xe5, 0xe6, bytes) {
        let Some(words) = TELLING.iter().find(|words| bytes[at..].starts_with(words.as_bytes())) else {
            continue;
        };
        let start = at + words.len();
        let end = unspaced_end(bytes, start);
        if end > start && !name::is_robot(&bytes[start..end]) {
            name::push_person(bytes, start, end, hits);
        }
    }
}

/// Where the name ends that starts at byte `start`: capitalised words, or some characters of Japanese or Chinese before what
/// ends the sentence.
fn unspaced_end(bytes: &[u8], start: usize) -> usize {
    const ENDS: [&str; 6] = ["です", "と申", "と言", "。", "，", "、"];
    if bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_uppercase) {
            end += bytes[end..].iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
            end += usize::from(
                bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase),
            );
        }
        return end;
    }
    let mut at = start;
    while at - start <= MOST_UNSPACED {
        if at > start + 3 && ENDS.iter().any(|end| bytes[at..].starts_with(end.as_bytes())) {
            return at;
        }
        match word::char_at(bytes, at) {
            Some(('\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}', next)) => at = next,
            _ => break,
        }
    }
    start
}

/// Longest name without blanks, in bytes.
const MOST_UNSPACED: usize = 24;

/// Where the name in `start..end` ends if a small word stands behind two of its own.
fn before_particle(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    for (index, word) in bytes[start..end].split(|b| *b == b' ').enumerate() {
        if index > 1 && word.first().is_some_and(u8::is_ascii_lowercase) {
            return at - 1;
        }
        at += word.len() + 1;
    }
    end
}

/// Adds the name that starts with the word `start..end` and is of more words if `two` says so.
fn met(bytes: &[u8], (start, end): (usize, usize), two: bool, hits: &mut Hits) {
    let (line_start, line_end) = word::line(bytes, start, 120);
    let head = bytes[line_start..start].trim_ascii_end();
    let asked = ASKED.iter().any(|words| {
        word::ends_with(head, words.as_bytes()) && word::starts_word(head, head.len() - words.len())
    });
    let greeted =
        head.len() < 8 && GREETINGS.has(head) || head.ends_with(b"elcome") || head.ends_with(b"elcome back,");
    let signed = head.is_empty() && line_start > 1 && closes(bytes, line_start) || end_closes(head);
    let whole = if two { name::name_end(bytes, start) } else { end };
    let whole = bytes[start..whole].strip_suffix(b"'s").map_or(whole, |name| start + name.len());
    // `Maribel Ortiz de Harborlight` is someone's name and for whom she works.
    let whole = if two { before_particle(bytes, start, whole) } else { whole };
    let rest = &bytes[whole..line_end.max(whole)];
    let unusual = |word: &[u8]| {
        word.len() > 2
            && word[1..].iter().any(u8::is_ascii_lowercase)
            && distinct::is_unusual(word)
            && !GROUPS.has(word)
    };
    if two {
        let nobodys = || bytes[start..whole].split(|b| *b == b' ').all(path::is_own);
        let meant = asked || greeted || signed || head.ends_with(b"name is") || SAID.has(next_word(rest));
        let meant = meant || BEFORE.has(last_word(bytes, start)) && nobodys();
        // At a letter's end the first may be any word: `Odd`, `Faith`.
        let first = usize::from(signed);
        if meant && bytes[start..whole].split(|b| *b == b' ').skip(first).all(unusual) {
            name::push_person(bytes, start, whole, hits);
        }
        return;
    }
    let capital = last_word(bytes, start).first().is_some_and(u8::is_ascii_uppercase);
    let possessive = !capital && rest.strip_prefix(b"'s").is_some_and(|rest| WORDS.has(next_word(rest)));
    let called = greeted && rest.first().is_none_or(|b| matches!(b, b',' | b'!'));
    let name = &bytes[start..end];
    let meant = called || signed && end == line_end || possessive || head.ends_with(b"name is");
    if meant && unusual(name) && !name::is_robot(name) && login::is_person(name) {
        hits.push(Hit::new(id::IDENTITY_PERSON, start, end, "name in a greeting").canonical(canonical(name)));
    }
}

/// Whether words that close a letter end the line before a name: `Fix it, please. Kind regards, `.
fn end_closes(head: &[u8]) -> bool {
    let Some(words) = head.strip_suffix(b",") else { return false };
    let start = memchr::memrchr3(b'.', b'!', b'?', words).map_or(0, |i| i + 1);
    CLOSINGS.has(words[start..].trim_ascii())
}

/// Whether the line before byte `start` closes a letter: `Best regards,`.
pub(in super::super) fn closes(bytes: &[u8], start: usize) -> bool {
    let (from, to) = word::line(bytes, start - 1, 40);
    let line = bytes[from..to.max(from)].trim_ascii();
    let line = line.strip_suffix(b",").unwrap_or(line);
    let line = line.strip_suffix(b"!").or_else(|| line.strip_suffix(b".")).unwrap_or(line);
    CLOSINGS.has(line)
}
