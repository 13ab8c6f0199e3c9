//! The places where agents keep what was said: what lies where, what is in use, and how a file is replaced while
//! others may append to it.

mod archive;
pub mod layout;
pub mod live;
mod parts;
mod pattern;
#[cfg(unix)]
pub mod replace;
#[cfg(not(unix))]
#[path = "replace_whole.rs"]
pub mod replace;
pub mod scrub;
mod state;
mod surroundings;
mod tally;
mod unfold;

pub use replace::is_leftover;
pub use surroundings::{Surroundings, managed_folder};
pub use tally::{Count, Tally};

/// What tells one set of rules from another.
#[must_use]
pub fn ruleset() -> String {
    let mut hash = blake3::Hasher::new();
    for rule in crate::rule::all() {
        let rule = rule.rule();
        hash.update(format!("{} {} {:?}\n", rule.id, rule.label, rule.keywords).as_bytes());
    }
    format!(
        "{} {} rules, {}",
        env!("CARGO_PKG_VERSION"),
        crate::rule::all().len(),
        &hash.finalize().to_hex()[..16]
    )
}
