//! Words that people spell with digits to make a password of them: `B4dg3r_160`, `S3cur3!`.

use crate::detect::{shape::Shape, vocabulary};

/// The longest such word, in bytes.
const LONGEST: usize = 24;

/// The shortest word that is spelled so, in bytes: shorter ones come about by chance.
const SHORTEST: usize = 5;

/// Whether a word is one of everyone's with digits for letters in it, and a number or a sign behind it.
pub(super) fn is_leet(word: &[u8], shape: Shape) -> bool {
    if shape.digits < 2 || word.len() > LONGEST || !word[0].is_ascii_uppercase() {
        return false;
    }
    let tail = word.iter().rev().take_while(|b| b.is_ascii_digit() || b"_-.!@#$%*?+".contains(b)).count();
    let end = word.len() - tail;
    // The word may end with such a digit itself.
    tail >= 2 && (is_spelled(&word[..end]) || is_spelled(&word[..=end]))
}

/// Whether a word is one of everyone's with digits for some of its letters.
fn is_spelled(head: &[u8]) -> bool {
    let inside = head.iter().filter(|b| b.is_ascii_digit()).count();
    let plain = head[1..].iter().all(|b| b.is_ascii_lowercase() || b"013457".contains(b));
    let spelled = |one: u8| head.iter().map(|b| letter(*b, one)).collect::<Vec<u8>>();
    inside > 0
        && head.len() >= SHORTEST
        && plain
        && inside * 2 <= head.len()
        && (vocabulary::has(&spelled(b'l')) || vocabulary::has(&spelled(b'i')))
}

/// The letter that a byte stands for, where a one is `one`.
fn letter(byte: u8, one: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' => one,
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        b => b.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_digits_for_letters_are_told() {
        for (word, leet) in [
            ("B4dg3r_160", true),
            ("M4gn3t_078", true),
            ("S3cur3!42", true),
            ("Badger_160", false),
            ("Base64_2", false),
            ("B4d_16", false),
            ("b4dg3r_160", false),
            ("Sha3_256", false),
            ("", false),
        ] {
            assert_eq!(
                !word.is_empty() && is_leet(word.as_bytes(), Shape::of(word.as_bytes())),
                leet,
                "{word}"
            );
        }
    }
}
