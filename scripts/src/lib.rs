//! The suite's tool as a library: what `cargo mrc53 <verb>` does, one module per idea.
//!
//! | module | what lives there |
//! |---|---|
//! | [`interfaces`] | the contracts as Solidity sees them |
//! | [`clients`] | cargo-stylus and cast for the end-to-end tests |
//! | [`dependencies`] | what the suite is built from, held to `deny.toml` |
//! | [`testing`] | everything that must hold before a change goes in |

pub mod cli;
pub mod clients;
pub mod dependencies;
pub mod evidence;
pub mod interfaces;
pub mod testing;
