//! Names that a sentence says what they are: ``the user `maribel` ``, `log in as maribel`, ``the bucket `x-prod` ``,
//! `` `harborlight` is the organisation``, `git.harborlight.io` in prose.

mod phrase;

use super::{
    super::{
        code::distinct,
        path,
        subject::{Hits, Subject},
        vocabulary, word,
    },
    address, birth, filed, firm, host,
    message::{self, Slot},
    name, owner,
};
use crate::{
    detect::words::{WordSet, words},
    simd,
};

use phrase::{done, kind, last_word, may_stand_bare, said};

/// Longest name, in bytes.
const MAX_NAME: usize = 80;

/// How far behind its first byte the first digit of a number may stand, in bytes.
const FIRST_DIGIT: usize = 8;

/// Looks at every word of what a person or an agent wrote; names of projects are wanted if `code` says so.
pub(super) fn find_all(subject: &Subject<'_>, code: bool, hits: &mut Hits) {
    let bytes = subject.bytes;
    for at in simd::places(b' ', bytes) {
        let (Some(head), Some(next)) = (at.checked_sub(2).map(|i| &bytes[i..at]), bytes.get(at + 1)) else {
            continue;
        };
        if matches!(next, b'a' | b'c' | b'm' | b'o' | b'p' | b'r') {
            doing(bytes, at, hits);
        }
        if next.is_ascii_digit() && birth::may_end(head) {
            birth::told(bytes, at, hits);
        }
        if !next.is_ascii_lowercase() && bytes[at + 1..].iter().take(FIRST_DIGIT).any(u8::is_ascii_digit) {
            filed::told(bytes, at, hits);
        }
        // A name in quotes, or one without behind a word that may say what it is; hosts have capitals too.
        if may_tell(head) {
            let quoted = matches!(next, b'`' | b'"' | b'\'') || bytes[at + 1..].starts_with(b"**");
            if quoted || next.is_ascii_alphabetic() {
                behind(bytes, at, quoted, code, hits);
            }
        }
    }
    for at in memchr::memchr_iter(b'`', bytes) {
        if bytes[at..].starts_with(b"` is the ") {
            before(bytes, at, b"` is the ".len(), code, hits);
        } else if bytes[at..].starts_with(b"` ") && bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase) {
            before(bytes, at, 2, code, hits);
        } else if bytes[..at].ends_with(b" (") {
            aside(bytes, at - 2, hits);
        }
    }
    memchr::memchr_iter(b'.', bytes).for_each(|at| dotted(bytes, at, code, hits));
}

/// Whether a word that says what follows may end in these two letters.
fn may_tell(end: &[u8]) -> bool {
    matches!(
        end,
        b"er"
            | b"in"
            | b"me"
            | b"te"
            | b"ue"
            | b"st"
            | b"ne"
            | b"ox"
            | b"on"
            | b"ct"
            | b"po"
            | b"ry"
            | b"se"
            | b"rg"
            | b"nt"
            | b"ce"
            | b"ny"
            | b"et"
            | b"od"
            | b"as"
            | b"is"
            | b"to"
            | b"om"
            | b"at"
            | b"dd"
            | b"ke"
            | b"le"
            | b"ck"
            | b"op"
            | b"de"
            | b"or"
            | b"AS"
            | b"ur"
            | b"io"
    )
}

/// Looks at the blank at byte `at`, with a name behind it and a word before that may say what it is.
fn behind(bytes: &[u8], at: usize, quoted: bool, code: bool, hits: &mut Hits) {
    let (head, last) = last_word(&bytes[..at]);
    let rest = &bytes[at + 1..];
    let slot = kind(last).or_else(|| said(head, last)).or_else(|| done(head, last, rest));
    let Some(slot) = slot.or_else(|| runs_on(head, last, rest)) else {
        return;
    };
    let bold = usize::from(bytes[at + 1] == b'*');
    let (start, end) = if quoted { inside(bytes, at + 1 + bold) } else { bare(bytes, at + 1) };
    if start == end || quoted && bytes.get(end) != Some(&bytes[at + 1]) {
        return;
    }
    let sure = quoted
        || slot == Slot::User && own_login(&bytes[start..end]) && may_stand_bare(head, last, &bytes[end..]);
    let name = &bytes[start..end];
    let sure =
        sure || slot == Slot::Host && (is_machine(name) || phrase::is_lone_machine(last) && own_login(name));
    let sure =
        sure || matches!(slot, Slot::Host | Slot::Domain) && address::is_domain(name) && firm::is_owned(name);
    let sure = sure
        || slot == Slot::Project
            && is_joined(name)
            && matches!(last_word(head).1, b"my" | b"My" | b"our" | b"the");
    if sure {
        push(bytes, slot, (start, end), code, hits);
    }
}

/// Whether a sentence says that something runs on a machine of two words and a number: `the db runs on pg-oslo-prod28`.
fn runs_on(head: &[u8], last: &[u8], rest: &[u8]) -> Option<Slot> {
    let runs = last == b"on" && matches!(last_word(head).1, b"runs" | b"running" | b"hosted" | b"lives");
    let (from, to) = bare(rest, 0);
    let name = &rest[from..to];
    (runs && is_numbered(name) && name.iter().filter(|b| **b == b'-').count() > 1).then_some(Slot::Host)
}

/// Looks at the blank at byte `at`, behind which stands what people do: `maribelo owns the folder`.
fn doing(bytes: &[u8], at: usize, hits: &mut Hits) {
    let rest = &bytes[at + 1..];
    let len = rest.iter().take(10).take_while(|b| b.is_ascii_lowercase()).count();
    if !DEEDS.has(&rest[..len]) || rest.get(len) != Some(&b' ') {
        return;
    }
    let tick = usize::from(bytes[..at].ends_with(b"`"));
    let end = at - tick;
    let len = bytes[..end].iter().rev().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
    let start = end - len;
    let free = matches!(bytes[..start].last(), None | Some(b' ' | b'\n' | b'(' | b'`' | b'@'));
    if len > 4 && free && own_login(&bytes[start..end]) && !bytes[start..end].contains(&b'-') {
        push(bytes, Slot::User, (start, end), false, hits);
    }
}

/// What people do to code and requests, and programs do not; sorted.
static DEEDS: WordSet =
    words!["approved", "authored", "commented", "committed", "merged", "owns", "pushed", "reviewed"];

/// Looks at the backquote at byte `at`, behind which, and `skip` bytes, the sentence says what it closes.
fn before(bytes: &[u8], at: usize, skip: usize, code: bool, hits: &mut Hits) {
    let rest = &bytes[at + skip..];
    let len = rest.iter().take(16).take_while(|b| b.is_ascii_lowercase()).count();
    let from = bytes[..at].iter().rev().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
    let slot = kind(&rest[..len]).or((skip == 2 && rest.starts_with(b"service")).then_some(Slot::Resource));
    if let Some(slot) = slot
        && bytes[..at - from].ends_with(b"`")
        && (skip > 2 || slot == Slot::Resource && path::is_own(&bytes[at - from..at]))
    {
        push(bytes, slot, (at - from, at), code, hits);
    }
}

/// Looks at the bracket behind the blank at byte `at`: a login behind the name of who has it.
fn aside(bytes: &[u8], at: usize, hits: &mut Hits) {
    let (start, end) = inside(bytes, at + 2);
    let close = bytes[end..].starts_with(b"`)");
    let person = |end: usize| {
        let is = crate::rule::id::IDENTITY_PERSON;
        end <= at
            && end + 3 > at
            && hits.iter().rev().take(64).any(|hit| hit.rule == is && hit.span.end() == end)
    };
    if close && own_login(&bytes[start..end]) && (person(at) || person(at.saturating_sub(2))) {
        push(bytes, Slot::User, (start, end), false, hits);
    }
}

/// Looks at the dot at byte `at`: the first one of a host with a domain that is nobody's we know.
fn dotted(bytes: &[u8], at: usize, code: bool, hits: &mut Hits) {
    let label = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    let len = bytes[..at].iter().rev().take(40).take_while(|b| label(b)).count();
    let start = at - len;
    if len == 0
        || !bytes.get(at + 1).is_some_and(label)
        || !matches!(bytes[..start].last(), None | Some(b' ' | b'`' | b'"' | b'\'' | b'(' | b'\n' | b'*'))
    {
        return;
    }
    let len = bytes[at..].iter().take(MAX_NAME).take_while(|b| label(b) || **b == b'.').count();
    let mut end = at + len;
    while matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let name = &bytes[start..end];
    let goes_on = matches!(bytes.get(end), Some(b'(' | b'_' | b'[' | b'=' | b'@'));
    let reached = || {
        let port = bytes[end..]
            .strip_prefix(b":")
            .map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
        let last = name.rsplit(|b| *b == b'.').next().unwrap_or_default();
        (2..=5).contains(&port)
            && name.iter().filter(|b| **b == b'.').count() > 1
            && !path::is_file_extension(last)
    };
    if !goes_on
        && (address::is_inner(name) || is_numbered(&bytes[start..at]) || reached())
        && address::is_domain(name)
        && firm::is_owned(name)
    {
        host::push(bytes, start, end, "host in a sentence", hits);
        let port = bytes[end..].iter().take(6).take_while(|b| b.is_ascii_digit() || **b == b':').count();
        if port > 1 && bytes.get(end + port) == Some(&b'/') {
            let (from, to) = bare(bytes, end + port + 1);
            message::value(bytes, Slot::Resource, (from, to), code, hits);
        }
    }
}

/// Whether the first label of a host is a machine's: of words with hyphens, and a number at the end.
fn is_numbered(label: &[u8]) -> bool {
    let digits = label.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    (1..=3).contains(&digits) && label[..label.len() - digits].contains(&b'-')
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// What stands between the quote at byte `at` and the next, if it is one name.
fn inside(bytes: &[u8], at: usize) -> (usize, usize) {
    let len = bytes[at + 1..].iter().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
    (at + 1, at + 1 + len)
}

/// The name at byte `at`, without the dot of a sentence's end.
fn bare(bytes: &[u8], at: usize) -> (usize, usize) {
    let len = bytes[at..].iter().take(MAX_NAME).take_while(|b| is_name_byte(**b)).count();
    let dots = bytes[at..at + len].iter().rev().take_while(|b| **b == b'.').count();
    (at, at + len - dots)
}

/// Whether a name is a login of nobody that everyone knows.
fn own_login(text: &[u8]) -> bool {
    text.len() > 4
        && text[0].is_ascii_lowercase()
        && name::is_login_shape(text)
        && path::is_own(text.split(|b| *b == b'.').next().unwrap_or_default())
}

/// Whether a name is made like a machine's: of words with hyphens, one of them nobody's, or of capitals and a number.
fn is_machine(name: &[u8]) -> bool {
    let drawn = name.iter().any(u8::is_ascii_digit) && name.iter().all(|b| !b.is_ascii_lowercase());
    if drawn && name.len() > 5 && name.contains(&b'-') {
        return true;
    }
    name.len() > 5 && name.contains(&b'-') && name[0].is_ascii_lowercase() && path::is_own(name)
}

/// Whether a name is of words with signs between them, one of them nobody's.
fn is_joined(name: &[u8]) -> bool {
    name.iter().any(|b| matches!(b, b'-' | b'_')) && path::is_own(name)
}

/// Adds a name that is none of everyone's.
fn push(bytes: &[u8], slot: Slot, (start, end): (usize, usize), code: bool, hits: &mut Hits) {
    let text = &bytes[start..end];
    let known = text.len() < 4
        || vocabulary::has(text)
        || distinct::is_public(text)
        || owner::is_public(text)
        || owner::PLACEHOLDERS.has(text)
        || path::is_common_name(text)
        || memchr::memrchr(b'.', text).is_some_and(|dot| path::is_file_extension(&text[dot + 1..]))
        || !word::ends_word(bytes, end);
    let own =
        distinct::is_unusual(text) && (slot != Slot::Project || path::is_own(text) || text.contains(&b'-'));
    if !known && own {
        message::value(bytes, slot, (start, end), code, hits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::{rule::Class, transcript::text::Field};

    #[test]
    fn a_sentence_says_what_a_name_is() {
        for text in [
            "user `«mkavinas»` has no permission",
            "the user «mkavinas» cannot log in, log in as «mkavinas», please",
            "my GitHub handle is «mkavinas» and we ssh into «zelmonta-bastion»",
            "the organisation `«zelmonta»` and the bucket `«zelmonta-prod»`",
            "`«zelmonta»` is the organisation",
            "it runs on `«vault.zelmonta.ai»` and «staging.api.zelmonta.com», it does",
            "You're logged in as **«mkavinas»**, its hostname is «ZELMO-LT759»",
            "assign it to «mkavinas», add «mkavinas» as a reviewer, revert what «mkavinas» did, review from «mkavinas»",
            "our domain is «zelmonta.io» and it runs on «mx1.zelmonta.io», deploy to «k8s-one.zelmonta.dev».",
            "You're logged in to GitHub as **«mkavinas»**. Deploy to production.",
            "The `«zelmontapay»` service and the `auth` service in the `user-data` cluster use the role `«zelmonta-deployer»`",
            "Per the file, «mkavinas» owns `/api` and `«zelmokav»` approved it",
            "systemd owns it, the parser merged them, CI pushed it and dependabot merged it",
            "the db is at «db.eu.zelmonta.io»:5432/«premia_rates», see a.b.example.com:80",
            "flash it with user «kavinmoewe» pw x, user kavinmoewe here",
            "the NAS «brummkavin» answers, my laptop «kavinmoewe» does not",
            "Machine is «picker-kavin-2» and the target board is «kavin-em-0042»",
            "the laptop battery, the NAS share, a node module, the machine is up-to-date",
            "it breaks on «zel-oslo-prod58.zelmonta.net», not here, see x-2.docs.python.org",
            "the db runs on «zel-oslo-prod58», port 5432, the job runs on ubuntu-22 and on windows-server-2022",
            "my login there is «mkavinas», add «mkavinas» to the docker group, the account «mkavinas» is locked",
            "Der Benutzer «mkavinas» darf das nicht, l'utilisateur «mkavinas» n'a pas accès",
            "the account page is slow, the account manager is out, add tests to the docker group",
            "Maribel Kavinas",
            "the user `name` field, the user `admin`, user `isActive`, a user `role`",
            "parse the user input as yaml, log in as root, the user should see it",
            "the project `src`, the repository `.git`, the host `localhost`, the database `postgres`",
            "the server `nginx`, the container `redis`, `main` is the branch, `id` is the user",
            "the user config.json, connect to Postgres-backed stores, connected to web-socket",
            "docs.python.org and api.zelmonta.com and wiki.archlinux.org",
        ] {
            let plainly = text.replace(['«', '»'], "");
            let found = hits(&Subject { field: Field::Prose, ..plain(&plainly) });
            let expected = text.replace("Maribel Kavinas", "«Maribel Kavinas»");
            assert_eq!(marked(&plainly, &found, |hit| hit.rule.rule().class != Class::Secret), expected);
        }
    }

    #[test]
    fn projects_are_named_where_names_of_code_go() {
        let text =
            "my project zelmonta-ledger is slow, the project `src` and the project file-watcher are not";
        let mut found = Vec::new();
        super::find_all(&Subject { field: Field::Prose, ..plain(text) }, true, &mut found);
        let expected =
            "my project «zelmonta-ledger» is slow, the project `src` and the project file-watcher are not";
        assert_eq!(marked(text, &found, |_| true), expected);
    }
}
