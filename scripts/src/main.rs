//! `cargo mrc53 <verb>`: the suite's tool. What it does lives in the crates of `crates/`; here are the verbs, and the one
//! that runs everything else's tests. Knows every crate; nobody knows it.

mod cli;
mod testing;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Otherwise a reader that leaves early, such as `head`, makes printing panic.
    sigpipe::reset();
    cli::run()
}
