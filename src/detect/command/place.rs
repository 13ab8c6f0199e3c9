//! Secrets told by their place on the command line of one program alone: `mc alias set store https://host USER X`.

use super::{
    argument::{Argument, Arguments, argument},
    login, piped, secret,
};
use crate::detect::{reference, subject::Hits};

/// How far before a word the program that it belongs to may stand, in bytes.
const BEFORE: usize = 160;

/// Looks at the word in `start..end`, and says whether it is one of those.
pub(super) fn find(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) -> bool {
    let word = &bytes[start..end];
    match word {
        b"alias" if bytes[..start].ends_with(b"mc ") && bytes[end..].starts_with(b" set ") => {
            nth(bytes, end, 4, hits);
        }
        b"key" if bytes.get(end) == Some(&b'=') && is_on_line(bytes, start, b"netsh wlan ") => {
            nth(bytes, end + 1, 0, hits);
        }
        b"key" if bytes[end..].starts_with(b" s:") && is_on_line(bytes, start, b"iwconfig ") => {
            nth(bytes, end + 3, 0, hits);
        }
        _ if bytes.get(end) == Some(&b'=') && is_on_line(bytes, start, b"vault kv p") => {
            members(bytes, start, hits);
            return false;
        }
        b"auth" if bytes[..start].ends_with(b"doctl ") && bytes[end..].starts_with(b" init -t ") => {
            nth(bytes, end + b" init -t ".len(), 0, hits);
        }
        b"auth" if bytes[..start].ends_with(b" -") || bytes[..start].ends_with(b" --") => {
            return authenticated(bytes, end, hits);
        }
        b"pass" if bytes[end..].starts_with(b" insert ") => piped::fed(bytes, end, piped::What::Secret, hits),
        _ if is_substituted(&bytes[end..]) => substituted(bytes, end, hits),
        _ if bytes[..start].ends_with(b"--name ") && is_on_line(bytes, start, b"encrypt_string ") => {
            encrypted(bytes, start, hits);
        }
        _ if is_asking(word) && bytes[..start].ends_with(b"-") => printed(bytes, end, hits),
        b"auth-user-pass" if bytes[end..].starts_with(b">\n") => second_line(bytes, end + 2, hits),
        b"chpasswd" if bytes[end..].starts_with(b":\n") => listed(bytes, end + 2, hits),
        _ if word.starts_with(b"http-basic.") && bytes.get(end) == Some(&b' ') => nth(bytes, end, 1, hits),
        _ if word.starts_with(b"BUNDLE_") && word.windows(2).any(|w| w == b"__") => {
            return configured(bytes, end, hits);
        }
        _ if word.ends_with(b"Password") && bytes[..start].ends_with(b" /v ") => registered(bytes, end, hits),
        _ => return false,
    }
    true
}

/// Takes argument number `place` behind the word that ends at `end` for a secret.
fn nth(bytes: &[u8], end: usize, place: usize, hits: &mut Hits) {
    if let Some(arg) = Arguments::of(bytes, end).nth(place) {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// `vault kv put secret/app password=y api=x`: what is made up among the members of the line that one of is at byte `at`,
/// whatever their names.
fn members(bytes: &[u8], at: usize, hits: &mut Hits) {
    let from = at.saturating_sub(BEFORE);
    let Some(command) = memchr::memmem::rfind(&bytes[from..at], b"vault kv p") else { return };
    for arg in Arguments::of(bytes, from + command) {
        let text = &bytes[arg.start..arg.end];
        if let Some(sign) = memchr::memchr(b'=', text)
            && reference::is_strongly_made_up(&text[sign + 1..])
        {
            secret(bytes, arg.start + sign + 1, arg.end, hits);
        }
    }
}

/// Whether `program` stands on the line before byte `start`.
fn is_on_line(bytes: &[u8], start: usize, program: &[u8]) -> bool {
    let from = start.saturating_sub(BEFORE);
    let line = memchr::memrchr(b'\n', &bytes[from..start]).map_or(from, |i| from + i + 1);
    memchr::memmem::find(&bytes[line..start], program).is_some()
}

/// `openssl passwd -6 X`, `mkpasswd -m sha-512 X`: the first argument that is no option and belongs to none.
pub(super) fn hashed(bytes: &[u8], at: usize, hits: &mut Hits) {
    let mut all = Arguments::of(bytes, at);
    while let Some(arg) = all.next() {
        match &bytes[arg.start..arg.end] {
            b"-m" | b"--method" | b"-salt" | b"-S" | b"--salt" | b"-R" => _ = all.next(),
            b"-in" | b"-stdin" | b"--stdin" | b"-s" => return,
            option if option.first() == Some(&b'-') => {}
            _ => return secret(bytes, arg.start, arg.end, hits),
        }
    }
}

/// `wpa_passphrase SSID X`, `htpasswd -b file user X`.
pub(super) fn last_argument(bytes: &[u8], at: usize, hits: &mut Hits) {
    let plain = |arg: &Argument| bytes.get(arg.start) != Some(&b'-');
    let (mut last, mut count) = (None, 0);
    for arg in Arguments::of(bytes, at).filter(plain) {
        (last, count) = (Some(arg), count + 1);
    }
    if let Some(arg) = last.filter(|_| (2..=3).contains(&count)) {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// `rclone obscure X`.
pub(super) fn first_argument(bytes: &[u8], at: usize, hits: &mut Hits) {
    if let Some(arg) = Arguments::of(bytes, at).next() {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// `net use Z: \\server\share X /user:name`: the one argument that is no drive, share or option.
pub(super) fn net_use(bytes: &[u8], at: usize, hits: &mut Hits) {
    for arg in Arguments::of(bytes, at) {
        let text = &bytes[arg.start..arg.end];
        let drive = matches!(text, [_, b':'] | [b'*']);
        if !drive && !matches!(text.first(), Some(b'\\' | b'/')) {
            return secret(bytes, arg.start, arg.end, hits);
        }
    }
}

/// `net user NAME X /add`.
pub(super) fn net_user(bytes: &[u8], at: usize, hits: &mut Hits) {
    let mut all = Arguments::of(bytes, at);
    let (Some(_), Some(arg), Some(option)) = (all.next(), all.next(), all.next()) else { return };
    if bytes[arg.start] != b'/' && bytes[option.start] == b'/' {
        secret(bytes, arg.start, arg.end, hits);
    }
}

/// `-auth user:x`: a login where an option of no known program takes one.
fn authenticated(bytes: &[u8], end: usize, hits: &mut Hits) -> bool {
    let limit = bytes.len().min(end + BEFORE);
    let Some(arg) = argument(bytes, end, limit) else { return false };
    let text = &bytes[arg.start..arg.end];
    let Some(sign) = memchr::memchr(b':', text) else { return false };
    let named = sign > 1 && text[..sign].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    if named && text[sign..].iter().any(u8::is_ascii_digit) {
        login(bytes, arg.start, arg.end, b':', hits);
    }
    named
}

/// `BUNDLE_GEMS__HOST: "user:x"`, `BUNDLE_GEMS__HOST=user:x`: what stands for a server of packages.
fn configured(bytes: &[u8], end: usize, hits: &mut Hits) -> bool {
    let sign = matches!(bytes.get(end), Some(b':' | b'='));
    let at = end + usize::from(sign);
    let Some(arg) = argument(bytes, at, bytes.len().min(at + BEFORE)).filter(|_| sign) else { return false };
    let text = &bytes[arg.start..arg.end];
    if !text.contains(&b'/') && text.iter().any(u8::is_ascii_digit) {
        login(bytes, arg.start, arg.end, b':', hits);
    }
    true
}

/// `reg add KEY /v DefaultPassword /t REG_SZ /d X`.
fn registered(bytes: &[u8], end: usize, hits: &mut Hits) {
    const DATA: &[u8] = b" /d ";
    let rest = &bytes[end..bytes.len().min(end + 48)];
    if let Some(at) = memchr::memmem::find(rest, DATA) {
        nth(bytes, end + at + DATA.len(), 0, hits);
    }
}

/// `password-command`, `passwordeval`, `askpass`: an option that takes a command which prints the password.
fn is_asking(word: &[u8]) -> bool {
    word.starts_with(b"pass")
        && (word.ends_with(b"command") || word.ends_with(b"eval") || word.ends_with(b"cmd"))
}

/// What the command `echo x` in the argument behind byte `end` prints.
fn printed(bytes: &[u8], end: usize, hits: &mut Hits) {
    const PRINTERS: [&[u8]; 3] = [b"echo -n ", b"echo ", b"printf "];
    let at = end + usize::from(bytes.get(end) == Some(&b'='));
    let Some(arg) = argument(bytes, at, bytes.len().min(at + BEFORE)) else { return };
    let text = &bytes[arg.start..arg.end];
    if let Some(printer) = PRINTERS.iter().find(|printer| text.starts_with(printer))
        && let Some(said) = argument(bytes, arg.start + printer.len(), arg.end)
    {
        secret(bytes, said.start, said.end, hits);
    }
}

/// Whether what a command prints stands in the place of a file: `sshpass -f <(echo x)`, `read PASSWORD < <(echo x)`.
fn is_substituted(rest: &[u8]) -> bool {
    [&b" <("[..], b" < <(", b" -f <(", b"=<("].iter().any(|lead| rest.starts_with(lead))
}

/// What `<(echo x)` prints.
fn substituted(bytes: &[u8], end: usize, hits: &mut Hits) {
    const PRINTERS: [&[u8]; 4] = [b"(echo -n ", b"(echo ", b"(printf '%s' ", b"(printf "];
    let rest = &bytes[end..bytes.len().min(end + 24)];
    let Some(open) = memchr::memchr(b'(', rest) else { return };
    if let Some(printer) = PRINTERS.iter().find(|printer| bytes[end + open..].starts_with(printer)) {
        nth(bytes, end + open + printer.len(), 0, hits);
    }
}

/// `ansible-vault encrypt_string 'x' --name db_password`.
fn encrypted(bytes: &[u8], start: usize, hits: &mut Hits) {
    const COMMAND: &[u8] = b"encrypt_string ";
    let from = start.saturating_sub(BEFORE);
    if let Some(at) = memchr::memmem::rfind(&bytes[from..start], COMMAND) {
        nth(bytes, from + at + COMMAND.len(), 0, hits);
    }
}

/// The second line from byte `from` on: the password below the login in a file of OpenVPN.
fn second_line(bytes: &[u8], from: usize, hits: &mut Hits) {
    let limit = bytes.len().min(from + BEFORE);
    let Some(line) = memchr::memchr(b'\n', &bytes[from..limit]).map(|i| from + i + 1) else { return };
    let length = bytes[line..limit].iter().take_while(|b| !b.is_ascii_whitespace()).count();
    let sign = usize::from(matches!(bytes.get(line), Some(b'+' | b'-')));
    if length > sign && bytes.get(line + length).is_none_or(|b| *b == b'\n') && bytes[line] != b'<' {
        secret(bytes, line + sign, line + length, hits);
    }
}

/// The lines `user:x` below `chpasswd:` of a machine's first start.
fn listed(bytes: &[u8], from: usize, hits: &mut Hits) {
    const LINES: usize = 12;
    let mut at = from;
    for _ in 0..LINES {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let line = &bytes[at..end];
        let text = line.trim_ascii_end();
        let lead = text.iter().take_while(|b| matches!(b, b' ' | b'-' | b'+' | b'"' | b'\'')).count();
        let text = &text[lead.min(text.len())..];
        let name = text.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-".contains(b)).count();
        if lead == 0 || end == bytes.len() && line.is_empty() {
            return;
        }
        if name > 0 && text.len() > name + 4 && text[name] == b':' && !text.contains(&b' ') {
            let quoted = usize::from(matches!(text.last(), Some(b'"' | b'\'')));
            secret(bytes, at + lead + name + 1, at + lead + text.len() - quoted, hits);
        }
        if end == bytes.len() {
            return;
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_secrets_by_their_place_in_a_command() {
        for text in [
            "mc alias set store https://s3.acme.io admin «Comet84x!»",
            "netsh wlan set hostednetwork mode=allow ssid=acme key=«Comet84x!»",
            "networksetup -setairportnetwork en0 AcmeNet «Comet84x!»",
            "composer config http-basic.repo.acme.io bob «Comet84x!»",
            "poetry config http-basic.priv bob «Comet84x!»",
            "BUNDLE_GEMS__ACME__IO: \"bob:«Comet84x»\"\n",
            "reg add \"HKLM\\Winlogon\" /v DefaultPassword /t REG_SZ /d «Comet84x!» /f",
            "useradd -m -p $(openssl passwd -6 '«Comet84x!»') bob",
            "mkpasswd -m sha-512 '«Comet84x!»'",
            "echo '«Comet84x!»' | kinit bob@ACME.IO",
            "printf '%s' '«Comet84x!»' | gcloud secrets create db --data-file=-",
            "secretsdump.py ACME/bob:'«Comet84x!»'@10.0.0.1",
            "http -a bob:«Comet84x!» GET https://api.acme.io/x",
            "java -jar jenkins-cli.jar -auth bob:«Comet84x» list-jobs",
            "iwconfig wlan0 key s:«Comet84x»",
            "vault kv put secret/app api=«x7Kq9zB2mW4v» db_password=«Comet84x» user=bob",
            "ssh db1 'mysql -u root -p'\"'\"'«Comet84x!»'\"'\"' -e \"show tables\"'",
            "ssh db1 'mysql -u root -p'\\''«Comet84x!»'\\'' shop'",
            "printf '%s\\n' '«Comet84x!»' | sudo -S systemctl restart nginx",
            "caddy hash-password --plaintext «Comet84x!»",
            "doctl auth init -t «8dd825cf5a3619b280ce729a32f0988e0a86a1954cc28b6f7e559fb9b0e22d2c»",
            "beeline -u jdbc:hive2://h:10000 -n hive -p «Comet84x!»",
            "tool -u root -p«Comet84x» -e x",
            "oathtool --totp -b «JBSWY3DPEHPK3PXPA2B3C4D5E6F7G2H4»",
            "pass insert -e acme/db <<< '«Comet84x!»'",
            "read DB_PASSWORD < <(echo '«Comet84x!»')",
            "sshpass -f <(echo '«Comet84x!»') ssh bob@web1",
            "ansible-vault encrypt_string '«Comet84x!»' --name db_password",
            "echo \"«Comet84x!»\" | gpg --batch --passphrase-fd 0 -d x.gpg",
            "I ran `mosquitto_passwd -b /etc/p bob '«Comet84x!»'` and it hangs",
            "<auth-user-pass>\nbob\n«Comet84x!»\n</auth-user-pass>",
            "chpasswd:\n  list: |\n    bob:«Comet84x!»\n    eve:«Comet85y!»\n  expire: false\n",
            "chpasswd:\n  expire: false\n",
            "mycli -h db -u bob -p «visip.Mosis55» shop",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_is_no_secret_there() {
        for text in [
            "mc alias set store https://s3.acme.io $KEY $SECRET",
            "networksetup -setairportnetwork en0 off",
            "poetry config http-basic.priv bob \"$PW\"",
            "BUNDLE_BUILD__NOKOGIRI: --use-system-libraries",
            "read PASSWORD < <(cat secret.txt)",
            "sshpass -f <(pass show x) ssh bob@web1",
            "openssl passwd -6 -stdin < f",
            "gcloud secrets list --filter name:db",
            "printf '%s' \"$PW\" | gcloud secrets create db --data-file=-",
            "curl --auth basic https://a.b",
        ] {
            check(text);
        }
    }

    #[test]
    fn the_string_of_json_around_a_command_ends_it() {
        check("[\"bash\",\"-lc\",\"htpasswd -bc /etc/x bob «Comet84x»\"],\"workdir\":\"/srv\"");
    }
}
