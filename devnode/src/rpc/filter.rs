//! `eth_getLogs`.

use super::Module;
use super::answer::Failure;
use super::params::tagged;
use crate::chain::block::{Block, MinedTx};
use crate::chain::{Chain, LogFilter};
use alloy::eips::BlockNumberOrTag;
use alloy::rpc::types::{self as rpc, Filter, FilterBlockOption};

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_getLogs"], 1, |chain, args| {
        let query = ranged(chain, args.required()?)?;
        find(chain, &query)
    });
}

/// The logs that match, as clients get them.
pub(crate) fn find(chain: &Chain, query: &LogFilter) -> Result<Vec<rpc::Log>, Failure> {
    let found = chain.logs(query)?;
    let with_place = found.into_iter().filter_map(|found| {
        let tx = found.block.tx?;
        Some(rpc_log(found.block, tx, found.index))
    });
    Ok(with_place.collect())
}

pub(crate) fn ranged(chain: &Chain, filter: Filter) -> Result<LogFilter, Failure> {
    let (from, to) = match filter.block_option {
        FilterBlockOption::AtBlockHash(hash) => {
            let number = chain.number_of(hash).ok_or_else(|| Failure::refused("unknown block"))?;
            (number, number)
        }
        FilterBlockOption::Range { from_block, to_block } => (
            tagged(chain, from_block.unwrap_or(BlockNumberOrTag::Latest)),
            tagged(chain, to_block.unwrap_or(BlockNumberOrTag::Latest)),
        ),
    };
    Ok(LogFilter { filter, from, to })
}

/// A log with its place in the chain.
pub(crate) fn rpc_log(block: Block<'_>, tx: &MinedTx, index: usize) -> rpc::Log {
    rpc::Log {
        inner: tx.outcome.logs[index].clone(),
        block_hash: Some(block.hash),
        block_number: Some(block.header.number),
        block_timestamp: Some(block.header.timestamp),
        transaction_hash: Some(*tx.envelope.tx_hash()),
        transaction_index: Some(0),
        log_index: Some(index as u64),
        removed: false,
    }
}
