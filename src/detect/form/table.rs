//! The forms: what each begins with, what must stand before it, and its words.

/// What must stand on the line before a form.
#[derive(Clone, Copy)]
pub(super) enum Before {
    /// Anything.
    Any,
    /// No letter and no digit.
    Edge,
    /// Nothing but what is put before lines.
    Start,
    /// A login alone, perhaps in quotes.
    Login,
    /// What a client of mail numbers its commands with: `a001`.
    Tag,
    /// One of these words somewhere.
    Says(&'static [&'static str]),
}

/// A form: where it is looked for, what stands before it, and its words from there on.
///
/// Words: `{s}` the secret, `{u}` a login, `{u:s}` both with a colon between, `{u:s@}` the same before a sign of a host, `{u/s@}`
/// both with a stroke between, perhaps before such a sign, `{s:}` the secret before a colon, `{w}` any word, `{n}` a number, `{h}` the name of a hash, `{l}` a single
/// digit that may be missing, `{o}` options and words of a list that may be missing, `{c}` a colon that may be missing, `$` the end of the line; all else
/// stands for itself.
pub(super) struct Form {
    pub(super) head: &'static str,
    /// How many bytes of its head the scan leaves out, which would begin like what stands everywhere.
    pub(super) skip: usize,
    pub(super) before: Before,
    pub(super) words: &'static [&'static str],
    /// Whether what stands there must look made up: the form is one of sentences or of code too.
    pub(super) strict: bool,
}

const fn form(
    head: &'static str,
    skip: usize,
    before: Before,
    words: &'static [&'static str],
    strict: bool,
) -> Form {
    Form { head, skip, before, words, strict }
}

/// The forms; `src/scan/anchors.rs` has their literals.
pub(super) static FORMS: &[Form] = &[
    form("bundle config ", 4, Before::Edge, &["bundle", "config", "{o}", "{w}", "{u:s}"], false),
    form("nickserv", 3, Before::Any, &["NickServ", "{c}", "IDENTIFY", "{s}"], true),
    form(" login ", 2, Before::Tag, &["LOGIN", "{u}", "{s}", "$"], true),
    form(" /rp ", 1, Before::Says(&["schtasks"]), &["/rp", "{s}"], false),
    form("+login ", 0, Before::Says(&["steamcmd"]), &["+login", "{u}", "{s}"], true),
    form("bw unlock ", 0, Before::Edge, &["bw", "unlock", "{s}"], true),
    form("bw login ", 0, Before::Edge, &["bw", "login", "{u}", "{s}"], true),
    form("xh -a ", 0, Before::Edge, &["xh", "-a", "{u:s}"], true),
    form("cargo login ", 7, Before::Edge, &["cargo", "login", "{s}"], true),
    form("wandb login ", 7, Before::Edge, &["wandb", "login", "{o}", "{s}"], true),
    form("rasdial ", 2, Before::Edge, &["rasdial", "{w}", "{u}", "{s}"], true),
    form("createuser ", 0, Before::Start, &["createUser", "{u}", "{h}", "{s}"], true),
    form(
        "cache_peer ",
        4,
        Before::Start,
        &["cache_peer", "{w}", "{w}", "{n}", "{n}", "{o}", "login={u:s}"],
        true,
    ),
    form("::add-mask::", 0, Before::Any, &["::add-mask::{s}"], true),
    form("]:587 ", 0, Before::Any, &["]:587", "{u:s}", "$"], false),
    form(" on >", 1, Before::Says(&["user ", "setuser "]), &["on", ">{s}"], false),
    form("\" * ", 0, Before::Login, &["\"", "*", "{s}"], true),
    // Networks that ask who is there.
    form("mschapv2", 0, Before::Login, &["MSCHAPV2", "{s}"], true),
    form("ttls-", 0, Before::Login, &["TTLS-", "{w}", "{s}"], true),
    form(": eap ", 0, Before::Any, &[":", "EAP", "{s}"], true),
    form(": rsa ", 0, Before::Any, &[":", "RSA", "{w}", "{s}"], true),
    form("createuser ", 0, Before::Start, &["createUser", "{u}", "{h}", "{w}", "{w}", "{s}"], true),
    form("radtest ", 0, Before::Edge, &["radtest", "{o}", "{u}", "{s}"], true),
    form("radtest ", 0, Before::Edge, &["radtest", "{o}", "{u}", "{w}", "{w}", "{n}", "{s}"], true),
    // Passwords behind the name of how they are kept, as they are or as a hash.
    form("{plain}", 0, Before::Any, &["{PLAIN}{s:}"], false),
    form("{clear", 0, Before::Any, &["{CLEAR}{s:}"], false),
    form("{clear", 0, Before::Any, &["{CLEARTEXT}{s:}"], false),
    form("{ssha", 0, Before::Any, &["{SSHA}{s:}"], false),
    form("{ssha", 0, Before::Any, &["{SSHA256}{s:}"], false),
    form("{ssha", 0, Before::Any, &["{SSHA512}{s:}"], false),
    form("{sha}", 0, Before::Any, &["{SHA}{s:}"], false),
    form("-sha1-96:", 0, Before::Any, &["-sha1-96:{s:}"], true),
    // Programs.
    form("mit-magic-cookie-1 ", 10, Before::Any, &["{w}", "{s}"], true),
    form("xauth add ", 1, Before::Edge, &["xauth", "add", "{w}", "{w}", "{s}"], true),
    form("sql> connect ", 5, Before::Any, &["{w}", "{w}", "{u/s@}"], true),
    form("sql> conn ", 5, Before::Any, &["{w}", "{w}", "{u/s@}"], true),
    form("rman target sys/", 10, Before::Edge, &["rman", "target", "{u/s@}"], false),
    form(":pserver:", 0, Before::Any, &[":pserver:{u:s@}"], false),
    form("er_pw ", 0, Before::Any, &["er_pw", "{s}"], true),
    form("-setcookie ", 2, Before::Any, &["-setcookie", "{s}"], true),
];

/// Programs that are looked for with what follows their name, for which no option that is looked for itself tells a secret.
pub(super) static PROGRAMS: [&str; 2] = ["ab -", "steghide "];

/// Programs with what stands before their name, into which a secret is piped.
pub(super) static PIPES: [&str; 1] = ["| su "];

/// The forms in which a word for a secret stands at the end of the head, which leads to them: `key`, `pass`, `secret`.
pub(super) static NAMED: &[Form] = &[
    form("rootpw ", 4, Before::Start, &["rootpw", "{o}", "{s}"], false),
    form("isakmp key ", 7, Before::Edge, &["isakmp", "key", "{l}", "{s}"], false),
    form("option key '", 7, Before::Start, &["option", "key", "{s}", "$"], false),
    form("\"PASS ", 1, Before::Any, &["\"PASS", "{s}", "$"], true),
    form("user-secrets set ", 5, Before::Any, &["user-secrets", "set", "{w}", "{s}"], true),
    form("user:password ", 5, Before::Any, &["user:password", "{w}", "{s}"], false),
    form("user set password ", 9, Before::Any, &["user", "set", "password", "{n}", "{s}"], true),
    form("pass ", 0, Before::Says(&["user \"", "username \"", "user '"]), &["pass", "{s}"], true),
    form("upwd ", 1, Before::Any, &["upwd", "{u}", "{s}"], true),
    form("-server key ", 8, Before::Any, &["-server", "key", "{l}", "{s}"], true),
    form("-credentials ", 1, Before::Any, &["-credentials", "{u:s}"], true),
];

/// What a router says before a secret: `neighbor 10.0.0.1 password 7 x`, `username bob privilege 15 secret x`.
pub(super) const ROUTERS: Before =
    Before::Says(&["neighbor ", "username ", " privilege ", "enable ", "radius-server ", "tacplus-server "]);
