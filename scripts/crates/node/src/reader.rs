//! Calls of contracts, asked at one moment: a value, or why there is none.

use alloy::eips::BlockId;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use alloy::transports::TransportResult;
use anyhow::Result;

use crate::no_value::NoValue;

/// Asks contracts what calls would answer; sends nothing.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The node.
    pub provider: &'a DynProvider,
    /// On which state.
    pub block: BlockId,
    /// The caller.
    pub from: Address,
}

impl<'a> Reader<'a> {
    /// What contracts answer nobody in particular. Its calls name the latest block, as all do: the line to the node makes
    /// them in the block that would be made now, where the node knows one.
    #[must_use]
    pub fn now(provider: &'a DynProvider) -> Self {
        Self { provider, block: BlockId::latest(), from: Address::ZERO }
    }

    /// The same on the state of `block`.
    #[must_use]
    pub fn at(self, block: impl Into<BlockId>) -> Self {
        Self { block: block.into(), ..self }
    }

    /// The same for `from`.
    #[must_use]
    pub fn by(self, from: Address) -> Self {
        Self { from, ..self }
    }

    /// What `contract` answers `call`.
    ///
    /// # Errors
    /// Why there is no answer, or none of the call's type.
    pub async fn ask<C: SolCall>(&self, contract: Address, call: C) -> Result<C::Return, NoValue> {
        let answer = self.provider.call(self.request(contract, call.abi_encode().into())).block(self.block).await;
        read::<C>(answer)
    }

    /// The same where another input helps if `contract` has no such view.
    ///
    /// # Errors
    /// [`BadInput`](mrc53_console::failure::BadInput) if there is no such view: no code, a revert without a reason, an
    /// answer of another type. A failure with the contract's words if it refuses, or if the node does not answer.
    pub async fn view<C: SolCall>(&self, contract: Address, call: C) -> Result<C::Return> {
        self.ask(contract, call).await.map_err(|no| no.of_view::<C>(contract))
    }

    /// What `contract` answers the call data `data`, whatever its type.
    ///
    /// # Errors
    /// [`NoValue::Refused`] or [`NoValue::Node`].
    pub async fn bytes(&self, contract: Address, data: Bytes) -> Result<Bytes, NoValue> {
        Ok(self.provider.call(self.request(contract, data)).block(self.block).await?)
    }

    /// The call of `contract` with `data`.
    pub(crate) fn request(&self, contract: Address, data: Bytes) -> TransactionRequest {
        TransactionRequest::default().with_from(self.from).with_to(contract).with_input(data)
    }
}

/// What the node's answer to a call of type `C` means.
pub(crate) fn read<C: SolCall>(answer: TransportResult<Bytes>) -> Result<C::Return, NoValue> {
    let data = answer?;
    match C::abi_decode_returns(&data) {
        Ok(value) => Ok(value),
        Err(_) if data.is_empty() => Err(NoValue::Nothing),
        Err(why) => Err(NoValue::Malformed { data, why }),
    }
}
