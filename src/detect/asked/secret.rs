//! Commands that print a secret: those that make one, those that ask a keeper of secrets, and those that show a value or
//! a file whose name means one.

use super::shell;
use crate::detect::{
    assignment::{self, Kind, Name},
    words::{WordSet, words},
};

/// What a command prints that makes or fetches a token.
const TOKEN: Name = Name { kind: Kind::Token, certain: true };

/// What a command prints that fetches what someone chose.
pub(super) const PASSWORD: Name = Name { kind: Kind::Password, certain: true };

/// Parts of commands that make a secret.
const MAKERS: [&[u8]; 36] = [
    b"SecureRandom.",
    b"apg ",
    b"artisan key:generate",
    b"auth secret",
    b"crypto/rand",
    b"/dev/random",
    b"/dev/urandom",
    b"fernet.generate_key",
    b"gen_salt(",
    b"generate-password",
    b"generate-secret",
    b"generate-token",
    b"generatePassword",
    b"generateSecret",
    b"generateToken",
    b"generate_password",
    b"generate_secret",
    b"generate_token",
    b"get-random-password",
    b"get_random_secret_key",
    b"getRandomValues",
    b"gpg --gen-random",
    b"makepasswd",
    b"mkpasswd",
    b"openssl passwd",
    b"openssl rand",
    b"phx.gen.secret",
    b"pwgen",
    b"rails secret",
    b"rake secret",
    b"randomBytes",
    b"random_bytes(",
    b"secrets.token_",
    b"token_bytes(",
    b"wg genkey",
    b"wg genpsk",
];

/// Commands of keepers of secrets, each as the words that it holds in this order: each prints one.
const KEEPERS: [&[&[u8]]; 45] = [
    &[b"argocd ", b"generate-token"],
    &[b"argocd ", b"initial-password"],
    &[b"print-access-token"],
    &[b"print-identity-token"],
    &[b"auth token"],
    &[b"auth:token"],
    &[b"get-authorization-token"],
    &[b"get-login-password"],
    &[b"get-parameter", b"--with-decryption"],
    &[b"get-secret-value"],
    &[b"get-session-token"],
    &[b"get-access-token"],
    &[b"keyvault secret show"],
    &[b"bw get password"],
    &[b"bw get totp"],
    &[b"bw generate"],
    &[b"bw unlock --raw"],
    &[b"chamber read"],
    &[b"config get", b"--show-secrets"],
    &[b"config:get"],
    &[b"create token"],
    &[b"doppler secrets get"],
    &[b"gcloud secrets versions access"],
    &[b"get secret", b"base64 -d"],
    &[b"get secret", b"base64 --decode"],
    &[b"get secret", b"base64decode"],
    &[b"get secret", b"jsonpath="],
    &[b"gopass show"],
    &[b"infisical secrets get"],
    &[b"keepassxc-cli show"],
    &[b"keyring get"],
    &[b"lpass show"],
    &[b"oc whoami", b"-t"],
    &[b"op item get"],
    &[b"op read"],
    &[b"pass otp "],
    &[b"pass show "],
    &[b"rbw get"],
    &[b"secret-tool lookup"],
    &[b"secretsmanager", b"get-random-password"],
    &[b"security find-generic-password", b"-w"],
    &[b"security find-internet-password", b"-w"],
    &[b"sops ", b"--extract"],
    &[b"vault ", b"-field="],
    &[b"wallet-query"],
];

/// Programs behind which nothing of a secret is left, or only a sum of it; sorted.
static DIGESTS: WordSet = words![
    "b2sum",
    "b3sum",
    "cksum",
    "cmp",
    "diff",
    "md5",
    "md5sum",
    "pbcopy",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "shasum",
    "test",
    "wc",
    "wl-copy",
    "xclip",
];

/// The beginnings of words that all commands have which print a secret; lower case.
const STEMS: [&[u8]; 39] = [
    b"john ", b"hashca", b"pass", b"pwd", b"pw ", b"pwge", b"token", b"secret", b"key", b"cred", b"auth:",
    b"auth ", b"_auth", b"random", b"rand ", b"genkey", b"genpsk", b"gen.se", b"gen-ra", b"generat",
    b"gen_sal", b"otp", b"phrase", b"jwt", b"psk", b"wallet", b"oc who", b"apg ", b"sops ", b"rbw ",
    b"chamber", b"mnemon", b"salt", b"config:", b"op read", b"op item", b"pin", b"bw get", b"vpn/",
];

/// A bit for the hash of each three bytes with which one starts.
static STEM_STARTS: [u64; (1 << BITS) / 64] = stem_starts();

const fn hash_of_three(three: [u8; 3]) -> usize {
    hash([three[0], three[1], three[2], 0])
}

const fn stem_starts() -> [u64; (1 << BITS) / 64] {
    let mut bits = [0; (1 << BITS) / 64];
    let mut i = 0;
    while i < STEMS.len() {
        let hash = hash_of_three([STEMS[i][0], STEMS[i][1], STEMS[i][2]]);
        bits[hash >> 6] |= 1 << (hash & 63);
        i += 1;
    }
    bits
}

/// Whether a script, perhaps with escapes, may ask for a secret.
pub(super) fn may_ask(script: &[u8]) -> bool {
    let lower = |b: u8| b | (u8::from(b.is_ascii_uppercase()) << 5);
    let starts = |(at, w): (usize, &[u8])| {
        let hash = hash_of_three([lower(w[0]), lower(w[1]), lower(w[2])]);
        let may = STEM_STARTS[hash >> 6] >> (hash & 63) & 1 == 1;
        let rest = &script[at..];
        may && STEMS
            .iter()
            .any(|stem| rest.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem)))
    };
    script.windows(3).enumerate().any(starts)
}

/// What the last line of a pipeline's output is, if it prints a secret.
pub(super) fn printed(stages: &[&[u8]]) -> Option<Name> {
    let last = stages.last().filter(|_| stages.iter().any(|stage| may_ask(stage)))?;
    if DIGESTS.has(shell::program(last)) || hides(last) {
        return None;
    }
    stages.iter().find_map(|stage| made(stage).or_else(|| shown(stage))).or_else(|| cut_out(stages))
}

/// Whether a stage says only how often or whether something is met, or takes what it is given: `grep -c`, `docker login
/// --password-stdin`.
fn hides(stage: &[u8]) -> bool {
    let counts =
        |word: &[u8]| matches!(word, b"-c" | b"-q" | b"-l" | b"-lc" | b"-qE" | b"--count" | b"--quiet");
    shell::program(stage).ends_with(b"grep") && shell::words(stage).any(counts)
        || holds(stage, b"-stdin")
        || shell::program(stage) == b"docker" && holds(stage, b" login")
}

/// Whether `part` stands in a text.
pub(super) fn holds(text: &[u8], part: &[u8]) -> bool {
    place(text, part).is_some()
}

/// Where `part` stands in a text, which is short.
pub(super) fn place(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memchr_iter(part[0], text).find(|&at| text[at..].starts_with(part))
}

/// Bits of a hash of four bytes.
const BITS: u32 = 13;

/// A bit for the hash of each four bytes with which a maker's or keeper's first part starts.
static STARTS: [u64; (1 << BITS) / 64] = starts();

const fn hash(four: [u8; 4]) -> usize {
    (u32::from_le_bytes(four).wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

const fn starts() -> [u64; (1 << BITS) / 64] {
    let mut bits = [0; (1 << BITS) / 64];
    let mut i = 0;
    while i < MAKERS.len() + KEEPERS.len() {
        let part = if i < MAKERS.len() { MAKERS[i] } else { KEEPERS[i - MAKERS.len()][0] };
        let hash = hash([part[0], part[1], part[2], part[3]]);
        bits[hash >> 6] |= 1 << (hash & 63);
        i += 1;
    }
    bits
}

/// Whether the first part of a maker or a keeper may stand in a stage.
fn may_be_made(stage: &[u8]) -> bool {
    stage.windows(4).any(|w| {
        let hash = hash([w[0], w[1], w[2], w[3]]);
        STARTS[hash >> 6] >> (hash & 63) & 1 == 1
    })
}

/// Whether the parts stand in a text in this order.
fn holds_all(text: &[u8], parts: &[&[u8]]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| {
        let at = place(rest, part);
        rest = at.map_or(rest, |at| &rest[at + part.len()..]);
        at.is_some()
    })
}

/// What a stage prints that makes a secret, or asks a keeper for one.
fn made(stage: &[u8]) -> Option<Name> {
    if !may_be_made(stage) {
        return None;
    }
    let searched =
        || matches!(shell::program(stage), b"grep" | b"rg" | b"egrep" | b"ag" | b"man" | b"which" | b"echo");
    if MAKERS.iter().any(|part| holds(stage, part)) {
        return (!searched()).then_some(TOKEN);
    }
    let keeper = KEEPERS.iter().any(|parts| holds_all(stage, parts));
    (keeper && !searched() && !holds(stage, b"--help")).then_some(PASSWORD)
}

/// Programs that print what they are asked for by its name; sorted.
static GETTERS: WordSet = words![
    "awk",
    "aws",
    "az",
    "composer",
    "consul",
    "crudini",
    "dasel",
    "defaults",
    "etcdctl",
    "fly",
    "flyctl",
    "gcloud",
    "git",
    "gsettings",
    "heroku",
    "jq",
    "kubectl",
    "mcrypt",
    "nomad",
    "npm",
    "oc",
    "pip",
    "plutil",
    "poetry",
    "pulumi",
    "railway",
    "redis-cli",
    "reg",
    "snap",
    "terraform",
    "tofu",
    "tomlq",
    "vault",
    "wp",
    "xq",
    "yarn",
    "yq",
];

/// What a stage prints that shows a variable, a file or a member whose name means a secret.
fn shown(stage: &[u8]) -> Option<Name> {
    let program = shell::program(stage);
    match program {
        b"echo" | b"printf" | b"Write-Output" | b"Write-Host" => variable(stage),
        b"cat" | b"head" | b"tail" | b"less" | b"more" | b"bat" | b"batcat" | b"type" | b"gc"
        | b"Get-Content" | b"base64" | b"strings" | b"tac" => shell::words(stage).skip(1).find_map(file),
        _ if program.starts_with(b"$env:") => named(&program[5..]),
        _ if GETTERS.has(program) && is_getter(stage) => shell::words(stage).skip(1).find_map(member),
        _ => from_environment(stage).or_else(|| within(stage)),
    }
}

/// Whether a stage of a program that does other things too gets something.
fn is_getter(stage: &[u8]) -> bool {
    const VERBS: [&[u8]; 14] = [
        b" get", b" output", b" read", b" show", b"jq ", b"yq ", b"awk ", b"GET ", b"tomlq ", b"xq ",
        b"config ", b"plutil ", b"dasel ", b" query",
    ];
    VERBS.iter().any(|verb| holds(stage, verb))
}

/// Another program that a stage runs elsewhere, with what it prints: `ssh host cat token`, `docker exec app printenv X`.
fn within(stage: &[u8]) -> Option<Name> {
    const RUNNERS: [&[u8]; 12] = [
        b"ssh",
        b"docker",
        b"kubectl",
        b"podman",
        b"oc",
        b"nerdctl",
        b"bash",
        b"sh",
        b"zsh",
        b"wsl",
        b"docker-compose",
        b"lxc",
    ];
    const SHOWERS: [&[u8]; 4] = [b"cat ", b"printenv ", b"echo $", b"head "];
    if shell::program(stage) == b"printenv" {
        return shell::words(stage).skip(1).find_map(named);
    }
    if !RUNNERS.contains(&shell::program(stage)) {
        return None;
    }
    let at = SHOWERS.iter().filter_map(|part| place(stage, part)).min()?;
    let inner = &stage[at..];
    if inner.starts_with(b"printenv") { shell::words(inner).skip(1).find_map(named) } else { shown(inner) }
}

/// What a word means that names a value: all of it, behind the signs of a variable.
fn named(word: &[u8]) -> Option<Name> {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    (word.len() > 2 && word.iter().all(plain)).then(|| assignment::meaning(word))?
}

/// The variable that a stage prints and nothing else: `$X`, `${X}`, `%X%`, `$env:X`.
fn variable(stage: &[u8]) -> Option<Name> {
    shell::words(stage).skip(1).find_map(|word| {
        let word = word.strip_suffix(b"\\n").unwrap_or(word);
        let name = match word {
            [b'$', b'{', name @ .., b'}'] | [b'%', name @ .., b'%'] => name,
            [b'$', b'e', b'n', b'v', b':', name @ ..] => name,
            [b'$', name @ ..] => name,
            _ => return None,
        };
        let end = name.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        // `${X:+set}`, `${#X}` say whether it is there and how long it is.
        let rest = &name[end..];
        (end > 1 && !rest.starts_with(b":+") && !rest.starts_with(b"+")).then(|| named(&name[..end]))?
    })
}

/// Endings of files that hold a secret and nothing else.
const ENDINGS: [&[u8]; 10] =
    [b"", b"txt", b"key", b"pass", b"token", b"secret", b"pw", b"password", b"pwd", b"passphrase"];

/// What the file holds that a word names, if it is a secret and nothing else: `.vault-token`, `config/master.key`.
pub(super) fn file(word: &[u8]) -> Option<Name> {
    // Of `.pgpass` the last field of each line alone is one.
    if word.starts_with(b"-") || word.ends_with(b".pub") || word.ends_with(b"pgpass") {
        return None;
    }
    let name = word.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or(word);
    let dot = memchr::memrchr(b'.', name).filter(|dot| *dot > 0);
    let (stem, ending) = dot.map_or((name, &b""[..]), |dot| (&name[..dot], &name[dot + 1..]));
    if !ENDINGS.contains(&ending) {
        return None;
    }
    let kept =
        holds(word, b"/run/secrets/") || holds(word, b"/etc/secrets/") || holds(word, b"/var/secrets/");
    let of = |name: &[u8]| assignment::meaning(name).filter(|name| name.kind != Kind::Auth);
    let own = Some(name).filter(|_| ending.len() > 1 && ending != b"txt").and_then(of);
    let key = (ending == b"key" || name == b"key").then_some(Name { kind: Kind::Token, certain: false });
    let kept = kept.then_some(Name { kind: Kind::Token, certain: false });
    // What stands in a folder of secrets may be a setting.
    of(stem.strip_prefix(b".").unwrap_or(stem)).or(own).or(key).or(kept)
}

/// What the member means that a word leads to, as `.data.password`, `app/password`, `github.token`, `$2` do.
fn member(word: &[u8]) -> Option<Name> {
    if word.starts_with(b"--") || holds(word, b"://") {
        return None;
    }
    let word = word.strip_prefix(b"jsonpath=").unwrap_or(word);
    let sign = |b: &u8| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    word.split(sign).rfind(|part| part.len() > 2).and_then(named)
}

/// What a script prints that reads one variable of the environment: `python -c "print(os.environ['X'])"`.
fn from_environment(stage: &[u8]) -> Option<Name> {
    const WAYS: [&[u8]; 7] =
        [b"os.environ", b"getenv", b"process.env", b"ENV[", b"GetEnvironmentVariable", b"$ENV{", b"env::var"];
    let at = WAYS.iter().filter_map(|way| Some(place(stage, way)? + way.len())).min()?;
    let word = |b: &u8| !(b.is_ascii_alphanumeric() || *b == b'_');
    stage[at..].split(word).filter(|part| part.len() > 3 && *part != b"get").take(2).find_map(named)
}

/// Programs that cut a value out of what they are given; sorted.
static CUTTERS: WordSet = words!["awk", "cut", "perl", "sed", "tr"];

/// What a pipeline prints that looks for a name and cuts its value out: `grep PASSWORD .env | cut -d= -f2`.
fn cut_out(stages: &[&[u8]]) -> Option<Name> {
    let (last, before) = stages.split_last()?;
    let grep =
        |stage: &&&[u8]| matches!(shell::program(stage), b"grep" | b"rg" | b"egrep" | b"findstr" | b"env");
    let looked_up = |stage: &[u8]| shell::words(stage).skip(1).find_map(searched);
    if matches!(shell::program(last), b"grep" | b"rg")
        && holds(last, b" -")
        && holds(last, b"P")
        && holds(last, b"\\K")
    {
        return looked_up(last);
    }
    if !CUTTERS.has(shell::program(last)) {
        return None;
    }
    before.iter().filter(grep).find_map(|stage| looked_up(stage)).or_else(|| {
        // `sed -n 's/^TOKEN=//p' .env`
        let alone = before.is_empty() && matches!(shell::program(last), b"sed" | b"awk" | b"perl");
        (alone
            && (holds(last, b"=//")
                || holds(last, b"=\\(")
                || holds(last, b": *//")
                || holds(last, b"/{print")))
        .then(|| looked_up(last))?
    })
}

/// What a name means that is searched for: `^DB_PASSWORD=`, `'password:'`.
fn searched(word: &[u8]) -> Option<Name> {
    // Alternatives are searched for, one name is looked up.
    if word.starts_with(b"-") || word.contains(&b'|') {
        return None;
    }
    let sign = |b: &u8| !(b.is_ascii_alphanumeric() || matches!(b, b'_'));
    word.split(sign).filter(|part| part.len() > 2).find_map(named)
}
