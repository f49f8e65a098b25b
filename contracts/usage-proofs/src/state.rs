//! What the contract stores, and where.
//!
//! | slot | field | word |
//! |---|---|---|
//! | 0 | `relay` | address in bytes 12–31 |
//! | 1 | `settings` | [`Settings`] |
//! | 2 | `buckets` | address in bytes 12–31 |
//! | 3 | `code_hash` | |
//! | keccak(r ‖ 4) | `roots[r]` | [`RootWord`] |
//! | keccak(r ‖ 5) | `storage_roots[r]` | the root of the buckets' storage, once root r is opened |
//! | keccak(i ‖ 6) | `coverage[i]` | [`CoverageWord`]: the entries `4·i … 4·i + 3` |
//! | keccak(i ‖ keccak(s ‖ 7)) | `subnet_usage[s][i]` | [`UsageWord`] of subnet s: the days `4·i … 4·i + 3` |
//! | keccak(i ‖ 8) | `total_usage[i]` | [`UsageWord`] of all subnets |
//!
//! Written by a call:
//!
//! | call | slots |
//! |---|---|
//! | `acceptRoot` | 1: the root |
//! | `openRoot` | 2: the root, its storage root; and 2 if coverage moves: its entry, the settings |
//! | `prove` | 1 for each word of which a day is added, and 1 for each number that words have: the total's |
//!
//! [`UsageWord`]: mrc53_ledger::usage::UsageWord

use alloc::{vec, vec::Vec};

use alloy_primitives::{Address, B256, U256};
use mrc53_ledger::usage::UsageWord;
use stylus_sdk::{
    prelude::*,
    storage::{StorageAddress, StorageB256, StorageMap},
};

use crate::{
    coverage::{first_open_day, CoverageWord, Entry, ENTRIES_PER_WORD},
    words::{RootWord, Settings},
};

/// The contract's state; see the module for its slots.
#[storage]
pub struct UsageProofs {
    /// Who sends roots: the relay on Ethereum, as its messages arrive.
    pub(crate) relay: StorageAddress,
    /// What every proof reads.
    pub(crate) settings: StorageB256,
    /// The `UsageBuckets` on Base.
    pub(crate) buckets: StorageAddress,
    /// The hash of their code.
    pub(crate) code_hash: StorageB256,
    /// What is known of each root.
    pub(crate) roots: StorageMap<B256, StorageB256>,
    /// The root of the buckets' storage by each root that is opened.
    pub(crate) storage_roots: StorageMap<B256, StorageB256>,
    /// How far coverage came, and when.
    pub(crate) coverage: StorageMap<U256, StorageB256>,
    /// [`UsageWord`]s of each subnet.
    pub(crate) subnet_usage: StorageMap<Address, StorageMap<U256, StorageB256>>,
    /// [`UsageWord`]s of all subnets together; each day's is the sum of the subnets'.
    pub(crate) total_usage: StorageMap<U256, StorageB256>,
}

impl UsageProofs {
    pub(crate) fn settings(&self) -> Settings {
        Settings::from_bytes(self.settings.get().0)
    }

    pub(crate) fn root_word(&self, root: B256) -> RootWord {
        RootWord::from_bytes(self.roots.get(root).0)
    }

    pub(crate) fn set_root_word(&mut self, root: B256, known: RootWord) {
        self.roots.insert(root, B256::new(known.to_bytes()));
    }

    /// Entry number `number` of coverage.
    pub(crate) fn entry(&self, number: u32) -> Entry {
        let word = self.coverage.get(U256::from(number / ENTRIES_PER_WORD));
        CoverageWord(word.0).entry(number)
    }

    /// Keeps `entry` as the latest.
    pub(crate) fn push_entry(&mut self, settings: Settings, entry: Entry) {
        let number = settings.entries;
        let index = U256::from(number / ENTRIES_PER_WORD);
        let word = CoverageWord(self.coverage.get(index).0).with(number, entry);
        self.coverage.insert(index, B256::new(word.0));
        let settings = Settings { entries: number.saturating_add(1), ..settings };
        self.settings.set(B256::new(settings.to_bytes()));
    }

    /// The first day that is not final here, now.
    pub(crate) fn first_open(&self, settings: Settings) -> u32 {
        let Settings { grace_days, window_days, entries, .. } = settings;
        first_open_day(entries, self.vm().block_timestamp(), grace_days, window_days, |number| self.entry(number))
    }

    /// Word number `number` of `subnet`.
    pub(crate) fn subnet_word(&self, subnet: Address, number: u32) -> UsageWord {
        UsageWord::from_bytes(self.subnet_usage.getter(subnet).get(U256::from(number)).0)
    }

    /// Word number `number` of all subnets.
    pub(crate) fn total_word(&self, number: u32) -> UsageWord {
        UsageWord::from_bytes(self.total_usage.get(U256::from(number)).0)
    }
}
