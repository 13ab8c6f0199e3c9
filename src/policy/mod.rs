//! Policy: what happens to what was found.

mod allowlist;
mod profile;

pub use allowlist::{AllowError, Allowlist, Exemption};
pub use profile::{Action, CodeAction, PathAction, Profile, ProfileError};
