//! The option of the verbs that build contracts.

use clap::{Args, ValueEnum};
use mrc53_wasm::Source;

#[derive(Args, Debug)]
pub(super) struct ToolchainArgs {
    /// Where to take the Rust toolchain for wasm from.
    #[arg(long, value_enum, default_value = "auto", env = Source::VARIABLE)]
    toolchain: Toolchain,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Toolchain {
    /// rustup's, else Debian's.
    Auto,
    /// rustup's only.
    Rustup,
    /// Debian's only.
    Debian,
}

impl ToolchainArgs {
    /// What is named.
    pub(super) fn source(&self) -> Source {
        match self.toolchain {
            Toolchain::Auto => Source::Auto,
            Toolchain::Rustup => Source::Rustup,
            Toolchain::Debian => Source::Debian,
        }
    }
}
