//! Classes of bytes. Each is all bytes whose low nibble is one of some and whose high nibble is one of others, so that
//! two look-ups by nibble, joined by `&`, give a byte's classes.

/// `0-9`
pub(crate) const DIGIT: u8 = 1 << 7;
/// `a-o`, `A-O`
const FIRST: u8 = 1 << 6;
/// `p-z`, `P-Z`
const SECOND: u8 = 1 << 5;
/// `-`
const DASH: u8 = 1 << 4;
/// `_`
const LINE: u8 = 1 << 3;
/// `+` and `/`
const SLASH: u8 = 1 << 2;
/// `! $ % .`
const SIGN: u8 = 1 << 1;
/// `:` and `=`
const OTHER: u8 = 1;

// Each of these has all bits from its lowest on, as engines count on.

/// Letters and digits.
pub(crate) const ALNUM: u8 = DIGIT | FIRST | SECOND;
/// Letters, digits, `_` and `-`.
pub(crate) const NARROW: u8 = ALNUM | LINE | DASH;
/// The above, `+` and `/`.
pub(crate) const BASE: u8 = NARROW | SLASH;
/// Every class.
pub(crate) const TOKEN: u8 = BASE | SIGN | OTHER;

/// The classes of every byte.
pub(crate) static CLASSES: [u8; 256] = classes();
/// Classes by the low nibble.
pub(crate) static LOW: [u8; 16] = nibbles(true);
/// Classes by the high nibble.
pub(crate) static HIGH: [u8; 16] = nibbles(false);

const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => DIGIT,
        b'a'..=b'o' | b'A'..=b'O' => FIRST,
        b'p'..=b'z' | b'P'..=b'Z' => SECOND,
        b'-' => DASH,
        b'+' | b'/' => SLASH,
        b'_' => LINE,
        b'!' | b'$' | b'%' | b'.' => SIGN,
        b':' | b'=' => OTHER,
        _ => 0,
    }
}

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
}

const fn nibbles(low: bool) -> [u8; 16] {
    let mut table = [0; 16];
    let mut byte = 0;
    while byte < 256 {
        let nibble = if low { byte & 15 } else { byte >> 4 };
        table[nibble] |= class(byte as u8);
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nibbles_give_the_classes_of_every_byte() {
        for byte in 0..=255_u8 {
            let joined = LOW[usize::from(byte & 15)] & HIGH[usize::from(byte >> 4)];
            assert_eq!(joined, CLASSES[usize::from(byte)], "byte {byte:#x}");
        }
    }

    #[test]
    fn a_class_is_one_bit_and_a_mask_all_bits_from_its_lowest_on() {
        assert!(CLASSES.iter().all(|class| class.count_ones() <= 1));
        assert!(
            [DIGIT, ALNUM, NARROW, BASE, TOKEN]
                .iter()
                .all(|mask| mask.leading_ones() + mask.trailing_zeros() == 8)
        );
    }

    #[test]
    fn classes_hold_what_their_names_say() {
        let of = |mask: u8| (0..=255_u8).filter(|&b| CLASSES[usize::from(b)] & mask != 0).collect::<Vec<_>>();
        let is =
            |mask: u8, like: fn(u8) -> bool| of(mask) == (0..=255).filter(|&b| like(b)).collect::<Vec<_>>();
        assert!(is(ALNUM, |b| b.is_ascii_alphanumeric()));
        assert!(is(NARROW, |b| b.is_ascii_alphanumeric() || b"_-".contains(&b)));
        assert!(is(BASE, |b| b.is_ascii_alphanumeric() || b"_-+/".contains(&b)));
        assert!(!of(0xff).iter().any(|b| b" \"'\\\n\r\t\0()[],;{}<>|&".contains(b) || *b >= 0x80));
    }
}
