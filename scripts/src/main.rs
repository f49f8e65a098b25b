//! `cargo mrc53 <verb>`: the suite's tool; everything it does lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    mrc53::cli::run()
}
