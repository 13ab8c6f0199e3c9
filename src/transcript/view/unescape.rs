//! JSON string escapes undone: `\n`, `\/`, `\u0067`, surrogate pairs; lone surrogates and broken escapes too.

use super::{Builder, History, How, Map, Piece, View};
use crate::simd;
use std::borrow::Cow;

/// The text of a JSON string whose content, without the quotes, is `raw` and starts at byte `start` of its record.
///
/// Bytes that are no valid escape stand for themselves, so that torn strings and plain text can be decoded too. A lone
/// surrogate becomes U+FFFD, and a line that ends as Windows ends it ends in `\n` alone, behind which both bytes stand.
#[must_use]
pub fn unescape(raw: &[u8], start: usize) -> View<'_> {
    // Text of JSON has line breaks as escapes only.
    match memchr::memchr(b'\r', raw) {
        None => unescape_at(raw, start, || simd::places(b'\\', raw)),
        Some(_) => unescape_at(raw, start, || memchr::memchr2_iter(b'\\', b'\r', raw)),
    }
}

/// The same, with the places where an escape or a line break may start.
fn unescape_at<I: Iterator<Item = usize>>(raw: &[u8], start: usize, places: impl Fn() -> I) -> View<'_> {
    let escapes = places().count();
    if escapes == 0 {
        return View::identity(raw, start);
    }
    let (mut out, mut pieces) = (Vec::with_capacity(raw.len()), Vec::with_capacity(2 * escapes + 1));
    let (mut from, mut plain) = (0, true);
    let copy = |out: &mut Vec<u8>, pieces: &mut Vec<Piece>, from: usize, to: usize| {
        if from < to {
            pieces.push(Piece { at: out.len(), source: start + from, source_len: to - from, how: How::Copy });
            out.extend_from_slice(&raw[from..to]);
        }
    };
    for at in places() {
        if at < from {
            continue;
        }
        let Some((decoded, len)) = escape(&raw[at..]) else { continue };
        plain &= raw[at] != b'\\' || raw[at + 1] != b'u';
        copy(&mut out, &mut pieces, from, at);
        pieces.push(Piece { at: out.len(), source: start + at, source_len: len, how: How::Block });
        match u8::try_from(decoded) {
            Ok(byte @ ..0x80) => out.push(byte),
            _ => out.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        from = at + len;
    }
    copy(&mut out, &mut pieces, from, raw.len());
    let history = History { depth: 1, plain, ..History::default() };
    View { bytes: Cow::Owned(out), map: Map::Pieces(pieces), history }
}

/// The same over a view: a JSON string inside a text.
#[must_use]
pub(crate) fn unescape_view(parent: &View<'_>) -> View<'static> {
    let bytes = parent.bytes();
    let mut out = Builder::new(parent, bytes.len());
    let (mut from, mut at) = (0, 0);
    while let Some(step) = memchr::memchr(b'\\', &bytes[at..]) {
        at += step;
        let Some((decoded, len)) = escape(&bytes[at..]) else {
            at += 1;
            continue;
        };
        out.copy(from, at);
        out.block(at, at + len, decoded.encode_utf8(&mut [0; 4]).as_bytes());
        at += len;
        from = at;
    }
    out.copy(from, bytes.len());
    // A text of its own: nothing of it was searched before.
    out.finish().all_new()
}

/// The character that the escape at the start of `bytes`, or the line break there, stands for, and its length.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let plain = |c| Some((c, 2));
    if bytes[0] == b'\r' {
        return (bytes.get(1)? == &b'\n').then_some(('\n', 2));
    }
    match bytes.get(1)? {
        b'"' => plain('"'),
        b'\\' => plain('\\'),
        b'/' => plain('/'),
        b'b' => plain('\u{8}'),
        b'f' => plain('\u{c}'),
        b'n' => plain('\n'),
        b'r' if bytes[2..].starts_with(b"\\n") => Some(('\n', 4)),
        b'r' => plain('\r'),
        b't' => plain('\t'),
        b'u' => unicode(bytes),
        _ => None,
    }
}

fn unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(bytes)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 6));
    }
    let second = code_unit(&bytes[6..]).filter(|s| first < 0xdc00 && (0xdc00..0xe000).contains(s));
    match second {
        Some(low) => Some((char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00))?, 12)),
        None => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

/// The code unit of a `\uXXXX` at the start of `bytes`.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(..6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, &b| Some(unit << 4 | char::from(b).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use proptest::prelude::*;

    #[test]
    fn lone_surrogates_and_broken_escapes_do_no_harm() {
        let view = unescape(br"a\ud83d b\ud83d\ude00c\x\u12", 0);
        assert_eq!(view.bytes(), "a\u{fffd} b\u{1f600}c\\x\\u12".as_bytes());
    }

    #[test]
    fn lines_of_windows_end_as_others_do() {
        let escaped = unescape(br"a\r\nb\rc\\r\n", 5);
        assert_eq!(escaped.bytes(), b"a\nb\rc\\r\n");
        assert_eq!(escaped.raw(Span::new(0, 3)), [Span::new(5, 6), Span::new(10, 11)]);
        assert_eq!(escaped.raw(Span::new(2, 3)), [Span::new(10, 11)]);
        let plain = unescape(b"a\r\nb\rc\r", 0);
        assert_eq!(plain.bytes(), b"a\nb\rc\r");
        assert_eq!(plain.raw(Span::new(0, 3)), [Span::new(0, 1), Span::new(3, 4)]);
    }

    proptest! {
        #[test]
        fn raw_bytes_are_read_as_a_view_of_them_is(raw in r#"([a-z ]|\\\\|\\n|\\"|\\u00e9|\\ud83d(\\ude00)?|\\|é){0,12}x"#) {
            let (direct, over) = (unescape(raw.as_bytes(), 7), unescape_view(&View::identity(raw.as_bytes(), 7)));
            prop_assert_eq!(direct.bytes(), over.bytes());
            prop_assert_eq!(&direct.map, &over.map);
        }

        #[test]
        fn undoes_what_serde_json_escapes(text in any::<String>()) {
            let quoted = serde_json::to_string(&text).unwrap();
            let raw = &quoted.as_bytes()[1..quoted.len() - 1];
            let view = unescape(raw, 0);
            let lines = text.replace("\r\n", "\n");
            prop_assert_eq!(view.bytes(), lines.as_bytes());
        }
    }
}
