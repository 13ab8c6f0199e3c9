//! What is a person's login and what is a system's account, an example or a pseudonym.

use super::super::word;

/// The shortest login that is a person's wherever it stands, in bytes; in a home directory any length is.
const MIN_LOGIN: usize = 3;

/// Whether `name` may be a person's login wherever it stands.
pub(crate) fn is_person(name: &[u8]) -> bool {
    name.len() >= MIN_LOGIN && may_be_person(name)
}

/// Whether `name`, in a place that names a user, is a person's.
pub(crate) fn may_be_person(name: &[u8]) -> bool {
    let letters = name.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    letters
        && !word::listed(SYSTEM, name)
        && !word::listed(EXAMPLES, name)
        && !is_service(name)
        && !is_pseudonym(name)
}

/// Whether `name` is an account of the system or of an image that everyone uses.
fn is_service(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let starts = |p: &str| lower.starts_with(p.as_bytes());
    let ends = |p: &str| lower.ends_with(p.as_bytes());
    // macOS and systemd name their own accounts so; robots of forges end in `[bot]`.
    name[0] == b'_'
        || starts("systemd-")
        || ends("$")
        || ends("[bot]")
        || starts("nixbld")
        || starts("redacted")
}

/// The words that pseudonyms begin with.
const PSEUDONYMS: [&[u8]; 8] =
    [b"user-", b"project-", b"dir-", b"mod-", b"org-", b"host-", b"branch-", b"value-"];

/// Whether `name` is a pseudonym of ours: a word, a hyphen and six hexadecimal digits.
pub(crate) fn is_pseudonym(name: &[u8]) -> bool {
    PSEUDONYMS.iter().any(|word| {
        let tail = name
            .get(..word.len())
            .filter(|head| head.eq_ignore_ascii_case(word))
            .map(|_| &name[word.len()..]);
        tail.is_some_and(|t| {
            t.len() >= 6
                && t[..6].iter().all(u8::is_ascii_hexdigit)
                && (t.len() == 6 || !t[6].is_ascii_alphanumeric())
        })
    })
}

/// Accounts that come with systems, images and services; sorted.
pub(crate) static SYSTEM: &[&str] = &[
    "_apt",
    "adm",
    "admin",
    "administrator",
    "administrators",
    "airflow",
    "alarm",
    "all users",
    "alpine",
    "amazon",
    "anonymous",
    "apache",
    "app",
    "appuser",
    "arch",
    "audio",
    "authenticated users",
    "aws",
    "azureuser",
    "backup",
    "bin",
    "bitnami",
    "buildkite-agent",
    "builduser",
    "builtin",
    "caddy",
    "cassandra",
    "centos",
    "circleci",
    "cloud-user",
    "cloudshell-user",
    "cockroach",
    "codespace",
    "consul",
    "container",
    "core",
    "coder",
    "couchdb",
    "cron",
    "daemon",
    "db",
    "dbus",
    "debian",
    "default",
    "default user",
    "defaultapppool",
    "defaultuser0",
    "deploy",
    "deployer",
    "dev",
    "developer",
    "devuser",
    "dialout",
    "disk",
    "django",
    "docker",
    "ec2-user",
    "elasticsearch",
    "etcd",
    "everyone",
    "fedora",
    "fluent",
    "ftp",
    "games",
    "gitea",
    "git",
    "github",
    "gitlab",
    "gitlab-runner",
    "gitlab-www",
    "gitpod",
    "gnats",
    "gopher",
    "grafana",
    "group",
    "guest",
    "hadoop",
    "halt",
    "haproxy",
    "hdfs",
    "homebrew",
    "host",
    "http",
    "httpd",
    "input",
    "irc",
    "jboss",
    "jenkins",
    "jovyan",
    "kafka",
    "kibana",
    "kvm",
    "linuxbrew",
    "list",
    "local",
    "localhost",
    "logstash",
    "lp",
    "lpadmin",
    "lxd",
    "mail",
    "mailnull",
    "man",
    "memcached",
    "messagebus",
    "minio",
    "mongo",
    "mongodb",
    "mysql",
    "named",
    "networkservice",
    "news",
    "nfsnobody",
    "nginx",
    "nobody",
    "node",
    "nogroup",
    "none",
    "nonroot",
    "nscd",
    "ntp",
    "null",
    "oinstall",
    "opc",
    "operator",
    "oracle",
    "other",
    "owner",
    "packer",
    "pi",
    "plugdev",
    "polkitd",
    "postfix",
    "postgres",
    "postgresql",
    "prometheus",
    "proxy",
    "public",
    "puppet",
    "rabbitmq",
    "rails",
    "redis",
    "rocky",
    "root",
    "rpc",
    "runner",
    "runneradmin",
    "sandbox",
    "self",
    "service",
    "shared",
    "shutdown",
    "solr",
    "spark",
    "squid",
    "sshd",
    "ssl-cert",
    "staff",
    "sudo",
    "suse",
    "sync",
    "sys",
    "system",
    "syslog",
    "tape",
    "tcpdump",
    "telegraf",
    "test",
    "testuser",
    "tomcat",
    "traefik",
    "travis",
    "tty",
    "ubuntu",
    "uids",
    "user",
    "users",
    "utmp",
    "uucp",
    "uuidd",
    "vagrant",
    "vault",
    "vcap",
    "video",
    "vscode",
    "wheel",
    "worker",
    "www",
    "www-data",
    "x",
    "xfs",
    "zookeeper",
];

/// Names that documentation and code put where a user stands; sorted.
pub(crate) static EXAMPLES: &[&str] = &[
    "...",
    "bar",
    "baz",
    "example",
    "example-user",
    "exampleuser",
    "foo",
    "home",
    "login",
    "me",
    "my-name",
    "my-user",
    "myname",
    "myself",
    "myuser",
    "name",
    "newuser",
    "nonexistent",
    "person",
    "placeholder",
    "redacted",
    "sample",
    "some-user",
    "somebody",
    "someone",
    "someuser",
    "the-user",
    "theuser",
    "undefined",
    "user-name",
    "user1",
    "user2",
    "user_name",
    "userid",
    "username",
    "xxx",
    "xxxx",
    "xxxxx",
    "you",
    "your-name",
    "your-user",
    "your-username",
    "your_name",
    "your_user",
    "your_username",
    "yourname",
    "youruser",
    "yourusername",
    "yourusernamehere",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_and_pseudonyms_are_no_persons() {
        for name in
            ["root", "Administrator", "ec2-user", "_spotlight", "user-7f3a9c", "mod-91aa3e.rs", "1000", "YOU"]
        {
            assert!(!may_be_person(name.as_bytes()), "{name}");
        }
        for name in ["maribel", "j", "josé", "first.last", "user-7f3a9cd", "usera", "jsmith42"] {
            assert!(may_be_person(name.as_bytes()), "{name}");
        }
    }
}
