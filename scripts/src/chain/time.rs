//! A chain's clock: read, and set by hand with `evm_setNextBlockTimestamp`, as the devnode, Anvil and Hardhat have it.

use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::network::TransactionBuilder;
use alloy::primitives::{U256, hex};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionRequest;
use alloy::transports::RpcError;
use anyhow::{Context, Result};

use super::client::Chain;
use crate::failure::BadInput;

/// Initcode that returns the timestamp of the block it runs in: TIMESTAMP, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
const RETURN_TIMESTAMP: [u8; 7] = hex!("425f5260205ff3");

/// The time (Unix seconds) that a transaction would see which is sent now: that of the pending block. The last block's
/// timestamp is older than that on a chain that has been idle and makes its blocks for transactions; it is the answer
/// where a node refuses such a call, or answers it with nothing.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn now(provider: &DynProvider) -> Result<u64> {
    let request = TransactionRequest::default().with_deploy_code(RETURN_TIMESTAMP);
    match provider.call(request).block(BlockId::pending()).await {
        Ok(answer) => {
            if let Some(timestamp) = U256::try_from_be_slice(&answer).and_then(|word| word.try_into().ok()) {
                return Ok(timestamp);
            }
        }
        Err(error) if error.is_transport_error() => return Err(error).context("the chain's time"),
        Err(_) => {}
    }
    let last = provider.get_block_by_number(BlockNumberOrTag::Latest).await.context("the chain's time")?;
    Ok(last.context("the chain has no block")?.header.timestamp)
}

/// Lets the next block have exactly the timestamp `at` (Unix seconds).
///
/// # Errors
/// Fails if the node refuses.
pub async fn set_next(chain: &Chain, at: u64) -> Result<()> {
    let set: Result<serde_json::Value, _> = chain.provider.raw_request("evm_setNextBlockTimestamp".into(), [at]).await;
    set.map(drop).with_context(|| format!("{} does not set its clock to {at}", chain.url))
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
            let reason = super::client::one_line(&answer);
            Err(BadInput::new(format!("the node at {} cannot travel in time: {reason}", chain.url)).into())
        }
        Err(error) => Err(chain.url.blame("to travel in time", &error)),
    }
}
