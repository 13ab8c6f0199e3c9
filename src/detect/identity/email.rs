//! E-mail addresses, plain and encoded, and logins in a forge's private addresses.

mod table;

use super::super::{
    canonical::canonical,
    path,
    subject::{Hit, Hits, Subject},
    word,
};
use super::{firm, given, history, host, login, name, object, remote};
use crate::{finding::Learn, rule::id};
use table::{DUMMY_DOMAINS, DUMMY_LOCALS, LABELS, NOT_TOP_LEVEL, ROLES};

/// Longest local part, in bytes.
const MAX_LOCAL: usize = 64;

/// Longest domain, in bytes.
const MAX_DOMAIN: usize = 253;

/// Looks at the `@`, or what stands for one, at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(width) = at_width(&bytes[at..]) else { return };
    let start = local_start(bytes, at);
    if width == 1 && start == at {
        given::mention(subject, at, hits);
    }
    if width == 1 && (remote::at_sign(subject, start, at, hits) || start == at) {
        return;
    }
    let end = domain_end(bytes, at + width);
    let (local, domain) = (&bytes[start..at], &bytes[at + width..end]);
    if local.is_empty() {
        return;
    }
    if is_userinfo(bytes, start) {
        host::connection(bytes, start, at + width, hits);
        return;
    }
    if !is_domain(domain) || is_internal(domain) {
        host::at_sign(subject, start, at, hits);
        return;
    }
    if let Some(skip) = forge_login(local, domain) {
        let name = &local[skip..];
        if login::is_person(name) {
            let hit = Hit::new(id::IDENTITY_LOGIN, start + skip, at, "login in a forge's private address");
            hits.push(hit.canonical(canonical(name)).learn(Learn::Login));
            name_before(bytes, start, hits);
        }
        return;
    }
    if !is_public(bytes, start, local, domain, bytes.get(end).copied()) {
        let hit = Hit::new(id::IDENTITY_EMAIL, start, end, "e-mail address");
        hits.push(hit.canonical(canonical(without_tag(local))));
        firm::of_domain(bytes, at + width, end, hits);
        names_in(bytes, (start, at), hits);
        name_before(bytes, start, hits);
        cell_before(bytes, start, hits);
        if bytes.get(end) == Some(&b'"') {
            object::around(bytes, start, hits);
        }
        if matches!(bytes.get(end), Some(b'\'' | b'"')) {
            printed_beside(bytes, start, hits);
        }
    }
    name_beside(bytes, at, hits);
}

/// Adds both words of the name that is all of the local part in `start..at`, to be known wherever they stand:
/// `maribel.ortiz@…`.
fn names_in(bytes: &[u8], (start, at): (usize, usize), hits: &mut Hits) {
    let local = &bytes[start..at];
    let Some(dot) = memchr::memchr(b'.', local) else { return };
    let own = |word: &[u8]| {
        word.iter().all(u8::is_ascii_alphabetic)
            && (given::is_given(word) || path::is_own(word))
            && login::is_learnable(word)
    };
    let (first, last) = (&local[..dot], &local[dot + 1..]);
    if first.len().min(last.len()) < 4 || !own(first) || !own(last) {
        return;
    }
    for (from, to) in [(start, start + dot), (start + dot + 1, at)] {
        let hit = Hit::new(id::IDENTITY_LOGIN, from, to, "word of a name in an address");
        hits.push(hit.canonical(canonical(&bytes[from..to])).learn(Learn::Login));
    }
}

/// Adds the name of a configuration of git, whose address has its `@` at byte `at`: `name = Maribel Ortiz` on the line
/// above or below `email = …`.
fn name_beside(bytes: &[u8], at: usize, hits: &mut Hits) {
    let (start, end) = word::line(bytes, at, 120);
    if setting(&bytes[start..end], b"email").is_none_or(|value| start + value >= at) {
        return;
    }
    let above = start.checked_sub(1).map(|brk| word::line(bytes, brk, 120));
    let below = (end < bytes.len()).then(|| word::line(bytes, end + 1, 120));
    for (start, end) in above.into_iter().chain(below) {
        let Some(value) = setting(&bytes[start..end], b"name") else { continue };
        let text = bytes[start + value..end].trim_ascii_end();
        let text = text.strip_suffix(b",").unwrap_or(text);
        let len = text.strip_suffix(b"\"").unwrap_or(text).len();
        let name = &bytes[start + value..start + value + len];
        let words = name.split(|b| *b == b' ').count();
        if (2..=5).contains(&words)
            && name.first().is_some_and(u8::is_ascii_alphabetic)
            && !name.contains(&b'=')
        {
            name::push_person(bytes, start + value, start + value + len, hits);
        }
    }
}

/// Where the value of the setting `key` starts on a line: `\tname = x`.
fn setting(line: &[u8], key: &[u8]) -> Option<usize> {
    let text = line.trim_ascii_start();
    let text = text.strip_prefix(b"- ").or_else(|| text.strip_prefix(b"[")).unwrap_or(text);
    let rest = text.strip_prefix(key)?;
    let rest = rest.strip_prefix(b"]").unwrap_or(rest).trim_ascii_start();
    let signs: [&[u8]; 3] = [b"=>", b"=", b":"];
    let rest = signs.iter().find_map(|sign| rest.strip_prefix(*sign))?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    Some(line.len() - rest.len())
}

/// Adds the name that a value of a program's has beside the address that starts at byte `start`, as interpreters print it:
/// `User(name='Maribel Ortiz', email='…')`, `{ name: 'Maribel Ortiz', email: '…' }`.
fn printed_beside(bytes: &[u8], start: usize, hits: &mut Hits) {
    let (line, _) = word::line(bytes, start, 160);
    let head = &bytes[line..start];
    let Some(name) = memchr::memmem::rfind(head, b"name") else { return };
    let mut at = line + name + b"name".len();
    let signs =
        bytes[at..start].iter().take(5).take_while(|b| matches!(b, b'\'' | b'"' | b' ' | b':' | b'=' | b'>'));
    at += signs.count();
    let quote = bytes[at - 1];
    if !matches!(quote, b'\'' | b'"') || !bytes[line + name..at].iter().any(|b| matches!(b, b':' | b'=')) {
        return;
    }
    let Some(len) = memchr::memchr(quote, &bytes[at..start]) else { return };
    let text = &bytes[at..at + len];
    if text.contains(&b' ') && name::name_end(bytes, at) == at + len && history::is_name(text) {
        name::push_person(bytes, at, at + len, hits);
    }
}

/// Adds the person's name in the cell before an address that starts at byte `start`: `Maribel Ortiz,maribel@…`.
fn cell_before(bytes: &[u8], start: usize, hits: &mut Hits) {
    let head = bytes[..start].strip_suffix(b" ").unwrap_or(&bytes[..start]);
    let [head @ .., b',' | b'|' | b'\t' | b';'] = head else { return };
    let end = head.trim_ascii_end().len();
    let (line_start, _) = word::line(bytes, end, 64);
    let sign =
        head[line_start..end].iter().rposition(|b| matches!(b, b',' | b'|' | b'\t' | b';' | b':' | b'"'));
    let from = line_start + sign.map_or(0, |i| i + 1);
    let from = from + head[from..end].iter().take_while(|b| **b == b' ').count();
    let name = &head[from..end];
    if name.contains(&b' ') && name::name_end(bytes, from) == end && history::is_name(name) {
        name::push_person(bytes, from, end, hits);
        let before = head[..from].strip_suffix(b"\t").unwrap_or_default();
        let len =
            before.iter().rev().take(MAX_LOCAL).take_while(|b| !matches!(b, b'\t' | b'\n' | b' ')).count();
        let login = &before[before.len() - len..];
        if len > 3 && login[0].is_ascii_lowercase() && name::is_login_shape(login) {
            name::login_at(bytes, before.len() - len, "login in the cell before a name", hits);
        }
    }
}

/// Adds the person's name in `Maribel Ortiz <maribel@…>`, whose address starts at byte `start`.
fn name_before(bytes: &[u8], start: usize, hits: &mut Hits) {
    let Some(head) = bytes[..start].strip_suffix(b"<") else { return };
    let head = head.strip_suffix(b"mailto:").unwrap_or(head);
    let head = &head[..head.len() - head.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count()];
    if head.ends_with(b"\"") && turned(bytes, head.len() - 1, hits) {
        return;
    }
    if let Some(from) = encoded_word(head) {
        name::push_person(bytes, from, head.len(), hits);
        return;
    }
    let head = head.strip_suffix(b"\"").unwrap_or(head);
    let (line_start, _) = word::line(bytes, head.len(), 96);
    let head = without_aside(head, line_start);
    let line = &head[line_start.min(head.len())..];
    let signs = |b: &u8| {
        matches!(b, b':' | b'"' | b',' | b';' | b'<' | b'>' | b'(' | b'=' | b'\t' | b'|' | b'\'' | b'*')
    };
    // A date may stand before it: `* Tue May 19 2026 Maribel Ortiz <…>`.
    let signs = |b: &u8| signs(b) || b.is_ascii_digit();
    let mut from = line_start + line.iter().rposition(signs).map_or(0, |i| i + 1);
    from += bytes[from..head.len()].iter().take_while(|b| !(b.is_ascii_alphabetic() || **b >= 0x80)).count();
    from = name::behind_leads(head, from).min(head.len());
    from = person_start(bytes, from, line_start, head.len());
    let name = &bytes[from..head.len()];
    if (2..60).contains(&name.len()) && name.iter().filter(|b| **b == b' ').count() < 5 {
        name::push_person(bytes, from, head.len(), hits);
    }
}

/// Where the word starts that ends `head`, if it is written as headers of mail write other letters: `=?utf-8?Q?Zo=C3=AB?=`.
fn encoded_word(head: &[u8]) -> Option<usize> {
    let body = head.strip_suffix(b"?=")?;
    let (line, _) = word::line(head, head.len(), 160);
    let from = line + memchr::memmem::rfind(body.get(line..)?, b"=?")?;
    (memchr::memchr_iter(b'?', &body[from..]).count() == 3).then_some(from)
}

/// Adds the family name and the given name of `"Ortiz, Maribel"`, whose second quotation mark is at byte `end`.
fn turned(bytes: &[u8], end: usize, hits: &mut Hits) -> bool {
    let (line_start, _) = word::line(bytes, end, 96);
    let Some(open) = memchr::memrchr(b'"', &bytes[line_start..end]) else { return false };
    let start = line_start + open + 1;
    let Some(comma) = memchr::memmem::find(&bytes[start..end], b", ").map(|i| start + i) else {
        return false;
    };
    let named = |text: &[u8]| {
        text.len() > 1
            && text.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b' ' | b'-' | b'.'))
    };
    let shaped = named(&bytes[start..comma]) && named(&bytes[comma + 2..end]);
    if shaped {
        name::push_person(bytes, start, comma, hits);
        name::push_person(bytes, comma + 2, end, hits);
    }
    shaped
}

/// `head` without what is said beside a name at its end, on the line from byte `line_start` on: `, see the licence`.
fn without_aside(head: &[u8], line_start: usize) -> &[u8] {
    // Of a long text no more than the line is looked at.
    let line = &head[line_start.min(head.len())..];
    let Some(comma) = memchr::memrchr(b',', line).map(|i| line_start + i) else { return head };
    let aside = [&b" see "[..], b" all ", b" and others", b" with ", b" cf. "];
    if aside.iter().any(|word| head[comma + 1..].starts_with(word)) { &head[..comma] } else { head }
}

/// Where the name in `from..end` starts: at its first word with a capital, since `please ask Maribel Ortiz <…>`. Without
/// one it is a name only if it is all that stands there.
fn person_start(bytes: &[u8], from: usize, line_start: usize, end: usize) -> usize {
    let words = bytes[from..end].split(|b| *b == b' ');
    let mut at = from;
    for word in words {
        let capital = word::char_at(word, 0).is_some_and(|(c, _)| !c.is_lowercase());
        if capital {
            return at;
        }
        at += word.len() + 1;
    }
    let count = bytes[from..end].iter().filter(|b| **b == b' ').count() + 1;
    let alone = from == line_start
        || bytes[..from].ends_with(b"\t")
        || matches!(bytes[..from].trim_ascii_end().last(), Some(b':' | b'=' | b'"' | b'\'' | b',' | b'['));
    if alone && count <= 3 { from } else { end }
}

/// Whether a domain is one of a machine at home or at work and takes no mail.
fn is_internal(domain: &[u8]) -> bool {
    let last = domain.rsplit(|&b| b == b'.').next().unwrap_or_default();
    word::listed(&["home", "lan", "local", "localdomain"], last)
}

/// The number of bytes of `@` or an encoding of it at the start of `bytes`.
fn at_width(bytes: &[u8]) -> Option<usize> {
    let forms: [&[u8]; 6] = [b"@", b"%40", b"%2540", b"&#64;", b"&#x40;", b"\\u0040"];
    forms
        .into_iter()
        .find(|f| bytes.get(..f.len()).is_some_and(|b| b.eq_ignore_ascii_case(f)))
        .map(<[u8]>::len)
}

/// Where the local part that ends at byte `at` starts.
fn local_start(bytes: &[u8], at: usize) -> usize {
    let floor = at.saturating_sub(MAX_LOCAL);
    let mut start = at;
    while let Some((c, before)) = word::char_before(bytes, start) {
        let taken = word::is_letter(c)
            || matches!(c, '.' | '_' | '%' | '+' | '-')
            || is_name_quote(bytes, before, at);
        if !taken || before < floor {
            break;
        }
        start = before;
    }
    start = after_encoded_border(bytes, start, at);
    if start > 0
        && bytes[start - 1] == b'\\'
        && matches!(bytes.get(start), Some(b'n' | b't' | b'r' | b'b' | b'f'))
    {
        start += 1;
    }
    // What a terminal draws before a prompt is no letter of a login: `╭─maribel@thinkpad`.
    while bytes[start..at].starts_with(b"\xe2\x94") || bytes[start..at].starts_with(b"\xe2\x95") {
        start += 3;
    }
    while start < at && matches!(bytes[start], b'.' | b'-' | b'+' | b'%' | b'_') {
        start += 1;
    }
    start
}

/// Whether the `'` at byte `at` belongs to a name, as in `o'brien`, and quotes nothing, as in `f'…'`.
fn is_name_quote(bytes: &[u8], at: usize, end: usize) -> bool {
    let initial = bytes[..at].last().map(u8::to_ascii_lowercase);
    bytes[at] == b'\''
        && at + 1 < end
        && bytes[at + 1].is_ascii_alphabetic()
        && matches!(initial, Some(b'o' | b'd' | b'l' | b'm' | b'n'))
        && (at < 2 || word::starts_word(bytes, at - 1) || matches!(bytes[at - 2], b'.' | b'_'))
}

/// Behind the last percent escape in `start..at` that stands for no character of a local part, such as `%3A`.
fn after_encoded_border(bytes: &[u8], start: usize, at: usize) -> usize {
    let taken = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || matches!(b, b'.' | b'_' | b'+' | b'-');
    let border = |i: &usize| word::percent(&bytes[*i..at]).is_some_and(|b| !taken(b));
    (start..at).rev().find(border).map_or(start, |i| {
        // `%253A`: the escape of an escape.
        let twice =
            bytes[i..at].starts_with(b"%25") && bytes[i + 3..at].iter().take(2).all(u8::is_ascii_hexdigit);
        if twice { (i + 5).min(at) } else { i + 3 }
    })
}

/// Where the domain that starts at byte `from` ends, trailing dots and hyphens left out.
fn domain_end(bytes: &[u8], from: usize) -> usize {
    let mut end = from;
    while let Some((c, next)) = word::char_at(bytes, end) {
        if !(word::is_letter(c) || matches!(c, '.' | '-')) || next - from > MAX_DOMAIN {
            break;
        }
        if c == '.' && bytes.get(next) == Some(&b'.') {
            break;
        }
        end = next;
    }
    while end > from && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    end
}

/// Whether `domain` can be a mail domain: two labels or more, and a last one that is no file extension or version.
fn is_domain(domain: &[u8]) -> bool {
    let labels: Vec<_> = domain.split(|&b| b == b'.').collect();
    let [first, .., last] = labels[..] else { return false };
    let whole = labels.iter().all(|l| (1..=63).contains(&l.len()) && l[0] != b'-' && l[l.len() - 1] != b'-');
    whole && is_top_level(last) && !is_version(first, labels.len()) && !is_retina(first)
}

/// Whether `label` can be a top-level domain, by its shape.
fn is_top_level(label: &[u8]) -> bool {
    if label.len() > 4 && label[..4].eq_ignore_ascii_case(b"xn--") {
        return true;
    }
    let alphabetic = label.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    let camel = label.iter().skip(1).any(u8::is_ascii_uppercase) && label.iter().any(u8::is_ascii_lowercase);
    alphabetic && !camel && (2..=24).contains(&label.len()) && !NOT_TOP_LEVEL.has(label)
}

/// Whether a domain of `count` labels that starts with `first` is a version (`1.2.3-beta.rc`, `v2.x`); a few mail
/// providers are numbers (`163.com`).
fn is_version(first: &[u8], count: usize) -> bool {
    let digits = first.strip_prefix(b"v").unwrap_or(first);
    !digits.is_empty()
        && digits.iter().all(u8::is_ascii_digit)
        && (count != 2 || first.len() < 3 || first[0] == b'v')
}

/// Whether `label` is the density of an image, as in `logo@2x.png`.
fn is_retina(label: &[u8]) -> bool {
    label.len() <= 3
        && label.strip_suffix(b"x").is_some_and(|n| !n.is_empty() && n.iter().all(u8::is_ascii_digit))
}

/// Whether the local part at byte `start` is the user or the password of a URL: `scheme://user:word@host`.
fn is_userinfo(bytes: &[u8], start: usize) -> bool {
    let before = &bytes[start.saturating_sub(128)..start];
    let token =
        before.iter().rposition(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'<' | b'`'));
    let token = &before[token.map_or(0, |i| i + 1)..];
    let Some(scheme) = memchr::memmem::rfind(token, b"://") else { return false };
    let mail = token[..scheme].to_ascii_lowercase().ends_with(b"mailto");
    !mail && !token[scheme + 3..].iter().any(|b| matches!(b, b'/' | b'?' | b'#' | b'&' | b'='))
}

/// Where the login in the local part of a forge's private address begins.
fn forge_login(local: &[u8], domain: &[u8]) -> Option<usize> {
    let forge = ["users.noreply.github.com", "users.noreply.gitlab.com", "users.noreply.codeberg.org"];
    let named = forge.iter().any(|f| domain.eq_ignore_ascii_case(f.as_bytes()));
    named.then(|| local.iter().position(|&b| b == b'+').map_or(0, |i| i + 1))
}

/// Whether the address is nobody's: reserved for examples, a role, a machine that takes no mail, a git remote.
fn is_public(bytes: &[u8], start: usize, local: &[u8], domain: &[u8], next: Option<u8>) -> bool {
    let robot = bytes[..start].ends_with(b"[bot]") || local.ends_with(b"[bot]");
    robot
        || is_reserved(domain)
        || ROLES.has(local)
        || is_no_reply(local)
        || is_forge_remote(local, domain, next)
        || LABELS.has(local)
        || DUMMY_LOCALS.has(local) && DUMMY_DOMAINS.has(domain)
}

/// Whether a local part is that of a function, or of a machine that takes no mail.
pub(super) fn is_role(local: &[u8]) -> bool {
    ROLES.has(local) || is_no_reply(local)
}

/// Whether `domain` is one that the standards keep for examples and tests.
pub(super) fn is_reserved(domain: &[u8]) -> bool {
    let lower = domain.to_ascii_lowercase();
    let is = |name: &str| {
        lower.strip_suffix(name.as_bytes()).is_some_and(|rest| rest.is_empty() || rest.ends_with(b"."))
    };
    ["example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"]
        .into_iter()
        .any(is)
}

fn is_no_reply(local: &[u8]) -> bool {
    let letters: Vec<u8> =
        local.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    [&b"noreply"[..], b"donotreply", b"mailerdaemon"]
        .iter()
        .any(|n| letters.starts_with(n) || letters.ends_with(n))
}

/// Whether this is the user of a forge's remote, `git@github.com:org/repo`, or a forge's own robot.
fn is_forge_remote(local: &[u8], domain: &[u8], next: Option<u8>) -> bool {
    let git = matches!(local, b"git" | b"hg" | b"svn" | b"gitea" | b"gitlab" | b"forgejo" | b"org-git");
    let action = local.eq_ignore_ascii_case(b"action") && domain.eq_ignore_ascii_case(b"github.com");
    git || action || next == Some(b':') && local.eq_ignore_ascii_case(b"aur")
}

/// A local part without what follows `+`: the same person's box.
fn without_tag(local: &[u8]) -> &[u8] {
    let plus = |i: &usize| local[*i] == b'+' || word::percent(&local[*i..]) == Some(b'+');
    let end = (1..local.len()).find(plus).unwrap_or(local.len());
    &local[..end]
}
