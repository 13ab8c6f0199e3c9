//! What stands behind a word for a secret: `password is X`, `password for bob: X`, `Passwort lautet X`.

mod words;

use super::{
    super::{assignment::Kind, reference, shape::Shape, subject::Hits},
    noun::Noun,
    piece::{Piece, piece},
    value::{Tie, successor, value},
    walk,
};
use words::{
    contraction, is_change, is_connective, is_foreign, is_handed, is_preposition, is_told, joined_connective,
    skip_fillers,
};

/// The most bytes between a word for a secret and its value.
pub(super) const REACH: usize = 120;

/// `password is X`, `password for bob: X`, `password (X)`, `Passwort lautet X`, `密码是X`.
pub(super) fn after(bytes: &[u8], noun: Noun, source: bool, hits: &mut Hits) {
    let limit = bytes.len().min(noun.end + REACH);
    let at = noun.end
        + bytes[noun.end..limit].iter().take_while(|b| matches!(b, b'*' | b'`' | b'"' | b'\'')).count();
    if at_once(bytes, at, limit, noun, hits)
        || told_to_type(bytes, at, noun, hits)
        || !matches!(bytes.get(at), Some(b' ' | b'\t' | b':' | b','))
    {
        return;
    }
    if !source && bytes[at..limit].starts_with(b", ") && is_apposition(bytes, at + 2) {
        return value(bytes, at + 2, noun, Tie::Said, hits);
    }
    if let Some(colon) = past_brackets(&bytes[at..limit]) {
        return value(bytes, at + colon, noun, Tie::Said, hits);
    }
    if bytes[at..limit].starts_with(b" (") && bytes[noun.start..noun.end].contains(&b'_') {
        value(bytes, at, noun, Tie::Beside, hits);
    }
    let mut way = Way { at, limit, first: true, source };
    for _ in 0..STEPS {
        let Some(word) = piece(bytes, way.at, limit).filter(|p| p.end <= limit) else { return };
        let Some(next) = go_past(bytes, noun, word, way, hits) else { return };
        way = Way { at: next, first: false, ..way };
    }
}

/// How many words may stand between a word for a secret and its value.
const STEPS: usize = 9;

/// Where a step on the way to a value begins.
#[derive(Clone, Copy)]
struct Way {
    at: usize,
    /// Where the value must stand before.
    limit: usize,
    /// Whether nothing but signs stands before.
    first: bool,
    /// Whether the text is a program's.
    source: bool,
}

/// Takes what a word on the way leads to; gives where the next word is to be looked for, unless all is said.
fn go_past(bytes: &[u8], noun: Noun, word: Piece, way: Way, hits: &mut Hits) -> Option<usize> {
    let text = &bytes[word.start..word.end];
    let bare = text.strip_suffix(b":").unwrap_or(text);
    if says(bytes, noun, word, bare) && is_said(bytes, noun, (word.end, way.limit), bare, hits) {
        return None;
    }
    on_the_way(bytes, noun, word, way.first, hits);
    if let Some((from, tie)) = leads_to(bytes, noun, word, way) {
        value(bytes, from, noun, tie, hits);
        return None;
    }
    if way.first {
        beside(bytes, noun, (way.at, word.start), way.source, hits);
    }
    // `Password (generated): x`
    if text.starts_with(b"(") && text.ends_with(b")") {
        return Some(word.end);
    }
    if !word.quoted && text.last().is_some_and(|b| matches!(b, b'.' | b';' | b'!' | b'?' | b')' | b',')) {
        said_next(bytes, word.end, noun, hits);
        return None;
    }
    Some(word.end + usize::from(word.quoted))
}

/// Whether a word, `bare` of a colon, says what something is.
fn says(bytes: &[u8], noun: Noun, word: Piece, bare: &[u8]) -> bool {
    let foreign = || is_foreign(&bytes[noun.start..noun.end]);
    !word.quoted
        && (is_connective(bare.strip_suffix(b",").unwrap_or(bare))
            || &bytes[word.start..word.end] == b":"
            || bare == b"to" && foreign())
}

/// Takes what stands behind a word that says what something is and ends at `end`; whether no more is to be looked for.
fn is_said(bytes: &[u8], noun: Noun, (end, limit): (usize, usize), word: &[u8], hits: &mut Hits) -> bool {
    let known = hits.len();
    value(bytes, skip_fillers(bytes, end, limit), noun, Tie::Said, hits);
    if hits.len() > known {
        return true;
    }
    // `the password to go on: x`, `a password is generated for bob: x`, `the password on that box: x`
    if leads_on(bytes, word, end) {
        return false;
    }
    walk::on(bytes, end, noun, hits);
    true
}

/// Where the value stands that a word on the way leads to, and how it is tied to the noun.
fn leads_to(bytes: &[u8], noun: Noun, word: Piece, way: Way) -> Option<(usize, Tie)> {
    let text = &bytes[word.start..word.end];
    // `the client secret you gave me (`x`)`
    let bracketed = word.quoted && bytes[..word.start].ends_with(b"(`");
    let secret = matches!(noun.kind, Kind::Secret | Kind::Token);
    if !way.first && (bracketed && secret || is_of_someone(bytes, noun, word)) {
        return Some((way.at, Tie::Beside));
    }
    let ends = text.strip_suffix(b":").filter(|_| !word.quoted);
    if ends.is_some_and(|bare| {
        !way.first || is_foreign(&bytes[noun.start..noun.end]) || is_told(bare) || bare.starts_with(b"(")
    }) {
        return Some((word.end, Tie::Said));
    }
    // `new password for user "app": x`
    let quoted = word.quoted && noun.kind == Kind::Password;
    (quoted && bytes[word.end..].iter().skip(1).take(2).eq(b": ")).then_some((word.end + 2, Tie::Said))
}

/// The length of a remark of several words in brackets and a colon behind it: ` (32 bytes, hex): `.
fn past_brackets(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b" (")?;
    let close = memchr::memchr2(b')', b'\n', inside).filter(|close| inside[..*close].contains(&b' '))?;
    inside[close..].starts_with(b"): ").then_some(close + 5)
}

/// What a word on the way tells by itself: `password from x to y`, `password - x`, and, where it is the `first`, ``password `x`,
/// now `y` ``.
fn on_the_way(bytes: &[u8], noun: Noun, word: Piece, first: bool, hits: &mut Hits) {
    let text = &bytes[word.start..word.end];
    if word.quoted {
        if first && text.iter().any(u8::is_ascii_digit) {
            successor(bytes, word.end, noun, hits);
        }
        return;
    }
    let bare = text.strip_suffix(b":").unwrap_or(text);
    if bare == b"from" && noun.kind == Kind::Password || is_change(&bytes[..noun.start], bare) {
        value(bytes, word.end, noun, Tie::Said, hits);
    }
    if bare == b"-" {
        value(bytes, word.end, noun, Tie::Beside, hits);
    }
}

/// `the password x`, `give him the password x`: what stands at byte `at` behind the noun with only signs up to `word`.
fn beside(bytes: &[u8], noun: Noun, (at, word): (usize, usize), source: bool, hits: &mut Hits) {
    let handed = is_handed(&bytes[..noun.start]);
    let plain = !bytes[noun.start..noun.end].contains(&b'_')
        && bytes[noun.end..word].iter().all(|b| matches!(b, b' ' | b'(' | b'*' | b'['));
    let named = !source && word > at && is_random(bytes, word);
    if plain && (!source || handed) || named {
        value(bytes, at, noun, if handed { Tie::Said } else { Tie::Beside }, hits);
    }
}

/// Whether someone made up the word at byte `at`, behind which the sentence goes on as before: `that password, x, was`.
fn is_apposition(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..bytes.len().min(at + 64)];
    memchr::memchr2(b',', b'\n', rest)
        .is_some_and(|end| rest[end] == b',' && reference::is_strongly_made_up(&rest[..end]))
}

/// Whether a machine made the word at byte `at`: `client_secret x` says what it is also where names stand.
fn is_random(bytes: &[u8], at: usize) -> bool {
    let length = bytes[at..]
        .iter()
        .take(128)
        .take_while(|b| b.is_ascii_alphanumeric() || b"_-+/=~.".contains(b))
        .count();
    let text = &bytes[at..at + length];
    length >= 20 && Shape::of(text).looks_random() && reference::is_strongly_made_up(text)
}

/// `the password got out, it was x`, `Password for bob reset.\nNew value: x`: what the next clause says.
fn said_next(bytes: &[u8], end: usize, noun: Noun, hits: &mut Hits) {
    const CLAUSES: [(&str, Tie); 11] = [
        (" new one: ", Tie::Said),
        (" new one is ", Tie::Said),
        (" the new one is ", Tie::Said),
        (" it was ", Tie::Beside),
        (" it is ", Tie::Beside),
        (" it's ", Tie::Beside),
        (" it’s ", Tie::Beside),
        (" which is ", Tie::Beside),
        (" which was ", Tie::Beside),
        ("\nNew value: ", Tie::Said),
        ("\nNew password: ", Tie::Said),
    ];
    if noun.kind == Kind::Password
        && let Some((clause, tie)) = CLAUSES.iter().find(|(c, _)| bytes[end..].starts_with(c.as_bytes()))
    {
        value(bytes, end + clause.len(), noun, *tie, hits);
    }
}

/// `when prompted for a password, type x`, `it asked for the password and I typed x`.
fn told_to_type(bytes: &[u8], at: usize, noun: Noun, hits: &mut Hits) -> bool {
    const VERBS: [&[u8]; 8] =
        [b" type ", b" enter ", b", type ", b", enter ", b", use ", b", try ", b", give it ", b", tippe "];
    const LINKS: [&[u8]; 5] = [b" and ", b", and ", b" so ", b", so ", b" then "];
    const TYPED: [&[u8]; 8] =
        [b"typed ", b"entered ", b"used ", b"gave ", b"pasted ", b"tried ", b"type ", b"enter "];
    let typed = || {
        let link = LINKS.iter().find(|link| bytes[at..].starts_with(link))?.len();
        let said = &bytes[at + link..];
        let who = if said.starts_with(b"I ") { 2 } else { usize::from(said.starts_with(b"we ")) * 3 };
        let verb = at + link + who;
        let typed = TYPED.iter().find(|typed| bytes[verb..].starts_with(typed))?.len();
        Some(verb + typed - at)
    };
    let verb = VERBS.iter().find(|verb| bytes[at..].starts_with(verb)).map(|verb| verb.len()).or_else(typed);
    if let Some(verb) = verb.filter(|_| noun.kind == Kind::Password) {
        value(bytes, at + verb, noun, Tie::Said, hits);
    }
    verb.is_some()
}

/// Whether what ties a value to the word stands right behind it, at byte `at`; then the value is judged.
fn at_once(bytes: &[u8], at: usize, limit: usize, noun: Noun, hits: &mut Hits) -> bool {
    let wide = bytes[noun.start] >= 0xe0 && bytes.get(at) == Some(&b':');
    let here = || bytes[at..limit].starts_with(b"? ") && is_last(&bytes[at + 2..limit]);
    let below = || bytes[at..limit].starts_with(b"?\n").then(|| at + 1 + speaker(&bytes[at + 2..limit]));
    let asked = || if here() { Some(at + 2) } else { below() };
    let joined = joined_connective(&bytes[at..limit]).or(wide.then_some(1)).map(|len| at + len);
    let contracted = || contraction(&bytes[noun.end..limit]).map(|len| noun.end + len);
    let answered = || answer(&bytes[at..limit]).map(|len| at + len);
    let start = joined.or_else(contracted).or_else(asked).or_else(answered);
    if let Some(start) = start {
        value(bytes, start + said_before(&bytes[start..limit]), noun, Tie::Said, hits);
    }
    start.is_some()
}

/// Whether someone made up the first word of `rest`, and it ends the line or its sentence: `the password? x`.
fn is_last(rest: &[u8]) -> bool {
    let word = &rest[..rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())];
    let ends = matches!(rest.get(word.len()), None | Some(b'\n' | b'\r')) || word.ends_with(b".");
    ends && reference::is_strongly_made_up(word.strip_suffix(b".").unwrap_or(word))
}

/// Where the answer to a question starts that a client of an agent asked: ` should I use?"="x"`.
fn answer(rest: &[u8]) -> Option<usize> {
    const SIGN: &[u8] = b"?\"=\"";
    let at = memchr::memmem::find(rest, SIGN)?;
    (!rest[..at].iter().any(|b| matches!(b, b'"' | b'\n' | b'?'))).then_some(at + SIGN.len() - 1)
}

/// The length of a few Chinese or Japanese words before a value: `今も` in `パスワードは今もxのまま`.
fn said_before(rest: &[u8]) -> usize {
    const MOST: usize = 18;
    let len = rest.iter().take(MOST + 1).take_while(|b| **b >= 0x80).count();
    let opens = ["「", "『", "“", "‘", "«"].iter().any(|quote| rest.starts_with(quote.as_bytes()));
    let next = rest.get(len).is_some_and(u8::is_ascii_alphanumeric);
    if len <= MOST && next && !opens && matches!(rest[0], 0xe3..=0xed) { len } else { 0 }
}

/// The length of what a chat puts before the next line, `[10:33] Max: `, the line break counted; 0 if nothing.
fn speaker(line: &[u8]) -> usize {
    let line = &line[..line.len().min(48)];
    let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
    let named =
        |sign: &usize| line[..*sign].iter().all(|b| b.is_ascii_alphanumeric() || b" []:.()-<>@_".contains(b));
    let sign = memchr::memmem::rfind(&line[..end], b": ").filter(named);
    sign.map_or(0, |sign| sign + 3)
}

/// `пароль от базы x`, `the password for bob x`: whether a word is a password that needs no verb.
fn is_of_someone(bytes: &[u8], noun: Noun, word: Piece) -> bool {
    let text = &bytes[word.start..word.end];
    noun.kind == Kind::Password
        && !word.quoted
        && reference::is_strongly_made_up(text.strip_suffix(b",").unwrap_or(text))
        && is_preposition(&bytes[noun.end..word.start])
}

/// Whether the next word says that a value was given, and a colon leads to it: ` created: x`.
fn is_told_of(rest: &[u8]) -> bool {
    let word = rest.strip_prefix(b" ").unwrap_or(rest);
    let len = word.iter().take(16).take_while(|b| b.is_ascii_lowercase()).count();
    word.get(len) == Some(&b':') && is_told(&word[..len])
}

/// Whether what a connective leads to may come later in the sentence.
fn leads_on(bytes: &[u8], word: &[u8], end: usize) -> bool {
    matches!(word, b"to" | b"value" | b"be" | b"on" | b"das")
        || bytes[end..].starts_with(b" generated ")
        || is_told_of(&bytes[end..])
}
