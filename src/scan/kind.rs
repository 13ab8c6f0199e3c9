//! What a candidate is.

/// What a candidate may be the start of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A part of a format that tells it from others; `at` is its first byte. Also a run whose shape a rule takes when
    /// one of its words is near, with the word near.
    Token,
    /// A run of token characters that looks random and starts as no format does.
    Random,
    /// A word that may name a secret: `password`, `token`, `key`, …
    Word,
    /// A literal of a line of fixed form.
    Form,
    /// `://`
    Url,
    /// `@`
    At,
    /// `-----BEGIN` or `PRIVATE KEY`, or a body without header.
    Pem,
    /// A home directory in any spelling.
    Home,
    /// Digits that may be a card, a phone, an address.
    Digits,
    /// A carrier of names: `Author:`, `Signed-off-by:`, …
    Carrier,
    /// Base64, hexadecimal or percent-encoded bytes that decode to text.
    Encoded,
    /// An escaped character that may hide any of the others; the text must be decoded.
    Escape,
    /// A colour code or a character without width.
    Invisible,
    /// The name of a member that holds a command or a path, of which a call of a tool may have one.
    Call,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Token,
        Self::Random,
        Self::Word,
        Self::Form,
        Self::Url,
        Self::At,
        Self::Pem,
        Self::Home,
        Self::Digits,
        Self::Carrier,
        Self::Encoded,
        Self::Escape,
        Self::Invisible,
        Self::Call,
    ];
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Kinds(u16);

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self::of(&Kind::ALL);

    /// What may lead to a secret; all that a profile needs which keeps identity and paths.
    pub const SECRETS: Self = Self::of(&[
        Kind::Token,
        Kind::Random,
        Kind::Word,
        Kind::Form,
        Kind::Url,
        Kind::Pem,
        Kind::Encoded,
        Kind::Escape,
        Kind::Invisible,
        Kind::Call,
    ]);

    /// The set of these kinds.
    #[must_use]
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < kinds.len() {
            bits |= 1 << kinds[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    /// Whether every kind of another set is in this one.
    #[must_use]
    pub const fn has_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether a kind is in the set.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }
}

/// A hint: something of `kind` may start at byte `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Byte offset in the scanned bytes.
    pub at: usize,
    /// What it may be.
    pub kind: Kind,
}
