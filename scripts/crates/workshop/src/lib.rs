//! What the clone itself is kept with, and what no chain is needed for: Solidity interfaces from the contracts' Rust,
//! the evidence of what tests are worth, the dependencies' check, the tools of others. Knows `mrc53-suite` and
//! `mrc53-console`; the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`interfaces`] | the contracts as Solidity sees them |
//! | [`evidence`] | which faults the contracts' tests notice, and which code they run |
//! | [`dependencies`] | what the suite is built from, held to `deny.toml` |
//! | [`clients`] | cargo-stylus and cast for the end-to-end tests |

pub mod clients;
pub mod dependencies;
pub mod evidence;
pub mod interfaces;
