//! Prompts of interactive interpreters, databases and debuggers: what is typed behind them is code, the prompt stays.

use super::{
    prefix::{Prefix, certain, is_code_tail},
    step,
};

/// Prompts of a name alone, before `> `, and the language behind them.
static NAMES: &[(&[u8], &str)] = &[
    (b"sqlite", "sql"),
    (b"mysql", "sql"),
    (b"cqlsh", "sql"),
    (b"ghci", "haskell"),
    (b"Prelude", "haskell"),
    (b"scala", "scala"),
    (b"julia", "julia"),
    (b"iex", "elixir"),
    (b"jshell", "java"),
    (b"irb", "ruby"),
    (b"pry", "ruby"),
    (b"php", "php"),
    (b"lua", "lua"),
    (b"deno", "javascript"),
    (b"node", "javascript"),
    (b"utop", "ocaml"),
    (b"ipdb", "python"),
];

/// The longest prompt, in bytes.
const LONGEST: usize = 60;

/// The prompt before what is typed in an interactive interpreter, and pytest's mark of the failing line.
pub(super) fn read(line: &[u8]) -> Option<Prefix> {
    let body = line.trim_ascii_start();
    let indent = line.len() - body.len();
    let python = |len| Some(Prefix { len: indent + len, certain: true, language: "python" });
    match body {
        [b'>', b'>', b'>', b' ', ..] => python(4),
        [b'.', b'.', b'.', b' ', ..] if body.len() > 4 && is_code_tail(&body[4..]) => python(4),
        [b'.', b'.', b'.', b'>', b' ', ..] => certain(indent + 5),
        [b'I', b'n', b' ', b'[', ..] => memchr::memmem::find(body, b"]: ").and_then(|i| python(i + 3)),
        [b'>', b' ', b'(', typed @ ..] if indent == 0 && is_list(typed) => certain(2),
        [b'D', b'B', b'<', b'0'..=b'9', ..] => numbered_debugger(body).and_then(|len| certain(indent + len)),
        [b'0'..=b'9', ..] => server(body).and_then(certain),
        [b'l', b'.', b'0'..=b'9', ..] if indent == 0 => tex(body).and_then(certain),
        [b'>', b' ', b' ', b' ', ..] if indent == 0 => certain(1),
        [b'(', ..] if step::debugger(body).is_some() => {
            step::debugger(body).and_then(|len| certain(indent + len))
        }
        [b'[', b'0'..=b'9', ..] => pry(body).and_then(|len| certain(indent + len)),
        [b'L', b'I', b'N', b'E', b' ', b'0'..=b'9', ..] => quoted_line(body).map(|len| sql(indent + len)),
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => {
            named(body).map(|prefix| Prefix { len: indent + prefix.len, ..prefix })
        }
        _ => None,
    }
}

fn sql(len: usize) -> Prefix {
    Prefix { len, certain: true, language: "sql" }
}

/// `mysql> `, `iex(1)> `, `irb(main):001:0> `, `MariaDB [shop]> `, psql's `shop=> ` and `shop-# `, mongosh's `shop> db.`
fn named(body: &[u8]) -> Option<Prefix> {
    let name = body.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
    let (word, rest) = body.split_at(name);
    match rest {
        [b'=' | b'-', b'#' | b'>', b' ', ..] => Some(sql(name + 3)),
        [b'>', b' ', typed @ ..] => {
            let mongo = typed.starts_with(b"db.") || typed.starts_with(b"rs.");
            let language = if mongo { Some("javascript") } else { language_of(word) };
            language.map(|language| Prefix { len: name + 2, certain: true, language })
        }
        [b'(', ..] | [b':', b'a'..=b'z' | b'0'..=b'9', ..] | [b' ', b'[' | b'>', ..] => {
            let language = if word == b"MariaDB" { Some("sql") } else { language_of(word) }?;
            let head = &rest[..rest.len().min(LONGEST)];
            let end = memchr::memmem::find(head, b"> ")? + 2;
            let plain = |b: &u8| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'(' | b')' | b':' | b'[' | b']' | b'_' | b' ' | b'#' | b'>' | b'*')
            };
            head[..end].iter().all(plain).then_some(Prefix { len: name + end, certain: true, language })
        }
        _ => None,
    }
}

fn language_of(word: &[u8]) -> Option<&'static str> {
    NAMES.iter().find(|(name, _)| *name == word).map(|&(_, language)| language)
}

/// `[1] pry(main)> `
fn pry(body: &[u8]) -> Option<usize> {
    let head = &body[..body.len().min(LONGEST)];
    let end = memchr::memmem::find(head, b"> ")?;
    memchr::memmem::find(&head[..end], b"] pry(").map(|_| end + 2)
}

/// `define (settle x) …)`, `settle-rows 4)`: what follows the bracket of a list, as Lisps are typed.
fn is_list(typed: &[u8]) -> bool {
    const FORMS: [&[u8]; 8] = [b"define", b"let", b"lambda", b"defn", b"def", b"defun", b"setq", b"require"];
    let word = typed.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_!?*/".contains(b)).count();
    let parted = memchr::memchr(b'-', &typed[..word]).is_some_and(|at| at > 0 && at + 1 < word);
    typed.ends_with(b")")
        && matches!(typed.get(word), Some(b' ' | b')'))
        && (parted || FORMS.contains(&&typed[..word]))
}

/// `DB<12> `, of Perl.
fn numbered_debugger(body: &[u8]) -> Option<usize> {
    let digits = body[3..].iter().take_while(|b| b.is_ascii_digit()).count();
    body[3 + digits..].starts_with(b"> ").then_some(3 + digits + 2)
}

/// `127.0.0.1:6379> `, of Redis and its like.
fn server(body: &[u8]) -> Option<usize> {
    let len =
        body.iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b':' | b'[' | b']')).count();
    let port = memchr::memchr(b':', &body[..len]).is_some() && body[..len].contains(&b'.');
    (port && body[len..].starts_with(b"> ")).then_some(len + 2)
}

/// `l.42 \rows{…`, with which TeX quotes a line.
fn tex(body: &[u8]) -> Option<usize> {
    let digits = body[2..].iter().take_while(|b| b.is_ascii_digit()).count();
    body[2 + digits..].starts_with(b" ").then_some(2 + digits + 1)
}

/// `LINE 3: `, with which a database quotes a statement.
fn quoted_line(body: &[u8]) -> Option<usize> {
    let digits = body[5..].iter().take_while(|b| b.is_ascii_digit()).count();
    body[5 + digits..].starts_with(b": ").then_some(5 + digits + 2)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn prompts_are_told_from_words() {
        for (line, len) in [
            (">>> a", 4),
            ("In [12]: a", 9),
            ("ghci> a", 6),
            ("iex(1)> a", 8),
            ("irb(main):001:0> a", 17),
            ("[1] pry(main)> a", 15),
            ("MariaDB [shop]> a", 16),
            ("shop=> a", 7),
            ("shop-# a", 7),
            ("shop> db.rows", 6),
            ("   ...> a", 8),
            ("LINE 3: a", 8),
            ("(gdb) p a.b", 6),
            ("php > a", 6),
            ("> (define (a b) (c b))", 2),
            ("> (settle-rows 4)", 2),
            ("  DB<12> p $a", 9),
            ("127.0.0.1:6379> GET a", 16),
            ("l.42 \\a{b}", 5),
        ] {
            assert_eq!(read(line.as_bytes()).map(|prefix| prefix.len), Some(len), "{line}");
        }
        for words in [
            "page> next",
            "LINE 3 is wrong",
            "(gdb) bt",
            "scala is nice",
            "[1] see > there",
            "node: a > b",
            "In [the] end",
            "> (see below)",
            "> (settle the rows)",
            "12:30> later",
            "l.42",
        ] {
            assert_eq!(read(words.as_bytes()), None, "{words}");
        }
    }
}
