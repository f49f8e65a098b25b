//! `RewardDistributor`: what each subnet and each staker is owed, and paying it.
//!
//! ```text
//! calculator ──payable of each final day──▶ settle ──┬─ fee ────▶ operator's account ──claim──────▶ receiver
//! alignment ───stake-seconds, fee─────────▶          └─ the rest ▶ subnet's accumulator ─claimStake▶ staker
//!                                                                                        ▲
//!                                                            Compute pool's MOR ─transferFrom
//! ```
//!
//! **Settling** turns final days into debts: those that their calculator calls final, and voided ones that are over.
//! Anybody may do it, for any subnet, any number of days at a time, in any rhythm: each (subnet, day) counts once, in
//! order, and day by day comes to the same wei as all at once. The stakers' pot of a day raises one number per subnet,
//! the accumulator (MOR wei per wei · s of stake, times 2^128), so the cost does not depend on how many stakers or
//! subnets there are.
//!
//! **Claiming** pays debts. Anybody may send it, but only the operator's receiver or the staker is paid. The pool pays
//! `min(balance, allowance)`; what it cannot pay stays owed. A claim costs the same after any idle time, plus the
//! staker's own stake changes since.
//!
//! **The Compute pool** is an account of its own that approves this contract. Its allowance is the outer limit of any
//! loss. The contract itself never holds MOR.
//!
//! # Bounds
//!
//! A calculator can be replaced, so none is trusted. What it asks for a day is clamped to what the subnet's stake can
//! earn at most on that day, `min(E, E · σ / (C · 86400))` with compiled-in emission, and all credits together to what
//! the pool emitted since `firstDay`. An honest calculator never meets either bound. They keep the accumulator below
//! 2^115 and every debt below 2^84 (`mrc53-maths` proves it). A day that is not over cannot be settled, whoever calls
//! it final. In all no more is paid than was credited.
//!
//! Rounding: the stakers' pot is floored and the operator gets the rest of the day's wei; a staker's accrual is floored
//! once per claim, by less than 1 wei.
//!
//! # Days
//!
//! Days are UTC day numbers below [`END_OF_DAYS`]; ranges are half-open. Storage is described in the `state` module.

extern crate alloc;

use mrc53_maths::Day;
use stylus_sdk::prelude::*;

mod accrual;
mod admin;
mod calculators;
mod claim;
mod contract;
mod errors;
mod events;
mod pay;
mod settle;
#[allow(missing_docs, unreachable_pub, reason = "the entrypoint macro adds a public function without a word")]
pub mod state;
#[cfg(test)]
mod tests;
mod voids;

pub use calculators::{EMPTY_ANSWER_GAS, NOTICE_DAYS};
pub use errors::*;
pub use events::*;
pub use mrc53_interfaces::ownership::{OwnableUnauthorizedAccount, OwnershipTransferStarted, OwnershipTransferred};
#[cfg(feature = "export-abi")]
pub use state::print_from_args;
pub use state::RewardDistributor;

/// The first day number that the contract cannot settle or void: 65,535 is 2149-06-06, a century after the emission's
/// end.
pub const END_OF_DAYS: u32 = u16::MAX as u32;

impl RewardDistributor {
    /// The running UTC day.
    fn today(&self) -> u32 {
        Day::of(self.vm().block_timestamp()).0
    }
}
