//! What is asked of the Compute Diamond beyond sessions and bids: whether it has a function at all, and who pays
//! sessions.
//!
//! A diamond refuses a function that it does not have in words of its own, which no standard fixes. But it refuses all
//! of them alike: what it says to a selector that nobody can have registered tells "no such function" from a function
//! that reverts.

use alloy::eips::BlockId;
use alloy::primitives::{Address, Bytes, Selector, keccak256};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{SolCall, SolValue};
use anyhow::{Result, bail};
use mrc53_abi::Diamond::getFundingAccountCall;
use mrc53_abi::refusal::Refusals;

use crate::answers::{of_node, revert_data};

/// A selector that nobody can have registered.
#[must_use]
pub fn nobodys_selector() -> Selector {
    Selector::from_slice(&keccak256("a function that no contract has")[..4])
}

/// What a call of `selector` of `contract` without arguments answers at `block`, or what it reverts with, the selector
/// itself blotted out.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn answer(
    provider: &DynProvider,
    contract: Address,
    selector: Selector,
    block: BlockId,
) -> Result<Result<Bytes, Bytes>> {
    let request = TransactionRequest::default().to(contract).input(Bytes::from(selector.to_vec()).into());
    let error = match provider.call(request).block(block).await {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let Some(data) = revert_data(&error) else { bail!("a call of {contract}: {}", of_node(&error)) };
    let mut data = data.to_vec();
    while let Some(at) = data.windows(4).position(|window| window == selector.as_slice()) {
        data[at..at + 4].fill(0);
    }
    Ok(Err(data.into()))
}

/// The same of a function that the diamond at `diamond` has; none if it has none of that selector.
///
/// # Errors
/// As [`answer`].
pub async fn answer_of_function(
    provider: &DynProvider,
    diamond: Address,
    selector: Selector,
    block: BlockId,
) -> Result<Option<Result<Bytes, Bytes>>> {
    let answered = answer(provider, diamond, selector, block).await?;
    let unknown = answer(provider, diamond, nobodys_selector(), block).await?;
    Ok((answered != unknown).then_some(answered))
}

/// The account from which the Diamond at `diamond` pays sessions; none if it has no view that says so.
///
/// # Errors
/// A failure with the Diamond's words if it has the view and the view refuses, or if the node does not answer.
pub async fn funding_account(provider: &DynProvider, diamond: Address) -> Result<Option<Address>> {
    let selector = getFundingAccountCall::SELECTOR.into();
    match answer_of_function(provider, diamond, selector, BlockId::latest()).await? {
        None => Ok(None),
        Some(Ok(answered)) => Ok(Address::abi_decode(&answered).ok()),
        Some(Err(data)) => {
            let words = Refusals::all()?.words(&data);
            bail!("getFundingAccount() of the Diamond {diamond} refuses with {words}")
        }
    }
}
