//! What the contracts say to each other: ABI structs, and one typed client per contract that is called.
//!
//! | module | callee | callers |
//! |---|---|---|
//! | [`source`] | the Diamond, as deployed (`getSession`, `getBid`) | `SessionRecorder` |
//! | [`recorder`] | `SessionRecorder` | `RewardCalculator` |
//! | [`alignment`] | `StakeAlignment` | `SessionRecorder`, `RewardCalculator`, `RewardDistributor` |
//! | [`calculator`] | `RewardCalculator` | `RewardDistributor` |
//! | [`operator`] | a subnet that is a contract (`owner()`) | `StakeAlignment` |
//! | [`token`] | the ERC-20 MOR | `StakeAlignment`, `RewardDistributor` |
//!
//! Every client encodes one call, reads a bounded prefix of what comes back and decodes it word by word ([`words`]).
//! An answer that is short, or whose words do not fit their types, is a [`CallFailed`] like a revert is: the caller
//! turns it into a typed error that names the callee. Nothing here can panic.
//!
//! Two modules are shared for another reason, size: [`wire`] encodes refusals and events, [`ownership`] is the two-step
//! ownership of the contracts that have an owner.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod alignment;
pub mod calculator;
pub mod call;
#[cfg(feature = "export-abi")]
mod export;
pub mod operator;
pub mod ownership;
pub mod recorder;
pub mod source;
pub mod token;
pub mod wire;
pub mod words;

pub use call::CallFailed;
