//! The hashes of blocks, for what runs on the chain.

use alloy::primitives::B256;
use std::fmt::Debug;

/// Knows the hashes of the chain's blocks.
pub(crate) trait BlockHashes: Debug {
    /// The hash of the block with this number, if there is one.
    fn hash_of(&self, number: u64) -> Option<B256>;
}
