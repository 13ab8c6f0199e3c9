//! Where someone is: latitude and longitude with four decimals or more, behind their names or before `°`.

use super::super::{
    subject::{Hit, Hits, Subject},
    word,
};
use crate::detect::words::{WordSet, words};
use crate::rule::id;

/// Least decimals of a number that says where someone is: fewer are a town.
const DECIMALS: usize = 4;

/// How far behind its name a number may start, in bytes.
const REACH: usize = 8;

/// How far behind the first number the second may start, in bytes.
const APART: usize = 24;

/// Looks at the numbers behind a word for places, which is `at..end`.
pub(super) fn named(subject: &Subject<'_>, at: usize, end: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if !word::starts_word(bytes, at) {
        return;
    }
    let signs = |b: &u8| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'\\' | b':' | b'=' | b'[' | b'(' | b'\n');
    let from = end + bytes[end..].iter().take(REACH).take_while(|b| signs(b)).count();
    let first = number(bytes, from);
    if first == 0 {
        return;
    }
    push(from, from + first, hits);
    let between = |b: &u8| b.is_ascii_alphabetic() || signs(b) || matches!(b, b',' | b';' | b'_');
    let behind = from + first;
    let next = behind + bytes[behind..].iter().take(APART).take_while(|b| between(b)).count();
    let second = number(bytes, next);
    if second > 0 {
        push(next, next + second, hits);
    }
}

/// Looks at the number before the `°` at byte `at`.
pub(super) fn degrees(subject: &Subject<'_>, at: usize, _: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    let len = bytes[..at].iter().rev().take(14).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let start = at - len;
    if len > 0 && number(bytes, start) == len && word::starts_word(bytes, start) {
        push(start, at, hits);
    }
}

/// Looks at a text whose key may be a name for a place.
pub(super) fn keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    if subject.key.is_some_and(is_named) && number(text, 0) == text.len() {
        push(0, text.len(), hits);
    }
}

/// Whether a column or a key of that name holds degrees.
pub(super) fn is_named(name: &[u8]) -> bool {
    KEYS.has(name)
}

/// Adds the degrees that are all of `start..end`.
pub(super) fn cell(bytes: &[u8], (start, end): (usize, usize), hits: &mut Hits) {
    if number(bytes, start) == end - start {
        push(start, end, hits);
    }
}

fn push(start: usize, end: usize, hits: &mut Hits) {
    hits.push(Hit::new(id::IDENTITY_COORDINATES, start, end, "latitude or longitude"));
}

/// Length of the degrees at byte `at`: up to 180, with decimals enough; 0 if there are none.
fn number(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let minus = usize::from(rest.first() == Some(&b'-'));
    let digits = |from: usize| {
        rest.get(from..).unwrap_or_default().iter().take(18).take_while(|b| b.is_ascii_digit()).count()
    };
    let whole = digits(minus);
    let dot = minus + whole;
    let decimals = digits(dot + 1);
    let end = dot + 1 + decimals;
    let small = match rest.get(minus..dot) {
        Some([]) | None => false,
        Some([b'1', second, _]) => *second < b'8',
        Some(other) => other.len() < 3,
    };
    // `59.9139.0` is a version; `0.0001` a rate.
    let goes_on = rest.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        || rest.get(end) == Some(&b'.') && rest.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    let fits = small && rest.get(dot) == Some(&b'.') && (DECIMALS..17).contains(&decimals);
    let different = || rest[dot + 1..end].iter().any(|b| *b != rest[dot + 1]);
    if fits && !goes_on && different() { end } else { 0 }
}

/// Names for degrees; sorted.
static KEYS: WordSet =
    words!["lat", "latitude", "lng", "lon", "long", "longitude", "x_coordinate", "y_coordinate"];

#[cfg(test)]
mod tests {
    use super::super::{
        super::subject::Subject,
        tests::{hits, marked, plain},
    };
    use crate::rule::id;

    #[test]
    fn degrees_are_found_behind_their_names() {
        for (key, expected) in [
            (None, "It is at lat: «60.392991», lng: «5.324150», see there"),
            (None, "«60.39299»° N, «5.32415»° E and geo:«60.39299»,«5.32415»"),
            (None, "\"latitude\":«-33.868821»,\"longitude\":«151.209290»"),
            (None, "\"coordinates\": [«5.32415»,«60.39299»]"),
            (None, "name,lat,lng\nx,«60.392991»,«5.324150»\n"),
            (None, "the mast is at lat «-29.68412», lon «-53.80692»."),
            (None, "a flat 60.392991, lat 29.6, lon 53.8"),
            (Some(&b"lat"[..]), "«60.392991»"),
            (Some(b"rate"), "60.392991"),
            (None, "lat: 60.39, lng: 5.32; latitude: 0.0000; flat: 60.392991; lat: 260.392991"),
            (None, "latency=60.392991, geo: v1.2.3456.1, 45.1234 degrees, 20.5° N"),
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&Subject { key, ..plain(&text) });
            assert_eq!(marked(&text, &found, |hit| hit.rule == id::IDENTITY_COORDINATES), expected);
        }
    }
}
