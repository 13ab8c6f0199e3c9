//! Accounts of clouds and services: numbers, UUIDs, names of resources, buckets, registries.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        word,
    },
    context::value_behind,
    login, name, object, owner, remote,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// Length of an account's number at AWS.
const ACCOUNT: usize = 12;

/// Length of a UUID as text.
const UUID: usize = 36;

/// How far behind its word a value may start, in bytes.
const REACH: usize = 8;

/// Account numbers of examples.
static DUMMIES: &[&[u8]] = &[
    b"123456789012",
    b"111122223333",
    b"444455556666",
    b"000000000000",
    b"111111111111",
    b"999999999999",
    b"012345678901",
    b"123123123123",
    b"210987654321",
    b"555555555555",
    b"222222222222",
];

/// The account's number at byte `at`, alone.
fn number_at(bytes: &[u8], at: usize) -> bool {
    let text = bytes.get(at..at + ACCOUNT);
    text.is_some_and(|t| t.iter().all(u8::is_ascii_digit) && !DUMMIES.contains(&t))
        && word::starts_word(bytes, at)
        && word::ends_word(bytes, at + ACCOUNT)
}

fn push_number(at: usize, hits: &mut Hits) {
    hits.push(Hit::new(id::IDENTITY_ACCOUNT, at, at + ACCOUNT, "number of a cloud account"));
}

/// Adds the number in `start..end`, if it is one of an account.
pub(super) fn number_alone(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    if end - start == ACCOUNT && number_at(bytes, start) {
        push_number(start, hits);
    }
}

fn ends_arn(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'"' | b'\'' | b',' | b')' | b']' | b'}' | b'<' | b'>' | b'`' | b';' | b'\\' | b'|')
}

/// Looks at the ARN at byte `at`: its account and its resource.
pub(super) fn arn(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let end = at + bytes[at..].iter().take(2048).take_while(|b| !ends_arn(**b)).count();
    let mut colons = memchr::memchr_iter(b':', &bytes[at..end]).map(|i| at + i + 1);
    let (Some(account), Some(resource)) = (colons.nth(3), colons.next()) else { return };
    let managed = bytes[account..].starts_with(b"aws:");
    if number_at(bytes, account) {
        push_number(account, hits);
    }
    let typed = memchr::memchr2(b'/', b':', &bytes[resource..end]).filter(|_| resource > account + 1);
    let from = typed.map_or(resource, |i| resource + i + 1);
    let text = &bytes[from..end];
    let pattern =
        text.iter().any(|b| matches!(b, b'*' | b'$' | b'{')) || text.is_empty() || text.starts_with(b"[");
    let assumed = bytes[resource..].starts_with(b"assumed-role/");
    let session = memchr::memrchr(b'/', text).map(|i| from + i + 1).filter(|_| assumed && !pattern);
    if let Some(session) = session.filter(|session| distinct::is_unusual(&bytes[*session..end])) {
        push_resource(bytes, from, session - 1, hits);
        name::login_at(&bytes[..end], session, "user of a cloud account", hits);
    } else if bytes[resource..].starts_with(b"user/") && !pattern {
        name::login_at(bytes, from, "user of a cloud account", hits);
    } else if !managed && !pattern {
        push_resource(bytes, from, end, hits);
    }
}

/// Adds the resource of an account in `start..end`, unless it is one of examples.
pub(super) fn push_resource(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = bytes[start..end].trim_ascii_end();
    let end = start + name.len();
    if name.len() > 2 && !PLACEHOLDERS.has(name) && !name.starts_with(b"REDACTED") && !name.contains(&b'<') {
        let hit = Hit::new(id::IDENTITY_RESOURCE, start, end, "resource of a cloud account");
        let hit = hit.canonical(canonical(name));
        let telling = name.len() > 7 && name.contains(&b'-') && distinct::is_unusual(name);
        hits.push(if telling { hit.learn(Learn::Branch) } else { hit });
    }
}

/// Buckets of examples; sorted.
static PLACEHOLDERS: WordSet = words![
    "bucket",
    "bucket-name",
    "bucket_name",
    "example",
    "example-bucket",
    "examplebucket",
    "my-bucket",
    "mybucket",
    "root",
    "test-bucket",
    "your-bucket",
    "your-bucket-name",
];

/// Looks at the account before `.dkr.ecr.` at byte `at`, and the repository behind.
pub(super) fn registry(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if let Some(start) = at.checked_sub(ACCOUNT).filter(|&s| number_at(bytes, s)) {
        push_number(start, hits);
    }
    let host = bytes[end..]
        .iter()
        .take(80)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let from = end + host + 1;
    let path = bytes.get(end + host) == Some(&b'/');
    let len = bytes.get(from..).unwrap_or_default().iter().take(200);
    let len = len.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.')).count();
    if path && len > 0 {
        push_resource(bytes, from, from + len, hits);
    }
}

/// Looks at the number behind `account`.
pub(super) fn number(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let named = bytes[end..]
        .iter()
        .take(12)
        .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b' ' | b'-'))
        .count();
    for from in [end, end + named] {
        let start = value_behind(bytes, from, REACH);
        if number_at(bytes, start) {
            push_number(start, hits);
            return;
        }
    }
    uuid(subject, 0, end, hits);
}

/// Looks at the UUID behind `tenant`, `organization` and their like.
pub(super) fn uuid(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let named = bytes[end..]
        .iter()
        .take(12)
        .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b' ' | b'-'))
        .count();
    for from in [end, end + named] {
        let start = value_behind(bytes, from, REACH);
        if bytes.get(start..start + UUID).is_some_and(is_uuid) {
            hits.push(Hit::new(id::IDENTITY_ACCOUNT_UUID, start, start + UUID, "UUID of an account"));
            if bytes[from..start].contains(&b'"') {
                object::ids(bytes, from, hits);
            }
            return;
        }
    }
}

/// Looks at what stands behind `organization`: its UUID or its name.
pub(super) fn organization(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    uuid(subject, at, end, hits);
    let start = value_behind(bytes, end, REACH);
    let mut assigned = bytes[end..start].iter().any(|b| matches!(b, b':' | b'='));
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let len = bytes[start..].iter().take(64).take_while(|b| name(b)).count();
    let text = &bytes[start..start + len];
    let goes_on = matches!(bytes.get(start + len), Some(b'(' | b'[' | b'{' | b'<' | b'/'))
        || bytes.get(start + len) == Some(&b'.')
            && bytes.get(start + len + 1).is_some_and(u8::is_ascii_alphanumeric);
    let aside = bytes[..at].ends_with(b"(") && bytes.get(start + len) == Some(&b')');
    assigned |= aside && start == end + 1;
    let shaped = len > 2 && !is_uuid(text) && (aside || text.iter().all(|b| !b.is_ascii_uppercase()));
    if assigned && shaped && !goes_on && distinct::is_unusual(text) && !owner::is_public(text) {
        remote::push_org(bytes, start, start + len, hits);
    }
}

/// Looks at the name of a cluster of Google's behind its `gke_`: project, zone, name.
pub(super) fn cluster(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[end..]
        .iter()
        .take(160)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .count();
    let parts: Vec<&[u8]> = bytes[end..end + len].split(|b| *b == b'_').collect();
    if let [project, zone, name] = parts[..]
        && word::starts_word(bytes, at)
    {
        push_resource(bytes, end, end + project.len(), hits);
        let from = end + project.len() + zone.len() + 2;
        push_resource(bytes, from, from + name.len(), hits);
    }
}

/// The least length of what follows the head of a node's id, in bytes.
const NODE: usize = 4;

/// Looks at the id of a node of GitHub's around its `_kwDO`: the number of its repository is written in it.
pub(super) fn node(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let kind = bytes[..at].iter().rev().take(8).take_while(|b| b.is_ascii_uppercase()).count();
    let start = at - kind;
    let token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let len = bytes[end..].iter().take(64).take_while(|b| token(b)).count();
    let cased = bytes[at..end].ends_with(b"kwDO");
    if kind > 0 && cased && len >= NODE && word::starts_word(bytes, start) {
        hits.push(Hit::new(
            id::IDENTITY_REPOSITORY,
            start,
            end + len,
            "id of a node, with its repository's number",
        ));
    }
}

/// Whether `text` is a UUID that names something: not zero, none of our pseudonyms.
pub(super) fn is_uuid(text: &[u8]) -> bool {
    let shaped = text.len() == UUID
        && text.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    shaped && !text.starts_with(b"00000000-0000-")
}

/// Whether `text` is 32 bytes in hexadecimal: what an agent makes of a user's id or a folder's path, which can be guessed.
fn is_digest(text: &[u8]) -> bool {
    text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit)
}

/// Looks at the bucket behind `s3://`.
pub(super) fn bucket(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[end..]
        .iter()
        .take(63)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        .count();
    if word::starts_word(bytes, at) && len > 2 {
        push_resource(bytes, end, end + len, hits);
    }
}

/// Looks at a text that is an account or an organisation.
pub(super) fn whole(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if is_uuid(text) {
        hits.push(Hit::new(
            id::IDENTITY_ACCOUNT_UUID,
            0,
            text.len(),
            "account of the transcript's own record",
        ));
    } else if !text.is_empty()
        && text.len() < 200
        && !text.contains(&b'@')
        && !text.contains(&b'\n')
        && !login::is_pseudonym(text)
    {
        let hit = Hit::new(id::IDENTITY_ORG, 0, text.len(), "account of the transcript's own record");
        hits.push(hit.canonical(canonical(text)));
    }
}

/// Looks at a text whose key names an account.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    let number = text.len() == ACCOUNT && number_at(text, 0);
    if is_digest(text) && matches!(subject.key, Some(b"userID" | b"projectHash")) {
        hits.push(Hit::new(id::IDENTITY_ACCOUNT, 0, text.len(), "digest of who or where"));
    }
    if text.len() == 24 && text.iter().all(u8::is_ascii_hexdigit) && subject.key == Some(b"accountId") {
        hits.push(Hit::new(id::IDENTITY_ACCOUNT, 0, text.len(), "account of a service"));
    }
    // Atlassian puts a number before the UUID.
    let skip = text.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
    let skip = if skip > 0 && text.get(skip) == Some(&b':') { skip + 1 } else { 0 };
    if !number && !is_uuid(&text[skip..]) {
        return;
    }
    let key: Vec<u8> =
        subject.key.unwrap_or_default().iter().copied().filter(u8::is_ascii_alphabetic).collect();
    let key = key.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| memchr::memmem::find(&key, w.as_bytes()).is_some());
    if number && has(&["account", "ownerid", "registryid"]) {
        push_number(0, hits);
    } else if !number
        && has(&[
            "tenant",
            "subscription",
            "organization",
            "orgid",
            "orguuid",
            "account",
            "workspaceid",
            "userid",
            "ownerid",
            "memberid",
            "customerid",
            "assigneeid",
            "authorid",
            "createdbyid",
            "creatorid",
            "reporterid",
            "updatedbyid",
        ])
    {
        hits.push(Hit::new(id::IDENTITY_ACCOUNT_UUID, skip, skip + UUID, "UUID of an account"));
    }
}
