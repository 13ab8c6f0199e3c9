//! Values over several lines: what between and before their lines is no part of them.

use crate::{
    span::{Raw, Span, Text},
    transcript::view::View,
};

/// The least length of a value that is looked at line by line, in bytes: keys, not passwords.
const LEAST: usize = 64;

/// The raw spans of `span`, without line breaks that the text spells out (`\n` in a JSON string within it) and without
/// the diff signs of its later lines, if its first has one.
pub(super) fn raw(view: &View<'_>, span: Span<Text>) -> Vec<Span<Raw>> {
    let whole = view.raw(span);
    let value = &view.bytes()[span.range()];
    if value.len() < LEAST || memchr::memchr2(b'\\', b'\n', value).is_none() {
        return whole;
    }
    let sign = span.start().checked_sub(1).map(|i| view.bytes()[i]).filter(|b| matches!(b, b'+' | b'-'));
    let mut out: Vec<Span<Raw>> = Vec::with_capacity(whole.len());
    for (start, end) in lines(value) {
        let signed = start > 0 && start < end && sign == Some(value[start]);
        let line = Span::new(span.start() + start + usize::from(signed), span.start() + end);
        out.extend(view.raw(line));
    }
    // An opaque view gives all of its spans for any part of it.
    if out.is_empty() || out.windows(2).any(|pair| pair[0].end() > pair[1].start()) { whole } else { out }
}

/// The lines of `value`: between line breaks, real ones and spelled ones.
fn lines(value: &[u8]) -> Vec<(usize, usize)> {
    let (mut out, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(step) = memchr::memchr2(b'\\', b'\n', &value[at..]) {
        let mark = at + step;
        let slashes = value[mark..].iter().take_while(|&&b| b == b'\\').count();
        let letter = value.get(mark + slashes);
        at = mark + slashes.max(1);
        if slashes == 0 || matches!(letter, Some(b'n' | b'r')) {
            at += usize::from(slashes > 0);
            out.push((start, mark));
            start = at;
        }
    }
    out.push((start, value.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_signs_between_the_lines_stay() {
        let body = "MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0t";
        for (between, sign) in
            [("\n", ""), ("\\n", ""), ("\\\\\\\\n", ""), ("\r\n", ""), ("\n+", "+"), ("\\n-", "-")]
        {
            let text = format!("{sign}{body}{between}{body}");
            let view = View::identity(text.as_bytes(), 0);
            let spans = raw(&view, Span::new(sign.len(), text.len()));
            let got: Vec<_> = spans.iter().map(|s| &text[s.range()]).collect();
            assert_eq!(got, [body, body], "{between:?}");
        }
    }
}
