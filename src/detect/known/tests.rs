//! Values that are known, and where they are met.

use super::*;
use crate::rule::id;

fn found(known: &Known, line: u64, text: &str) -> Vec<String> {
    let mut hits = Hits::new();
    known.find(line, text.as_bytes(), Which::All, &mut hits);
    // A place may be told twice.
    let mut spans: Vec<_> = hits.iter().map(|hit| hit.span.range()).collect();
    spans.dedup();
    spans.into_iter().map(|span| text[span].to_owned()).collect()
}

fn table(values: &[(&str, Learn, u64)]) -> Known {
    let key = Key::from_material(&[1; 32]);
    let rule = crate::rule::all().next().unwrap();
    let mut known = Known::default();
    for &(value, learn, since) in values {
        let learned = Learned { value: value.as_bytes().into(), rule, learn, tag: key.tag(value.as_bytes()) };
        known.add([(since, learned)]);
    }
    known
}

#[test]
fn what_is_known_does_not_depend_on_what_was_heard_first() {
    let key = Key::from_material(&[1; 32]);
    let (own, other) = (key.tag(b"own"), key.tag(b"other"));
    // What one record says of a value, another of the same, and a third of what contains a form of it.
    let value = "Turtle923x-Oak";
    let form = String::from_utf8(form::forms(value.as_bytes()).swap_remove(0)).unwrap();
    let lessons = [
        (30, value, id::SECRET_ASSIGNMENT, Learn::Secret, own),
        (10, value, id::SECRET_PROSE, Learn::Secret, other),
        (20, form.as_str(), id::SECRET_RANDOM, Learn::Secret, own),
        (30, "ledger", id::PATH_DIR, Learn::Component, own),
        (20, "ledger", id::PATH_PROJECT, Learn::Component, own),
        (10, "ledger", id::PATH_DIR, Learn::Component, own),
    ];
    let told = |order: &[usize]| {
        let mut known = Known::default();
        for &(since, value, rule, learn, tag) in order.iter().map(|&place| &lessons[place]) {
            known.add([(since, Learned { value: value.as_bytes().into(), rule, learn, tag })]);
        }
        let entry = |value: &str| {
            let entry = &known.entries[known.places[value.as_bytes()]];
            (entry.tag, entry.since, [5, 15, 25, 35].map(|at| entry.rule_at(at)))
        };
        [value, &form, "ledger"].map(entry)
    };
    let wanted = told(&[1, 5, 2, 4, 0, 3]);
    for order in [[0, 1, 2, 3, 4, 5], [2, 0, 1, 4, 5, 3], [0, 2, 1, 3, 5, 4], [1, 0, 2, 5, 3, 4]] {
        assert_eq!(told(&order), wanted, "{order:?}");
    }
}

#[test]
fn a_value_with_lines_of_windows_is_met_with_others() {
    let mut known = Known::default();
    let rule = crate::rule::all().next().unwrap();
    assert!(known.tell(b"red 7 oak\r\nblue 9 elm\r\n", rule, &Key::from_material(&[1; 32])));
    assert_eq!(found(&known, 1, "x red 7 oak\nblue 9 elm y"), ["red 7 oak\nblue 9 elm"]);
    assert_eq!(found(&known, 1, "x red 7 oak\r\nblue 9 elm y"), ["red 7 oak\r\nblue 9 elm"]);
}

#[test]
fn a_word_is_met_alone_and_a_long_secret_anywhere() {
    let known = table(&[("maribel", Learn::Login, 0), ("0123456789abcdefXY", Learn::Secret, 0)]);
    assert_eq!(found(&known, 1, "maribel, maribels maribel_x xmaribel"), ["maribel", "maribel"]);
    assert_eq!(found(&known, 1, "zz0123456789abcdefXYzz"), ["0123456789abcdefXY"]);
    let known = table(&[("Tr0ub4dor3xy", Learn::Secret, 0), ("Tr0ub4dor3x", Learn::Secret, 0)]);
    assert_eq!(found(&known, 1, "aTr0ub4dor3xyb aTr0ub4dor3xb Tr0ub4dor3x"), ["Tr0ub4dor3xy", "Tr0ub4dor3x"]);
    // Words of a few letters between signs, the first one glued to letters.
    let known = table(&[("x9!k2$a7#b3%c5", Learn::Secret, 0), ("pass!x9!k2$a", Learn::Secret, 0)]);
    assert_eq!(found(&known, 1, "-px9!k2$a7#b3%c5 zzpass!x9!k2$a"), ["x9!k2$a7#b3%c5", "pass!x9!k2$a"]);
}

#[test]
fn a_word_is_met_beside_signs_and_letters_beyond_ascii() {
    let known = table(&[("maribel", Learn::Login, 0)]);
    for text in
        ["“maribel”", "→maribel…", "x—maribel—", "我是maribel的", "「maribel」", "\u{a0}maribel\u{a0}"]
    {
        assert_eq!(found(&known, 1, text), ["maribel"], "{text}");
    }
    assert!(found(&known, 1, "émaribel maribelé").is_empty());
}

#[test]
fn the_kind_that_says_more_is_kept() {
    let key = Key::from_material(&[1; 32]);
    let met = |rules: [RuleId; 2], tags: [&[u8]; 2]| {
        let mut known = Known::default();
        for (rule, tag) in rules.into_iter().zip(tags) {
            let (value, tag) = (Arc::from(&b"zelmonta"[..]), key.tag(tag));
            known.add([(0, Learned { value, rule, learn: Learn::Org, tag })]);
        }
        let mut hits = Hits::new();
        known.find(1, b"in zelmonta/x", Which::All, &mut hits);
        hits[0].rule
    };
    let (dir, org, project) = (id::PATH_DIR, id::IDENTITY_ORG, id::PATH_PROJECT);
    for (rules, kind) in
        [([dir, org], org), ([org, dir], org), ([dir, project], project), ([project, org], project)]
    {
        assert_eq!(met(rules, [b"zelmonta"; 2]), kind, "{rules:?}");
    }
    // Another name with the same letters stays what it was.
    assert_eq!(met([dir, org], [b"zelmonta", b"zel-monta"]), dir);
}

/// What a stream has said cannot be taken back, however it was cut.
#[test]
fn the_kind_that_says_more_counts_from_the_record_on_that_tells_it() {
    let mut known = Known::default();
    let tag = Key::from_material(&[1; 32]).tag(b"zelmonta");
    for (since, rule) in [(3, id::PATH_DIR), (7, id::IDENTITY_ORG), (5, id::IDENTITY_ORG)] {
        let value = Arc::from(&b"zelmonta"[..]);
        known.add([(since, Learned { value, rule, learn: Learn::Org, tag })]);
    }
    for (at, rule) in [(3, id::PATH_DIR), (4, id::PATH_DIR), (5, id::IDENTITY_ORG), (9, id::IDENTITY_ORG)] {
        let mut hits = Hits::new();
        known.find(at, b"in zelmonta/x", Which::All, &mut hits);
        assert_eq!(hits[0].rule, rule, "{at}");
    }
}

#[test]
fn a_value_is_met_from_its_first_record_on() {
    let known = table(&[("hunter2!", Learn::Secret, 5), ("hunter2!", Learn::Secret, 3)]);
    assert!(found(&known, 2, "hunter2!").is_empty());
    assert_eq!(found(&known, 3, "hunter2!"), ["hunter2!"]);
}

#[test]
fn raw_bytes_are_searched_with_escapes() {
    let known = table(&[("a\"b\\c-d", Learn::Secret, 0)]);
    for raw in [r#"a\"b\\c-d"#, r#"x a\\\"b\\\\c-d"#, r#"\na\"b\\c-d"#] {
        let mut at = Vec::new();
        known.raw(1, raw.as_bytes(), &mut at);
        assert_eq!(at.len(), 1, "{raw}");
    }
}

/// What the full search sees through must not be passed over by the quick one.
#[test]
fn raw_bytes_are_searched_behind_what_is_not_seen() {
    let known = table(&[("maribel", Learn::Login, 0)]);
    for (raw, times) in [
        ("\u{200b}maribel x", 1),
        ("maribel\u{200b} x", 1),
        ("x \u{ad}maribel\u{feff}.", 1),
        ("\\u001b[31mmaribel\\u001b[0m", 1),
        ("\\u001b[1;38;5;9mmaribel", 1),
        ("\u{1b}[0mmaribel", 1),
        ("\\u001b[Kmaribel", 1),
        ("a%20maribel%20b", 1),
        ("\\nmaribel", 1),
        ("ümaribel", 0),
        ("[31xmaribel", 0),
        ("xmaribel", 0),
        ("m%axmaribel", 0),
    ] {
        let mut at = Vec::new();
        known.raw(1, raw.as_bytes(), &mut at);
        assert_eq!(at.len(), times, "{raw:?}");
    }
}

#[test]
fn many_additions_keep_every_value() {
    let values: Vec<String> = (0..200).map(|i| format!("value-number-{i:05}")).collect();
    let known = table(&values.iter().map(|v| (v.as_str(), Learn::Secret, 0)).collect::<Vec<_>>());
    for value in &values {
        assert_eq!(found(&known, 1, value).len(), 1);
    }
    // Of every length from three bytes on, many of each: they are searched in different ways.
    let values: Vec<String> = (0..240).map(|i| format!("{i:03}qwxz")[..3 + i % 5].to_owned()).collect();
    let known = table(&values.iter().map(|v| (v.as_str(), Learn::Login, 0)).collect::<Vec<_>>());
    for value in &values {
        assert_eq!(found(&known, 1, &format!("of {value}, x")), [value.as_str()]);
    }
}
