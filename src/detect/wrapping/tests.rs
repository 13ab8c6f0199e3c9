//! Every wrapping, alone and in another: some view holds the whole value, and replacing the raw bytes behind it there
//! removes it from all.

use super::*;
use crate::{
    scan::Scanner,
    span::{Raw, Span},
    transcript::view::unescape,
};
use base64::prelude::*;
use proptest::prelude::*;
use std::sync::LazyLock;

/// What a wrapping is called and what it does.
type Wrapping = (&'static str, fn(&str) -> String);

const TOKEN: &str = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n\
    MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n\
    NMoSfm76oqFvAp8Gy0iz5sxjZmSnXyCdPEovGhLa0VzMaQ8s+CLOyS56YyCFGeJZ\n\
    Q1+b2xY=\n\
    -----END PRIVATE KEY-----";

/// Making it takes a while.
static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::default);

/// All views of a JSON string's content, as the engine makes them.
fn views(raw: &[u8]) -> Vec<View<'static>> {
    let mut todo = vec![unescape(raw, 0).into_owned()];
    let mut done = Vec::new();
    while let Some(view) = todo.pop() {
        let mut candidates = Vec::new();
        SCANNER.scan(view.bytes(), &mut candidates);
        unwrap(&view, &candidates, &mut todo);
        done.push(view);
    }
    done
}

/// Where a view shows `value`, and the raw bytes behind it.
fn find(views: &[View<'_>], value: &[u8]) -> Option<Vec<Span<Raw>>> {
    views.iter().find_map(|view| {
        let at = memchr::memmem::find(view.bytes(), value)?;
        Some(view.raw(Span::new(at, at + value.len())))
    })
}

/// `text` as it stands between the quotes of a JSON string.
fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Says what is wrong with the wrapped `value`: it is not seen, or not gone from all views once what stands for it is.
fn fault(value: &str, wrapped: &str) -> Option<String> {
    let raw = json(wrapped);
    let Some(spans) = find(&views(raw.as_bytes()), value.as_bytes()) else {
        return Some(format!("not seen in {wrapped:?}"));
    };
    assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{spans:?}");
    let mut replaced = raw.into_bytes();
    for span in spans.iter().rev() {
        assert!(span.end() <= replaced.len() && !span.is_empty(), "{span:?}");
        replaced.splice(span.range(), *b"X");
    }
    let left = |view: &View<'_>| {
        let mut parts = value.as_bytes().chunks_exact(10);
        parts.any(|part| memchr::memmem::find(view.bytes(), part).is_some())
    };
    let replaced_text = String::from_utf8_lossy(&replaced).into_owned();
    views(&replaced).iter().any(left).then(|| format!("a part is left in {replaced_text:?}"))
}

/// Asserts that none of the wrapped values has a fault.
fn check(value: &str, wrapped: impl Iterator<Item = (String, String)>) {
    let faults: Vec<String> =
        wrapped.filter_map(|(name, text)| Some(format!("{name}: {}", fault(value, &text)?))).collect();
    let shown: Vec<_> = faults.iter().map(|fault| fault.chars().take(300).collect::<String>()).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

fn each(text: &str, one: impl Fn(u8) -> String) -> String {
    text.bytes().map(one).collect()
}

fn each_char(text: &str, one: impl Fn(char) -> String) -> String {
    text.chars().map(one).collect()
}

fn lines(text: &str, one: impl Fn(usize, &str) -> String) -> String {
    text.lines().enumerate().map(|(i, line)| one(i, line) + "\n").collect()
}

fn cut(text: &str, width: usize, between: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let parts: Vec<String> = chars.chunks(width).map(|part| part.iter().collect()).collect();
    parts.join(between)
}

fn middle(text: &str, inserted: &str) -> String {
    let (head, tail) = text.split_at(text.floor_char_boundary(text.len() / 2));
    format!("{head}{inserted}{tail}")
}

/// A dump as `xxd` prints it.
fn xxd(text: &str) -> String {
    let rows = text.as_bytes().chunks(16).enumerate().map(|(i, row)| {
        let numbers: Vec<String> =
            row.chunks(2).map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect()).collect();
        let shown: String =
            row.iter().map(|&b| if b.is_ascii_graphic() { char::from(b) } else { '.' }).collect();
        format!("{:08x}: {:<39}  {shown}\n", i * 16, numbers.join(" "))
    });
    rows.collect()
}

/// A dump as `hexdump -C` prints it.
fn hexdump(text: &str) -> String {
    let rows = text.as_bytes().chunks(16).enumerate().map(|(i, row)| {
        let numbers: Vec<String> = row.iter().map(|b| format!("{b:02x}")).collect();
        let halves: Vec<String> = numbers.chunks(8).map(|half| half.join(" ")).collect();
        let shown: String =
            row.iter().map(|&b| if b.is_ascii_graphic() { char::from(b) } else { '.' }).collect();
        format!("{:08x}  {:<48}  |{shown}|\n", i * 16, halves.join("  "))
    });
    rows.collect()
}

/// Wrappings that any text may be in, within others too.
const ENCODINGS: &[Wrapping] = &[
    ("percent", |t| each(t, |b| format!("%{b:02X}"))),
    ("percent twice", |t| each(t, |b| format!("%25{b:02x}"))),
    ("base64", |t| BASE64_STANDARD.encode(t)),
    ("base64url", |t| BASE64_URL_SAFE_NO_PAD.encode(t)),
    ("base64 in lines", |t| cut(&BASE64_STANDARD.encode(t), 76, "\n")),
    ("base64 of UTF-16", |t| {
        BASE64_STANDARD.encode(t.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
    }),
    ("base64 in JSON", |t| BASE64_STANDARD.encode(t).replace('/', "\\/")),
    ("base64 in a URL", |t| {
        BASE64_STANDARD.encode(t).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
    }),
    ("hex", |t| each(t, |b| format!("{b:02x}"))),
    ("hex escapes", |t| each(t, |b| format!("\\x{b:02x}"))),
    ("hex list", |t| format!("{{ {} }}", each(t, |b| format!("0x{b:02x}, ")))),
    ("hex pairs", |t| each(t, |b| format!("{b:02x} "))),
    ("decimal list", |t| format!("[{}0]", each(t, |b| format!("{b}, ")))),
    ("unicode escapes", |t| each_char(t, |c| format!("\\u{:04x}", u32::from(c)))),
    ("octal escapes", |t| format!("$'{}'", each(t, |b| format!("\\{b:03o}")))),
    ("entities", |t| each_char(t, |c| format!("&#x{:X};", u32::from(c)))),
    ("decimal entities", |t| each_char(t, |c| format!("&#{};", u32::from(c)))),
    ("quoted-printable", |t| format!("a=3Db {}", each(t, |b| format!("={b:02X}")))),
    ("JSON", |t| format!("it said {{\"value\": {}}}", serde_json::to_string(t).unwrap())),
    ("JSON twice", |t| {
        let inner = serde_json::json!({ "value": t }).to_string();
        format!("got {}", serde_json::to_string(&inner).unwrap())
    }),
    ("xxd", xxd),
    ("hexdump", hexdump),
    ("xxd numbered", |t| lines(&xxd(t), |i, line| format!("{:6}\t{line}", i + 1))),
    ("hex in lines", |t| cut(&each(t, |b| format!("{b:02x}")), 60, "\n")),
];

/// What a reader does not see.
const UNSEEN: &[Wrapping] = &[
    ("UTF-16", |t| each_char(t, |c| format!("{c}\0"))),
    ("zero width", |t| middle(t, "\u{200b}")),
    ("soft hyphen", |t| middle(t, "\u{ad}")),
    ("colour", |t| middle(t, "\x1b[1;31m")),
    ("colour around", |t| format!("\x1b[32m{t}\x1b[0m")),
    ("link", |t| middle(t, "\x1b]8;;https://a.example\x1b\\")),
    ("overstruck", |t| each_char(t, |c| if c < ' ' { c.into() } else { format!("{c}\x08{c}") })),
];

/// What stands before or around each line.
const LINES: &[Wrapping] = &[
    ("numbered", |t| lines(t, |i, line| format!("{:6}→{line}", i + 9))),
    ("cat -n", |t| lines(t, |i, line| format!("{:6}\t{line}", i + 9))),
    ("bar", |t| lines(t, |i, line| format!("{:4}| {line}", i + 9))),
    ("added", |t| lines(t, |_, line| format!("+{line}"))),
    ("removed", |t| lines(t, |_, line| format!("-{line}"))),
    ("quoted", |t| lines(t, |_, line| format!("> {line}"))),
    ("hash", |t| lines(t, |_, line| format!("# {line}"))),
    ("slashes", |t| lines(t, |_, line| format!("    // {line}"))),
    ("star", |t| lines(t, |_, line| format!(" * {line}"))),
    ("grep", |t| lines(t, |i, line| format!("src/key.rs:{}:{line}", i + 99))),
    ("grep with columns", |t| lines(t, |i, line| format!("src/key.rs:{}:5:{line}", i + 9))),
    ("indented", |t| lines(t, |_, line| format!("        {line}"))),
    ("docker", |t| lines(t, |i, line| format!("2024-05-17T10:00:{:02}.123456789Z {line}", i + 9))),
    ("kubectl", |t| lines(t, |_, line| format!("[pod/app-7/main] {line}"))),
];

/// What holds a text in pieces; of a text of one line.
const CUTS: &[Wrapping] = &[
    ("cut", |t| cut(t, 24, "\n")),
    ("cut with CRLF", |t| cut(t, 24, "\r\n")),
    ("soft break", |t| format!("a=3Db {}", cut(t, 24, "=\n"))),
    ("cut by backslash", |t| cut(t, 24, "\\\n")),
    ("cut and indented", |t| format!("  key: >-\n    {}", cut(t, 24, "\n    "))),
    ("added up", |t| format!("x = \"{}\";", cut(t, 24, "\" +\n    \""))),
    ("added up on a line", |t| format!("x = \"{}\";", cut(t, 24, "\" + \""))),
    ("adjacent", |t| format!("x = (\"{}\")", cut(t, 24, "\"\n     \""))),
    ("dotted", |t| format!("$x = '{}';", cut(t, 24, "'\n  . '"))),
];

/// Literals of which each is a line.
const LITERALS: &[Wrapping] = &[
    ("added literals", |t| lines(t, |_, line| format!("  \"{line}\\n\" +"))),
    ("literals", |t| lines(t, |_, line| format!("  '{line}\\n'"))),
    ("array of literals", |t| lines(t, |_, line| format!("  \"{line}\","))),
    ("echo", |t| lines(t, |_, line| format!("echo \"{line}\" >> key.pem"))),
];

/// `value` in each of the wrappings.
fn once<'w>(
    value: &'w str,
    all: impl Iterator<Item = &'w Wrapping>,
) -> impl Iterator<Item = (String, String)> {
    all.map(move |(name, wrap)| (String::from(*name), format!("value:\n{}\nlast", wrap(value))))
}

/// `value` in each of the inner wrappings within the outer ones, `every` so many of them, others for each.
fn twice<'w>(
    value: &'w str,
    every: usize,
    inner: impl Iterator<Item = &'w Wrapping>,
    outer: impl Iterator<Item = &'w Wrapping> + Clone,
) -> impl Iterator<Item = (String, String)> {
    let all = inner.enumerate().flat_map(move |(i, (inner_name, inner))| {
        let text = inner(value);
        let outer = outer.clone().skip(i % every).step_by(every);
        outer.map(move |(name, wrap)| {
            (format!("{inner_name} in {name}"), format!("first\n{}\nlast", wrap(&text)))
        })
    });
    all.filter(|(name, _)| !UNLIKELY.contains(&name.as_str()))
}

/// What no program writes.
const UNLIKELY: &[&str] = &["UTF-16 in base64 of UTF-16", "overstruck in JSON", "overstruck in JSON twice"];

#[test]
fn sees_a_token_in_every_wrapping() {
    check(TOKEN, once(TOKEN, ENCODINGS.iter().chain(UNSEEN).chain(LINES).chain(CUTS)));
}

#[test]
fn sees_a_key_in_every_wrapping() {
    check(KEY, once(KEY, ENCODINGS.iter().chain(UNSEEN).chain(LINES).chain(LITERALS)));
}

#[test]
fn sees_a_token_in_two_wrappings() {
    let visible = || ENCODINGS.iter().chain(LINES);
    check(TOKEN, twice(TOKEN, 1, ENCODINGS.iter().chain(CUTS), visible().chain(UNSEEN)));
    check(TOKEN, twice(TOKEN, 1, UNSEEN.iter(), visible()));
}

#[test]
fn sees_a_key_in_two_wrappings() {
    let visible = || ENCODINGS.iter().chain(LINES);
    check(KEY, twice(KEY, 4, visible().chain(LITERALS), visible().chain(UNSEEN)));
    check(KEY, twice(KEY, 4, UNSEEN.iter(), visible()));
}

/// Texts made to unwrap without end, each of at least this many bytes.
const WALL: usize = 1 << 14;

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_work_is_a_small_multiple_of_the_text_however_it_is_made() {
    let repeat = |text: &str| text.repeat(WALL / text.len() + 1);
    let mut walls: Vec<String> = [
        "\\",
        "\\\\n",
        "\\\"",
        "%25",
        "%",
        "%2525",
        "&amp;",
        "&amp;amp;",
        "=\n",
        "=3D\n",
        "=3D=0A",
        "\x1b",
        "\x1b[",
        "\x1b]",
        "a\x08",
        "\0a",
        "\u{200b}a",
        "\"a1\" + ",
        "'a1b2' 'c3d4' ",
        "a1b2c3d4e5\n",
        "+a1b2c3d4\n",
        "\\u005c",
        "\\x5c",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----\n",
        "PRIVATE KEY",
        "00 ",
        "0x41, ",
        "65,",
        "00000000: 4141\n",
        "12→4141414141414141414141414141\n",
        "41",
        "QUFB",
        "QUFB\n",
        "\"\n\"",
        "{\"a\":\"",
        "\\n\\t",
        "ghp_a1b2\nc3d4 ",
    ]
    .map(repeat)
    .to_vec();
    let mut base64 = String::from("some text that is wrapped, and wrapped");
    while base64.len() < WALL {
        base64 = BASE64_STANDARD.encode(&base64);
    }
    let mut quoted = String::from("\"text\"");
    while quoted.len() < WALL {
        quoted = serde_json::to_string(&quoted).unwrap();
    }
    let percent = format!("%{}41", "25".repeat(WALL / 2));
    let cut_base64 = |text: &str| cut(&BASE64_STANDARD.encode(text), 76, "\n+");
    let lines = (0..4).fold(String::from("value ").repeat(WALL / 16), |text, _| cut_base64(&text));
    walls.extend([base64, quoted, percent, lines]);
    for wall in walls {
        let raw = json(&wall);
        let all = views(raw.as_bytes());
        let total: usize = all.iter().map(|view| view.bytes().len()).sum();
        let shown: String = wall.chars().take(40).collect();
        assert!(
            total <= 32 * wall.len(),
            "{shown:?}: {} times the text in {} views",
            total / wall.len(),
            all.len()
        );
    }
}

proptest! {
    #[test]
    fn every_byte_of_every_view_stands_for_bytes_of_the_record(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)
    ) {
        let raw = json(&pieces.concat());
        for view in views(raw.as_bytes()) {
            let mut last = 0;
            for at in 0..view.bytes().len() {
                let spans = view.raw(Span::new(at, at + 1));
                prop_assert!(spans.iter().all(|span| !span.is_empty() && span.end() <= raw.len()));
                let first = spans.first().map_or(last, |span| span.start());
                prop_assert!(first >= last);
                last = first;
            }
        }
    }
}

/// What wrapped texts are made of.
const PIECES: &[&str] = &[
    "ghp_a1B2c3D4e5F6",
    "word ",
    "\n",
    "\r\n",
    "\\n",
    "\\",
    "\"",
    "\" + \"",
    "'",
    "%41",
    "%25",
    "&amp;",
    "&#x41;",
    "=\n",
    "=3D",
    "\x1b[31m",
    "\u{200b}",
    "\0",
    "\x08",
    "\\u0041",
    "\\x41",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
    "   12→",
    "+",
    "-",
    "> ",
    "é",
    "\u{1f600}",
    "c29tZSB0ZXh0IHRoYXQgaXMgd3JhcHBlZA==",
    "736f6d65207465787420",
    "0x73, 0x6f, 0x6d, 0x65, ",
    "00000000: 736f 6d65  some\n",
];
