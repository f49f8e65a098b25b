//! States of the past, rebuilt from what later blocks replaced.

use super::Chain;
use super::error::ChainError;
use super::execute::{BlockFacts, Mode};
use super::trace::CallTrace;
use super::tx;
use super::view::Overlay;
use alloy::consensus::Transaction;
use alloy::primitives::B256;

/// Which state and which block a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The state after this block, seen from within it.
    Block(u64),
    /// The newest state, seen from the block that comes next.
    Pending,
}

impl Chain {
    /// The overlay that turns the newest state into that after block `number`.
    ///
    /// # Errors
    /// If the block is unknown or no longer kept.
    pub fn overlay_at(&self, at: At) -> Result<Overlay, ChainError> {
        let mut overlay = Overlay::default();
        let At::Block(number) = at else {
            return Ok(overlay);
        };
        self.require_block(number)?;
        let later = self.blocks.iter().rev().take_while(|b| b.header.number > number);
        for undo in later.flat_map(|block| block.undo.iter().rev()) {
            overlay.rewind(undo);
        }
        Ok(overlay)
    }

    /// What a call at `at` sees of its block.
    ///
    /// # Errors
    /// If the block is unknown or no longer kept.
    pub fn facts_at(&self, at: At) -> Result<BlockFacts, ChainError> {
        match at {
            At::Block(number) => Ok(self.facts_of(self.require_block(number)?)),
            At::Pending => Ok(self.next_block(self.clock.next_timestamp(self.head().header.timestamp))),
        }
    }

    /// The block, or a refusal that says why there is none.
    pub(super) fn require_block(&self, number: u64) -> Result<&super::block::Block, ChainError> {
        if number < self.first() {
            return Err(ChainError::refused(format!(
                "block {number} is no longer kept: the oldest is {}; start the node with a longer history",
                self.first()
            )));
        }
        self.block(number).ok_or_else(|| ChainError::refused("header not found"))
    }

    /// Runs a mined transaction again and records its calls.
    ///
    /// # Errors
    /// If the transaction is unknown or its parent's state is no longer kept.
    pub fn trace(&self, hash: B256) -> Result<CallTrace, ChainError> {
        let block = self.block_of_tx(hash).ok_or_else(|| ChainError::refused("transaction not found"))?;
        let Some(mined) = &block.tx else {
            return Err(ChainError::refused("transaction not found"));
        };
        let overlay = self.overlay_at(At::Block(block.header.number.saturating_sub(1)))?;
        let env = tx::environment(&mined.envelope, mined.from);
        let facts = self.facts_of(block);
        let run = self
            .machine(&overlay)
            .run(&facts, env, Mode::Impersonated, true)
            .map_err(|error| super::mine::refused(&error))?;
        let trace = run.trace.ok_or_else(|| ChainError::refused("the transaction made no call"))?;
        Ok(trace.of_whole_transaction(mined.envelope.gas_limit(), mined.outcome.gas_used))
    }
}
