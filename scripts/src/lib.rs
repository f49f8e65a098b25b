//! The suite's tool as a library: what `cargo mrc53 <verb>` does, one module per idea.
//!
//! | module | what lives there |
//! |---|---|
//! | [`build`] | contracts to activatable wasm: toolchain, compile, shrink, report |
//! | [`workspace`] | where the clone is |
//! | [`progress`] | what the user sees while waiting |
//! | [`failure`] | bad input against failure, and the exit codes |

pub mod build;
pub mod cli;
pub mod failure;
pub mod progress;
pub mod workspace;
