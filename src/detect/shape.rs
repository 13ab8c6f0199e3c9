//! The shape of a value: its classes of characters and how much of it reads as words.

use std::cell::RefCell;

/// What a value is made of. Counts are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// All bytes.
    pub(super) len: usize,
    /// `a` to `z`.
    pub(super) lower: usize,
    /// `A` to `Z`.
    pub(super) upper: usize,
    /// `0` to `9`.
    pub(super) digits: usize,
    /// Other printable ASCII.
    pub(super) symbols: usize,
    /// White space and control characters.
    pub(super) blank: usize,
    /// Letters in stretches that read as words of a language or of code.
    pub(super) wordy: usize,
    /// Letters in stretches too short to tell.
    pub(super) short: usize,
    /// Whether every letter and digit is hexadecimal, of one case.
    pub(super) hex: bool,
}

impl Shape {
    /// The shape of no bytes.
    const EMPTY: Self =
        Self { len: 0, lower: 0, upper: 0, digits: 0, symbols: 0, blank: 0, wordy: 0, short: 0, hex: true };

    /// The shape of `value`. Those of the last few are remembered, since each is asked for by many.
    pub(super) fn of(value: &[u8]) -> Self {
        if !REMEMBERED.contains(&value.len()) {
            return Self::read(value);
        }
        LAST.with_borrow_mut(|last| last[place(value)].shape(value))
    }

    fn read(value: &[u8]) -> Self {
        let (wordy, short) = wordy_letters(value);
        let mut counts = [0; KINDS];
        let mut beyond_f = false;
        for &b in value {
            let kind = KIND[usize::from(b)];
            counts[usize::from(kind & !BEYOND_F)] += 1;
            beyond_f |= kind & BEYOND_F != 0;
        }
        let [_, lower, upper, digits, symbols, blank] = counts;
        let hex = !beyond_f && (lower == 0 || upper == 0) && symbols + blank == 0;
        Self { len: value.len(), lower, upper, digits, symbols, blank, wordy, short, hex }
    }

    /// The number of letters.
    pub(super) fn letters(self) -> usize {
        self.lower + self.upper
    }

    /// Whether nearly all letters stand in stretches that read as words; also if there are hardly any letters.
    pub(super) fn reads_as_words(self) -> bool {
        let told = self.letters() - self.short;
        self.letters() <= 2 || (self.wordy * 10 >= told * 8 && self.short * 2 <= self.letters())
    }

    /// Whether it looks made by a machine: long enough, several classes of characters, few words.
    pub(super) fn looks_random(self) -> bool {
        if self.blank > 0 || self.len < 8 {
            return false;
        }
        if self.hex {
            return self.len >= 16 && self.digits >= 2 && self.letters() >= 2;
        }
        let few_words = self.wordy * 2 < self.letters();
        let classes = [self.lower, self.upper, self.digits].iter().filter(|&&n| n > 0).count();
        match self.len {
            8..=11 => few_words && self.digits > 0 && classes >= 2,
            12..=19 => few_words && classes >= 2,
            _ => (few_words && (classes >= 2 || self.wordy * 3 < self.letters())) || self.is_noisy(),
        }
    }

    /// Whether a long value has letters and digits so mixed that its words may be chance.
    fn is_noisy(self) -> bool {
        self.digits >= 3 && self.upper >= 3 && self.lower >= 3 && self.wordy * 10 < self.letters() * 7
    }
}

/// The lengths of values that are remembered with their shapes, in bytes.
const REMEMBERED: std::ops::Range<usize> = 12..LONGEST + 1;
const LONGEST: usize = 64;

thread_local! {
    /// Values whose shapes were asked for last, by some of their bytes.
    static LAST: RefCell<[Last; 8]> = const { RefCell::new([Last::NONE; 8]) };
}

/// Where a value is remembered.
fn place(value: &[u8]) -> usize {
    usize::from(value[value.len() - 1] ^ value[value.len() / 2] ^ value.len() as u8) % 8
}

/// A value and its shape.
struct Last {
    bytes: [u8; LONGEST],
    shape: Shape,
}

impl Last {
    /// No value: one without any bytes is not remembered.
    const NONE: Self = Self { bytes: [0; LONGEST], shape: Shape::EMPTY };

    /// The shape of `value`, which is remembered from now on.
    fn shape(&mut self, value: &[u8]) -> Shape {
        if self.shape.len != value.len() || self.bytes[..value.len()] != *value {
            self.bytes[..value.len()].copy_from_slice(value);
            self.shape = Shape::read(value);
        }
        self.shape
    }
}

/// How many kinds of bytes are counted: those below, and bytes beyond ASCII, of kind 0.
const KINDS: usize = 6;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 3;
const SYMBOL: u8 = 4;
const BLANK: u8 = 5;
/// Set beside the kind of a letter that is no hexadecimal digit.
const BEYOND_F: u8 = 0x80;

/// The kind of each byte.
static KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'f' => LOWER,
            b'A'..=b'F' => UPPER,
            b'g'..=b'z' => LOWER | BEYOND_F,
            b'G'..=b'Z' => UPPER | BEYOND_F,
            b'0'..=b'9' => DIGIT,
            0x21..=0x7e => SYMBOL,
            0..=0x20 | 0x7f => BLANK,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The letters of `value` that stand in words, and those in stretches too short to tell. A stretch is cut at changes of
/// case as in `camelCase`; it is a word if it has three letters or more and its neighbouring letters are usual in words.
fn wordy_letters(value: &[u8]) -> (usize, usize) {
    let (mut wordy, mut short, mut at) = (0, 0, 0);
    while at < value.len() {
        let end = stretch(value, at);
        match end - at {
            0 => at += 1,
            length @ 1..3 => short += length,
            length if reads_as_word(&value[at..end]) || is_acronym(&value[at..end]) => wordy += length,
            _ => {}
        }
        at = at.max(end);
    }
    (wordy, short)
}

/// The end of the stretch of letters at `at`: `abc`, `Abc` or `ABC`.
fn stretch(value: &[u8], at: usize) -> usize {
    let is = |at: usize, kind: u8| value.get(at).is_some_and(|b| KIND[usize::from(*b)] & !BEYOND_F == kind);
    let mut end = at;
    while is(end, UPPER) {
        end += 1;
    }
    if end - at > 1 {
        return end - usize::from(is(end, LOWER));
    }
    while is(end, LOWER) {
        end += 1;
    }
    end
}

/// Short words of code whose letters are unusual.
fn is_acronym(letters: &[u8]) -> bool {
    static ACRONYMS: [u64; 55] = in_order([
        "you", "your", "api", "http", "https", "html", "xml", "sql", "jwt", "aws", "gcp", "ssh", "tls",
        "ssl", "cfg", "str", "pwd", "ctx", "url", "uri", "sdk", "cli", "env", "npm", "dns", "key", "obj",
        "img", "btn", "smtp", "imap", "ldap", "ftp", "sftp", "json", "yml", "yaml", "tmp", "app", "dev",
        "src", "github", "mysql", "redis", "oauth", "auth", "webhook", "kwargs", "args", "utf", "uuid",
        "guid", "png", "css", "mdn",
    ]);
    letters.len() <= 7 && ACRONYMS.binary_search(&number(letters)).is_ok()
}

/// A word of letters, at most eight, as a number, whatever the case.
const fn number(letters: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < letters.len() {
        number = number << 8 | letters[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    number
}

/// The numbers of words, in order.
const fn in_order<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut out = [0; N];
    let mut count = 0;
    while count < N {
        let next = number(words[count].as_bytes());
        let mut at = count;
        while at > 0 && out[at - 1] > next {
            out[at] = out[at - 1];
            at -= 1;
        }
        out[at] = next;
        count += 1;
    }
    out
}

/// Whether the pairs of neighbouring letters are as usual as in words. Of random letters one stretch in eight passes
/// at length five and one in thirty at ten; of words nine in ten at five and 99 in 100 at ten.
fn reads_as_word(letters: &[u8]) -> bool {
    let index = |b: u8| usize::from(b.to_ascii_lowercase() - b'a');
    let score: i32 = letters.windows(2).map(|pair| i32::from(PAIRS[index(pair[0])][index(pair[1])])).sum();
    score >= 0
}

/// For each pair of letters four times the binary logarithm of how much likelier it is in words of English and of code
/// than among random letters. Counted over the identifiers and comments of the Python standard library and of Rust
/// crates, each word weighed by the logarithm of its count.
#[rustfmt::skip]
static PAIRS: [[i8; 26]; 26] = [
    [-9, 5, 8, 6, -11, -5, 4, -11, 4, -17, -3, 11, 6, 10, -17, 6, -19, 10, 8, 13, 0, -2, -5, -3, -1, -10],
    [3, -9, -5, -10, 2, -12, -14, -18, 2, -9, -19, 5, -9, -11, 0, -10, -26, -1, -1, -10, 0, -17, -31, -20, -7, -24],
    [8, -10, -1, -5, 8, -7, -3, 7, 2, -27, 5, 4, -4, -7, 11, -4, -16, 2, 2, 8, 0, -7, -13, -16, -7, -26],
    [3, -5, -7, 0, 11, -5, -5, -15, 8, -11, -19, -2, -6, -8, 2, -7, -14, 2, 2, -5, -1, -8, -12, -14, -9, -21],
    [7, -3, 9, 12, 3, 3, 2, -9, -1, -15, -8, 8, 5, 12, -3, 3, -2, 14, 13, 11, -5, 3, 0, 6, -3, -16],
    [1, -9, -6, -3, 1, 4, -10, -17, 6, -38, -18, 2, -9, -9, 4, -8, -21, 0, 0, -3, -2, -22, -17, -21, -9, -38],
    [-1, -13, -9, -13, 8, -12, -7, -1, 1, -26, -17, -3, -8, -1, -3, -8, -19, 3, 1, -9, -3, -13, -16, -18, -17, -23],
    [5, -15, -13, -8, 6, -16, -21, -19, 3, -28, -18, -9, -7, -13, 3, -16, -25, -4, -7, -3, -5, -19, -12, -25, -8, -19],
    [3, 0, 8, 6, 4, 4, 5, -21, -13, -17, -9, 6, 6, 15, 11, 2, -13, 3, 8, 10, -12, 2, -20, -4, -27, 3],
    [-9, -23, -24, -23, -8, -23, -25, -38, -14, -38, -17, -25, -21, -27, -9, -20, -38, -25, -10, -21, -10, -25, -26, -38, -30, -38],
    [-5, -13, -12, -8, 4, -12, -15, -15, -2, -31, -26, -9, -15, -11, -10, -12, -27, -13, -2, -8, -12, -19, -13, -26, -16, -22],
    [8, -8, -5, 0, 11, -7, -11, -16, 10, -22, -4, 6, -8, -7, 8, -7, -23, -9, 2, 2, 0, -8, -15, -27, 4, -21],
    [8, -2, -8, -6, 10, -12, -12, -19, 5, -38, -11, -6, -2, -11, 3, 5, -18, -9, 1, -5, 0, -17, -20, -18, -11, -24],
    [7, -7, 6, 8, 9, 2, 11, -9, 5, -15, -2, -3, -8, -1, 6, -5, -16, -7, 8, 11, -1, -2, -13, -15, -8, -19],
    [-3, -1, 7, 4, -7, -1, -1, -12, -2, -13, -3, 6, 6, 13, 2, 5, -22, 11, 4, 4, 6, 0, 2, -8, -13, -17],
    [7, -10, -4, -8, 8, -8, -9, -1, 3, -30, -11, 5, -8, -9, 6, 3, -19, 8, 1, 3, -1, -13, -11, -17, -4, -25],
    [-22, -19, -28, -16, -16, -21, -22, -38, -20, -38, -30, -10, -20, -18, -26, -20, -30, -17, -13, -26, 1, -22, -29, -38, -38, -38],
    [10, -6, 2, 2, 14, -4, -1, -14, 10, -24, -1, -2, 2, 0, 9, -1, -13, 2, 7, 6, 1, -3, -9, -14, 0, -21],
    [2, -10, 4, -7, 11, -6, -3, 4, 9, -20, -3, -2, -3, -4, 4, 4, -9, -4, 6, 12, 5, -9, -6, -13, -1, -11],
    [9, -7, 2, -4, 13, -2, -9, 6, 13, -26, -12, 1, -2, -5, 7, -1, -18, 10, 7, 3, 2, -8, -7, -5, 4, -15],
    [-1, 1, -1, -5, 0, -4, -5, -27, -1, -27, -22, 4, 2, 8, -8, 2, -27, 4, 5, 5, -19, -18, -24, -12, -26, -21],
    [2, -15, -12, -12, 8, -11, -18, -16, 2, -38, -25, -11, -9, -12, -5, -10, -25, -12, -8, -12, -22, -27, -18, -18, -19, -31],
    [1, -19, -13, -10, -2, -14, -20, -6, 0, -27, -21, -10, -13, -3, -2, -14, -23, -4, -4, -12, -18, -23, -20, -17, -28, -38],
    [-7, -18, -5, -12, -3, -9, -20, -16, -4, -38, -26, -12, -11, -16, -11, -2, -18, -13, -11, -1, -18, -18, -21, -16, -16, -38],
    [-10, -13, -9, -14, -9, -15, -14, -20, -9, -31, -26, -8, -7, -4, -11, 0, -38, -12, -3, -7, -24, -18, -15, -27, -20, -17],
    [-7, -38, -25, -27, 2, -25, -22, -25, -8, -38, -38, -25, -20, -25, -9, -27, -38, -38, -20, -28, -27, -31, -27, -38, -20, -16],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_as_words_and_random_letters_do_not() {
        for words in ["password", "getAccessToken", "HTTPServer", "my_secret_key", "hunter2", "sunshine"] {
            let shape = Shape::of(words.as_bytes());
            assert!(shape.reads_as_words() && !shape.looks_random(), "{words}: {shape:?}");
        }
        for random in [
            "q71edERoC5IO",
            "8c6372521fd4b3afb659a21f4c8c5609",
            "xK9mQ2vRt7Lp4ZsWbN3c",
            "zqxjkvbwpfgmhdtcrlnsuy",
        ] {
            assert!(Shape::of(random.as_bytes()).looks_random(), "{random}");
        }
    }
}
