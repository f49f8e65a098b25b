//! `SessionRecorder` as `RewardCalculator` sees it: session-seconds and session counts per UTC day.

use alloc::vec::Vec;

use alloy_primitives::Address;
use alloy_sol_types::sol;
use stylus_sdk::prelude::AbiType;

use crate::{
    call::{ask, ALL_GAS},
    wire::word,
    words::{Words, WORD},
    CallFailed,
};

sol! {
    /// What one subnet, and all eligible subnets together, hosted on one UTC day.
    #[derive(AbiType, Debug, Default, PartialEq, Eq)]
    struct DayUsage {
        /// Session-seconds of the subnet; concurrent sessions add up.
        uint64 subnetSeconds;
        /// Session-seconds of all subnets.
        uint64 totalSeconds;
        /// Sessions of the subnet that were opened on the day.
        uint32 subnetSessions;
        /// Sessions of all subnets that were opened on the day.
        uint32 totalSessions;
    }

    /// The recorder's views that are called on chain.
    interface ISessionRecorder {
        /// Any day, of what is booked by now.
        function usageOf(address subnet, uint32 day) external view returns (DayUsage);
        /// The final prefix of the days `[fromDay, toDay)`.
        function finalUsage(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayUsage[]);
    }
}

/// Words of one [`DayUsage`].
const WIDTH: usize = 4;

/// Asks for one day of `subnet`, final or not.
///
/// # Errors
/// [`CallFailed`] if the recorder reverts or answers another shape.
pub fn usage_of(recorder: Address, subnet: Address, day: u32) -> Result<DayUsage, CallFailed> {
    let answer = ask::<ISessionRecorder::usageOfCall>(recorder, &[word(subnet), word(day)], ALL_GAS, WIDTH * WORD)?;
    day_usage(Words::new(&answer), 0)
}

/// Asks for the days `[from_day, to_day)` of `subnet`, cut where days are no longer final.
///
/// # Errors
/// [`CallFailed`] if the recorder reverts or answers another shape.
pub fn final_usage(
    recorder: Address,
    subnet: Address,
    from_day: u32,
    to_day: u32,
) -> Result<Vec<DayUsage>, CallFailed> {
    let values = [word(subnet), word(from_day), word(to_day)];
    let answer = ask::<ISessionRecorder::finalUsageCall>(recorder, &values, ALL_GAS, usize::MAX)?;
    let (words, length) = Words::new(&answer).array(WIDTH)?;
    (0..length).map(|index| day_usage(words, index * WIDTH)).collect()
}

fn day_usage(words: Words<'_>, at: usize) -> Result<DayUsage, CallFailed> {
    Ok(DayUsage {
        subnetSeconds: words.u64(at)?,
        totalSeconds: words.u64(at + 1)?,
        subnetSessions: words.u32(at + 2)?,
        totalSessions: words.u32(at + 3)?,
    })
}
