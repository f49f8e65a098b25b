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

/// Within how many days words of Base are proven unless a network says otherwise.
pub const DEFAULT_WINDOW_DAYS: u32 = 7;
/// The shortest window that `UsageProofs` takes, days.
pub const MIN_WINDOW_DAYS: u32 = 3;
/// The longest one.
pub const MAX_WINDOW_DAYS: u32 = 30;

/// The calculator's number of `weight`.
#[must_use]
pub fn weight_number(weight: Weight) -> U256 {
    match weight {
        Weight::Seconds => U256::ZERO,
        Weight::Sessions => U256::ONE,
    }
}
