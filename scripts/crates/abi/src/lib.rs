//! The suite as Ethereum sees it: what its contracts and Arbitrum's take and answer, what a refusal says, and where
//! everybody's contracts stand. Speaks to no node. Knows no other crate of the tool; whatever speaks to a chain may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | `bindings` | the contracts as this tool calls them, exported here |
//! | [`refusal`] | what a revert says, in words |
//! | [`abroad`] | the Solidity contracts of a suite whose sessions are on Base, and where they belong |
//! | [`arbitrum`] | what stands at the same address on every chain of Arbitrum's |
//! | [`doubles`] | Solidity contracts of the tests that stand in for MOR and the Diamond |

pub mod abroad;
pub mod arbitrum;
mod bindings;
pub mod doubles;
pub mod refusal;

pub use bindings::*;
