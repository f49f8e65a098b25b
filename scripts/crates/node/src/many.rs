//! The same question asked many times, in few requests.
//!
//! Anybody may register any number of subnets, so what is asked of each goes out in batches of JSON-RPC: a node bounds
//! and answers each call by itself, as if it had come alone. Where a node takes no batches, calls go singly, some at a
//! time; what a batch leaves open is asked again alone.

use alloy::eips::BlockId;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::client::BatchRequest;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use alloy::transports::{RpcError, TransportErrorKind, TransportResult};
use anyhow::{Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_abi::refusal::Refusals;

use crate::answers::{of_node, one_line, revert_data};

/// Calls of one batch: below what public nodes allow.
const TOGETHER: usize = 50;
/// Calls under way at the same time where they go singly.
const AT_ONCE: usize = 8;

/// Why a call has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoValue {
    /// What the contract reverted with; none if the node gave up: out of gas, out of time.
    pub data: Option<Bytes>,
    /// What the node said.
    pub message: String,
}

impl NoValue {
    /// The contract's words, or the node's.
    #[must_use]
    pub fn words(&self) -> String {
        let known = self.data.as_ref().zip(Refusals::all().ok());
        known.map_or_else(|| self.message.clone(), |(data, refusals)| refusals.words(data))
    }
}

/// Whom to ask, and as whom.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The contract.
    pub contract: Address,
    /// The caller.
    pub from: Address,
    /// On which state.
    pub block: BlockId,
}

impl Asked {
    /// What `contract` answers nobody in particular. Its calls name the latest block, as all do: the line to the node
    /// makes them in the block that would be made now, where the node knows one.
    #[must_use]
    pub fn of(contract: Address) -> Self {
        Self { contract, from: Address::ZERO, block: BlockId::latest() }
    }

    fn request<C: SolCall>(self, call: &C) -> TransactionRequest {
        TransactionRequest::default().with_from(self.from).with_to(self.contract).with_input(call.abi_encode())
    }
}

/// What each of `calls` answers, in their order.
///
/// # Errors
/// Fails if the node does not answer, or an answer is not of the call's type.
pub async fn ask<C: SolCall>(
    provider: &DynProvider,
    asked: Asked,
    calls: &[C],
) -> Result<Vec<Result<C::Return, NoValue>>> {
    let mut answers = Vec::with_capacity(calls.len());
    let mut takes_batches = true;
    for chunk in calls.chunks(TOGETHER) {
        let together = if takes_batches && chunk.len() > 1 { batch(provider, asked, chunk).await } else { None };
        takes_batches &= together.is_some() || chunk.len() == 1;
        let open = together.unwrap_or_else(|| chunk.iter().map(|_| None).collect());
        let each = stream::iter(chunk.iter().zip(open)).map(async |(call, known)| match known {
            Some(answer) => read::<C>(asked, answer),
            None => one(provider, asked, call).await,
        });
        answers.extend(each.buffered(AT_ONCE).try_collect::<Vec<_>>().await?);
    }
    Ok(answers)
}

/// What `call` answers.
///
/// # Errors
/// As [`ask`].
pub async fn one<C: SolCall>(provider: &DynProvider, asked: Asked, call: &C) -> Result<Result<C::Return, NoValue>> {
    let answer = provider.call(asked.request(call)).block(asked.block).await;
    read::<C>(asked, answer)
}

/// What the node answers to all `calls` at once: values and reverts; `None` where it is to be asked again alone, and
/// altogether if it does not take the batch.
async fn batch<C: SolCall>(
    provider: &DynProvider,
    asked: Asked,
    calls: &[C],
) -> Option<Vec<Option<TransportResult<Bytes>>>> {
    let mut batch = BatchRequest::new(provider.client());
    let waiters = calls.iter().map(|call| batch.add_call("eth_call", &(asked.request(call), asked.block)));
    let waiters = waiters.collect::<TransportResult<Vec<_>>>().ok()?;
    batch.send().await.ok()?;
    let mut answers = Vec::with_capacity(calls.len());
    for waiter in waiters {
        let answer: TransportResult<Bytes> = waiter.await;
        let is_said = answer.as_ref().map_or_else(|error| revert_data(error).is_some(), |_| true);
        answers.push(is_said.then_some(answer));
    }
    Some(answers)
}

fn read<C: SolCall>(asked: Asked, answer: TransportResult<Bytes>) -> Result<Result<C::Return, NoValue>> {
    let (contract, view) = (asked.contract, C::SIGNATURE);
    match answer {
        Ok(data) if data.is_empty() => bail!("nothing answers {view} at {contract}"),
        Ok(data) => match C::abi_decode_returns(&data) {
            Ok(value) => Ok(Ok(value)),
            Err(_) => bail!("{contract} answers {view} with something else: {data}"),
        },
        Err(error @ RpcError::ErrorResp(_)) => Ok(Err(no_value(&error))),
        Err(error) => bail!("{view} of {contract}: {}", of_node(&error)),
    }
}

fn no_value(error: &RpcError<TransportErrorKind>) -> NoValue {
    let message = error.as_error_resp().map_or_else(String::new, |answer| answer.message.to_string());
    NoValue { data: revert_data(error), message: one_line(&message) }
}
