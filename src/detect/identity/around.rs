//! Words that stand around the names of people in sentences.

mod asked;
mod letter;
mod sentence;

pub(super) use asked::{ASKED, GROUPS, REQUESTS, ROSTERS, TOLD};
pub(super) use letter::{CLOSINGS, GREETINGS, LEADS};
pub(super) use sentence::{BEFORE, BEHIND, EPONYMS, SAID, WORDS};
