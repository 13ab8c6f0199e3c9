//! What is wrapped in a text so that a search of the record's bytes for known values does not meet it, kept from the first
//! search until more is known: a text of which all that is hidden is kept need not be unwrapped again.

use super::Search;
use crate::{
    detect::{Known, Unwrapped, wrapping},
    transcript::view::View,
};
use std::fmt;

/// The most bytes that are kept of one text.
const MOST: usize = 1 << 14;

/// What is hidden in a text.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::detect) enum Hidden {
    /// These bytes, of one view after the other.
    Bytes(Box<[u8]>),
    /// More than is kept.
    Unknown,
}

/// Never the bytes.
impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes(<{} bytes>)", bytes.len()),
            Self::Unknown => f.write_str("Unknown"),
        }
    }
}

impl Unwrapped {
    /// Whether a value known in the record at byte `at` may be hidden in what is wrapped in the text.
    pub(in crate::detect) fn hides(&self, known: &Known, at: u64) -> bool {
        match &self.hidden {
            Hidden::Bytes(bytes) => known.may_hold(at, bytes),
            Hidden::Unknown => true,
        }
    }
}

/// Gathers what is hidden in one text.
#[derive(Default)]
pub(in crate::detect) struct Hiding {
    /// Whether the text has other than plain escapes, so that all that is wrapped in it may hide something.
    escaped: bool,
    bytes: Vec<u8>,
    most: usize,
    is_more: bool,
}

impl Hiding {
    /// Begins with a text of so many bytes.
    pub(super) fn begin(&mut self, escaped: bool, len: usize) {
        self.bytes.clear();
        (self.escaped, self.most, self.is_more) = (escaped, MOST.min(len / 2), false);
    }

    /// Adds a view that may hide something.
    fn add(&mut self, bytes: &[u8]) {
        if self.is_more || self.bytes.len() + bytes.len() >= self.most {
            self.is_more = true;
            return;
        }
        self.bytes.extend_from_slice(bytes);
        self.bytes.push(b'\n');
    }

    /// Says that more may be hidden than can be told.
    pub(super) fn all(&mut self) {
        self.is_more = true;
    }

    /// What has been gathered.
    fn hidden(&self) -> Hidden {
        if self.is_more { Hidden::Unknown } else { Hidden::Bytes(self.bytes.as_slice().into()) }
    }

    /// Adds those of `views`, made of `view`, in which a known value may stand that does not stand in the record's bytes.
    pub(super) fn add_made(&mut self, view: &View<'_>, views: &[View<'_>]) {
        // Known values are not looked for in a guess.
        let escaped = self.escaped;
        let hides = |made: &View<'_>| {
            wrapping::may_hide_known(view, std::slice::from_ref(made)) || escaped && !made.is_guess()
        };
        for made in views {
            if hides(made) {
                self.add(made.bytes());
            }
        }
    }

    /// Adds a text within `view`, which is JSON itself. Known values are met in raw bytes with their escapes once and twice.
    pub(super) fn add_within(&mut self, view: &View<'_>, text: &[u8]) {
        if view.depth() > 1 || self.escaped {
            self.add(text);
        }
    }
}

impl Search<'_> {
    /// Notes that something was wrapped in the text at byte `start`, if it was.
    pub(super) fn note_wrapped(&mut self, start: usize) {
        let Hiding { escaped, ref bytes, is_more, .. } = self.hiding;
        let hides = escaped || is_more || !bytes.is_empty();
        if hides || self.wrapped && self.detector.wanted.asks_fields() {
            let hidden = self.hiding.hidden();
            self.out.unwrapped.push(Unwrapped { at: start as u32, escaped, hidden });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rule::id, tag::Key};

    #[test]
    fn what_is_kept_tells_whether_a_value_is_hidden_and_what_is_not_kept_may_hide_any() {
        let (mut known, key) = (Known::default(), Key::from_material(&[1; 32]));
        known.tell(b"Otter-84-lamp", id::SECRET_KNOWN, &key);
        let hides = |views: &[&[u8]], len: usize| {
            let mut hiding = Hiding::default();
            hiding.begin(false, len);
            views.iter().for_each(|view| hiding.add(view));
            let text = Unwrapped { at: 0, escaped: false, hidden: hiding.hidden() };
            text.hides(&known, 0)
        };
        for (views, len, hidden) in [
            (&[&b"of Otter-84-lamp"[..], b"x"][..], 100, true),
            (&[b"of another lamp", b"x"], 100, false),
            (&[b"of Otter-84", b"-lamp"], 100, false),
            (&[b"of another lamp", b"x"], 30, true),
            (&[], 30, false),
        ] {
            assert_eq!(hides(views, len), hidden, "{views:?} of {len} bytes");
        }
    }
}
