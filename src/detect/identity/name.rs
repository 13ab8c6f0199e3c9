//! Names of people and logins, behind the words that carry them.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        path,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    address,
    context::value_behind,
    login,
};
use crate::detect::words::{WordSet, words};
use crate::{
    finding::Learn,
    rule::{Confidence, id},
};

/// Most words of a person's name.
const MAX_WORDS: usize = 5;

/// Longest login, in bytes.
const MAX_LOGIN: usize = 64;

/// How far behind its carrier a value may start, in bytes.
const REACH: usize = 12;

/// Looks for a person's name behind `Author:` and the like.
pub(super) fn person(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let from =
        bytes[end..].iter().take(6).take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count() + end;
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
    if (assigned || told || javadoc || object) && !single && word::starts_word(bytes, start) {
        name_at(bytes, start, hits);
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

fn is_capital(bytes: &[u8], at: usize) -> bool {
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
fn is_login(name: &[u8]) -> bool {
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

fn push_login(bytes: &[u8], start: usize, end: usize, evidence: &'static str, hits: &mut Hits) {
    let name = &bytes[start..end];
    let hit = Hit::new(id::IDENTITY_LOGIN, start, end, evidence).canonical(canonical(name));
    hits.push(if login::is_learnable(name) { hit.learn(Learn::Login) } else { hit });
}

/// Adds the login that starts at byte `start`, if it can be one; says where it ends.
pub(super) fn login_at(bytes: &[u8], start: usize, evidence: &'static str, hits: &mut Hits) -> usize {
    let login = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-') || *b >= 0x80;
    let mut end = start + bytes[start..].iter().take(MAX_LOGIN + 1).take_while(|b| login(b)).count();
    while end > start && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    if is_login(&bytes[start..end]) && !goes_on_as_login(bytes, end) {
        push_login(bytes, start, end, evidence, hits);
    }
    end
}

fn goes_on_as_login(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), Some(b'(' | b'[' | b'{' | b'$' | b'%'))
}

/// Looks for the names in `uid=501(maribel) gid=20(staff)`.
pub(super) fn identity(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let digits = bytes[end..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && bytes.get(end + digits) == Some(&b'(') {
        let at = login_at(bytes, end + digits + 1, "output of id", hits);
        if let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(b") groups=")) {
            groups(bytes, bytes.len() - rest.len(), hits);
        }
    }
}

/// Adds the groups from byte `at` on: `1000(maribel),27(sudo)`.
fn groups(bytes: &[u8], at: usize, hits: &mut Hits) {
    let mut at = at;
    for _ in 0..64 {
        let digits = bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || bytes.get(at + digits) != Some(&b'(') {
            return;
        }
        let len = bytes[at..].iter().take(MAX_LOGIN).take_while(|b| **b != b')').count();
        let group = &bytes[at + digits + 1..at + len];
        if distinct::is_unusual(group) {
            login_at(bytes, at + digits + 1, "output of id", hits);
        }
        at = (at + len + 2).min(bytes.len());
    }
}

/// Looks for the login behind `USER=` and the like.
pub(super) fn login(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let own = at == 0
        || !matches!(bytes[at - 1], b'_' | b'-' | b'?' | b'&' | b'.' | b';')
        || [&b"SUDO_"[..], b"ansible_", b"ANSIBLE_"].iter().any(|head| bytes[..at].ends_with(head));
    let start = value_behind(bytes, end, 3);
    if word::ends_with(&bytes[..at], b"ansible_") {
        address::first(bytes, at, hits);
    }
    if own && !matches!(bytes.get(start), Some(b'$' | b'{' | b'<' | b'%')) {
        login_at(bytes, start, "a variable that holds the login", hits);
    }
}

/// Looks for the login of JSON within a text: `"login": "maribel"`.
pub(super) fn quoted(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = value_behind(bytes, end, 6);
    let between = &bytes[end..start];
    let value = between.contains(&b':') && between.ends_with(b"\"");
    let len = bytes[start..].iter().take(MAX_LOGIN).take_while(|b| !matches!(b, b'"' | b'\\')).count();
    let name = &bytes[start..start + len];
    if value && len > 0 && is_login_shape(name) && is_login(name) && !is_robot(name) {
        let hit =
            Hit::new(id::IDENTITY_LOGIN, start, start + len, "key for a login").canonical(canonical(name));
        hits.push(hit.confidence(Confidence::Medium));
    }
}

/// Looks for homes behind a tilde: `~maribel/public_html`.
pub(super) fn tildes(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    for at in memchr::memchr_iter(b'~', bytes) {
        let before = at
            .checked_sub(1)
            .is_none_or(|i| bytes[i].is_ascii_whitespace() || b"\"'`=:(,".contains(&bytes[i]));
        let letter = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        let len = bytes[at + 1..].iter().take(MAX_LOGIN).take_while(|b| letter(b)).count();
        let name = &bytes[at + 1..at + 1 + len];
        if before
            && bytes.get(at + 1 + len) == Some(&b'/')
            && name.first().is_some_and(u8::is_ascii_lowercase)
            && distinct::is_unusual(name)
        {
            login_at(&bytes[..at + 1 + len], at + 1, "home behind a tilde", hits);
        }
    }
}

/// Looks for what `whoami` printed: one word on the next line.
pub(super) fn whoami(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (_, line_end) = word::line(bytes, end, 8);
    let rest = bytes[end..line_end].trim_ascii();
    let start =
        line_end + bytes[line_end..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    if !rest.is_empty() || start == line_end || !word::starts_word(bytes, at) {
        return;
    }
    let (_, next_end) = word::line(bytes, start, 128);
    let start = start + gutter(&bytes[start..next_end]);
    let slash = memchr::memrchr(b'\\', &bytes[start..next_end]).map_or(start, |i| start + i + 1);
    if !bytes[slash..next_end].trim_ascii_end().contains(&b' ') {
        login_at(bytes, slash, "output of whoami", hits);
    }
}

/// Length of what a patch or a listing with line numbers puts before a line.
pub(super) fn gutter(line: &[u8]) -> usize {
    let blank = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let digits = line[blank..].iter().take_while(|b| b.is_ascii_digit()).count();
    match &line[blank + digits..] {
        [0xe2, 0x86, 0x92, ..] if digits > 0 => blank + digits + 3,
        [b'\t', ..] if digits > 0 => blank + digits + 1,
        [b'+' | b'>' | b'|', ..] if digits == 0 => blank + 1,
        _ => 0,
    }
}

/// Looks for the user that a command names: the first argument that is no option; of `useradd`, `usermod` and
/// `userdel` the last one.
pub(super) fn command(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::starts_word(bytes, at) {
        return;
    }
    let (_, line_end) = word::line(bytes, end, 120);
    let last = bytes[at..end].to_ascii_lowercase();
    if last.starts_with(b"user") {
        let stop =
            bytes[end..line_end].iter().position(|b| matches!(b, b';' | b'&' | b'|' | b'"' | b'\'' | b'`'));
        let whole = bytes[end..stop.map_or(line_end, |i| end + i)].trim_ascii_end();
        let word = memchr::memrchr(b' ', whole).map_or(end, |i| end + i + 1);
        login_at(bytes, word, "user of a command", hits);
        return;
    }
    let mut start = end;
    while bytes.get(start) == Some(&b'-') {
        start += bytes[start..line_end].iter().position(|b| *b == b' ').map_or(line_end - start, |i| i + 1);
    }
    let stop = login_at(bytes, start, "user of a command", hits);
    let group = word::ends_with(&bytes[..end], b"chown ") && bytes.get(stop) == Some(&b':');
    if group && stop > start {
        login_at(bytes, stop + 1, "group of a command", hits);
    }
}

/// Looks for `DOMAIN\user` and for the account name of a Windows event.
pub(super) fn domain_user(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = value_behind(bytes, end, REACH);
    let part =
        bytes[start..].iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let slashes = bytes[start + part..].iter().take(2).take_while(|b| **b == b'\\').count();
    if slashes > 0 && part > 0 {
        push_domain(bytes, start, start + part, hits);
        login_at(bytes, start + part + slashes, "user of a Windows domain", hits);
    } else if !bytes[..end].ends_with(b"name") || bytes[end..start].iter().any(|b| matches!(b, b':' | b'=')) {
        login_at(bytes, start, "user of a Windows domain", hits);
    }
}

/// Adds a Windows domain or machine name.
pub(super) fn push_domain(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    let builtin = ["authority", "builtin", "font", "iis", "nt", "window", "workgroup"];
    if name.len() > 2 && !word::listed(&builtin, name) && !login::is_pseudonym(name) {
        hits.push(
            Hit::new(id::IDENTITY_MACHINE, start, end, "Windows domain or machine")
                .canonical(canonical(name)),
        );
    }
}

/// Looks at a text whose key says that it is a person's name or login.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if text.is_empty() || text.len() > 80 || text.contains(&b'\n') {
        return;
    }
    let key: Vec<u8> =
        subject.key.unwrap_or_default().iter().copied().filter(u8::is_ascii_alphabetic).collect();
    if PERSON_KEYS.has(&key) {
        let end = name_end(text, 0);
        let whole = key.eq_ignore_ascii_case(b"displayname") || key.eq_ignore_ascii_case(b"fullname");
        let single = !whole && !text.contains(&b' ') && is_login(text) && is_capital(text, 0);
        if end == text.len() && (text.contains(&b' ') || single) {
            push_person(text, 0, end, hits);
        } else if end == text.len()
            && is_login(text)
            && !is_robot(text)
            && !key.ends_with(b"Name")
            && !key.ends_with(b"name")
        {
            push_login(text, 0, end, "key for a person", hits);
        }
    } else if LOGIN_KEYS.has(&key) && is_login_shape(text) && is_login(text) && !is_robot(text) {
        let hit = Hit::new(id::IDENTITY_LOGIN, 0, text.len(), "key for a login").canonical(canonical(text));
        // A word of everyone's may be a setting.
        let own = text.len() > 3 && login::is_learnable(text) && !vocabulary::has(text);
        let hit = hit.confidence(Confidence::Medium);
        hits.push(if own { hit.learn(Learn::Login) } else { hit });
    }
}

fn is_login_shape(text: &[u8]) -> bool {
    let signs = text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    text[0].is_ascii_alphabetic() && text.len() <= 39 && signs && !is_hexadecimal(text)
}

/// Whether a word is a UUID, a hash or a number in hexadecimal.
fn is_hexadecimal(text: &[u8]) -> bool {
    text.len() >= 12 && text.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-')
}

/// Keys of people's names, letters only; sorted.
static PERSON_KEYS: WordSet = words![
    "assignee",
    "assigneename",
    "author",
    "authorname",
    "committer",
    "committername",
    "creator",
    "displayname",
    "familyname",
    "firstname",
    "fullname",
    "givenname",
    "lastname",
    "maintainer",
    "ownername",
    "realname",
    "reporter",
    "reviewer",
    "surname",
];

/// Keys of logins, letters only; sorted.
static LOGIN_KEYS: WordSet = words![
    "actor",
    "assignedto",
    "createdby",
    "login",
    "logname",
    "mergedby",
    "modifiedby",
    "nickname",
    "reportedby",
    "screenname",
    "sudouser",
    "updatedby",
    "user",
    "userlogin",
    "username",
];

/// Looks at a text that names an agent, a team or a machine.
pub(super) fn whole(subject: &Subject<'_>, hits: &mut Hits) {
    let (text, key) = (subject.bytes, subject.key.unwrap_or_default());
    let plain = (1..80).contains(&text.len()) && !text.contains(&b'\n') && !login::is_pseudonym(text);
    if !plain || AGENTS.has(text) || super::host::is_public(text) {
        return;
    }
    let machine = word::has(key, b"host") || word::has(key, b"machine");
    let rule = if machine { id::IDENTITY_MACHINE } else { id::IDENTITY_AGENT };
    hits.push(
        Hit::new(rule, 0, text.len(), "name in the transcript's own record").canonical(canonical(text)),
    );
}

/// Agents that come with the tools; sorted.
static AGENTS: WordSet = words![
    "agent",
    "assistant",
    "build",
    "claude",
    "claude code",
    "claude-code",
    "claude-code-guide",
    "code",
    "code-reviewer",
    "codex",
    "coordinator",
    "cursor",
    "default",
    "explore",
    "general",
    "general-purpose",
    "lead",
    "main",
    "orchestrator",
    "output-style-setup",
    "plan",
    "planner",
    "researcher",
    "reviewer",
    "statusline-setup",
    "subagent",
    "team-lead",
    "tester",
    "worker",
];
