//! Credentials in URLs: in the user part of any scheme, and in parameters that mean a secret.

use super::{
    assignment, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::{
    rule::{Confidence, id},
    scan::is_node,
};

/// The longest user part that is looked at, in bytes: some tokens are long.
const LONGEST_USER: usize = 2048;

/// The longest path and query that is looked at, in bytes.
const LONGEST_QUERY: usize = 8192;

/// The longest part of a password after a character that should have been encoded, in bytes.
const LONGEST_RAW: usize = 96;

/// Looks at the URL around the `://` at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let scheme = bytes[..at]
        .iter()
        .rev()
        .take(32)
        .take_while(|b| b.is_ascii_alphanumeric() || b"+.-_".contains(b))
        .count();
    let start = at + 3;
    if scheme == 0 || !bytes[at..].starts_with(b"://") {
        return;
    }
    let authority =
        start + bytes[start..].iter().take(LONGEST_USER).take_while(|&&b| !ends_authority(b)).count();
    match memchr::memrchr(b'@', &bytes[start..authority]) {
        Some(sign) => user_part(bytes, start, start + sign, authority, hits),
        None => raw_password(bytes, start, authority, hits),
    }
    node_key(bytes, (start, authority), hits);
    parameters(subject, authority, hits);
}

/// The least length of the key of a node in its URL, in bytes.
const NODE_KEY: usize = 24;

/// The most parts of a path before a node's key and with it: `/ws/v3/KEY`, `/eth_goerli/v1/KEY`.
const NODE_PARTS: usize = 4;

/// `https://mainnet.infura.io/v3/KEY`, `https://x.quiknode.pro/KEY/`: the first random part of the path of the host
/// `start..end`.
fn node_key(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    if !is_node(&bytes[start..end]) {
        return;
    }
    let mut from = end;
    for _ in 0..NODE_PARTS {
        if bytes.get(from) != Some(&b'/') {
            return;
        }
        from += 1;
        let key = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let len = bytes[from..].iter().take(LONGEST_USER).take_while(|b| key(b)).count();
        let part = &bytes[from..from + len];
        if len >= NODE_KEY && Shape::of(part).looks_random() {
            if !reference::is_explained(part) {
                push(hits, from, from + len, Confidence::High, "the key of a node in its URL");
            }
            return;
        }
        from += len;
    }
}

/// Looks at a connection string without `://`: `thin:user/password@host` of Oracle, `user:password@tcp(host)` of Go.
pub(super) fn find_bare(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let stop = |b: &u8| *b <= b' ' || matches!(b, b'"' | b'\'' | b'`' | b'\\');
    let (start, sign, divider) = if bytes[at] == b'@' {
        let user = bytes[..at].iter().rev().take(LONGEST_USER.min(256)).take_while(|b| !stop(b)).count();
        (at - user, at, b':')
    } else {
        let rest = &bytes[at + 5..bytes.len().min(at + 256)];
        let Some(sign) = memchr::memchr(b'@', &rest[..rest.iter().position(stop).unwrap_or(rest.len())])
        else {
            return;
        };
        (at + 5, at + 5 + sign, b'/')
    };
    let Some(colon) = memchr::memchr(divider, &bytes[start..sign]).map(|i| start + i) else { return };
    if is_password(&bytes[start..colon], &bytes[colon + 1..sign], b"db.remote") {
        push(hits, colon + 1, sign, Confidence::Medium, "a password in a connection string");
    }
}

/// Looks at what stands before a host in brackets whose port is at byte `at`: `user:password@(host:3306)` of Go.
pub(super) fn find_bracketed(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let from = at.saturating_sub(96);
    if let Some(sign) = memchr::memmem::rfind(&subject.bytes[from..at], b"@(") {
        find_bare(subject, from + sign, hits);
    }
}

/// Looks at one parameter whose `?name=` or `&name=` starts at byte `at`.
pub(super) fn find_parameter(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let end = url_end(subject.bytes, at + 1);
    let piece = &subject.bytes[at + 1..end];
    let stop = piece.iter().position(|b| matches!(b, b'&' | b'#')).unwrap_or(piece.len());
    parameter(subject, at + 1, at + 1 + stop, hits);
}

fn ends_authority(b: u8) -> bool {
    b <= b' ' || matches!(b, b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b'|' | 0x7f)
}

/// `user:password@`, `token@`, `:password@`.
fn user_part(bytes: &[u8], start: usize, sign: usize, end: usize, hits: &mut Hits) {
    let host = &bytes[sign + 1..end];
    let colon = memchr::memchr(b':', &bytes[start..sign]).map(|i| start + i);
    let user = &bytes[start..colon.unwrap_or(sign)];
    if is_token(user) {
        push(hits, start, start + user.len(), Confidence::High, "a token as the user of a URL");
    }
    let Some(colon) = colon else { return };
    let password = &bytes[colon + 1..sign];
    if is_password(user, password, host) {
        let sure = if Shape::of(password).looks_random() { Confidence::High } else { Confidence::Medium };
        push(hits, colon + 1, sign, sure, "a password in a URL");
    }
}

/// A password with characters that should have been encoded: `scheme://user:pa/ss<x@host`.
fn raw_password(bytes: &[u8], start: usize, stop: usize, hits: &mut Hits) {
    let Some(colon) = memchr::memchr(b':', &bytes[start..stop]).map(|i| start + i) else { return };
    let digits = bytes[colon + 1..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let port = colon + 1 + digits >= stop;
    let rest = &bytes[stop..bytes.len().min(stop + LONGEST_RAW)];
    let end = rest.iter().position(|&b| b <= b' ' || matches!(b, b'@' | b'"' | b'\'' | b'`' | b'\\'));
    let Some(sign) = end.filter(|&i| rest[i] == b'@').map(|i| stop + i) else { return };
    let password = &bytes[colon + 1..sign];
    let user = bytes[start..colon].iter().all(|b| b.is_ascii_alphanumeric() || b"._-+%".contains(b));
    let host = bytes.get(sign + 1).is_some_and(u8::is_ascii_alphanumeric);
    let nested = memchr::memmem::find(password, b"://").is_some();
    if user && host && !port && !nested && is_password(&bytes[start..colon], password, b"db.remote") {
        push(hits, colon + 1, sign, Confidence::Medium, "a password in a URL");
    }
}

/// Whether a user alone is a token: `https://ghp_…@github.com`.
fn is_token(user: &[u8]) -> bool {
    let shape = Shape::of(user);
    shape.len >= 16 && shape.looks_random() && !reference::is_explained(user)
}

fn is_password(user: &[u8], password: &[u8], host: &[u8]) -> bool {
    const SCHEMES: &[&str] =
        &["x-oauth-basic", "x-token-auth", "x-access-token", "oauth2", "pass", "username"];
    let default = password.eq_ignore_ascii_case(user) && is_local(host);
    let scheme = SCHEMES.iter().any(|s| s.as_bytes() == password);
    let template = password.iter().any(|b| matches!(b, b'{' | b'}' | b'(' | b')' | b'['))
        && Shape::of(password).reads_as_words();
    let plain = password.iter().all(u8::is_ascii_lowercase) && password.len() < 10;
    let sample =
        plain && [&b"example.com"[..], b"example.org", b"example.net"].iter().any(|h| host.starts_with(h));
    !default && !scheme && !template && !sample && !reference::is_explained(password)
}

/// A host that only its own machine or network of containers knows.
fn is_local(host: &[u8]) -> bool {
    const LOCAL: &[&str] =
        &["localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]", "host.docker.internal", "example.com", "host"];
    let name = host.split(|&b| b == b':').next().unwrap_or(host);
    name.is_empty() || LOCAL.iter().any(|l| l.as_bytes() == name) || !name.contains(&b'.')
}

/// The parameters after `?` and `#` of the URL whose authority ends at `from`.
fn parameters(subject: &Subject<'_>, from: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let end = url_end(bytes, from);
    links(bytes, from, end, hits);
    let Some(query) = memchr::memchr2(b'?', b'#', &bytes[from..end]).map(|i| from + i + 1) else { return };
    let mut at = query;
    for piece in bytes[query..end].split(|b| matches!(b, b'&' | b'#' | b';')) {
        parameter(subject, at, at + piece.len(), hits);
        at += piece.len() + 1;
    }
}

/// Parts of a path behind which a link that is mailed to one person has its token.
const LINKS: [&str; 20] = [
    "accept-invite",
    "activate",
    "activation",
    "confirm",
    "confirm-email",
    "email-verification",
    "forgot-password",
    "invitation",
    "invitations",
    "invite",
    "magic",
    "magic-link",
    "password-reset",
    "password_reset",
    "reset",
    "reset-password",
    "reset_password",
    "unlock",
    "verify",
    "verify-email",
];

/// `/password/reset/x`, `/invite/x`: a token in the path of a link, in `from..end`.
fn links(bytes: &[u8], from: usize, end: usize, hits: &mut Hits) {
    if end - from < 24 {
        return;
    }
    let mut last: &[u8] = b"";
    let mut at = from;
    for part in bytes[from..end].split(|b| matches!(b, b'/' | b'?' | b'#')) {
        let text = part.strip_suffix(b".").or(part.strip_suffix(b")")).unwrap_or(part);
        let plain =
            text.len() >= 20 && text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let uuid = text.len() == 36 && text.iter().filter(|b| **b == b'-').count() == 4;
        if plain
            && !uuid
            && LINKS.iter().any(|link| link.as_bytes() == last)
            && Shape::of(text).looks_random()
        {
            push(hits, at, at + text.len(), Confidence::Medium, "the token of a link");
        }
        at += part.len() + 1;
        last = part;
    }
}

/// The end of the URL whose path goes on at `from`; the next `://` ends it too, since it is looked at by itself.
fn url_end(bytes: &[u8], from: usize) -> usize {
    let limit = bytes.len().min(from + LONGEST_QUERY);
    let stop = |&b: &u8| {
        b <= b' ' || matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b'|' | b'{' | b'}' | 0x7f)
    };
    let mut end = from;
    while end < limit && !stop(&bytes[end]) && !bytes[end..].starts_with(b"://") {
        end += 1;
    }
    end
}

/// A parameter `name=value` in `start..end` that the words of [`assignment`] do not know.
fn parameter(subject: &Subject<'_>, start: usize, end: usize, hits: &mut Hits) {
    let piece = &subject.bytes[start..end];
    let Some(equals) = memchr::memchr(b'=', piece) else { return };
    let (name, value) = (&piece[..equals], &piece[equals + 1..]);
    let name = name.strip_prefix(b"amp;").unwrap_or(name);
    let value =
        value.strip_suffix(b")").or(value.strip_suffix(b",")).or(value.strip_suffix(b".")).unwrap_or(value);
    let Some(least) = least_length(name) else { return };
    let shape = Shape::of(value);
    if shape.len >= least && shape.looks_random() && !reference::is_explained(value) {
        let at = start + equals + 1;
        push(hits, at, at + value.len(), Confidence::High, "a parameter of a URL that means a secret");
    }
}

/// How long the value of a parameter of that name must be to be taken for a secret.
fn least_length(name: &[u8]) -> Option<usize> {
    const NAMES: &[(&str, usize)] = &[
        ("sig", 20),
        ("signature", 20),
        ("x-amz-signature", 20),
        ("x-goog-signature", 20),
        ("x-amz-credential", 16),
        ("code", 10),
        ("key", 12),
        ("auth", 12),
        ("state", 16),
        ("jwt", 16),
        ("sessionid", 12),
        ("session", 16),
        ("session_id", 16),
        ("sid", 16),
        ("phpsessid", 12),
        ("jsessionid", 12),
        ("magic", 12),
        ("invite", 12),
        ("hdnts", 16),
        ("hdnea", 16),
        ("policy", 40),
        ("hmac", 16),
        ("ticket", 16),
        ("assertion", 40),
        ("samlresponse", 40),
        ("appid", 24),
        ("otp", 6),
        ("nonce", 16),
        ("hash", 64),
        ("s", 32),
        ("t", 32),
        ("k", 24),
        ("tk", 16),
        ("code_verifier", 20),
        ("verification", 16),
        ("oobcode", 16),
        ("confirmation", 16),
        ("st", 32),
        ("credential", 16),
        ("dl_token", 10),
    ];
    NAMES.iter().find(|(n, _)| name.eq_ignore_ascii_case(n.as_bytes())).map(|&(_, least)| least)
}

fn push(hits: &mut Hits, start: usize, end: usize, confidence: Confidence, evidence: &'static str) {
    if !assignment::is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_URL, start, end, evidence).confidence(confidence));
    }
}

#[cfg(test)]
mod link_tests {
    use super::super::tests::check;

    #[test]
    fn finds_the_tokens_of_links() {
        for text in [
            "https://app.acme.io/reset/«vOwBgd9IQlLymJ0hqf-0uBeuv2wVshwO»",
            "https://app.acme.io/password/reset/«4f2adeea8ea42980886352de1cc8b031»?email=a",
            "https://app.acme.io/users/invite/«x7Kq9zLp2wQm8RtYvB3n».",
            "https://app.acme.io/verify-email/success-and-what-comes-next",
            "https://app.acme.io/activate/38840525-594e-4a27-a646-5dc41c5f9989",
            "https://git.acme.io/app/commit/4f2adeea8ea42980886352de1cc8b031babf43df",
            "https://app.acme.io/password/reset/instructions-for-administrators",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_the_keys_of_nodes() {
        for text in [
            "RPC=https://eth-mainnet.g.alchemy.com/v2/«LSKaTgP_eHZlcF5fb07Dj_9-xZ3JgB76» forge script",
            "https://mainnet.infura.io/v3/«2fa076d937f3ad4cc7f98835e07d88d8»",
            "wss://sepolia.infura.io/ws/v3/«2fa076d937f3ad4cc7f98835e07d88d8»",
            "https://fluffy-quiet-river.quiknode.pro/«2fa076d937f3ad4cc7f98835e07d88d8babf43df»/",
            "https://rpc.ankr.com/eth/«2fa076d937f3ad4cc7f98835e07d88d82fa076d937f3ad4cc7f98835e07d88d8»\"",
            "https://eth-mainnet.blastapi.io/«2fa076d9-37f3-4d4c-87f9-8835e07d88d8»",
            "https://go.getblock.io/«2fa076d937f3ad4cc7f98835e07d88d8»",
            "https://rpc.ankr.com/eth",
            "https://www.ankr.com/docs/rpc-service/service-plans/",
            "https://mainnet.infura.io/v3/YOUR-PROJECT-ID",
            "https://eth-mainnet.g.alchemy.com/v2/your-alchemy-api-key-goes-right-in-here",
            "https://api.acme.io/v2/2fa076d937f3ad4cc7f98835e07d88d8",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_the_password_before_a_host_in_brackets() {
        check("root:«riverMeadow7883»@(db1:3306)/shop");
        check("the server (db1:3306) is up");
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_credentials_of_urls() {
        for text in [
            "DATABASE_URL=postgresql://billing:«SKxEcdsW3GpQJhZL»@db-3.internal.example:5432/invoices?sslmode=require",
            "mongoose.connect(\"mongodb+srv://app:«7thmMlLiAAtDEu%21»@cluster7.ab1cd.mongodb.net/shop\")",
            "REDIS_URL=rediss://:«eASpYfjyTZ1PVSLwFULP»@cache.internal.example:6380/0",
            "https://oauth2:«x7Kq9zB2mW4vL8pT»@gitlab.example/team/app.git (fetch)",
            "https://«x7Kq9zB2mW4vL8pT»@git.example/a/b.git",
            "amqp://svc:«pa@ss!word9»@mq.internal.example/vhost",
            "ftp://bob:«sunshine»@files.internal.example/",
            "postgres://app:«k/7Xq2mP»@db.internal.example/app",
            "https://bot:«k<7X>q;2m?P»@git.internal.example/app",
            "https://a.blob.example/a.zip?sv=2024-11-04&sr=b&sig=«58gw0EZoEojNVI0ZCdFUC%2BQ56xXsxEN1%2Bzr1sqIw5ZU%3D»",
            "https://svc.internal.example/cb?code=«BBIais8ZArxIXoXLMeiPD9dFEkTj»&state=xyz",
            "GET /cb?code=«BBIais8ZArxIXoXLMeiPD9dFEkTj» 302",
            "otpauth://totp/Acme:demo?secret=«5GIG5DZBEERMT4NCTVNXZYZYBZG2627E»&issuer=Acme",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_urls_without_secrets() {
        for text in [
            "DATABASE_URL=postgres://postgres:postgres@localhost:5432/test",
            "mongodb://<username>:<password>@cluster0.mongodb.net/",
            "postgres://user:password@localhost/db",
            "postgres://${DB_USER}:${DB_PASS}@host/db",
            "f\"postgres://{user}:{password}@{host}/db\"",
            "listening on http://127.0.0.1:3000 and http://localhost:3000/a?page=2",
            "ssh://git@github.com/acme-demo/app.git",
            "https://user@host.example/x",
            "https://github.com/a/b/commit/0c8a7085fdb75782abbb8be3fe75c8761f763136?diff=split",
            "postgres://app:[REDACTED:secret-url:7f3a9c]@db.example/x",
            "https://registry.example/package/@types/node:x@1",
        ] {
            check(text);
        }
    }
}
