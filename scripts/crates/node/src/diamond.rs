//! What is asked of the Compute Diamond beyond sessions and bids: whether it has a function at all, and who pays
//! sessions.
//!
//! A diamond refuses a function that it does not have in words of its own, which no standard fixes. But it refuses all
//! of them alike: what it says to a selector that nobody can have registered tells "no such function" from a function
//! that reverts.

use alloy::primitives::{Address, Bytes, Selector, keccak256};
use alloy::sol_types::{SolCall, SolValue};
use anyhow::{Result, bail};
use mrc53_abi::Diamond::getFundingAccountCall;
use mrc53_abi::refusal::Refusals;

use crate::answers::of_node;
use crate::no_value::NoValue;
use crate::reader::Reader;

/// A selector that nobody can have registered.
#[must_use]
pub fn nobodys_selector() -> Selector {
    Selector::from_slice(&keccak256("a function that no contract has")[..4])
}

/// What a call of `selector` of `contract` without arguments answers `reader`, or what it reverts with, the selector itself
/// blotted out.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn answer(reader: Reader<'_>, contract: Address, selector: Selector) -> Result<Result<Bytes, Bytes>> {
    let mut data = match reader.bytes(contract, selector.to_vec().into()).await {
        Ok(answer) => return Ok(Ok(answer)),
        Err(NoValue::Refused(data)) => data.to_vec(),
        Err(NoValue::Node(error)) => bail!("a call of {contract}: {}", of_node(&error)),
        Err(no) => return Err(no.into()),
    };
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
    reader: Reader<'_>,
    diamond: Address,
    selector: Selector,
) -> Result<Option<Result<Bytes, Bytes>>> {
    let answered = answer(reader, diamond, selector).await?;
    let unknown = answer(reader, diamond, nobodys_selector()).await?;
    Ok((answered != unknown).then_some(answered))
}

/// The account from which the Diamond at `diamond` pays sessions; none if it has no view that says so.
///
/// # Errors
/// A failure with the Diamond's words if it has the view and the view refuses, or if the node does not answer.
pub async fn funding_account(reader: Reader<'_>, diamond: Address) -> Result<Option<Address>> {
    let selector = getFundingAccountCall::SELECTOR.into();
    match answer_of_function(reader, diamond, selector).await? {
        None => Ok(None),
        Some(Ok(answered)) => Ok(Address::abi_decode(&answered).ok()),
        Some(Err(data)) => {
            let words = Refusals::all()?.words(&data);
            bail!("getFundingAccount() of the Diamond {diamond} refuses with {words}")
        }
    }
}
