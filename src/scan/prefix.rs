//! Where a format may stand: one look into a table at the start of each word.

use super::{Candidate, Kind};
use crate::rule::shape::{Piece, Place, keyed, may_have_key};

/// A run this long after a key is taken for the format's.
const ENOUGH: usize = 8;
/// A run this long needs no more of the format.
const PLENTY: usize = 16;
/// Of a longer run no more is looked at.
const LONGEST: usize = 512;

/// Adds a candidate where a format may have its key: at the word that starts at `position`, or behind the letter of an
/// escape that it starts with.
#[inline]
pub(super) fn candidates(bytes: &[u8], position: usize, out: &mut Vec<Candidate>) {
    if may_have_key(&bytes[position..]) {
        candidate(bytes, position, out);
    }
    if position > 0 && may_end_in_letters(bytes[position - 1]) {
        let start = true_start(bytes, position);
        if start != position {
            candidate(bytes, start, out);
        }
    }
}

/// Whether an escape that ends in letters may start with this byte: see [`true_start`].
#[inline]
fn may_end_in_letters(byte: u8) -> bool {
    matches!(byte, b'\\' | b'%' | b'=' | b'[' | b';')
}

fn candidate(bytes: &[u8], at: usize, out: &mut Vec<Candidate>) {
    let Some(rest) = bytes.get(at..) else { return };
    let may_be = |place: &Place| match fit(*place, rest, PLENTY) {
        Fit::Good => true,
        Fit::Short { seen, cut, ends } => cut || seen >= ENOUGH && !ends,
        Fit::None => false,
    };
    if keyed(rest).into_iter().flatten().any(may_be) {
        out.push(Candidate { at, kind: Kind::Token });
    }
}

/// Where a word starts that may begin with the letters of an escape: of `\n`, `\u2192`, `\x1b`, `%3D`, or of a colour
/// code's end, `[31m`.
pub(crate) fn true_start(bytes: &[u8], position: usize) -> usize {
    let Some(before) = position.checked_sub(1) else {
        return position;
    };
    let rest = &bytes[position..];
    let hex = |from: usize, to: usize| {
        rest.get(from..to).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    position
        + match (bytes[before], rest.first()) {
            (b'\\', Some(b'u')) if hex(1, 5) => 5,
            (b'\\', Some(b'x')) if hex(1, 3) => 3,
            (b'\\', Some(b'0'..=b'7')) => run_of(rest, 3, |b| matches!(b, b'0'..=b'7')),
            (b'\\', Some(b'n' | b'r' | b't' | b'b' | b'f' | b'v' | b'a' | b'e')) => 1,
            (b'%', Some(_)) if hex(0, 2) => 2,
            (b'=', Some(b'3')) if rest.starts_with(b"3D") => 2,
            (b'[' | b';', Some(_)) => {
                let digits = run_of(rest, 3, |b| b.is_ascii_digit());
                if rest.get(digits) == Some(&b'm') { digits + 1 } else { 0 }
            }
            _ => 0,
        }
}

/// Whether what starts at byte `start` follows the letters of an escape, so that these are no part of its word.
pub(crate) fn follows_escape(bytes: &[u8], start: usize) -> bool {
    (1..=5).any(|letters| start > letters && true_start(bytes, start - letters) == start)
}

fn run_of(bytes: &[u8], max: usize, like: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take(max).take_while(|&&b| like(b)).count()
}

/// Whether the whole of a format stands around byte `at`, which is the place's.
pub(super) fn is_there(place: Place, bytes: &[u8], at: usize) -> bool {
    (usize::from(place.min)..=usize::from(place.max)).any(|before| {
        at >= before && fit(Place { min: 0, max: 0, ..place }, &bytes[at - before..], usize::MAX) == Fit::Good
    })
}

/// How well what stands at a place in a format fits it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Not at all.
    None,
    /// A run is too short.
    Short {
        /// How many bytes of runs were right.
        seen: usize,
        /// Whether it may go on behind something that is no part of it.
        cut: bool,
        /// Whether it may not, however it is read.
        ends: bool,
    },
    /// As far as was looked.
    Good,
}

/// Compares the bytes from a place in a format on, until `plenty` bytes of runs were right.
fn fit(place: Place, rest: &[u8], plenty: usize) -> Fit {
    let mut before = usize::from(place.min);
    let (mut at, mut seen) = (0, 0);
    for piece in place.shape().pieces {
        let least = match piece {
            Piece::Literal(text) => text.len(),
            Piece::Run { min, .. } => *min as usize,
        };
        if before >= least {
            before -= least;
            continue;
        }
        let rest = &rest[at..];
        match piece {
            Piece::Literal(text) if !rest.starts_with(&text[before..]) => return Fit::None,
            Piece::Literal(text) => at += text.len() - before,
            Piece::Run { set, min, max } => {
                let run = set.run(rest, (*max as usize).min(LONGEST));
                seen += run;
                if run < (*min as usize).min(LONGEST) {
                    let next = rest.get(run);
                    return Fit::Short { seen, cut: is_cut(next) && at >= ENOUGH, ends: ends(next) };
                }
                if seen >= plenty || plenty == PLENTY && min != max {
                    return Fit::Good;
                }
                at += run;
            }
        }
        before = 0;
    }
    Fit::Good
}

/// Whether nothing goes on behind this byte, in no view of a text: a bracket, what ends a statement or its parts.
fn ends(byte: Option<&u8>) -> bool {
    byte.is_some_and(|b| b"(){}],;:!?#$@".contains(b))
}

/// Whether a run that is too short may go on behind this byte: a line break, an escape, a character without width.
fn is_cut(byte: Option<&u8>) -> bool {
    byte.is_some_and(|b| matches!(b, b'\\' | b'\n' | b'\r' | 0x1b | 0x80..))
}
