//! Formats: the shape of a value as a template, `ghp_{b62:36}` or `{an:20}.{b64u:6}.{b64u:27-40}`.
//!
//! A template is literals and runs, nothing else: `{alphabet:n}`, `{alphabet:min-max}`, `{alphabet:min-}` and `{uuid}`,
//! which is short for five runs of hexadecimal digits and the dashes between them. A checksum is a run here; the rule
//! names the function that judges it. Shared with the build script, so it uses the standard library only.

use std::fmt;

/// A set of bytes that a run may consist of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alphabet {
    /// The name in templates.
    pub(crate) name: &'static str,
    /// One bit a byte value.
    bits: [u64; 4],
}

const DIGITS: &str = "0123456789";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Every alphabet that a template may name.
static ALPHABETS: &[Alphabet] = &[
    Alphabet::of("dig", &[DIGITS]),
    Alphabet::of("hex", &[DIGITS, "abcdef"]),
    Alphabet::of("HEX", &[DIGITS, "ABCDEF"]),
    Alphabet::of("hexa", &[DIGITS, "abcdefABCDEF"]),
    Alphabet::of("low", &[LOWER]),
    Alphabet::of("upp", &[UPPER]),
    Alphabet::of("alpha", &[LOWER, UPPER]),
    Alphabet::of("ld", &[LOWER, DIGITS]),
    Alphabet::of("UD", &[UPPER, DIGITS]),
    Alphabet::of("an", &[DIGITS, LOWER, UPPER]),
    Alphabet::of("b62", &[DIGITS, LOWER, UPPER]),
    Alphabet::of("w", &[DIGITS, LOWER, UPPER, "_"]),
    Alphabet::of("b64", &[DIGITS, LOWER, UPPER, "+/"]),
    Alphabet::of("b64p", &[DIGITS, LOWER, UPPER, "+/="]),
    Alphabet::of("b64u", &[DIGITS, LOWER, UPPER, "-_"]),
    Alphabet::of("b32", &[UPPER, "234567"]),
    Alphabet::of("b32l", &[LOWER, "234567"]),
    Alphabet::of("b58", &["123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"]),
    Alphabet::of("bech", &["023456789ACDEFGHJKLMNPQRSTUVWXYZ"]),
    Alphabet::of("bechl", &["023456789acdefghjklmnpqrstuvwxyz"]),
    Alphabet::of("bcr", &["./", DIGITS, LOWER, UPPER]),
    Alphabet::of("sfch", &[DIGITS, LOWER, UPPER, "._"]),
    Alphabet::of("azch", &[DIGITS, LOWER, UPPER, "_~.-"]),
    Alphabet::of("pct", &[DIGITS, LOWER, UPPER, "%"]),
    Alphabet::of("gr", &[DIGITS, LOWER, UPPER, "!#$%&*+-./:;<=>?@^_~"]),
];

impl Alphabet {
    const fn of(name: &'static str, sets: &[&str]) -> Self {
        let mut bits = [0_u64; 4];
        let mut i = 0;
        while i < sets.len() {
            let set = sets[i].as_bytes();
            let mut j = 0;
            while j < set.len() {
                bits[(set[j] >> 6) as usize] |= 1 << (set[j] & 63);
                j += 1;
            }
            i += 1;
        }
        Self { name, bits }
    }

    /// The alphabet of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        ALPHABETS.iter().find(|alphabet| alphabet.name == name).copied()
    }

    /// Whether a byte belongs to it.
    pub(crate) const fn contains(&self, byte: u8) -> bool {
        self.bits[(byte >> 6) as usize] >> (byte & 63) & 1 == 1
    }

    /// The table: bit `b & 63` of word `b >> 6` says whether byte `b` belongs to it.
    pub(crate) const fn bits(&self) -> [u64; 4] {
        self.bits
    }

    /// How many bytes of it stand at the start of `bytes`, counted up to `max`.
    pub(crate) fn run(&self, bytes: &[u8], max: usize) -> usize {
        bytes.iter().take(max).take_while(|&&b| self.contains(b)).count()
    }
}

impl fmt::Debug for Alphabet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// One part of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// These very bytes; never empty, and never followed by another literal.
    Literal(String),
    /// From `min` to `max` bytes of an alphabet; `max` is `usize::MAX` where the template gives no end.
    Run {
        /// What it consists of.
        alphabet: Alphabet,
        /// The least length.
        min: usize,
        /// The greatest length.
        max: usize,
    },
}

/// A template, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    /// At least one.
    pub(crate) parts: Vec<Part>,
}

impl Format {
    /// Parses a template.
    ///
    /// # Errors
    /// Says what is wrong: an unknown alphabet, a length that is none, a brace without its fellow.
    pub(crate) fn parse(template: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            push_literal(&mut parts, &rest[..open])?;
            let close = rest[open..].find('}').ok_or("a `{` without its `}`")? + open;
            push_run(&mut parts, &rest[open + 1..close])?;
            rest = &rest[close + 1..];
        }
        push_literal(&mut parts, rest)?;
        if parts.is_empty() {
            return Err("an empty template".to_owned());
        }
        Ok(Self { parts })
    }

    /// The literal that it starts with; empty if it starts with a run.
    pub(crate) fn anchor(&self) -> &str {
        match &self.parts[0] {
            Part::Literal(text) => text,
            Part::Run { .. } => "",
        }
    }

    /// Whether some literal of three bytes or more tells it from any other run of letters and digits.
    pub(crate) fn is_anchored(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Literal(text) if text.len() >= 3))
    }

    /// The least and the greatest length in bytes; the latter is `usize::MAX` where there is no end.
    pub(crate) fn length(&self) -> (usize, usize) {
        self.parts.iter().fold((0, 0_usize), |(least, most), part| match part {
            Part::Literal(text) => (least + text.len(), most.saturating_add(text.len())),
            Part::Run { min, max, .. } => (least + min, most.saturating_add(*max)),
        })
    }

    /// Where the value ends that starts at byte `start`, if it has this shape and ends there.
    ///
    /// Runs are greedy and give back only what a later part needs. A value ends where its last run's alphabet does: if
    /// more of it follows, a value of fixed length is no match, and one of a ranged length is a match to the end of
    /// the run if the format is anchored (sources often know too short a maximum), else none.
    pub(crate) fn match_at(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let end = match_parts(&self.parts, bytes, start)?;
        let Some(Part::Run { alphabet, min, max }) = self.parts.last() else {
            return Some(end);
        };
        let more = alphabet.run(bytes.get(end..)?, usize::MAX);
        match more {
            0 => Some(end),
            _ if min < max && self.is_anchored() => Some(end + more),
            _ => None,
        }
    }

    /// Whether a value may start at byte `start`, judged by the byte before it: it must not belong to the same word.
    ///
    /// The letter of an escape (`\n`, in text that is still escaped) belongs to no word.
    pub(crate) fn may_start(&self, bytes: &[u8], start: usize) -> bool {
        let Some(before) = start.checked_sub(1).map(|at| bytes[at]) else {
            return true;
        };
        let joined = match &self.parts[0] {
            Part::Literal(text) => {
                before.is_ascii_alphanumeric() && text.as_bytes()[0].is_ascii_alphanumeric()
            }
            Part::Run { alphabet, .. } => alphabet.contains(before) || before.is_ascii_alphanumeric(),
        };
        let escape = start >= 2 && bytes[start - 2] == b'\\' && matches!(before, b'n' | b't' | b'r');
        !joined || escape
    }
}

fn push_literal(parts: &mut Vec<Part>, text: &str) -> Result<(), String> {
    if text.contains('}') {
        return Err("a `}` without its `{`".to_owned());
    }
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Literal(before)) => before.push_str(text),
        _ => parts.push(Part::Literal(text.to_owned())),
    }
    Ok(())
}

fn push_run(parts: &mut Vec<Part>, inner: &str) -> Result<(), String> {
    if inner == "uuid" {
        return push_uuid(parts);
    }
    let (name, lengths) = inner.split_once(':').ok_or_else(|| format!("`{{{inner}}}` has no length"))?;
    let alphabet = Alphabet::from_name(name).ok_or_else(|| format!("unknown alphabet `{name}`"))?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is no length"));
    let (min, max) = match lengths.split_once('-') {
        None => (number(lengths)?, number(lengths)?),
        Some((min, "")) => (number(min)?, usize::MAX),
        Some((min, max)) => (number(min)?, number(max)?),
    };
    if max == 0 || min > max {
        return Err(format!("`{lengths}` is no length"));
    }
    parts.push(Part::Run { alphabet, min, max });
    Ok(())
}

fn push_uuid(parts: &mut Vec<Part>) -> Result<(), String> {
    for (index, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        push_literal(parts, if index == 0 { "" } else { "-" })?;
        push_run(parts, &format!("hexa:{length}"))?;
    }
    Ok(())
}

fn match_parts(parts: &[Part], bytes: &[u8], at: usize) -> Option<usize> {
    let Some((part, later)) = parts.split_first() else {
        return Some(at);
    };
    let rest = bytes.get(at..)?;
    match part {
        Part::Literal(text) => {
            rest.starts_with(text.as_bytes()).then(|| match_parts(later, bytes, at + text.len()))?
        }
        Part::Run { alphabet, min, max } => {
            let longest = alphabet.run(rest, *max);
            let shortest = if shares(alphabet, later) { *min } else { longest.max(*min) };
            (shortest..=longest).rev().find_map(|length| match_parts(later, bytes, at + length))
        }
    }
}

/// Whether the next part may start with a byte of `alphabet`, so that a run may have taken too much.
fn shares(alphabet: &Alphabet, later: &[Part]) -> bool {
    match later.first() {
        None => false,
        Some(Part::Literal(text)) => alphabet.contains(text.as_bytes()[0]),
        Some(Part::Run { .. }) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, Format, Part};

    fn ends(template: &str, text: &str) -> Option<usize> {
        Format::parse(template).unwrap().match_at(text.as_bytes(), 0)
    }

    #[test]
    fn parses_literals_and_runs() {
        let format = Format::parse("gl-{hex:4}.{an:2-}").unwrap();
        let run = |name, min, max| Part::Run { alphabet: Alphabet::from_name(name).unwrap(), min, max };
        let wanted = [
            Part::Literal("gl-".to_owned()),
            run("hex", 4, 4),
            Part::Literal(".".to_owned()),
            run("an", 2, usize::MAX),
        ];
        assert_eq!(format.parts, wanted);
        assert_eq!(format.anchor(), "gl-");
    }

    #[test]
    fn refuses_what_is_no_template() {
        for bad in
            ["", "a{hex}", "a{hex:}", "a{hex:0}", "a{hex:9-2}", "a{nope:3}", "a{hex:3", "a}", "{hex:-3}"]
        {
            assert!(Format::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn fixed_length_must_end_with_its_alphabet() {
        assert_eq!(ends("ab_{dig:4}", "ab_1234"), Some(7));
        assert_eq!(ends("ab_{dig:4}", "ab_1234 5"), Some(7));
        assert_eq!(ends("ab_{dig:4}", "ab_12345"), None);
        assert_eq!(ends("ab_{dig:4}", "ab_123"), None);
    }

    #[test]
    fn ranged_length_takes_the_whole_run_if_anchored() {
        assert_eq!(ends("ab_{dig:2-4}", "ab_123456-"), Some(9));
        assert_eq!(ends("{dig:2-4}", "123456"), None);
        assert_eq!(ends("{dig:2-4}", "123 "), Some(3));
    }

    #[test]
    fn runs_give_back_what_a_literal_needs() {
        assert_eq!(ends("sk-{an:2-9}T3B{an:2-9}", "sk-aaT3BT3Bbb"), Some(13));
        assert_eq!(ends("{an:3}T{an:2}", "aaTTbb"), Some(6));
        assert_eq!(ends("x{b64u:2-}AA", "xbbbAAAA"), Some(8));
    }

    #[test]
    fn uuid_is_of_either_case() {
        assert_eq!(ends("k-{uuid}", "k-0F8fad5b-d9cb-469f-a165-70867728950E"), Some(38));
        assert_eq!(ends("k-{uuid}", "k-0F8fad5b-d9cb-469f-a165-70867728950Ea"), None);
    }

    #[test]
    fn a_value_starts_a_word_or_follows_an_escape() {
        let format = Format::parse("ghp_{an:4}").unwrap();
        let at = |text: &str| format.may_start(text.as_bytes(), text.find("ghp_").unwrap());
        assert!(at("ghp_aaaa") && at("=ghp_aaaa") && at("\\nghp_aaaa"));
        assert!(!at("xghp_aaaa") && !at("nghp_aaaa"));
    }

    #[test]
    fn tables_hold_their_alphabet() {
        let b64u = Alphabet::from_name("b64u").unwrap();
        let members = (0..=u8::MAX).filter(|&b| b64u.contains(b)).count();
        assert_eq!(members, 64);
        assert_eq!(b64u.bits().iter().map(|w| w.count_ones()).sum::<u32>(), 64);
        for name in ["bech", "bechl"] {
            let members = (0..=u8::MAX).filter(|&b| Alphabet::from_name(name).unwrap().contains(b)).count();
            assert_eq!(members, 32);
        }
    }
}
