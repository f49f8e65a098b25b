//! What the contract stores, and where.
//!
//! | slot | field |
//! |---|---|
//! | 0 | `terms`: [`Terms`], what every call reads |
//! | 1 | `token`: MOR, an address right-aligned as Solidity stores it |
//! | 2 | `compute_pool`: the account that pays, likewise |
//! | 3 | `totals`: [`TotalsWord`] |
//! | keccak(i ‖ 4) | `calculators[i]`: [`CalculatorWord`] |
//! | keccak(i ‖ 5) | `voided[i]`: [`VoidedDays`], 256 days |
//! | keccak(s ‖ 6) | `subnets[s]`: [`AccountWord`] of the operator of subnet s, with its accumulator |
//! | keccak(k ‖ 7) | `stakers[k]`: [`AccountWord`] of a staker, where k = keccak(s ‖ a), both padded to a word |
//! | keccak(k ‖ 8) | `growth[k]`: [`GrowthWord`] of a settled day on which the subnet's stake changed, where k = s ‖ d: the subnet in bytes 0–19, the day in bytes 28–31 |
//! | 9, 10 | `ownership`: owner, pending owner |
//!
//! Written by a call, beyond the token's own slots:
//!
//! | call | slots |
//! |---|---|
//! | `settle` of any number of days | 2: the subnet's account, the totals; and 1 for each of the days with a stake change |
//! | `claim`, `claimStake` | 2: the account, the totals |

use alloc::vec::Vec;

use alloy_primitives::{Address, B256};
use mrc53_interfaces::{ownership::Ownership, wire::word};
use mrc53_ledger::{account::AccountWord, growth::GrowthWord, terms::Terms, totals::TotalsWord};
#[cfg(doc)]
use mrc53_ledger::{schedule::CalculatorWord, voided::VoidedDays};
use stylus_sdk::{
    crypto::keccak,
    prelude::*,
    storage::{StorageB256, StorageMap},
};

/// The contract; see the crate for what it does and this module for its slots.
#[entrypoint]
#[storage]
pub struct RewardDistributor {
    /// The `StakeAlignment`, the first day, the number of calculators and the two pauses.
    pub(crate) terms: StorageB256,
    /// The MOR token.
    pub(crate) token: StorageB256,
    /// The account whose balance and allowance pay.
    pub(crate) compute_pool: StorageB256,
    /// Credited and paid in all.
    pub(crate) totals: StorageB256,
    /// The calculators' schedule, in ascending order of their first days; the first counts from day 0.
    pub(crate) calculators: StorageMap<B256, StorageB256>,
    /// The voided days.
    pub(crate) voided: StorageMap<B256, StorageB256>,
    /// Each subnet's account.
    pub(crate) subnets: StorageMap<B256, StorageB256>,
    /// Each staker's account with each subnet.
    pub(crate) stakers: StorageMap<B256, StorageB256>,
    /// What each subnet's accumulator was before and on settled days with stake changes.
    pub(crate) growth: StorageMap<B256, StorageB256>,
    /// Owner and pending owner. Last, so that nothing depends on how many slots a nested struct takes.
    pub(crate) ownership: Ownership,
}

impl RewardDistributor {
    pub(crate) fn terms(&self) -> Terms {
        Terms::from_bytes(self.terms.get().0)
    }

    pub(crate) fn set_terms(&mut self, terms: Terms) {
        self.terms.set(B256::new(terms.to_bytes()));
    }

    pub(crate) fn alignment_contract(&self) -> Address {
        Address::new(self.terms().alignment)
    }

    pub(crate) fn token_and_pool(&self) -> (Address, Address) {
        (Address::from_word(self.token.get()), Address::from_word(self.compute_pool.get()))
    }

    pub(crate) fn totals(&self) -> TotalsWord {
        TotalsWord::from_bytes(self.totals.get().0)
    }

    pub(crate) fn set_totals(&mut self, totals: TotalsWord) {
        self.totals.set(B256::new(totals.to_bytes()));
    }

    pub(crate) fn subnet_account(&self, subnet: Address) -> AccountWord {
        AccountWord::from_bytes(self.subnets.get(word(subnet)).0)
    }

    pub(crate) fn set_subnet_account(&mut self, subnet: Address, account: AccountWord) {
        self.subnets.insert(word(subnet), B256::new(account.to_bytes()));
    }

    pub(crate) fn staker_account(&self, subnet: Address, staker: Address) -> AccountWord {
        AccountWord::from_bytes(self.stakers.get(staker_key(subnet, staker)).0)
    }

    pub(crate) fn set_staker_account(&mut self, subnet: Address, staker: Address, account: AccountWord) {
        self.stakers.insert(staker_key(subnet, staker), B256::new(account.to_bytes()));
    }

    pub(crate) fn growth_on(&self, subnet: Address, day: u32) -> GrowthWord {
        GrowthWord::from_bytes(self.growth.get(day_key(subnet, day)).0)
    }

    pub(crate) fn set_growth_on(&mut self, subnet: Address, day: u32, growth: GrowthWord) {
        self.growth.insert(day_key(subnet, day), B256::new(growth.to_bytes()));
    }
}

/// The key of a staker's account with a subnet.
pub(crate) fn staker_key(subnet: Address, staker: Address) -> B256 {
    let mut both = [0; 64];
    both[12..32].copy_from_slice(subnet.as_slice());
    both[44..].copy_from_slice(staker.as_slice());
    keccak(both)
}

/// The key of a subnet's day.
pub(crate) fn day_key(subnet: Address, day: u32) -> B256 {
    let mut key = word(day);
    key[..20].copy_from_slice(subnet.as_slice());
    key
}
