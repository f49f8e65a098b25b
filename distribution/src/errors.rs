//! Why the distributor refuses. A refusal changes no state.

use alloy_sol_types::sol;
use mrc53_interfaces::{ownership::OwnableUnauthorizedAccount, refusals};

sol! {
    /// `StakeAlignment` knows no such subnet, or does not answer at all.
    #[derive(Debug, PartialEq, Eq)]
    error SubnetNotRegistered(address subnet);

    /// Nothing to settle yet: `day`, the first unsettled one, is not final.
    #[derive(Debug, PartialEq, Eq)]
    error DayNotFinal(uint32 day);

    /// Settling no day at all was asked for.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroDays();

    /// The owner has paused settling. No day is lost: they can be settled later.
    #[derive(Debug, PartialEq, Eq)]
    error SettlingIsPaused();

    /// The owner has paused claiming. What is owed stays owed.
    #[derive(Debug, PartialEq, Eq)]
    error ClaimingIsPaused();

    /// A calculator can be scheduled from `earliest` on, not before.
    #[derive(Debug, PartialEq, Eq)]
    error NoticeTooShort(uint32 fromDay, uint32 earliest);

    /// The half-open range of days is empty, reversed, or beyond the days the contract can count (65,535).
    #[derive(Debug, PartialEq, Eq)]
    error DayRangeInvalid(uint32 fromDay, uint32 toDay);

    /// An address is zero.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroAddress();

    /// The calculator of a day reverted, has no code, or answered something that is not a list of amounts; or what is to
    /// be scheduled does so, or takes too much gas, when it is asked for no day.
    #[derive(Debug, PartialEq, Eq)]
    error CalculatorCallFailed(address calculator);

    /// `StakeAlignment` reverted, or answered something that cannot be.
    #[derive(Debug, PartialEq, Eq)]
    error AlignmentCallFailed(address alignment);

    /// The token does not answer what the pool holds or allows.
    #[derive(Debug, PartialEq, Eq)]
    error TokenCallFailed(address token);

    /// The token reverted or refused the transfer.
    #[derive(Debug, PartialEq, Eq)]
    error TokenTransferFailed(address token);
}

refusals! {
    /// Everything that the distributor reverts with.
    #[derive(Debug, PartialEq, Eq)]
    pub enum Error {
        SubnetNotRegistered { subnet },
        DayNotFinal { day },
        ZeroDays {},
        SettlingIsPaused {},
        ClaimingIsPaused {},
        NoticeTooShort { fromDay, earliest },
        DayRangeInvalid { fromDay, toDay },
        ZeroAddress {},
        CalculatorCallFailed { calculator },
        AlignmentCallFailed { alignment },
        TokenCallFailed { token },
        TokenTransferFailed { token },
        OwnableUnauthorizedAccount { account },
    }
}
