//! Redacted copies of AI coding agents' transcripts.
mod base32;
pub mod claude;
#[cfg(feature = "cli")]
pub mod cli;
pub mod detect;
pub mod finding;
pub mod input;
pub mod output;
pub mod pipeline;
pub mod policy;
pub mod redact;
pub mod report;
pub mod rule;
pub mod scan;
mod simd;
pub mod span;
pub mod store;
pub mod tag;
pub mod transcript;
pub mod validator;
pub mod verify;
