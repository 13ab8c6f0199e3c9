//! Names of hosts and machines: internal domains, machines named after people, targets of ssh.

mod table;

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        path,
        subject::{Hit, Hits, Subject},
        word,
    },
    address,
    context::value_behind,
    email, firm, given, login, name,
};
use crate::{finding::Learn, rule::id, transcript::text::Field};
use table::{FETCHED, PUBLIC, SERVICES};

/// Longest host name, in bytes.
const MAX_HOST: usize = 253;

/// How far around a login's host the signs of a prompt may be, in bytes.
const PROMPT: usize = 72;

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

/// The host's name around byte `at`.
fn around(bytes: &[u8], at: usize) -> (usize, usize) {
    let floor = at.saturating_sub(MAX_HOST);
    let mut start = at - bytes[floor..at].iter().rev().take_while(|b| is_host_byte(**b)).count();
    let mut end = at + bytes[at..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
    while start < end && (matches!(bytes[start], b'.' | b'-') || !word::starts_word(bytes, start)) {
        start += 1;
    }
    if start > 0 && bytes[start - 1] == b'\\' && start < end && matches!(bytes[start], b'n' | b't' | b'r') {
        start += 1;
    }
    while end > start && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    (start, end)
}

/// Adds the host in `start..end`: with a domain or alone.
pub(super) fn push(bytes: &[u8], start: usize, end: usize, evidence: &'static str, hits: &mut Hits) {
    let host = &bytes[start..end];
    if host.is_empty() || is_public(host) || login::is_pseudonym(host) {
        return;
    }
    let rule = if host.contains(&b'.') { id::IDENTITY_HOST } else { id::IDENTITY_MACHINE };
    let hit = Hit::new(rule, start, end, evidence).canonical(canonical(host));
    let telling = host.len() >= 6
        && (host.iter().any(|b| matches!(b, b'.' | b'-') || b.is_ascii_digit()) || path::is_own(host));
    hits.push(if telling { hit.learn(Learn::Host) } else { hit });
    if rule == id::IDENTITY_HOST {
        firm::of_domain(bytes, start, end, hits);
    }
}

/// Whether a host is everyone's: reserved, local, a public forge, an address.
pub(super) fn is_public(host: &[u8]) -> bool {
    let letters = host.iter().any(u8::is_ascii_alphabetic);
    !letters || PUBLIC.has(host) || email::is_reserved(host) || is_metadata(host) || is_container(host)
}

/// Whether a host that a message names is everyone's: public, a service by its usual name, or below a domain that many
/// programs fetch from.
pub(super) fn is_known(host: &[u8]) -> bool {
    let registered =
        memchr::memrchr(b'.', host).map(|dot| memchr::memrchr(b'.', &host[..dot]).map_or(0, |i| i + 1));
    is_public(host) || SERVICES.has(host) || registered.is_some_and(|from| FETCHED.has(&host[from..]))
}

/// Whether a host is one of a platform's own names.
fn is_metadata(host: &[u8]) -> bool {
    let own = [
        "docker.internal",
        "google.internal",
        "default.svc.cluster.local",
        "containers.internal",
        "orb.local",
    ];
    own.iter().any(|name| word::ends_with(host, name.as_bytes()))
}

/// Whether a host is a container's, twelve hexadecimal digits, or a machine on which GitHub runs workflows.
fn is_container(host: &[u8]) -> bool {
    host.starts_with(b"fv-az") || host.len() == 12 && host.iter().all(u8::is_ascii_hexdigit)
}

/// Looks at a suffix of internal networks at byte `at`, such as `.local`.
pub(super) fn suffix(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, host_end) = around(bytes, at);
    if is_inner(bytes, (start, host_end), at, end) {
        push(bytes, start, host_end, "host of an internal network", hits);
        return;
    }
    if host_end != end || start >= at || !may_stand(bytes, start, end) {
        return;
    }
    let head = &bytes[start..at];
    let labels = head.iter().filter(|b| **b == b'.').count() + 1;
    let telling = head.iter().any(|b| *b == b'-' || b.is_ascii_digit());
    let addressed = matches!(bytes[..start].last(), Some(b'@')) || bytes[..start].ends_with(b"://");
    let ported = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let weak =
        bytes[at..end].eq_ignore_ascii_case(b".local") || bytes[at..end].eq_ignore_ascii_case(b".internal");
    let spoken = matches!(subject.field, Field::Prose | Field::Answer | Field::Output);
    let small = bytes[at..end].iter().all(|b| !b.is_ascii_uppercase());
    let telling = telling || spoken && small && distinct::is_unusual(head);
    if addressed || ported || telling || labels > 1 || !weak {
        push(bytes, start, end, "host of an internal network", hits);
    }
}

/// Whether the suffix `at..end` stands inside the host `start..host_end` of a company: `wiki.corp.ledgerly.com`.
fn is_inner(bytes: &[u8], (start, host_end): (usize, usize), at: usize, end: usize) -> bool {
    let inner = [&b".corp"[..], b".intranet", b".internal"].contains(&&bytes[at..end]);
    let tail = bytes[end..host_end.max(end)].strip_prefix(b".").unwrap_or_default();
    let domain = memchr::memrchr(b'.', tail)
        .is_some_and(|dot| dot > 0 && tail[dot + 1..].iter().all(u8::is_ascii_alphabetic));
    inner && domain && start < at && may_stand(bytes, start, host_end)
}

/// Looks at the host at byte `at` of a connection string whose user or password starts at byte `start`:
/// `postgres://app:…@db.ledgerly.io`. What web addresses and remotes name is often everyone's.
pub(super) fn connection(bytes: &[u8], start: usize, at: usize, hits: &mut Hits) {
    let before = &bytes[start.saturating_sub(128)..start];
    let Some(colon) = memchr::memmem::rfind(before, b"://") else { return };
    let len = before[..colon]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'))
        .count();
    let scheme = &before[colon - len..colon];
    let web = ["ftp", "git", "git+https", "git+ssh", "http", "https", "smtp", "smtps", "socks5"];
    let end = at + bytes[at..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
    let host = &bytes[at..end];
    let dotted = memchr::memrchr(b'.', host)
        .is_some_and(|dot| host.len() > dot + 2 && host[dot + 1..].iter().all(u8::is_ascii_alphabetic));
    let single = !host.contains(&b'.') && host.len() > 2 && !SERVICES.has(host);
    if len > 1 && !word::listed(&web, scheme) {
        if dotted || single {
            push(bytes, at, end, "host of a connection string", hits);
        }
        address::parts(bytes, start, end, hits);
    } else if matches!(host, b"bitbucket.org" | b"github.com" | b"gitlab.com") {
        address::forge_user(bytes, start, at - 1, hits);
    }
}

/// Whether what stands around a host leaves it one: no file, no member of an object, no path.
fn may_stand(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = match bytes[..start].last() {
        Some(b'/') => bytes[..start].ends_with(b"//"),
        Some(b'.' | b'_' | b'$' | b'-' | b'~' | b'\\' | b')' | b']') => false,
        _ => true,
    };
    let after = match bytes.get(end) {
        Some(b'(' | b'_' | b'=' | b'[' | b'-') => false,
        Some(b'.') => !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        Some(b'/') => bytes[..start].ends_with(b"//"),
        _ => true,
    };
    let keyword: [&[u8]; 6] = [b"self.", b"this.", b"config.", b"settings.", b"threading.", b"process."];
    before && after && !keyword.iter().any(|k| bytes[start..].starts_with(k))
}

/// Looks at what the names of people's machines have in them, such as `macbook`, at byte `at`.
pub(super) fn machine(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, host_end) = around(bytes, at);
    let host = &bytes[start..host_end];
    let word = &bytes[at..end];
    let number = bytes.get(end..host_end).unwrap_or_default();
    let numbered = (5..=8).contains(&number.len()) && number.iter().any(u8::is_ascii_digit);
    let generated = matches!(word.last(), Some(b'-'))
        && (host_end == end + 7 || numbered)
        && bytes[end..host_end].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let owned = word.last() != Some(&b'-') && host.contains(&b'-') && host_end - start > word.len() + 1;
    let file =
        host.iter().filter(|b| **b == b'.').count() > 1 || matches!(bytes.get(host_end), Some(b'/' | b'_'));
    if (generated || owned) && !file && may_stand(bytes, start, host_end) {
        push(bytes, start, host_end, "name of a person's machine", hits);
        prompted(bytes, host_end, hits);
    }
    if bytes.get(host_end) == Some(&b'\\') && generated {
        let slashes = bytes[host_end..].iter().take(2).take_while(|b| **b == b'\\').count();
        name::login_at(bytes, host_end + slashes, "user of a machine", hits);
    }
}

/// Looks at what the names of a firm's machines end in before a number, such as `-lt`, at byte `at`: `ORTIZ-LT471`.
pub(super) fn numbered(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let digits = bytes[end..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
    let number = end + usize::from(bytes.get(end) == Some(&b'-'));
    let digits = if number > end {
        bytes[number..].iter().take(7).take_while(|b| b.is_ascii_digit()).count()
    } else {
        digits
    };
    let letters = bytes[..at].iter().rev().take(MAX_OWNER).take_while(|b| b.is_ascii_alphanumeric()).count();
    let (start, host_end) = around(bytes, at);
    let owner = &bytes[at - letters..at];
    let shouted = bytes[start..end].iter().all(|b| !b.is_ascii_lowercase());
    if (2..=6).contains(&digits)
        && letters > 3
        && host_end == number + digits
        && (shouted || given::is_clear_in_any_case(owner))
        && distinct::is_unusual(owner)
        && may_stand(bytes, start, host_end)
    {
        push(bytes, start, host_end, "name of a person's machine", hits);
    }
}

/// Longest word before what a machine is, in bytes.
const MAX_OWNER: usize = 24;

/// Looks at what a prompt of macOS says behind the machine that ends at byte `end`: `:premia maribel$ `.
fn prompted(bytes: &[u8], end: usize, hits: &mut Hits) {
    let Some(rest) = bytes[end..].strip_prefix(b":") else { return };
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'~');
    let folder = rest.iter().take(80).take_while(|b| word(b)).count();
    let login = rest[folder..].iter().skip(1).take(64).take_while(|b| word(b)).count();
    let from = end + 1 + folder + 1;
    if folder > 0 && login > 2 && rest[folder] == b' ' && bytes[from + login..].starts_with(b"$ ") {
        name::login_at(&bytes[..from + login], from, "user of a prompt", hits);
    }
}

/// Looks at the target of `ssh` and its like.
pub(super) fn target(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::starts_word(bytes, at) || matches!(bytes[..at].last(), Some(b'-' | b'/' | b'.')) {
        return;
    }
    let (_, line_end) = word::line(bytes, end, 200);
    let start = behind_options(bytes, end, line_end);
    if bytes.get(start) == Some(&b'@') {
        return;
    }
    let at_sign = memchr::memchr2(b'@', b' ', &bytes[start..line_end]).filter(|&i| bytes[start + i] == b'@');
    let host = at_sign.map_or(start, |i| start + i + 1);
    let host_end = host + bytes[host..line_end].iter().take_while(|b| is_host_byte(**b)).count();
    let name = &bytes[host..host_end];
    let digits = name.iter().any(u8::is_ascii_digit);
    let dotted = memchr::memrchr(b'.', name)
        .is_some_and(|dot| name[dot + 1..].iter().any(u8::is_ascii_alphabetic) && dot + 2 < name.len());
    let command = subject.field == Field::Command && is_command(bytes, at, end);
    let certain = dotted || digits || at_sign.is_some() || command;
    let plain = name.len() > 2
        && !matches!(bytes.get(host_end), Some(b'=' | b'(' | b'_' | b'/'))
        && name[0].is_ascii_alphanumeric();
    if certain && plain {
        push(bytes, host, host_end, "target of a remote shell", hits);
        if at_sign.is_some() {
            name::login_at(bytes, start, "user of a remote shell", hits);
        }
    }
}

/// Whether the program named at `at..end` is what a command begins with and no word in it: `SSH access`, `the ssh host`.
fn is_command(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = bytes[..at].trim_ascii_end();
    let begins = matches!(before.last(), None | Some(b'|' | b'&' | b';' | b'(' | b'`' | b'"' | b'\'' | b'{'))
        || bytes[..at].ends_with(b"\n");
    let through = ["do", "exec", "sudo", "then", "time", "-e"];
    let word = before.rsplit(|b| b.is_ascii_whitespace()).next().unwrap_or_default();
    let lower = bytes[at..end].iter().all(|b| !b.is_ascii_uppercase());
    lower && (begins || through.iter().any(|t| t.as_bytes() == word))
}

/// Behind the options of `ssh` from byte `at` on.
fn behind_options(bytes: &[u8], at: usize, end: usize) -> usize {
    let word = |from: usize| bytes[from..end].iter().take_while(|b| **b != b' ').count();
    let mut at = at;
    while bytes[at..end].first() == Some(&b'-') {
        let len = word(at);
        let with_value = len == 2 && b"bcDEeFIiJLlmOopQRSWw".contains(&bytes[at + 1]);
        at = (at + len + 1).min(end);
        if with_value {
            at = (at + word(at) + 1).min(end);
        }
    }
    at
}

/// Looks at the value of `hostname` and its like.
pub(super) fn named(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let start = value_behind(bytes, end, 6);
    let assigned = bytes[end..start].iter().any(|b| matches!(b, b':' | b'='));
    let host_end = start + bytes[start..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
    let host = &bytes[start..host_end];
    let telling = host.iter().any(u8::is_ascii_digit)
        || host.contains(&b'-')
        || host.iter().all(|b| b.is_ascii_uppercase());
    let code = matches!(bytes.get(host_end), Some(b'(' | b'[' | b'_' | b'{' | b'/'))
        || host.windows(2).any(|w| w == b"..");
    if assigned && telling && !code && host.len() > 3 && word::starts_word(bytes, start) {
        push(bytes, start, host_end, "a variable that holds the host", hits);
    }
}

/// Looks at `login@host` around the `@` at byte `at`, where the host has no public domain: a prompt, a target, a key's
/// comment.
pub(super) fn at_sign(subject: &Subject<'_>, start: usize, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let host = at + 1;
    let mut end = host + bytes[host..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
    while end > host && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let name = &bytes[start..at];
    let shaped =
        name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')) && end > host + 1;
    if !shaped || start == at || !(is_prompt(bytes, start, end) || is_commented(bytes, start, end)) {
        return;
    }
    name::login_at(bytes, start, "user of a prompt or a target", hits);
    push(bytes, host, end, "host of a prompt or a target", hits);
}

/// Whether a prompt's or a target's signs follow: `:~`, `:/`, ` ~ %`, ` dir]$`.
fn is_prompt(bytes: &[u8], start: usize, end: usize) -> bool {
    let rest = &bytes[end..bytes.len().min(end + PROMPT)];
    let path = [&b":~"[..], b":/", b": ~", b" ~/", b"]-[~", b"]-[/", "]─[~".as_bytes(), "]─[/".as_bytes()]
        .iter()
        .any(|sign| rest.starts_with(sign));
    let (line_start, line_end) = word::line(bytes, start, 200);
    let head = &bytes[line_start..start];
    // Also what a terminal draws before a prompt.
    let gutter = |b: &u8| {
        b.is_ascii_digit()
            || matches!(b, b'+' | b'-' | b'>' | b'|' | 0xe2 | 0x86 | 0x92 | 0x94 | 0x95 | 0x80 | 0x8c | 0xad)
    };
    let first = head.iter().all(|b| matches!(b, b' ' | b'[' | b'(' | b')' | b'\t') || gutter(b))
        || head.starts_with(b"(") && head.contains(&b')');
    let line = &bytes[end..line_end.max(end).min(end + PROMPT)];
    let sign =
        [&b"% "[..], b"$ ", b"]$", b"]#", b"# ", b"> "].iter().any(|s| line.windows(2).any(|w| w == *s));
    let ends = matches!(line.last(), Some(b'%' | b'$' | b'#' | b'>'));
    let blank = matches!(rest.first(), Some(b' ' | b':'));
    path || first && blank && (sign || ends)
}

/// Whether a key or a remote command stands on the line before: `ssh-ed25519 AAAA… maribel@laptop`.
fn is_commented(bytes: &[u8], start: usize, end: usize) -> bool {
    let (line_start, _) = word::line(bytes, start, 900);
    let head = &bytes[line_start..start];
    let key = [&b"ssh-rsa AAAA"[..], b"ssh-ed25519 AAAA", b"ecdsa-sha2-", b"SHA256:", b"sk-ssh-"];
    let keyed = key.iter().any(|k| memchr::memmem::find(head, k).is_some());
    let commands = ["rsync", "scp", "sftp", "ssh", "ssh-copy-id", "sshfs"];
    let commanded =
        commands.iter().any(|c| word::has_word(&head[head.len().saturating_sub(120)..], c.as_bytes()));
    let alone = !matches!(bytes.get(end), Some(b'(' | b'/' | b'.'));
    (keyed || commanded) && alone
}
