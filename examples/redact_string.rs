//! Redacts the standard input as a library would: `cargo run --example redact_string -- share < session.jsonl`.

use std::io::{self, Write as _};
use transcrub::{
    input::Access,
    pipeline::{Pipeline, Settings},
    policy::{Allowlist, Policy, Profile},
    report::Silence,
    tag::Key,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "share".to_owned());
    let policy = Policy::new(Profile::named(&name)?, Allowlist::default());
    let settings =
        Settings { policy, key: Key::random()?, known: Vec::new(), threads: None, access: Access::Map };
    let text = io::read_to_string(io::stdin())?;
    let redacted = Pipeline::new(settings).redact_bytes(text.as_bytes(), &mut Silence)?;
    Ok(io::stdout().write_all(&redacted)?)
}
