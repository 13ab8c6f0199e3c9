//! Half-open byte ranges, tagged with the space they live in so that offsets of the file and offsets of a decoded
//! text cannot be mixed.

use std::{fmt, marker::PhantomData, ops::Range};

/// The space of a record's bytes as they stand in the file.
pub enum Raw {}

/// The space of a view's bytes, after decoding.
pub enum Text {}

/// A half-open byte range `[start, end)` in space `S`, with `start <= end` by construction.
pub struct Span<S> {
    start: usize,
    end: usize,
    space: PhantomData<fn() -> S>,
}

impl<S> Span<S> {
    /// The range `[start, end)`.
    ///
    /// # Panics
    /// If `start > end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span starts at or before its end");
        Self { start, end, space: PhantomData }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there is no byte in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range, to index a slice of the same space.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The same range `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is in this span.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Span<S> {}

impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<S> Eq for Span<S> {}

impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Spans of one finding: one, most often, which takes no memory of its own.
pub struct Spans<S>(Few<S>);

enum Few<S> {
    One(Span<S>),
    Others(Vec<Span<S>>),
}

impl<S> Clone for Spans<S> {
    fn clone(&self) -> Self {
        (&**self).into()
    }
}

impl<S> From<&[Span<S>]> for Spans<S> {
    fn from(spans: &[Span<S>]) -> Self {
        match *spans {
            [span] => Self(Few::One(span)),
            _ => Self(Few::Others(spans.to_vec())),
        }
    }
}

impl<S> From<Span<S>> for Spans<S> {
    fn from(span: Span<S>) -> Self {
        Self(Few::One(span))
    }
}

impl<S> FromIterator<Span<S>> for Spans<S> {
    fn from_iter<I: IntoIterator<Item = Span<S>>>(spans: I) -> Self {
        let mut spans = spans.into_iter();
        match (spans.next(), spans.next()) {
            (Some(span), None) => Self(Few::One(span)),
            (first, second) => Self(Few::Others(first.into_iter().chain(second).chain(spans).collect())),
        }
    }
}

impl<S> std::ops::Deref for Spans<S> {
    type Target = [Span<S>];

    fn deref(&self) -> &[Span<S>] {
        match &self.0 {
            Few::One(span) => std::slice::from_ref(span),
            Few::Others(spans) => spans,
        }
    }
}

impl<'s, S> IntoIterator for &'s Spans<S> {
    type Item = &'s Span<S>;
    type IntoIter = std::slice::Iter<'s, Span<S>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<S> PartialEq for Spans<S> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<S> Eq for Spans<S> {}

impl<S> fmt::Debug for Spans<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_relate_as_ranges_do() {
        let a = Span::<Raw>::new(2, 5);
        assert!(a.overlaps(Span::new(4, 9)) && !a.overlaps(Span::new(5, 9)));
        assert!(a.covers(Span::new(2, 5)) && !a.covers(Span::new(1, 3)));
        assert_eq!(a.union(Span::new(7, 8)).range(), 2..8);
        assert_eq!(a.shifted(3).range(), 5..8);
    }

    #[test]
    #[should_panic(expected = "starts at or before")]
    fn a_span_cannot_run_backwards() {
        let _ = Span::<Text>::new(2, 1);
    }
}
