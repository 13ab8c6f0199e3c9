//! Policy: what happens to what was found.

mod allowlist;
mod profile;
mod resolve;

pub use allowlist::{AllowError, Allowlist, Exemption};
pub use profile::{Action, CodeAction, PathAction, Profile, ProfileError};
pub use resolve::{Decisions, Edit, Policy, Replacement};
