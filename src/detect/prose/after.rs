//! What stands behind a word for a secret: `password is X`, `password for bob: X`, `Passwort lautet X`.

use super::{
    super::{
        assignment::Kind,
        reference,
        shape::Shape,
        subject::Hits,
        words::{WordSet, words},
    },
    noun::Noun,
    piece::{Piece, piece},
    value::{Tie, successor, value},
    walk,
};

/// The most bytes between a word for a secret and its value.
pub(super) const REACH: usize = 120;

/// `password is X`, `password for bob: X`, `password (X)`, `Passwort lautet X`, `密码是X`.
pub(super) fn after(bytes: &[u8], noun: Noun, source: bool, hits: &mut Hits) {
    let limit = bytes.len().min(noun.end + REACH);
    let mut at = noun.end
        + bytes[noun.end..limit].iter().take_while(|b| matches!(b, b'*' | b'`' | b'"' | b'\'')).count();
    if at_once(bytes, at, limit, noun, hits)
        || told_to_type(bytes, at, noun, hits)
        || !matches!(bytes.get(at), Some(b' ' | b'\t' | b':' | b','))
    {
        return;
    }
    if let Some(colon) = past_brackets(&bytes[at..limit]) {
        return value(bytes, at + colon, noun, Tie::Said, hits);
    }
    if bytes[at..limit].starts_with(b" (") && bytes[noun.start..noun.end].contains(&b'_') {
        value(bytes, at, noun, Tie::Beside, hits);
    }
    for step in 0..9 {
        let Some(word) = piece(bytes, at, limit).filter(|p| p.end <= limit) else { return };
        let text = &bytes[word.start..word.end];
        let bare = text.strip_suffix(b":").unwrap_or(text);
        let ends = text.len() > bare.len() && !word.quoted;
        let says = is_connective(bare.strip_suffix(b",").unwrap_or(bare))
            || text == b":"
            || bare == b"to" && is_foreign(&bytes[noun.start..noun.end]);
        if !word.quoted && says {
            let known = hits.len();
            value(bytes, skip_fillers(bytes, word.end, limit), noun, Tie::Said, hits);
            // `the password to go on: x`, `a password is generated for bob: x`, `the password on that box: x`
            if hits.len() > known || !leads_on(bytes, bare, word.end) {
                if hits.len() == known {
                    walk::on(bytes, word.end, noun, hits);
                }
                return;
            }
        }
        on_the_way(bytes, noun, word, step == 0, hits);
        // `the client secret you gave me (`x`)`
        let bracketed = step > 0 && word.quoted && bytes[..word.start].ends_with(b"(`");
        if bracketed && matches!(noun.kind, Kind::Secret | Kind::Token) {
            return value(bytes, at, noun, Tie::Beside, hits);
        }
        if step > 0 && is_of_someone(bytes, noun, word) {
            return value(bytes, at, noun, Tie::Beside, hits);
        }
        if ends && (step > 0 || is_told(bare) || bare.starts_with(b"(")) {
            value(bytes, word.end, noun, Tie::Said, hits);
            return;
        }
        // `new password for user "app": x`
        if word.quoted && noun.kind == Kind::Password && bytes[word.end..].iter().skip(1).take(2).eq(b": ") {
            return value(bytes, word.end + 2, noun, Tie::Said, hits);
        }
        if step == 0 {
            beside(bytes, noun, (at, word.start), source, hits);
        }
        // `Password (generated): x`
        if text.starts_with(b"(") && text.ends_with(b")") {
            at = word.end;
            continue;
        }
        if !word.quoted && text.last().is_some_and(|b| matches!(b, b'.' | b';' | b'!' | b'?' | b')' | b',')) {
            return said_next(bytes, word.end, noun, hits);
        }
        at = word.end + usize::from(word.quoted);
    }
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

/// `when prompted for a password, type x`.
fn told_to_type(bytes: &[u8], at: usize, noun: Noun, hits: &mut Hits) -> bool {
    const VERBS: [&[u8]; 8] =
        [b" type ", b" enter ", b", type ", b", enter ", b", use ", b", try ", b", give it ", b", tippe "];
    let verb = VERBS.iter().find(|verb| bytes[at..].starts_with(verb));
    if let Some(verb) = verb.filter(|_| noun.kind == Kind::Password) {
        value(bytes, at + verb.len(), noun, Tie::Said, hits);
    }
    verb.is_some()
}

/// Whether what ties a value to the word stands right behind it, at byte `at`; then the value is judged.
fn at_once(bytes: &[u8], at: usize, limit: usize, noun: Noun, hits: &mut Hits) -> bool {
    let wide = bytes[noun.start] >= 0xe0 && bytes.get(at) == Some(&b':');
    let asked = || bytes[at..limit].starts_with(b"?\n").then(|| at + 1 + speaker(&bytes[at + 2..limit]));
    let joined = joined_connective(&bytes[at..limit]).or(wide.then_some(1)).map(|len| at + len);
    let contracted = || contraction(&bytes[noun.end..limit]).map(|len| noun.end + len);
    let start = joined.or_else(contracted).or_else(asked);
    if let Some(start) = start {
        value(bytes, start + said_before(&bytes[start..limit]), noun, Tie::Said, hits);
    }
    start.is_some()
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

/// Whether `word` leads to what a secret becomes, as a verb before its name says: `set the password … to x`, `setz das
/// Passwort auf x`, `replace the value of DB_PASSWORD with x`.
fn is_change(before: &[u8], word: &[u8]) -> bool {
    const LEADS: [&str; 14] =
        ["with", "auf", "à", "a", "em", "para", "in", "op", "naar", "na", "på", "til", "на", "su"];
    const VERBS: [&str; 32] = [
        "replace",
        "swap",
        "overwrite",
        "override",
        "update",
        "change",
        "setz",
        "änder",
        "stell",
        "mets",
        "mettez",
        "change ",
        "remplace",
        "cambia",
        "pon ",
        "establece",
        "imposta",
        "metti",
        "mude",
        "altere",
        "coloque",
        "defina",
        "zet ",
        "wijzig",
        "verander",
        "ustaw",
        "zmień",
        "поменяй",
        "смени",
        "установи",
        "byt ",
        "sätt ",
    ];
    if !LEADS.iter().any(|lead| lead.as_bytes() == word) {
        return false;
    }
    let near = &before[before.len().saturating_sub(48)..];
    let line = near.rsplit(|b| matches!(b, b'\n' | b'.')).next().unwrap_or_default();
    VERBS.iter().any(|verb| line.windows(verb.len()).any(|have| have.eq_ignore_ascii_case(verb.as_bytes())))
}

/// The length of `'s ` in "the password's x".
fn contraction(rest: &[u8]) -> Option<usize> {
    ["'s ", "’s "].iter().find(|s| rest.starts_with(s.as_bytes())).map(|s| s.len())
}

/// Whether a word before a colon says that a value was given: `password changed: x`.
fn is_told(word: &[u8]) -> bool {
    matches!(word, b"d'ordine" | b"changed" | b"updated" | b"now" | b"generated" | b"created" | b"set")
}

/// `пароль от базы x`, `the password for bob x`: whether a word is a password that needs no verb.
fn is_of_someone(bytes: &[u8], noun: Noun, word: Piece) -> bool {
    let text = &bytes[word.start..word.end];
    noun.kind == Kind::Password
        && !word.quoted
        && reference::is_strongly_made_up(text.strip_suffix(b",").unwrap_or(text))
        && is_preposition(&bytes[noun.end..word.start])
}

/// Whether what stands between a noun and a value says whose or for what it is: ` от базы `, ` for bob `.
fn is_preposition(between: &[u8]) -> bool {
    const WORDS: [&str; 14] = [
        " for ", " of ", " on ", " от ", " для ", " für ", " von ", " de ", " du ", " del ", " di ", " do ",
        " voor ", " к ",
    ];
    WORDS.iter().any(|word| between.starts_with(word.as_bytes()))
        && between.iter().filter(|b| **b == b' ').count() <= 4
        && !between.iter().any(|b| matches!(b, b'.' | b';' | b'('))
}

/// Whether what a connective leads to may come later in the sentence.
fn leads_on(bytes: &[u8], word: &[u8], end: usize) -> bool {
    matches!(word, b"to" | b"value" | b"be" | b"on" | b"das") || bytes[end..].starts_with(b" generated ")
}

/// Whether the noun follows a word that hands it over: `log in with password X`.
fn is_handed(before: &[u8]) -> bool {
    const WORDS: [&str; 18] = [
        "ake the ",
        "ry ",
        " old ",
        " new ",
        " one is ",
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
    static FILLERS: WordSet = words![
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
        "both",
        ":",
    ];
    let mut at = at;
    for _ in 0..5 {
        match piece(bytes, at, limit) {
            Some(word) if !word.quoted && FILLERS.has(&bytes[word.start..word.end]) => at = word.end,
            _ => break,
        }
    }
    at
}

/// Words that say that what follows is the value, in many languages.
static CONNECTIVES: WordSet = words![
    "is",
    "was",
    "are",
    "→",
    "->",
    "=>",
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
    "be",
    "value",
    "este",
    "adalah",
    "hiya",
    "olarak",
    "c'est",
    "c’est",
    "wäre",
    "bleibt",
    "reste",
    "serait",
    "sería",
    "seria",
    "queda",
    "fica",
    "resta",
    "sarebbe",
    "reads",
    "remains",
    "stays",
    "такой",
    "такая",
    "вот",
];

fn is_connective(word: &[u8]) -> bool {
    CONNECTIVES.has(word)
}

/// A connective without blanks before the value: its length.
fn joined_connective(rest: &[u8]) -> Option<usize> {
    const CONNECTIVES: [&str; 25] = [
        "改成了",
        "改成",
        "改为",
        "设置为",
        "设为",
        "就是",
        "是",
        "为",
        "為",
        "は",
        "：",
        "は「",
        "「",
        "『",
        "“",
        "＝",
        "に",
        "を",
        "는 ",
        ":** ",
        "은 ",
        "로 ",
        "를 ",
        "을 ",
        ": ",
    ];
    CONNECTIVES.iter().find(|c| rest.starts_with(c.as_bytes())).map(|c| c.len())
}
