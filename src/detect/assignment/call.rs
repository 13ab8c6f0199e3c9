//! Calls that take a secret by its place alone: `login("user", "x")`, `getConnection(url, "user", "x")`,
//! `jwt.sign(claims, "x")`.

use super::{Ground, Kind, Name, judge, push, separator::skip_blanks, value};
use crate::{
    detect::{
        reference::{is_explained, is_made_up, is_plain_word, is_strongly_made_up, is_technical},
        subject::Hits,
    },
    rule::Confidence,
    transcript::text::Field,
};

/// How a callee's name ends, which of its arguments is the secret, and what kind of secret it is.
type Callee = (&'static str, usize, Kind);

const CALLEES: &[Callee] = &[
    // Before those whose names end so too, since the last that fits counts.
    ("crypt", 0, Kind::Password),
    ("->connect", 2, Kind::Password),
    ("aes_decrypt", 1, Kind::Password),
    ("aes_encrypt", 1, Kind::Password),
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
    ("aes.decrypt", 1, Kind::Password),
    ("aes.encrypt", 1, Kind::Password),
    ("hash::make", 0, Kind::Password),
    ("hash_hmac", 2, Kind::Secret),
    ("password_hash", 0, Kind::Password),
    ("password_verify", 0, Kind::Password),
    ("pbekeyspec", 0, Kind::Password),
    ("pbkdf2", 0, Kind::Password),
    ("pbkdf2sync", 0, Kind::Password),
    ("scryptsync", 0, Kind::Password),
    ("passwordcredentials", 1, Kind::Password),
    ("pdo", 2, Kind::Password),
    ("sequelize", 2, Kind::Password),
    ("signwith", 1, Kind::Secret),
    ("setcredentials", 1, Kind::Password),
    ("unsafeplaintext", 0, Kind::Secret),
    ("pgp_sym_decrypt", 1, Kind::Password),
    ("pgp_sym_encrypt", 1, Kind::Password),
    ("plainauth", 2, Kind::Password),
    ("real_connect", 3, Kind::Password),
    ("signin", 1, Kind::Password),
    ("sign_in", 1, Kind::Password),
    ("wifi.begin", 1, Kind::Password),
    // Before `login`, since the last that fits counts.
    ("ftp_login", 2, Kind::Password),
];

/// Callees of that name take other things too.
const MANY: [&str; 9] = [
    "aes.decrypt",
    "aes.encrypt",
    "authenticate",
    "crypt",
    "login",
    "pbkdf2",
    "pbkdf2sync",
    "sign_in",
    "signin",
];

/// How the names of callees end that take a login and, right behind it, a password, wherever both stand.
const PAIRED: [&str; 11] = [
    "connect",
    "connection",
    "createuser",
    "create_user",
    "adduser",
    "add_user",
    "auth.basic",
    "auth().basic",
    "credentials",
    "createaccount",
    "withemailandpassword",
];

/// The most arguments of such a call that are looked at.
const ARGUMENTS: usize = 6;

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
    if bytes[start..end].ends_with(b"btoa") {
        return encoded(bytes, open, hits);
    }
    if bytes[start..end].ends_with(b"KeyStore.getInstance") {
        return characters(bytes, open, hits);
    }
    let Some(&(callee, place, kind)) = CALLEES
        .iter()
        .rev()
        .find(|(name, ..)| ends_in(&bytes[start..end], name))
        .or_else(|| method(bytes, start, end))
    else {
        return paired(bytes, (start, end), open, hits);
    };
    let found = argument(bytes, open, place).and_then(|at| value::read(bytes, at, super::How::Argument));
    let Some(found) = found.filter(|found| found.quoted) else {
        return paired(bytes, (start, end), open, hits);
    };
    let name = Name { kind, certain: true };
    let value = &bytes[found.start..found.end];
    if is_technical(value) || place == 0 && is_macro(bytes, start, end) {
        return;
    }
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
    } else if kind == Kind::Secret && is_made_up(value) && !is_explained(value) {
        push(hits, found.start, found.end, Confidence::Medium, "the argument of a call that takes a secret");
    }
}

/// Whether the name at `start..end` is one that C gives a value: `#define KDF_PBKDF2 "PBKDF2"`.
fn is_macro(bytes: &[u8], start: usize, end: usize) -> bool {
    bytes[end] == b' ' && !bytes[start..end].iter().any(u8::is_ascii_lowercase)
}

/// `btoa("bob:x")`: a login and a password that are put into a header.
fn encoded(bytes: &[u8], open: usize, hits: &mut Hits) {
    let Some(found) = value::literal(bytes, open) else { return };
    let Some(sign) = memchr::memchr(b':', &bytes[found.start..found.end]) else { return };
    let start = found.start + sign + 1;
    let text = &bytes[start..found.end];
    if is_strongly_made_up(text) && !is_explained(text) {
        push(hits, start, found.end, Confidence::Medium, "a login and a password");
    }
}

/// `connect("db1", 22, "bob", "x")`, `createUser("bob", "x")`: the literal right behind that of a login, if someone made it up.
fn paired(bytes: &[u8], (start, end): (usize, usize), open: usize, hits: &mut Hits) {
    if !PAIRED.iter().any(|name| ends_in(&bytes[start..end], name)) {
        return;
    }
    let mut login = false;
    for place in 0..ARGUMENTS {
        let Some(at) = argument(bytes, open, place) else { return };
        let Some(found) = value::literal(bytes, at) else {
            login = false;
            continue;
        };
        let text = &bytes[found.start..found.end];
        if login && is_strongly_made_up(text) && !is_host(text) && !is_explained(text) {
            let evidence = "the argument of a call behind that of a login";
            return push(hits, found.start, found.end, Confidence::Medium, evidence);
        }
        let of_login = |b: &u8| b.is_ascii_alphanumeric() || b"._-@+\\=,".contains(b);
        login = (1..=48).contains(&text.len())
            && text.iter().all(of_login)
            && text.iter().any(u8::is_ascii_alphabetic);
    }
}

/// Whether a literal is the name or the address of a machine or a database, or a number with a sign.
fn is_host(text: &[u8]) -> bool {
    let named = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(b);
    text.iter().any(|b| matches!(b, b'/' | b':' | b' ')) || text.contains(&b'.') && text.iter().all(named)
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
            "firebase.auth().signInWithEmailAndPassword('bob@acme.io', '«Comet84x»')",
            "ldap3.Connection(s, 'cn=admin,dc=acme', '«Comet84x»', auto_bind=True)",
            "CALL dbms.security.createUser('d', '«Comet84x»', false)",
            "headers: { Authorization: 'Basic ' + btoa('bob:«Comet84x»') }",
            "CryptoJS.AES.encrypt(msg, '«Comet84x»').toString()",
            "crypto.scryptSync('«Comet84x»', 'salt', 32)",
            "new PBEKeySpec(\"«Comet84x»\".toCharArray(), salt, 1000, 256)",
            "password_verify('«Comet84x»', $h)",
            "hash_hmac('sha256', $d, '«x7Kq9zB2mW4vL8pT»')",
            "ssh.connect('web1', 22, 'bob', '«Comet84x»')",
            "db = MySQLdb.connect('localhost', 'root', '«Comet84x»', 'shop')",
            "oracledb.connect(\"bob\", \"«Comet84x»\", \"db1/XE\")",
            "auth.createUser('bob@acme.io', '«Comet84x»')",
            "UPDATE accounts SET pwd = crypt('«Comet84x»', gen_salt('bf'));",
            "SELECT pgp_sym_decrypt(x::bytea, '«Comet84x»') FROM t;",
            "SELECT AES_ENCRYPT('text', '«Comet84x»');",
            "jwt.sign({ id: 7 }, '«comet-walnut84»', { expiresIn: '1h' })",
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
            "connect('localhost', 5432, 'shop')",
            "client.connect('broker1', 'device7')",
            "signal.connect('clicked', self.on_click2)",
            "sock.connect(('10.0.0.4', 9000))",
            "crypt(text, 'aes-256-cbc')",
            "def login(self, \"a\", \"b\"",
            "#define SELF_TEST_DESC_KDF_PBKDF2 \"PBKDF2\"",
            "#define NAME_CRYPT \"Walnut84x\"",
            "crypto.pbkdf2(\"SHA256\", salt)",
            "pbkdf2('sha-512', pw, 3)",
            "bcrypt('blowfish2')",
            "crypto.createHmac('sha256', 'sha512')",
            "jwt.sign(claims, 'HmacSHA256', { algorithm: 'HS256' })",
        ] {
            check(text);
        }
    }
}
