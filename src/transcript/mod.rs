//! Transcripts: bytes become records, records become texts, texts become views.

pub mod agent;
pub mod json;
pub(crate) mod media;
pub mod recent;
pub mod record;
pub mod text;
pub mod tree;
pub mod view;
