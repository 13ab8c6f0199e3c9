//! The command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    transcrub::cli::main()
}
