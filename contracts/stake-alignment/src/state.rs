//! What the contract stores, and where.
//!
//! | slot | bytes (from the right) | field |
//! |---|---|---|
//! | 0 | 0–31 | `settings`: a [`mrc53_ledger::settings::Settings`] |
//! | 1 | 0–31 | `minimum`: a [`mrc53_ledger::minimum::Minimum`] |
//! | keccak(subnet ‖ 2) | 0–31 | `registrations`: a [`mrc53_ledger::registration::Registration`] per subnet |
//! | keccak(level ‖ 3) | 0–31 | `levels`: a [`mrc53_ledger::level::Level`] per level |
//! | keccak(number ‖ keccak(level ‖ 4)) | 0–31 | `history`: a [`mrc53_ledger::checkpoint::Checkpoint`] per level and number |
//! | keccak(number ‖ 5) | 0–31 | `minima`: a [`mrc53_ledger::minimum::DatedMinimum`] per number |
//! | 6 | 0–19 | `ownership`: the owner |
//! | 7 | 0–19 | `ownership`: the pending owner |
//!
//! Levels are keyed by one word each, see [`crate::ledger`]. Slots read and written, beyond the token's own:
//!
//! | call | reads | writes |
//! |---|---|---|
//! | `stake` | 4: slot 0, the staker's, the subnet's and the total level | 3 levels; on each level's first change of a day one history word more |
//! | `withdraw` | 4, the same | 3 levels; history likewise |
//! | `isEligible` | 2: the subnet's level, slot 1 | |
//! | `eligibleDays` | 2, the same; for days before the latest change of either, a search in its history | |
//! | `setMinSubnetStake` | 2: the owner, slot 1 | slot 1; one word of `minima` once the change before is in force |
//! | `subnet` | 2: registration, the subnet's level | |
//! | `registerSubnet` | 2 | 2 |

use alloc::vec::Vec;

use alloy_primitives::{aliases::U32, Address, B256};
use mrc53_interfaces::ownership::Ownership;
use stylus_sdk::{
    prelude::*,
    storage::{StorageB256, StorageMap},
};

/// The contract; see the crate for what it does and this module for its slots.
#[entrypoint]
#[storage]
pub struct StakeAlignment {
    /// Token, lock and the pause of new stakes.
    pub(crate) settings: StorageB256,
    /// The minimum subnet stake and its scheduled change.
    pub(crate) minimum: StorageB256,
    /// Receiver and fee by subnet.
    pub(crate) registrations: StorageMap<Address, StorageB256>,
    /// The present of every level.
    pub(crate) levels: StorageMap<B256, StorageB256>,
    /// The past of every level.
    pub(crate) history: StorageMap<B256, StorageMap<U32, StorageB256>>,
    /// Every minimum that was in force and is no longer in `minimum`, by number.
    pub(crate) minima: StorageMap<U32, StorageB256>,
    /// Owner and pending owner. Last, so that nothing depends on how many slots a nested struct takes.
    pub(crate) ownership: Ownership,
}
