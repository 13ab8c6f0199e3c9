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
    // `getByLabelText(/password/i), 'x'`
    if let Some(rest) = bytes[end..].strip_prefix(b"/i)") {
        const TYPING: [&[u8]; 4] = [b", { target: { value: ", b", ", b".fill(", b").fill("];
        return TYPING.iter().find(|verb| rest.starts_with(verb)).map(|verb| end + 3 + verb.len());
    }
    // The colon of a question: `"Password:"`.
    let blank = usize::from(bytes[end..].starts_with(b": "));
    let colon = matches!(bytes[end..], [b':', b'"' | b'\'', ..] | [b':', b' ', b'"' | b'\'', ..]);
    let end = end + if colon { 1 + blank } else { 0 };
    let near = &bytes[end..bytes.len().min(end + 48)];
    let closers = |set: &[u8]| near.iter().take_while(|b| set.contains(b)).count();
    let closing = closers(b"\"'`\\])");
    if closing == 0 {
        return None;
    }
    // `getByRole('textbox', { name: 'Password' })`
    let closing = if near[closing..].starts_with(b" })") { closers(b"\"'`\\]) }") } else { closing };
    let rest = &near[closing..];
    if near[..closing].contains(&b')') {
        const TYPING: [&str; 12] = [
            ".val(",
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
        let Some(verb) = TYPING.iter().find(|verb| rest.starts_with(verb.as_bytes())) else {
            return answered(rest).filter(|_| colon).map(|at| end + closing + at);
        };
        return Some(end + closing + verb.len());
    }
    // A dialogue of `expect`: what is sent to the question.
    const SENDING: [&[u8]; 6] =
        [b", with: ", b"; send -- ", b"\nsend -- ", b"; send ", b"\nsend ", b" { send "];
    let sending = SENDING.iter().find(|s| rest.starts_with(s))?;
    Some(end + closing + sending.len())
}

/// Where the answer starts to a question that a program waits for: `child.expect('Password:')`, a line below
/// `child.sendline('x')`.
fn answered(rest: &[u8]) -> Option<usize> {
    const ANSWERS: [&[u8]; 3] = [b".sendline(", b".send(", b".send_line("];
    let blank = rest.iter().take_while(|b| matches!(b, b'\n' | b'\r' | b' ' | b'\t' | b';')).count();
    let name = rest[blank..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let call = &rest[blank + name..];
    let verb = ANSWERS.iter().find(|verb| call.starts_with(verb)).filter(|_| blank > 0 && name > 0)?;
    Some(blank + name + verb.len())
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_what_is_typed_into_a_field() {
        for text in [
            "await page.getByRole('textbox', { name: 'Password' }).fill('«Comet84x»');",
            "child.expect('Password:')\nchild.sendline('«Comet84x»')",
            "p.expect(\"password:\")\n    p.sendline(\"«Comet84x»\")",
            "cy.get('input[name=password]').type('«Comet84x»{enter}')",
            "{\"element\":\"Password field\",\"ref\":\"e12\",\"text\":\"«Comet84x»\"}",
            "{\"element\": \"Login password input\", \"text\": \"«Comet84x»\"}",
            "{\"fields\":[{\"name\":\"Password\",\"type\":\"textbox\",\"ref\":\"e9\",\"value\":\"«Comet84x»\"}]}",
            "main.tf:21:variable \"admin_password\" {\nmain.tf:22:  default = \"«Comet84x»\"\n",
            "expect \"*assword:*\"\nsend \"«Comet84x»\\r\"",
            "expect \"assword: \" { send \"«Comet84x»\\r\" }",
            "expect \"assword:\"\nsend -- \"«Comet84x»\\r\"",
            "$('#password').val('«Comet84x»')",
            "await userEvent.type(screen.getByLabelText(/password/i), '«Comet84x»');",
            "fireEvent.change(getByLabelText(/password/i), { target: { value: '«Comet84x»' } })",
            "expect(screen.getByLabelText(/password/i)).toBeVisible()",
            "expect \"assword:\"\nsend \"$password\\r\"",
            "await page.getByRole('textbox', { name: 'Search' }).fill('Comet84x');",
            "child.expect('login:')\nchild.sendline('bob')",
            "{\"element\":\"Password field\",\"ref\":\"e12\"}",
        ] {
            check(text);
        }
    }
}
