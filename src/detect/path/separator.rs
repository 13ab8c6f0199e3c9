//! What stands between the components of a path: `/` or `\`, plain, doubled, percent-encoded, as an entity or escaped.

/// The two families of separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `/` and what stands for it.
    Slash,
    /// `\` and what stands for it.
    Backslash,
}

/// One separator in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Separator {
    /// Which family it is of.
    pub(super) family: Family,
    /// Its bytes in the text.
    pub(super) width: usize,
}

/// Spellings of one separator, other than runs of backslashes.
static SPELLINGS: &[(&[u8], Family)] = &[
    (b"/", Family::Slash),
    (b"%2f", Family::Slash),
    (b"%252f", Family::Slash),
    (b"&#x2f;", Family::Slash),
    (b"&#47;", Family::Slash),
    (b"&sol;", Family::Slash),
    (b"u002f", Family::Slash),
    (b"%5c", Family::Backslash),
    (b"%255c", Family::Backslash),
    (b"&#x5c;", Family::Backslash),
    (b"&#92;", Family::Backslash),
];

/// The most backslashes that one separator is written with: JSON in JSON in JSON, twice.
pub(super) const MAX_BACKSLASHES: usize = 16;

/// The separator that starts at byte `at`.
pub(super) fn starting(bytes: &[u8], at: usize) -> Option<Separator> {
    let rest = bytes.get(at..)?;
    match rest.first()? {
        b'/' => return Some(Separator { family: Family::Slash, width: 1 }),
        b'\\' | b'%' | b'&' => {}
        _ => return None,
    }
    let backslashes = rest.iter().take(MAX_BACKSLASHES).take_while(|&&b| b == b'\\').count();
    if let Some((width, family)) = spelling(&rest[backslashes..], backslashes) {
        return Some(Separator { family, width: backslashes + width });
    }
    (backslashes > 0).then_some(Separator { family: Family::Backslash, width: backslashes })
}

/// The separator that ends right before byte `at`.
pub(super) fn ending(bytes: &[u8], at: usize) -> Option<Separator> {
    let before = bytes.get(..at)?;
    let last = *before.last()?;
    if !may_end(last) {
        return None;
    }
    let run = |b: &[u8]| b.iter().rev().take(MAX_BACKSLASHES).take_while(|&&b| b == b'\\').count();
    let last = last.to_ascii_lowercase();
    for &(s, family) in SPELLINGS.iter().filter(|(s, _)| s.last() == Some(&last)) {
        let Some(start) = at.checked_sub(s.len()) else { continue };
        if before[start..].eq_ignore_ascii_case(s) {
            let backslashes = run(&before[..start]);
            if s == b"u002f" && backslashes == 0 {
                continue;
            }
            let escaped = if takes_backslashes(s) { backslashes } else { 0 };
            return Some(Separator { family, width: s.len() + escaped });
        }
    }
    let width = run(before);
    (width > 0).then_some(Separator { family: Family::Backslash, width })
}

/// Whether a separator's last byte may be `byte`: says no to nearly every byte of a name.
fn may_end(byte: u8) -> bool {
    matches!(byte, b'/' | b'\\' | b'f' | b'F' | b'c' | b'C' | b';')
}

/// Whether backslashes before `spelling` belong to it: `\/` and `\u002f` in JSON.
fn takes_backslashes(spelling: &[u8]) -> bool {
    matches!(spelling, b"/" | b"u002f")
}

/// The spelling at the start of `text`, which that many backslashes stand before: its length and family.
fn spelling(text: &[u8], backslashes: usize) -> Option<(usize, Family)> {
    let first = text.first()?.to_ascii_lowercase();
    SPELLINGS.iter().filter(|(s, _)| s[0] == first).find_map(|&(s, family)| {
        let fits = text.get(..s.len())?.eq_ignore_ascii_case(s);
        let allowed = match s {
            b"u002f" => backslashes > 0,
            _ => backslashes == 0 || takes_backslashes(s),
        };
        (fits && allowed).then_some((s.len(), family))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_spelling_is_told_by_its_first_and_its_last_byte(text in "[a%&#xX;256fFcCuUsol/]{0,8}", slashes in 0usize..3) {
            let fits = |text: &[u8], s: &[u8]| text.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s));
            let text = text.as_bytes();
            let expected = SPELLINGS.iter().find(|&&(s, _)| {
                let allowed = if s == b"u002f" { slashes > 0 } else { slashes == 0 || takes_backslashes(s) };
                fits(text, s) && allowed
            });
            proptest::prop_assert_eq!(spelling(text, slashes), expected.map(|&(s, family)| (s.len(), family)));
            let ends = SPELLINGS.iter().filter(|&&(s, _)| s != b"u002f");
            let last = ends.clone().find(|(s, _)| text.len().checked_sub(s.len()).is_some_and(|at| fits(&text[at..], s)));
            proptest::prop_assert_eq!(ending(text, text.len()).map(|found| found.family), last.map(|&(_, family)| family));
        }
    }

    #[test]
    fn every_spelling_is_read_from_both_sides() {
        let slashes = ["/", r"\/", r"\\/", "%2F", "%2f", "%252F", "&#x2F;", "&#47;", r"\u002f", r"\\u002F"];
        let backslashes = [r"\", r"\\", r"\\\\", "%5C", "%255c", "&#92;"];
        for (list, family) in [(&slashes[..], Family::Slash), (&backslashes[..], Family::Backslash)] {
            for s in list {
                let text = format!("a{s}b");
                let expected = Some(Separator { family, width: s.len() });
                assert_eq!(starting(text.as_bytes(), 1), expected, "{s}");
                assert_eq!(ending(text.as_bytes(), 1 + s.len()), expected, "{s}");
            }
        }
        assert_eq!(starting(b"u002f", 0), None);
        assert_eq!(ending(b"au002f", 6), None);
    }
}
