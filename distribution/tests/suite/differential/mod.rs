//! The four contracts against the reference model: the same history on both, compared after every operation.
//!
//! Histories are the model's random scenarios. Of each operation the answer or the typed refusal is compared, then
//! every view that it touches; now and then, and at the end, everything that can be read. One difference fails the
//! test: the history is shrunk, kept in `tests/scenarios/regressions`, and played by everybody from then on.

mod agreement;
mod answers;
mod counts;
mod everything;
mod player;
mod regressions;
mod seeds;
mod shrinking;
mod touched;
mod views;

use alloy_primitives::{keccak256, Address, B256, U256};
use mrc53_model::BigUint;

/// Where the contracts and the model part.
#[derive(Clone, Debug)]
struct Difference {
    /// The event after which they do, by its place in the scenario.
    event: usize,
    /// What was asked, and both answers.
    what: String,
}

/// A comparison: what differs, if anything does.
type Compared = Result<(), String>;

/// Holds what the model says of `what` against what the contracts say.
#[allow(clippy::needless_pass_by_value, reason = "both are made for the comparison")]
fn same<T: PartialEq + core::fmt::Debug>(what: impl FnOnce() -> String, model: T, contracts: T) -> Compared {
    if model == contracts {
        return Ok(());
    }
    Err(format!("{}: {model:?} by the model, {contracts:?} by the contracts", what()))
}

/// The account called `name`.
fn address(name: &str) -> Address {
    Address::from_slice(&keccak256(name)[12..])
}

/// The session called `name`.
fn session_id(name: &str) -> B256 {
    keccak256(name)
}

/// A number of the model's as a word.
///
/// # Panics
/// If it is 2^256 or more, which no scenario and no view holds.
fn word(number: &BigUint) -> U256 {
    U256::from_be_slice(&number.to_bytes_be())
}
