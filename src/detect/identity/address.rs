//! Hosts in URLs that only the user's own people reach, by their scheme, their port or their labels; names of accounts and
//! repositories in the paths of sites where everyone has one.

mod labels;

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
        word,
    },
    host, login, name, remote, table,
};
use labels::{FORGES, INNER, PAGES, PLATFORMS, SERVICES, SITES, STAGES};

/// Longest host name, in bytes.
const MAX_HOST: usize = 253;

/// Why a host was found.
const EVIDENCE: &str = "host of a URL";

/// Looks at the URL around the `://` at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(rest) = bytes[at..].strip_prefix(b"://") else { return };
    let scheme =
        bytes[..at].iter().rev().take(16).take_while(|b| b.is_ascii_alphanumeric() || **b == b'+').count();
    let scheme = &bytes[at - scheme..at];
    let start = at + 3;
    let end = start + rest.iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
    let name = &bytes[start..end];
    if name == b"ssh-remote" {
        let skip = if bytes[end..].starts_with(b"%2B") { 3 } else { 1 };
        let len =
            bytes.get(end + skip..).unwrap_or_default().iter().take_while(|b| is_host_byte(**b)).count();
        if len > 2 {
            host::push(bytes, end + skip, end + skip + len, EVIDENCE, hits);
        }
        return;
    }
    if name.len() < 4 || matches!(bytes.get(end), Some(b'@' | b'$' | b'{' | b'*' | b'_' | b'%' | b'<')) {
        return;
    }
    let authority = bytes[end..].iter().take(MAX_HOST).position(|b| *b <= b' ' || b"/?#\"'`<>\\".contains(b));
    if memchr::memchr(b'@', &bytes[end..authority.map_or(bytes.len().min(end + MAX_HOST), |i| end + i)])
        .is_some()
    {
        return;
    }
    if let Some(path) = account(bytes, name, end) {
        remote::push_org(bytes, path.0, path.1, hits);
        let from = path.1 + 1;
        let len = bytes[from..].iter().take(80).take_while(|b| is_host_byte(**b) || **b == b'_').count();
        if path.2 && distinct::is_unusual(&bytes[from..from + len]) {
            remote::push_repository(bytes, from, from + len, hits);
        }
        return;
    }
    page(bytes, name, end, hits);
    let listed = !host::is_known(name) && is_listed(bytes, end);
    if (listed || is_own(bytes, scheme, name, end)) && !login::is_pseudonym(name) {
        host::push(bytes, start, end, EVIDENCE, hits);
        scope(bytes, end, hits);
        if bytes.get(end) == Some(&b'/') && (is_forge(name) || is_listed(bytes, end)) {
            remote::push_path(bytes, end + 1, hits);
        }
        if name.ends_with(b".sharepoint.com") {
            sharepoint(bytes, end, hits);
        }
        if scheme.ends_with(b"sql") || scheme.starts_with(b"mongo") || scheme.starts_with(b"amqp") {
            database(bytes, further(bytes, end, hits), hits);
        }
    }
    if scheme == b"ssh" && bytes.get(end) == Some(&b':') {
        let port = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        remote::push_path(bytes, (end + port + 2).min(bytes.len()), hits);
    }
}

/// Adds the user of a share, who starts at byte `start`, and the database behind a host that ends at byte `end`:
/// `smb://maribel@box/x`, `postgres://app:…@db:5432/premia`.
pub(super) fn parts(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let len = bytes[start..end].iter().take_while(|b| name(b)).count();
    let user = &bytes[start..start + len];
    // Users of databases are most often services.
    let shared = [&b"smb://"[..], b"afp://", b"sftp://", b"vnc://", b"rdp://", b"ftp://", b"ssh://"];
    let person = shared.iter().any(|scheme| bytes[..start].ends_with(scheme));
    if person && len > 2 && matches!(bytes[start + len], b':' | b'@') && distinct::is_unusual(user) {
        name::login_at(&bytes[..start + len], start, "user of a connection string", hits);
    }
    database(bytes, end, hits);
}

/// Adds the user in `start..end` before a forge's host, if it is no token and stands for none:
/// `https://maribel@bitbucket.org/…`.
pub(super) fn forge_user(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let user = &bytes[start..end];
    let robots = ["git", "oauth2", "token", "x-access-token", "x-token-auth", "x-bitbucket-api-token-auth"];
    let digits = user.iter().filter(|b| b.is_ascii_digit()).count();
    let shaped =
        (3..=39).contains(&user.len()) && name::is_login_shape(user) && !user.contains(&b'_') && digits < 5;
    if shaped && !word::listed(&robots, user) && distinct::is_unusual(user) {
        name::login_at(bytes, start, "user of a remote", hits);
    }
}

/// Adds the hosts behind the first one of a connection string, which ends at byte `end`: `a:27017,b:27017`; says where the
/// last one ends.
fn further(bytes: &[u8], end: usize, hits: &mut Hits) -> usize {
    let mut end = end;
    for _ in 0..8 {
        let port = bytes[end..].iter().take(6).take_while(|b| b.is_ascii_digit() || **b == b':').count();
        let start = end + port + 1;
        if bytes.get(end + port) != Some(&b',') {
            break;
        }
        let len = bytes[start..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
        if len > 3 && is_domain(&bytes[start..start + len]) && !host::is_known(&bytes[start..start + len]) {
            host::push(bytes, start, start + len, EVIDENCE, hits);
        }
        end = start + len;
    }
    end
}

/// Adds the database in the path behind a host that ends at byte `end`.
fn database(bytes: &[u8], end: usize, hits: &mut Hits) {
    let port = bytes[end..].iter().take(6).take_while(|b| b.is_ascii_digit() || **b == b':').count();
    let Some(rest) = bytes[end + port..].strip_prefix(b"/") else { return };
    let len =
        rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let from = end + port + 1;
    if len > 2 && !matches!(rest.get(len), Some(b'/' | b'.' | b'$' | b'{')) {
        table::object(bytes, from, from + len, hits);
    }
}

/// Adds owner and name of a package in the path behind the host of a registry: `/@ledgerly%2fpremia`.
fn scope(bytes: &[u8], end: usize, hits: &mut Hits) {
    let Some(rest) = bytes[end..].strip_prefix(b"/@") else { return };
    let part = |from: usize| bytes[from..].iter().take_while(|b| is_host_byte(**b) || **b == b'_').count();
    let start = bytes.len() - rest.len();
    let owner = start + part(start);
    let slash = if bytes[owner..].starts_with(b"%2f") || bytes[owner..].starts_with(b"%2F") { 3 } else { 1 };
    remote::push_org(bytes, start, owner, hits);
    if owner + slash < bytes.len() {
        let end = owner + slash + part(owner + slash);
        remote::push_repository(bytes, owner + slash, end, hits);
    }
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

/// Whether a host, which ends at byte `end`, is the user's own.
fn is_own(bytes: &[u8], scheme: &[u8], name: &[u8], end: usize) -> bool {
    let last = name.rsplit(|b| *b == b'.').next().unwrap_or_default();
    let dotted = last.len() > 1 && last.len() < name.len() && last.iter().all(u8::is_ascii_alphabetic);
    let web = matches!(scheme, b"http" | b"https");
    let service = !web && SERVICES.has(scheme);
    let port = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    if !dotted {
        let numbered =
            || name.iter().any(|b| b.is_ascii_digit() || *b == b'-') && name[0].is_ascii_alphabetic();
        return (service || web && port && numbered())
            && !name.contains(&b'.')
            && distinct::is_unusual(name)
            && !host::is_known(name);
    }
    let own = service || port || is_hosted(name) || last != b"org" && is_inner(name);
    own && !host::is_known(name)
}

/// Whether a host is a name of someone's at a platform on which everyone may have one.
pub(super) fn is_hosted(name: &[u8]) -> bool {
    let mut dots = memchr::memrchr_iter(b'.', name);
    let tail = |from: Option<usize>| from.is_some_and(|i| PLATFORMS.has(&name[i + 1..]));
    let (_, second, third) = (dots.next(), dots.next(), dots.next());
    tail(second) || tail(third)
}

/// Whether the first label of a host of three or more, or a word of it, is what companies call what they run for themselves.
pub(super) fn is_inner(name: &[u8]) -> bool {
    let first = memchr::memchr(b'.', name).unwrap_or(name.len());
    let inner = memchr::memchr(b'.', &name[(first + 1).min(name.len())..]).is_some();
    let first = &name[..first];
    let digits = first.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let first = &first[..first.len() - digits];
    inner && (INNER.has(first) || first.split(|b| *b == b'-').any(|part| STAGES.has(part)))
}

/// The account in the path of a site where everyone has one, and whether a project follows: `https://vercel.com/ledgerly/premia`.
fn account(bytes: &[u8], name: &[u8], end: usize) -> Option<(usize, usize, bool)> {
    let path = &bytes[end..];
    let (_, prefix, project) = SITES
        .iter()
        .find(|(site, prefix, _)| site.as_bytes() == name && path.starts_with(prefix.as_bytes()))?;
    let start = end + prefix.len();
    let len = bytes[start..].iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let goes_on = bytes.get(start + len) == Some(&b'/')
        && bytes.get(start + len + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    (len > 2 && goes_on && distinct::is_unusual(&bytes[start..start + len])).then_some((
        start,
        start + len,
        *project,
    ))
}

/// Whether a company keeps its code on a host, as its first label says.
fn is_forge(host: &[u8]) -> bool {
    FORGES.has(host.split(|b| *b == b'.').next().unwrap_or_default())
}

/// Whether git lists the URL whose host ends at byte `end` as a remote.
fn is_listed(bytes: &[u8], end: usize) -> bool {
    let len = bytes[end..].iter().take(200).take_while(|b| **b > b' ').count();
    let rest = &bytes[end + len..];
    rest.starts_with(b" (fetch)") || rest.starts_with(b" (push)")
}

/// Adds what a site of Sharepoint names in the path behind its host, which ends at byte `end`: a person, a site.
fn sharepoint(bytes: &[u8], end: usize, hits: &mut Hits) {
    let part =
        |from: usize| bytes[from..].iter().take(80).take_while(|b| is_host_byte(**b) || **b == b'_').count();
    if bytes[end..].starts_with(b"/personal/") {
        let start = end + b"/personal/".len();
        let to = start + part(start);
        name::push_login(bytes, start, to, "someone's page", hits);
    } else if let Some(skip) =
        [&b"/sites/"[..], b"/teams/"].iter().find(|p| bytes[end..].starts_with(p)).map(|p| p.len())
    {
        let to = end + skip + part(end + skip);
        table::object(bytes, end + skip, to, hits);
    }
}

/// Adds the person whose page a URL is, behind whose host byte `end` stands.
fn page(bytes: &[u8], host: &[u8], end: usize, hits: &mut Hits) {
    let host = host.strip_prefix(b"www.").unwrap_or(host);
    let path = &bytes[end..];
    let Some((_, prefix)) =
        PAGES.iter().find(|(site, p)| site.as_bytes() == host && path.starts_with(p.as_bytes()))
    else {
        return;
    };
    let start = end + prefix.len();
    let len = bytes[start..].iter().take(64).take_while(|b| is_host_byte(**b) || **b == b'_').count();
    if len > 3 && distinct::is_unusual(&bytes[start..start + len]) {
        name::login_at(&bytes[..start + len], start, "someone's page", hits);
    }
}

/// Looks at the hosts behind a variable's name that ends at byte `end`: `DATABASE_HOST=…`, `BROKERS=…,…`.
pub(super) fn setting(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let signs = bytes[end..].iter().take(8);
    let signs = signs.take_while(|b| matches!(b, b' ' | b'"' | b'\'' | b':' | b'=' | b'[' | b'\\')).count();
    // `define( 'DB_HOST', 'x' )`
    let arguments: [&[u8]; 4] = [b"', '", b"\", \"", b"','", b"\",\""];
    let defined = arguments.iter().find(|signs| bytes[end..].starts_with(signs)).map(|signs| signs.len());
    let signs = defined.unwrap_or(signs);
    if defined.is_none() && !bytes[end..end + signs].iter().any(|b| matches!(b, b':' | b'=')) {
        return;
    }
    let mut at = end + signs;
    for _ in 0..16 {
        let to = at + bytes[at..].iter().take(MAX_HOST).take_while(|b| is_host_byte(**b)).count();
        let name = &bytes[at..to];
        if is_domain(name)
            && !host::is_known(name)
            && !matches!(bytes.get(to), Some(b'(' | b'_' | b'[' | b'/'))
        {
            host::push(bytes, at, to, "a variable that holds the host", hits);
        }
        let port = bytes[to..].iter().take(6).take_while(|b| b.is_ascii_digit() || **b == b':').count();
        let between = |b: &u8| matches!(b, b',' | b' ' | b'"' | b'\'');
        let next = to + port + bytes[to + port..].iter().take(4).take_while(|b| between(b)).count();
        if name.is_empty() || !bytes[to + port..next].contains(&b',') {
            return;
        }
        at = next;
    }
}

/// Whether a name is made like a domain, of two labels or more, and is no file.
pub(super) fn is_domain(name: &[u8]) -> bool {
    let last = name.rsplit(|b| *b == b'.').next().unwrap_or_default();
    let domains = [
        "app", "cloud", "co", "com", "de", "dev", "eu", "fr", "internal", "io", "lan", "local", "net", "nl",
        "org", "tech", "uk", "us",
    ];
    let labels = name.split(|b| *b == b'.').count();
    (word::listed(&domains, last)
        || labels > 2 && last.len() == 2 && last.iter().all(u8::is_ascii_alphabetic))
        && labels > 1
        && !name.starts_with(b".")
        && memchr::memmem::find(name, b"..").is_none()
}

/// Adds the host that is all of a line, as inventories and lists of machines have it.
pub(super) fn whole_line(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    let name = &bytes[start..end];
    let shaped = name.len() > 6
        && name.len() < MAX_HOST
        && name[0].is_ascii_alphanumeric()
        && name.iter().all(|b| is_host_byte(*b) && !b.is_ascii_uppercase());
    let deep = || name.iter().filter(|b| **b == b'.').count() > 1;
    let public = || name.split(|b| *b == b'.').any(distinct::is_public);
    if shaped && deep() && is_domain(name) && distinct::is_unusual(name) && !host::is_known(name) && !public()
    {
        host::push(bytes, start, end, "host alone on a line", hits);
    }
}

/// Looks at the machine of a share that is mounted, on the line of byte `at`: `ledgerbox:/export /mnt nfs4`.
pub(super) fn mount(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let (start, _) = word::line(bytes, at, 300);
    let len = bytes[start..at].iter().take_while(|b| is_host_byte(**b)).count();
    if len > 2 && bytes[start + len..].starts_with(b":/") && !host::is_known(&bytes[start..start + len]) {
        host::push(bytes, start, start + len, "server of a share", hits);
    }
}

/// Looks at the host that the line of byte `at` begins with, as an inventory of Ansible names it.
pub(super) fn first(bytes: &[u8], at: usize, hits: &mut Hits) {
    let (start, _) = word::line(bytes, at, 200);
    let len = bytes[start..at].iter().take_while(|b| is_host_byte(**b)).count();
    let name = &bytes[start..start + len];
    if is_domain(name) && bytes[start + len] == b' ' && !host::is_known(name) {
        host::push(bytes, start, start + len, "host of an inventory", hits);
    }
}

/// The names in a line of `/etc/hosts` from byte `at` to `end`: `10.20.0.4  ledgerbox.ledgerly.net ledgerbox`.
pub(super) fn hosts(bytes: &[u8], at: usize, end: usize, hits: &mut Hits) {
    let digits = bytes[at..end].iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let address = &bytes[at..at + digits];
    if digits < 7 {
        return;
    }
    let blank = matches!(bytes.get(at + digits), Some(b' ' | b'\t'));
    if !blank || address.iter().filter(|b| **b == b'.').count() != 3 {
        return;
    }
    let text = &bytes[at + digits..end];
    let text = &text[..memchr::memchr(b'#', text).unwrap_or(text.len())];
    let words = || text.split(|b| b.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let telling =
        |word: &[u8]| is_domain(word) || word.iter().any(u8::is_ascii_digit) || word.contains(&b'-');
    let shaped = words().all(|word| word[0].is_ascii_alphanumeric() && word.iter().all(|b| is_host_byte(*b)));
    let alone = words().count() == 1 && words().all(distinct::is_unusual);
    if !shaped || words().count() > 5 || !(alone || words().any(telling)) {
        return;
    }
    let mut from = at + digits;
    for word in text.split(|b| b.is_ascii_whitespace()) {
        let letters = word.iter().any(u8::is_ascii_alphabetic);
        if word.len() > 2 && letters && !host::is_known(word) && distinct::is_unusual(word) {
            host::push(bytes, from, from + word.len(), "name of a machine by its address", hits);
        }
        from += word.len() + 1;
    }
}

#[cfg(test)]
mod tests;
