//! The past: every block since the genesis, and the states of the newest ones, rebuilt from what later blocks replaced.

use super::Chain;
use super::at::At;
use super::block::Block;
use super::error::ChainError;
use super::execute::BlockFacts;
use super::mined::Mined;
use super::view::Overlay;

impl Chain {
    /// The overlay that turns the newest state into that after block `number`.
    ///
    /// # Errors
    /// If the block is unknown, or its state is no longer kept.
    pub(crate) fn overlay_at(&self, at: At) -> Result<Overlay, ChainError> {
        let mut overlay = Overlay::default();
        let At::Block(number) = at else {
            return Ok(overlay);
        };
        self.require_mined(number)?;
        if number < self.oldest_state {
            return Err(ChainError::refused(format!(
                "the state after block {number} is no longer kept: the oldest is that of block {}; \
                 start the node with --history above {}",
                self.oldest_state, self.history_blocks
            )));
        }
        let later = self.blocks.iter().rev().take_while(|b| b.number > number);
        for undo in later.flat_map(|block| block.undo.iter().rev()) {
            overlay.rewind(undo);
        }
        Ok(overlay)
    }

    /// What a call at `at` sees of its block.
    ///
    /// # Errors
    /// If the block is unknown.
    pub(crate) fn facts_at(&self, at: At) -> Result<BlockFacts, ChainError> {
        match at {
            At::Block(number) => {
                let Mined { number, l1_number, timestamp, .. } = *self.require_mined(number)?;
                Ok(BlockFacts { number, l1_number, timestamp })
            }
            At::Pending => Ok(self.next_block(self.next_timestamp())),
        }
    }

    /// The block, or a refusal that says why there is none.
    pub(super) fn require_block(&self, number: u64) -> Result<Block<'_>, ChainError> {
        self.block(number).ok_or_else(not_found)
    }

    /// As [`Chain::require_block`], with or without a header.
    pub(super) fn require_mined(&self, number: u64) -> Result<&Mined, ChainError> {
        self.index(number).map(|index| &self.blocks[index]).ok_or_else(not_found)
    }

    /// Keeps memory bounded: states beyond the history go, and snapshots that need them. Their blocks stay.
    pub(super) fn forget_old_states(&mut self) {
        while self.number() - self.oldest_state >= self.history_blocks {
            if let Some(index) = self.index(self.oldest_state) {
                self.roots.get_mut().prepare_to_forget(&self.state, &self.blocks, index);
                self.blocks[index].undo = Vec::new();
            }
            self.oldest_state += 1;
        }
        let oldest = self.oldest_state;
        self.snapshots.retain(|_, snapshot| snapshot.number >= oldest);
    }
}

fn not_found() -> ChainError {
    ChainError::refused("header not found")
}
