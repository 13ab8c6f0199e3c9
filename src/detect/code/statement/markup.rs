//! Elements of pages, documents, style sheets and templates on one line.

/// Tags of HTML that a line of a page begins with.
static PAGE: &[&[u8]] = &[
    b"!doctype",
    b"html",
    b"head",
    b"body",
    b"div",
    b"span",
    b"p",
    b"ul",
    b"ol",
    b"li",
    b"table",
    b"tr",
    b"td",
    b"th",
    b"form",
    b"label",
    b"input",
    b"select",
    b"option",
    b"button",
    b"a",
    b"img",
    b"script",
    b"style",
    b"link",
    b"meta",
    b"title",
    b"section",
    b"nav",
    b"main",
    b"header",
    b"footer",
    b"svg",
    b"path",
    b"h1",
    b"h2",
    b"h3",
    b"template",
    b"slot",
];

/// `<body><div id="root"></div></body>`, `{rows.length && <Rows rows={rows} />}`: elements of a page with members or in one
/// another.
pub(super) fn is_markup(first: &[u8], body: &[u8]) -> bool {
    let Some(end) = body.strip_suffix(b">").or_else(|| body.strip_suffix(b">}")) else { return false };
    let Some(tag) = first.strip_prefix(b"<") else {
        let within =
            || memchr::memmem::find(body, b" <").is_some_and(|at| body[at + 2].is_ascii_alphabetic());
        return first.starts_with(b"{") && body.ends_with(b"}") && end.ends_with(b"/") && within();
    };
    let len = tag.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'!').count();
    let name = &tag[..len];
    let component = name.first().is_some_and(u8::is_ascii_uppercase) && end.ends_with(b"/");
    component || PAGE.iter().any(|known| known.eq_ignore_ascii_case(name)) && body.len() > len + 6
}

/// `<?xml version="1.0"?>`, `<ledger xmlns="urn:a">`: what documents in XML begin with.
pub(super) fn is_document(first: &[u8], body: &[u8]) -> bool {
    first.starts_with(b"<")
        && body.ends_with(b">")
        && (first == b"<?xml" || memchr::memmem::find(body, b" xmlns").is_some())
}

/// `.legend { display: none; margin: 0 }`: a rule of a style sheet on one line.
pub(super) fn is_style(body: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'{', body).filter(|_| body.ends_with(b"}")) else { return false };
    let (selector, rules) = (&body[..open], &body[open + 1..]);
    let name = rules.trim_ascii_start().iter().take_while(|b| b.is_ascii_lowercase() || **b == b'-').count();
    let quoted = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'=' | b'$');
    !selector.is_empty()
        && !selector.iter().any(quoted)
        && name > 1
        && rules.trim_ascii_start().get(name) == Some(&b':')
        && (rules.contains(&b';') || matches!(selector[0], b'.' | b'#' | b'@' | b':'))
}

/// `- name: {{ printf "%s" $.Name | quote }}`: a line of a template, with a chain or a member in double braces.
pub(super) fn is_template(body: &[u8]) -> bool {
    let Some(open) = memchr::memchr_iter(b'{', body).find(|at| body.get(at + 1) == Some(&b'{')) else {
        return false;
    };
    let Some(close) = memchr::memmem::find(&body[open..], b"}}") else { return false };
    let inside = body[open + 2..open + close].trim_ascii();
    !body.contains(&b'`')
        && inside.contains(&b' ')
        && (inside.contains(&b'$')
            || memchr::memmem::find(inside, b" .").is_some()
            || memchr::memmem::find(inside, b" | ").is_some())
}
