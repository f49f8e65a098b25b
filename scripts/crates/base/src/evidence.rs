//! What proves words of a block: its header, the buckets' account and their storage. Whoever has one has had all of it
//! checked against the header.

use alloy::primitives::{Address, B256, Bytes, keccak256};
use mrc53_ledger::usage::UsageWord;
use serde::{Deserialize, Serialize};

use crate::block::Block;
use crate::no_proof::Fault;
use crate::nodes::{self, Shown};
use crate::word::Word;

/// A block, what its root is made of, and the buckets' account in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The block.
    pub block: Block,
    /// The root of the storage of Base's message passer.
    pub message_passer_root: B256,
    /// The nodes from the state's root to the account of the buckets.
    pub account_proof: Vec<Bytes>,
    /// The root of the buckets' storage.
    pub storage_root: B256,
}

/// A word of the buckets, and what proves it in their storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proven {
    /// Which.
    #[serde(flatten)]
    pub word: Word,
    /// What it holds; zero if it is not there.
    pub value: B256,
    /// The nodes from the storage's root to it, those that stand inside others left out.
    pub proof: Vec<Bytes>,
}

/// An opening and words of its block, in ascending order of their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The block and the account.
    pub opening: Opening,
    /// The words.
    pub words: Vec<Proven>,
}

impl Opening {
    /// The account of `buckets` in `block`, by `account_proof`.
    ///
    /// # Errors
    /// [`Fault`] if the proof does not hold. What stands at the address is in the second place, none if nothing does.
    pub(crate) fn checked(
        block: Block,
        message_passer_root: B256,
        buckets: Address,
        account_proof: Vec<Bytes>,
    ) -> Result<(Self, Option<B256>), Fault> {
        let Shown { storage_root, code_hash } = nodes::account(block.state_root, keccak256(buckets), &account_proof)?;
        Ok((Self { block, message_passer_root, account_proof, storage_root }, code_hash))
    }

    /// The root by which Ethereum knows the block: version 0, as every one of Base's so far.
    #[must_use]
    pub fn root(&self) -> B256 {
        let Block { state_root, hash, .. } = self.block;
        keccak256([B256::ZERO, state_root, self.message_passer_root, hash].concat())
    }
}

impl Proven {
    /// `word` by `listed`, as a node of the network lists its proof, in the storage with this `root`.
    ///
    /// # Errors
    /// [`Fault`] if the proof does not hold.
    pub(crate) fn checked(word: Word, listed: Vec<Bytes>, root: B256) -> Result<Self, Fault> {
        let proof = nodes::hashed(listed);
        let value = nodes::words(root, &[word.path()], &proof.concat())?[0];
        Ok(Self { word, value, proof })
    }

    /// The days of it on which something was hosted.
    pub fn hosted_days(&self) -> impl Iterator<Item = u32> {
        let value = UsageWord::from_bytes(self.value.0);
        self.word.days().filter(move |day| value.day(*day) != mrc53_ledger::usage::Usage::default())
    }
}

impl Evidence {
    /// All of `words` by this opening.
    #[must_use]
    pub(crate) fn new(opening: Opening, mut words: Vec<Proven>) -> Self {
        words.sort_by_cached_key(|proven| proven.word.path());
        words.dedup_by_key(|proven| proven.word);
        Self { opening, words }
    }
}
