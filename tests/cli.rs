//! The command line as people meet it. Cases are data in `tests/cmd/`: arguments, files in, files and messages out;
//! `TRYCMD=overwrite cargo test --test cli` rewrites what is expected. What a table cannot say stands here.
//!
//! `TRANSCRUB_BIN=PATH` runs all of it against that binary.

use std::{env, path::PathBuf};

/// The program under test.
fn program() -> PathBuf {
    env::var_os("TRANSCRUB_BIN").map_or_else(|| env!("CARGO_BIN_EXE_transcrub").into(), PathBuf::from)
}

#[test]
fn cases() {
    trycmd::TestCases::new()
        .register_bin("transcrub", program())
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .case("tests/cmd/*.toml")
        .case("tests/cmd/*.trycmd");
}
