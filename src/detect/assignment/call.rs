//! Calls that take a secret by its place alone: `login("user", "x")`, `getConnection(url, "user", "x")`,
//! `jwt.sign(claims, "x")`.

use super::{Ground, Kind, Name, judge, push, separator::skip_blanks, value};
use crate::{
    detect::{reference::is_plain_word, subject::Hits},
    rule::Confidence,
    transcript::text::Field,
};

/// How a callee's name ends, which of its arguments is the secret, and what kind of secret it is.
type Callee = (&'static str, usize, Kind);

const CALLEES: &[Callee] = &[
    ("->connect", 2, Kind::Password),
    ("addlogin", 1, Kind::Password),
    ("redis.auth", 0, Kind::Password),
    ("authenticate", 1, Kind::Password),
    ("basic_auth", 1, Kind::Password),
    ("basicauth", 1, Kind::Password),
    ("bcrypt", 0, Kind::Password),
    ("changeuserpassword", 1, Kind::Password),
    ("cookieparser", 0, Kind::Secret),
    ("create_superuser", 2, Kind::Password),
    ("create_user", 2, Kind::Password),
    ("createhmac", 1, Kind::Secret),
    ("credentials.basic", 1, Kind::Password),
    ("db.auth", 1, Kind::Password),
    ("digestauth", 1, Kind::Password),
    ("getconnection", 2, Kind::Password),
    ("hashpw", 0, Kind::Password),
    ("hashsync", 0, Kind::Password),
    ("hmac.new", 0, Kind::Secret),
    ("jwt.encode", 1, Kind::Secret),
    ("jwt.sign", 1, Kind::Secret),
    ("jwt.verify", 1, Kind::Secret),
    ("keyring.set_password", 2, Kind::Password),
    ("keystore.load", 1, Kind::Password),
    ("ldap_bind", 2, Kind::Password),
    ("login", 1, Kind::Password),
    ("mysqli", 2, Kind::Password),
    ("mysqli_connect", 2, Kind::Password),
    ("networkcredential", 1, Kind::Password),
    ("password_hash", 0, Kind::Password),
    ("passwordcredentials", 1, Kind::Password),
    ("pdo", 2, Kind::Password),
    ("sequelize", 2, Kind::Password),
    ("signwith", 1, Kind::Secret),
    ("setcredentials", 1, Kind::Password),
    ("unsafeplaintext", 0, Kind::Secret),
    ("plainauth", 2, Kind::Password),
    ("real_connect", 3, Kind::Password),
    ("signin", 1, Kind::Password),
    ("sign_in", 1, Kind::Password),
    ("wifi.begin", 1, Kind::Password),
    // Before `login`, since the last that fits counts.
    ("ftp_login", 2, Kind::Password),
];

/// Callees of that name take other things too.
const MANY: [&str; 4] = ["authenticate", "login", "sign_in", "signin"];

/// How far the arguments of a call are followed, in bytes.
const LONGEST: usize = 320;

/// Looks at the call whose callee's name is `start..end`, if it is one of those.
pub(in crate::detect) fn find(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let open = match bytes.get(end) {
        Some(b'(') => end + 1,
        Some(b']') if bytes[end..].starts_with(b"]::new(") => end + 7,
        // Ruby and SQL need no brackets.
        Some(b' ') if matches!(bytes.get(end + 1), Some(b'\'' | b'"')) => end + 1,
        _ => return,
    };
    if bytes[start..end].ends_with(b"KeyStore.getInstance") {
        return characters(bytes, open, hits);
    }
    let Some(&(callee, place, kind)) = CALLEES
        .iter()
        .rev()
        .find(|(name, ..)| ends_in(&bytes[start..end], name))
        .or_else(|| method(bytes, start, end))
    else {
        return;
    };
    let Some(at) = argument(bytes, open, place) else { return };
    let Some(found) = value::read(bytes, at, super::How::Argument).filter(|found| found.quoted) else {
        return;
    };
    let name = Name { kind, certain: true };
    let value = &bytes[found.start..found.end];
    if kind == Kind::Password && !MANY.contains(&callee) && is_plain_word(value) {
        return push(
            hits,
            found.start,
            found.end,
            Confidence::Medium,
            "the argument of a call that takes a password",
        );
    }
    if let Some((sure, evidence)) = judge(name, value, Ground::Listed, Field::Free) {
        push(hits, found.start, found.end, sure, evidence);
    }
}

/// `KeyStore.getInstance("PKCS12").apply { load(f, "x".toCharArray()) }`: what is turned into characters close behind.
fn characters(bytes: &[u8], open: usize, hits: &mut Hits) {
    let near = &bytes[open..bytes.len().min(open + LONGEST)];
    let Some(close) = memchr::memmem::find(near, b"\".toCharArray()") else { return };
    let Some(quote) = memchr::memrchr(b'"', &near[..close]).map(|i| open + i + 1) else { return };
    let end = open + close;
    let name = Name { kind: Kind::Password, certain: true };
    if let Some((sure, evidence)) = judge(name, &bytes[quote..end], Ground::Listed, Field::Free) {
        push(hits, quote, end, sure, evidence);
    }
}

/// `redis:auth(`: a method of Lua.
fn method(bytes: &[u8], start: usize, end: usize) -> Option<&'static Callee> {
    const AUTH: Callee = ("redis.auth", 0, Kind::Password);
    (&bytes[start..end] == b"auth" && bytes[..start].ends_with(b":")).then_some(&AUTH)
}

/// Whether a callee's name is `name`, or ends in it behind a dot, an underscore or a capital.
fn ends_in(callee: &[u8], name: &str) -> bool {
    let Some(at) = callee.len().checked_sub(name.len()) else { return false };
    let begins = at == 0
        || !name.as_bytes()[0].is_ascii_alphanumeric()
        || !callee[at - 1].is_ascii_alphanumeric()
        || callee[at].is_ascii_uppercase();
    begins && callee[at..].eq_ignore_ascii_case(name.as_bytes())
}

/// Where argument number `place` starts behind the bracket that ends at `open`.
pub(super) fn argument(bytes: &[u8], open: usize, place: usize) -> Option<usize> {
    let limit = bytes.len().min(open + LONGEST);
    let (mut at, mut left, mut depth) = (skip_space(bytes, open), place, 0_usize);
    while left > 0 {
        match *bytes.get(at).filter(|_| at < limit)? {
            b'"' | b'\'' | b'`' | b'\\' if value::literal(bytes, at).is_some() => {
                at = value::literal(bytes, at)?.end;
                at += bytes[at..].iter().take(8).take_while(|b| matches!(b, b'\\')).count() + 1;
                continue;
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => left -= 1,
            b';' => return None,
            _ => {}
        }
        at += 1;
    }
    Some(skip_space(bytes, at))
}

/// Past blanks and line breaks.
fn skip_space(bytes: &[u8], at: usize) -> usize {
    let at = skip_blanks(bytes, at);
    let lines = bytes[at..].iter().take(64).take_while(|b| b.is_ascii_whitespace()).count();
    skip_blanks(bytes, at + lines)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_secrets_by_their_place() {
        for text in [
            "new Sequelize('shop', 'bob', '«Comet!84x»', { dialect: 'mysql' });",
            "keyStore.load(in, \"«Comet!84x»\".toCharArray());",
            "ftp_login($conn, 'bob', '«Comet!84x»');",
            "ldap_bind($ds, \"cn=bob,dc=acme\", \"«Comet!84x»\");",
            "Jwts.builder().signWith(SignatureAlgorithm.HS256, \"«F0tUqURwoUFw6kWil9NgKwC8»\").compact();",
            "bcrypt('«Comet!84x»')",
            "val auth = Credentials.basic(\"bob\", \"«Comet84x!»\")",
            "KeyStore.getInstance(\"PKCS12\").apply { load(f, \"«Comet84x»\".toCharArray()) }",
            "password_hash('«Comet!84x»', PASSWORD_BCRYPT)",
            "[System.Net.NetworkCredential]::new(\"bob\", \"«Comet!84x»\", \"ACME\")",
            "session.login(\"bob\", \"«Comet!84x»\")",
            "server.login('bob@acme.io', '«Comet!84x»')",
            "HTTPBasicAuth('bob', '«Comet!84x»')",
            "req.SetBasicAuth(\"bob\", \"«Comet!84x»\")",
            ".basic_auth(\"bob\", Some(\"«Comet!84x»\"))",
            "basic_auth 'bob', '«Comet!84x»'",
            "DriverManager.getConnection(url, \"bob\", \"«Comet!84x»\");",
            "new PDO($dsn, 'bob', '«Comet!84x»');",
            "new mysqli(\"db\", \"bob\", \"«Comet!84x»\", \"shop\");",
            "mysqli_connect('db', 'bob', '«Comet!84x»', 'shop');",
            "mysql_real_connect(con, \"db\", \"bob\", \"«Comet!84x»\", \"shop\", 0, NULL, 0);",
            "smtp.PlainAuth(\"\", \"bob\", \"«Comet!84x»\", \"mail\")",
            "keyring.set_password(\"svc\", \"bob\", \"«Comet!84x»\")",
            "User.objects.create_user(\"bob\", \"b@acme.io\", \"«Comet!84x»\")",
            "DBI->connect($dsn, \"bob\", \"«Comet!84x»\");",
            "WiFi.begin(\"Home\", \"«Comet!84x»\");",
            "EXEC sp_addlogin 'bob', '«Comet!84x»'",
            "new UsernamePasswordCredentials(\"bob\", \"«Comet!84x»\")",
            "jwt.sign({ id: 7 }, '«x7Kq9zB2mW4v»', { expiresIn: '1h' })",
            "crypto.createHmac('sha256', '«x7Kq9zB2mW4v»')",
            "bcrypt.hashpw(b\"«Comet!84x»\", bcrypt.gensalt())",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_is_no_literal_there() {
        for text in [
            "session.login(username, password)",
            "login(\"bob\", config[\"password\"])",
            "login(\"bob\", { remember: true }, \"x7Kq9zB2\")",
            "new PDO($dsn, $user, $pass);",
            "getConnection(url, props)",
            "jwt.sign(payload, process.env.JWT_SECRET)",
            "login('facebook', 'popup')",
            "def login(self, \"a\", \"b\"",
        ] {
            check(text);
        }
    }
}
