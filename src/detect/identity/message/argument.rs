//! Arguments of commands that name someone or something: `kubectl -n premia`, `git merge premium-rates`, `su maribel`.

use super::{
    super::{name, owner, remote, table},
    emit, program,
    template::Slot,
};
use crate::detect::{
    subject::{Hits, Subject},
    word,
};
use std::sync::LazyLock;

/// Longest command that is looked at, in bytes: what is longer is a script with data in it.
const MAX_COMMAND: usize = 4096;

/// Most words of one command.
const MAX_WORDS: usize = 40;

/// What an argument is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// One value.
    One(Slot),
    /// Two branches with dots between; what has none may be a path.
    Range,
    /// A branch, or two with a colon between.
    Refs,
    /// A machine before a colon and a path: `ledgerbox:/srv`.
    Target,
    /// An owner and a repository: `ledgerly/premia`.
    Pair,
    /// An address of a forge's programs: `repos/ledgerly/premia/pulls`.
    Api,
    /// An image with its owner and its tag.
    Image,
    /// A person's name.
    Person,
    /// A host between two ports: `5432:db:5432`.
    Forward,
    /// What a connection string says: `host=db user=maribel`.
    Connection,
}

/// Where an argument stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// Behind an option, or behind its `=`.
    Behind(&'static str),
    /// The argument of that number that is no option, from 1 on.
    Word(usize),
    /// Any that is no option.
    Any,
}

/// A program, the words that follow it first, and which arguments tell something.
struct Program {
    words: Vec<&'static str>,
    arguments: Vec<(Place, What)>,
}

/// The programs, sorted by their names.
static TABLE: LazyLock<Vec<Program>> = LazyLock::new(|| {
    let mut table: Vec<Program> = program::PROGRAMS.iter().map(|line| Program::parse(line)).collect();
    table.sort_by_key(|program| program.words[0]);
    table
});

impl Program {
    fn parse(line: &'static str) -> Self {
        let mut parts = line.split(" | ");
        let words = parts.next().unwrap_or_default().split(' ').collect();
        let arguments = parts.filter_map(|part| part.split_once(' ').or_else(|| part.split_once('=')));
        let arguments = arguments.filter_map(|(place, what)| {
            let place = match place {
                "*" => Place::Any,
                option => option.parse().map_or(Place::Behind(option), Place::Word),
            };
            Some((place, kind(what)?))
        });
        Self { words, arguments: arguments.collect() }
    }
}

/// What an argument is by its word in the table.
fn kind(word: &str) -> Option<What> {
    Some(match word {
        "range" => What::Range,
        "refs" => What::Refs,
        "target" => What::Target,
        "pair" => What::Pair,
        "api" => What::Api,
        "image" => What::Image,
        "person" => What::Person,
        "connection" => What::Connection,
        "forward" => What::Forward,
        "user" => What::One(Slot::User),
        "host" => What::One(Slot::Host),
        "org" => What::One(Slot::Org),
        "resource" => What::One(Slot::Resource),
        "branch" => What::One(Slot::Branch),
        "topic" => What::One(Slot::Topic),
        "serial" => What::One(Slot::Serial),
        _ => return None,
    })
}

/// A word of a command: its bytes' range, without the quotes around it.
type Word = (usize, usize);

/// Looks at every command of a text that is one.
pub(in super::super) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    line(subject.bytes, (0, subject.bytes.len().min(MAX_COMMAND)), hits);
}

/// Looks at every command in `start..end`.
pub(super) fn line(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let bytes = &bytes[..end];
    let mut words: Vec<Word> = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' => at += 1,
            b'\\' if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'`' => {
                command(bytes, &words, hits);
                words.clear();
                at += 1;
            }
            _ => {
                let (word, next) = word_at(bytes, at);
                if words.len() < MAX_WORDS {
                    words.push(word);
                }
                at = next;
            }
        }
    }
    command(bytes, &words, hits);
}

/// The word at byte `at`, and where what follows it starts.
fn word_at(bytes: &[u8], at: usize) -> (Word, usize) {
    if let quote @ (b'"' | b'\'') = bytes[at] {
        let end = memchr::memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |i| at + 1 + i);
        return ((at + 1, end), (end + 1).min(bytes.len()));
    }
    let (mut end, mut quoted) = (at, None);
    while end < bytes.len() {
        match (bytes[end], quoted) {
            (byte, Some(quote)) if byte == quote => quoted = None,
            (_, Some(_)) => {}
            (byte @ (b'"' | b'\''), None) => quoted = Some(byte),
            (b' ' | b'\t' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'`', None) => break,
            _ => {}
        }
        end += 1;
    }
    ((at, end), end)
}

/// Looks at one command.
fn command(bytes: &[u8], words: &[Word], hits: &mut Hits) {
    let text = |&(start, end): &Word| &bytes[start..end];
    for (skip, word) in words.iter().enumerate() {
        let word = text(word);
        let name = &word[memchr::memrchr(b'/', word).map_or(0, |i| i + 1)..];
        let from = TABLE.partition_point(|program| program.words[0].as_bytes() < name);
        for program in TABLE[from..].iter().take_while(|program| program.words[0].as_bytes() == name) {
            arguments(bytes, &words[skip + 1..], program, hits);
        }
        // Before the program stand variables, and programs that start others.
        let before =
            word.contains(&b'=') || [&b"sudo"[..], b"time", b"exec", b"env", b"nohup"].contains(&word);
        if !before {
            return;
        }
    }
}

/// Adds the arguments of a program, if the first of `words` are its own.
fn arguments(bytes: &[u8], words: &[Word], program: &Program, hits: &mut Hits) {
    let text = |&(start, end): &Word| &bytes[start..end];
    let mut own = program.words[1..].iter();
    let (mut wanted, mut place, mut after) = (own.next(), 0, None);
    for (index, word) in words.iter().enumerate() {
        let this = text(word);
        let option = this.first() == Some(&b'-') && this.len() > 1;
        if let Some(expected) = wanted.filter(|expected| expected.as_bytes() == this) {
            let _ = expected;
            wanted = own.next();
            continue;
        }
        if wanted.is_some() && !option && after.is_none() {
            // A value of an option before the program's own word, as in `git -C x merge`, is let pass once.
            if index > 0 && text(&words[index - 1]).first() == Some(&b'-') {
                continue;
            }
            return;
        }
        if let Some(what) = after.take() {
            value(bytes, *word, what, hits);
            continue;
        }
        let equals = memchr::memchr(b'=', this);
        let behind = |name: &[u8]| {
            let found =
                program.arguments.iter().find(|(p, _)| matches!(p, Place::Behind(o) if o.as_bytes() == name));
            found.map(|(_, what)| *what)
        };
        if let Some(equals) = equals
            && let Some(what) = behind(&this[..equals])
        {
            value(bytes, unquoted(bytes, (word.0 + equals + 1, word.1)), what, hits);
        } else if option {
            after = behind(this).filter(|_| wanted.is_none());
        } else if wanted.is_none() && !(behind_option(bytes, words, index) && is_number(this)) {
            place += 1;
            let here = |p: &Place| *p == Place::Word(place) || *p == Place::Any;
            if let Some((_, what)) = program.arguments.iter().find(|(p, _)| here(p)) {
                value(bytes, *word, *what, hits);
            }
        }
    }
}

/// A word without the quotes around it.
fn unquoted(bytes: &[u8], (start, end): Word) -> Word {
    let quoted = end > start + 1 && matches!(bytes[start], b'"' | b'\'') && bytes[end - 1] == bytes[start];
    if quoted { (start + 1, end - 1) } else { (start, end) }
}

/// Adds what the word `start..end` names.
fn value(bytes: &[u8], (start, end): Word, what: What, hits: &mut Hits) {
    let mention = what == What::One(Slot::User) && bytes[start..end].starts_with(b"@");
    let start = start + usize::from(mention);
    let text = &bytes[start..end];
    if !text.first().is_some_and(u8::is_ascii_alphanumeric)
        || text.iter().any(|b| matches!(b, b'$' | b'{' | b'*'))
    {
        return;
    }
    match what {
        What::Person => {
            let len = memchr::memmem::find(text, b" <").unwrap_or(text.len());
            if text[..len].contains(&b' ') {
                name::push_person(bytes, start, start + len, hits);
            }
        }
        What::Pair => pair(bytes, (start, end), hits),
        What::Api => api(bytes, (start, end), hits),
        What::Forward => forward(bytes, (start, end), hits),
        What::Image => table::image(bytes, start, end, hits),
        What::Range if memchr::memmem::find(text, b"..").is_none() => {}
        What::Range => range(bytes, (start, end), Slot::Topic, hits),
        What::Refs => range(bytes, (start, end), Slot::Branch, hits),
        What::One(Slot::Topic) if in_folder(text) => {}
        What::Target => target(bytes, (start, end), hits),
        What::Connection => connection(bytes, (start, end), hits),
        What::One(Slot::User) => users(bytes, (start, end), hits),
        What::One(slot) => one(bytes, (start, end), slot, hits),
    }
}

/// Whether a word is a path in a folder that every other project has: `git checkout src/rates`.
fn in_folder(text: &[u8]) -> bool {
    let Some(slash) = memchr::memchr(b'/', text) else { return false };
    let folders = [
        "app", "apps", "cmd", "config", "crates", "docs", "examples", "internal", "lib", "packages", "pkg",
        "public", "scripts", "src", "test", "tests", "web",
    ];
    word::listed(&folders, &text[..slash])
}

/// Adds a login, or several with commas between: `--reviewer maribel,jana`.
fn users(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let mut at = start;
    for part in bytes[start..end].split(|b| *b == b',') {
        let skip = usize::from(part.first() == Some(&b'@'));
        if !name::is_robot(part) {
            one(bytes, (at + skip, at + part.len()), Slot::User, hits);
        }
        at += part.len() + 1;
    }
}

/// Adds a single value, of which nothing is left over.
fn one(bytes: &[u8], (start, end): Word, slot: Slot, hits: &mut Hits) {
    let text = &bytes[start..end];
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    match slot {
        Slot::Host => {
            let len = text.iter().take_while(|b| host(b)).count();
            let port = text[len..].strip_prefix(b":").is_some_and(|p| p.iter().all(u8::is_ascii_digit));
            if (len == text.len() || port) && text[..len].iter().any(u8::is_ascii_alphabetic) {
                emit::value(bytes, Slot::Host, (start, start + len), false, hits);
            }
        }
        Slot::Resource if memchr::memmem::find(text, b":/").is_some() => {
            let len = memchr::memchr(b':', text).unwrap_or(text.len());
            emit::value(bytes, slot, (start, start + len), false, hits);
        }
        Slot::User | Slot::Org if !text.iter().all(|b| host(b) || *b == b'_') => {}
        _ if text.iter().any(|b| matches!(b, b' ' | b'"' | b'\'')) => {}
        _ => emit::value(bytes, slot, (start, end), false, hits),
    }
}

/// Adds whom an address of a forge's programs names: `repos/OWNER/NAME/…`, `orgs/OWNER`, `users/LOGIN`.
fn api(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let start = start + usize::from(bytes[start..end].starts_with(b"/"));
    let text = &bytes[start..end];
    let part = |from: usize| {
        text[from..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            .count()
    };
    if text.starts_with(b"repos/") {
        let owner = part(b"repos/".len());
        let name = b"repos/".len() + owner + 1;
        if owner > 0 && name < text.len() {
            pair(bytes, (start + b"repos/".len(), start + name + part(name)), hits);
        }
    } else if let Some(from) =
        [&b"orgs/"[..], b"users/"].iter().find(|h| text.starts_with(h)).map(|h| h.len())
    {
        remote::push_org(bytes, start + from, start + from + part(from), hits);
    }
}

/// Adds the host between two ports.
fn forward(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let mut at = start;
    for part in bytes[start..end].split(|b| *b == b':') {
        if part.iter().any(u8::is_ascii_alphabetic) {
            emit::value(bytes, Slot::Host, (at, at + part.len()), false, hits);
        }
        at += part.len() + 1;
    }
}

/// Whether the word of number `index` stands behind an option.
fn behind_option(bytes: &[u8], words: &[Word], index: usize) -> bool {
    index.checked_sub(1).is_some_and(|last| bytes[words[last].0] == b'-')
}

/// Whether a word is a number, as `100` in `--tail 100` is.
fn is_number(text: &[u8]) -> bool {
    text.iter().all(|b| b.is_ascii_digit() || *b == b'm' || *b == b'h' || *b == b's')
}

/// Adds the owner and the name of a repository.
fn pair(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let Some(slash) = memchr::memchr(b'/', &bytes[start..end]).map(|i| start + i) else { return };
    let single = memchr::memchr(b'/', &bytes[slash + 1..end]).is_none() && slash + 1 < end;
    if single && !owner::is_public(&bytes[start..slash]) {
        remote::push_org(bytes, start, slash, hits);
        remote::push_repository(bytes, slash + 1, end, hits);
    }
}

/// Adds the branches of `main..premium-rates` and `premium-rates:premium-rates`.
fn range(bytes: &[u8], (start, end): Word, slot: Slot, hits: &mut Hits) {
    let mut at = start;
    while at < end {
        let rest = &bytes[at..end];
        let dots = memchr::memmem::find(rest, b"..").unwrap_or(rest.len());
        let len = memchr::memchr3(b':', b'^', b'~', &rest[..dots]).unwrap_or(dots);
        if len > 2 {
            emit::value(bytes, slot, (at, at + len), false, hits);
        }
        at += len + 1;
        at += bytes[at.min(end)..end].iter().take_while(|b| **b == b'.').count();
    }
}

/// Adds the machine of `ledgerbox:/srv`; a drive of Windows is none.
fn target(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let text = &bytes[start..end];
    let host = text.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let from = if text.get(host) == Some(&b'@') { host + 1 } else { 0 };
    let len =
        text[from..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let end = start + from + len;
    if len > 2 && text.get(from + len) == Some(&b':') {
        emit::value(bytes, Slot::Host, (start + from, end), false, hits);
        // A module of rsync's: `box::backups/x`.
        if let Some(module) = bytes[end..].strip_prefix(b"::") {
            let len =
                module.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
            emit::value(bytes, Slot::Resource, (end + 2, end + 2 + len), false, hits);
        }
    }
}

/// Adds what `host=…`, `user=…` and `dbname=…` say.
fn connection(bytes: &[u8], (start, end): Word, hits: &mut Hits) {
    let mut at = start;
    for part in bytes[start..end].split(|b| *b == b' ') {
        let slot = [(&b"host="[..], Slot::Host), (b"user=", Slot::User), (b"dbname=", Slot::Resource)];
        if let Some((key, slot)) = slot.into_iter().find(|(key, _)| part.starts_with(key)) {
            one(bytes, (at + key.len(), at + part.len()), slot, hits);
        }
        at += part.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{hits, marked, plain};
    use crate::{detect::subject::Subject, rule::Class, transcript::text::Field};

    #[test]
    fn arguments_of_commands_are_read() {
        for text in [
            "kubectl -n «zelmont» logs deploy/«premia-api»",
            "kubectl logs «premia-api»-7d9c6b5f4-x2x9k --namespace=«zelmont»",
            "psql -h «db.ledgerly.net» -U «maribel» -d «premia_rates» -c 'select 1'",
            "PGSSL=1 psql \"host=«db.ledgerly.net» user=«maribel» dbname=«premia_rates»\"",
            "mysql -h «ledgerbox» -u «maribel» -p",
            "cd x && sudo -iu «maribel» && su «maribel»",
            "scp -r build «ledgerbox»:/srv; rsync -az dist/ «maribel»@«ledgerbox»:/srv/",
            "nc -vz «ledgerbox» 5432 | nslookup «db.ledgerly.net»",
            "git log main..«premium-rates» --oneline",
            "git diff origin/main...«premium-rates» --stat",
            "git merge --no-ff «premium-rates»",
            "git worktree add ../x «premium-rates»",
            "git rebase --onto main «premium-rates»",
            "git fetch origin «premium-rates»:«premium-rates»",
            "git commit --author=\"«Maribel Ortiz» <x@example.com>\" -m \"fix\"",
            "git log --author='«Maribel Ortiz»' --oneline",
            "gh repo clone «ledgerly»/«premia-rates»",
            "gh pr create --base main --head «premium-rates» --title \"fix it\"",
            "docker build -t «ledgerly»/«premia»:dev .",
            "terraform workspace select «zelmont-prod»",
            "docker login «registry.ledgerly.net» -u «maribel»",
            "gh pr create --reviewer «maribel»,«jkavinas» --assignee @me -t x",
            "glab mr create --assignee=@«maribel»",
        ] {
            assert_eq!(found(text), text);
        }
    }

    #[test]
    fn what_everyone_says_stays() {
        for text in [
            "kubectl -n kube-system get pods",
            "psql -h localhost -U postgres -d postgres",
            "git diff src/main.rs && git checkout main -- src/lib.rs",
            "git log -5 --oneline && git show HEAD~1 && git diff some-folder internal/quotes",
            "git checkout src/rates && git -C out1 for-each-ref refs/heads",
            "git push origin main",
            "docker build -t app:latest . && docker run --name redis redis:7",
            "sudo -u postgres psql && su root",
            "scp C:/x y && rsync -a src/ dst/",
            "echo kubectl -n zelmont",
            "git checkout $BRANCH && kubectl -n $NS get pods",
            "dig +short example.com @8.8.8.8",
            "gh repo clone facebook/react",
            "id -u && last -5",
        ] {
            assert_eq!(found(text), text);
        }
    }

    /// `text` without marks, what is found marked.
    fn found(text: &str) -> String {
        let text = text.replace(['«', '»'], "");
        let found = hits(&Subject { field: Field::Command, ..plain(&text) });
        marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity)
    }
}
