//! Those who wish the suite ill. What each does next is decided by the history, not by chance.
//!
//! | actor | in the place of | what it does |
//! |---|---|---|
//! | [`mrc53_testing::HostileToken`] | MOR | reverts, refuses, answers nonsense, lies about transfers and balances, calls the thief |
//! | [`thief`] | a staker and receiver with code | calls the suite back while it is being paid |
//! | [`source`] | the Diamond | lies about times and providers, reverts, answers too little or far too much |
//! | [`calculator`] | a calculator that a compromised owner schedules | asks for more than there is, answers the wrong number of days, fails |
//! | [`alignment`] | the alignment of the second distributor | invents stake, forgets it, takes fees above all, fails |
//! | [`vault`] | a subnet with code | answers whom it belongs to, or reverts, or nonsense |
//!
//! Griefers and hostile operators and owners need no code of their own: they are callers in [`crate::draw`]. What the
//! actors answer is kept per thread and not in their storage: they are asked by static calls, which write nothing.
#![allow(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "what is called by the ABI takes the contract and may refuse, whether it needs it or not"
)]

pub(crate) mod alignment;
pub(crate) mod calculator;
pub(crate) mod source;
pub(crate) mod thief;
pub(crate) mod vault;

use alloy_primitives::U256;

/// Words as the ABI lays them out.
fn encode(words: &[U256]) -> Vec<u8> {
    words.iter().flat_map(U256::to_be_bytes::<32>).collect()
}

/// Word number `index` of a call's arguments or of an answer.
fn word(bytes: &[u8], index: usize) -> U256 {
    U256::from_be_slice(&bytes[32 * index..32 * (index + 1)])
}
