//! Credentials on command lines: options whose meaning only their program tells (`mysql -pX`, `curl -u user:X`,
//! `sshpass -p X`), and what is piped into a program that asks for a password.

mod argument;
mod output;
mod piped;
mod place;
mod program;
mod session;

use super::{
    assignment, header, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, id};
use argument::{Argument, Arguments, LONGEST, argument, element};
pub(super) use output::find as find_output;
pub(super) use piped::here as find_here;
use program::{Program, program};

/// How far before an option its program may stand, in bytes.
const BEFORE_OPTION: usize = 240;

/// Looks at the program whose name is `start..end`.
pub(super) fn find(subject: &Subject<'_>, start: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if place::find(bytes, start, end, hits) {
        return;
    }
    if bytes.get(end).is_some_and(|b| !matches!(b, b' ' | b'\n' | b'\t' | b'"' | b'\'' | b'`' | b'\\')) {
        return;
    }
    let word = &bytes[start..end];
    session::find(bytes, start, end, hits);
    match word {
        b"passwd" if bytes[..start].ends_with(b"openssl ") => return place::hashed(bytes, end, hits),
        b"mkpasswd" => return place::hashed(bytes, end, hits),
        b"passphrase-fd" => return piped::find(bytes, start, piped::What::Secret, hits),
        b"password-stdin" | b"passwd" | b"sudo" | b"with-token" | b"passwd-on-stdin" => {
            piped::fed(bytes, end, piped::What::Secret, hits);
            return piped::find(bytes, start, piped::What::Secret, hits);
        }
        b"luksOpen" | b"luksFormat" | b"vncpasswd" | b"smbpasswd" | b"kinit" | b"lpass" | b"secret-tool" => {
            piped::fed(bytes, end, piped::What::Secret, hits);
            return piped::find(bytes, start, piped::What::Secret, hits);
        }
        b"secret" | b"secrets" if is_set(&bytes[end..]) => {
            arguments(bytes, end, program::keeper(), hits);
            find_set(bytes, end, hits);
            piped::fed(bytes, end, piped::What::Secret, hits);
            return piped::find(bytes, start, piped::What::Secret, hits);
        }
        b"obscure" if bytes[..start].ends_with(b"rclone ") => return place::first_argument(bytes, end, hits),
        b"chpasswd" => {
            piped::fed(bytes, end, piped::What::Login, hits);
            return piped::find(bytes, start, piped::What::Login, hits);
        }
        b"wpa_passphrase" | b"htpasswd" | b"mosquitto_passwd" | b"setairportnetwork" => {
            return place::last_argument(bytes, end, hits);
        }
        b"net" if bytes[end..].starts_with(b" use ") => return place::net_use(bytes, end + 4, hits),
        b"net" if bytes[end..].starts_with(b" user ") => return place::net_user(bytes, end + 5, hits),
        _ => {}
    }
    if let Some(program) = program(word) {
        if matches!(bytes.get(end), Some(b' ' | b'"' | b'\'')) {
            arguments(bytes, end, program, hits);
        }
    } else if is_subcommand(&bytes[..start], word) {
        find_option(subject, start - 1, hits);
    } else if word.contains(&b'_')
        && !word.iter().any(u8::is_ascii_lowercase)
        && bytes[..start].ends_with(b" ")
    {
        piped::find(bytes, start, piped::What::Secret, hits);
    } else {
        piped::into_file(bytes, start, word, hits);
    }
}

/// Looks at what is piped into the program at byte `at`.
pub(super) fn find_piped(bytes: &[u8], at: usize, hits: &mut Hits) {
    piped::find(bytes, at, piped::What::Secret, hits);
}

/// `fly secrets set SESSION=x DB=y`: what is made up among the variables behind byte `at`, whatever their names.
pub(super) fn find_set(bytes: &[u8], at: usize, hits: &mut Hits) {
    for arg in Arguments::of(bytes, at) {
        let text = &bytes[arg.start..arg.end];
        let name =
            text.iter().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || **b == b'_').count();
        if name > 1 && text.get(name) == Some(&b'=') && reference::is_strongly_made_up(&text[name + 1..]) {
            secret(bytes, arg.start + name + 1, arg.end, hits);
        }
    }
}

/// `wrangler secret put X`, `docker secret create X`: what takes the secret from a pipe.
fn is_set(rest: &[u8]) -> bool {
    [&b" set "[..], b" put ", b" create ", b" add ", b" versions add "]
        .iter()
        .any(|verb| rest.starts_with(verb))
}

/// Whether a word is an option or a command of a program that tells a secret by its place: `--creds`, `reset-admin-password`.
fn is_subcommand(before: &[u8], word: &[u8]) -> bool {
    let option = before.ends_with(b" --") && (word.ends_with(b"creds") || word == b"auth-cred");
    option
        || before.ends_with(b" ")
            && (word.ends_with(b"-password") || word == b"change_password" || word == b"user:password")
}

/// Looks at the option whose blank is at byte `at`, ` -p` or ` -w`, if its program takes credentials.
pub(super) fn find_option(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let from = at.saturating_sub(BEFORE_OPTION);
    let divides = |b: &u8| matches!(b, b'\n' | b'|' | b';' | b'&' | b'`' | b'(' | b'$');
    let command = bytes[from..at].iter().rposition(divides).map_or(from, |i| from + i + 1);
    let mut word = command;
    for (i, b) in bytes[command..at + 1].iter().enumerate() {
        if b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b':' | b'>' | b'/' | b'\\') {
            let end = command + i;
            let text = &bytes[word..end];
            // Behind the sign of a patch or the number of a line.
            let name = text.iter().rposition(|b| matches!(b, b'+' | 0x80..)).map_or(text, |i| &text[i + 1..]);
            // Behind the place of a search, `a.yml-12-`, or the sign of a patch.
            let dash = memchr::memrchr(b'-', name).filter(|&i| i == 0 || name[i - 1].is_ascii_digit());
            let name = dash.map_or(name, |i| &name[i + 1..]);
            if let Some(program) = program(name).filter(|_| *b == b' ') {
                return arguments(bytes, end, program, hits);
            }
            word = end + 1;
        }
    }
    beside_login(bytes, command, at, hits);
}

/// Looks at the element `-p` of a list of strings whose dash is at byte `at`: `["docker", "login", "-u", "ci", "-p", "x"]`,
/// or its lines where the strings of a record are read as one text.
pub(super) fn find_listed(bytes: &[u8], at: usize, hits: &mut Hits) {
    let at = at + usize::from(bytes[at] == b'\n');
    let limit = bytes.len().min(at + LONGEST);
    let from = at.saturating_sub(BEFORE_OPTION);
    let lined = bytes[at..].starts_with(b"-p\n");
    let open = if lined { 0 } else { memchr::memrchr(b'[', &bytes[from..at]).map_or(0, |i| i + 1) };
    let before = &bytes[from + open..at];
    let words = || {
        before.split(|b| matches!(b, b'"' | b'\'' | b'\\' | b'\n' | b',' | b' ')).filter(|w| !w.is_empty())
    };
    let login = words().any(|word| LOGIN.contains(&word));
    let known = words().any(|word| program(word).is_some_and(|program| program.next.contains(&"-p")));
    let found = if lined {
        let end = memchr::memchr(b'\n', &bytes[at + 3..limit]).map_or(limit, |i| at + 3 + i);
        Some(Argument { start: at + 3, end, next: end })
    } else {
        element(bytes, at + 2, limit)
    };
    let Some(found) = found.filter(|_| login || known) else { return };
    if reference::is_made_up(&bytes[found.start..found.end]) {
        secret(bytes, found.start, found.end, hits);
    }
}

/// `-u bob -p x`, `-u bob -px`, `-u bob:x`: options of a program that is not known, where one tells the login.
fn beside_login(bytes: &[u8], command: usize, at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST);
    let Some(option) = argument(bytes, at, limit) else { return };
    if let [b'-', b'p', joined @ ..] = &bytes[option.start..option.end]
        && joined.len() >= 6
        && reference::is_strongly_made_up(joined)
        && names_login(&bytes[command..at])
    {
        return secret(bytes, option.start + 2, option.end, hits);
    }
    let Some(value) = argument(bytes, option.next, limit) else { return };
    let text = &bytes[value.start..value.end];
    match &bytes[option.start..option.end] {
        b"-u" | b"--user" => {
            if let Some(sign) = memchr::memchr(b':', text)
                .filter(|&sign| sign > 1 && reference::is_made_up(&text[sign + 1..]))
            {
                secret(bytes, value.start + sign + 1, value.end, hits);
            }
        }
        b"-p"
            if reference::is_made_up(text)
                && (names_login(&bytes[command..at]) || is_login(bytes, value.next, limit)) =>
        {
            secret(bytes, value.start, value.end, hits);
        }
        _ => {}
    }
}

/// Whether a command so far ends in an option that tells a login: `tool -u bob`.
fn names_login(before: &[u8]) -> bool {
    let mut words = before.trim_ascii_end().rsplit(|b| *b == b' ');
    let (login, option) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    LOGIN.contains(&option) && login.iter().any(u8::is_ascii_alphabetic)
}

/// Whether an option that tells a login stands at `at`.
fn is_login(bytes: &[u8], at: usize, limit: usize) -> bool {
    argument(bytes, at, limit).is_some_and(|option| LOGIN.contains(&&bytes[option.start..option.end]))
}

/// Options that tell a login.
const LOGIN: [&[u8]; 6] = [b"-u", b"-U", b"--user", b"--username", b"--login", b"-user"];

/// The arguments of a program from `at` on.
fn arguments(bytes: &[u8], at: usize, program: &Program, hits: &mut Hits) {
    let mut all = Arguments::of(bytes, at);
    let mut plain = 0;
    while let Some(arg) = all.next() {
        let text = &bytes[arg.start..arg.end];
        let is = |list: &[&str]| list.iter().any(|o| o.as_bytes() == text);
        if is(program.second) {
            all.next();
        }
        if is(program.cookie) {
            if let Some(next) = all.next() {
                header::find_cookies(bytes, next.start, next.end, hits);
            }
            continue;
        }
        let takes_login = is(program.login) || is_bundle(text, program.login);
        if is(program.next) || takes_login || is(program.second) {
            let rest = all.at;
            let Some(next) = all.next().filter(|n| bytes.get(n.start) != Some(&b'-')) else {
                all.at = rest;
                continue;
            };
            match takes_login {
                true => login(bytes, next.start, next.end, program.divider, hits),
                false => secret(bytes, next.start, next.end, hits),
            }
            continue;
        }
        if let Some(end) = quoted_behind(bytes, arg.end, all.limit, is(program.joined), hits) {
            all.at = end;
            continue;
        }
        plain += usize::from(text.first() != Some(&b'-'));
        if program.first_login && plain == 1 && text.first() != Some(&b'-') {
            let host = memchr::memrchr(b'@', text).map_or(arg.end, |i| arg.start + i);
            if text.last() == Some(&program.divider)
                && quoted_behind(bytes, arg.end, all.limit, true, hits).is_some()
            {
                return;
            }
            return login(bytes, arg.start, host, program.divider, hits);
        }
        joined(bytes, arg, program, hits);
    }
}

/// Whether an option is several of one letter, the last of which takes a login: `-su`.
fn is_bundle(text: &[u8], login: &[&str]) -> bool {
    let [b'-', letters @ .., last] = text else { return false };
    (1..=4).contains(&letters.len())
        && letters.iter().all(u8::is_ascii_alphabetic)
        && login.iter().any(|option| option.as_bytes() == [b'-', *last])
}

/// `-p'X'`: the quoted secret that is joined to an option which ends at `end`; where it ends.
fn quoted_behind(bytes: &[u8], end: usize, limit: usize, option: bool, hits: &mut Hits) -> Option<usize> {
    let literal = assignment::literal(bytes, end).filter(|l| option && l.end < limit)?;
    secret(bytes, literal.start, literal.end, hits);
    Some(literal.end + 1)
}

/// `-pX`, `-uuser:X`: an option and what is joined to it.
fn joined(bytes: &[u8], arg: Argument, program: &Program, hits: &mut Hits) {
    let text = &bytes[arg.start..arg.end];
    if text.starts_with(b"-pass") && text[1..].iter().all(u8::is_ascii_lowercase) {
        return;
    }
    let option = |list: &[&str]| {
        list.iter().find(|o| text.len() > o.len() + 3 && text.starts_with(o.as_bytes())).map(|o| o.len())
    };
    if let Some(option) = option(program.joined) {
        secret(bytes, arg.start + option, arg.end, hits);
    } else if let Some(option) = option(program.login) {
        let long = text.starts_with(b"--");
        if !long || bytes[arg.start + option] == b'=' {
            login(bytes, arg.start + option + usize::from(long), arg.end, program.divider, hits);
        }
    }
}

/// `user:secret`.
fn login(bytes: &[u8], start: usize, end: usize, divider: u8, hits: &mut Hits) {
    let end = if bytes[start..end].ends_with(&[divider]) { end - 1 } else { end };
    let Some(sign) = memchr::memchr(divider, &bytes[start..end]) else {
        // `curl -u TOKEN`, `curl -u TOKEN:`
        let value = &bytes[start..end];
        let made =
            value.len() >= 20 && value.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        return if made && Shape::of(value).looks_random() {
            secret(bytes, start, end, hits)
        };
    };
    let ids = bytes[start..end].iter().all(|b| b.is_ascii_digit() || *b == divider);
    if sign > 0 && !ids {
        secret(bytes, start + sign + 1, end, hits);
    } else if sign == 0 && end - start > 8 {
        secret(bytes, start + 1, end, hits);
    }
}

fn secret(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    // How OpenSSL names the source of a password: `pass:x`, `env:X`.
    let start = start + if bytes[start..end].starts_with(b"pass:") { 5 } else { 0 };
    let value = &bytes[start..end];
    let shape = Shape::of(value);
    let path = value.contains(&b'/') && shape.reads_as_words();
    if value.len() < 4
        || path
        || value[0] == b'-'
        || reference::is_explained(value)
        || assignment::is_known(hits, start, end)
    {
        return;
    }
    let port = shape.digits == shape.len && shape.len < 6 || value.contains(&b':') && shape.letters() == 0;
    if !port {
        let sure = if shape.looks_random() { Confidence::High } else { Confidence::Medium };
        hits.push(
            Hit::new(id::SECRET_COMMAND, start, end, "an option of a program that takes a password")
                .confidence(sure),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_the_passwords_of_programs() {
        for text in [
            "mysql -h 10.1.2.3 -u root -p«Z0VcM677WiQ846yO» shop < dump.sql",
            "mysqldump -uroot -p'«hunter2!»' shop > x.sql",
            "curl -u 'ci-bot:«xvRuH6qqUhe5eh5B4GQEG5VS»' https://svc.internal.example/job/build",
            "curl -sS --user ci:«hunter2» https://svc.internal.example",
            "sudo -S apt update <<< '«hunter2!»'",
            "chpasswd <<EOF\nbob:«Comet84x»\neve:«q7Zk9x»\nEOF",
            "sudo chpasswd <<< 'bob:«Comet84x»'",
            "echo -n \"«Comet84x»\" | cryptsetup luksOpen /dev/sda2 x -",
            "lftp -u bob,«Comet84x» ftp.acme.io",
            "etcdctl --user=root:«Comet84x» get /x",
            "rclone obscure «Comet84x»",
            "snmpwalk -v2c -c «Comet84x» 10.0.0.1 system",
            "sshpass -p «hunter2» ssh deploy@host.example",
            "vsce publish minor -p «3kq7xz2mw4vl8ptq3nfr6yd1hj5s7kx9zb2m»",
            "sshpass -p'«hunter2»' ssh deploy@host.example",
            "curl -s https://a.example/x -u «7d1f0a9c4e3b82657f6e1d0c9b8a7453»:",
            "docker login -u bob -p «hunter2» registry.example",
            "redis-cli -h cache.example -a «hunter2» PING",
            "sqlcmd -S db -U sa -P '«Str0ng!Pass»' -Q 'select 1'",
            "zip -r -P «hunter2» a.zip a",
            "7z x -p«hunter2» a.7z",
            "ldapsearch -x -D cn=admin -w «hunter2» -b dc=x",
            "smbclient //srv/share -U bob%«hunter2»",
            "openssl rsa -in key.pem -passin pass:«hunter2» -out x",
            "keytool -genkey -storepass «hunter2» -alias a",
            "echo «hunter2» | sudo -S apt-get update",
            "echo '«x7Kq9zB2»' | docker login -u bob --password-stdin registry.example",
            "echo 'bob:«hunter2»' | sudo chpasswd",
            "wpa_passphrase HomeNet «hunter2-long»",
            "sqlplus -S app/«hunter2»@//db:1521/ORCL",
            "rman target sys/«Comet84x»@orcl",
            "rman target /",
            r"net use Z: \\srv\share «WizardTiger75» /user:bob",
            r"net use Z: \\nas\share /user:bob «WizardTiger75»",
            "net use * '\\\\srv\\share' '«WizardTiger75»' /user:bob",
        ] {
            check(text);
        }
    }

    /// A quote that closes or opens at the very end.
    #[test]
    fn a_command_may_end_anywhere() {
        let programs =
            ["curl -H", "curl -u", "mysql -p", "htpasswd -b f", "wpa_passphrase x", "echo 'a\" | chpasswd"];
        for program in programs {
            for end in [
                "",
                " ",
                " '",
                " \"",
                " 'a'",
                " \"a\"",
                " '''",
                " \\",
                " \\\n",
                " a '",
                " \\\"a\\\"",
                " a 'b'",
            ] {
                check(&format!("{program}{end}"));
            }
        }
    }

    #[test]
    fn leaves_other_options() {
        for text in [
            "mysql -u root -p shop",
            "mysql -P 3306 -h db",
            "docker run -u 1000:1000 -p 8080:8080 app",
            "curl -u \"$USER:$PASS\" https://x.example",
            "curl -u user:password https://x.example",
            "curl -U https://x.example -o out",
            "sshpass -p \"$PASS\" ssh x",
            "mkdir -p src/app && zip -r a.zip src",
            "curl http://localhost:8080 -H 'Accept: x'",
            "echo done | sudo tee /etc/x",
            "cat token | docker login --password-stdin",
            "sudo -u postgres psql",
            "sqlplus /nolog",
            "cat <<EOF\nbob:x\nEOF",
            "sudo tee /etc/x <<EOF\nkey: value\nEOF",
            "systemctl --user status app",
            "sqlplus -S app/$PASS@db",
            r"net use Z: \\srv\share /user:bob",
        ] {
            check(text);
        }
    }
}
