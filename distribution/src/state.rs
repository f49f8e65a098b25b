//! What the contract stores, and where.
//!
//! | slot | bytes (from the right) | field |
//! |---|---|---|
//! | 0 | 0–19 | `alignment`: the `StakeAlignment` |
//! | 0 | 20–23 | `first_day`: the first day that can be settled |
//! | 0 | 24, 25 | `settling_paused`, `claiming_paused` |
//! | 1 | 0–19 | `token`: MOR |
//! | 2 | 0–19 | `compute_pool`: the account that pays |
//! | 3 | all | `totals`: [`TotalsWord`] |
//! | 4 | all | length of `calculators`; the [`CalculatorWord`]s from `keccak(4)` on |
//! | `keccak(i, 5)` | all | `voided[i]`: [`VoidedDays`], 256 days |
//! | `keccak(s, 6)` | all | `subnets[s]`: [`AccountWord`] of the operator, and the subnet's accumulator |
//! | `keccak(a, keccak(s, 7))` | all | `stakers[s][a]`: [`AccountWord`] of a staker |
//! | `keccak(d, keccak(s, 8))` | all | `growth[s][d]`: [`GrowthWord`] of a day on which the subnet's stake changed |
//! | 9, 10 | 0–19 | owner, pending owner |
//!
//! Written by a call, beyond the token's own slots:
//!
//! | call | slots |
//! |---|---|
//! | `settle` of any number of days | 2: the subnet's account, the totals; and 1 for each settled day with a stake change |
//! | `claim`, `claimStake` | 2: the account, the totals |
//!
//! Slot 0 is what every call reads. The two pause flags are packed into it: OpenZeppelin's `Pausable` has one flag in a
//! slot of its own, and settling and claiming are paused separately.

use alloc::{vec, vec::Vec};

use alloy_primitives::{Address, B256, U256};
use mrc53_ledger::{account::AccountWord, growth::GrowthWord, totals::TotalsWord};
#[cfg(doc)]
use mrc53_ledger::{schedule::CalculatorWord, voided::VoidedDays};
use openzeppelin_stylus::access::ownable_two_step::Ownable2Step;
use stylus_sdk::{
    prelude::*,
    storage::{StorageAddress, StorageB256, StorageBool, StorageMap, StorageU32, StorageVec},
};

/// The contract; see the crate for what it does and this module for its slots.
#[entrypoint]
#[storage]
pub struct RewardDistributor {
    /// The `StakeAlignment` that knows subnets, stake-seconds and stakers' changes.
    pub(crate) alignment: StorageAddress,
    /// The first UTC day that can be settled.
    pub(crate) first_day: StorageU32,
    /// Whether settling is refused.
    pub(crate) settling_paused: StorageBool,
    /// Whether claiming is refused.
    pub(crate) claiming_paused: StorageBool,
    /// The MOR token.
    pub(crate) token: StorageAddress,
    /// The account whose balance and allowance pay.
    pub(crate) compute_pool: StorageAddress,
    /// Credited and paid in all.
    pub(crate) totals: StorageB256,
    /// The calculators' schedule, in ascending order of their first days; the first counts from day 0.
    pub(crate) calculators: StorageVec<StorageB256>,
    /// The voided days.
    pub(crate) voided: StorageMap<U256, StorageB256>,
    /// Each subnet's account.
    pub(crate) subnets: StorageMap<Address, StorageB256>,
    /// Each staker's account with each subnet.
    pub(crate) stakers: StorageMap<Address, StorageMap<Address, StorageB256>>,
    /// What each subnet's accumulator was before and on settled days with stake changes.
    pub(crate) growth: StorageMap<Address, StorageMap<U256, StorageB256>>,
    /// Owner and pending owner.
    pub(crate) ownable: Ownable2Step,
}

impl RewardDistributor {
    pub(crate) fn totals(&self) -> TotalsWord {
        TotalsWord::from_bytes(self.totals.get().0)
    }

    pub(crate) fn set_totals(&mut self, totals: TotalsWord) {
        self.totals.set(B256::new(totals.to_bytes()));
    }

    pub(crate) fn subnet_account(&self, subnet: Address) -> AccountWord {
        AccountWord::from_bytes(self.subnets.get(subnet).0)
    }

    pub(crate) fn set_subnet_account(&mut self, subnet: Address, account: AccountWord) {
        self.subnets.insert(subnet, B256::new(account.to_bytes()));
    }

    pub(crate) fn staker_account(&self, subnet: Address, staker: Address) -> AccountWord {
        AccountWord::from_bytes(self.stakers.getter(subnet).get(staker).0)
    }

    pub(crate) fn set_staker_account(&mut self, subnet: Address, staker: Address, account: AccountWord) {
        self.stakers.setter(subnet).insert(staker, B256::new(account.to_bytes()));
    }

    pub(crate) fn growth_on(&self, subnet: Address, day: u32) -> GrowthWord {
        GrowthWord::from_bytes(self.growth.getter(subnet).get(U256::from(day)).0)
    }

    pub(crate) fn set_growth_on(&mut self, subnet: Address, day: u32, growth: GrowthWord) {
        self.growth.setter(subnet).insert(U256::from(day), B256::new(growth.to_bytes()));
    }
}
