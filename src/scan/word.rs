//! Whether a word that may name a secret can have one beside it. Cheap, and never stricter than what
//! `detect/assignment` and `detect/prose` take: where those want a value that a machine made, there must be one near.

use super::near;

/// The longest rest of a name.
const NAME: usize = 60;
/// The most quotes, brackets and escapes that close a name.
const CLOSERS: usize = 16;
/// The most blanks between a name and what follows.
const BLANKS: usize = 64;
/// How far from a name its value stands, in raw bytes.
const REACH: usize = 240;
/// The longest line of names on either side of one.
const HEAD: usize = 240;
/// The least length of a value with a digit that a machine may have made.
const SHORTEST: usize = 6;
/// The same without a digit.
const SHORTEST_LETTERS: usize = 12;
/// How often letters made by a machine change their case, at least, where there is no digit.
const CASES: usize = 5;

/// Who chooses the values that a stem names.
#[derive(PartialEq, Eq)]
enum Maker {
    Machine,
    /// People may have.
    Human,
}

/// `None` for what is no stem of a name.
fn maker(stem: &str) -> Option<Maker> {
    match stem {
        "token" | "key" | "auth" | "jwt" | "credential" => Some(Maker::Machine),
        "pass" | "pwd" | "secret" | "psk" => Some(Maker::Human),
        _ => None,
    }
}

/// Whether the stem at `start..end` may have a value. What is no stem of ours always may.
pub(super) fn may_have_value(bytes: &[u8], start: usize, end: usize, stem: &str) -> bool {
    if stem == "curl" {
        return matches!(bytes.get(end), Some(b' ' | b'"' | b'\'' | b'\\'));
    }
    if stem.starts_with(" -") {
        return may_have_argument(bytes, end) && (stem == " -p" || holds_login(bytes, end));
    }
    let Some(maker) = maker(stem) else { return near::may_lead(bytes, start, end, stem) };
    if stem == "auth" && bytes[end..].starts_with(b"enticator") {
        return true;
    }
    if is_other_word(stem, &bytes[end..]) {
        return false;
    }
    let name = end + count(bytes, end, NAME, is_name);
    let closed =
        name + count(bytes, name, CLOSERS, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b']' | b'*'));
    let next = closed + count(bytes, closed, BLANKS, |b| matches!(b, b' ' | b'\t'));
    if is_program(bytes, start, end) || is_document(bytes, start) || is_head(bytes, start, name) {
        return true;
    }
    // `jwt.sign(claims, "x")`: people choose what they sign with.
    if stem == "jwt" && bytes.get(end) == Some(&b'.') {
        return true;
    }
    if maker == Maker::Machine {
        let follows = follows(bytes, closed, next) && machine_made_after(bytes, name, next);
        return follows
            || (is_object(bytes, start) || is_called(bytes, start)) && machine_made_before(bytes, start);
    }
    if stem == "pass"
        && (is_called(bytes, start) || is_written(bytes, start) || bytes[end..].starts_with(b" show "))
    {
        return true;
    }
    // What a command asks a file for: `yq '.smtp.pass' a.yml`.
    if stem == "pass" && start > 1 && bytes[start - 1] == b'.' && bytes.get(end) == Some(&b'\'') {
        return true;
    }
    if stem == "pass" && !bytes.get(end).is_some_and(|b| b"wWpPcCkKoO".contains(b)) {
        return is_assigned(bytes, (start, name), closed, next)
            || machine_made_after(bytes, name, next)
            || bytes.get(end) == Some(&b'e') && is_object(bytes, start);
    }
    next >= bytes.len()
        || is_remark(bytes, start, next)
        || follows(bytes, closed, next)
        || is_object(bytes, start)
        || is_called(bytes, start)
}

/// Whether the argument of an option that ends at `end` may be a login and a password: `bob:x`, `bob%x`, no numbers.
fn holds_login(bytes: &[u8], end: usize) -> bool {
    let rest = &bytes[end..bytes.len().min(end + 96)];
    let rest = rest.trim_ascii_start();
    let word = &rest[..rest.iter().position(|b| matches!(b, b' ' | b'\n')).unwrap_or(rest.len())];
    let sign = word.iter().position(|b| matches!(b, b':' | b'%' | b','));
    sign.is_some_and(|sign| sign > 0 && word[sign..].iter().any(u8::is_ascii_alphabetic))
}

/// Whether a text ends with an address of mail or of a machine, perhaps in quotes.
pub(super) fn is_address(text: &[u8]) -> bool {
    let quotes = text.iter().rev().take(4).take_while(|b| matches!(b, b'`' | b'"' | b'\\' | b'*')).count();
    let text = &text[..text.len() - quotes];
    let word =
        text.iter().rev().take(NAME).take_while(|b| is_name(**b) || **b == b'@' || **b == b'+').count();
    text[text.len() - word..].contains(&b'@')
}

/// Whether a name ends a remark behind a value with a digit or a sign: `x7Kq9z (the db password)`.
fn is_remark(bytes: &[u8], start: usize, next: usize) -> bool {
    if bytes[next] != b')' {
        return false;
    }
    let before = &bytes[start.saturating_sub(40)..start];
    let open = before.windows(2).rposition(|pair| pair == b" (").filter(|&open| open > 0);
    let word = open.and_then(|open| before[..open].rsplit(|b| *b == b' ').next()).unwrap_or_default();
    word.iter().any(|b| !b.is_ascii_alphabetic())
}

/// Whether a short option that ends at `end` has an argument that no path, port or further option is.
fn may_have_argument(bytes: &[u8], end: usize) -> bool {
    let blank = count(bytes, end, BLANKS, |b| b == b' ');
    let quotes = count(bytes, end + blank, CLOSERS, |b| matches!(b, b'"' | b'\'' | b'\\'));
    let start = end + blank + quotes;
    let length = count(bytes, start, REACH, |b| b > b' ' && !matches!(b, b'"' | b'\'' | b'\\' | b'`'));
    let first = bytes.get(start).copied().unwrap_or(b'-');
    let digits = count(bytes, start, length, |b| b.is_ascii_digit() || b == b':');
    let named =
        blank == 0 && quotes == 0 && first.is_ascii_lowercase() && bytes.get(start + length) == Some(&b'=');
    length >= 4
        && !matches!(first, b'-' | b'.' | b'/' | b'$' | b'~' | b'<')
        && (digits < length || length > 5)
        && !named
}

/// Whether the name is a part of a program's that is told passwords: `chpasswd`, `sshpass`, `unlock-keychain`.
fn is_program(bytes: &[u8], start: usize, end: usize) -> bool {
    let next =
        |rest: &[u8]| bytes[end..].get(..rest.len()).is_some_and(|have| have.eq_ignore_ascii_case(rest));
    next(b"wd") || next(b"word-stdin") || next(b"chain") || bytes[..start].ends_with(b"ssh")
}

/// Whether the word is the kind of a document whose values lie elsewhere: `kind: Secret`.
fn is_document(bytes: &[u8], start: usize) -> bool {
    bytes[start.saturating_sub(16)..start].windows(4).any(|word| word.eq_ignore_ascii_case(b"kind"))
}

/// Whether the name is the head of a column of a table: it stands alone in its cell, on a line of names.
fn is_head(bytes: &[u8], start: usize, name: usize) -> bool {
    let (before, rest) =
        (&bytes[start.saturating_sub(HEAD)..start], &bytes[name..bytes.len().min(name + HEAD)]);
    let calm = |b: &&u8| CLASS[usize::from(**b)] & CALM != 0;
    let right = rest.iter().take_while(calm).count();
    let left = before.iter().rev().take_while(calm).count();
    let ends = matches!(rest.get(right), Some(b'\n' | b'\r' | b'\\'));
    let ends = ends || rest.get(right) == Some(&b'+') && rest[..right].ends_with(b"\",\"");
    // A string of JSON may begin with the head, which may stand behind an arrow or the sign of a patch.
    let begins = before.len() == left
        || matches!(before[before.len() - left - 1], b'\n' | b'\\' | b':' | b'[' | b'>' | b'+' | 0x80..);
    let tabbed = |part: &[u8]| part.starts_with(b"\\t") || part.starts_with(b"\\\\t");
    if begins
        && ends
        && (tabbed(&rest[right..]) || left > 0 && tabbed(&before[(before.len() - left).saturating_sub(1)..]))
    {
        return true;
    }
    let divided = |part: &[u8]| {
        part.iter().any(|b| matches!(b, b',' | b';' | b'|' | b'\t'))
            || part.windows(2).any(|pair| pair == b"  ")
    };
    // The only column, over a rule of dashes.
    let ruled = |rest: &[u8]| rest.starts_with(b"\n---") || rest.starts_with(b"\\n---");
    if ruled(&rest[right..]) {
        return true;
    }
    ends && begins && (divided(&rest[..right]) || divided(&before[before.len() - left..]))
}

/// Whether the name at `start..end`, which often means something else, is given a value.
fn is_assigned(bytes: &[u8], (start, end): (usize, usize), closed: usize, next: usize) -> bool {
    match (bytes.get(next), bytes.get(next + 1)) {
        (Some(b'='), _) => true,
        (Some(b':'), then) => then != Some(&b':'),
        (Some(b'>'), _) => bytes[start.saturating_sub(64)..start].contains(&b'<'),
        (Some(b',' | b'|'), _) => closed > end,
        (Some(b'v'), Some(b'a')) => closed > end,
        _ => false,
    }
}

/// `passes`, `passed`, `passing`, `passive`, `keyword`, `keyboard`, `fipskey`: whether what follows a stem makes another
/// word of it.
fn is_other_word(stem: &str, rest: &[u8]) -> bool {
    let starts =
        |word: &str| rest.get(..word.len()).is_some_and(|have| have.eq_ignore_ascii_case(word.as_bytes()));
    match stem {
        "pass" => match rest {
            [b'e'] => false,
            [b'e', next, ..] => next.is_ascii_lowercase(),
            [b'w' | b'p' | b'c' | b'k' | b'o', ..] => false,
            [next, ..] => next.is_ascii_lowercase(),
            [] => false,
        },
        "key" => ["word", "board", "frame", "stroke"].into_iter().any(starts),
        "psk" => starts("ey"),
        _ => false,
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | 0x80..)
}

fn count(bytes: &[u8], from: usize, most: usize, like: impl Fn(u8) -> bool) -> usize {
    bytes[from.min(bytes.len())..].iter().take(most).take_while(|&&b| like(b)).count()
}

/// Whether what stands behind a name, its closing signs and blanks may lead to a value.
fn follows(bytes: &[u8], closed: usize, next: usize) -> bool {
    let Some(&sign) = bytes.get(next) else { return false };
    let then = bytes.get(next + 1).copied().unwrap_or(0);
    match sign {
        b')' if next == closed => {
            is_column(bytes, closed) || is_typed(bytes, closed) || bytes[closed..].starts_with(b") { ")
        }
        b'+' | b'%' if next == closed => then == b'=' || is_spelled_blank(&bytes[closed..]),
        // `<property value="x" name="password"/>`.
        b'/' if next == closed => matches!(then, b'>' | b'i'),
        b'&' if next == closed => then == b'g',
        b';' | b'}' | b'{' if next == closed => false,
        b'-' | b'<' if next == closed => matches!(then, b'/' | b'-'),
        b'.' if next == closed && then == b'.' => true,
        b'.' | b'#' | b'$' | b'@' | b'^' if next == closed => false,
        _ => true,
    }
}

/// How far behind a word the spelling of URLs is looked for, in bytes.
const SPELLED: usize = 96;

/// Whether `rest`, what follows a word, begins with a blank as URLs spell it: `%20is%20x`, `+is+x%21`.
pub(crate) fn is_spelled_blank(rest: &[u8]) -> bool {
    match rest {
        [b'%', b'2', b'0', ..] | [b'%', b'2', b'5', b'2', b'0', ..] => true,
        [b'+', next, ..] if next.is_ascii_alphanumeric() => {
            let near = &rest[..rest.len().min(SPELLED)];
            let run = near.iter().position(|b| *b <= b' ' || matches!(b, b'"' | b'\''));
            memchr::memchr(b'%', &near[..run.unwrap_or(near.len())]).is_some()
        }
        _ => false,
    }
}

/// Whether the list that ends at `end` is one of columns: `(a, password) VALUES`.
pub(crate) fn is_column(bytes: &[u8], end: usize) -> bool {
    let word = end + 1 + count(bytes, end + 1, 8, |b| b.is_ascii_whitespace() || matches!(b, b'\\' | b'n'));
    bytes.get(end) == Some(&b')')
        && bytes.get(word..word + 6).is_some_and(|w| w.eq_ignore_ascii_case(b"values"))
}

/// Whether something is typed into the field whose selector ends before the bracket at `close`: `('#pass').fill('x')`.
fn is_typed(bytes: &[u8], close: usize) -> bool {
    let dot = close + count(bytes, close, 4, |b| b == b')');
    bytes.get(dot) == Some(&b'.')
        && matches!(bytes.get(dot + 1), Some(b'f' | b't' | b's' | b'p' | b'u' | b'o' | b'g' | b'v'))
}

/// Parts of words before a name that may say what it is: `use … as the token`.
const LINKS: [[u8; 4]; 13] = [
    *b" as ", *b" is ", *b" for", *b"was ", *b"yped", *b"nter", *b" als", *b"como", *b"omme", *b"ome ",
    *b"jako", *b"at's", *b"it's",
];

/// One bit for the hash of each of them: most text has none, and is told so without a branch.
static LINK_BITS: u64 = {
    let (mut bits, mut i) = (0, 0);
    while i < LINKS.len() {
        bits |= link_bit(LINKS[i]);
        i += 1;
    }
    bits
};

const fn link_bit(part: [u8; 4]) -> u64 {
    1 << (u32::from_le_bytes(part).wrapping_mul(0x9e37_79b1) >> 26)
}

/// Whether a sentence may have said before the name what it is.
fn is_object(bytes: &[u8], start: usize) -> bool {
    let near = &bytes[start.saturating_sub(48)..start];
    let parts = || near.windows(4).filter_map(|part| part.first_chunk());
    let linked = parts().fold(0, |bits, &part| bits | link_bit(part)) & LINK_BITS != 0
        && parts().any(|part| link_bit(*part) & LINK_BITS != 0 && LINKS.contains(part));
    linked || is_put(near)
}

/// Whether the name follows a word that says where a value goes, what it is for, or when it is typed: `put x in NAME`, `use
/// x for the NAME`, `type x at the NAME`.
fn is_put(near: &[u8]) -> bool {
    let Some(near) = near.strip_suffix(b" ").or_else(|| near.strip_suffix("作为".as_bytes())) else {
        return near.ends_with("做".as_bytes());
    };
    let before = near.strip_suffix(b" the").unwrap_or(near);
    let before = before.strip_suffix(b" admin").and_then(|b| b.strip_suffix(b" the")).unwrap_or(before);
    [&b" in"[..], b"into", b" to", b" on", b" at"].iter().any(|word| before.ends_with(word))
}

/// Whether the name is the value of a key `name` or `key`: what it names may stand before it.
fn is_called(bytes: &[u8], start: usize) -> bool {
    let near = &bytes[start.saturating_sub(32)..start];
    let Some(colon) = memchr::memrchr(b':', near) else { return false };
    let key = near[..colon].iter().rposition(|b| b.is_ascii_alphabetic()).map_or(near, |i| &near[..=i]);
    (key.len() < colon || near.get(colon + 1) == Some(&b' '))
        && [&b"name"[..], b"Name", b"key", b"Key"].iter().any(|word| key.ends_with(word))
}

/// Whether the name is a part of a file's that something is written to: `> ~/.vault_pass`.
fn is_written(bytes: &[u8], start: usize) -> bool {
    let near = &bytes[start.saturating_sub(48)..start];
    matches!(near.last(), Some(b'_' | b'-' | b'.' | b'/'))
        && memchr::memrchr(b'>', near).is_some_and(|sign| near.get(sign + 1) == Some(&b' '))
}

/// Whether a machine may have made what stands after a name: a quoted value or a number behind `:` or `=`, else what comes
/// up to the end of the line, or of the next if this ends with a sign that asks for a value.
fn machine_made_after(bytes: &[u8], name: usize, next: usize) -> bool {
    if matches!(bytes.get(next), Some(b':' | b'=')) {
        let value = next + 1 + count(bytes, next + 1, BLANKS, |b| matches!(b, b' ' | b'\t'));
        let digits = count(bytes, value, SHORTEST_LETTERS, |b| b.is_ascii_digit());
        if digits > 0
            && matches!(
                bytes.get(value + digits),
                None | Some(b',' | b'}' | b' ' | b')' | b']' | b';' | b'\n')
            )
        {
            return machine_made(&bytes[value..value + digits]);
        }
        let slashes = count(bytes, value, CLOSERS, |b| b == b'\\');
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(value + slashes).copied() {
            let inside = value + slashes + 1;
            let length = count(bytes, inside, REACH, |b| b != quote && b != b'\n');
            let goes_on = matches!(
                &bytes[(inside + length + 1).min(bytes.len())..],
                [b'"' | b'\'', ..] | [b'\\', b'"' | b'\'', ..] | [b'.', b'c', ..]
            );
            if length > slashes && !goes_on {
                return machine_made(&bytes[inside..inside + length]);
            }
        }
    }
    machine_made_on_line(&bytes[name..bytes.len().min(name + REACH)])
}

/// Whether a machine may have made something in `rest` up to the end of a line that asks for no value.
fn machine_made_on_line(rest: &[u8]) -> bool {
    let (mut at, mut asks) = (0, true);
    while at < rest.len() {
        let escaped = matches!(rest[at], b'n' | b'r') && at > 0 && rest[at - 1] == b'\\';
        let ends_line = escaped || matches!(rest[at], b'\n' | b'\r');
        if ends_line && !asks {
            return false;
        }
        let run = run(&rest[at..]);
        if is_made(run) {
            return true;
        }
        // The letter of an escape that ends a line says nothing, the rest of its run does.
        let told = &rest[at + usize::from(ends_line)..at + run.bytes.len().max(1)];
        if let Some(&last) = told.last().filter(|&&last| CLASS[usize::from(last)] & BLANK == 0) {
            asks = CLASS[usize::from(last)] & ASKS != 0;
        }
        at += run.bytes.len().max(1);
    }
    false
}

fn machine_made_before(bytes: &[u8], start: usize) -> bool {
    machine_made(&bytes[start.saturating_sub(REACH)..start])
}

/// Whether there is a run that a machine may have made: long enough, and with a digit or longer still.
fn machine_made(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() {
        let run = run(&text[at..]);
        if is_made(run) {
            return true;
        }
        at += run.bytes.len() + 1;
    }
    false
}

/// A byte that a value may have.
const VALUE: u8 = 1;
/// `[0-9]`
const DIGIT: u8 = 2;
/// `[A-Za-z]`
const LETTER: u8 = 4;
/// What at the end of a line asks for a value in the next.
const ASKS: u8 = 8;
/// What says nothing at the end of a line: blanks, and the backslash of an escape.
const BLANK: u8 = 16;

/// What a line of names consists of.
const CALM: u8 = 32;

/// What each byte is.
static CLASS: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        let value = matches!(b, b'!' | b'#'..=b'&' | b'*'..=b'+' | b'-'..=b':' | b'=' | b'?'..=b'Z' | b'^' | b'_' | b'a'..=b'z' | b'~');
        let asks = matches!(
            b,
            b'=' | b':' | b'(' | b',' | b'>' | b'|' | b'`' | b'"' | b'\'' | b'[' | b'{' | b'-' | 0x80..
        );
        let blank = matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'\\');
        let calm =
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b',' | b';' | b'|' | b' ' | b'"' | b'\t');
        classes[byte] = (value as u8 * VALUE)
            | (b.is_ascii_digit() as u8 * DIGIT)
            | (b.is_ascii_alphabetic() as u8 * LETTER)
            | (asks as u8 * ASKS)
            | (blank as u8 * BLANK)
            | (calm as u8 * CALM);
        byte += 1;
    }
    classes
};

/// Bytes that a value may have, side by side.
#[derive(Clone, Copy)]
struct Run<'b> {
    bytes: &'b [u8],
    /// What its bytes are, all together.
    classes: u8,
}

/// The run that `bytes` start with, perhaps of none.
#[inline]
fn run(bytes: &[u8]) -> Run<'_> {
    let (mut len, mut classes) = (0, 0);
    while let Some(&byte) = bytes.get(len) {
        let class = CLASS[usize::from(byte)];
        if class & VALUE == 0 {
            break;
        }
        classes |= class;
        len += 1;
    }
    Run { bytes: &bytes[..len], classes }
}

/// Whether a machine may have made a run, or the start of it.
#[inline]
fn is_made(run: Run<'_>) -> bool {
    let len = run.bytes.len();
    len >= SHORTEST
        && (run.classes & (DIGIT | LETTER) == DIGIT | LETTER
            || len >= 2 * SHORTEST_LETTERS
            || len >= SHORTEST_LETTERS && is_mixed(run.bytes))
}

/// Whether a long run is of digits, or of letters that often change their case, the first one counted.
fn is_mixed(run: &[u8]) -> bool {
    let digits = run.iter().filter(|b| b.is_ascii_digit()).count();
    let changes = |pair: &&[u8]| pair[1].is_ascii_alphabetic() && (pair[0] ^ pair[1]) & 0x20 != 0;
    digits >= SHORTEST_LETTERS || 1 + run.windows(2).filter(changes).count() >= CASES
}
