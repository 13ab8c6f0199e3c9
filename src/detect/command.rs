//! Credentials on command lines: options whose meaning only their program tells (`mysql -pX`, `curl -u user:X`,
//! `sshpass -p X`), and what is piped into a program that asks for a password.

use super::{
    assignment, reference,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::rule::{Confidence, id};

/// The longest command that is looked at, in bytes.
const LONGEST: usize = 1024;

/// A program and its options that carry credentials.
struct Program {
    /// Its names.
    names: &'static [&'static str],
    /// Options whose next argument is the secret.
    next: &'static [&'static str],
    /// Options with the secret joined to them.
    joined: &'static [&'static str],
    /// Options whose next argument, or what is joined to them, is `user:secret`.
    login: &'static [&'static str],
    /// What divides user and secret there.
    divider: u8,
}

impl Program {
    const fn new(names: &'static [&'static str]) -> Self {
        Self { names, next: &[], joined: &[], login: &[], divider: b':' }
    }
}

static PROGRAMS: &[Program] = &[
    Program {
        login: &["-u", "--user", "-U", "--proxy-user", "-a", "--auth"],
        ..Program::new(&["curl", "http", "https", "xh", "curlie"])
    },
    Program {
        joined: &["-p"],
        ..Program::new(&[
            "mysql",
            "mysqldump",
            "mysqladmin",
            "mysqlimport",
            "mysqlsh",
            "mariadb",
            "mariadb-dump",
            "mariadb-admin",
        ])
    },
    Program { next: &["-p"], joined: &["-p"], ..Program::new(&["sshpass"]) },
    Program { next: &["-p", "-t", "-k"], ..Program::new(&["login"]) },
    Program { next: &["-a"], ..Program::new(&["redis-cli", "valkey-cli"]) },
    Program { next: &["-P"], joined: &["-P"], ..Program::new(&["sqlcmd", "bcp", "osql"]) },
    Program {
        next: &["-P"],
        ..Program::new(&["zip", "unzip", "zipcloak", "mosquitto_pub", "mosquitto_sub", "kinit"])
    },
    Program { joined: &["/p:"], ..Program::new(&["xfreerdp", "wfreerdp", "sdl-freerdp"]) },
    Program { joined: &["-p"], ..Program::new(&["7z", "7za", "7zz", "rar", "unrar"]) },
    Program {
        next: &["-w"],
        ..Program::new(&["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldapwhoami", "ldappasswd"])
    },
    Program { login: &["-U"], divider: b'%', ..Program::new(&["smbclient", "rpcclient", "smbget", "wmic"]) },
    Program {
        next: &["-p", "-pw"],
        joined: &["-p"],
        ..Program::new(&[
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "mongoimport",
            "mongoexport",
            "psexec",
            "plink",
            "pscp",
            "twine",
            "evil-winrm",
            "rdesktop",
            "crackmapexec",
            "netexec",
            "hydra",
            "wpscan",
            "influx",
            "arangosh",
            "cqlsh",
            "clickhouse-client",
        ])
    },
    Program {
        next: &["-w", "-p"],
        ..Program::new(&[
            "add-generic-password",
            "add-internet-password",
            "unlock-keychain",
            "create-keychain",
        ])
    },
];

/// Looks at the program whose name is `start..end`.
pub(super) fn find(subject: &Subject<'_>, start: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if bytes.get(end).is_some_and(|b| !matches!(b, b' ' | b'\n' | b'\t' | b'"' | b'\'' | b'`' | b'\\')) {
        return;
    }
    let word = &bytes[start..end];
    if let Some(program) = PROGRAMS.iter().find(|p| p.names.iter().any(|n| n.as_bytes() == word)) {
        if bytes.get(end) == Some(&b' ') {
            arguments(bytes, end, program, hits);
        }
    } else if word == b"password-stdin" || word == b"chpasswd" || word == b"passwd" || word == b"sudo" {
        piped(bytes, start, word == b"chpasswd", hits);
    } else if word == b"wpa_passphrase" || word == b"htpasswd" {
        last_argument(bytes, end, hits);
    } else if word == b"sqlplus" || word == b"sqlldr" {
        first_login(bytes, end, hits);
    } else if word == b"net" && bytes[end..].starts_with(b" use ") {
        net_use(bytes, end + 4, hits);
    }
}

/// An argument of a shell command, without its quotes.
#[derive(Clone, Copy)]
struct Argument {
    start: usize,
    end: usize,
    next: usize,
}

/// The argument at or after `at`; none at the end of the command.
fn argument(bytes: &[u8], at: usize, limit: usize) -> Option<Argument> {
    let blank = bytes[at..limit].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut start = at + blank;
    if bytes[start..limit].starts_with(b"\\\n") {
        return argument(bytes, start + 2, limit);
    }
    let first = *bytes.get(start).filter(|_| start < limit)?;
    if matches!(first, b'\n' | b'|' | b';' | b'&' | b')' | b'>' | b'<') {
        return None;
    }
    if let Some(literal) = assignment::literal(bytes, start).filter(|l| l.end < limit) {
        return Some(Argument {
            start: literal.start,
            end: literal.end,
            next: limit.min(literal.end + (literal.start - start)),
        });
    }
    if matches!(first, b'"' | b'\'' | b'`') {
        start += 1;
    }
    let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'|' | b';' | b')');
    let len = bytes[start..limit].iter().position(stop).unwrap_or(limit - start);
    let escape = memchr::memmem::find(&bytes[start..start + len], b"\\n").unwrap_or(len);
    let end = start + len.min(escape);
    Some(Argument { start, end, next: limit.min(end.max(start + 1)) })
}

/// The arguments of a program from `at` on.
fn arguments(bytes: &[u8], at: usize, program: &Program, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST);
    let mut at = at;
    while let Some(arg) = argument(bytes, at, limit) {
        at = arg.next;
        let text = &bytes[arg.start..arg.end];
        let is = |list: &[&str]| list.iter().any(|o| o.as_bytes() == text);
        if is(program.next) || is(program.login) {
            let Some(next) = argument(bytes, at, limit).filter(|n| bytes.get(n.start) != Some(&b'-')) else {
                continue;
            };
            at = next.next;
            match is(program.login) {
                true => login(bytes, next.start, next.end, program.divider, hits),
                false => secret(bytes, next.start, next.end, hits),
            }
            continue;
        }
        if let Some(literal) =
            assignment::literal(bytes, arg.end).filter(|l| is(program.joined) && l.end < limit)
        {
            at = literal.end + 1;
            secret(bytes, literal.start, literal.end, hits);
            continue;
        }
        let joined = |list: &[&str]| {
            list.iter().find(|o| text.len() > o.len() + 3 && text.starts_with(o.as_bytes())).map(|o| o.len())
        };
        if let Some(option) = joined(program.joined) {
            secret(bytes, arg.start + option, arg.end, hits);
        } else if let Some(option) = joined(program.login).filter(|_| !text.starts_with(b"--")) {
            login(bytes, arg.start + option, arg.end, program.divider, hits);
        }
    }
}

/// `user:secret`.
fn login(bytes: &[u8], start: usize, end: usize, divider: u8, hits: &mut Hits) {
    let Some(sign) = memchr::memchr(divider, &bytes[start..end]) else { return };
    let ids = bytes[start..end].iter().all(|b| b.is_ascii_digit() || *b == divider);
    if sign > 0 && !ids {
        secret(bytes, start + sign + 1, end, hits);
    } else if sign == 0 && end - start > 8 {
        secret(bytes, start + 1, end, hits);
    }
}

fn secret(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
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

/// `echo X | sudo -S`, `echo user:X | chpasswd`.
fn piped(bytes: &[u8], start: usize, user: bool, hits: &mut Hits) {
    let from = start.saturating_sub(256);
    let line = memchr::memrchr(b'\n', &bytes[from..start]).map_or(from, |i| from + i + 1);
    let Some(pipe) = memchr::memrchr(b'|', &bytes[line..start]).map(|i| line + i) else { return };
    let before = &bytes[line..pipe];
    let heads = [&b"echo -n "[..], b"echo -e ", b"echo ", b"printf '%s' ", b"printf "];
    let Some(at) = heads.iter().find_map(|h| memchr::memmem::rfind(before, h).map(|i| line + i + h.len()))
    else {
        return;
    };
    let Some(arg) = argument(bytes, at, pipe) else { return };
    match user {
        true => login(bytes, arg.start, arg.end, b':', hits),
        false => secret(bytes, arg.start, arg.end, hits),
    }
}

/// `wpa_passphrase SSID X`, `htpasswd -b file user X`.
fn last_argument(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST);
    let (mut at, mut last, mut count) = (at, None, 0);
    while let Some(arg) = argument(bytes, at, limit) {
        if bytes.get(arg.start) != Some(&b'-') {
            count += 1;
            last = Some(arg);
        }
        at = arg.next;
    }
    if let Some(arg) = last.filter(|_| (2..=3).contains(&count)) {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// `sqlplus user/X@host`: the first argument that is no option.
fn first_login(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST);
    let mut at = at;
    while let Some(arg) = argument(bytes, at, limit) {
        at = arg.next;
        if bytes[arg.start] != b'-' {
            let host = memchr::memrchr(b'@', &bytes[arg.start..arg.end]).map_or(arg.end, |i| arg.start + i);
            return login(bytes, arg.start, host, b'/', hits);
        }
    }
}

/// `net use Z: \\server\share X /user:name`: the one argument that is no drive, share or option.
fn net_use(bytes: &[u8], at: usize, hits: &mut Hits) {
    let limit = bytes.len().min(at + LONGEST);
    let mut at = at;
    while let Some(arg) = argument(bytes, at, limit) {
        at = arg.next;
        let text = &bytes[arg.start..arg.end];
        let drive = matches!(text, [_, b':'] | [b'*']);
        if !drive && !matches!(text.first(), Some(b'\\' | b'/')) {
            return secret(bytes, arg.start, arg.end, hits);
        }
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
            "sshpass -p «hunter2» ssh deploy@host.example",
            "sshpass -p'«hunter2»' ssh deploy@host.example",
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
            r"net use Z: \\srv\share «WizardTiger75» /user:bob",
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
            "sqlplus -S app/$PASS@db",
            r"net use Z: \\srv\share /user:bob",
        ] {
            check(text);
        }
    }
}
