//! Frames of a stack over two lines, as Go shows them: a call, and its place below.

use super::{line::Verdict, message::is_go_place, page::Line};

/// Takes the calls above places for what stays.
pub(super) fn read(text: &[u8], lines: &mut [Line]) {
    for at in 1..lines.len() {
        if matches!(text[lines[at].start..lines[at].end].first(), Some(b'\t' | b' '))
            && is_go_place(lines[at].bytes(text))
            && is_call(lines[at - 1].bytes(text).trim_ascii())
        {
            for line in &mut lines[at - 1..=at] {
                (line.verdict, line.content) = (Verdict::Firm, line.start);
            }
        }
    }
}

/// `main.(*Ledger).Settle(0xc00001c0a8, 0x6)`, `main.main()`, `created by main.serve in goroutine 1`: a chain of names that
/// is called with numbers alone.
fn is_call(body: &[u8]) -> bool {
    if body.starts_with(b"created by ") {
        return true;
    }
    let Some(open) = memchr::memrchr(b'(', body) else { return false };
    let (chain, given) = (&body[..open], &body[open + 1..]);
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"_.-/*()[]%~".contains(b) || *b >= 0x80;
    let number = |b: &u8| b.is_ascii_hexdigit() || b"x, ?{}_.)".contains(b);
    given.ends_with(b")") && chain.contains(&b'.') && chain.iter().all(part) && given.iter().all(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_take_numbers_alone() {
        for call in [
            "main.main()",
            "main.(*Ledger).Settle(0xc00001c0a8, {0x4, ?})",
            "example.io/ledger/rows.Map[...].func1(...)",
            "created by main.serve in goroutine 1",
        ] {
            assert!(is_call(call.as_bytes()), "{call}");
        }
        for other in ["rows.Settle(ctx, total)", "x := rows.Len()", "main", "return f(0)"] {
            assert!(!is_call(other.as_bytes()), "{other}");
        }
    }
}
