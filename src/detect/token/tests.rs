use super::*;
use crate::{
    rule::shape::sample::{self, Way},
    scan::{Kind, Kinds, Scanner},
    transcript::text::{Field, Role},
};
use std::sync::LazyLock;

fn hits(text: &[u8], key: Option<&[u8]>) -> Vec<Hit> {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(Kinds::of(&[Kind::Token])));
    let subject = Subject { bytes: text, key, role: Role::Value, field: Field::Free, cwd: None };
    let (mut candidates, mut hits) = (Vec::new(), Vec::new());
    SCANNER.scan(text, &mut candidates);
    for candidate in candidates {
        find(&subject, candidate.at, &mut hits);
    }
    hits
}

fn spans(text: &str) -> Vec<&str> {
    hits(text.as_bytes(), None).iter().map(|hit| &text[hit.span.range()]).collect()
}

/// How a value may stand in a text; the word of its rule comes first where it needs one.
const PLACES: [(&str, &str); 9] = [
    (" ", ""),
    (" = \"", "\""),
    (" a line\n", "\nanother"),
    (" \u{1b}[31m", "\u{1b}[0m"),
    (" key\\n", "\\n"),
    (": ", "."),
    (" (", "),"),
    (" Bearer ", "' u"),
    ("?q%3D", "&b=c"),
];

#[test]
fn every_format_is_found_whole_wherever_it_stands() {
    let mut missed = Vec::new();
    for (index, (shape, way)) in sample::shapes().enumerate().filter(|(_, (_, way))| *way != Way::Word) {
        let value = String::from_utf8(sample::value(shape, index as u64 + 1)).unwrap();
        let rule = shape.rule.rule();
        let words = rule.keywords.first().into_iter().chain(rule.also.first());
        let word = words.copied().collect::<Vec<_>>().join(" ");
        let open =
            matches!(value.as_bytes().last(), Some(b'.' | b',' | b':' | b';' | b'%' | b'&' | b')' | b'/'));
        for (before, after) in PLACES {
            if word.is_empty() && before == "?q%3D" || open || way == Way::Length && before == "?q%3D" {
                continue;
            }
            let text = format!("{word}{before}{value}{after}");
            if !spans(&text).iter().any(|found| *found == value) {
                missed.push((shape.rule.rule().id, text.clone(), spans(&text).join(" | ")));
            }
        }
    }
    assert!(missed.is_empty(), "{}: {:#?}", missed.len(), &missed[..missed.len().min(20)]);
}

#[test]
fn letters_that_chance_puts_together_are_no_word() {
    for token in ["ghp_9qWfAkE2bVtR7uYpL3mNzXcK5sDgHjQwErTy", "ghp_x7Kq9zBxXxX2mW4vL8pTq3NfR6yD1hJ5sGcA"] {
        assert_eq!(super::super::tests::marked(&format!("t = {token}")), format!("t = «{token}»"));
    }
    for token in ["ghp_9qWfake2bVtR7uYpL3mNzXcK5sDgHjQwErTy", "ghp_EXAMPLEbVtR7uYpL3mNzXcK5sDgHjQwErTyU"] {
        assert!(!super::super::tests::marked(token).contains('«'), "{token}");
    }
}

/// A file without a last line break is shown before a prompt, or before another such file.
#[test]
fn a_value_is_found_with_a_word_or_another_glued_to_its_end() {
    const GITHUB: &str = "Vq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt6B";
    let github = ["ghp", "_", GITHUB].concat();
    let other = ["ghp", "_", "Aq3TzK8mYb1XcN5rLw7JdF2hGs9PaE4uRt7C"].concat();
    let amazon = ["AKIA", "Q3EGRZ7NK2VWPLTM"].concat();
    for (text, expected) in [
        (format!("{github}root@box:/app# ls"), vec![&github]),
        (format!("Loaded {github}Done in 3s"), vec![&github]),
        (format!("{amazon}maribel@web:~$ "), vec![&amazon]),
        (format!("{github}{other}"), vec![&github, &other]),
        (format!("{github}{other}{amazon} x"), vec![&github, &other, &amazon]),
        (format!("{github}{other}bob@web"), vec![&github, &other]),
    ] {
        assert_eq!(spans(&text), expected, "{text}");
    }
    // What goes on as it was is all of a longer value.
    let longer = format!("{github}Vq3TzK8mYb1Xc");
    assert_eq!(spans(&longer), [&longer]);
    let name = ["md", "-to-org-927171-created-folders"].concat();
    assert_eq!(spans(&name), [""; 0]);
}
