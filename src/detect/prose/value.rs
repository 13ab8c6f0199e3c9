//! Whether what a sentence ties to a word for a secret is its value.

use super::{
    super::{
        assignment::{self, Kind},
        reference,
        shape::Shape,
        subject::{Hit, Hits},
    },
    noun::Noun,
    piece::{LONGEST, Piece, line_end, over_break, piece, trimmed},
    word::{is_hash, is_key_id, is_made_up, is_no_value, is_password},
};
use crate::rule::{Confidence, id};

/// How a value is tied to the noun.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By a word that says it is the value.
    Said,
    /// By standing beside it.
    Beside,
}

/// Judges the value at `at`.
pub(super) fn value(bytes: &[u8], at: usize, noun: Noun, tie: Tie, hits: &mut Hits) {
    let from = at;
    let at = over_break(bytes, at, tie);
    let below = at > from && bytes[from..at].contains(&b'\n');
    let Some(piece) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let piece = if piece.quoted { piece } else { trimmed(bytes, piece) };
    let text = &bytes[piece.start..piece.end];
    if noun.kind == Kind::Auth && tie == Tie::Said {
        divided_login(bytes, piece, hits);
    }
    if noun.kind == Kind::Auth
        && let Some(password) = login(text)
        && !assignment::is_known(hits, piece.start + password, piece.end)
    {
        return push(hits, piece.start + password, piece.end, "a login and a password");
    }
    if is_phrase(&bytes[noun.start..noun.end], text) || !piece.quoted && line_is_phrase(bytes, noun, piece) {
        let end = if piece.quoted { piece.end } else { line_end(bytes, piece.start) };
        return push(hits, piece.start, end, "a phrase that a sentence calls a secret");
    }
    let listed = reference::is_word_list(text) && tie == Tie::Said && noun.kind == Kind::Password;
    if text.len() < 4 || text[0] == b'\\' || reference::is_explained(text) {
        return;
    }
    if noun.kind != Kind::Pin && !listed && is_no_value(text) {
        return;
    }
    let shape = Shape::of(text);
    if below && !piece.quoted && shape.digits == 0 && !shape.looks_random() {
        return;
    }
    let fits = match noun.kind {
        Kind::Password
            if tie == Tie::Beside && ends_sentence(bytes, piece.end) && is_made_up(text, shape) =>
        {
            true
        }
        Kind::Password | Kind::Secret => listed || is_password(text, shape, piece.quoted, tie),
        Kind::Pin => (4..=8).contains(&text.len()) && shape.digits == text.len() && tie == Tie::Said,
        Kind::Token => {
            shape.len >= 16
                && shape.looks_random()
                && !reference::is_code(text)
                && (!is_hash(text) || tie == Tie::Said && is_own(bytes, noun))
                && !is_key_id(text)
        }
        Kind::Auth => false,
    };
    if !fits {
        return;
    }
    if piece.start < piece.end && !assignment::is_known(hits, piece.start, piece.end) {
        let sure = if shape.looks_random() { Confidence::High } else { Confidence::Medium };
        let evidence = "a value that a sentence calls a secret";
        hits.push(Hit::new(id::SECRET_PROSE, piece.start, piece.end, evidence).confidence(sure));
    }
}

fn push(hits: &mut Hits, start: usize, end: usize, evidence: &'static str) {
    hits.push(Hit::new(id::SECRET_PROSE, start, end, evidence).confidence(Confidence::Medium));
}

/// Whether the words `text` are what is called a passphrase.
fn is_phrase(noun: &[u8], text: &[u8]) -> bool {
    let phrase = noun.len() >= 10 && noun[noun.len() - 6..].eq_ignore_ascii_case(b"phrase");
    phrase
        && text.iter().filter(|b| **b == b' ').count() >= 3
        && text.iter().all(|b| b.is_ascii_lowercase() || *b == b' ')
        && assignment::is_phrase(text, Shape::of(text))
}

/// Whether the rest of the line from a piece on is a passphrase.
fn line_is_phrase(bytes: &[u8], noun: Noun, piece: Piece) -> bool {
    is_phrase(&bytes[noun.start..noun.end], &bytes[piece.start..line_end(bytes, piece.start)])
}

/// Whether a sentence or a line ends at `end`.
fn ends_sentence(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), None | Some(b'\n' | b'.' | b',' | b')' | b'!'))
        || bytes[end..].starts_with(" है".as_bytes())
}

/// Whether the noun is a token or a key to an interface, of which even hexadecimal digits are no hash.
fn is_own(bytes: &[u8], noun: Noun) -> bool {
    let word = &bytes[noun.start..noun.end];
    let before = &bytes[noun.start.saturating_sub(4)..noun.start];
    !word.eq_ignore_ascii_case(b"key") || before.eq_ignore_ascii_case(b"api ")
}

/// `bob / hunter2`, `bob : hunter2`: a login and its password with blanks around what divides them.
fn divided_login(bytes: &[u8], user: Piece, hits: &mut Hits) {
    let divider =
        [&b" / "[..], b" : ", b" | ", b" // "].into_iter().find(|d| bytes[user.end..].starts_with(d));
    let plain = bytes[user.start..user.end].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let Some(divider) = divider.filter(|_| plain) else { return };
    let at = user.end + divider.len();
    let Some(found) = piece(bytes, at, bytes.len().min(at + LONGEST)) else { return };
    let found = if found.quoted { found } else { trimmed(bytes, found) };
    let text = &bytes[found.start..found.end];
    if text.len() >= 4
        && is_password(text, Shape::of(text), found.quoted, Tie::Said)
        && !reference::is_explained(text)
        && !is_no_value(text)
        && !assignment::is_known(hits, found.start, found.end)
    {
        hits.push(
            Hit::new(id::SECRET_PROSE, found.start, found.end, "a login and a password")
                .confidence(Confidence::Medium),
        );
    }
}

/// Where the password starts in `bob/hunter2` or `bob:hunter2`.
fn login(text: &[u8]) -> Option<usize> {
    let sign = text.iter().position(|b| matches!(b, b'/' | b':'))?;
    let (user, password) = (&text[..sign], &text[sign + 1..]);
    let shape = Shape::of(password);
    let plain = !user.is_empty() && user.iter().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(b));
    let one = !password.iter().any(|b| matches!(b, b'/' | b':'));
    (plain && one && is_password(password, shape, false, Tie::Said) && !reference::is_explained(password))
        .then_some(sign + 1)
}
