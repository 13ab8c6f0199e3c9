//! The part of a JSON string around a place in a raw record.

/// How much of a text before a candidate is looked at, in raw bytes.
const BEFORE: usize = 512;
/// How much of it from the candidate on, in raw bytes.
const AFTER: usize = 1536;
/// How far before an array's element its key may stand, in raw bytes.
const ARRAY: usize = 1024;

/// The part of a JSON string around a candidate.
pub(super) struct Window<'r> {
    /// Raw bytes before the candidate.
    pub(super) before: &'r [u8],
    /// Raw bytes from it on.
    pub(super) after: &'r [u8],
    /// Whether `after` ends where the string does, and what the string holds may go on in another one.
    pub(super) joins: bool,
    /// Whether the string goes on behind `after`.
    pub(super) cut: bool,
    /// Whether the string is an element of an array: what it names may stand in the next, what names it in the one before.
    pub(super) element: bool,
    /// The raw key that the string stands under.
    pub(super) key: Option<&'r [u8]>,
}

/// The quotes of a record, looked at from the first place to the last, so that what is known of a string need not be
/// searched again for the next place in it.
pub(in crate::detect) struct Strings<'r> {
    record: &'r [u8],
    /// Up to here and from there on it is known that no unescaped quote stands.
    from: usize,
    to: usize,
    /// Whether one stands right before that, and right behind it.
    opens: bool,
    closes: bool,
}

impl<'r> Strings<'r> {
    pub(in crate::detect) fn of(record: &'r [u8]) -> Self {
        Self { record, from: 0, to: 0, opens: false, closes: false }
    }

    /// The record.
    pub(super) fn record(&self) -> &'r [u8] {
        self.record
    }

    /// The last unescaped quote in `floor..at`, and the first in `at..ceiling`.
    fn around(&mut self, floor: usize, at: usize, ceiling: usize) -> (Option<usize>, Option<usize>) {
        if !(self.from..=self.to).contains(&at) {
            *self = Self { record: self.record, from: at, to: at, opens: false, closes: false };
        }
        if !self.opens && self.from > floor {
            let quote = quote_before(self.record, floor, self.from);
            (self.from, self.opens) = (quote.map_or(floor, |quote| quote + 1), quote.is_some());
        }
        if !self.closes && self.to < ceiling {
            let quote = quote_after(self.record, self.to, ceiling);
            (self.to, self.closes) = (quote.unwrap_or(ceiling), quote.is_some());
        }
        let before = (self.opens && self.from > floor).then(|| self.from - 1);
        (before, (self.closes && self.to < ceiling).then_some(self.to))
    }

    /// The window around byte `at`; `None` if it is in no string value of JSON, as far as can be seen.
    pub(super) fn window(&mut self, at: usize) -> Option<Window<'r>> {
        let record = self.record;
        let floor = at.saturating_sub(BEFORE);
        let ceiling = record.len().min(at + AFTER);
        let (before, after) = self.around(floor, at, ceiling);
        let (start, key, known) = match before {
            Some(quote) => (quote + 1, key(record, quote)?, !is_element(record, quote)),
            None if floor == 0 => return None,
            None => (floor, None, false),
        };
        let (end, ends) = match after {
            Some(quote) => (quote, closes_value(&record[quote + 1..]).then_some(true)?),
            None if ceiling == record.len() => return None,
            None => (ceiling, false),
        };
        let joins = ends && (!known || key == Some(b"text"));
        let element = !known && start > 0 && record[start - 1] == b'"';
        Some(Window { before: &record[start..at], after: &record[at..end], joins, cut: !ends, element, key })
    }
}

/// The first quote from byte `at` on that no backslash escapes; where the record ends if there is none.
pub(in crate::detect) fn next_quote(record: &[u8], at: usize) -> usize {
    quote_after(record, at, record.len()).unwrap_or(record.len())
}

/// The last quote in `floor..at` that no backslash escapes.
fn quote_before(record: &[u8], floor: usize, at: usize) -> Option<usize> {
    memchr::memrchr_iter(b'"', &record[floor..at])
        .map(|i| floor + i)
        .find(|&quote| !is_escaped(record, quote))
}

/// The first quote in `at..ceiling` that no backslash escapes.
fn quote_after(record: &[u8], at: usize, ceiling: usize) -> Option<usize> {
    memchr::memchr_iter(b'"', &record[at..ceiling]).map(|i| at + i).find(|&quote| !is_escaped(record, quote))
}

fn is_escaped(record: &[u8], at: usize) -> bool {
    record[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Whether the string that the quote at `quote` opens is an element of an array.
fn is_element(record: &[u8], quote: usize) -> bool {
    matches!(record[..quote].trim_ascii_end().last(), Some(b'[' | b','))
}

/// Whether what follows a closing quote is what follows a value.
fn closes_value(rest: &[u8]) -> bool {
    matches!(rest.trim_ascii_start().first(), None | Some(b',' | b'}' | b']'))
}

/// The key of the string that the quote at `quote` opens, if it has one; `None` if that quote opens no value.
#[expect(clippy::option_option, reason = "no value, and a value without a key, are not the same")]
fn key(record: &[u8], quote: usize) -> Option<Option<&[u8]>> {
    let before = record[..quote].trim_ascii_end();
    match before.last()? {
        b':' => key_before(record, before.len() - 1).map(Some),
        b'[' => Some(
            before[..before.len() - 1]
                .trim_ascii_end()
                .strip_suffix(b":")
                .and_then(|b| key_before(record, b.len())),
        ),
        b',' => {
            let floor = before.len().saturating_sub(ARRAY);
            let open = memchr::memmem::rfind(&before[floor..], b"\":[").map(|i| floor + i + 1);
            Some(open.and_then(|colon| key_before(record, colon)))
        }
        b'{' => Some(None),
        _ => None,
    }
}

/// The string that ends before the colon at `colon`.
fn key_before(record: &[u8], colon: usize) -> Option<&[u8]> {
    let close = record[..colon].trim_ascii_end().strip_suffix(b"\"")?.len();
    let open = quote_before(record, close.saturating_sub(BEFORE), close)?;
    Some(&record[open + 1..close])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_known_of_a_string_is_what_a_search_finds(
            text in r#"[a"\\]{1,60}"#, mut places in prop::collection::vec((0usize..60, 0usize..9, 0usize..9), 1..12),
        ) {
            places.sort_unstable();
            let record = text.as_bytes();
            let mut strings = Strings::of(record);
            for (at, before, after) in places {
                let at = at.min(record.len() - 1);
                let (floor, ceiling) = (at.saturating_sub(before), record.len().min(at + after));
                let wanted = (quote_before(record, floor, at), quote_after(record, at, ceiling));
                prop_assert_eq!(strings.around(floor, at, ceiling), wanted);
            }
        }
    }
}
