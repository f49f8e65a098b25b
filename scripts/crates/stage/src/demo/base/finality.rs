//! When days become final on Arbitrum: asked of the contract itself, at times to come.

use alloy::network::TransactionBuilder;
use alloy::primitives::Address;
use alloy::providers::Provider;
use alloy::rpc::types::{BlockOverrides, TransactionRequest};
use alloy::sol_types::SolCall;
use anyhow::{Context, Result};
use mrc53_abi::UsageProofs;

use crate::chain::Chain;

/// The first second in `[from, to]` at which `proofs` answers `first_open` or a later day as its first that is not final,
/// if nothing happens there before; none if it does not by then.
pub(super) async fn first_second(
    chain: &Chain,
    proofs: Address,
    first_open: u32,
    from: u64,
    to: u64,
) -> Result<Option<u64>> {
    if first_open == 0 || first_open_day(chain, proofs, from).await? >= first_open {
        return Ok(Some(from));
    }
    if first_open_day(chain, proofs, to).await? < first_open {
        return Ok(None);
    }
    let (mut from, mut to) = (from, to);
    while from < to {
        let middle = from + (to - from) / 2;
        if first_open_day(chain, proofs, middle).await? < first_open {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    Ok(Some(to))
}

/// The first day that is not final at `time`.
async fn first_open_day(chain: &Chain, proofs: Address, time: u64) -> Result<u32> {
    let data = UsageProofs::firstOpenDayCall {}.abi_encode();
    let request = TransactionRequest::default().with_to(proofs).with_input(data);
    let then = BlockOverrides { time: Some(time), ..BlockOverrides::default() };
    let answer = chain.provider.call(request).with_block_overrides(then).await;
    let answer = answer.with_context(|| format!("{} does not say what is final at {time}", chain.url))?;
    Ok(UsageProofs::firstOpenDayCall::abi_decode_returns(&answer)?)
}
