//! Lines of fixed form whose secret no word names, or a word that stands far from it: `crypto isakmp key X address …`,
//! `"bob" * "X"`, `bundle config gems.host bob:X`.
//!
//! Each form is a line of a table: the literal that the scan looks for, what must stand before it, and what follows, word by
//! word. A new one costs nothing where its literal does not stand.

mod pair;
mod table;

use super::{
    assignment, command, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, id};
use table::{Before, FORMS, Form, NAMED, PIPES, PROGRAMS, ROUTERS};

/// How much of a line is looked at before a form and from it on, in bytes.
const REACH: usize = 320;

/// Looks at the word for a secret at byte `at`, which a blank or ` set ` follows up to `end`.
pub(super) fn find_named(bytes: &[u8], (start, end): (usize, usize), at: usize, hits: &mut Hits) {
    if bytes.get(end) != Some(&b' ')
        || !matches!(bytes[at.saturating_sub(1)], b' ' | b'-' | b':' | b'"' | b't' | b'o' | b'u')
    {
        return;
    }
    if bytes[start..end].eq_ignore_ascii_case(b"password") || &bytes[start..end] == b"secret" {
        let words: &[&str] =
            if bytes[start] == b's' { &["secret", "{l}", "{s}"] } else { &["password", "{l}", "{s}"] };
        let router = Form { head: "", skip: 0, before: ROUTERS, words, strict: true };
        if ROUTERS.holds(bytes, start)
            && let Some(found) = router.read(bytes, start)
        {
            return take(bytes, found, true, hits);
        }
    }
    read(NAMED, bytes, at, hits);
}

/// Looks at the literal of a form at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if bytes[at..].starts_with(b":::") {
        return hashes(bytes, at, hits);
    }
    if !pair::find(subject, at, hits) && !find_command(subject, at, hits) {
        read(FORMS, bytes, at, hits);
    }
}

/// Looks at the command whose literal is at byte `at`, and says whether it is one.
fn find_command(subject: &Subject<'_>, at: usize, hits: &mut Hits) -> bool {
    let bytes = subject.bytes;
    let is = |list: &[&'static str]| list.iter().copied().find(|head| is_at(bytes, at, head));
    if let Some(head) = is(&PROGRAMS) {
        if Before::Edge.holds(bytes, at) {
            let name = head.trim_end_matches([' ', '-']).len();
            command::find(subject, at, at + name, hits);
        }
        return true;
    }
    if is(&PIPES).is_some() {
        command::find_piped(bytes, at + 2, hits);
        return true;
    }
    false
}

/// Takes what stands in the first of `forms` whose literal is at byte `at`.
fn read(forms: &[Form], bytes: &[u8], at: usize, hits: &mut Hits) {
    for form in forms {
        let start = at.checked_sub(form.skip).filter(|start| is_at(bytes, *start, form.head));
        if let Some(start) = start.filter(|start| form.before.holds(bytes, *start))
            && let Some(found) = form.read(bytes, start)
        {
            take(bytes, found, form.strict, hits);
        }
    }
}

fn is_at(bytes: &[u8], at: usize, literal: &str) -> bool {
    bytes.get(at..at + literal.len()).is_some_and(|here| here.eq_ignore_ascii_case(literal.as_bytes()))
}

impl Before {
    fn holds(self, bytes: &[u8], at: usize) -> bool {
        let line = line_before(bytes, at);
        match self {
            Self::Any => true,
            Self::Edge => !line.last().is_some_and(u8::is_ascii_alphanumeric),
            Self::Start => is_gutter(line),
            Self::Login => is_login_alone(line),
            Self::Tag => is_tag(line),
            Self::Says(words) => words
                .iter()
                .any(|word| line.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))),
        }
    }
}

/// The line up to byte `at`.
fn line_before(bytes: &[u8], at: usize) -> &[u8] {
    let from = at.saturating_sub(REACH);
    let line = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |i| from + i + 1);
    &bytes[line..at]
}

/// Whether a line begins with nothing but what readers, searches and logs put before lines: signs and numbers, and words
/// that end with a sign.
fn is_gutter(line: &[u8]) -> bool {
    let plain = line.trim_ascii_end();
    plain.iter().all(|b| !b.is_ascii_alphabetic())
        || plain.last().is_some_and(|b| matches!(b, b':' | b'-' | b'|' | b'>' | b'"' | b'\'' | b'#' | b'+'))
}

/// Whether a line begins with a login and nothing else, behind such signs.
fn is_login_alone(line: &[u8]) -> bool {
    let text = line.trim_ascii_end();
    let text = text.strip_suffix(b"\"").or(text.strip_suffix(b"\\")).unwrap_or(text);
    let login = text.iter().rev().take_while(|b| is_of_login(**b)).count();
    let rest = &text[..text.len() - login];
    let rest = rest.strip_suffix(b"\"").unwrap_or(rest);
    login > 0 && is_gutter(rest) && (rest.is_empty() || !rest.ends_with(b"="))
}

/// Whether a line ends with a word that numbers a command: `a001`, `2`.
fn is_tag(line: &[u8]) -> bool {
    let word = line.iter().rev().take(8).take_while(|b| b.is_ascii_alphanumeric()).count();
    let (before, word) = line.split_at(line.len() - word);
    (1..=6).contains(&word.len())
        && word.last().is_some_and(u8::is_ascii_digit)
        && before.last().is_none_or(|b| matches!(b, b' ' | b'"' | b'\'' | b'>' | b'n'))
}

fn is_of_login(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'@' | b'+')
}

impl Form {
    /// The span of the secret in the form at byte `at`.
    fn read(&self, bytes: &[u8], at: usize) -> Option<(usize, usize)> {
        let limit = bytes.len().min(at + REACH);
        let limit = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |i| at + i);
        let (mut at, mut found) = (at, None);
        for word in self.words {
            at = skip_blanks(bytes, at, limit);
            at = step(bytes, at, limit, word, &mut found)?;
        }
        found
    }
}

/// Past a value that is glued to a word of a form, `password={s}`; `None` if none is, `Some(None)` if it is another.
fn glued(
    bytes: &[u8],
    at: usize,
    limit: usize,
    word: &str,
    found: &mut Option<(usize, usize)>,
) -> Option<Option<usize>> {
    const VALUES: [&str; 4] = ["{s}", "{u:s}", "{s:}", "{u:s@}"];
    let (head, value) = VALUES.into_iter().find_map(|value| {
        let (head, _) = word.split_once(value)?;
        (!head.is_empty() || value == "{u:s@}").then_some((head, value))
    })?;
    let mut past = || {
        let at = step(bytes, at, limit, head, found)?;
        match value {
            "{s:}" => {
                let stop = memchr::memchr(b':', &bytes[at..limit]).map_or(limit, |i| at + i);
                step(bytes, at, stop, "{s}", found)
            }
            "{u:s@}" => {
                let stop = at + memchr::memchr(b'@', &bytes[at..limit])?;
                step(bytes, at, stop, "{u:s}", found)
            }
            _ => step(bytes, at, limit, value, found),
        }
    };
    Some(past())
}

/// Past one word of a form; `None` if it is another.
fn step(
    bytes: &[u8],
    at: usize,
    limit: usize,
    word: &str,
    found: &mut Option<(usize, usize)>,
) -> Option<usize> {
    if let Some(next) = glued(bytes, at, limit, word, found) {
        return next;
    }
    match word {
        "{s}" => {
            let (start, end, next) = argument(bytes, at, limit)?;
            *found = Some((start, end));
            Some(next)
        }
        "{u:s}" => {
            let (start, end, next) = argument(bytes, at, limit)?;
            let sign = bytes[start..end].iter().position(|b| !is_of_login(*b)).map(|i| start + i)?;
            (sign > start && bytes[sign] == b':').then_some(())?;
            // `a1b2c3d4:e5f6a7b8`: both halves are of the key.
            let key = bytes[start..sign].iter().all(u8::is_ascii_hexdigit) && sign - start >= 8;
            *found = Some((if key { start } else { sign + 1 }, end));
            Some(next)
        }
        "{u/s@}" => {
            let (start, end, next) = argument(bytes, at, limit)?;
            let login = bytes[start..end].iter().take_while(|b| is_of_login(**b)).count();
            let secret = start + login + 1;
            (login > 0 && bytes.get(secret - 1) == Some(&b'/') && secret < end).then_some(())?;
            let host = memchr::memchr(b'@', &bytes[secret..end]).unwrap_or(end - secret);
            *found = Some((secret, secret + host));
            Some(next)
        }
        "{u}" => {
            let (start, end, next) = argument(bytes, at, limit)?;
            bytes[start..end].iter().all(|b| is_of_login(*b)).then_some(next)
        }
        "{w}" => argument(bytes, at, limit).map(|(.., next)| next),
        "{n}" => {
            let digits = bytes[at..limit].iter().take_while(|b| b.is_ascii_digit()).count();
            (digits > 0).then_some(at + digits)
        }
        "{l}" => Some(match bytes[at..limit] {
            [b'0'..=b'9', b' ', ..] => at + 1,
            _ => at,
        }),
        "{h}" => [&b"SHA-256"[..], b"SHA-512", b"SHA", b"MD5"]
            .iter()
            .find(|hash| bytes[at..limit].starts_with(hash))
            .map(|hash| at + hash.len()),
        "{c}" => Some(at + usize::from(bytes.get(at) == Some(&b':'))),
        "{o}" => Some(past_options(bytes, at, limit)),
        "$" => (at == limit || matches!(bytes[at], b'\r' | b'"' | b'`' | b'\\' | b'\'')).then_some(at),
        _ => bytes[at..limit].starts_with(word.as_bytes()).then_some(at + word.len()),
    }
}

fn skip_blanks(bytes: &[u8], at: usize, limit: usize) -> usize {
    at + bytes[at..limit].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// Past `--global`, `set`, `--local`: what a command has before its arguments.
fn past_options(bytes: &[u8], at: usize, limit: usize) -> usize {
    let mut at = at;
    loop {
        at = skip_blanks(bytes, at, limit);
        let word = bytes[at..limit].iter().take_while(|b| !b.is_ascii_whitespace()).count();
        let text = &bytes[at..at + word];
        if word == 0 || !(text.starts_with(b"--") || text == b"set") {
            return at;
        }
        at += word;
    }
}

/// The argument at byte `at`, without its quotes: its span and what follows.
fn argument(bytes: &[u8], at: usize, limit: usize) -> Option<(usize, usize, usize)> {
    if let Some(literal) = assignment::literal(bytes, at).filter(|literal| literal.end < limit) {
        let closing = literal.start - at;
        return Some((literal.start, literal.end, limit.min(literal.end + closing)));
    }
    let stop =
        |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'\\' | b'|' | b';' | b')');
    let len = bytes[at..limit].iter().position(stop).unwrap_or(limit - at);
    (len > 0).then_some((at, at + len, at + len))
}

fn take(bytes: &[u8], (start, end): (usize, usize), strict: bool, hits: &mut Hits) {
    let value = &bytes[start..end];
    let fits = value.len() >= 4
        && !matches!(value[0], b'-' | b'$' | b'<')
        && (if strict {
            reference::is_made_up(value)
        } else {
            !Shape::of(value).reads_as_words() || value.len() > 4
        });
    if fits && !reference::is_explained(value) && !assignment::is_known(hits, start, end) {
        let evidence = "a line of a form that holds a secret";
        hits.push(Hit::new(id::SECRET_CREDENTIAL_FILE, start, end, evidence).confidence(Confidence::Medium));
    }
}

/// `bob:1001:…32…:…32…:::`: what a dump of Windows' passwords has before its last colons.
fn hashes(bytes: &[u8], at: usize, hits: &mut Hits) {
    const HASH: usize = 32;
    let line = line_before(bytes, at);
    let start = at - line.len();
    let is_hash = |part: &[u8]| part.len() == HASH && part.iter().all(u8::is_ascii_hexdigit);
    let mut parts = line.rsplit(|b| *b == b':');
    let (Some(second), Some(first), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
        return;
    };
    if is_hash(first) && is_hash(second) && !number.is_empty() && number.iter().all(u8::is_ascii_digit) {
        let from = start + line.len() - 2 * HASH - 1;
        for from in [from, from + HASH + 1] {
            let evidence = "a hash of a password of Windows";
            hits.push(
                Hit::new(id::SECRET_CREDENTIAL_FILE, from, from + HASH, evidence)
                    .confidence(Confidence::High),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMS, PIPES, PROGRAMS, pair::LOGINS};
    use crate::detect::tests::check;

    #[test]
    fn finds_secrets_by_the_form_of_their_line() {
        for text in [
            "rootpw «Comet84x»",
            "rootpw --plaintext «Comet84x»",
            " neighbor 10.0.0.1 password 7 «Comet84x»",
            "crypto isakmp key «Comet84x» address 10.0.0.9",
            "username bob privilege 15 secret «Comet84x»",
            "tacacs-server key «Comet84x»",
            "radius-server key 7 «Comet84x»",
            "snmp-server host 10.0.0.4 version 2c «Comet84x»",
            "\toption key '«Comet84x»'\n",
            "\"bob\" * \"«Comet84x»\"\n",
            "xh -a bob:«Comet84x» x.acme.io",
            "root/«Comet84x!7» on the pi",
            "it is root/«Comet84x!7», as before",
            "web1/unix:0  MIT-MAGIC-COOKIE-1  «4b1f0c9de2a87653b1c4d0e9f8a73521»",
            "xauth add :10 . «4b1f0c9de2a87653b1c4d0e9f8a73521»",
            "SQL> CONNECT hr/«Comet84x»@orcl",
            "SQL> conn hr/«Comet84x»\nConnected.",
            "cargo login «x7Kq9zB2mW4vL8pTx7Kq9zB2mW4vL8pT»",
            "poll pop.acme.io proto pop3 user \"bob\" pass \"«Comet84x»\"",
            "rasdial VPN bob «Comet84x»",
            "createUser monitor SHA «Comet84x» AES «Comet85y»",
            "cache_peer up.acme.io parent 3128 0 login=bob:«Comet84x»",
            "::add-mask::«Comet84x»",
            "ipmitool user set password 2 «Comet84x»",
            "drush upwd bob «Comet84x»",
            "/msg NickServ IDENTIFY «Comet84x»",
            "PRIVMSG NickServ :IDENTIFY «Comet84x»",
            "a001 LOGIN bob «Comet84x»\na001 OK LOGIN completed",
            "schtasks /create /tn x /ru acme\\bob /rp «Comet84x» /tr c",
            "steamcmd +login bob «Comet84x» +quit",
            "bw unlock «Comet84x» --raw",
            "bw login bob@acme.io «Comet84x»",
            "winrs -r:h -u:bob -p:«Comet84x» ipconfig",
            "user default on >«Comet84x» ~* +@all",
            "ACL SETUSER bob on >«Comet84x» ~*",
            "[smtp.test]:587 bob@acme.io:«Comet84x»",
            "    DefaultPassword    REG_SZ    «Comet84x»\n",
            "bundle config set --global gems.acme.io bob:«Comet84x»",
            "bundle config gems.acme.io «a1b2c3d4:e5f6a7b8»",
            "playwright codegen --http-credentials bob:«Comet84x» acme.io",
            "dotnet user-secrets set \"Jwt:Key\" \"«WYR3ffGOXRGJW555cHqeRObM1jKhU4eM»\"",
            "drush user:password admin \"«Comet84x»\"",
            "kinit bob@ACME.IO <<< '«Comet84x»'",
            "lpass login bob@acme.io <<<'«Comet84x»'",
            "secret-tool store --label=x user bob <<< «Comet84x»",
            "bob:1001:«e38fd68516edfae00c1b79b8b0124232»:«1aa66fdf3fa4f7d3403254cb393a3231»:::",
            "Router: admin/«Comet84x» on 192.168.1.1.",
            "log in to the box (admin / «Comet-Harbor-84»), please",
        ] {
            check(text);
        }
    }

    #[test]
    fn finds_secrets_of_networks_and_programs() {
        for text in [
            "\"bob\" MSCHAPV2 \"«Comet84x»\" [2]",
            "\"bob\"\tTTLS-PAP\t\"«Comet84x»\"",
            "bob : EAP \"«Comet84x»\"",
            ": RSA server.key \"«Comet84x»\"",
            "createUser bob SHA «Comet84x» AES «Comet85y»",
            "radtest bob «Comet84x» 10.0.0.7 0 «Comet85y»",
            "bob:{PLAIN}«Comet84x»:1000:1000::/srv",
            "bob:{SHA}«Vb7sKq2mXw9LtRzP4nYcD8gH1Ff=»",
            "userPassword: {SSHA}«Vb7sKq2mXw9LtRzP4nYcD8gH1FfVb7sKq2m»",
            "krbtgt:aes256-cts-hmac-sha1-96:«541f884beb3a5d4a7e8c53cfaf20107e84256f1b01bb0a4187a0e4427902d73e»",
            "cvs -d :pserver:bob:«Comet84x»@cvs.acme.io:/root login",
            "pdftk a.pdf output b.pdf owner_pw «Comet84x» user_pw «Comet85y»",
            "erl -name a@b -setcookie «Comet84x» -noshell",
            "-setcookie «QWKJ3XLMZ8RTVBNPQ4SD»\n-name a@b",
            "ab -n 100 -A bob:«Comet84x» https://x.acme.io/",
            "curl -su bob:«Comet84x» https://x.acme.io/",
            "steghide extract -sf a.jpg -p «Comet84x»",
            "echo '«Comet84x»' | su -c id postgres",
            "set system radius-server 10.0.0.9 secret \"«Comet84x»\"",
            "tacacs-server key «otter7Piston»",
            "my login is bob@acme.io / «Comet84x»",
            "- `root@10.0.0.4` / `«Comet84x»`",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_lines_that_only_look_so() {
        for text in [
            "rootpw $PASSWORD",
            "the neighbor 10.0.0.1 has no password",
            "\"a\" * \"b\"",
            "cat <<< 'hello world2'",
            "bundle config set path vendor/bundle",
            "bundle config --global jobs 4",
            "pages under admin/users2 and admin/settings.json",
            "admin/2024-10-11 and root/.ssh",
            "see admin / settings",
            "turned on >500 hosts of the user group",
            "bw login --help",
            "a:::b",
            "the second LOGIN form has no title2024",
            "bw unlock --raw",
            "EAP methods: PEAP, MSCHAPV2",
            "{SSHA} and {PLAIN} are the names of schemes",
            "foo: rsa key file2048",
            "xauth add :10 . $COOKIE",
            "SQL> connect / as sysdba",
            "SQL> conn hr/&password@orcl",
            "cargo login --registry acme",
            "the key - see below - is not kept",
            "hey -n 200 -c 50 https://x.acme.io/a:b2",
            "bob@acme.io / Bob Example",
            "root@10.0.0.4 / staging2",
            "a grab -n 100 -A bob:Comet84x",
            "curl -sS https://acme.io/v1/users:batch2",
        ] {
            check(text);
        }
    }

    #[test]
    fn every_form_is_looked_for() {
        let scanner = crate::scan::Scanner::default();
        let looked_for = |anchor: &str| {
            let mut found = Vec::new();
            scanner.scan(anchor.as_bytes(), &mut found);
            found.iter().any(|candidate| candidate.kind == crate::scan::Kind::Form)
        };
        for anchor in FORMS
            .iter()
            .map(|form| form.head)
            .chain(LOGINS.map(|(login, skip)| &login[skip..]))
            .chain(PROGRAMS)
            .chain(PIPES)
            .chain([":::"])
        {
            assert!(looked_for(anchor), "{anchor}");
        }
    }
}
