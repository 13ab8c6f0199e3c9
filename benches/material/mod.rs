//! Made-up sessions, the same from the same seed: ordinary ones with planted tokens, and inputs that are bad for a
//! scanner.

use base64::prelude::*;
use std::fmt::Write as _;

/// A small generator of numbers (splitmix64, Steele, Lea and Flood, 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

const ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const WORDS: &[&str] = &[
    "order",
    "charge",
    "refund",
    "ledger",
    "amount",
    "index",
    "buffer",
    "parse",
    "result",
    "window",
    "queue",
    "worker",
    "retry",
    "value",
    "token_count",
    "key",
    "count",
    "render",
    "layout",
    "state",
    "update",
    "handler",
    "stream",
    "record",
];

/// One record of a session with `text` in it.
fn record(dice: &mut Dice, text: &str) -> String {
    let id = |dice: &mut Dice| {
        let hex = dice.text(b"0123456789abcdef", 32);
        format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
    };
    let (uuid, parent) = (id(dice), id(dice));
    serde_json::json!({
        "parentUuid": parent, "isSidechain": false, "userType": "external", "cwd": "/home/maribel/work/ledgerly",
        "sessionId": "309d6b79-965e-4a32-9ae4-45508201e2bd", "version": "2.1.14", "gitBranch": "main", "type": "user",
        "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": format!("toolu_01{}", dice.text(ALNUM, 22)),
        "content": text}]}, "uuid": uuid, "timestamp": "2026-05-01T00:00:41.479Z"
    })
    .to_string()
}

/// Lines of code, as a tool shows them.
fn code(dice: &mut Dice, lines: usize) -> String {
    let mut out = String::new();
    for line in 1..=lines {
        let (a, b, c, d) = (dice.pick(WORDS), dice.pick(WORDS), dice.pick(WORDS), dice.below(100));
        let made = match dice.below(5) {
            0 => writeln!(out, "{line:6}→    let {a} = self.{b}.get({c})?;"),
            1 => writeln!(out, "{line:6}→    if {a}.len() > {d} {{ return Err({b}Error::{c}); }}"),
            2 => writeln!(out, "{line:6}→    // The {a} of the {b} is {c} until it is {d}."),
            3 => writeln!(out, "{line:6}→    {a}_{b}(\"{c}\", {d}, &mut {b});"),
            _ => writeln!(out, "{line:6}→pub fn {a}_{b}({c}: usize) -> Option<{d}> {{"),
        };
        made.expect("a string takes all");
    }
    out
}

/// An ordinary session of about `size` bytes, and how many tokens are planted in it.
pub(crate) fn session(size: usize) -> (Vec<u8>, usize) {
    let (mut dice, mut out, mut planted) = (Dice::new(11), String::new(), 0);
    while out.len() < size {
        let lines = 20 + dice.below(180);
        let mut text = code(&mut dice, lines);
        if dice.below(6) == 0 {
            planted += 1;
            writeln!(text, "export GITHUB_TOKEN=ghp_{}", dice.text(ALNUM, 36)).expect("a string takes all");
        }
        out += &record(&mut dice, &text);
        out.push('\n');
    }
    (out.into_bytes(), planted)
}

/// Inputs of about `size` bytes that are bad for a scanner, by name.
pub(crate) const WORST: [&str; 14] = [
    "minified",
    "base64",
    "dump",
    "tokens",
    "tokens-in-one-record",
    "keys-in-one-record",
    "lock-file",
    "short-lines",
    "one-line",
    "deep",
    "backslashes",
    "coloured",
    "percent",
    "overlapping",
];

/// The input of that name.
pub(crate) fn worst(name: &str, size: usize) -> Vec<u8> {
    let mut dice = Dice::new(7);
    let dice = &mut dice;
    let made = match name {
        "minified" => {
            let one = |dice: &mut Dice| {
                let names: Vec<String> = (0..4).map(|_| dice.text(ALNUM, 2)).collect();
                format!(
                    "function {0}({1},{2}){{var {3}={1}.token,key={2}[\"k\"];return {3}&&({1}.length={2})}}",
                    names[0], names[1], names[2], names[3]
                )
            };
            let text = repeat(size, || one(dice));
            record(dice, &text)
        }
        "base64" => lines(size, || {
            let blob = BASE64_STANDARD.encode(dice.bytes(60_000));
            record(dice, &blob)
        }),
        "dump" => lines(size, || {
            let rows =
                (0..900).map(|row| format!("{:08x}: {}\n", row * 16, dice.text(b"0123456789abcdef", 32)));
            let text = rows.collect::<String>();
            record(dice, &text)
        }),
        "tokens" => lines(size, || {
            let text = (0..300).map(|_| format!("GET /a ghp_{}\n", dice.text(ALNUM, 36))).collect::<String>();
            record(dice, &text)
        }),
        "tokens-in-one-record" => {
            let text = repeat(size, || format!("GET /a ghp_{}\n", dice.text(ALNUM, 36)));
            record(dice, &text)
        }
        "keys-in-one-record" => {
            let text = repeat(size, || private_key(dice));
            record(dice, &text)
        }
        "lock-file" => lines(size, || {
            let text = repeat(30_000, || locked(dice));
            record(dice, &text)
        }),
        "short-lines" => (0..size / 11).map(|i| format!("{{\"a\":{i}}}\n")).collect(),
        "one-line" => {
            let text = repeat(size, || format!("{} ", dice.pick(WORDS)));
            record(dice, &text)
        }
        "deep" => "[".repeat(size / 2) + &"]".repeat(size / 2),
        "backslashes" => record(dice, &"\\".repeat(size / 2)),
        // Letters between colours are one run of the view without them.
        "coloured" => {
            let text = repeat(size, || format!("\u{1b}[31m{}", dice.pick(WORDS)));
            record(dice, &text)
        }
        "percent" => record(dice, &"%41%42%67%68%70".repeat(size / 15)),
        "overlapping" => record(dice, &"password=token=secret=".repeat(size / 22)),
        other => panic!("no input {other}"),
    };
    made.into_bytes()
}

/// Marks with which code or names may begin, again and again: bad for what tells them from prose. By name.
pub(crate) const WALLS: [&str; 10] = [
    "authors",
    "conflicts",
    "heredocs",
    "fences",
    "numbers",
    "places",
    "brackets",
    "objects",
    "quotes",
    "shells",
];

/// What a tool printed: about `size` bytes of the marks of that name, and a token.
pub(crate) fn wall(name: &str, size: usize) -> Vec<u8> {
    let mark = match name {
        "authors" => "Author: Ada Bellweather <ada@bell.io>\n",
        "conflicts" => "<<<<<<< x\n",
        "heredocs" => "cat <<EOF\n",
        "fences" => "```a\n",
        "numbers" => "1:\n",
        "places" => "a-1-",
        "brackets" => "((((",
        "objects" => "{\"a\":",
        "quotes" => "'\"",
        "shells" => "sh -c '",
        other => panic!("no wall {other}"),
    };
    let mut dice = Dice::new(5);
    let text = mark.repeat(size / mark.len()) + "\n export GITHUB_TOKEN=ghp_" + &dice.text(ALNUM, 36) + "\n";
    record(&mut dice, &text).into_bytes()
}

/// A private key as PEM.
fn private_key(dice: &mut Dice) -> String {
    let body = (0..6).map(|_| BASE64_STANDARD.encode(dice.bytes(48)) + "\n").collect::<String>();
    format!("-----BEGIN PRIVATE KEY-----\n{body}-----END PRIVATE KEY-----\n")
}

/// A package in the lock files of two package managers.
fn locked(dice: &mut Dice) -> String {
    let (name, digest) = (dice.pick(WORDS), BASE64_STANDARD.encode(dice.bytes(64)));
    let checksum = dice.text(b"0123456789abcdef", 64);
    format!(
        "    \"{name}\": {{\n      \"integrity\": \"sha512-{digest}\"\n    }},\nchecksum = \"{checksum}\"\n"
    )
}

fn repeat(size: usize, mut one: impl FnMut() -> String) -> String {
    let mut out = String::new();
    while out.len() < size {
        out += &one();
    }
    out
}

fn lines(size: usize, mut one: impl FnMut() -> String) -> String {
    repeat(size, || one() + "\n")
}
