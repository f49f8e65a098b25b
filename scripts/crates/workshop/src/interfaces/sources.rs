//! Where a contract's Rust is.

use mrc53_suite::contract::Contract;

/// What of the Rust of a contract its interface is read from.
pub(super) struct Sources {
    /// Folder of its own sources; `lib.rs` documents the contract.
    pub(super) own: &'static str,
    /// Sources that it shares with others: structs, ownership.
    pub(super) shared: &'static [&'static str],
}

pub(super) const fn sources(contract: Contract) -> Sources {
    match contract {
        Contract::SessionRecorder => {
            Sources { own: "contracts/session-recorder/src", shared: &["contracts/interfaces/src/recorder.rs"] }
        }
        Contract::StakeAlignment => Sources {
            own: "contracts/stake-alignment/src",
            shared: &["contracts/interfaces/src/alignment.rs", "contracts/interfaces/src/ownership.rs"],
        },
        Contract::RewardCalculator => {
            Sources { own: "calculator/contract/src", shared: &["contracts/interfaces/src/calculator.rs"] }
        }
        Contract::RewardDistributor => {
            Sources { own: "distribution/src", shared: &["contracts/interfaces/src/ownership.rs"] }
        }
        Contract::UsageProofs => {
            Sources { own: "contracts/usage-proofs/src", shared: &["contracts/interfaces/src/recorder.rs"] }
        }
    }
}
