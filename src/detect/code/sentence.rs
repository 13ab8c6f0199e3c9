//! Lines of words that hold quotation marks or signs as code does, told by the small words between them.

use crate::detect::words::{WordSet, words};
/// Small words that hardly stand outside quotes in code, in the usual languages; sorted.
static SMALL: WordSet = words![
    "a", "about", "after", "again", "also", "an", "and", "are", "auf", "aus", "auth", "be", "because",
    "been", "before", "but", "can", "con", "could", "das", "de", "del", "den", "der", "des", "did", "die",
    "does", "don't", "each", "ein", "eine", "el", "en", "est", "et", "für", "has", "have", "he", "how",
    "however", "i", "i'm", "is", "ist", "it", "it's", "its", "la", "las", "le", "les", "los", "may", "me",
    "mit", "must", "my", "nicht", "not", "now", "of", "only", "our", "para", "pas", "please", "por", "pour",
    "que", "she", "should", "some", "sont", "still", "sur", "than", "that", "that's", "the", "their", "them",
    "there", "these", "they", "this", "those", "too", "un", "und", "une", "uns", "was", "we", "were", "what",
    "when", "which", "who", "why", "will", "with", "without", "would", "you", "your", "é",
];

/// Whether `word` is one of the small words of a sentence.
pub(super) fn is_small(word: &[u8]) -> bool {
    SMALL.has(word)
}

/// Small words that a line must have.
const LEAST: usize = 2;

/// Small words that a line must have around a call or a binding.
const MIXED: usize = 3;

/// Whether a line of code's score is a sentence: words with single blanks between them, two of them small ones outside
/// quotes, and no sign that only code has outside quotes.
pub(super) fn is_one(body: &[u8]) -> bool {
    let begins = body
        .first()
        .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'`' | b'"' | b'('));
    if !begins || body.ends_with(b"{") || body.ends_with(b";") {
        return false;
    }
    let (mut small, mut words, mut at) = (0, 0, 0);
    let mut least = LEAST;
    let calls = body.contains(&b'(');
    while at < body.len() {
        let end = token_end(body, at);
        let called = if calls { called_end(body, at, end) } else { None };
        let end = called.inspect(|_| least = MIXED).unwrap_or(end);
        let token = &body[at..end];
        if words > 0 && (token == b"=" || least == MIXED && token.contains(&b'(')) {
            (least, words) = (MIXED, words + 1);
            at = end + body[end..].iter().take_while(|b| **b == b' ').count();
            continue;
        }
        at = end + body[end..].iter().take_while(|b| **b == b' ').count();
        if is_quoted(token) {
            continue;
        }
        let word = trimmed(token.strip_suffix(b";").unwrap_or(token));
        if word.is_empty() && token.len() > 2 || holds_code(word) {
            return false;
        }
        words += 1;
        small += usize::from(SMALL.has(word));
    }
    small >= least && words >= 4
}

/// One past the bracket that closes the call which starts within the token `at..end`, as `settle(rows, 'a b')` in a sentence.
pub(super) fn called_end(body: &[u8], at: usize, end: usize) -> Option<usize> {
    let open = at + memchr::memchr(b'(', &body[at..end])?;
    let named = open > at && (body[open - 1].is_ascii_alphanumeric() || body[open - 1] == b'_');
    let mut depth = 0_usize;
    for (index, byte) in body.iter().enumerate().skip(open).filter(|_| named) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(index + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Words that open a block of Python, or announce one.
static BLOCKS: [&[u8]; 12] = [
    b"if", b"elif", b"else", b"for", b"while", b"with", b"try", b"except", b"class", b"def", b"case",
    b"match",
];

/// Whether a line is three words or more, or two and a colon, without a sign but those of a sentence, one of them small, and opens no block.
pub(super) fn is_plain(body: &[u8]) -> bool {
    is_plain_words(body) || is_plain_beside_quote(body) || is_courtesy(body)
}

/// `"too many rows: 5500 (limit 2500)"`: a line that is a message in quotes from end to end, four words or more.
pub(super) fn is_quotation(line: &[u8]) -> bool {
    let inner = line.trim_ascii_end().strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let Some(inner) = inner.filter(|inner| inner.first().is_some_and(u8::is_ascii_alphabetic)) else {
        return false;
    };
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b" ,.:;!?'()/-".contains(b);
    let words = inner
        .split(|b| *b == b' ')
        .filter(|word| word.len() > 1 && trimmed(word).iter().all(u8::is_ascii_alphabetic));
    inner.iter().all(plain) && words.count() >= 4
}

/// Words with which people ask and thank, in a few letters.
static COURTESY: WordSet = words![
    "cheers", "danke", "gracias", "grazie", "hello", "hey", "hi", "merci", "obrigado", "please", "pls",
    "plz", "sorry", "thanks", "thx", "tnx",
];

/// Words that stand beside them.
static ASKED: WordSet = words![
    "all", "any", "bitte", "check", "explain", "fix", "for", "help", "in", "it", "me", "the", "there",
    "this", "you"
];

/// `pls fix`, `thx`: up to four words, one of them of courtesy, the others what is asked for.
fn is_courtesy(body: &[u8]) -> bool {
    let plain = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b' ' | b',' | b'.' | b'!' | b'?');
    if body.len() > 30 || !body.iter().all(plain) {
        return false;
    }
    let (mut count, mut courteous) = (0, false);
    for word in body.split(|b| *b == b' ') {
        let word = trimmed(word);
        let kind = COURTESY.has(word);
        if !kind && !ASKED.has(word) {
            return false;
        }
        courteous |= kind;
        count += 1;
    }
    courteous && count <= 4
}

/// `make says "missing separator" for this:`: as [`is_plain_words`], with one stretch of words in quotes, and an end.
fn is_plain_beside_quote(body: &[u8]) -> bool {
    const BEGINS: [&[u8]; 10] =
        [b"raise", b"throw", b"return", b"print", b"puts", b"echo", b"assert", b"log", b"yield", b"require"];
    let begins = |word: &&[u8]| body.starts_with(word);
    if !matches!(body.last(), Some(b':' | b'?' | b'.')) || BEGINS.iter().any(begins) {
        return false;
    }
    let mut quotes = memchr::memchr_iter(b'"', body);
    let (Some(open), Some(close), None) = (quotes.next(), quotes.next(), quotes.next()) else { return false };
    let words = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\'' | b'-');
    let parted = open > 1 && body[open - 1] == b' ' && body.get(close + 1) == Some(&b' ');
    parted
        && body[open + 1..close].iter().all(words)
        && is_plain_words(&[&body[..open], &body[close + 2..]].concat())
}

fn is_plain_words(body: &[u8]) -> bool {
    let (mut count, mut small) = (0, false);
    for token in body.split(|b| *b == b' ') {
        let word = match token {
            [word @ .., b',' | b'.' | b':' | b'?' | b'!'] => word,
            word => word,
        };
        let letter = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-') || *b >= 0x80;
        let number = count > 0 && !word.is_empty() && word.iter().all(u8::is_ascii_digit);
        if number {
            count += 1;
            continue;
        }
        if word.is_empty() || !word.iter().all(letter) || count == 0 && BLOCKS.contains(&word) {
            return false;
        }
        count += 1;
        small |= SMALL.has(word);
    }
    (count >= 3 || count == 2 && body.ends_with(b":")) && small
        || (2..=4).contains(&count) && body.ends_with(b"?") && !asks_of_code(body)
}

/// Whether a line that ends with a question mark begins as a statement of Ruby does: `return empty?`.
fn asks_of_code(body: &[u8]) -> bool {
    const BEGINS: [&[u8]; 12] = [
        b"return", b"unless", b"until", b"elsif", b"assert", b"refute", b"end", b"and", b"or", b"not",
        b"yield", b"raise",
    ];
    body.split(|b| *b == b' ').next().is_some_and(|word| BEGINS.contains(&word))
}

/// Words of a line that is a long sentence whatever signs it holds.
const LONG: usize = 12;

/// Whether a line is twelve words or more, without indentation, one in five of them small: no line of code, and no comment.
pub(super) fn is_long(line: &[u8]) -> bool {
    if !line.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'*' | b'-'))
        || line.starts_with(b"* ")
    {
        return false;
    }
    let (mut small, mut words) = (0, 0);
    for word in line.split(|b| *b == b' ').filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(SMALL.has(trimmed(word)));
    }
    words >= LONG && small * 5 >= words
}

/// One past the word, or the quoted words, that start at byte `at`.
fn token_end(body: &[u8], at: usize) -> usize {
    let quote = body[at];
    if matches!(quote, b'"' | b'`')
        && let Some(close) = memchr::memchr(quote, &body[at + 1..])
    {
        let end = at + close + 2;
        return end + body[end..].iter().take_while(|b| **b != b' ').count();
    }
    at + body[at..].iter().take_while(|b| **b != b' ').count()
}

/// Whether a token is in quotes, signs of the sentence aside.
fn is_quoted(token: &[u8]) -> bool {
    matches!(token[0], b'"' | b'`')
        && token[1..]
            .iter()
            .rev()
            .find(|b| !matches!(b, b',' | b'.' | b'!' | b'?' | b':' | b')'))
            .is_some_and(|b| *b == token[0])
}

/// A word without the punctuation of a sentence.
fn trimmed(token: &[u8]) -> &[u8] {
    let front = token.iter().take_while(|b| matches!(b, b'(' | b'"' | b'\'' | b'*')).count();
    let token = &token[front..];
    let back = token
        .iter()
        .rev()
        .take_while(|b| matches!(b, b',' | b'.' | b'!' | b'?' | b':' | b')' | b'"' | b'\'' | b'*'))
        .count();
    &token[..token.len() - back]
}

/// Whether a word of a sentence would not have these signs.
fn holds_code(word: &[u8]) -> bool {
    word.iter().any(|b| {
        matches!(
            b,
            b'{' | b'}' | b'[' | b']' | b'(' | b')' | b'=' | b';' | b'<' | b'>' | b'|' | b'\\' | b'$' | b'"'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{is_long, is_one, is_plain, is_quotation};

    #[test]
    fn plain_words_are_told_from_code() {
        for words in [
            "nginx answers 502 for this block:",
            "this is faster:",
            "from the docs page:",
            "is the pattern right?",
            "it runs on every page load",
            "any idea?",
            "make says \"missing separator\" for this:",
            "pls fix",
            "Thanks!",
            "thx",
        ] {
            assert!(is_plain(words.as_bytes()), "{words}");
        }
        for code in [
            "while not done:",
            "if row is not None:",
            "return row",
            "group by quay order by total",
            "end",
            "return empty?",
            "raise \"no rows\" if this:",
            "fix it",
            "a b",
        ] {
            assert!(!is_plain(code.as_bytes()), "{code}");
        }
    }

    #[test]
    fn messages_in_quotes_are_told_from_literals() {
        assert!(is_quotation(b"\"too many rows in one go: 5500 (limit 2500)\""));
        for other in [
            "\"rows\": \"paid of them all\"",
            "\"rows_paid of them all\"",
            "\"rows paid\"",
            "    \"too many rows in it\"",
        ] {
            assert!(!is_quotation(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn long_sentences_are_told_from_comments() {
        let words = "Digits are a part of hex, so that `pattern` matches what is a number (split on the dot)";
        assert!(is_long(words.as_bytes()));
        for other in [&format!("// {words}")[..], &format!("    {words}"), "Digits are a part of hex"] {
            assert!(!is_long(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn sentences_with_quotes_are_told_from_code() {
        for words in [
            "update the last line of the readme to say \"cleaned up\"",
            "it shows up in the \"Resources\"",
            "can you rename `settle` to `post` in all of the tests?",
            "I think the total is wrong when the list is empty",
            "der Test schlägt fehl, weil die Datei nicht da ist",
            "the refund (the one of \"May\") is still not there!",
            "try settle(row.total, 'a b') and tell me what it prints",
            "set limit = 875 in the config, and then restart the service",
            "that is 40 / 3 = 13 per second; the queue is full (50 - 48 = 2) after an hour",
        ] {
            assert!(is_one(words.as_bytes()), "{words}");
        }
        for code in [
            "return \"the value of the thing\"",
            "it \"settles the invoice of the month\" do",
            "const total = the + that;",
            "if a is not b and c is the d:  # x = {",
            "echo \"this is the last of them\"",
            "print(\"what is it\")",
            "SELECT a, b FROM rows WHERE id = 1",
            "raise ValueError(\"it is not the one\") from this",
            "for (a of those) {",
        ] {
            assert!(!is_one(code.as_bytes()), "{code}");
        }
    }
}
