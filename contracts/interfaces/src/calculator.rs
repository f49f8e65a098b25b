//! `RewardCalculator` as `RewardDistributor` sees it: what each final day pays a subnet.

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
    /// One subnet's reward of one UTC day and why it is what it is. Amounts in MOR wei, floored.
    #[derive(AbiType, Debug, Default, PartialEq, Eq)]
    struct RewardBreakdown {
        /// The Compute pool's emission of the day, E(d).
        uint128 emission;
        /// The subnet's share of usage of that emission.
        uint128 usageReward;
        /// The subnet's share of stake of that emission.
        uint128 stakeReward;
        /// The smaller of the two.
        uint128 payableWei;
        /// Which side is the smaller: 0 none (equal), 1 usage, 2 stake.
        uint8 binds;
    }

    /// The view of `RewardCalculator` that is called on chain.
    interface IRewardCalculator {
        /// Payable of the final prefix of the days `[fromDay, toDay)`.
        function rewards(address subnet, uint32 fromDay, uint32 toDay) external view returns (uint128[]);
    }
}

/// Asks what each final day of `[from_day, to_day)` pays `subnet`: a prefix of the range, one amount in MOR wei a day.
///
/// # Errors
/// [`CallFailed`] if the calculator reverts, answers another shape, or more days than were asked for.
pub fn rewards(calculator: Address, subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<u128>, CallFailed> {
    list(calculator, subnet, from_day, to_day, ALL_GAS)
}

/// Asks, with at most `gas`, what the empty range `[day, day)` pays nobody: whether there is a calculator at all. The
/// answer is to be an empty list.
///
/// # Errors
/// [`CallFailed`] if it reverts, takes more gas, has no code, or answers anything else.
pub fn empty_answer(calculator: Address, day: u32, gas: u64) -> Result<(), CallFailed> {
    list(calculator, Address::ZERO, day, day, gas).map(|_| ())
}

// Once in the program, not once for each of the two.
#[inline(never)]
fn list(calculator: Address, subnet: Address, from_day: u32, to_day: u32, gas: u64) -> Result<Vec<u128>, CallFailed> {
    let values = [word(subnet), word(from_day), word(to_day)];
    let days = to_day.saturating_sub(from_day) as usize;
    // A calculator can be replaced: of its answer no more is read than was asked for.
    let max_bytes = days.saturating_add(2).saturating_mul(WORD);
    let answer = ask::<IRewardCalculator::rewardsCall>(calculator, &values, gas, max_bytes)?;
    let (words, length) = Words::new(&answer).array(1)?;
    if length > days {
        return Err(CallFailed);
    }
    (0..length).map(|index| words.u128(index)).collect()
}
