//! Names of people and logins, behind the words that carry them.

use super::{
    super::{
        canonical::canonical,
        path,
        subject::{Hit, Hits, Subject},
        word,
    },
    context::value_behind,
    login, object,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// Most words of a person's name.
const MAX_WORDS: usize = 5;

/// Longest login, in bytes.
pub(super) const MAX_LOGIN: usize = 64;

/// How far behind its carrier a value may start, in bytes.
pub(super) const REACH: usize = 12;

/// Looks for a person's name behind `Author:` and the like.
pub(super) fn person(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    // `--reporter=line` is how a test runner reports.
    if bytes[..at].ends_with(b"--") && bytes[at..end].eq_ignore_ascii_case(b"reporter") {
        return;
    }
    // Nor is a date: `AuthorDate: Tue May 12`.
    let rest = bytes[end..].get(..4).unwrap_or_default();
    if rest.eq_ignore_ascii_case(b"date") || rest.eq_ignore_ascii_case(b"-dat") {
        return;
    }
    // An authority and an authorisation are nobody.
    if bytes[..end].ends_with(b"uthor") && matches!(bytes[end..], [b'i' | b'I', ..]) {
        return;
    }
    let from =
        bytes[end..].iter().take(6).take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count() + end;
    // `<meta name="author" content="Maribel Ortiz">`
    let from = if bytes[from..].starts_with(b"\" content=") { from + b"\" content".len() } else { from };
    let start = value_behind(bytes, from, REACH);
    let assigned = bytes[from..start].iter().any(|b| matches!(b, b':' | b'='));
    let told = bytes[from..start].contains(&b' ') && bytes[..end].ends_with(b"user.name");
    let javadoc = bytes[..end].ends_with(b"@author");
    let raw = word::line(bytes, end, 160).1;
    let object = has_stamp(&bytes[start..raw]);
    // What is displayed may be anything's name: one word of it says nothing.
    let displayed =
        word::ends_with(&bytes[..end], b"name") && word::has(&bytes[end.saturating_sub(12)..end], b"display");
    let single = displayed && !bytes[start..name_end(bytes, start)].contains(&b' ');
    if displayed && bytes.get(end) == Some(&b'"') {
        object::around(bytes, end, hits);
    }
    if (assigned || told || javadoc || object) && !single && word::starts_word(bytes, start) {
        name_at(bytes, start, hits);
        if bytes[from..start].contains(&b'[') {
            listed(bytes, start, hits);
        }
    }
}

/// Most names of a list.
const MOST: usize = 16;

/// Adds the names in a list whose first one starts at byte `start`: `["Maribel Ortiz", "Jana Holm"]`,
/// `[{name = "Maribel Ortiz"}, {name = "Jana Holm"}]`.
fn listed(bytes: &[u8], start: usize, hits: &mut Hits) {
    let limit = bytes.len().min(start + MOST * MAX_LOGIN);
    let stop = memchr::memchr(b']', &bytes[start..limit]).map_or(limit, |i| start + i);
    let mut at = start - usize::from(matches!(bytes[..start].last(), Some(b'"' | b'\'')));
    while at < stop {
        let Some(quote) = memchr::memchr2(b'"', b'\'', &bytes[at..stop]).map(|i| at + i) else { return };
        let Some(close) = memchr::memchr(bytes[quote], &bytes[quote + 1..stop]).map(|i| quote + 1 + i) else {
            return;
        };
        let end = name_end(bytes, quote + 1).min(close);
        let text = &bytes[quote + 1..end];
        let whole = matches!(bytes[end..], [b'"' | b'\'', ..] | [b' ', b'<', ..]);
        if whole && text.contains(&b' ') && is_capital(bytes, quote + 1) {
            push_person(bytes, quote + 1, end, hits);
        }
        at = close + 1;
    }
}

/// Whether a line of a git object follows: a name, an address in angle brackets, a time.
fn has_stamp(line: &[u8]) -> bool {
    let bracket = memchr::memchr(b'>', line);
    bracket.is_some_and(|i| line[i..].starts_with(b"> ") && line.get(i + 2).is_some_and(u8::is_ascii_digit))
}

/// Words before a name that say what someone has to do with a thing; sorted.
static LEADS: WordSet =
    words!["author", "by", "c", "committer", "copyright", "created", "maintained", "tagger", "written"];

/// Where the name starts in a stretch from byte `start` to the end of its line: behind `Written by`, `(C) 2002-2022`.
pub(super) fn behind_leads(bytes: &[u8], start: usize) -> usize {
    let (_, line_end) = word::line(bytes, start, 2 * MAX_LOGIN);
    let mut at = start;
    for token in bytes[start..line_end.max(start)].split(|b| *b == b' ') {
        let from = token.iter().take_while(|b| **b == b'(').count();
        let len = token[from..].iter().rev().take_while(|b| matches!(b, b')' | b'.' | b':' | b',')).count();
        let bare = &token[from..token.len() - len];
        let years = bare.first().is_some_and(u8::is_ascii_digit) && !bare.iter().any(u8::is_ascii_alphabetic);
        let sign = matches!(bare, [0xc2, 0xa9]);
        if !(years || sign || bare.is_empty() || LEADS.has(bare)) {
            return at;
        }
        at += token.len() + 1;
    }
    start
}

/// Adds the name, or the login, that starts at byte `start`.
fn name_at(bytes: &[u8], start: usize, hits: &mut Hits) {
    let start = behind_leads(bytes, start);
    let end = addressed_end(bytes, start).unwrap_or_else(|| name_end(bytes, start));
    let name = &bytes[start..end];
    if name.contains(&b' ') {
        push_person(bytes, start, end, hits);
    } else if is_login(name) && !is_robot(name) && !path::is_common_name(name) && !goes_on(bytes, end) {
        push_login(bytes, start, end, "name behind a word for people", hits);
    }
}

/// Where the words end that an address in angle brackets follows, as git writes authors: `maribel ortiz <…@…>`.
fn addressed_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (_, line_end) = word::line(bytes, start, 2 * MAX_LOGIN);
    let line = &bytes[start..line_end];
    let bracket = memchr::memmem::find(line, b" <")?;
    let named = line[..bracket]
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b'-' | b'_' | b'\'') || *b >= 0x80);
    let close = memchr::memchr(b'>', &line[bracket..])?;
    let mail = line[bracket..bracket + close].contains(&b'@');
    let words = line[..bracket].iter().filter(|b| **b == b' ').count() < MAX_WORDS;
    (named && mail && words && bracket > 0 && line[0] != b' ').then_some(start + bracket)
}

/// Whether what stands behind a single word makes it code: a call, a member, an index, a sum.
fn goes_on(bytes: &[u8], end: usize) -> bool {
    let rest = &bytes[end..];
    let code = matches!(rest, [b'(' | b'[' | b'{' | b'.' | b'/' | b'@' | b':' | b'=' | b'$' | b'%', ..]);
    let sum = matches!(rest.first(), Some(b',' | b';' | b')'))
        || rest.starts_with(b" +")
        || rest.starts_with(b" |")
        || rest.starts_with(b" =")
        || rest.starts_with(b" ?");
    let sentence = rest.starts_with(b" ") && rest.get(1).is_some_and(|b| b.is_ascii_lowercase());
    let end_of_sentence = rest.starts_with(b".") && !rest.get(1).is_some_and(u8::is_ascii_alphanumeric);
    (code || sum || sentence) && !end_of_sentence
}

/// Where the name that starts at byte `start` ends: capitalised words with single spaces between.
pub(super) fn name_end(bytes: &[u8], start: usize) -> usize {
    let mut end = word_end(bytes, start);
    for _ in 1..MAX_WORDS {
        let next = (bytes.get(end) == Some(&b' ')).then_some(end + 1);
        let Some(next) = next.filter(|&n| is_capital(bytes, n) || is_particle(bytes, n)) else { break };
        let next_end = word_end(bytes, next);
        if next_end == next || !is_capital(bytes, start) {
            break;
        }
        end = next_end;
    }
    end
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some((c, next)) = word::char_at(bytes, end) {
        let cjk = c > '\u{3000}' && c.is_alphabetic();
        let inner = matches!(c, '\'' | '\u{2019}' | '-' | '.' | '_')
            && word::char_at(bytes, next).is_some_and(|(n, _)| word::is_letter(n));
        let initial = c == '.' && end - start <= 2 && end > start;
        if !(word::is_letter(c) || cjk || inner || initial) || next - start > MAX_LOGIN {
            break;
        }
        end = next;
    }
    end
}

pub(super) fn is_capital(bytes: &[u8], at: usize) -> bool {
    word::char_at(bytes, at).is_some_and(|(c, _)| c.is_uppercase())
}

/// Whether a small word of a name starts at byte `at`: `van`, `de la`.
fn is_particle(bytes: &[u8], at: usize) -> bool {
    let particles = [
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "van",
        "von", "y", "zu",
    ];
    word::listed(&particles, &bytes[at..word_end(bytes, at)])
}

/// Whether a single word can be a login or a name: no keyword, no type, no number.
pub(super) fn is_login(name: &[u8]) -> bool {
    login::is_person(name) && name.len() <= MAX_LOGIN && !NOT_NAMES.has(name) && !is_hexadecimal(name)
}

/// Adds a person's name, and its words to be known elsewhere.
pub(super) fn push_person(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let first = name.split(|&b| b == b' ').next().unwrap_or_default();
    if login::is_pseudonym(name) || NOT_NAMES.has(first) || is_robot(name) || ANYONE.has(name) {
        return;
    }
    let hit = Hit::new(id::IDENTITY_PERSON, start, end, "name behind a word for people");
    hits.push(hit.canonical(canonical(name)).learn(Learn::Person));
}

/// Whether a name is that of a program.
pub(super) fn is_robot(name: &[u8]) -> bool {
    let robots: [&[u8]; 18] = [
        b"bot",
        b"claude",
        b"copilot",
        b"github",
        b"gitlab",
        b"dependabot",
        b"renovate",
        b"codex",
        b"actions",
        b"cursor",
        b"gemini",
        b"jenkins",
        b"agent",
        b"test",
        b"team",
        b"user",
        b"coderabbitai",
        b"devin",
    ];
    robots.iter().any(|robot| word::has_word(name, robot))
}

/// Names that stand for anyone; sorted.
static ANYONE: WordSet = words!["foo bar", "jane doe", "john doe", "john smith", "test user", "your name"];

/// Words behind a carrier that are no names: keywords, types, fields; sorted.
static NOT_NAMES: WordSet = words![
    "all",
    "and",
    "anonymous",
    "any",
    "array",
    "assigned",
    "author",
    "authors",
    "bool",
    "boolean",
    "by",
    "char",
    "claude",
    "committer",
    "config",
    "const",
    "current",
    "data",
    "date",
    "dict",
    "email",
    "empty",
    "error",
    "false",
    "field",
    "fields",
    "for",
    "from",
    "function",
    "get",
    "git",
    "github",
    "has",
    "here",
    "id",
    "if",
    "in",
    "int",
    "integer",
    "invalid",
    "is",
    "let",
    "list",
    "login",
    "message",
    "missing",
    "model",
    "name",
    "names",
    "new",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "number",
    "object",
    "of",
    "on",
    "option",
    "optional",
    "or",
    "org",
    "password",
    "required",
    "return",
    "see",
    "self",
    "set",
    "sha1",
    "sha256",
    "str",
    "string",
    "text",
    "that",
    "the",
    "this",
    "title",
    "to",
    "true",
    "type",
    "unassigned",
    "undefined",
    "unknown",
    "url",
    "use",
    "user",
    "username",
    "uses",
    "uuid",
    "value",
    "var",
    "varchar",
    "was",
    "who",
    "with",
];

pub(super) fn push_login(bytes: &[u8], start: usize, end: usize, evidence: &'static str, hits: &mut Hits) {
    let name = &bytes[start..end];
    let hit = Hit::new(id::IDENTITY_LOGIN, start, end, evidence).canonical(canonical(name));
    hits.push(if login::is_learnable(name) { hit.learn(Learn::Login) } else { hit });
}

/// Adds the login that starts at byte `start`, if it can be one; says where it ends.
pub(super) fn login_at(bytes: &[u8], start: usize, evidence: &'static str, hits: &mut Hits) -> usize {
    let login = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-') || *b >= 0x80;
    // What tables are drawn with is no letter.
    if word::char_at(bytes, start).is_some_and(|(c, _)| !c.is_ascii() && !c.is_alphabetic()) {
        return start;
    }
    let mut end = start + bytes[start..].iter().take(MAX_LOGIN + 1).take_while(|b| login(b)).count();
    while end > start && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    // `ps` cuts what is longer than eight: `systemd+` is the system's.
    let cut = bytes.get(end) == Some(&b'+') && bytes[start..end].starts_with(b"systemd");
    if is_login(&bytes[start..end]) && !goes_on_as_login(bytes, end) && !cut {
        push_login(bytes, start, end, evidence, hits);
    }
    end
}

fn goes_on_as_login(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), Some(b'(' | b'[' | b'{' | b'$' | b'%'))
}

pub(super) fn is_login_shape(text: &[u8]) -> bool {
    let signs = text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    text[0].is_ascii_alphabetic() && text.len() <= 39 && signs && !is_hexadecimal(text)
}

/// Whether a word is a UUID, a hash or a number in hexadecimal.
fn is_hexadecimal(text: &[u8]) -> bool {
    text.len() >= 12 && text.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-')
}
