//! Whether a value has the shape of a format, and where it ends.

use crate::rule::shape::{self, Piece, Set, Shape};

/// Where the value ends that starts at `start`, if it has this shape and ends with its word.
///
/// A last run of fixed length must end there, or go on in a word if a literal tells the format; a longer one than known is
/// taken whole if one does.
pub(super) fn match_at(shape: &Shape, bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = match_pieces(shape.pieces, bytes, start)?;
    if let Some(Piece::Run { set, min, max }) = shape.pieces.last() {
        if min == max && goes_on(set, bytes, end) {
            return is_telling(shape, end - start).then(|| end_of_glued(bytes, end));
        } else if min != max {
            let more = set.run(&bytes[end..], usize::MAX);
            if more > 0 && !shape.anchored {
                return None;
            }
            end += more;
            while end > start + shape.least as usize && is_stop(bytes[end - 1]) {
                end -= 1;
            }
        }
    }
    let glued =
        bytes[end - 1].is_ascii_alphanumeric() && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    match glued {
        true => is_telling(shape, end - start).then(|| end_of_glued(bytes, end)),
        false => Some(end),
    }
}

/// Whether the literal that a shape starts with is enough to tell it where a word is glued to its end: `ghp_`, `AKIA`, `hf_`.
fn is_telling(shape: &Shape, length: usize) -> bool {
    let Some(Piece::Literal(text)) = shape.pieces.first() else { return false };
    (text.len() >= 4 || text.len() == 3 && text.ends_with(b"_")) && length >= text.len() + 16
}

/// How much of a run behind a value is looked at, in bytes.
const LONGEST_TAIL: usize = 48;

/// The longest word that is told from the rest of a longer value, in bytes.
const WORD: usize = 24;

/// Where the value ends that has all of its format at `end` and goes on: there if a word or another value follows, as where
/// a file without a last line break is shown, else where its run ends.
fn end_of_glued(bytes: &[u8], end: usize) -> usize {
    let rest = &bytes[end..];
    let run = rest.iter().take(LONGEST_TAIL).take_while(|b| b.is_ascii_alphanumeric()).count();
    let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let word = letters > 0 && run <= WORD && rest[letters..run].iter().all(u8::is_ascii_digit);
    if word || starts_format(bytes, end) { end } else { end + run }
}

/// Whether a format that a literal tells has all of its pieces at byte `at`.
pub(super) fn starts_format(bytes: &[u8], at: usize) -> bool {
    let mut places =
        shape::keyed(&bytes[at..]).into_iter().flatten().copied().chain(shape::literals_at(&bytes[at..]));
    places.any(|place| {
        place.min == 0 && place.shape().anchored && match_pieces(place.shape().pieces, bytes, at).is_some()
    })
}

/// Whether a run goes on at `end`; the stop at the end of a sentence is no part of it.
fn goes_on(set: &Set, bytes: &[u8], end: usize) -> bool {
    let next = |at: usize| bytes.get(at).is_some_and(|&b| set.contains(b));
    next(end) && (!is_stop(bytes[end]) || next(end + 1))
}

fn is_stop(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b':' | b';' | b'?' | b'!')
}

pub(super) fn match_whole(shape: &Shape, value: &[u8]) -> bool {
    match_at(shape, value, 0) == Some(value.len())
}

fn match_pieces(pieces: &[Piece], bytes: &[u8], at: usize) -> Option<usize> {
    let Some((piece, later)) = pieces.split_first() else {
        return Some(at);
    };
    let rest = bytes.get(at..)?;
    match *piece {
        Piece::Literal(text) => {
            rest.starts_with(text).then(|| match_pieces(later, bytes, at + text.len()))?
        }
        Piece::Run { set, min, max } => {
            let longest = set.run(rest, max as usize);
            let shortest = match later.first() {
                Some(Piece::Literal(text)) if !set.contains(text[0]) => longest.max(min as usize),
                None => longest.max(min as usize),
                _ => min as usize,
            };
            (shortest..=longest).rev().find_map(|length| match_pieces(later, bytes, at + length))
        }
    }
}
