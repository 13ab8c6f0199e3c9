//! The names that a line of code gives to things of its project: functions, types, constants, in any language.
//!
//! A line is read by itself: words that say how something is ([`is_modifier`]), a word that says what it is
//! ([`says`]), its name. Where a language has no such word, the line's shape says it ([`super::signature`]).

use super::{distinct, import, scan::Scan, signature};
use crate::rule::{RuleId, id};

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A function, a method, a macro, a test.
    Function,
    /// A type, a module, a table.
    Type,
    /// A constant.
    Constant,
}

/// A name that code defines.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::detect) struct Definition {
    /// The rule under which it is known elsewhere.
    pub(in crate::detect) rule: RuleId,
    /// The name.
    pub(in crate::detect) name: Vec<u8>,
}

/// Never the name.
impl std::fmt::Debug for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Definition({})", self.rule.rule().id)
    }
}

/// Where the names go.
pub(super) type Names = Vec<Definition>;

/// The longest line that is read, in bytes: what is longer was written by no person.
const LONGEST: usize = 400;

/// Whether it is a word that may stand before the word that says what is defined.
fn is_modifier(word: &[u8]) -> bool {
    matches!(
        word,
        b"abstract"
            | b"async"
            | b"case"
            | b"companion"
            | b"constexpr"
            | b"data"
            | b"declare"
            | b"default"
            | b"export"
            | b"extern"
            | b"external"
            | b"fileprivate"
            | b"final"
            | b"friend"
            | b"implicit"
            | b"infix"
            | b"inline"
            | b"inner"
            | b"internal"
            | b"lazy"
            | b"local"
            | b"mutating"
            | b"native"
            | b"noinline"
            | b"open"
            | b"operator"
            | b"override"
            | b"partial"
            | b"private"
            | b"protected"
            | b"pub"
            | b"public"
            | b"readonly"
            | b"sealed"
            | b"suspend"
            | b"synchronized"
            | b"tailrec"
            | b"transient"
            | b"unsafe"
            | b"virtual"
            | b"volatile"
    )
}

/// Whether it is a word that may stand before a definition and may begin one.
fn is_variable(word: &[u8]) -> bool {
    matches!(word, b"const" | b"let" | b"static" | b"val" | b"var")
}

/// What a word says of the name behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It is a function.
    Function,
    /// It is a type, or the like.
    Type,
    /// It is one if a body follows: in other places the word is a use, or a word like others.
    Body,
    /// It is one if it is quoted, the last of those that are: Terraform's `resource "aws_instance" "ledger"`.
    Quoted,
}

/// What a word says of the name behind it; `macro_rules` is none without its sign.
fn says(word: &[u8]) -> Option<Says> {
    Some(match word {
        b"def" | b"fn" | b"func" | b"function" | b"fun" | b"sub" | b"proc" | b"procedure" | b"macro"
        | b"defp" | b"defn" | b"defun" | b"define" | b"defmacro" | b"rpc" => Says::Function,
        b"class" | b"interface" | b"trait" | b"protocol" | b"module" | b"namespace" | b"mod"
        | b"defmodule" | b"contract" | b"package" | b"create_table" | b"__tablename__" => Says::Type,
        b"variable" | b"output" | b"resource" | b"data" => Says::Quoted,
        b"struct" | b"enum" | b"union" | b"type" | b"record" | b"object" | b"actor" | b"model"
        | b"entity" | b"message" | b"service" | b"input" | b"newtype" | b"using" => Says::Body,
        _ => return None,
    })
}

/// Appends the names that `code` defines, lines of `language` without what stands before them in a listing.
pub(super) fn read(code: &[u8], language: &str, out: &mut Names) {
    let breaks = memchr::memchr_iter(b'\n', code).chain([code.len()]);
    let mut start = 0;
    for end in breaks {
        let line = &code[start..end];
        if line.len() <= LONGEST {
            one(line.trim_ascii_end(), language, out);
        }
        start = end + 1;
    }
}

/// One line.
fn one(line: &[u8], language: &str, out: &mut Names) {
    let mut scan = Scan::new(line);
    scan.blanks();
    let indent = scan.at;
    // What `typedef struct { … } tariff_book;` ends with.
    if let Some(name) = scan.rest().strip_prefix(b"} ").and_then(|rest| rest.strip_suffix(b";")) {
        if name.iter().all(|&b| is_letter(b)) {
            push(Kind::Type, name, out);
        }
        return;
    }
    if !scan
        .peek()
        .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'@' | b'#' | b'[' | b'(' | b'$'))
    {
        return;
    }
    if import::read(scan.rest(), out) {
        return;
    }
    scan.annotations();
    let _ = scan.eat(b"(");
    let mut modified = false;
    loop {
        let from = scan.at;
        let word = scan.word();
        if let Some(says) = keyword(word, &mut scan) {
            return named(says, scan, out);
        } else if is_modifier(word) {
            scan.modifier();
        } else if is_variable(word) {
            if variable(word, scan, indent == 0 || modified, out) {
                return;
            }
        } else if word.eq_ignore_ascii_case(b"create") {
            return table(scan, out);
        } else {
            let whole = signature::Line { scan: scan.back(from), indent, modified, language };
            return signature::read(&whole, out);
        }
        modified = true;
        scan.blanks();
    }
}

/// What `word` says of the name behind it, if one follows.
fn keyword(word: &[u8], scan: &mut Scan<'_>) -> Option<Says> {
    let says = match word {
        b"macro_rules" => (scan.peek() == Some(b'!')).then_some(Says::Function)?,
        _ => says(word)?,
    };
    let _ = scan.eat(b"!") || scan.eat(b"*");
    let parted = scan.peek().is_some_and(|b| matches!(b, b' ' | b'\t'));
    (parted && (says != Says::Quoted || scan.rest().starts_with(b" \""))).then_some(says)
}

/// The name behind a word that announces one.
fn named(says: Says, mut scan: Scan<'_>, out: &mut Names) {
    scan.blanks();
    while ["class", "struct", "self", "const", "static", "inline", "async"]
        .iter()
        .any(|word| scan.eat_word(word))
    {}
    let _ = scan.eat(b"*") || scan.eat(b"= ");
    scan.blanks();
    if scan.peek() == Some(b'<') {
        scan.balanced(b'<', b'>');
    }
    if says == Says::Function && scan.peek() == Some(b'(') {
        receiver(&mut scan, out);
    }
    scan.blanks();
    while scan.peek().is_some_and(|b| matches!(b, b'"' | b'\'' | b'`' | b':' | b'(')) {
        scan.at += 1;
    }
    let mut chain = scan.chain();
    if says == Says::Quoted && scan.eat(b"\" \"") {
        chain = scan.chain();
    }
    if says == Says::Body && !has_body(&mut scan) {
        return;
    }
    let kind = if says == Says::Function { Kind::Function } else { Kind::Type };
    push_chain(kind, chain, out);
}

/// Go's receiver, a method's type: `(q *PolicyQuote)`.
fn receiver(scan: &mut Scan<'_>, out: &mut Names) {
    let from = scan.at;
    scan.balanced(b'(', b')');
    let inside = &scan.line[from..scan.at];
    if let Some(name) = inside.split(|b| !is_letter(*b)).rfind(|word| !word.is_empty()) {
        push(Kind::Type, name, out);
    }
}

/// Whether what follows a name is the beginning of what it is.
fn has_body(scan: &mut Scan<'_>) -> bool {
    scan.blanks();
    let rest = scan.rest();
    let opens = matches!(rest.first(), None | Some(b'{' | b'=' | b'(' | b'<' | b':' | b'[' | b';' | b'/'));
    let words: [&[u8]; 9] =
        [b"extends", b"implements", b"with", b"struct", b"interface", b"func", b"map", b"where", b"deriving"];
    opens || words.iter().any(|word| rest.starts_with(word))
}

/// `const NAME = …` and the like; says whether it was one, and not a word before another definition.
fn variable(word: &[u8], mut scan: Scan<'_>, outer: bool, out: &mut Names) -> bool {
    scan.blanks();
    let _ = scan.eat_word("rec") || scan.eat_word("mut");
    let from = scan.at;
    let name = scan.word();
    let more = is_modifier(name) || is_variable(name);
    if more || says(name).is_some() {
        return false;
    }
    scan.blanks();
    let typed = scan.peek().is_some_and(|b| is_letter(b) || matches!(b, b'*' | b'<' | b'&' | b'('));
    if typed && word != b"let" {
        return false;
    }
    let Some(equals) = scan.rest().iter().position(|&b| b == b'=') else { return from < scan.at };
    let value = scan.rest()[equals + 1..].trim_ascii_start();
    let upper = !name.iter().any(u8::is_ascii_lowercase);
    if typed || signature::is_function(value) {
        push(Kind::Function, name, out);
    } else if outer && (word == b"const" || upper) {
        push(Kind::Constant, name, out);
    }
    true
}

/// What stands between `CREATE` and the name of what is created in a database, and of which kind that is.
static CREATES: &[(&str, Option<Kind>)] = &[
    ("or", None),
    ("replace", None),
    ("temp", None),
    ("temporary", None),
    ("unique", None),
    ("unlogged", None),
    ("global", None),
    ("materialized", None),
    ("external", None),
    ("virtual", None),
    ("recursive", None),
    ("table", Some(Kind::Type)),
    ("view", Some(Kind::Type)),
    ("index", Some(Kind::Type)),
    ("type", Some(Kind::Type)),
    ("schema", Some(Kind::Type)),
    ("sequence", Some(Kind::Type)),
    ("database", Some(Kind::Type)),
    ("trigger", Some(Kind::Function)),
    ("function", Some(Kind::Function)),
    ("procedure", Some(Kind::Function)),
];

/// `CREATE TABLE IF NOT EXISTS name`.
fn table(mut scan: Scan<'_>, out: &mut Names) {
    let mut kind = None;
    while kind.is_none() {
        scan.blanks();
        let word = scan.word();
        let Some((_, of)) = CREATES.iter().find(|(known, _)| word.eq_ignore_ascii_case(known.as_bytes()))
        else {
            return;
        };
        kind = *of;
    }
    loop {
        scan.blanks();
        let from = scan.at;
        let word = scan.word();
        if !["if", "not", "exists", "concurrently"].iter().any(|w| word.eq_ignore_ascii_case(w.as_bytes())) {
            scan.at = from;
            break;
        }
    }
    while scan.peek().is_some_and(|b| matches!(b, b'"' | b'`' | b'[')) {
        scan.at += 1;
    }
    let mut chain = scan.chain();
    // `public."rows"`
    while scan.eat(b".\"") || scan.eat(b".`") || scan.eat(b"\".\"") || scan.eat(b"].[") {
        chain = scan.chain();
    }
    if let Some(kind) = kind {
        push_chain(kind, chain, out);
    }
}

/// Adds the last name of a chain, and those before it, which hold it.
pub(super) fn push_chain(kind: Kind, chain: &[u8], out: &mut Names) {
    let mut names = chain.rsplit(|b| !is_letter(*b) && *b != b'-').filter(|name| !name.is_empty());
    if let Some(last) = names.next() {
        push(kind, last, out);
    }
    names.for_each(|name| push(Kind::Type, name, out));
}

/// Adds a name, if it tells anything.
pub(super) fn push(kind: Kind, name: &[u8], out: &mut Names) {
    let inner = |b: &u8| matches!(b, b'_' | b'$' | b'-');
    let from = name.iter().take_while(|b| inner(b)).count();
    let to = name.len() - name[from..].iter().rev().take_while(|b| inner(b)).count();
    let bare = &name[from..to];
    // A test of a function is known as that, and stays a test.
    let bare = bare.strip_prefix(b"test_").filter(|tested| distinct::is_distinct(tested)).unwrap_or(bare);
    if name.starts_with(b"__") && name.ends_with(b"__") || !distinct::is_distinct(bare) {
        return;
    }
    let rule = match kind {
        Kind::Function => id::CODE_FUNCTION,
        Kind::Type => id::CODE_TYPE,
        Kind::Constant => id::CODE_CONSTANT,
    };
    out.push(Definition { rule, name: bare.to_owned() });
}

/// Whether a byte may stand in a name.
pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}
