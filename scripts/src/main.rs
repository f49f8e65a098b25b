//! `cargo mrc53 <verb>`: the suite's tool; everything it does lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Otherwise a reader that leaves early, such as `head`, makes printing panic.
    sigpipe::reset();
    mrc53::cli::run()
}
