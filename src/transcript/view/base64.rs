//! Base64 and base64url of text: a view of the text, of which the whole blob is behind every byte.

use super::{View, class, plain};
use crate::span::Span;

/// The shortest blob that is decoded, in characters: twelve bytes of text.
pub(super) const LEAST: usize = 16;

/// How many characters are decoded to see whether a blob is one of text.
const SAMPLE: usize = 32;

/// What is no text though it starts as such.
const NO_TEXT: &[&[u8]] = &[b"%PDF-"];

/// Decodes the blob that `start..end` of the view, a stretch of base64 characters, is or holds.
pub(super) fn decode(view: &View<'_>, start: usize, end: usize, out: &mut Vec<View<'static>>) {
    let bytes = view.bytes();
    let run = &bytes[start..end];
    let Some(first) = text_start(run) else { return };
    let decoded = decode_all(&run[first..]);
    if NO_TEXT.iter().any(|magic| decoded.starts_with(magic)) {
        return;
    }
    let padding = bytes[end..].iter().take(2).take_while(|&&b| b == b'=').count();
    let whole = Span::new(start + first, end + padding);
    if let Some(text) = plain::text(decoded) {
        out.push(view.opaque(&[whole], text));
    }
}

/// Where in `run` characters start that decode to text. A blob may be cut off at its head, or be preceded by a word.
fn text_start(run: &[u8]) -> Option<usize> {
    let sample = |from: usize| {
        let sample = run.get(from..)?;
        (sample.len() >= LEAST && may_start_text(sample))
            .then(|| Sample::of(&sample[..sample.len().min(SAMPLE)]))
    };
    let low = |&from: &usize| run.get(from).is_some_and(|&first| VALUES[usize::from(first)] & 0x20 == 0);
    let ascii = |&from: &usize| {
        run.get(from..).is_some_and(starts_in_ascii)
            && sample(from).is_some_and(|text| text.bytes().is_ascii() && plain::is_text(text.bytes()))
    };
    let text = |&from: &usize| sample(from).is_some_and(|text| plain::is_text(text.bytes()));
    let after_separator = |&at: &usize| matches!(run[at - 1], b'/' | b'-' | b'_' | b'+');
    let middle = run.len() / 2;
    let middle = if run.len() > 4 * SAMPLE { middle..middle + 4 } else { 0..0 };
    let parts = (1..run.len().min(2 * SAMPLE)).filter(after_separator);
    std::iter::once(0)
        .chain(parts)
        .chain(1..4)
        .filter(low)
        .find(ascii)
        .or_else(|| (0..4).find(text))
        .or_else(|| middle.into_iter().filter(low).find(ascii))
}

/// Whether the first six bytes that characters stand for leave it possible that they are text: what is none is mostly told
/// by these. Text in UTF-16 has a zero among them.
fn may_start_text(characters: &[u8]) -> bool {
    let Some((eight, _)) = characters.split_first_chunk::<8>() else { return true };
    let ([_, a, b, c], [_, d, e, f]) = (decode_quad(&eight[..4]), decode_quad(&eight[4..]));
    let six = [a, b, c, d, e, f];
    six.contains(&0)
        || !six.iter().any(|&b| plain::is_control(b))
            && std::str::from_utf8(&six).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Whether the bytes that the first [`LEAST`] characters stand for are ASCII: each by its highest bit.
fn starts_in_ascii(characters: &[u8]) -> bool {
    let ascii = |&[a, b, c, _]: &[u8; 4]| {
        let [a, b, c] = [a, b, c].map(|character| VALUES[usize::from(character)]);
        (a & 0x20) | (b & 0x08) | (c & 0x02) == 0
    };
    characters.get(..LEAST).is_some_and(|characters| characters.as_chunks().0.iter().all(ascii))
}

/// The first few bytes that base64 characters stand for.
struct Sample {
    bytes: [u8; SAMPLE],
    len: usize,
}

impl Sample {
    /// Of `SAMPLE` characters at most.
    fn of(characters: &[u8]) -> Self {
        let mut sample = Self { bytes: [0; SAMPLE], len: 0 };
        for quad in characters.chunks(4) {
            let decoded = decode_quad(quad);
            sample.bytes[sample.len..sample.len + 3].copy_from_slice(&decoded[1..]);
            sample.len += quad.len() - 1;
        }
        sample
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// A zero and the three bytes that up to four characters stand for.
fn decode_quad(quad: &[u8]) -> [u8; 4] {
    let bits = quad.iter().fold(0, |bits, &b| bits << 6 | u32::from(VALUES[b as usize]));
    (bits << (6 * (4 - quad.len()))).to_be_bytes()
}

/// The bytes that base64 characters stand for; a rest of one character stands for none.
fn decode_all(characters: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(characters.len() / 4 * 3 + 3);
    for quad in characters.chunks(4) {
        out.extend_from_slice(&decode_quad(quad)[1..quad.len()]);
    }
    out
}

/// The value of each character of either alphabet.
static VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [0; 256];
    let mut i = 0;
    while i < 64 {
        values[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values
}

/// Decodes every blob of the view that is new in it.
pub(crate) fn decode_new(view: &View<'_>, out: &mut Vec<View<'static>>) {
    class::each_run::<LEAST>(view.bytes(), |start, end| {
        if view.is_new(start, end) {
            super::hex::decode(view, start, end, out);
            super::base32::decode(view, start, end, out);
            decode(view, start, end, out);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::base64::prelude::*;

    fn views(text: &str) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        decode_new(&View::identity(text.as_bytes(), 0), &mut out);
        out.iter().map(|v| v.bytes().to_vec()).collect()
    }

    #[test]
    fn decodes_text_in_both_alphabets_with_and_without_padding() {
        let secret = "token=ghp_??>>~~synthetic";
        for encoded in [
            BASE64_STANDARD.encode(secret),
            BASE64_URL_SAFE.encode(secret),
            BASE64_URL_SAFE_NO_PAD.encode(secret),
            format!("data/{}", BASE64_STANDARD.encode(secret)),
            format!("\"{}\"", BASE64_STANDARD_NO_PAD.encode(secret)),
        ] {
            assert_eq!(views(&format!("x: {encoded} y")), [secret.as_bytes()], "{encoded}");
        }
    }

    #[test]
    fn replaces_the_blob_with_its_padding() {
        let text = format!("x={} y", BASE64_STANDARD.encode("some text of no weight"));
        let mut out = Vec::new();
        decode_new(&View::identity(text.as_bytes(), 0), &mut out);
        assert_eq!(out[0].raw(Span::new(3, 5)), [Span::new(2, text.len() - 2)]);
    }

    proptest::proptest! {
        #[test]
        fn ascii_is_told_by_three_bits_of_four(run in "[A-Za-z0-9+/_-]{0,6}|[A-Fa-f0-5]{8,20}|[A-Z]{13,17}[g-z]?") {
            let first = run.as_bytes().get(..LEAST);
            let expected = first.is_some_and(|first| decode_all(first).is_ascii());
            proptest::prop_assert_eq!(starts_in_ascii(run.as_bytes()), expected);
        }
    }

    #[test]
    fn leaves_what_is_no_text() {
        let noise: Vec<u8> = (0..200u32).map(|i| (i * i * 31 + i * 7) as u8).collect();
        assert!(views(&BASE64_STANDARD.encode(noise)).is_empty());
        assert!(views("handleSubmitButtonClicked aVeryLongIdentifierInCamelCase").is_empty());
        assert!(views(&BASE64_STANDARD.encode(b"%PDF-1.7\nsome text that follows")).is_empty());
    }
}
