//! Finding logs.

use super::Chain;
use super::block::Block;
use super::error::ChainError;
use alloy::primitives::{Bloom, Log};
use alloy::rpc::types::Filter;

/// The most logs that one request may return.
pub(super) const MAX_LOGS: usize = 10_000;

/// A filter with its range resolved to block numbers, both ends included.
#[derive(Debug, Clone)]
pub struct LogFilter {
    /// Addresses and topics.
    pub filter: Filter,
    /// First block.
    pub from: u64,
    /// Last block.
    pub to: u64,
}

/// A log and where it is.
#[derive(Debug, Clone, Copy)]
pub struct FoundLog<'a> {
    /// The block.
    pub block: &'a Block,
    /// Place in the block.
    pub index: usize,
    /// The log.
    pub log: &'a Log,
}

impl Chain {
    /// The logs that match, in order.
    ///
    /// # Errors
    /// If the range is turned round, begins after the newest block, or holds more than [`MAX_LOGS`] matches.
    pub fn logs(&self, query: &LogFilter) -> Result<Vec<FoundLog<'_>>, ChainError> {
        if query.from > query.to {
            return Err(ChainError::invalid("invalid block range params"));
        }
        self.require_block(query.from.min(self.number()))?;
        let mut found = Vec::new();
        for number in query.from..=query.to.min(self.number()) {
            let Some(block) = self.block(number) else {
                continue;
            };
            let Some(tx) = &block.tx else { continue };
            if !may_match(&query.filter, &block.header.logs_bloom) {
                continue;
            }
            for (index, log) in tx.outcome.logs.iter().enumerate() {
                if query.filter.matches_address(log.address) && query.filter.matches_topics(log.topics()) {
                    found.push(FoundLog { block, index, log });
                }
            }
            if found.len() > MAX_LOGS {
                return Err(ChainError::refused(format!(
                    "query returned more than {MAX_LOGS} results: narrow the range"
                )));
            }
        }
        Ok(found)
    }
}

/// False only if the bloom filter rules every match out.
fn may_match(filter: &Filter, bloom: &Bloom) -> bool {
    filter.matches_bloom(*bloom)
}
