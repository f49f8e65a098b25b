//! Headers and hashes of blocks, which are made when somebody asks for them.

use super::Chain;
use super::block_hashes::BlockHashes;
use alloy::primitives::B256;

impl Chain {
    /// Makes the headers up to the block at place `last`.
    pub(super) fn seal(&self, last: usize) {
        self.roots.borrow_mut().seal(&self.state, &self.blocks, last);
    }

    /// The number of the block with this hash.
    #[must_use]
    pub fn number_of(&self, hash: B256) -> Option<u64> {
        self.seal(self.blocks.len() - 1);
        self.roots.borrow().number_of(hash)
    }
}

impl BlockHashes for Chain {
    fn hash_of(&self, number: u64) -> Option<B256> {
        self.block(number).map(|block| block.hash)
    }
}
