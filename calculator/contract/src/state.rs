//! What the contract stores, and where.
//!
//! | slot | bytes (from the right) | field |
//! |---|---|---|
//! | 0 | 0–19 | `alignment`: the `StakeAlignment` |
//! | 0 | 20 | `weight`: a [`mrc53_maths::Weight`] |
//! | 1 | 0–19 | `recorder`: the `SessionRecorder` |
//!
//! All of it is written once, by the constructor; an answer reads both slots.

use alloc::vec::Vec;

use stylus_sdk::{
    prelude::*,
    storage::{StorageAddress, StorageU8},
};

/// The contract; see the crate for what it does and this module for its slots.
#[entrypoint]
#[storage]
pub struct RewardCalculator {
    /// The `StakeAlignment` that knows the stake-seconds.
    pub(crate) alignment: StorageAddress,
    /// What of a session counts, as the number of a [`mrc53_maths::Weight`].
    pub(crate) weight: StorageU8,
    /// The `SessionRecorder` that knows the usage.
    pub(crate) recorder: StorageAddress,
}
