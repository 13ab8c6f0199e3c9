//! `--learn`: values of the user's environment, `.env` files and credential files, read on request and kept nowhere.

use crate::{pipeline::Learner, tag::Key};
use anyhow::Context as _;
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

/// The longest file that is read, in bytes: credential files are short.
const LONGEST: u64 = 4 << 20;

/// Where values are learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Place {
    /// The environment variables of this process
    Env,
    /// `.env` and `.env.*` of the working folder
    Dotenv,
    /// Credential files below the home folder: AWS, netrc, npm, pip, PostgreSQL, MySQL, git, GitHub, Docker, Kubernetes,
    /// Cargo, Google Cloud, Claude Code, Codex
    Credentials,
}

/// Credential files, relative to the home folder.
const CREDENTIALS: &[&str] = &[
    ".aws/credentials",
    ".aws/config",
    ".netrc",
    "_netrc",
    ".npmrc",
    ".yarnrc.yml",
    ".pypirc",
    ".pgpass",
    ".my.cnf",
    ".git-credentials",
    ".config/git/credentials",
    ".config/gh/hosts.yml",
    ".config/glab-cli/config.yml",
    ".docker/config.json",
    ".kube/config",
    ".cargo/credentials",
    ".cargo/credentials.toml",
    ".gem/credentials",
    ".m2/settings.xml",
    ".gradle/gradle.properties",
    ".config/gcloud/application_default_credentials.json",
    ".terraform.d/credentials.tfrc.json",
    ".vault-token",
    ".s3cfg",
    ".boto",
    ".databrickscfg",
    ".claude/.credentials.json",
    ".claude.json",
    ".codex/auth.json",
];

/// Endings of `.env` files that hold no values but say which there are.
const SAMPLES: &[&str] = &["example", "sample", "template", "dist", "defaults", "schema"];

/// The secrets of `places`.
///
/// # Errors
/// A file that is there and cannot be read, by its path.
pub(super) fn learn(places: &[Place], key: &Key) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut out = Vec::new();
    // A learner's tables are made for those alone who ask for it.
    if places.is_empty() {
        return Ok(out);
    }
    let mut learner = Learner::new(key.clone());
    if places.contains(&Place::Env) {
        for (name, value) in std::env::vars_os() {
            out.extend(learner.secrets(&assignment(&name, &value)));
            out.extend(phrase(&mut learner, name.as_encoded_bytes(), value.as_encoded_bytes()));
        }
    }
    for path in files(places)? {
        if let Some(text) = read(&path)? {
            out.extend(learner.secrets(&text));
            out.extend(bare(&path, &text));
            if is_dotenv(&path) {
                out.extend(phrases(&mut learner, &text));
            }
        }
    }
    Ok(out)
}

/// A variable as a line of a shell.
fn assignment(name: &OsStr, value: &OsStr) -> Vec<u8> {
    [name.as_encoded_bytes(), b"=", value.as_encoded_bytes(), b"\n"].concat()
}

/// A value that stands behind any name that is a secret's, to ask whether a name is.
const PROBE: &[u8] = b"Vq3TzK8mYb1X";

/// The least length of a passphrase, in bytes, and the most words.
const MIN_PHRASE: usize = 12;
const MOST_WORDS: usize = 32;

/// A value of several words whose bounds are certain, as those of a variable are, if its name is a secret's. In running text
/// nothing says where it ends, so that the rules leave it alone.
fn phrase(learner: &mut Learner, name: &[u8], value: &[u8]) -> Option<Vec<u8>> {
    let value = value.trim_ascii();
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    let shape = (2..=MOST_WORDS).contains(&words) && value.len() >= MIN_PHRASE && !value.contains(&b'\n');
    // A prompt, a command and what a shell puts together are no passphrase.
    let other =
        value.ends_with(b":") || value.ends_with(b"?") || value.starts_with(b"/") || value.starts_with(b"-");
    let made = [&b"$("[..], b"${", b"://", b" -", b" /", b"<"]
        .iter()
        .any(|mark| memchr::memmem::find(value, mark).is_some());
    if !shape || other || made {
        return None;
    }
    let asked = [name, b"=", PROBE, b"\n"].concat();
    learner.secrets(&asked).iter().any(|secret| secret == PROBE).then(|| value.to_vec())
}

/// The passphrases in quotes of a `.env` file.
fn phrases(learner: &mut Learner, text: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for line in text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii) {
        let line = line.strip_prefix(b"export ").unwrap_or(line).trim_ascii();
        let Some(sign) = memchr::memchr(b'=', line) else { continue };
        let (name, rest) = (line[..sign].trim_ascii(), line[sign + 1..].trim_ascii());
        let quoted = match rest {
            [quote @ (b'"' | b'\''), inner @ ..] => memchr::memchr(*quote, inner).map(|end| &inner[..end]),
            _ => None,
        };
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        if let Some(value) = quoted.filter(|_| name.iter().all(is_name)) {
            out.extend(phrase(learner, name, value));
        }
    }
    out
}

/// Whether a file is one of lines `NAME=value`.
fn is_dotenv(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".env"))
}

/// A file that is nothing but a token.
fn bare(path: &Path, text: &[u8]) -> Option<Vec<u8>> {
    path.ends_with(".vault-token").then(|| text.trim_ascii().to_vec()).filter(|token| !token.is_empty())
}

/// The files of `places` that may be there.
fn files(places: &[Place]) -> anyhow::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    if places.contains(&Place::Dotenv) {
        out.extend(dotenv(Path::new(".")).context("cannot list the working folder")?);
    }
    if places.contains(&Place::Credentials) {
        let home = std::env::home_dir().context("there is no home folder to learn credentials from")?;
        out.extend(CREDENTIALS.iter().map(|file| home.join(file)));
    }
    Ok(out)
}

/// The `.env` files of a folder.
fn dotenv(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sample = name.rsplit('.').next().is_some_and(|end| SAMPLES.contains(&end));
        if (name == ".env" || name.starts_with(".env.")) && !sample {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// The bytes of a file, if there is one.
fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let missing =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    match fs::metadata(path) {
        Ok(file) if file.is_file() && file.len() <= LONGEST => {}
        Ok(_) => return Ok(None),
        Err(error) if missing(&error) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot learn from {}", path.display())),
    }
    fs::read(path).map(Some).with_context(|| format!("cannot learn from {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotenv_files_are_those_with_values() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".env", ".env.local", ".env.example", ".envrc", "env", ".env.production"] {
            fs::write(folder.path().join(name), b"X=1").unwrap();
        }
        let names: Vec<_> =
            dotenv(folder.path()).unwrap().iter().map(|p| p.file_name().unwrap().to_owned()).collect();
        assert_eq!(names, [".env", ".env.local", ".env.production"]);
    }

    #[test]
    fn a_passphrase_whose_bounds_are_certain_is_learned() {
        let mut learner = Learner::new(Key::from_material(&[7; 32]));
        for (name, value, learned) in [
            ("BACKUP_PASSPHRASE", "maple otter lantern 42 sky", true),
            ("DB_PASSWORD", "Granite Otter 84!", true),
            ("SIGNING_SECRET", " winter moss  canal ", true),
            ("GREETING", "maple otter lantern 42 sky", false),
            ("PASSWORD", "two words", false),
            ("SUDO_PASSWORD_PROMPT", "Enter the password:", false),
            ("DB_PASSWORD", "$(pass show db/main now)", false),
            ("PASSWORD_COMMAND", "/usr/bin/pass show db", false),
            ("DB_PASSWORD", "one-word-that-rules-judge", false),
        ] {
            let found = phrase(&mut learner, name.as_bytes(), value.as_bytes());
            assert_eq!(found, learned.then(|| value.trim().as_bytes().to_vec()), "{name}={value}");
        }
        let text = b"# DB_PASSWORD='not this one here'\nA=1\nexport DB_PASSWORD = 'maple otter lantern'  # b\nTITLE=\"a b c d e f g\"\n";
        assert_eq!(phrases(&mut learner, text), [b"maple otter lantern".to_vec()]);
    }

    #[test]
    fn what_is_not_there_is_nothing_and_what_is_unreadable_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")).unwrap(), None);
        assert_eq!(read(folder.path()).unwrap(), None);
        assert_eq!(bare(Path::new("/h/.vault-token"), b"s.abc\n"), Some(b"s.abc".to_vec()));
        assert_eq!(bare(Path::new("/h/.netrc"), b"s.abc\n"), None);
    }
}
