use super::{anchors::ANCHORS, *};
use crate::rule::shape::sample::{self, Way};
use proptest::prelude::*;
use std::sync::LazyLock;

fn scan(bytes: &[u8]) -> Vec<Candidate> {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::default);
    let mut out = Vec::new();
    SCANNER.scan(bytes, &mut out);
    out
}

fn has(bytes: &[u8], kind: Kind) -> bool {
    scan(bytes).iter().any(|candidate| candidate.kind == kind)
}

/// The text as a JSON string, without its quotes; `hide` says which characters to write as `\u00xx`.
fn escaped(text: &str, hide: u32) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        match c {
            c if hide >> (i % 32) & 1 == 1 && c.is_ascii() => out.push_str(&format!("\\u{:04x}", c as u32)),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// How a value may stand in a text.
const PLACES: [(&str, &str); 14] = [
    ("", ""),
    ("X=", ""),
    ("value \"", "\""),
    ("a line\n", "\nanother"),
    ("a\r\n\t", "\r\n"),
    ("prefix_", ""),
    ("x-", " y"),
    ("\u{1b}[31m", "\u{1b}[0m"),
    ("\u{1b}[38;5;231m", "\u{1b}[0m"),
    ("key\\n", "\\n"),
    ("     7\u{2192}", "\n"),
    ("q%3D", "&b=c"),
    ("(", "),"),
    ("'", "';"),
];

#[test]
fn every_format_gives_a_candidate_wherever_it_stands() {
    let mut missed = Vec::new();
    for (index, (shape, way)) in sample::shapes().enumerate().filter(|(_, (_, way))| *way != Way::Word) {
        let value = sample::value(shape, index as u64 + 1);
        for (before, after) in PLACES {
            if way == Way::Length && matches!(before, "prefix_" | "x-") {
                continue;
            }
            let text = [before.as_bytes(), &value, after.as_bytes()].concat();
            let text = String::from_utf8(text).unwrap();
            for hidden in [text.clone(), escaped(&text, 0), escaped(&escaped(&text, 0), 0)] {
                let ok = scan(hidden.as_bytes()).iter().any(|c| matches!(c.kind, Kind::Token | Kind::Escape));
                if !ok {
                    missed.push((shape.rule.rule().id, before, hidden));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}: {:#?}", missed.len(), &missed[..missed.len().min(20)]);
}

#[test]
fn records_without_anything_give_nothing() {
    for line in [
        r#"{"parentUuid":"ac77c7e1-f92f-4d57-b7a0-97f67227b45d","isSidechain":false,"userType":"external"}"#,
        r#"{"type":"tool_use","id":"toolu_01du1ocUHM2bW6nxooPKCjp6","name":"Bash","input":{"command":"ls -la src"}}"#,
        r#"{"id":"msg_013VokkgqeRg3bUsN9UYw29A","model":"claude-opus-4-1-20250805","stop_reason":null}"#,
        r#"{"requestId":"req_011CoAQwpUhe35GNhoTqoUwv","timestamp":"2026-03-04T10:22:31.118Z"}"#,
        "let parser = TreeSitterLanguageParserFactory::create_default_parser_configuration();",
        "commit 0c8a7085fdb75782abbb8be3fe75c8761f763136 (HEAD -> main)",
        r#"{"toolUseID":"agent_msg_01Qf7TqZ2mW4vL8pT3NfR6yD","parentToolUseID":null}"#,
        // The three letters of a vendor are no word of their own there.
        r#"see example/q, "etag": "6b5210b55a304ef51371394ae276d9d7""#,
        // A format's first letters, and not enough behind them.
        "err := s.saveSessionState(state)",
        "match self.opcode { 17 => x7Kq9z }",
        "the basic blocks of a keyboard, x7Kq9zB2",
    ] {
        // A command leads to nothing by itself.
        let found: Vec<_> =
            scan(line.as_bytes()).into_iter().filter(|found| found.kind != Kind::Call).collect();
        assert_eq!(found, [], "{line}");
    }
}

#[test]
fn encoded_text_and_random_values_are_candidates() {
    assert!(has(b"see REJfUEFTU1dPUkQ9aHVudGVyMgo= there", Kind::Encoded));
    assert!(has(b"\\nREJfUEFTU1dPUkQ9aHVudGVyMgo=", Kind::Encoded));
    assert!(has(b"5041535357 44425f50415353574f52443d68756e7465723261", Kind::Encoded));
    assert!(has(b"try this one: x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5", Kind::Random));
    assert!(has(b"key 9fKq2LwX7bTz4RmVcY8sHdJg", Kind::Random));
}

#[test]
fn digests_of_lock_files_are_none_and_other_words_before_a_value_are_no_digest() {
    let value = "q7Kx9zB2mW4vL8pTq3NfR6yDc1Hs5JgU0aEoZtXbQwY";
    assert_eq!(value.len(), 43);
    for digest in [format!("a v1 h1:{value}="), format!("integrity sha256-{value}=")] {
        assert!(!has(digest.as_bytes(), Kind::Random), "{digest}");
    }
    for other in [format!("auth1:{value}"), format!("h1:{value}q7"), format!("sha256-{value}q7")] {
        assert!(has(other.as_bytes(), Kind::Random), "{other}");
    }
}

#[test]
fn a_block_border_hides_nothing() {
    let secret = b"\\nghp_q8WmZr2TfYc5LxVb7NdKj4HsGa9PeUo3R1iX";
    for pad in (0..130).chain(500..530) {
        let mut text = vec![b' '; pad];
        text.extend_from_slice(secret);
        let found = scan(&text);
        assert!(found.contains(&Candidate { at: pad + 2, kind: Kind::Token }), "{pad}");
    }
}

#[test]
fn candidates_are_sorted_and_none_stands_twice() {
    let text = br#"://x\u0041 ghp_ghp_ghp_q8WmZr2TfYc5LxVb7NdKj4HsGa9PeUo3R1iX password=://@"#.repeat(50);
    let found = scan(&text);
    assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn a_literal_passes_the_first_look_wherever_it_stands() {
    let tables = [Kinds::ALL, Kinds::SECRETS].map(|kinds| (kinds, Literals::of(kinds)));
    let cases = ANCHORS.iter().flat_map(|anchor| tables.iter().map(move |table| (anchor, table)));
    for ((literal, kind), (_, literals)) in cases.filter(|((_, kind), (kinds, _))| kinds.contains(*kind)) {
        for at in (0..8).chain(58..72) {
            let mut bytes = vec![b'.'; at];
            bytes.extend_from_slice(literal.to_ascii_uppercase().as_bytes());
            let mut masks = [Masks::default(); 3];
            Engine::best().fill(literals.teddy(), &bytes, 0, &mut masks);
            assert_ne!(masks[at / BLOCK].literal >> (at % BLOCK) & 1, 0, "{literal} ({kind:?}) at {at}");
        }
    }
}

proptest! {
    #[test]
    fn what_a_decoded_text_gives_its_raw_bytes_give(
        text in "([ -~]|\n|\t|\r|é|passw|://|@|/home/u|ghp_q8WmZr2TfYc5LxVb7NdKj4HsGa9PeUo3R1iX|token=|\\\\|\"){0,40}",
        hide in any::<u32>(),
        sparse in any::<u32>(),
        depth in 1..4_usize,
    ) {
        let decoded = scan(text.as_bytes());
        let mut raw = text.clone();
        for level in 0..depth {
            raw = escaped(&raw, if level == 0 { hide & sparse & sparse.rotate_left(7) } else { 0 });
        }
        prop_assert!(decoded.is_empty() || !scan(raw.as_bytes()).is_empty(), "{text:?} as {raw:?}");
    }

    #[test]
    fn any_bytes_are_scanned(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let found = scan(&bytes);
        prop_assert!(found.iter().all(|candidate| candidate.at < bytes.len()));
    }
}
