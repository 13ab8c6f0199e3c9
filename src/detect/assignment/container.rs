//! Containers of secrets, whose name speaks of all that they hold: `passwords: [a, b]`, `CREDS=(bob x)`, `secrets:` over
//! lines of its own, `"credentials": {"username": "bob", "value": "x"}`.

use super::{judge::Ground, push, value, value::literal};
use crate::{
    detect::{
        reference,
        shape::Shape,
        subject::Hits,
        words::{WordSet, words},
    },
    rule::Confidence,
};

/// Last words of names of containers; lower case.
static CONTAINERS: WordSet = words![
    "accounts",
    "auth",
    "cred",
    "credential",
    "credentials",
    "creds",
    "login",
    "logins",
    "passes",
    "passwds",
    "passwords",
    "pwds",
    "secrets",
    "userpass",
];

/// Keys of what is no secret in one; lower case.
static OPEN: WordSet = words![
    "account",
    "client",
    "clientid",
    "created",
    "database",
    "date",
    "dbname",
    "description",
    "domain",
    "email",
    "endpoint",
    "file",
    "folder",
    "host",
    "hostname",
    "id",
    "image",
    "key_id",
    "kind",
    "label",
    "login",
    "mode",
    "name",
    "namespace",
    "path",
    "policy",
    "port",
    "provider",
    "ref",
    "region",
    "role",
    "scheme",
    "scope",
    "server",
    "source",
    "status",
    "tag",
    "target",
    "tenant",
    "title",
    "type",
    "uri",
    "url",
    "user",
    "username",
    "uuid",
    "vault",
    "version",
];

/// The longest container, in bytes, and the most entries of one that are looked at.
const LONGEST: usize = 640;
const MOST: usize = 24;

/// Whether a name's last word is a container's.
pub(in crate::detect) fn is_container(name: &[u8]) -> bool {
    let tail = name.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let word = &name[name.len() - tail..];
    let hump = word.windows(2).rposition(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    let word = hump.map_or(word, |i| &word[i + 1..]);
    word.len() <= 12 && CONTAINERS.has(word)
}

/// Whether a member of that key in a container is told by its key to be no secret.
pub(in crate::detect) fn is_open(key: &[u8]) -> bool {
    let key = key.rsplit(|b| !b.is_ascii_alphanumeric() && *b != b'_').next().unwrap_or(key);
    key.len() <= 16 && OPEN.has(key)
}

/// Looks at what the container whose name is `start..end` holds, if it is one.
pub(super) fn find(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    // Most names are followed by something else, or end in another letter.
    let ends = matches!(bytes[end - 1] | 0x20, b's' | b'h' | b'd' | b'l' | b'n');
    let signed = matches!(bytes.get(end), Some(b'=' | b':' | b' ' | b'"' | b'\'' | b'\\' | b']' | b'*'));
    if !ends || !signed || !is_container(&bytes[start..end]) {
        return;
    }
    let limit = bytes.len().min(end + LONGEST);
    let closed = end + count(&bytes[end..limit], 16, |b| matches!(b, b'"' | b'\'' | b'\\' | b']' | b'*'));
    let sign = closed + count(&bytes[closed..limit], 4, |b| b == b' ');
    let after = match bytes[sign..limit] {
        [b':', b'=', ..] | [b'=', b'>', ..] => sign + 2,
        [b'=' | b':', ..] => sign + 1,
        _ => return,
    };
    let open = after + count(&bytes[after..limit], 24, |b| b.is_ascii_whitespace());
    match bytes[open..limit] {
        [b'{' | b'[' | b'(', ..] => bracketed(bytes, open, limit, hits),
        _ if bytes[after..open].contains(&b'\n') && bytes[sign] == b':' => {
            below(bytes, start, after, limit, hits)
        }
        _ => {}
    }
}

fn count(bytes: &[u8], most: usize, like: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take(most).take_while(|b| like(**b)).count()
}

/// The entries between brackets: literals that are no keys, and in a shell's list words.
fn bracketed(bytes: &[u8], open: usize, limit: usize, hits: &mut Hits) {
    let shell = bytes[open] == b'(' && open > 0 && bytes[open - 1] == b'=';
    let (mut at, mut depth, mut seen, mut key) = (open, 0_usize, 0, None);
    while at < limit && seen < MOST {
        match bytes[at] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            b'"' | b'\'' | b'`' | b'\\' => {
                let Some(found) = literal(bytes, at).filter(|found| found.end < limit) else { return };
                seen += 1;
                let next = found.end + (found.start - at);
                let text = &bytes[found.start..found.end];
                if is_key(&bytes[next.min(limit)..limit]) {
                    key = Some(text);
                } else {
                    take(bytes, (found.start, found.end), key.take(), hits);
                }
                at = next.max(at + 1);
                continue;
            }
            b',' | b'\n' => key = None,
            b if shell && depth == 1 && b.is_ascii_alphanumeric() => {
                let end = value::bare_end(bytes, at, limit, super::separator::How::Space);
                take(bytes, (at, end), None, hits);
                (at, seen) = (end.max(at + 1), seen + 1);
                continue;
            }
            // A key without quotes: `user: 'bob'`.
            b if b.is_ascii_alphabetic() => {
                let word = count(&bytes[at..limit], 40, |b| b.is_ascii_alphanumeric() || b == b'_');
                key = is_key(&bytes[at + word..limit]).then(|| &bytes[at..at + word]);
                at += word;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether what follows a word makes it a key.
fn is_key(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b":") || rest.starts_with(b"=")
}

/// The lines below a name that ends its own, deeper than it: `- x`, `name: x`.
fn below(bytes: &[u8], start: usize, after: usize, limit: usize, hits: &mut Hits) {
    let first = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |i| i + 1);
    let lead = &bytes[first..start];
    let mut lines = bytes[after..limit].split(|b| *b == b'\n');
    let mut at = after + lines.next().map_or(0, <[u8]>::len) + 1;
    for line in lines.take(MOST) {
        let same = common(lead, line);
        let text = line[same..].trim_ascii();
        let blank = line.len() - same - line[same..].trim_ascii_start().len();
        let item = text.starts_with(b"- ");
        if text.is_empty() || same < lead.len().min(line.len()) || blank == 0 && !item {
            return;
        }
        let begin = at + same + blank + if item { 2 } else { 0 };
        entry(bytes, begin, at + line.trim_ascii_end().len(), hits);
        at += line.len() + 1;
    }
}

/// How many bytes two lines begin with alike, digits of their numbers counted as alike.
fn common(first: &[u8], second: &[u8]) -> usize {
    first.iter().zip(second).take_while(|(a, b)| a == b || a.is_ascii_digit() && b.is_ascii_digit()).count()
}

/// `x`, `name: x` from `begin` to the end of its line.
fn entry(bytes: &[u8], begin: usize, end: usize, hits: &mut Hits) {
    if begin >= end {
        return;
    }
    let text = &bytes[begin..end];
    let sign = memchr::memmem::find(text, b": ");
    let key = sign.map(|sign| &text[..sign]);
    let value = begin + sign.map_or(0, |sign| sign + 2);
    let value = value + count(&bytes[value..end], 8, |b| b == b' ');
    if let Some(found) = literal(bytes, value).filter(|found| found.end <= end) {
        return take(bytes, (found.start, found.end), key, hits);
    }
    let word = count(&bytes[value..end], 128, |b| b > b' ');
    let login = count(&bytes[value..value + word], 64, |b| b.is_ascii_alphanumeric() || b"._-@".contains(&b));
    let login = if login > 1 && bytes.get(value + login) == Some(&b':') { login + 1 } else { 0 };
    let (value, word) = (value + login, word - login.min(word));
    if value + word == end || bytes[value + word..end].trim_ascii_start().starts_with(b"#") {
        take(bytes, (value, value + word), key, hits);
    }
}

fn take(bytes: &[u8], (start, end): (usize, usize), key: Option<&[u8]>, hits: &mut Hits) {
    let value = &bytes[start..end];
    if key.is_some_and(is_open) || !is_secret(value) {
        return;
    }
    push(hits, start, end, Confidence::Medium, "what a container of secrets holds");
}

/// Whether a value in a container is a secret: made up, and no name, place or reference.
pub(in crate::detect) fn is_secret(value: &[u8]) -> bool {
    let password = super::Name { kind: super::Kind::Password, certain: true };
    let place = || Shape::of(value).reads_as_words() && value.iter().any(|b| matches!(b, b'/' | b' '));
    if !reference::is_strongly_made_up(value) || value.contains(&b'@') || place() {
        return false;
    }
    super::judge(password, value, Ground::Listed, crate::transcript::text::Field::Free).is_some()
}

#[cfg(test)]
mod tests {
    use crate::detect::tests::check;

    #[test]
    fn finds_what_containers_hold() {
        for text in [
            "CREDS=(\"bob\" \"«Comet84x»\"); ./login.sh",
            "creds=(admin «Comet84x»)",
            "declare -A creds=([bob]=\"«Comet84x»\" [eve]=\"«Comet85y»\")",
            "PASSWORDS = [\"«Comet84x»\", \"«Comet85y»\"]",
            "passwords:\n  - «Comet84x»\n  - «Comet85y»\n",
            "secrets:\n  db: \"«Comet84x»\"\n  mail: «Comet85y»\n",
            "  12→secrets:\n  13→  db: «Comet84x»\n",
            "+passwords:\n+  - «Comet84x»\n",
            "{\"passwords\": {\"root\": \"«Comet84x»\", \"app\": \"«Comet85y»\"}}",
            "{\"credentials\":{\"username\":\"bob42\",\"value\":\"«Comet84x»\"}}",
            r#"{\"credentials\":[\"bob\",\"«Comet84x»\"]}"#,
            "\"auth\": [\"bob\", \"«Comet84x»\"]",
            "credentials: { login: 'bob123', value: '«Comet84x»' }",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_what_names_secrets() {
        for text in [
            "secrets:\n  db_password:\n    file: ./db_password.txt\n",
            "secrets:\n  token: ${{ secrets.DEPLOY_TOKEN }}\n",
            "imagePullSecrets:\n  - name: regcred\n",
            "secrets: inherit\n",
            "credentials:\n  username: deploy2024\n  region: eu-west-1\n",
            "auth: [requireAuth, checkScope2]",
            "passwords = [hash_password(p) for p in plain]",
            "secrets = [\"db-password\", \"api-token\"]",
            "credentials: 'include'",
            "login: {\n  title: 'Log in',\n  submit: 'Sign in'\n}",
        ] {
            check(text);
        }
    }
}
