//! Base as a proof sees it: a state with the buckets among other accounts, their storage, blocks and output roots.

use std::collections::BTreeMap;

use alloy_primitives::{keccak256, Address, B256};
use mrc53_ledger::usage::{Usage, UsageWord};
use mrc53_tries::{
    base::{output_root, path_of_word, state, MESSAGE_PASSER_ROOT},
    Listing, Trie,
};

/// The `UsageBuckets` on Base, and the hash of their code.
pub(super) const BUCKETS: Address = Address::repeat_byte(0xbc);
pub(super) const CODE_HASH: B256 = B256::repeat_byte(0xc0);
/// A word of the buckets: whose, and its number.
pub(super) type Word = (Address, u32);

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// The hashed slot of a word.
fn path((subnet, number): Word) -> [u8; 32] {
    path_of_word(&subnet, number, keccak)
}

/// What the buckets hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    words: BTreeMap<Word, UsageWord>,
}

impl Base {
    /// Adds to a bucket.
    pub(super) fn host(&mut self, subnet: Address, day: u32, seconds: u64, sessions: u32) {
        let word = self.words.entry((subnet, UsageWord::index_of(day))).or_default();
        *word = word.with_added(day, Usage { seconds, sessions }).expect("room");
    }

    /// What a bucket holds.
    pub(super) fn hosted(&self, subnet: Address, day: u32) -> Usage {
        self.words.get(&(subnet, UsageWord::index_of(day))).copied().unwrap_or_default().day(day)
    }

    /// All words, in no order that matters.
    pub(super) fn words(&self) -> Vec<Word> {
        self.words.keys().copied().collect()
    }

    /// The block of this state at `timestamp`.
    pub(super) fn block(&self, timestamp: u64) -> Block {
        let storage = self.words.iter().map(|(word, bytes)| (path(*word), bytes.to_bytes())).collect();
        Block::of(Trie::of_storage(&storage, keccak), timestamp, CODE_HASH)
    }

    /// The same with other code at the buckets' address.
    pub(super) fn block_of_other_code(&self, timestamp: u64, code_hash: B256) -> Block {
        Block::of(self.block(timestamp).storage, timestamp, code_hash)
    }
}

/// A block, what its output root is made of, and what proves its account and words.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) root: B256,
    pub(super) state_root: B256,
    pub(super) header: Vec<u8>,
    pub(super) account_proof: Vec<u8>,
    pub(super) timestamp: u64,
    pub(super) storage: Trie,
}

impl Block {
    fn of(storage: Trie, timestamp: u64, code_hash: B256) -> Self {
        Self::of_state(&state(&BUCKETS, &storage, &code_hash, keccak), storage, timestamp)
    }

    /// The block of a state with these accounts by their hashed addresses.
    pub(super) fn of_accounts(accounts: &BTreeMap<[u8; 32], Vec<u8>>, storage: Trie, timestamp: u64) -> Self {
        Self::of_state(&Trie::new(accounts, keccak), storage, timestamp)
    }

    fn of_state(state: &Trie, storage: Trie, timestamp: u64) -> Self {
        let state_root = B256::new(state.root());
        let header = header(state_root, timestamp);
        let account_proof = state.proof(&[keccak(BUCKETS.as_slice())], Listing::Hashed);
        Self { root: root_of(state_root, &header), state_root, header, account_proof, timestamp, storage }
    }

    /// The same with another header, and the root that belongs to it.
    pub(super) fn with_header(self, header: Vec<u8>) -> Self {
        Self { root: root_of(self.state_root, &header), header, ..self }
    }

    pub(super) const fn message_passer_root() -> B256 {
        B256::new(MESSAGE_PASSER_ROOT)
    }

    /// Subnets, numbers and nodes that prove `words`, in the order in which they must stand.
    pub(super) fn proof(&self, words: &[Word]) -> (Vec<Address>, Vec<u32>, Vec<u8>) {
        let mut words = words.to_vec();
        words.sort_unstable_by_key(|word| path(*word));
        let keys: Vec<_> = words.iter().map(|word| path(*word)).collect();
        let (subnets, numbers) = words.into_iter().unzip();
        (subnets, numbers, self.storage.proof(&keys, Listing::Hashed))
    }
}

fn root_of(state_root: B256, header: &[u8]) -> B256 {
    B256::new(output_root(&state_root, header, keccak))
}

/// A header with this state root and time.
pub(super) fn header(state_root: B256, timestamp: u64) -> Vec<u8> {
    mrc53_tries::base::header(&state_root, timestamp)
}
