//! What dumps put between a name and its value: types, lengths, addresses, rules.

/// The length of what stands before the value at the start of `rest`: `!!str x`, `chr "x"` of R, `0x55f0 "x"` of a debugger,
/// `(string) (len=8) "x"` of Go, `REG_SZ    x` of Windows, a rule of dashes.
pub(super) fn lead(rest: &[u8]) -> Option<usize> {
    const HEADS: [&[u8]; 5] = [b"!!str ", b"chr ", b"\n----\n", b"REG_SZ ", b"/t REG_SZ /d "];
    let first = *rest.first()?;
    if !matches!(first, b'!' | b'c' | b'\n' | b'R' | b'/' | b'0' | b'(') {
        return None;
    }
    if let Some(head) = HEADS.iter().find(|head| rest.starts_with(head)) {
        return Some(head.len() + rest[head.len()..].iter().take_while(|b| **b == b' ').count());
    }
    let address = rest
        .strip_prefix(b"0x")
        .map(|digits| 2 + digits.iter().take_while(|b| b.is_ascii_hexdigit()).count());
    let typed = rest.strip_prefix(b"(string) (len=").and_then(|rest| Some(15 + memchr::memchr(b')', rest)?));
    let len = address.or(typed)?;
    rest.get(len..len + 2).filter(|next| *next == b" \"").map(|_| len + 1)
}

/// The length of what says who may see a member of an object of PHP: `:protected]` of `["password":protected]`.
pub(super) fn visibility(rest: &[u8]) -> usize {
    if !rest.starts_with(b":") {
        return 0;
    }
    let close = memchr::memchr(b']', &rest[..rest.len().min(64)]);
    let named = |end: usize| {
        rest[1..end].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'"' | b':' | b'_' | b'\\'))
    };
    close
        .filter(|&end| {
            named(end) && (rest[..end].ends_with(b"protected") || rest[..end].ends_with(b"private"))
        })
        .unwrap_or(0)
}
