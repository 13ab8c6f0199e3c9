//! Lines that recur are judged once: those that stay when a text is read again without its code, or searched again after
//! its redaction, and those of a file that is shown more than once.

use super::line::Verdict;
use foldhash::fast::FixedState;
use std::{cell::RefCell, hash::BuildHasher};

/// What a line is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// The length of what stands before its content and stays, in bytes, if anything does.
    pub(super) prefix: Option<usize>,
    /// The language that the prefix tells.
    pub(super) language: &'static str,
    /// What the content is.
    pub(super) verdict: Verdict,
}

/// Number of places for lines. What falls on a taken place takes it over.
const PLACES: usize = 1 << 12;

/// The longest line that is remembered, in bytes.
const LONGEST: usize = 2048;

/// A line that was judged.
struct Place {
    hash: u64,
    line: Box<[u8]>,
    judged: Judged,
}

thread_local! {
    static PLACES_OF_LINES: RefCell<Vec<Option<Place>>> = const { RefCell::new(Vec::new()) };
}

/// What `judge` says of a line, or said of one that was the same; it must look at nothing else.
pub(super) fn judged(line: &[u8], judge: impl FnOnce(&[u8]) -> Judged) -> Judged {
    if line.len() > LONGEST {
        return judge(line);
    }
    let hash = FixedState::default().hash_one(line);
    let place = (hash % PLACES as u64) as usize;
    let known = PLACES_OF_LINES.with_borrow(|places| {
        let known = places.get(place)?.as_ref()?;
        (known.hash == hash && *known.line == *line).then_some(known.judged)
    });
    known.unwrap_or_else(|| {
        let judged = judge(line);
        PLACES_OF_LINES.with_borrow_mut(|places| {
            if places.is_empty() {
                places.resize_with(PLACES, || None);
            }
            places[place] = Some(Place { hash, line: line.into(), judged });
        });
        judged
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_again_by_all_of_its_bytes() {
        let said = |line: &str, verdict| {
            judged(line.as_bytes(), |_| Judged { prefix: None, language: "", verdict }).verdict
        };
        let long = "x".repeat(LONGEST + 1);
        for (line, verdict, wanted) in [
            ("a line", Verdict::Code, Verdict::Code),
            ("a line", Verdict::Stay, Verdict::Code),
            ("a linf", Verdict::Stay, Verdict::Stay),
            (&long, Verdict::Code, Verdict::Code),
            (&long, Verdict::Stay, Verdict::Stay),
        ] {
            assert_eq!(said(line, verdict), wanted, "{} bytes", line.len());
        }
    }
}
