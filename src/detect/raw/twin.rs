//! The second of two equal texts: Claude Code notes what a tool printed twice in one record, for the model and for itself.
//! What the quick look says of the first it would say of the second.

use crate::{detect::probe, scan::Candidate};
use memchr::memmem::{self, Finder};
use std::{ops::Range, sync::LazyLock};

/// What stands before the second text.
const RESULT: &[u8] = b"\"toolUseResult\":";
/// What stands before a text under a key.
const OPENING: &[u8] = b":\"";
/// How far behind [`RESULT`] the second text starts, and how many texts there are tried.
const LEAD: usize = 4096;
const TRIED: usize = 4;
/// How many bytes tell a text from others.
const SAMPLE: usize = 48;
/// How much of the start of a text depends on what stands before it, and how much of its end on what stands behind: more
/// than any look at a candidate takes in.
const HEAD: usize = 1024;
const TAIL: usize = 1536;
/// The shortest text that is worth it.
const LEAST: usize = HEAD + TAIL + 1024;

/// Two equal texts of a record.
pub(super) struct Twin {
    first: usize,
    second: usize,
    len: usize,
}

impl Twin {
    /// Those of `record`, raw, if there are any.
    pub(super) fn of(record: &[u8]) -> Option<Self> {
        if record.len() < 2 * LEAST {
            return None;
        }
        static RESULTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(RESULT));
        static OPENINGS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(OPENING));
        let result = RESULTS.find(record)?;
        OPENINGS
            .find_iter(&record[result..record.len().min(result + LEAD)])
            .take(TRIED)
            .find_map(|at| Self::at(record, result, result + at + OPENING.len()))
    }

    /// The text at byte `second`, behind `result`, if one before that is equal.
    fn at(record: &[u8], result: usize, second: usize) -> Option<Self> {
        let opened = &record[second - OPENING.len()..];
        let sample = opened.get(..OPENING.len() + SAMPLE)?;
        let room = probe::next_quote(record, second) - second;
        if room < LEAST {
            return None;
        }
        let first = memmem::find(&record[..result], sample)? + OPENING.len();
        let room = room.min(result - first);
        let len = common(&record[first..first + room], &record[second..second + room]);
        (len >= LEAST).then_some(Self { first, second, len })
    }

    /// The bytes of the second text of which nothing need be asked.
    pub(super) fn spared(&self) -> Range<usize> {
        self.second + HEAD..self.second + self.len - TAIL
    }

    /// Adds to `candidates`, which are sorted, those of the bytes `spared`: what they are in the first text.
    pub(super) fn add_candidates(&self, spared: &Range<usize>, candidates: &mut Vec<Candidate>) {
        let shift = self.second - self.first;
        let place = |at: usize| candidates.partition_point(|candidate| candidate.at < at);
        let (from, to, place) = (place(spared.start - shift), place(spared.end - shift), place(spared.start));
        let spared: Vec<Candidate> =
            candidates[from..to].iter().map(|c| Candidate { at: c.at + shift, ..*c }).collect();
        candidates.splice(place..place, spared);
    }

    /// Adds to `hot` a place in the second text if there is one in the first.
    pub(super) fn add_hot(&self, hot: &mut Vec<usize>) {
        let first = self.first..self.first + self.len;
        if hot.iter().any(|at| first.contains(at)) {
            hot.push(self.second + HEAD);
        }
    }
}

/// How many bytes two texts of the same length have in common at their start.
fn common(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 256;
    let whole = a.chunks(STEP).zip(b.chunks(STEP)).take_while(|(a, b)| a == b).count() * STEP;
    let whole = whole.min(a.len());
    whole + a[whole..].iter().zip(&b[whole..]).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Kinds, Scanner, Signs};
    use proptest::prelude::*;

    /// A record in which one text stands, and another as what a tool printed.
    fn record(first: &str, second: &str) -> Vec<u8> {
        let block = serde_json::json!([{"tool_use_id": "toolu_01", "type": "tool_result", "content": first}]);
        let first =
            serde_json::json!({"type": "user", "message": {"role": "user", "content": block}}).to_string();
        let second = serde_json::json!({"stdout": second, "stderr": "", "interrupted": false});
        format!("{},\"toolUseResult\":{second},\"z\":1}}", first.trim_end_matches('}').to_owned() + "}")
            .into_bytes()
    }

    #[test]
    fn the_second_of_two_equal_texts_is_spared_but_for_its_ends() {
        let text = "a line \"in\" quotes\n".repeat(600);
        let bytes = record(&text, &text);
        let twin = Twin::of(&bytes).unwrap();
        let raw = |at: usize| &bytes[at..at + twin.len];
        assert_eq!(raw(twin.first), raw(twin.second));
        assert_eq!([twin.first, twin.second].map(|at| bytes[at - 1]), [b'"'; 2]);
        assert_eq!(bytes[twin.second + twin.len], b'"');
        assert_eq!(twin.spared().len(), twin.len - HEAD - TAIL);
    }

    #[test]
    fn what_is_short_or_differs_is_not() {
        let text = "a line \"in\" quotes\n".repeat(600);
        let short = "a line \"in\" quotes\n".repeat(120);
        for (first, second) in [(&short, &short), (&text, &format!("x{text}")), (&text, &String::new())] {
            assert!(Twin::of(&record(first, second)).is_none());
        }
        let differs = format!("{}x{}", &text[..7_000], &text[7_001..]);
        let twin = Twin::of(&record(&text, &differs)).unwrap();
        assert!((7_000..9_000).contains(&twin.len), "{}", twin.len);
    }

    #[test]
    fn a_place_in_the_first_is_one_in_the_second() {
        let text = "a line\n".repeat(1_000);
        let bytes = record(&text, &text);
        let twin = Twin::of(&bytes).unwrap();
        for (at, wanted) in [
            (twin.first, true),
            (twin.first + twin.len - 1, true),
            (twin.first - 1, false),
            (twin.second, false),
        ] {
            let mut hot = vec![at];
            twin.add_hot(&mut hot);
            assert_eq!(hot.get(1).is_some(), wanted, "{at}");
            assert!(hot.iter().skip(1).all(|at| (twin.second..twin.second + twin.len).contains(at)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn candidates_are_those_of_a_look_at_all(parts in prop::collection::vec("password=[a-z0-9]{8}|[ -~]{0,40}|\n|[A-Za-z0-9+/]{20,90}|https://a:b@c.d/|\\\\u00e9|\"|\t+", 600..900)) {
            let text = parts.concat();
            let bytes = record(&text, &text);
            let scanner = Scanner::new(Kinds::SECRETS);
            let (mut signs, mut all, mut most) = (Signs::default(), Vec::new(), Vec::new());
            scanner.scan_raw(&bytes, 0..0, &mut signs, &mut all);
            if let Some(twin) = Twin::of(&bytes) {
                scanner.scan_raw(&bytes, twin.spared(), &mut signs, &mut most);
                prop_assert!(signs.spared.len() + 2 * 64 >= twin.spared().len());
                twin.add_candidates(&signs.spared, &mut most);
                prop_assert_eq!(most, all);
            } else {
                prop_assert!(bytes.len() < 4 * LEAST, "{}", bytes.len());
            }
        }
    }
}
