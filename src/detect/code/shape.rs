//! What a line looks like, in numbers: one pass over its bytes, no regular expression.

mod word;

use word::word_kind;

/// Number of features.
pub(super) const FEATURES: usize = 72;

/// What a byte is to a line of code.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Byte {
    Lower,
    Upper,
    Digit,
    Underscore,
    Space,
    Open,
    Close,
    Operator,
    Quote,
    Dot,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Other,
    High,
}

const fn byte_kind(b: u8) -> Byte {
    match b {
        b'a'..=b'z' => Byte::Lower,
        b'A'..=b'Z' => Byte::Upper,
        b'0'..=b'9' => Byte::Digit,
        b'_' => Byte::Underscore,
        b' ' | b'\t' => Byte::Space,
        b'{' | b'(' | b'[' => Byte::Open,
        b'}' | b')' | b']' => Byte::Close,
        b'=' | b'<' | b'>' | b'&' | b'|' | b'+' | b'*' | b'%' | b'^' | b'~' | b'$' | b'@' | b'\\' => {
            Byte::Operator
        }
        b'"' | b'\'' | b'`' => Byte::Quote,
        b'.' => Byte::Dot,
        b',' => Byte::Comma,
        b':' => Byte::Colon,
        b';' => Byte::Semicolon,
        b'-' => Byte::Dash,
        0x80.. => Byte::High,
        _ => Byte::Other,
    }
}

static KINDS: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = byte_kind(b as u8);
        b += 1;
    }
    table
};

/// The most bytes of a line that are counted, so that no count overflows.
const MOST: usize = u16::MAX as usize;

/// What a pass over a line counts: of bytes, those outside words and the apostrophes in them.
#[derive(Default)]
struct Counts {
    kinds: [u16; 16],
    words: u16,
    stop_words: u16,
    first_word: u8,
    lower_words: u16,
    camel: u16,
    snake: u16,
    shouting: u16,
    calls: u16,
    members: u16,
    pairs: [u16; 16],
}

/// Pairs of bytes that code is full of, by their place in [`Counts::pairs`].
fn pair(a: u8, b: u8) -> Option<usize> {
    Some(match (a, b) {
        (b':', b'=') => 0,
        (b'=', b'=') | (b'!', b'=') | (b'<', b'=') | (b'>', b'=') => 1,
        (b'=', b'>') => 2,
        (b'-', b'>') => 3,
        (b':', b':') => 4,
        (b'&', b'&') | (b'|', b'|') => 5,
        (b'<', b'/') | (b'/', b'>') => 6,
        (b'(', b')') => 7,
        (b')', b';') | (b'}', b';') | (b')', b',') | (b'}', b')') => 8,
        (b'$', b'{') | (b'$', b'(') | (b'#', b'{') => 9,
        (b'+', b'=') | (b'-', b'=') | (b'+', b'+') | (b'*', b'=') | (b'|', b'=') => 10,
        (b'[', b'"' | b'\'') | (b'"' | b'\'', b']') => 11,
        (b'"' | b'\'', b':') => 12,
        (b')', b'{') | (b'[', b']') | (b'{', b'}') => 13,
        (b'*', b'*') => 14,
        (b'"' | b'\'', b')' | b',') => 15,
        _ => return None,
    })
}

/// A word: letters, digits after them, underscores and apostrophes after small letters.
#[derive(Default)]
struct Word {
    /// Its last eight bytes, letters small.
    packed: u64,
    len: u32,
    /// Capitals in it.
    upper: u16,
    snake: bool,
    camel: bool,
}

impl Word {
    /// The word at the start of `bytes`, of which the first begins one, and how many apostrophes are in it.
    fn read(bytes: &[u8]) -> (Self, u16) {
        let (mut word, mut apostrophes, mut before) = (Self::default(), 0, Byte::Space);
        for &b in bytes {
            let kind = KINDS[b as usize];
            match kind {
                Byte::Lower | Byte::Digit => {}
                Byte::Upper => {
                    word.camel |= before == Byte::Lower;
                    word.upper += 1;
                }
                Byte::Underscore => word.snake |= word.len > 0,
                Byte::Quote if b == b'\'' && before == Byte::Lower => apostrophes += 1,
                _ => break,
            }
            word.packed = word.packed << 8 | u64::from(b.to_ascii_lowercase());
            word.len += 1;
            before = kind;
        }
        (word, apostrophes)
    }
}

impl Counts {
    fn of(line: &[u8]) -> Self {
        let mut counts = Self::default();
        let (mut at, mut clean, mut before, mut kind_before) = (0, true, b' ', Byte::Space);
        while let Some(&b) = line.get(at) {
            let kind = KINDS[b as usize];
            if matches!(kind, Byte::Lower | Byte::Upper | Byte::Underscore) {
                counts.members += u16::from(kind_before == Byte::Dot);
                let (word, apostrophes) = Word::read(&line[at..]);
                counts.kinds[Byte::Quote as usize] += apostrophes;
                at += word.len as usize;
                let behind = line.get(at).copied().unwrap_or(b' ');
                counts.word(&word, clean && ends_word(KINDS[behind as usize]));
                counts.calls += u16::from(behind == b'(');
                before = line[at - 1];
                kind_before = KINDS[before as usize];
            } else {
                counts.kinds[kind as usize] += 1;
                clean = kind == Byte::Space || (kind == Byte::Quote && kind_before == Byte::Space);
                if kind != Byte::Space
                    && let Some(pair) = pair(before, b)
                {
                    counts.pairs[pair] += 1;
                }
                (before, kind_before) = (b, kind);
                at += 1;
            }
        }
        counts
    }

    /// Counts a word; `clean` if it stands alone as words of a sentence do.
    fn word(&mut self, word: &Word, clean: bool) {
        let Word { packed, len, upper, snake, camel } = *word;
        let kind = if len <= 8 { word_kind(packed) } else { 0 };
        if self.words == 0 {
            self.first_word = kind & 3;
        }
        self.words += 1;
        self.stop_words += u16::from(kind & 4 != 0);
        self.snake += u16::from(snake && upper == 0);
        self.camel += u16::from(camel);
        self.shouting += u16::from(len >= 3 && u32::from(upper) + 1 >= len);
        self.lower_words += u16::from(clean && upper == 0 && !snake && len >= 2);
    }

    fn kind(&self, kind: Byte) -> u16 {
        self.kinds[kind as usize]
    }
}

fn ends_word(kind: Byte) -> bool {
    matches!(kind, Byte::Space | Byte::Comma | Byte::Dot | Byte::Colon | Byte::Semicolon | Byte::Other)
}

/// The features of a line without its end; `indent` are its first bytes, before the first that is no white space.
pub(super) fn features(line: &[u8]) -> [u8; FEATURES] {
    let body = line.trim_ascii();
    let indent = &line[..line.len() - line.trim_ascii_start().len()];
    let mut out = [0; FEATURES];
    let counts = Counts::of(&body[..body.len().min(MOST)]);
    ends(body, &mut out);
    starts(body, &mut out);
    numbers(body, &counts, &mut out);
    words(body, &mut out);
    out[60] = u8::from(indent.first() == Some(&b'\t'));
    out[61] = u8::from(indent.len() >= 4 && indent[0] == b' ');
    out[62] = u8::from((1..4).contains(&indent.len()) && indent[0] == b' ');
    out[63] = 1;
    out
}

/// Features 0 to 11: how a line ends.
fn ends(body: &[u8], out: &mut [u8; FEATURES]) {
    let last = body.last().copied().unwrap_or(b' ');
    out[0] = u8::from(last == b'{');
    out[1] = u8::from(last == b'}');
    out[2] = u8::from(last == b';');
    out[3] = u8::from(last == b',');
    out[4] = u8::from(matches!(last, b'(' | b'['));
    out[5] = u8::from(matches!(last, b')' | b']'));
    out[6] = u8::from(last == b':');
    out[7] = u8::from(last == b'.');
    out[8] = u8::from(matches!(last, b'!' | b'?'));
    out[9] = u8::from(last == b'>');
    out[10] = u8::from(last == b'\\');
    out[11] = u8::from(matches!(last, b'"' | b'\'' | b'`'));
}

/// Features 12 to 27: how a line starts.
fn starts(body: &[u8], out: &mut [u8; FEATURES]) {
    let (first, second) = (body.first().copied().unwrap_or(b' '), body.get(1).copied().unwrap_or(b' '));
    out[12] = u8::from(first == b'/' && matches!(second, b'/' | b'*'));
    out[13] = u8::from(first == b'#' && !matches!(second, b' ' | b'#'));
    out[14] = u8::from(first == b'#' && matches!(second, b' ' | b'#'));
    out[15] = u8::from(first == b'*' && matches!(second, b' ' | b'/'));
    out[16] = u8::from(matches!(first, b'}' | b')' | b']'));
    out[17] = u8::from(matches!(first, b'{' | b'[' | b'('));
    out[18] = u8::from(first == b'@' && second.is_ascii_alphabetic());
    out[19] = u8::from(first == b'<' && (second.is_ascii_alphabetic() || matches!(second, b'/' | b'!')));
    out[20] = u8::from(matches!(first, b'"' | b'\''));
    out[21] = u8::from(first == b'-' && second == b' ');
    out[22] = u8::from(first.is_ascii_digit());
    out[23] = u8::from(first.is_ascii_uppercase() && second.is_ascii_lowercase());
    out[24] = u8::from(matches!(first, b'.' | b'&' | b'|' | b'+' | b'?') && !body.starts_with(b"|"));
    out[25] = u8::from(first >= 0x80);
    out[26] = u8::from(first == b'|');
    out[27] = u8::from(first == b'*' && second == b'*' || first == b'`');
}

/// Features 28 to 59: how much there is of what.
fn numbers(body: &[u8], counts: &Counts, out: &mut [u8; FEATURES]) {
    let cap = |n: u16, most: u16| n.min(most) as u8;
    for (i, &n) in counts.pairs.iter().enumerate() {
        out[28 + i] = cap(n, 2);
    }
    let len = body.len().max(1);
    let marks =
        [Byte::Open, Byte::Close, Byte::Operator, Byte::Semicolon].map(|k| usize::from(counts.kind(k)));
    let marks: usize = marks.iter().sum();
    out[44] = (marks * 24 / len).min(6) as u8;
    out[45] = cap(counts.calls, 2);
    out[46] = cap(counts.members, 2);
    out[47] = cap(counts.snake, 2);
    out[48] = cap(counts.camel, 2);
    out[49] = cap(counts.shouting, 2);
    out[50] = u8::from(counts.first_word == 1);
    out[51] = u8::from(counts.first_word & 2 != 0);
    out[52] = cap(counts.stop_words, 5);
    out[53] = (usize::from(counts.stop_words) * 8 / usize::from(counts.words.max(1))).min(4) as u8;
    out[54] = cap(counts.lower_words, 6);
    out[55] = (usize::from(counts.lower_words) * 6 / usize::from(counts.words.max(1))).min(6) as u8;
    out[56] = u8::from(spaced_assignment(body));
    out[57] = u8::from(counts.words <= 1);
    out[58] = u8::from(counts.kind(Byte::High) > 0);
    out[59] = cap(counts.kind(Byte::Quote), 4);
}

/// Whether ` = ` stands in the line.
fn spaced_assignment(body: &[u8]) -> bool {
    memchr::memchr_iter(b'=', body).any(|i| i > 0 && body[i - 1] == b' ' && body.get(i + 1) == Some(&b' '))
}

/// Features 64 to 71: shapes of configuration, of sentences and of messages.
fn words(body: &[u8], out: &mut [u8; FEATURES]) {
    let name =
        body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let (head, rest) = body.split_at(name);
    let lower = head.first().is_some_and(u8::is_ascii_lowercase);
    out[64] = u8::from(lower && rest.first() == Some(&b':') && matches!(rest.get(1), None | Some(b' ')));
    out[65] = u8::from(name > 1 && rest.first() == Some(&b'=') && rest.get(1).is_some_and(|b| *b != b'='));
    let defines = matches!(head, b"CREATE" | b"ALTER" | b"DROP");
    let shouts = rest.get(1).is_some_and(u8::is_ascii_uppercase);
    out[66] = u8::from((!defines || shouts) && STATEMENTS.iter().any(|word| word.as_bytes() == head));
    out[67] = u8::from(is_pseudo_tag(body));
    out[68] = memchr::memchr_iter(b'`', body).count().min(4) as u8 / 2;
    out[69] = u8::from(ends_sentence_within(body));
    out[70] = u8::from(names_a_line(body));
    out[71] = u8::from(holds_message(body));
}

/// First words, in capitals, of statements in SQL and of build files.
static STATEMENTS: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "JOIN",
    "LEFT",
    "RIGHT",
    "INNER",
    "OUTER",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "ALTER",
    "DROP",
    "GROUP",
    "ORDER",
    "LIMIT",
    "VALUES",
    "SET",
    "UNION",
    "HAVING",
    "AND",
    "OR",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "GRANT",
    "RETURNING",
    "RUN",
    "COPY",
    "WORKDIR",
    "CMD",
    "EXPOSE",
    "ENV",
    "ENTRYPOINT",
    "ARG",
    "CASE",
    "WHEN",
    "END",
    "PRIMARY",
    "FOREIGN",
    "CONSTRAINT",
    "DECLARE",
    "EXPLAIN",
];

/// What messages for people hold.
static MESSAGES: &[&str] = &["error", "Error:", "ERROR", "warning", "WARN", "FAIL", "PASS", "failed", "INFO"];

/// The bytes that the words of [`MESSAGES`] start with: bits for those that come second in them, one for each place in
/// 32.
static MESSAGE_BYTES: [u32; 256] = {
    let mut out = [0; 256];
    let mut at = 0;
    while at < MESSAGES.len() {
        let word = MESSAGES[at].as_bytes();
        out[word[0] as usize] |= 1 << (word[1] % 32);
        at += 1;
    }
    out
};

/// Whether one of [`MESSAGES`] is in the line.
fn holds_message(body: &[u8]) -> bool {
    body.windows(2).enumerate().any(|(at, pair)| {
        MESSAGE_BYTES[usize::from(pair[0])] >> (pair[1] % 32) & 1 == 1
            && MESSAGES.iter().any(|word| body[at..].starts_with(word.as_bytes()))
    })
}

/// `<system-reminder>`: a tag that agents put around text, not one of HTML.
fn is_pseudo_tag(body: &[u8]) -> bool {
    let Some(rest) = body.strip_prefix(b"<") else { return false };
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let name = rest.iter().take_while(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_')).count();
    rest[..name].iter().any(|b| matches!(b, b'-' | b'_'))
}

/// Whether one sentence ends in the line and another begins.
fn ends_sentence_within(body: &[u8]) -> bool {
    memchr::memchr_iter(b'.', body).any(|i| {
        i > 1
            && body.get(i + 1) == Some(&b' ')
            && body[i - 1].is_ascii_lowercase()
            && body.get(i + 2).is_some_and(u8::is_ascii_uppercase)
    })
}

/// `main.rs:12`: the place of a message in a file.
fn names_a_line(body: &[u8]) -> bool {
    memchr::memchr_iter(b':', body).any(|i| {
        i > 2
            && body[i - 1].is_ascii_lowercase()
            && body.get(i + 1).is_some_and(u8::is_ascii_digit)
            && body[i.saturating_sub(6)..i].contains(&b'.')
    })
}
