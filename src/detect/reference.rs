//! What is not a secret though it stands where one would: references and lookups, placeholders, documented dummies,
//! masks, types, words of code, what was already redacted.

mod said;
mod words;

pub(in crate::detect) use said::is_plain_word;

use super::shape::Shape;
use words::{GENERIC, KEYWORDS, MARKERS, NOTHING};

/// Whether `value` explains itself: no one could open anything with it, whatever stands around it.
pub(in crate::detect) fn is_explained(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    // What is left of the quote behind it, where texts stand in texts.
    let value = value.iter().rposition(|b| *b != b'\\').map_or(value, |i| &value[..=i]);
    // How OpenSSL names the source of a password.
    let value = value.strip_prefix(b"pass:").unwrap_or(value);
    value.len() < 3
        || is_masked(value)
        || is_template(value)
        || is_lookup(value)
        || is_path(value)
        || is_dummy(value)
        || is_one_of(value, NOTHING)
        || is_placeholder(value)
        || is_validation(value)
        || is_literal_number(value)
}

/// `0x1F`, `0b0010`: a number as programs write it.
fn is_literal_number(value: &[u8]) -> bool {
    match value {
        [b'0', b'x' | b'X', digits @ ..] => {
            (1..=8).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit)
        }
        [b'0', b'b' | b'B', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(|b| matches!(b, b'0' | b'1' | b'_'))
        }
        _ => false,
    }
}

/// Whether a bare `value` is code: a call, a member, an index, a type, a keyword, a name.
pub(in crate::detect) fn is_code(value: &[u8]) -> bool {
    is_one_of(value, KEYWORDS)
        || is_call(value)
        || is_member(value)
        || is_type(value)
        || is_identifier(value)
        || is_escaped_blank(value)
}

/// Whether a word was made up by a person or a machine rather than names a file, a project or a port: `Comet84x`,
/// `Harbor-Lemon-41`, `x7Kq9zB2mW4v`.
pub(in crate::detect) fn is_made_up(word: &[u8]) -> bool {
    let shape = Shape::of(word);
    (6..=64).contains(&word.len())
        && shape.letters() >= 3
        && (shape.digits >= 2
            || shape.looks_random() && (shape.len >= 12 || shape.upper > 0 && shape.lower > 0)
            || word.iter().any(|b| b"!@#%^&*?~+".contains(b))
            || is_word_list(word))
        && !word.iter().any(|b| matches!(b, b'/' | b':' | b'=' | b',' | b'(' | b'\\'))
        && !is_one_of(word, TECHNICAL)
        && !is_code(word)
}

/// Words with digits for what encodes, signs and carries.
const TECHNICAL: &[&str] = &[
    "base16",
    "base32",
    "base58",
    "base64",
    "base85",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha3-256",
    "utf-16",
    "utf-32",
    "argon2id",
    "ed25519",
    "x25519",
    "curve25519",
    "secp256k1",
    "secp256r1",
    "ripemd160",
    "aes128",
    "aes192",
    "aes256",
    "aes-128",
    "aes-192",
    "aes-256",
    "rsa2048",
    "rsa4096",
    "rsa-2048",
    "rsa-4096",
    "x86_64",
    "chacha20",
    "blowfish2",
    "pbkdf2",
    "float32",
    "float64",
    "iso8601",
    "rfc3339",
    "latin1",
    "windows-1252",
    "iso-8859-1",
];

/// The same, where names with numbers stand too: letters of both cases and a number, a sign that no name has, a phrase, or
/// what a machine made.
pub(in crate::detect) fn is_strongly_made_up(word: &[u8]) -> bool {
    let shape = Shape::of(word);
    let cased = shape.upper > 0 && shape.lower > 0 && shape.digits >= 2;
    let signed = word.iter().any(|b| b"!#%^&*~+$".contains(b)) && shape.digits > 0;
    is_made_up(word)
        && (cased
            || signed
            || shape.looks_random()
            || shape.digits >= 3 && shape.symbols == 0 && shape.lower >= 5
            || is_numbered_words(word)
            || is_word_list(word))
}

/// `harbor.lemon.76`: small words with a sign between, and a number.
pub(in crate::detect) fn is_numbered_words(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let Some((&sign, words)) = words.split_last().filter(|(sign, _)| digits >= 2 && b"._".contains(sign))
    else {
        return false;
    };
    let small = |word: &[u8]| {
        (4..=10).contains(&word.len())
            && word.iter().all(u8::is_ascii_lowercase)
            && ![GENERIC, MARKERS, KEYWORDS].iter().any(|list| is_one_of(word, list))
    };
    (2..=4).contains(&words.split(|b| *b == sign).count()) && words.split(|b| *b == sign).all(small)
}

/// Whether a quoted `value` is a name of code: in a list of names its neighbour says nothing about it.
pub(in crate::detect) fn is_word_of_code(value: &[u8]) -> bool {
    is_one_of(value, KEYWORDS)
        || is_member(value)
        || is_identifier(value)
        || value.starts_with(b"-")
        || value.ends_with(b"()")
}

/// Whether `value` is a type or a keyword.
pub(in crate::detect) fn is_word_of_types(value: &[u8]) -> bool {
    is_one_of(value, KEYWORDS)
        || is_type(value)
        || value.contains(&b'.') && is_member(value) && !value.contains(&b'-')
}

/// What constructs or wraps a value.
static WRAPPERS: &[&str] = &[
    "SecretStr",
    "Field",
    "field",
    "SecureString",
    "SecretString",
    "Secret",
    "String",
    "Some",
    "Ok",
    "new",
    "from",
    "bytes",
    "str",
    "quote",
    "Password",
    "PasswordCredential",
    "Token",
    "Bearer",
    "b64decode",
    "atob",
    "ConvertTo-SecureString",
    "Borrowed",
    "Just",
    "of",
    "secret",
    "StringValue",
    "to_string",
    "encode",
    "Buffer",
    "StaticToken",
    "StaticCredentials",
    "ApiKeyAuth",
    "AzureKeyCredential",
    "SecretBox",
    "SecretVec",
    "Zeroizing",
    "Box",
    "Arc",
    "Cow",
    "unquote",
    "stringToSign",
    "string",
    "byte",
    "text",
    "expect",
    "Optional",
    "-AsPlainText",
    "sensitive",
    "nonsensitive",
    "plaintext",
    "password",
    "literal",
    "Literal",
    "value",
    "Value",
];

/// Whether `word` constructs or wraps a value rather than looking one up.
pub(in crate::detect) fn is_wrapper(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"&").unwrap_or(word);
    let last = word.rsplit(|&b| b == b':' || b == b'.').next().unwrap_or(word);
    !last.is_empty() && WRAPPERS.iter().any(|k| k.as_bytes() == last)
}

/// Stars, dots, `xxxx`: what a log or a reader put in the value's place; and what this program puts there.
fn is_masked(value: &[u8]) -> bool {
    let contains = |needle: &[u8]| memchr::memmem::find(value, needle).is_some();
    let run =
        longest_run(value, |b| matches!(b, b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'#' | b'?' | b'0'));
    contains(b"***")
        || contains(b"...")
        || contains("…".as_bytes())
        || contains("•".as_bytes())
        || contains("●".as_bytes())
        || contains(b"REDACTED")
        || contains(b"<redacted")
        || run * 2 > value.len()
        || longest_run(value, |b| matches!(b, b'x' | b'X' | b'*')) >= 5
        || value.iter().all(|b| *b == value[0])
}

/// The longest run of one and the same byte that `of` accepts.
fn longest_run(value: &[u8], of: fn(u8) -> bool) -> usize {
    let (mut best, mut run, mut last) = (0, 0, 0);
    for &b in value {
        run = match (of(b), b == last) {
            (false, _) => 0,
            (true, true) => run + 1,
            (true, false) => 1,
        };
        last = b;
        best = best.max(run);
    }
    best
}

/// `${X}`, `{{ x }}`, `<x>`, `%X%`, `{name}` inside, `%s`, `$(command)`, `` `command` ``.
fn is_template(value: &[u8]) -> bool {
    let whole = |open: u8, close: u8| value.first() == Some(&open) && value.last() == Some(&close);
    TEMPLATES.iter().any(|(open, close)| has_expression(value, open.as_bytes(), close.as_bytes()))
        || value.starts_with(b"$env:")
        || value.starts_with(b"!!")
        || whole(b'<', b'>')
        || value.starts_with(b"&lt;") && (value.ends_with(b"&gt;") || value.ends_with(b"&gt"))
        || value.len() > 4 && value.starts_with(b"@@") && value.ends_with(b"@@")
        || whole(b'[', b']')
        || whole(b'{', b'}')
        || (whole(b'%', b'%') && is_name(&value[1..value.len() - 1]))
        || (whole(b'_', b'_') && value.starts_with(b"__"))
        || is_format(value)
        || is_variable(value)
        || has_field(value)
}

/// How templates of shells, Jinja, ERB, Ruby, Swift and makefiles open and close.
const TEMPLATES: &[(&str, &str)] = &[
    ("${", "}"),
    ("{{", "}}"),
    ("<%", "%>"),
    ("$(", ")"),
    ("#{", "}"),
    ("\\(", ")"),
    ("$[", "]"),
    ("<<", ">>"),
];

/// Whether `value` holds an expression between `open` and `close`: words, or nothing else than it.
fn has_expression(value: &[u8], open: &[u8], close: &[u8]) -> bool {
    let Some(start) = memchr::memmem::find(value, open) else { return false };
    let inside = &value[start + open.len()..];
    let end = memchr::memmem::find(inside, close);
    let words = Shape::of(&inside[..end.unwrap_or(inside.len())]);
    start == 0
        || (words.letters() >= 2
            && (words.reads_as_words() || words.lower == 0)
            && (end.is_some() || words.symbols < 4))
}

/// `%s`, `%d`, `%(name)s`, `{}`, `{0}`, `?`, `:name`, `@name`.
fn is_format(value: &[u8]) -> bool {
    let contains = |needle: &[u8]| memchr::memmem::find(value, needle).is_some();
    contains(b"{}")
        || contains(b"%(")
        || (value.len() <= 4 && (contains(b"%s") || contains(b"%d") || contains(b"%v")))
        || (value.ends_with(b"%s") || value.starts_with(b"%s"))
            && Shape::of(value).reads_as_words()
            && value.iter().filter(|b| b.is_ascii_digit()).count() < 2
        || (matches!(value[0], b':' | b'@')
            && value.iter().filter(|b| b.is_ascii_digit()).count() < 2
            && Shape::of(value).reads_as_words()
            && is_name(&value[1..]))
}

/// `$NAME`, `$name`: a shell's or PHP's variable; not a password with a dollar.
fn is_variable(value: &[u8]) -> bool {
    let Some(name) = value.strip_prefix(b"$") else { return false };
    let name = name
        .split(|&b| matches!(b, b'-' | b'[' | b'.' | b',' | b';' | b')' | b'/' | b':'))
        .next()
        .unwrap_or(name);
    is_name(name)
        && (Shape::of(name).reads_as_words()
            || name.iter().all(|b| !b.is_ascii_lowercase())
            || name.len() < 4)
}

fn is_name(name: &[u8]) -> bool {
    !name.is_empty()
        && !name[0].is_ascii_digit()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_'))
}

/// A `{field}` of a format string within the value.
fn has_field(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'{', value) else { return false };
    let inside = &value[open + 1..];
    let Some(close) = memchr::memchr(b'}', inside) else { return false };
    let field = &inside[..close];
    let name = field.split(|b| matches!(b, b'.' | b'[' | b'(' | b':' | b'!')).next().unwrap_or(field);
    let whole = open == 0 && close + 2 == value.len();
    is_name(name) && (whole || name.len() >= 3) && Shape::of(name).reads_as_words()
}

/// How references to what lies elsewhere begin.
static LOOKUPS: &[&str] = &[
    "op://",
    "vault:",
    "aws-sm://",
    "aws-ssm:",
    "ssm:",
    "secretsmanager:",
    "ref+",
    "env:",
    "env.",
    "file:",
    "arn:aws",
    "arn:",
    "projects/",
    "secretRef:",
    "keyring:",
    "keychain:",
    "gopass:",
    "pass:show",
    "@Microsoft.KeyVault",
    "ENC[",
    "ENC(",
    "enc:",
    "$ANSIBLE_VAULT",
    "!vault",
    "!secret",
    "!ref",
    "!sub",
    "!env",
    "process.env",
    "import.meta.env",
    "os.environ",
    "os.getenv",
    "secrets.",
    "getenv",
    "System.getenv",
    "Deno.env",
    "data.",
    "var.",
    "local.",
    "module.",
    "self.",
    "this.",
    "config.",
    "settings.",
    "sha256:",
    "sha512-",
    "sha384-",
    "sha1-",
    "sha256-",
    "md5:",
    "http://",
    "https://",
    "data:image",
    "data:",
];

/// References to a store of secrets, an environment, a file.
fn is_lookup(value: &[u8]) -> bool {
    LOOKUPS
        .iter()
        .any(|head| value.len() >= head.len() && value[..head.len()].eq_ignore_ascii_case(head.as_bytes()))
}

/// A path or a file's name.
fn is_path(value: &[u8]) -> bool {
    const ENDINGS: &[&str] = &[
        ".md", ".pem", ".json", ".txt", ".yml", ".yaml", ".toml", ".key", ".crt", ".cer", ".py", ".js",
        ".ts", ".tsx", ".rs", ".go", ".java", ".php", ".html", ".env", ".cfg", ".ini", ".conf", ".gpg",
        ".p12", ".pfx", ".jks", ".db", ".sh", ".rb", ".vue", ".css", ".svg", ".png", ".local",
    ];
    if [&b"./"[..], b"../", b"~/"].iter().any(|s| value.starts_with(s)) {
        return true;
    }
    let starts = [&b"/"[..], b"\\\\"].iter().any(|s| value.starts_with(s));
    let drive = value.get(1) == Some(&b':')
        && matches!(value.get(2), Some(b'\\' | b'/'))
        && value[0].is_ascii_alphabetic();
    let slashes = value.iter().filter(|&&b| b == b'/').count();
    let wordy = || Shape::of(value).reads_as_words();
    // `/srv/app`: names too short to be words.
    let small = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'/' | b'-' | b'_' | b'.');
    let folder = value[0] == b'/' && slashes >= 2 && value.iter().all(small);
    folder
        || ((starts || slashes >= 1) && wordy())
        || drive
        || ENDINGS.iter().any(|e| value.ends_with(e.as_bytes()) && wordy())
}

/// Published dummies and what counts up.
fn is_dummy(value: &[u8]) -> bool {
    const DUMMIES: &[&str] =
        &["EXAMPLE", "AKIAIOSFODNN7", "keyboard cat", "password123", "correct horse battery staple"];
    let contains = |needle: &str| memchr::memmem::find(value, needle.as_bytes()).is_some();
    DUMMIES.iter().any(|dummy| contains(dummy)) || (value.len() >= 12 && is_sequence(value))
}

/// `0123456789abcdef`, `abcdefghijkl`: four in five bytes follow the one before.
fn is_sequence(value: &[u8]) -> bool {
    let steps = value
        .windows(2)
        .filter(|w| w[1] == w[0] || w[1] == w[0].wrapping_add(1) || w == b"9a" || w == b"9A" || w == b"90")
        .count();
    steps * 5 >= (value.len() - 1) * 4
}

fn is_one_of(value: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| value.eq_ignore_ascii_case(entry.as_bytes()))
}

/// Words that say a value is to be put here: `your-api-key`, `changeme`, `insert_token_here`, `my-secret-password`.
fn is_placeholder(value: &[u8]) -> bool {
    if is_one_of(value, MARKERS) {
        return true;
    }
    let shape = Shape::of(value);
    if shape.blank > 6 || !shape.reads_as_words() || is_scattered(value) {
        return false;
    }
    let (mut generic, mut others, mut marked) = (0, 0, false);
    for word in value.split(|b| !b.is_ascii_alphabetic()).flat_map(humps) {
        marked |= is_one_of(word, MARKERS) || contains_marker(word);
        match word.len() < 2 || is_one_of(word, GENERIC) {
            true => generic += 1,
            false => others += 1,
        }
    }
    marked || (others == 0 && generic > 0 && shape.digits <= 1 && shape.symbols <= generic)
}

/// Whether digits stand in many places of a long value, as no one types them: its words are chance.
fn is_scattered(value: &[u8]) -> bool {
    value.len() >= 16
        && value.windows(2).filter(|w| w[0].is_ascii_alphabetic() && w[1].is_ascii_digit()).count() >= 4
}

/// Whether a word of `value` says that it stands for a key, a test or an algorithm.
pub(in crate::detect) fn speaks_of_itself(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "secret", "token", "password", "passwd", "key", "test", "demo", "fake", "dummy", "mock", "sample",
        "user", "admin", "foo", "abc", "sha", "md5", "aes", "rsa", "utf", "base", "hmac", "25519", "chacha",
        "poly1305", "oauth", "bearer", "value", "string", "client", "config", "version", "http", "auth",
        "ecdsa", "token", "invalid", "expired", "wrong", "valid", "default", "stub", "xyz", "qwer",
    ];
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|w| memchr::memmem::find(&lower, w.as_bytes()).is_some())
}

fn contains_marker(word: &[u8]) -> bool {
    let lower = word.to_ascii_lowercase();
    [
        "changeme",
        "placeholder",
        "replaceme",
        "yourapikey",
        "yourtoken",
        "yourpassword",
        "insertyour",
        "example",
    ]
    .iter()
    .any(|m| memchr::memmem::find(&lower, m.as_bytes()).is_some())
}

/// The words of a `camelCase` word.
fn humps(word: &[u8]) -> impl Iterator<Item = &[u8]> {
    word.chunk_by(|a, b| !(a.is_ascii_lowercase() && b.is_ascii_uppercase()))
}

/// The rules of a form's field: `required|min:8|confirmed`.
fn is_validation(value: &[u8]) -> bool {
    const FIRST: &[&str] = &[
        "required",
        "nullable",
        "sometimes",
        "confirmed",
        "bail",
        "present",
        "string",
        "filled",
        "min:",
        "max:",
    ];
    let first = value.split(|&b| b == b'|').next().unwrap_or(value);
    first.len() < value.len() && FIRST.iter().any(|f| first.starts_with(f.as_bytes()))
}

/// How calls begin whose names do not read as words.
const CALLS: [&str; 4] = ["bcrypt.", "bcrypt::", "argon2.", "scrypt."];

/// `name(…`, `a::b(…`: a password may hold a bracket, but not after a word of code.
fn is_call(value: &[u8]) -> bool {
    let plain = |callee: &[u8]| callee.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:$".contains(b));
    if memchr::memmem::find(value, b"().").is_some() || value.strip_suffix(b"()").is_some_and(plain) {
        return true;
    }
    if CALLS.iter().any(|call| value.starts_with(call.as_bytes())) {
        return true;
    }
    let Some(open) = value.iter().position(|b| matches!(b, b'(' | b'[' | b'<' | b'{')) else { return false };
    let callee = &value[..open];
    let member = callee.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:?!$&>-@".contains(b));
    member && (open == 0 || Shape::of(callee).reads_as_words())
}

/// `config.password`, `self->token`, `Key::Enter`, `args?.key`.
pub(in crate::detect) fn is_member(value: &[u8]) -> bool {
    let value = value
        .strip_prefix(b"&")
        .or_else(|| value.strip_prefix(b"*"))
        .or_else(|| value.strip_prefix(b"!"))
        .unwrap_or(value);
    let joined = value.iter().any(|b| matches!(b, b'.' | b':' | b'>'));
    let plain = value.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:?!$>-".contains(b));
    // No member's name is a number: `harbor.lemon.76` is a phrase.
    let numbered = !value.contains(&b'-')
        && value.split(|b| *b == b'.').any(|part| part.first().is_some_and(u8::is_ascii_digit));
    joined
        && plain
        && !numbered
        && !value[0].is_ascii_digit()
        && Shape::of(value).reads_as_words()
        && !is_numbered_pair(value)
        && !is_numbered_phrase(value)
}

/// `Copper-Meadow-41`, `Copper.Meadow.Garden-41`: two capitalised words or more with hyphens between, or three with another
/// sign, and a number, none of them a word of code. `web-node-pool-01` is a name.
fn is_numbered_phrase(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let Some(sign) = words.iter().copied().find(|b| b"-._".contains(b)).filter(|_| digits >= 2) else {
        return false;
    };
    let words = words.strip_suffix(&[sign]).unwrap_or(words);
    let word = |word: &[u8]| {
        (4..=12).contains(&word.len())
            && word[0].is_ascii_uppercase()
            && word[1..].iter().all(u8::is_ascii_lowercase)
            && ![GENERIC, MARKERS, KEYWORDS].iter().any(|list| is_one_of(word, list))
    };
    let fewest = if sign == b'-' { 2 } else { 3 };
    (fewest..=6).contains(&words.split(|b| *b == sign).count()) && words.split(|b| *b == sign).all(word)
}

/// `garnet.Otter84`, `garnet.otter845`: two words, the second with a number, none of them a word of code. A small word with
/// two digits is one of code: `array.float64`.
fn is_numbered_pair(value: &[u8]) -> bool {
    const TYPES: [&str; 32] = [
        "float", "fixed", "sfixed", "decimal", "complex", "point", "matrix", "vector", "level", "blake",
        "latin", "curve", "chacha", "salsa", "murmur", "adler", "column", "sheet", "frame", "block", "group",
        "phase", "stage", "slide", "label", "button", "image", "input", "layer", "panel", "chapter",
        "figure",
    ];
    let Some(dot) = memchr::memchr(b'.', value) else { return false };
    let (first, second) = (&value[..dot], &value[dot + 1..]);
    let digits = second.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let word = &second[..second.len() - digits];
    let small = |word: &[u8]| word.len() >= 4 && word.iter().all(u8::is_ascii_lowercase);
    let capital = word.first().is_some_and(u8::is_ascii_uppercase);
    (2..=4).contains(&digits)
        && small(first)
        && if capital { small(&word[1..]) } else { digits != 2 && small(word) }
        && !is_one_of(word, &TYPES)
        && ![first, word].iter().any(|word| is_one_of(word, GENERIC) || is_one_of(word, KEYWORDS))
}

/// `string|null`, `Option<String>`, `&str`, `[]byte`, `char*`, `Optional[str]`.
fn is_type(value: &[u8]) -> bool {
    let bare = value.iter().take_while(|b| matches!(b, b'&' | b'*' | b'[' | b']' | b'?' | b'\'')).count();
    let tail = value
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'*' | b'?' | b'!' | b'[' | b']' | b'&' | b'|'))
        .count();
    let core = if bare + tail < value.len() { &value[bare..value.len() - tail] } else { value };
    let parts = || core.split(|b| matches!(b, b'|' | b'<' | b'>' | b'[' | b']' | b',' | b'?'));
    parts().all(|part| part.is_empty() || is_one_of(part, KEYWORDS) || is_one_of(part, NOTHING))
}

/// A name as code has them: words, perhaps with a short number at the end. Numbers after telling words only, so that
/// `hunter2` is none.
fn is_identifier(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    let plain =
        shape.letters() + shape.digits + value.iter().filter(|b| matches!(b, b'_' | b'-' | b'$')).count()
            == value.len();
    if !plain || shape.letters() == 0 || !shape.reads_as_words() && shape.len > 4 {
        return false;
    }
    if shape.digits == 0 {
        return true;
    }
    if is_numbered_phrase(value) {
        return false;
    }
    let trailing = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let stem = &value[..value.len() - trailing];
    let stem = stem.rsplit(|b| matches!(b, b'_' | b'-')).next().unwrap_or(stem);
    trailing == shape.digits
        && trailing <= 2
        && (stem.is_empty() || stem.len() <= 3 || is_one_of(stem, GENERIC) || is_one_of(stem, KEYWORDS))
        || value.contains(&b'_') && (shape.digits == 1 || shape.digits == 2 && has_generic_word(value))
}

/// Whether a word of a name is one of code rather than of a person.
fn has_generic_word(value: &[u8]) -> bool {
    let trimmed = |word: &[u8]| word.len() - word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    value.split(|b| matches!(b, b'_' | b'-')).any(|word| {
        let word = &word[..trimmed(word)];
        word.len() < 3 || is_one_of(word, GENERIC) || is_one_of(word, KEYWORDS) || is_one_of(word, NOTHING)
    })
}

/// Whether `value` is a phrase of words as password managers make them, `harbor-lemon-saddle-violet`: four or more, none
/// of them one of code.
pub(in crate::detect) fn is_word_list(value: &[u8]) -> bool {
    let sign = value.iter().copied().find(|b| !b.is_ascii_lowercase()).filter(|b| b"-._+".contains(b));
    let Some(sign) = sign else { return false };
    let words = || value.split(|b| *b == sign);
    (4..=8).contains(&words().count())
        && words().all(|w| (3..=10).contains(&w.len()) && w.iter().all(u8::is_ascii_lowercase))
        && !words().any(|w| is_one_of(w, GENERIC) || is_one_of(w, MARKERS) || is_one_of(w, KEYWORDS))
}

/// Only escapes: `\n`.
fn is_escaped_blank(value: &[u8]) -> bool {
    value.iter().all(|b| matches!(b, b'\\' | b'n' | b'r' | b't'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_placeholders_and_masks_explain_themselves() {
        for value in [
            "${DB_PASSWORD}",
            "$DB_PASSWORD",
            "$token",
            "{{ token }}",
            "<your-token>",
            "%TOKEN%",
            "your-api-key",
            "YOUR_API_KEY_HERE",
            "changeme",
            "xxxxxxxx",
            "sk-...",
            "sk-xxxxxxxx",
            "***",
            "ghp_****abcd",
            "[REDACTED:x:7f3a9c]",
            "null",
            "",
            "my-secret-key",
            "op://vault/item",
            "/run/secrets/db",
            "secrets.json",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "{token}",
            "Bearer {token}",
            "0123456789abcdef",
            "arn:aws:secretsmanager:x",
            "@Microsoft.KeyVault(x)",
            "test",
            "••••••",
            "insert-token",
            "example-password",
            "process.env.X",
            "%s",
        ] {
            assert!(is_explained(value.as_bytes()), "{value}");
        }
        for value in [
            "hunter2",
            "tr0ub4dor&3x",
            "$ecr3t!Pa",
            "vatitqRakSUAm",
            "8c6372521fd4b3afb659a21f4c8c5609",
            "pa$$w0rd!",
            "sunshine",
            "q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs",
            "s3cr3t",
            "P@ssw0rd!",
            "letmein",
        ] {
            assert!(!is_explained(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn code_is_told_from_values() {
        for value in [
            "get_token()",
            "config.password",
            "os.environ[\"X\"]",
            "await",
            "str",
            "Option<String>",
            "string|null",
            "tokens[0]",
            "self.token",
            "password",
            "dbPassword",
            "user_password",
            "token1",
            "Key::Enter",
            "arrow.Float64",
            "table.Column12",
            "user.Field2",
            "numpy.float64",
            "bcrypt.hashpw(pw",
            "digest.sha512",
            "Content-Header-Value-12",
            "&str",
            "new_password,",
            "String?",
            "a",
            "pwd",
        ] {
            assert!(is_code(value.trim_end_matches(',').as_bytes()), "{value}");
        }
        for value in [
            "hunter2",
            "garnet.Otter84",
            "garnet.otter845",
            "Copper-Meadow-Garden-41",
            "Copper.Meadow.Garden41",
            "Tr0ub4dor-NiDl",
            "s.XsOvnLnU4Dse1jPPv3yvloxe",
            "tr0ub4dor&3x",
            "q71edERoC5IO/MOR8",
        ] {
            assert!(!is_code(value.as_bytes()), "{value}");
        }
    }
}
