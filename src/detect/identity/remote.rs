//! Where code is kept: hosts, organisations and repositories of git remotes.

use super::{
    super::{
        canonical::canonical,
        path,
        subject::{Hit, Hits, Subject},
        word,
    },
    branch, host, login, message, name, owner,
};
use crate::detect::words::{WordSet, words};
use crate::{finding::Learn, rule::id};

/// Most components of a repository's path: groups within groups.
const MAX_PARTS: usize = 6;

/// Longest component, in bytes.
const MAX_PART: usize = 100;

/// The shortest name that is known wherever it stands, in bytes.
const MIN_TELLING: usize = 5;

fn is_part_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// The components from byte `at` on, separated by single slashes.
fn parts(bytes: &[u8], at: usize) -> Vec<(usize, usize)> {
    let (mut parts, mut at) = (Vec::new(), at);
    while parts.len() < MAX_PARTS {
        let len = bytes[at..].iter().take(MAX_PART).take_while(|b| is_part_byte(**b)).count();
        if len == 0 {
            break;
        }
        parts.push((at, at + len));
        at += len;
        if bytes.get(at) != Some(&b'/') {
            break;
        }
        at += 1;
    }
    parts
}

/// Adds organisation (and groups) and repository of the path from byte `at` on.
pub(super) fn push_path(bytes: &[u8], at: usize, hits: &mut Hits) {
    let mut parts = parts(bytes, at);
    let page = [
        "-",
        "actions",
        "blob",
        "branches",
        "commit",
        "commits",
        "compare",
        "issues",
        "merge_requests",
        "pull",
        "pulls",
        "releases",
        "settings",
        "src",
        "tree",
        "wiki",
        "_git",
    ];
    // Only some forges have groups within groups.
    let flat = bytes[at.saturating_sub(24)..at].to_ascii_lowercase();
    if [
        &b"github.com/"[..],
        b"github.com:",
        b"bitbucket.org/",
        b"bitbucket.org:",
        b"codeberg.org/",
        b"codeberg.org:",
    ]
    .iter()
    .any(|host| flat.ends_with(host))
    {
        parts.truncate(2);
    }
    if let Some(cut) = parts.iter().skip(1).position(|&(s, e)| word::listed(&page[..16], &bytes[s..e])) {
        parts.truncate(cut + 1);
    }
    let Some((&(start, end), groups)) = parts.split_last() else { return };
    if groups.is_empty() || owner::is_public(&bytes[groups[0].0..groups[0].1]) {
        return;
    }
    for &(start, end) in groups {
        push_org(bytes, start, end, hits);
    }
    push_repository(bytes, start, end, hits);
}

pub(super) fn push_org(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    if name.len() > 1 && login::may_be_person(name) && !owner::PLACEHOLDERS.has(name) {
        let hit = Hit::new(id::IDENTITY_ORG, start, end, "owner of a git remote").canonical(canonical(name));
        hits.push(if is_telling(name) { hit.learn(Learn::Org) } else { hit });
    }
}

pub(super) fn push_repository(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let sentence = bytes[start..end].ends_with(b".");
    let end = if sentence { end - 1 } else { end };
    let end = bytes[start..end].strip_suffix(b".git").map_or(end, |stem| start + stem.len());
    let name = &bytes[start..end];
    if name.len() > 1 && !login::is_pseudonym(name) && !owner::PLACEHOLDERS.has(name) {
        let hit = |rule| Hit::new(rule, start, end, "name of a git remote").canonical(canonical(name));
        hits.push(hit(id::IDENTITY_REPOSITORY));
        if is_telling(name) {
            // Elsewhere the name is most often that of a folder, which goes where names of projects go.
            hits.push(hit(id::PATH_PROJECT).learn(Learn::Project));
        }
    }
}

/// Whether a name is no common word: long enough, and with a sign or a digit in it, or longer, or a word of nobody's.
fn is_telling(name: &[u8]) -> bool {
    let joined = name.iter().any(|b| matches!(b, b'-' | b'_' | b'.') || b.is_ascii_digit());
    name.len() >= if joined { MIN_TELLING } else { 2 * MIN_TELLING - 2 } || path::is_own(name)
}

/// Looks at the forge's name at byte `at`: a remote where what stands around says so.
pub(super) fn forge(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let end = end
        + bytes[end..]
            .iter()
            .take(64)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            .count();
    let before = bytes[..at].last();
    let api = bytes[..at].ends_with(b"api.");
    if matches!(before, Some(b'.' | b'-'))
        && !api
        && !bytes[..at].ends_with(b"www.")
        && !bytes[..at].ends_with(b"ssh.")
    {
        return;
    }
    if bytes[..at].ends_with(b"ogged in to ") {
        let said = [&b" account "[..], b" as "].into_iter().find(|w| bytes[end..].starts_with(w));
        said.map(|w| name::login_at(bytes, end + w.len(), "account of a forge", hits));
        return;
    }
    let path = match bytes.get(end) {
        Some(b':') if !bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => end + 1,
        Some(b'/') if api => {
            end + if bytes[end..].starts_with(b"/repos/") { b"/repos/".len() } else { return }
        }
        Some(b'/') if is_remote(bytes, at, end) || is_instance(&bytes[at..end]) => end + 1,
        _ => return,
    };
    push_path(bytes, path, hits);
}

/// Words beside the address of a remote.
static SAID: [&str; 11] = [
    "origin",
    "upstream",
    "clone",
    "cloning",
    "push",
    "pull",
    "fetch",
    "remote",
    "insteadof",
    "gh",
    "submodule",
];

/// Words beside the address of a request to merge; sorted.
static REQUESTS: WordSet = words!["created", "merged", "mr", "opened", "pr", "prs", "request"];

/// Whether a forge is one that a firm runs for itself.
fn is_instance(host: &[u8]) -> bool {
    host.starts_with(b"gitlab.")
        && host != b"gitlab.com"
        && memchr::memrchr(b'.', host).is_some_and(|dot| dot > 6)
}

/// Whether a URL of a forge, whose host is `at..end`, is of a remote of the user's own: by its form or its line.
fn is_remote(bytes: &[u8], at: usize, end: usize) -> bool {
    let (start, line_end) = word::line(bytes, at, 200);
    let (head, tail) = (&bytes[start..at], &bytes[end..line_end.max(end)]);
    if head.ends_with(b"git+https://") || head.ends_with(b"git://") || head.ends_with(b"git+ssh://git@") {
        return false;
    }
    // `"github.com/org/repo/package"` without a scheme is what source code imports.
    if matches!(head.last(), Some(b'"' | b'\'' | b'`' | b'@'))
        && !head.ends_with(b"git@")
        && bytes.get(at.wrapping_sub(1)) != Some(&b'/')
    {
        return false;
    }
    let url = tail.iter().take_while(|b| is_part_byte(**b) || **b == b'/').count();
    let (url, rest) = tail.split_at(url);
    let request =
        [&b"/pull/"[..], b"/merge_requests/"].iter().any(|p| memchr::memmem::find(url, p).is_some());
    let said = |word: &[u8]| {
        let signs =
            |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'(' | b'$' | b':' | b'=' | b'[' | b']' | b',');
        let word = &word[word.iter().take_while(|b| signs(b)).count()..];
        let word = &word[..word.len() - word.iter().rev().take_while(|b| signs(b)).count()];
        SAID.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word)) || request && REQUESTS.has(word)
    };
    let named = head.split(|b| b.is_ascii_whitespace() || *b == b'"').any(said);
    let arrow = head.starts_with(b"From ")
        || head.starts_with(b"To ")
        || word::has(head, b"url =")
        || head.ends_with(b"@");
    let stem = head.strip_suffix(b"https://").unwrap_or(head).trim_ascii_end().to_ascii_lowercase();
    let arrow = arrow || [&b"repo:"[..], b"repository:", b"remote:"].iter().any(|word| stem.ends_with(word));
    // `* Fix rounding by @maribel in https://…`, as notes of a release have it.
    let noted = request && head.ends_with(b" in https://") && word::has(head, b" by @");
    let listed = noted || rest.starts_with(b" (fetch)") || rest.starts_with(b" (push)");
    let page: [&[u8]; 7] = [
        b"/pull/",
        b"/merge_requests/",
        b"/actions/runs/",
        b"/compare/",
        b"/pull-requests/",
        b"/issues/",
        b"/pipelines/",
    ];
    let own_page = page.iter().any(|p| memchr::memmem::find(url, p).is_some());
    let alone = head.trim_ascii().len() <= b"https://www.".len()
        && (rest.trim_ascii().is_empty() || rest.starts_with(b"#"))
        || is_whole_value(head, rest);
    let run = memchr::memmem::find(url, b"/actions/runs/").is_some()
        || rest.starts_with(b"#discussion_r")
        || rest.starts_with(b"#issuecomment-") && request;
    let azure = url.starts_with(b"/") && memchr::memmem::find(url, b"/_git/").is_some();
    run || azure || named || arrow || listed || own_page && alone || url.ends_with(b".git")
}

/// Whether an address is all that an element of a page or a member of JSON holds, by what stands before and behind it on
/// its line: `<td>https://…</td>`, `"url": "https://…"`.
fn is_whole_value(head: &[u8], rest: &[u8]) -> bool {
    let head = head.strip_suffix(b"www.").unwrap_or(head);
    let Some(lead) = head.strip_suffix(b"https://").or(head.strip_suffix(b"http://")) else { return false };
    let element = lead.ends_with(b">") || lead.ends_with(b"<![CDATA[");
    let member = lead.strip_suffix(b"\"").is_some_and(|lead| {
        let lead = lead.trim_ascii_end();
        lead.ends_with(b"\":") || lead.ends_with(b"=")
    });
    element && (rest.starts_with(b"</") || rest.starts_with(b"]]>")) || member && rest.starts_with(b"\"")
}

/// Looks at the `.git` at byte `at`: the end of a remote on a host of one's own.
pub(super) fn url(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::ends_word(bytes, end)
        || matches!(bytes.get(end), Some(b'/' | b'-' | b'.'))
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        return;
    }
    let floor = at.saturating_sub(300);
    let run = bytes[floor..at]
        .iter()
        .rev()
        .take_while(|b| is_part_byte(**b) || matches!(b, b'/' | b':' | b'@' | b'+' | b'%'))
        .count();
    let token = &bytes[at - run..at];
    let Some(scheme) = memchr::memmem::rfind(token, b"://") else { return };
    if token.starts_with(b"git+https") || token.starts_with(b"git://") {
        return;
    }
    let authority = at - run + scheme + 3;
    let path = authority + memchr::memchr(b'/', &bytes[authority..at]).unwrap_or(at - authority);
    let host = authority + memchr::memrchr(b'@', &bytes[authority..path]).map_or(0, |i| i + 1);
    let host_end = host + bytes[host..path].iter().take_while(|b| **b != b':').count();
    push_host(bytes, host, host_end, hits);
    if path < at {
        push_path(bytes, path + 1, hits);
    }
}

fn push_host(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let name = &bytes[start..end];
    if !host::is_public(name) && name.contains(&b'.') && !login::is_pseudonym(name) {
        let hit = Hit::new(id::IDENTITY_HOST, start, end, "host of a git remote");
        hits.push(hit.canonical(canonical(name)).learn(Learn::Host));
    }
}

/// Looks at `user@host:org/repo` around the `@` at byte `at`; says whether it is a remote.
pub(super) fn at_sign(subject: &Subject<'_>, start: usize, at: usize, hits: &mut Hits) -> bool {
    let bytes = subject.bytes;
    let host = at + 1;
    let end = host
        + bytes[host..]
            .iter()
            .take(253)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            .count();
    let user = matches!(&bytes[start..at], b"git" | b"gitlab" | b"gitea" | b"forgejo" | b"hg" | b"org-git");
    let path = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(|b| is_part_byte(*b));
    if !path || end == host {
        return false;
    }
    let found = parts(bytes, end + 1);
    let named = found.last().is_some_and(|&(s, e)| bytes[s..e].ends_with(b".git")) && found.len() > 1;
    if !(user || named) {
        return false;
    }
    push_host(bytes, host, end, hits);
    push_path(bytes, end + 1, hits);
    true
}

/// Looks at the repository behind `--repo`.
pub(super) fn option(subject: &Subject<'_>, _: usize, end: usize, hits: &mut Hits) {
    if parts(subject.bytes, end).len() == 2 {
        push_path(subject.bytes, end, hits);
    }
}

/// Looks at a text that is a repository: a URL, an scp-like remote, `org/repo`.
pub(super) fn whole_repository(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let authority = memchr::memmem::find(bytes, b"://").map(|i| i + 3);
    let start = match authority {
        Some(from) => {
            let host = from + memchr::memchr(b'@', &bytes[from..]).map_or(0, |i| i + 1);
            let end = host + bytes[host..].iter().take_while(|b| !matches!(b, b'/' | b':')).count();
            push_host(bytes, host, end, hits);
            let port = bytes[end..].iter().take_while(|b| **b != b'/').count();
            (end + port + 1).min(bytes.len())
        }
        None if bytes.contains(&b'@') || bytes.contains(&b' ') => return,
        None => 0,
    };
    push_path(bytes, start, hits);
}

/// Looks at a text whose key says that it is a repository with its owner, or a ticket.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let (bytes, key) = (subject.bytes, subject.key.unwrap_or_default());
    if bytes.len() > 2 * MAX_PART {
        return;
    }
    let keys = ["fullname", "namewithowner", "path_with_namespace", "full_name", "reponame", "repository"];
    if keys.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes())) {
        let found = parts(bytes, 0);
        let whole = found.len() > 1 && found.last().is_some_and(|&(_, end)| end == bytes.len());
        if whole {
            push_path(bytes, 0, hits);
        }
    } else if matches!(key, b"ref" | b"head_ref" | b"base_ref" | b"head" | b"base") {
        let from = if bytes.starts_with(b"refs/heads/") { b"refs/heads/".len() } else { 0 };
        let topic =
            bytes[from..].iter().any(|b| matches!(b, b'/' | b'-')) && !bytes[from..].starts_with(b"refs/");
        if topic
            && bytes[from..].iter().all(|b| b.is_ascii_alphanumeric() || b"-_./#".contains(b))
            && bytes[0] != b'#'
        {
            branch::push(bytes, from, bytes.len(), hits);
        }
    } else if branch::KEYS.has(key) {
        if !bytes.iter().any(|b| b.is_ascii_whitespace() || matches!(b, b'$' | b'{' | b'*')) {
            branch::push(bytes, 0, bytes.len(), hits);
        }
    } else if matches!(key, b"id" | b"key" | b"identifier" | b"issueKey" | b"issue_key" | b"ticket")
        && bytes.len() < 20
    {
        message::ticket(bytes, 0, bytes.len(), hits);
    }
}
