//! Public addresses of the internet, versions 4 and 6.

use super::{
    super::{
        subject::{Hit, Hits, Subject},
        word,
    },
    address, host,
};
use crate::rule::id;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Longest IPv6 address with an IPv4 tail, in bytes.
const MAX_IPV6: usize = 45;

/// Longest name of a host, in bytes.
const MAX_HOST: usize = 253;

/// How far before an address the words stand that make it a version, in bytes.
const VERSION_REACH: usize = 24;

/// Looks at the number at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    if let Some(end) = public_v4(subject.bytes, at) {
        hits.push(Hit::new(id::IDENTITY_IPV4, at, end, "public IPv4 address"));
        host_before(subject.bytes, at, hits);
    } else if let Some((end, address)) = public_v6(subject.bytes, at) {
        let canonical = address.octets().to_vec();
        hits.push(Hit::new(id::IDENTITY_IPV6, at, end, "public IPv6 address").canonical(canonical));
    }
}

/// Adds the host whose address starts at byte `at`: `mx.ledgerly.net[203.0.113.9]`, `db.ledgerly.net (203.0.113.9)`.
fn host_before(bytes: &[u8], at: usize, hits: &mut Hits) {
    let Some([head @ .., b'[' | b'(']) = bytes.get(..at) else { return };
    let head = head.strip_suffix(b" ").unwrap_or(head);
    let len = head
        .iter()
        .rev()
        .take(MAX_HOST)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let start = head.len() - len.count();
    if address::is_domain(&head[start..]) && !host::is_known(&head[start..]) {
        host::push(bytes, start, head.len(), "host beside its address", hits);
    }
}

/// Where the public IPv4 address that starts at byte `at` ends.
fn public_v4(bytes: &[u8], at: usize) -> Option<usize> {
    let (end, octets) = dotted_quad(bytes, at)?;
    let address = Ipv4Addr::from(octets);
    let alone = borders_v4(bytes, at, end);
    let other = || is_version(bytes, at, end) || is_section(bytes, at, end, octets);
    (alone && is_public_v4(address) && !other()).then_some(end)
}

/// Four numbers from 0 to 255 without leading zeros, and where they end.
fn dotted_quad(bytes: &[u8], at: usize) -> Option<(usize, [u8; 4])> {
    let (mut octets, mut end) = ([0; 4], at);
    for (i, octet) in octets.iter_mut().enumerate() {
        if i > 0 {
            (bytes.get(end) == Some(&b'.')).then_some(())?;
            end += 1;
        }
        let digits = bytes[end..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let text = std::str::from_utf8(&bytes[end..end + digits]).ok()?;
        (digits == 1 || !text.starts_with('0')).then_some(())?;
        *octet = text.parse().ok()?;
        end += digits;
    }
    Some((end, octets))
}

/// Whether nothing before or after makes the four numbers a part of something longer.
fn borders_v4(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = match bytes[..at].last() {
        Some(b'.' | b'-' | b'$' | b'%') => false,
        _ => word::starts_word(bytes, at),
    };
    let after = match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.'), Some(b'0'..=b'9')) => is_captured(bytes, at, end),
        (Some(b'.' | b'-' | b'+'), Some(next)) => !next.is_ascii_alphanumeric(),
        _ => word::ends_word(bytes, end),
    };
    before && after
}

/// Whether an address stands as `tcpdump` prints it, a dot and the port behind: `IP 51.15.20.7.51022 > 10.0.0.4.22: `.
fn is_captured(bytes: &[u8], at: usize, end: usize) -> bool {
    let digits = bytes[end + 1..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let rest = &bytes[end + 1 + digits..];
    (bytes[..at].ends_with(b"IP ") || bytes[..at].ends_with(b" > "))
        && (rest.starts_with(b" > ") || rest.starts_with(b": "))
}

/// Whether `address` is on the public internet and says something about someone.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a, b & 0xc0) == (100, 64)
        || (a, b & 0xfe) == (198, 18)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99);
    !reserved && !RESOLVERS.contains(&address.octets())
}

/// Resolvers that everyone uses.
static RESOLVERS: &[[u8; 4]] = &[
    [1, 1, 1, 1],
    [1, 0, 0, 1],
    [1, 1, 1, 2],
    [1, 1, 1, 3],
    [8, 8, 8, 8],
    [8, 8, 4, 4],
    [9, 9, 9, 9],
    [9, 9, 9, 10],
    [149, 112, 112, 112],
    [208, 67, 222, 222],
    [208, 67, 220, 220],
    [4, 2, 2, 1],
    [4, 2, 2, 2],
    [94, 140, 14, 14],
    [76, 76, 2, 0],
    [1, 2, 3, 4],
];

/// Whether the four numbers are a version of something: by what stands before and after them.
fn is_version(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = &bytes[at.saturating_sub(VERSION_REACH)..at];
    let glued = before.ends_with(b"==")
        || before.ends_with(b">=")
        || before.ends_with(b"<=")
        || before.ends_with(b"~=");
    glued || is_after_name(before) || has_version_word(before) || is_before_label(&bytes[end..])
}

/// The greatest number of a section's; addresses of which no part is greater are very few.
const SECTION: u8 = 24;

/// Words before an address, in lower case.
static ADDRESSED: &[&[u8]] = &[
    b"ip", b"ipv4", b"addr", b"address", b"host", b"ping", b"from", b"to", b"peer", b"server", b"ssh", b"@",
    b"//",
];

/// Whether the four numbers are those of a section, or of a version that nothing announces: all small, and nothing beside
/// them says that they are an address.
fn is_section(bytes: &[u8], at: usize, end: usize, octets: [u8; 4]) -> bool {
    let before = bytes[at.saturating_sub(VERSION_REACH)..at].to_ascii_lowercase();
    let before = before.trim_ascii_end();
    let before = before.strip_suffix(b":").or(before.strip_suffix(b"=")).unwrap_or(before);
    let addressed = ADDRESSED.iter().any(|word| before.ends_with(word));
    let ported =
        matches!(bytes.get(end), Some(b':' | b'/')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    octets.iter().all(|&octet| octet <= SECTION) && !addressed && !ported
}

/// Whether a product's name and `/`, `@` or `v` stand right before: `Chrome/120.0.6099.109`, `pkg@1.2.3.4`.
fn is_after_name(before: &[u8]) -> bool {
    let Some((sign @ (b'/' | b'@' | b'v' | b'V' | b'^' | b'~'), head)) = before.split_last() else {
        return false;
    };
    let named = head.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b')');
    match sign {
        b'/' => named && !head.windows(2).any(|w| w == b"//"),
        b'@' => named && is_package(head),
        _ => !named,
    }
}

/// Whether the word at the end of `head` looks like a package and not like a user of a machine: it has a `/` in it.
fn is_package(head: &[u8]) -> bool {
    let start =
        head.iter().rposition(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'')).map_or(0, |i| i + 1);
    // `1004/sip:1004@…` is who is called.
    let called = memchr::memmem::rfind(head, b"sip:").is_some_and(|at| at >= start);
    !called && (head[start..].contains(&b'/') || head[start..].starts_with(b"@"))
}

/// Whether a word for versions stands before, with no other word between: `Version=4.0.1.0`, `ver. 10.2.3.4`.
fn has_version_word(before: &[u8]) -> bool {
    let end = before.iter().rposition(u8::is_ascii_alphabetic).map_or(0, |i| i + 1);
    let between = &before[end..];
    let start = before[..end].iter().rposition(|b| !b.is_ascii_alphabetic()).map_or(0, |i| i + 1);
    let lower = before[start..end].to_ascii_lowercase();
    let names = [
        &b"version"[..],
        b"versions",
        b"ver",
        b"rev",
        b"release",
        b"build",
        b"section",
        b"v",
        b"chrome",
        b"chromium",
        b"firmware",
        b"assemblyversion",
        b"fileversion",
        b"productversion",
        b"edge",
        b"oid",
    ];
    between.len() <= 6 && names.iter().any(|n| lower.ends_with(n) && (n.len() > 3 || lower == **n))
}

/// Whether an end of a version follows: `-beta`, `+build`, `rc1`.
fn is_before_label(after: &[u8]) -> bool {
    matches!(after, [b'-' | b'+', b'a'..=b'z', ..])
}

/// Where the public IPv6 address that starts at byte `at` ends.
fn public_v6(bytes: &[u8], at: usize) -> Option<(usize, Ipv6Addr)> {
    let head = bytes.get(at..at + 5)?;
    (matches!(head[0], b'2' | b'3') && head[4] == b':' && head[..4].iter().all(u8::is_ascii_hexdigit))
        .then_some(())?;
    let run = bytes[at..].iter().take(MAX_IPV6 + 1);
    let run = run.take_while(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.')).count();
    let mut text = &bytes[at..at + run];
    while let Some((b'.' | b':', rest)) = text.split_last() {
        if text.ends_with(b"::") {
            break;
        }
        text = rest;
    }
    let (len, address) = parse_v6(text)?;
    let end = at + len;
    let before = !matches!(bytes[..at].last(), Some(b':' | b'.' | b'-')) || bytes[..at].ends_with(b": ");
    let alone = before && word::starts_word(bytes, at) && word::ends_word(bytes, end);
    (alone && is_public_v6(address)).then_some((end, address))
}

/// The address that `text` is, perhaps followed by a colon and more.
fn parse_v6(text: &[u8]) -> Option<(usize, Ipv6Addr)> {
    let whole = |t: &[u8]| std::str::from_utf8(t).ok()?.parse().ok();
    if let Some(address) = whole(text) {
        return Some((text.len(), address));
    }
    let shorter = text.strip_suffix(b"::").or_else(|| memchr::memrchr(b':', text).map(|i| &text[..i]))?;
    whole(shorter).map(|address| (shorter.len(), address))
}

/// Whether `address` is global unicast and not for documentation, tunnels or public resolvers.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let resolver = (s[0], s[1]) == (0x2606, 0x4700) && s[2] == 0x4700
        || (s[0], s[1], s[2]) == (0x2001, 0x4860, 0x4860)
        || (s[0], s[1]) == (0x2620, 0xfe);
    let documentation = (s[0], s[1]) == (0x2001, 0xdb8) || (s[0], s[1] & 0xf000) == (0x3fff, 0);
    (0x2000..0x4000).contains(&s[0]) && !documentation && !resolver
}
