//! Names that mean a secret: `DB_PASSWORD`, `clientSecret`, `x-api-key`, `contrasena`; and those that only sound so:
//! `max_tokens`, `passwordField`, `publicKey`.

/// What the value under a name should be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) enum Kind {
    /// Chosen by a person perhaps: anything may be one.
    Password,
    /// Digits.
    Pin,
    /// A shared secret: made by a machine, or a phrase.
    Secret,
    /// A token or a key: made by a machine.
    Token,
    /// A login and its password, encoded, or a scheme and a token.
    Auth,
}

/// A name that may mean a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Name {
    /// What stands under it.
    pub(in crate::detect) kind: Kind,
    /// Whether it can hardly mean anything else.
    pub(in crate::detect) certain: bool,
}

/// The longest name that is looked at, in bytes; longer ones are data.
pub(super) const LONGEST: usize = 96;

/// The most words of a name that are looked at.
const MOST_WORDS: usize = 16;

/// The words of a name, lower case, in a fixed amount of memory.
struct Words {
    lower: [u8; LONGEST],
    ends: [(u8, u8); MOST_WORDS],
    count: usize,
}

impl Words {
    /// Cuts at everything that is no letter or digit, at changes of case, and between letters and final digits.
    fn of(name: &[u8]) -> Self {
        let name = &name[name.len().saturating_sub(LONGEST)..];
        let mut words = Self { lower: [0; LONGEST], ends: [(0, 0); MOST_WORDS], count: 0 };
        let mut start = 0;
        for (i, &b) in name.iter().enumerate() {
            words.lower[i] = b.to_ascii_lowercase();
            if !b.is_ascii_alphanumeric() && b < 0x80 {
                words.push(start, i);
                start = i + 1;
            } else if i > start && begins_word(name, i) {
                words.push(start, i);
                start = i;
            }
        }
        words.push(start, name.len());
        words
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end && self.count < MOST_WORDS {
            self.ends[self.count] = (start as u8, end as u8);
            self.count += 1;
        }
    }

    fn get(&self, index: usize) -> &[u8] {
        let (start, end) = self.ends[index];
        &self.lower[usize::from(start)..usize::from(end)]
    }

    fn any(&self, from: usize, to: usize, list: &[&str]) -> bool {
        (from..to).any(|i| is_in(self.get(i), list))
    }
}

/// Whether a new word begins at byte `i`: `aB`, `ABc`, `a1` at the end of a word.
fn begins_word(name: &[u8], i: usize) -> bool {
    let (before, here) = (name[i - 1], name[i]);
    let next_lower = name.get(i + 1).is_some_and(u8::is_ascii_lowercase);
    (here.is_ascii_uppercase() && before.is_ascii_lowercase())
        || (here.is_ascii_uppercase() && before.is_ascii_uppercase() && next_lower)
        || (here.is_ascii_digit() && before.is_ascii_alphabetic())
        || (here.is_ascii_alphabetic() && before.is_ascii_digit())
}

fn is_in(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| entry.as_bytes() == word)
}

fn ends_in(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| word.ends_with(entry.as_bytes()))
}

/// What `name` means, if it may mean a secret.
pub(in crate::detect) fn meaning(name: &[u8]) -> Option<Name> {
    let words = Words::of(name);
    let (head, kind, sure) = head(&words)?;
    if words.any(0, head, NOT_BEFORE) || words.any(head + 1, words.count, NOT_AFTER) {
        return None;
    }
    let plain_tail = (head + 1..words.count).all(|i| is_neutral(words.get(i)));
    let called = words.count > 1 && is_in(words.get(0), VERBS);
    Some(Name { kind, certain: sure && plain_tail && !called })
}

/// The last word that makes the name a secret's: its index, what it means, and whether that is certain.
fn head(words: &Words) -> Option<(usize, Kind, bool)> {
    (0..words.count).rev().find_map(|i| {
        let before = i.checked_sub(1).map(|j| words.get(j));
        let (kind, sure) = word_meaning(words.get(i), before)?;
        Some((i, kind, sure))
    })
}

fn word_meaning(word: &[u8], before: Option<&[u8]>) -> Option<(Kind, bool)> {
    if is_in(word, NOT_SECRET) {
        return None;
    }
    if word == b"string" && before == Some(b"secure") {
        return Some((Kind::Password, true));
    }
    if is_in(word, PASSWORDS) || ends_in(word, PASSWORD_ENDINGS) {
        return Some((Kind::Password, true));
    }
    if is_in(word, &["pin", "otp", "passcode", "totp", "mfa"]) {
        return Some((Kind::Pin, true));
    }
    if ends_in(word, &["secret", "secretkey", "mnemonic"]) || is_in(word, SECRETS) {
        return Some((Kind::Secret, true));
    }
    if ends_in(word, &["token", "apikey"]) || is_in(word, TOKENS) {
        return Some((Kind::Token, true));
    }
    if is_in(word, &["secrets", "tokens", "apikeys", "credentials", "credential", "creds", "cred"]) {
        return Some((Kind::Token, false));
    }
    if is_in(word, &["auth", "authorization", "authentication", "basicauth"]) {
        return Some((Kind::Auth, true));
    }
    key_meaning(word, before)
}

/// `api_key`, `accessKey`, `masterkey`; a key of anything unknown is uncertain.
fn key_meaning(word: &[u8], before: Option<&[u8]>) -> Option<(Kind, bool)> {
    if let Some(stem) = word.strip_suffix(b"key").filter(|stem| !stem.is_empty()) {
        return is_in(stem, KEY_BEFORE).then_some((Kind::Token, true));
    }
    let before = before.filter(|_| word == b"key" || word == b"keys")?;
    if is_in(before, NOT_KEY_BEFORE) {
        return None;
    }
    Some((Kind::Token, word == b"key" && is_in(before, KEY_BEFORE)))
}

/// Whether a word after the secret's own leaves the meaning as it is: a number, a stage, a form.
fn is_neutral(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_digit) || is_in(word, NEUTRAL)
}

const PASSWORDS: &[&str] = &[
    "pass",
    "pw",
    "psk",
    "mdp",
    "pwds",
    "passwords",
    "dbpass",
    "userpass",
    "smtppass",
    "mailpass",
    "mysqlpass",
    "rootpw",
    "bindpw",
    "userpw",
    "dbpw",
    "senha",
    "clave",
    "contrasena",
    "contrase",
    "contraseña",
    "haslo",
    "hasło",
    "parola",
    "wachtwoord",
    "sifre",
    "losenord",
    "heslo",
    "salasana",
    "lösenord",
    "storepass",
    "requirepass",
    "masterauth",
    "keypass",
    "authpass",
    "sudopass",
    "ftppass",
    "pgpass",
    "redispass",
    "adminpass",
    "masterpass",
    "rootpass",
    "basicpass",
    "passe",
    "пароль",
    "Пароль",
    "ПАРОЛЬ",
    "пароля",
    "hasła",
    "şifre",
    "jelszó",
    "adgangskode",
];

const PASSWORD_ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passwort",
    "kennwort",
    "passphrase",
    "passwrd",
    "pwd",
    "psswd",
    "wachtwoord",
    "parole",
];

const SECRETS: &[&str] = &["salt", "hmackey", "seedphrase", "privatekey", "seed"];

const TOKENS: &[&str] = &["jwt", "bearer", "pat", "sessionkey", "crumb", "webhook", "authkey", "sas"];

/// Words whose keys are secrets.
const KEY_BEFORE: &[&str] = &[
    "api",
    "access",
    "secret",
    "private",
    "auth",
    "master",
    "account",
    "storage",
    "license",
    "licence",
    "encryption",
    "encrypt",
    "signing",
    "sign",
    "admin",
    "deploy",
    "integration",
    "routing",
    "subscription",
    "app",
    "application",
    "consumer",
    "record",
    "write",
    "service",
    "server",
    "client",
    "team",
    "shared",
    "session",
    "security",
    "preshared",
    "host",
    "genie",
    "ingest",
    "ingestion",
    "hmac",
    "jwt",
    "rsa",
    "aes",
    "ssh",
    "gpg",
    "pgp",
    "cipher",
    "crypto",
    "root",
    "login",
    "logged",
    "in",
    "nonce",
    "secure",
    "unseal",
    "recovery",
    "developer",
    "dev",
    "project",
    "sdk",
    "rest",
    "bot",
    "webhook",
    "user",
    "vault",
    "token",
];

/// Words whose keys are no secrets.
const NOT_KEY_BEFORE: &[&str] = &[
    "public",
    "pub",
    "primary",
    "foreign",
    "cache",
    "sort",
    "partition",
    "hash",
    "range",
    "object",
    "dict",
    "map",
    "row",
    "lookup",
    "group",
    "idempotency",
    "i18n",
    "translation",
    "query",
    "registry",
    "config",
    "react",
    "arrow",
    "enter",
    "escape",
    "tab",
    "hot",
    "shortcut",
    "unique",
    "composite",
    "surrogate",
    "natural",
    "candidate",
    "index",
    "item",
    "list",
    "state",
    "event",
    "field",
    "form",
    "column",
    "table",
    "message",
    "locale",
    "data",
    "node",
    "tree",
    "route",
    "path",
    "file",
    "s3",
    "bucket",
    "blob",
    "redis",
    "memo",
    "dedup",
    "dedupe",
    "default",
    "get",
    "set",
    "has",
    "delete",
    "remove",
    "add",
    "next",
    "prev",
    "last",
    "first",
    "current",
    "parent",
    "child",
    "new",
    "old",
    "the",
    "a",
    "each",
    "any",
    "no",
    "this",
    "that",
    "same",
    "missing",
    "unknown",
    "invalid",
    "duplicate",
    "sub",
    "super",
    "meta",
    "ctrl",
    "shift",
    "alt",
    "function",
    "press",
    "on",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "var",
    "env",
    "theme",
    "dictionary",
    "json",
    "property",
    "metadata",
    "string",
    "result",
    "version",
    "lock",
    "resource",
    "entity",
    "record",
    "name",
    "id",
    "value",
    "type",
    "series",
    "metric",
    "label",
    "tag",
    "attribute",
    "header",
    "param",
    "option",
    "setting",
    "feature",
    "flag",
    "context",
    "kv",
    "scope",
    "store",
    "translate",
    "message",
    "section",
    "page",
    "sequence",
    "by",
];

/// Words that sound like a secret's and are none.
const NOT_SECRET: &[&str] = &[
    "bypass",
    "compass",
    "trespass",
    "overpass",
    "surpass",
    "monkey",
    "turkey",
    "hotkey",
    "pubkey",
    "publickey",
    "hockey",
    "jockey",
    "whiskey",
    "donkey",
    "nonsecret",
    "keyless",
    "subtoken",
    "cryptotoken",
];

/// Words before that turn a name into a count, a check, a place in a list or in a text.
const NOT_BEFORE: &[&str] = &[
    "max",
    "min",
    "num",
    "total",
    "count",
    "input",
    "output",
    "prompt",
    "completion",
    "reasoning",
    "cached",
    "is",
    "has",
    "no",
    "show",
    "hide",
    "toggle",
    "forgot",
    "reset",
    "verify",
    "check",
    "validate",
    "hash",
    "require",
    "requires",
    "cancellation",
    "cancel",
    "continuation",
    "pagination",
    "page",
    "next",
    "start",
    "end",
    "eos",
    "bos",
    "pad",
    "unk",
    "mask",
    "sep",
    "cls",
    "stop",
    "special",
    "syntax",
    "lex",
    "parse",
    "per",
    "needs",
    "allow",
    "disable",
    "enable",
    "without",
    "empty",
    "invalid",
    "missing",
    "wrong",
    "bad",
    "expired",
    "weak",
    "strong",
    "n",
];

/// Words after that turn a name into something about the secret.
const NOT_AFTER: &[&str] = &[
    "id",
    "ids",
    "name",
    "names",
    "path",
    "file",
    "files",
    "filename",
    "dir",
    "url",
    "uri",
    "endpoint",
    "host",
    "type",
    "types",
    "kind",
    "length",
    "len",
    "size",
    "count",
    "counts",
    "limit",
    "limits",
    "max",
    "min",
    "header",
    "headers",
    "field",
    "fields",
    "input",
    "inputs",
    "label",
    "placeholder",
    "policy",
    "policies",
    "rule",
    "rules",
    "regex",
    "pattern",
    "validator",
    "validators",
    "valid",
    "validation",
    "hint",
    "reset",
    "error",
    "errors",
    "message",
    "msg",
    "title",
    "form",
    "page",
    "view",
    "controller",
    "service",
    "manager",
    "provider",
    "factory",
    "handler",
    "helper",
    "utils",
    "class",
    "model",
    "schema",
    "table",
    "column",
    "index",
    "expiry",
    "expires",
    "expiration",
    "expired",
    "ttl",
    "age",
    "lifetime",
    "timeout",
    "at",
    "date",
    "time",
    "timestamp",
    "scope",
    "scopes",
    "status",
    "state",
    "ref",
    "reference",
    "version",
    "algorithm",
    "alg",
    "issuer",
    "audience",
    "format",
    "prefix",
    "suffix",
    "strength",
    "score",
    "budget",
    "usage",
    "cost",
    "price",
    "used",
    "remaining",
    "total",
    "rate",
    "bucket",
    "required",
    "enabled",
    "disabled",
    "visible",
    "changed",
    "parser",
    "stream",
    "ring",
    "store",
    "storage",
    "callback",
    "event",
    "listener",
    "response",
    "request",
    "params",
    "options",
    "opts",
    "config",
    "settings",
    "source",
    "scanner",
    "detector",
    "detection",
    "management",
    "rotation",
    "generator",
    "generation",
    "checker",
    "count",
    "usage",
    "match",
    "matches",
    "mask",
    "masked",
    "cache",
    "pair",
    "vault",
    "exists",
    "present",
    "set",
    "kid",
    "protection",
    "authentication",
    "fingerprint",
    "thumbprint",
    "digest",
    "arn",
    "env",
    "var",
    "vars",
    "icon",
    "button",
    "link",
    "screen",
    "dialog",
    "modal",
    "component",
    "element",
    "attempts",
    "retries",
    "mode",
    "method",
    "flow",
    "grant",
    "per",
    "classifier",
    "embedding",
    "embeddings",
    "probs",
    "logprobs",
    "sequence",
    "position",
    "offset",
    "span",
    "spans",
    "tree",
    "trees",
    "kinds",
    "property",
    "example",
    "docs",
    "md",
    "txt",
    "py",
    "js",
    "ts",
    "rs",
    "go",
    "json",
    "yaml",
    "yml",
    "toml",
    "html",
    "java",
    "rb",
    "php",
    "css",
    "sh",
];

/// Words before that make a name a function's.
const VERBS: &[&str] = &[
    "get", "fetch", "load", "read", "find", "create", "generate", "make", "build", "parse", "decode",
    "encode", "store", "save", "delete", "remove", "revoke", "refresh", "rotate", "update", "print", "log",
    "list", "use", "test",
];

/// Words after the secret's own that leave its meaning as it is.
const NEUTRAL: &[&str] = &[
    "value",
    "plain",
    "plaintext",
    "text",
    "string",
    "str",
    "raw",
    "base",
    "b",
    "hex",
    "bytes",
    "dev",
    "prod",
    "production",
    "staging",
    "stage",
    "test",
    "live",
    "sandbox",
    "qa",
    "local",
    "old",
    "new",
    "current",
    "primary",
    "secondary",
    "backup",
    "main",
    "default",
    "admin",
    "root",
    "user",
    "db",
    "database",
    "confirm",
    "confirmation",
    "again",
    "repeat",
    "data",
    "be",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_names_mean() {
        let kind = |name: &str| meaning(name.as_bytes()).map(|n| (n.kind, n.certain));
        for (name, expected) in [
            ("DB_PASSWORD", Kind::Password),
            ("PGPASSWORD", Kind::Password),
            ("dbPassword", Kind::Password),
            ("spring.datasource.password", Kind::Password),
            ("password_confirmation", Kind::Password),
            ("MYSQL_PWD", Kind::Password),
            ("clientSecret", Kind::Secret),
            ("secret_key_base", Kind::Token),
            ("AWS_SECRET_ACCESS_KEY", Kind::Token),
            ("X-Api-Key", Kind::Token),
            ("apikey", Kind::Token),
            ("_authToken", Kind::Token),
            ("GENIEKEY", Kind::Token),
            ("HEROKU_API_KEY_PROD", Kind::Token),
            ("authorization", Kind::Auth),
        ] {
            assert_eq!(kind(name), Some((expected, true)), "{name}");
        }
        for name in ["TRELLO_KEY", "getToken", "credentials", "DB_PASSWORD_ACME"] {
            assert!(matches!(kind(name), Some((_, false))), "{name}");
        }
        for name in [
            "max_tokens",
            "input_tokens",
            "passwordField",
            "publicKey",
            "primary_key",
            "key",
            "keyCode",
            "secretName",
            "token_type",
            "tokenizer",
            "API_KEY_HEADER",
            "password.length",
            "monkey",
            "passed",
            "passenger",
            "author",
            "private_key_id",
            "secretary",
            "TOKEN_URL",
            "check_password",
            "eos_token",
            "password.md",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
