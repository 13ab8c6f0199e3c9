//! What is particular to Claude Code: its settings, its hooks, `/bug`, and what leaves the machine.

pub mod clone;
pub mod clones;
pub mod flows;
pub mod gate;
pub mod hook;
pub mod hooks;
pub mod issue;
pub mod made;
pub mod plugin;
pub mod receipt;
pub mod session;
pub mod settings;
