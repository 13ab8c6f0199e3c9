//! Files as disassemblers and dumps show them: what stands before the instructions and the bytes.

use super::prefix::Prefix;

/// `    1139:\t48 89 e5 \tmov …` of a disassembler.
pub(super) fn disassembly(line: &[u8]) -> Option<Prefix> {
    let tab = memchr::memchr(b'\t', &line[..line.len().min(40)])?;
    let place = line[..tab].trim_ascii_start().strip_suffix(b":")?;
    let bytes = line[tab + 1..].iter().take_while(|b| b.is_ascii_hexdigit() || **b == b' ').count();
    let len = tab + 1 + bytes;
    let fits = !place.is_empty() && place.iter().all(u8::is_ascii_hexdigit) && bytes >= 3;
    (fits && line.get(len) == Some(&b'\t')).then_some(Prefix { len: len + 1, certain: true, language: "asm" })
}

/// `0000000000001139 <settle>:` above the instructions of a function.
pub(super) fn symbol(line: &[u8]) -> Option<Prefix> {
    let digits = line.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    let fits = digits >= 8 && line[digits..].starts_with(b" <") && line.ends_with(b">:");
    fits.then_some(Prefix { len: digits + 1, certain: true, language: "asm" })
}

/// `00000010: 6465 6620 7365 …`, `00000010  64 65 66 …`: bytes of a file as they are.
pub(super) fn dump(line: &[u8]) -> Option<Prefix> {
    let digits = line.iter().take(9).take_while(|b| b.is_ascii_hexdigit()).count();
    let rest = &line[digits..];
    let mark = rest.iter().take(3).take_while(|b| matches!(b, b':' | b' ')).count();
    if digits == 7 && is_characters(rest) {
        return Some(Prefix { len: digits, certain: true, language: "" });
    }
    if !(7..=8).contains(&digits) || mark < 2 {
        return None;
    }
    let mut groups = rest[mark..].split(|b| *b == b' ').filter(|group| !group.is_empty());
    let bytes = |group: &&[u8]| matches!(group.len(), 2 | 4) && group.iter().all(u8::is_ascii_hexdigit);
    (groups.by_ref().take_while(bytes).take(4).count() == 4).then_some(Prefix {
        len: digits + mark,
        certain: true,
        language: "",
    })
}

/// `   d   e   f  \n`: characters in columns of four, as `od -c` shows them.
fn is_characters(rest: &[u8]) -> bool {
    rest.len() >= 8 && rest.chunks(4).all(|cell| cell == b"    " || matches!(cell, [b' ', _, _, 0x21..=0x7e]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_told_from_numbers() {
        for (line, len) in [
            ("00000010: 6465 6620 7365 7474  def sett", 10),
            ("00000010  64 65 66 20 73 65  |def se|", 10),
            ("0000000   d   e   f       s   e   t", 7),
            ("0000020   )  \\n   a", 7),
        ] {
            assert_eq!(dump(line.as_bytes()).map(|prefix| prefix.len), Some(len), "{line}");
        }
        for other in ["0000024", "1234567 rows were read", "20260101  a b c d"] {
            assert!(dump(other.as_bytes()).is_none(), "{other}");
        }
        assert_eq!(symbol(b"0000000000001139 <settle>:").map(|prefix| prefix.len), Some(17));
        assert_eq!(disassembly(b"    1139:\t48 89 e5 \tmov rbp, rsp").map(|prefix| prefix.len), Some(20));
    }
}
