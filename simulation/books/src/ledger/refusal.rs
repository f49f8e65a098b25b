//! What is refused, with the values that the contracts' errors have; amounts in MOR wei.

use mrc53_maths::Day;

use super::ids::{Session, Subnet};

/// A refused operation, which changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contracts document their errors, and the fields are theirs")]
pub enum Refusal {
    SubnetAlreadyRegistered(Subnet),
    SubnetNotRegistered(Subnet),
    FeeTooHigh(u128, u128),
    FeeNotLower(u128, u128),
    ZeroAmount,
    StakeTooLarge(u128, u128),
    InsufficientStake(u128, u128),
    StakeLocked(u64),
    StakingIsPaused,
    MinimumTooHigh(u128, u128),
    SessionUnknown(Session),
    SubnetNotEligible(Subnet),
    SettlingIsPaused,
    ClaimingIsPaused,
    ZeroDays,
    DayNotFinal(Day),
    NoticeTooShort(Day, Day),
    DayRangeInvalid(Day, Day),
    SessionAlreadyOpened(Session),
    SessionNotOpened(Session),
    SessionAlreadyClosed(Session),
    EndsBeforeOpening(u64, u64),
}
