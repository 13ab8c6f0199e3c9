//! Edits: stretches of a text that stand for other bytes, or for none; found by the decoders of one marker byte each,
//! made into one view by [`super::inline`].

/// What a stretch of a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    decoded: [u8; 4],
    decoded_len: u8,
    /// Whether it may hide a value from a search, rather than only stand beside one.
    pub(super) hides: bool,
}

impl Edit {
    /// `start..end` stands for `decoded`.
    pub(super) fn new(start: usize, end: usize, decoded: char) -> Self {
        let mut bytes = [0; 4];
        let decoded_len = decoded.encode_utf8(&mut bytes).len() as u8;
        Self { start, end, decoded: bytes, decoded_len, hides: false }
    }

    /// `start..end` stands for one byte.
    pub(super) fn byte(start: usize, end: usize, decoded: u8) -> Self {
        Self { start, end, decoded: [decoded, 0, 0, 0], decoded_len: 1, hides: false }
    }

    /// `start..end` stands for nothing.
    pub(super) fn dropped(start: usize, end: usize) -> Self {
        Self { start, end, decoded: [0; 4], decoded_len: 0, hides: true }
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
