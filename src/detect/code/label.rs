//! Labels with which test runners and databases quote a statement on the same line: the label stays, what is behind it is code.

/// Labels behind which code stands, whatever it looks like.
static LABELS: &[&[u8]] = &[
    b"Failure/Error: ",
    b"Falsifying example: ",
    b"Trying example: ",
    b"Minimal failing input: ",
    b"minimal failing input: ",
    b"Locator: ",
    b"Failed expression: ",
    b"STATEMENT:  ",
    b"[SQL: ",
    b"code:  ",
    b"^I",
];

/// The length of the indentation and the label that `line` begins with.
pub(super) fn read(line: &[u8]) -> Option<usize> {
    let lead = line.iter().take_while(|b| **b == b' ').count();
    let body = &line[lead..];
    if !matches!(body.first(), Some(b'F' | b'T' | b'M' | b'm' | b'L' | b'S' | b'[' | b'c' | b'^')) {
        return None;
    }
    LABELS.iter().find(|label| body.starts_with(label)).map(|label| lead + label.len())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn labels_are_told_from_members() {
        for (line, len) in [
            ("     Failure/Error: expect(a).to eq(b)", Some(20)),
            ("     code:  assert a == b", Some(12)),
            ("Falsifying example: test_a(b=0)", Some(20)),
            ("^Ireturn a$", Some(2)),
            ("code: 'ENOENT',", None),
            ("Failures:", None),
        ] {
            assert_eq!(read(line.as_bytes()), len, "{line}");
        }
    }
}
