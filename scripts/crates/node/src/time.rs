//! A chain's clock.

use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::network::TransactionBuilder;
use alloy::primitives::{U256, hex};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionRequest;
use anyhow::{Context, Result};

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
