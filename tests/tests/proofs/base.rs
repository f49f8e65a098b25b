//! Base as it is proven: what its buckets hold, and blocks of that state.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256, keccak256};
use mrc53_abi::UsageProofs::{acceptRootCall, openRootCall, proveCall};
use mrc53_ledger::usage::{Usage, UsageWord};
use mrc53_tries::base::{MESSAGE_PASSER_ROOT, header, output_root, path_of_word, state};
use mrc53_tries::{Listing, Trie};

/// `UsageBuckets` on Base, and the hash of their code.
pub(crate) const BUCKETS: Address = Address::repeat_byte(0xbc);
pub(crate) const CODE_HASH: B256 = B256::repeat_byte(0xc0);

/// A word of the buckets: whose, and its number.
pub(crate) type Word = (Address, u32);

/// What the buckets hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base(BTreeMap<Word, UsageWord>);

/// A block of Base, and its output root.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) root: B256,
    state: Trie,
    header: Vec<u8>,
    storage: Trie,
}

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

fn path((subnet, number): &Word) -> [u8; 32] {
    path_of_word(subnet, *number, keccak)
}

impl Base {
    /// Adds to a bucket.
    pub(crate) fn host(&mut self, subnet: Address, day: u32, seconds: u64, sessions: u32) {
        let word = self.0.entry((subnet, UsageWord::index_of(day))).or_default();
        *word = word.with_added(day, Usage { seconds, sessions }).unwrap();
    }

    /// All words.
    pub(crate) fn words(&self) -> Vec<Word> {
        self.0.keys().copied().collect()
    }

    /// The block of this state at `timestamp`, unix seconds.
    pub(crate) fn block(&self, timestamp: u64) -> Block {
        self.block_of_code(timestamp, CODE_HASH)
    }

    /// The same where the buckets have this code.
    pub(crate) fn block_of_code(&self, timestamp: u64, code_hash: B256) -> Block {
        let words = self.0.iter().map(|(word, days)| (path(word), days.to_bytes())).collect();
        let storage = Trie::of_storage(&words, keccak);
        let state = state(&BUCKETS, &storage, &code_hash, keccak);
        let header = header(&state.root(), timestamp);
        Block { root: output_root(&state.root(), &header, keccak).into(), state, header, storage }
    }
}

impl Block {
    pub(crate) const fn accept(&self) -> acceptRootCall {
        acceptRootCall { root: self.root }
    }

    pub(crate) fn open(&self) -> openRootCall {
        openRootCall {
            root: self.root,
            stateRoot: self.state.root().into(),
            messagePasserRoot: MESSAGE_PASSER_ROOT.into(),
            header: self.header.clone().into(),
            accountProof: self.state.proof(&[keccak(BUCKETS.as_slice())], Listing::Hashed).into(),
        }
    }

    /// The proof of `words`, in the order in which they must stand.
    pub(crate) fn prove(&self, words: &[Word]) -> proveCall {
        let mut words = words.to_vec();
        words.sort_unstable_by_key(path);
        let keys: Vec<_> = words.iter().map(path).collect();
        let (subnets, numbers) = words.into_iter().unzip();
        let nodes = self.storage.proof(&keys, Listing::Hashed).into();
        proveCall { root: self.root, subnets, words: numbers, nodes }
    }
}
