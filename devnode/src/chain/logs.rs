//! Finding logs.

use super::Chain;
use super::block::Block;
use super::error::ChainError;
use super::log_filter::LogFilter;
use alloy::rpc::types::Filter;

/// The most logs that one request may return.
pub(super) const MAX_LOGS: usize = 10_000;

/// A log and where it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundLog<'a> {
    /// The block.
    pub block: Block<'a>,
    /// Place in the block.
    pub index: usize,
}

impl<'a> Block<'a> {
    /// The places of the logs that match.
    pub(crate) fn logs(self, filter: &'a Filter) -> impl Iterator<Item = usize> + 'a {
        // The bloom filter of the header rules most blocks out.
        let tx = self.tx.filter(|_| filter.matches_bloom(self.header.logs_bloom));
        let logs = tx.into_iter().flat_map(|tx| tx.outcome.logs.iter().enumerate());
        logs.filter(|(_, log)| filter.matches_address(log.address) && filter.matches_topics(log.topics()))
            .map(|(index, _)| index)
    }
}

impl Chain {
    /// The logs that match, in order.
    ///
    /// # Errors
    /// If the range is turned round, begins after the newest block, or holds more than [`MAX_LOGS`] matches.
    pub(crate) fn logs(&self, query: &LogFilter) -> Result<Vec<FoundLog<'_>>, ChainError> {
        if query.from > query.to {
            return Err(ChainError::invalid("invalid block range params"));
        }
        self.require_block(query.from.min(self.number()))?;
        let mut found = Vec::new();
        for number in query.from..=query.to.min(self.number()) {
            let Some(block) = self.block(number) else {
                continue;
            };
            found.extend(block.logs(&query.filter).map(|index| FoundLog { block, index }));
            if found.len() > MAX_LOGS {
                return Err(ChainError::refused(format!(
                    "query returned more than {MAX_LOGS} results: narrow the range"
                )));
            }
        }
        Ok(found)
    }
}
