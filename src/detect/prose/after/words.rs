//! The words that tie a value to a word for a secret, in many languages.

use super::super::piece::piece;
use crate::detect::words::{WordSet, words};

/// Whether `word` leads to what a secret becomes, as a verb before its name says: `set the password … to x`, `setz das
/// Passwort auf x`, `replace the value of DB_PASSWORD with x`.
pub(super) fn is_change(before: &[u8], word: &[u8]) -> bool {
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
pub(super) fn contraction(rest: &[u8]) -> Option<usize> {
    ["'s ", "’s "].iter().find(|s| rest.starts_with(s.as_bytes())).map(|s| s.len())
}

/// Whether a word before a colon says that a value was given: `password changed: x`.
pub(super) fn is_told(word: &[u8]) -> bool {
    matches!(word, b"d'ordine" | b"changed" | b"updated" | b"now" | b"generated" | b"created" | b"set")
}

/// Whether what stands between a noun and a value says whose or for what it is: ` от базы `, ` for bob `.
pub(super) fn is_preposition(between: &[u8]) -> bool {
    const WORDS: [&str; 14] = [
        " for ", " of ", " on ", " от ", " для ", " für ", " von ", " de ", " du ", " del ", " di ", " do ",
        " voor ", " к ",
    ];
    WORDS.iter().any(|word| between.starts_with(word.as_bytes()))
        && between.iter().filter(|b| **b == b' ').count() <= 4
        && !between.iter().any(|b| matches!(b, b'.' | b';' | b'('))
}

/// Whether the noun follows a word that hands it over: `log in with password X`.
pub(super) fn is_handed(before: &[u8]) -> bool {
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
pub(super) fn is_foreign(noun: &[u8]) -> bool {
    noun.iter().any(|b| *b >= 0x80) || noun.eq_ignore_ascii_case(b"haslo")
}

/// Past words that may stand between a connective and the value.
pub(super) fn skip_fillers(bytes: &[u8], at: usize, limit: usize) -> usize {
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

pub(super) fn is_connective(word: &[u8]) -> bool {
    CONNECTIVES.has(word)
}

/// A connective without blanks before the value: its length.
pub(super) fn joined_connective(rest: &[u8]) -> Option<usize> {
    const CONNECTIVES: [&str; 26] = [
        "คือ ",
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

/// Words that say that what follows is the value, in many languages.
static CONNECTIVES: WordSet = words![
    "is",
    "was",
    "are",
    "→",
    "»",
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
