//! What `safe` names on the command line of the contracts with an owner.

use clap::ValueEnum;
use mrc53_acts::safe::plan;

/// A contract with an owner.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Owned {
    /// `StakeAlignment`.
    StakeAlignment,
    /// `RewardDistributor`.
    RewardDistributor,
}

/// What an owner can pause.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Pausable {
    /// New stakes; withdrawing never pauses.
    Staking,
    /// Settling days.
    Settling,
    /// Paying operators and stakers.
    Claiming,
}

impl From<Owned> for plan::Owned {
    fn from(owned: Owned) -> Self {
        match owned {
            Owned::StakeAlignment => Self::StakeAlignment,
            Owned::RewardDistributor => Self::RewardDistributor,
        }
    }
}

impl From<Pausable> for plan::Pausable {
    fn from(what: Pausable) -> Self {
        match what {
            Pausable::Staking => Self::Staking,
            Pausable::Settling => Self::Settling,
            Pausable::Claiming => Self::Claiming,
        }
    }
}
