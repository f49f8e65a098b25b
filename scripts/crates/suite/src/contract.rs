//! Which contracts there are.

/// A contract of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contract {
    /// Keeps session-seconds per subnet and day.
    SessionRecorder,
    /// Keeps stakes and subnets.
    StakeAlignment,
    /// Computes rewards.
    RewardCalculator,
    /// Keeps what is owed, and pays it.
    RewardDistributor,
    /// Keeps session-seconds that were counted on Base and are proven here, in place of a `SessionRecorder`.
    UsageProofs,
}

impl Contract {
    /// All of them, in the order in which they are built and listed.
    pub const ALL: [Self; 5] = [
        Self::SessionRecorder,
        Self::StakeAlignment,
        Self::RewardCalculator,
        Self::RewardDistributor,
        Self::UsageProofs,
    ];
    /// Those of a suite on one chain, in the order in which their constructors know of each other.
    pub const DEPLOYED: [Self; 4] =
        [Self::StakeAlignment, Self::SessionRecorder, Self::RewardCalculator, Self::RewardDistributor];
    /// Those on Arbitrum of a suite whose sessions are on Base, in the order in which their constructors know of each
    /// other.
    pub const PROVEN: [Self; 4] =
        [Self::StakeAlignment, Self::UsageProofs, Self::RewardCalculator, Self::RewardDistributor];

    /// Its package: what books and command lines call it.
    #[must_use]
    pub const fn package(self) -> &'static str {
        match self {
            Self::SessionRecorder => "session-recorder",
            Self::StakeAlignment => "stake-alignment",
            Self::RewardCalculator => "reward-calculator",
            Self::RewardDistributor => "reward-distributor",
            Self::UsageProofs => "usage-proofs",
        }
    }

    /// Its name in Solidity.
    #[must_use]
    pub const fn solidity(self) -> &'static str {
        match self {
            Self::SessionRecorder => "SessionRecorder",
            Self::StakeAlignment => "StakeAlignment",
            Self::RewardCalculator => "RewardCalculator",
            Self::RewardDistributor => "RewardDistributor",
            Self::UsageProofs => "UsageProofs",
        }
    }

    /// The one of this package; none for anything else, a stand-in for one.
    #[must_use]
    pub fn of_package(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contract| contract.package() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_on_one_chain_has_every_contract_once_but_what_is_proven_from_another() {
        for contract in Contract::ALL {
            let times = usize::from(contract != Contract::UsageProofs);
            assert_eq!(Contract::DEPLOYED.iter().filter(|one| **one == contract).count(), times, "{contract:?}");
            assert_eq!(Contract::of_package(contract.package()), Some(contract));
        }
        assert_eq!(Contract::of_package("MorToken"), None);
    }

    #[test]
    fn a_package_is_its_solidity_name_in_small_letters() {
        for contract in Contract::ALL {
            assert_eq!(contract.solidity().to_lowercase(), contract.package().replace('-', ""));
        }
    }
}
