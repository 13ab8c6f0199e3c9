//! Where words, lines and encoded characters begin and end: shared by the detectors of identity and paths.

/// The character that ends right before byte `at`, and where it starts; `None` at the start. Broken UTF-8 gives U+FFFD.
pub(super) fn char_before(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let last = *bytes[..at].last()?;
    if last.is_ascii() {
        return Some((char::from(last), at - 1));
    }
    let floor = at.saturating_sub(4);
    let start = (floor..at).rev().find(|&i| bytes[i] & 0xc0 != 0x80).unwrap_or(at - 1);
    let whole = std::str::from_utf8(&bytes[start..at]).ok().and_then(|s| s.chars().next());
    Some(whole.map_or((char::REPLACEMENT_CHARACTER, at - 1), |c| (c, start)))
}

/// The character that starts at byte `at`, and where it ends; `None` at the end. Broken UTF-8 gives U+FFFD.
pub(super) fn char_at(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let first = *bytes.get(at)?;
    if first.is_ascii() {
        return Some((char::from(first), at + 1));
    }
    let ceiling = bytes.len().min(at + 4);
    let whole = (at + 2..=ceiling).find_map(|end| {
        let c = std::str::from_utf8(&bytes[at..end]).ok()?.chars().next()?;
        Some((c, end))
    });
    Some(whole.unwrap_or((char::REPLACEMENT_CHARACTER, at + 1)))
}

/// Whether byte `at` is within a character of UTF-8 that begins before it.
pub(super) fn is_within_character(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|b| b & 0xc0 == 0x80)
        && (at.saturating_sub(3)..at)
            .any(|first| bytes[first] >= 0xc2 && char_at(bytes, first).is_some_and(|(_, end)| end > at))
}

/// Whether `c` is a letter or digit of an alphabet written in words apart, or an accent on one. Chinese, Japanese and
/// Korean text runs on without spaces, so it says nothing of where a word ends.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c > '\u{7f}' && c < '\u{590}' && (c.is_alphanumeric() || is_accent(c)))
}

/// A combining accent, as macOS writes them in file names.
pub(super) fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether byte `at` begins a word: nothing, or no letter, digit or `_`, stands before it. The letter of an escape
/// (`\n`) or of a colour code is no part of a word.
pub(super) fn starts_word(bytes: &[u8], at: usize) -> bool {
    match char_before(bytes, at) {
        None => true,
        Some((c, _)) if is_letter(c) || c == '_' => follows_escape(bytes, at),
        Some(_) => true,
    }
}

/// Whether a word ends at byte `at`.
pub(super) fn ends_word(bytes: &[u8], at: usize) -> bool {
    char_at(bytes, at).is_none_or(|(c, _)| !is_letter(c) && c != '_')
}

/// Whether the bytes before `at` are an escape sequence written out: `\n`, `\t`, `\u003c`, `%3D`, a colour code.
pub(super) fn follows_escape(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(6)..at];
    let plain = matches!(before, [.., b'\\', b'n' | b't' | b'r' | b'b' | b'f' | b'v' | b'0' | b'a' | b'e']);
    let hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    let unicode = before.len() == 6 && before.starts_with(b"\\u") && hex(&before[2..]);
    let percent = before.len() >= 3 && before[before.len() - 3] == b'%' && hex(&before[before.len() - 2..]);
    plain || unicode || percent || follows_colour(bytes, at)
}

/// Whether a terminal's control sequence, such as `ESC [ 0 ; 32 m`, ends at byte `at`; ESC itself or written out.
fn follows_colour(bytes: &[u8], at: usize) -> bool {
    const ESCAPES: [&[u8]; 6] = [b"\x1b", b"\\033", b"\\u001b", b"\\u001B", b"\\x1b", b"\\x1B"];
    let Some((last, body)) = bytes[at.saturating_sub(24)..at].split_last() else { return false };
    let digits = body.iter().rev().take_while(|b| b.is_ascii_digit() || **b == b';').count();
    let head = body[..body.len() - digits].strip_suffix(b"[");
    last.is_ascii_alphabetic()
        && head
            .is_some_and(|head| ESCAPES.iter().any(|escape| head.ends_with(escape)) || head.ends_with(b"\\e"))
}

/// The line around byte `at`, at most `reach` bytes to either side: its start and end.
pub(super) fn line(bytes: &[u8], at: usize, reach: usize) -> (usize, usize) {
    let (floor, ceiling) = (at.saturating_sub(reach), bytes.len().min(at.saturating_add(reach)));
    let start = memchr::memrchr2(b'\n', b'\r', &bytes[floor..at]).map_or(floor, |i| floor + i + 1);
    let end = memchr::memchr2(b'\n', b'\r', &bytes[at..ceiling]).map_or(ceiling, |i| at + i);
    (start, end)
}

/// Whether `haystack` has `needle` (lower case) in it, in any case of letters.
pub(super) fn has(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle))
}

/// Whether `bytes` begin with `word`, in any case. Where the first bytes are known to agree, the last one tells most others.
pub(super) fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|head| {
        let last = head.last().zip(word.last());
        last.is_none_or(|(a, b)| a.eq_ignore_ascii_case(b)) && head.eq_ignore_ascii_case(word)
    })
}

/// Whether `bytes` end with `word`, in any case.
pub(super) fn ends_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.len().checked_sub(word.len()).is_some_and(|from| bytes[from..].eq_ignore_ascii_case(word))
}

/// Whether `haystack` has `word` (lower case) in it as a word of its own, in any case of letters.
pub(super) fn has_word(haystack: &[u8], word: &[u8]) -> bool {
    let last = haystack.len().checked_sub(word.len());
    last.is_some_and(|last| {
        (0..=last).any(|i| {
            let end = i + word.len();
            haystack[i..end].eq_ignore_ascii_case(word)
                && starts_word(haystack, i)
                && ends_word(haystack, end)
        })
    })
}

/// The longest word of any list, in bytes.
const LONGEST_LISTED: usize = 64;

/// Whether `list` (lower case, sorted, no word longer than 64 bytes) has `word` in any case of letters.
pub(super) fn listed(list: &[&str], word: &[u8]) -> bool {
    let mut lower = [0; LONGEST_LISTED];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    list.binary_search_by(|probe| probe.as_bytes().cmp(lower)).is_ok()
}

/// The value behind a percent sign's two digits: `%2F`.
pub(super) fn percent(bytes: &[u8]) -> Option<u8> {
    let digits = bytes.get(..3)?.strip_prefix(b"%")?;
    let digit = |b: u8| char::from(b).to_digit(16);
    Some((digit(digits[0])? << 4 | digit(digits[1])?) as u8)
}

/// The value behind a percent escape, or the escape of one (`%252F`), and its length.
pub(super) fn percent_once_or_twice(bytes: &[u8]) -> Option<(u8, usize)> {
    let twice = |rest: &[u8]| percent(&[b'%', *rest.first()?, *rest.get(1)?]);
    match bytes.strip_prefix(b"%25").and_then(twice) {
        Some(byte) => Some((byte, 5)),
        None => percent(bytes).map(|byte| (byte, 3)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_word_is_met_in_any_case(bytes in "[abABé]{0,6}", word in "[ab]{0,3}") {
            let head = bytes.as_bytes().get(..word.len());
            let expected = head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
            proptest::prop_assert_eq!(starts_with(bytes.as_bytes(), word.as_bytes()), expected);
        }
    }

    #[test]
    fn words_begin_after_escapes_written_out() {
        for text in ["x", r"\nx", r"\u003cx", "%3Dx", "\x1b[0;32mx", "\u{2192}x", "/x"] {
            assert!(starts_word(text.as_bytes(), text.len() - 1), "{text:?}");
        }
        for text in ["ax", "_x", "éx", "nx", "0mx"] {
            assert!(!starts_word(text.as_bytes(), text.len() - 1), "{text:?}");
        }
    }

    #[test]
    fn characters_are_read_both_ways_whatever_the_bytes() {
        let text = "aé\u{1f600}".as_bytes();
        assert_eq!(char_before(text, 7), Some(('\u{1f600}', 3)));
        assert_eq!(char_at(text, 1), Some(('é', 3)));
        assert_eq!(char_before(b"\x80\x80", 2), Some((char::REPLACEMENT_CHARACTER, 1)));
        assert_eq!(char_at(b"\xff", 0), Some((char::REPLACEMENT_CHARACTER, 1)));
    }

    #[test]
    fn places_within_characters_are_told_from_broken_ones() {
        let text = "aé名b".as_bytes();
        let within =
            |bytes: &[u8]| (0..=bytes.len()).filter(|&at| is_within_character(bytes, at)).collect::<Vec<_>>();
        assert_eq!(within(text), [2, 4, 5]);
        assert!(within(b"p\xe4ss\x80w\xa7 \xe5\x90").is_empty());
    }

    #[test]
    fn tables_that_say_so_are_sorted() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/detect");
        for file in
            ignore::Walk::new(root).flatten().filter(|e| e.path().extension().is_some_and(|x| x == "rs"))
        {
            let code = std::fs::read_to_string(file.path()).unwrap();
            for table in code.split("sorted.\n").skip(1) {
                let body = table.split("];").next().unwrap();
                let body = body.split_once("words![").or_else(|| body.split_once("&[")).unwrap().1;
                let words: Vec<_> = body.split('"').skip(1).step_by(2).collect();
                let wrong = words.windows(2).find(|pair| pair[0] >= pair[1]);
                assert!(wrong.is_none(), "{}: {wrong:?}", file.path().display());
            }
        }
    }

    #[test]
    fn words_are_found_whole() {
        assert!(
            has_word(b"Phone: 1", b"phone") && !has_word(b"phones", b"phone") && !has_word(b"x", b"phone")
        );
    }
}
