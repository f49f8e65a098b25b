//! `eth_newFilter` and its kin: polling for what is new.
//!
//! After `evm_revert`, blocks that are gone are not reported, and those that take their place are. No log is reported a
//! second time as `removed`.

use super::answer::Failure;
use super::eth::transaction_json;
use super::filter::{find, ranged, rpc_log};
use super::module::Module;
use super::params::Args;
use crate::chain::{Chain, Watch};
use alloy::eips::BlockNumberOrTag;
use alloy::primitives::U64;
use alloy::rpc::types::{Filter, FilterBlockOption, Header};
use serde_json::{Value, json};

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_newFilter"], 1, |chain, args| {
        let filter = logs(args.required()?)?;
        Ok(U64::from(chain.watch(filter, None)?))
    });
    module.method(&["eth_newBlockFilter"], 0, |chain, _| Ok(U64::from(chain.watch(Watch::Blocks, None)?)));
    module.method(&["eth_newPendingTransactionFilter"], 1, |chain, args| {
        let full = args.optional()?.unwrap_or(false);
        Ok(U64::from(chain.watch(Watch::Transactions { full }, None)?))
    });
    module.method(&["eth_uninstallFilter"], 1, |chain, args| Ok(chain.unwatch(args.number()?, None)));
    module.method(&["eth_getFilterChanges"], 1, changes);
    module.method(&["eth_getFilterLogs"], 1, |chain, args| match chain.watched(args.number()?)?.clone() {
        Watch::Logs(filter) => find(chain, &ranged(chain, *filter)?),
        Watch::Blocks | Watch::Heads | Watch::Transactions { .. } => Err(Failure::refused("filter not found")),
    });
}

/// A filter that reports what comes.
pub(super) fn logs(filter: Filter) -> Result<Watch, Failure> {
    match filter.block_option {
        FilterBlockOption::AtBlockHash(_) => {
            return Err(Failure::params("`blockHash` cannot be waited for: ask eth_getLogs"));
        }
        FilterBlockOption::Range {
            from_block: Some(BlockNumberOrTag::Number(from)),
            to_block: Some(BlockNumberOrTag::Number(to)),
        } if from > to => return Err(Failure::params("invalid block range params")),
        FilterBlockOption::Range { .. } => {}
    }
    Ok(Watch::Logs(Box::new(filter)))
}

fn changes(chain: &mut Chain, args: &mut Args) -> Result<Vec<Value>, Failure> {
    let (watch, blocks) = chain.poll(args.number()?, None, u64::MAX)?;
    Ok(blocks.flat_map(|number| news(chain, &watch, number)).collect())
}

/// What a block has for those who wait; nothing if it is no longer kept.
pub(super) fn news(chain: &Chain, watch: &Watch, number: u64) -> Vec<Value> {
    let Some(block) = chain.block(number) else {
        return Vec::new();
    };
    match watch {
        Watch::Blocks => vec![json!(block.hash)],
        Watch::Heads => {
            let header = Header { hash: block.hash, inner: block.header.clone(), total_difficulty: None, size: None };
            vec![json!(header)]
        }
        Watch::Transactions { full: true } => transaction_json(block).into_iter().collect(),
        Watch::Transactions { full: false } => block.tx.iter().map(|tx| json!(tx.envelope.tx_hash())).collect(),
        Watch::Logs(filter) if is_within(filter, number) => {
            let Some(tx) = block.tx else { return Vec::new() };
            block.logs(filter).map(|index| json!(rpc_log(block, tx, index))).collect()
        }
        Watch::Logs(_) => Vec::new(),
    }
}

/// Of the ends of a range only numbers bound what comes, as in geth: `latest` and its kin move along.
fn is_within(filter: &Filter, number: u64) -> bool {
    let FilterBlockOption::Range { from_block, to_block } = filter.block_option else {
        return false;
    };
    let is_after_from = !matches!(from_block, Some(BlockNumberOrTag::Number(from)) if number < from);
    let is_before_to = !matches!(to_block, Some(BlockNumberOrTag::Number(to)) if number > to);
    is_after_from && is_before_to
}
