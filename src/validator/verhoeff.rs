//! Verhoeff's check digit: catches every wrong digit and every swap of neighbours.
//!
//! Source: J. Verhoeff, "Error detecting decimal codes" (1969): the dihedral group of ten elements and a permutation.

use super::digits::digits;

/// The permutation of a digit by its place from the right, repeated every eight.
const PERMUTATION: [[u8; 10]; 8] = permutations();

const fn permutations() -> [[u8; 10]; 8] {
    let mut table = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [0; 10],
        [0; 10],
        [0; 10],
        [0; 10],
        [0; 10],
        [0; 10],
    ];
    let mut row = 2;
    while row < 8 {
        let mut column = 0;
        while column < 10 {
            table[row][column] = table[row - 1][table[1][column] as usize];
            column += 1;
        }
        row += 1;
    }
    table
}

/// The product of two elements of the group: 0 to 4 turn, 5 to 9 turn and reflect.
const fn product(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// Whether the digits, of which there are two to twenty, end in their check digit.
#[must_use]
pub fn fits(value: &[u8]) -> bool {
    let digits: Option<Vec<u8>> =
        value.iter().map(|byte| byte.is_ascii_digit().then(|| byte - b'0')).collect();
    digits.is_some_and(|digits| (2..=20).contains(&digits.len()) && holds(&digits))
}

pub(super) fn holds(digits: &[u8]) -> bool {
    let places = digits.iter().rev().enumerate();
    places.fold(0, |sum, (place, &digit)| product(sum, PERMUTATION[place % 8][usize::from(digit)])) == 0
}

/// The twelve digits of a value in groups of four or in one piece.
pub(super) fn twelve(value: &[u8]) -> Option<[u8; 12]> {
    digits(value, b" -")
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::*;

    /// The example of the literature: 236 has the check digit 3.
    #[test]
    fn fits_the_example() {
        assert!(fits(b"2363") && !fits(b"2364") && !fits(b"23x3"));
    }

    proptest! {
        #[test]
        fn one_check_digit_of_ten_fits(body in "[0-9]{1,18}") {
            let fitting = (0..10).filter(|digit| fits(format!("{body}{digit}").as_bytes())).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn swapped_neighbours_do_not_fit(body in "[0-9]{2,18}", at in any::<prop::sample::Index>()) {
            let digit = (0..10).find(|digit| fits(format!("{body}{digit}").as_bytes())).unwrap();
            let mut number = format!("{body}{digit}").into_bytes();
            let at = at.index(number.len() - 1);
            let equal = number[at] == number[at + 1];
            number.swap(at, at + 1);
            prop_assert_eq!(fits(&number), equal);
        }
    }
}
