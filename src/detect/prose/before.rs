//! What stands before a word for a secret: `use X as the password`, `X is my password`.

use super::{
    super::{assignment::Kind, reference, subject::Hits},
    after::REACH,
    foreign,
    noun::Noun,
    value::{self, Tie, value},
};

/// Words between a value and the noun that it is called.
const BETWEEN: &[&str] = &[
    "the",
    "a",
    "my",
    "our",
    "your",
    "his",
    "her",
    "their",
    "its",
    "as",
    "new",
    "old",
    "current",
    "root",
    "admin",
    "db",
    "database",
    "user",
    "login",
    "wifi",
    "master",
    "temporary",
    "temp",
    "default",
    "is",
    "was",
    "for",
    "this",
    "that",
    "api",
    "access",
    "test",
    "staging",
    "prod",
    "production",
    "right",
    "correct",
    "value",
    "<-",
    "<--",
    "←",
    "of",
    "keystore",
    "keychain",
    "vpn",
    "sudo",
    "ssh",
    "vault",
    "account",
    "smtp",
    "ftp",
    "postgres",
    "mysql",
    "redis",
    "superuser",
    "strong",
    "enough",
    "good",
    "secure",
    "valid",
    "weak",
    "safe",
    "goes",
    "belongs",
    "als",
    "como",
    "comme",
    "come",
    "jako",
    "как",
    "som",
    "mot",
    "de",
    "das",
    "le",
    "la",
    "el",
    "het",
    "o",
    "den",
];

/// Words that say that what stands before them is what stands behind them.
const TIES: &[&str] = &[
    "<-", "<--", "←", "as", "is", "was", "goes", "belongs", "als", "como", "comme", "come", "jako", "как",
    "som",
];

/// The same in texts without blanks.
const GLUED: [&str; 6] = ["作为", "作為", "当作", "当做", "做", "を"];

/// `use X as the password`, `X is my password`, `put X in DB_PASSWORD`, `enter X when it asks for the password`.
pub(super) fn before(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    let from = noun.start.saturating_sub(REACH);
    let line = memchr::memrchr2(b'\n', b'\t', &bytes[from..noun.start]).map_or(from, |i| from + i + 1);
    let mut end = noun.start;
    let (mut tied, mut used) = (false, false);
    if ends_in_brackets(&bytes[noun.end..]) {
        return called(bytes, line, noun, hits);
    }
    if let Some(glued) = GLUED.iter().find(|tie| bytes[line..end].ends_with(tie.as_bytes())) {
        (end, tied, used) = (end - glued.len(), true, true);
    }
    let variable = bytes[noun.start..noun.end].contains(&b'_');
    for _ in 0..6 {
        let (word_start, word_end) = last_word(bytes, line, end);
        let word = &bytes[word_start..word_end];
        if word.is_empty() {
            return;
        }
        let is = |list: &[&str]| list.iter().any(|b| word.eq_ignore_ascii_case(b.as_bytes()));
        // `don't commit X, it's the db password`
        if is(&["it's", "it’s"]) && bytes[line..word_start].ends_with(b", ") {
            return explained(bytes, (line, word_start), noun, hits);
        }
        // `X — that's the new password`
        if is(&["that's", "that’s", "thats"]) || tied && is(&["—", "–", "-"]) {
            (tied, used, end) = (true, true, word_start);
            continue;
        }
        let put = is(&["in", "into", "to", "on"]) && is_put(&bytes[line..word_start]);
        let holds = word == b"in" && variable;
        if put || holds || is(BETWEEN) {
            tied |= put || is(TIES);
            used |= put || is(TIES) && word != b"is" && word != b"was" || word == b"for";
            end = word_start;
            continue;
        }
        let typed = end < noun.start && is_typed(&bytes[line..word_start]);
        if (tied || typed) && (word_start > from || from == 0) {
            let tie = if typed && (used || !tied) { Tie::Said } else { Tie::Beside };
            let known = hits.len();
            value(bytes, word_start, noun, tie, hits);
            let foreign = typed && used && foreign::is_password(&bytes[noun.start..noun.end]);
            if foreign && hits.len() == known {
                value::word(bytes, word_start, word_end, hits);
            }
        } else if end < noun.start || !variable {
            asked(bytes, line, noun, hits);
        }
        return;
    }
}

/// `don't commit X, it's the db password`: the word before a comma, up to byte `end`, if someone made it up.
fn explained(bytes: &[u8], (line, end): (usize, usize), noun: Noun, hits: &mut Hits) {
    let (start, stop) = last_word(bytes, line, end);
    let word = bytes[start..stop].strip_suffix(b",").unwrap_or_default();
    let quote = |b: Option<&u8>| usize::from(b.is_some_and(|b| b"`\"'".contains(b)));
    let word = &word[quote(word.first())..];
    let word = &word[..word.len() - quote(word.last())];
    if noun.kind == Kind::Password && reference::is_strongly_made_up(word) {
        value(bytes, start, noun, Tie::Said, hits);
    }
}

/// The last word of `line..end`.
fn last_word(bytes: &[u8], line: usize, end: usize) -> (usize, usize) {
    let text = bytes[line..end].trim_ascii_end();
    (line + memchr::memrchr(b' ', text).map_or(0, |i| i + 1), line + text.len())
}

/// `enter X when it asks for the password`, `type X at the password prompt`: a verb, the value, and where it goes.
fn asked(bytes: &[u8], line: usize, noun: Noun, hits: &mut Hits) {
    const WHERE: [&[u8]; 5] = [b" when ", b" at ", b" if ", b" once ", b" wherever "];
    let text = &bytes[line..noun.start];
    let is_where = |&at: &usize| WHERE.iter().any(|word| text[at..].starts_with(word));
    let Some(end) = memchr::memrchr_iter(b' ', text).find(is_where).map(|at| line + at) else { return };
    let (start, _) = last_word(bytes, line, end);
    if is_typed(&bytes[line..start]) {
        value(bytes, start, noun, Tie::Said, hits);
    }
}

/// Whether a text so far says that something is put somewhere: `put x`, `assign x`, `export x`.
fn is_put(before: &[u8]) -> bool {
    let mut words = before.trim_ascii_end().rsplit(|b| *b == b' ');
    words.next();
    words.next().is_some_and(|word| is_putting(verb(word)))
}

/// Whether a word is a verb for putting something somewhere.
fn is_putting(word: &[u8]) -> bool {
    const VERBS: [&str; 18] = [
        "type", "enter", "fill", "input", "put", "assign", "export", "store", "save", "paste", "write",
        "add", "set", "stick", "insert", "copy", "place", "drop",
    ];
    VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb.as_bytes()))
}

/// `X (the db password)`: what stands before brackets that say what it is.
fn called(bytes: &[u8], line: usize, noun: Noun, hits: &mut Hits) {
    let Some(open) = memchr::memrchr(b'(', &bytes[line..noun.start]).map(|i| line + i) else { return };
    let between = &bytes[open + 1..noun.start];
    let words = between.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let text = &bytes[line..open];
    if !text.ends_with(b" ")
        || words.clone().any(|w| !BETWEEN.iter().any(|b| w.eq_ignore_ascii_case(b.as_bytes())))
    {
        return;
    }
    let text = text.trim_ascii_end();
    let text = AGAIN.iter().find_map(|again| text.strip_suffix(*again)).unwrap_or(text);
    let start = line + memchr::memrchr(b' ', text).map_or(0, |i| i + 1);
    let known = hits.len();
    value(bytes, start, noun, Tie::Beside, hits);
    if hits.len() > known {
        predecessor(bytes, (line, start), noun, hits);
    }
}

/// `from X to Y (the db password)`: what stood there before, if a value starts at byte `end`.
fn predecessor(bytes: &[u8], (line, end): (usize, usize), noun: Noun, hits: &mut Hits) {
    let before = &bytes[line..end];
    let Some(from) =
        [&b" to "[..], b" -> ", b" \xe2\x86\x92 "].iter().find_map(|link| before.strip_suffix(*link))
    else {
        return;
    };
    let (start, stop) = last_word(bytes, line, line + from.len());
    if bytes[line..start].ends_with(b"from ") && reference::is_strongly_made_up(&bytes[start..stop]) {
        value(bytes, start, noun, Tie::Said, hits);
    }
}

/// What may stand between a value and the brackets that say what it is.
const AGAIN: [&[u8]; 5] = [b" now", b" again", b" today", b" there", b" here"];

/// Whether a bracket closes behind a noun, at once or behind what is said of it: `(the password I mean)`, `(password, new)`.
fn ends_in_brackets(rest: &[u8]) -> bool {
    let near = &rest[..rest.len().min(24)];
    let said = |b: &u8| b.is_ascii_lowercase() || matches!(b, b' ' | b',' | b'I');
    let len = near.iter().take_while(|b| said(b)).count();
    near.get(len) == Some(&b')') && (len == 0 || matches!(near[0], b' ' | b','))
}

/// Whether what stands before a word says that it is asked about or was entered: `is X the password?`, `I typed X for the
/// password`, `benutze X als Passwort`.
fn is_typed(before: &[u8]) -> bool {
    const VERBS: [&str; 34] = [
        "is",
        "typed",
        "entered",
        "enter",
        "type",
        "used",
        "use",
        "using",
        "try",
        "tried",
        "choose",
        "pick",
        "benutze",
        "verwende",
        "nutze",
        "nimm",
        "utilise",
        "utilisez",
        "usa",
        "utiliza",
        "pon",
        "coloque",
        "gebruik",
        "użyj",
        "ustaw",
        "wpisz",
        "используй",
        "используйте",
        "введи",
        "använd",
        "brug",
        "bruk",
        "用",
        "使用",
    ];
    let word = verb(before.trim_ascii_end().rsplit(|b| *b == b' ').next().unwrap_or(b""));
    is_putting(word)
        || VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb.as_bytes()) || lower(word, verb))
}

/// Whether a word is `verb` with a capital, where it is not ASCII.
fn lower(word: &[u8], verb: &str) -> bool {
    !word.is_ascii() && std::str::from_utf8(word).is_ok_and(|word| word.to_lowercase() == verb)
}

/// A word without what a page, a reader of files or a writer puts before it: `<p>use`, `12→use`, `` `use ``.
fn verb(word: &[u8]) -> &[u8] {
    let word = memchr::memmem::rfind(word, "→".as_bytes()).map_or(word, |i| &word[i + 3..]);
    let sign = word.iter().rposition(|b| b.is_ascii() && !b.is_ascii_alphabetic());
    sign.map_or(word, |i| &word[i + 1..])
}
