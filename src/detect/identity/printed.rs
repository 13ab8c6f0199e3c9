//! What a command that asks who or where prints and nothing else: `whoami`, `hostname`, `git config user.name`, `ls /home`.
//!
//! The command stands in another record. So it is the answer that tells: one word that is none of everyone's, one name.
//! What else it may be is the project's (a folder, a branch), so that little is lost.

use super::{
    super::{
        canonical::canonical,
        code::distinct,
        subject::{Hit, Hits, Subject},
        vocabulary, word,
    },
    account, branch, history, host, login, name,
};
use crate::{
    rule::id,
    transcript::text::{Field, Role},
};

/// Longest answer that is looked at, in bytes.
const MAX_ANSWER: usize = 240;

/// Most lines of an answer, and most words of one that is a list of homes.
const MOST: usize = 6;

/// Why something was found.
const EVIDENCE: &str = "all that a command printed";

/// A stretch of bytes.
type Stretch = (usize, usize);

/// Looks at a text that is all that a command printed.
pub(super) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    if bytes.len() > MAX_ANSWER || bytes.is_empty() {
        return;
    }
    let keyed = || subject.key.is_some_and(|key| matches!(key, b"output" | b"stdout" | b"aggregated_output"));
    let Some((start, end)) = (match subject.field {
        Field::Output => Some((0, bytes.len())),
        Field::Free if subject.role == Role::Value && keyed() => Some((0, bytes.len())),
        Field::Prose => tagged(bytes),
        _ => None,
    }) else {
        return;
    };
    let lines = lines(bytes, (start, end));
    lines.iter().for_each(|line| grouped(bytes, *line, hits));
    match lines[..] {
        [] => {}
        [line] => alone(bytes, line, hits),
        _ if lines.len() <= MOST => among(bytes, &lines, hits),
        _ => {}
    }
}

/// What stands between the tags in which a client puts what a command of the user's printed.
fn tagged(bytes: &[u8]) -> Option<Stretch> {
    const OPEN: &[u8] = b"-stdout>";
    if !bytes.starts_with(b"<bash-") && !bytes.starts_with(b"<local-command-") {
        return None;
    }
    let start = memchr::memmem::find(bytes, OPEN)? + OPEN.len();
    let len = memchr::memchr(b'<', &bytes[start..])?;
    Some((start, start + len))
}

/// The lines of a stretch that hold something, without the blanks around them; one more than are wanted at most.
fn lines(bytes: &[u8], (start, end): Stretch) -> Vec<Stretch> {
    let (mut lines, mut at) = (Vec::new(), start);
    for line in bytes[start..end].split(|b| *b == b'\n') {
        let text = line.trim_ascii();
        let blank = line.len() - line.trim_ascii_start().len();
        if !text.is_empty() && lines.len() <= MOST {
            lines.push((at + blank, at + blank + text.len()));
        }
        at += line.len() + 1;
    }
    lines
}

/// Adds a login. It is not looked for elsewhere: the word may be what the session is about.
fn push(bytes: &[u8], (start, end): Stretch, hits: &mut Hits) {
    let hit = Hit::new(id::IDENTITY_LOGIN, start, end, EVIDENCE);
    hits.push(hit.canonical(canonical(&bytes[start..end])));
}

/// Adds owner and group at the head of a line, as `stat -c %U:%G` prints them: `maribel:maribel notes.md`.
fn grouped(bytes: &[u8], (start, end): Stretch, hits: &mut Hits) {
    let line = &bytes[start..end];
    let word = &line[..memchr::memchr2(b' ', b'\t', line).unwrap_or(line.len())];
    let Some(colon) = memchr::memchr(b':', word) else { return };
    let (owner, group) = (&word[..colon], &word[colon + 1..]);
    let shared = matches!(group, b"staff" | b"users" | b"wheel" | b"docker" | b"www-data" | b"root");
    if (owner == group || shared) && is_shaped(owner) && login::is_person(owner) && !vocabulary::has(owner) {
        push(bytes, (start, start + colon), hits);
        if !shared {
            push(bytes, (start + colon + 1, start + word.len()), hits);
        }
    }
}

/// Looks at an answer of one line.
fn alone(bytes: &[u8], (start, end): Stretch, hits: &mut Hits) {
    let text = &bytes[start..end];
    account::number_alone(bytes, start, end, hits);
    if !text.contains(&b' ') && !text.contains(&b'\t') {
        if is_login(text) {
            push(bytes, (start, end), hits);
        } else if is_machine(text) {
            host::push(bytes, start, end, EVIDENCE, hits);
        } else if is_branch(text) {
            branch::push(bytes, start, end, hits);
        } else if let Some(at) = memchr::memchr(b'@', text).filter(|_| !text.contains(&b'.')) {
            if is_login(&text[..at]) && is_host(&text[at + 1..]) {
                push(bytes, (start, start + at), hits);
                host::push(bytes, start + at + 1, end, EVIDENCE, hits);
            }
        } else if is_project(text) {
            account::push_resource(bytes, start, end, hits);
        }
    } else if name::name_end(bytes, start) == end && history::is_name(text) && distinct::is_unusual(text) {
        name::push_person(bytes, start, end, hits);
    } else {
        homes(bytes, &words(bytes, (start, end)), hits);
    }
}

/// Looks at an answer of several lines: one that is a login among others that are paths, systems and sentences, or homes.
fn among(bytes: &[u8], lines: &[Stretch], hits: &mut Hits) {
    let bare = |&&(start, end): &&Stretch| {
        bytes[start..end].iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(b))
    };
    if lines.iter().all(|line| !bytes[line.0..line.1].contains(&b' ')) && homes(bytes, lines, hits) {
        return;
    }
    let mut named = lines.iter().filter(bare).filter(|line| !is_numbered(&bytes[line.0..line.1]));
    if let (Some(&(start, end)), None) = (named.next(), named.next())
        && lines.iter().any(|line| tells_where(&bytes[line.0..line.1]))
        && is_login(&bytes[start..end])
    {
        push(bytes, (start, end), hits);
    }
    for &(start, end) in lines.iter().filter(|line| is_numbered(&bytes[line.0..line.1])) {
        host::push(bytes, start, end, EVIDENCE, hits);
    }
    if let [(start, end), below] = *lines
        && is_login(&bytes[start..end])
        && is_windows_domain(&bytes[below.0..below.1])
    {
        push(bytes, (start, end), hits);
        host::push(bytes, below.0, below.1, EVIDENCE, hits);
    }
}

/// Whether a word is made like the name of a domain of Windows: capitals and digits, a word of nobody's.
fn is_windows_domain(text: &[u8]) -> bool {
    let shaped = text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-');
    shaped && (4..=15).contains(&text.len()) && distinct::is_unusual(text) && !vocabulary::has(text)
}

/// Whether a line is what `pwd`, `uname`, `id` print.
fn tells_where(line: &[u8]) -> bool {
    let whole = [&b"/"[..], b"~", b"uid=", b"C:\\"];
    whole.iter().any(|head| line.starts_with(head))
        || word::listed(&["darwin", "linux"], line)
        || line.contains(&b' ') && has_version(line)
        || [&b"Linux "[..], b"Darwin "].iter().any(|head| line.starts_with(head))
}

/// The words of a line, one more than are wanted at most.
fn words(bytes: &[u8], (start, end): Stretch) -> Vec<Stretch> {
    let (mut words, mut at) = (Vec::new(), start);
    for word in bytes[start..end].split(|b| matches!(b, b' ' | b'\t')) {
        if !word.is_empty() && words.len() <= MOST {
            words.push((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    words
}

/// Adds the logins of a list of homes: no word of it is anything else, or one is the home of nobody. Says whether it is one.
fn homes(bytes: &[u8], words: &[Stretch], hits: &mut Hits) -> bool {
    let of = |&(start, end): &Stretch| &bytes[start..end];
    let shared = words.iter().any(|word| HOMES.iter().any(|home| home.as_bytes() == of(word)));
    let fits = |word: &Stretch| {
        let text = of(word);
        is_login(text) || !login::may_be_person(text) || shared && is_shaped(text)
    };
    let found = words.len() <= MOST && words.iter().all(fits) && words.iter().any(|word| is_login(of(word)));
    if found {
        for &(start, end) in words.iter().filter(|word| login::is_person(of(word))) {
            push(bytes, (start, end), hits);
        }
    }
    found
}

/// Folders beside people's homes that are nobody's.
static HOMES: [&str; 4] = ["Shared", "Public", "Default", "All Users"];

/// Whether a word is made like a login: small letters and digits, with a dot or an underscore within.
fn is_shaped(text: &[u8]) -> bool {
    let signs = text.iter().filter(|b| !b.is_ascii_lowercase() && !b.is_ascii_digit()).count();
    let inner = !matches!(text.last(), Some(b'.' | b'_'));
    let small = text.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_'));
    (3..=32).contains(&text.len()) && text[0].is_ascii_lowercase() && small && signs < 2 && inner
}

/// Whether a word is a login and nothing that other commands print: a file, a hash, a version, a name of everyone's.
fn is_login(text: &[u8]) -> bool {
    is_shaped(text)
        && !has_ending(text)
        && (text.len() > 4 || text.iter().any(u8::is_ascii_digit))
        && !text.iter().all(u8::is_ascii_hexdigit)
        && distinct::is_unusual(text)
        && !distinct::is_public(text)
        && text.split(|b| matches!(b, b'.' | b'_')).any(|part| !vocabulary::has(letters(part)))
        && login::is_person(text)
        && !name::is_robot(text)
}

/// The letters that a word begins with.
fn letters(word: &[u8]) -> &[u8] {
    &word[..word.iter().take_while(|b| b.is_ascii_alphabetic()).count()]
}

/// Whether a word ends as files and units do: with a dot and a few letters, or a word of everyone's.
fn has_ending(text: &[u8]) -> bool {
    memchr::memrchr(b'.', text).is_some_and(|dot| text.len() - dot < 6 || vocabulary::has(&text[dot + 1..]))
}

/// Whether a word is the name of a machine: counted, or below a domain, or called after its owner.
fn is_machine(text: &[u8]) -> bool {
    let shaped =
        text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')) && text.len() <= 64;
    let counted = is_numbered(text.split(|b| *b == b'.').next().unwrap_or_default());
    shaped && counted && text[0].is_ascii_alphabetic() && !has_version(text)
}

/// Whether a word is made like a host's name without a domain.
fn is_host(text: &[u8]) -> bool {
    text.len() > 2 && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// Whether a word is a branch: two names with a slash between, no file, and a word in it that is none of everyone's.
fn is_branch(text: &[u8]) -> bool {
    let slashes = text.iter().filter(|b| **b == b'/').count();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/');
    let tail = text.rsplit(|b| *b == b'/').next().unwrap_or_default();
    slashes == 1
        && text.iter().all(name)
        && text[0].is_ascii_lowercase()
        && tail.iter().any(|b| matches!(b, b'-' | b'_'))
        && distinct::is_unusual(text)
}

/// Whether a word is made like the id of a project at Google: words and a number of five digits or six.
fn is_project(text: &[u8]) -> bool {
    let tail = text.rsplit(|b| *b == b'-').next().unwrap_or_default();
    let shaped = text.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-');
    shaped
        && (5..=6).contains(&tail.len())
        && tail.iter().all(u8::is_ascii_digit)
        && text[0].is_ascii_lowercase()
}

/// Whether a word is made of two words or more and a number of at most three digits behind them: `orchid-db-03`.
fn is_numbered(text: &[u8]) -> bool {
    let Some(dash) = memchr::memrchr(b'-', text) else { return false };
    let (head, number) = (&text[..dash], &text[dash + 1..]);
    let words =
        head.split(|b| *b == b'-').all(|part| part.len() > 1 && part.iter().all(u8::is_ascii_lowercase));
    (1..=3).contains(&number.len())
        && number.iter().all(u8::is_ascii_digit)
        && words
        && head.contains(&b'-')
        && !distinct::is_public(head)
}

/// Whether a word holds digits with dots between, as what has a version does.
fn has_version(text: &[u8]) -> bool {
    text.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b'.' && w[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::{detect::subject::Subject, rule::Class, transcript::text::Field};

    fn found(text: &str, field: Field) -> String {
        let plainly = text.replace(['«', '»'], "");
        let found = hits(&Subject { field, ..plain(&plainly) });
        marked(&plainly, &found, |hit| hit.rule.rule().class == Class::Identity)
    }

    #[test]
    fn answers_to_who_and_where_are_found() {
        for text in [
            "«mkavinas»\n",
            "«zelmo.kavinas»",
            "«mkavinas»\n/srv/app\nLinux",
            "/srv/app\n«kavinas»\nLinux 6.8.0 x86_64",
            "«Zelmo Kavinas»\n",
            "«orchid-db-03»\n",
            "«orchid-db-03»\n/srv/app",
            "«kavinas»  «zelmo»",
            "Shared\n«kavinas»",
            "Default  Public  «mkavinas»",
            "«482913650774»\n",
            "«mkavinas»@«ledgerbox»\n",
            "«mkavinas/premia-rates»\n",
            "«zelmont-prod-48213»\n",
            "«corpnet»\\«kavinas»",
            "«mkavinas»:«mkavinas» notes.md",
            "«mkavinas»:staff notes.md",
            "«mkavinas»\n«ZELMONTA»",
        ] {
            assert_eq!(found(text, Field::Output), text);
        }
        let text = "<bash-stdout>«mkavinas»</bash-stdout><bash-stderr></bash-stderr>";
        assert_eq!(found(text, Field::Prose), text);
    }

    #[test]
    fn answers_to_other_questions_stay() {
        for text in [
            "main",
            "darwin",
            "x86_64",
            "v20.11.0",
            "1f0a9c3d",
            "true",
            "root",
            "runner",
            "notes.md",
            "premia.service",
            "src\ntests\nzelmo\nkavinas\nREADME.md",
            "Already up to date.",
            "Hello World",
            "ubuntu-22-04",
            "gpt-4",
            "node-20",
            "12 passed",
            "node:node 18.2",
            "error:error x",
            "prettier",
            "postgres",
        ] {
            assert_eq!(found(text, Field::Output), text);
        }
        assert_eq!(found("kavinas", Field::Prose), "kavinas");
    }
}
