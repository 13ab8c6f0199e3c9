//! The places where agents keep what was said: what lies where, what is in use, and how a file is replaced while
//! others may append to it.

pub mod live;
#[cfg(unix)]
pub mod replace;
mod surroundings;

pub use surroundings::Surroundings;
