//! `eth_newFilter` and its kin: polling for what is new.

use super::Module;
use super::answer::Failure;
use super::filter::{find, ranged};
use super::params::Args;
use crate::chain::block::Block;
use crate::chain::{Chain, LogFilter, Watch};
use alloy::primitives::U64;
use alloy::rpc::types::Filter;
use serde_json::{Value, json};

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_newFilter"], |chain, args| {
        let filter: Filter = args.required()?;
        Ok(U64::from(chain.watch(Watch::Logs(Box::new(filter)))?))
    });
    module.method(&["eth_newBlockFilter"], |chain, _| Ok(U64::from(chain.watch(Watch::Blocks)?)));
    module.method(&["eth_newPendingTransactionFilter"], |chain, _| Ok(U64::from(chain.watch(Watch::Transactions)?)));
    module.method(&["eth_uninstallFilter"], |chain, args| Ok(chain.unwatch(args.number()?)));
    module.method(&["eth_getFilterChanges"], changes);
    module.method(&["eth_getFilterLogs"], |chain, args| match chain.watched(args.number()?)? {
        Watch::Logs(filter) => find(chain, &ranged(chain, (**filter).clone())?),
        Watch::Blocks | Watch::Transactions => Err(Failure::refused("filter not found")),
    });
}

fn changes(chain: &mut Chain, args: &mut Args) -> Result<Value, Failure> {
    let (watch, new) = chain.poll(args.number()?)?;
    let blocks = new.clone().filter_map(|number| chain.block(number));
    Ok(match watch {
        Watch::Blocks => json!(blocks.map(|block| block.hash).collect::<Vec<_>>()),
        Watch::Transactions => json!(blocks.filter_map(tx_hash).collect::<Vec<_>>()),
        Watch::Logs(_) if new.is_empty() => json!([]),
        Watch::Logs(filter) => {
            let asked = ranged(chain, (*filter).clone())?;
            let from = new.start.max(chain.first());
            // A filter without bounds reports all that comes.
            let to = if filter.get_to_block().is_some() { asked.to.min(new.end - 1) } else { new.end - 1 };
            let from = if filter.get_from_block().is_some() { from.max(asked.from) } else { from };
            if from > to {
                return Ok(json!([]));
            }
            json!(find(chain, &LogFilter { filter: *filter, from, to })?)
        }
    })
}

fn tx_hash(block: &Block) -> Option<alloy::primitives::B256> {
    block.tx.as_ref().map(|tx| *tx.envelope.tx_hash())
}
