//! A JSON tokenizer over raw bytes: spans only, no recursion, no copies, any depth.
//!
//! It accepts what RFC 8259 accepts, and in strings also what real transcripts hold and strict parsers refuse: lone
//! surrogate escapes and bytes that are not UTF-8. It is strict about structure: what it accepts is one value with
//! white space around it.

/// What a token is. Strings are split by their place: an object's key or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// An object's key; the span is what stands between the quotes.
    Key,
    /// A string value; the span is what stands between the quotes.
    String,
    /// A number, as written.
    Number,
    /// `true`, `false` or `null`.
    Literal,
}

/// One token: its kind and its bytes, `start..end`, in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Token {
    /// The token's bytes in `record`.
    #[must_use]
    pub fn bytes<'a>(&self, record: &'a [u8]) -> &'a [u8] {
        &record[self.start as usize..self.end as usize]
    }
}

/// Where the bytes stop being JSON, as an offset in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// The first byte that does not fit.
    pub offset: usize,
    /// Whether the bytes are only too short: a value that goes on after their end, outside any string.
    pub unfinished: bool,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

/// Whether each open bracket is an object, innermost last: one bit a level.
#[derive(Default)]
struct Nesting {
    bits: Vec<u64>,
    depth: usize,
}

impl Nesting {
    fn push(&mut self, object: bool) {
        let (word, bit) = (self.depth / 64, self.depth % 64);
        if word == self.bits.len() {
            self.bits.push(0);
        }
        self.bits[word] = self.bits[word] & !(1 << bit) | u64::from(object) << bit;
        self.depth += 1;
    }

    fn top_is_object(&self) -> Option<bool> {
        let last = self.depth.checked_sub(1)?;
        Some(self.bits[last / 64] >> (last % 64) & 1 == 1)
    }
}

/// Splits `bytes`, one JSON value with white space around it, into `tokens` (cleared first).
///
/// # Errors
/// [`NotJson`] if it is not one JSON value, or is longer than 4 GiB; `tokens` then holds what came before.
pub fn tokenize(bytes: &[u8], tokens: &mut Vec<Token>) -> Result<(), NotJson> {
    tokens.clear();
    Tokenizer::default().go_on(bytes, tokens)
}

/// A tokenizer that can go on when more bytes have come: what has been read is not read again.
pub(super) struct Tokenizer {
    nesting: Nesting,
    expect: Expect,
    at: usize,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self { nesting: Nesting::default(), expect: Expect::Value, at: 0 }
    }
}

impl Tokenizer {
    /// Reads on in `bytes`, which start as they did in the calls before, to their end.
    ///
    /// # Errors
    /// As [`tokenize`]; only after an `unfinished` one may it be called again.
    pub(super) fn go_on(&mut self, bytes: &[u8], tokens: &mut Vec<Token>) -> Result<(), NotJson> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(NotJson { offset: 0, unfinished: false });
        }
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                self.at = self.token(bytes, byte, tokens)?;
            } else {
                self.at += 1;
            }
        }
        if self.expect == Expect::Nothing {
            Ok(())
        } else {
            Err(NotJson { offset: self.at, unfinished: true })
        }
    }

    /// Takes the token that starts with `byte`, at `self.at`, and gives the offset after it.
    fn token(&mut self, bytes: &[u8], byte: u8, tokens: &mut Vec<Token>) -> Result<usize, NotJson> {
        let start = self.at;
        let wrong = NotJson { offset: start, unfinished: false };
        let value_may_come = matches!(self.expect, Expect::Value | Expect::ValueOrEnd);
        match byte {
            b'"' => {
                let kind = match self.expect {
                    Expect::Key | Expect::KeyOrEnd => Kind::Key,
                    _ if value_may_come => Kind::String,
                    _ => return Err(wrong),
                };
                let end = string_end(bytes, start + 1)?;
                tokens.push(token(kind, start + 1, end));
                self.expect = if kind == Kind::Key { Expect::Colon } else { after_value(&self.nesting) };
                return Ok(end + 1);
            }
            b':' if self.expect == Expect::Colon => self.expect = Expect::Value,
            b',' if self.expect == Expect::CommaOrEnd => {
                let object = self.nesting.top_is_object() == Some(true);
                self.expect = if object { Expect::Key } else { Expect::Value };
            }
            b'{' | b'[' if value_may_come => {
                let object = byte == b'{';
                self.nesting.push(object);
                self.expect = if object { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
                tokens.push(token(
                    if object { Kind::ObjectStart } else { Kind::ArrayStart },
                    start,
                    start + 1,
                ));
            }
            b'}' | b']' if closes(byte, self.expect, &self.nesting) => {
                self.nesting.depth -= 1;
                self.expect = after_value(&self.nesting);
                tokens.push(token(
                    if byte == b'}' { Kind::ObjectEnd } else { Kind::ArrayEnd },
                    start,
                    start + 1,
                ));
            }
            _ if value_may_come => {
                let (kind, end) = scalar(bytes, start).ok_or(wrong)?;
                tokens.push(token(kind, start, end));
                self.expect = after_value(&self.nesting);
                return Ok(end);
            }
            _ => return Err(wrong),
        }
        Ok(start + 1)
    }
}

fn token(kind: Kind, start: usize, end: usize) -> Token {
    Token { kind, start: start as u32, end: end as u32 }
}

fn after_value(nesting: &Nesting) -> Expect {
    if nesting.depth == 0 { Expect::Nothing } else { Expect::CommaOrEnd }
}

fn closes(byte: u8, expect: Expect, nesting: &Nesting) -> bool {
    let object = byte == b'}';
    nesting.top_is_object() == Some(object)
        && match expect {
            Expect::CommaOrEnd => true,
            Expect::KeyOrEnd => object,
            Expect::ValueOrEnd => !object,
            _ => false,
        }
}

/// The offset of the quote that ends the string whose content starts at `from`.
fn string_end(bytes: &[u8], from: usize) -> Result<usize, NotJson> {
    let mut at = from;
    while let Some(special) = next_special(bytes, at) {
        at = match bytes[special] {
            b'"' => return Ok(special),
            b'\\' => escape_end(bytes, special)?,
            b'\n' | b'\r' => return Err(broken(bytes, special)),
            _ => special + 1,
        };
    }
    Err(NotJson { offset: bytes.len(), unfinished: false })
}

/// Why there is no string where a raw line break stands at byte `at` of one: that means that two lines were taken for one.
/// What else is wrong behind it is told first. Other control characters, which no string of JSON holds either, some programs
/// write all the same, and many take: then its fields are what they are.
#[cold]
fn broken(bytes: &[u8], at: usize) -> NotJson {
    let mut next = at + 1;
    while let Some(step) = bytes.get(next..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        if bytes[next + step] == b'"' {
            break;
        }
        match escape_end(bytes, next + step) {
            Ok(end) => next = end,
            Err(wrong) => return wrong,
        }
    }
    NotJson { offset: at, unfinished: false }
}

/// The first quote, backslash or control character from byte `from` on.
#[inline]
fn next_special(bytes: &[u8], from: usize) -> Option<usize> {
    let mut rest = bytes.get(from..)?;
    loop {
        // Most strings, and most stretches between two escapes, are short.
        for _ in 0..WIDE / 8 {
            let Some((&word, behind)) = rest.split_first_chunk() else {
                let at = rest.iter().position(|&b| b < 0x20 || matches!(b, b'"' | b'\\'))?;
                return Some(bytes.len() - rest.len() + at);
            };
            let word = u64::from_le_bytes(word);
            let special = special(word);
            if special != 0 {
                // Above the lowest mark another may be wrong, since a difference borrows.
                return Some(bytes.len() - rest.len() + special.trailing_zeros() as usize / 8);
            }
            rest = behind;
        }
        while let Some((chunk, behind)) = rest.split_first_chunk()
            && is_clean(chunk)
        {
            rest = behind;
        }
    }
}

/// How many bytes are looked at in one step where a string goes on.
const WIDE: usize = 32;

/// Whether no byte of a chunk is special. Written so that the compiler takes many at once.
fn is_clean(chunk: &[u8; WIDE]) -> bool {
    !chunk.iter().fold(false, |any, &b| any | (b < 0x20) | (b == b'"') | (b == b'\\'))
}

/// A one in each byte, and the highest bit of each.
const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

/// The highest bit of each byte of `word` that is a quote, a backslash or a control character; above the first, of others too.
fn special(word: u64) -> u64 {
    // With this bit turned, a quote takes the place of the blank behind the control characters, which stay below it.
    let quotes = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslashes = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (quotes | backslashes) & !word & HIGH
}

/// One past the escape sequence whose backslash is at `at`.
fn escape_end(bytes: &[u8], at: usize) -> Result<usize, NotJson> {
    let wrong = Err(NotJson { offset: at, unfinished: false });
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match bytes.get(at + 2..at + 6) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(at + 6),
            _ => wrong,
        },
        _ => wrong,
    }
}

/// The kind and the end of the number or literal that starts at `start`.
fn scalar(bytes: &[u8], start: usize) -> Option<(Kind, usize)> {
    let rest = &bytes[start..];
    for word in [&b"true"[..], b"false", b"null"] {
        if rest.starts_with(word) {
            return Some((Kind::Literal, start + word.len()));
        }
    }
    number_len(rest).map(|len| (Kind::Number, start + len))
}

fn number_len(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut i = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(i);
    if whole == 0 || (whole > 1 && bytes[i] == b'0') {
        return None;
    }
    i += whole;
    if bytes.get(i) == Some(&b'.') {
        let fraction = digits(i + 1);
        if fraction == 0 {
            return None;
        }
        i += 1 + fraction;
    }
    if matches!(bytes.get(i), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(i + 1), Some(b'+' | b'-')));
        let exponent = digits(i + 1 + sign);
        if exponent == 0 {
            return None;
        }
        i += 1 + sign + exponent;
    }
    Some(i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &[u8]) -> Result<String, NotJson> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens)?;
        let letter = |t: &Token| match t.kind {
            Kind::ObjectStart => '{',
            Kind::ObjectEnd => '}',
            Kind::ArrayStart => '[',
            Kind::ArrayEnd => ']',
            Kind::Key => 'k',
            Kind::String => 's',
            Kind::Number => 'n',
            Kind::Literal => 'l',
        };
        Ok(tokens.iter().map(letter).collect())
    }

    #[test]
    fn tells_keys_from_values() {
        assert_eq!(
            kinds(br#" {"a":"b","c":[1,-2.5e+3,true,null,"d",{}],"e":{}} "#).unwrap(),
            "{kskl".replace("kl", "k[nnlls{}]k{}}")
        );
    }

    #[test]
    fn takes_what_strict_parsers_refuse_in_strings() {
        for text in [
            &br#"{"a":"\ud83d "}"#[..],
            b"{\"a\":\"\xff\xfe\"}",
            "{\"a\":\"x\u{2028}y\u{85}\"}".as_bytes(),
            b"{\"a\":\"x\ty \x00 \x1b[31m and a longer one than a few words\"}",
        ] {
            assert_eq!(kinds(text).unwrap(), "{ks}");
        }
    }

    #[test]
    fn refuses_what_is_not_one_value() {
        for text in [
            "",
            "{",
            "{}{}",
            "[1,]",
            "{\"a\"}",
            "{,}",
            "[01]",
            "tru",
            "\"a",
            "{\"a\":1 \"b\":2}",
            "\"\n\"",
            "]",
            "{]",
            "[}",
            r#""\x""#,
            r#""\u12g4""#,
            "1.",
            "-",
            "[1 2]",
            "\u{feff}{}",
        ] {
            assert!(kinds(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn an_unfinished_value_is_told_from_a_torn_string() {
        let unfinished = |text: &str| kinds(text.as_bytes()).unwrap_err().unfinished;
        assert!(unfinished("{\"a\": [1,") && unfinished("[") && unfinished(""));
        assert!(!unfinished("{\"a\": \"b") && !unfinished("{\"a\":1}}"));
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = [vec![b'['; 1_000_000], vec![b']'; 1_000_000]].concat();
        assert_eq!(kinds(&deep).unwrap().len(), 2_000_000);
    }

    proptest! {
        #[test]
        fn the_first_special_byte_is_found(text in "[ -~\n\t\u{0}é☃\"\\\\]{0,90}", from in 0usize..40) {
            let special = |b: &u8| *b < 0x20 || matches!(b, b'"' | b'\\');
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            let expected = rest.iter().position(special).map(|at| from + at);
            prop_assert_eq!(next_special(text.as_bytes(), from), expected);
            let plain: Vec<u8> = text.bytes().filter(|b| !special(b)).chain([b'"']).collect();
            prop_assert_eq!(next_special(&plain, 0), Some(plain.len() - 1));
        }

        #[test]
        fn agrees_with_serde_json(text in r#"[\[\]{}",:0-9a-e.\\ -]{0,24}"#) {
            let ours = kinds(text.as_bytes()).is_ok();
            let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert_eq!(ours, theirs);
        }
    }
}
