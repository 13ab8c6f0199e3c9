//! Italy's codice fiscale.
//!
//! Source: decree of the Ministry of Finance of 23 December 1976: six letters of the name, year, letter of the month, day
//! (of women plus 40), four characters of the birthplace, a check letter. Digits may be replaced by letters where two
//! people would have the same code (omocodia).

/// Values of characters at odd places, counted from one, in the order `A` to `Z`; digits have those of `A` to `J`.
const ODD: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
/// Places of digits.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// What stands for a digit in case of omocodia, `0` to `9`.
const STAND_INS: &[u8] = b"LMNPQRSTUV";
/// January to December.
const MONTHS: &[u8] = b"ABCDEHLMPRST";

/// Whether the value has the parts of a code and ends in its check letter.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let code = value.to_ascii_uppercase();
    code.len() == 16 && has_parts(&code) && check_letter(&code[..15]) == code[15]
}

fn has_parts(code: &[u8]) -> bool {
    let shaped = code.iter().enumerate().all(|(at, byte)| match at {
        8 => MONTHS.contains(byte),
        _ if DIGITS.contains(&at) => byte.is_ascii_digit() || STAND_INS.contains(byte),
        _ => byte.is_ascii_uppercase(),
    });
    let digit = |at: usize| {
        STAND_INS
            .iter()
            .position(|&letter| letter == code[at])
            .unwrap_or(usize::from(code[at].wrapping_sub(b'0')))
    };
    shaped && matches!(digit(9) * 10 + digit(10), 1..=31 | 41..=71)
}

fn check_letter(code: &[u8]) -> u8 {
    let place = |byte: u8| usize::from(if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' });
    let value = |(at, &byte): (usize, &u8)| if at % 2 == 0 { ODD[place(byte)] } else { place(byte) as u32 };
    b'A' + (code.iter().enumerate().map(value).sum::<u32>() % 26) as u8
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    /// The example of the Italian Wikipedia's article.
    #[test]
    fn fits_the_usual_example() {
        assert!(fits(b"RSSMRA85T10A562S") && fits(b"rssmra85t10a562s"));
        assert!(!fits(b"RSSMRA85T10A562T") && !fits(b"RSSMRA85F10A562S") && !fits(b"RSSMRA85T90A562S"));
    }

    proptest! {
        #[test]
        fn one_check_letter_fits(body in "[A-Z]{6}[0-9]{2}[ABCDEHLMPRST](0[1-9]|[1256][0-9]|4[1-9])[A-Z][0-9]{3}") {
            let fitting = (b'A'..=b'Z').filter(|&letter| fits(&[body.as_bytes(), &[letter]].concat())).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
