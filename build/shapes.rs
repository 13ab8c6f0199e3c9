//! Makes the tables of `src/rule/shape.rs`.

use crate::format::{Alphabet, Format, Part};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// From a key on, a format has at least this many token characters in a row; the scan looks at no shorter words.
const WORD: usize = 16;
/// The least length of a run that a format without a key may be found by.
const RUN: usize = 20;
/// The most by which the length of such a run, and of what stands before a key, may differ.
const STRETCH: usize = 64;
/// How many keys a format may take when a set stands in one.
const KEYS_AT_MOST: usize = 4096;
/// Stands for no place of a byte. As in `src/rule/shape.rs`.
const NOWHERE: i16 = i16::MAX;
/// Keys with the same hash but for so many of its lowest bits stand together. As in `src/rule/shape.rs`.
const KEY_SHIFT: usize = 3;

/// A rule's formats and words.
pub(crate) struct Source<'a> {
    /// The rule's place in the table.
    pub(crate) rule: usize,
    /// Its templates.
    pub(crate) formats: &'a [String],
    /// Its words.
    pub(crate) keywords: &'a [String],
}

/// Where a key stands in a format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    shape: usize,
    min: usize,
    max: usize,
}

/// Formats that have a run of one length, by what [`tell`] says of them.
type Row = BTreeMap<Option<(i16, u8)>, BTreeSet<Place>>;

/// The tables of all rules.
#[derive(Default)]
pub(crate) struct Tables {
    shapes: Vec<String>,
    sets: Vec<(&'static str, [u64; 4])>,
    keys: BTreeMap<u32, BTreeSet<Place>>,
    /// By the length of a run and by the literal that tells its format from others, see [`tell`].
    lengths: BTreeMap<usize, Row>,
    literals: BTreeSet<(String, Place)>,
    contextual: BTreeSet<(usize, usize, usize)>,
    words: BTreeSet<String>,
}

/// The tables for these rules.
pub(crate) fn tables(sources: &[Source<'_>]) -> Result<Tables, String> {
    let mut tables = Tables::default();
    for source in sources {
        for template in source.formats {
            let format = Format::parse(template).map_err(|e| format!("{template}: {e}"))?;
            tables.add(source, &format).map_err(|e| format!("{template}: {e}"))?;
        }
    }
    Ok(tables)
}

impl Tables {
    fn add(&mut self, source: &Source<'_>, format: &Format) -> Result<(), String> {
        let shape = self.shapes.len();
        let pieces: Vec<String> = format.parts.iter().map(|part| self.piece(part)).collect();
        let (least, most) = format.length();
        let anchored = format.is_anchored();
        let rule = source.rule;
        self.shapes.push(format!(
            "Shape {{ rule: RuleId({rule}), pieces: &[{}], least: {least}, anchored: {anchored} }}",
            pieces.join(", ")
        ));
        let needs_word = !source.keywords.is_empty();
        self.words.extend(source.keywords.iter().map(|word| word.to_lowercase()));
        if self.by_key(shape, format) {
            return Ok(());
        }
        if needs_word {
            self.contextual.insert((least, most.min(u32::MAX as usize), shape));
            return Ok(());
        }
        let found = self.by_length(shape, format) || self.by_literal(shape, format);
        found.then_some(()).ok_or_else(|| "no key, no run, no word to find it by".to_owned())
    }

    fn piece(&mut self, part: &Part) -> String {
        match part {
            Part::Literal(text) => format!("Piece::Literal(&{:?})", text.as_bytes()),
            Part::Run { alphabet, min, max } => {
                let set = self.set(*alphabet);
                let max = u32::try_from(*max).unwrap_or(u32::MAX);
                format!("Piece::Run {{ set: &SETS[{set}], min: {min}, max: {max} }}")
            }
        }
    }

    fn set(&mut self, alphabet: Alphabet) -> usize {
        let found = self.sets.iter().position(|(name, _)| *name == alphabet.name);
        found.unwrap_or_else(|| {
            self.sets.push((alphabet.name, alphabet.bits()));
            self.sets.len() - 1
        })
    }

    /// The first good key of the format; a longer literal is better.
    fn by_key(&mut self, shape: usize, format: &Format) -> bool {
        let bytes = Letter::all(format);
        let starts: Vec<usize> = (0..bytes.len()).filter(|&at| starts_word(&bytes, at)).collect();
        for literal in [4, 3, 2] {
            for &at in &starts {
                let key = &bytes[at..(at + if literal == 4 { 4 } else { 3 }).min(bytes.len())];
                let known = key.iter().take_while(|letter| letter.is_literal()).count();
                if known >= literal && !is_common(key) && self.add_keys(shape, &bytes, at, key) {
                    return true;
                }
            }
        }
        self.few_digits(shape, &bytes)
    }

    /// `u{dig:6-8}-…`: one literal and two of a small set.
    fn few_digits(&mut self, shape: usize, bytes: &[Letter]) -> bool {
        let few = starts_word(bytes, 0) && bytes[1..3].iter().all(|b| b.set.len() <= 10);
        few && self.add_keys(shape, bytes, 0, &bytes[..3])
    }

    fn add_keys(&mut self, shape: usize, bytes: &[Letter], at: usize, key: &[Letter]) -> bool {
        let count: usize = key.iter().map(|letter| letter.set.len()).product();
        let place = place(shape, bytes, at);
        let (true, Some(place)) = (count <= KEYS_AT_MOST && key.len() >= 3, place) else {
            return false;
        };
        let mut values = vec![0_u32];
        for (i, letter) in key.iter().enumerate() {
            values = values
                .iter()
                .flat_map(|value| letter.set.iter().map(move |&b| value | u32::from(b) << (8 * i)))
                .collect();
        }
        for value in values {
            self.keys.entry(value).or_default().insert(place);
        }
        true
    }

    /// A literal with a sign in it that text seldom has: of three bytes or more, or of two with a rare sign.
    fn by_literal(&mut self, shape: usize, format: &Format) -> bool {
        let mut before = (0, 0);
        for part in &format.parts {
            match part {
                Part::Literal(text) if is_telling(text) => {
                    let place = Place { shape, min: before.0, max: before.1 };
                    self.literals.insert((text.clone(), place));
                    return true;
                }
                Part::Literal(text) => before = (before.0 + text.len(), before.1 + text.len()),
                Part::Run { min, max, .. } => {
                    before = (before.0 + min, before.1.saturating_add(*max).min(9999))
                }
            }
        }
        false
    }

    /// The first run of token characters of fixed length.
    fn by_length(&mut self, shape: usize, format: &Format) -> bool {
        let bytes = Letter::all(format);
        let mut at = 0;
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|letter| letter.is_base()).count();
            let more =
                bytes[at..at + length].iter().fold(0_usize, |sum, letter| sum.saturating_add(letter.more));
            if let (true, Some(place)) = (length >= RUN && more <= STRETCH, place(shape, &bytes, at)) {
                for total in length..=length + more {
                    self.lengths.entry(total).or_default().entry(tell(&bytes, at)).or_default().insert(place);
                }
                return true;
            }
            at += length.max(1);
        }
        false
    }
}

/// One byte of a format at its least length.
struct Letter {
    set: Vec<u8>,
    /// How many more of the same may follow it.
    more: usize,
    literal: bool,
}

impl Letter {
    fn all(format: &Format) -> Vec<Self> {
        let mut out = Vec::new();
        for part in &format.parts {
            match part {
                Part::Literal(text) => {
                    out.extend(text.bytes().map(|b| Self { set: vec![b], more: 0, literal: true }));
                }
                Part::Run { alphabet, min, max } => {
                    let set: Vec<u8> = (0..=255).filter(|&b| alphabet.contains(b)).collect();
                    for i in 0..*min {
                        let more = if i + 1 == *min { max - min } else { 0 };
                        out.push(Self { set: set.clone(), more, literal: false });
                    }
                }
            }
        }
        out
    }

    fn is_literal(&self) -> bool {
        self.literal
    }

    fn is_base(&self) -> bool {
        self.set.iter().all(|b| b.is_ascii_alphanumeric() || b"_-+/".contains(b))
    }

    /// Of any class in `src/simd/class.rs`.
    fn is_token(&self) -> bool {
        self.set.iter().all(|&b| b.is_ascii_alphanumeric() || b"_-+/!$%.:=".contains(&b))
    }
}

/// Whether a key may stand at `at`: a letter or digit after none, with a long enough word behind it.
fn starts_word(bytes: &[Letter], at: usize) -> bool {
    let alnum = |letter: &Letter| letter.set.iter().all(u8::is_ascii_alphanumeric);
    let no_alnum = |letter: &Letter| !letter.set.iter().any(u8::is_ascii_alphanumeric);
    let word = bytes[at..].iter().take(WORD);
    alnum(&bytes[at])
        && bytes[at].literal
        && (at == 0 || no_alnum(&bytes[at - 1]))
        && word.clone().count() == WORD
        && word.clone().all(Letter::is_token)
}

/// How far from the run at `at` a byte stands that is always the same, and the byte: the first one from its start on, or
/// the one before it.
fn tell(bytes: &[Letter], at: usize) -> Option<(i16, u8)> {
    let rest = &bytes[at..];
    let fixed = rest.iter().take_while(|letter| letter.more == 0).count();
    let behind = rest[..fixed].iter().position(Letter::is_literal).map(|far| (far as i16, rest[far].set[0]));
    let before = at.checked_sub(1).map(|at| &bytes[at]).filter(|letter| letter.is_literal());
    behind.or(before.map(|letter| (-1, letter.set[0])))
}

fn is_telling(literal: &str) -> bool {
    let signs = |rare: &str| literal.chars().any(|c| rare.contains(c));
    literal.len() >= 3 && literal.chars().any(|c| !c.is_ascii_alphanumeric())
        || literal.len() == 2 && signs("~|!$^")
}

/// Whether every URL has this key: one is found by what follows its scheme.
fn is_common(key: &[Letter]) -> bool {
    key.iter().take(3).map(|letter| letter.set[0]).eq(*b"htt")
}

/// How many bytes stand before `at`, if that is bounded.
fn place(shape: usize, bytes: &[Letter], at: usize) -> Option<Place> {
    let more = bytes[..at].iter().fold(0_usize, |sum, letter| sum.saturating_add(letter.more));
    (more <= STRETCH).then_some(Place { shape, min: at, max: at + more })
}

/// Of so many bits. As in `src/rule/shape.rs`.
fn hash(key: u32, bits: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

/// Bits of the hash of keys, and of words: of other words, one in thirty has the hash of some key.
fn key_hash_bits(keys: usize) -> u32 {
    (keys * 32).next_power_of_two().trailing_zeros().clamp(WORD_HASH, 22)
}

/// Bits of the hash of words. As in `src/rule/shape.rs`.
const WORD_HASH: u32 = 16;

impl Tables {
    /// The literals that lead to formats which nothing else leads to.
    pub(crate) fn literals(&self) -> Vec<String> {
        self.literals.iter().map(|(text, _)| text.clone()).collect()
    }

    /// The text of `shapes.rs`.
    pub(crate) fn write(&self) -> String {
        let key_hash = key_hash_bits(self.keys.len());
        let hash = |key: u32| hash(key, key_hash);
        let mut bits = vec![0_u64; 1 << (key_hash - 6)];
        for key in self.keys.keys() {
            bits[hash(*key) >> 6] |= 1 << (hash(*key) & 63);
        }
        let sets: Vec<String> = self.sets.iter().map(|(_, bits)| format!("Set({bits:?})")).collect();
        let mut sorted: Vec<_> = self.keys.iter().collect();
        sorted.sort_by_key(|(key, _)| (hash(**key) >> KEY_SHIFT, **key));
        let slots: Vec<_> = (0..=1_usize << key_hash >> KEY_SHIFT)
            .map(|slot| sorted.partition_point(|(key, _)| hash(**key) >> KEY_SHIFT < slot))
            .collect();
        let keys: Vec<_> = sorted.iter().map(|(k, set)| format!("({k}, &[{}])", places(set))).collect();
        let lengths: Vec<_> =
            self.lengths.iter().map(|(l, row)| format!("({l}, {})", self.columns(row))).collect();
        let literals: Vec<_> = self.literals.iter().map(|(t, p)| format!("({t:?}, {})", p.write())).collect();
        let contextual: Vec<_> = self.contextual.iter().map(|c| format!("{c:?}")).collect();
        let words: Vec<_> = self.words.iter().collect();
        let mut out = String::new();
        for (name, kind, rows) in [
            ("SETS", "[Set; N]", &sets),
            ("SHAPES", "[Shape; N]", &self.shapes),
            ("KEYS", "[(u32, &[Place]); N]", &keys),
            ("LENGTHS", "[(u16, &[Column]); N]", &lengths),
            ("LITERALS", "[(&str, Place); N]", &literals),
            ("CONTEXTUAL", "[(u32, u32, u16); N]", &contextual),
        ] {
            let kind = kind.replace('N', &rows.len().to_string());
            writeln!(out, "static {name}: {kind} = [\n    {}\n];", rows.join(",\n    "))
                .expect("a string takes all");
        }
        out.push_str(&word_table(&words));
        let mut length_bits = [0_u64; 16];
        for length in self.lengths.keys().filter(|length| **length < 1024) {
            length_bits[length >> 6] |= 1 << (length & 63);
        }
        writeln!(out, "static LENGTH_BITS: [u64; 16] = {length_bits:?};").expect("a string takes all");
        writeln!(out, "const KEY_HASH: u32 = {key_hash};").expect("a string takes all");
        writeln!(out, "static KEY_SLOTS: [u16; {}] = {slots:?};", slots.len()).expect("a string takes all");
        writeln!(out, "static KEY_BITS: [u64; {}] = {bits:?};", bits.len()).expect("a string takes all");
        out
    }
}

fn places(set: &BTreeSet<Place>) -> String {
    set.iter().map(Place::write).collect::<Vec<_>>().join(", ")
}

impl Tables {
    /// The formats of a length by where their telling byte stands, and by the byte; first one of those that are alike,
    /// and how many those are.
    fn columns(&self, row: &Row) -> String {
        let mut columns: BTreeMap<i16, Vec<String>> = BTreeMap::new();
        for (tell, set) in row {
            let (at, byte) = tell.unwrap_or((NOWHERE, 0));
            let mut seen = BTreeSet::new();
            let (first, alike): (Vec<&Place>, Vec<&Place>) = set
                .iter()
                .partition(|place| seen.insert((pieces(&self.shapes[place.shape]), place.min, place.max)));
            let all: Vec<_> = first.iter().chain(&alike).map(|place| place.write()).collect();
            let row = format!("({byte}, {}, &[{}])", first.len(), all.join(", "));
            columns.entry(at).or_default().push(row);
        }
        let column =
            |(at, rows): (&i16, &Vec<String>)| format!("Column {{ at: {at}, rows: &[{}] }}", rows.join(", "));
        format!("&[{}]", columns.iter().map(column).collect::<Vec<_>>().join(", "))
    }
}

/// What a shape consists of, without whose it is.
fn pieces(shape: &str) -> &str {
    shape.split_once(',').map_or("", |(_, pieces)| pieces)
}

/// Words by the first three bytes of their first word character on.
fn word_table(words: &[&String]) -> String {
    let mut table: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    let mut bits = [0_u64; 1024];
    for word in words {
        let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        if let Some(&[a, b, c]) = word.as_bytes().first_chunk::<3>() {
            let key = u32::from_le_bytes([a | 0x20, b | 0x20, c | 0x20, 0]);
            bits[hash(key, WORD_HASH) >> 6] |= 1 << (hash(key, WORD_HASH) & 63);
            table.entry(key).or_default().push(word);
        }
    }
    let rows: Vec<_> = table.iter().map(|(key, words)| format!("({key}, &{words:?})")).collect();
    format!(
        "static WORDS: [(u32, &[&str]); {}] = [\n    {}\n];\nstatic WORD_BITS: [u64; 1024] = {bits:?};\n",
        rows.len(),
        rows.join(",\n    ")
    )
}

impl Place {
    fn write(&self) -> String {
        format!("Place {{ shape: {}, min: {}, max: {} }}", self.shape, self.min, self.max)
    }
}
