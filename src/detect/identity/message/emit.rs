//! What a value of a message is, once the message fits.

use super::{
    super::{
        super::{
            canonical::canonical,
            code::{distinct, mention},
            path,
            subject::{Hit, Hits},
            word,
        },
        account, address, birth, branch, device, firm, given, history, host, login, name, owner, phone,
        remote, street, table,
    },
    template::{Slot, Value},
};
use crate::detect::words::{WordSet, words};
use crate::{
    finding::Learn,
    rule::{RuleId, id},
};

/// Why a value of a message was found.
const EVIDENCE: &str = "message of a program";

/// Adds the values of a message; nothing of it where it names who publishes for everyone.
pub(super) fn all(bytes: &[u8], values: &[Value], code: bool, hits: &mut Hits) {
    let public = |&(slot, start, end): &Value| slot == Slot::Org && owner::is_public(&bytes[start..end]);
    if !values.iter().any(public) {
        values.iter().for_each(|&(slot, start, end)| value(bytes, slot, (start, end), code, hits));
    }
}

/// Adds the value of `slot` at `start..end`; names of code only if `code` says so.
pub(in super::super) fn value(
    bytes: &[u8],
    slot: Slot,
    (start, end): (usize, usize),
    code: bool,
    hits: &mut Hits,
) {
    let text = &bytes[start..end];
    match slot {
        Slot::User => drop(name::login_at(&bytes[..end], start, EVIDENCE, hits)),
        Slot::Person if text.contains(&b' ') && !is_company(text) => {
            name::push_person(bytes, start, end, hits)
        }
        Slot::Name if text.contains(&b' ') && history::is_name(text) => {
            name::push_person(bytes, start, end, hits)
        }
        Slot::Handle if text.len() > 3 && distinct::is_unusual(text) && !TOPICS.has(text) => {
            name::login_at(&bytes[..end], start, EVIDENCE, hits);
        }
        Slot::Host => machine(bytes, start, end, hits),
        Slot::Domain if address::is_domain(text.strip_suffix(b".").unwrap_or(text)) => {
            machine(bytes, start, end, hits)
        }
        Slot::Branch => branch(bytes, start, end, hits),
        Slot::Topic if is_topic(text) => branch(bytes, start, end, hits),
        // The parts of such a name are told by themselves.
        Slot::Org if !text.starts_with(b"gke_") && !owner::is_public(text) => {
            remote::push_org(bytes, start, end, hits)
        }
        Slot::Firm if distinct::is_unusual(text) && !owner::is_public(text) => {
            remote::push_org(bytes, start, end, hits);
        }
        Slot::Image if text.contains(&b'/') => table::image(bytes, start, end, hits),
        Slot::Given => given::push(bytes, start, end, hits),
        Slot::First if given::is_clear(text) => given::push(bytes, start, end, hits),
        Slot::Account => account::number_alone(bytes, start, end, hits),
        Slot::Repo => remote::push_repository(bytes, start, end, hits),
        Slot::Ticket => ticket(bytes, start, end, hits),
        Slot::Street => street::whole(bytes, (start, end), hits),
        Slot::Phone => phone::cell(bytes, (start, end), hits),
        Slot::Birth => birth::cell(bytes, (start, end), hits),
        Slot::Serial => device::row(bytes, (start, end), hits),
        Slot::Resource => table::object(bytes, start, end, hits),
        Slot::Module if code => mention::module(bytes, start, end, hits),
        Slot::Module | Slot::Reverse => reverse_domain(bytes, start, end, hits),
        Slot::Project if code => project(text, start, hits),
        Slot::Function if code => named(id::CODE_FUNCTION, text, start, hits),
        Slot::Type if code => named(id::CODE_TYPE, text, start, hits),
        _ => {}
    }
}

/// Adds the firm in a name like `io.harborlight.ledger`, where the names of code stay.
fn reverse_domain(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    if mention::is_library(&bytes[start..end]) {
        return;
    }
    let mut parts = bytes[start..end].splitn(3, |b| *b == b'.');
    let (Some(top), Some(firm)) = (parts.next(), parts.next()) else { return };
    let from = start + top.len() + 1;
    if (2..=3).contains(&top.len()) && firm::is_owned(&[firm, b".", top].concat()) {
        remote::push_org(bytes, from, from + firm.len(), hits);
    }
}

/// What a note in code is about where others name who wrote it: `TODO(perf)`; sorted.
static TOPICS: WordSet = words![
    "a11y",
    "cleanup",
    "deps",
    "docs",
    "hack",
    "i18n",
    "infra",
    "later",
    "perf",
    "performance",
    "refactor",
    "security",
    "testing",
    "ux",
];

/// Whether a name is that of a company or of those who work on something together: a notice of copyright names them too.
pub(in super::super) fn is_company(name: &[u8]) -> bool {
    let mut words = name.split(|b| matches!(b, b' ' | b'-'));
    words.any(|word| COMPANIES.has(word.strip_suffix(b".").unwrap_or(word)))
}

/// Words in the names of companies and projects; sorted.
static COMPANIES: WordSet = words![
    "ab",
    "ag",
    "all",
    "alliance",
    "and",
    "apache",
    "association",
    "authors",
    "bv",
    "center",
    "co",
    "collective",
    "committee",
    "community",
    "company",
    "consortium",
    "contributors",
    "corp",
    "corporate",
    "corporation",
    "developers",
    "enterprises",
    "foundation",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "incorporated",
    "industries",
    "institute",
    "international",
    "kg",
    "laboratories",
    "labs",
    "limited",
    "llc",
    "llp",
    "ltd",
    "maintainers",
    "microsystems",
    "network",
    "networks",
    "open",
    "organization",
    "oy",
    "partners",
    "plc",
    "project",
    "regents",
    "research",
    "rights",
    "sa",
    "sarl",
    "software",
    "solutions",
    "source",
    "srl",
    "studio",
    "studios",
    "systems",
    "team",
    "tech",
    "technologies",
    "technology",
    "the",
    "university",
    "vendors",
];

/// Adds a host, but for those of everyone.
fn machine(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let dots = bytes[start..end].iter().rev().take_while(|b| **b == b'.').count();
    let name = &bytes[start..end - dots];
    if name.len() > 2 && !host::is_known(name) {
        host::push(bytes, start, end - dots, EVIDENCE, hits);
    }
}

/// Adds a branch without the remote it is of; a commit is none.
fn branch(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let text = &bytes[start..end];
    let remotes: [&[u8]; 3] = [b"origin/", b"upstream/", b"remotes/origin/"];
    let skip = remotes.iter().find(|r| text.starts_with(r)).map_or(0, |r| r.len());
    let hexadecimal = text.len() >= 7 && text.iter().all(u8::is_ascii_hexdigit);
    if !hexadecimal {
        branch::push(bytes, start + skip, end, hits);
    }
}

/// Whether a word where other things may stand too is made like a branch: of words with signs between, and no file.
fn is_topic(text: &[u8]) -> bool {
    let joined = text.iter().any(|b| matches!(b, b'-' | b'_'));
    let slashes = text.iter().filter(|b| **b == b'/').count();
    let file = text.contains(&b'.') || text.ends_with(b"/");
    (joined || slashes == 1) && slashes < 3 && !file && text[0] != b'-'
}

/// Adds a ticket, but for what looks like one and is a standard.
fn ticket(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let text = &bytes[start..end];
    let Some(dash) = memchr::memchr(b'-', text) else { return };
    let (project, number) = (&text[..dash], &text[dash + 1..]);
    let shaped = (2..=10).contains(&project.len())
        && project[0].is_ascii_uppercase()
        && (1..=6).contains(&number.len())
        && number.iter().all(u8::is_ascii_digit);
    if shaped && word::starts_word(bytes, start) && word::ends_word(bytes, end) && !STANDARDS.has(project) {
        hits.push(Hit::new(id::IDENTITY_TICKET, start, end, EVIDENCE).learn(Learn::Branch));
    }
}

/// Adds a ticket that no message names, but for steps, points and cases that people count for themselves.
pub(in super::super) fn lone_ticket(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let text = &bytes[start..end];
    let project = text.split(|b| *b == b'-').next().unwrap_or_default();
    let counted = COUNTED.has(project) || project.len() > 10;
    // `CVE-2024-1234` goes on; `LEDGER-42-fix-rates` is a branch.
    let further = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let beside = matches!(bytes[..start].last(), Some(b'-' | b'.' | b'$' | b'_'))
        || matches!(bytes.get(end), Some(b'-' | b'.' | b'_')) && bytes.get(end + 1).is_some_and(further);
    if !counted && !beside && !is_error(bytes, start, end) {
        ticket(bytes, start, end, hits);
    }
}

/// Whether what looks like a ticket is the code of an error: `RMAN-06169`, `ERROR ITMS-90713: …`.
fn is_error(bytes: &[u8], start: usize, end: usize) -> bool {
    const WORD: &[u8] = b"error ";
    let padded = memchr::memmem::find(&bytes[start..end], b"-0").is_some();
    let head = &bytes[start.saturating_sub(WORD.len())..start];
    padded || head.eq_ignore_ascii_case(WORD) && bytes.get(end) == Some(&b':')
}

/// What people count in lists of their own; sorted.
static COUNTED: WordSet = words![
    "ac",
    "adr",
    "ans",
    "api",
    "bug",
    "case",
    "cat",
    "cl",
    "cp",
    "cs",
    "day",
    "dec",
    "ec",
    "en",
    "epic",
    "err",
    "error",
    "fig",
    "finding",
    "fix",
    "fr",
    "gap",
    "goal",
    "id",
    "issue",
    "item",
    "lang",
    "lcd",
    "level",
    "line",
    "ln",
    "lts",
    "m",
    "mac",
    "milestone",
    "mp",
    "mr",
    "nfr",
    "note",
    "opt",
    "option",
    "os",
    "page",
    "part",
    "pc",
    "ph",
    "phase",
    "pi",
    "point",
    "port",
    "pr",
    "priority",
    "q",
    "question",
    "ram",
    "req",
    "rev",
    "round",
    "rule",
    "run",
    "sc",
    "scenario",
    "sec",
    "section",
    "sev",
    "spec",
    "sql",
    "sre",
    "st",
    "step",
    "story",
    "sub",
    "suse",
    "task",
    "tbd",
    "test",
    "tier",
    "todo",
    "top",
    "type",
    "uc",
    "us",
    "usb",
    "user",
    "v",
    "ver",
    "vm",
    "week",
    "win",
    "wsl",
    "xml",
    "zone",
];

/// What stands before the numbers of standards, methods and models; sorted.
static STANDARDS: WordSet = words![
    "ada", "aes", "ascii", "bip", "cis", "cobol", "covid", "crc", "cve", "cwe", "ecma", "eip", "erc", "es",
    "fortran", "gb", "ghc", "ghsa", "gpt", "hmac", "http", "iec", "ieee", "iso", "jep", "jsr", "kb", "md",
    "mil", "ms", "ora", "pci", "pep", "pkcs", "posix", "psr", "rfc", "rsa", "sha", "sql", "tc", "tls", "utc",
    "utf", "vga", "vhdl", "x",
];

/// Adds a project's own name, to be known elsewhere.
fn project(text: &[u8], start: usize, hits: &mut Hits) {
    if text.len() > 3 && !path::is_common_name(text) && !login::is_pseudonym(text) {
        let hit = Hit::new(id::PATH_PROJECT, start, start + text.len(), EVIDENCE).canonical(canonical(text));
        hits.push(hit.learn(Learn::Project));
    }
}

/// Adds a name of code, if it tells anything.
fn named(rule: RuleId, text: &[u8], start: usize, hits: &mut Hits) {
    if distinct::is_telling(text) && !login::is_pseudonym(text) {
        let hit = Hit::new(rule, start, start + text.len(), EVIDENCE).canonical(distinct::folded(text));
        hits.push(hit.learn(Learn::Name));
    }
}
