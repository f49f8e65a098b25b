//! Why the contract refuses. A refusal changes no state.

use alloy_sol_types::sol;
use mrc53_interfaces::{ownership::OwnableUnauthorizedAccount, refusals};

sol! {
    /// The subnet was never registered.
    #[derive(Debug, PartialEq, Eq)]
    error SubnetNotRegistered(address subnet);

    /// The subnet is registered already; its receiver and fee have setters of their own.
    #[derive(Debug, PartialEq, Eq)]
    error SubnetAlreadyRegistered(address subnet);

    /// The caller is neither the subnet nor what the subnet contract's `owner()` answers.
    #[derive(Debug, PartialEq, Eq)]
    error NotSubnetOperator(address subnet, address caller);

    /// The receiver of the operator's part must not be zero.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroReceiver(address subnet);

    /// The fee is above 100 % (1e25).
    #[derive(Debug, PartialEq, Eq)]
    error FeeTooHigh(uint256 fee, uint256 max);

    /// A fee can only fall after registration.
    #[derive(Debug, PartialEq, Eq)]
    error FeeNotLower(uint256 fee, uint256 current);

    /// The amount must be above zero.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroAmount();

    /// More than what the bound on all stake leaves, both in MOR wei.
    #[derive(Debug, PartialEq, Eq)]
    error StakeTooLarge(uint256 amount, uint256 available);

    /// More than the caller has staked toward the subnet, both in MOR wei.
    #[derive(Debug, PartialEq, Eq)]
    error InsufficientStake(uint256 amount, uint256 balance);

    /// The caller's stake is locked until then, unix seconds; at that second it is free.
    #[derive(Debug, PartialEq, Eq)]
    error StakeLocked(uint64 unlockAt);

    /// New stakes are paused. Withdrawals never are.
    #[derive(Debug, PartialEq, Eq)]
    error StakingIsPaused();

    /// The token reverted, answered anything but success, or has no code.
    #[derive(Debug, PartialEq, Eq)]
    error TokenTransferFailed(address token);

    /// A constructor argument is the zero address.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroAddress();

    /// The lock is shorter than a day, both in seconds.
    #[derive(Debug, PartialEq, Eq)]
    error LockTooShort(uint64 lockSeconds, uint64 min);

    /// The lock is longer than a year, both in seconds.
    #[derive(Debug, PartialEq, Eq)]
    error LockTooLong(uint64 lockSeconds, uint64 max);

    /// A minimum above what can be staked at all, both in MOR wei.
    #[derive(Debug, PartialEq, Eq)]
    error MinimumTooHigh(uint256 amount, uint256 max);

    /// The range of days runs backwards, or is longer than one answer holds.
    #[derive(Debug, PartialEq, Eq)]
    error DayRangeInvalid(uint32 fromDay, uint32 toDay);
}

refusals! {
    /// Every refusal of the contract.
    #[derive(Debug, PartialEq, Eq)]
    pub enum Error {
        SubnetNotRegistered { subnet },
        SubnetAlreadyRegistered { subnet },
        NotSubnetOperator { subnet, caller },
        ZeroReceiver { subnet },
        FeeTooHigh { fee, max },
        FeeNotLower { fee, current },
        ZeroAmount {},
        StakeTooLarge { amount, available },
        InsufficientStake { amount, balance },
        StakeLocked { unlockAt },
        StakingIsPaused {},
        TokenTransferFailed { token },
        ZeroAddress {},
        LockTooShort { lockSeconds, min },
        LockTooLong { lockSeconds, max },
        MinimumTooHigh { amount, max },
        DayRangeInvalid { fromDay, toDay },
        OwnableUnauthorizedAccount { account },
    }
}
