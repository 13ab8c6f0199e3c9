//! What the words before a name say of it.

use super::{MAX_NAME, is_name_byte};
use crate::detect::{
    identity::message::Slot,
    words::{WordSet, words},
};

/// The last word of `head` and what stands before it.
pub(super) fn last_word(head: &[u8]) -> (&[u8], &[u8]) {
    let len = head.iter().rev().take(14).take_while(|b| b.is_ascii_alphabetic()).count();
    let (before, word) = head.split_at(head.len() - len);
    (before.strip_suffix(b" ").unwrap_or_default(), word)
}

/// What a word says that is named behind it.
pub(super) fn kind(word: &[u8]) -> Option<Slot> {
    match word {
        b"user" | b"login" | b"username" | b"teammate" | b"colleague" | b"account" | b"Benutzer"
        | b"Nutzer" | b"utilisateur" | b"usuario" | b"utente" => Some(Slot::User),
        b"host" | b"server" | b"machine" | b"hostname" | b"box" | b"bastion" | b"hypervisor" | b"laptop"
        | b"NAS" | b"node" | b"workstation" => Some(Slot::Host),
        b"project" | b"repo" | b"repository" | b"codebase" => Some(Slot::Project),
        b"org" | b"organisation" | b"organization" | b"tenant" | b"workspace" | b"company" | b"customer" => {
            Some(Slot::Firm)
        }
        b"role" | b"stack" | b"bucket" | b"namespace" | b"cluster" | b"database" | b"container" | b"pod"
        | b"deployment" => Some(Slot::Resource),
        _ => None,
    }
}

/// What `as`, `is` and `to` behind `head` say of the name behind them: `log in as`, `my handle is`, `ssh into`.
pub(super) fn said(head: &[u8], last: &[u8]) -> Option<Slot> {
    let (ahead, verb) = last_word(head);
    let first = || last_word(ahead).1;
    match last {
        b"as"
            if [&b"ogged in to "[..], b"igned in to "]
                .iter()
                .any(|said| ahead.ends_with(said.trim_ascii())) =>
        {
            Some(Slot::User)
        }
        b"as" if ENTERED.has(verb) || verb == b"in" && ENTERED.has(first()) || at_host(head) => {
            Some(Slot::User)
        }
        b"is" if HANDLES.has(verb) => Some(Slot::User),
        b"is" if matches!(verb, b"there" | b"here") && HANDLES.has(first()) => Some(Slot::User),
        b"is" if MACHINES.has(verb) => Some(Slot::Host),
        b"is" if verb == b"domain" => Some(Slot::Domain),
        b"into" | b"to" if ENTERED.has(verb) => Some(Slot::Host),
        _ => None,
    }
}

/// Whether what is done before or behind a name is done with people: `assign it to maribel`, `review from maribel`,
/// `add maribel as a collaborator`, `what maribel did`.
pub(super) fn done(head: &[u8], last: &[u8], rest: &[u8]) -> Option<Slot> {
    let (_, verb) = last_word(head);
    let len = rest.iter().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
    let next = &rest[len..];
    let person = match last {
        b"to" => memchr::memmem::find(&head[head.len().saturating_sub(40)..], b"ssign").is_some(),
        b"from" => matches!(verb, b"review" | b"comment" | b"feedback" | b"patch"),
        b"is" => verb == b"who" || verb == b"Who",
        b"what" => [&b" did"[..], b" said", b" wrote", b" pushed"].iter().any(|w| next.starts_with(w)),
        b"add" | b"Add" if next.starts_with(b" to the ") => {
            memchr::memmem::find(&next[..next.len().min(40)], b" group").is_some()
        }
        b"add" | b"invite" | b"make" => next.strip_prefix(b" as a").is_some_and(|next| {
            let word = next.strip_prefix(b"n").unwrap_or(next);
            let len = word.iter().skip(1).take(14).take_while(|b| b.is_ascii_lowercase()).count();
            word.len() > len && ROLES.has(&word[1..=len])
        }),
        _ => false,
    };
    person.then_some(Slot::User)
}

/// What someone may be to a repository; sorted.
static ROLES: WordSet =
    words!["admin", "approver", "collaborator", "maintainer", "member", "owner", "reviewer", "user",];

/// Whether `head` ends with a host that one goes to: `deploy it to db.harborlight.io`.
fn at_host(head: &[u8]) -> bool {
    let len = head.iter().rev().take(MAX_NAME).take_while(|b| is_name_byte(**b) || **b == b'`').count();
    let (before, host) = head.split_at(head.len() - len);
    let sign = host.iter().any(|b| matches!(b, b'.' | b'-'));
    sign && matches!(
        last_word(before.strip_suffix(b" ").unwrap_or_default()).1,
        b"to" | b"on" | b"into" | b"onto"
    )
}

/// What one does at a machine as someone; sorted.
static ENTERED: WordSet = words![
    "authenticated",
    "connect",
    "connected",
    "deploy",
    "deployed",
    "deploys",
    "log",
    "logged",
    "login",
    "sign",
    "signed",
    "ssh",
    "sshed",
];

/// What people call their machines; sorted.
static MACHINES: WordSet =
    words!["board", "box", "host", "hostname", "laptop", "machine", "nas", "server", "workstation"];

/// Whether a machine's name may stand bare behind a word, for there is but one of the kind: `the NAS brummbaer`.
pub(super) fn is_lone_machine(word: &[u8]) -> bool {
    matches!(word, b"NAS" | b"laptop" | b"workstation" | b"hypervisor")
}

/// What people call their logins; sorted.
static HANDLES: WordSet = words!["handle", "login", "user", "username",];

/// Whether a sentence names a user without quotes: "the user maribel cannot", "log in as maribel".
pub(super) fn may_stand_bare(head: &[u8], last: &[u8], rest: &[u8]) -> bool {
    let (_, before) = last_word(head);
    let determined = matches!(
        before,
        b"the" | b"The" | b"our" | b"for" | b"as" | b"by" | b"der" | b"Der" | b"den" | b"dem" | b"el" | b"El"
    );
    let next = rest.strip_prefix(b" ").unwrap_or_default();
    let len = next.iter().take(9).take_while(|b| b.is_ascii_lowercase()).count();
    let verb = VERBS.has(&next[..len]) || rest.is_empty() || matches!(rest[0], b',' | b'.' | b'\n');
    let with_password = matches!(&next[..len], b"pw" | b"pass" | b"password" | b"passwort");
    let french = last == b"utilisateur" && (rest.starts_with(b" n'") || verb);
    !matches!(
        last,
        b"user"
            | b"login"
            | b"username"
            | b"teammate"
            | b"colleague"
            | b"account"
            | b"Benutzer"
            | b"Nutzer"
            | b"utilisateur"
            | b"usuario"
            | b"utente"
    ) || french
        || determined && verb
        || with_password
}

/// What stands behind a user who is named; sorted.
static VERBS: WordSet = words![
    "a", "can", "cannot", "darf", "does", "gets", "had", "has", "hat", "is", "ist", "kann", "may", "no",
    "on", "peut", "puede", "tiene", "was", "who",
];
