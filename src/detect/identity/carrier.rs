//! Words that say what stands behind them, and who looks there.

use super::{
    super::{
        subject::{Hits, Subject},
        word,
    },
    account, address, branch, chat, device, host, insert, listing, mac, name, national, place, remote,
    spelled, table, user,
};
use std::sync::LazyLock;

/// Looks at the subject behind a word: its first byte, its last but one.
type Look = fn(&Subject<'_>, usize, usize, &mut Hits);

/// A word in lower case, as in the table of `scan/anchors.rs`, and who looks behind it. More than one may.
static CARRIERS: &[(&str, Look)] = &[
    ("author", name::person),
    ("committer", name::person),
    ("tagger", name::person),
    ("signed-off-by", name::person),
    ("-authored-by", name::person),
    ("reviewed-by", name::person),
    ("approved-by", name::person),
    ("reported-by", name::person),
    ("tested-by", name::person),
    ("acked-by", name::person),
    ("assignee", name::person),
    ("reporter", name::person),
    ("reviewer", name::person),
    ("maintainer", name::person),
    ("user.name", name::person),
    ("full name", name::person),
    ("full_name", name::person),
    ("real name", name::person),
    ("realname", name::person),
    ("display name", name::person),
    ("displayname", name::person),
    ("firstname", name::person),
    ("first_name", name::person),
    ("first name", name::person),
    ("lastname", name::person),
    ("last_name", name::person),
    ("last name", name::person),
    ("_author_name", name::person),
    ("_committer_name", name::person),
    ("uid=", user::identity),
    ("gid=", user::identity),
    ("user=", user::login),
    ("gitlab_user_login=", user::login),
    ("username=", user::login),
    ("username:", user::login),
    ("logname=", user::login),
    ("logged in as", user::login),
    ("\"login", user::quoted),
    ("\"username", user::quoted),
    ("github_actor=", user::login),
    ("whoami", user::whoami),
    ("sudo -u ", user::command),
    ("su - ", user::command),
    ("chown ", user::command),
    ("useradd ", user::command),
    ("adduser ", user::command),
    ("usermod ", user::command),
    ("userdel ", user::command),
    ("runuser -u ", user::command),
    ("crontab -u ", user::command),
    ("enable-linger ", user::command),
    ("net user ", user::command),
    ("/user:", user::domain_user),
    ("account name", user::domain_user),
    (":x:", listing::passwd),
    (":*:", listing::passwd),
    (":$6$", listing::passwd),
    (":$y$", listing::passwd),
    ("-rw", listing::files),
    ("-r-", listing::files),
    ("drwx", listing::files),
    ("dr-x", listing::files),
    ("lrwx", listing::files),
    ("srwx", listing::files),
    ("crw-", listing::files),
    (" %cpu", listing::processes),
    (" ppid", listing::processes),
    (" pts/", listing::sessions),
    (" tty", listing::sessions),
    (" console ", listing::sessions),
    ("unning  ", table::pod),
    ("ckoff", table::pod),
    ("?        s", listing::process),
    ("?        0", listing::process),
    (" +0", listing::blame),
    (" -0", listing::blame),
    (" +1", listing::blame),
    (".local", host::suffix),
    (".lan", host::suffix),
    (".internal", host::suffix),
    (".corp", host::suffix),
    (".intranet", host::suffix),
    (".home.arpa", host::suffix),
    (".ts.net", host::suffix),
    ("desktop-", host::machine),
    ("laptop-", host::machine),
    ("macbook", host::machine),
    ("-mbp", host::machine),
    ("-imac", host::machine),
    ("ssh ", host::target),
    ("sftp ", host::target),
    ("mosh ", host::target),
    ("ping ", host::target),
    ("hostname", host::named),
    ("_host", address::setting),
    (" nfs", address::mount),
    ("gke_", account::cluster),
    ("_kwdo", account::node),
    ("microsoftonline.com/", account::uuid),
    ("computername", host::named),
    ("github.com", remote::forge),
    ("gitlab.", remote::forge),
    ("bitbucket.org", remote::forge),
    ("codeberg.org", remote::forge),
    ("dev.azure.com", remote::forge),
    (".git", remote::url),
    ("--repo ", remote::option),
    ("branch ", branch::told),
    ("on branch ", branch::behind),
    ("checkout -b ", branch::behind),
    ("switch -c ", branch::behind),
    ("refs/heads/", branch::behind),
    ("arn:aws", account::arn),
    (".dkr.ecr.", account::registry),
    ("account", account::number),
    ("subscriptions/", account::uuid),
    ("tenant", account::uuid),
    ("organization", account::organization),
    ("s3://", account::bucket),
    ("gs://", account::bucket),
    ("serial number", device::serial),
    ("serial ", device::told),
    ("serial:", device::told),
    ("owner_id", account::number),
    ("serialnumber", device::serial),
    ("serial_number", device::serial),
    ("ioplatformuuid", device::serial),
    ("machine-id", device::serial),
    ("machine_id", device::serial),
    ("machineid", device::serial),
    ("hardware uuid", device::serial),
    ("machine id", device::serial),
    ("imei", device::serial),
    ("imsi", device::serial),
    ("iccid", device::serial),
    ("gpu-", device::card),
    ("serialno", device::serial),
    ("equipmentidentity", device::serial),
    (" device usb:", device::attached),
    (" device product:", device::attached),
    ("-xps", host::machine),
    ("-thinkpad", host::machine),
    ("-lt", host::numbered),
    ("-pc", host::numbered),
    ("-nb", host::numbered),
    ("[at]", spelled::bracketed),
    ("(at)", spelled::bracketed),
    ("{at}", spelled::bracketed),
    (" dot ", spelled::worded),
    ("udid", device::serial),
    ("android_id", device::serial),
    ("device id", device::serial),
    ("s-1-5-21-", device::sid),
    (" [ethernet]", mac::printed),
    ("<@u", chat::mention),
    ("<@w", chat::mention),
    ("<#c", chat::mention),
    ("insert into ", insert::find),
    ("latitude", place::named),
    ("longitude", place::named),
    ("lat\"", place::named),
    ("lng\"", place::named),
    ("lon\"", place::named),
    ("lat:", place::named),
    ("lat=", place::named),
    ("lat ", place::named),
    ("geo:", place::named),
    ("coordinates", place::named),
    ("° n", place::degrees),
    ("° s", place::degrees),
    ("° e", place::degrees),
    ("° w", place::degrees),
];

/// The words by their first bytes.
static BY_FIRST: LazyLock<[Vec<(&'static str, Look)>; 256]> = LazyLock::new(|| {
    let starting =
        |first: usize| CARRIERS.iter().filter(move |(word, _)| usize::from(word.as_bytes()[0]) == first);
    std::array::from_fn(|first| starting(first).copied().collect())
});

/// Looks behind the word that starts at byte `at`.
pub(super) fn find(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let rest = &subject.bytes[at..];
    let Some(first) = rest.first() else { return };
    for (carrier, look) in &BY_FIRST[usize::from(first.to_ascii_lowercase())] {
        if word::starts_with(rest, carrier.as_bytes()) {
            look(subject, at, at + carrier.len(), hits);
        }
    }
    national::find_named(subject, at, hits);
}

/// Every word, for tests.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    CARRIERS.iter().map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Candidate, Kind, Kinds, Scanner};

    #[test]
    fn the_scan_knows_every_word() {
        let scanner = Scanner::new(Kinds::ALL);
        for (word, _) in CARRIERS {
            let (text, mut out) = (format!("x {word} x"), Vec::new());
            scanner.scan(text.as_bytes(), &mut out);
            assert!(out.contains(&Candidate { at: 2, kind: Kind::Carrier }), "{word}");
        }
    }
}
