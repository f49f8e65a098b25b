//! Which logs are looked for.

use alloy::rpc::types::Filter;

/// A filter with its range resolved to block numbers, both ends included.
#[derive(Debug, Clone)]
pub(crate) struct LogFilter {
    /// Addresses and topics.
    pub filter: Filter,
    /// First block.
    pub from: u64,
    /// Last block.
    pub to: u64,
}
