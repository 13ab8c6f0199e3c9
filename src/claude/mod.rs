//! What is particular to Claude Code: its settings, its hooks, `/bug`, and what leaves the machine.

pub mod hooks;
pub mod settings;
