//! What `git log`, `git branch` and their like print: who made a commit, in whatever format, and which branches there are.

mod branches;
mod verb;

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
        vocabulary, word,
    },
    given, name,
};

use branches::{branches, decorations, is_decoration, request, worktree};
use verb::VERBS;

/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 400;

/// A stretch of bytes.
type Stretch = (usize, usize);

/// Looks at a line from byte `start` to `end`, whose first byte that is no blank is `at`.
pub(super) fn line(subject: &Subject<'_>, (start, at, end): (usize, usize, usize), hits: &mut Hits) {
    let bytes = subject.bytes;
    let rest = &bytes[at..end];
    match rest[0] {
        b'*' if at == start && rest.starts_with(b"* ") => {
            branches(subject, (start, end), hits);
            graph(bytes, (at, end), hits);
        }
        b'|' => graph(bytes, (at, end), hits),
        b'/' if rest.ends_with(b"]") => worktree(bytes, (at, end), hits),
        b'c' if rest.starts_with(b"commit ") => {
            let from = at + b"commit ".len();
            decorations(bytes, (from + hash(&bytes[from..end]), end), hits);
        }
        first if first.is_ascii_digit() => request(bytes, (at, end), hits),
        _ => {}
    }
}

/// Length of the number of a commit that `text` begins with; 0 if it is none.
fn hash(text: &[u8]) -> usize {
    let len = text.iter().take(41).take_while(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b)).count();
    if (7..=40).contains(&len) { len } else { 0 }
}

/// A commit behind the lines that `git log --graph` draws.
fn graph(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) {
    let drawn =
        bytes[at..end].iter().take(40).take_while(|b| matches!(b, b'*' | b'|' | b'\\' | b'/' | b' ')).count();
    let (from, len) = (at + drawn, hash(&bytes[at + drawn..end]));
    if len > 0 && bytes[at..from].contains(&b'*') {
        commit(bytes, (from, from + len, end), hits);
    }
}

/// What stands behind the number `start..at` of a commit, up to the end of its line.
pub(super) fn commit(bytes: &[u8], (start, at, end): (usize, usize, usize), hits: &mut Hits) {
    if end - at > MAX_LINE || bytes.get(at) != Some(&b' ') && bytes.get(at) != Some(&b'|') {
        return;
    }
    if annotated(bytes, (at, end), hits) {
        return;
    }
    let at = decorations(bytes, (at, end), hits);
    let last = trailing(bytes, (at, end), hits);
    let first = leading(bytes, (at, last));
    // Titles have capitals too: so the commit above or below must begin with a name as well.
    let around = || {
        let above = start.checked_sub(2).map(|i| word::line(bytes, i, MAX_LINE));
        let below = (end + 1 < bytes.len()).then(|| word::line(bytes, end + 1, MAX_LINE));
        above.into_iter().chain(below).any(|line| begins_with_name(bytes, line))
    };
    if let Some((from, to)) = first.filter(|_| around()) {
        name::push_person(bytes, from, to, hits);
    }
}

/// Adds who wrote a line, as `git blame --date=short` says it: ` src/x.py (Maribel Ortiz  2026-05-12 41) `; says whether it
/// does.
fn annotated(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) -> bool {
    let line = &bytes[at..end];
    let Some(close) = memchr::memchr(b')', line) else { return false };
    let digits = line[..close].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let head = line[..close - digits].trim_ascii_end();
    let Some(dated) = head.len().checked_sub(b"2026-05-12".len()).filter(|_| digits > 0) else {
        return false;
    };
    let date = head[dated..].iter().enumerate().all(|(i, b)| match i {
        4 | 7 => *b == b'-',
        _ => b.is_ascii_digit(),
    });
    let Some(open) = memchr::memchr(b'(', &head[..dated]).filter(|_| date) else { return false };
    let name = head[open + 1..dated].trim_ascii_end();
    let (from, to) = (at + open + 1, at + open + 1 + name.len());
    if name.contains(&b' ') && name != b"Not Committed Yet" {
        name::push_person(bytes, from, to, hits);
    } else if !name.is_empty() && !name.contains(&b' ') {
        name::login_at(&bytes[..to], from, "author of a line", hits);
    }
    true
}

/// Whether a line is a commit whose number a person's name follows.
fn begins_with_name(bytes: &[u8], (start, end): Stretch) -> bool {
    let drawn = bytes[start..end]
        .iter()
        .take(40)
        .take_while(|b| matches!(b, b'*' | b'|' | b'\\' | b'/' | b' '))
        .count();
    let from = start + drawn;
    let len = hash(&bytes[from..end]);
    let at = decorations(bytes, (from + len, end), &mut Hits::new());
    len > 0 && leading(bytes, (at, end)).is_some()
}

/// The person's name that a commit's line begins with, behind a date.
fn leading(bytes: &[u8], (at, end): Stretch) -> Option<Stretch> {
    let signs =
        |b: &u8| matches!(b, b' ' | b'-' | b':' | b'|' | b'[' | b'(' | b'<' | b'\t') || b.is_ascii_digit();
    let from = at + bytes[at..end].iter().take(40).take_while(|b| signs(b)).count();
    let mut to = name::name_end(bytes, from).min(end);
    // What a subject begins with is no part of the name before it: a verb, or a third word that is one of everyone's.
    while let Some(blank) = memchr::memrchr(b' ', &bytes[from..to])
        && (VERBS.has(&bytes[from + blank + 1..to])
            || bytes[from..from + blank].contains(&b' ') && vocabulary::has(&bytes[from + blank + 1..to]))
    {
        to = from + blank;
    }
    let words = bytes[from..to].split(|b| *b == b' ').count();
    let more = bytes[to..end].iter().any(u8::is_ascii_alphabetic);
    (from < to && (2..=4).contains(&words) && more && is_name(&bytes[from..to])).then_some((from, to))
}

/// Adds the person's name at the end of a commit's line: `fix it - Maribel Ortiz`, `fix it [Maribel Ortiz]`; says where what
/// stands before it ends.
fn trailing(bytes: &[u8], (at, end): Stretch, hits: &mut Hits) -> usize {
    let mut text = bytes[at..end].trim_ascii_end();
    // `(HEAD -> main)` may stand behind the subject.
    let open = memchr::memmem::rfind(text, b" (").filter(|&i| {
        memchr::memchr(b')', &text[i..]).is_some_and(|len| is_decoration(&text[i + 2..i + len]))
    });
    if let Some(open) = open {
        let close = decorations(bytes, (at + open, end), hits) - at;
        if bytes[at + close..end].trim_ascii().is_empty() {
            text = text[..open].trim_ascii_end();
        }
    }
    let marks: [(&[u8], &[u8]); 6] =
        [(b" - ", b""), (b" [", b"]"), (b" (", b")"), (b" <", b">"), (b"| ", b""), (b" by ", b"")];
    for (before, behind) in marks {
        let Some(body) = text.strip_suffix(behind) else { continue };
        let Some(place) = memchr::memmem::rfind(body, before) else { continue };
        let (from, to) = (at + place + before.len(), at + body.len());
        if from < to
            && name::name_end(bytes, from) == to
            && bytes[from..to].contains(&b' ')
            && is_name(&bytes[from..to])
        {
            name::push_person(bytes, from, to, hits);
            return at + place;
        }
    }
    end
}

/// Whether words with capitals are a person's name and no title: a known given name first, or nothing that subjects begin
/// with and a word that no program has.
pub(super) fn is_name(name: &[u8]) -> bool {
    let mut words = name.split(|b| *b == b' ');
    let first = words.next().unwrap_or_default();
    let small =
        |word: &[u8]| word.len() > 1 && word[1..].iter().any(|b| b.is_ascii_lowercase() || *b >= 0x80);
    let telling =
        name.split(|b| *b == b' ').filter(|word| distinct::is_unusual(word) || word.len() < 3).count();
    given::is_given(first)
        || small(first) && words.all(small) && !VERBS.has(first) && telling > 0 && distinct::is_unusual(first)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::{detect::subject::Subject, rule::Class, transcript::text::Field};

    #[test]
    fn authors_of_commits_are_found_in_any_format() {
        for text in [
            "1f0a9c3 «Maribel Ortiz» 2 days ago fix flaky test",
            "1f0a9c3 «Zelmo Kavinas» Parser of rates\n2f0a9c3 «Brevik Tolman» Benchmark of rates",
            "1f0a9c3 «Zelmo Kavinas» fix the parser\n2f0a9c3 «Brevik Tolman» add a benchmark",
            "1f0a9c3 2026-05-19 «Zelmo Kavinas» fix\n2f0a9c3 2026-05-18 «Brevik Tolman» Add a benchmark",
            "* 1f0a9c3 - (3 days ago) fix it - «Zelmo Kavinas» (HEAD -> main)",
            "* 1f0a9c3 2026-05-19 | fix it (HEAD -> main) [«Zelmo Kavinas»]",
            "| * 1f0a9c3 fix it (HEAD -> «premium-rates», origin/«premium-rates») <«Zelmo Kavinas»>",
            "1f0a9c3 (HEAD -> «premium-rates», tag: v1.2.0, origin/main, «quote-binding») fix it",
            "commit 1f0a9c31f0a9c31f0a9c31f0a9c31f0a9c31f0a9 (HEAD -> «premium-rates», main)",
            "1f0a9c3 Fix Parser and Add Docs\n2f0a9c3 Remove Dead Code and Tests",
            "1f0a9c3 Merge Pull Request\n2f0a9c3 Initial Commit",
            "1f0a9c3 fix it (again) - Second Try",
        ] {
            assert_eq!(found(text), text);
        }
    }

    #[test]
    fn branches_are_found_in_lists() {
        for text in [
            "* main\n  «premium-rates»\n  «maribel/quotes»\n  remotes/origin/HEAD -> origin/main\n  remotes/origin/«premium-rates»",
            "  main\n* «premium»\n  develop",
            "* «premium-rates»    1f0a9c3 fix parser\n  main  2f0a9c3 [origin/main: behind 3] bump",
            "* «premium-rates»",
            "/srv/wt/x   1f0a9c3 [«premium-rates»]\n/srv/main   2f0a9c3 [main]",
            "   1f0a9c3..2f0a9c3  «premium-rates» -> «premium-rates»",
            " ! [rejected]        «premium-rates» -> «premium-rates» (non-fast-forward)",
            "214\tCrash on empty input\t«premium-rates»\tOPEN\t2026-05-19T09:12:01Z",
            "* first-point\n* second-point",
            "* one\n  goes on here\n  and here",
        ] {
            assert_eq!(found(text), text);
        }
    }

    /// `text` without marks, what is found marked.
    fn found(text: &str) -> String {
        let text = text.replace(['«', '»'], "");
        let found = hits(&Subject { field: Field::Output, ..plain(&text) });
        marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity)
    }
}
