//! Words of sentences and of languages, in a table made at build time.

/// Words that join others in English and hardly stand in code.
static STOP_WORDS: &[&str] = &[
    "the", "a", "an", "of", "to", "and", "or", "is", "are", "was", "were", "be", "been", "it", "its", "this",
    "that", "these", "those", "there", "we", "you", "i", "they", "he", "she", "my", "your", "our", "their",
    "with", "without", "as", "at", "by", "on", "but", "not", "so", "because", "when", "what", "which", "who",
    "how", "should", "would", "could", "can", "will", "may", "must", "have", "has", "had", "do", "does",
    "did", "done", "also", "only", "just", "now", "then", "than", "into", "about", "after", "before", "more",
    "some", "any", "all", "no", "yes", "please", "let's", "i'll", "it's", "don't", "doesn't", "i'm", "here",
    "me", "up", "out", "if", "for", "in", "from", "der", "die", "und", "ist", "le", "la", "et", "les", "el",
    "que", "de", "los", "nicht", "pour", "une", "por",
];

/// First words of a statement, and how plainly they say that it is code.
static KEYWORDS: &[(&str, u8)] = &[
    // 1: hardly ever the first word of a sentence.
    ("func", 1),
    ("fn", 1),
    ("def", 1),
    ("const", 1),
    ("elif", 1),
    ("pub", 1),
    ("impl", 1),
    ("struct", 1),
    ("enum", 1),
    ("namespace", 1),
    ("typedef", 1),
    ("extern", 1),
    ("inline", 1),
    ("template", 1),
    ("void", 1),
    ("int", 1),
    ("bool", 1),
    ("char", 1),
    ("float", 1),
    ("double", 1),
    ("unsigned", 1),
    ("fun", 1),
    ("val", 1),
    ("var", 1),
    ("async", 1),
    ("await", 1),
    ("defer", 1),
    ("mod", 1),
    ("mut", 1),
    ("endif", 1),
    ("esac", 1),
    ("fi", 1),
    ("elsif", 1),
    ("foreach", 1),
    ("assert", 1),
    ("yield", 1),
    ("lambda", 1),
    ("override", 1),
    ("readonly", 1),
    ("local", 1),
    ("declare", 1),
    ("echo", 1),
    ("printf", 1),
    ("println", 1),
    ("console", 1),
    ("self", 1),
    ("require", 1),
    ("module", 1),
    ("println!", 1),
    ("attr_accessor", 1),
    ("defmodule", 1),
    ("protected", 1),
    ("private", 1),
    ("public", 1),
    ("internal", 1),
    ("abstract", 1),
    ("final", 1),
    ("super", 1),
    ("nil", 1),
    ("begin", 2),
    ("rescue", 1),
    ("unless", 2),
    // 2: also the first word of a sentence.
    ("class", 2),
    ("interface", 2),
    ("type", 2),
    ("import", 2),
    ("from", 2),
    ("return", 2),
    ("if", 2),
    ("else", 2),
    ("for", 2),
    ("while", 2),
    ("switch", 2),
    ("case", 2),
    ("default", 2),
    ("break", 2),
    ("continue", 2),
    ("try", 2),
    ("catch", 2),
    ("except", 2),
    ("finally", 2),
    ("raise", 2),
    ("throw", 2),
    ("with", 2),
    ("let", 2),
    ("use", 2),
    ("using", 2),
    ("package", 2),
    ("export", 2),
    ("static", 2),
    ("match", 2),
    ("where", 2),
    ("end", 2),
    ("do", 2),
    ("done", 2),
    ("then", 2),
    ("go", 2),
    ("select", 2),
    ("insert", 2),
    ("update", 2),
    ("delete", 2),
    ("create", 2),
    ("alter", 2),
    ("drop", 2),
    ("include", 2),
    ("new", 2),
    ("test", 2),
    ("describe", 2),
    ("it", 2),
    ("expect", 2),
    ("print", 2),
    ("set", 2),
    ("this", 2),
    ("pass", 2),
    ("range", 2),
    ("when", 2),
    ("global", 2),
    ("map", 2),
    ("string", 2),
];

/// Words as keys: up to eight bytes in a number, longer ones are no word of ours.
const fn packed(word: &[u8]) -> u64 {
    let mut out = 0;
    let mut i = 0;
    while i < word.len() && i < 8 {
        out = out << 8 | word[i] as u64;
        i += 1;
    }
    out
}

const SLOTS: usize = 1024;

const fn slot_of(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// Packed words and what they are: 1 and 2 as in [`KEYWORDS`], plus 4 for [`STOP_WORDS`]. Open addressing.
static WORDS: [(u64, u8); SLOTS] = {
    let mut table = [(0, 0); SLOTS];
    let mut i = 0;
    while i < KEYWORDS.len() + STOP_WORDS.len() {
        let (word, kind) = if i < KEYWORDS.len() { KEYWORDS[i] } else { (STOP_WORDS[i - KEYWORDS.len()], 4) };
        i += 1;
        if word.len() > 8 {
            continue;
        }
        let key = packed(word.as_bytes());
        let mut slot = slot_of(key);
        while table[slot].0 != 0 && table[slot].0 != key {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = (key, table[slot].1 | kind);
    }
    table
};

/// What the word of this key is, 0 if it is none of ours.
#[inline]
pub(super) fn word_kind(key: u64) -> u8 {
    let mut slot = slot_of(key);
    while WORDS[slot].0 != 0 {
        if WORDS[slot].0 == key {
            return WORDS[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    0
}
