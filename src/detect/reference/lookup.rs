//! What says where a value lies, and what wraps one: stores of secrets, environments, paths, constructors.

use crate::detect::shape::Shape;

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
pub(super) fn is_lookup(value: &[u8]) -> bool {
    let first = value[0].to_ascii_lowercase();
    LOOKUPS
        .iter()
        .filter(|head| head.as_bytes()[0].to_ascii_lowercase() == first)
        .any(|head| value.len() >= head.len() && value[..head.len()].eq_ignore_ascii_case(head.as_bytes()))
}

/// A path or a file's name.
pub(super) fn is_path(value: &[u8]) -> bool {
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
