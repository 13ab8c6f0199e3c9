//! HTML and XML entities: `&amp;`, `&#47;`, `&#x2F;`.

use super::edit::Edit;

/// Names of the ASCII characters that have one, and of what stands for a space or for nothing.
const NAMES: &[(&[u8], char)] = &[
    (b"amp", '&'),
    (b"lt", '<'),
    (b"gt", '>'),
    (b"quot", '"'),
    (b"apos", '\''),
    (b"nbsp", ' '),
    (b"sol", '/'),
    (b"bsol", '\\'),
    (b"equals", '='),
    (b"colon", ':'),
    (b"semi", ';'),
    (b"comma", ','),
    (b"period", '.'),
    (b"commat", '@'),
    (b"num", '#'),
    (b"percnt", '%'),
    (b"plus", '+'),
    (b"lowbar", '_'),
    (b"UnderBar", '_'),
    (b"hyphen", '-'),
    (b"dash", '-'),
    (b"ast", '*'),
    (b"excl", '!'),
    (b"quest", '?'),
    (b"dollar", '$'),
    (b"lpar", '('),
    (b"rpar", ')'),
    (b"lsqb", '['),
    (b"lbrack", '['),
    (b"rsqb", ']'),
    (b"rbrack", ']'),
    (b"lcub", '{'),
    (b"lbrace", '{'),
    (b"rcub", '}'),
    (b"rbrace", '}'),
    (b"verbar", '|'),
    (b"vert", '|'),
    (b"Hat", '^'),
    (b"grave", '`'),
    (b"Tab", '\t'),
    (b"NewLine", '\n'),
];

/// The longest entity, between `&` and `;`.
const LONGEST: usize = 9;

/// The entity whose `&` is at `at`.
pub(super) fn edit(bytes: &[u8], at: usize) -> Option<Edit> {
    let rest = &bytes[at + 1..];
    let len = rest.iter().take(LONGEST + 1).position(|&b| b == b';')?;
    let (name, end) = (&rest[..len], at + 1 + len + 1);
    if let [b'#', number @ ..] = name {
        let (digits, radix) = match number {
            [b'x' | b'X', digits @ ..] => (digits, 16),
            digits => (digits, 10),
        };
        let digits = std::str::from_utf8(digits).ok()?;
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)?;
        let edit =
            if super::invisible::is_invisible(c) { Edit::dropped(at, end) } else { Edit::new(at, end, c) };
        return Some(edit.hiding(edit.hides || c.is_ascii_graphic()));
    }
    match name {
        b"shy" | b"zwj" | b"zwnj" | b"lrm" | b"rlm" | b"ZeroWidthSpace" | b"NoBreak" => {
            Some(Edit::dropped(at, end))
        }
        _ => {
            let &(_, c) = NAMES.iter().find(|(n, _)| *n == name)?;
            let hides = !matches!(c, '&' | '<' | '>' | ' ');
            Some(Edit::new(at, end, c).hiding(hides))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_and_numbers() {
        for (text, decoded) in
            [("&amp;x", "&"), ("&#x2F;", "/"), ("&#47;", "/"), ("&commat;", "@"), ("&shy;", "")]
        {
            assert_eq!(edit(text.as_bytes(), 0).unwrap().decoded(), decoded.as_bytes(), "{text}");
        }
        for text in ["&", "& ;", "&x;", "&#;", "&#xyz;", "&&amp;", "&amp", "&#99999999;"] {
            assert_eq!(edit(text.as_bytes(), 0), None, "{text}");
        }
    }
}
