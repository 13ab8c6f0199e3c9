//! Words that people say of a password instead of telling it: `the password is required`, `password: hashed`.

use super::words::{GENERIC, KEYWORDS, MARKERS, NOTHING};

/// Words that describe a password or say where it is; lower case, sorted.
static SAID: &[&str] = &[
    "about",
    "absent",
    "after",
    "again",
    "alphanumeric",
    "already",
    "always",
    "and",
    "another",
    "argon",
    "authentication",
    "back",
    "bcrypt",
    "because",
    "before",
    "below",
    "blank",
    "broken",
    "case",
    "characters",
    "clear",
    "cleartext",
    "compliant",
    "confidential",
    "correct",
    "desconocida",
    "different",
    "dimenticata",
    "easy",
    "either",
    "equal",
    "erforderlich",
    "errata",
    "expiry",
    "facultatif",
    "falsch",
    "false",
    "field",
    "fine",
    "first",
    "forbidden",
    "free",
    "from",
    "gerekli",
    "gone",
    "good",
    "hash",
    "here",
    "identical",
    "identique",
    "immutable",
    "incorrect",
    "incorrecta",
    "incorrecto",
    "incorreta",
    "insecure",
    "intact",
    "invalide",
    "just",
    "kept",
    "known",
    "krav",
    "last",
    "later",
    "leer",
    "legacy",
    "lost",
    "manager",
    "mandatory",
    "meaningless",
    "needed",
    "never",
    "next",
    "nieznane",
    "nonempty",
    "nothing",
    "obligatoire",
    "obligatoria",
    "obligatorio",
    "obrigatorio",
    "obsolete",
    "often",
    "onjuist",
    "only",
    "opcional",
    "open",
    "optional",
    "optionell",
    "optionnel",
    "opzionale",
    "oubli",
    "pakollinen",
    "plain",
    "plaintext",
    "policy",
    "povinne",
    "present",
    "private",
    "protection",
    "provisoire",
    "random",
    "recovery",
    "required",
    "requis",
    "requise",
    "reset",
    "richiesta",
    "richtig",
    "safe",
    "same",
    "secret",
    "secure",
    "sensitive",
    "sent",
    "shared",
    "short",
    "shown",
    "sicher",
    "similar",
    "simple",
    "something",
    "somewhere",
    "soon",
    "still",
    "strength",
    "strict",
    "strong",
    "stronger",
    "stuff",
    "temporaire",
    "temporal",
    "temporaneo",
    "temporary",
    "that",
    "the",
    "then",
    "there",
    "this",
    "through",
    "trivial",
    "truncated",
    "twice",
    "unbekannt",
    "unchanged",
    "unique",
    "unknown",
    "unsafe",
    "unset",
    "unused",
    "valid",
    "validation",
    "vereist",
    "vergessen",
    "vergeten",
    "verloren",
    "verplicht",
    "vide",
    "visible",
    "vulnerable",
    "vuoto",
    "weak",
    "weaker",
    "well",
    "what",
    "when",
    "where",
    "which",
    "wrong",
    "wymagane",
    "zorunlu",
];

/// Endings of words that describe.
const ENDINGS: [&str; 15] = [
    "ed", "ing", "able", "ible", "less", "ful", "ive", "ly", "ical", "ous", "tion", "ment", "ity", "ness",
    "ized",
];

/// Whether a word says something of a password rather than being one.
fn is_said(word: &[u8]) -> bool {
    let lower = word.to_ascii_lowercase();
    SAID.binary_search_by(|entry| entry.as_bytes().cmp(&lower)).is_ok()
        || lower.len() > 5 && ENDINGS.iter().any(|ending| lower.ends_with(ending.as_bytes()))
}

/// Whether `value` is a word of small letters, or a few with signs between, that is neither of code nor said of a password:
/// `sunflower`, `willow!frog`, `hero.velcro`.
pub(in crate::detect) fn is_plain_word(value: &[u8]) -> bool {
    let signs = value.iter().filter(|b| !b.is_ascii_alphanumeric()).count();
    let known = |word: &[u8]| {
        word.len() < 3
            || is_said(word)
            || [&GENERIC, &KEYWORDS, &MARKERS, &NOTHING].iter().any(|list| list.has(word))
    };
    (5..=32).contains(&value.len())
        && signs <= 3
        && value[0].is_ascii_lowercase()
        && !value.windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
        && value.iter().all(|b| b.is_ascii_lowercase() || b"-._+!@#$%^&*~?".contains(b))
        && !value.split(|b| !b.is_ascii_alphabetic()).filter(|word| !word.is_empty()).any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_are_told_from_words_about_secrets() {
        for word in ["sunflower", "willow!frog", "hero.velcro", "cometcastle", "badger"] {
            assert!(is_plain_word(word.as_bytes()), "{word}");
        }
        for word in [
            "required",
            "hashed",
            "case-sensitive",
            "db_password",
            "user.name",
            "xxxxxxxx",
            "wrong",
            "Sunflower",
            "string",
            "abc",
        ] {
            assert!(!is_plain_word(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(SAID.is_sorted());
    }
}
