//! Whether what a word leads to stands near it, where the word alone says little: digits behind `code: `, the groups of a key
//! behind `serial`, literals behind `connect(`. Never stricter than what the detectors take.

/// Words of other languages for a code of digits, from where they are rare on, and for what it does.
pub(crate) const FOREIGN_CODES: [&str; 17] = [
    "code lautet",
    "ódigo",
    "codice ",
    "érificat",
    "wój kod",
    "aš kod",
    "kodunuz",
    "ваш код",
    "Ваш код",
    "код подтверждения",
    "验证码",
    "驗證碼",
    "校验码",
    "認証コード",
    "確認コード",
    "인증번호",
    "인증 코드",
];

/// How far from a word the digits of a code, or the groups of a key, start at most, in raw bytes.
const REACH: usize = 96;

/// How far from a call's bracket its literals stand, in raw bytes.
const ARGUMENTS: usize = 320;

/// Whether the word at `start..end` may lead to a secret. What is told by itself always may.
pub(super) fn may_lead(bytes: &[u8], start: usize, end: usize, word: &str) -> bool {
    let rest = |reach: usize| &bytes[end..bytes.len().min(end + reach)];
    match word {
        "code: " | "code is " | "nlock " | "pin " | "pin, " | "puk " | "puk: " | "puk is " => {
            holds_code(rest(REACH))
        }
        _ if FOREIGN_CODES.contains(&word) => holds_code(rest(REACH)),
        "to verify" | "to sign in" | "to log in" | "to confirm" => {
            start > 1 && bytes[start - 2].is_ascii_digit()
        }
        // An `opcode` is none of them.
        "pcode" => start == 0 || !bytes[start - 1].eq_ignore_ascii_case(&b'o'),
        "basic " => is_login(rest(REACH)),
        "serial" | "redeem" | "ft card" => holds_groups(rest(REACH)),
        "connect(" | "connection(" | "euser(" => quotes(rest(ARGUMENTS)) > 2,
        "crypt(" | "cryptsync(" | "keyspec(" | "pbkdf2" | "::make(" | "btoa(" => quotes(rest(REACH)) > 1,
        _ => true,
    }
}

/// Whether a number of four to eight digits stands in `rest`, or two groups of three.
fn holds_code(rest: &[u8]) -> bool {
    let digits = |run: &[u8]| (3..=8).contains(&run.len()) && run.iter().all(u8::is_ascii_digit);
    rest.split(|b| !b.is_ascii_alphanumeric()).any(digits)
}

/// Whether what `rest` starts with may be a login in base64, of which every fourth character is one for the first bits of
/// ASCII, or the word that says so.
fn is_login(rest: &[u8]) -> bool {
    let word = rest.split(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default();
    let ascii = |b: &u8| matches!(b, b'I'..=b'Z' | b'a'..=b'f');
    word.is_empty()
        || word.len() >= 4 && (word[..4].eq_ignore_ascii_case(b"auth") || word.iter().step_by(4).all(ascii))
}

/// Whether capitals and digits in groups stand in `rest`: `7KQ9-2B4M`.
fn holds_groups(rest: &[u8]) -> bool {
    let of_group = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    memchr::memchr_iter(b'-', rest).any(|dash| {
        let (left, right) = (&rest[..dash], &rest[dash + 1..]);
        left.iter().rev().take_while(|b| of_group(b)).count() >= 4
            && right.iter().take_while(|b| of_group(b)).count() >= 4
    })
}

fn quotes(rest: &[u8]) -> usize {
    rest.iter().filter(|b| matches!(b, b'"' | b'\'')).count()
}

#[cfg(test)]
mod tests {
    use super::may_lead;

    #[test]
    fn what_leads_to_nothing_is_no_candidate() {
        for (word, rest, wanted) in [
            ("code: ", "482193, valid ten minutes", true),
            ("code: ", "'ERR_INVALID_ARG'", false),
            ("pin ", "17 of the header", false),
            ("serial", " number 7KQ9-2B4M-V8L3-TQ1N", true),
            ("serial", "izer for JSON", false),
            ("connect(", "'db', 'bob', 'x')", true),
            ("connect(", "host, port)", false),
            ("crypt(", "password, salt)", false),
            ("basic ", "Ym9iOng3S3E5ekIy", true),
            ("basic ", "auth (bob / x7Kq9zB2)", true),
            ("basic ", "blocks of a function", false),
        ] {
            let text = format!("{word}{rest}");
            assert_eq!(may_lead(text.as_bytes(), 0, word.len(), word), wanted, "{text}");
        }
    }
}
