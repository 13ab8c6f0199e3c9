//! Credentials of HTTP headers: `Authorization` in every scheme, `Cookie` and `Set-Cookie`.

use super::{
    assignment, cookie_list, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, RuleId, id};

/// The longest header value that is looked at, in bytes.
const LONGEST: usize = 8192;

/// Looks at the word at byte `at`: the name of a header, or a scheme.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !matches!(bytes[at] | 0x20, b'a' | b'b' | b'c') {
        return;
    }
    let is = |word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word));
    if is(b"authorization") {
        // A type such as `AWS::Config::AggregationAuthorization`.
        let name = bytes[..at].iter().rev().take(40).take_while(|b| b.is_ascii_alphanumeric()).count();
        if bytes[..at - name].ends_with(b"::") {
            return;
        }
        if let Some((start, end)) = content(bytes, at + 13) {
            authorization(bytes, start, end, hits);
        }
    } else if is(b"cookie") {
        let name = at + 6 + usize::from(is(b"cookie2")) + usize::from(is(b"cookies"));
        if let Some((start, end)) = content(bytes, name) {
            cookies(bytes, start, end, hits);
        }
        if is(b"cookies") {
            cookie_list::find(bytes, name, hits);
        }
    } else if is(b"bearer ") || is(b"basic ") || is(b"bearer%20") {
        scheme_alone(bytes, at, hits);
    }
}

/// Looks at a whole text whose own key is the name of a header.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let (Some(key), bytes) = (subject.key, subject.bytes) else { return };
    if bytes.len() > LONGEST || subject.role != crate::transcript::text::Role::Value {
        return;
    }
    let ends =
        |word: &[u8]| key.len() >= word.len() && key[key.len() - word.len()..].eq_ignore_ascii_case(word);
    if ends(b"authorization") || key.eq_ignore_ascii_case(b"auth") {
        authorization(bytes, 0, bytes.len(), hits);
    } else if ends(b"cookie") || ends(b"cookies") {
        cookies(bytes, 0, bytes.len(), hits);
    }
}

/// The value after the header's name that ends at `end`, in any syntax: `: v`, `": "v"`, `', 'v'`, `=v`, `("v")`.
fn content(bytes: &[u8], end: usize) -> Option<(usize, usize)> {
    let skip = |from: usize, set: &[u8]| {
        from + bytes[from.min(bytes.len())..].iter().take(24).take_while(|b| set.contains(b)).count()
    };
    let closed = skip(end, b"\"'`]\\ )*");
    if bytes.get(end) == Some(&b' ') && bytes[..end].ends_with(b"--cookie") {
        return Some((skip(end, b" \"'"), line_end(bytes, end)));
    }
    let sign = bytes.get(closed).filter(|b| matches!(b, b':' | b'=' | b','))?;
    let arrow = *sign == b'=' && bytes.get(closed + 1) == Some(&b'>');
    let quoted_name = closed > end;
    if *sign == b',' && !quoted_name {
        return None;
    }
    let open = skip(closed + 1 + usize::from(arrow), b" \t[");
    let prefix = usize::from(
        matches!(bytes.get(open), Some(b'f' | b'b' | b'$' | b'@'))
            && matches!(bytes.get(open + 1), Some(b'"' | b'\'')),
    );
    let start = skip(open + prefix, b"\"'`\\");
    let limit = bytes.len().min(start + LONGEST);
    let stop = if start > open {
        let mark = bytes[start - 1];
        memchr::memchr2(mark, b'\n', &bytes[start..limit])
    } else {
        bytes[start..limit].iter().position(|b| matches!(b, b'\n' | b'\r' | b'"' | b'\'' | b'`'))
    };
    let end = start + stop.unwrap_or(limit - start);
    Some((start, trim_escapes(bytes, start, end)))
}

fn trim_escapes(bytes: &[u8], start: usize, end: usize) -> usize {
    let slash =
        memchr::memmem::find(&bytes[start..end], b"\\n").or(memchr::memmem::find(&bytes[start..end], b"\\r"));
    let end = slash.map_or(end, |i| start + i);
    end - bytes[start..end].iter().rev().take_while(|b| matches!(b, b'\\' | b' ')).count()
}

/// The credential of an `Authorization` value in `start..end`.
fn authorization(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let value = &bytes[start..end];
    let scheme =
        value.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')).count();
    let blank = value[scheme..].iter().take_while(|&&b| b == b' ').count();
    if scheme == 0 || blank == 0 {
        let token = token_len(value);
        if token >= 12
            && Shape::of(&value[..token]).looks_random()
            && !reference::is_explained(&value[..token])
        {
            push(
                hits,
                id::SECRET_HEADER,
                start,
                start + token,
                Confidence::Medium,
                "the value of an authorization header",
            );
        }
        return;
    }
    let from = start + scheme + blank;
    let rest = &bytes[from..end];
    if has_fields(rest) {
        fields(bytes, from, line_end(bytes, from), hits);
        return;
    }
    let token = token_len(rest);
    if is_credential(&rest[..token], is_scheme(&value[..scheme])) {
        push(
            hits,
            id::SECRET_HEADER,
            from,
            from + token,
            Confidence::High,
            "the credential of an authorization header",
        );
    }
}

/// Whether a credential is a list of `name=value`.
fn has_fields(rest: &[u8]) -> bool {
    let name =
        rest.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    name > 0 && rest.get(name) == Some(&b'=') && rest.get(name + 1).is_none_or(|b| !matches!(b, b'=' | b' '))
}

/// The end of the line at `from`: the quotes of fields do not end a header.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let limit = bytes.len().min(from + LONGEST);
    memchr::memchr(b'\n', &bytes[from..limit]).map_or(limit, |i| from + i)
}

/// `Bearer X`, `Basic X` without a header's name before.
fn scheme_alone(bytes: &[u8], at: usize, hits: &mut Hits) {
    let blank = at + bytes[at..].iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    let from = blank + if bytes[blank..].starts_with(b"%20") { 3 } else { 1 };
    let token = token_len(&bytes[from..bytes.len().min(from + LONGEST)]);
    let value = &bytes[from..from + token];
    let shape = Shape::of(value);
    let basic = bytes[at].eq_ignore_ascii_case(&b's')
        || bytes[at..].get(..5).is_some_and(|w| w.eq_ignore_ascii_case(b"basic"));
    let fits = if basic { decodes_to_login(value) } else { shape.len >= 16 && shape.looks_random() };
    if fits && !reference::is_explained(value) {
        push(
            hits,
            id::SECRET_HEADER,
            from,
            from + token,
            Confidence::High,
            "a token after the name of its scheme",
        );
    }
}

/// `Digest username="u", response="…"`, `AWS4-HMAC-SHA256 Credential=…, Signature=…`, `OAuth oauth_token="…"`.
fn fields(bytes: &[u8], from: usize, end: usize, hits: &mut Hits) {
    const SECRET: &[&str] = &[
        "response",
        "signature",
        "oauth_signature",
        "oauth_token",
        "oauth_consumer_key",
        "mac",
        "sig",
        "token",
        "auth",
        "password",
        "key",
        "credential",
        "apikey",
        "api_key",
        "cnonce",
        "pveapitoken",
    ];
    let mut at = from;
    for piece in bytes[from..end].split(|b| matches!(b, b',' | b'&' | b';')) {
        let blank = piece.iter().take_while(|&&b| b == b' ').count();
        if let Some(equals) = memchr::memchr(b'=', piece) {
            let name = &piece[blank..equals];
            let open = piece[equals + 1..].iter().take_while(|b| matches!(b, b'"' | b'\\')).count();
            let start = at + equals + 1 + open;
            let len = token_len(&bytes[start..at + piece.len()]);
            let known = SECRET.iter().any(|s| name.eq_ignore_ascii_case(s.as_bytes()));
            let value = &bytes[start..start + len];
            if known && len >= 8 && Shape::of(value).looks_random() && !reference::is_explained(value) {
                push(
                    hits,
                    id::SECRET_HEADER,
                    start,
                    start + len,
                    Confidence::High,
                    "a field of an authorization header",
                );
            }
        }
        at += piece.len() + 1;
    }
}

/// The length of the credential at the start of `rest`.
fn token_len(rest: &[u8]) -> usize {
    rest.iter()
        .take_while(|&&b| {
            b > b' '
                && b < 0x7f
                && !matches!(b, b'"' | b'\'' | b'`' | b',' | b'<' | b'>' | b'\\' | b')' | b';' | b'}')
        })
        .count()
}

fn is_scheme(word: &[u8]) -> bool {
    const SCHEMES: &[&str] = &[
        "bearer",
        "basic",
        "token",
        "apikey",
        "api-key",
        "api_key",
        "ssws",
        "geniekey",
        "ntlm",
        "negotiate",
        "key",
        "bot",
        "apitoken",
        "api-token",
        "jwt",
        "splunk",
        "client-id",
        "sharedkey",
        "sharedkeylite",
        "klaviyo-api-key",
        "digest",
        "oauth",
        "mac",
        "hawk",
        "vapid",
        "app",
        "app-token",
        "discogs",
        "secret",
        "zoho-oauthtoken",
        "bearer:",
        "pulumi",
        "dev",
        "accesskey",
        "access-token",
        "user",
        "snowflake",
    ];
    SCHEMES.iter().any(|s| word.eq_ignore_ascii_case(s.as_bytes()))
}

fn is_credential(token: &[u8], known_scheme: bool) -> bool {
    let shape = Shape::of(token);
    let code = reference::is_code(token) && !shape.looks_random();
    let long = shape.len >= if known_scheme { 6 } else { 16 };
    long && !reference::is_explained(token)
        && !code
        && (shape.looks_random()
            || (known_scheme && shape.digits + shape.symbols > 0)
            || decodes_to_login(token))
}

/// Whether `token` is base64 of a login, a colon and a password.
pub(super) fn decodes_to_login(token: &[u8]) -> bool {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::STANDARD_NO_PAD;
    let end = token.iter().rev().take(2).take_while(|&&b| b == b'=').count();
    if token.len() < 8 || token.len() > 4096 {
        return false;
    }
    let Ok(plain) = engine.decode(&token[..token.len() - end]) else { return false };
    let colon = memchr::memchr(b':', &plain);
    let Some(colon) = colon.filter(|_| plain.iter().all(|b| (0x20..0x7f).contains(b))) else { return false };
    colon + 3 < plain.len() && !reference::is_explained(&plain[colon + 1..])
}

/// Looks at cookies that an option of a command gives, in `start..end`.
pub(super) fn find_cookies(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    cookies(bytes, start, end, hits);
}

/// Takes the value of a cookie that stands apart from its name, both given by their first and one past their last byte.
pub(super) fn take_cookie(bytes: &[u8], name: (usize, usize), value: (usize, usize), hits: &mut Hits) {
    if is_secret_cookie(&bytes[name.0..name.1], &bytes[value.0..value.1]) {
        push(hits, id::SECRET_COOKIE, value.0, value.1, Confidence::High, "the value of a session cookie");
    }
}

/// The pairs of a `Cookie` or `Set-Cookie` value in `start..end`.
fn cookies(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let mut at = start;
    for piece in bytes[start..end].split(|&b| b == b';') {
        let blank = piece.iter().take_while(|b| matches!(b, b' ' | b'"' | b'\'')).count();
        if let Some(equals) = memchr::memchr(b'=', piece).filter(|&i| i >= blank) {
            let from = at + equals + 1;
            let len = cookie_len(&bytes[from..at + piece.len()]);
            if is_secret_cookie(&piece[blank..equals], &bytes[from..from + len]) {
                push(
                    hits,
                    id::SECRET_COOKIE,
                    from,
                    from + len,
                    Confidence::High,
                    "the value of a session cookie",
                );
            }
        }
        at += piece.len() + 1;
    }
}

fn cookie_len(rest: &[u8]) -> usize {
    rest.iter()
        .take_while(|&&b| b > b' ' && b != b'"' && b != b'\'' && b != b'\\' && b != b',' && b != 0x7f)
        .count()
}

fn is_secret_cookie(name: &[u8], value: &[u8]) -> bool {
    const ATTRIBUTES: &[&str] = &["path", "domain", "expires", "max-age", "samesite", "priority"];
    const OPEN: &[&str] = &[
        "_ga",
        "_gid",
        "_gat",
        "theme",
        "lang",
        "locale",
        "cookie_consent",
        "_fbp",
        "optanonconsent",
        "intercom-id",
        "ajs_anonymous_id",
    ];
    const SECRET: &[&str] = &[
        "session",
        "sid",
        "sess",
        "auth",
        "token",
        "jwt",
        "csrf",
        "xsrf",
        "remember",
        "login",
        "sapisid",
        "hsid",
        "ssid",
        "apisid",
        "clearance",
        "aspnet",
        "identity",
        "sso",
        "credential",
        "secret",
        "key",
        "pass",
    ];
    let lower = name.to_ascii_lowercase();
    let equals = |list: &[&str]| list.iter().any(|n| n.as_bytes() == lower);
    let shape = Shape::of(value);
    if equals(ATTRIBUTES)
        || equals(OPEN)
        || lower.starts_with(b"_ga_")
        || reference::is_explained(value)
        || shape.len < 6
    {
        return false;
    }
    let host = lower.starts_with(b"__secure-") || lower.starts_with(b"__host-") || lower == b"d";
    let named = host || SECRET.iter().any(|s| memchr::memmem::find(&lower, s.as_bytes()).is_some());
    let mixed = shape.digits > 0 && shape.letters() > 0 || !shape.reads_as_words();
    (named && mixed && (shape.len >= 8 || shape.looks_random()))
        || (shape.len >= 24 && shape.looks_random() && shape.letters() >= 8)
}

fn push(
    hits: &mut Hits,
    rule: RuleId,
    start: usize,
    end: usize,
    confidence: Confidence,
    evidence: &'static str,
) {
    if start < end && !assignment::is_known(hits, start, end) {
        hits.push(Hit::new(rule, start, end, evidence).confidence(confidence));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, keyed};

    #[test]
    fn finds_the_credential_of_every_scheme() {
        for text in [
            "curl -H 'Authorization: Bearer «x7Kq9zB2mW4vL8pT»' https://api.service.example/",
            "> Authorization: Basic «c3ZjLXJlcG9ydDpVcG1FZllQeFFVN1dLT1NLMWM=»\n> Accept: */*",
            "headers = {\"Authorization\": f\"token «x7Kq9zB2mW4vL8pT»\"}",
            r#"{\"authorization\": \"ApiKey «x7Kq9zB2mW4vL8pT»\"}"#,
            "authorization: SSWS «00zVYpBZXzBjJZFEFAhzDlOfA9rcqLtFxrPUGNgB5z»",
            "req.setHeader('Authorization', 'Bearer «x7Kq9zB2mW4vL8pT»');",
            "Authorization: Digest username=\"bob\", realm=\"x\", response=\"«6629fae49393a05397450978507c4ef1»\"",
            "Authorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=«795b601d1f24d14040a50daea7332f101dcab9e41294784bb782df978533b0b8»",
            "Proxy-Authorization: NTLM «TlRMTVNTUAABAAAAB4IIogAAAAAAAAAA9xK2»",
            "Authorization: «x7Kq9zB2mW4vL8pT»",
            "got Bearer «x7Kq9zB2mW4vL8pTq3Nf» from the vault",
            "X-Auth-Token: «x7Kq9zB2mW4vL8pT»",
        ] {
            check(text);
        }
        assert!(keyed("Authorization", "Bearer x7Kq9zB2mW4vL8pT"));
        assert!(keyed("auth", "cm9ib3Q6djByaUt4ZjRQbjZtUm9OekZOaWp6TA=="));
    }

    #[test]
    fn finds_session_cookies_and_leaves_the_others() {
        for text in [
            "Cookie: theme=dark; connect.sid=«s%3AroZJs49zbSg1EZDZFZ9kz4nyR3EeHcgI.AtlgFT58heQH2kAcKNBDmwJlziUMKI8K8wsFwzvl9CM»; _ga=GA1.2.111.222",
            "Set-Cookie: sessionid=«kwHWIq5AI922Dx2XZmosknPW5djFJkqk4FK1q4UL»; HttpOnly; Path=/; SameSite=Lax",
            "curl --cookie 'PHPSESSID=«q7n2k5m9x3»' https://a.example",
            "document.cookie = \"auth=«x7Kq9zB2mW4vL8pT»; path=/\"",
        ] {
            check(text);
        }
        assert!(keyed("cookie", "a=b; JSESSIONID=8F2C7A91B3D04E5F6A7B8C9D0E1F2A3B"));
    }

    #[test]
    fn leaves_references_to_credentials() {
        for text in [
            "Authorization: Bearer $TOKEN",
            "\"AWS::Config::AggregationAuthorization\": \"af318b77aaceeeaa\",",
            "'Authorization': `Bearer ${token}`",
            "headers: { Authorization: `Bearer ${token}` }",
            "Authorization: Bearer <token>",
            "Authorization: Bearer YOUR_API_KEY",
            "headers[\"Authorization\"] = \"Bearer \" + token",
            "\"Authorization\": f\"Bearer {self.token}\"",
            "the bearer authentication scheme is described in the docs",
            "basic authentication required",
            "Authorization: [REDACTED:secret-header:7f3a9c]",
            "Authorization: Bearer [REDACTED:secret-header:7f3a9c]",
            "Cookie: session=[REDACTED:secret-cookie:7f3a9c]; theme=dark",
            "authorization: Option<HeaderValue>,",
            "cookies: CookieJar = request.cookies",
        ] {
            check(text);
        }
    }
}
