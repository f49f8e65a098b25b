//! A chain's clock set by hand with `evm_setNextBlockTimestamp`, as the devnode, Anvil and Hardhat have it.

use alloy::eips::BlockNumberOrTag;
use alloy::providers::Provider;
use alloy::transports::RpcError;
use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_node::answers::one_line;

use super::chain::Chain;

/// Lets the next block have exactly the timestamp `at` (Unix seconds).
///
/// # Errors
/// Fails if the node refuses.
pub async fn set_next(chain: &Chain, at: u64) -> Result<()> {
    let set: Result<serde_json::Value, _> = chain.provider.raw_request("evm_setNextBlockTimestamp".into(), [at]).await;
    set.map(drop).with_context(|| format!("{} does not set its clock to {at}", chain.url))
}

/// Makes a block of exactly the timestamp `at` (Unix seconds), with nothing in it.
///
/// # Errors
/// Fails if the node refuses.
pub async fn mine(chain: &Chain, at: u64) -> Result<()> {
    set_next(chain, at).await?;
    let mined: Result<serde_json::Value, _> = chain.provider.raw_request("evm_mine".into(), ()).await;
    mined.map(drop).with_context(|| format!("{} makes no block", chain.url))
}

/// Checks that the node's clock can be set to `start`; nothing is sent.
///
/// # Errors
/// [`BadInput`] if its last block is later than `start`, or if it cannot travel in time; fails if it does not answer.
pub async fn require_travel(chain: &Chain, start: u64) -> Result<()> {
    let last = chain.provider.get_block_by_number(BlockNumberOrTag::Latest).await?;
    let last = last.map_or(0, |block| block.header.timestamp);
    if last > start {
        let url = &chain.url;
        return Err(BadInput::new(format!(
            "the chain at {url} stands at {last}, after the scenario's start {start}, and time does not run backwards"
        ))
        .into());
    }
    let set: Result<serde_json::Value, _> =
        chain.provider.raw_request("evm_setNextBlockTimestamp".into(), [start]).await;
    match set {
        Ok(_) => Ok(()),
        Err(RpcError::ErrorResp(answer)) => {
            let reason = one_line(&answer);
            Err(BadInput::new(format!("the node at {} cannot travel in time: {reason}", chain.url)).into())
        }
        Err(error) => Err(chain.url.blame("to travel in time", &error)),
    }
}
