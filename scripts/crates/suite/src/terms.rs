//! What the contracts are constructed with, besides addresses.

use alloy_primitives::U256;
use serde::{Deserialize, Serialize};

/// What usage is counted in; `seconds` or `sessions` where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Session-seconds: MRC-53 version 2.
    Seconds,
    /// Sessions, on their opening day: MRC-53 version 1.
    Sessions,
}

/// The calculator's number of `weight`.
#[must_use]
pub fn weight_number(weight: Weight) -> U256 {
    match weight {
        Weight::Seconds => U256::ZERO,
        Weight::Sessions => U256::ONE,
    }
}
