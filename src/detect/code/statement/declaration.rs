//! Declarations: of types, functions, members.

/// Words that a declaration of a type begins with, and those that may stand before them.
static TYPES: &[&[u8]] = &[
    b"class",
    b"interface",
    b"object",
    b"trait",
    b"struct",
    b"enum",
    b"protocol",
    b"record",
    b"union",
    b"actor",
    b"mixin",
];
static MODIFIERS: &[&[u8]] = &[
    b"public",
    b"private",
    b"protected",
    b"internal",
    b"abstract",
    b"sealed",
    b"final",
    b"static",
    b"data",
    b"case",
    b"open",
    b"export",
    b"default",
    b"pub",
    b"partial",
    b"inner",
    b"value",
    b"enum",
    b"annotation",
    b"companion",
    b"unsafe",
    b"readonly",
];

/// `class Ledger < Record`, `data class Row(val id: Int)`, `pub struct Row {`: a word for types, a name, and then what no
/// sentence goes on with.
pub(super) fn is_declaration(body: &[u8]) -> bool {
    let mut rest = body;
    let mut modified = false;
    loop {
        let len = rest.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let word = &rest[..len];
        let Some(next) = rest[len..].strip_prefix(b" ") else { return false };
        let last = TYPES.contains(&word) && !next.starts_with(b"class ");
        if !last && !MODIFIERS.contains(&word) {
            return false;
        }
        rest = next;
        if last {
            break;
        }
        modified = true;
    }
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let (name, behind) = rest.split_at(len);
    let named = name.first().is_some_and(u8::is_ascii_alphabetic);
    let goes_on =
        [&b" <"[..], b"<", b"(", b":", b" :", b" {", b"{", b" extends ", b" implements ", b" where", b" ("];
    let capital = name.first().is_some_and(u8::is_ascii_uppercase);
    let alone = behind.is_empty() && (modified || capital);
    let words = behind.starts_with(b" (") && !behind.contains(&b':') || behind.starts_with(b":") && !capital;
    named && (alone || !words && goes_on.iter().any(|sign| behind.starts_with(sign)))
}

/// `Public Class Ledger`, `Private Sub Post()`, of Visual Basic.
pub(super) fn is_basic(first: &[u8], second: &[u8]) -> bool {
    let shown = [&b"Public"[..], b"Private", b"Friend", b"Protected", b"Partial"].contains(&first);
    shown
        && [&b"Class"[..], b"Module", b"Sub", b"Function", b"Structure", b"Interface", b"Enum"]
            .contains(&second)
}

/// `settle :: Ledger -> Int`, of Haskell.
pub(super) fn is_signature(first: &[u8], second: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'\'');
    second == b"::" && first.iter().all(name)
}

/// `belongs_to :account`, `attr_reader :rows, :total`, of Ruby.
pub(super) fn is_symbol_call(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'_' | b'?' | b'!');
    let symbol = second
        .strip_prefix(b":")
        .is_some_and(|s| s.len() > 2 && s[..s.len() - 1].iter().all(|b| name(b) || b.is_ascii_digit()));
    let one = body.len() == first.len() + 1 + second.len() || second.ends_with(b",");
    symbol && one && first.len() > 2 && first.iter().all(name)
}
