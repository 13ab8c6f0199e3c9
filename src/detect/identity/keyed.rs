//! Texts whose keys say that they are a person's name, a login, an agent's or a machine's name.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        path,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    birth, card, filed, given, history, host, login, message,
    name::{is_capital, is_login, is_login_shape, is_robot, name_end, push_login, push_person},
    street,
};
use crate::detect::words::{WordSet, words};
use crate::{
    finding::Learn,
    rule::{Confidence, id},
};

/// Looks at a text whose key says that it is a person's name or login.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if text.is_empty() || text.len() > 80 || text.contains(&b'\n') {
        return;
    }
    let key: Vec<u8> =
        subject.key.unwrap_or_default().iter().copied().filter(u8::is_ascii_alphabetic).collect();
    street::keyed(subject, &key, hits);
    birth::keyed(text, &key, hits);
    filed::keyed(text, &key, hits);
    card::code(text, &key, hits);
    if PERSON_KEYS.has(&key) {
        let end = name_end(text, 0);
        let whole = key.eq_ignore_ascii_case(b"displayname") || key.eq_ignore_ascii_case(b"fullname");
        let own = || text.split(|b| *b == b'.').any(path::is_own);
        let single = !whole && !text.contains(&b' ') && is_login(text) && is_capital(text, 0);
        if whole && text[0].is_ascii_lowercase() && is_login_shape(text) && own() {
            push_login(text, 0, text.len(), "key for a person", hits);
        } else if whole && given::is_clear(text) {
            given::push(text, 0, text.len(), hits);
        } else if message::is_company(text) {
            // A firm, a team, a foundation.
        } else if end == text.len() && (text.contains(&b' ') || single) {
            push_person(text, 0, end, hits);
        } else if end == text.len()
            && is_login(text)
            && !is_robot(text)
            && !key.ends_with(b"Name")
            && !key.ends_with(b"name")
        {
            push_login(text, 0, end, "key for a person", hits);
        }
    } else if text.contains(&b' ') && (LOGIN_KEYS.has(&key) || WHO_KEYS.has(&key)) {
        let mut words = text.split(|b| *b == b' ');
        let known = words.clone().next().is_some_and(given::is_given) || history::is_name(text);
        let nobodys = LOGIN_KEYS.has(&key) && words.all(path::is_own);
        if CARD_KEYS.has(&key) && is_embossed(text) {
            push_person(text, 0, text.len(), hits);
            return;
        }
        if name_end(text, 0) == text.len() && (known || nobodys) {
            push_person(text, 0, text.len(), hits);
        }
    } else if HOST_KEYS.has(&key) {
        machine(text, hits);
    } else if LOGIN_KEYS.has(&key) && is_login_shape(text) && is_login(text) && !is_robot(text) {
        let hit = Hit::new(id::IDENTITY_LOGIN, 0, text.len(), "key for a login").canonical(canonical(text));
        // A word of everyone's may be a setting.
        let own = text.len() > 3 && login::is_learnable(text) && !vocabulary::has(text);
        let hit = hit.confidence(Confidence::Medium);
        hits.push(if own { hit.learn(Learn::Login) } else { hit });
    }
}

/// Whether a name is written as on a card: words of capitals.
fn is_embossed(text: &[u8]) -> bool {
    let capital = |b: &u8| b.is_ascii_uppercase() || *b >= 0x80 || matches!(b, b'-' | b'\'' | b'.');
    let words = text.split(|b| *b == b' ');
    (2..=4).contains(&words.clone().count())
        && words.into_iter().all(|w| !w.is_empty() && w.iter().all(capital))
}

/// Keys of whom a card belongs to; sorted.
static CARD_KEYS: WordSet = words!["accountholder", "cardholder", "cardholdername", "holder", "nameoncard"];

/// Adds the machine that is all of `text`, but for those of everyone.
fn machine(text: &[u8], hits: &mut Hits) {
    let shaped = text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let numbered = text.contains(&b'-') && text.iter().any(u8::is_ascii_digit) && !text.contains(&b'.');
    let telling = numbered || distinct::is_unusual(text);
    let public = || host::is_known(text) || text.split(|b| *b == b'.').any(distinct::is_public);
    if shaped && telling && text.len() > 3 && text[0].is_ascii_alphanumeric() && !public() {
        host::push(text, 0, text.len(), "key for a machine", hits);
    }
}

/// Keys under which people stand by their names, and other things; sorted.
static WHO_KEYS: WordSet = words![
    "accountholder",
    "adjuster",
    "approver",
    "assessor",
    "assigned",
    "attendee",
    "cardholder",
    "cardholdername",
    "contact",
    "contactname",
    "courier",
    "customer",
    "customername",
    "doctor",
    "driver",
    "employee",
    "from",
    "guest",
    "handle",
    "holder",
    "host",
    "instructor",
    "lead",
    "manager",
    "member",
    "name",
    "nameoncard",
    "nurse",
    "operator",
    "organizer",
    "owner",
    "passenger",
    "patient",
    "person",
    "pharmacist",
    "physician",
    "practitioner",
    "recipient",
    "requester",
    "sender",
    "speaker",
    "student",
    "submitter",
    "supervisor",
    "teacher",
    "technician",
    "tenant",
    "to",
    "tutor",
    "volunteer",
];

/// Keys of machines, letters only; sorted.
static HOST_KEYS: WordSet = words![
    "clienthost",
    "computername",
    "dbhost",
    "fqdn",
    "host",
    "hostname",
    "machine",
    "machinename",
    "nodename",
    "remotehost",
    "serverhost",
    "servername",
];

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
    "ansibleuser",
    "assignedto",
    "createdby",
    "deployedby",
    "login",
    "logname",
    "mergedby",
    "modifiedby",
    "nickname",
    "preferredusername",
    "reportedby",
    "requestedby",
    "samaccountname",
    "screenname",
    "sshuser",
    "startedby",
    "sudouser",
    "triggeredby",
    "twitterusername",
    "updatedby",
    "uploadedby",
    "user",
    "userlogin",
    "username",
];

/// Looks at a text that names an agent, a team or a machine.
pub(super) fn whole(subject: &Subject<'_>, hits: &mut Hits) {
    let (text, key) = (subject.bytes, subject.key.unwrap_or_default());
    let plain = (1..80).contains(&text.len()) && !text.contains(&b'\n') && !login::is_pseudonym(text);
    if !plain || AGENTS.has(text) || host::is_public(text) {
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
