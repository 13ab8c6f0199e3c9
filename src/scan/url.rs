//! Whether a URL may hold a secret: cheap, over raw or decoded bytes, and never stricter than `detect/url`.

/// How far a URL is followed, in raw bytes. One that goes on is taken to hold a secret.
const REACH: usize = 8192;
/// How far behind the first sign that ends its host a password may go on, in raw bytes.
const RAW_PASSWORD: usize = 256;

/// Hosts of nodes of a blockchain: a part of the path is the key by which the node's service knows who asks.
const NODES: [&[u8]; 13] = [
    b".alchemy.com",
    b".alchemyapi.io",
    b".infura.io",
    b".nodereal.io",
    b".quiknode.pro",
    b".ankr.com",
    b".blastapi.io",
    b".getblock.io",
    b".chainstacklabs.com",
    b".p2pify.com",
    b".pokt.network",
    b".chainstack.com",
    b".tatum.io",
];

/// Whether a host is one of a service of such nodes.
pub(crate) fn is_node(host: &[u8]) -> bool {
    // The dot alone tells most others.
    NODES
        .iter()
        .any(|node| host.len() > node.len() && host[host.len() - node.len()] == b'.' && host.ends_with(node))
}

/// Whether the URL whose `://` ends where `rest` starts may have a password, a token as its user, or a parameter.
pub(super) fn may_hold_secret(rest: &[u8]) -> bool {
    let mut colon = false;
    for (at, &byte) in rest.iter().enumerate().take(REACH) {
        match byte {
            b'@' | b'?' | b'#' => return true,
            b'/' => return is_node(&rest[..at]) || may_go_on(&rest[at..], colon),
            b':' => colon |= !is_port(&rest[at + 1..]),
            b'\\' => match escaped(&rest[at..]) {
                Some(b'/') => return is_node(&rest[..at]) || may_go_on(&rest[at..], colon),
                Some(b'n' | b'r' | b't' | b'"' | b'\'' | b'b' | b'f') => {
                    return colon && has_sign(&rest[at..]);
                }
                _ => return true,
            },
            0..=b' ' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' | 0x7f => {
                return colon && has_sign(&rest[at..]);
            }
            _ => {}
        }
    }
    rest.len() > REACH
}

/// Whether a path may be a part of a password, or lead to a parameter.
fn may_go_on(path: &[u8], colon: bool) -> bool {
    colon && has_sign(path) || leads_to_parameter(path)
}

/// Whether an `@` is near enough to end a password.
fn has_sign(rest: &[u8]) -> bool {
    memchr::memchr(b'@', &rest[..rest.len().min(RAW_PASSWORD)]).is_some()
}

/// How the parts of a path begin behind which a mailed link has its token: see `LINKS` in `detect/url.rs`.
const LINKS: [&[u8; 4]; 11] =
    [b"acce", b"acti", b"conf", b"emai", b"forg", b"invi", b"magi", b"pass", b"rese", b"unlo", b"veri"];

/// Whether such a part of a path starts here.
fn leads_to_token(part: &[u8]) -> bool {
    matches!(part.first(), Some(b'a' | b'c' | b'e' | b'f' | b'i' | b'm' | b'p' | b'r' | b'u' | b'v'))
        && part.get(..4).is_some_and(|head| LINKS.iter().any(|link| &link[..] == head))
        && part.iter().take(64).any(u8::is_ascii_digit)
}

/// Whether a path has a `?` or `#` with a `=` behind it, or a part that leads to a token.
fn leads_to_parameter(path: &[u8]) -> bool {
    let mut query = false;
    let mut at = 0;
    while let Some(&byte) = path.get(at) {
        match byte {
            b'?' | b'#' => query = true,
            b'/' if leads_to_token(&path[at + 1..]) => return true,
            b'=' if query => return true,
            // Another URL, which is looked at by itself.
            b':' if !query && path[at + 1..].starts_with(b"//") => return false,
            b'\\' => match escaped(&path[at..]) {
                Some(b'/') => {}
                Some(b'n' | b'r' | b't' | b'"' | b'\'' | b'b' | b'f') => return false,
                _ => return true,
            },
            0..=b' ' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' | b'{' | b'}' | 0x7f => return false,
            _ => {}
        }
        at += 1;
        if at >= REACH {
            return true;
        }
    }
    false
}

/// Whether a port follows a colon, and nothing that makes it a password.
fn is_port(rest: &[u8]) -> bool {
    let digits = rest.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest.get(digits).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'@')
}

/// The byte that the backslashes at the start of `rest` escape, at whatever depth.
fn escaped(rest: &[u8]) -> Option<u8> {
    rest.iter().copied().find(|&b| b != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_urls_that_may_hold_a_secret() {
        for url in [
            "app:secret@db/x",
            "ghp_abc@github.com",
            "user:pa/ss<x@host",
            "host/a/b?sig=abc",
            "host/a#access_token=x",
            "host/reset/Kq9zB2",
            "x.infura.io/v3/2fa076d937f3ad4cc7f98835e07d88d8",
            r"host\/users\/invite\/Kq9zB2",
            r"host\/a\/b?sig=abc",
            r"app\u003asecret\u0040db",
            "a:b@c",
            "user:123456@host",
        ] {
            assert!(may_hold_secret(url.as_bytes()), "{url}");
        }
        for url in [
            "example.com/a/b",
            "localhost:3000/a",
            r"llvm.org/LICENSE.txt\nfor",
            "",
            " x",
            r"\n@x",
            "h/?x",
            "h/reset/done",
            "h/v3/users/2fa076d937f3ad4cc7f98835e07d88d8",
            "a/http://b/c?sig=abc",
        ] {
            assert!(!may_hold_secret(url.as_bytes()), "{url}");
        }
    }
}
