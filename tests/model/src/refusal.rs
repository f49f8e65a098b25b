//! What the contracts refuse, with the values that explain it.

use num_bigint::BigUint;
use thiserror::Error;

use crate::time::Day;

/// A refused operation; it changed nothing. Displays as a report names it: accounts and sessions by their names.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The subnet has registered before.
    #[error("SubnetAlreadyRegistered({0})")]
    SubnetAlreadyRegistered(String),
    /// The subnet has never registered.
    #[error("SubnetNotRegistered({0})")]
    SubnetNotRegistered(String),
    /// A fee over 100 %: fee, maximum.
    #[error("FeeTooHigh({0}, {1})")]
    FeeTooHigh(BigUint, BigUint),
    /// A fee that does not fall: fee, current fee.
    #[error("FeeNotLower({0}, {1})")]
    FeeNotLower(BigUint, BigUint),
    /// A stake or withdrawal of nothing.
    #[error("ZeroAmount()")]
    ZeroAmount,
    /// More stake than the suite holds at most: amount, what still fits.
    #[error("StakeTooLarge({0}, {1})")]
    StakeTooLarge(BigUint, BigUint),
    /// A withdrawal above the balance: amount, balance.
    #[error("InsufficientStake({0}, {1})")]
    InsufficientStake(BigUint, BigUint),
    /// A withdrawal before the lock ends, Unix seconds.
    #[error("StakeLocked({0})")]
    StakeLocked(u64),
    /// Deposits are paused.
    #[error("StakingIsPaused()")]
    StakingIsPaused,
    /// A minimum stake that nobody could ever reach: amount, the most that can be staked.
    #[error("MinimumTooHigh({0}, {1})")]
    MinimumTooHigh(BigUint, BigUint),
    /// The Diamond knows no such session.
    #[error("SessionUnknown({0})")]
    SessionUnknown(String),
    /// Booking for a subnet on whose behalf none of the open days counts.
    #[error("SubnetNotEligible({0})")]
    SubnetNotEligible(String),
    /// Settling is paused.
    #[error("SettlingIsPaused()")]
    SettlingIsPaused,
    /// Claiming is paused.
    #[error("ClaimingIsPaused()")]
    ClaimingIsPaused,
    /// Settling no days.
    #[error("ZeroDays()")]
    ZeroDays,
    /// The next day to settle is not final.
    #[error("DayNotFinal({0})")]
    DayNotFinal(Day),
    /// A calculator scheduled too soon: its first day, the earliest allowed one.
    #[error("NoticeTooShort({0}, {1})")]
    NoticeTooShort(Day, Day),
    /// A range of days that holds none.
    #[error("DayRangeInvalid({0}, {1})")]
    DayRangeInvalid(Day, Day),
    /// The Diamond harness has opened a session of that name before.
    #[error("SessionAlreadyOpened({0})")]
    SessionAlreadyOpened(String),
    /// The Diamond harness cannot close what was not opened.
    #[error("SessionNotOpened({0})")]
    SessionNotOpened(String),
    /// The Diamond harness closes a session once.
    #[error("SessionAlreadyClosed({0})")]
    SessionAlreadyClosed(String),
    /// A session's end before its opening: end, opening.
    #[error("EndsBeforeOpening({0}, {1})")]
    EndsBeforeOpening(u64, u64),
    /// No contract's refusal: a chain's clock does not fall. Time asked for, time of the last block.
    #[error("time runs backwards to {0} from {1}")]
    TimeRunsBackwards(u64, u64),
}

impl Refusal {
    /// The names of all that a contract or the Diamond harness refuses with.
    pub const NAMES: [&str; 22] = [
        "SubnetAlreadyRegistered",
        "SubnetNotRegistered",
        "FeeTooHigh",
        "FeeNotLower",
        "ZeroAmount",
        "StakeTooLarge",
        "InsufficientStake",
        "StakeLocked",
        "StakingIsPaused",
        "MinimumTooHigh",
        "SessionUnknown",
        "SubnetNotEligible",
        "SettlingIsPaused",
        "ClaimingIsPaused",
        "ZeroDays",
        "DayNotFinal",
        "NoticeTooShort",
        "DayRangeInvalid",
        "SessionAlreadyOpened",
        "SessionNotOpened",
        "SessionAlreadyClosed",
        "EndsBeforeOpening",
    ];

    /// The error's name, without its values.
    #[must_use]
    pub fn name(&self) -> String {
        self.to_string().split('(').next().unwrap_or_default().to_owned()
    }
}
