//! Calls whose first argument names what the second is: `define('NAME', 'x')`, `setItem("name", "x")`,
//! `getenv("NAME", "x")`, `page.fill('#name', 'x')`.

/// How callees begin that set something or say what holds without it.
const VERBS: [&[u8]; 11] = [
    b"config",
    b"define",
    b"env",
    b"fetch",
    b"fill",
    b"get_env",
    b"getenv",
    b"getordefault",
    b"put",
    b"set",
    b"type",
];

/// The longest selector between a bracket and a name, in bytes: `(`, a quote, `input[name="`.
const SELECTOR: usize = 32;

/// Whether a name stands in the first argument, in quotes, of such a call, given what stands before the name.
pub(super) fn is_call(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(SELECTOR)..];
    let Some(open) = memchr::memrchr(b'(', near) else { return false };
    let selector = &near[open + 1..];
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"#.[=*^~:-_\"'`\\ ".contains(b);
    if !matches!(selector.first(), Some(b'"' | b'\'' | b'`' | b'\\' | b' ')) || !selector.iter().all(part) {
        return false;
    }
    let call = &before[..before.len() - selector.len() - 1];
    let word = call.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let word = &call[call.len() - word..];
    call.ends_with(b"environ.get")
        || VERBS.iter().any(|w| word.get(..w.len()).is_some_and(|have| have.eq_ignore_ascii_case(w)))
}

/// Where the text starts that is typed into the field whose name ends at `end`, `getByLabel('Password').fill('x')`, or that
/// holds where nothing has it: `var("NAME").unwrap_or("x")`.
pub(super) fn typed(bytes: &[u8], end: usize) -> Option<usize> {
    // The colon of a question: `"Password:"`.
    let end = end + usize::from(bytes[end..].starts_with(b":\""));
    let near = &bytes[end..bytes.len().min(end + 48)];
    let closing = near.iter().take_while(|b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b']' | b')')).count();
    let rest = &near[closing..];
    if closing == 0 {
        return None;
    }
    if near[..closing].contains(&b')') {
        const TYPING: [&str; 11] = [
            ".fill(",
            ".getOrElse(",
            ".orElse(",
            ".pressSequentially(",
            ".sendKeys(",
            ".send_keys(",
            ".set(",
            ".setValue(",
            ".type(",
            ".unwrap_or(",
            ".unwrap_or_else(|_| ",
        ];
        let verb = TYPING.iter().find(|verb| rest.starts_with(verb.as_bytes()))?;
        return Some(end + closing + verb.len());
    }
    // A dialogue of `expect`: what is sent to the question.
    const SENDING: [&[u8]; 6] =
        [b", with: ", b"; send ", b"\nsend ", b" { send ", b"; send -- ", b"\nsend -- "];
    let sending = SENDING.iter().find(|s| rest.starts_with(s))?;
    Some(end + closing + sending.len())
}
