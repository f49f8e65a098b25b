//! Which contracts have an interface, and where their Rust is.

/// A contract and where its Rust is.
pub(super) struct Contract {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
    /// Folder of its sources; `lib.rs` documents the contract.
    pub(super) sources: &'static str,
    /// Sources that it shares with others: structs, ownership.
    pub(super) shared: &'static [&'static str],
}

pub(super) const CONTRACTS: [Contract; 4] = [
    Contract {
        name: "SessionRecorder",
        package: "session-recorder",
        sources: "contracts/session-recorder/src",
        shared: &["contracts/interfaces/src/recorder.rs"],
    },
    Contract {
        name: "StakeAlignment",
        package: "stake-alignment",
        sources: "contracts/stake-alignment/src",
        shared: &["contracts/interfaces/src/alignment.rs", "contracts/interfaces/src/ownership.rs"],
    },
    Contract {
        name: "RewardCalculator",
        package: "reward-calculator",
        sources: "calculator/contract/src",
        shared: &["contracts/interfaces/src/calculator.rs"],
    },
    Contract {
        name: "RewardDistributor",
        package: "reward-distributor",
        sources: "distribution/src",
        shared: &["contracts/interfaces/src/ownership.rs"],
    },
];
