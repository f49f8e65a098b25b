//! Why the distributor refuses. A refusal changes no state.

use alloy_sol_types::sol;
use openzeppelin_stylus::access::ownable::{self, OwnableInvalidOwner, OwnableUnauthorizedAccount};
use stylus_sdk::prelude::*;

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

    /// The calculator in force reverted, has no code, or answered something that is not a list of amounts.
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

/// Everything that the distributor reverts with.
#[derive(SolidityError, Debug)]
pub enum Error {
    /// See [`SubnetNotRegistered`].
    SubnetNotRegistered(SubnetNotRegistered),
    /// See [`DayNotFinal`].
    DayNotFinal(DayNotFinal),
    /// See [`ZeroDays`].
    ZeroDays(ZeroDays),
    /// See [`SettlingIsPaused`].
    SettlingIsPaused(SettlingIsPaused),
    /// See [`ClaimingIsPaused`].
    ClaimingIsPaused(ClaimingIsPaused),
    /// See [`NoticeTooShort`].
    NoticeTooShort(NoticeTooShort),
    /// See [`DayRangeInvalid`].
    DayRangeInvalid(DayRangeInvalid),
    /// See [`ZeroAddress`].
    ZeroAddress(ZeroAddress),
    /// See [`CalculatorCallFailed`].
    CalculatorCallFailed(CalculatorCallFailed),
    /// See [`AlignmentCallFailed`].
    AlignmentCallFailed(AlignmentCallFailed),
    /// See [`TokenCallFailed`].
    TokenCallFailed(TokenCallFailed),
    /// See [`TokenTransferFailed`].
    TokenTransferFailed(TokenTransferFailed),
    /// The caller is not the owner, or not the pending one.
    Unauthorized(OwnableUnauthorizedAccount),
    /// The owner of the constructor is zero.
    InvalidOwner(OwnableInvalidOwner),
}

impl From<ownable::Error> for Error {
    fn from(error: ownable::Error) -> Self {
        match error {
            ownable::Error::UnauthorizedAccount(error) => Self::Unauthorized(error),
            ownable::Error::InvalidOwner(error) => Self::InvalidOwner(error),
        }
    }
}
