//! `StakeAlignment` as the other three see it: eligibility, stake-seconds, fee, a staker's changes.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use alloy_sol_types::sol;
use stylus_sdk::prelude::AbiType;

use crate::{
    call::{ask, ALL_GAS},
    wire::word,
    words::{Words, WORD},
    CallFailed,
};

sol! {
    /// Stake-seconds (MOR wei · s) of one UTC day.
    #[derive(AbiType, Debug, Default, PartialEq, Eq)]
    struct DayStake {
        /// Of the subnet.
        uint128 subnetStakeSeconds;
        /// Of all subnets.
        uint128 totalStakeSeconds;
        /// Whether the subnet's stake changed on the day.
        bool subnetChanged;
    }

    /// One day on which a staker's stake toward a subnet changed.
    #[derive(AbiType, Debug, Default, PartialEq, Eq)]
    struct StakeChange {
        /// The UTC day.
        uint32 day;
        /// The stake after the day's last change, in MOR wei; it holds until the next change.
        uint128 balance;
        /// The staker's stake-seconds of that very day.
        uint128 stakeSeconds;
    }

    /// The views of `StakeAlignment` that are called on chain.
    interface IStakeAlignment {
        /// Bit i for day `fromDay` + i of `[fromDay, toDay)`: whether sessions of the subnet count on it.
        function eligibleDays(address subnet, uint32 fromDay, uint32 toDay) external view returns (uint256);
        /// Receiver of the operator's part, fee in 1e25 = 100 %, UTC day of registration.
        function subnet(address subnet) external view returns (address receiver, uint256 fee, uint32 registeredDay);
        /// Stake-seconds of every day in `[fromDay, toDay)`.
        function stakeSeconds(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayStake[]);
        /// A staker's changes number `fromIndex` and later, at most `maxChanges`.
        function stakerChanges(address subnet, address staker, uint32 fromIndex, uint32 maxChanges) external view returns (StakeChange[]);
    }
}

/// Words of one [`DayStake`].
const DAY_WIDTH: usize = 3;
/// Words of one [`StakeChange`].
const CHANGE_WIDTH: usize = 3;

/// A registered subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Who is paid the operator's part; never zero.
    pub receiver: Address,
    /// The operator's fee, 1e25 = 100 %.
    pub fee: U256,
    /// UTC day of registration.
    pub registered_day: u32,
}

/// Asks on which days of `[from_day, to_day)`, at most 256, sessions of `subnet` count: bit i for day `from_day` + i.
///
/// # Errors
/// [`CallFailed`] if the callee reverts or answers another shape.
pub fn eligible_days(alignment: Address, subnet: Address, from_day: u32, to_day: u32) -> Result<U256, CallFailed> {
    let values = [word(subnet), word(from_day), word(to_day)];
    let answer = ask::<IStakeAlignment::eligibleDaysCall>(alignment, &values, ALL_GAS, WORD)?;
    Words::new(&answer).u256(0)
}

/// Asks for the registration of `subnet`.
///
/// # Errors
/// [`CallFailed`] if the subnet is not registered (the callee reverts) or the answer has another shape.
pub fn subnet(alignment: Address, subnet: Address) -> Result<Subnet, CallFailed> {
    let answer = ask::<IStakeAlignment::subnetCall>(alignment, &[word(subnet)], ALL_GAS, 3 * WORD)?;
    let words = Words::new(&answer);
    Ok(Subnet { receiver: words.address(0)?, fee: words.u256(1)?, registered_day: words.u32(2)? })
}

/// Asks for the stake-seconds of the days `[from_day, to_day)`: exactly one element a day.
///
/// # Errors
/// [`CallFailed`] if the callee reverts, answers another shape, or another number of days.
pub fn stake_seconds(
    alignment: Address,
    subnet: Address,
    from_day: u32,
    to_day: u32,
) -> Result<Vec<DayStake>, CallFailed> {
    let values = [word(subnet), word(from_day), word(to_day)];
    let answer = ask::<IStakeAlignment::stakeSecondsCall>(alignment, &values, ALL_GAS, usize::MAX)?;
    let (words, length) = Words::new(&answer).array(DAY_WIDTH)?;
    if length != to_day.saturating_sub(from_day) as usize {
        return Err(CallFailed);
    }
    (0..length)
        .map(|index| index * DAY_WIDTH)
        .map(|at| {
            Ok(DayStake {
                subnetStakeSeconds: words.u128(at)?,
                totalStakeSeconds: words.u128(at + 1)?,
                subnetChanged: words.bool(at + 2)?,
            })
        })
        .collect()
}

/// Asks for the changes of `staker` toward `subnet` from number `from_index` on, at most `max_changes`.
///
/// # Errors
/// [`CallFailed`] if the callee reverts or answers another shape.
pub fn staker_changes(
    alignment: Address,
    subnet: Address,
    staker: Address,
    from_index: u32,
    max_changes: u32,
) -> Result<Vec<StakeChange>, CallFailed> {
    let values = [word(subnet), word(staker), word(from_index), word(max_changes)];
    let answer = ask::<IStakeAlignment::stakerChangesCall>(alignment, &values, ALL_GAS, usize::MAX)?;
    let (words, length) = Words::new(&answer).array(CHANGE_WIDTH)?;
    (0..length)
        .map(|index| index * CHANGE_WIDTH)
        .map(|at| {
            Ok(StakeChange { day: words.u32(at)?, balance: words.u128(at + 1)?, stakeSeconds: words.u128(at + 2)? })
        })
        .collect()
}
