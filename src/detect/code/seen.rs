//! Lines that recur are judged once: those that stay when a text is read again without its code, or searched again after
//! its redaction, and those of a file that is shown more than once.

use super::{super::recall::Recall, line::Verdict};
use std::cell::RefCell;

/// What a line is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// The length of what stands before its content and stays, in bytes, if anything does.
    pub(super) prefix: Option<usize>,
    /// The language that the prefix tells.
    pub(super) language: &'static str,
    /// What the content is.
    pub(super) verdict: Verdict,
}

thread_local! {
    static LINES: RefCell<Recall<Judged, 32768>> = const { RefCell::new(Recall::new()) };
    static SAID: RefCell<Recall<bool, 16384>> = const { RefCell::new(Recall::new()) };
}

/// Whether `judge` takes a numbered line for one that a program says, or took one that was the same for one; it must look at
/// nothing else.
pub(super) fn is_said(line: &[u8], judge: impl FnOnce(&[u8]) -> bool) -> bool {
    SAID.with_borrow_mut(|said| said.get(line, judge))
}

/// What `judge` says of a line, or said of one that was the same; it must look at nothing else.
pub(super) fn judged(line: &[u8], judge: impl FnOnce(&[u8]) -> Judged) -> Judged {
    LINES.with_borrow_mut(|lines| lines.get(line, judge))
}
