//! The suite's tool as a library: what `cargo mrc53 <verb>` does, one module per idea.
//!
//! | module | what lives there |
//! |---|---|
//! | [`status`] | a page of everything that can be read of the suite |
//! | [`programs`] | its Stylus programs: keeping them active, and in the cache |
//! | [`interfaces`] | the contracts as Solidity sees them |
//! | [`diamond`] | what stands where in the Compute Diamond, and the cut that changes it |
//! | [`safe`] | what an owner signs, as a batch for a Safe |
//! | [`deploying`] | the suite onto a network: plan, checks, transactions, the book |
//! | [`recording`] | sessions found, and booked |
//! | [`paying`] | days settled, debts claimed |
//! | [`staking`] | subnets registered, MOR staked and withdrawn |
//! | [`clients`] | cargo-stylus and cast for the end-to-end tests |
//! | [`dependencies`] | what the suite is built from, held to `deny.toml` |
//! | [`testing`] | everything that must hold before a change goes in |

pub mod cli;
pub mod clients;
pub mod dependencies;
pub mod deploying;
pub mod diamond;
pub mod evidence;
pub mod interfaces;
pub mod paying;
pub mod programs;
pub mod recording;
pub mod safe;
pub mod staking;
pub mod status;
pub mod testing;
