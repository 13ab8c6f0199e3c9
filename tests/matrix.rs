//! Transcripts of every shape, brought through in every way: the same bytes, and nothing that should be gone.

mod common;

use common::{every_way, scan};
use transcrub::input::Access;

const TOKEN: &str = "ghp_0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O0p6UoB";
const USER: &str =
    r#"{"type":"user","uuid":"7b0c1f7e-8a52-4d0e-9d2e-3f1f0f6f2c11","message":{"role":"user","content":"#;

/// A user's record with `content`, JSON as it is.
fn record(content: &str) -> String {
    format!("{USER}{content}}}}}")
}

/// Brings `text` through with LF and with CRLF, alone and behind enough other records that it is mapped and cut into
/// shares, and fails if any of `gone` is left in the result or a line is added or lost.
#[track_caller]
fn check(text: &[u8], gone: &[&str]) {
    let filler = record(r#""nothing to see here, only a line of ordinary words""#) + "\n";
    for before in [String::new(), filler.repeat(900)] {
        let whole = [before.as_bytes(), text].concat();
        let lf = every_way("retain", &whole);
        for value in gone {
            let left = memchr::memmem::find(&lf, value.as_bytes()).is_some();
            assert!(!left, "left: {value} in {}", String::from_utf8_lossy(&lf[before.len()..]));
        }
        let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
        assert_eq!(lines(&lf), lines(&whole));
        if !whole.contains(&b'\r') {
            let with_cr = every_way("retain", &replace(&whole, b"\n", b"\r\n"));
            assert_eq!(replace(&with_cr, b"\r\n", b"\n"), lf, "CRLF gives other bytes");
        }
    }
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    for found in memchr::memmem::find_iter(bytes, from) {
        out.extend_from_slice(&bytes[at..found]);
        out.extend_from_slice(to);
        at = found + from.len();
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

#[test]
fn values_keys_and_wrappings() {
    let cases = [
        record(&format!(r#""my token is {TOKEN}, thanks""#)),
        record(&format!(r#"[{{"type":"text","text":"a\n{TOKEN}\tb"}}]"#)),
        record(&format!(r#""x","{TOKEN}":"a key""#)),
        record(&format!(r#""{{\"a\":\"{{\\\"b\\\":\\\"{TOKEN}\\\"}}\"}}""#)),
        record(&format!(r#""a\\n{TOKEN}\\nb and {{\\\"c\\\":\\\"\\\\n{TOKEN}\\\\n\\\"}}""#)),
        record(&format!(r#""\u001b[32m{TOKEN}\u001b[0m""#)),
        record(&format!(r#""\u0067{}""#, &TOKEN[1..])),
        record(&format!(r#""https:\/\/x:{TOKEN}@example.com\/y""#)),
        record(&format!(r#""\u0000{TOKEN}""#)),
        format!(r#"{{"type":"user","uuid":"{TOKEN}","message":{{"role":"user","content":"x"}}}}"#),
        format!(r#"{{"message":{{"content":"{TOKEN}"}},"message":{{"content":"second"}}}}"#),
        record(&format!(r#""a \u200b{}\u200b{} b""#, &TOKEN[..9], &TOKEN[9..])),
    ];
    for case in cases {
        check(case.as_bytes(), &[&TOKEN[6..], &TOKEN[4..20]]);
        check(format!("{case}\n{{\"a\":1}}\n").as_bytes(), &[&TOKEN[9..]]);
    }
}

#[test]
fn what_does_not_parse_is_searched_as_text() {
    let cases: Vec<Vec<u8>> = vec![
        format!("{USER}\"torn in the middle {TOKEN} of a").into_bytes(),
        format!("{USER}\"torn after \\n{TOKEN}\\").into_bytes(),
        format!("{}{}", record(&format!("\"{TOKEN}\"")), record("\"two on a line\"")).into_bytes(),
        format!("\u{feff}{}", record(&format!("\"{TOKEN}\""))).into_bytes(),
        [USER.as_bytes(), b"\"\xff\xfe ", TOKEN.as_bytes(), b" \xc3\"}}"].concat(),
        record(&format!(r#""\ud83d {TOKEN}""#)).into_bytes(),
        record(&format!("\"one\u{2028}{TOKEN}\u{85}two\"")).into_bytes(),
        [USER.as_bytes(), b"\"\0", TOKEN.as_bytes(), b"\0\"}}"].concat(),
        format!("# Notes\n\nthe token: {TOKEN}\n\n- a list\n").into_bytes(),
        format!("{{\n  \"a\": [\n    \"{TOKEN}\"\n  ]\n}}\n").into_bytes(),
        format!("[1,\n{{\"b\":\"{TOKEN}\"}},\n").into_bytes(),
        format!("not json\n{}\nnot json {TOKEN}", record("\"x\"")).into_bytes(),
        format!("\n\n  \n{}\n\n", record(&format!("\"{TOKEN}\""))).into_bytes(),
    ];
    for case in cases {
        check(&case, &[&TOKEN[6..]]);
    }
}

#[test]
fn nothing_and_next_to_nothing() {
    for case in ["", "\n", "\r\n\r\n", "{}", "[]\n", "\u{feff}", " ", "\\", "\"", "{\"a\":\"\\"] {
        assert_eq!(every_way("retain", case.as_bytes()), case.as_bytes());
    }
    for case in ["", "\n", "\r\n\r\n", "{}", "[]\n", "\u{feff}", " "] {
        assert_eq!(every_way("bug", case.as_bytes()), case.as_bytes());
    }
}

#[test]
fn nesting_of_any_depth() {
    for depth in [200, 2_000, 100_000] {
        let open = format!("{{\"x\":{}", "[".repeat(depth));
        let case = format!("{open}\"{TOKEN}\"{}}}\n", "]".repeat(depth));
        let out = every_way("retain", case.as_bytes());
        assert!(memchr::memmem::find(&out, &TOKEN.as_bytes()[6..]).is_none());
        assert!(out.starts_with(open.as_bytes()));
        let torn = &case[..case.len() - depth / 2];
        let out = every_way("retain", torn.as_bytes());
        assert!(memchr::memmem::find(&out, &TOKEN.as_bytes()[6..]).is_none());
    }
}

#[test]
fn a_long_line_is_searched_to_its_end() {
    let filler = "lorem ipsum dolor sit amet ".repeat(130_000);
    let case = record(&format!("\"{filler}{TOKEN}\""));
    assert!(case.len() > 3_000_000);
    let pipeline = common::pipeline("retain", 2);
    for out in [
        common::filter(&pipeline, case.as_bytes(), &[65_536]),
        common::scrub(&pipeline, case.as_bytes(), Access::Map),
    ] {
        assert!(memchr::memmem::find(&out, &TOKEN.as_bytes()[6..]).is_none());
        assert!(out.len() > 3_000_000 && out.ends_with(b"]\"}}"));
    }
}

#[test]
fn a_path_does_not_go_on_in_the_next_string() {
    let text = r#"{"cwd":"/home/maribel/acme-api","toolUseResult":{"filenames":["cmd/acme-api/hooks.go","cmd/acme-api/config.go"]}}"#;
    let once = every_way("bug", text.as_bytes());
    assert_eq!(every_way("bug", &once), once);
    assert!(once.ends_with(b"config.go\"]}}"), "{}", String::from_utf8_lossy(&once));
}

#[test]
fn a_login_does_not_stand_in_a_key_of_the_format() {
    let text = r#"{"type":"user","cwd":"/home/parent/w","parent_id":"x","message":{"role":"user","content":"ask parent"}}"#;
    let out = String::from_utf8(every_way("share", text.as_bytes())).unwrap();
    assert!(out.contains("\"parent_id\"") && !out.contains("ask parent"), "{out}");
}

#[test]
fn a_match_never_crosses_a_record() {
    let begin =
        record(r#""-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0123456789abcdefghijABCDEFGHIJ""#);
    let innocent = record(r#""an innocent line""#);
    let end = record(r#""9876543210zyxwvutsrqponmlkjihgfedcba==\n-----END RSA PRIVATE KEY-----""#);
    let text = format!("{begin}\n{innocent}\n{end}\n");
    let out = String::from_utf8(every_way("retain", text.as_bytes())).unwrap();
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1], innocent);
    assert!(!lines[0].contains("MIIEow"), "a key without its end goes too: {}", lines[0]);
}

#[test]
fn a_value_found_late_is_replaced_in_the_whole_file_and_in_a_stream_from_there_on() {
    let bare = record(r#""it says Xq7TrelliumV9 again""#);
    let told = record(r#""DB_PASSWORD=Xq7TrelliumV9""#);
    let text = format!("{bare}\n{told}\n{bare}\n");
    let pipeline = common::pipeline("retain", 2);
    let file = String::from_utf8(common::scrub(&pipeline, text.as_bytes(), Access::Read)).unwrap();
    assert!(!file.contains("Xq7Trellium"), "{file}");
    let tag = |line: &str| {
        line.split("[REDACTED:")
            .nth(1)
            .and_then(|r| r.split(']').next())
            .unwrap_or("")
            .rsplit(':')
            .next()
            .map(str::to_owned)
    };
    let tags: Vec<_> = file.lines().map(tag).collect();
    assert!(tags.windows(2).all(|pair| pair[0] == pair[1]), "equal values, equal tags: {tags:?}");
    for sizes in [&[1][..], &[usize::MAX]] {
        let stream = String::from_utf8(common::filter(&pipeline, text.as_bytes(), sizes)).unwrap();
        let lines: Vec<_> = stream.lines().collect();
        assert_eq!(lines[0], bare);
        assert!(!lines[1].contains("Xq7Trellium") && !lines[2].contains("Xq7Trellium"), "{stream}");
    }
}

#[test]
fn findings_name_record_and_bytes_and_the_value_is_nowhere_else() {
    let text = format!("{}\n\n{}\n", record("\"x\""), record(&format!("\"a\\n{TOKEN}\"")));
    let seen = scan(&common::pipeline("retain", 2), text.as_bytes());
    assert_eq!(seen.len(), 1, "{seen:?}");
    let (_, record, start, end, _) = &seen[0];
    assert_eq!((*record, &text[*start as usize..*end as usize]), (3, TOKEN));
}

/// A value counts from the record on in which it was found, however it is wrapped in those after it, and whether they come
/// with it or later.
#[test]
fn what_a_record_teaches_is_met_in_the_next_ones_however_they_come() {
    let host = "build-77.artifacts.acme-corp.net";
    let (left, right) = host.split_at(19);
    for wrapped in [
        format!(
            r#""it renders "{left}\
{right}" so""#
        ),
        format!(
            r#""it renders "{left}
{right}" so""#
        ),
        format!(r#""it is "{left}" + "{right}" there""#),
        format!(r#""see {left}%61{} there""#, &right[1..]),
        format!(r#""it is {left}​{right} there""#),
        format!(r#""{{"a":"{{\"b\":\"{{\\\"c\\\":\\\"{host}\\\"}}\"}}"}}""#),
    ] {
        let first = record(&format!(r#""I ran ssh maribel@{host} and read https://{host}/x""#));
        for profile in ["retain", "share", "bug"] {
            let text = format!("{first}\n{}\n{}\n", record(&wrapped), record(r#""done""#));
            let whole = common::filter(&common::pipeline(profile, 1), text.as_bytes(), &[usize::MAX]);
            let apart = common::filter(&common::pipeline(profile, 2), text.as_bytes(), &[first.len() + 1, 1]);
            assert_eq!(
                String::from_utf8_lossy(&apart),
                String::from_utf8_lossy(&whole),
                "{profile} {wrapped}"
            );
        }
    }
}

/// A name that code defines is met in all of a file, and in a stream from there on: in words, messages, frames, commands,
/// also as a part of another name. What everyone's programs are called stays, and so does a key of a record.
#[test]
fn a_name_that_code_defines_is_met_wherever_it_stands_and_however_the_stream_comes() {
    let code = r#"{"type":"assistant","message":{"content":[{"type":"tool_use","id":"toolu_01","name":"Write","input":{"file_path":"/srv/a/x.py","content":"class TariffBook:\n    def bind_quote(self, x):\n        return parse_args(x)\n\ndef test_bind_quote():\n    pass\n"}}]}}"#;
    // Nothing marks the name as one of code before code defines it, and its words are everyone's.
    let words = record(r#""why does bind_quote fail in parse_args? BindQuoteTest, useState""#);
    let message = record(
        r#""Traceback\n  File \"/srv/a/x.py\", line 3, in bind_quote\nValueError: TariffBook is void\n""#,
    );
    let command =
        record(r#""pytest -k test_bind_quote_twice && rg 'bind_quote\\(' --json; {\"bind_quote\": 1}""#);
    let text = format!("{words}\n{code}\n{message}\n{command}\n");
    let file = common::scrub(&common::pipeline("bug", 2), text.as_bytes(), Access::Map);
    let whole = String::from_utf8(file).unwrap();
    assert!(
        !whole.contains("bind_quote") && !whole.contains("BindQuote") && !whole.contains("Tariff"),
        "{whole}"
    );
    for stays in
        ["parse_args", "useState", "ValueError", "pytest -k test_fn-", "in fn-", ": type-", "rg 'fn-"]
    {
        assert!(whole.contains(stays), "{stays}: {whole}");
    }
    let stream = |threads, cuts: &[usize]| {
        let out = common::filter(&common::pipeline("bug", threads), text.as_bytes(), cuts);
        String::from_utf8(out).unwrap()
    };
    let at_once = stream(1, &[usize::MAX]);
    assert_eq!(stream(2, &[words.len() + 1, 1]), at_once);
    assert_eq!(stream(2, &[words.len() + code.len() + 2, 7]), at_once);
    assert_eq!(every_way("bug", whole.as_bytes()), whole.as_bytes(), "twice is once");
    let lines = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&at_once), lines(&whole));
    assert!(at_once.lines().next().unwrap().contains("does bind_quote fail"));
}
