//! The same question asked many times, in few requests.
//!
//! Anybody may register any number of subnets, so what is asked of each goes out in batches of JSON-RPC: a node bounds
//! and answers each call by itself, as if it had come alone. Where a node takes no batches, calls go singly, some at a
//! time; what a batch leaves open is asked again alone.

use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::rpc::client::BatchRequest;
use alloy::sol_types::SolCall;
use alloy::transports::TransportResult;
use anyhow::{Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::answers::{of_node, revert_data};
use crate::no_value::NoValue;
use crate::reader::{Reader, read};

/// Calls of one batch: below what public nodes allow.
const TOGETHER: usize = 50;
/// Calls under way at the same time where they go singly.
const AT_ONCE: usize = 8;

impl Reader<'_> {
    /// What `contract` answers each of `calls`, in their order.
    ///
    /// # Errors
    /// Fails if the node does not answer, or an answer is not of the call's type.
    pub async fn each<C: SolCall>(&self, contract: Address, calls: &[C]) -> Result<Vec<Result<C::Return, NoValue>>> {
        let mut answers = Vec::with_capacity(calls.len());
        let mut takes_batches = true;
        for chunk in calls.chunks(TOGETHER) {
            let together = if takes_batches && chunk.len() > 1 { self.batch(contract, chunk).await } else { None };
            takes_batches &= together.is_some() || chunk.len() == 1;
            let open = together.unwrap_or_else(|| chunk.iter().map(|_| None).collect());
            let each = stream::iter(chunk.iter().zip(open)).map(async |(call, known)| match known {
                Some(answer) => of_the_call::<C>(contract, read::<C>(answer)),
                None => self.one(contract, call).await,
            });
            answers.extend(each.buffered(AT_ONCE).try_collect::<Vec<_>>().await?);
        }
        Ok(answers)
    }

    /// What `contract` answers `call`.
    ///
    /// # Errors
    /// As [`Self::each`].
    pub async fn one<C: SolCall>(&self, contract: Address, call: &C) -> Result<Result<C::Return, NoValue>> {
        let request = self.request(contract, call.abi_encode().into());
        of_the_call::<C>(contract, read::<C>(self.provider.call(request).block(self.block).await))
    }

    /// What the node answers to all `calls` at once: values and reverts; `None` where it is to be asked again alone, and
    /// altogether if it does not take the batch.
    async fn batch<C: SolCall>(&self, contract: Address, calls: &[C]) -> Option<Vec<Option<TransportResult<Bytes>>>> {
        let mut batch = BatchRequest::new(self.provider.client());
        let request = |call: &C| self.request(contract, call.abi_encode().into());
        let waiters = calls.iter().map(|call| batch.add_call("eth_call", &(request(call), self.block)));
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
}

/// What was said of one call; fails where it concerns them all.
fn of_the_call<C: SolCall>(
    contract: Address,
    answer: Result<C::Return, NoValue>,
) -> Result<Result<C::Return, NoValue>> {
    let view = C::SIGNATURE;
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(no) if no.is_of_the_call() => Ok(Err(no)),
        Err(NoValue::Malformed { data, .. }) => bail!("{contract} answers {view} with something else: {data}"),
        Err(NoValue::Node(error)) => bail!("{view} of {contract}: {}", of_node(&error)),
        Err(NoValue::Nothing | NoValue::Refused(_)) => bail!("nothing answers {view} at {contract}"),
    }
}
