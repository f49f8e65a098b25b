//! One block: everything that belongs together is read at it.

use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::providers::Provider;
use anyhow::{Context, Result};

use super::connection::Connection;
use crate::chain::client::one_line;

/// A block of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: u64,
    /// Its time, Unix seconds.
    pub timestamp: u64,
}

impl Head {
    /// The chain's last block.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn latest(connection: &Connection) -> Result<Self> {
        let url = &connection.url;
        let block = connection.provider.get_block_by_number(BlockNumberOrTag::Latest).await;
        let block = block.map_err(|error| anyhow::anyhow!("the last block of {url}: {}", one_line(&error)))?;
        let header = block.with_context(|| format!("{url} has no block"))?.header;
        Ok(Self { number: header.number, timestamp: header.timestamp })
    }

    /// How to ask for the state at this block.
    #[must_use]
    pub fn id(self) -> BlockId {
        BlockId::number(self.number)
    }

    /// The UTC day that the block falls in.
    #[must_use]
    pub fn day(self) -> u32 {
        mrc53_maths::Day::of(self.timestamp).0
    }
}
