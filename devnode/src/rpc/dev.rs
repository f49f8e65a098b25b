//! Snapshots, resets, and what tests ask about the node.

use super::Module;
use super::answer::Failure;
use super::net::CLIENT_VERSION;
use crate::chain::Chain;
use crate::chain::block::{BASE_FEE, BLOCK_GAS_LIMIT};
use alloy::primitives::U64;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) fn register(module: &mut Module) {
    module.method(&["evm_snapshot", "anvil_snapshot"], 0, |chain, _| Ok(U64::from(chain.snapshot())));
    module.method(&["evm_revert", "anvil_revert"], 1, |chain, args| {
        let id = args.number()?;
        Ok(chain.revert_to(id))
    });
    module.method(&["anvil_reset", "hardhat_reset"], 1, |chain, args| {
        let options: Option<Reset> = args.optional_object()?;
        if options.and_then(|options| options.forking).is_some_and(|forking| forking.is_fork()) {
            return Err(Failure::params("this node forks no other chain: leave `forking` out"));
        }
        chain.reset()?;
        Ok(true)
    });
    module.method(&["anvil_metadata", "hardhat_metadata"], 0, |chain, _| Ok(metadata(chain)));
    module.method(&["anvil_nodeInfo"], 0, |chain, _| Ok(node_info(chain)));
}

#[derive(Deserialize, Serialize)]
struct Reset {
    forking: Option<Forking>,
}

/// viem sends the block number also where there is none, as null.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Forking {
    json_rpc_url: Option<Value>,
    block_number: Option<Value>,
    http_headers: Option<Value>,
}

impl Forking {
    const fn is_fork(&self) -> bool {
        self.json_rpc_url.is_some() || self.block_number.is_some() || self.http_headers.is_some()
    }
}

fn metadata(chain: &Chain) -> Value {
    json!({
        "clientVersion": CLIENT_VERSION,
        "chainId": chain.chain_id(),
        "instanceId": chain.instance(),
        "latestBlockNumber": chain.number(),
        "latestBlockHash": chain.head().hash,
    })
}

fn node_info(chain: &Chain) -> Value {
    json!({
        "currentBlockNumber": U64::from(chain.number()),
        "currentBlockTimestamp": chain.head().header.timestamp,
        "currentBlockHash": chain.head().hash,
        "hardFork": format!("ArbOS {}", chain.arbos().number()),
        "transactionOrder": "fifo",
        "environment": {
            "baseFee": U64::from(BASE_FEE),
            "chainId": chain.chain_id(),
            "gasLimit": U64::from(BLOCK_GAS_LIMIT),
            "gasPrice": U64::from(BASE_FEE),
        },
        "forkConfig": {"forkUrl": null, "forkBlockNumber": null, "forkRetryBackoff": null},
    })
}
