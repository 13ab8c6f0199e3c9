//! The forms in which a short secret recurs where no decoding is tried: a long one is found in what its text decodes to.

use base64::prelude::*;

/// The lengths of values that have forms, in bytes. Of shorter ones a form may be met by chance.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=48;

/// The shortest form, in bytes.
const SHORTEST: usize = 10;

/// What `value` is in base64 at each of three places in a text, in hexadecimal of both cases, in a URL and in HTML.
pub(super) fn forms(value: &[u8]) -> Vec<Vec<u8>> {
    if !LENGTHS.contains(&value.len()) {
        return Vec::new();
    }
    let mut hex = Vec::with_capacity(2 * value.len());
    value.iter().for_each(|b| hex.extend([upper_hex(b >> 4), upper_hex(b & 15)]));
    let mut out: Vec<Vec<u8>> = (0..3).map(|place| base64_at(value, place)).collect();
    out.extend([hex.to_ascii_lowercase(), hex, percent(value), entities(value)]);
    out.retain(|form| form.len() >= SHORTEST && form != value);
    out.dedup();
    out
}

/// The digit for four bits.
fn upper_hex(four: u8) -> u8 {
    b"0123456789ABCDEF"[usize::from(four & 15)]
}

/// The characters that stand for `value` alone if `place` bytes, of three, come before it.
fn base64_at(value: &[u8], place: usize) -> Vec<u8> {
    let text = [&[0; 3][..place], value].concat();
    let encoded = BASE64_STANDARD_NO_PAD.encode(&text).into_bytes();
    let mixed = [0, 2, 3][place];
    let whole = if text.len() % 3 == 0 { encoded.len() } else { encoded.len() - 1 };
    // The last character of a text that ends there says the same whatever follows, but for its lowest bits.
    encoded[mixed..whole].to_vec()
}

fn percent(value: &[u8]) -> Vec<u8> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let mut out = Vec::with_capacity(3 * value.len());
    for &b in value {
        match plain(b) {
            true => out.push(b),
            false => out.extend([b'%', upper_hex(b >> 4), upper_hex(b & 15)]),
        }
    }
    out
}

fn entities(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for &b in value {
        match b {
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            _ => out.push(b),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_in_what_is_encoded_with_the_value_anywhere() {
        let value = b"hunter2!&x";
        let forms = forms(value);
        for before in ["", "a", "ab", "abc", "admin:"] {
            for after in ["", "z", "zz", "zzz"] {
                let text = [before.as_bytes(), value, after.as_bytes()].concat();
                let encoded = BASE64_STANDARD.encode(&text);
                let met = forms.iter().any(|form| memchr::memmem::find(encoded.as_bytes(), form).is_some());
                assert!(met, "{before} {after}");
            }
        }
        for form in ["68756e7465723221", "68756E7465723221", "hunter2%21%26x", "hunter2!&amp;x"] {
            assert!(forms.iter().any(|have| have.starts_with(form.as_bytes())), "{form}");
        }
        assert!(super::forms(b"short").is_empty());
    }
}
