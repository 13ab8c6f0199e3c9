//! Edits: stretches of a text that stand for other bytes, or for none; found by the decoders of one marker byte each,
//! made into one view by [`super::inline`].

/// What a stretch of a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    pub(super) decoded: [u8; 4],
    pub(super) decoded_len: u8,
    /// Whether it may hide a value from a search, rather than only stand beside one.
    pub(super) hides: bool,
    /// When it is made.
    pub(super) rank: Rank,
}

impl Edit {
    /// `start..end` stands for `decoded`.
    pub(super) fn new(start: usize, end: usize, decoded: char) -> Self {
        let mut bytes = [0; 4];
        let decoded_len = decoded.encode_utf8(&mut bytes).len() as u8;
        Self { start, end, decoded: bytes, decoded_len, hides: false, rank: Rank::Code }
    }

    /// `start..end` stands for one byte.
    pub(super) fn byte(start: usize, end: usize, decoded: u8) -> Self {
        Self { start, end, decoded: [decoded, 0, 0, 0], decoded_len: 1, hides: false, rank: Rank::Code }
    }

    /// `start..end` stands for nothing.
    pub(super) fn dropped(start: usize, end: usize) -> Self {
        Self { start, end, decoded: [0; 4], decoded_len: 0, hides: true, rank: Rank::Code }
    }

    /// The same without what is before `start`.
    pub(super) fn from(self, start: usize) -> Self {
        Self { start: self.start.max(start), ..self }
    }

    /// The same, hiding values or not.
    pub(super) fn hiding(self, hides: bool) -> Self {
        Self { hides, ..self }
    }

    /// What it stands for.
    pub(super) fn decoded(&self) -> &[u8] {
        &self.decoded[..usize::from(self.decoded_len)]
    }
}

/// The order in which edits are made: what may stand inside another goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A character without width.
    Unseen,
    /// A command to the terminal.
    Terminal,
    /// An escape, a percent code, an entity.
    Code,
    /// A code of quoted-printable.
    Quoted,
}

impl Rank {
    /// The rank of the edits that `marker` starts.
    pub(super) fn of(marker: u8) -> Self {
        match marker {
            b'\\' | b'%' | b'&' => Self::Code,
            0x1b | 0x08 => Self::Terminal,
            _ => Self::Unseen,
        }
    }
}
