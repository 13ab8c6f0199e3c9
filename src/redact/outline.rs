//! What stands in the place of code: its language and its size.

use crate::{finding::Detail, tag::Tag};
use std::io::Write as _;

/// Appends `[CODE python 42 lines 7f3a9c]`, the first line of an outline; its other lines are empty. Code of an unknown
/// language is `text`. It needs no escaping in JSON.
pub(crate) fn render(detail: Detail, tag: Tag, out: &mut Vec<u8>) {
    let Detail::Outline { language, lines } = detail else { return };
    let language = if language.is_empty() { "text" } else { language };
    let unit = if lines == 1 { "line" } else { "lines" };
    write!(out, "[CODE {language} {lines} {unit} {tag}]").expect("a vector takes all");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Key;

    #[test]
    fn an_outline_says_language_and_size() {
        let tag = Key::from_material(&[1; 32]).tag(b"x = 1");
        let rendered = |language, lines| {
            let mut out = Vec::new();
            render(Detail::Outline { language, lines }, tag, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(rendered("python", 42), format!("[CODE python 42 lines {tag}]"));
        assert_eq!(rendered("", 1), format!("[CODE text 1 line {tag}]"));
    }
}
