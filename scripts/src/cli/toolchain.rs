//! The option of the verbs that build contracts.

use clap::Args;
use mrc53_wasm::Source;

#[derive(Args, Debug)]
pub(super) struct ToolchainArgs {
    /// Where to take the Rust toolchain for wasm from.
    #[arg(long, value_enum, default_value = "auto", env = "MRC53_TOOLCHAIN")]
    pub(super) toolchain: Source,
}
