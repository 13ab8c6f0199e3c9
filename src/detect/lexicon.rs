//! Long lists of words, one a line and sorted, searched as they are in the program: nothing is read when it starts.

/// Whether one of the lines of `list`, sorted by their bytes, is `word`. Lines of comments at its head begin with a byte
/// below those of all words.
pub(super) fn has(list: &str, word: &[u8]) -> bool {
    let list = list.as_bytes();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &list[low..middle]).map_or(low, |i| low + i + 1);
        let end = memchr::memchr(b'\n', &list[middle..high]).map_or(high, |i| middle + i);
        match list[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        for list in ["# of words\n# sorted\nab\nabc\nb\nlonger\nz\n", "ab\nabc\nb\nlonger\nz"] {
            for word in ["ab", "abc", "b", "longer", "z"] {
                assert!(has(list, word.as_bytes()), "{word}");
            }
            for word in ["", "a", "abcd", "bb", "long", "zz", "#", "0"] {
                assert!(!has(list, word.as_bytes()), "{word}");
            }
        }
        assert!(!has("", b"a"));
    }
}
