//! One moment of a chain: everything that belongs together is read at it.

use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::providers::Provider;
use anyhow::{Context, Result};

use super::connection::Connection;
use crate::time;

/// The last block of a chain, or what the next would see where time has moved on since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last block.
    pub number: u64,
    /// The time at which views are asked, Unix seconds: the last block's, or later.
    pub timestamp: u64,
    /// Whether time has moved on since the last block.
    is_pending: bool,
}

impl Head {
    /// The chain as a transaction would meet it now.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn latest(connection: &Connection) -> Result<Self> {
        let url = &connection.url;
        let block = connection.provider.get_block_by_number(BlockNumberOrTag::Latest).await;
        let block = block.map_err(|error| url.blame("its last block", &error))?;
        let header = block.with_context(|| format!("{url} has no block"))?.header;
        let timestamp = time::now(&connection.provider).await?.max(header.timestamp);
        Ok(Self { number: header.number, timestamp, is_pending: timestamp > header.timestamp })
    }

    /// How to ask for the state at this moment.
    #[must_use]
    pub fn id(self) -> BlockId {
        if self.is_pending { BlockId::pending() } else { BlockId::number(self.number) }
    }

    /// The UTC day that it falls in.
    #[must_use]
    pub fn day(self) -> u32 {
        mrc53_maths::Day::of(self.timestamp).0
    }
}

impl From<Head> for BlockId {
    fn from(head: Head) -> Self {
        head.id()
    }
}
