//! The arithmetic of MRC-53 against recorded vectors, the proposal's own numbers, and the laws it must obey.
//!
//! The modules mirror the crate's; `laws` proves the design's invariants 6, 7 and 8 by random search.

mod accumulator;
mod compute;
mod day;
mod emission;
mod laws;
mod mul_div;
mod proposal;
mod reward;
mod split;
mod stake;
mod vectors;
mod weight;

/// One MOR in wei.
const MOR: u128 = 1_000_000_000_000_000_000;

/// Stake-seconds of `mor` MOR held for a whole day.
const fn held_all_day(mor: u128) -> u128 {
    mor * MOR * 86_400
}
