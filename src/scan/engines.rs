//! The engines of `simd`, held against the definition of their masks, with the tables of our literals.

use super::{Kinds, Literals};
use crate::simd::{BLOCK, Engine, Half, Masks, Teddy, WINDOW, class};
use proptest::prelude::*;

/// Masks by the definition, a byte at a time.
fn plain(teddy: &Teddy, bytes: &[u8], blocks: usize) -> Vec<Masks> {
    let mut out = vec![Masks::default(); blocks];
    let halves: &[Half] = match teddy {
        Teddy::Few(halves) => *halves,
        Teddy::Many(halves) => *halves,
    };
    for (at, &byte) in bytes.iter().enumerate().take(blocks * BLOCK) {
        let (masks, bit) = (&mut out[at / BLOCK], 1 << (at % BLOCK));
        let alnum = byte.is_ascii_alphanumeric();
        let narrow = alnum || b"_-".contains(&byte);
        let base = narrow || b"+/".contains(&byte);
        masks.alnum |= if alnum { bit } else { 0 };
        masks.narrow |= if narrow { bit } else { 0 };
        masks.base |= if base { bit } else { 0 };
        masks.token |= if class::CLASSES[usize::from(byte)] != 0 { bit } else { 0 };
        masks.digit |= if byte.is_ascii_digit() { bit } else { 0 };
        masks.small |= if byte & 0x20 != 0 { bit } else { 0 };
        masks.slash |= if byte == b'\\' { bit } else { 0 };
        let joint =
            [&b"\",\""[..], b"\", \"", b"\"},{", b"\"}, "].iter().any(|joint| bytes[at..].starts_with(joint));
        masks.joint |= if joint { bit } else { 0 };
        let mut groups = halves.iter().map(|half| {
            (0..WINDOW).fold(0xff_u8, |groups, place| {
                let byte = bytes.get(at + place).copied().unwrap_or(0);
                groups & half.low[place][usize::from(byte & 15)] & half.high[place][usize::from(byte >> 4)]
            })
        });
        masks.literal |= if groups.any(|left| left != 0) { bit } else { 0 };
    }
    out
}

fn engines_agree(bytes: &[u8]) {
    for kinds in [Kinds::ALL, Kinds::SECRETS] {
        engines_agree_for(Literals::of(kinds).teddy(), bytes);
    }
}

fn engines_agree_for(teddy: &Teddy, bytes: &[u8]) {
    let blocks = bytes.len() / BLOCK + 2;
    let wanted = plain(teddy, bytes, blocks);
    for engine in Engine::all() {
        let mut masks = vec![Masks { alnum: 77, ..Masks::default() }; blocks];
        engine.fill(teddy, bytes, 0, &mut masks);
        assert_eq!(masks, wanted, "engine {} at length {}", engine.name(), bytes.len());
        engine.fill(teddy, bytes, 1, &mut masks[1..]);
        assert_eq!(masks, wanted, "engine {} from the second block", engine.name());
    }
}

#[test]
fn engines_agree_at_all_alignments_and_lengths() {
    let source: Vec<u8> = (0..600_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let text =
        br#"{"k":"\nghp_abc","x", "y"},{"z"}, {"://@-----BEGIN PRIVATE KEY passw\u00e9 /home/x"}"#.repeat(6);
    for start in 0..3 {
        for length in 0..200 {
            engines_agree(&source[start * 7..start * 7 + length]);
            engines_agree(&text[start..start + length]);
        }
    }
}

#[test]
fn every_byte_has_the_same_classes_everywhere() {
    for byte in 0..=255 {
        engines_agree(&[byte; 70]);
    }
}

proptest! {
    #[test]
    fn engines_agree_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        engines_agree(&bytes);
    }

    #[test]
    fn engines_agree_on_text(text in "[ -~\\\\\"/\n]{0,300}") {
        engines_agree(text.as_bytes());
    }
}
