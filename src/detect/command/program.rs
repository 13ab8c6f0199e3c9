//! Programs and the options by which they are told credentials, where the name of the option does not say so itself.

use std::sync::LazyLock;

/// A program and its options that carry credentials.
pub(super) struct Program {
    /// Its names.
    names: &'static [&'static str],
    /// Options whose next argument is the secret.
    pub(super) next: &'static [&'static str],
    /// Words with a name after them, and then the secret.
    pub(super) second: &'static [&'static str],
    /// Options with the secret joined to them.
    pub(super) joined: &'static [&'static str],
    /// Options whose next argument, or what is joined to them, is `user:secret`.
    pub(super) login: &'static [&'static str],
    /// Options whose next argument are cookies.
    pub(super) cookie: &'static [&'static str],
    /// What divides user and secret there.
    pub(super) divider: u8,
    /// Whether the first argument that is no option is such a login too.
    pub(super) first_login: bool,
}

impl Program {
    const fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            next: &[],
            second: &[],
            cookie: &[],
            joined: &[],
            login: &[],
            divider: b':',
            first_login: false,
        }
    }
}

/// The program of that name, without the ending of a script or of Windows.
pub(super) fn program(word: &[u8]) -> Option<&'static Program> {
    static BY_NAME: LazyLock<Vec<(&'static [u8], &'static Program)>> = LazyLock::new(|| {
        let named = |p: &'static Program| p.names.iter().map(move |name| (name.as_bytes(), p));
        let mut all: Vec<_> = PROGRAMS.iter().flat_map(named).collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    });
    if !(2..=24).contains(&word.len()) {
        return None;
    }
    let word = word.strip_suffix(b".exe").or_else(|| word.strip_suffix(b".py")).unwrap_or(word);
    let found = BY_NAME.binary_search_by_key(&word, |(name, _)| name).ok()?;
    Some(BY_NAME[found].1)
}

/// What keeps secrets, `az keyvault secret set --value x`, is told them so.
pub(super) fn keeper() -> &'static Program {
    static KEEPER: Program =
        Program { next: &["--value", "--secret-string", "--data", "--body", "-b"], ..Program::new(&[]) };
    &KEEPER
}

static PROGRAMS: &[Program] = &[
    Program {
        login: &["-u", "--user", "-U", "--proxy-user", "-a", "--auth"],
        cookie: &["-b", "--cookie"],
        ..Program::new(&["curl", "http", "https", "xh", "xhs", "curlie", "hey"])
    },
    Program { login: &["-A", "-P"], ..Program::new(&["ab"]) },
    Program {
        next: &["--password"],
        joined: &["-p"],
        ..Program::new(&[
            "mysql",
            "mysqldump",
            "mysqladmin",
            "mysqlimport",
            "mysqlsh",
            "mysqlcheck",
            "mysqlslap",
            "mariadb",
            "mariadb-dump",
            "mariadb-admin",
        ])
    },
    Program { next: &["-p", "--password"], ..Program::new(&["mycli", "litecli", "pgcli", "mssql-cli"]) },
    Program {
        first_login: true,
        ..Program::new(&[
            "secretsdump",
            "impacket-secretsdump",
            "impacket-psexec",
            "impacket-wmiexec",
            "impacket-smbexec",
            "impacket-smbclient",
            "impacket-mssqlclient",
            "impacket-GetUserSPNs",
            "impacket-GetADUsers",
        ])
    },
    Program { next: &["-b", "--base32"], ..Program::new(&["oathtool"]) },
    Program { next: &["-p", "--pat"], ..Program::new(&["vsce", "ovsx"]) },
    Program { next: &["-p"], joined: &["-p"], ..Program::new(&["sshpass"]) },
    Program { next: &["-p", "-t", "-k"], ..Program::new(&["login"]) },
    Program {
        next: &["-a", "--pass", "AUTH", "auth", "requirepass", "masterauth"],
        ..Program::new(&["redis-cli", "valkey-cli"])
    },
    Program { next: &["-P"], joined: &["-P"], ..Program::new(&["sqlcmd", "bcp", "osql", "tsql"]) },
    Program {
        next: &["-P"],
        ..Program::new(&[
            "zip",
            "unzip",
            "zipcloak",
            "mosquitto_pub",
            "mosquitto_sub",
            "mosquitto_rr",
            "mqttx",
            "knife",
            "kinit",
            "p4",
            "ipmitool",
            "gpg-preset-passphrase",
        ])
    },
    Program { next: &["-P", "-N"], ..Program::new(&["ssh-keygen"]) },
    Program { next: &["-k", "-K", "-pass"], ..Program::new(&["openssl"]) },
    Program { joined: &["-p:", "-password:"], ..Program::new(&["winrs"]) },
    Program { joined: &["/p:"], ..Program::new(&["xfreerdp", "wfreerdp", "sdl-freerdp"]) },
    Program { joined: &["-p", "-hp"], ..Program::new(&["7z", "7za", "7zz", "7zr", "rar", "unrar"]) },
    Program {
        next: &["-w", "-s", "-a"],
        ..Program::new(&[
            "ldapsearch",
            "ldapadd",
            "ldapmodify",
            "ldapdelete",
            "ldapwhoami",
            "ldapcompare",
            "ldapmodrdn",
            "ldappasswd",
        ])
    },
    Program {
        login: &["-U", "--user"],
        divider: b'%',
        ..Program::new(&["smbclient", "rpcclient", "smbget", "wmic", "winexe", "net"])
    },
    Program { next: &["-p"], login: &["-U"], divider: b'%', ..Program::new(&["smbmap"]) },
    Program {
        next: &["-A", "-X", "-c"],
        ..Program::new(&["snmpwalk", "snmpget", "snmpset", "snmpbulkwalk", "snmptrap", "snmptable"])
    },
    Program { next: &["--plaintext", "-p"], ..Program::new(&["caddy"]) },
    Program { next: &["-xp", "-p"], ..Program::new(&["sendEmail", "sendemail"]) },
    Program { next: &["-upw", "-opw"], ..Program::new(&["pdftotext", "pdftoppm", "pdfinfo", "pdfimages"]) },
    Program { next: &["user_pw", "owner_pw", "input_pw"], ..Program::new(&["pdftk"]) },
    Program { next: &["-passwd"], ..Program::new(&["x11vnc"]) },
    Program { next: &["-a"], ..Program::new(&["redis-benchmark"]) },
    Program { next: &["using", "USING"], ..Program::new(&["db2"]) },
    Program {
        next: &["set-initial-password", "reset-admin-password", "set-default-admin"],
        ..Program::new(&["neo4j-admin", "grafana-cli", "grafana"])
    },
    Program {
        second: &["add_user", "change_password", "authenticate_user"],
        ..Program::new(&["rabbitmqctl"])
    },
    Program { second: &["user:password", "upwd"], ..Program::new(&["drush"]) },
    Program { login: &["-u", "--user"], divider: b',', ..Program::new(&["lftp"]) },
    Program { login: &["--user"], ..Program::new(&["etcdctl"]) },
    Program { next: &["--auth-cred"], login: &["--auth-cred"], ..Program::new(&["sqlmap"]) },
    Program {
        login: &["--creds", "--src-creds", "--dest-creds", "-u"],
        ..Program::new(&["skopeo", "buildah", "podman", "nerdctl", "oras"])
    },
    Program {
        first_login: true,
        divider: b'/',
        ..Program::new(&["sqlplus", "sqlldr", "exp", "imp", "expdp", "impdp", "rman", "sqlcl"])
    },
    Program {
        next: &["-p", "-pw", "/p"],
        joined: &["-p"],
        ..Program::new(&[
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "mongoimport",
            "mongoexport",
            "mongostat",
            "psexec",
            "psexec64",
            "plink",
            "pscp",
            "psftp",
            "twine",
            "rdesktop",
            "ncftp",
            "ncftpget",
            "ncftpput",
            "hydra",
            "wpscan",
            "influx",
            "arangosh",
            "cqlsh",
            "clickhouse-client",
            "cypher-shell",
            "couchbase-cli",
            "cbq",
            "snowsql",
            "vsql",
            "nzsql",
            "bteq",
            "racadm",
            "certutil",
            "signtool",
            "steghide",
            "altool",
            "airflow",
            "beeline",
            "isql-fb",
            "tdbsql",
            "iinit",
            "dbaccess",
            "hdbsql",
            "monetdb",
            "ij",
            "presto",
            "trino",
            "solr",
            "kafkacat",
            "cadaver",
            "mount_smbfs",
        ])
    },
    Program {
        next: &["-p", "-H"],
        joined: &["-p"],
        ..Program::new(&["evil-winrm", "crackmapexec", "netexec", "nxc"])
    },
    Program { next: &["-p"], ..Program::new(&["useradd", "usermod"]) },
    Program {
        next: &["-w", "-p", "-P"],
        ..Program::new(&[
            "add-generic-password",
            "add-internet-password",
            "unlock-keychain",
            "create-keychain",
        ])
    },
];
