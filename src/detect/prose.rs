//! Secrets in sentences, in the usual languages: "the password is …", "use … as the password", "das Passwort lautet …".

use super::{
    assignment::{self, Kind},
    reference,
    secret::Word,
    shape::Shape,
    subject::{Hit, Hits, Subject},
};
use crate::{
    rule::{Confidence, id},
    transcript::text::Field,
};

/// The most bytes between a word for a secret and its value.
const REACH: usize = 120;

/// The longest value of a sentence, in bytes.
const LONGEST: usize = 512;

/// Looks at a word and at the sentence around it.
pub(super) fn find(subject: &Subject<'_>, word: Word, hits: &mut Hits) {
    let Some(noun) = Noun::of(subject.bytes, word) else { return };
    let source = is_source(subject.field);
    after(subject.bytes, noun, source, hits);
    if !source {
        before(subject.bytes, noun, hits);
    }
}

/// Looks at a word at byte `at` that is no name in any language: of Chinese, Japanese or Korean, or of several words.
pub(super) fn find_foreign(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    const SIGNS: &[&str] = &[
        "密码",
        "密碼",
        "口令",
        "パスワード",
        "비밀번호",
        "비번",
        "암호",
        "ật khẩu",
        "รหัสผ่าน",
        "ासवर्ड",
        "كلمة المرور",
        "كلمة السر",
        "סיסמא",
        "סיסמה",
        "ωδικός",
    ];
    const PHRASES: &[(&str, Kind)] = &[
        ("ation code", Kind::Pin),
        ("time code", Kind::Pin),
        ("security code", Kind::Pin),
        ("2fa code", Kind::Pin),
        ("pin code", Kind::Pin),
        ("sms code", Kind::Pin),
        ("kata sandi", Kind::Password),
        ("zugangsdaten", Kind::Auth),
        ("fiants", Kind::Auth),
    ];
    let bytes = subject.bytes;
    let sign = SIGNS.iter().find(|s| bytes[at] >= 0x80 && bytes[at..].starts_with(s.as_bytes()));
    let phrase = || {
        PHRASES
            .iter()
            .find(|(p, _)| bytes.get(at..at + p.len()).is_some_and(|b| b.eq_ignore_ascii_case(p.as_bytes())))
    };
    let noun = match (sign, phrase()) {
        (Some(sign), _) => Noun { start: at, end: at + sign.len(), kind: Kind::Password },
        (None, Some(&(phrase, kind))) => Noun { start: at, end: at + phrase.len(), kind },
        (None, None) => return,
    };
    after(bytes, noun, is_source(subject.field), hits);
    before(bytes, noun, hits);
}

/// Whether the text is a program's: there only a plain statement about a value is one.
fn is_source(field: Field) -> bool {
    matches!(field, Field::Code(_) | Field::Patch(_))
}

/// A word for a secret in a sentence.
#[derive(Clone, Copy)]
struct Noun {
    start: usize,
    end: usize,
    kind: Kind,
}

impl Noun {
    fn of(bytes: &[u8], word: Word) -> Option<Self> {
        let Word { start, end, name } = word;
        let text = &bytes[start..end];
        let is = |other: &[u8]| text.eq_ignore_ascii_case(other);
        let joined = start > 0 && matches!(bytes[start - 1], b'/' | b'$' | b'{' | b'@' | b'\\');
        let typed = bytes[..start].ends_with(b"::");
        if bytes[..start].ends_with(b"REDACTED:") || joined || typed || is(b"pass") {
            return None;
        }
        let quoted = bytes.get(end).is_some_and(|b| matches!(b, b'"' | b'\'' | b'`' | b'\\'));
        let kind = match name {
            Some(name) if name.certain => name.kind,
            Some(_) if is(b"credentials") || is(b"creds") => Kind::Auth,
            _ if is(b"key") && !quoted => Kind::Token,
            _ => return None,
        };
        Some(Self { start, end, kind })
    }
}

/// A word or a quoted stretch of a sentence.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    quoted: bool,
}

/// The piece at or after `at`, on the same line. `at` may lie behind `limit`, where a quote was never closed.
fn piece(bytes: &[u8], at: usize, limit: usize) -> Option<Piece> {
    let blank = bytes.get(at..limit)?.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let start = at + blank;
    let emphasis = bytes[start..limit].iter().take_while(|b| matches!(b, b'*' | b'(' | b'[')).count();
    if let Some(literal) = assignment::literal(bytes, start + emphasis).filter(|l| l.end - l.start <= LONGEST)
    {
        return Some(Piece { start: literal.start, end: literal.end, quoted: true });
    }
    let len =
        bytes[start..bytes.len().min(start + LONGEST)].iter().take_while(|&&b| b > b' ' && b != 0x7f).count();
    let ascii = bytes[start..start + len].iter().position(|&b| b >= 0x80);
    let cut = ascii.filter(|&i| i >= 4 && starts_with_wide(&bytes[start + i..])).unwrap_or(len);
    (cut > 0).then_some(Piece { start, end: start + cut, quoted: false })
}

/// Whether what follows is punctuation or a word of a language without blanks.
fn starts_with_wide(rest: &[u8]) -> bool {
    matches!(rest[0], 0xe3..=0xed | 0xef)
        || rest.starts_with("”".as_bytes())
        || rest.starts_with("»".as_bytes())
        || rest.starts_with("’".as_bytes())
}

/// `password is X`, `password for bob: X`, `password (X)`, `Passwort lautet X`, `密码是X`.
fn after(bytes: &[u8], noun: Noun, source: bool, hits: &mut Hits) {
    let limit = bytes.len().min(noun.end + REACH);
    let mut at = noun.end
        + bytes[noun.end..limit].iter().take_while(|b| matches!(b, b'*' | b'`' | b'"' | b'\'')).count();
    let wide = bytes[noun.start] >= 0xe0 && bytes.get(at) == Some(&b':');
    if let Some(joined) = joined_connective(&bytes[at..limit]).or(wide.then_some(1)) {
        at += joined;
        value(bytes, at, noun, Tie::Said, hits);
        return;
    }
    if !matches!(bytes.get(at), Some(b' ' | b'\t' | b':' | b',')) {
        return;
    }
    for step in 0..7 {
        let Some(word) = piece(bytes, at, limit).filter(|p| p.end <= limit) else { return };
        let text = &bytes[word.start..word.end];
        let bare = text.strip_suffix(b":").unwrap_or(text);
        let ends = text.len() > bare.len() && !word.quoted;
        let says =
            is_connective(bare) || text == b":" || bare == b"to" && is_foreign(&bytes[noun.start..noun.end]);
        if !word.quoted && says {
            let known = hits.len();
            value(bytes, skip_fillers(bytes, word.end, limit), noun, Tie::Said, hits);
            // `the password to go on: x`, `a password is generated for bob: x`
            if hits.len() > known || !leads_on(bytes, bare, word.end) {
                return;
            }
        }
        if !word.quoted && bare == b"from" && noun.kind == Kind::Password {
            value(bytes, word.end, noun, Tie::Said, hits);
        }
        if !word.quoted && matches!(bare, b"-") {
            value(bytes, word.end, noun, Tie::Beside, hits);
        }
        if ends && step > 0 {
            value(bytes, word.end, noun, Tie::Said, hits);
            return;
        }
        if step == 0
            && (!source || is_handed(&bytes[..noun.start]))
            && !bytes[noun.start..noun.end].contains(&b'_')
            && bytes[noun.end..word.start].iter().all(|b| matches!(b, b' ' | b'(' | b'*' | b'['))
        {
            let tie = if is_handed(&bytes[..noun.start]) { Tie::Said } else { Tie::Beside };
            value(bytes, at, noun, tie, hits);
        }
        if !word.quoted && text.last().is_some_and(|b| matches!(b, b'.' | b';' | b'!' | b'?' | b')' | b',')) {
            return;
        }
        at = word.end + usize::from(word.quoted);
    }
}

/// Whether what a connective leads to may come later in the sentence.
fn leads_on(bytes: &[u8], word: &[u8], end: usize) -> bool {
    word == b"to" || bytes[end..].starts_with(b" generated ")
}

/// Whether the noun follows a word that hands it over: `log in with password X`.
fn is_handed(before: &[u8]) -> bool {
    const WORDS: [&str; 13] = [
        " with ",
        " using ",
        "With ",
        "Using ",
        " mit ",
        " con ",
        " avec ",
        " with the ",
        " using the ",
        " and ",
        " und ",
        " et ",
        " y ",
    ];
    WORDS.iter().any(|w| before.ends_with(w.as_bytes()))
}

/// Whether a noun is of a language in which `to` says what something is.
fn is_foreign(noun: &[u8]) -> bool {
    noun.iter().any(|b| *b >= 0x80) || noun.eq_ignore_ascii_case(b"haslo")
}

/// Past words that may stand between a connective and the value.
fn skip_fillers(bytes: &[u8], at: usize, limit: usize) -> usize {
    const FILLERS: &[&str] = &[
        "now",
        "still",
        "currently",
        "just",
        "be",
        "to",
        "simply",
        "probably",
        "jetzt",
        "maintenant",
        "ahora",
        "agora",
        "adesso",
        "nu",
        "teraz",
        "теперь",
        "literally",
        "as",
        "=",
        "the",
        "changed",
        "set",
        "reset",
        "updated",
        "been",
        "following",
        "geändert",
        "auf",
        "donc",
        "then",
        "actually",
        "really",
    ];
    let mut at = at;
    for _ in 0..5 {
        match piece(bytes, at, limit) {
            Some(word)
                if !word.quoted && FILLERS.iter().any(|f| f.as_bytes() == &bytes[word.start..word.end]) =>
            {
                at = word.end
            }
            _ => break,
        }
    }
    at
}

/// How a value is tied to the noun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// By a word that says it is the value.
    Said,
    /// By standing beside it.
    Beside,
}

fn is_connective(word: &[u8]) -> bool {
    const CONNECTIVES: &[&str] = &[
        "is",
        "was",
        "are",
        "→",
        "–",
        "—",
        ":",
        "ist",
        "lautet",
        "war",
        "heißt",
        "heisst",
        "est",
        "es",
        "è",
        "é",
        "là",
        "هي",
        "היא",
        "είναι",
        "है",
        "คือ",
        "je",
        "wynosi",
        "brzmi",
        "era",
        "equals",
        "sera",
        "será",
        "to",
        "jest",
        "är",
        "er",
        "on",
        "это",
        "—",
        "become",
        "becomes",
        "i.e.",
        "ie",
        "das",
        "como",
        "als",
        "ser",
        "being",
        "==",
        "este",
        "adalah",
        "hiya",
    ];
    CONNECTIVES.iter().any(|c| word.eq_ignore_ascii_case(c.as_bytes()))
}

/// A connective without blanks before the value: its length.
fn joined_connective(rest: &[u8]) -> Option<usize> {
    ["是", "为", "為", "は", "：", "は「", "는 ", "은 ", ": "]
        .iter()
        .find(|c| rest.starts_with(c.as_bytes()))
        .map(|c| c.len())
}

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
    "api",
    "access",
    "test",
    "staging",
    "prod",
    "production",
    "right",
    "correct",
];

/// `use X as the password`, `X is my password`.
fn before(bytes: &[u8], noun: Noun, hits: &mut Hits) {
    let from = noun.start.saturating_sub(REACH);
    let line = memchr::memrchr2(b'\n', b'\t', &bytes[from..noun.start]).map_or(from, |i| from + i + 1);
    let mut end = noun.start;
    let mut tied = false;
    for _ in 0..6 {
        let text = bytes[line..end].trim_ascii_end();
        let word_start = line + memchr::memrchr(b' ', text).map_or(0, |i| i + 1);
        let word_end = line + text.len();
        let word = &bytes[word_start..word_end];
        if word.is_empty() {
            return;
        }
        if BETWEEN.iter().any(|b| word.eq_ignore_ascii_case(b.as_bytes())) {
            tied |= matches!(word, b"as" | b"is" | b"was");
            end = word_start;
            continue;
        }
        let tied = tied || end < noun.start && is_typed(&bytes[line..word_start]);
        if tied && (word_start > from || from == 0) {
            value(bytes, word_start, noun, Tie::Beside, hits);
        }
        return;
    }
}

/// Whether what stands before a word says that it is asked about or was entered: `is X the password?`, `I typed X for the
/// password`.
fn is_typed(before: &[u8]) -> bool {
    let word = before.trim_ascii_end().rsplit(|b| *b == b' ').next().unwrap_or(b"");
    [&b"is"[..], b"Is", b"typed", b"entered", b"enter", b"type", b"used"].contains(&word)
}

/// Judges the value at `at`.
fn value(bytes: &[u8], at: usize, noun: Noun, tie: Tie, hits: &mut Hits) {
    let from = at;
    let at = over_break(bytes, at, tie);
    let below = at > from && bytes[from..at].contains(&b'\n');
    let Some(piece) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let piece = if piece.quoted { piece } else { trimmed(bytes, piece) };
    let text = &bytes[piece.start..piece.end];
    if noun.kind == Kind::Auth && tie == Tie::Said {
        divided_login(bytes, piece, hits);
    }
    if noun.kind == Kind::Auth
        && let Some(password) = login(text)
        && !assignment::is_known(hits, piece.start + password, piece.end)
    {
        return push(hits, piece.start + password, piece.end, "a login and a password");
    }
    if is_phrase(&bytes[noun.start..noun.end], text) || !piece.quoted && line_is_phrase(bytes, noun, piece) {
        let end = if piece.quoted { piece.end } else { line_end(bytes, piece.start) };
        return push(hits, piece.start, end, "a phrase that a sentence calls a secret");
    }
    let listed = reference::is_word_list(text) && tie == Tie::Said && noun.kind == Kind::Password;
    if text.len() < 4 || text[0] == b'\\' || reference::is_explained(text) {
        return;
    }
    if noun.kind != Kind::Pin && !listed && is_no_value(text) {
        return;
    }
    let shape = Shape::of(text);
    if below && !piece.quoted && shape.digits == 0 && !shape.looks_random() {
        return;
    }
    let fits = match noun.kind {
        Kind::Password
            if tie == Tie::Beside && ends_sentence(bytes, piece.end) && is_made_up(text, shape) =>
        {
            true
        }
        Kind::Password | Kind::Secret => listed || is_password(text, shape, piece.quoted, tie),
        Kind::Pin => (4..=8).contains(&text.len()) && shape.digits == text.len() && tie == Tie::Said,
        Kind::Token => {
            shape.len >= 16
                && shape.looks_random()
                && !reference::is_code(text)
                && (!is_hash(text) || tie == Tie::Said && is_own(bytes, noun))
                && !is_key_id(text)
        }
        Kind::Auth => false,
    };
    if !fits {
        return;
    }
    if piece.start < piece.end && !assignment::is_known(hits, piece.start, piece.end) {
        let sure = if shape.looks_random() { Confidence::High } else { Confidence::Medium };
        let evidence = "a value that a sentence calls a secret";
        hits.push(Hit::new(id::SECRET_PROSE, piece.start, piece.end, evidence).confidence(sure));
    }
}

fn push(hits: &mut Hits, start: usize, end: usize, evidence: &'static str) {
    hits.push(Hit::new(id::SECRET_PROSE, start, end, evidence).confidence(Confidence::Medium));
}

/// The end of the line around byte `at`.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let limit = bytes.len().min(at + LONGEST);
    at + bytes[at..limit].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count()
}

/// Whether the words `text` are what is called a passphrase.
fn is_phrase(noun: &[u8], text: &[u8]) -> bool {
    let phrase = noun.len() >= 10 && noun[noun.len() - 6..].eq_ignore_ascii_case(b"phrase");
    phrase
        && text.iter().filter(|b| **b == b' ').count() >= 3
        && text.iter().all(|b| b.is_ascii_lowercase() || *b == b' ')
        && assignment::is_phrase(text, Shape::of(text))
}

/// Whether the rest of the line from a piece on is a passphrase.
fn line_is_phrase(bytes: &[u8], noun: Noun, piece: Piece) -> bool {
    is_phrase(&bytes[noun.start..noun.end], &bytes[piece.start..line_end(bytes, piece.start)])
}

/// Whether a sentence or a line ends at `end`.
fn ends_sentence(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), None | Some(b'\n' | b'.' | b',' | b')' | b'!'))
        || bytes[end..].starts_with(" है".as_bytes())
}

/// A word with two digits or more, as no sentence about passwords has it.
fn is_made_up(text: &[u8], shape: Shape) -> bool {
    (6..=40).contains(&shape.len)
        && shape.digits >= 2
        && shape.len - shape.digits - shape.symbols >= 3
        && !reference::is_code(text)
        && !text.iter().any(|b| matches!(b, b'/' | b':' | b'(' | b'=' | b'<' | b'{' | b'[' | b'_'))
}

/// Whether the noun is a token or a key to an interface, of which even hexadecimal digits are no hash.
fn is_own(bytes: &[u8], noun: Noun) -> bool {
    let word = &bytes[noun.start..noun.end];
    let before = &bytes[noun.start.saturating_sub(4)..noun.start];
    !word.eq_ignore_ascii_case(b"key") || before.eq_ignore_ascii_case(b"api ")
}

/// `bob / hunter2`, `bob : hunter2`: a login and its password with blanks around what divides them.
fn divided_login(bytes: &[u8], user: Piece, hits: &mut Hits) {
    let divider =
        [&b" / "[..], b" : ", b" | ", b" // "].into_iter().find(|d| bytes[user.end..].starts_with(d));
    let plain = bytes[user.start..user.end].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let Some(divider) = divider.filter(|_| plain) else { return };
    let at = user.end + divider.len();
    let Some(found) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let found = if found.quoted { found } else { trimmed(bytes, found) };
    let text = &bytes[found.start..found.end];
    if text.len() >= 4
        && is_password(text, Shape::of(text), found.quoted, Tie::Said)
        && !reference::is_explained(text)
        && !is_no_value(text)
        && !assignment::is_known(hits, found.start, found.end)
    {
        hits.push(
            Hit::new(id::SECRET_PROSE, found.start, found.end, "a login and a password")
                .confidence(Confidence::Medium),
        );
    }
}

/// Where the password starts in `bob/hunter2` or `bob:hunter2`.
fn login(text: &[u8]) -> Option<usize> {
    let sign = text.iter().position(|b| matches!(b, b'/' | b':'))?;
    let (user, password) = (&text[..sign], &text[sign + 1..]);
    let shape = Shape::of(password);
    let plain = !user.is_empty() && user.iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let one = !password.iter().any(|b| matches!(b, b'/' | b':'));
    (plain && one && is_password(password, shape, false, Tie::Said) && !reference::is_explained(password))
        .then_some(sign + 1)
}

/// A colon may end the line, and a fence may open, before the value.
fn over_break(bytes: &[u8], at: usize, tie: Tie) -> usize {
    if tie != Tie::Said {
        return at;
    }
    let limit = bytes.len().min(at + 24);
    let blank = bytes[at..limit].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if !bytes[at..at + blank].contains(&b'\n') {
        return at;
    }
    let fence = &bytes[at + blank..];
    if fence.starts_with(b"```") {
        let line = memchr::memchr(b'\n', &fence[..fence.len().min(24)]);
        return line.map_or(at + blank, |i| at + blank + i + 1);
    }
    at + blank
}

/// Without the punctuation of the sentence.
fn trimmed(bytes: &[u8], piece: Piece) -> Piece {
    let Piece { mut start, mut end, .. } = piece;
    while start < end && matches!(bytes[start], b'(' | b'"' | b'\'' | b'`' | b'*' | b'[' | b'<') {
        start += 1;
    }
    while end > start {
        match bytes[end - 1] {
            b'.' | b',' | b';' | b':' | b'"' | b'\'' | b'`' | b'?' => end -= 1,
            b')' if !bytes[start..end].contains(&b'(') => end -= 1,
            b']' if !bytes[start..end].contains(&b'[') => end -= 1,
            b'}' if !bytes[start..end].contains(&b'{') => end -= 1,
            b'*' if end - start > 2 && bytes[end - 2] == b'*' => end -= 2,
            _ => break,
        }
    }
    if let Some(i) =
        bytes[start..end].iter().position(|b| matches!(b, b'"' | b'`' | b'\\' | b'<')).filter(|&i| i > 0)
    {
        end = start + i;
    }
    Piece { start, end, quoted: false }
}

/// Whether a word could be a password rather than a word of the sentence.
fn is_password(text: &[u8], shape: Shape, quoted: bool, tie: Tie) -> bool {
    if shape.blank > 0 {
        return false;
    }
    let inner = &text[1..text.len() - 1];
    let odd = inner.iter().any(|b| b"!@#$%^&*+=~?".contains(b))
        || matches!(text[text.len() - 1], b'#' | b'$' | b'%' | b'&' | b'@')
        || text[text.len() - 1] == b'!' && (shape.upper + shape.digits > 0 || !shape.reads_as_words());
    let beyond = shape.len - shape.letters() - shape.digits - shape.symbols;
    // A digit before a sign, or before a word of Chinese or Japanese, counts something.
    let beyond = if text.iter().any(|b| *b >= 0xe0) { 0 } else { beyond };
    let mixed = shape.digits > 0 && shape.letters() + beyond >= 2;
    let cased = shape.upper >= 2 && shape.lower >= 2 && !shape.reads_as_words();
    match (quoted, tie) {
        (true, Tie::Said) => {
            !reference::is_member(text)
                && (mixed
                    || odd
                    || cased
                    || is_common(text)
                    || !text.iter().any(|b| matches!(b, b'_' | b'-' | b'.' | b'(')))
                && text[0] != b'-'
        }
        (true, Tie::Beside) => (mixed || odd || cased) && !reference::is_word_of_code(text),
        (false, Tie::Said) => {
            (mixed && !reference::is_code(text)) || (odd && shape.letters() >= 3) || cased || is_common(text)
        }
        (false, Tie::Beside) => {
            (mixed && (odd || shape.looks_random() || is_word_and_number(text))) && !reference::is_code(text)
        }
    }
}

/// Hexadecimal digits, perhaps after a short prefix.
fn is_hash(text: &[u8]) -> bool {
    let hex = text.iter().filter(|b| b.is_ascii_hexdigit()).count();
    text.len() >= 32 && text.len() - hex <= 4 && !text.iter().any(u8::is_ascii_uppercase)
}

/// Sixteen capital hexadecimal digits or forty: the id of a key of PGP.
fn is_key_id(text: &[u8]) -> bool {
    matches!(text.len(), 16 | 40) && text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
}

/// `hunter2`, `Sommer2024`: a word and a number.
fn is_word_and_number(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    letters >= 5 && text.len() > letters && text[letters..].iter().all(u8::is_ascii_digit)
}

/// Passwords that people choose most and that hardly any sentence has after its verb.
fn is_common(text: &[u8]) -> bool {
    const COMMON: &[&str] = &[
        "letmein",
        "iloveyou",
        "qwerty",
        "qwertyuiop",
        "swordfish",
        "sunshine",
        "princess",
        "dragon",
        "monkey",
        "football",
        "baseball",
        "starwars",
        "superman",
        "batman",
        "trustno1",
        "hunter2",
        "asdfgh",
        "zxcvbnm",
        "whatever",
        "freedom",
        "mustang",
        "shadow",
        "michael",
        "jordan",
        "charlie",
        "donald",
        "ashley",
        "bailey",
        "passw0rd",
        "solo",
        "master",
        "flower",
        "cheese",
        "computer",
        "ginger",
        "pepper",
        "hockey",
    ];
    COMMON.iter().any(|c| text.eq_ignore_ascii_case(c.as_bytes()))
}

/// Words with digits that sentences about secrets have: algorithms, sizes, versions, addresses.
#[expect(clippy::too_many_lines, reason = "a list of words")]
fn is_no_value(text: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "base64",
        "sha256",
        "sha1",
        "sha512",
        "sha-256",
        "md5",
        "utf8",
        "utf-8",
        "oauth2",
        "bcrypt",
        "argon2",
        "argon2id",
        "ed25519",
        "x509",
        "p12",
        "http2",
        "aes256",
        "aes-256",
        "rs256",
        "hs256",
        "es256",
        "2fa",
        "mfa",
        "pbkdf2",
        "oauth2.0",
        "k8s",
        "python3",
        "win32",
        "x86_64",
        "base32",
        "rfc6749",
        "tls1.2",
        "aes-256-gcm",
        "utf-16",
        "ascii",
        "s3",
        "ec2",
        "ipv4",
        "ipv6",
        "m2m",
        "b64",
        "sha-1",
        "sha-512",
        "rsa-2048",
        "rsa2048",
        "rsa4096",
    ];
    let word = |list: &[&str]| list.iter().any(|w| text.eq_ignore_ascii_case(w.as_bytes()));
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let size = digits > 0
        && digits < 5
        && text[digits..]
            .iter()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'+' | b'%' | b'.' | b'/'));
    let version = text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b'/' | b'v'))
        && text.len() > digits;
    let encoded = text.ends_with(b"-encoded")
        || text.ends_with(b"-bit")
        || text.ends_with(b"-character")
        || text.ends_with(b"-signed")
        || text.ends_with(b"-based");
    let address =
        text.contains(&b'@') && text.contains(&b'.') || memchr::memmem::find(text, b"://").is_some();
    let hyphened =
        text.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'\'' | b'/' | b'.' | b'_'))
            && Shape::of(text).reads_as_words();
    let punctuated = text.iter().any(|b| matches!(b, b'(' | b')' | b'=' | b'[' | b'{' | b'<' | b'|'))
        && Shape::of(text).reads_as_words();
    word(WORDS)
        || size
        || version
        || encoded
        || address
        || (hyphened && text.iter().any(|b| !b.is_ascii_alphabetic()))
        || punctuated
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn finds_what_a_sentence_calls_a_secret() {
        for text in [
            "the password is «hunter2»",
            "The password is «hunter2!» and the user is bob.",
            "password for bob: «hunter2»",
            "my password (`«hunter2»`) stopped working",
            "please use «hunter2!» as the password",
            "the root password was changed to «Tr0ub4dor»,",
            "the key is «d9G8Q~78Ub5BDoTkHGnt9xSFW2Yp5EqHQ14gyHU5», please rotate it",
            "auth failed for key «d9G8Q78Ub5BDoTkHGnt9xSFW2Yp5EqHQ14gyHU5» (401)",
            "das Passwort lautet «Sommer2024»",
            "le mot de passe est «Soleil2024»",
            "la contraseña es «Verano2024»",
            "a senha é «Verao2024»",
            "la password è «Estate2024»",
            "het wachtwoord is «Zomer2024»",
            "hasło to «Lato2024»",
            "Пароль: «Leto2024»",
            "密码是«x7Kq9z»",
            "密码：«x7Kq9z»",
            "パスワードは«x7Kq9z»です",
            "The password is `«sunshine»`.",
            "credentials: bob/«hunter2»",
            "Here is the password:\n\n«x7Kq9zB2»\n",
            "login bob password «hunter2»",
            "log in as bob with password «cotton-anchor-rocket0»",
            "creds: bob / «carbon-dagger-walnut0»",
            "hasło to «canyon6912»",
            "密码:«x7Kq9z»",
            "lösenordet är «Sommar2024»",
            "mật khẩu là «MuaHe2024»",
            "şifre: «Yaz2024!»",
            "your verification code is «482193»",
            "2FA code: «482193»",
            "the PIN is «4821»",
            "«x7Kq9zB2» is my password",
            "is «Comet1984» the right password?",
            "I typed «Comet1984» for the password",
            "admin account (pw «Comet1984»)",
            "the pw is «Comet1984»",
            "changed the password from «Comet1984» to «Comet1985»",
            "use the following password to go on:\n\n«66940e2252732bf7e3304d15e538d874»\n",
            "A temporary password is generated for root@localhost: «x7Kq9zB2»",
            "Credentials are bob/«Comet84x»",
            "my passphrase is \"«garnet pocket raven arrow anchor»\"",
            "passphrase: «garnet pocket raven arrow anchor»\nnext",
            "my api key is «8b0b8dbe2b6d6068914fe920c1c957f1ebdb»",
            "password - «Comet1984»",
            "ssh into it, password «amb961»",
            "usuario bob y contraseña «Verano2024»",
            "le mot de passe est donc «Soleil2024»",
            "parola este «Vara2024»",
            "Zugangsdaten: bob / «Sommer2024»",
            "kata sandi: «Musim2024»",
            "Password is `«otter-thunder-arrow-maple»`",
            "<p>Password: <b>«Comet84x»</b></p>",
            "enter «Größe2019» as the password",
        ] {
            check(text);
        }
    }

    #[test]
    fn leaves_sentences_about_secrets() {
        for text in [
            "the password is required",
            "the token is base64 encoded",
            "the password is hashed with SHA-256",
            "Password must be at least 8 characters",
            "the password is stored in `config.password`",
            "password reset for bob: see docs/reset.md",
            "The token is valid for 30 minutes.",
            "the key is the file name",
            "the secret is to stay calm",
            "the password is [REDACTED:secret-prose:7f3a9c]",
            "set the password to `DB_PASSWORD`",
            "if password == confirm_password:\n\nThanks!",
            "the password is wrong!",
            r"db['Unicode key \U0001f40d'],\n",
            "\"AWS::IAM::AccessKey\": \"72c2d9dd90025459\",",
            "log in with password authentication",
            "creds: see / docs",
            "token: see above",
            "the retry token bucket refills 10 tokens/s",
            "the exit code is 0",
            "     3→if password == confirm_password:\n     4→\n     5→x\n",
            "パスワードは8文字以上で入力してください",
            "the password is in 1Password",
            "password - required, at least eight characters",
            "le mot de passe est obligatoire",
            "A temporary password is generated and mailed to the user.",
            "I typed nothing for the password",
            "the passphrase: ask Bob for it",
            "gpg: key 7779D74C45CC4346: public key imported",
            "status code is 2004",
        ] {
            check(text);
        }
    }
}
