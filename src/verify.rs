//! The output searched again, by other eyes than those that found: a second parser, plain substring search, every
//! decoding that is cheap to undo. What it still finds goes too; what does not pass then is not written.

mod remnant;
mod survivors;

pub use remnant::{Grain, Remnant, changed, remnants};

use crate::{
    detect::Detector,
    policy::Decisions,
    rule::Class,
    simd::{Nibbles, each_run},
    span::{Raw, Span},
    transcript::{
        agent::Fields,
        json::{Kind, Token},
        recent::tokenize,
        text::Field,
        tree::Tree,
    },
};
use base64::{Engine as _, alphabet, engine::general_purpose};
use std::borrow::Cow;
use survivors::Survivors;

/// The least length of a removed value that must be nowhere else in its record, in bytes.
const MIN_VALUE: usize = 12;
const _: () = assert!(survivors::HEAD <= MIN_VALUE, "values are filed under their first bytes");

/// How often escapes are undone at most: deeper nesting doubles its backslashes each time and is not met.
const MAX_DEPTH: usize = 6;

/// The least length of an encoded run that is decoded, in characters.
const MIN_ENCODED: usize = 16;

/// The deepest nesting that the second parser is asked about; it recurses.
const MAX_SECOND_PARSER_DEPTH: usize = 100;

/// From this length on, in bytes, the parts of the comparison are made side by side.
const LONG: usize = 64 << 10;

/// Base64 as it is met: with or without padding, with stray last bits.
const BASE64: general_purpose::GeneralPurpose = general_purpose::GeneralPurpose::new(
    &alphabet::STANDARD,
    general_purpose::GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
);

/// Why a redacted record may not be written. Never a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
#[non_exhaustive]
pub enum Doubt {
    /// It was JSON and is none any more.
    Broken,
    /// It has other keys, values or brackets.
    Structure,
    /// It has more or fewer line breaks.
    Lines,
    /// A removed value is still in it, in some encoding.
    Survivor,
    /// Something with the shape of a known token is still in it.
    Token,
    /// Our own code fails on it.
    Fault,
}

impl Doubt {
    /// The reason in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Broken => "it would no longer be valid JSON",
            Self::Structure => "its structure would change",
            Self::Lines => "its lines would change",
            Self::Survivor => "a removed value is still in it",
            Self::Token => "a token is still in it",
            Self::Fault => "an error in transcrub itself",
        }
    }
}

/// A record before and after its redaction.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// Its bytes before.
    pub before: &'a [u8],
    /// Its bytes after.
    pub after: &'a [u8],
    /// What was replaced in it.
    pub decisions: &'a Decisions,
    /// Where in `after` the replacements stand, one for each edit.
    pub changed: &'a [Span<Raw>],
    /// Values of it that stay because the user exempts them.
    pub exempt: &'a [Vec<u8>],
}

/// Never the bytes.
impl std::fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change(<{} bytes>, {} edits)", self.before.len(), self.decisions.edits().len())
    }
}

/// Compares a record before and after.
///
/// # Errors
/// The first [`Doubt`] there is.
pub fn compare(change: Change<'_>, detector: &Detector) -> Result<(), Doubt> {
    let Change { before, after, changed, .. } = change;
    let structure = same_structure(before, after)?;
    let removed = removed(change);
    if removed.is_empty() {
        return Ok(());
    }
    let survives = || {
        let searched = searched_bytes(after);
        let survivors = Survivors::new(&removed);
        readings(&searched).iter().any(|text| survivors.stand_in(text))
    };
    let holds_token = || {
        let texts = match &structure {
            Some(tokens) => changed_texts(after, tokens, changed),
            None => after.to_vec(),
        };
        detector.wants(Class::Secret)
            && readings(&texts).iter().any(|text| holds_token(text, change.exempt, detector))
    };
    // A long record may be all there is to do: then the other thread, if there is one, has nothing else at hand.
    let (survives, holds_token) = match after.len() >= LONG && rayon::current_thread_index().is_some() {
        true => rayon::join(survives, holds_token),
        false => (survives(), holds_token()),
    };
    match (survives, holds_token) {
        (true, _) => Err(Doubt::Survivor),
        (false, true) => Err(Doubt::Token),
        (false, false) => Ok(()),
    }
}

/// The values that must be nowhere in the record any more: as they stood, and without escapes.
fn removed(change: Change<'_>) -> Vec<Vec<u8>> {
    let secrets = change.decisions.edits().iter().filter(|edit| is_secret(edit.with));
    secrets
        .map(|edit| &change.before[edit.span.range()])
        .flat_map(|value| [value.to_vec(), undone(value)])
        .filter(|value| value.len() >= MIN_VALUE)
        .collect()
}

/// Whether a token stands in `text` that is not exempt.
fn holds_token(text: &[u8], exempt: &[Vec<u8>], detector: &Detector) -> bool {
    if exempt.is_empty() {
        return detector.holds_token(text);
    }
    let mut text = text.to_vec();
    for value in exempt.iter().flat_map(|value| [value.clone(), undone(value)]).filter(|v| !v.is_empty()) {
        let found: Vec<usize> = memchr::memmem::find_iter(&text, &value).collect();
        found.into_iter().for_each(|at| text[at..at + value.len()].fill(b' '));
    }
    detector.holds_token(&text)
}

/// The texts in which something changed, apart as in the record.
fn changed_texts(after: &[u8], tokens: &[Token], changed: &[Span<Raw>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut next = 0;
    for token in tokens.iter().filter(|t| matches!(t.kind, Kind::Key | Kind::String)) {
        next += changed[next..].iter().take_while(|span| span.end() < token.start as usize).count();
        if changed.get(next).is_some_and(|span| span.start() <= token.end as usize) {
            out.extend_from_slice(token.bytes(after));
            out.extend_from_slice(b"\",\"");
        }
    }
    out
}

/// The bytes that a search looks at: all, but for values that must stay (ids of the right shape, signatures, media).
fn searched_bytes(record: &[u8]) -> Vec<u8> {
    let mut tree = Tree::default();
    if tree.read_record(record).is_err() {
        return record.to_vec();
    }
    let mut fields = Fields::default();
    fields.read(record, &tree);
    let stays = |index| matches!(fields.get(index), Field::Structural | Field::Opaque | Field::Media(_));
    let mut out = Vec::with_capacity(record.len());
    for (index, token) in tree.tokens().iter().enumerate() {
        let text = matches!(token.kind, Kind::Key | Kind::String | Kind::Number);
        if text && !stays(index) {
            out.extend_from_slice(token.bytes(record));
            // As in the record: what stands in one text does not go on in the next.
            out.extend_from_slice(b"\",\"");
        }
    }
    out
}

fn is_secret(with: crate::policy::Replacement) -> bool {
    match with {
        crate::policy::Replacement::Pseudonym { rule, .. } => rule.rule().class == Class::Secret,
        crate::policy::Replacement::Nothing => false,
    }
}

/// What was JSON is JSON with the same tokens, but for numbers that became strings: those of `after`. What was not has
/// as many lines.
fn same_structure(before: &[u8], after: &[u8]) -> Result<Option<Vec<Token>>, Doubt> {
    let is_text = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok();
    if !is_text(after) && is_text(before) {
        return Err(Doubt::Broken);
    }
    let (mut old, mut new) = (Vec::new(), Vec::new());
    if tokenize(before, &mut old).is_err() {
        let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
        return if lines(before) == lines(after) { Ok(None) } else { Err(Doubt::Lines) };
    }
    tokenize(after, &mut new).map_err(|_| Doubt::Broken)?;
    if !second_parser_takes(after, &new) && second_parser_takes(before, &old) {
        return Err(Doubt::Broken);
    }
    let same = |(a, b): (&Token, &Token)| {
        let kinds = a.kind == b.kind || (a.kind == Kind::Number && b.kind == Kind::String);
        kinds && (a.kind != Kind::Literal || a.bytes(before) == b.bytes(after))
    };
    if old.len() != new.len() || !old.iter().zip(&new).all(same) {
        return Err(Doubt::Structure);
    }
    let kept = old.iter().zip(&new).all(|(a, b)| keeps_lines(a.bytes(before), b.bytes(after)));
    if kept { Ok(Some(new)) } else { Err(Doubt::Lines) }
}

/// Whether a text has as many line breaks as before, or is empty: signed thinking goes as a whole.
fn keeps_lines(before: &[u8], after: &[u8]) -> bool {
    if before == after {
        return true;
    }
    let lines = |text: &[u8]| memchr::memmem::find_iter(text, b"\\n").count();
    // A doubled backslash before an `n` may be either; nesting is not undone here.
    let countable = || memchr::memmem::find(before, b"\\\\").is_none();
    after.is_empty() || !countable() || lines(before) == lines(after)
}

/// Whether `serde_json`, which shares no code with our tokenizer, takes the record.
fn second_parser_takes(bytes: &[u8], tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    let mut deepest = 0;
    for token in tokens {
        match token.kind {
            Kind::ObjectStart | Kind::ArrayStart => depth += 1,
            Kind::ObjectEnd | Kind::ArrayEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest < MAX_SECOND_PARSER_DEPTH && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// The record as it stands, with escapes undone once, twice, …, with percent signs undone, and what its long runs
/// decode to.
fn readings(after: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut out = vec![Cow::Borrowed(after)];
    for depth in 0..MAX_DEPTH {
        let Some(next) = unescaped(&out[depth]) else { break };
        out.push(Cow::Owned(next));
    }
    let plain = out.len() - 1;
    let (percent, encoded) = (percent_decoded(&out[plain]), encoded_runs(&out[plain]));
    out.extend(percent.map(Cow::Owned));
    out.push(Cow::Owned(encoded));
    out
}

/// A value with every escape undone.
fn undone(raw: &[u8]) -> Vec<u8> {
    let mut value = raw.to_vec();
    for _ in 0..MAX_DEPTH {
        match unescaped(&value) {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

/// JSON escapes undone, wherever they stand; `None` if there is none.
fn unescaped(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'\\', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let (mut i, mut changed) = (0, false);
    let simple = |b: u8| match b {
        b'n' => Some(b'\n'),
        b't' => Some(b'\t'),
        b'r' => Some(b'\r'),
        b'b' => Some(8),
        b'f' => Some(12),
        b'"' | b'\\' | b'/' => Some(b),
        _ => None,
    };
    while let Some(step) = memchr::memchr(b'\\', &bytes[i..]) {
        out.extend_from_slice(&bytes[i..i + step]);
        i += step;
        let next = bytes.get(i + 1).copied();
        if let Some(byte) = next.and_then(simple) {
            out.push(byte);
            (i, changed) = (i + 2, true);
        } else if let Some(c) = next.filter(|&b| b == b'u').and_then(|_| code_point(&bytes[i + 2..])) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            (i, changed) = (i + 6, true);
        } else {
            out.push(b'\\');
            i += 1;
        }
    }
    out.extend_from_slice(&bytes[i..]);
    changed.then_some(out)
}

fn code_point(digits: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(digits.get(..4)?).ok()?;
    char::from_u32(u32::from_str_radix(text, 16).ok()?)
}

fn percent_decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'%', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(step) = memchr::memchr(b'%', &bytes[i..]) {
        out.extend_from_slice(&bytes[i..i + step]);
        i += step;
        let pair = bytes.get(i + 1..i + 3).and_then(hex_byte);
        out.push(pair.unwrap_or(b'%'));
        i += if pair.is_some() { 3 } else { 1 };
    }
    out.extend_from_slice(&bytes[i..]);
    Some(out)
}

fn hex_byte(pair: &[u8]) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).map(|digit| digit as u8);
    Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)
}

/// What the long base64 and hexadecimal runs of `bytes` decode to, each on a line of its own.
fn encoded_runs(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    each_run::<MIN_ENCODED>(bytes, &Nibbles::BASE64, |start, end| {
        let run = &bytes[start..end];
        if run.len().is_multiple_of(2) && run.iter().all(u8::is_ascii_hexdigit) {
            out.extend(run.chunks(2).filter_map(hex_byte));
            out.push(b'\n');
        }
        let standard = |&b: &u8| match b {
            b'-' => b'+',
            b'_' => b'/',
            _ => b,
        };
        // One character too many is no base64; the text before it may be.
        let whole = run.len() - usize::from(run.len() % 4 == 1);
        let standard: Vec<u8> = run[..whole].iter().map(standard).collect();
        let start = out.len();
        match BASE64.decode_vec(&standard, &mut out) {
            Ok(()) => out.push(b'\n'),
            Err(_) => out.truncate(start),
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_undo_what_wraps() {
        let wrapped = br#"{"a":"\\u0067hp\\n%2B Z2hwX0FBQUFBQUFBQUE= 6768705f4141414141414141"}"#;
        let readings = readings(wrapped);
        let has = |needle: &[u8]| readings.iter().any(|text| memchr::memmem::find(text, needle).is_some());
        assert!(has(b"ghp\n") && has(b"+ Z2hw") && has(b"ghp_AAAAAAAAAA") && has(b"ghp_AAAAAAAA"));
    }

    #[test]
    fn broken_or_changed_records_are_told() {
        let doubt = |before: &str, after: &str| same_structure(before.as_bytes(), after.as_bytes()).err();
        assert_eq!(doubt(r#"{"a":1}"#, r#"{"a":"1"}"#), None);
        assert_eq!(doubt(r#"{"a":"x"}"#, r#"{"a":"x}"#), Some(Doubt::Broken));
        assert_eq!(doubt(r#"{"a":"x"}"#, r#"{"a":"x","b":1}"#), Some(Doubt::Structure));
        assert_eq!(doubt(r#"{"a":true}"#, r#"{"a":null}"#), Some(Doubt::Structure));
        assert_eq!(doubt(r#"{"a":"x\ny"}"#, r#"{"a":"x"}"#), Some(Doubt::Lines));
        assert_eq!(doubt("x\ny", "x"), Some(Doubt::Lines));
    }
}
